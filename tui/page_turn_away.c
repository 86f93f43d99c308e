#include "tui/page_turn_away.h"

#include "core/wire.h"
#include "store/papers.h"
#include "tui/act_form.h"
#include "tui/act_frame.h"
#include "tui/errand.h"
#include "tui/form_page.h"
#include "tui/sentence.h"
#include <stdlib.h>

#define NEEDS 10
enum { A_HOW, A_NEED, A_NEEDS_END = A_NEED + NEEDS, A_REASON = A_NEEDS_END, A_COUNT };
enum { HOW_COMPLETE, HOW_REFUSED };

struct turn_page {
    struct form_page in;
    struct turning_away turning;
    struct buf about, needs;
};

static struct turn_page *of(struct page *p)
{
    return (struct turn_page *)p;
}

/* ---- the form ---- */

#define NEED_ITEM                                                                                            \
    {                                                                                                        \
        .label = T_tui_field_need, .hint = T_tui_type_need, .fault = T_label_need                            \
    }
static const struct form_item items[A_COUNT] = {
    [A_HOW] = {.kind = ITEM_CHOICE,
               .label = T_tui_field_turn_how,
               .choices = 2,
               .choice = {T_tui_turn_complete, T_tui_turn_refused}},
    [A_NEED] = NEED_ITEM,
    [A_NEED + 1] = NEED_ITEM,
    [A_NEED + 2] = NEED_ITEM,
    [A_NEED + 3] = NEED_ITEM,
    [A_NEED + 4] = NEED_ITEM,
    [A_NEED + 5] = NEED_ITEM,
    [A_NEED + 6] = NEED_ITEM,
    [A_NEED + 7] = NEED_ITEM,
    [A_NEED + 8] = NEED_ITEM,
    [A_NEED + 9] = NEED_ITEM,
    [A_REASON] = {.label = T_tui_field_reason, .fault = T_label_reason},
};

static bool is_refused(const struct turn_page *t)
{
    return t->in.form.item[A_HOW].chosen == HOW_REFUSED;
}

/* A blank line is always there for one more thing to add; a refusal has none, but a reason. */
static void adapt(struct turn_page *t)
{
    struct form *f = &t->in.form;
    int last = A_NEED;
    bool refused = is_refused(t);
    for (int i = A_NEED; i < A_NEEDS_END; i++)
        if (!act_is_blank(form_text(f, i)))
            last = i + 1;
    for (int i = A_NEED; i < A_NEEDS_END; i++)
        form_hide(f, i, refused || (i > last && i != f->focus));
    f->item[A_NEED].required = !refused;
    f->item[A_REASON].required = refused;
}

static bool make_command(struct turn_page *t, struct session *s, struct command *out)
{
    if (!t->turning.fill(t->turning.arg, s, out))
        return false;
    buf_reset(&t->needs);
    for (int i = A_NEED; i < A_NEEDS_END && !is_refused(t); i++)
        if (!act_is_blank(form_text(&t->in.form, i)))
            wire_list_add(&t->needs, form_text(&t->in.form, i));
    out->turn_away.refused = is_refused(t);
    out->turn_away.reason = form_text(&t->in.form, A_REASON);
    out->turn_away.needs = buf_str(&t->needs);
    return true;
}

struct outcome turn_away_check(struct session *s, const struct command *filled)
{
    struct decision decision = DECISION_INIT;
    struct circumstances alone = {.number = 1};
    struct moment moment = session_moment(s);
    struct command command = *filled;
    struct view *v = session_view(s);
    if (!v)
        return s->unread;
    command.turn_away.refused = true; /* asks for nothing but a reason */
    command.turn_away.reason = STR("…");
    struct outcome o = decide(view_office(v), NULL, &command, &moment, &alone, &decision);
    if (outcome_ok(&o))
        decision_release(&decision);
    view_end(v);
    return o;
}

/* ---- its slip ---- */

/* "02/7/2026", as turn-away print takes it; false where the entry cannot be read. */
static bool name_slip(struct session *s, uint64_t seq, struct buf *out)
{
    struct view *v = session_view(s);
    struct event e;
    bool found = v && view_entry(v, seq, &e) && e.kind == EVENT_TURNED_AWAY;
    if (found)
        buf_addf(out, "%s/%d/%d", e.turned_away.refused ? "03" : "02", (int)e.turned_away.slip.number,
                 e.turned_away.slip.year);
    view_end(v);
    return found;
}

/* FOLDER/turn-away-02-7-2026.pdf: its number, and nobody's name. False, the reason in `why`, without a
 * folder. */
static bool name_file(struct session *s, struct str slip, struct buf *out, struct buf *why)
{
    struct outcome o = OUTCOME_DONE;
    if (!papers_folder(out)) {
        buf_add_str(why, session_text(s, T_tui_no_papers));
        return false;
    }
    o = papers_make(buf_str(out));
    if (!outcome_ok(&o)) {
        sentence_say(why, s->lang, &o, STR_NONE);
        return false;
    }
    buf_add_z(out, "/turn-away-");
    for (size_t i = 0; i < slip.n; i++)
        buf_add_char(out, slip.p[i] == '/' ? '-' : slip.p[i]);
    buf_add_z(out, ".pdf");
    return !out->failed;
}

