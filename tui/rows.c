#include "tui/rows.h"

#include "core/mask.h"
#include "core/text.h"
#include "core/words.h"
#include "tui/columns.h"

struct row_layout row_layout_of(int column, int room, int code)
{
    struct row_layout layout = {.column = column};
    const struct column columns[ROW_COLUMNS] = {
        [ROW_MARK] = {1, 1, 1},       [ROW_CODE] = {code, code, 1}, [ROW_APPLICANT] = {14, 30, 2},
        [ROW_DUE] = {11, 11, 3},      [ROW_STATE] = {15, 24, 4},    [ROW_HOLDER] = {9, 22, 5},
        [ROW_RECEIVED] = {10, 10, 7}, [ROW_PHONE] = {12, 12, 8},    [ROW_PROCEDURE] = {24, 90, 6},
        [ROW_UNIT] = {16, 30, 9},
    };
    columns_fit(columns, ROW_COLUMNS, room, layout.width);
    return layout;
}

/* ---- words ---- */

void row_days(struct buf *out, enum lang lang, int64_t days)
{
    struct buf number = BUF_INIT;
    buf_add_int(&number, days);
    LANG_SAY(out, lang, days == 1 ? T_tui_day : T_tui_days, buf_str(&number));
    buf_release(&number);
}

/* Behind a comma, where it fits; the mark before the row says it too. */
static void add_if_fits(struct buf *out, struct str what, int room)
{
    if (text_columns(buf_str(out)) + 2 + text_columns(what) > room)
        return;
    buf_add_z(out, ", ");
    buf_add_str(out, what);
}

/* "Quá hạn 355 ngày", or "Quá 355 ngày" where that is too long: the number is never cut. */
static void add_late(struct buf *out, enum lang lang, enum status status, uint32_t late, int room)
{
    struct buf days = BUF_INIT;
    row_days(&days, lang, late);
    if (text_columns(buf_str(out)) + 1 + text_columns(buf_str(&days)) <= room) {
        buf_add_char(out, ' ');
        buf_add_str(out, buf_str(&days));
    } else {
        buf_reset(out);
        LANG_SAY(out, lang, status == STATUS_LATE ? T_tui_state_late_short : T_tui_state_overdue_short,
                 buf_str(&days));
    }
    buf_release(&days);
}

/* "Từ chối · Trước hạn, chưa trả": a refusal is no good end, however early. Where there is no room for all of
 * it, how early it was is left out; that it was late never is. */
static void add_refused(struct buf *out, enum lang lang, bool late, bool uncollected, int room)
{
    struct buf all = BUF_INIT;
    buf_add_z(&all, words_ended_how(lang, ENDED_REFUSED));
    buf_add_z(&all, " · ");
    buf_add_str(&all, buf_str(out));
    if (text_columns(buf_str(&all)) <= room) {
        buf_reset(out);
        buf_add_str(out, buf_str(&all));
    } else if (!late) {
        buf_reset(out);
        buf_add_z(out, words_ended_how(lang, ENDED_REFUSED));
        if (uncollected)
            add_if_fits(out, str_of(lang_text(lang, T_tui_state_uncollected)), room);
    }
    buf_release(&all);
}

static void add_state(struct buf *out, enum lang lang, const struct judge *j, const struct facts *f,
                      uint32_t late_days, int room)
{
    enum status status = status_of(j, f);
    uint32_t late = late_days_now(j, f, late_days);
    buf_add_z(out, words_status(lang, status));
    if (late && (status == STATUS_OVERDUE || status == STATUS_LATE))
        add_late(out, lang, status, late, room);
    if (is_rescheduled(j, f))
        add_if_fits(out, str_of(lang_text(lang, T_tui_state_rescheduled)), room);
    if (!is_uncollected(f))
        return;
    size_t before = out->n;
    add_if_fits(out, str_of(lang_text(lang, T_tui_state_uncollected)), room);
    if (out->n == before &&
        status != STATUS_LATE) { /* what is still to be done tells more than how it went */
        buf_reset(out);
        buf_add_z(out, lang_text(lang, T_tui_state_uncollected_alone));
    }
}

void row_state(struct buf *out, enum lang lang, const struct judge *j, const struct facts *f,
               uint32_t late_days, int room)
{
    add_state(out, lang, j, f, late_days, room);
    if (f->ended_how == ENDED_REFUSED)
        add_refused(out, lang, status_of(j, f) == STATUS_LATE, is_uncollected(f), room);
}

