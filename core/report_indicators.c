/* What the year's plan asks of the desk, and how far it is met: each indicator that the book can answer,
 * against the office's own target. */
#include "core/points.h"
#include "core/report_stood.h"

#include <stdlib.h>

/* So many of so many. */
struct share {
    uint64_t part, whole;
};

/* A rating that was given in the period. */
struct rated {
    uint64_t seq, dossier;
    uint8_t stars;
    bool undone;
};

struct sums {
    struct share share[TARGET_COUNT];
    struct rated *rated; /* in the journal's order */
    size_t ratings, ratings_cap;
    struct points points;
    uint64_t unknown_out, unknown_digitized; /* results of another system, which did not say */
    bool *online, *postal; /* by the number of a procedure: met on that channel in the period */
    size_t procedures;
};

static bool begin(struct report_maker *m)
{
    struct sums *s = arena_alloc(&m->text, sizeof *s);
    m->state = s;
    if (!s)
        return false;
    s->procedures = (size_t)office_procedure_highest(m->request.office) + 1;
    s->online = arena_alloc(&m->text, s->procedures * sizeof *s->online);
    s->postal = arena_alloc(&m->text, s->procedures * sizeof *s->postal);
    return s->online && s->postal;
}

static void end(struct report_maker *m)
{
    struct sums *s = m->state;
    if (s)
        free(s->rated);
}

static void take(struct share *s, bool part)
{
    s->whole++;
    s->part += part;
}

/* ---- dossier by dossier ---- */

static bool in_period(const struct report_maker *m, civil_minute t)
{
    return t != NO_TIME && t <= m->closing && period_has(m->request.period, civil_day_of(t));
}

static void count_received(struct sums *s, const struct facts *f)
{
    take(&s->share[TARGET_ONLINE], f->channel == CHANNEL_ONLINE);
    take(&s->share[TARGET_POSTAL_IN], f->channel == CHANNEL_POSTAL);
    if (f->procedure < s->procedures) {
        s->online[f->procedure] = s->online[f->procedure] || f->channel == CHANNEL_ONLINE;
        s->postal[f->procedure] = s->postal[f->procedure] || f->channel == CHANNEL_POSTAL;
    }
}

static void count_solved(struct report_maker *m, const struct facts *f)
{
    struct sums *s = m->state;
    switch (report_timing(f, m->basis)) {
    case TIMING_EARLY: s->points.two++; break;
    case TIMING_ON_TIME: s->points.one++; break;
    case TIMING_LATE: s->points.none++; break;
    }
}

/* What counts whoever handled it, and whatever else is known. */
static void count_stood(struct report_maker *m, const struct facts *f, const struct stood *stood)
{
    struct sums *s = m->state;
    if (report_received_in(f, m->request.period)) {
        count_received(s, f);
        if (stood->solved || stood->late)
            take(&s->share[TARGET_ON_TIME], stood->solved && !stood->late);
    }
    if (stood->ever_late)
        take(&s->share[TARGET_LETTERS], stood->letter);
    if (stood->solved && in_period(m, report_solved(f)))
        count_solved(m, f);
}

/* Solved in the period, or returned: then the dossier itself has more to say. */
static bool is_handled(const struct report_maker *m, const struct facts *f)
{
    return in_period(m, report_solved(f)) || in_period(m, f->returned);
}

/* Did another system solve it? What happened to it here came later. */
static bool was_solved_elsewhere(const struct dossier *d)
{
    return d->imported && (d->first_act == NO_TIME || d->facts.resolved < d->first_act);
}

static void count_handled(struct report_maker *m, const struct dossier *d)
{
    struct sums *s = m->state;
    const struct facts *f = &d->facts;
    if (f->ended_how != ENDED_RESOLVED)
        return;
    if (in_period(m, f->resolved)) {
        if (was_solved_elsewhere(d))
            s->unknown_digitized++;
        else
            take(&s->share[TARGET_DIGITIZED], d->digitized);
    }
    if (in_period(m, f->returned)) {
        if (d->return_channel == CHANNEL_NONE)
            s->unknown_out++;
        else
            take(&s->share[TARGET_POSTAL_OUT], d->return_channel == CHANNEL_POSTAL);
    }
}

static bool belongs(const struct report_maker *m, const struct facts *f)
{
    civil_minute solved = report_solved(f);
    return solved == NO_TIME || civil_day_of(solved) >= m->request.period.from;
}

static enum report_need look(struct report_maker *m, const struct facts *f)
{
    struct stood stood;
    if (!stood_counts(m, f) || (!belongs(m, f) && !is_handled(m, f)))
        return NEED_NOTHING;
    if (belongs(m, f) && !stood_by_facts(m, f, &stood))
        return NEED_HISTORY;
    if (is_handled(m, f))
        return NEED_DOSSIER;
    count_stood(m, f, &stood);
    return NEED_NOTHING;
}

static void add(struct report_maker *m, const struct report_item *item)
{
    struct stood stood;
    if (belongs(m, item->facts)) {
        stood_of(m, item, &stood);
        count_stood(m, item->facts, &stood);
    }
    if (is_handled(m, item->facts))
        count_handled(m, item->dossier);
}

