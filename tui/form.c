#include "tui/form.h"

#include "core/mask.h"
#include "core/text.h"

#define LABEL_MOST 26

void form_init(struct form *f, const struct form_item *items, int n)
{
    *f = (struct form){.count = n};
    for (int i = 0; i < n; i++) {
        f->item[i] = items[i];
        f->item[i].first_text = BUF_INIT;
        field_init(&f->item[i].field, items[i].max ? items[i].max : TEXT_MAX);
    }
}

void form_release(struct form *f)
{
    for (int i = 0; i < f->count; i++) {
        field_release(&f->item[i].field);
        buf_release(&f->item[i].first_text);
    }
}

void form_clear(struct form *f)
{
    for (int i = 0; i < f->count; i++) {
        field_set(&f->item[i].field, buf_str(&f->item[i].first_text));
        f->item[i].chosen = f->item[i].first;
    }
    f->focus = f->top = 0;
}

bool form_dirty(const struct form *f)
{
    for (int i = 0; i < f->count; i++)
        if (form_item_dirty(f, i))
            return true;
    return false;
}

bool form_item_dirty(const struct form *f, int item)
{
    const struct form_item *i = &f->item[item];
    return !str_eq(field_str(&i->field), buf_str(&i->first_text)) || i->chosen != i->first;
}

void form_begin_with(struct form *f, int item, int choice)
{
    f->item[item].first = f->item[item].chosen = choice;
}

/* What cannot be shown is seen in its place, as the dossier's page shows it: a field that looks right is left
 * as it is, and what is wrong in it stays. */
void form_begin_text(struct form *f, int item, struct str text)
{
    struct buf safe = BUF_INIT;
    text_safe(&safe, text, true);
    field_set(&f->item[item].field, buf_str(&safe));
    buf_release(&safe);
    buf_reset(&f->item[item].first_text);
    buf_add_str(&f->item[item].first_text, form_text(f, item));
}

/* ---- the focus ---- */

static int step(const struct form *f, int from, int by)
{
    for (int i = from + by; i >= 0 && i < f->count; i += by)
        if (!f->item[i].hidden)
            return i;
    return from;
}

void form_focus(struct form *f, int item)
{
    if (item >= 0 && item < f->count && !f->item[item].hidden)
        f->focus = item;
}

void form_hide(struct form *f, int item, bool hidden)
{
    f->item[item].hidden = hidden;
    if (!f->item[f->focus].hidden)
        return;
    int next = step(f, f->focus, 1);
    f->focus = next != f->focus ? next : step(f, f->focus, -1);
}

bool form_focus_fault(struct form *f, const struct outcome *o)
{
    for (int a = 0; a < OUTCOME_ARGS; a++)
        for (int i = 0; o->arg[a].type == ARG_LABEL && i < f->count; i++)
            if (f->item[i].fault != T_nothing && o->arg[a].number == (int64_t)f->item[i].fault) {
                form_focus(f, i);
                return true;
            }
    return false;
}

bool form_typing(const struct form *f)
{
    return f->item[f->focus].kind != ITEM_CHOICE;
}

unsigned form_scopes(const struct form *f)
{
    static const unsigned scopes[] = {
        [ITEM_TEXT] = 0, [ITEM_PICK] = SCOPE_PICK, [ITEM_CHOICE] = SCOPE_CHOICE};
    return SCOPE_ANYWHERE | SCOPE_FORM | scopes[f->item[f->focus].kind];
}

/* ---- keys ---- */

static enum form_answer move(struct form *f, int to)
{
    f->focus = to;
    return FORM_MOVED;
}

static enum form_answer next(struct form *f, bool enter)
{
    int to = step(f, f->focus, 1);
    return to == f->focus && enter ? FORM_DONE : move(f, to);
}

static enum form_answer turn(struct form_item *item, int by)
{
    item->chosen = (item->chosen + by + item->choices) % item->choices;
    return FORM_CHANGED;
}

static enum form_answer click(struct form *f, int row)
{
    int r = f->row;
    for (int i = f->top; i < f->count && r < f->row + f->rows; i++) {
        if (f->item[i].hidden)
            continue;
        if (r++ == row)
            return move(f, i);
    }
    return FORM_IGNORED;
}

