#include "tui/page_act.h"
#include "tui/form_page.h"

#include "tui/act_apology.h"
#include "tui/act_frame.h"
#include "tui/act_kinds.h"
#include "tui/act_tell.h"
#include "tui/chooser.h"
#include "tui/letter.h"
#include "tui/page_ask.h"
#include <stdlib.h>

struct act_page {
    struct page page;
    uint64_t id;
    const struct act_form *what;
    struct form form;
    struct chooser chooser; /* of the officer it is handed to */
    struct act_state state;
    bool may_insist;
    struct sheet told; /* what it would do, as far as it is typed */
    struct buf code, applicant, example, list;
    civil_minute due;
};

static struct act_page *of(struct page *p)
{
    return (struct act_page *)p;
}

/* ---- the command ---- */

static struct act_reader reader(struct act_page *a, struct session *s, struct view *v)
{
    return (struct act_reader){
        .form = &a->form,
        .calendar = office_calendar(view_office(v)),
        .today = s->today,
        .list = &a->list,
    };
}

/* False, with the reader's fault, when the form does not make one. */
static bool read_commands(struct act_page *a, struct session *s, struct act_reader *r, struct command out[2],
                          size_t *n)
{
    struct view *v = session_view(s);
    if (!v)
        return false;
    *r = reader(a, s, v);
    bool ok = act_form_commands(a->what, r, out, n);
    view_end(v);
    for (size_t i = 0; i < *n; i++)
        out[i].dossier = buf_str(&a->code);
    return ok;
}

/* The same, the reason said and the cursor put there. */
static bool make_commands(struct act_page *a, struct session *s, struct command out[2], size_t *n)
{
    struct act_reader r = {.wrong = T_nothing};
    bool ok = read_commands(a, s, &r, out, n);
    if (!ok && r.wrong != T_nothing) {
        form_focus(&a->form, r.item);
        session_say_id(s, TONE_REFUSED, r.wrong);
    }
    return ok;
}

static bool make_command(struct act_page *a, struct session *s, struct command *out)
{
    struct command commands[2];
    size_t n;
    bool ok = make_commands(a, s, commands, &n);
    *out = commands[n - 1];
    return ok;
}

/* ---- doing ---- */

/* Solved late while the letter was being written: it may still go, but without a new date. */
static bool lost_its_date(const struct outcome *o)
{
    for (int i = 0; i < OUTCOME_ARGS; i++)
        if (o->arg[i].type == ARG_LABEL && o->arg[i].number == T_label_hint_no_until)
            return true;
    return false;
}

static void refused(struct act_page *a, struct session *s, const struct outcome *o)
{
    if (lost_its_date(o))
        session_say_id(s, TONE_REFUSED, T_tui_resolved_meanwhile);
    else
        session_refuse(s, o);
    act_form_focus(a->what, &a->form, o);
}

/* What is said of why it is late: where it is solved in time after all, by when that is said to have been,
 * there is nothing to say. */
static struct outcome check_why(struct act_page *a, struct session *s, const struct command *act)
{
    struct rehearsal r;
    struct outcome o = OUTCOME_DONE;
    if (!rehearsal_begin(&r, s, a->id, act))
        return s->unread;
    if (outcome_ok(&r.outcome) && !r.after.late.statutory) {
        o = outcome_of(KIND_not_late);
        outcome_text(&o, r.before.code);
    }
    rehearsal_end(&r);
    return o;
}

static void refused_why(struct act_page *a, struct session *s, const struct outcome *o)
{
    session_refuse(s, o);
    form_focus(&a->form, a->what->why + (o->kind != KIND_not_late));
}

static enum text_id done_text(const struct act_page *a)
{
    enum text_id own = a->what->done_of ? a->what->done_of(&a->form) : T_nothing;
    return own != T_nothing ? own : a->what->done;
}

static void say_done(struct act_page *a, struct session *s)
{
    struct buf text = BUF_INIT, when = BUF_INIT, number = BUF_INIT;
    struct view *v = session_view(s);
    struct dossier d;
    if (v && view_dossier(v, a->id, &d)) {
        lang_time(&when, s->lang, d.facts.due);
        apology_number(&number, d.apology.number);
        LANG_SAY(&text, s->lang, done_text(a), d.code, d.receipt.applicant.name,
                 a->what->kind == COMMAND_APOLOGIZE ? buf_str(&number)
                 : d.officer.n                      ? d.officer
                                                    : d.unit,
                 buf_str(&when));
        if (a->what->why && act_form_asks_why(&d, s->now))
            buf_add_str(&text, session_text(s, T_tui_done_unexplained));
        session_say(s, TONE_GOOD, buf_str(&text));
    }
    view_end(v);
    buf_release(&text);
    buf_release(&when);
    buf_release(&number);
}

static void done(struct act_page *a, struct session *s)
{
    a->page.done = true;
    say_done(a, s);
}

