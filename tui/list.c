#include "tui/list.h"

static void show_selected(struct list *l)
{
    if (l->page < 1)
        l->page = 1;
    if (l->selected < l->top)
        l->top = l->selected;
    if (l->selected >= l->top + l->page)
        l->top = l->selected - l->page + 1;
    size_t last_top = l->count > l->page ? l->count - l->page : 0;
    if (l->top > last_top)
        l->top = last_top;
}

void list_set_count(struct list *l, size_t count)
{
    l->count = count;
    if (l->selected >= count)
        l->selected = count ? count - 1 : 0;
    show_selected(l);
}

void list_set_page(struct list *l, size_t rows)
{
    l->page = rows ? rows : 1;
    show_selected(l);
}

void list_select(struct list *l, size_t index)
{
    l->selected = index;
    list_set_count(l, l->count);
}

static void move(struct list *l, size_t back, size_t forth)
{
    size_t at = l->selected;
    at = at > back ? at - back : 0;
    list_select(l, forth < l->count - at ? at + forth : l->count);
}

bool list_key(struct list *l, const struct key *key, bool letters)
{
    static const int wheel = 3;
    int code = key->special                  ? key->code
               : letters && key->code == 'j' ? PRESS_DOWN
               : letters && key->code == 'k' ? PRESS_UP
                                             : PRESS_NONE;
    size_t page = l->page > 1 ? l->page - 1 : 1;
    switch (code) {
    case PRESS_UP: move(l, 1, 0); break;
    case PRESS_DOWN: move(l, 0, 1); break;
    case PRESS_PAGE_UP: move(l, page, 0); break;
    case PRESS_PAGE_DOWN: move(l, 0, page); break;
    case PRESS_HOME: move(l, l->count, 0); break;
    case PRESS_END: move(l, 0, l->count); break;
    case PRESS_WHEEL_UP: move(l, wheel, 0); break;
    case PRESS_WHEEL_DOWN: move(l, 0, wheel); break;
    default: return false;
    }
    return true;
}

size_t list_at(const struct list *l, int row)
{
    if (row < 0 || (size_t)row >= l->page || l->top + (size_t)row >= l->count)
        return l->count;
    return l->top + (size_t)row;
}
