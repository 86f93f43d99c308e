/* print_choice: the slips of a list to choose from, to be saved as a file or sent to the printer. */
#ifndef MOTCUA_TUI_PRINT_CHOICE_H
#define MOTCUA_TUI_PRINT_CHOICE_H

#include "tui/list.h"
#include "tui/session.h"

struct print_choice {
    struct list list;
    int row; /* of the screen where the list begins, when last drawn */
};

/* The place the list has: from this row of the area on. */
void print_choice_place(struct print_choice *c, struct area area, int from);
/* One of its rows, if it is seen. */
void print_choice_row(const struct print_choice *c, struct canvas *canvas, struct area area, size_t i,
                      int style, struct str text);
/* What page_ops asks for. The key of a page: `print` is called for what is chosen, where anything is. */
typedef void print_chosen(struct page *page, struct session *s, size_t chosen, bool send);
bool print_choice_key(struct print_choice *c, struct page *page, struct session *s, const struct key *k,
                      enum action action, print_chosen *print);
unsigned print_choice_scopes(const struct page *page);
size_t print_choice_hints(const struct page *page, const struct session *s, struct hint out[HINTS]);

#endif
