#include "tui/chooser.h"

#include "core/text.h"

#define FOUND_NONE SIZE_MAX

void chooser_init(struct chooser *c, struct chooser_items items)
{
    *c = (struct chooser){.items = items, .code = BUF_INIT, .kase = BUF_INIT};
}

void chooser_release(struct chooser *c)
{
    buf_release(&c->code);
    buf_release(&c->kase);
}

static bool is_at(const struct form *f, int item)
{
    return item != CHOOSER_NONE && f->focus == item;
}

bool chooser_open(const struct chooser *c, const struct form *f)
{
    return is_at(f, c->items.kase) || is_at(f, c->items.officer) ||
           (is_at(f, c->items.procedure) && !c->code.n);
}

/* ---- the procedure and its case ---- */

const struct named_procedure *chooser_procedure(const struct chooser *c, const struct session *s)
{
    if (!c->code.n)
        return NULL;
    size_t i = names_procedure(&s->names, buf_str(&c->code), buf_str(&c->kase));
    return i < s->names.procedures ? &s->names.procedure[i] : NULL;
}

/* Of the chosen code; all procedures when it is not in the catalogue. */
static size_t first_case(const struct chooser *c, const struct session *s)
{
    size_t i = 0;
    while (i < s->names.procedures && !str_eq(s->names.procedure[i].procedure.code, buf_str(&c->code)))
        i++;
    return i;
}

void chooser_forget(struct chooser *c, struct form *f)
{
    buf_reset(&c->code);
    buf_reset(&c->kase);
    c->limit = (struct limit){.kind = LIMIT_NONE};
    form_hide(f, c->items.kase, true);
    if (c->items.limit != CHOOSER_NONE)
        form_hide(f, c->items.limit, true);
    field_set(&f->item[c->items.kase].field, STR_NONE);
}

void chooser_procedure_text(struct buf *out, struct str code, struct str name)
{
    buf_add_str(out, code);
    buf_add_z(out, "  ");
    buf_add_str(out, name);
}

void chooser_case_text(struct buf *out, enum lang lang, struct str kase, const struct limit *limit)
{
    buf_add_str(out, kase.n ? kase : str_of(lang_text(lang, T_tui_plain_case)));
    buf_add_z(out, " · ");
    lang_limit(out, lang, limit);
}

static void set_case(struct chooser *c, struct form *f, const struct session *s, size_t index)
{
    const struct procedure *p = &s->names.procedure[index].procedure;
    struct buf text = BUF_INIT;
    buf_reset(&c->kase);
    buf_add_str(&c->kase, p->kase);
    c->limit = p->limit;
    if (c->items.limit != CHOOSER_NONE)
        form_hide(f, c->items.limit, p->limit.kind != LIMIT_NONE);
    chooser_case_text(&text, s->lang, p->kase, &p->limit);
    field_set(&f->item[c->items.kase].field, buf_str(&text));
    buf_release(&text);
}

static void set_procedure(struct chooser *c, struct form *f, const struct session *s, size_t index)
{
    const struct procedure *p = &s->names.procedure[index].procedure;
    struct buf text = BUF_INIT;
    buf_reset(&c->code);
    buf_add_str(&c->code, p->code);
    chooser_procedure_text(&text, p->code, p->name);
    field_set(&f->item[c->items.procedure].field, buf_str(&text));
    buf_release(&text);
    form_hide(f, c->items.kase, names_cases(&s->names, first_case(c, s)) == 1);
    set_case(c, f, s, index);
}

void chooser_begin(struct chooser *c, struct form *f, const struct session *s, struct str code,
                   struct str kase, const struct limit *limit)
{
    buf_reset(&c->code);
    buf_add_str(&c->code, code);
    buf_reset(&c->kase);
    buf_add_str(&c->kase, kase);
    c->limit = *limit;
    size_t first = first_case(c, s);
    form_hide(f, c->items.kase, first == s->names.procedures || names_cases(&s->names, first) == 1);
}

