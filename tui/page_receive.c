#include "tui/page_receive.h"

#include "core/text.h"
#include "tui/chooser.h"
#include "tui/office_words.h"
#include "tui/page_ask.h"
#include "tui/page_dossier.h"
#include "tui/page_turn_away.h"
#include "tui/page_turned.h"
#include "tui/receive_due.h"
#include "tui/receive_form.h"
#include "tui/receive_saved.h"
#include "tui/receive_usage.h"
#include "tui/tell.h"
#include <stdlib.h>

#define DUE_ROWS 4
#define APPLICANT_MOST 90 /* columns of a name in a question */

struct receive_page {
    struct page page;
    struct form form;
    struct chooser chooser;
    bool counted;
    struct receive_due due; /* of what is typed */
    struct buf fee;         /* likewise: what is to be paid */
    struct buf fee_for;     /* the code of the procedure that what is said of the fee belongs to */
    int64_t agreed;         /* what was to be paid when that was last said */
    struct buf procedure;   /* of what is turned away: its code */
    struct receive_saved saved;
    bool serving; /* what was last asked for is to be served on the spot */
};

static struct receive_page *of(struct page *p)
{
    return (struct receive_page *)p;
}

/* Another procedure: money is not taken for the one before. */
static void follow_procedure(struct receive_page *r, struct session *s)
{
    struct str code = buf_str(&r->chooser.code);
    if (!code.n || str_eq(code, buf_str(&r->fee_for)))
        return;
    if (r->fee_for.n && receive_form_forget_fee(&r->form))
        session_say_id(s, TONE_PLAIN, T_tui_fee_forgotten);
    buf_reset(&r->fee_for);
    buf_add_str(&r->fee_for, code);
}

static void adapt(struct receive_page *r, struct session *s)
{
    follow_procedure(r, s);
    const struct named_procedure *p = chooser_procedure(&r->chooser, s);
    receive_form_adapt(&r->form, s->lang, p ? p->procedure.fee : -1, &r->fee);
}

static void update_due(struct receive_page *r, struct session *s)
{
    const struct named_procedure *p = chooser_procedure(&r->chooser, s);
    adapt(r, s);
    receive_due_clear(&r->due);
    if (!p)
        return;
    struct view *v = session_view(s);
    if (v)
        receive_due_compute(&r->due, view_office(v), &p->procedure, &r->form, s->lang, s->now);
    view_end(v);
}

/* ---- reading ---- */

static void refresh(struct page *p, struct session *s)
{
    struct receive_page *r = of(p);
    struct view *v = session_view(s);
    if (!v)
        return;
    bool anew = s->names_at != s->writes;
    session_names(s, view_office(v));
    if (anew || !r->counted)
        receive_usage_count(&s->names, v);
    session_view_end(s, v);
    if (r->counted)
        chooser_find_again(&r->chooser, &r->form, s);
    else
        chooser_find(&r->chooser, &r->form, s);
    r->counted = true;
    update_due(r, s);
}

/* ---- codes of dossiers ---- */

/* The letters' case is no difference: Caps Lock reaches scanners too. */
static bool is_same_code(struct str a, struct str b)
{
    struct buf x = BUF_INIT, y = BUF_INIT;
    text_fold(&x, a);
    text_fold(&y, b);
    bool same = a.n == b.n && str_eq(buf_str(&x), buf_str(&y));
    buf_release(&x);
    buf_release(&y);
    return same;
}

/* The dossier of exactly this code; 0. */
static uint64_t find_code(struct session *s, struct str code)
{
    uint64_t id = 0;
    struct dossier d;
    struct view *v = session_view(s);
    if (!v)
        return 0;
    struct outcome o = view_find(v, code, &id);
    if (!outcome_ok(&o) || !view_dossier(v, id, &d) || !is_same_code(d.code, code))
        id = 0;
    view_end(v);
    return id;
}

/* ---- saving ---- */

static void refused(struct receive_page *r, struct session *s, const struct outcome *o)
{
    receive_form_focus(&r->form, o);
    chooser_find(&r->chooser, &r->form, s);
}

static void add_procedure_code(const struct receive_page *r, struct buf *out)
{
    if (r->chooser.code.n)
        chooser_code(&r->chooser, out);
    else
        text_safe(out, form_text(&r->form, R_PROCEDURE), false);
}

/* A slip scanned with the cursor on the name. */
static bool is_code_for_name(struct receive_page *r, struct session *s)
{
    struct buf text = BUF_INIT;
    if (!form_text(&r->form, R_APPLICANT).n || !find_code(s, form_text(&r->form, R_APPLICANT)))
        return false;
    LANG_SAY(&text, s->lang, T_tui_code_as_name, session_text(s, r->form.item[R_APPLICANT].label));
    form_focus(&r->form, R_APPLICANT);
    session_say(s, TONE_REFUSED, buf_str(&text));
    buf_release(&text);
    return true;
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
        chooser_find(&r->chooser, &r->form, s);
        session_say_id(s, TONE_REFUSED, wrong);
    }
    return ok && !is_code_for_name(r, s);
}