static bool write_slip(struct session *s, const struct buf *slip, const struct buf *file, struct buf *why)
{
    struct errand e;
    const char *words[] = {"turn-away", "print", slip->p, "-o", file->p, NULL};
    errand_run(&e, s, words);
    bool written = e.status == 0;
    if (!written && e.complaint.n)
        buf_add_str(why, buf_str(&e.complaint));
    else if (!written)
        buf_add_str(why, session_text(s, T_tui_errand_failed));
    errand_release(&e);
    return written;
}

/* What is wrong, without what to do about it: "do it again" would be a second slip. */
static struct str fault_alone(struct str why)
{
    struct str name = STR("motcua: ");
    if (str_starts(why, name))
        why = str_from(why, name.n);
    for (size_t i = 0; i < why.n; i++)
        if (why.p[i] == ';' || why.p[i] == '\n')
            return str_first(why, i);
    return why;
}

/* How to print it, or that it is recorded, though there is no paper. */
static void say_slip(struct session *s, struct str slip, bool written, struct str why)
{
    struct buf text = BUF_INIT;
    LANG_SAY(&text, s->lang, written ? T_tui_slip_print : T_tui_slip_kept, slip, fault_alone(why));
    session_say(s, written ? TONE_GOOD : TONE_REFUSED, buf_str(&text));
    buf_release(&text);
}

/* The entry stands whatever becomes of the paper; how to print it again is said where that failed. */
static void finish(struct turn_page *t, struct session *s, uint64_t seq)
{
    struct buf slip = BUF_INIT, file = BUF_INIT, then = BUF_INIT, why = BUF_INIT;
    t->in.page.done = true;
    bool known = name_slip(s, seq, &slip);
    bool written = known && name_file(s, buf_str(&slip), &file, &why) && write_slip(s, &slip, &file, &why);
    if (known) {
        LANG_SAY(&then, s->lang, written ? T_tui_slip_written : T_tui_slip_unwritten, buf_str(&file));
        say_slip(s, buf_str(&slip), written, buf_str(&why));
    }
    buf_release(&why);
    t->turning.done(t->turning.arg, s, buf_str(&slip), buf_str(&then));
    buf_release(&slip);
    buf_release(&file);
    buf_release(&then);
}

static void save(struct turn_page *t, struct session *s)
{
    struct command command;
    struct result result;
    enum saving saving = session_saving(s, &t->in.page, ACTION_save, &result);
    if (saving == SAVING_DONE)
        finish(t, s, result.seq);
    if (saving != SAVING_GO || !make_command(t, s, &command))
        return;
    struct outcome o = session_submit(s, &command, &result);
    if (outcome_ok(&o))
        finish(t, s, result.seq);
    else
        form_focus_fault(&t->in.form, &o);
}

/* ---- the page ---- */

static void draw(struct page *p, struct session *s, struct canvas *c, struct area a)
{
    struct turn_page *t = of(p);
    sheet_begin(&t->in.told, a.columns - 2);
    int top = act_frame_head(c, a, buf_str(&t->about), STR_NONE, session_text(s, T_tui_explain_turn_away));
    act_frame_body(&t->in.form, &t->in.told, c, a, top, s->lang);
}

static void save_it(struct page *p, struct session *s)
{
    save(of(p), s);
}

static void adapt_it(struct page *p, struct session *s)
{
    (void)s;
    adapt(of(p));
}

static bool key(struct page *p, struct session *s, const struct key *k, enum action action)
{
    return form_page_key(p, s, k, action, save_it, adapt_it);
}

static void title(const struct page *p, const struct session *s, struct buf *out)
{
    (void)p;
    buf_add_str(out, session_text(s, T_tui_title_turn_away));
}

static void free_page(struct page *p)
{
    struct turn_page *t = of(p);
    form_page_release(&t->in);
    buf_release(&t->about);
    buf_release(&t->needs);
    free(t);
}

static const struct page_ops ops = {
    .draw = draw,
    .key = key,
    .scopes = form_page_scopes,
    .typing = form_page_typing,
    .dirty = form_page_dirty,
    .hints = form_page_hints,
    .title = title,
    .free = free_page,
    .form = true,
};

struct page *page_turn_away(const struct turning_away *turning, struct str about)
{
    struct turn_page *t = calloc(1, sizeof *t);
    if (!t)
        return NULL;
    t->in.page.ops = &ops;
    t->turning = *turning;
    t->in.told = SHEET_INIT;
    buf_add_str(&t->about, about);
    form_init(&t->in.form, items, A_COUNT);
    adapt(t);
    return &t->in.page;
}