/* ---- ratings: by the day they were given ---- */

static void keep_rating(struct report_maker *m, const struct event *e)
{
    struct sums *s = m->state;
    if (s->ratings == s->ratings_cap) {
        size_t cap = s->ratings_cap ? s->ratings_cap * 2 : 64;
        struct rated *grown = realloc(s->rated, cap * sizeof *grown);
        if (!grown) {
            m->failed = true;
            return;
        }
        s->rated = grown;
        s->ratings_cap = cap;
    }
    after_want(m, e->dossier);
    s->rated[s->ratings++] = (struct rated){.seq = e->seq, .dossier = e->dossier, .stars = e->rated.stars};
}

static void entry(struct report_maker *m, const struct event *e, int64_t written)
{
    struct sums *s = m->state;
    (void)written;
    if (e->kind == EVENT_RATED && in_period(m, e->at))
        keep_rating(m, e);
    for (size_t i = s->ratings; e->kind == EVENT_UNDONE && i && s->rated[i - 1].seq >= e->undone.seq; i--)
        if (s->rated[i - 1].seq == e->undone.seq)
            s->rated[i - 1].undone = true;
}

/* By dossier, the last first. */
static int last_rating_first(const void *a, const void *b)
{
    const struct rated *x = a, *y = b;
    if (x->dossier != y->dossier)
        return x->dossier < y->dossier ? -1 : 1;
    return (x->seq < y->seq) - (x->seq > y->seq);
}

/* Of a dossier the last that the period has: a later word replaces an earlier one. */
static struct share satisfied(struct report_maker *m)
{
    const struct sums *s = m->state;
    struct share share = {0};
    uint64_t last = 0;
    if (s->ratings)
        qsort(s->rated, s->ratings, sizeof *s->rated, last_rating_first);
    for (size_t i = 0; i < s->ratings; i++) {
        const struct rated *r = &s->rated[i];
        if (r->undone || r->dossier == last || after_is_void(&m->after, r->dossier))
            continue;
        take(&share, r->stars >= 4);
        last = r->dossier;
    }
    return share;
}

/* ---- procedures: of those offered on a channel, the ones met on it ---- */

/* A procedure is offered when one of its cases is, and met when one of them was. */
static struct share used(const struct report_maker *m, bool postal)
{
    const struct sums *s = m->state;
    const struct office *office = m->request.office;
    struct share share = {0};
    size_t count = office_procedure_count(office);
    for (size_t i = 0, next; i < count; i = next) {
        bool offered = false, met = false;
        struct str code = office_procedure(office, i)->code;
        for (next = i; next < count && str_eq(office_procedure(office, next)->code, code); next++) {
            const struct procedure *p = office_procedure(office, next);
            offered = offered || (!p->retired && (postal ? p->postal : p->online) == 1);
            met = met || (p->number < s->procedures && (postal ? s->postal : s->online)[p->number]);
        }
        if (offered)
            take(&share, met);
    }
    return share;
}

/* ---- the table ---- */

enum { WHOLE = 10000 }; /* 100 % in hundredths of a percent */

static const struct report_column columns[] = {
    {"no", T_report_column_no, CELL_NUMBER, 3, false},
    {"indicator", T_report_indicators_indicator, CELL_TEXT, 34, false},
    {"counted", T_report_indicators_part, CELL_NUMBER, 8, false},
    {"whole", T_report_indicators_whole, CELL_NUMBER, 8, false},
    {"value", T_report_indicators_value, CELL_PERCENT, 9, true},
    {"target", T_report_indicators_target, CELL_TEXT, 9, false},
    {"met", T_report_indicators_met, CELL_TEXT, 9, false},
    {"gap", T_report_indicators_gap, CELL_NUMBER, 8, false},
};

/* The least that the part must grow by for the target to be met, -1 where it cannot be. */
static int64_t gap_of(struct target t, struct share s)
{
    uint64_t share = (uint64_t)t.hundredths,
             rest = s.whole % WHOLE * share; /* whole x share, never too large */
    uint64_t least = s.whole / WHOLE * share + rest / WHOLE;
    bool whole = rest % WHOLE == 0;
    if (t.comparator == TARGET_EXACTLY && (!whole || s.part > least))
        return -1;
    if (t.comparator == TARGET_ABOVE || !whole)
        least++;
    if (least > s.whole)
        return -1;
    return least > s.part ? (int64_t)(least - s.part) : 0;
}

/* Points are not dossiers: one solved early instead of late brings two, instead of on time one. */
static int64_t points_gap(const struct points *p, int64_t points)
{
    uint64_t n = points > 0 ? (uint64_t)points : 0;
    if (points < 0)
        return -1;
    return (int64_t)(n <= 2 * p->none ? (n + 1) / 2 : n - p->none);
}

