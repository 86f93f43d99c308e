#include "tui/page_act.h"

#include "core/text.h"
#include "tui/act_form.h"
#include "tui/letter.h"
#include "tui/page_ask.h"
#include "tui/pick.h"
#include <stdlib.h>

#define NAME_COLUMNS 60 /* of a name inside a question */

struct act_page {
    struct page page;
    uint64_t id;
    const struct act_form *what;
    struct form form;
    struct pick pick; /* of officers */
    struct buf code, applicant, example;
    civil_minute due;
    bool solved; /* a late dossier, its result ready: a letter has nothing left to promise */
};

static struct act_page *of(struct page *p)
{
    return (struct act_page *)p;
}

/* ---- asking and doing ---- */

/* In front of the question the very decision is made, and thrown away: what is asked would also be done. With
 * `letter` the letter it would issue is written there. */
static struct outcome rehearse(struct act_page *a, struct session *s, const struct command *command,
                               struct sheet *letter)
{
    struct dossier d;
    struct procedure p = {.name = STR_NONE};
    struct decision decision = DECISION_INIT;
    struct circumstances none = {.letter_number = 1};
    struct moment moment = session_moment(s);
    struct view *v = session_view(s);
    if (!v)
        return outcome_of(KIND_damaged);
    struct outcome o = outcome_of(KIND_unknown_dossier);
    if (view_dossier(v, a->id, &d)) {
        o = decide(view_office(v), &d, command, &moment, &none, &decision);
        if (outcome_ok(&o) && letter) {
            view_procedure_of(v, &d, &p);
            letter_write(letter, view_office(v), &d, p.name, &decision.event[0]);
        }
    } else
        outcome_text(&o, buf_str(&a->code));
    decision_release(&decision);
    view_end(v);
    return o;
}

static void refused(struct act_page *a, struct session *s, const struct outcome *o)
{
    session_refuse(s, o);
    act_form_focus(a->what, &a->form, o);
}

/* False, the reason said and the cursor put there, when the form does not make a command. */
static bool make_command(struct act_page *a, struct session *s, struct command *out)
{
    int item;
    enum text_id wrong;
    struct view *v = session_view(s);
    if (!v)
        return false;
    bool ok =
        act_form_command(a->what, &a->form, office_calendar(view_office(v)), s->today, out, &item, &wrong);
    view_end(v);
    out->dossier = buf_str(&a->code);
    if (!ok) {
        form_focus(&a->form, item);
        session_say_id(s, TONE_REFUSED, wrong);
    }
    return ok;
}

static void say_done(struct act_page *a, struct session *s)
{
    struct buf text = BUF_INIT, when = BUF_INIT, number = BUF_INIT;
    struct view *v = session_view(s);
    struct dossier d;
    if (v && view_dossier(v, a->id, &d)) {
        lang_time(&when, s->lang, d.facts.due);
        apology_number(&number, d.apology.number);
        LANG_SAY(&text, s->lang, a->what->done, d.code, d.receipt.applicant.name,
                 a->what->kind == COMMAND_APOLOGIZE ? buf_str(&number) : d.officer, buf_str(&when));
        session_say(s, TONE_GOOD, buf_str(&text));
    }
    view_end(v);
    buf_release(&text);
    buf_release(&when);
    buf_release(&number);
}

static void do_it(void *arg, struct session *s)
{
    struct act_page *a = arg;
    struct command command;
    if (!make_command(a, s, &command))
        return;
    struct outcome o = session_submit(s, &command, NULL);
    if (!outcome_ok(&o)) {
        refused(a, s, &o);
        return;
    }
    a->page.done = true;
    say_done(a, s);
}

static void ask(struct act_page *a, struct session *s)
{
    struct buf what = BUF_INIT, question = BUF_INIT;
    buf_add_str(&what, buf_str(&a->code));
    buf_add_z(&what, "  ");
    buf_add_str(&what, buf_str(&a->applicant));
    struct buf name = BUF_INIT;
    size_t fits = text_fit(buf_str(&a->applicant), NAME_COLUMNS);
    buf_add_str(&name, str_first(buf_str(&a->applicant), fits));
    if (fits < a->applicant.n)
        buf_add_z(&name, "…");
    LANG_SAY(&question, s->lang, a->what->question, buf_str(&name));
    buf_release(&name);
    session_open(s, page_ask(buf_str(&what), buf_str(&question), do_it, a));
    buf_release(&what);
    buf_release(&question);
}

