/* Which were late in the period, how late, why, whose. For inside: it names the applicants. */
#include "core/report_delay.h"

#include "core/mask.h"
#include "core/report_groups.h"
#include "core/report_names.h"
#include "core/words.h"
#include <stdlib.h>

/* What is kept of a late one; texts in m->text. */
struct late_row {
    struct late_row *next;
    uint64_t id;
    struct str code, procedure, applicant, phone, letter, reason, whose, unit, steps;
    civil_minute received, statutory_due, promised_due, solved;
    uint32_t days;
    bool has_letter, in_time;
    enum excuse excuse;
    bool alert; /* nobody said why */
};

/* By reason, by whoever had it. */
struct late_counts {
    uint64_t late, good, not_good, unjudged, without, days;
    struct str whose, unit;
};

struct late_sums {
    struct late_row *row; /* newest first */
    size_t count;
    struct report_groups reasons, holders;
    uint64_t solved, open, waiting, before, without;
};

static bool begin(struct report_maker *m)
{
    struct late_sums *s = arena_alloc(&m->text, sizeof *s);
    m->state = s;
    if (!s)
        return false;
    s->reasons.size = s->holders.size = sizeof(struct late_counts);
    return true;
}

static enum report_need look(struct report_maker *m, const struct facts *f)
{
    return delay_is_possible(m, f, m->basis) ? NEED_HISTORY : NEED_NOTHING;
}

/* ---- texts ---- */

static struct str say_phone(struct report_maker *m, const struct dossier *d)
{
    struct buf said = BUF_INIT;
    mask_number(&said, d->receipt.applicant.phone, m->request.unmask);
    return report_keep(m, &said);
}

/* "07/PXL ngày 20/11/2026" */
static struct str say_letter(struct report_maker *m, const struct apology *letter)
{
    struct buf number = BUF_INIT, day = BUF_INIT, said = BUF_INIT;
    if (!letter->number)
        return STR_NONE;
    apology_number(&number, letter->number);
    lang_date(&day, m->request.lang, civil_day_of(letter->issued));
    LANG_SAY(&said, m->request.lang, T_report_letter_of, buf_str(&number), buf_str(&day));
    m->failed = m->failed || number.failed || day.failed;
    buf_release(&number);
    buf_release(&day);
    return report_keep(m, &said);
}

/* The letter's reason, else the category and its text. Whatever was said since is said too. */
static struct str say_reason(struct report_maker *m, const struct dossier *d)
{
    const struct late_reason *r = &d->late_reason;
    struct buf said = BUF_INIT;
    if (d->apology.number && d->apology.reason.n) {
        buf_add_str(&said, d->apology.reason);
    } else {
        buf_add_z(&said, words_late_category(m->request.lang, r->category));
        if (r->category != LATE_UNSAID && r->reason.n) {
            buf_add_z(&said, ": ");
            buf_add_str(&said, r->reason);
        }
    }
    return report_keep(m, &said);
}

static struct str stage_holder(const struct report_maker *m, const struct stage *s)
{
    return report_holder(m, s->holder, s->unit);
}

/* "Thẩm định (Nguyễn Văn A): 1,25 ngày; …" */
static struct str say_steps(struct report_maker *m, const struct stages *stages)
{
    struct buf said = BUF_INIT;
    for (size_t i = 0; i < stages->count; i++) {
        const struct stage *s = &stages->stage[i];
        struct buf days = BUF_INIT;
        if (s->result != STAGE_LATE && s->result != STAGE_OVERDUE)
            continue;
        delay_say_days(m, &days, s->late_minutes);
        buf_add_z(&said, said.n ? "; " : "");
        if (s->step.n)
            LANG_SAY(&said, m->request.lang, T_report_late_step, s->step, stage_holder(m, s), buf_str(&days));
        else
            LANG_SAY(&said, m->request.lang, T_report_late_stage, stage_holder(m, s), buf_str(&days));
        m->failed = m->failed || days.failed;
        buf_release(&days);
    }
    return report_keep(m, &said);
}

/* ---- one late dossier ---- */

static void count(struct late_counts *c, const struct dossier *d, uint32_t days)
{
    c->late++;
    c->good += d->late_reason.excuse == EXCUSE_GOOD;
    c->not_good += d->late_reason.excuse == EXCUSE_NOT_GOOD;
    c->unjudged += d->late_reason.excuse == EXCUSE_UNSAID;
    c->without += delay_has_no_reason(d);
    c->days += days;
}

static void count_reason(struct report_maker *m, const struct dossier *d, uint32_t days)
{
    struct late_sums *s = m->state;
    struct str label =
        str_of(d->apology.number ? lang_text(m->request.lang, T_report_late_by_letter)
                                 : words_late_category(m->request.lang, d->late_reason.category));
    count(report_group_of(m, &s->reasons, label, label), d, days);
}

