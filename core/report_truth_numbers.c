/* Numbers from 1 without gaps: every series of every year that the period touches, what is missing in it, and
 * what was taken back. */
#include "core/report_truth.h"

#include <stdlib.h>

enum { SHOWN_RUNS = 40 }; /* of a list of numbers; how many there are stands beside it */

static int by_number(const void *a, const void *b)
{
    const struct truth_number *x = a, *y = b;
    if (x->series != y->series)
        return x->series < y->series ? -1 : 1;
    if (x->year != y->year)
        return x->year < y->year ? -1 : 1;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return (x->seq > y->seq) - (x->seq < y->seq);
}

/* Numbers as people list them: "3, 7-9". */
struct runs {
    struct buf text;
    uint64_t count;
    uint32_t first, last; /* the run being read; first 0: none */
    size_t written;
};

static void end_run(struct runs *r)
{
    if (!r->first)
        return;
    if (r->written < SHOWN_RUNS) {
        buf_add_z(&r->text, r->written ? ", " : "");
        buf_add_int(&r->text, r->first);
        if (r->last > r->first)
            buf_addf(&r->text, "-%u", r->last);
    } else if (r->written == SHOWN_RUNS) {
        buf_add_z(&r->text, ", …");
    }
    r->written++;
    r->first = 0;
}

/* Numbers from..to, after all before; one that came already does not come twice. */
static void add_run(struct runs *r, uint32_t from, uint32_t to)
{
    if (r->first && from <= r->last)
        return;
    r->count += (uint64_t)to - from + 1;
    if (!r->first || from > r->last + 1) {
        end_run(r);
        r->first = from;
    }
    r->last = to;
}

static enum text_id series_text(enum series series)
{
    static const enum text_id names[SERIES_COUNT] = {
        [SERIES_REGISTER] = T_report_truth_series_register,
        [SERIES_SUPPLEMENT] = T_report_truth_series_supplement,
        [SERIES_REFUSAL] = T_report_truth_series_refusal,
        [SERIES_APOLOGY] = T_report_truth_series_apology,
        [SERIES_STOP] = T_report_truth_series_stop,
    };
    return names[series];
}

static const struct report_column columns[] = {
    {"no", T_report_column_no, CELL_NUMBER, 3, false},
    {"series", T_report_truth_series, CELL_TEXT, 24, false},
    {"year", T_report_truth_year, CELL_TEXT, 6, false},
    {"highest", T_report_truth_highest, CELL_NUMBER, 8, false},
    {"missing", T_report_truth_missing, CELL_NUMBER, 8, false},
    {"missing_numbers", T_report_truth_missing_which, CELL_TEXT, 18, false},
    {"twice", T_report_truth_twice, CELL_TEXT, 12, false},
    {"taken_back", T_report_truth_taken_back, CELL_NUMBER, 8, false},
    {"taken_back_numbers", T_report_truth_taken_back_which, CELL_TEXT, 18, false},
};

/* The slip is void with the entry that gave it; a line of the register with its dossier. */
static bool is_taken_back(const struct truth *t, const struct truth_number *n)
{
    return truth_has_id(&t->undone, n->seq) ||
           (n->series == SERIES_REGISTER && truth_has_id(&t->voided, n->dossier));
}

struct found {
    struct runs missing, twice, back;
    uint32_t highest;
};

static void look_through(const struct truth *t, const struct truth_number *n, size_t count, struct found *f)
{
    uint32_t expected = 1;
    for (size_t i = 0; i < count; i++) {
        if (n[i].number > expected)
            add_run(&f->missing, expected, n[i].number - 1);
        if (i && n[i].number == n[i - 1].number)
            add_run(&f->twice, n[i].number, n[i].number);
        if (is_taken_back(t, &n[i]))
            add_run(&f->back, n[i].number, n[i].number);
        expected = n[i].number + 1;
    }
    f->highest = n[count - 1].number;
    end_run(&f->missing);
    end_run(&f->twice);
    end_run(&f->back);
}

/* One series of one year. Returns whether something is wrong with it. */
static bool write_series(struct report_maker *m, struct report *out, struct report_part *part,
                         const struct truth_number *n, size_t count)
{
    struct found f = {.missing = {.text = BUF_INIT}, .twice = {.text = BUF_INIT}, .back = {.text = BUF_INIT}};
    struct buf year = BUF_INIT;
    look_through(m->state, n, count, &f);
    bool wrong = f.missing.count || f.twice.count;
    struct report_row *row = report_row(out, part, wrong ? ROW_ALERT : ROW_PLAIN);
    buf_add_int(&year, n->year);
    cell_number(&row->cell[0], (int64_t)part->count);
    cell_label(out, &row->cell[1], m->request.lang, series_text(n->series));
    cell_text(out, &row->cell[2], buf_str(&year));
    cell_number(&row->cell[3], f.highest);
    cell_number(&row->cell[4], (int64_t)f.missing.count);
    cell_text(out, &row->cell[5], buf_str(&f.missing.text));
    cell_text(out, &row->cell[6], buf_str(&f.twice.text));
    cell_number(&row->cell[7], (int64_t)f.back.count);
    cell_text(out, &row->cell[8], buf_str(&f.back.text));
    m->failed =
        m->failed || f.missing.text.failed || f.twice.text.failed || f.back.text.failed || year.failed;
    buf_release(&f.missing.text);
    buf_release(&f.twice.text);
    buf_release(&f.back.text);
    buf_release(&year);
    return wrong;
}

size_t truth_numbers(struct report_maker *m, struct report *out)
{
    struct truth *t = m->state;
    struct truth_number *n = t->numbers.item;
    size_t wrong = 0;
    struct report_part *part =
        report_part(out, T_report_truth_numbers, "numbers", columns, sizeof columns / sizeof *columns);
    truth_sort_ids(&t->voided);
    if (t->numbers.count)
        qsort(n, t->numbers.count, sizeof *n, by_number);
    for (size_t i = 0, same; part && i < t->numbers.count; i += same) {
        for (same = 1; i + same < t->numbers.count && n[i + same].series == n[i].series &&
                       n[i + same].year == n[i].year;
             same++)
            ;
        wrong += write_series(m, out, part, &n[i], same);
    }
    return wrong;
}