static void write_letter(void *arg, struct session *s, struct sheet *sheet)
{
    struct act_page *a = arg;
    struct command command;
    if (make_command(a, s, &command)) {
        struct outcome o = rehearse(a, s, &command, sheet);
        if (!outcome_ok(&o))
            session_refuse(s, &o);
    }
}

/* The same rule that marks the letter when it is issued: a day before the due day, or it is late. */
static bool letter_is_late(const struct act_page *a, const struct session *s, const struct command *command)
{
    civil_day issued = command && command->at != NO_TIME ? civil_day_of(command->at) : s->today;
    return a->what->kind == COMMAND_APOLOGIZE && a->due != NO_TIME && issued >= civil_day_of(a->due);
}

static void save(struct act_page *a, struct session *s)
{
    struct command command;
    if (!make_command(a, s, &command))
        return;
    session_tick(s);
    struct outcome o = rehearse(a, s, &command, NULL);
    if (!outcome_ok(&o))
        refused(a, s, &o);
    else if (command.kind == COMMAND_APOLOGIZE) {
        session_open(s, page_letter(write_letter, do_it, a));
        session_say_id(s, TONE_PLAIN,
                       letter_is_late(a, s, &command) ? T_tui_letter_will_be_late : T_tui_letter_title);
    } else if (a->what->question == T_nothing)
        do_it(a, s);
    else
        ask(a, s);
}

/* ---- choosing an officer ---- */

static bool picking(const struct act_page *a)
{
    return a->form.item[a->form.focus].kind == ITEM_PICK;
}

static void find_officers(struct act_page *a, struct session *s)
{
    if (picking(a))
        pick_set(&a->pick, names_find_officers(&s->names, form_text(&a->form, a->form.focus), a->pick.found));
}

static void choose_officer(struct act_page *a, struct session *s)
{
    uint16_t chosen;
    if (pick_chosen(&a->pick, &chosen))
        field_set(&form_focused(&a->form)->field, s->names.officer[chosen].login);
}

static void tell_officer_row(const void *arg, uint16_t index, struct buf *left, struct buf *right)
{
    const struct named_officer *o = &((const struct names *)arg)->officer[index];
    buf_add_str(left, o->login);
    buf_add_z(left, "  ");
    buf_add_str(left, o->name);
    buf_add_str(right, o->unit);
}

/* Keys of the list below an officer's field. True when it was one. */
static bool key_picking(struct act_page *a, struct session *s, const struct key *k, enum action action)
{
    bool click = pick_click(&a->pick, k);
    bool typed = form_text(&a->form, a->form.focus).n > 0;
    bool take = click || action == ACTION_choose || (typed && key_is(k, PRESS_TAB));
    if (take)
        choose_officer(a, s);
    if (pick_key(&a->pick, k))
        return true;
    if (click)
        form_focus(&a->form, a->form.focus + 1);
    return click;
}

/* ---- drawing ---- */

static void refresh(struct page *p, struct session *s)
{
    struct act_page *a = of(p);
    struct view *v = session_view(s);
    struct dossier d;
    if (!v)
        return;
    session_names(s, view_office(v));
    if (view_dossier(v, a->id, &d)) {
        a->due = d.facts.due;
        a->solved = d.facts.state == STATE_RESOLVED;
    }
    act_form_example(a->what, &a->form, office_calendar(view_office(v)), s->lang, s->today, a->due,
                     &a->example);
    view_end(v);
    act_form_adapt(a->what, &a->form, a->solved);
    find_officers(a, s);
}

/* Where the typed date would lead, or what is wrong with it, before anything is asked. */
static void draw_check(struct act_page *a, struct session *s, struct canvas *c, int row, int rows)
{
    struct buf text = BUF_INIT;
    struct view *v = session_view(s);
    bool ok = v && act_form_check(a->what, &a->form, office_calendar(view_office(v)), s->lang, s->today,
                                  a->due, &text);
    view_end(v);
    if (!text.n && letter_is_late(a, s, NULL)) {
        buf_add_z(&text, lang_text(s->lang, T_tui_letter_will_be_late));
        ok = false;
    }
    struct str left = buf_str(&text);
    for (int r = 0; r < rows && left.n; r++) {
        size_t skip, n = text_wrap(left, c->columns - 4, &skip);
        canvas_text(c, row + r, 2, c->columns - 4, ok ? STYLE_STRONG : STYLE_TODAY, str_first(left, n));
        left = str_from(left, skip);
    }
    buf_release(&text);
}