/* The catalogue's fee as it is this moment, -1 where none is known. False, said, where it cannot be read. */
static bool fee_now(const struct receive_page *r, struct session *s, int64_t *fee)
{
    struct view *v = session_view(s);
    const struct procedure *p =
        v ? office_find_case(view_office(v), buf_str(&r->chooser.code), buf_str(&r->chooser.kase)) : NULL;
    *fee = p ? p->fee : -1;
    view_end(v);
    return v != NULL;
}

/* Money in the drawer is what the person saw: a fee that changed since is shown before it is taken. */
static bool is_agreed(struct receive_page *r, struct session *s, struct command *command)
{
    if (!receive_form_takes(&r->form))
        return true;
    int64_t fee, agreed = r->agreed;
    if (!fee_now(r, s, &fee))
        return false;
    int64_t owed = receive_form_owed(&r->form, fee);
    command->receive.fee = r->agreed = owed;
    if (owed == agreed)
        return true;
    struct buf was = BUF_INIT, is = BUF_INIT, text = BUF_INIT;
    office_fee(&was, s->lang, agreed);
    office_fee(&is, s->lang, owed);
    LANG_SAY(&text, s->lang, T_tui_fee_changed, buf_str(&was), buf_str(&is));
    session_say(s, TONE_REFUSED, buf_str(&text));
    form_focus(&r->form, R_PAID);
    chooser_find(&r->chooser, &r->form, s);
    buf_release(&was);
    buf_release(&is);
    buf_release(&text);
    return false;
}

/* The form is empty again, for the next person. */
static void empty(struct receive_page *r, struct session *s)
{
    buf_reset(&r->fee_for);
    form_clear(&r->form);
    chooser_forget(&r->chooser, &r->form);
    adapt(r, s);
    chooser_find(&r->chooser, &r->form, s);
}

static void saved(struct receive_page *r, struct session *s, const struct result *result, bool served)
{
    receive_saved_dossier(&r->saved, s, result->dossier, served);
    empty(r, s);
}

/* `serve`: what is handed over on the spot is resolved and returned with it. */
static void submit(struct receive_page *r, struct session *s, bool serve)
{
    struct buf components = BUF_INIT, procedure = BUF_INIT;
    struct command command;
    struct result result;
    switch (session_saving(s, &r->page, serve ? ACTION_serve : ACTION_save, &result)) {
    case SAVING_DONE: saved(r, s, &result, r->serving); return;
    case SAVING_WAITS: return;
    default: break;
    }
    chooser_take_typed(&r->chooser, &r->form, s);
    adapt(r, s);
    r->serving = serve;
    if (make_command(r, s, &components, &command) && is_agreed(r, s, &command)) {
        add_procedure_code(r, &procedure);
        command.receive.procedure = buf_str(&procedure);
        command.receive.serve = serve;
        struct outcome o = session_submit(s, &command, &result);
        if (outcome_ok(&o))
            saved(r, s, &result, serve);
        else
            refused(r, s, &o);
    }
    buf_release(&components);
    buf_release(&procedure);
}

static void serve_after_all(void *arg, struct session *s)
{
    submit(arg, s, true);
}

/* "Nguyễn Thị Hương", or as much of it as leaves the question its room. */
static void add_short(struct buf *out, struct str name)
{
    size_t fits = text_fit(name, APPLICANT_MOST);
    buf_add_str(out, str_first(name, fits));
    if (fits < name.n)
        buf_add_z(out, "…");
}

/* Days of a limit given up with one wrong key are not to be had back: what is not done the same day is asked
 * about. */
static bool ask_serve(struct receive_page *r, struct session *s)
{
    const struct named_procedure *p = chooser_procedure(&r->chooser, s);
    struct limit limit;
    if (!p || !form_text(&r->form, R_APPLICANT).n || !receive_form_limit(&r->form, &limit))
        return false; /* it will be refused as it is */
    if (limit.kind == LIMIT_NONE)
        limit = p->procedure.limit;
    if (limit.kind == LIMIT_NONE || limit.kind == LIMIT_SAME_DAY)
        return false;
    struct buf what = BUF_INIT, name = BUF_INIT, days = BUF_INIT, question = BUF_INIT;
    chooser_procedure_text(&what, p->procedure.code, p->procedure.name);
    add_short(&name, form_text(&r->form, R_APPLICANT));
    lang_limit(&days, s->lang, &limit);
    LANG_SAY(&question, s->lang, T_tui_ask_serve, buf_str(&name), buf_str(&days));
    session_open(s, page_ask(buf_str(&what), buf_str(&question), serve_after_all, r));
    buf_release(&what);
    buf_release(&name);
    buf_release(&days);
    buf_release(&question);
    return true;
}

