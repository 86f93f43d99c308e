#include "tui/receive_due.h"

#include "core/text.h"
#include "tui/trace_sheet.h"

void receive_due_release(struct receive_due *d)
{
    buf_release(&d->words);
    sheet_release(&d->days);
}

void receive_due_clear(struct receive_due *d)
{
    d->known = false;
    d->why = T_nothing;
    buf_reset(&d->words);
    sheet_begin(&d->days, d->days.width);
}

void receive_due_compute(struct receive_due *d, const struct office *office, const struct procedure *p,
                         const struct form *f, enum lang lang, civil_minute now)
{
    civil_minute received;
    struct limit typed;
    struct trace trace = {0};
    const struct calendar *calendar = office_calendar(office);
    if (!calendar)
        return;
    d->why = !receive_form_at(f, calendar, now, &received) ? T_tui_due_bad_at
             : !receive_form_limit(f, &typed)              ? T_tui_due_bad_limit
                                                           : T_nothing;
    if (d->why != T_nothing)
        return;
    d->limit = typed.kind != LIMIT_NONE ? typed : p->limit;
    int cutoff = office_settings(office)->same_day_cutoff;
    enum due_clock clock = office_clock_for(office, p);
    d->known = deadline_compute(calendar, &d->limit, clock, cutoff, received, &d->deadline, &trace);
    if (d->known) {
        trace_summary(&d->words, lang, &d->deadline, &trace);
        trace_tell(&d->days, lang, &d->limit, &trace);
    }
    trace_release(&trace);
}

static void draw_words(struct str words, struct canvas *c, struct area a)
{
    for (int row = 0; row < a.rows && words.n; row++) {
        size_t skip, n = text_wrap(words, a.columns, &skip);
        if (row == a.rows - 1)
            n = words.n; /* the last row there is room for ends in an ellipsis */
        canvas_text(c, a.row + row, a.column, a.columns, STYLE_DIM, str_first(words, n));
        words = str_from(words, skip);
    }
}

void receive_due_draw(const struct receive_due *d, struct canvas *c, struct area a, enum lang lang,
                      enum text_id why)
{
    int k = a.column + 1, end = a.column + a.columns - 1, row = a.row + 1;
    canvas_rule(c, a.row, a.column, a.columns, STYLE_DIM);
    k += canvas_text(c, row, k, end - k, STYLE_HEADING, str_of(lang_text(lang, T_tui_due_heading))) + 2;
    if (!d->known) {
        canvas_text(c, row, k, end - k, STYLE_DIM, str_of(lang_text(lang, why)));
        return;
    }
    struct buf text = BUF_INIT;
    buf_add_z(&text, lang_weekday(lang, civil_weekday(civil_day_of(d->deadline.due))));
    buf_add_char(&text, ' ');
    lang_time(&text, lang, d->deadline.due);
    k += canvas_text(c, row, k, end - k, STYLE_STRONG, buf_str(&text)) + 2;
    buf_reset(&text);
    lang_limit(&text, lang, &d->limit);
    canvas_text(c, row, k, end - k, STYLE_PLAIN, buf_str(&text));
    buf_release(&text);
    draw_words(buf_str(&d->words), c, (struct area){a.row + 2, a.column + 1, a.rows - 2, a.columns - 2});
}

bool receive_due_fit(struct receive_due *d, struct area a)
{
    bool same = d->days.width == a.columns - 2;
    d->days.width = a.columns - 2;
    return !same;
}

void receive_due_draw_days(struct receive_due *d, struct canvas *c, struct area a, enum lang lang)
{
    for (int row = 0; row < a.rows; row++)
        canvas_text(c, a.row + row, a.column - 1, 1, STYLE_DIM, STR("│"));
    struct str heading = str_of(lang_text(lang, T_tui_day_by_day));
    canvas_text(c, a.row, a.column + 1, a.columns - 2, STYLE_HEADING, heading);
    if (d->known)
        sheet_draw(&d->days, c, (struct area){a.row + 1, a.column, a.rows - 1, a.columns});
}
