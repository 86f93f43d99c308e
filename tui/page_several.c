#include "tui/page_several.h"

#include "tui/act_frame.h"
#include "tui/act_kinds.h"
#include "tui/chooser.h"
#include "tui/page_ask.h"
#include "tui/rehearsal.h"
#include "tui/several.h"
#include <stdlib.h>
#include <time.h>

#define SLICE 40 /* ms of work between two looks at the keyboard */

enum phase { PHASE_FORM, PHASE_WORK, PHASE_TOLD };

struct several_page {
    struct page page;
    const struct act_form *what;
    struct marks *marks;
    struct several several;
    enum phase phase;
    struct form form;
    struct chooser chooser;    /* of the officer they are handed to */
    struct command command[2]; /* while working: the act, last; before it why the late ones are */
    size_t commands;
    struct sheet told;
    struct buf list;
};

static struct several_page *of(struct page *p)
{
    return (struct several_page *)p;
}

/* ---- words ---- */

static void fill(struct buf *out, enum lang lang, enum text_id pattern, size_t one, size_t two)
{
    struct buf a = BUF_INIT, b = BUF_INIT;
    buf_add_int(&a, (int64_t)one);
    buf_add_int(&b, (int64_t)two);
    LANG_SAY(out, lang, pattern, buf_str(&a), buf_str(&b));
    buf_release(&a);
    buf_release(&b);
}

static size_t not_done(const struct several *b)
{
    return several_count(b, SEVERAL_CANNOT) + several_count(b, SEVERAL_REFUSED) +
           several_count(b, SEVERAL_WILL);
}

static enum text_id done_text(enum command_kind kind)
{
    switch (kind) {
    case COMMAND_TRANSFER: return T_tui_several_transferred;
    case COMMAND_RESOLVE: return T_tui_several_resolved;
    case COMMAND_RETURN: return T_tui_several_returned;
    case COMMAND_UNDO: return T_tui_several_undone;
    default: return T_tui_several_done;
    }
}

/* Whom they went to: the name people know, else what was typed. */
static void say_recipient(struct buf *out, struct session *s, const struct command *c)
{
    if (c->kind != COMMAND_TRANSFER)
        return;
    struct view *v = c->transfer.to.n ? session_view(s) : NULL;
    const struct officer *o = v ? office_find_officer(view_office(v), c->transfer.to) : NULL;
    buf_add_str(out, o && o->name.n ? o->name : c->transfer.to.n ? c->transfer.to : c->transfer.unit);
    view_end(v);
}

static const struct command *act_of(const struct several_page *a)
{
    return &a->command[a->commands ? a->commands - 1 : 0];
}

/* "Đã chuyển 6 hồ sơ cho Nguyễn Thị Lan; 1 hồ sơ không làm được, …" */
static void say_told(struct buf *out, struct session *s, const struct several_page *a, size_t done)
{
    struct buf number = BUF_INIT, whom = BUF_INIT;
    buf_add_int(&number, (int64_t)done);
    say_recipient(&whom, s, act_of(a));
    LANG_SAY(out, s->lang, done_text(a->what->kind), buf_str(&number), buf_str(&whom));
    if (not_done(&a->several))
        fill(out, s->lang, T_tui_several_not_done, not_done(&a->several), 0);
    if (several_unsaid(&a->several))
        fill(out, s->lang, T_tui_several_unsaid, several_unsaid(&a->several), 0);
    buf_release(&number);
    buf_release(&whom);
}

static void say_head(struct buf *out, struct session *s, const struct several_page *a)
{
    enum lang lang = s->lang;
    const struct several *b = &a->several;
    size_t will = several_count(b, SEVERAL_WILL), done = several_count(b, SEVERAL_DONE);
    if (a->phase == PHASE_FORM) {
        fill(out, lang, will == b->count ? T_tui_several_all : T_tui_several_some, will, b->count);
        if (several_late(b))
            fill(out, lang, T_tui_several_late, several_late(b), 0);
    } else if (a->phase == PHASE_WORK)
        fill(out, lang, T_tui_several_working, b->next, b->count);
    else
        say_told(out, s, a, done);
}

/* ---- doing ---- */

