#include "tui/page_explain.h"

#include "core/deadline.h"
#include "core/words.h"
#include "tui/sheet.h"
#include "tui/tell.h"
#include "tui/trace_sheet.h"
#include <stdlib.h>

struct explain_page {
    struct page page;
    uint64_t id, built_at;
    struct sheet sheet;
    struct buf code;
    int rows;
};

static struct explain_page *of(struct page *p)
{
    return (struct explain_page *)p;
}

/* ---- what it says ---- */

static void tell_time(struct sheet *sheet, const struct teller *t, enum text_id label, int style,
                      civil_minute when)
{
    struct buf text = BUF_INIT;
    if (when != NO_TIME) {
        buf_add_z(&text, lang_weekday(t->lang, civil_weekday(civil_day_of(when))));
        buf_add_char(&text, ' ');
        lang_time(&text, t->lang, when);
    }
    tell_value(sheet, t, label, style, buf_str(&text));
    buf_release(&text);
}

static void tell_given(struct sheet *sheet, const struct teller *t, const struct dossier *d)
{
    const struct facts *f = &d->facts;
    struct buf text = BUF_INIT;
    tell_value(sheet, t, T_tui_label_applicant, STYLE_STRONG, d->receipt.applicant.name);
    tell_time(sheet, t, T_tui_label_received, STYLE_PLAIN, f->received);
    lang_limit(&text, t->lang, &d->receipt.limit);
    buf_add_z(&text, " · ");
    buf_add_z(&text, words_clock(t->lang, d->receipt.clock));
    tell_value(sheet, t, T_tui_label_limit, STYLE_PLAIN, buf_str(&text));
    tell_time(sheet, t, T_tui_label_statutory_due, STYLE_STRONG, f->statutory_due);
    if (f->due != f->statutory_due)
        tell_time(sheet, t, T_tui_label_promised, STYLE_TODAY, f->due);
    buf_release(&text);
}

static void tell_law(struct sheet *sheet, const struct teller *t, const struct dossier *d)
{
    struct buf law = BUF_INIT;
    law_cite(&law, t->lang, law_rules(civil_day_of(d->facts.received)), LAW_COUNTING, STR_NONE);
    sheet_line(sheet, 1, STYLE_DIM, buf_str(&law));
    buf_release(&law);
}

static void tell_days(struct sheet *sheet, const struct teller *t, const struct dossier *d)
{
    struct trace trace = {0};
    struct deadline deadline;
    int cutoff = office_settings(t->office)->same_day_cutoff;
    if (!deadline_compute(office_calendar(t->office), &d->receipt.limit, d->receipt.clock, cutoff,
                          d->facts.received, &deadline, &trace))
        return;
    sheet_end(sheet);
    sheet_line(sheet, 1, STYLE_HEADING, str_of(lang_text(t->lang, T_tui_day_by_day)));
    trace_tell(sheet, t->lang, &d->receipt.limit, &trace);
    tell_law(sheet, t, d);
    if (deadline.rolled)
        sheet_line(sheet, 1, STYLE_PLAIN, str_of(lang_text(t->lang, T_tui_rolled)));
    if (deadline.provisional)
        sheet_line(sheet, 1, STYLE_TODAY, str_of(lang_text(t->lang, T_core_provisional)));
    if (d->facts.statutory_due != NO_TIME && deadline.due != d->facts.statutory_due) {
        struct buf now = BUF_INIT, text = BUF_INIT;
        lang_time(&now, t->lang, deadline.due);
        LANG_SAY(&text, t->lang, T_tui_would_differ, buf_str(&now));
        sheet_line(sheet, 1, STYLE_TODAY, buf_str(&text));
        buf_release(&now);
        buf_release(&text);
    }
    trace_release(&trace);
}

static void read(struct explain_page *e, struct session *s, int columns)
{
    struct view *v = session_view(s);
    struct dossier d;
    struct teller t;
    sheet_begin(&e->sheet, columns - 2);
    if (v && view_dossier(v, e->id, &d) && teller_init(&t, v, s->lang, s->now, s->unmasked)) {
        buf_reset(&e->code);
        buf_add_str(&e->code, d.code);
        sheet_line(&e->sheet, 1, STYLE_STRONG, d.code);
        tell_given(&e->sheet, &t, &d);
        tell_days(&e->sheet, &t, &d);
    }
    if (v)
        session_view_end(s, v);
}

/* ---- the page ---- */

static void draw(struct page *p, struct session *s, struct canvas *c, struct area a)
{
    struct explain_page *e = of(p);
    if (e->built_at != s->generation || e->sheet.width != a.columns - 2)
        read(e, s, a.columns);
    e->built_at = s->generation;
    e->rows = a.rows;
    sheet_draw(&e->sheet, c, a);
}

static bool key(struct page *p, struct session *s, const struct key *k, enum action action)
{
    (void)s, (void)action;
    return sheet_key(&of(p)->sheet, k, of(p)->rows);
}

static unsigned scopes(const struct page *p)
{
    (void)p;
    return SCOPE_ANYWHERE | SCOPE_READ;
}

static size_t hints(const struct page *p, const struct session *s, struct hint out[HINTS])
{
    (void)p, (void)s;
    static const enum action shown[] = {ACTION_back, ACTION_scroll, ACTION_scroll_page, ACTION_help,
                                        ACTION_quit};
    size_t n = sizeof shown / sizeof *shown;
    for (size_t i = 0; i < n; i++)
        out[i] = (struct hint){shown[i], false};
    return n;
}

static void title(const struct page *p, const struct session *s, struct buf *out)
{
    buf_add_str(out, session_text(s, T_tui_title_explain));
    buf_add_char(out, ' ');
    buf_add_str(out, buf_str(&((const struct explain_page *)p)->code));
}

static void free_page(struct page *p)
{
    sheet_release(&of(p)->sheet);
    buf_release(&of(p)->code);
    free(p);
}

static const struct page_ops ops = {
    .draw = draw,
    .key = key,
    .scopes = scopes,
    .hints = hints,
    .title = title,
    .free = free_page,
    .passing = true,
};

struct page *page_explain(uint64_t id)
{
    struct explain_page *e = calloc(1, sizeof *e);
    if (!e)
        return NULL;
    e->page.ops = &ops;
    e->id = id;
    e->sheet = SHEET_INIT;
    return &e->page;
}
