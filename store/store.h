/* store: the desk's book on disk. The only room that knows LMDB and the hash chain.
 *
 * A store is a folder with data.mdb and lock.mdb. Everything that changes it is an event appended to a
 * journal; whatever else is kept (records, lists, columns, indexes) is worked out from the journal in the
 * same transaction, and can be thrown away and replayed.
 *
 * One door writes: store_submit(). Reading goes through a view, one short read transaction. One thread, one
 * view at a time, never a view open while waiting for a person. A store opened before fork() must not be
 * touched in the child.
 *
 * Several processes may use one store at once, on one machine, never over a network disk. */
#ifndef MOTCUA_STORE_STORE_H
#define MOTCUA_STORE_STORE_H

#include "core/command.h"
#include "core/decide.h"
#include "core/match.h"
#include "core/morning.h"
#include "core/moving.h"
#include "core/row.h"
#include "store/head.h"
#include "store/watch.h"

struct store;

/* The version of the projections; another one on disk means they are replayed. */
#define STORE_LAYOUT 7

/* ---- opening ---- */

struct store_options {
    const char *group; /* NULL: 0700/0600 for its owner alone; else the group's name: 2770/0660 */
    bool unseen; /* founded, it stays where nobody finds it until store_publish(); the disk is waited for
                    only then */
};

/* Makes an empty store in `dir` (made with its parents where missing) and opens it. Refuses `store_exists`
 * where any data.mdb is, even an empty or damaged one, `unknown_group`; fails with `not_a_folder` where a
 * file stands in the way. On failure nothing is left that was not there before.
 *
 * The first request submitted must be COMMAND_FOUND, and with it the store takes its place, in one step:
 * until then nobody else finds one in `dir`, and others who would make one there are refused
 * (`store_exists`). One whose maker is killed before is as if it had never been begun; the next
 * store_create() there tidies up. */
struct outcome store_create(const char *dir, const struct store_options *options, struct store **out);
/* Puts a store that was made `unseen`, and has been founded, in its place, on the disk for good; from then on
 * it is like any other. On failure it stays unseen, to be tried again or closed, which takes it away. No view
 * may be open. */
struct outcome store_publish(struct store *s);
/* `no_store`, `not_a_folder`, `damaged`, `not_ours`, `newer_store`, `no_permission`, `network_disk`,
 * `disk_full`, `io_error`. *out is NULL then. */
struct outcome store_open(const char *dir, struct store **out);
/* The same, watched: where an older program's store is brought up to date first, which may take minutes, the
 * watch is told. A stop ends it with `io_error`; the next opening goes on from there. */
struct outcome store_open_watched(const char *dir, const struct watch *watch, struct store **out);
void store_close(struct store *s); /* NULL is fine */
/* Closes, and takes away again what store_create() made for this `s`: its files, and the folders that hold
 * nothing else. A store that was opened, or made by somebody else meanwhile, stays. */
void store_discard(struct store *s);

/* ---- writing ---- */

/* What a request did. */
struct result {
    uint64_t dossier; /* the dossier it acted on or made; 0 for the office */
    uint64_t seq;     /* the last event it wrote; 0 where nothing changed and nothing was written: an import
                         that says what stands names its dossier even so */
    bool made;        /* an import: nobody had told of the dossier before */
};

/* What decide() made of a COMMAND_IMPORT beforehand, outside the write lock and perhaps a while ago: the one
 * entry (core/decide_import.h) that brings in a dossier nobody here knew. decide() is pure: where the office
 * stands as it did, and the code is still free, it would come to the same, and is not asked again. Else the
 * request is refused, `office_changed` or `duplicate_code`, to be made anew. */
struct foreseen {
    struct str entry;    /* borrowed; absent: nothing was decided */
    uint64_t office_seq; /* view_office_seq() then */
};

