/* report: what is counted of the desk's work, as tables that any writer can print: terminal, CSV, workbook,
 * paper, screen. Pure: whoever has the store open feeds a maker (store/reporting.h), dossier by dossier.
 *
 * A report over a period goes by when things happened and uses all that is known at the view's moment; what
 * is pending is judged at the period's end, or now where that comes first. Void records never count. */
#ifndef MOTCUA_CORE_REPORT_H
#define MOTCUA_CORE_REPORT_H

#include "core/arena.h"
#include "core/backdated.h"
#include "core/office.h"
#include "core/period.h"

enum report_kind {
    REPORT_II06A,      /* results by field, Circular 01/2020/TT-VPCP */
    REPORT_LATE,       /* which were late in the period, how late, why, whose */
    REPORT_OFFICERS,   /* received, solved, late, repeatedly late */
    REPORT_DAILY,      /* each day: what came, went, was turned away, and the cash */
    REPORT_LETTERS,    /* late dossiers with a letter; letters in time, kept */
    REPORT_INDICATORS, /* what the year's plan asks, and how far it is met */
    REPORT_D766,       /* timeliness by Decision 766/QĐ-TTg */
    REPORT_OVER90,     /* older than 90 days */
    REPORT_TRUTH,      /* where lateness hides */
    REPORT_POINTS,     /* 2, 1 or 0 for each dossier, Decree 61/2018 chapter IV */
    REPORT_CATALOGUE,  /* the procedures offered, for the wall */
    REPORT_PUBLIC,     /* progress without personal data */
    REPORT_SURVEY,     /* people to be asked how they were served */
    REPORT_KINDS
};
const char *report_name(enum report_kind kind); /* "ii06a", … */
bool report_parse(struct str name, enum report_kind *out);
enum text_id report_title(enum report_kind kind);
/* Is it about a period? The others are about the moment. */
bool report_has_period(enum report_kind kind);
/* Does it name people, applicants or officers, or show what somebody wrote freely? Then its files are for
 * their owner's eyes alone. */
bool report_is_personal(enum report_kind kind);

/* ---- what it says ---- */

enum cell_type {
    CELL_EMPTY = 0, /* nothing to say here */
    CELL_TEXT,
    CELL_NUMBER,     /* whole */
    CELL_HUNDREDTHS, /* a decimal with two digits: 1.25 is 125 */
    CELL_PERCENT,    /* in hundredths of a percent */
    CELL_MONEY,      /* VND */
    CELL_DATE,       /* a civil_day */
    CELL_TIME,       /* a civil_minute */
};
struct report_cell {
    enum cell_type type;
    int64_t number; /* a date or time: NO_DAY, NO_TIME are empty cells */
    struct str text;
};

struct report_column {
    const char *key;     /* for scripts: "solved_late"; its own in the part, never "part" or "row" */
    enum text_id title;  /* for people */
    enum cell_type type; /* of its cells, empty ones apart */
    int share;           /* of the width on paper that no row asks for: see core/report_shares.h */
    bool bar;            /* the screen shows it as a bar, too */
    /* Where the prescribed form's head has two storeys, on paper and in workbooks: the title that columns
     * side by side have in common, and what stands below it in the place of `title`, which says both. */
    enum text_id group, below;
};

enum row_kind { ROW_PLAIN = 0, ROW_TOTAL, ROW_ALERT /* a person should look at it */ };
struct report_row {
    enum row_kind kind;
    struct report_cell *cell; /* as many as the part has columns */
};

/* One table. Most reports have one. */
struct report_part {
    enum text_id heading; /* T_nothing where the report's own title says it */
    const char *key;      /* for scripts: "units" */
    const struct report_column *column;
    size_t columns;
    struct report_row *row;
    size_t count, cap;
    bool numbered; /* on paper a line (1) (2) (3) … stands below the titles */
    enum text_id
        counted; /* what its numbers count, on paper above the table; T_nothing where the titles say it
                  */
};
#define REPORT_PARTS 8
#define REPORT_COLUMNS 24

