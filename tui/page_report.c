#include "tui/page_report.h"

#include "store/reporting.h"
#include "tui/page_save.h"
#include "tui/report_sheet.h"
#include <stdlib.h>

struct report_page {
    struct page page;
    enum report_kind kind;
    struct report_period period;
    struct report report;
    bool made;
    uint64_t made_at;  /* the session's generation it is of */
    uint64_t built_at; /* the sheet likewise */
    struct sheet sheet;
    int rows;
};

static struct report_page *of(struct page *p)
{
    return (struct report_page *)p;
}

/* ---- reading ---- */

static void make(struct report_page *r, struct session *s, struct view *v)
{
    const struct report_request request = {
        .kind = r->kind,
        .period = r->period.period,
        .now = s->now,
        .known = s->clock,
        .lang = s->lang,
        .office = view_office(v),
        .unmask = s->unmasked,
    };
    report_release(&r->report);
    struct outcome o = view_make_report(v, &request, &r->report);
    r->made = outcome_ok(&o);
    r->made_at = s->generation;
    if (!r->made)
        session_refuse(s, &o);
}

static void build(struct report_page *r, struct session *s, struct view *v, int columns)
{
    struct head head = view_head(v);
    char named[HEAD_TEXT];
    head_format(named, &head);
    sheet_begin(&r->sheet, columns - 2);
    report_tell(&r->sheet, s->lang, &r->report, view_office(v), str_of(named));
    r->built_at = s->generation;
}

/* ---- the page ---- */

static void draw(struct page *p, struct session *s, struct canvas *c, struct area a)
{
    struct report_page *r = of(p);
    if (r->made_at != s->generation || r->built_at != s->generation || r->sheet.width != a.columns - 2) {
        struct view *v = session_view(s);
        if (!v)
            return;
        if (r->made_at != s->generation || !r->made)
            make(r, s, v);
        if (r->made)
            build(r, s, v, a.columns);
        if (!session_view_end(s, v))
            r->made_at = 0;
    }
    r->rows = a.rows;
    if (r->made)
        sheet_draw(&r->sheet, c, a);
}

static void turn(struct report_page *r, struct session *s, int by)
{
    if (!report_period_turn(&r->period, s->today, by)) {
        session_say_id(s, TONE_REFUSED, T_tui_no_such_period);
        return;
    }
    r->made_at = 0;
    r->sheet.top = 0;
}

static bool key(struct page *p, struct session *s, const struct key *k, enum action action)
{
    struct report_page *r = of(p);
    if (action == ACTION_save_as)
        session_open(s, page_save(r->kind, r->period.period, s->today));
    else if (action == ACTION_period && report_has_period(r->kind))
        turn(r, s, key_is(k, PRESS_LEFT) ? -1 : 1);
    else
        return sheet_key(&r->sheet, k, r->rows);
    return true;
}

static unsigned scopes(const struct page *p)
{
    const struct report_page *r = (const struct report_page *)p;
    return SCOPE_ANYWHERE | SCOPE_READ | SCOPE_REPORT | (report_has_period(r->kind) ? SCOPE_PERIOD : 0);
}

static size_t hints(const struct page *p, const struct session *s, struct hint out[HINTS])
{
    static const enum action shown[] = {ACTION_back,   ACTION_save_as, ACTION_scroll, ACTION_scroll_page,
                                        ACTION_period, ACTION_mask,    ACTION_help,   ACTION_quit};
    size_t n = 0;
    (void)s;
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        if (shown[i] != ACTION_period || report_has_period(((const struct report_page *)p)->kind))
            out[n++] = (struct hint){shown[i], false};
    return n;
}

static void title(const struct page *p, const struct session *s, struct buf *out)
{
    const struct report_page *r = (const struct report_page *)p;
    if (report_has_period(r->kind))
        period_say(out, s->lang, r->period.period);
}

static void free_page(struct page *p)
{
    report_release(&of(p)->report);
    sheet_release(&of(p)->sheet);
    free(p);
}

static const struct page_ops ops = {
    .draw = draw,
    .key = key,
    .scopes = scopes,
    .hints = hints,
    .title = title,
    .free = free_page,
};

struct page *page_report(enum report_kind kind, struct report_period period)
{
    struct report_page *r = calloc(1, sizeof *r);
    if (!r)
        return NULL;
    r->page.ops = &ops;
    r->kind = kind;
    r->period = period;
    r->sheet = SHEET_INIT;
    report_init(&r->report);
    return &r->page;
}
