/* Day by day: what came, what went, what was turned away, what fell due, and the cash. Of a few days also the
 * dossiers themselves. */
#include "core/report_days.h"
#include "core/report_groups.h"
#include "core/report_names.h"
#include "core/wire.h"

#include <stdlib.h>

enum { LISTED_DAYS = 7 };

struct daily_row {
    struct daily_row *next;
    uint64_t id;
    civil_minute received, due, returned;
    struct str code, procedure, applicant, receiver, collected;
    int64_t fee;
    bool settled, exempt;
};

struct daily_turned {
    struct daily_turned *next;
    civil_minute at;
    uint64_t seq;
    struct str slip, procedure, applicant, by, why;
};

/* A fee is heard of before what becomes of it: taken back, or its dossier void. */
struct daily_fee {
    uint64_t seq, dossier;
    civil_day day;
    struct str by;
    int64_t amount;
    bool exempt, undone;
};

struct cash {
    uint64_t takings, exempt;
    int64_t taken, given_back;
};

struct daily {
    struct days days;
    bool listed;
    struct daily_row *row;
    size_t rows;
    struct daily_turned *turned;
    size_t turned_away;
    struct daily_fee *fee; /* ascending seq */
    size_t fees, fee_cap;
    uint64_t *voided; /* ascending */
    size_t voids, void_cap;
    struct report_groups cash;
};

/* Of the days to come nothing is known. */
static bool begin(struct report_maker *m)
{
    struct daily *s = arena_alloc(&m->text, sizeof *s);
    struct period p = m->request.period;
    civil_day closing = civil_day_of(m->closing), last = closing < p.to ? closing : p.to;
    size_t n = last < p.from ? 0 : (size_t)(last - p.from) + 1;
    m->state = s;
    if (!s)
        return false;
    s->days = (struct days){p.from, last, n ? arena_alloc(&m->text, n * sizeof *s->days.day) : NULL};
    s->listed = (int64_t)p.to - p.from < LISTED_DAYS;
    s->cash.size = sizeof(struct cash);
    return !n || s->days.day;
}

/* One item more; `*list` may move. False when memory is out. */
static bool room(struct report_maker *m, void **list, size_t count, size_t *cap, size_t size)
{
    if (count < *cap)
        return true;
    size_t more = *cap ? *cap * 2 : 64;
    void *moved = arena_alloc(&m->text, more * size);
    if (!moved)
        return false;
    if (count)
        memcpy(moved, *list, count * size);
    *list = moved;
    *cap = more;
    return true;
}

/* ---- dossiers ---- */

static void keep_void(struct report_maker *m, uint64_t id)
{
    struct daily *s = m->state;
    void *list = s->voided;
    if (!room(m, &list, s->voids, &s->void_cap, sizeof *s->voided))
        return;
    s->voided = list;
    s->voided[s->voids++] = id;
}

static struct day_counts *day_of(const struct daily *s, civil_minute t)
{
    return t == NO_TIME ? NULL : days_at(&s->days, civil_day_of(t));
}

static void count_moves(const struct daily *s, const struct facts *f)
{
    struct day_counts *received = day_of(s, f->received), *solved = day_of(s, report_solved(f));
    struct day_counts *returned = day_of(s, f->returned);
    if (received) {
        received->online += f->channel == CHANNEL_ONLINE;
        received->postal += f->channel == CHANNEL_POSTAL;
        received->direct += f->channel != CHANNEL_ONLINE && f->channel != CHANNEL_POSTAL;
        received->served += received == returned;
    }
    if (solved)
        solved->solved++;
    if (returned)
        returned->returned++;
}

/* Could it be due or overdue in the period? */
static bool was_open(const struct daily *s, const struct facts *f)
{
    civil_minute solved = report_solved(f);
    return civil_day_of(f->received) <= s->days.last &&
           (solved == NO_TIME || civil_day_of(solved) >= s->days.from);
}

