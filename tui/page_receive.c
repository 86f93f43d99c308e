#include "tui/page_receive.h"

#include "core/text.h"
#include "tui/page_ask.h"
#include "tui/pick.h"
#include "tui/receive_due.h"
#include "tui/receive_form.h"
#include <stdlib.h>

#define USED_LATELY 500 /* dossiers whose procedures come first in the list */
#define DUE_ROWS 4

struct receive_page {
    struct page page;
    struct form form;
    struct pick pick;
    uint16_t number[FOUND_MAX]; /* what the list holds, by its number in the office: indexes change */
    bool counted;
    struct buf code, kase;  /* the chosen procedure; no code: none yet */
    struct limit limit;     /* its own */
    struct receive_due due; /* of what is typed */
    /* the dossier saved last */
    struct buf saved_code, saved_name, saved_due;
};

static struct receive_page *of(struct page *p)
{
    return (struct receive_page *)p;
}

/* ---- the procedure ---- */

static const struct named_procedure *chosen(const struct receive_page *r, const struct session *s)
{
    if (!r->code.n)
        return NULL;
    size_t i = names_procedure(&s->names, buf_str(&r->code), buf_str(&r->kase));
    return i < s->names.procedures ? &s->names.procedure[i] : NULL;
}

static size_t first_case(const struct receive_page *r, const struct session *s)
{
    size_t i = 0;
    while (i < s->names.procedures && !str_eq(s->names.procedure[i].procedure.code, buf_str(&r->code)))
        i++;
    return i;
}

static void forget_procedure(struct receive_page *r)
{
    buf_reset(&r->code);
    buf_reset(&r->kase);
    r->limit = (struct limit){.kind = LIMIT_NONE};
    form_hide(&r->form, R_CASE, true);
    form_hide(&r->form, R_LIMIT, true);
    field_set(&r->form.item[R_CASE].field, STR_NONE);
}

static void add_limit(struct buf *out, enum lang lang, const struct procedure *p)
{
    lang_limit(out, lang, &p->limit);
}

static void set_case(struct receive_page *r, const struct session *s, size_t index)
{
    const struct procedure *p = &s->names.procedure[index].procedure;
    struct buf text = BUF_INIT;
    buf_reset(&r->kase);
    buf_add_str(&r->kase, p->kase);
    r->limit = p->limit;
    form_hide(&r->form, R_LIMIT, p->limit.kind != LIMIT_NONE);
    buf_add_str(&text, p->kase.n ? p->kase : session_text(s, T_tui_plain_case));
    buf_add_z(&text, " · ");
    add_limit(&text, s->lang, p);
    field_set(&r->form.item[R_CASE].field, buf_str(&text));
    buf_release(&text);
}

static void set_procedure(struct receive_page *r, const struct session *s, size_t index)
{
    const struct procedure *p = &s->names.procedure[index].procedure;
    struct buf text = BUF_INIT;
    buf_reset(&r->code);
    buf_add_str(&r->code, p->code);
    buf_add_str(&text, p->code);
    buf_add_z(&text, "  ");
    buf_add_str(&text, p->name);
    field_set(&r->form.item[R_PROCEDURE].field, buf_str(&text));
    buf_release(&text);
    size_t first = first_case(r, s);
    form_hide(&r->form, R_CASE, names_cases(&s->names, first) == 1);
    set_case(r, s, index);
}

