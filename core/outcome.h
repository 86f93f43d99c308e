/* outcome: how a request ended. One to one with the exit statuses of the command line.
 *
 * Core and store answer with a kind and its arguments; the sentence is made from the language table by
 * whoever talks to a person. */
#ifndef MOTCUA_CORE_OUTCOME_H
#define MOTCUA_CORE_OUTCOME_H

#include "core/law.h"

enum outcome_class {
    DONE = 0,
    REFUSED = 1, /* a rule of the desk says no, or what was named does not exist */
    USAGE = 2,   /* the command line is wrong */
    INPUT = 3,   /* the input data is wrong */
    FAILED = 4,  /* the store or the system failed; what was saved before is intact */
};

enum outcome_kind {
    KIND_done = 0,
#define K(name, class, vi, en) KIND_##name,
#include "core/lang_outcomes.def"
#undef K
    KIND_COUNT
};

#define OUTCOME_ARGS 4
#define OUTCOME_ARG_TEXT 200

struct outcome_arg {
    enum {
        ARG_NONE = 0,
        ARG_TEXT,
        ARG_NUMBER,
        ARG_TIME,
        ARG_DATE,
        ARG_LABEL,
        ARG_LABELLED,
        ARG_LIMIT,
        ARG_MONEY
    } type;
    int64_t number;              /* a number, a civil_minute, a civil_day or an enum text_id */
    civil_minute time;           /* of ARG_LABELLED */
    char text[OUTCOME_ARG_TEXT]; /* cut on a letter's border, made safe to print; a limit's: as limit_format()
                                    writes it */
};

/* Owns nothing; copy freely. {0} is success. */
struct outcome {
    enum outcome_kind kind;
    enum rule_set rules; /* with `law`: what a refusal cites */
    enum law_point law;
    struct outcome_arg arg[OUTCOME_ARGS];
};

#define OUTCOME_DONE ((struct outcome){.kind = KIND_done})

static inline struct outcome outcome_of(enum outcome_kind kind)
{
    return (struct outcome){.kind = kind};
}
static inline bool outcome_ok(const struct outcome *o)
{
    return o->kind == KIND_done;
}
enum outcome_class outcome_class(enum outcome_kind kind);
/* The name scripts see: "second_apology". */
const char *outcome_kind_name(enum outcome_kind kind);

/* Each sets the next free argument; a fifth is dropped. Text may be anything: what was typed, however long or
 * broken. A label is a text of the table, said in the language of whoever reads the message. */
void outcome_text(struct outcome *o, struct str text);
/* A text that a person typed and the sentence repeats: `***` where it may be somebody's number, e-mail or, in
 * the place of a code, name (core/mask.h). */
void outcome_typed(struct outcome *o, struct str text);
void outcome_code(struct outcome *o, struct str text);
void outcome_label(struct outcome *o, enum text_id id);
void outcome_number(struct outcome *o, int64_t number);
/* VND, its thousands parted as the reader's language does. */
void outcome_money(struct outcome *o, int64_t vnd);
void outcome_time(struct outcome *o, civil_minute t);
void outcome_date(struct outcome *o, civil_day day);
/* A text of the table with this time for its {1}: part of a sentence that may be missing. */
void outcome_labelled(struct outcome *o, enum text_id id, civil_minute t);
/* Said in words: "2,5 ngày làm việc". */
void outcome_limit(struct outcome *o, const struct limit *limit);

/* Appends the sentence, safe to print: what is wrong and what to do. */
void outcome_message(struct buf *out, enum lang lang, const struct outcome *o);
/* The same in another sentence of the table, {1}..{4} the arguments: where the kind's own names commands and
 * there are none, on the screen. */
void outcome_message_as(struct buf *out, enum lang lang, const struct outcome *o, enum text_id sentence);

#endif
