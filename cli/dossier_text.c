#include "cli/dossier_text.h"

#include "cli/dossier_json.h"
#include "core/mask.h"
#include "core/text.h"
#include "core/wire.h"
#include "core/words.h"

/* ---- cells ---- */

void status_words(struct cli *c, struct buf *out, const struct judge *judge, const struct facts *f,
                  uint32_t late_days)
{
    enum status status = status_of(judge, f);
    uint32_t late = late_days_now(judge, f, late_days);
    bool moved = status == STATUS_ON_TRACK && is_rescheduled(judge, f);
    buf_add_z(out, moved ? words_group(c->lang, GROUP_RESCHEDULED) : words_status(c->lang, status));
    if (!late || (status != STATUS_OVERDUE && status != STATUS_LATE))
        return;
    struct buf days = BUF_INIT;
    buf_add_int(&days, late);
    buf_add_char(out, ' ');
    LANG_SAY(out, c->lang, late == 1 ? T_cli_late_day : T_cli_late_days, buf_str(&days));
    buf_release(&days);
}

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

struct str procedure_title(const struct cli *c, const struct row *row)
{
    const struct str usual = STR("Thủ tục ");
    const struct procedure *p = office_procedure_by_number(c->office, row->facts.procedure);
    if (!p || !p->name.n)
        return row->procedure;
    return is_narrow(c) && str_starts(p->name, usual) ? str_from(p->name, usual.n) : p->name;
}