struct request {
    struct moment moment;
    struct command command;   /* of what is foreseen its kind alone */
    struct foreseen foreseen; /* mostly nothing */
    struct result result;     /* filled on success; on `maybe_saved` it tells what is in doubt */
};

/* Carries out all n requests, in order, in one transaction, or none. When one is refused, *at (may be NULL)
 * is its index. Success is reported only after the commit is on disk. Keep batches short: about 1,000 events,
 * and sleep a millisecond between (the write lock is unfair).
 *
 * `recorded_at` is the moment's clock, lifted to the journal's last entry when a little behind; more than
 * five minutes behind is refused (`clock_behind`), but for COMMAND_CLOCK_ACCEPT, which is recorded at that
 * clock as it is (core/clock.h). So lifted, the moment is also the desk's "now". No view may be open: what
 * requests borrow from one would die under them. */
struct outcome store_submit(struct store *s, struct request *requests, size_t n, size_t *at);

/* For how long the last submission kept others from writing, waiting for the disk included, in nanoseconds; 0
 * before the first. What writes much in batches makes them as long as that allows. */
int64_t store_held_ns(const struct store *s);

/* After `maybe_saved`: is what was submitted last in the journal, for good? To be asked once the disk answers
 * again, before the same is submitted a second time. On success *saved is the answer, and nothing is in doubt
 * any more: where it is true the requests' results hold; where it is false nothing of it is there, nor ever
 * will be. Where it still cannot be made out `maybe_saved` again, or why the store does not open (`damaged`,
 * `store_gone` …): *saved is false, and it may be asked again. The store forgets its doubt when it is closed
 * or something else is submitted and saved. Asked without a doubt: success, false. No view may be open. */
struct outcome store_was_saved(struct store *s, bool *saved);

/* What a change of the office's days did to a dossier. */
struct move_of {
    uint64_t dossier;
    char code[64];
    enum move what;                            /* MOVE_LATER or MOVE_KEPT */
    civil_minute old_due, new_due;             /* the promised time; kept: what it would have been */
    civil_minute old_statutory, new_statutory; /* likewise */
};
/* Those of one submission, by old due time, each dossier once. Make it {0}. */
struct moves {
    struct move_of *move;
    size_t count, cap;
};
void moves_release(struct moves *m);

/* store_submit(), which moves due times with the office's days too, but tells which. `moves` is filled from
 * empty; on a refusal it is empty.
 *
 * Changes of days that follow one another count as one: what they leave is compared with what was before the
 * first, after the last of them (and before a request about a dossier that comes next). Each running dossier
 * then gets the EVENT_DUE_MOVED it needs, caused and dated by the last change, in its author's name. One that
 * does not run is not touched; if it runs again because its wait or its end is taken back, what it missed
 * follows the EVENT_UNDONE at once. */
struct outcome store_submit_moving(struct store *s, struct request *requests, size_t n, size_t *at,
                                   struct moves *moves);
/* The same, and then nothing of it: what would happen. The results are not filled in: there are none. Takes
 * the write lock for as long. */
struct outcome store_rehearse(struct store *s, struct request *requests, size_t n, size_t *at,
                              struct moves *moves);

/* ---- reading ---- */

struct view;

/* Adopts what other processes wrote. */
struct outcome view_begin(struct store *s, struct view **out);
/* The store as its journal stood at the end of that UTC second: dossiers and office alike; an entry is in it
 * from when it counts as written (view_written). Every function below answers of that moment. One dossier
 * costs a replay of its own history, lists and counts one of all that changed since. */
struct outcome view_begin_as_of(struct store *s, int64_t utc_second, struct view **out);
void view_end(struct view *v); /* NULL is fine */

/* Everything below that is borrowed lives until view_end(). */

const struct office *view_office(const struct view *v);
/* The entry that last changed the office, as of now. */
uint64_t view_office_seq(const struct view *v);
/* The office as it stood after that entry of the journal (not after the view's own moment), to be freed by
 * the caller: for reckoning with the days of then. NULL when memory is out or an entry is damaged
 * (view_fault tells). */
