#include "tui/letter.h"

static struct str words(enum text_id id)
{
    return str_of(lang_text(LANG_VI, id));
}

static void add_date(struct buf *out, civil_day t)
{
    struct civil c = civil_to_ymd(t);
    struct buf day = BUF_INIT, month = BUF_INIT, year = BUF_INIT;
    /* Decree 30/2020, Annex I, II.4: a 0 before days under 10 and months 1 and 2 */
    buf_addf(&day, "%02d", c.day);
    buf_addf(&month, c.month <= 2 ? "%02d" : "%d", c.month);
    buf_addf(&year, "%d", c.year);
    LANG_SAY(out, LANG_VI, T_tui_paper_date, buf_str(&day), buf_str(&month), buf_str(&year));
    buf_release(&day);
    buf_release(&month);
    buf_release(&year);
}

/* "17 giờ 00, ngày 20 tháng 11 năm 2026", as papers write it. */
static void add_moment(struct buf *out, civil_minute t)
{
    int minute = civil_minute_of_day(t);
    struct buf hour = BUF_INIT, rest = BUF_INIT;
    buf_addf(&hour, "%02d", minute / 60);
    buf_addf(&rest, "%02d", minute % 60);
    LANG_SAY(out, LANG_VI, T_tui_paper_hour, buf_str(&hour), buf_str(&rest));
    buf_add_z(out, ", ");
    add_date(out, civil_day_of(t));
    buf_release(&hour);
    buf_release(&rest);
}

static void paragraph(struct sheet *sheet, struct buf *b)
{
    sheet_line(sheet, 0, STYLE_PLAIN, buf_str(b));
    buf_reset(b);
}

/* The agency at the left, country and motto at the right, as Decree 30/2020 has it. */
static void head_line(struct sheet *sheet, struct str left, int left_style, struct str right, int right_style)
{
    sheet_add(sheet, 0, left_style, left);
    sheet_right(sheet, right_style, right);
    sheet_end(sheet);
}

static void write_head(struct sheet *sheet, const struct office_identity *office, const struct event *e,
                       struct buf *b)
{
    head_line(sheet, office->name, STYLE_STRONG, words(T_tui_paper_country), STYLE_STRONG);
    head_line(sheet, words(T_tui_paper_number), STYLE_PLAIN, words(T_tui_paper_motto), STYLE_STRONG);
    if (office->place.n) {
        buf_add_str(b, office->place);
        buf_add_z(b, ", ");
    }
    add_date(b, civil_day_of(e->at));
    head_line(sheet, STR_NONE, STYLE_PLAIN, buf_str(b), STYLE_PLAIN);
    buf_reset(b);
}

/* 61/2018 calls it one thing, the forms of 2025 another. */
static void write_title(struct sheet *sheet, const struct dossier *d)
{
    bool old = law_rules(civil_day_of(d->facts.received)) == RULES_61;
    struct str title = words(old ? T_tui_paper_title_61 : T_tui_paper_title_118);
    sheet_middle(sheet, STYLE_STRONG, title);
    sheet_end(sheet);
}

static void write_whom(struct sheet *sheet, const struct dossier *d, struct buf *b)
{
    LANG_SAY(b, LANG_VI, T_tui_paper_to, d->receipt.applicant.name);
    sheet_middle(sheet, STYLE_PLAIN, buf_str(b));
    sheet_end(sheet);
    sheet_end(sheet);
    buf_reset(b);
}

static void write_body(struct sheet *sheet, const struct office_identity *office, const struct dossier *d,
                       struct str procedure, const struct event *e, struct buf *b)
{
    struct buf time = BUF_INIT;
    struct str whom =
        words(d->receipt.applicant.organization ? T_tui_paper_organization : T_tui_paper_person);
    add_moment(&time, d->facts.received);
    LANG_SAY(b, LANG_VI, T_tui_paper_received, office->name, buf_str(&time), procedure,
             d->receipt.applicant.name);
    paragraph(sheet, b);
    LANG_SAY(b, LANG_VI, T_tui_paper_code, d->code);
    if (d->receipt.applicant.id_number.n) {
        buf_add_z(b, "; ");
        LANG_SAY(b, LANG_VI, T_tui_paper_id, d->receipt.applicant.id_number);
    }
    paragraph(sheet, b);
    if (e->apologized.old_due != NO_TIME) {
        buf_reset(&time);
        add_moment(&time, e->apologized.old_due);
        LANG_SAY(b, LANG_VI, T_tui_paper_old_due, buf_str(&time));
        paragraph(sheet, b);
    }
    bool solved = e->apologized.new_due == NO_TIME;
    LANG_SAY(b, LANG_VI, solved ? T_tui_paper_was_late : T_tui_paper_not_done, office->name, whom);
    paragraph(sheet, b);
    LANG_SAY(b, LANG_VI, T_tui_paper_reason, e->apologized.reason);
    paragraph(sheet, b);
    buf_reset(&time);
    if (!solved)
        add_moment(&time, e->apologized.new_due);
    LANG_SAY(b, LANG_VI, solved ? T_tui_paper_sorry_only : T_tui_paper_sorry, office->name, whom,
             buf_str(&time));
    paragraph(sheet, b);
    LANG_SAY(b, LANG_VI, T_tui_paper_hope, whom);
    paragraph(sheet, b);
    buf_release(&time);
}

void letter_write(struct sheet *sheet, const struct office *office, const struct dossier *d,
                  struct str procedure, const struct event *apology)
{
    const struct office_identity *identity = office_identity(office);
    struct buf b = BUF_INIT;
    if (identity->demo)
        sheet_line(sheet, 0, STYLE_DEMO, words(T_tui_paper_demo));
    write_head(sheet, identity, apology, &b);
    write_title(sheet, d);
    write_whom(sheet, d, &b);
    write_body(sheet, identity, d, procedure, apology, &b);
    sheet_right(sheet, STYLE_STRONG, words(T_tui_paper_signer));
    sheet_end(sheet);
    sheet_right(sheet, STYLE_PLAIN, words(T_tui_paper_sign_here));
    sheet_end(sheet);
    if (apology->apologized.signer.n) {
        sheet_end(sheet);
        sheet_right(sheet, STYLE_STRONG, apology->apologized.signer);
        sheet_end(sheet);
    }
    buf_release(&b);
}
