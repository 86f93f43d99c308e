/* context: one run of a command: how it talks, to whom, with which store.
 *
 * Made once by the main program, before the command line is read; carried through the command. Commands write
 * what they have to say into `out` and return an exit status; what goes wrong is told at once, on standard
 * error. */
#ifndef MOTCUA_CLI_CONTEXT_H
#define MOTCUA_CLI_CONTEXT_H

#include "core/json.h"
#include "core/status.h"
#include "store/store.h"

enum color_choice { COLOR_AUTO = 0, COLOR_ALWAYS, COLOR_NEVER };

struct cli {
    enum lang lang;
    bool lang_given; /* by --lang or MOTCUA_LANG: the office's setting has no say */
    bool json;
    bool color;  /* standard output takes colours */
    int columns; /* of the terminal standard output goes to; 0: none, nothing is cut */
    struct buf dir;
    struct buf login;
    int64_t now;    /* UTC second, read once */
    enum act act;   /* what whoever opens the store must be allowed to, ... */
    bool everybody; /* ... unless this is set: then nobody is asked who they are */

    struct buf out; /* not yet written to standard output */
    int out_error;  /* errno of the write that failed; then nothing more is written */
    bool wrote;     /* this run changed the store */

    struct store *store; /* NULL: not open */
    struct view *view;
    const struct office *office; /* of the view */
    int offset;                  /* of the office, minutes */
    bool demo;
};

/* Reads clock, user and environment. Where the store is and how to talk may be changed by options later. */
void cli_init(struct cli *c);
/* Closes the store and gives everything back. */
void cli_release(struct cli *c);

/* MOTCUA_LANG, MOTCUA_STORE and the clock, as far as options do not overrule them. Exit status; 0 is fine. */
int cli_check_environment(struct cli *c);
void cli_set_color(struct cli *c, enum color_choice choice);

/* ---- the store ---- */

/* Opens the store and a view of it. Success, or the outcome, not yet told: `not_allowed` too, where the
 * office does not know this login or its role may not do what c->act says. */
struct outcome cli_open(struct cli *c);
/* The same, and tells: exit status. */
int cli_open_or_tell(struct cli *c);
/* A fresh view in place of the one there is. */
struct outcome cli_view(struct cli *c);
/* The view as the journal stood at the end of that UTC second, in place of the one there is. */
struct outcome cli_view_as_of(struct cli *c, int64_t utc_second);
void cli_end_view(struct cli *c);

/* Submits all or none and begins a fresh view; tells what was refused. Exit status. */
int cli_submit(struct cli *c, struct request *requests, size_t n);
struct moment cli_moment(const struct cli *c);
/* The clock as the office's wall shows it. */
civil_minute cli_now(const struct cli *c);

/* ---- talking ---- */

/* Appends a text of the table to `out`. The arguments may be anything: what reaches the terminal is made
 * safe. */
void cli_say(struct cli *c, enum text_id id, const struct str *args, size_t n);
#define CLI_SAY(c, id, ...)                                                                                  \
    cli_say((c), (id), (const struct str[]){__VA_ARGS__},                                                    \
            sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))
/* The same as a line of its own. */
#define CLI_LINE(c, id, ...) (CLI_SAY((c), (id), __VA_ARGS__), buf_add_char(&(c)->out, '\n'))
const char *cli_text(const struct cli *c, enum text_id id);
/* In a demo store, the line that says so, before whatever else a command has for people. */
void cli_banner(struct cli *c);
/* `motcua: TEXT` on standard error. */
void cli_complain(const struct cli *c, struct str text);
/* Tells an outcome that is not success: the sentence with the law it cites; with --json also an error object
 * on standard output, unless the command line was wrong. Returns the exit status of its class. Once `wrote`
 * is set a failure is told as `saved_unread`. */
int cli_tell(struct cli *c, const struct outcome *o);
/* The same in another sentence of the table than the kind's own, {1}..{4} its arguments. */
int cli_tell_as(struct cli *c, const struct outcome *o, enum text_id sentence);
/* The same for a kind alone, with one text argument (may be absent). */
int cli_refuse(struct cli *c, enum outcome_kind kind, struct str text);
int cli_no_memory(struct cli *c);

/* Writes `out` when it has grown large. Call it between rows. */
void cli_spill(struct cli *c);
/* Writes what there is, so that a complaint that belongs behind it comes behind it. */
void cli_flush(struct cli *c);
/* Writes the rest and looks for damage met while reading; the exit status to end with. */
int cli_finish(struct cli *c, int status);

#endif
