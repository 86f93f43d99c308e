#include "tui/office_detail.h"

#include "core/step.h"
#include "core/text.h"
#include "core/words.h"
#include "tui/keys.h"
#include "tui/office_words.h"

int office_detail_rows(enum office_part part)
{
    static const int rows[OFFICE_PARTS] = {
        [PART_PROCEDURES] = 6, [PART_PEOPLE] = 4, [PART_DAYS] = 3, [PART_SETTINGS] = 4};
    return rows[part];
}

/* At most so many rows, the last one with an ellipsis where there is more. Returns the rows taken. */
static int draw_text(struct canvas *c, struct area a, int rows, int style, struct str text)
{
    int r = 0;
    for (size_t skip; text.n && r < rows && r < a.rows; r++) {
        size_t n = text_wrap(text, a.columns, &skip);
        if ((r == rows - 1 || r == a.rows - 1) && skip < text.n)
            n = text.n;
        canvas_text(c, a.row + r, a.column, a.columns, style, str_first(text, n));
        text = str_from(text, skip);
    }
    return r;
}

static struct area below(struct area a, int rows)
{
    return (struct area){a.row + rows, a.column, a.rows - rows, a.columns};
}

static void say_number(struct buf *out, enum lang lang, enum text_id id, size_t n)
{
    struct buf number = BUF_INIT;
    buf_add_int(&number, (int64_t)n);
    LANG_SAY(out, lang, id, buf_str(&number));
    buf_release(&number);
}

/* "Quy trình nội bộ: Tiếp nhận (0,5 ngày làm việc) → Thẩm định …" */
static void say_steps(struct buf *out, const struct book_procedure *row, enum lang lang)
{
    struct step step[STEPS_MAX];
    struct buf all = BUF_INIT;
    size_t count = steps_unpack(row->steps, step);
    for (size_t i = 0; i < count; i++) {
        if (i)
            buf_add_z(&all, " → ");
        buf_add_str(&all, step[i].name);
        if (step[i].limit.kind == LIMIT_NONE)
            continue;
        buf_add_z(&all, " (");
        lang_limit(&all, lang, &step[i].limit);
        buf_add_char(&all, ')');
    }
    struct key key;
    if (!count && keys_of(ACTION_steps, 0, &key))
        key_name(&all, &key);
    LANG_SAY(out, lang,
             !count          ? T_tui_detail_no_steps
             : row->inherits ? T_tui_detail_steps_case
                             : T_tui_detail_steps,
             buf_str(&all));
    buf_release(&all);
}

static void draw_procedure(struct canvas *c, struct area a, const struct book_procedure *row, enum lang lang)
{
    const struct procedure *p = &row->procedure;
    struct buf text = BUF_INIT, limit = BUF_INIT, fee = BUF_INIT, online = BUF_INIT, postal = BUF_INIT;
    int used = draw_text(c, a, 2, STYLE_STRONG, p->name);
    office_limit(&limit, lang, p);
    office_fee(&fee, lang, p->fee);
    office_offered(&online, lang, p->online);
    office_offered(&postal, lang, p->postal);
    LANG_SAY(&text, lang, T_tui_detail_procedure, p->field, buf_str(&limit), buf_str(&fee));
    buf_add_char(&text, ' ');
    LANG_SAY(
        &text, lang, T_tui_detail_offered, buf_str(&online), buf_str(&postal),
        str_of(p->clock == CLOCK_UNSET ? lang_text(lang, T_tui_clock_setting) : words_clock(lang, p->clock)));
    if (row->cases) {
        buf_add_char(&text, ' ');
        say_number(&text, lang, row->cases == 1 ? T_tui_detail_case : T_tui_detail_cases, row->cases);
    }
    used += draw_text(c, below(a, used), a.rows - used - 1, STYLE_PLAIN, buf_str(&text));
    buf_reset(&text);
    say_steps(&text, row, lang);
    draw_text(c, below(a, used), a.rows - used, row->steps.n ? STYLE_PLAIN : STYLE_DIM, buf_str(&text));
    buf_release(&text);
    buf_release(&limit);
    buf_release(&fee);
    buf_release(&online);
    buf_release(&postal);
}