static enum report_need look(struct report_maker *m, const struct facts *f)
{
    struct daily *s = m->state;
    if (f->state == STATE_VOID)
        keep_void(m, f->id);
    if (f->state == STATE_VOID || f->received == NO_TIME)
        return NEED_NOTHING;
    count_moves(s, f);
    if (was_open(s, f)) {
        if (day_needs_history(f))
            return NEED_HISTORY;
        days_count_facts(&s->days, f);
    }
    return s->listed && day_of(s, f->received) ? NEED_DOSSIER : NEED_NOTHING;
}

static void keep_row(struct report_maker *m, const struct report_item *item)
{
    struct daily *s = m->state;
    const struct dossier *d = item->dossier;
    struct daily_row *row = arena_alloc(&m->text, sizeof *row);
    if (!row)
        return;
    *row = (struct daily_row){
        .next = s->row,
        .id = d->facts.id,
        .received = d->facts.received,
        .due = d->promised,
        .returned = d->facts.returned,
        .code = arena_str(&m->text, d->code),
        .procedure = report_procedure_label(m, &d->receipt.procedure, item->procedure, d->title),
        .applicant = arena_str(&m->text, d->receipt.applicant.name),
        .receiver = arena_str(&m->text, d->imported ? STR_NONE : report_officer(m, d->receiver)),
        .collected = arena_str(&m->text, d->returned_to),
        .fee = d->fee_paid,
        .settled = d->fee_settled,
        .exempt = d->fee_exempt,
    };
    s->row = row;
    s->rows++;
}

static void add(struct report_maker *m, const struct report_item *item)
{
    struct daily *s = m->state;
    if (day_needs_history(item->facts) && was_open(s, item->facts) && !days_count_history(&s->days, item))
        m->failed = true;
    if (s->listed && day_of(s, item->facts->received))
        keep_row(m, item);
}

/* ---- entries: fees, and what was turned away ---- */

static void keep_fee(struct report_maker *m, const struct event *e)
{
    struct daily *s = m->state;
    void *list = s->fee;
    if (!day_of(s, e->at) || !room(m, &list, s->fees, &s->fee_cap, sizeof *s->fee))
        return;
    s->fee = list;
    s->fee[s->fees++] = (struct daily_fee){.seq = e->seq,
                                           .dossier = e->dossier,
                                           .day = civil_day_of(e->at),
                                           .by = arena_str(&m->text, e->by),
                                           .amount = e->fee.amount,
                                           .exempt = e->fee.exempt};
}

static void undo_fee(struct daily *s, uint64_t seq)
{
    for (size_t i = s->fees; i-- > 0 && s->fee[i].seq >= seq;)
        if (s->fee[i].seq == seq)
            s->fee[i].undone = true;
}

static struct str say_needs(struct report_maker *m, const struct event *e)
{
    struct buf said = BUF_INIT;
    struct str need;
    for (size_t at = 0; wire_list_next(e->turned_away.needs, &at, &need);) {
        buf_add_z(&said, said.n ? "; " : "");
        buf_add_str(&said, need);
    }
    if (e->turned_away.reason.n) {
        buf_add_z(&said, said.n ? ". " : "");
        buf_add_str(&said, e->turned_away.reason);
    }
    return report_keep(m, &said);
}

static void keep_turned(struct report_maker *m, const struct event *e)
{
    struct daily *s = m->state;
    const struct receipt *r = &e->turned_away.receipt;
    struct daily_turned *t = arena_alloc(&m->text, sizeof *t);
    struct buf slip = BUF_INIT;
    if (!t)
        return;
    buf_addf(&slip, "%s/%lu/%d", e->turned_away.refused ? "03" : "02",
             (unsigned long)e->turned_away.slip.number, e->turned_away.slip.year);
    const struct procedure *now = office_procedure_by_number(m->request.office, r->procedure.number);
    *t = (struct daily_turned){
        .next = s->turned,
        .at = e->at,
        .seq = e->seq,
        .slip = report_keep(m, &slip),
        .procedure = report_procedure_label(m, &r->procedure, now, STR_NONE),
        .applicant = arena_str(&m->text, r->applicant.name),
        .by = arena_str(&m->text, report_officer(m, e->by)),
        .why = say_needs(m, e),
    };
    s->turned = t;
    s->turned_away++;
}

