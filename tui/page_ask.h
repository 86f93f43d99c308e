/* page_ask: a question over the page it is about, and a letter to be read before it is issued. */
#ifndef MOTCUA_TUI_PAGE_ASK_H
#define MOTCUA_TUI_PAGE_ASK_H

#include "tui/session.h"
#include "tui/sheet.h"

/* What is done on yes. `arg` is a page below the question, so it outlives it. */
typedef void ask_yes(void *arg, struct session *s);

/* `what` names what it is about (may be absent); both are copied. Enter takes the answer that is marked, at
 * first No. NULL when memory is out. */
struct page *page_ask(struct str what, struct str question, ask_yes *yes, void *arg);
/* Writes the letter into an empty sheet; called again when the width of the screen changes. */
typedef void letter_writer(void *arg, struct session *s, struct sheet *sheet);
/* Issues it. False where that failed and can only be tried again: the letter then stays. */
typedef bool letter_issue(void *arg, struct session *s);
/* Nothing is issued without c or y. `notice` (copied) stands above the letter however far it is scrolled; in
 * `style`. */
struct page *page_letter(struct str notice, enum style style, letter_writer *write, letter_issue *issue,
                         void *arg);

/* Leaves the page `p`, asking first when that would lose what was typed. */
void ask_leave(struct session *s, struct page *p);
/* Leaves the program in the same way. */
void ask_quit(struct session *s);

#endif