/* What is wrong with the form is wrong for all: it is refused before the first is asked for. */
static bool is_of_the_form(enum outcome_kind kind)
{
    switch (kind) {
    case KIND_empty_text:
    case KIND_bad_text:
    case KIND_too_long:
    case KIND_unknown_officer:
    case KIND_retired:
    case KIND_limit_too_far:
    case KIND_future_time: return true;
    default: return false;
    }
}

static bool form_will_do(struct several_page *a, struct session *s, struct command *command)
{
    struct rehearsal r;
    const struct several_item *first = several_first(&a->several);
    if (!first) {
        session_say_id(s, TONE_REFUSED, T_tui_several_none);
        return false;
    }
    command->dossier = first->code;
    if (!rehearsal_begin(&r, s, first->id, command))
        return false;
    struct outcome o = r.outcome;
    rehearsal_end(&r);
    if (outcome_ok(&o) || !is_of_the_form(o.kind))
        return true;
    session_refuse(s, &o);
    act_form_focus(a->what, &a->form, &o);
    return false;
}

static bool make_commands(struct several_page *a, struct session *s)
{
    struct view *v = session_view(s);
    if (!v)
        return false;
    struct act_reader r = {
        .form = &a->form,
        .calendar = office_calendar(view_office(v)),
        .today = s->today,
        .list = &a->list,
    };
    bool ok = act_form_commands(a->what, &r, a->command, &a->commands);
    view_end(v);
    if (!ok) {
        form_focus(&a->form, r.item);
        session_say_id(s, TONE_REFUSED, r.wrong);
    }
    return ok;
}

static void save(struct several_page *a, struct session *s)
{
    session_tick(s);
    if (make_commands(a, s) && form_will_do(a, s, &a->command[a->commands - 1]))
        a->phase = PHASE_WORK;
}

/* Marks go with what is done; where all is done there is nothing more to read here. */
static void finish(struct several_page *a, struct session *s)
{
    struct buf text = BUF_INIT;
    a->phase = PHASE_TOLD;
    for (size_t i = 0; i < a->several.count; i++)
        if (a->several.item[i].state == SEVERAL_DONE)
            marks_remove(a->marks, a->several.item[i].id);
    a->page.done = !not_done(&a->several);
    say_head(&text, s, a);
    if (a->page.done) /* else it stands above the reasons */
        session_say(s, TONE_GOOD, buf_str(&text));
    buf_release(&text);
    a->told.top = 0;
    s->saves += several_count(&a->several, SEVERAL_DONE) > 0;
    session_store_changed(s);
}

static int64_t milliseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool work(struct page *p, struct session *s)
{
    struct several_page *a = of(p);
    if (a->phase != PHASE_WORK)
        return false;
    int64_t until = milliseconds() + SLICE;
    bool more = true;
    while (more && milliseconds() < until)
        more = several_step(&a->several, s, act_of(a), a->commands > 1 ? &a->command[0] : NULL);
    if (!more)
        finish(a, s);
    return more;
}

/* ---- drawing ---- */

static void refresh(struct page *p, struct session *s)
{
    struct several_page *a = of(p);
    struct view *v = a->phase == PHASE_FORM ? session_view(s) : NULL;
    if (!v)
        return;
    session_names(s, view_office(v));
    if (!several_plan(&a->several, v, s, a->what->kind, a->marks)) {
        struct outcome none = outcome_of(KIND_out_of_memory);
        view_end(v);
        session_refuse(s, &none);
        return;
    }
    session_view_end(s, v);
    const struct act_state state = {.asks_why = several_late(&a->several) > 0};
    act_form_adapt(a->what, &a->form, &state);
    chooser_find_again(&a->chooser, &a->form, s);
}

static void tell(struct several_page *a, struct session *s, int width)
{
    sheet_begin(&a->told, width);
    struct view *v = session_view(s);
    if (v)
        several_tell(&a->several, &a->told, s->lang, office_settings(view_office(v))->law_province);
    view_end(v);
}

