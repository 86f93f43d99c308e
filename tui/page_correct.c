#include "tui/page_correct.h"
#include "tui/form_page.h"

#include "tui/act_form.h"
#include "tui/act_frame.h"
#include "tui/act_tell.h"
#include "tui/correct_form.h"
#include "tui/page_ask.h"
#include <stdlib.h>

struct correct_page {
    struct page page;
    uint64_t id;
    struct form form;
    struct chooser chooser;
    struct sheet told; /* what would change, as far as it is typed */
    struct buf dossier, applicant;
    struct buf code, kase; /* the procedure it came with */
    struct limit limit;    /* its own at the receipt */
    int64_t fee;
    struct buf brought; /* the procedure whose limit and fee the form shows */
    civil_minute due;
    bool needs_chief; /* what the due time comes from is not this person's to correct any more */
};

static struct correct_page *of(struct page *p)
{
    return (struct correct_page *)p;
}

/* ---- the command ---- */

/* False when the form says something that is no time, limit or number. `c` borrows from `corrections`. */
static bool read_command(struct correct_page *a, struct session *s, struct corrections *corrections,
                         struct command *c, int *item, enum text_id *wrong)
{
    *c = (struct command){.kind = COMMAND_CORRECT, .at = NO_TIME, .dossier = buf_str(&a->dossier)};
    if (!correct_form_changes(&a->form, &a->chooser, buf_str(&a->code), buf_str(&a->kase), s->today,
                              corrections, item, wrong))
        return false;
    c->correct.reason = form_text(&a->form, C_REASON);
    c->correct.change = corrections->change;
    c->correct.count = corrections->count;
    return true;
}

static void focus_fault(struct correct_page *a, const struct outcome *o)
{
    if (form_focus_fault(&a->form, o))
        return;
    switch (o->kind) {
    case KIND_unknown_procedure:
    case KIND_retired: form_focus(&a->form, C_PROCEDURE); break;
    case KIND_no_limit:
    case KIND_limit_too_far: form_focus(&a->form, C_LIMIT); break;
    case KIND_future_time:
    case KIND_after_other_acts: form_focus(&a->form, C_RECEIVED); break;
    case KIND_submitted_later: form_focus(&a->form, C_SUBMITTED); break;
    default: break;
    }
}

static void say_done(struct correct_page *a, struct session *s)
{
    struct buf text = BUF_INIT, when = BUF_INIT;
    struct view *v = session_view(s);
    struct dossier d;
    if (v && view_dossier(v, a->id, &d)) {
        lang_time(&when, s->lang, d.facts.due);
        enum text_id said = state_is_open(d.facts.state) ? T_tui_done_correct : T_tui_done_correct_ended;
        LANG_SAY(&text, s->lang, said, d.code, d.receipt.applicant.name, STR_NONE, buf_str(&when));
        session_say(s, TONE_GOOD, buf_str(&text));
    }
    view_end(v);
    buf_release(&text);
    buf_release(&when);
}

static void done(struct correct_page *a, struct session *s)
{
    a->page.done = true;
    say_done(a, s);
}

static void save(struct correct_page *a, struct session *s)
{
    struct corrections corrections;
    struct command command;
    int item;
    enum text_id wrong;
    enum saving saving = session_saving(s, &a->page, ACTION_save, NULL);
    if (saving == SAVING_DONE)
        done(a, s);
    if (saving != SAVING_GO)
        return;
    chooser_take_typed(&a->chooser, &a->form, s);
    if (!read_command(a, s, &corrections, &command, &item, &wrong)) {
        form_focus(&a->form, item);
        session_say_id(s, TONE_REFUSED, wrong);
    } else if (!corrections.count)
        session_say_id(s, TONE_REFUSED, T_tui_nothing_corrected);
    else {
        struct outcome o = session_submit(s, &command, NULL);
        if (outcome_ok(&o))
            done(a, s);
        else
            focus_fault(a, &o);
    }
    corrections_release(&corrections);
}

/* ---- what it would do ---- */

static void rehearse(struct correct_page *a, struct session *s, struct command *command)
{
    struct rehearsal r;
    struct teller t;
    act_form_suppose(command);
    if (!rehearsal_begin(&r, s, a->id, command))
        return;
    if (r.outcome.kind == KIND_nothing_changes)
        sheet_line(&a->told, 1, STYLE_DIM, session_text(s, T_tui_nothing_corrected));
    else if (teller_init(&t, r.view, s->lang, s->now, s->unmasked))
        act_tell(&a->told, &t, &r, COMMAND_CORRECT, false);
    rehearsal_end(&r);
}

static void tell(struct correct_page *a, struct session *s, int width)
{
    struct corrections corrections;
    struct command command;
    int item;
    enum text_id wrong;
    sheet_begin(&a->told, width);
    if (!read_command(a, s, &corrections, &command, &item, &wrong))
        sheet_line(&a->told, 1, STYLE_DIM, session_text(s, wrong));
    else if (!corrections.count)
        sheet_line(&a->told, 1, STYLE_DIM, session_text(s, T_tui_nothing_corrected));
    else
        rehearse(a, s, &command);
    corrections_release(&corrections);
}

