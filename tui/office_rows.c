#include "tui/office_rows.h"

#include "core/text.h"
#include "core/words.h"
#include "tui/columns.h"
#include "tui/office_words.h"

/* ---- cells ---- */

typedef void cell_text(const struct office_book *b, size_t i, enum lang lang, struct buf *out);

static void procedure_code(const struct office_book *b, size_t i, enum lang lang, struct buf *out)
{
    (void)lang;
    office_book_code(out, b->procedure[i].procedure.code, b->procedure[i].procedure.kase);
}

static void procedure_name(const struct office_book *b, size_t i, enum lang lang, struct buf *out)
{
    if (b->procedure[i].procedure.retired) {
        buf_add_z(out, lang_text(lang, T_tui_retired));
        buf_add_char(out, ' ');
    }
    buf_add_str(out, b->procedure[i].procedure.name);
}

static void procedure_limit(const struct office_book *b, size_t i, enum lang lang, struct buf *out)
{
    lang_limit(out, lang, &b->procedure[i].procedure.limit);
}

static void procedure_field(const struct office_book *b, size_t i, enum lang lang, struct buf *out)
{
    (void)lang;
    buf_add_str(out, b->procedure[i].procedure.field);
}

static void procedure_fee(const struct office_book *b, size_t i, enum lang lang, struct buf *out)
{
    if (b->procedure[i].procedure.fee >= 0)
        office_money(out, lang, b->procedure[i].procedure.fee);
}

static void procedure_online(const struct office_book *b, size_t i, enum lang lang, struct buf *out)
{
    if (b->procedure[i].procedure.online >= 0)
        office_offered(out, lang, b->procedure[i].procedure.online);
}

static void procedure_postal(const struct office_book *b, size_t i, enum lang lang, struct buf *out)
{
    if (b->procedure[i].procedure.postal >= 0)
        office_offered(out, lang, b->procedure[i].procedure.postal);
}

static void officer_login(const struct office_book *b, size_t i, enum lang lang, struct buf *out)
{
    (void)lang;
    buf_add_str(out, b->officer[i].officer.login);
}

static void officer_name(const struct office_book *b, size_t i, enum lang lang, struct buf *out)
{
    (void)lang;
    buf_add_str(out, b->officer[i].officer.name);
}

static void officer_role(const struct office_book *b, size_t i, enum lang lang, struct buf *out)
{
    buf_add_z(out, b->officer[i].officer.retired ? lang_text(lang, T_tui_retired_officer)
                                                 : words_role(lang, b->officer[i].officer.role));
}

static void officer_open(const struct office_book *b, size_t i, enum lang lang, struct buf *out)
{
    (void)lang;
    if (b->officer[i].open)
        buf_addf(out, "%8zu", b->officer[i].open);
}

static void officer_unit(const struct office_book *b, size_t i, enum lang lang, struct buf *out)
{
    (void)lang;
    buf_add_str(out, b->officer[i].officer.unit);
}

static void officer_title(const struct office_book *b, size_t i, enum lang lang, struct buf *out)
{
    (void)lang;
    buf_add_str(out, b->officer[i].officer.title);
}

static void day_date(const struct office_book *b, size_t i, enum lang lang, struct buf *out)
{
    lang_date(out, lang, b->day[i].day);
}

static void day_weekday(const struct office_book *b, size_t i, enum lang lang, struct buf *out)
{
    buf_add_z(out, lang_weekday(lang, civil_weekday(b->day[i].day)));
}

static void day_kind(const struct office_book *b, size_t i, enum lang lang, struct buf *out)
{
    buf_add_z(out, words_day_kind(lang, b->day[i].kind));
}

static void day_name(const struct office_book *b, size_t i, enum lang lang, struct buf *out)
{
    (void)lang;
    buf_add_str(out, b->day[i].name);
}

static void day_document(const struct office_book *b, size_t i, enum lang lang, struct buf *out)
{
    (void)lang;
    buf_add_str(out, b->day[i].document);
}

static void setting_key(const struct office_book *b, size_t i, enum lang lang, struct buf *out)
{
    (void)lang;
    buf_add_str(out, b->setting[i].key);
}

/* What is not the default any more is marked, without colours too. */
static void setting_value(const struct office_book *b, size_t i, enum lang lang, struct buf *out)
{
    const struct book_setting *s = &b->setting[i];
    buf_add_z(out, str_eq(s->value, s->standard) ? "  " : "* ");
    office_value(out, lang, s->value);
}

static void setting_meaning(const struct office_book *b, size_t i, enum lang lang, struct buf *out)
{
    office_meaning(out, lang, b->setting[i].meaning);
}

/* ---- columns ---- */

struct part_column {
    enum text_id heading;
    struct column column;
    cell_text *text;
};