static void draw(struct page *p, struct session *s, struct canvas *c, struct area area)
{
    struct several_page *a = of(p);
    struct buf head = BUF_INIT;
    tell(a, s, area.columns - 2);
    say_head(&head, s, a);
    int top = act_frame_head(c, area, buf_str(&head), STR_NONE,
                             a->phase == PHASE_FORM ? session_text(s, a->what->explain) : STR_NONE);
    buf_release(&head);
    struct area below = {top, 0, area.row + area.rows - top, area.columns};
    if (a->phase != PHASE_FORM) {
        sheet_draw(&a->told, c, (struct area){top, 1, below.rows, area.columns - 2});
        return;
    }
    int focus = act_frame_body(&a->form, &a->told, c, area, top, s->lang);
    if (chooser_open(&a->chooser, &a->form))
        chooser_draw(&a->chooser, &a->form, s, c, below, focus);
}

/* ---- keys ---- */

static bool key_of_form(struct several_page *a, struct session *s, const struct key *k, enum action action)
{
    if (action == ACTION_save) {
        save(a, s);
        return true;
    }
    if (action == ACTION_back) {
        ask_leave(s, &a->page);
        return true;
    }
    if (chooser_key(&a->chooser, &a->form, s, k, action))
        return true;
    const struct form_item *item = form_focused(&a->form);
    switch (form_key(&a->form, k, action)) {
    case FORM_DONE: save(a, s); return true;
    case FORM_IGNORED: return sheet_page_key(&a->told, k);
    default: chooser_find(&a->chooser, &a->form, s);
    }
    if (item->field.cut)
        session_say_cut(s, k, item->field.max);
    return true;
}

static bool key(struct page *p, struct session *s, const struct key *k, enum action action)
{
    struct several_page *a = of(p);
    if (a->phase == PHASE_FORM)
        return key_of_form(a, s, k, action);
    if (a->phase == PHASE_WORK) { /* Esc stops it; what is done is done */
        if (action == ACTION_back)
            finish(a, s);
        return action != ACTION_quit;
    }
    if (action == ACTION_back || key_is(k, PRESS_ENTER)) {
        p->done = true;
        return true;
    }
    return sheet_key(&a->told, k, a->told.seen);
}

static unsigned scopes(const struct page *p)
{
    const struct several_page *a = (const struct several_page *)p;
    if (a->phase != PHASE_FORM)
        return SCOPE_ANYWHERE | SCOPE_READ;
    unsigned all = form_scopes(&a->form);
    return chooser_open(&a->chooser, &a->form) ? all : all & ~(unsigned)SCOPE_PICK;
}

static bool typing(const struct page *p)
{
    const struct several_page *a = (const struct several_page *)p;
    return a->phase == PHASE_FORM && form_typing(&a->form);
}

static bool dirty(const struct page *p)
{
    const struct several_page *a = (const struct several_page *)p;
    return a->phase == PHASE_WORK || (a->phase == PHASE_FORM && form_dirty(&a->form));
}

static size_t hints(const struct page *p, const struct session *s, struct hint out[HINTS])
{
    (void)s;
    static const enum action asking[] = {ACTION_save, ACTION_next, ACTION_previous, ACTION_back, ACTION_help};
    static const enum action told[] = {ACTION_back, ACTION_scroll, ACTION_scroll_page, ACTION_help};
    bool form = ((const struct several_page *)p)->phase == PHASE_FORM;
    return form ? hints_of(out, asking, sizeof asking / sizeof *asking)
                : hints_of(out, told, sizeof told / sizeof *told);
}

static void title(const struct page *p, const struct session *s, struct buf *out)
{
    buf_add_str(out, session_text(s, ((const struct several_page *)p)->what->title));
}

static void free_page(struct page *p)
{
    struct several_page *a = of(p);
    form_release(&a->form);
    chooser_release(&a->chooser);
    sheet_release(&a->told);
    several_release(&a->several);
    buf_release(&a->list);
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
    .work = work,
};

struct page *page_several(struct session *s, enum command_kind kind, struct marks *marks)
{
    (void)s;
    struct several_page *a = calloc(1, sizeof *a);
    if (!a)
        return NULL;
    a->page.ops = &ops;
    a->what = act_form_of(kind);
    a->marks = marks;
    a->several = SEVERAL_INIT;
    a->told = SHEET_INIT;
    act_form_init(a->what, &a->form, NULL);
    chooser_init(&a->chooser, (struct chooser_items){CHOOSER_NONE, CHOOSER_NONE, CHOOSER_NONE,
                                                     kind == COMMAND_TRANSFER ? 0 : CHOOSER_NONE});
    return &a->page;
}