/* False where the same can only be asked for again: the disk failed. */
static bool do_it(struct act_page *a, struct session *s)
{
    struct command command[2];
    size_t n, at = 0;
    if (!make_commands(a, s, command, &n))
        return outcome_ok(&s->unread);
    struct outcome o = n > 1 ? check_why(a, s, &command[1]) : OUTCOME_DONE;
    if (outcome_ok(&o))
        o = session_submit_all(s, command, n, &at, NULL);
    if (outcome_ok(&o))
        done(a, s);
    else if (outcome_class(o.kind) == FAILED)
        return false;
    else if (at + 1 < n)
        refused_why(a, s, &o);
    else
        refused(a, s, &o);
    return true;
}

static bool issue(void *arg, struct session *s)
{
    struct act_page *a = arg;
    switch (session_saving(s, &a->page, ACTION_issue, NULL)) {
    case SAVING_DONE: done(a, s); return true;
    case SAVING_WAITS: return false;
    default: return do_it(a, s);
    }
}

/* ---- the letter ---- */

static void write_letter(void *arg, struct session *s, struct sheet *sheet)
{
    struct act_page *a = arg;
    struct command command;
    struct rehearsal r;
    struct procedure p = {.name = STR_NONE};
    if (!make_command(a, s, &command) || !rehearsal_begin(&r, s, a->id, &command))
        return;
    struct outcome o = r.outcome;
    if (outcome_ok(&o)) {
        view_procedure_of(r.view, &r.before, &p);
        letter_write(sheet, view_office(r.view), &r.before, p.name, &r.decision.event[0]);
    }
    rehearsal_end(&r);
    if (!outcome_ok(&o))
        session_refuse(s, &o);
}

/* The same rule that marks the letter when it is issued: a day before the due day, or it is late. */
static bool letter_is_late(const struct act_page *a, const struct session *s, const struct command *command)
{
    civil_day issued = command && command->at != NO_TIME ? civil_day_of(command->at) : s->today;
    return a->what->kind == COMMAND_APOLOGIZE && a->due != NO_TIME && issued >= civil_day_of(a->due);
}

/* The letter is read before it is issued; whatever is refused is refused before. */
static void show_letter(struct act_page *a, struct session *s, const struct command *command)
{
    struct rehearsal r;
    if (!rehearsal_begin(&r, s, a->id, command))
        return;
    struct outcome o = r.outcome;
    rehearsal_end(&r);
    if (!outcome_ok(&o)) {
        refused(a, s, &o);
        return;
    }
    bool late = letter_is_late(a, s, command);
    struct str notice = session_text(s, late ? T_tui_letter_will_be_late : T_tui_letter_title);
    session_open(s, page_letter(notice, late ? STYLE_TODAY : STYLE_STRONG, write_letter, issue, a));
}

static void save(struct act_page *a, struct session *s)
{
    struct command command;
    enum saving saving = session_saving(s, &a->page, ACTION_save, NULL);
    if (saving == SAVING_DONE)
        done(a, s);
    if (saving != SAVING_GO)
        return;
    if (a->what->kind != COMMAND_APOLOGIZE)
        do_it(a, s);
    else if (make_command(a, s, &command))
        show_letter(a, s, &command);
}

/* ---- what it would do ---- */

/* Where the typed date would lead, or what is wrong with it. */
static void tell_date(struct act_page *a, struct session *s, const struct office *office)
{
    struct buf text = BUF_INIT;
    bool ok = act_apology_check(a->what, &a->form, office_calendar(office), s->lang, s->today, a->due, &text);
    if (!text.n && letter_is_late(a, s, NULL)) {
        buf_add_z(&text, lang_text(s->lang, T_tui_letter_will_be_late));
        ok = false;
    }
    if (text.n)
        sheet_line(&a->told, 1, ok ? STYLE_STRONG : STYLE_TODAY, buf_str(&text));
    buf_release(&text);
}

static void adapt(struct act_page *a)
{
    act_form_adapt(a->what, &a->form, &a->state);
}

static void tell_rehearsal(struct act_page *a, struct session *s)
{
    struct act_reader reader = {.wrong = T_nothing};
    struct command command[2];
    struct rehearsal r;
    struct teller t;
    size_t n;
    if (!read_commands(a, s, &reader, command, &n)) {
        if (reader.wrong == T_tui_bad_limit || reader.wrong == T_tui_bad_time)
            sheet_line(&a->told, 1, STYLE_DIM, session_text(s, reader.wrong));
        if (a->what->kind != COMMAND_LATE_REASON)
            return;
        n = 1; /* what was said of it is read, whatever is typed */
        command[0] = (struct command){.kind = a->what->kind, .at = NO_TIME, .dossier = buf_str(&a->code)};
    }
    act_form_suppose(&command[n - 1]);
    if (!rehearsal_begin(&r, s, a->id, &command[n - 1]))
        return;
    a->state.must_insist = act_tell_insists(&r) && a->may_insist;
    if (teller_init(&t, r.view, s->lang, s->now, s->unmasked))
        act_tell(&a->told, &t, &r, a->what->kind, a->may_insist);
    rehearsal_end(&r);
}

