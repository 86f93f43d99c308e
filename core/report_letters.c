/* Apology letters (Decree 61/2018 art. 19.9; Decree 118/2025): late dossiers with one, letters in time, new
 * dates kept. Whatever the office's basis, a letter is asked of what is late by the statutory due time: by
 * the promised one a kept letter would have been needed for nothing. */
#include "core/past.h"
#include "core/report_delay.h"
#include "core/report_groups.h"
#include "core/report_names.h"

#include <stdlib.h>

enum letter_end {
    LETTER_OPEN,   /* not solved at the closing, or while the applicant is awaited: undecided */
    LETTER_BROKEN, /* the same, with the new date past already */
    LETTER_KEPT,   /* solved by the due time in force, a restart's too */
    LETTER_NOT_KEPT,
    LETTER_NO_DATE, /* after a late result: nothing was left to promise */
    LETTER_TAKEN_BACK,
    LETTER_ENDS
};

struct letter {
    struct letter *next;
    struct str number, code, procedure, signer, unit, reason;
    uint32_t place;
    int year;
    civil_minute issued, old_due, new_due;
    civil_minute judged_due; /* where it is another than new_due */
    civil_minute solved;
    bool in_time;
    enum letter_end end;
};

struct letter_counts {
    uint64_t late, with_letter, letters, in_time, end[LETTER_ENDS];
};

struct letter_sums {
    struct letter *letter; /* newest first */
    size_t count;
    struct letter_counts all;
    struct report_groups units;
    uint64_t *with; /* dossiers that had one in the period, taken back or not: in order once `sought` */
    size_t with_count, with_cap;
    bool sought;
};

static bool begin(struct report_maker *m)
{
    struct letter_sums *s = arena_alloc(&m->text, sizeof *s);
    m->state = s;
    if (s)
        s->units.size = sizeof(struct letter_counts);
    return s != NULL;
}

static void end(struct report_maker *m)
{
    struct letter_sums *s = m->state;
    if (s)
        free(s->with);
}

/* ---- which dossiers ---- */

/* No letter of the period was written before it. */
static civil_minute since(const struct report_maker *m)
{
    return civil_at(m->request.period.from, 0);
}

/* A letter leaves no trace in the facts once it is taken back: the journal tells whose it was. */
static void note_letter(struct report_maker *m, const struct event *e, int64_t written)
{
    struct letter_sums *s = m->state;
    (void)written;
    if (e->kind != EVENT_APOLOGIZED || !period_has(m->request.period, civil_day_of(e->at)))
        return;
    if (s->with_count == s->with_cap) {
        size_t cap = s->with_cap ? s->with_cap * 2 : 64;
        uint64_t *grown = realloc(s->with, cap * sizeof *grown);
        if (!grown) {
            m->failed = true;
            return;
        }
        s->with = grown;
        s->with_cap = cap;
    }
    s->with[s->with_count++] = e->dossier;
}

