#include "tui/trace_sheet.h"

#include "core/words.h"

static void add_count(struct buf *out, enum lang lang, int64_t hundredths)
{
    limit_format_value(out, (uint32_t)hundredths, lang == LANG_VI ? ',' : '.');
}

static void tell_day(struct sheet *sheet, enum lang lang, const struct trace_day *day)
{
    struct buf text = BUF_INIT;
    int style = day->counted ? STYLE_PLAIN : STYLE_DIM;
    sheet_add(sheet, 1, style, str_of(words_weekday_short(lang, civil_weekday(day->day))));
    lang_date(&text, lang, day->day);
    sheet_add(sheet, 5, style, buf_str(&text));
    buf_reset(&text);
    if (day->counted)
        add_count(&text, lang, day->n);
    else
        buf_add_char(&text, '-');
    sheet_add(sheet, 18, day->counted ? STYLE_STRONG : STYLE_DIM, buf_str(&text));
    buf_reset(&text);
    buf_add_z(&text, words_why(lang, day->why, day->counted));
    if (day->name.n) {
        buf_add_z(&text, ": ");
        buf_add_str(&text, day->name);
    }
    if (day->computed) {
        buf_add_z(&text, " · ");
        buf_add_z(&text, lang_text(lang, T_tui_provisional));
    }
    sheet_add(sheet, 25, day->why == WHY_DAY_OFF ? STYLE_TODAY : style, buf_str(&text));
    sheet_end(sheet);
    buf_release(&text);
}

void trace_tell(struct sheet *sheet, enum lang lang, const struct limit *limit, const struct trace *trace)
{
    int64_t sum = 0;
    for (size_t i = 0; i < trace->count; i++) {
        tell_day(sheet, lang, &trace->day[i]);
        if (trace->day[i].counted)
            sum = trace->day[i].n;
    }
    struct buf count = BUF_INIT, wanted = BUF_INIT, text = BUF_INIT;
    add_count(&count, lang, sum);
    lang_limit(&wanted, lang, limit);
    LANG_SAY(&text, lang, T_tui_trace_sum, buf_str(&count), buf_str(&wanted));
    sheet_line(sheet, 1, STYLE_STRONG, buf_str(&text));
    buf_release(&count);
    buf_release(&wanted);
    buf_release(&text);
}

/* ---- in a line ---- */

struct left_out {
    struct buf text;
    enum lang lang;
    int weekend;
};

static void add_left_out(struct left_out *l, struct str what)
{
    if (l->text.n)
        buf_add_z(&l->text, ", ");
    buf_add_str(&l->text, what);
}

static void add_weekend(struct left_out *l)
{
    if (!l->weekend)
        return;
    struct buf n = BUF_INIT, text = BUF_INIT;
    buf_add_int(&n, l->weekend);
    LANG_SAY(&text, l->lang, l->weekend == 1 ? T_tui_weekend_day : T_tui_weekend_days, buf_str(&n));
    add_left_out(l, buf_str(&text));
    buf_release(&n);
    buf_release(&text);
}

static void add_day_off(struct left_out *l, const struct trace_day *day)
{
    struct buf date = BUF_INIT, text = BUF_INIT;
    lang_date(&date, l->lang, day->day);
    buf_add_str(&text, l->lang == LANG_VI ? str_first(buf_str(&date), 5) : buf_str(&date));
    if (day->name.n) {
        buf_add_char(&text, ' ');
        buf_add_str(&text, day->name);
    }
    add_left_out(l, buf_str(&text));
    buf_release(&date);
    buf_release(&text);
}

void trace_summary(struct buf *out, enum lang lang, const struct deadline *deadline,
                   const struct trace *trace)
{
    struct left_out l = {.lang = lang};
    for (size_t i = 0; i < trace->count; i++) {
        const struct trace_day *day = &trace->day[i];
        if (!day->counted && day->why == WHY_WEEKEND)
            l.weekend++;
        else if (!day->counted && day->why == WHY_DAY_OFF)
            add_day_off(&l, day);
    }
    add_weekend(&l);
    struct buf from = BUF_INIT;
    lang_time(&from, lang, deadline->counting);
    if (deadline->counting != deadline->received)
        LANG_SAY(out, lang, T_tui_counts_from_later, buf_str(&from));
    else
        LANG_SAY(out, lang, T_tui_counts_from, buf_str(&from));
    if (l.text.n) {
        buf_add_z(out, "; ");
        LANG_SAY(out, lang, T_tui_left_out, buf_str(&l.text));
    }
    if (deadline->rolled) {
        buf_add_z(out, "; ");
        buf_add_z(out, lang_text(lang, T_tui_rolled));
    }
    if (deadline->provisional) {
        buf_add_z(out, " · ");
        buf_add_z(out, lang_text(lang, T_tui_provisional));
    }
    buf_release(&from);
    buf_release(&l.text);
}