static void save(struct receive_page *r, struct session *s, bool serve)
{
    chooser_take_typed(&r->chooser, &r->form, s);
    if (!serve || (r->page.in_doubt && r->serving) || !ask_serve(r, s))
        submit(r, s, serve);
}

/* ---- not accepted ---- */

/* What stands in the form is of a dossier that is turned away. */
static bool fill_turned(void *arg, struct session *s, struct command *out)
{
    struct receive_page *r = arg;
    struct command receipt;
    struct buf components = BUF_INIT;
    bool ok = make_command(r, s, &components, &receipt);
    buf_release(&components);
    if (!ok)
        return false;
    buf_reset(&r->procedure);
    add_procedure_code(r, &r->procedure);
    *out = (struct command){
        .kind = COMMAND_TURN_AWAY,
        .at = receipt.at,
        .turn_away = {.procedure = buf_str(&r->procedure),
                      .applicant = receipt.receive.applicant,
                      .submitter = receipt.receive.submitter,
                      .channel = receipt.receive.channel},
    };
    return true;
}

static void turned(void *arg, struct session *s, struct str slip, struct str then)
{
    struct receive_page *r = arg;
    receive_saved_slip(&r->saved, slip, form_text(&r->form, R_APPLICANT), then);
    empty(r, s);
}

/* Where a save is in doubt it is settled first: what was received cannot be turned away. */
static bool is_unsettled(struct receive_page *r, struct session *s)
{
    struct result result;
    if (!r->page.in_doubt && !r->page.was_saved)
        return false;
    enum saving saving = session_saving(s, &r->page, ACTION_save, &result);
    if (saving == SAVING_DONE)
        saved(r, s, &result, r->serving);
    return saving != SAVING_GO;
}

/* Where nothing is typed there is nobody to turn away: those who were, to print a slip again. */
static bool show_turned(struct receive_page *r, struct session *s)
{
    struct page *p = form_dirty(&r->form) ? NULL : page_turned(s);
    if (p)
        session_open(s, p);
    return p != NULL;
}

/* What is wrong with the form below is mended before why is asked: nothing typed there is lost by it. */
static void turn_away(struct receive_page *r, struct session *s)
{
    struct command command;
    if (is_unsettled(r, s) || show_turned(r, s))
        return;
    struct buf about = BUF_INIT;
    const struct turning_away turning = {r, fill_turned, turned};
    session_tick(s);
    chooser_take_typed(&r->chooser, &r->form, s);
    adapt(r, s);
    if (!fill_turned(r, s, &command))
        return;
    struct outcome o = turn_away_check(s, &command);
    if (!outcome_ok(&o)) {
        session_refuse(s, &o);
        refused(r, s, &o);
        return;
    }
    add_short(&about, form_text(&r->form, R_APPLICANT));
    tell_part(&about, form_text(&r->form, R_PROCEDURE));
    session_open(s, page_turn_away(&turning, buf_str(&about)));
    buf_release(&about);
}

/* ---- drawing ---- */

static void draw(struct page *p, struct session *s, struct canvas *c, struct area a)
{
    struct receive_page *r = of(p);
    int top = a.row;
    if (r->saved.how != SAVED_NOTHING) {
        receive_saved_draw(&r->saved, s, c, top, form_dirty(&r->form));
        top += SAVED_ROWS;
    }
    bool beside = a.columns >= 130;
    int left = beside ? a.columns * 3 / 5 : a.columns;
    struct area form = {top, 0, a.row + a.rows - DUE_ROWS - top, left - 1};
    int focus = form_draw(&r->form, c, form, s->lang);
    bool gone = r->chooser.code.n && !chooser_procedure(&r->chooser, s);
    bool limitless = r->chooser.code.n && r->chooser.limit.kind == LIMIT_NONE;
    struct area due = {a.row + a.rows - DUE_ROWS, 0, DUE_ROWS, left - 1};
    receive_due_draw(&r->due, c, due, s->lang,
                     !outcome_ok(&s->unread)   ? T_tui_unread_short
                     : r->due.why != T_nothing ? r->due.why
                     : gone                    ? T_tui_due_gone
                     : limitless               ? T_tui_due_needs_limit
                     : r->chooser.code.n       ? T_tui_due_unreadable
                                               : T_tui_due_needs_procedure);
    if (beside) {
        struct area days = {top, left + 1, a.row + a.rows - top, a.columns - left - 1};
        if (receive_due_fit(&r->due, days))
            update_due(r, s);
        receive_due_draw_days(&r->due, c, days, s->lang);
    }
    if (chooser_open(&r->chooser, &r->form))
        chooser_draw(&r->chooser, &r->form, s, c, form, focus);
}

