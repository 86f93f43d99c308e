#include "store/view.h"

#include "store/bytes.h"
#include "store/codes.h"
#include "store/facts.h"
#include "store/fault.h"
#include "store/in_force.h"
#include "store/leaves.h"
#include "store/live.h"
#include "store/record.h"
#include "store/tally.h"
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- beginning and ending ---- */

/* The catalogue an office began with fills the journal's first entries. */
enum { FIRST_ENTRIES = 2000 };

static void fetch_office(struct store *s, struct txn *t)
{
    struct key from, to;
    if (!s->office)
        leaves_fetch(t, TABLE_JOURNAL, key_u64(&from, 0), key_u64(&to, FIRST_ENTRIES), NULL);
}

static struct outcome begin(struct store *s, struct view **out)
{
    *out = NULL;
    if (s->view)
        return fault_of(s->dir, EBUSY);
    struct view *v = calloc(1, sizeof *v);
    if (!v)
        return outcome_of(KIND_out_of_memory);
    v->store = s;
    bool begun = txn_begin(s, false, &v->txn);
    if (begun)
        fetch_office(s, &v->txn);
    if (begun && state_follow(&v->txn, &v->state) && in_force_adopt(s, &v->txn, v->state.office_seq)) {
        v->dossiers = v->state.dossiers;
        v->clock = v->state.clock_seq;
        v->office = s->office;
        s->view = *out = v;
        return OUTCOME_DONE;
    }
    struct outcome o = v->txn.fault;
    txn_end(&v->txn);
    free(v);
    return o;
}

struct outcome view_begin(struct store *s, struct view **out)
{
    return begin(s, out);
}

/* The last dossier whose first event is not after the view's last entry: ids are given in the order of the
 * journal. */