static const struct part_column parts[OFFICE_PARTS][OFFICE_COLUMNS] = {
    [PART_PROCEDURES] =
        {
            {T_tui_column_procedure_code, {11, 14, 1}, procedure_code},
            {T_tui_column_procedure_name, {34, 80, 2}, procedure_name},
            {T_tui_column_limit, {17, 20, 3}, procedure_limit},
            {T_tui_column_field, {16, 36, 4}, procedure_field},
            {T_tui_column_fee, {10, 12, 6}, procedure_fee},
            {T_tui_column_online, {10, 10, 7}, procedure_online},
            {T_tui_column_postal, {9, 9, 7}, procedure_postal},
        },
    [PART_PEOPLE] =
        {
            {T_tui_column_login, {13, 20, 1}, officer_login},
            {T_tui_column_name, {18, 30, 2}, officer_name},
            {T_tui_column_role, {20, 20, 3}, officer_role},
            {T_tui_column_open, {8, 8, 4}, officer_open},
            {T_tui_column_unit, {14, 50, 5}, officer_unit},
            {T_tui_column_title, {14, 50, 6}, officer_title},
        },
    [PART_DAYS] =
        {
            {T_tui_column_date, {10, 10, 1}, day_date},
            {T_tui_column_weekday, {8, 9, 2}, day_weekday},
            {T_tui_column_kind, {20, 20, 3}, day_kind},
            {T_tui_column_day_name, {28, 50, 4}, day_name},
            {T_tui_column_document, {12, 90, 5}, day_document},
        },
    [PART_SETTINGS] =
        {
            {T_tui_column_meaning, {34, 100, 1}, setting_meaning},
            {T_tui_column_value, {16, 60, 2}, setting_value},
            {T_tui_column_key, {24, 28, 3}, setting_key},
        },
};

static int columns_of(enum office_part part)
{
    int n = 0;
    while (n < OFFICE_COLUMNS && parts[part][n].text)
        n++;
    return n;
}

static int widest(const struct office_book *b, enum office_part part, int column, int least, int most)
{
    struct buf text = BUF_INIT;
    int width = least;
    for (size_t i = 0; i < b->count[part]; i++) {
        buf_reset(&text);
        parts[part][column].text(b, i, LANG_VI, &text);
        int columns = text_columns(buf_str(&text));
        width = columns > width ? columns : width;
    }
    buf_release(&text);
    return width < most ? width : most;
}

struct office_layout office_layout_of(enum office_part part, const struct office_book *b, int column,
                                      int room)
{
    struct office_layout l = {.part = part, .column = column};
    struct column column_of[OFFICE_COLUMNS];
    int n = columns_of(part);
    for (int i = 0; i < n; i++) {
        column_of[i] = parts[part][i].column;
        if (i == 0 && part != PART_SETTINGS)
            column_of[i].least = widest(b, part, i, column_of[i].least, column_of[i].most);
    }
    if (part == PART_PROCEDURES && room / 2 - 5 > column_of[1].least) /* the name before what few have */
        column_of[1].least = room / 2 - 5 < column_of[1].most ? room / 2 - 5 : column_of[1].most;
    if (part == PART_DAYS && room < 70)
        column_of[3].least = 17;
    if (part == PART_SETTINGS) /* a value is shown whole where there is room; most are a few characters */
        column_of[1].most = widest(b, part, 1, column_of[1].least, room < 110 ? 16 : room / 3);
    if (part == PART_SETTINGS) /* what it means before the key that scripts know it by */
        column_of[0].least = widest(b, part, 0, column_of[0].least, 60);
    columns_fit(column_of, n, room, l.width);
    return l;
}

void office_heading_draw(struct canvas *c, int row, const struct office_layout *l, enum lang lang)
{
    int column = l->column;
    for (int i = 0; i < columns_of(l->part); i++) {
        if (!l->width[i])
            continue;
        int in = parts[l->part][i].text == setting_value ? 2 : 0; /* behind the mark */
        canvas_cell(c, row, column + in, l->width[i] - in, STYLE_DIM,
                    str_of(lang_text(lang, parts[l->part][i].heading)));
        column += l->width[i] + 1;
    }
}

static int style_of(enum office_part part, const struct office_book *b, size_t i)
{
    switch (part) {
    case PART_PROCEDURES: return b->procedure[i].procedure.retired ? STYLE_DIM : STYLE_PLAIN;
    case PART_PEOPLE: return b->officer[i].officer.retired ? STYLE_DIM : STYLE_PLAIN;
    case PART_DAYS:
        return b->day[i].kind == DAY_COMPUTED ? STYLE_TODAY
               : b->day[i].kind == DAY_WORKED ? STYLE_STRONG
                                              : STYLE_PLAIN;
    default: return str_eq(b->setting[i].value, b->setting[i].standard) ? STYLE_PLAIN : STYLE_STRONG;
    }
}

void office_row_draw(struct canvas *c, int row, const struct office_layout *l, const struct office_book *b,
                     size_t index, enum lang lang, bool selected)
{
    struct buf text = BUF_INIT;
    int column = l->column, style = style_of(l->part, b, index);
    for (int i = 0; i < columns_of(l->part); i++) {
        if (!l->width[i])
            continue;
        buf_reset(&text);
        parts[l->part][i].text(b, index, lang, &text);
        canvas_cell(c, row, column, l->width[i], style, buf_str(&text));
        column += l->width[i] + 1;
    }
    if (selected)
        canvas_select(c, row, l->column, column - l->column - 1);
    buf_release(&text);
}