/* An officer with the unit that answers for it: one who works for two stands twice. */
static void count_holder(struct report_maker *m, const struct dossier *d, const struct late_row *row,
                         struct str login)
{
    struct late_sums *s = m->state;
    struct buf key = BUF_INIT;
    buf_add_str(&key, login);
    buf_add_z(&key, "/");
    buf_add_str(&key, row->unit);
    struct late_counts *c = report_group_of(m, &s->holders, buf_str(&key), row->whose);
    c->whose = row->whose;
    c->unit = row->unit;
    count(c, d, row->days);
    m->failed = m->failed || key.failed;
    buf_release(&key);
}

/* Whose it is, and which of its steps overran. */
static struct str say_whose(struct report_maker *m, const struct report_item *item, const struct delay *late,
                            struct late_row *row)
{
    struct stages stages;
    delay_stages(m, item, &stages);
    const struct stage *s = delay_stage(&stages, late->lapsed);
    struct str login = s ? s->holder : late->then.officer;
    struct str unit = s ? s->unit : dossier_resolving_unit(&late->then);
    row->whose = arena_str(&m->text, login.n ? report_officer_label(m, login) : STR_NONE);
    row->unit = arena_str(&m->text, report_unit_of(m, login, unit));
    row->steps = say_steps(m, &stages);
    stages_release(&stages);
    return login;
}

static civil_minute until(const struct report_maker *m, const struct delay *late)
{
    return late->solved ? INT64_MAX : m->closing;
}

/* Of one that was late before a wait the due day it let pass, not the one that was counted anew after it: by
 * that it may have been in time. */
static void fill(struct report_maker *m, const struct report_item *item, const struct delay *late,
                 struct late_row *row)
{
    const struct dossier *d = item->dossier, *then = &late->then;
    bool promised = m->basis == BASIS_PROMISED;
    civil_minute passed = late->before ? delay_lapsed(item, m->basis, until(m, late)) : NO_TIME;
    *row = (struct late_row){
        .id = d->facts.id,
        .code = arena_str(&m->text, d->code),
        .procedure = report_procedure_label(m, &d->receipt.procedure, item->procedure, d->title),
        .applicant = arena_str(&m->text, d->receipt.applicant.name),
        .phone = say_phone(m, d),
        .received = d->facts.received,
        .statutory_due = passed != NO_TIME && !promised ? passed : then->appointment.due,
        .promised_due = passed != NO_TIME && promised ? passed : then->promised,
        .solved = late->solved ? d->facts.resolved : NO_TIME,
        .days = late->days,
        .letter = say_letter(m, &late->letter),
        .has_letter = late->letter.number != 0,
        .in_time = late->letter.in_time,
        .reason = say_reason(m, d),
        .excuse = d->late_reason.excuse,
        .alert = delay_has_no_reason(d),
    };
}

static void add(struct report_maker *m, const struct report_item *item)
{
    struct late_sums *s = m->state;
    struct delay late;
    if (!delay_of(m, item, m->basis, &late) || !late.days)
        return;
    struct late_row *row = arena_alloc(&m->text, sizeof *row);
    if (!row)
        return;
    fill(m, item, &late, row);
    struct str login = say_whose(m, item, &late, row);
    row->next = s->row;
    s->row = row;
    s->count++;
    s->solved += late.solved;
    s->open += !late.solved;
    s->waiting += !late.solved && state_is_waiting(late.then.facts.state);
    s->before += late.before > 0;
    s->without += delay_has_no_reason(item->dossier);
    count_reason(m, item->dossier, row->days);
    count_holder(m, item->dossier, row, login);
}

/* ---- the list ---- */

static const struct report_column list_columns[] = {
    {"no", T_report_column_no, CELL_NUMBER, 3, false},
    {"code", T_report_column_code, CELL_TEXT, 11, false},
    {"procedure", T_report_column_procedure, CELL_TEXT, 14, false},
    {"applicant", T_report_column_applicant, CELL_TEXT, 10, false},
    {"phone", T_report_column_phone, CELL_TEXT, 6, false},
    {"received", T_report_column_received, CELL_DATE, 6, false},
    {"statutory_due", T_report_column_statutory_due, CELL_DATE, 6, false},
    {"promised_due", T_report_column_promised_due, CELL_DATE, 6, false},
    {"solved", T_report_column_solved, CELL_DATE, 6, false},
    {"days_late", T_report_column_days_late, CELL_NUMBER, 4, true},
    {"letter", T_report_column_letter, CELL_TEXT, 8, false},
    {"letter_in_time", T_report_column_letter_in_time, CELL_TEXT, 6, false},
    {"reason", T_report_column_reason, CELL_TEXT, 12, false},
    {"excuse", T_report_column_excuse, CELL_TEXT, 8, false},
    {"whose", T_report_column_whose, CELL_TEXT, 9, false},
    {"unit", T_report_column_unit, CELL_TEXT, 8, false},
    {"steps", T_report_column_steps_over, CELL_TEXT, 12, false},
};