static size_t typed_case(const struct chooser *c, const struct form *f, const struct session *s)
{
    struct buf typed = BUF_INIT;
    text_fold(&typed, form_text(f, c->items.procedure));
    size_t found = s->names.procedures;
    for (size_t i = 0; i < s->names.procedures && found == s->names.procedures; i++) {
        const struct str code = s->names.procedure[i].code;
        bool same = code.n == typed.n && typed.n > 0;
        for (size_t k = 0; same && k < code.n; k++)
            same = code.p[k] == typed.p[k] || (code.p[k] == '#' && typed.p[k] == '.');
        if (same)
            found = i;
    }
    buf_release(&typed);
    return found;
}

void chooser_take_typed(struct chooser *c, struct form *f, const struct session *s)
{
    size_t typed = c->code.n ? s->names.procedures : typed_case(c, f, s);
    if (typed < s->names.procedures)
        set_procedure(c, f, s, typed);
}

void chooser_code(const struct chooser *c, struct buf *out)
{
    buf_add_str(out, buf_str(&c->code));
    if (c->kase.n) {
        buf_add_char(out, '#');
        buf_add_str(out, buf_str(&c->kase));
    }
}

/* ---- the list ---- */

static uint16_t number_of(const struct chooser *c, const struct form *f, const struct session *s,
                          size_t index)
{
    return is_at(f, c->items.officer) ? s->names.officer[index].number
                                      : s->names.procedure[index].procedure.number;
}

static size_t index_of(const struct chooser *c, const struct form *f, const struct session *s,
                       uint16_t number)
{
    size_t n = is_at(f, c->items.officer) ? s->names.officers : s->names.procedures;
    for (size_t i = 0; i < n; i++)
        if (number_of(c, f, s, i) == number)
            return i;
    return FOUND_NONE;
}

static void find_cases(struct chooser *c, const struct session *s)
{
    struct pick *p = &c->pick;
    size_t first = first_case(c, s);
    pick_set(p, first < s->names.procedures ? names_cases(&s->names, first) : 0);
    for (size_t i = 0; i < p->list.count && i < FOUND_MAX; i++) {
        p->found[i] = (uint16_t)(first + i);
        if (str_eq(s->names.procedure[first + i].procedure.kase, buf_str(&c->kase)))
            list_select(&p->list, i);
    }
}

void chooser_find(struct chooser *c, const struct form *f, const struct session *s)
{
    struct pick *p = &c->pick;
    struct str typed = form_text(f, f->focus);
    if (is_at(f, c->items.procedure))
        pick_set(p, c->code.n ? 0 : names_find_procedures(&s->names, typed, p->found));
    else if (is_at(f, c->items.officer))
        pick_set(p, names_find_officers(&s->names, typed, p->found));
    else if (is_at(f, c->items.kase))
        find_cases(c, s);
    else
        pick_set(p, 0);
    for (size_t i = 0; i < p->list.count && i < FOUND_MAX; i++)
        c->number[i] = number_of(c, f, s, p->found[i]);
}

void chooser_find_again(struct chooser *c, const struct form *f, const struct session *s)
{
    struct pick *p = &c->pick;
    if (!p->list.count) {
        chooser_find(c, f, s);
        return;
    }
    size_t selected = p->list.selected, top = p->list.top, count = 0, chosen = 0;
    for (size_t i = 0; i < p->list.count && i < FOUND_MAX; i++) {
        uint16_t number = c->number[i];
        size_t index = index_of(c, f, s, number);
        if (i == selected)
            chosen = count;
        if (index == FOUND_NONE)
            continue;
        c->number[count] = number;
        p->found[count++] = (uint16_t)index;
    }
    pick_set(p, count);
    p->list.top = top;
    list_select(&p->list, chosen);
}

/* ---- keys ---- */

static void choose(struct chooser *c, struct form *f, const struct session *s)
{
    uint16_t index;
    size_t typed = is_at(f, c->items.procedure) ? typed_case(c, f, s) : s->names.procedures;
    if (!pick_chosen(&c->pick, &index) && typed == s->names.procedures)
        return;
    if (is_at(f, c->items.officer))
        field_set(&f->item[c->items.officer].field, s->names.officer[index].login);
    else if (is_at(f, c->items.kase))
        set_case(c, f, s, index);
    else
        set_procedure(c, f, s, typed < s->names.procedures && c->pick.list.selected == 0 ? typed : index);
}

