#include "tui/page_reports.h"

#include "core/report.h"
#include "core/text.h"
#include "tui/field.h"
#include "tui/list.h"
#include "tui/page_report.h"
#include <stdlib.h>

struct reports_page {
    struct page page;
    struct report_period period;
    struct list list;
    struct field typed; /* a period, while somebody types one */
    bool typing;
    int list_row;
};

static struct reports_page *of(struct page *p)
{
    return (struct reports_page *)p;
}

/* ---- drawing ---- */

static enum text_id length_text(enum period_by by)
{
    static const enum text_id texts[] = {
        [BY_QUARTER] = T_tui_by_quarter,
        [BY_HALF] = T_tui_by_half,
        [BY_YEAR] = T_tui_by_year,
        [BY_MONTH] = T_tui_by_month,
        [BY_CALENDAR_YEAR] = T_tui_by_calendar_year,
        [BY_DAY] = T_tui_by_day,
        [BY_OWN] = T_tui_by_own,
    };
    return texts[by];
}

static void draw_period(struct reports_page *r, struct session *s, struct canvas *c, struct area a)
{
    struct str label = session_text(s, T_tui_period_label);
    int k = a.column + 1 +
            canvas_text(c, a.row, a.column + 1, a.columns, r->typing ? STYLE_STRONG : STYLE_DIM, label) + 1;
    if (r->typing) {
        struct area field = {a.row, k, 1, a.columns - k - 1};
        field_draw(&r->typed, c, field, true, session_text(s, T_tui_period_hint));
        return;
    }
    struct buf text = BUF_INIT;
    period_say(&text, s->lang, r->period.period);
    k += canvas_text(c, a.row, k, a.columns - k - 1, STYLE_STRONG, buf_str(&text)) + 2;
    if (k < a.columns)
        canvas_text(c, a.row, k, a.columns - k - 1, STYLE_DIM, session_text(s, length_text(r->period.by)));
    buf_release(&text);
}

/* A report that is about no period says so: the line above does not matter to it. */
static void draw_row(struct reports_page *r, struct session *s, struct canvas *c, struct area a, int row,
                     enum report_kind kind)
{
    int style = (size_t)kind == r->list.selected ? STYLE_PLAIN | STYLE_SELECTED : STYLE_PLAIN;
    struct str moment = session_text(s, T_tui_report_moment);
    int right = text_columns(moment), width = a.columns - 2;
    canvas_cell(c, row, a.column + 1, width, style, session_text(s, report_title(kind)));
    if (!report_has_period(kind))
        canvas_right(c, row, a.column + 1 + width - right, right, (style & STYLE_SELECTED) | STYLE_DIM,
                     moment);
}

static void draw(struct page *p, struct session *s, struct canvas *c, struct area a)
{
    struct reports_page *r = of(p);
    draw_period(r, s, c, a);
    r->list_row = a.row + 2;
    list_set_page(&r->list, (size_t)(a.rows - 2 > 0 ? a.rows - 2 : 1));
    for (int i = 0; i < a.rows - 2 && r->list.top + (size_t)i < REPORT_KINDS; i++)
        draw_row(r, s, c, a, r->list_row + i, (enum report_kind)(r->list.top + (size_t)i));
}

/* ---- keys ---- */

static void open_selected(struct reports_page *r, struct session *s)
{
    session_open(s, page_report((enum report_kind)r->list.selected, r->period));
}

static void take_typed(struct reports_page *r, struct session *s)
{
    struct str typed = field_str(&r->typed);
    struct report_period taken;
    if (!typed.n) {
        r->typing = false;
    } else if (!report_period_take(&taken, typed)) {
        session_say_id(s, TONE_REFUSED, T_tui_bad_period);
    } else if (taken.period.from > s->today) {
        session_say_id(s, TONE_REFUSED, T_tui_no_such_period);
    } else {
        r->period = taken;
        r->typing = false;
        field_set(&r->typed, STR_NONE);
    }
}

static bool key_of_field(struct reports_page *r, struct session *s, const struct key *k, enum action action)
{
    if (key_is(k, PRESS_ENTER) || key_is(k, PRESS_SCAN)) {
        if (k->text.n)
            field_insert(&r->typed, k->text);
        take_typed(r, s);
    } else if (action == ACTION_back) {
        r->typing = false;
        field_set(&r->typed, STR_NONE);
    } else {
        enum field_answer answer = field_key(&r->typed, k);
        if (r->typed.cut)
            session_say_cut(s, k, r->typed.max);
        return answer != FIELD_IGNORED || action == ACTION_none;
    }
    return true;
}

static void turn(struct reports_page *r, struct session *s, int by)
{
    if (!report_period_turn(&r->period, s->today, by))
        session_say_id(s, TONE_REFUSED, T_tui_no_such_period);
}

static bool key(struct page *p, struct session *s, const struct key *k, enum action action)
{
    struct reports_page *r = of(p);
    if (r->typing)
        return key_of_field(r, s, k, action);
    if (action == ACTION_open)
        open_selected(r, s);
    else if (action == ACTION_period)
        turn(r, s, key_is(k, PRESS_LEFT) ? -1 : 1);
    else if (action == ACTION_period_length)
        report_period_length(&r->period, s->today, key_is(k, PRESS_BACK_TAB) ? -1 : 1);
    else if (action == ACTION_period_type)
        r->typing = true;
    else if (key_is(k, PRESS_CLICK)) {
        size_t at = list_at(&r->list, k->row - r->list_row);
        if (at < r->list.count && at == r->list.selected)
            open_selected(r, s);
        else if (at < r->list.count)
            list_select(&r->list, at);
    } else
        return list_key(&r->list, k, true);
    return true;
}

static bool typing(const struct page *p)
{
    return ((const struct reports_page *)p)->typing;
}

static unsigned scopes(const struct page *p)
{
    (void)p;
    return SCOPE_ANYWHERE | SCOPE_LIST | SCOPE_REPORTS | SCOPE_PERIOD;
}

static size_t hints(const struct page *p, const struct session *s, struct hint out[HINTS])
{
    static const enum action shown[] = {ACTION_open, ACTION_period, ACTION_period_length, ACTION_period_type,
                                        ACTION_up,   ACTION_down,   ACTION_help,          ACTION_quit};
    static const enum action typed[] = {ACTION_open, ACTION_back, ACTION_help};
    (void)s;
    return typing(p) ? hints_of(out, typed, sizeof typed / sizeof *typed)
                     : hints_of(out, shown, sizeof shown / sizeof *shown);
}

static void free_page(struct page *p)
{
    field_release(&of(p)->typed);
    free(p);
}

static const struct page_ops ops = {
    .draw = draw,
    .key = key,
    .scopes = scopes,
    .typing = typing,
    .hints = hints,
    .free = free_page,
    .tab = ACTION_reports,
};

struct page *page_reports(civil_day today)
{
    struct reports_page *r = calloc(1, sizeof *r);
    if (!r)
        return NULL;
    r->page.ops = &ops;
    r->period = report_period_of(today);
    field_init(&r->typed, 40);
    list_set_count(&r->list, REPORT_KINDS);
    return &r->page;
}
