/* life_same: is what the store says what the model says? Every function that answers false has noted the
 * difference in the run: `where` is the command, `field` what differs. */
#ifndef MOTCUA_TESTS_LIFE_SAME_H
#define MOTCUA_TESTS_LIFE_SAME_H

#include "core/event.h"
#include "tests/life_run.h"

#define ASSERT_DONE(outcome) assert_string_equal(outcome_kind_name((outcome).kind), "done")

/* "resolve", "calendar holiday"; till the next call. */
const char *command_word(const struct life_step *step);

bool differs(struct life_run *r, const char *where, const char *field); /* false */
bool same_number(struct life_run *r, const char *where, const char *field, int64_t got, int64_t expected);
bool same_time(struct life_run *r, const char *where, const char *field, civil_minute got,
               civil_minute expected);
bool same_text(struct life_run *r, const char *where, const char *field, struct str got, struct str expected);
bool right_answer(struct life_run *r, const char *where, const struct verdict *v, enum outcome_class class,
                  const char *kind);

/* A view to be ended by the caller. */
struct view *look(struct life_run *r);

struct head head_of(struct life_run *r);
bool left_no_trace(struct life_run *r, const char *where, const struct head *before);

#define HISTORY_EVENTS 256
struct history {
    struct event event[HISTORY_EVENTS];
    size_t count;
};
/* Of view_history into a struct history. */
bool collect(void *arg, const struct event *e);
/* Every field; and the history, replayed, is the record to the byte. *h is filled. */
bool same_in_view(struct life_run *r, const char *where, struct view *v, const struct model_dossier *m,
                  struct history *h);

#endif