/* Where the store could not be read nothing is known of what there is. */
static enum text_id none_text(const struct session *s, bool officer)
{
    if (!s->names_at || !outcome_ok(&s->unread))
        return T_tui_unread_short;
    return officer ? T_tui_no_officer : T_tui_no_procedure;
}

static bool key_of_list(struct chooser *c, struct form *f, struct session *s, const struct key *k,
                        enum action action)
{
    bool officer = is_at(f, c->items.officer), typed = form_text(f, f->focus).n > 0;
    bool optional = officer && !f->item[f->focus].required && !typed && c->pick.list.selected == 0;
    bool click = pick_click(&c->pick, k);
    bool take = click || (action == ACTION_choose && !optional) || (typed && key_is(k, PRESS_TAB));
    bool found =
        c->pick.list.count > 0 || (is_at(f, c->items.procedure) && typed_case(c, f, s) < s->names.procedures);
    if (pick_key(&c->pick, k))
        return true;
    if (take && !found) {
        session_say_id(s, TONE_REFUSED, none_text(s, officer));
        return action == ACTION_choose;
    }
    if (take)
        choose(c, f, s);
    if (click)
        form_key(f, &(struct key){.special = true, .code = PRESS_TAB}, ACTION_next);
    return click;
}

/* Typing over a chosen procedure begins a new search. */
static void begin_anew(struct chooser *c, struct form *f, const struct key *k)
{
    bool edits =
        !k->special || key_is(k, PRESS_BACKSPACE) || key_is(k, PRESS_DELETE) || key_is(k, PRESS_PASTE);
    if (!is_at(f, c->items.procedure) || !c->code.n || !edits)
        return;
    field_set(&f->item[c->items.procedure].field, STR_NONE);
    chooser_forget(c, f);
}

bool chooser_key(struct chooser *c, struct form *f, struct session *s, const struct key *k,
                 enum action action)
{
    bool types = !k->special || key_is(k, PRESS_BACKSPACE) || key_is(k, PRESS_PASTE);
    if (is_at(f, c->items.kase) && types) /* a case is chosen, never typed */
        return true;
    if (chooser_open(c, f) && key_of_list(c, f, s, k, action))
        return true;
    begin_anew(c, f, k);
    return false;
}

/* ---- drawing ---- */

static void tell_procedure_row(const void *arg, uint16_t index, struct buf *left, struct buf *right)
{
    const struct session *s = arg;
    const struct procedure *p = &s->names.procedure[index].procedure;
    chooser_procedure_text(left, p->code, p->name);
    size_t cases = names_cases(&s->names, index);
    if (cases == 1) {
        lang_limit(right, s->lang, &p->limit);
        return;
    }
    struct buf n = BUF_INIT;
    buf_add_int(&n, (int64_t)cases);
    LANG_SAY(right, s->lang, T_tui_cases, buf_str(&n));
    buf_release(&n);
}

static void tell_case_row(const void *arg, uint16_t index, struct buf *left, struct buf *right)
{
    const struct session *s = arg;
    const struct procedure *p = &s->names.procedure[index].procedure;
    chooser_procedure_text(left, p->kase.n ? p->kase : session_text(s, T_tui_plain_case), p->name);
    lang_limit(right, s->lang, &p->limit);
}

static void tell_officer_row(const void *arg, uint16_t index, struct buf *left, struct buf *right)
{
    const struct named_officer *o = &((const struct session *)arg)->names.officer[index];
    chooser_procedure_text(left, o->login, o->name);
    buf_add_str(right, o->unit);
}

void chooser_draw(struct chooser *c, const struct form *f, const struct session *s, struct canvas *canvas,
                  struct area a, int focus)
{
    bool officer = is_at(f, c->items.officer);
    struct area below = {focus + 1, a.column + 1, a.row + a.rows - focus - 1, a.columns - 2};
    pick_tell *tell = officer                   ? tell_officer_row
                      : is_at(f, c->items.kase) ? tell_case_row
                                                : tell_procedure_row;
    pick_draw(&c->pick, canvas, below, tell, s, session_text(s, none_text(s, officer)));
}