/* What stands on its face, and the tables. Everything lives in `text`. */
struct report {
    enum report_kind kind;
    struct period period;    /* where the kind has one */
    civil_minute closing;    /* the moment at which what is pending was judged */
    int64_t known;           /* UTC second: knowledge as of then */
    bool settled;            /* it is about ended dossiers alone: nothing is pending */
    enum report_basis basis; /* which due time it was judged by */
    bool has_basis;       /* it judges by the office's basis: a maker that does not, or by another, says so */
    enum text_id counted; /* a sentence: what was counted */
    struct str note[8];   /* further sentences, below the tables */
    size_t notes;
    size_t leading;            /* the first of these notes stand above the tables */
    uint64_t entries_late;     /* recorded after the period's end, and able to change its figures */
    uint64_t entries_imported; /* of these: dossiers that another system brought */
    bool has_entries_late;
    struct report_part part[REPORT_PARTS];
    size_t parts;
    struct arena text;
    bool failed;             /* memory ran out: it is not whole */
    bool broken;             /* what must add up does not: nothing of it may be shown */
    struct report_row spare; /* what is given out where there is no memory for a row; not shown */
    struct report_cell spare_cell[REPORT_COLUMNS];
};
void report_init(struct report *r);
void report_release(struct report *r);

/* ---- making one ---- */

struct report_request {
    enum report_kind kind;
    struct period period;
    civil_minute now; /* of the view: its moment, the clock where it is not of the past */
    int64_t known;    /* the same, UTC second */
    enum lang lang;   /* of the sentences it writes */
    const struct office *office;
    unsigned size; /* of the survey; 0: the setting's */
    uint64_t seed; /* of the survey */
    bool unmask;   /* phones and id numbers whole */
};

/* A dossier as it is known at the view's moment. */
struct report_item {
    const struct facts *facts;
    const struct dossier *dossier;
    const struct procedure *procedure; /* name, field and fee as they were at the receipt; NULL: unknown */
    const struct event *event; /* its history, oldest first, undone_by filled in; NULL: not asked for */
    size_t events;
};

/* How much of a dossier a report must see. */
enum report_need { NEED_NOTHING = 0, NEED_DOSSIER, NEED_HISTORY };

/* The dossiers that a report can count at all: received, at that minute or before, and not solved, or solved
 * at that minute or after. Void ones only where `voids`, then whenever they were received. */
struct report_span {
    civil_minute received_by, solved_from;
    bool voids;
};
bool report_span_has(const struct report_span *span, const struct facts *facts);

struct report_maker;

/* NULL when memory is out. The request is copied; what it points to must outlive the maker. */
struct report_maker *report_begin(const struct report_request *request);
void report_end(struct report_maker *m); /* NULL is fine */

/* Looks at every dossier, by id. It may count it there and then, or ask for more: then report_add() follows.
 */
enum report_need report_look(struct report_maker *m, const struct facts *facts);
void report_add(struct report_maker *m, const struct report_item *item);

/* Does it want what was turned away at the counter; the journal's entries from the period's end on? */
bool report_wants_turned_away(const struct report_maker *m);
bool report_wants_entries(const struct report_maker *m, civil_minute *from);
/* All of them, then, and before the first dossier? */
bool report_wants_all_entries(const struct report_maker *m);
/* Entries that happened and count as written before that minute say nothing then; NO_TIME: all do. */
civil_minute report_entries_since(const struct report_maker *m);
/* One of those; `written` is the UTC second at which it counts as written. */
void report_entry(struct report_maker *m, const struct event *e, int64_t written);

/* ---- the same, fed by less ----
 *
 * Whoever keeps the backdated entries (core/backdated.h) at hand need not feed a report that wants entries
 * from the period's end on with all of them. It says which entry is the first one that counts as written
 * after the period (report_after()), gives each backdated one from there on, in order (report_backdated(), or
 * the entry itself by report_entry() where that is wanted whole), and then, before any other, the facts of
 * those dossiers that report_after_dossiers() names, by report_after_look(). Of the dossiers only those need
 * be looked at that report_span_has(). What the report says is the same. */

/* False: any dossier may count. */
bool report_spans(const struct report_maker *m, struct report_span *out);
/* Can it count packed facts? */
bool report_takes_columns(const struct report_maker *m);
/* Counts what it can of these rows, which report_span_has(); those that report_look() is still to be asked of
 * go to `rest`, which has room for all. Returns how many. */
size_t report_columns(struct report_maker *m, const struct facts_columns *c, const uint8_t *row, size_t count,
                      uint8_t *rest);
/* The first minute after the period: entries that count as written before it, from where
 * report_wants_entries() says, are all to be given. */
civil_minute report_entries_end(const struct report_maker *m);
void report_after(struct report_maker *m, uint64_t first);
bool report_wants_whole(const struct report_maker *m, const struct backdated *b);
void report_backdated(struct report_maker *m, const struct backdated *b);
/* By id, each once. They live as long as nothing else is given. */
const uint64_t *report_after_dossiers(struct report_maker *m, size_t *count);
void report_after_look(struct report_maker *m, const struct facts *facts);

/* Makes the tables. False when memory ran out, or what must add up does not (out->broken). */
bool report_finish(struct report_maker *m, struct report *out);

#endif