static int by_id(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static bool had_letter(struct letter_sums *s, uint64_t id)
{
    if (!s->with_count)
        return false;
    if (!s->sought)
        qsort(s->with, s->with_count, sizeof *s->with, by_id);
    s->sought = true;
    return bsearch(&id, s->with, s->with_count, sizeof *s->with, by_id) != NULL;
}

/* The void too, whose letters were taken back. */
static enum report_need look(struct report_maker *m, const struct facts *f)
{
    bool wanted = delay_is_possible(m, f, BASIS_STATUTORY) || had_letter(m->state, f->id);
    return wanted ? NEED_HISTORY : NEED_NOTHING;
}

static struct letter_counts *counts_of(struct report_maker *m, struct str unit)
{
    struct letter_sums *s = m->state;
    return report_group_of(m, &s->units, unit, unit);
}

/* ---- late dossiers ---- */

static void count_late(struct report_maker *m, const struct report_item *item)
{
    struct letter_sums *s = m->state;
    struct delay late;
    if (!delay_is_possible(m, item->facts, BASIS_STATUTORY) || !delay_of(m, item, BASIS_STATUTORY, &late) ||
        !late.days)
        return;
    struct stages stages;
    delay_stages(m, item, &stages);
    const struct stage *stage = delay_stage(&stages, late.lapsed);
    struct str unit =
        stage ? report_unit_of(m, stage->holder, stage->unit) : dossier_resolving_unit(&late.then);
    struct letter_counts *c = counts_of(m, unit);
    c->late++;
    s->all.late++;
    c->with_letter += late.letter.number != 0;
    s->all.with_letter += late.letter.number != 0;
    stages_release(&stages);
}

/* ---- letters ---- */

/* As it stood at the closing. Judged by the due time that is in force then: the letter's, or that of a later
 * restart. */
static enum letter_end end_of(const struct report_maker *m, const struct report_item *item,
                              const struct event *e, struct letter *letter)
{
    struct dossier then;
    if (e->undone_by || item->facts->state == STATE_VOID)
        return LETTER_TAKEN_BACK;
    if (!past_dossier(&then, item->event, item->events, m->closing))
        return e->apologized.new_due == NO_TIME ? LETTER_NO_DATE : LETTER_OPEN;
    const struct facts *f = &then.facts;
    civil_minute solved = letter->solved = report_solved(f);
    if (e->apologized.new_due == NO_TIME)
        return LETTER_NO_DATE;
    if (f->due != e->apologized.new_due)
        letter->judged_due = f->due;
    if (solved != NO_TIME && f->waiting_since != NO_TIME)
        solved = f->waiting_since;
    civil_day end = civil_day_of(solved == NO_TIME ? m->closing : solved);
    bool past = f->due != NO_TIME && end > civil_day_of(f->due);
    if (solved == NO_TIME)
        return past ? LETTER_BROKEN : LETTER_OPEN;
    if (f->due == NO_TIME)
        return LETTER_NO_DATE; /* a restart without a limit took it away */
    return past ? LETTER_NOT_KEPT : LETTER_KEPT;
}

static void count_letter(struct letter_counts *c, const struct letter *letter)
{
    c->end[letter->end]++;
    if (letter->end == LETTER_TAKEN_BACK)
        return;
    c->letters++;
    c->in_time += letter->in_time;
}

static void keep_letter(struct report_maker *m, const struct report_item *item, const struct event *e)
{
    struct letter_sums *s = m->state;
    struct letter *letter = arena_alloc(&m->text, sizeof *letter);
    struct buf number = BUF_INIT;
    if (!letter)
        return;
    apology_number(&number, e->apologized.number);
    *letter = (struct letter){
        .next = s->letter,
        .number = report_keep(m, &number),
        .code = arena_str(&m->text, item->dossier->code),
        .procedure = report_procedure_label(m, &item->dossier->receipt.procedure, item->procedure,
                                            item->dossier->title),
        .signer = arena_str(&m->text, e->apologized.signer),
        .unit = arena_str(&m->text, e->apologized.unit),
        .reason = arena_str(&m->text, e->apologized.reason),
        .place = e->apologized.number,
        .year = e->apologized.year,
        .issued = e->at,
        .old_due = e->apologized.old_due,
        .new_due = e->apologized.new_due,
        .judged_due = NO_TIME,
        .solved = NO_TIME,
        .in_time = e->apologized.in_time,
    };
    letter->end = end_of(m, item, e, letter);
    s->letter = letter;
    s->count++;
    count_letter(&s->all, letter);
    count_letter(counts_of(m, e->apologized.unit), letter);
}

static void add(struct report_maker *m, const struct report_item *item)
{
    count_late(m, item);
    for (size_t i = 0; i < item->events; i++) {
        const struct event *e = &item->event[i];
        if (e->kind == EVENT_APOLOGIZED && period_has(m->request.period, civil_day_of(e->at)) &&
            e->at <= m->closing)
            keep_letter(m, item, e);
    }
}

/* ---- the sums ---- */

static const struct report_column sum_columns[] = {
    {"what", T_report_letters_what, CELL_TEXT, 30, false},
    {"count", T_report_letters_count, CELL_NUMBER, 8, false},
    {"of", T_report_letters_of, CELL_NUMBER, 8, false},
    {"share", T_report_late_share, CELL_PERCENT, 8, true},
};

/* `of` NULL: of nothing. */
static void write_sum(struct report_maker *m, struct report *out, struct report_part *part, enum text_id what,
                      uint64_t n, const uint64_t *of)
{
    struct report_cell *c = report_row(out, part, ROW_PLAIN)->cell;
    cell_label(out, &c[0], m->request.lang, what);
    cell_number(&c[1], (int64_t)n);
    if (of) {
        cell_number(&c[2], (int64_t)*of);
        cell_percent(&c[3], n, *of);
    }
}

static void write_sums(struct report_maker *m, struct report *out)
{
    const struct letter_counts *a = &((const struct letter_sums *)m->state)->all;
    uint64_t decided = a->end[LETTER_KEPT] + a->end[LETTER_NOT_KEPT], without = a->late - a->with_letter;
    struct report_part *part = report_part(out, T_report_letters_sums, "sums", sum_columns,
                                           sizeof sum_columns / sizeof *sum_columns);
    write_sum(m, out, part, T_report_letters_late, a->late, NULL);
    write_sum(m, out, part, T_report_letters_with, a->with_letter, &a->late);
    write_sum(m, out, part, T_report_letters_without, without, &a->late);
    write_sum(m, out, part, T_report_letters_issued, a->letters, NULL);
    write_sum(m, out, part, T_report_letters_in_time, a->in_time, &a->letters);
    write_sum(m, out, part, T_report_letters_kept, a->end[LETTER_KEPT], &decided);
    write_sum(m, out, part, T_report_letters_not_kept, a->end[LETTER_NOT_KEPT], &decided);
    write_sum(m, out, part, T_report_letters_open, a->end[LETTER_OPEN] + a->end[LETTER_BROKEN], NULL);
    write_sum(m, out, part, T_report_letters_broken, a->end[LETTER_BROKEN], NULL);
    write_sum(m, out, part, T_report_letters_no_date, a->end[LETTER_NO_DATE], NULL);
    write_sum(m, out, part, T_report_letters_taken_back, a->end[LETTER_TAKEN_BACK], NULL);
}

/* ---- the list ---- */

static const struct report_column list_columns[] = {
    {"number", T_report_letters_number, CELL_TEXT, 7, false},
    {"issued", T_report_letters_day, CELL_DATE, 7, false},
    {"code", T_report_column_code, CELL_TEXT, 12, false},
    {"procedure", T_report_column_procedure, CELL_TEXT, 18, false},
    {"old_due", T_report_letters_old_due, CELL_DATE, 7, false},
    {"new_due", T_report_letters_new_due, CELL_DATE, 7, false},
    {"judged_due", T_report_letters_judged_due, CELL_DATE, 7, false},
    {"solved", T_report_column_solved, CELL_DATE, 7, false},
    {"in_time", T_report_column_letter_in_time, CELL_TEXT, 8, false},
    {"kept", T_report_letters_end, CELL_TEXT, 12, false},
    {"signer", T_report_letters_signer, CELL_TEXT, 10, false},
    {"unit", T_report_column_unit, CELL_TEXT, 10, false},
    {"reason", T_report_column_reason, CELL_TEXT, 18, false},
};

static enum text_id end_text(enum letter_end end)
{
    static const enum text_id texts[LETTER_ENDS] = {
        [LETTER_OPEN] = T_report_letter_open,       [LETTER_BROKEN] = T_report_letter_broken,
        [LETTER_KEPT] = T_report_letter_kept,       [LETTER_NOT_KEPT] = T_report_letter_not_kept,
        [LETTER_NO_DATE] = T_report_letter_no_date, [LETTER_TAKEN_BACK] = T_report_letter_taken_back,
    };
    return texts[end];
}

static int by_number(const void *a, const void *b)
{
    const struct letter *x = *(const struct letter *const *)a, *y = *(const struct letter *const *)b;
    if (x->year != y->year)
        return x->year < y->year ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

static void write_letter(struct report_maker *m, struct report *out, struct report_part *part,
                         const struct letter *letter)
{
    bool alert = letter->end == LETTER_BROKEN || letter->end == LETTER_NOT_KEPT;
    enum lang lang = m->request.lang;
    struct report_cell *c = report_row(out, part, alert ? ROW_ALERT : ROW_PLAIN)->cell;
    cell_text(out, c++, letter->number);
    cell_day(c++, letter->issued);
    cell_text(out, c++, letter->code);
    cell_text(out, c++, letter->procedure);
    cell_day(c++, letter->old_due);
    cell_day(c++, letter->new_due);
    cell_day(c++, letter->judged_due);
    cell_day(c++, letter->solved);
    cell_label(out, c++, lang, letter->in_time ? T_report_letter_in_time : T_report_letter_not_in_time);
    cell_label(out, c++, lang, end_text(letter->end));
    cell_text(out, c++, letter->signer);
    cell_text(out, c++, letter->unit);
    cell_text(out, c++, letter->reason);
}

static void write_list(struct report_maker *m, struct report *out)
{
    const struct letter_sums *s = m->state;
    struct report_part *part = report_part(out, T_report_letters_list, "letters", list_columns,
                                           sizeof list_columns / sizeof *list_columns);
    const struct letter **letters = s->count ? arena_alloc(&m->text, s->count * sizeof *letters) : NULL;
    size_t n = 0;
    if (!letters)
        return;
    for (const struct letter *l = s->letter; l; l = l->next)
        letters[n++] = l;
    qsort(letters, n, sizeof *letters, by_number);
    for (size_t i = 0; i < n; i++)
        write_letter(m, out, part, letters[i]);
}

/* ---- by unit ---- */

static const struct report_column unit_columns[] = {
    {"no", T_report_column_no, CELL_NUMBER, 3, false},
    {"unit", T_report_column_unit, CELL_TEXT, 20, false},
    {"late", T_report_letters_late, CELL_NUMBER, 7, false},
    {"with_letter", T_report_letters_with, CELL_NUMBER, 7, false},
    {"with_letter_share", T_report_letters_with_share, CELL_PERCENT, 7, true},
    {"letters", T_report_letters_issued, CELL_NUMBER, 7, false},
    {"in_time", T_report_letters_in_time, CELL_NUMBER, 7, false},
    {"kept", T_report_letters_kept, CELL_NUMBER, 7, false},
    {"not_kept", T_report_letters_not_kept, CELL_NUMBER, 7, false},
    {"open", T_report_letters_open, CELL_NUMBER, 7, false},
    {"taken_back", T_report_letters_taken_back, CELL_NUMBER, 7, false},
};

static void write_counts(struct report_cell *c, const struct letter_counts *n)
{
    cell_number(c++, (int64_t)n->late);
    cell_number(c++, (int64_t)n->with_letter);
    cell_percent(c++, n->with_letter, n->late);
    cell_number(c++, (int64_t)n->letters);
    cell_number(c++, (int64_t)n->in_time);
    cell_number(c++, (int64_t)n->end[LETTER_KEPT]);
    cell_number(c++, (int64_t)n->end[LETTER_NOT_KEPT]);
    cell_number(c++, (int64_t)(n->end[LETTER_OPEN] + n->end[LETTER_BROKEN]));
    cell_number(c++, (int64_t)n->end[LETTER_TAKEN_BACK]);
}

static void write_units(struct report_maker *m, struct report *out)
{
    struct letter_sums *s = m->state;
    struct report_part *part = report_part(out, T_report_letters_by_unit, "units", unit_columns,
                                           sizeof unit_columns / sizeof *unit_columns);
    report_groups_sort(&s->units);
    for (size_t i = 0; i < s->units.count; i++) {
        const struct report_group *g = &s->units.group[i];
        struct report_cell *c = report_row(out, part, ROW_PLAIN)->cell;
        cell_number(&c[0], (int64_t)i + 1);
        if (g->label.n)
            cell_text(out, &c[1], g->label);
        else
            cell_label(out, &c[1], m->request.lang, T_report_no_unit);
        write_counts(&c[2], g->counter);
    }
    struct report_cell *c = report_row(out, part, ROW_TOTAL)->cell;
    cell_label(out, &c[1], m->request.lang, T_report_total);
    write_counts(&c[2], &s->all);
}

static void finish(struct report_maker *m, struct report *out)
{
    out->basis = BASIS_STATUTORY;
    out->has_basis = true;
    write_sums(m, out);
    write_list(m, out);
    write_units(m, out);
    report_note(m, out, T_report_letters_note_judged, NULL, 0);
}

const struct report_ops report_letters = {
    .title = T_report_letters,
    .counted = T_report_letters_counted,
    .has_period = true,
    .personal = true,
    .entries = true,
    .all_entries = true,
    .begin = begin,
    .look = look,
    .add = add,
    .entry = note_letter,
    .since = since,
    .finish = finish,
    .free = end,
};