/* ---- keys ---- */

/* Not refused: people write "không có". But a name typed one field too low is seen at once. */
static void hint_at_number(const struct receive_page *r, struct session *s, int item)
{
    struct str text = form_text(&r->form, item);
    if ((item != R_PHONE && item != R_ID_NUMBER) || item == r->form.focus || !text.n)
        return;
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] >= '0' && text.p[i] <= '9')
            return;
    struct buf said = BUF_INIT;
    LANG_SAY(&said, s->lang, T_tui_no_digit, session_text(s, r->form.item[item].label));
    session_say(s, TONE_PLAIN, buf_str(&said));
    buf_release(&said);
}

/* What the person sees while saying that the fee is taken, or how much it is. */
static void note_fee(struct receive_page *r, struct session *s, int item)
{
    const struct named_procedure *p = chooser_procedure(&r->chooser, s);
    if (item == R_PAID || item == R_FEE)
        r->agreed = receive_form_owed(&r->form, p ? p->procedure.fee : -1);
}

static bool do_key(struct receive_page *r, struct session *s, const struct key *k, enum action action)
{
    if (action == ACTION_save || action == ACTION_serve)
        save(r, s, action == ACTION_serve);
    else if (action == ACTION_turn_away)
        turn_away(r, s);
    else if (action == ACTION_back)
        ask_leave(s, &r->page);
    else if (!chooser_key(&r->chooser, &r->form, s, k, action)) {
        const struct form_item *item = form_focused(&r->form);
        int before = r->form.focus;
        switch (form_key(&r->form, k, action)) {
        case FORM_DONE: save(r, s, false); break;
        case FORM_IGNORED: return false;
        default:
            adapt(r, s);
            note_fee(r, s, before);
            chooser_find(&r->chooser, &r->form, s);
            hint_at_number(r, s, before);
            if (item->field.cut)
                session_say_cut(s, k, item->field.max);
        }
    }
    update_due(r, s);
    return true;
}

/* ---- a slip is scanned ---- */

/* What comes with its Enter at once into a form nobody began is a slip's code, or what an input method sent:
 * then it is text and Enter. */
static void take_scan(struct receive_page *r, struct session *s, struct str text)
{
    uint64_t id = find_code(s, text);
    if (id) {
        session_open(s, page_dossier(id)); /* Esc leads back to the form */
        return;
    }
    struct key typed = key_press(PRESS_PASTE), enter = key_press(PRESS_ENTER);
    typed.text = text;
    do_key(r, s, &typed, ACTION_none);
    do_key(r, s, &enter, keys_action(r->page.ops->scopes(&r->page), &enter, true));
}

static bool scans(const struct page *p)
{
    const struct receive_page *r = (const struct receive_page *)p;
    return r->form.focus == R_PROCEDURE && !form_dirty(&r->form);
}

static bool key(struct page *p, struct session *s, const struct key *k, enum action action)
{
    if (key_is(k, PRESS_SCAN)) {
        take_scan(of(p), s, k->text);
        return true;
    }
    return do_key(of(p), s, k, action);
}

static unsigned scopes(const struct page *p)
{
    const struct receive_page *r = (const struct receive_page *)p;
    unsigned all = form_scopes(&r->form) | SCOPE_RECEIPT;
    return chooser_open(&r->chooser, &r->form) ? all : all & ~(unsigned)SCOPE_PICK;
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
    static const enum action shown[] = {ACTION_save,     ACTION_serve, ACTION_turn_away, ACTION_next,
                                        ACTION_previous, ACTION_back,  ACTION_help};
    const struct receive_page *r = (const struct receive_page *)p;
    size_t n = 0;
    if (chooser_open(&r->chooser, &r->form))
        out[n++] = (struct hint){ACTION_choose, false};
    return n + hints_of(out + n, shown, sizeof shown / sizeof *shown);
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
    receive_saved_release(&r->saved);
    buf_release(&r->fee);
    buf_release(&r->fee_for);
    buf_release(&r->procedure);
    chooser_release(&r->chooser);
    receive_due_release(&r->due);
    free(r);
}

static const struct page_ops ops = {
    .refresh = refresh,
    .draw = draw,
    .key = key,
    .scopes = scopes,
    .typing = typing,
    .scans = scans,
    .dirty = dirty,
    .hints = hints,
    .title = title,
    .free = free_page,
    .form = true,
};

struct page *page_receive(void)
{
    struct receive_page *r = calloc(1, sizeof *r);
    if (!r)
        return NULL;
    r->page.ops = &ops;
    r->due = RECEIVE_DUE_INIT;
    chooser_init(&r->chooser, (struct chooser_items){R_PROCEDURE, R_CASE, R_LIMIT, R_OFFICER});
    receive_form_init(&r->form);
    return &r->page;
}
