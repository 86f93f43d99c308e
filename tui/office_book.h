/* office_book: the office's catalogue, people, days and settings as the Office view lists them, copied, so
 * that no view of the store is open while somebody reads them. */
#ifndef MOTCUA_TUI_OFFICE_BOOK_H
#define MOTCUA_TUI_OFFICE_BOOK_H

#include "core/arena.h"
#include "store/store.h"
#include "tui/find.h"

enum office_part { PART_PROCEDURES, PART_PEOPLE, PART_DAYS, PART_SETTINGS, OFFICE_PARTS };

struct book_procedure {
    struct procedure procedure;
    struct str code, digits, words; /* folded: "2.000815#01", the same without dots, name and field */
    struct str steps; /* of its internal process, packed: core/step.h; its plain code's where `inherits` */
    bool inherits;
    uint16_t cases; /* rows of the same code beside this one that are in use */
};

struct book_officer {
    struct officer officer;
    struct str login, words; /* folded */
    size_t open;             /* open dossiers that are with this person */
};

struct book_setting {
    struct str key, value, standard, allowed, words;
    enum text_id meaning;
};

struct office_book {
    struct book_procedure *procedure; /* by code, then case; retired ones among them */
    struct book_officer *officer;     /* by login; retired ones last */
    struct office_day *day;           /* of `year`, by date; computed ones are DAY_COMPUTED */
    struct book_setting *setting;     /* in the order of core/settings.h */
    size_t count[OFFICE_PARTS];
    size_t in_use[OFFICE_PARTS]; /* of them, not retired */
    struct str *field;           /* the names of the catalogue's fields */
    size_t fields;
    int year, working_days;
    struct known_years known;
    struct office_hours hours;        /* in force on the first day of the year, or what comes after in it */
    struct office_hours next;         /* the next change of hours after that; span_count 0: none */
    struct outcome may[OFFICE_PARTS]; /* may the reader change it? */
    struct arena text;
};

/* Everything as `v` has it, the days of that year. False when memory is out; *b is then empty. */
bool office_book_load(struct office_book *b, struct view *v, struct str login, int year, civil_day today);
void office_book_release(struct office_book *b);

/* What a row is known by, whatever else changes: "2.000815#01", a login, "2026-11-24", a setting's key. */
void office_book_key(const struct office_book *b, enum office_part part, size_t index, struct buf *out);
/* The row of that key; count[part] when there is none. */
size_t office_book_find(const struct office_book *b, enum office_part part, struct str key);
/* "CODE" or "CODE#CASE". */
void office_book_code(struct buf *out, struct str code, struct str kase);
/* The rows that fit what was typed, best first. */
size_t office_book_search(const struct office_book *b, enum office_part part, struct str typed,
                          uint16_t out[FOUND_MAX]);
/* What one must be allowed to change a part. */
enum act office_part_act(enum office_part part);

#endif