/* "2.000815#01" and "2.000815.01" name a case outright. */
static size_t typed_case(const struct receive_page *r, const struct session *s)
{
    struct buf typed = BUF_INIT;
    text_fold(&typed, form_text(&r->form, R_PROCEDURE));
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

/* ---- the lists below the fields ---- */

#define FOUND_NONE SIZE_MAX

static uint16_t number_of(const struct receive_page *r, const struct session *s, size_t index)
{
    return r->form.focus == R_OFFICER ? s->names.officer[index].number
                                      : s->names.procedure[index].procedure.number;
}

static size_t index_of(const struct receive_page *r, const struct session *s, uint16_t number)
{
    size_t n = r->form.focus == R_OFFICER ? s->names.officers : s->names.procedures;
    for (size_t i = 0; i < n; i++)
        if (number_of(r, s, i) == number)
            return i;
    return FOUND_NONE;
}

static void note_numbers(struct receive_page *r, const struct session *s)
{
    for (size_t i = 0; i < r->pick.list.count && i < FOUND_MAX; i++)
        r->number[i] = number_of(r, s, r->pick.found[i]);
}

static void find(struct receive_page *r, const struct session *s)
{
    struct pick *p = &r->pick;
    struct str typed = form_text(&r->form, r->form.focus);
    size_t first;
    switch (r->form.focus) {
    case R_PROCEDURE: pick_set(p, r->code.n ? 0 : names_find_procedures(&s->names, typed, p->found)); break;
    case R_OFFICER: pick_set(p, names_find_officers(&s->names, typed, p->found)); break;
    case R_CASE:
        first = first_case(r, s);
        pick_set(p, first < s->names.procedures ? names_cases(&s->names, first) : 0);
        for (size_t i = 0; i < p->list.count && i < FOUND_MAX; i++) {
            p->found[i] = (uint16_t)(first + i);
            if (str_eq(s->names.procedure[first + i].procedure.kase, buf_str(&r->kase)))
                list_select(&p->list, i);
        }
        break;
    default: pick_set(p, 0); break;
    }
    note_numbers(r, s);
}

/* Somebody else changed the store: an open list keeps its order, and the row that is chosen. */
static void find_again(struct receive_page *r, const struct session *s)
{
    struct pick *p = &r->pick;
    size_t selected = p->list.selected, top = p->list.top, count = 0, chosen = 0;
    for (size_t i = 0; i < p->list.count && i < FOUND_MAX; i++) {
        uint16_t number = r->number[i];
        size_t index = index_of(r, s, number);
        if (i == selected)
            chosen = count;
        if (index == FOUND_NONE)
            continue;
        r->number[count] = number;
        p->found[count++] = (uint16_t)index;
    }
    pick_set(p, count);
    p->list.top = top;
    list_select(&p->list, chosen);
}

/* Is a list shown below the field in focus? */
static bool picking(const struct receive_page *r)
{
    return r->form.focus == R_CASE || r->form.focus == R_OFFICER ||
           (r->form.focus == R_PROCEDURE && !r->code.n);
}

static void choose(struct receive_page *r, const struct session *s)
{
    uint16_t index;
    size_t typed = r->form.focus == R_PROCEDURE ? typed_case(r, s) : s->names.procedures;
    if (!pick_chosen(&r->pick, &index) && typed == s->names.procedures)
        return;
    if (r->form.focus == R_OFFICER)
        field_set(&r->form.item[R_OFFICER].field, s->names.officer[index].login);
    else if (r->form.focus == R_CASE)
        set_case(r, s, index);
    else
        set_procedure(r, s, typed < s->names.procedures && r->pick.list.selected == 0 ? typed : index);
}

static void tell_procedure_row(const void *arg, uint16_t index, struct buf *left, struct buf *right)
{
    const struct session *s = arg;
    const struct procedure *p = &s->names.procedure[index].procedure;
    buf_add_str(left, p->code);
    buf_add_z(left, "  ");
    buf_add_str(left, p->name);
    size_t cases = names_cases(&s->names, index);
    if (cases == 1) {
        add_limit(right, s->lang, p);
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
    buf_add_str(left, p->kase.n ? p->kase : session_text(s, T_tui_plain_case));
    buf_add_z(left, "  ");
    buf_add_str(left, p->name);
    add_limit(right, s->lang, p);
}

static void tell_officer_row(const void *arg, uint16_t index, struct buf *left, struct buf *right)
{
    const struct named_officer *o = &((const struct session *)arg)->names.officer[index];
    buf_add_str(left, o->login);
    buf_add_z(left, "  ");
    buf_add_str(left, o->name);
    buf_add_str(right, o->unit);
}

static void update_due(struct receive_page *r, struct session *s)
{
    const struct named_procedure *p = chosen(r, s);
    receive_due_clear(&r->due);
    if (!p)
        return;
    struct view *v = session_view(s);
    if (v)
        receive_due_compute(&r->due, view_office(v), &p->procedure, &r->form, s->lang, s->now);
    view_end(v);
}

/* ---- reading ---- */

struct usage {
    struct names *names;
    uint32_t by_number[UINT16_MAX + 1];
    size_t seen;
};

static bool count_use(void *arg, const struct facts *f)
{
    struct usage *u = arg;
    u->by_number[f->procedure]++;
    return ++u->seen >= USED_LATELY;
}

static bool stop(void *arg, const struct dossier *d)
{
    (void)arg, (void)d;
    return false;
}

/* What the desk does all day stands first in the list. */
static void count_usage(struct session *s, struct view *v)
{
    struct usage *u = calloc(1, sizeof *u);
    if (!u)
        return;
    view_scan(v, count_use, stop, u);
    for (size_t i = 0; i < s->names.procedures; i++)
        s->names.procedure[i].used = 0;
    for (size_t i = 0; i < s->names.procedures; i++)
        for (size_t k = i; s->names.procedure[i].first && k < i + names_cases(&s->names, i); k++)
            s->names.procedure[i].used += u->by_number[s->names.procedure[k].procedure.number];
    free(u);
}

static void refresh(struct page *p, struct session *s)
{
    struct receive_page *r = of(p);
    struct view *v = session_view(s);
    if (!v)
        return;
    bool anew = s->names_at != s->writes;
    session_names(s, view_office(v));
    if (anew || !r->counted)
        count_usage(s, v);
    session_view_end(s, v);
    if (r->counted && r->pick.list.count)
        find_again(r, s);
    else
        find(r, s);
    r->counted = true;
    update_due(r, s);
}

/* ---- saving ---- */

static void refused(struct receive_page *r, struct session *s, const struct outcome *o)
{
    session_refuse(s, o);
    receive_form_focus(&r->form, o);
    find(r, s);
}

static void remember_saved(struct receive_page *r, struct session *s, uint64_t id)
{
    struct view *v = session_view(s);
    struct dossier d;
    buf_reset(&r->saved_code);
    buf_reset(&r->saved_name);
    buf_reset(&r->saved_due);
    if (v && view_dossier(v, id, &d)) {
        buf_add_str(&r->saved_code, d.code);
        buf_add_str(&r->saved_name, d.receipt.applicant.name);
        buf_add_z(&r->saved_due, lang_weekday(s->lang, civil_weekday(civil_day_of(d.facts.due))));
        buf_add_char(&r->saved_due, ' ');
        lang_time(&r->saved_due, s->lang, d.facts.due);
        if (d.facts.provisional) {
            buf_add_z(&r->saved_due, " · ");
            buf_add_z(&r->saved_due, lang_text(s->lang, T_tui_provisional));
        }
    }
    view_end(v);
}

static void add_procedure_code(const struct receive_page *r, struct buf *out)
{
    if (!r->code.n) {
        text_safe(out, form_text(&r->form, R_PROCEDURE), false);
        return;
    }
    buf_add_str(out, buf_str(&r->code));
    if (r->kase.n) {
        buf_add_char(out, '#');
        buf_add_str(out, buf_str(&r->kase));
    }
}

static bool make_command(struct receive_page *r, struct session *s, struct buf *components,
                         struct command *out)
{
    int item = R_PROCEDURE;
    enum text_id wrong = T_tui_needs_procedure;
    struct view *v = session_view(s);
    if (!v)
        return false;
    bool ok = form_text(&r->form, R_PROCEDURE).n > 0;
    if (ok)
        ok = receive_form_command(&r->form, office_calendar(view_office(v)), s->now, components, out, &item,
                                  &wrong);
    view_end(v);
    if (!ok) {
        form_focus(&r->form, item);
        find(r, s);
        session_say_id(s, TONE_REFUSED, wrong);
    }
    return ok;
}

static void save(struct receive_page *r, struct session *s)
{
    struct buf components = BUF_INIT, procedure = BUF_INIT;
    struct command command;
    struct result result;
    session_tick(s);
    if (!r->code.n && typed_case(r, s) < s->names.procedures)
        set_procedure(r, s, typed_case(r, s));
    if (make_command(r, s, &components, &command)) {
        add_procedure_code(r, &procedure);
        command.receive.procedure = buf_str(&procedure);
        struct outcome o = session_submit(s, &command, &result);
        if (outcome_ok(&o)) {
            remember_saved(r, s, result.dossier);
            form_clear(&r->form);
            forget_procedure(r);
            receive_form_adapt(&r->form);
            find(r, s);
        } else
            refused(r, s, &o);
    }
    buf_release(&components);
    buf_release(&procedure);
}

/* ---- drawing ---- */

static void draw_saved(const struct receive_page *r, const struct session *s, struct canvas *c, int row)
{
    struct buf text = BUF_INIT;
    /* from the first letter of the next form on, it must not look as if that one were saved */
    bool before = form_dirty(&r->form);
    int style = before ? STYLE_DIM : STYLE_STRONG | STYLE_SELECTED;
    LANG_SAY(&text, s->lang, before ? T_tui_saved_before : T_tui_saved, buf_str(&r->saved_code),
             buf_str(&r->saved_name));
    canvas_cell(c, row, 1, c->columns - 2, style, buf_str(&text));
    buf_reset(&text);
    LANG_SAY(&text, s->lang, before ? T_tui_saved_before_due : T_tui_saved_due, buf_str(&r->saved_due));
    canvas_cell(c, row + 1, 1, c->columns - 2, style, buf_str(&text));
    buf_release(&text);
}

static void draw_pick(struct receive_page *r, struct session *s, struct canvas *c, struct area a, int focus)
{
    struct area below = {focus + 1, a.column + 1, a.row + a.rows - focus - 1, a.columns - 2};
    pick_tell *tell = r->form.focus == R_OFFICER ? tell_officer_row
                      : r->form.focus == R_CASE  ? tell_case_row
                                                 : tell_procedure_row;
    enum text_id none = r->form.focus == R_OFFICER ? T_tui_no_officer : T_tui_no_procedure;
    pick_draw(&r->pick, c, below, tell, s, session_text(s, none));
}

static void draw(struct page *p, struct session *s, struct canvas *c, struct area a)
{
    struct receive_page *r = of(p);
    int top = a.row;
    if (r->saved_code.n) {
        draw_saved(r, s, c, top);
        top += 3;
    }
    bool beside = a.columns >= 130;
    int left = beside ? a.columns * 3 / 5 : a.columns;
    struct area form = {top, 0, a.row + a.rows - DUE_ROWS - top, left - 1};
    int focus = form_draw(&r->form, c, form, s->lang);
    bool limitless = r->code.n && r->limit.kind == LIMIT_NONE;
    struct area due = {a.row + a.rows - DUE_ROWS, 0, DUE_ROWS, left - 1};
    receive_due_draw(&r->due, c, due, s->lang,
                     r->due.why != T_nothing ? r->due.why
                     : limitless             ? T_tui_due_needs_limit
                                             : T_tui_due_needs_procedure);
    if (beside) {
        struct area days = {top, left + 1, a.row + a.rows - top, a.columns - left - 1};
        if (receive_due_fit(&r->due, days))
            update_due(r, s);
        receive_due_draw_days(&r->due, c, days, s->lang);
    }
    if (picking(r))
        draw_pick(r, s, c, form, focus);
}

/* ---- keys ---- */

/* Keys of the list below the field in focus. True when it was one. */
static bool key_picking(struct receive_page *r, struct session *s, const struct key *k, enum action action)
{
    bool typed = form_text(&r->form, r->form.focus).n > 0;
    bool optional = r->form.focus == R_OFFICER && !typed && r->pick.list.selected == 0;
    bool click = pick_click(&r->pick, k);
    bool take = click || (action == ACTION_choose && !optional) || (typed && key_is(k, PRESS_TAB));
    bool found = r->pick.list.count > 0 || typed_case(r, s) < s->names.procedures;
    if (pick_key(&r->pick, k))
        return true;
    if (take && !found) {
        session_say_id(s, TONE_REFUSED, r->form.focus == R_OFFICER ? T_tui_no_officer : T_tui_no_procedure);
        return action == ACTION_choose;
    }
    if (take)
        choose(r, s);
    if (click)
        form_key(&r->form, &(struct key){.special = true, .code = PRESS_TAB}, ACTION_next);
    return click;
}

/* Typing over a chosen procedure begins a new search. */
static void begin_anew(struct receive_page *r, const struct key *k)
{
    bool edits =
        !k->special || key_is(k, PRESS_BACKSPACE) || key_is(k, PRESS_DELETE) || key_is(k, PRESS_PASTE);
    if (r->form.focus != R_PROCEDURE || !r->code.n || !edits)
        return;
    field_set(&r->form.item[R_PROCEDURE].field, STR_NONE);
    forget_procedure(r);
}

static bool is_typed_case(const struct receive_page *r, const struct key *k)
{
    return r->form.focus == R_CASE && (!k->special || key_is(k, PRESS_BACKSPACE) || key_is(k, PRESS_PASTE));
}

static bool key(struct page *p, struct session *s, const struct key *k, enum action action)
{
    struct receive_page *r = of(p);
    if (action == ACTION_save)
        save(r, s);
    else if (action == ACTION_back)
        ask_leave(s, p);
    else if (is_typed_case(r, k)) /* a case is chosen, never typed */
        return true;
    else if (picking(r) && key_picking(r, s, k, action))
        ;
    else {
        begin_anew(r, k);
        const struct form_item *item = form_focused(&r->form);
        switch (form_key(&r->form, k, action)) {
        case FORM_DONE: save(r, s); break;
        case FORM_IGNORED: return false;
        default:
            receive_form_adapt(&r->form);
            find(r, s);
            if (item->field.cut)
                session_say_cut(s, k, item->field.max);
        }
    }
    update_due(r, s);
    return true;
}

static unsigned scopes(const struct page *p)
{
    const struct receive_page *r = (const struct receive_page *)p;
    unsigned all = form_scopes(&r->form);
    return picking(r) ? all : all & ~(unsigned)SCOPE_PICK;
}

static bool typing(const struct page *p)
{
    return form_typing(&((const struct receive_page *)p)->form);
}

static bool dirty(const struct page *p)
{
    return form_dirty(&((const struct receive_page *)p)->form);
}

static size_t hints(const struct page *p, const struct session *s, struct hint out[HINTS])
{
    (void)s;
    static const enum action shown[] = {ACTION_save, ACTION_next, ACTION_previous, ACTION_back, ACTION_help};
    size_t n = 0;
    if (picking((const struct receive_page *)p))
        out[n++] = (struct hint){ACTION_choose, false};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        out[n++] = (struct hint){shown[i], false};
    return n;
}

static void title(const struct page *p, const struct session *s, struct buf *out)
{
    (void)p;
    buf_add_str(out, session_text(s, T_tui_title_receive));
}

static void free_page(struct page *p)
{
    struct receive_page *r = of(p);
    form_release(&r->form);
    struct buf *bufs[] = {&r->code, &r->kase, &r->saved_code, &r->saved_name, &r->saved_due};
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
        buf_release(bufs[i]);
    receive_due_release(&r->due);
    free(r);
}

static const struct page_ops ops = {
    .refresh = refresh,
    .draw = draw,
    .key = key,
    .scopes = scopes,
    .typing = typing,
    .dirty = dirty,
    .hints = hints,
    .title = title,
    .free = free_page,
};

struct page *page_receive(void)
{
    struct receive_page *r = calloc(1, sizeof *r);
    if (!r)
        return NULL;
    r->page.ops = &ops;
    r->due = RECEIVE_DUE_INIT;
    r->limit = (struct limit){.kind = LIMIT_NONE};
    receive_form_init(&r->form);
    return &r->page;
}
