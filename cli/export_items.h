/* export_items: which dossiers go into a calendar, and the items made of them: what export ics and export
 * vdir have in common.
 *
 *     struct export_items x;
 *     int status = export_items_begin(&x, c, a);
 *     if (!status) export_items_each(&x, take, arg);
 *     outcome = export_items_judge(&x, result);
 *     export_items_release(&x);
 *
 * In the helper program, which alone is linked with libical. */
#ifndef MOTCUA_CLI_EXPORT_ITEMS_H
#define MOTCUA_CLI_EXPORT_ITEMS_H

#include "cli/choosing.h"
#include "icalendar/feed.h"
#include "icalendar/writer.h"

/* The options they share, but for what --status chooses from; those of one alone come after them. */
enum {
    I_AS = C_END,
    I_TIMED,
    I_ALL_DAY,
    I_ALARM,
    I_NAME,
    I_COLOR,
    I_PER_OFFICER,
    I_WITH_NAMES,
    I_AS_OF,
    I_END
};
#define EXPORT_ITEM_OPTIONS(status_help)                                                                     \
    CHOOSING_OPTIONS(status_help),                                                                           \
        [I_AS] = {"as", OPTION_CHOICE, T_ical_opt_as, .choices = "event|todo"},                              \
        [I_TIMED] = {.name = "timed", .type = OPTION_FLAG, .help = T_ical_opt_timed},                        \
        [I_ALL_DAY] = {.name = "all-day", .type = OPTION_FLAG, .help = T_ical_opt_all_day},                  \
        [I_ALARM] = {"alarm", OPTION_WORD, T_ical_opt_alarm, .value = T_ical_value_duration,                 \
                     .repeats = true},                                                                       \
        [I_NAME] = {"name", OPTION_TEXT, T_ical_opt_name, .value = T_cli_value_text},                        \
        [I_COLOR] = {"calendar-color", OPTION_WORD, T_ical_opt_color, .value = T_ical_value_color},          \
        [I_PER_OFFICER] = {.name = "per-officer", .type = OPTION_FLAG, .help = T_ical_opt_per_officer},      \
        [I_WITH_NAMES] = {.name = "with-names", .type = OPTION_FLAG, .help = T_ical_opt_with_names},         \
        [I_AS_OF] = {.name = "as-of", .type = OPTION_TIME, .help = T_cli_opt_as_of}

enum { EXPORT_ALARMS = 16, EXPORT_RECENT = 128 };

struct export_items {
    struct cli *cli;
    struct judge judge;
    struct filter filter;
    bool by_status;       /* exactly what --status says; else what is open, and what ended lately */
    civil_day ended_from; /* the first day that is lately */
    int64_t alarms[EXPORT_ALARMS];
    struct buf name; /* as the calendar is called: --name (`typed`), else the office's own; both of a demo
                        store say so */
    struct buf typed;
    struct color color; /* its name NULL: none */
    bool per_officer, named, times_given;
    struct feed_options how;
    struct feed feed;
    struct procedure recent[EXPORT_RECENT]; /* each at its version's place; version 0: none */
    bool (*take)(void *arg, const struct ics_item *item);
    void *arg;
    uint64_t ended; /* of those taken, how many have ended */
    bool damaged, no_memory;
};

/* Reads the options, opens the store and a view of it. Exit status; what was wrong was told.
 * export_items_release() in any case. */
int export_items_begin(struct export_items *x, struct cli *c, struct args *a);
/* The same with a fresh view, of whatever the store holds now. */
int export_items_again(struct export_items *x, struct args *a);
/* Appends what the calendar of one officer is called. */
void export_items_title(const struct export_items *x, const struct officer *o, struct buf *out);
/* How many of those that go on are held by nobody who has a calendar of his own: an outside unit, or, of an
 * imported one, somebody unknown. */
uint64_t export_items_unheld(struct export_items *x);
/* The calendar that they stand in; borrows from `x` and `name`. */
struct ics_calendar export_items_calendar(const struct export_items *x, struct str name, int refresh_minutes);
/* Only what this officer holds, from now on. */
void export_items_of(struct export_items *x, const struct officer *o);
/* Hands over one item after the other, each borrowed until `take` returns; false stops. */
void export_items_each(struct export_items *x, bool (*take)(void *arg, const struct ics_item *item),
                       void *arg);
/* What went wrong with reading, or with making items, or as a writer says (ICS_WRITTEN: nothing). */
struct outcome export_items_judge(const struct export_items *x, enum ics_result result);
void export_items_release(struct export_items *x);

#endif
