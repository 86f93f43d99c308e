#include "store/sound.h"

#include "core/clock.h"
#include "core/evolve.h"
#include "core/match.h"
#include "store/backdated.h"
#include "store/bytes.h"
#include "store/check_records.h"
#include "store/counters.h"
#include "store/follow.h"
#include "store/hashing.h"
#include "store/in_force.h"
#include "store/record.h"
#include "store/tally.h"
#include "store/under_way.h"
#include <stdlib.h>

enum { TELL = 64 }; /* entries between two looks at who watches */

struct sounding {
    struct view *view;
    struct txn *txn;
    struct office *office; /* of the entries so far, like all that follows */
    struct state state;
    struct hashing *hashing;
    struct sum_key key;
    struct under_ways under_way;
    struct check_records records;
    struct check_lines names, numbers;
    struct tallies tallies;
    struct counters counters;
    struct expected in_force;
    struct ordered backdated;
    uint32_t *received; /* of each dossier, time_pack()ed */
    uint64_t received_cap;
    struct history history;
    struct buf text;
};

static int offset_of(const struct sounding *c)
{
    return office_identity(c->office)->utc_offset;
}

/* ---- the newest receipt ---- */

static bool note_received(struct sounding *c, uint64_t id, civil_minute received)
{
    if (id > c->received_cap) {
        uint64_t cap = c->received_cap ? c->received_cap * 2 : 1024;
        uint32_t *more = realloc(c->received, (size_t)cap * sizeof *more);
        if (!more)
            return false;
        c->received = more;
        c->received_cap = cap;
    }
    c->received[id - 1] = time_pack(received);
    return true;
}

static civil_minute newest_but(const struct sounding *c, uint64_t id)
{
    uint32_t newest = 0;
    for (uint64_t other = 1; other <= c->state.dossiers; other++)
        if (other != id && c->received[other - 1] > newest)
            newest = c->received[other - 1];
    return time_unpack(newest);
}

/* ---- lines ---- */

static bool add_lines(struct sounding *c, struct under_way *u)
{
    buf_reset(&c->text);
    match_name(&c->text, &u->d);
    u->name = check_lines_add(&c->names, u->id, buf_str(&c->text), c->state.newest);
    bool good = !c->text.failed;
    buf_reset(&c->text);
    match_numbers(&c->text, &u->d);
    u->numbers = check_lines_add(&c->numbers, u->id, buf_str(&c->text), c->state.newest);
    follow_received(&c->state, u->d.facts.received);
    return good && !c->text.failed && !c->names.wrong && !c->numbers.wrong;
}

static bool see_lines(struct sounding *c, struct under_way *u, const struct dossier *before,
                      const struct event *e)
{
    if (before->facts.id && !follow_moves_lines(before, &u->d))
        return true;
    if (before->facts.id) {
        check_lines_remove(&c->names, u->name);
        check_lines_remove(&c->numbers, u->numbers);
        if (follow_leaves_future(&c->state, before, e, offset_of(c)))
            c->state.newest = newest_but(c, u->id);
    }
    return note_received(c, u->id, u->d.facts.received) && add_lines(c, u);
}

/* ---- a dossier ---- */

/* From its first entry on it is followed: what its record says of its last one is believed until then. */
static struct under_way *begin_dossier(struct sounding *c, const struct event *e)
{
    struct str stored;
    struct dossier d;
    if (e->dossier != c->state.dossiers + 1 || !check_records_next(&c->records, &stored, &d))
        return NULL;
    struct under_way *u = under_way_begin(&c->under_way, e->dossier);
    if (!u)
        return NULL;
    u->stored = stored;
    u->last = d.last_event;
    return u;
}

/* Nobody comes after it: then the record must be what all its entries made. One that comes all the same finds
 * no such dossier under way. */
static bool end_dossier(struct sounding *c, struct under_way *u)
{
    buf_reset(&c->text);
    dossier_encode(&c->text, &u->d);
    struct record made = {.names = u->name.chunk, .numbers = u->numbers.chunk, .bytes = buf_str(&c->text)};
    bool same = !c->text.failed && record_holds(u->stored, &made);
    under_way_end(&c->under_way, u);
    return same;
}

/* What an undo leaves only the whole history tells. */
static bool evolve_one(struct sounding *c, struct dossier *d, const struct event *e)
{
    if (e->kind != EVENT_UNDONE)
        return evolve(d, e);
    return e->previous == d->last_event && history_load(&c->history, c->txn, e->dossier, e->seq, e->seq) &&
           history_dossier(&c->history, c->txn, d);
}

static bool see_dossier(struct sounding *c, const struct event *e)
{
    bool begins = event_begins(e->kind);
    struct under_way *u = begins ? begin_dossier(c, e) : under_way_of(&c->under_way, e->dossier);
    if (!u)
        return false;
    struct dossier before = u->d;
    if (!evolve_one(c, &u->d, e))
        return false;
    if (begins) {
        c->state.dossiers = e->dossier;
        counters_upto(&c->counters, e->dossier);
        codes_note(&c->counters, office_identity(c->office)->agency, event_code(e));
    }
    series_note(&c->counters, e);
    follow_count(&c->state, e, &before, &u->d, offset_of(c));
    tally_move(&c->tallies, &before, &u->d);
    if (!see_lines(c, u, &before, e))
        return false;
    return e->seq < u->last || end_dossier(c, u);
}

/* ---- the office, and the counter ---- */

