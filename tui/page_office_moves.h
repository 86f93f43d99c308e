/* page_office_moves: a change of the office's days: what it does to the due times of open dossiers, before it
 * is saved and after. */
#ifndef MOTCUA_TUI_PAGE_OFFICE_MOVES_H
#define MOTCUA_TUI_PAGE_OFFICE_MOVES_H

#include "tui/session.h"

#define CHANGE_REQUESTS 31

/* What is to be changed: fills in the commands, their texts borrowed from `arg`; returns how many, 0 when it
 * cannot be said any more (the reason is then said). */
typedef size_t change_commands(void *arg, struct session *s, struct command out[CHANGE_REQUESTS]);

struct day_change {
    change_commands *commands;
    void (*done)(void *arg, struct session *s); /* once it is saved; `arg` may be gone afterwards */
    void *arg;                                  /* a page below: it outlives the question */
};

/* Rehearses the change. A refusal is said and returned. Where due times would move, they are listed on a page
 * of their own, and the change is saved from there; where none does, `question` is asked (absent: it is saved
 * at once). `what` names it in a few words; both are copied. `change` lives in the page below, too. */
struct outcome page_office_change(struct session *s, struct day_change *change, struct str what,
                                  struct str question);

#endif