static void write_target(struct report_maker *m, struct report *out, struct report_cell *c, struct target t)
{
    static const char *const signs[] = {
        [TARGET_ABOVE] = "> ", [TARGET_AT_LEAST] = "≥ ", [TARGET_EXACTLY] = "= "};
    bool vietnamese = m->request.lang == LANG_VI;
    struct buf text = BUF_INIT;
    buf_add_z(&text, signs[t.comparator]);
    limit_format_value(&text, (uint32_t)t.hundredths, vietnamese ? ',' : '.');
    buf_add_z(&text, vietnamese ? " %" : "%");
    cell_text(out, c, buf_str(&text));
    m->failed = m->failed || text.failed;
    buf_release(&text);
}

static struct report_row *write_share(struct report_maker *m, struct report *out, struct report_part *part,
                                      enum text_id text, struct share s)
{
    struct report_row *row = report_row(out, part, ROW_PLAIN);
    cell_number(&row->cell[0], (int64_t)part->count);
    cell_label(out, &row->cell[1], m->request.lang, text);
    cell_number(&row->cell[2], (int64_t)s.part);
    cell_number(&row->cell[3], (int64_t)s.whole);
    cell_percent(&row->cell[4], s.part, s.whole);
    return row;
}

static void judge(struct report_maker *m, struct report *out, struct report_row *row, enum target_kind kind,
                  struct share s)
{
    const struct sums *sums = m->state;
    struct target t = office_settings(m->request.office)->target[kind];
    write_target(m, out, &row->cell[5], t);
    if (!s.whole)
        return;
    bool met = target_met(t, s.part, s.whole);
    int64_t gap = gap_of(t, s);
    if (kind == TARGET_RATING)
        gap = points_gap(&sums->points, gap);
    row->kind = met ? ROW_PLAIN : ROW_ALERT;
    cell_label(out, &row->cell[6], m->request.lang, met ? T_report_indicators_yes : T_report_indicators_no);
    if (met || gap >= 0)
        cell_number(&row->cell[7], met ? 0 : gap);
}

static void write_indicator(struct report_maker *m, struct report *out, struct report_part *part,
                            enum target_kind kind)
{
    static const enum text_id names[] = {
        [TARGET_ON_TIME] = T_report_indicators_on_time,
        [TARGET_LETTERS] = T_report_indicators_letters,
        [TARGET_ONLINE] = T_report_indicators_online,
        [TARGET_ONLINE_PROCEDURES] = T_report_indicators_online_procedures,
        [TARGET_POSTAL_IN] = T_report_indicators_postal_in,
        [TARGET_POSTAL_OUT] = T_report_indicators_postal_out,
        [TARGET_POSTAL_PROCEDURES] = T_report_indicators_postal_procedures,
        [TARGET_DIGITIZED] = T_report_indicators_digitized,
        [TARGET_PETITIONS] = T_report_indicators_petitions,
        [TARGET_RATING] = T_report_indicators_rating,
    };
    const struct sums *s = m->state;
    struct report_row *row = write_share(m, out, part, names[kind], s->share[kind]);
    if (kind == TARGET_PETITIONS) /* the book does not know them: say nothing of them */
        row->cell[2] = row->cell[3] = (struct report_cell){0};
    judge(m, out, row, kind, s->share[kind]);
}

static void note_unknown(struct report_maker *m, struct report *out)
{
    const struct sums *s = m->state;
    struct buf out_n = BUF_INIT, digitized = BUF_INIT;
    if (!s->unknown_out && !s->unknown_digitized)
        return;
    buf_add_int(&digitized, (int64_t)s->unknown_digitized);
    buf_add_int(&out_n, (int64_t)s->unknown_out);
    report_note(m, out, T_report_indicators_note_unknown,
                (const struct str[]){buf_str(&digitized), buf_str(&out_n)}, 2);
    m->failed = m->failed || out_n.failed || digitized.failed;
    buf_release(&out_n);
    buf_release(&digitized);
}

static void finish(struct report_maker *m, struct report *out)
{
    struct sums *s = m->state;
    struct report_part *part =
        report_part(out, T_nothing, "indicators", columns, sizeof columns / sizeof *columns);
    s->share[TARGET_ONLINE_PROCEDURES] = used(m, false);
    s->share[TARGET_POSTAL_PROCEDURES] = used(m, true);
    s->share[TARGET_RATING] = (struct share){points_sum(&s->points), points_most(&s->points)};
    for (enum target_kind kind = 0; part && kind < TARGET_COUNT; kind++)
        write_indicator(m, out, part, kind);
    if (part)
        write_share(m, out, part, T_report_indicators_satisfaction, satisfied(m));
    report_note(m, out, T_report_indicators_note_on_time, NULL, 0);
    report_note(m, out, T_report_indicators_note_procedures, NULL, 0);
    report_note(m, out, T_report_indicators_note_rating, NULL, 0);
    report_note(m, out, T_report_indicators_note_results, NULL, 0);
    report_note(m, out, T_report_indicators_note_petitions, NULL, 0);
    report_note(m, out, T_report_indicators_note_gap, NULL, 0);
    note_unknown(m, out);
}

const struct report_ops report_indicators = {
    .title = T_report_indicators,
    .counted = T_report_indicators_counted,
    .has_period = true,
    .entries = true,
    .entries_within = true,
    .begin = begin,
    .look = look,
    .add = add,
    .entry = entry,
    .finish = finish,
    .free = end,
};