/* The screen may face the counter: what stood there is not shown to be mended letter by letter. */
static bool is_masked(const struct form *f, int item)
{
    const struct form_item *i = &f->item[item];
    return i->personal && f->masked && i->first_text.n && !form_item_dirty(f, item);
}

/* What is typed over a masked number replaces it, what deletes deletes it whole. False: not such a key. */
static bool replace_masked(struct field *field, const struct key *key)
{
    bool typed = !key->special || key_is(key, PRESS_PASTE);
    bool deleted = key_is(key, PRESS_BACKSPACE) || key_is(key, PRESS_DELETE) ||
                   key_is(key, PRESS_CTRL + 'w') || key_is(key, PRESS_CTRL + 'u') ||
                   key_is(key, PRESS_CTRL + 'k');
    if (typed || deleted)
        field_set(field, STR_NONE);
    if (typed)
        field_key(field, key);
    return typed || deleted;
}

static enum form_answer type(struct form *f, const struct key *key)
{
    struct form_item *item = form_focused(f);
    if (item->kind ==
        ITEM_CHOICE) /* digits typed after a name are no keys: they must not lead out of the form */
        return key->special ? FORM_IGNORED : FORM_MOVED;
    if (is_masked(f, f->focus) && replace_masked(&item->field, key))
        return FORM_CHANGED;
    switch (field_key(&item->field, key)) {
    case FIELD_CHANGED: return FORM_CHANGED;
    case FIELD_MOVED: return FORM_MOVED;
    default: return FORM_IGNORED;
    }
}

enum form_answer form_key(struct form *f, const struct key *key, enum action action)
{
    struct form_item *item = form_focused(f);
    item->field.cut = false;
    if (action == ACTION_turn)
        return turn(item, key_is(key, PRESS_LEFT) ? -1 : 1);
    if (action == ACTION_next || (action == ACTION_choose && item->kind == ITEM_PICK))
        return next(f, key_is(key, PRESS_ENTER));
    if (action == ACTION_previous)
        return move(f, step(f, f->focus, -1));
    if (key_is(key, PRESS_CLICK))
        return click(f, key->row);
    return type(f, key);
}

/* ---- drawing ---- */

static void add_label(struct buf *out, const struct form_item *item, enum lang lang)
{
    buf_add_z(out, lang_text(lang, item->label));
    if (item->nth)
        buf_addf(out, " %d", item->nth);
}

static int label_columns(const struct form *f, enum lang lang)
{
    int most = 0;
    struct buf label = BUF_INIT;
    for (int i = 0; i < f->count; i++) {
        buf_reset(&label);
        add_label(&label, &f->item[i], lang);
        int columns = text_columns(buf_str(&label));
        if (columns > most)
            most = columns;
    }
    buf_release(&label);
    return most < LABEL_MOST ? most : LABEL_MOST;
}

static int visible_between(const struct form *f, int from, int to)
{
    int n = 0;
    for (int i = from; i < to; i++)
        n += !f->item[i].hidden;
    return n;
}

int form_rows(const struct form *f)
{
    return visible_between(f, 0, f->count);
}

static void scroll(struct form *f, int rows)
{
    if (f->top > f->focus)
        f->top = f->focus;
    while (visible_between(f, f->top, f->focus + 1) > rows)
        f->top++;
    while (f->top > 0 && visible_between(f, f->top - 1, f->count) <= rows)
        f->top--;
}

static int choice_columns(const struct form_item *item, enum lang lang)
{
    enum { MARK = 4, GAP = 2 };
    int columns = item->example.n ? text_columns(item->example) + 1 : -GAP;
    for (int i = 0; i < item->choices; i++)
        columns += MARK + text_columns(str_of(lang_text(lang, item->choice[i]))) + GAP;
    return columns;
}

