/* list: which row of many is chosen, and which are seen. Knows numbers, not rows. */
#ifndef MOTCUA_TUI_LIST_H
#define MOTCUA_TUI_LIST_H

#include "tui/key.h"

struct list {
    size_t count;    /* rows there are */
    size_t selected; /* < count, or 0 */
    size_t top;      /* the first one seen */
    size_t page;     /* how many are seen, at least 1 */
};

/* Rows came or went: keeps selection and view where they can stay. */
void list_set_count(struct list *l, size_t count);
void list_set_page(struct list *l, size_t rows);
void list_select(struct list *l, size_t index);
/* Up, Down, PgUp, PgDn, Home, End, the wheel; j and k where `letters` are no text. True when it was one of
 * these. */
bool list_key(struct list *l, const struct key *key, bool letters);
/* The row seen at screen row `row` of the list; count when there is none. */
size_t list_at(const struct list *l, int row);

#endif