/* Most days late first, then the longest waited for. */
static int by_days(const void *a, const void *b)
{
    const struct late_row *x = *(const struct late_row *const *)a, *y = *(const struct late_row *const *)b;
    if (x->days != y->days)
        return x->days < y->days ? 1 : -1;
    if (x->received != y->received)
        return x->received > y->received ? 1 : -1;
    return (x->id > y->id) - (x->id < y->id);
}

static void write_late(struct report_maker *m, struct report *out, struct report_cell *c, size_t no,
                       const struct late_row *row)
{
    enum lang lang = m->request.lang;
    cell_number(c++, (int64_t)no);
    cell_text(out, c++, row->code);
    cell_text(out, c++, row->procedure);
    cell_text(out, c++, row->applicant);
    cell_text(out, c++, row->phone);
    cell_day(c++, row->received);
    cell_day(c++, row->statutory_due);
    cell_day(c++, row->promised_due);
    cell_day(c++, row->solved);
    cell_number(c++, row->days);
    cell_text(out, c++, row->letter);
    if (row->has_letter)
        cell_label(out, c, lang, row->in_time ? T_report_letter_in_time : T_report_letter_not_in_time);
    c++;
    cell_text(out, c++, row->reason);
    cell_text(out, c++, str_of(words_excuse(lang, row->excuse)));
    cell_text(out, c++, row->whose);
    cell_text(out, c++, row->unit);
    cell_text(out, c++, row->steps);
}

/* "21 hồ sơ" */
static void write_dossiers(struct report_maker *m, struct report *out, struct report_cell *c, uint64_t n)
{
    struct buf number = BUF_INIT, said = BUF_INIT;
    buf_add_int(&number, (int64_t)n);
    LANG_SAY(&said, m->request.lang, T_report_dossiers_of, buf_str(&number));
    cell_text(out, c, buf_str(&said));
    m->failed = m->failed || number.failed || said.failed;
    buf_release(&number);
    buf_release(&said);
}

static void write_list(struct report_maker *m, struct report *out)
{
    const struct late_sums *s = m->state;
    struct report_part *part =
        report_part(out, T_nothing, "late", list_columns, sizeof list_columns / sizeof *list_columns);
    const struct late_row **rows = s->count ? arena_alloc(&m->text, s->count * sizeof *rows) : NULL;
    uint64_t days = 0;
    if (s->count && !rows)
        return;
    size_t n = 0;
    for (const struct late_row *r = s->row; r; r = r->next)
        rows[n++] = r;
    if (n)
        qsort(rows, n, sizeof *rows, by_days);
    for (size_t i = 0; i < n; i++) {
        enum row_kind kind = rows[i]->alert ? ROW_ALERT : ROW_PLAIN;
        write_late(m, out, report_row(out, part, kind)->cell, i + 1, rows[i]);
        days += rows[i]->days;
    }
    struct report_row *total = report_row(out, part, ROW_TOTAL);
    cell_label(out, &total->cell[1], m->request.lang, T_report_total);
    write_dossiers(m, out, &total->cell[2], n);
    cell_number(&total->cell[9], (int64_t)days);
}

/* ---- by reason, by holder ---- */

enum { COUNTS = 7 };

static const struct report_column reason_columns[] = {
    {"no", T_report_column_no, CELL_NUMBER, 3, false},
    {"reason", T_report_column_reason, CELL_TEXT, 24, false},
    {"late", T_report_late_count, CELL_NUMBER, 6, true},
    {"share", T_report_late_share, CELL_PERCENT, 6, false},
    {"excuse_good", T_report_late_good, CELL_NUMBER, 7, false},
    {"excuse_not_good", T_report_late_not_good, CELL_NUMBER, 7, false},
    {"excuse_unsaid", T_report_late_unjudged, CELL_NUMBER, 7, false},
    {"without_reason", T_report_late_without, CELL_NUMBER, 8, false},
    {"days_late", T_report_late_days, CELL_NUMBER, 6, false},
};
static const struct report_column holder_columns[] = {
    {"no", T_report_column_no, CELL_NUMBER, 3, false},
    {"whose", T_report_column_whose, CELL_TEXT, 16, false},
    {"unit", T_report_column_unit, CELL_TEXT, 16, false},
    {"late", T_report_late_count, CELL_NUMBER, 6, true},
    {"share", T_report_late_share, CELL_PERCENT, 6, false},
    {"excuse_good", T_report_late_good, CELL_NUMBER, 7, false},
    {"excuse_not_good", T_report_late_not_good, CELL_NUMBER, 7, false},
    {"excuse_unsaid", T_report_late_unjudged, CELL_NUMBER, 7, false},
    {"without_reason", T_report_late_without, CELL_NUMBER, 8, false},
    {"days_late", T_report_late_days, CELL_NUMBER, 6, false},
};

