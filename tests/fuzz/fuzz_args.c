/* The bytes are a command line: one that chooses the program and the language, then the words, a NUL after
 * each. It is read by the tables of the real commands, and nothing is carried out. */
#include "cli/calendar_ics.h"
#include "cli/export_ics.h"
#include "cli/help.h"
#include "tests/fuzz/fuzz.h"
#include "tests/slow_text.h"

#include <stdlib.h>

int motcua_main(int argc, char **argv);
#define main motcua_main /* whose table of commands is wanted */
#include "cli/main.c"
#undef main

static const struct verb *const out_verbs[] = {&verb_export_ics, &verb_calendar_import, &verb_calendar_export,
                                               NULL};

enum { WORDS = 40 };

/* One line, or none where the command line was fine; whatever was typed, it can be printed. */
static void look_at_complaint(struct str said, bool fine)
{
    MUST(slow_is_showable(said, true));
    if (fine)
        MUST(said.n == 0);
    else
        MUST(str_starts(said, STR("motcua: ")) && memchr(said.p, '\n', said.n) == said.p + said.n - 1);
}

/* ---- what a command may then ask ---- */

static void ask_option(const struct args *a, int option)
{
    const struct option_spec *o = &a->verb->options[option];
    struct str text = args_text(a, option), one;
    struct civil_input in;
    struct day_range range;
    struct limit limit;
    status_set set;
    size_t at = 0, times = 0;
    while (args_next(a, option, &at, &one))
        times++;
    MUST((times > 0) == args_has(a, option) && (times < 2 || o->repeats) && (times > 0 || !o->required));
    if (!times)
        return;
    MUST(o->type != OPTION_WORD || text.n > 0);
    MUST(o->type != OPTION_NUMBER ||
         (args_number(a, option, -1) >= o->least && args_number(a, option, -1) <= o->most));
    MUST((o->type != OPTION_TIME && o->type != OPTION_DATE) || args_time(a, option, &in));
    MUST(o->type != OPTION_DATE || in.minute_of_day < 0);
    MUST(o->type != OPTION_RANGE || args_range(a, option, &range));
    MUST(o->type != OPTION_LIMIT || args_limit(a, option, &limit));
    MUST(o->type != OPTION_STATUS || args_status(a, option, &set));
    struct buf list = BUF_INIT;
    args_list(a, option, &list);
    MUST(!list.failed && list.n >= 4 * times);
    buf_release(&list);
}

static void ask_all(const struct args *a)
{
    for (size_t i = 0; i < a->verb->option_count; i++)
        ask_option(a, (int)i);
    MUST(a->operands >= (size_t)a->verb->least);
    MUST(a->verb->most < 0 || a->operands <= (size_t)a->verb->most);
    for (size_t i = 0; i < a->operands; i++)
        MUST(a->operand[i].n > 0);
}

static void help(struct cli *c, const struct args *a, const struct verb *const *table)
{
    if (a->verb && !a->verb->elsewhere)
        help_verb(c, a->verb);
    else
        help_program(c, table, a->group);
    MUST(c->out.n > 0 && slow_is_showable(buf_str(&c->out), true));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fed f = {data, size};
    uint64_t how = fed_int(&f, 1);
    const struct verb *const *table = how & 1 ? out_verbs : verbs;
    struct cli c = {.lang = how & 2 ? LANG_EN : LANG_VI, .now = 1795142400};
    struct args a;
    char *argv[WORDS + 2] = {strdup("motcua")};
    int argc = 1;
    while (f.left && argc < WORDS + 1) {
        struct str word = fed_word(&f);
        argv[argc++] = strndup(word.n ? word.p : "", word.n);
    }
    fuzz_catch();
    bool fine = args_read(&a, &c, argc, argv, table);
    look_at_complaint(fuzz_caught(), fine);
    MUST(fine == !a.wrong);
    if (fine && a.help)
        help(&c, &a, table);
    else if (fine && !a.version && a.verb && !a.verb->elsewhere)
        ask_all(&a);
    args_release(&a);
    cli_release(&c);
    for (int i = 0; i < argc; i++)
        free(argv[i]);
    return 0;
}
