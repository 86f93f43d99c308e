/* life_parts: what the files of the model share. See tests/life_model.h. */
#ifndef MOTCUA_TESTS_LIFE_PARTS_H
#define MOTCUA_TESTS_LIFE_PARTS_H

#include "tests/life_model.h"

static inline void must(struct verdict *v, const char *kind)
{
    if (v->musts < VERDICT_KINDS)
        v->must[v->musts++] = kind;
}

static inline void may(struct verdict *v, const char *kind)
{
    if (v->mays < VERDICT_KINDS)
        v->may[v->mays++] = kind;
}

/* What every rule about a dossier looks at. */
struct case_ {
    const struct model_office *office;
    const struct model_dossier *dossier;
    const struct life *life; /* of that dossier */
    const struct command *command;
    struct str login;
    civil_minute now, at;
};

/* A wait is judged by the later of the moment it is said to have begun at and the one it is written down at.
 */
static inline civil_minute judged_at(const struct case_ *c)
{
    return c->at > c->now ? c->at : c->now;
}

struct case_ case_of(const struct model_office *o, const struct model_dossier *d, const struct asking *a);

static inline civil_day day_of(civil_minute t)
{
    return (civil_day)(t / 1440); /* nothing here is before 1970 */
}
static inline bool is_running(const struct life *l)
{
    return l->state == STATE_PROCESSING;
}
static inline bool is_waiting(const struct life *l)
{
    return l->state == STATE_WAITING || l->state == STATE_WAITING_PAYMENT;
}
bool in_hours(const struct life *l); /* judged by the minute */
bool is_blank(struct str s);
/* A letter's new date; one without an hour ends with its day. */
civil_minute until_of(const struct case_ *c);
void judge_text(struct verdict *v, struct str text); /* required */

/* Recorded too long after, by somebody who may not. */
void judge_backdating(struct verdict *v, const struct case_ *c, civil_minute at);
/* Not waiting and not ended, or why not. */
bool judge_running(struct verdict *v, const struct life *l);

void judge_correct(struct verdict *v, const struct case_ *c);
/* The life after this correction. */
struct life life_corrected(const struct case_ *c);
bool names_due(const struct command *c); /* a field from which the due time comes */

void judge_office(struct verdict *v, const struct model_office *o, const struct asking *a);

#endif