static void tell(struct act_page *a, struct session *s, int width)
{
    sheet_begin(&a->told, width);
    struct view *v = a->what->kind == COMMAND_APOLOGIZE ? session_view(s) : NULL;
    if (v)
        tell_date(a, s, view_office(v));
    view_end(v);
    tell_rehearsal(a, s);
    adapt(a);
}

/* ---- drawing ---- */

static bool may(const struct session *s, const struct view *v, enum act act)
{
    struct outcome o = decide_allowed(view_office(v), s->login, act);
    return outcome_ok(&o);
}

static void see(struct act_page *a, const struct session *s, const struct view *v, const struct dossier *d)
{
    a->due = d->facts.due;
    a->state.solved = !state_is_open(d->facts.state);
    a->state.asks_why = act_form_asks_why(d, s->now);
    a->state.has_reason = d->late_reason.category != LATE_UNSAID;
    a->state.has_letter = d->apology.number > 0;
    a->state.may_excuse = may(s, v, ACT_EXCUSE);
    a->may_insist = may(s, v, ACT_INSIST);
}

static void refresh(struct page *p, struct session *s)
{
    struct act_page *a = of(p);
    struct view *v = session_view(s);
    struct dossier d;
    if (!v)
        return;
    session_names(s, view_office(v));
    if (view_dossier(v, a->id, &d))
        see(a, s, v, &d);
    act_apology_example(a->what, &a->form, office_calendar(view_office(v)), s->lang, s->today, a->due,
                        &a->example);
    view_end(v);
    adapt(a);
    chooser_find_again(&a->chooser, &a->form, s);
}

static enum text_id explanation(const struct act_page *a)
{
    if (a->what->kind == COMMAND_LATE_REASON && a->state.has_letter)
        return T_tui_explain_late_letter;
    return a->state.must_insist ? T_tui_explain_insist : a->what->explain;
}

static void draw(struct page *p, struct session *s, struct canvas *c, struct area area)
{
    struct act_page *a = of(p);
    struct buf head = BUF_INIT, due = BUF_INIT;
    tell(a, s, area.columns - 2);
    buf_add_str(&head, buf_str(&a->code));
    buf_add_z(&head, "  ");
    buf_add_str(&head, buf_str(&a->applicant));
    if (a->due != NO_TIME) {
        buf_add_z(&due, lang_text(s->lang, T_tui_label_due));
        buf_add_char(&due, ' ');
        lang_time(&due, s->lang, a->due);
    }
    int top = act_frame_head(c, area, buf_str(&head), buf_str(&due), session_text(s, explanation(a)));
    int focus = act_frame_body(&a->form, &a->told, c, area, top, s->lang);
    if (chooser_open(&a->chooser, &a->form))
        chooser_draw(&a->chooser, &a->form, s, c,
                     (struct area){top, 0, area.row + area.rows - top, area.columns}, focus);
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
    if (chooser_key(&a->chooser, &a->form, s, k, action))
        return true;
    const struct form_item *item = form_focused(&a->form);
    switch (form_key(&a->form, k, action)) {
    case FORM_DONE: save(a, s); return true;
    case FORM_IGNORED: return sheet_page_key(&a->told, k);
    default: adapt(a); chooser_find(&a->chooser, &a->form, s);
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
    const struct act_page *a = (const struct act_page *)p;
    (void)s;
    return form_hints(out, chooser_open(&a->chooser, &a->form));
}

static void title(const struct page *p, const struct session *s, struct buf *out)
{
    buf_add_str(out, session_text(s, ((const struct act_page *)p)->what->title));
}

static void free_page(struct page *p)
{
    struct act_page *a = of(p);
    form_release(&a->form);
    chooser_release(&a->chooser);
    sheet_release(&a->told);
    struct buf *bufs[] = {&a->code, &a->applicant, &a->example, &a->list};
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
        buf_release(bufs[i]);
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
    .form = true,
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
        a->told = SHEET_INIT;
        act_form_init(a->what, &a->form, &d);
        see(a, s, v, &d);
        a->state.opening = true;
        adapt(a);
        a->state.opening = false;
        chooser_init(&a->chooser, (struct chooser_items){CHOOSER_NONE, CHOOSER_NONE, CHOOSER_NONE,
                                                         kind == COMMAND_TRANSFER ? 0 : CHOOSER_NONE});
        buf_add_str(&a->code, d.code);
        buf_add_str(&a->applicant, d.receipt.applicant.name);
    }
    view_end(v);
    if (found)
        return &a->page;
    free(a);
    return NULL;
}