static bool note_in_force(struct sounding *c, const struct event *e)
{
    struct key key[IN_FORCE_KEYS];
    unsigned char value[8];
    size_t count = in_force_keys(key, e);
    if (count == IN_FORCE_NEVER)
        return false;
    put_be(value, e->seq, 8);
    for (size_t i = 0; i < count; i++)
        expected_put(&c->in_force, key_str(&key[i]), bytes_str(value, sizeof value));
    return true;
}

static bool see_office(struct sounding *c, const struct event *e)
{
    if (!follow_office(&c->state, e) || !office_apply(c->office, e))
        return false;
    follow_count(&c->state, e, NULL, NULL, offset_of(c));
    return note_in_force(c, e);
}

static bool see_counter(struct sounding *c, const struct event *e)
{
    if (!follow_counter(&c->state, e))
        return false;
    series_note(&c->counters, e);
    follow_count(&c->state, e, NULL, NULL, offset_of(c));
    return true;
}

/* ---- all entries ---- */

static bool see_backdated(struct sounding *c, const struct event *e)
{
    struct backdated b;
    if (!backdated_of(e, offset_of(c), &b))
        return true;
    buf_reset(&c->text);
    backdated_encode(&c->text, &b);
    return ordered_number(&c->backdated, e->seq) && !c->text.failed &&
           str_eq(c->backdated.value, buf_str(&c->text));
}

static bool see_event(struct sounding *c, const struct event *e)
{
    bool good = event_is_office(e->kind)    ? see_office(c, e)
                : event_is_counter(e->kind) ? see_counter(c, e)
                                            : see_dossier(c, e);
    return good && see_backdated(c, e);
}

static bool see_entry(struct sounding *c, uint64_t seq, struct str value)
{
    struct event e;
    if (value.n < STORE_HASH)
        return false;
    struct entry entry = {.seq = seq, .hash = str_bytes(value), .body = str_from(value, STORE_HASH)};
    if (!hashing_add(c->hashing, &entry) || !event_decode(entry.body, &e) ||
        !clock_may_follow(&e, c->state.recorded_at))
        return false;
    e.seq = seq;
    if (!see_event(c, &e))
        return false;
    follow_head(&c->state, &e, entry.hash);
    return true;
}

static enum sound see_all(struct sounding *c, const struct watch *watch)
{
    uint64_t head = c->view->state.head_seq, seq = 0;
    struct ordered journal;
    bool good = true, stopped = false;
    ordered_open(&journal, c->txn, TABLE_JOURNAL);
    while (good && !stopped && seq < head) {
        good = ordered_number(&journal, ++seq) && see_entry(c, seq, journal.value);
        stopped = seq % TELL == 0 && !watch_tell(watch, seq, head);
    }
    bool whole = ordered_close(&journal);
    return stopped ? SOUND_STOPPED : good && whole ? SOUND_YES : SOUND_DOUBT;
}

/* ---- what is left when all are seen ---- */

static bool state_is_stored(struct sounding *c)
{
    struct expected meta = {0};
    c->state.names_end = c->names.end;
    c->state.numbers_end = c->numbers.end;
    state_expect(&meta, &c->state);
    bool same = expected_is_stored(&meta, c->txn, TABLE_META, state_is_of_other_layout);
    expected_release(&meta);
    return same;
}

static bool rest_is_stored(struct sounding *c)
{
    return c->under_way.count == 0 && state_is_stored(c) && tallies_are_stored(&c->tallies) &&
           counters_are_stored(&c->counters) &&
           expected_is_stored(&c->in_force, c->txn, TABLE_OFFICE, NULL) && txn_ok(c->txn);
}

static bool begin(struct sounding *c)
{
    c->office = office_new();
    c->hashing = hashing_new();
    sum_key_draw(&c->key);
    check_records_begin(&c->records, c->txn, &c->key);
    check_lines_begin(&c->names, c->txn, TABLE_NAMES, TABLE_NAME_PIECES, &c->key);
    check_lines_begin(&c->numbers, c->txn, TABLE_NUMBERS, TABLE_NUMBER_PIECES, &c->key);
    tallies_init(&c->tallies, c->txn);
    counters_init_anew(&c->counters, c->txn);
    ordered_open(&c->backdated, c->txn, TABLE_BACKDATED);
    return under_ways_init(&c->under_way) && c->office && c->hashing && txn_ok(c->txn);
}

/* Closes everything, which is when the tables must be at their ends. */
static bool end(struct sounding *c)
{
    bool hashes = c->hashing && hashing_end(c->hashing);
    bool records = check_records_end(&c->records);
    bool names = check_lines_end(&c->names), numbers = check_lines_end(&c->numbers);
    bool backdated = ordered_close(&c->backdated);
    tallies_release(&c->tallies);
    counters_release(&c->counters);
    expected_release(&c->in_force);
    under_ways_release(&c->under_way);
    history_release(&c->history);
    buf_release(&c->text);
    office_free(c->office);
    free(c->received);
    return hashes && records && names && numbers && backdated;
}

enum sound sound_view(struct view *v, const struct watch *watch)
{
    struct sounding *c = calloc(1, sizeof *c);
    if (!c)
        return SOUND_DOUBT;
    c->view = v;
    c->txn = &v->txn;
    c->state = (struct state){.recorded_at = NO_TIME, .newest = NO_TIME};
    enum sound sound = begin(c) ? see_all(c, watch) : SOUND_DOUBT;
    if (sound == SOUND_YES && !rest_is_stored(c))
        sound = SOUND_DOUBT;
    if (!end(c) && sound == SOUND_YES)
        sound = SOUND_DOUBT;
    free(c);
    return sound;
}
