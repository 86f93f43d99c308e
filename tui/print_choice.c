#include "tui/print_choice.h"

void print_choice_place(struct print_choice *c, struct area area, int from)
{
    c->row = area.row + from;
    list_set_page(&c->list, (size_t)(area.rows > from + 1 ? area.rows - from : 1));
}

void print_choice_row(const struct print_choice *c, struct canvas *canvas, struct area area, size_t i,
                      int style, struct str text)
{
    int end = area.row + area.rows, row = c->row + (int)(i - c->list.top);
    if (i >= c->list.top && i < c->list.top + c->list.page && row < end)
        canvas_cell(canvas, row, area.column + 1, area.columns - 2,
                    i == c->list.selected ? style | STYLE_SELECTED : style, text);
}

bool print_choice_key(struct print_choice *c, struct page *page, struct session *s, const struct key *k,
                      enum action action, print_chosen *print)
{
    if (action == ACTION_print_file || action == ACTION_print_send) {
        if (c->list.count)
            print(page, s, c->list.selected, action == ACTION_print_send);
    } else if (key_is(k, PRESS_CLICK)) {
        size_t at = list_at(&c->list, k->row - c->row);
        if (at < c->list.count)
            list_select(&c->list, at);
    } else {
        return list_key(&c->list, k, true);
    }
    return true;
}

/* Enter is not to open anything. */
unsigned print_choice_scopes(const struct page *page)
{
    (void)page;
    return SCOPE_ANYWHERE | SCOPE_PRINT;
}

size_t print_choice_hints(const struct page *page, const struct session *s, struct hint out[HINTS])
{
    static const enum action shown[] = {ACTION_print_file, ACTION_print_send, ACTION_back, ACTION_help,
                                        ACTION_quit};
    (void)page, (void)s;
    return hints_of(out, shown, sizeof shown / sizeof *shown);
}