/* Returns the row of the form below it. */
static int draw_explanation(struct act_page *a, struct session *s, struct canvas *c, struct area area)
{
    struct str left = session_text(s, a->what->explain);
    int row = area.row + 1;
    for (int r = 0; r < 2 && left.n; r++) {
        size_t skip, n = text_wrap(left, area.columns - 2, &skip);
        canvas_text(c, row++, 1, area.columns - 2, STYLE_DIM, str_first(left, n));
        left = str_from(left, skip);
    }
    return row + 1;
}

static void draw(struct page *p, struct session *s, struct canvas *c, struct area area)
{
    struct act_page *a = of(p);
    struct buf head = BUF_INIT, due = BUF_INIT;
    buf_add_str(&head, buf_str(&a->code));
    buf_add_z(&head, "  ");
    buf_add_str(&head, buf_str(&a->applicant));
    if (a->due != NO_TIME) {
        buf_add_z(&due, lang_text(s->lang, T_tui_label_due));
        buf_add_char(&due, ' ');
        lang_time(&due, s->lang, a->due);
        canvas_right(c, area.row, 1, area.columns - 2, STYLE_PLAIN, buf_str(&due));
    }
    canvas_text(c, area.row, 1, area.columns - 4 - text_columns(buf_str(&due)), STYLE_STRONG, buf_str(&head));
    int top = draw_explanation(a, s, c, area);
    struct area form = {top, 1, area.row + area.rows - 4 - top, area.columns - 2};
    int focus = form_draw(&a->form, c, form, s->lang);
    draw_check(a, s, c, area.row + area.rows - 3, 3);
    if (picking(a)) {
        struct area below = {focus + 1, 1, area.row + area.rows - focus - 1, area.columns - 2};
        pick_draw(&a->pick, c, below, tell_officer_row, &s->names, session_text(s, T_tui_no_officer));
    }
    buf_release(&head);
    buf_release(&due);
}

/* ---- keys ---- */

static bool key(struct page *p, struct session *s, const struct key *k, enum action action)
{
    struct act_page *a = of(p);
    if (action == ACTION_save) {
        save(a, s);
        return true;
    }
    if (action == ACTION_back) {
        ask_leave(s, p);
        return true;
    }
    if (picking(a) && key_picking(a, s, k, action))
        return true;
    const struct form_item *item = form_focused(&a->form);
    switch (form_key(&a->form, k, action)) {
    case FORM_DONE: save(a, s); return true;
    case FORM_IGNORED: return false;
    default: find_officers(a, s);
    }
    if (item->field.cut)
        session_say_cut(s, k, item->field.max);
    return true;
}

static unsigned scopes(const struct page *p)
{
    return form_scopes(&((const struct act_page *)p)->form);
}

static bool typing(const struct page *p)
{
    return form_typing(&((const struct act_page *)p)->form);
}

static bool dirty(const struct page *p)
{
    return form_dirty(&((const struct act_page *)p)->form);
}

static size_t hints(const struct page *p, const struct session *s, struct hint out[HINTS])
{
    (void)p, (void)s;
    static const enum action shown[] = {ACTION_save, ACTION_next, ACTION_previous, ACTION_back};
    size_t n = sizeof shown / sizeof *shown;
    for (size_t i = 0; i < n; i++)
        out[i] = (struct hint){shown[i], false};
    return n;
}

static void title(const struct page *p, const struct session *s, struct buf *out)
{
    buf_add_str(out, session_text(s, ((const struct act_page *)p)->what->title));
}

static void free_page(struct page *p)
{
    struct act_page *a = of(p);
    form_release(&a->form);
    buf_release(&a->code);
    buf_release(&a->applicant);
    buf_release(&a->example);
    free(a);
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

struct page *page_act(struct session *s, uint64_t id, enum command_kind kind)
{
    struct act_page *a = calloc(1, sizeof *a);
    struct view *v = a ? session_view(s) : NULL;
    struct dossier d;
    bool found = v && view_dossier(v, id, &d);
    if (found) {
        a->page.ops = &ops;
        a->id = id;
        a->what = act_form_of(kind);
        act_form_init(a->what, &a->form, &d);
        buf_add_str(&a->code, d.code);
        buf_add_str(&a->applicant, d.receipt.applicant.name);
    }
    view_end(v);
    if (found)
        return &a->page;
    free(a);
    return NULL;
}