static void draw_officer(struct canvas *c, struct area a, const struct book_officer *row, enum lang lang)
{
    struct buf text = BUF_INIT;
    buf_add_z(&text, words_role(lang, row->officer.role));
    buf_add_z(&text, ": ");
    buf_add_z(&text, lang_text(lang, office_role_text(row->officer.role)));
    int used = draw_text(c, a, 2, STYLE_PLAIN, buf_str(&text));
    buf_reset(&text);
    if (row->open)
        say_number(&text, lang, row->open == 1 ? T_tui_holds_open_one : T_tui_holds_open, row->open);
    else
        buf_add_z(&text, lang_text(lang, T_tui_holds_none));
    draw_text(c, below(a, used), 1, STYLE_PLAIN, buf_str(&text));
    buf_release(&text);
}

static void draw_day(struct canvas *c, struct area a, const struct office_day *day, enum lang lang)
{
    struct buf text = BUF_INIT;
    if (day->kind == DAY_COMPUTED)
        buf_add_z(&text, lang_text(lang, T_tui_detail_computed));
    else {
        buf_add_str(&text, day->name);
        if (day->document.n) {
            buf_add_z(&text, ". ");
            LANG_SAY(&text, lang, T_tui_detail_document, day->document);
        }
    }
    draw_text(c, a, 2, STYLE_PLAIN, buf_str(&text));
    buf_release(&text);
}

static void draw_setting(struct canvas *c, struct area a, const struct book_setting *s, enum lang lang)
{
    struct buf text = BUF_INIT, standard = BUF_INIT, allowed = BUF_INIT;
    office_meaning(&text, lang, s->meaning);
    int used = draw_text(c, a, 2, STYLE_STRONG, buf_str(&text));
    buf_reset(&text);
    office_value(&standard, lang, s->standard);
    office_allowed(&allowed, lang, settings_find(s->key));
    LANG_SAY(&text, lang, T_tui_detail_setting, buf_str(&standard), buf_str(&allowed));
    draw_text(c, below(a, used), 2, STYLE_PLAIN, buf_str(&text));
    buf_release(&standard);
    buf_release(&allowed);
    buf_release(&text);
}

void office_detail_draw(struct canvas *c, struct area a, const struct office_book *b, enum office_part part,
                        size_t index, enum lang lang)
{
    canvas_rule(c, a.row, a.column, a.columns, STYLE_DIM);
    struct area inner = below(a, 1);
    if (index >= b->count[part])
        return;
    switch (part) {
    case PART_PROCEDURES: draw_procedure(c, inner, &b->procedure[index], lang); break;
    case PART_PEOPLE: draw_officer(c, inner, &b->officer[index], lang); break;
    case PART_DAYS: draw_day(c, inner, &b->day[index], lang); break;
    default: draw_setting(c, inner, &b->setting[index], lang);
    }
}

int office_year_draw(struct canvas *c, struct area a, const struct office_book *b, enum lang lang)
{
    struct buf text = BUF_INIT;
    bool known = b->year >= b->known.first && b->year <= b->known.last;
    buf_addf(&text, "← %d →", b->year);
    int k = a.column + canvas_text(c, a.row, a.column, a.columns, STYLE_STRONG, buf_str(&text)) + 2;
    buf_reset(&text);
    say_number(&text, lang, T_tui_year_working, (size_t)b->working_days);
    k += canvas_text(c, a.row, k, a.columns - k, STYLE_PLAIN, buf_str(&text));
    buf_reset(&text);
    buf_add_z(&text, " · ");
    buf_add_z(&text, lang_text(lang, known ? T_tui_year_known : T_tui_year_unknown));
    canvas_text(c, a.row, k, a.columns - k, known ? STYLE_PLAIN : STYLE_TODAY, buf_str(&text));
    buf_reset(&text);
    struct buf spans = BUF_INIT, weekdays = BUF_INIT;
    office_spans(&spans, &b->hours);
    office_weekdays(&weekdays, lang, b->hours.weekdays);
    LANG_SAY(&text, lang, T_tui_hours_now, buf_str(&weekdays), buf_str(&spans));
    if (b->next.span_count) {
        buf_add_z(&text, "; ");
        office_hours_change(&text, lang, &b->next);
    }
    buf_release(&spans);
    buf_release(&weekdays);
    int rows = 1 + draw_text(c, below(a, 1), 2, STYLE_PLAIN, buf_str(&text));
    buf_release(&text);
    return rows;
}