struct office *view_office_at(struct view *v, uint64_t seq);

/* A code, exact first (whatever the letters' case), else a unique ending of at least 4 characters, open
 * dossiers before ended ones. `unknown_dossier` or `ambiguous_dossier`. */
struct outcome view_find(struct view *v, struct str code, uint64_t *id);
/* The dossier of exactly this code, whatever the letters' case; no ending of one will do. False when there is
 * none at the view's moment, or its entry is damaged (see view_fault). */
bool view_known_code(struct view *v, struct str code, uint64_t *id);
/* False when there is none of that id or its record is damaged (see view_fault). */
bool view_dossier(struct view *v, uint64_t id, struct dossier *out);
/* Name, field and fee as the catalogue had them when the dossier was received. Falls back on today's; false
 * when there is neither. */
bool view_procedure_of(struct view *v, const struct dossier *d, struct procedure *out);

enum live_group { LIVE_RUNNING = 0, LIVE_WAITING = 1, LIVE_UNCOLLECTED = 2 };
/* The rows of a group, by due time (waiting: since when; uncollected: since when ready), then id. `each`
 * returns false to stop. */
typedef bool row_visit(void *arg, const struct row *row);
void view_live(struct view *v, enum live_group group, row_visit *each, void *arg);
/* The rows of all open dossiers that the chief's page must see: those running, then those waiting. Answers
 * how many more there are, for morning_add_unread(); nothing of use where `each` stopped it. */
struct morning_unread view_morning(struct view *v, const struct judge *j, row_visit *each, void *arg);
/* The row of one dossier, whose facts were read from such a row before; as it is now where it is live no more
 * or lies elsewhere. False when it cannot be read. */
bool view_live_row(struct view *v, const struct facts *f, struct row *out);
/* How many rows LIVE_UNCOLLECTED has, without reading them. Not in a view as of an earlier moment. */
uint64_t view_uncollected(struct view *v);

/* How many dossiers there are at the view's moment: their ids are 1, 2, 3 … in the order of logging. */
uint64_t view_dossiers(const struct view *v);

/* All dossiers ever logged, newest id first, whose facts `want` (NULL: all) accepts. Only those have their
 * record read. */
typedef bool facts_test(void *arg, const struct facts *facts);
typedef bool dossier_visit(void *arg, const struct dossier *d);
void view_scan(struct view *v, facts_test *want, dossier_visit *each, void *arg);

/* Dossiers in which every word occurs, newest receipt first. */
void view_search(struct view *v, const struct query *q, dossier_visit *each, void *arg);

/* A dossier's events, oldest first; undone_by tells which were taken back (as far as the view's moment
 * knows). */
typedef bool event_visit(void *arg, const struct event *e);
void view_history(struct view *v, const struct dossier *d, event_visit *each, void *arg);

/* The UTC second at which an event read through this view counts as written: when it was recorded; one that
 * was recorded by a clock running ahead no later than the clock accepted after it (core/clock.h), as far as
 * the view's moment knows. It never decreases from one entry to the next, and is what view_begin_as_of() goes
 * by. */
int64_t view_written(struct view *v, const struct event *e);
/* The events that accepted a clock, newest first. */
void view_clocks(struct view *v, event_visit *each, void *arg);

/* What was turned away at the counter (EVENT_TURNED_AWAY), newest first; undone_by tells which of it is void
 * (as far as the view's moment knows). */
void view_turned_away(struct view *v, event_visit *each, void *arg);

/* Every entry of the journal as it stood at the view's moment, oldest first: what is written about all
 * dossiers and the office. `event` is NULL where the body cannot be read or its hash is not the one of its
 * place in the chain (which view_fault() then tells). */