void short_time(const struct cli *c, struct buf *out, civil_minute t, bool in_hours, civil_day today)
{
    enum { YEAR = 5 }; /* "/2026" behind, "2026-" before */
    struct buf date = BUF_INIT;
    if (t == NO_TIME || !is_narrow(c)) {
        lang_time(out, c->lang, t);
        return;
    }
    civil_day day = civil_day_of(t);
    bool this_year = civil_to_ymd(day).year == civil_to_ymd(today).year;
    lang_date(&date, c->lang, day);
    struct str text = buf_str(&date);
    if (this_year)
        text = c->lang == LANG_VI ? str_first(text, text.n - YEAR) : str_from(text, YEAR);
    buf_add_str(out, text);
    if (in_hours) {
        char hm[CIVIL_TEXT];
        buf_add_char(out, ' ');
        buf_add_z(out, civil_hm(hm, civil_minute_of_day(t)));
    }
    buf_release(&date);
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

/* ---- the line ---- */

void dossier_line(struct cli *c, const struct dossier *d, const struct judge *judge)
{
    const struct facts *f = &d->facts;
    struct buf due = BUF_INIT, status = BUF_INIT, line = BUF_INIT;
    struct procedure p;
    dossier_procedure(c, d, &p);
    lang_time(&due, c->lang, f->due);
    status_words(c, &status, judge, f, d->late.statutory);
    LANG_SAY(&line, c->lang, T_cli_line, d->code, buf_str(&due), buf_str(&status));
    buf_add_z(&line, "  ");
    LANG_SAY(&line, c->lang, T_cli_line_who, d->receipt.applicant.name, holder_name(c, d->officer),
             p.name.n ? p.name : p.code);
    text_cell(&c->out, buf_str(&line), c->columns ? c->columns : INT32_MAX, false);
    buf_add_char(&c->out, '\n');
    if (f->provisional && state_is_open(f->state)) {
        buf_add_z(&c->out, cli_text(c, T_core_provisional));
        buf_add_char(&c->out, '\n');
    }
    c->out.failed = c->out.failed || line.failed || due.failed || status.failed;
    buf_release(&due);
    buf_release(&status);
    buf_release(&line);
}

/* ---- the page ---- */

enum { LABEL = 20, INDENT = 2, EVENT_AT = 20 };

struct page {
    struct cli *c;
    const struct dossier *d;
    const struct reading *r;
    struct buf text; /* for making values */
};

static void add_blanks(struct buf *out, int n)
{
    for (int i = 0; i < n; i++)
        buf_add_char(out, ' ');
}

/* A text from column `at` on, wrapped on a terminal, its further lines at the same column. */
static void add_wrapped(struct cli *c, struct str text, int at)
{
    int room = c->columns ? c->columns - at : INT32_MAX;
    for (bool first = true; text.n; first = false) {
        size_t skip, n = text_wrap(text, room, &skip);
        if (!first)
            add_blanks(&c->out, at);
        text_safe(&c->out, str_first(text, n), false);
        buf_add_char(&c->out, '\n');
        text = str_from(text, skip);
    }
}

/* A label and its value, wrapped on a terminal, each line of a note below the other; nothing for an absent
 * value. */
static void put(struct page *p, enum text_id label, struct str value)
{
    struct cli *c = p->c;
    if (!value.n)
        return;
    add_blanks(&c->out, INDENT);
    text_cell(&c->out, str_of(cli_text(c, label)), LABEL, true);
    add_wrapped(c, value, INDENT + LABEL);
}

static void put_made(struct page *p, enum text_id label)
{
    put(p, label, buf_str(&p->text));
    p->c->out.failed = p->c->out.failed || p->text.failed;
    buf_reset(&p->text);
}

static void put_time(struct page *p, enum text_id label, civil_minute t)
{
    if (t == NO_TIME)
        return;
    lang_time(&p->text, p->c->lang, t);
    put_made(p, label);
}

static void put_personal(struct page *p, enum text_id label, struct str value)
{
    if (p->r->unmask) {
        put(p, label, value);
        return;
    }
    mask_number(&p->text, value, false);
    put_made(p, label);
}

static void add_part(struct page *p, struct str part)
{
    if (!part.n)
        return;
    buf_add_z(&p->text, p->text.n ? " · " : "");
    buf_add_str(&p->text, part);
}

static void put_procedure(struct page *p)
{
    const struct dossier *d = p->d;
    struct procedure known;
    dossier_procedure(p->c, d, &known);
    buf_add_str(&p->text, d->receipt.procedure.code);
    if (d->receipt.procedure.kase.n) {
        buf_add_char(&p->text, '#');
        buf_add_str(&p->text, d->receipt.procedure.kase);
    }
    add_part(p, known.name);
    put_made(p, T_cli_label_procedure);
    put(p, T_cli_label_field, known.field);
}

static void put_applicant(struct page *p)
{
    const struct applicant *a = &p->d->receipt.applicant;
    buf_add_str(&p->text, a->name);
    if (a->organization)
        add_part(p, str_of(cli_text(p->c, T_cli_organization)));
    if (a->outside)
        add_part(p, str_of(cli_text(p->c, T_cli_outside)));
    put_made(p, T_cli_label_applicant);
    put_personal(p, T_cli_label_id_number, a->id_number);
    put_personal(p, T_cli_label_phone, a->phone);
    put_personal(p, T_cli_label_email, a->email);
    put(p, T_cli_label_address, a->address);
    put(p, T_cli_label_submitter, p->d->receipt.submitter);
    put(p, T_cli_label_authority, p->d->receipt.authority);
}

static void put_components(struct page *p)
{
    size_t at = 0;
    int64_t n = 0;
    struct str item;
    while (wire_list_next(p->d->receipt.components, &at, &item)) {
        buf_add_z(&p->text, n ? "\n" : "");
        buf_add_int(&p->text, ++n);
        buf_add_z(&p->text, ". ");
        buf_add_str(&p->text, item);
    }
    put_made(p, T_cli_label_components);
}

static void put_times(struct page *p)
{
    const struct dossier *d = p->d;
    const struct facts *f = &d->facts;
    enum lang lang = p->c->lang;
    lang_limit(&p->text, lang, &d->receipt.limit);
    put_made(p, T_cli_label_limit);
    if (d->receipt.submitted != f->received)
        put_time(p, T_cli_label_submitted, d->receipt.submitted);
    lang_time(&p->text, lang, f->received);
    add_part(p, str_of(words_channel(lang, f->channel)));
    add_part(p, holder_name(p->c, d->receiver));
    put_made(p, T_cli_label_received);
    if (f->statutory_due != f->due)
        put_time(p, T_cli_label_statutory, f->statutory_due);
    lang_time(&p->text, lang, f->due);
    if (f->provisional)
        add_part(p, str_of(cli_text(p->c, T_core_provisional)));
    put_made(p, T_cli_label_due);
}

static void put_standing(struct page *p)
{
    struct cli *c = p->c;
    const struct dossier *d = p->d;
    const struct facts *f = &d->facts;
    buf_add_z(&p->text, words_state(c->lang, f->state));
    buf_add_z(&p->text, " · ");
    status_words(c, &p->text, &p->r->judge, f, d->late.statutory);
    put_made(p, T_cli_label_status);
    buf_add_str(&p->text, holder_name(c, d->officer));
    add_part(p, d->unit);
    put_made(p, T_cli_label_holder);
}

static void put_apology(struct page *p)
{
    struct cli *c = p->c;
    const struct apology *a = &p->d->apology;
    if (!a->number)
        return;
    int kept = apology_kept(p->d);
    apology_number(&p->text, a->number);
    buf_add_z(&p->text, ", ");
    lang_time(&p->text, c->lang, a->issued);
    add_part(p, str_of(cli_text(c, a->in_time ? T_cli_letter_in_time : T_cli_letter_late)));
    if (kept >= 0)
        add_part(p, str_of(cli_text(c, kept ? T_cli_letter_kept : T_cli_letter_broken)));
    buf_add_char(&p->text, '\n');
    buf_add_str(&p->text, a->reason);
    put_made(p, T_cli_label_apology);
    put(p, T_cli_label_signer, a->signer);
}

static void put_result(struct page *p)
{
    struct cli *c = p->c;
    const struct dossier *d = p->d;
    if (d->facts.resolved != NO_TIME) {
        lang_time(&p->text, c->lang, d->facts.resolved);
        add_part(p, str_of(words_ended_how(c->lang, d->facts.ended_how)));
        add_part(p, d->result);
        put_made(p, T_cli_label_resolved);
    }
    if (d->facts.returned != NO_TIME) {
        lang_time(&p->text, c->lang, d->facts.returned);
        add_part(p, str_of(words_channel(c->lang, d->return_channel)));
        add_part(p, d->returned_to);
        put_made(p, T_cli_label_returned);
    }
}

/* What an event adds to its name. */
static void add_event_words(struct page *p, const struct event *e)
{
    struct cli *c = p->c;
    switch (e->kind) {
    case EVENT_RECEIVED:
        add_part(p, str_of(cli_text(c, T_cli_label_due)));
        buf_add_char(&p->text, ' ');
        lang_time(&p->text, c->lang, e->received.appointment.due);
        break;
    case EVENT_TRANSFERRED:
        add_part(p, holder_name(c, e->transferred.to));
        add_part(p, e->transferred.unit);
        add_part(p, e->transferred.step);
        add_part(p, e->transferred.note);
        break;
    case EVENT_APOLOGIZED:
        buf_add_z(&p->text, " · ");
        apology_number(&p->text, e->apologized.number);
        if (e->apologized.new_due != NO_TIME) {
            add_part(p, str_of(cli_text(c, T_cli_new_due)));
            buf_add_char(&p->text, ' ');
            lang_time(&p->text, c->lang, e->apologized.new_due);
        }
        add_part(p, e->apologized.reason);
        break;
    case EVENT_RESOLVED: add_part(p, e->resolved.result); break;
    case EVENT_RETURNED:
        add_part(p, str_of(words_channel(c->lang, e->returned.channel)));
        add_part(p, e->returned.to);
        break;
    case EVENT_REFUSED: add_part(p, e->ended.reason); break;
    default: break;
    }
}

static bool put_event(void *arg, const struct event *e)
{
    struct page *p = arg;
    struct cli *c = p->c;
    civil_minute recorded = civil_from_utc(e->recorded_at, c->offset);
    add_blanks(&c->out, INDENT);
    lang_time(&p->text, c->lang, e->at);
    text_cell(&c->out, buf_str(&p->text), EVENT_AT - INDENT, true);
    buf_reset(&p->text);
    buf_add_z(&p->text, words_event(c->lang, e->kind));
    add_event_words(p, e);
    add_part(p, holder_name(c, e->by));
    if (recorded != e->at) {
        add_part(p, str_of(cli_text(c, T_cli_recorded_at)));
        buf_add_char(&p->text, ' ');
        lang_time(&p->text, c->lang, recorded);
    }
    add_wrapped(c, buf_str(&p->text), EVENT_AT);
    c->out.failed = c->out.failed || p->text.failed;
    buf_reset(&p->text);
    return true;
}

void dossier_page(struct cli *c, const struct dossier *d, const struct reading *r)
{
    struct page p = {.c = c, .d = d, .r = r};
    paint_begin(c, PAINT_BOLD);
    text_safe(&c->out, d->code, false);
    paint_end(c, PAINT_BOLD);
    buf_add_char(&c->out, '\n');
    put_procedure(&p);
    put_applicant(&p);
    put_components(&p);
    put_times(&p);
    put_standing(&p);
    put_apology(&p);
    put_result(&p);
    put(&p, T_cli_label_note, d->receipt.note);
    CLI_LINE(c, T_cli_history, STR_NONE);
    view_history(c->view, d, put_event, &p);
    buf_release(&p.text);
}
