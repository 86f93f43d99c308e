#include "cli/cells.h"

#include "core/names.h"
#include "core/words.h"

enum paint status_paint(enum status status)
{
    switch (status) {
    case STATUS_OVERDUE:
    case STATUS_LATE: return PAINT_RED;
    case STATUS_DUE_TODAY:
    case STATUS_DUE_SOON: return PAINT_YELLOW;
    case STATUS_EARLY:
    case STATUS_ON_TIME: return PAINT_GREEN;
    default: return PAINT_NONE;
    }
}

struct str holder_name(const struct cli *c, struct str login)
{
    const struct officer *o = office_find_officer(c->office, login);
    return o && o->name.n ? o->name : login;
}

struct str holder_or_unit(const struct cli *c, struct str login, struct str unit)
{
    return login.n ? holder_name(c, login) : unit;
}

struct str procedure_title(const struct cli *c, const struct row *row)
{
    const struct procedure *p = office_procedure_by_number(c->office, row->facts.procedure);
    struct str name = p ? p->name : STR_NONE;
    struct dossier d;
    if (!name.n && !row->procedure.n && view_dossier(c->view, row->facts.id, &d))
        name = d.title; /* rows do not carry it: few have one */
    return name.n ? name : row->procedure;
}

void short_title(const struct cli *c, struct buf *out, const struct row *row)
{
    struct str title = procedure_title(c, row);
    if (is_narrow(c))
        title_short(out, title);
    else
        buf_add_str(out, title);
}

void money_words(const struct cli *c, struct buf *out, int64_t vnd)
{
    struct buf digits = BUF_INIT, grouped = BUF_INIT;
    buf_add_int(&digits, vnd);
    for (size_t i = 0; i < digits.n; i++) {
        if (i && (digits.n - i) % 3 == 0)
            buf_add_char(&grouped, c->lang == LANG_VI ? '.' : ',');
        buf_add_char(&grouped, digits.p[i]);
    }
    LANG_SAY(out, c->lang, T_cli_money, buf_str(&grouped));
    out->failed = out->failed || digits.failed || grouped.failed;
    buf_release(&digits);
    buf_release(&grouped);
}

const char *collect_word(const struct cli *c, enum channel collect)
{
    return collect == CHANNEL_DIRECT ? cli_text(c, T_cli_at_desk) : words_channel(c->lang, collect);
}

/* Without the year on a narrow terminal where it is this one. */
static void short_day(const struct cli *c, struct buf *out, civil_day day, civil_day today)
{
    enum { YEAR = 5 }; /* "/2026" behind, "2026-" before */
    struct buf date = BUF_INIT;
    bool this_year = civil_to_ymd(day).year == civil_to_ymd(today).year;
    lang_date(&date, c->lang, day);
    struct str text = buf_str(&date);
    if (this_year && is_narrow(c))
        text = c->lang == LANG_VI ? str_first(text, text.n - YEAR) : str_from(text, YEAR);
    buf_add_str(out, text);
    buf_release(&date);
}

void short_time(const struct cli *c, struct buf *out, civil_minute t, bool in_hours, civil_day today)
{
    if (t == NO_TIME || !is_narrow(c)) {
        lang_time(out, c->lang, t);
        return;
    }
    short_day(c, out, civil_day_of(t), today);
    if (in_hours) {
        char hm[CIVIL_TEXT];
        buf_add_char(out, ' ');
        buf_add_z(out, civil_hm(hm, civil_minute_of_day(t)));
    }
}

void short_due(const struct cli *c, struct buf *out, const struct facts *f, civil_day today)
{
    if (!state_is_waiting(f->state)) {
        short_time(c, out, f->due, f->in_hours, today);
        return;
    }
    struct buf since = BUF_INIT;
    short_time(c, &since, f->waiting_since, false, today);
    LANG_SAY(out, c->lang, T_cli_since, buf_str(&since));
    buf_release(&since);
}

static void add_number(struct cli *c, struct buf *out, enum text_id one, enum text_id many, uint32_t n)
{
    struct buf number = BUF_INIT;
    buf_add_int(&number, n);
    LANG_SAY(out, c->lang, n == 1 ? one : many, buf_str(&number));
    buf_release(&number);
}

void status_words(struct cli *c, struct buf *out, const struct judge *judge, const struct facts *f,
                  uint32_t late_days)
{
    enum status status = status_of(judge, f);
    uint32_t late = late_days_now(judge, f, late_days);
    bool moved = status == STATUS_ON_TRACK && is_rescheduled(judge, f);
    if (status == STATUS_WAITING)
        buf_add_z(out, cli_text(c, f->state == STATE_WAITING ? T_cli_waits_supplement : T_cli_waits_payment));
    else
        buf_add_z(out, moved ? words_group(c->lang, GROUP_RESCHEDULED) : words_status(c->lang, status));
    bool says_late = status == STATUS_OVERDUE || status == STATUS_LATE;
    if (late && says_late) {
        buf_add_char(out, ' ');
        add_number(c, out, T_cli_late_day, T_cli_late_days, late);
    } else if (late && (status == STATUS_WAITING || status == STATUS_WITHDRAWN || status == STATUS_STOPPED)) {
        add_number(c, out, T_cli_also_late_day, T_cli_also_late_days, late);
    }
    if (f->insisted)
        buf_add_z(out, " (!)");
}

enum { NARROW = 110 };

bool is_narrow(const struct cli *c)
{
    return c->columns && c->columns < NARROW;
}

struct str short_code(const struct cli *c, struct str code)
{
    struct str agency = office_identity(c->office)->agency;
    bool ours = agency.n && str_starts(code, agency) && code.n > agency.n + 4 && code.p[agency.n] == '-';
    return ours ? str_from(code, agency.n + 1) : code;
}
