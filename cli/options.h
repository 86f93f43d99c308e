/* options: what each command takes, as tables, and reading a command line by them. The tables are also what
 * --help says.
 *
 * Global options stand before or after the command. `--name VALUE` and `--name=VALUE` are the same; names are
 * written whole;
 * `--` ends options. Values are checked here as far as they can be without the store: what a command then
 * asks of its `args` is well formed. Whatever is wrong is told at once, in one sentence, and is exit
 * status 2. */
#ifndef MOTCUA_CLI_OPTIONS_H
#define MOTCUA_CLI_OPTIONS_H

#include "cli/context.h"
#include "core/filter.h"

enum option_type {
    OPTION_FLAG,   /* takes no value */
    OPTION_TEXT,   /* anything, also nothing: judged by the desk */
    OPTION_WORD,   /* anything but nothing: a code, a login, a file */
    OPTION_CHOICE, /* one of `choices` */
    OPTION_NUMBER, /* a whole number from `least` to `most` */
    OPTION_TIME,   /* a time, or a date alone */
    OPTION_DATE,
    OPTION_RANGE, /* FROM..TO */
    OPTION_LIMIT,
    OPTION_STATUS, /* S[,S…] */
};

struct option_spec {
    const char *name; /* without dashes */
    enum option_type type;
    enum text_id help;
    enum text_id value;  /* what help calls its value; T_nothing: what its type is called */
    const char *choices; /* "direct|online|postal" */
    int64_t least, most;
    char letter; /* its short form, or 0 */
    bool required, repeats;
    bool optional; /* its value may be left out, and is given by `=` alone */
};

struct args;

struct verb {
    const char *name, *sub; /* "officer", "put"; sub is NULL where the command is one word */
    enum text_id help;
    const struct option_spec *options;
    size_t option_count;
    enum text_id operand; /* what its operands are called, T_nothing where it takes none */
    int least, most;      /* how many of them; most < 0: any number */
    /* The command itself; returns the exit status. */
    int (*run)(struct cli *c, struct args *a);
    /* Another program has this command (and whatever begins with its name): it gets the command line as it
     * is. */
    bool elsewhere;
    enum act act;   /* what whoever opens the store with it must be allowed to; 0 is ACT_READ */
    bool everybody; /* it tells nothing but procedures, days and due times: no one is asked who they are */
};
#define VERB_OPTIONS(table) .options = (table), .option_count = sizeof(table) / sizeof *(table)

/* What --status takes. */
#define STATUS_WORDS                                                                                         \
    "waiting, on_track, due_soon, due_today, overdue, early, on_time, late, withdrawn, stopped, void, "      \
    "open, solved, "                                                                                         \
    "uncollected, letter_due, rescheduled, all"

struct given {
    int option; /* index in the verb's table */
    struct str value;
};

/* A command line as read. Everything is borrowed from argv. */
struct args {
    struct cli *cli;
    const struct verb *verb; /* NULL: no command was named */
    const char *group;       /* the first word of a command of two, once met */
    char **argv;             /* the whole of it, for a program that takes over */
    struct given *given;
    size_t count;
    struct str *operand;
    size_t operands;
    bool help, version;
    bool wrong; /* something was wrong, and was told */
};

/* Reads argv by the verbs (ended by NULL) and puts global options into *c. False when the line is wrong,
 * which was then told. With `help` or `version` set, nothing else was checked. args_release() in any case. */
bool args_read(struct args *a, struct cli *c, int argc, char **argv, const struct verb *const *verbs);
void args_release(struct args *a);

bool args_has(const struct args *a, int option);
/* The value, "" too; absent when the option was not given. */
struct str args_text(const struct args *a, int option);
/* The values of a repeated option, in order; start with *at = 0. */
bool args_next(const struct args *a, int option, size_t *at, struct str *value);
/* All its values, appended as a packed list (core/wire.h). */
void args_list(const struct args *a, int option, struct buf *list);
/* These give `otherwise`, or false and leave *out alone, when the option was not given. */
int64_t args_number(const struct args *a, int option, int64_t otherwise);
bool args_time(const struct args *a, int option, struct civil_input *out);
bool args_range(const struct args *a, int option, struct day_range *out);
bool args_limit(const struct args *a, int option, struct limit *out);
bool args_status(const struct args *a, int option, status_set *out);

/* Tells what else is wrong with the command line: a text with {1}, anything a person typed (shown shortened
 * and made safe, and not at all where it may be a phone or id number), and {2}, words of our own. Only the
 * first is told. Returns exit status 2. */
int args_wrong(struct args *a, enum text_id what, struct str typed, struct str ours);
/* The same of a word that must be one of a few, or a code: a name that slipped there is not repeated. */
int args_wrong_word(struct args *a, enum text_id what, struct str typed, struct str ours);

/* The same of words that are nobody's: what a step is called, a role. */
int args_wrong_text(struct args *a, enum text_id what, struct str typed, struct str ours);

/* The global options, as a table too. */
const struct option_spec *global_options(size_t *count);

#endif