static void write_counts(struct report_cell *c, const struct late_counts *counts, uint64_t all)
{
    cell_number(c++, (int64_t)counts->late);
    cell_percent(c++, counts->late, all);
    cell_number(c++, (int64_t)counts->good);
    cell_number(c++, (int64_t)counts->not_good);
    cell_number(c++, (int64_t)counts->unjudged);
    cell_number(c++, (int64_t)counts->without);
    cell_number(c++, (int64_t)counts->days);
}

static void sum(struct late_counts *total, const struct late_counts *c)
{
    total->late += c->late;
    total->good += c->good;
    total->not_good += c->not_good;
    total->unjudged += c->unjudged;
    total->without += c->without;
    total->days += c->days;
}

/* `names`: columns before the counts. */
static void write_groups(struct report_maker *m, struct report *out, struct report_groups *g,
                         struct report_part *part, size_t names)
{
    const struct late_sums *s = m->state;
    struct late_counts total = {0};
    report_groups_sort(g);
    for (size_t i = 0; i < g->count; i++) {
        const struct late_counts *c = g->group[i].counter;
        struct report_cell *cell = report_row(out, part, ROW_PLAIN)->cell;
        cell_number(&cell[0], (int64_t)i + 1);
        if (g->group[i].label.n)
            cell_text(out, &cell[1], g->group[i].label);
        else
            cell_label(out, &cell[1], m->request.lang, T_report_nobody);
        if (names > 2)
            cell_text(out, &cell[2], c->unit);
        write_counts(cell + names, c, s->count);
        sum(&total, c);
    }
    struct report_row *row = report_row(out, part, ROW_TOTAL);
    cell_label(out, &row->cell[1], m->request.lang, T_report_total);
    write_counts(row->cell + names, &total, s->count);
}

/* ---- below ---- */

static void note_number(struct report_maker *m, struct report *out, enum text_id text, uint64_t n)
{
    struct buf number = BUF_INIT;
    if (!n)
        return;
    buf_add_int(&number, (int64_t)n);
    report_note(m, out, text, (const struct str[]){buf_str(&number)}, 1);
    m->failed = m->failed || number.failed;
    buf_release(&number);
}

/* What a chief reads first, before a list of many pages. */
static void note_totals(struct report_maker *m, struct report *out)
{
    const struct late_sums *s = m->state;
    const uint64_t numbers[] = {s->count, s->solved, s->open, s->without};
    enum { TOTALS = sizeof numbers / sizeof *numbers };
    struct buf text[TOTALS];
    struct str said[TOTALS];
    out->leading = 1;
    if (!s->count) {
        report_note(m, out, T_report_late_note_none, NULL, 0);
        return;
    }
    for (size_t i = 0; i < TOTALS; i++) {
        text[i] = BUF_INIT;
        buf_add_int(&text[i], (int64_t)numbers[i]);
        said[i] = buf_str(&text[i]);
    }
    report_note(m, out, T_report_late_note_totals, said, TOTALS);
    for (size_t i = 0; i < TOTALS; i++) {
        m->failed = m->failed || text[i].failed;
        buf_release(&text[i]);
    }
}

static void finish(struct report_maker *m, struct report *out)
{
    struct late_sums *s = m->state;
    note_totals(m, out);
    write_list(m, out);
    write_groups(m, out, &s->reasons,
                 report_part(out, T_report_late_by_reason, "reasons", reason_columns,
                             sizeof reason_columns / sizeof *reason_columns),
                 sizeof reason_columns / sizeof *reason_columns - COUNTS);
    write_groups(m, out, &s->holders,
                 report_part(out, T_report_late_by_holder, "holders", holder_columns,
                             sizeof holder_columns / sizeof *holder_columns),
                 sizeof holder_columns / sizeof *holder_columns - COUNTS);
    note_number(m, out, T_report_late_note_waiting, s->waiting);
    note_number(m, out, T_report_late_note_before, s->before);
    if (s->without)
        report_note(m, out, T_report_late_note_without, NULL, 0);
}

const struct report_ops report_late = {
    .title = T_report_late,
    .counted = T_report_late_counted,
    .has_period = true,
    .personal = true,
    .entries = true,
    .reasons = true,
    .begin = begin,
    .span = report_span_of_period,
    .look = look,
    .add = add,
    .finish = finish,
};
