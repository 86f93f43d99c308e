/* The progress that anybody may read: by code and procedure, without a word about people. What another
 * system called a procedure is left out, too: it may name somebody. */
#include "core/report_stood.h"
#include "core/words.h"

#include <stdlib.h>

enum { SHOWN_DAYS = 30 }; /* what was solved longer ago is not shown any more */

struct entry {
    struct stood stood;
    struct str code, procedure;
};

struct shown {
    struct entry *entry;
    size_t count, cap;
};

static bool begin(struct report_maker *m)
{
    m->state = arena_alloc(&m->text, sizeof(struct shown));
    return m->state != NULL;
}

static void end(struct report_maker *m)
{
    struct shown *s = m->state;
    if (s)
        free(s->entry);
}

static enum report_need look(struct report_maker *m, const struct facts *f)
{
    if (!stood_counts(m, f))
        return NEED_NOTHING;
    civil_minute solved = report_solved(f);
    if (solved != NO_TIME && civil_day_of(m->closing) - civil_day_of(solved) > SHOWN_DAYS)
        return NEED_NOTHING;
    return NEED_DOSSIER;
}

static void add(struct report_maker *m, const struct report_item *item)
{
    struct shown *s = m->state;
    if (s->count == s->cap) {
        size_t cap = s->cap ? s->cap * 2 : 256;
        struct entry *entry = realloc(s->entry, cap * sizeof *entry);
        if (!entry) {
            m->failed = true;
            return;
        }
        s->entry = entry;
        s->cap = cap;
    }
    struct entry *e = &s->entry[s->count++];
    *e = (struct entry){0};
    stood_of(m, item, &e->stood);
    e->code = arena_str(&m->text, item->dossier->code);
    if (item->procedure)
        e->procedure = arena_str(&m->text, item->procedure->name);
}

static int by_receipt(const void *a, const void *b)
{
    const struct facts *x = &((const struct entry *)a)->stood.facts;
    const struct facts *y = &((const struct entry *)b)->stood.facts;
    if (x->received != y->received)
        return x->received < y->received ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static const struct report_column columns[] = {
    {"no", T_report_column_no, CELL_NUMBER, 4, false},
    {"code", T_report_column_code, CELL_TEXT, 18, false},
    {"procedure", T_report_column_procedure, CELL_TEXT, 34, false},
    {"received", T_report_column_received, CELL_DATE, 10, false},
    {"statutory_due", T_report_column_statutory_due, CELL_DATE, 10, false},
    {"promised_due", T_report_column_promised_due, CELL_DATE, 10, false},
    {"state", T_report_column_state, CELL_TEXT, 14, false},
    {"timing", T_report_column_timing, CELL_TEXT, 11, false},
};

static void cell_day(struct report_cell *c, civil_minute t)
{
    cell_date(c, t == NO_TIME ? NO_DAY : civil_day_of(t));
}

static void finish(struct report_maker *m, struct report *out)
{
    const struct shown *s = m->state;
    struct report_part *part =
        report_part(out, T_nothing, "dossiers", columns, sizeof columns / sizeof *columns);
    if (s->count)
        qsort(s->entry, s->count, sizeof *s->entry, by_receipt);
    for (size_t i = 0; part && i < s->count; i++) {
        const struct entry *e = &s->entry[i];
        struct report_row *row = report_row(out, part, e->stood.late ? ROW_ALERT : ROW_PLAIN);
        cell_number(&row->cell[0], (int64_t)i + 1);
        cell_text(out, &row->cell[1], e->code);
        if (e->procedure.n)
            cell_text(out, &row->cell[2], e->procedure);
        else
            cell_label(out, &row->cell[2], m->request.lang, T_report_public_other);
        cell_day(&row->cell[3], e->stood.facts.received);
        cell_day(&row->cell[4], e->stood.facts.statutory_due);
        cell_day(&row->cell[5], e->stood.facts.due);
        cell_text(out, &row->cell[6], str_of(words_state(m->request.lang, e->stood.facts.state)));
        cell_text(out, &row->cell[7], stood_words(m, &e->stood));
    }
    report_note(m, out, T_report_public_note, NULL, 0);
}

const struct report_ops report_public = {
    .title = T_report_public,
    .counted = T_report_public_counted,
    .begin = begin,
    .look = look,
    .add = add,
    .finish = finish,
    .free = end,
};