enum style row_style(const struct judge *j, const struct facts *f)
{
    switch (status_of(j, f)) {
    case STATUS_OVERDUE:
    case STATUS_LATE: return STYLE_OVERDUE;
    case STATUS_DUE_TODAY:
    case STATUS_DUE_SOON: return STYLE_TODAY;
    case STATUS_EARLY:
    case STATUS_ON_TIME: return STYLE_GOOD;
    case STATUS_WITHDRAWN:
    case STATUS_STOPPED:
    case STATUS_VOID: return STYLE_DIM;
    default: return STYLE_PLAIN;
    }
}

static const char *mark(const struct judge *j, const struct facts *f)
{
    switch (status_of(j, f)) {
    case STATUS_OVERDUE: return "!";
    case STATUS_DUE_TODAY: return "*";
    case STATUS_WAITING: return "~";
    default: return is_uncollected(f) ? "=" : is_rescheduled(j, f) ? "+" : "";
    }
}

void row_due(struct buf *out, enum lang lang, const struct facts *f)
{
    if (f->due == NO_TIME || !f->in_hours) {
        lang_date(out, lang, f->due == NO_TIME ? NO_DAY : civil_day_of(f->due));
        return;
    }
    char hour[CIVIL_TEXT];
    struct buf day = BUF_INIT;
    lang_date(&day, lang, civil_day_of(f->due));
    /* 20/11 or 11-20: the year gives its room to the hour */
    buf_add_str(out, lang == LANG_VI ? str_first(buf_str(&day), 5) : str_from(buf_str(&day), 5));
    buf_add_char(out, ' ');
    buf_add_z(out, civil_hm(hour, civil_minute_of_day(f->due)));
    buf_release(&day);
}

/* ---- drawing ---- */

struct pen {
    struct canvas *canvas;
    const struct row_layout *layout;
    int row, column;
};

static void cell(struct pen *p, enum row_column which, int style, struct str text)
{
    int width = p->layout->width[which];
    if (!width)
        return;
    canvas_cell(p->canvas, p->row, p->column, width, style, text);
    p->column += width + 1;
}

void row_heading(struct canvas *c, int row, const struct row_layout *layout, enum lang lang)
{
    static const enum text_id names[ROW_COLUMNS] = {
        [ROW_MARK] = T_nothing,
        [ROW_CODE] = T_tui_column_code,
        [ROW_APPLICANT] = T_tui_column_applicant,
        [ROW_DUE] = T_tui_column_due,
        [ROW_STATE] = T_tui_column_state,
        [ROW_HOLDER] = T_tui_column_holder,
        [ROW_RECEIVED] = T_tui_column_received,
        [ROW_PHONE] = T_tui_column_phone,
        [ROW_PROCEDURE] = T_tui_column_procedure,
        [ROW_UNIT] = T_tui_column_unit,
    };
    struct pen p = {c, layout, row, layout->column};
    for (int i = 0; i < ROW_COLUMNS; i++)
        cell(&p, (enum row_column)i, STYLE_DIM, str_of(lang_text(lang, names[i])));
}

void row_draw(struct canvas *c, int row, const struct row_layout *layout, const struct dossier_line *line,
              const struct row_dress *dress)
{
    const struct facts *f = line->facts;
    int style = row_style(dress->judge, f), used = 0;
    struct pen p = {c, layout, row, layout->column};
    struct buf text = BUF_INIT;
    cell(&p, ROW_MARK, style, str_of(mark(dress->judge, f)));
    cell(&p, ROW_CODE, STYLE_PLAIN, line->code);
    cell(&p, ROW_APPLICANT, STYLE_STRONG, line->applicant);
    row_due(&text, dress->lang, f);
    cell(&p, ROW_DUE, style, buf_str(&text));
    buf_reset(&text);
    row_state(&text, dress->lang, dress->judge, f, line->late_days, layout->width[ROW_STATE]);
    cell(&p, ROW_STATE, style, buf_str(&text));
    buf_reset(&text);
    bool wide = layout->width[ROW_HOLDER] >= 14 && line->holder_name.n;
    cell(&p, ROW_HOLDER, STYLE_PLAIN, wide ? line->holder_name : line->holder);
    lang_date(&text, dress->lang, f->received == NO_TIME ? NO_DAY : civil_day_of(f->received));
    cell(&p, ROW_RECEIVED, STYLE_PLAIN, buf_str(&text));
    buf_reset(&text);
    mask_number(&text, line->phone, dress->unmasked);
    cell(&p, ROW_PHONE, STYLE_PLAIN, buf_str(&text));
    cell(&p, ROW_PROCEDURE, STYLE_PLAIN, line->procedure);
    cell(&p, ROW_UNIT, STYLE_PLAIN, line->unit);
    used = p.column - layout->column - 1;
    if (dress->marked)
        canvas_text(c, row, layout->column - 1, 1, STYLE_KEY, STR("»"));
    if (dress->selected)
        canvas_select(c, row, layout->column, used);
    if (text.failed)
        c->failed = true;
    buf_release(&text);
}