static uint64_t last_dossier(struct view *v)
{
    uint64_t low = 0, high = v->state.dossiers;
    while (low < high) {
        uint64_t middle = high - (high - low) / 2;
        struct dossier d;
        if (!record_dossier(&v->txn, middle, &d))
            txn_damaged(&v->txn, table_label(TABLE_DOSSIER));
        if (txn_ok(&v->txn) && d.first_event <= v->upto)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

/* The last clock accepted up to the view's last entry: later ones are not known yet. */
static uint64_t last_clock(struct view *v)
{
    uint64_t seq = v->state.clock_seq;
    struct event e;
    while (seq > v->upto && journal_clock(&v->txn, seq, &e))
        seq = e.clock.before;
    return seq;
}

struct outcome view_begin_as_of(struct store *s, int64_t utc_second, struct view **out)
{
    struct outcome o = begin(s, out);
    if (!outcome_ok(&o))
        return o;
    struct view *v = *out;
    v->as_of = true;
    v->upto = journal_at(&v->txn, v->state.head_seq, v->state.clock_seq, utc_second);
    v->clock = last_clock(v);
    v->own = in_force_load_at(&v->txn, v->state.office_seq, v->upto);
    v->office = v->own;
    v->dossiers = last_dossier(v);
    if (txn_ok(&v->txn))
        return OUTCOME_DONE;
    o = v->txn.fault;
    view_end(v);
    *out = NULL;
    return o;
}

void view_end(struct view *v)
{
    if (!v)
        return;
    v->store->view = NULL;
    if (v->store->pid == getpid())
        txn_end(&v->txn);
    office_free(v->own);
    history_release(&v->history);
    free(v);
}

void view_note(struct view *v)
{
    if (txn_ok(&v->txn))
        return;
    if (outcome_ok(&v->fault))
        v->fault = v->txn.fault;
    if (v->txn.rc == 0)
        v->txn.fault = OUTCOME_DONE;
}

struct outcome view_fault(const struct view *v)
{
    return txn_ok(&v->txn) ? v->fault : v->txn.fault;
}

const struct office *view_office(const struct view *v)
{
    return v->office;
}

uint64_t view_office_seq(const struct view *v)
{
    return v->state.office_seq;
}

struct office *view_office_at(struct view *v, uint64_t seq)
{
    struct office *office = in_force_load_at(&v->txn, v->state.office_seq, seq);
    view_note(v);
    return office;
}

/* ---- one dossier ---- */

bool view_dossier(struct view *v, uint64_t id, struct dossier *out)
{
    bool found = id && id <= v->dossiers && record_dossier(&v->txn, id, out);
    if (found && v->as_of)
        found = as_of_dossier(v, out);
    view_note(v);
    return found;
}

bool view_facts(struct view *v, uint64_t id, struct facts *out)
{
    if (id > v->dossiers)
        return false;
    struct dossier d;
    bool found = v->as_of ? view_dossier(v, id, &d) : facts_read(&v->txn, id, out);
    if (found && v->as_of)
        *out = d.facts;
    else if (!found && id && txn_ok(&v->txn)) /* what was logged has its facts */
        txn_damaged(&v->txn, table_label(TABLE_FACTS));
    view_note(v);
    return found;
}

static enum code_standing judge_code(void *arg, uint64_t id)
{
    struct facts f;
    if (!view_facts(arg, id, &f))
        return CODE_UNSEEN;
    return state_is_open(f.state) ? CODE_OPEN : CODE_ENDED;
}

struct outcome view_find(struct view *v, struct str code, uint64_t *id)
{
    struct outcome o = codes_find(&v->txn, code, judge_code, v, id);
    view_note(v);
    return o;
}

bool view_known_code(struct view *v, struct str code, uint64_t *id)
{
    bool found = codes_get(&v->txn, code, id) && *id <= v->dossiers;
    view_note(v);
    return found;
}

bool view_procedure_of(struct view *v, const struct dossier *d, struct procedure *out)
{
    struct event e;
    bool found = d->receipt.procedure.version && journal_event(&v->txn, d->receipt.procedure.version, &e) &&
                 e.kind == EVENT_PROCEDURE_PUT;
    view_note(v);
    if (found) {
        *out = e.procedure;
        out->version = d->receipt.procedure.version;
        return true;
    }
    const struct procedure *now = office_procedure_by_number(v->office, d->facts.procedure);
    if (now && str_eq(now->code, d->receipt.procedure.code) && str_eq(now->kase, d->receipt.procedure.kase)) {
        *out = *now;
        return true;
    }
    return false;
}

/* The dossier's last event is of the view's moment: what was taken back later is not known yet. */
void view_history(struct view *v, const struct dossier *d, event_visit *each, void *arg)
{
    struct history h = {0};
    struct dossier made;
    if (history_load(&h, &v->txn, d->facts.id, d->last_event, d->last_event) &&
        history_dossier(&h, &v->txn, &made))
        for (size_t i = 0; i < h.count && each(arg, &h.event[i]); i++)
            ;
    history_release(&h);
    view_note(v);
}

int64_t view_written(struct view *v, const struct event *e)
{
    int64_t written = journal_written(&v->txn, v->clock, e);
    view_note(v);
    return written;
}

void view_clocks(struct view *v, event_visit *each, void *arg)
{
    struct event e;
    for (uint64_t seq = v->clock; seq && journal_clock(&v->txn, seq, &e) && each(arg, &e);)
        seq = e.clock.before;
    view_note(v);
}

/* What the counter's chain says is void: newest first, as it is met before what it is about. */
struct voided {
    struct {
        uint64_t seq, by;
    } * slip;
    size_t count, cap;
};

static bool keep_voided(struct voided *v, const struct event *e)
{
    if (v->count == v->cap) {
        size_t cap = v->cap ? v->cap * 2 : 16;
        void *slip = realloc(v->slip, cap * sizeof *v->slip);
        if (!slip)
            return false;
        v->slip = slip;
        v->cap = cap;
    }
    v->slip[v->count].seq = e->turn_away_voided.seq;
    v->slip[v->count++].by = e->seq;
    return true;
}

static uint64_t voided_by(const struct voided *v, uint64_t seq)
{
    for (size_t i = 0; i < v->count; i++)
        if (v->slip[i].seq == seq)
            return v->slip[i].by;
    return 0;
}

void view_turned_away(struct view *v, event_visit *each, void *arg)
{
    uint64_t seq = v->state.counter_seq;
    struct voided voided = {NULL};
    struct event e;
    bool on = true;
    while (seq && on && journal_event(&v->txn, seq, &e)) {
        if (!event_is_counter(e.kind) || e.previous >= seq) {
            txn_damaged_at(&v->txn, T_core_damage_entry, seq);
            break;
        }
        bool known = !v->as_of || seq <= v->upto;
        e.undone_by = voided_by(&voided, seq);
        if (known && e.kind == EVENT_TURN_AWAY_VOIDED && !keep_voided(&voided, &e))
            txn_no_memory(&v->txn);
        else if (known && e.kind == EVENT_TURNED_AWAY)
            on = each(arg, &e);
        on = on && txn_ok(&v->txn);
        seq = e.previous;
    }
    free(voided.slip);
    view_note(v);
}

/* ---- many ---- */

uint64_t view_dossiers(const struct view *v)
{
    return v->dossiers;
}

/* Answers how many rows it came by. */
static uint64_t walk(struct view *v, enum live_group group, civil_minute until, row_visit *each, void *arg)
{
    struct live_walk w;
    uint64_t rows = 0;
    live_open(&w, &v->txn, group, until);
    for (size_t i = 0; i < w.ranges; i++)
        leaves_fetch(&v->txn, TABLE_LIVE, key_str(&w.range[i].from), key_str(&w.range[i].to), NULL);
    for (bool on = true; on && live_next(&w); rows++) {
        struct row row;
        if (row_decode(w.at->value, &row))
            on = each(arg, &row);
        else
            txn_damaged(&v->txn, table_label(TABLE_LIVE));
        view_note(v);
    }
    live_close(&w);
    view_note(v);
    return rows;
}

void view_live(struct view *v, enum live_group group, row_visit *each, void *arg)
{
    if (v->as_of)
        as_of_live(v, group, each, arg);
    else
        walk(v, group, LIVE_ALL, each, arg);
}

static uint64_t rest(uint64_t all, uint64_t seen)
{
    return all > seen ? all - seen : 0;
}

struct morning_unread view_morning(struct view *v, const struct judge *j, row_visit *each, void *arg)
{
    civil_minute horizon = morning_horizon(j);
    if (v->as_of || horizon == NO_TIME) {
        view_live(v, LIVE_RUNNING, each, arg);
        view_live(v, LIVE_WAITING, each, arg);
        return (struct morning_unread){0};
    }
    uint64_t running = walk(v, LIVE_RUNNING, horizon, each, arg);
    uint64_t waiting = walk(v, LIVE_WAITING, morning_long_wait(j), each, arg);
    return (struct morning_unread){
        .on_track = rest(v->state.open, v->state.waiting + running),
        .waiting = rest(v->state.waiting, waiting),
    };
}

bool view_live_row(struct view *v, const struct facts *f, struct row *out)
{
    struct key key;
    struct str bytes;
    struct dossier d;
    bool found = !v->as_of && live_key(&key, f) && txn_get(&v->txn, TABLE_LIVE, key_str(&key), &bytes) &&
                 row_decode(bytes, out);
    view_note(v);
    if (!found && view_dossier(v, f->id, &d)) {
        row_of(out, &d);
        found = true;
    }
    return found;
}

uint64_t view_uncollected(struct view *v)
{
    uint64_t live = txn_count(&v->txn, TABLE_LIVE);
    view_note(v);
    return live > v->state.open ? live - v->state.open : 0;
}

static bool visit(struct view *v, const struct facts *known, uint64_t id, facts_test *want,
                  dossier_visit *each, void *arg)
{
    struct dossier d;
    if (known && want && !want(arg, known))
        return true;
    if (!view_dossier(v, id, &d) || (!known && want && !want(arg, &d.facts)))
        return true;
    return each(arg, &d);
}

/* A chunk of facts at a time, its rows from the newest. */
static void scan_facts(struct view *v, facts_test *want, dossier_visit *each, void *arg)
{
    bool on = true;
    struct ahead ahead;
    ahead_init(&ahead, &v->txn, TABLE_FACTS, facts_chunk(v->dossiers) + 1);
    for (uint64_t number = facts_chunk(v->dossiers) + 1; on && number-- > 0;) {
        ahead_before(&ahead, number);
        const unsigned char *chunk = chunk_read(&v->txn, TABLE_FACTS, number);
        if (!chunk) {
            txn_damaged(&v->txn, table_label(TABLE_FACTS));
            view_note(v);
            continue;
        }
        uint64_t first = number * FACTS_ROWS + 1, id = first + FACTS_ROWS - 1;
        if (id > v->dossiers)
            id = v->dossiers;
        for (; on && id >= first; id--) {
            struct facts f;
            if (facts_unpack(chunk, id, &f))
                on = visit(v, &f, id, want, each, arg);
        }
    }
}

void view_scan(struct view *v, facts_test *want, dossier_visit *each, void *arg)
{
    if (v->dossiers == 0)
        return;
    if (v->as_of) {
        env_read_ahead(v->store, true);
        for (uint64_t id = v->dossiers; id > 0 && visit(v, NULL, id, want, each, arg); id--)
            ;
        env_read_ahead(v->store, false);
    } else {
        scan_facts(v, want, each, arg);
    }
}

/* ---- counts ---- */

void view_tally(struct view *v, int from_year, int from_month, int to_year, int to_month, struct tally *out)
{
    int from = tally_month(from_year, from_month), to = tally_month(to_year, to_month);
    if (v->as_of)
        as_of_tally(v, from, to, out);
    else
        tally_sum(&v->txn, from, to, out);
    view_note(v);
}

void view_stat(struct view *v, struct store_stat *out)
{
    const struct state *s = &v->state;
    *out = (struct store_stat){
        .dossiers = s->dossiers,
        .open = s->open,
        .solved = s->solved,
        .events = s->head_seq,
        .backdated = s->backdated,
        .recorded_late = s->recorded_late,
        .layout = STORE_LAYOUT,
        .head_seq = s->head_seq,
    };
    memcpy(out->head_hash, s->head_hash, STORE_HASH);
    mdb_filehandle_t fd;
    struct stat st;
    if (mdb_env_get_fd(v->store->env, &fd) == 0 && fstat(fd, &st) == 0)
        out->bytes = (uint64_t)st.st_size;
    if (v->as_of)
        as_of_stat(v, out);
    view_note(v);
}