struct journal_entry {
    uint64_t seq;
    const unsigned char *hash; /* STORE_HASH bytes */
    struct str body;           /* as it stands in the journal: core/event.h reads it */
    const struct event *event;
};
typedef bool journal_visit(void *arg, const struct journal_entry *e);
void view_journal(struct view *v, journal_visit *each, void *arg);
/* What one entry says. False when there is none of that number at the view's moment or it is damaged
 * (view_fault tells). */
bool view_entry(struct view *v, uint64_t seq, struct event *out);

/* The journal's last entry at the view's moment. */
struct head view_head(struct view *v);
/* Does the journal (as it is now) hold what was noted of it earlier? Success, `head_missing`, `head_differs`
 * or `damaged`. */
struct outcome view_compare_head(struct view *v, const struct head *noted);
/* The same of what stands on paper. */
struct outcome view_compare_mark(struct view *v, const struct head_mark *noted);

/* Of the dossiers received in [from, to] (whole months): counts kept while writing. A void record counts
 * nowhere; what is corrected counts where it now belongs; a result taken back is none. */
struct tally {
    uint64_t received, solved, late_statutory, late_promised;
};
void view_tally(struct view *v, int from_year, int from_month, int to_year, int to_month, struct tally *out);

struct store_stat {
    uint64_t dossiers;      /* ever logged, void ones too */
    uint64_t open, solved;  /* void ones are neither */
    uint64_t events;        /* entries of the journal */
    uint64_t backdated;     /* entries about an earlier day than the one they were recorded on, one that was
                               taken back too; not what another system brought, nor moved due times */
    uint64_t recorded_late; /* dossiers solved in time by their own word, but by an entry recorded after the
                               due day (limits in hours: the due minute); one whose result is taken back is
                               not among them */
    uint64_t bytes;         /* of data.mdb */
    uint32_t layout;
    uint64_t head_seq;
    unsigned char head_hash[STORE_HASH];
};
void view_stat(struct view *v, struct store_stat *out);

/* Did anything read through this view turn out damaged? Success, or `damaged` with what. Ask once, before
 * trusting an answer. */
struct outcome view_fault(const struct view *v);

/* Has another process (or this one) written since this was last asked? Also when the file is not to be found
 * in its place any more: the next view then says so. Cheap; needs no view. */
bool store_changed(struct store *s);

/* ---- checking ---- */

struct check {
    uint64_t entries;   /* walked */
    uint64_t first_bad; /* sequence, 0: none */
    /* Every entry of the journal is sound: whatever is damaged can be worked out of it anew. */
    bool journal_sound;
    struct head head; /* of the journal as it was looked at; {0} where it came not so far */
    uint64_t dossiers;
    enum text_id sentence; /* what was found first, see check_message(); T_nothing: nothing */
    struct outcome found;  /* its arguments */
    char what[200];        /* the same in English, for logs and tests */
};
/* Looks at every page of the file, walks the journal's hash chain, and works out anew whatever else is kept,
 * to be compared with what is stored. Where that leaves a doubt, and only there, the journal is replayed into
 * a fresh store in a folder under $TMPDIR (else /tmp) and every table compared both ways, in order and by
 * looking each key up: that says what is wrong. One that watches then sees the entries pass a second time.
 * `damaged` where something differs: `out` then says what. Others may go on writing: it is about the moment
 * it began. No view may be open. Writes nothing to the store. */
struct outcome store_check(struct store *s, struct check *out);
/* The same, watched; a stop ends it with an `io_error`. */
struct outcome store_check_watched(struct store *s, const struct watch *watch, struct check *out);
/* Of one that does not open because it is damaged: is at least its journal sound? Says the first bad entry
 * where it is not. Finds nothing where not even that can be looked at. */
void store_check_closed(const char *dir, struct check *out);
/* Appends what was found, a sentence: which entry, table or page, whose, and what is wrong. Nothing where
 * nothing was. */
void check_message(struct buf *out, enum lang lang, const struct check *c);

#endif