static void entry(struct report_maker *m, const struct event *e, int64_t written)
{
    struct daily *s = m->state;
    struct day_counts *day = day_of(s, e->at);
    (void)written;
    if (e->kind == EVENT_FEE) {
        keep_fee(m, e);
    } else if (e->kind == EVENT_UNDONE) {
        undo_fee(s, e->undone.seq);
    } else if (e->kind == EVENT_TURNED_AWAY && day && !e->undone_by) {
        day->refused += e->turned_away.refused;
        day->to_complete += !e->turned_away.refused;
        if (s->listed)
            keep_turned(m, e);
    }
}

static bool is_void(const struct daily *s, uint64_t id)
{
    size_t low = 0, high = s->voids;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->voided[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < s->voids && s->voided[low] == id;
}

static void count_fees(struct report_maker *m)
{
    struct daily *s = m->state;
    for (size_t i = 0; i < s->fees; i++) {
        const struct daily_fee *f = &s->fee[i];
        if (f->undone)
            continue;
        struct day_counts *day = days_at(&s->days, f->day);
        struct cash *c = report_group_of(m, &s->cash, f->by, report_officer_label(m, f->by));
        int64_t taken = f->amount > 0 ? f->amount : 0, back = f->amount < 0 ? -f->amount : 0;
        day->takings += taken > 0;
        c->takings += taken > 0;
        /* Money that was in the drawer is counted whatever becomes of its dossier. */
        bool exempt = f->exempt && !is_void(s, f->dossier);
        day->exempt += exempt;
        c->exempt += exempt;
        day->taken += taken;
        c->taken += taken;
        day->given_back += back;
        c->given_back += back;
    }
}

/* ---- the days ---- */

static const struct report_column day_columns[] = {
    {"day", T_report_daily_day, CELL_DATE, 9, false},
    {"weekday", T_report_daily_weekday, CELL_TEXT, 7, false},
    {"received", T_report_daily_received, CELL_NUMBER, 6, true},
    {"received_direct", T_report_daily_direct, CELL_NUMBER, 6, false},
    {"received_online", T_report_daily_online, CELL_NUMBER, 6, false},
    {"received_postal", T_report_daily_postal, CELL_NUMBER, 6, false},
    {"served", T_report_daily_served, CELL_NUMBER, 6, false},
    {"turned_away_02", T_report_daily_to_complete, CELL_NUMBER, 7, false},
    {"turned_away_03", T_report_daily_refused, CELL_NUMBER, 7, false},
    {"solved", T_report_daily_solved, CELL_NUMBER, 6, false},
    {"returned", T_report_daily_returned, CELL_NUMBER, 6, false},
    {"due", T_report_daily_due, CELL_NUMBER, 6, false},
    {"overdue", T_report_daily_overdue, CELL_NUMBER, 6, false},
    {"fees_taken", T_report_daily_taken, CELL_MONEY, 9, false},
    {"fees_given_back", T_report_daily_given_back, CELL_MONEY, 8, false},
    {"fees_exempt", T_report_daily_exempt, CELL_NUMBER, 6, false},
};
enum { DAY_COUNTS = 2, DAY_OVERDUE = 12 };

static void write_day(struct report_cell *c, const struct day_counts *d)
{
    cell_number(c++, (int64_t)(d->direct + d->online + d->postal));
    cell_number(c++, (int64_t)d->direct);
    cell_number(c++, (int64_t)d->online);
    cell_number(c++, (int64_t)d->postal);
    cell_number(c++, (int64_t)d->served);
    cell_number(c++, (int64_t)d->to_complete);
    cell_number(c++, (int64_t)d->refused);
    cell_number(c++, (int64_t)d->solved);
    cell_number(c++, (int64_t)d->returned);
    cell_number(c++, (int64_t)d->due);
    cell_number(c++, (int64_t)d->overdue);
    cell_money(c++, d->taken);
    cell_money(c++, d->given_back);
    cell_number(c++, (int64_t)d->exempt);
}

/* Overdue still from Friday, a Sunday alone says nothing new. */
static bool is_shown(const struct report_maker *m, civil_day day, const struct day_counts *counts)
{
    struct day_counts happened = *counts;
    happened.overdue = 0;
    return calendar_is_working(m->judge.calendar, day) || !day_is_empty(&happened);
}

static void write_days(struct report_maker *m, struct report *out)
{
    const struct daily *s = m->state;
    struct day_counts total = {0};
    struct report_part *part =
        report_part(out, T_report_daily_days, "days", day_columns, sizeof day_columns / sizeof *day_columns);
    for (civil_day day = s->days.from; day <= s->days.last; day++) {
        const struct day_counts *counts = days_at(&s->days, day);
        if (!is_shown(m, day, counts))
            continue;
        struct report_cell *c = report_row(out, part, ROW_PLAIN)->cell;
        cell_date(&c[0], day);
        cell_text(out, &c[1], str_of(lang_weekday(m->request.lang, civil_weekday(day))));
        write_day(&c[DAY_COUNTS], counts);
        day_add(&total, counts);
    }
    /* How many are overdue does not add up over days. */
    struct report_cell *c = report_row(out, part, ROW_TOTAL)->cell;
    cell_label(out, &c[1], m->request.lang, T_report_total);
    write_day(&c[DAY_COUNTS], &total);
    c[DAY_OVERDUE] = (struct report_cell){0};
}

/* ---- the lists ---- */

static const struct report_column list_columns[] = {
    {"received", T_report_daily_time, CELL_TIME, 9, false},
    {"code", T_report_column_code, CELL_TEXT, 12, false},
    {"procedure", T_report_column_procedure, CELL_TEXT, 18, false},
    {"applicant", T_report_column_applicant, CELL_TEXT, 13, false},
    {"receiver", T_report_daily_receiver, CELL_TEXT, 10, false},
    {"due", T_report_column_promised_due, CELL_TIME, 9, false},
    {"fee", T_report_daily_fee, CELL_MONEY, 7, false},
    {"exempt", T_report_daily_is_exempt, CELL_TEXT, 5, false},
    {"collected_by", T_report_daily_collected, CELL_TEXT, 12, false},
    {"returned", T_report_daily_returned_at, CELL_TIME, 9, false},
};

static int by_received(const void *a, const void *b)
{
    const struct daily_row *x = *(const struct daily_row *const *)a, *y = *(const struct daily_row *const *)b;
    if (x->received != y->received)
        return x->received < y->received ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static void write_row(struct report_maker *m, struct report *out, struct report_cell *c,
                      const struct daily_row *row)
{
    cell_time(c++, row->received);
    cell_text(out, c++, row->code);
    cell_text(out, c++, row->procedure);
    cell_text(out, c++, row->applicant);
    cell_text(out, c++, row->receiver);
    cell_time(c++, row->due);
    if (row->settled)
        cell_money(c, row->fee);
    c++;
    if (row->exempt)
        cell_label(out, c, m->request.lang, T_report_daily_exempted);
    c++;
    cell_text(out, c++, row->collected);
    cell_time(c++, row->returned);
}

static void write_list(struct report_maker *m, struct report *out)
{
    const struct daily *s = m->state;
    struct report_part *part = report_part(out, T_report_daily_list, "dossiers", list_columns,
                                           sizeof list_columns / sizeof *list_columns);
    const struct daily_row **rows = s->rows ? arena_alloc(&m->text, s->rows * sizeof *rows) : NULL;
    size_t n = 0;
    if (!rows)
        return;
    for (const struct daily_row *r = s->row; r; r = r->next)
        rows[n++] = r;
    qsort(rows, n, sizeof *rows, by_received);
    for (size_t i = 0; i < n; i++)
        write_row(m, out, report_row(out, part, ROW_PLAIN)->cell, rows[i]);
}

static const struct report_column turned_columns[] = {
    {"at", T_report_daily_time, CELL_TIME, 9, false},
    {"slip", T_report_daily_slip, CELL_TEXT, 8, false},
    {"procedure", T_report_column_procedure, CELL_TEXT, 20, false},
    {"applicant", T_report_column_applicant, CELL_TEXT, 14, false},
    {"why", T_report_daily_why, CELL_TEXT, 24, false},
    {"by", T_report_daily_by, CELL_TEXT, 10, false},
};

static int by_at(const void *a, const void *b)
{
    const struct daily_turned *x = *(const struct daily_turned *const *)a,
                              *y = *(const struct daily_turned *const *)b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return (x->seq > y->seq) - (x->seq < y->seq);
}

static void write_turned(struct report_maker *m, struct report *out)
{
    const struct daily *s = m->state;
    struct report_part *part = report_part(out, T_report_daily_turned, "turned_away", turned_columns,
                                           sizeof turned_columns / sizeof *turned_columns);
    const struct daily_turned **rows =
        s->turned_away ? arena_alloc(&m->text, s->turned_away * sizeof *rows) : NULL;
    size_t n = 0;
    if (!rows)
        return;
    for (const struct daily_turned *t = s->turned; t; t = t->next)
        rows[n++] = t;
    qsort(rows, n, sizeof *rows, by_at);
    for (size_t i = 0; i < n; i++) {
        struct report_cell *c = report_row(out, part, ROW_PLAIN)->cell;
        cell_time(c++, rows[i]->at);
        cell_text(out, c++, rows[i]->slip);
        cell_text(out, c++, rows[i]->procedure);
        cell_text(out, c++, rows[i]->applicant);
        cell_text(out, c++, rows[i]->why);
        cell_text(out, c++, rows[i]->by);
    }
}

/* ---- the cash ---- */

static const struct report_column cash_columns[] = {
    {"officer", T_report_daily_cashier, CELL_TEXT, 24, false},
    {"takings", T_report_daily_takings, CELL_NUMBER, 8, false},
    {"taken", T_report_daily_taken, CELL_MONEY, 12, false},
    {"given_back", T_report_daily_given_back, CELL_MONEY, 12, false},
    {"cash", T_report_daily_cash, CELL_MONEY, 12, true},
    {"exempt", T_report_daily_exempt, CELL_NUMBER, 8, false},
};

static void write_taken(struct report_cell *c, const struct cash *cash)
{
    cell_number(c++, (int64_t)cash->takings);
    cell_money(c++, cash->taken);
    cell_money(c++, cash->given_back);
    cell_money(c++, cash->taken - cash->given_back);
    cell_number(c++, (int64_t)cash->exempt);
}

static void write_cash(struct report_maker *m, struct report *out)
{
    struct daily *s = m->state;
    struct cash total = {0};
    struct report_part *part = report_part(out, T_report_daily_cash_by, "cash", cash_columns,
                                           sizeof cash_columns / sizeof *cash_columns);
    report_groups_sort(&s->cash);
    for (size_t i = 0; i < s->cash.count; i++) {
        const struct cash *c = s->cash.group[i].counter;
        struct report_cell *cell = report_row(out, part, ROW_PLAIN)->cell;
        cell_text(out, &cell[0], s->cash.group[i].label);
        write_taken(&cell[1], c);
        total.takings += c->takings;
        total.exempt += c->exempt;
        total.taken += c->taken;
        total.given_back += c->given_back;
    }
    struct report_cell *cell = report_row(out, part, ROW_TOTAL)->cell;
    cell_label(out, &cell[0], m->request.lang, T_report_total);
    write_taken(&cell[1], &total);
}

static void finish(struct report_maker *m, struct report *out)
{
    const struct daily *s = m->state;
    count_fees(m);
    write_days(m, out);
    if (s->listed) {
        write_list(m, out);
        write_turned(m, out);
    }
    write_cash(m, out);
    report_note(m, out, T_report_daily_note_due, NULL, 0);
}

const struct report_ops report_daily = {
    .title = T_report_daily,
    .counted = T_report_daily_counted,
    .has_period = true,
    .personal = true,
    .turned_away = true,
    .entries = true,
    .entries_within = true,
    .begin = begin,
    .look = look,
    .add = add,
    .entry = entry,
    .finish = finish,
};
