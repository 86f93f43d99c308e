#include "tui/pick.h"

#include "core/text.h"

void pick_set(struct pick *p, size_t n)
{
    p->list.selected = p->list.top = 0;
    list_set_count(&p->list, n);
}

bool pick_key(struct pick *p, const struct key *key)
{
    if (key_is(key, PRESS_HOME) || key_is(key, PRESS_END))
        return false;
    return list_key(&p->list, key, false);
}

bool pick_click(struct pick *p, const struct key *key)
{
    if (!key_is(key, PRESS_CLICK) || p->row < 0)
        return false;
    size_t at = list_at(&p->list, key->row - p->row);
    if (at == p->list.count)
        return false;
    list_select(&p->list, at);
    return true;
}

bool pick_chosen(const struct pick *p, uint16_t *out)
{
    if (p->list.selected >= p->list.count)
        return false;
    *out = p->found[p->list.selected];
    return true;
}

void pick_draw(struct pick *p, struct canvas *c, struct area a, pick_tell *tell, const void *arg,
               struct str none)
{
    int rows = p->list.count ? (int)p->list.count : 1;
    if (rows > a.rows - 2)
        rows = a.rows - 2;
    p->row = -1;
    if (rows < 1)
        return;
    canvas_box(c, (struct area){a.row, a.column, rows + 2, a.columns}, STYLE_DIM);
    if (!p->list.count)
        canvas_text(c, a.row + 1, a.column + 2, a.columns - 4, STYLE_DIM, none);
    list_set_page(&p->list, (size_t)rows);
    p->row = a.row + 1;
    struct buf left = BUF_INIT, right = BUF_INIT;
    for (int r = 0; r < rows && list_at(&p->list, r) < p->list.count; r++) {
        size_t at = list_at(&p->list, r);
        buf_reset(&left);
        buf_reset(&right);
        tell(arg, p->found[at], &left, &right);
        int end = text_columns(buf_str(&right));
        int room = a.columns - 4 - (end ? end + 1 : 0);
        canvas_cell(c, p->row + r, a.column + 2, room, STYLE_PLAIN, buf_str(&left));
        canvas_right(c, p->row + r, a.column + 2, a.columns - 4, STYLE_DIM, buf_str(&right));
        if (at == p->list.selected)
            canvas_select(c, p->row + r, a.column + 1, a.columns - 2);
    }
    buf_release(&left);
    buf_release(&right);
}