/* More words than there is room for: the chosen one, what stands beside it, and which of how many it is. */
static void draw_one_choice(const struct form_item *item, struct canvas *c, struct area a, bool focus,
                            enum lang lang)
{
    struct buf text = BUF_INIT, which = BUF_INIT;
    buf_addf(&text, "‹ %s ›", lang_text(lang, item->choice[item->chosen]));
    buf_addf(&which, "%d/%d", item->chosen + 1, item->choices);
    int style = focus ? STYLE_STRONG | STYLE_SELECTED : STYLE_STRONG;
    int used = canvas_text(c, a.row, a.column, a.columns, style, buf_str(&text)) + 2;
    if (item->example.n)
        used += canvas_text(c, a.row, a.column + used, a.columns - used, STYLE_DIM, item->example) + 2;
    canvas_text(c, a.row, a.column + used, a.columns - used, STYLE_DIM, buf_str(&which));
    buf_release(&text);
    buf_release(&which);
}

static void draw_choice(const struct form_item *item, struct canvas *c, struct area a, bool focus,
                        enum lang lang)
{
    int k = a.column;
    if (choice_columns(item, lang) > a.columns) {
        draw_one_choice(item, c, a, focus, lang);
        return;
    }
    for (int i = 0; i < item->choices; i++) {
        bool chosen = i == item->chosen;
        struct str word = str_of(lang_text(lang, item->choice[i]));
        int room = a.column + a.columns - k;
        k += canvas_text(c, a.row, k, room, chosen ? STYLE_STRONG : STYLE_DIM,
                         chosen ? STR("(•) ") : STR("( ) "));
        int style = chosen ? (focus ? STYLE_STRONG | STYLE_SELECTED : STYLE_STRONG) : STYLE_DIM;
        k += canvas_text(c, a.row, k, a.column + a.columns - k, style, word) + 2;
    }
    canvas_text(c, a.row, k + 1, a.column + a.columns - k - 1, STYLE_DIM, item->example);
}

static void draw_masked(const struct form_item *item, struct canvas *c, struct area a, bool focus,
                        enum lang lang)
{
    struct buf text = BUF_INIT;
    mask_number(&text, field_str(&item->field), false);
    canvas_cell(c, a.row, a.column, a.columns, focus ? STYLE_FIELD : STYLE_PLAIN, buf_str(&text));
    int used = text_columns(buf_str(&text));
    if (focus && used < a.columns) {
        canvas_cursor(c, a.row, a.column + used);
        struct str how = str_of(lang_text(lang, T_tui_type_to_replace));
        canvas_text(c, a.row, a.column + used + 2, a.columns - used - 2, STYLE_DIM, how);
    }
    buf_release(&text);
}

static void draw_item(struct form *f, int index, struct canvas *c, struct area a, int label, enum lang lang)
{
    struct form_item *item = &f->item[index];
    bool focus = index == f->focus;
    canvas_text(c, a.row, a.column, 1, STYLE_STRONG, focus ? STR(">") : STR_NONE);
    struct buf called = BUF_INIT;
    add_label(&called, item, lang);
    canvas_right(c, a.row, a.column + 1, label + 1, focus ? STYLE_STRONG : STYLE_DIM, buf_str(&called));
    buf_release(&called);
    canvas_text(c, a.row, a.column + label + 2, 1, STYLE_TODAY, item->required ? STR("*") : STR_NONE);
    struct area value = {a.row, a.column + label + 4, 1, a.columns - label - 5};
    if (item->kind == ITEM_CHOICE)
        draw_choice(item, c, value, focus, lang);
    else if (is_masked(f, index))
        draw_masked(item, c, value, focus, lang);
    else
        field_draw(&item->field, c, value, focus,
                   item->example.n ? item->example : str_of(lang_text(lang, item->hint)));
}

int form_draw(struct form *f, struct canvas *c, struct area a, enum lang lang)
{
    scroll(f, a.rows);
    f->row = a.row;
    f->rows = a.rows;
    int label = label_columns(f, lang), r = 0, focus_row = a.row;
    for (int i = f->top; i < f->count && r < a.rows; i++) {
        if (f->item[i].hidden)
            continue;
        if (i == f->focus)
            focus_row = a.row + r;
        draw_item(f, i, c, (struct area){a.row + r++, a.column, 1, a.columns}, label, lang);
    }
    int right = a.column + a.columns - 1;
    if (visible_between(f, 0, f->top))
        canvas_text(c, a.row, right, 1, STYLE_KEY, STR("▲"));
    if (visible_between(f, f->top, f->count) > a.rows)
        canvas_text(c, a.row + a.rows - 1, right, 1, STYLE_KEY, STR("▼"));
    return focus_row;
}