/* Another procedure brings its limit and its fee. */
static void bring(struct correct_page *a, const struct session *s)
{
    struct buf now = BUF_INIT;
    chooser_code(&a->chooser, &now);
    if (a->chooser.code.n && !str_eq(buf_str(&now), buf_str(&a->brought))) {
        const struct named_procedure *p = chooser_procedure(&a->chooser, s);
        bool own = str_eq(buf_str(&a->chooser.code), buf_str(&a->code)) &&
                   str_eq(buf_str(&a->chooser.kase), buf_str(&a->kase));
        if (own)
            correct_form_bring(&a->form, s->lang, &a->limit, a->fee);
        else if (p)
            correct_form_bring(&a->form, s->lang, &p->procedure.limit, p->procedure.fee);
        buf_reset(&a->brought);
        buf_add_str(&a->brought, buf_str(&now));
    }
    buf_release(&now);
}

/* ---- drawing ---- */

static void refresh(struct page *p, struct session *s)
{
    struct correct_page *a = of(p);
    struct dossier d;
    struct view *v = session_view(s);
    if (!v)
        return;
    session_names(s, view_office(v));
    if (view_dossier(v, a->id, &d)) {
        struct outcome may = decide_allowed(view_office(v), s->login, ACT_CORRECT_DUE);
        a->due = d.facts.due;
        a->needs_chief = s->today > civil_day_of(d.facts.received) && !outcome_ok(&may);
    }
    view_end(v);
    a->form.masked = !s->unmasked;
    chooser_find_again(&a->chooser, &a->form, s);
}

static void draw(struct page *p, struct session *s, struct canvas *c, struct area area)
{
    struct correct_page *a = of(p);
    struct buf head = BUF_INIT, due = BUF_INIT;
    tell(a, s, area.columns - 2);
    buf_add_str(&head, buf_str(&a->dossier));
    buf_add_z(&head, "  ");
    buf_add_str(&head, buf_str(&a->applicant));
    if (a->due != NO_TIME) {
        buf_add_z(&due, lang_text(s->lang, T_tui_label_due));
        buf_add_char(&due, ' ');
        lang_time(&due, s->lang, a->due);
    }
    int top =
        act_frame_head(c, area, buf_str(&head), buf_str(&due),
                       session_text(s, a->needs_chief ? T_tui_explain_correct_chief : T_tui_explain_correct));
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
    struct correct_page *a = of(p);
    if (action == ACTION_save || action == ACTION_back) {
        if (action == ACTION_save)
            save(a, s);
        else
            ask_leave(s, p);
        return true;
    }
    bool taken = chooser_key(&a->chooser, &a->form, s, k, action);
    const struct form_item *item = form_focused(&a->form);
    enum form_answer answer = taken ? FORM_CHANGED : form_key(&a->form, k, action);
    bring(a, s);
    if (answer == FORM_DONE)
        save(a, s);
    else if (answer == FORM_IGNORED)
        return sheet_page_key(&a->told, k);
    else if (!taken)
        chooser_find(&a->chooser, &a->form, s);
    if (item->field.cut)
        session_say_cut(s, k, item->field.max);
    return true;
}

static unsigned scopes(const struct page *p)
{
    const struct correct_page *a = (const struct correct_page *)p;
    unsigned all = form_scopes(&a->form);
    return chooser_open(&a->chooser, &a->form) ? all : all & ~(unsigned)SCOPE_PICK;
}

static bool typing(const struct page *p)
{
    return form_typing(&((const struct correct_page *)p)->form);
}

static bool dirty(const struct page *p)
{
    return form_dirty(&((const struct correct_page *)p)->form);
}

static size_t hints(const struct page *p, const struct session *s, struct hint out[HINTS])
{
    const struct correct_page *a = (const struct correct_page *)p;
    (void)s;
    return form_hints(out, chooser_open(&a->chooser, &a->form));
}

static void title(const struct page *p, const struct session *s, struct buf *out)
{
    (void)p;
    buf_add_str(out, session_text(s, T_tui_title_correct));
}

static void free_page(struct page *p)
{
    struct correct_page *a = of(p);
    form_release(&a->form);
    chooser_release(&a->chooser);
    sheet_release(&a->told);
    struct buf *bufs[] = {&a->dossier, &a->applicant, &a->code, &a->kase, &a->brought};
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

static void begin(struct correct_page *a, struct session *s, struct view *v, const struct dossier *d)
{
    struct procedure p = {.name = STR_NONE};
    view_procedure_of(v, d, &p);
    a->page.ops = &ops;
    a->id = d->facts.id;
    a->told = SHEET_INIT;
    a->limit = d->receipt.limit;
    a->fee = d->receipt.fee;
    buf_add_str(&a->dossier, d->code);
    buf_add_str(&a->applicant, d->receipt.applicant.name);
    buf_add_str(&a->code, d->receipt.procedure.code);
    buf_add_str(&a->kase, d->receipt.procedure.kase);
    session_names(s, view_office(v));
    correct_form_init(&a->form, s->lang, d, p.name);
    chooser_init(&a->chooser, (struct chooser_items){C_PROCEDURE, C_CASE, CHOOSER_NONE, CHOOSER_NONE});
    chooser_begin(&a->chooser, &a->form, s, buf_str(&a->code), buf_str(&a->kase), &d->receipt.limit);
    chooser_code(&a->chooser, &a->brought);
}

struct page *page_correct(struct session *s, uint64_t id)
{
    struct correct_page *a = calloc(1, sizeof *a);
    struct view *v = a ? session_view(s) : NULL;
    struct dossier d;
    bool found = v && view_dossier(v, id, &d);
    if (found)
        begin(a, s, v, &d);
    view_end(v);
    if (found)
        return &a->page;
    free(a);
    return NULL;
}
