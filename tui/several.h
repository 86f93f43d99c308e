/* several: the dossiers an act is done with, one after the other, and how it went with each. */
#ifndef MOTCUA_TUI_SEVERAL_H
#define MOTCUA_TUI_SEVERAL_H

#include "core/arena.h"
#include "tui/marks.h"
#include "tui/session.h"
#include "tui/sheet.h"

enum several_state {
    SEVERAL_WILL,   /* may be asked for */
    SEVERAL_CANNOT, /* a rule says no before anything is asked */
    SEVERAL_DONE,
    SEVERAL_REFUSED, /* asked for, and refused */
};

struct several_item {
    uint64_t id;
    struct str code, applicant;
    enum several_state state;
    int last;      /* enum event_kind of what an undoing would take back, 0: nothing */
    struct str by; /* who did that, and when it was recorded */
    civil_minute recorded;
    struct outcome why; /* SEVERAL_CANNOT, SEVERAL_REFUSED */
    struct facts facts;
    uint32_t late; /* working days past its statutory due time, where that is told; 0: it is not late */
    bool was_late; /* already when it last waited */
    bool asks_why; /* it is late, and nobody said why */
    bool unsaid;   /* and it was done without that being said */
};

struct several {
    enum command_kind kind;
    struct several_item *item;
    size_t count;
    size_t next; /* the first one not yet asked for */
    struct arena text;
};
#define SEVERAL_INIT ((struct several){.text = ARENA_INIT})
void several_release(struct several *b);

/* Reads the marked dossiers and what a rule says of each. False when memory is out. */
bool several_plan(struct several *b, struct view *v, struct session *s, enum command_kind kind,
                  const struct marks *marks);
size_t several_count(const struct several *b, enum several_state state);
/* The first one the act may be asked for; NULL when there is none. */
const struct several_item *several_first(const struct several *b);
/* How many of those it may be asked for are late, and nobody said why; and with how many it was done so. */
size_t several_late(const struct several *b);
size_t several_unsaid(const struct several *b);
/* Asks for the next one that may be; `late_reason` (may be NULL) before it, for those that are late without
 * one. What fails for all (a full disk) ends it. False when there are no more. */
bool several_step(struct several *b, struct session *s, const struct command *command,
                  const struct command *late_reason);
/* Before anything is asked for: those it would be done with, then those a rule forbids it for, with the
 * reasons. Afterwards what was not done. */
void several_tell(const struct several *b, struct sheet *sheet, enum lang lang, struct str provincial);

#endif
