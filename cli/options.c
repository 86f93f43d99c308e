#include "cli/options.h"

#include "core/mask.h"
#include "core/text.h"
#include "core/wire.h"
#include <stdio.h>
#include <stdlib.h>

enum { SHOWN_COLUMNS = 40 };

/* ---- global options ---- */

enum { G_STORE, G_LANG, G_JSON, G_COLOR, G_HELP, G_VERSION, GLOBALS };

static const struct option_spec globals[GLOBALS] = {
    [G_STORE] = {.name = "store",
                 .type = OPTION_WORD,
                 .help = T_cli_opt_store,
                 .value = T_cli_value_dir,
                 .letter = 's'},
    [G_LANG] = {.name = "lang", .type = OPTION_CHOICE, .help = T_cli_opt_lang, .choices = "vi|en"},
    [G_JSON] = {.name = "json", .type = OPTION_FLAG, .help = T_cli_opt_json},
    [G_COLOR] = {.name = "color",
                 .type = OPTION_CHOICE,
                 .help = T_cli_opt_color,
                 .choices = "auto|always|never"},
    [G_HELP] = {.name = "help", .type = OPTION_FLAG, .help = T_cli_opt_help, .letter = 'h'},
    [G_VERSION] = {.name = "version", .type = OPTION_FLAG, .help = T_cli_opt_version},
};

const struct option_spec *global_options(size_t *count)
{
    *count = GLOBALS;
    return globals;
}

/* ---- complaining ---- */

/* `motcua: WHAT; see: motcua COMMAND --help`, once. */
static void complain(struct args *a, enum text_id what, const struct str *said, size_t n)
{
    if (a->wrong)
        return;
    a->wrong = true;
    const struct cli *c = a->cli;
    struct buf line = BUF_INIT, name = BUF_INIT;
    buf_add_z(&name, "motcua ");
    if (a->verb) {
        buf_add_z(&name, a->verb->name);
        buf_add_char(&name, ' ');
        if (a->verb->sub) {
            buf_add_z(&name, a->verb->sub);
            buf_add_char(&name, ' ');
        }
    }
    buf_add_z(&name, "--help");
    lang_say(&line, c->lang, what, said, n);
    LANG_SAY(&line, c->lang, T_cli_see_help, buf_str(&name));
    cli_complain(c, buf_str(&line));
    buf_release(&line);
    buf_release(&name);
}
#define COMPLAIN(a, what, ...)                                                                               \
    complain((a), (what), (const struct str[]){__VA_ARGS__},                                                 \
             sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))

/* What a complaint repeats of what was typed: shortened, safe, and nothing that may be somebody's. */
static void show_typed(struct buf *out, struct str typed, enum typed_as as)
{
    struct buf masked = BUF_INIT;
    mask_typed(&masked, typed, as);
    text_cell(out, buf_str(&masked), SHOWN_COLUMNS, false);
    buf_release(&masked);
}

int args_wrong(struct args *a, enum text_id what, struct str typed, struct str ours)
{
    struct buf shown = BUF_INIT;
    show_typed(&shown, typed, TYPED_VALUE);
    COMPLAIN(a, what, buf_str(&shown), ours);
    buf_release(&shown);
    return USAGE;
}

int args_wrong_word(struct args *a, enum text_id what, struct str typed, struct str ours)
{
    struct buf shown = BUF_INIT;
    show_typed(&shown, typed, TYPED_CODE);
    COMPLAIN(a, what, buf_str(&shown), ours);
    buf_release(&shown);
    return USAGE;
}

int args_wrong_text(struct args *a, enum text_id what, struct str typed, struct str ours)
{
    struct buf shown = BUF_INIT;
    show_typed(&shown, typed, TYPED_WORDS);
    COMPLAIN(a, what, buf_str(&shown), ours);
    buf_release(&shown);
    return USAGE;
}

/* ---- values ---- */

static bool parse_number(struct str text, int64_t *out)
{
    int64_t value = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9' || value > INT64_MAX / 10 - 1)
            return false;
        value = value * 10 + (text.p[i] - '0');
    }
    *out = value;
    return text.n > 0;
}

static bool number_fits(const struct option_spec *o, struct str value)
{
    int64_t number;
    return parse_number(value, &number) && number >= o->least && number <= o->most;
}

static bool is_choice(const char *choices, struct str value)
{
    struct str rest = str_of(choices);
    while (rest.n) {
        const char *bar = memchr(rest.p, '|', rest.n);
        size_t n = bar ? (size_t)(bar - rest.p) : rest.n;
        if (str_eq(str_first(rest, n), value))
            return true;
        rest = str_from(rest, n + 1);
    }
    return false;
}

static bool is_time(struct str value)
{
    struct civil_input in;
    return civil_parse(value, &in);
}

static bool is_date(struct str value)
{
    struct civil_input in;
    return civil_parse(value, &in) && in.minute_of_day < 0;
}

/* What is wrong with the value, or T_nothing; *more is what the sentence also names. */
static enum text_id fault_of(const struct option_spec *o, struct str value, struct buf *more)
{
    struct day_range range;
    struct limit limit;
    status_set set;
    struct str bad = STR_NONE;
    switch (o->type) {
    case OPTION_FLAG:
    case OPTION_TEXT: return T_nothing;
    case OPTION_WORD: return value.n ? T_nothing : T_cli_bad_word;
    case OPTION_CHOICE:
        for (const char *p = o->choices; *p; p++)
            buf_add_z(more, *p == '|' ? ", " : (char[]){*p, 0});
        return is_choice(o->choices, value) ? T_nothing : T_cli_bad_choice;
    case OPTION_NUMBER:
        buf_addf(more, "%lld-%lld", (long long)o->least, (long long)o->most);
        return number_fits(o, value) ? T_nothing : T_cli_bad_number;
    case OPTION_TIME: return is_time(value) ? T_nothing : T_cli_bad_time;
    case OPTION_DATE: return is_date(value) ? T_nothing : T_cli_bad_date;
    case OPTION_RANGE: return day_range_parse(value, &range) ? T_nothing : T_cli_bad_range;
    case OPTION_LIMIT: return limit_parse(value, &limit) ? T_nothing : T_cli_bad_limit;
    case OPTION_STATUS:
        buf_add_z(more, STATUS_WORDS);
        return status_set_parse(value, &set, &bad) ? T_nothing : T_cli_bad_status;
    }
    return T_nothing;
}

/* ---- reading ---- */

struct reader {
    struct args *a;
    int argc;
    char **argv;
    int at;
    const struct verb *const *verbs;
    const char *group;  /* the first word of a command of two, while the second is awaited */
    bool seen[GLOBALS]; /* global options met */
    bool plain;         /* after `--` */
};

static void option_name(const struct option_spec *o, struct buf *out)
{
    buf_add_z(out, "--");
    buf_add_z(out, o->name);
}

/* More digits than any number of a person has, where a number is asked for: an amount with a slip. */
static bool is_no_ones(const struct option_spec *o, struct str value)
{
    enum { LONGEST_OF_A_PERSON = 15, LONGEST_SLIP = 25 };
    int64_t number;
    bool digits = o->type == OPTION_NUMBER && value.n > LONGEST_OF_A_PERSON && value.n <= LONGEST_SLIP;
    for (size_t i = 0; i < value.n && digits; i++)
        digits = parse_number(str_first(str_from(value, i), 1), &number);
    return digits;
}

/* A sentence about one option: {1} what was typed, {2} its name, {3} more. */
static bool wrong_option(struct reader *r, enum text_id what, const struct option_spec *o, struct str typed,
                         struct str more)
{
    struct buf name = BUF_INIT, shown = BUF_INIT;
    option_name(o, &name);
    if (is_no_ones(o, typed))
        text_cell(&shown, typed, SHOWN_COLUMNS, false);
    else
        show_typed(&shown, typed, TYPED_VALUE);
    COMPLAIN(r->a, what, buf_str(&shown), buf_str(&name), more);
    buf_release(&name);
    buf_release(&shown);
    return false;
}

static bool check_value(struct reader *r, const struct option_spec *o, struct str value)
{
    struct buf more = BUF_INIT;
    enum text_id fault = fault_of(o, value, &more);
    bool fine = fault == T_nothing;
    if (!fine)
        wrong_option(r, fault, o, value, buf_str(&more));
    buf_release(&more);
    return fine;
}

static bool take_global(struct reader *r, int option, struct str value)
{
    struct cli *c = r->a->cli;
    if (r->seen[option])
        return wrong_option(r, T_cli_repeated, &globals[option], value, STR_NONE);
    r->seen[option] = true;
    switch (option) {
    case G_STORE:
        buf_reset(&c->dir);
        buf_add_str(&c->dir, value);
        break;
    case G_LANG: c->lang_given = lang_parse(value, &c->lang); break;
    case G_JSON: c->json = true; break;
    case G_COLOR:
        cli_set_color(c, str_eq(value, STR("always"))  ? COLOR_ALWAYS
                         : str_eq(value, STR("never")) ? COLOR_NEVER
                                                       : COLOR_AUTO);
        break;
    case G_HELP: r->a->help = true; break;
    default: r->a->version = true; break;
    }
    return true;
}

static bool take_own(struct reader *r, int option, struct str value)
{
    struct args *a = r->a;
    const struct option_spec *o = &a->verb->options[option];
    if (!o->repeats && args_has(a, option))
        return wrong_option(r, T_cli_repeated, o, value, STR_NONE);
    a->given[a->count++] = (struct given){option, value};
    return true;
}

static int find_option(const struct option_spec *table, size_t n, struct str name, bool letter)
{
    for (size_t i = 0; i < n; i++)
        if (letter ? table[i].letter && table[i].letter == name.p[0] : str_eq(str_of(table[i].name), name))
            return (int)i;
    return -1;
}

static bool unknown_option(struct reader *r, struct str word)
{
    bool has_verb = r->a->verb != NULL;
    const char *equals = memchr(word.p, '=', word.n); /* its value is not repeated */
    struct str name = equals ? str_first(word, (size_t)(equals - word.p)) : word;
    args_wrong_word(r->a, has_verb ? T_cli_unknown_option : T_cli_unknown_global, name, STR_NONE);
    return false;
}

/* `--name`, `--name=value`, `-x` or `-xvalue`. */
static bool read_option(struct reader *r, struct str word)
{
    bool letter = word.p[1] != '-';
    struct str name = str_from(word, letter ? 1 : 2), value = STR_NONE;
    const char *equals = letter ? NULL : memchr(name.p, '=', name.n);
    if (equals) {
        value = str_from(name, (size_t)(equals - name.p) + 1);
        if (!value.n)
            value = STR("");
        name.n = (size_t)(equals - name.p);
    }
    const struct verb *verb = r->a->verb;
    const struct option_spec *table = globals;
    int option = find_option(globals, GLOBALS, name, letter);
    if (option < 0 && verb) {
        table = verb->options;
        option = find_option(table, verb->option_count, name, letter);
    }
    if (option < 0)
        return unknown_option(r, word);
    const struct option_spec *o = &table[option];
    if (letter && name.n > 1)
        value = str_from(name, 1);
    if (o->type == OPTION_FLAG) {
        if (value.p)
            return letter ? unknown_option(r, word)
                          : wrong_option(r, T_cli_takes_no_value, o, value, STR_NONE);
    } else if (!value.p && o->optional) {
        return take_own(r, option, value);
    } else if (!value.p) {
        if (r->at >= r->argc)
            return wrong_option(r, T_cli_needs_value, o, STR_NONE, STR_NONE);
        value = str_of(r->argv[r->at++]);
    }
    return check_value(r, o, value) &&
           (table == globals ? take_global(r, option, value) : take_own(r, option, value));
}

/* Which of the verbs this word begins or completes. */
static bool read_command(struct reader *r, struct str word)
{
    struct args *a = r->a;
    for (const struct verb *const *v = r->verbs; *v; v++) {
        if (r->group) {
            if (str_eq(str_of((*v)->name), str_of(r->group)) && (*v)->sub && str_eq(str_of((*v)->sub), word))
                a->verb = *v;
        } else if (str_eq(str_of((*v)->name), word)) {
            if ((*v)->sub)
                r->group = (*v)->name;
            else
                a->verb = *v;
            return true;
        }
        if (a->verb)
            return true;
    }
    return false;
}

/* "list, put": what may follow the first word of a command. */
static void list_subs(const struct reader *r, struct buf *out)
{
    for (const struct verb *const *v = r->verbs; *v; v++)
        if ((*v)->sub && str_eq(str_of((*v)->name), str_of(r->group))) {
            buf_add_z(out, out->n ? ", " : "");
            buf_add_z(out, (*v)->sub);
        }
}

static bool unknown_command(struct reader *r, struct str word)
{
    struct buf subs = BUF_INIT, shown = BUF_INIT;
    if (!r->group) {
        args_wrong_word(r->a, T_cli_unknown_command, word, STR_NONE);
        return false;
    }
    list_subs(r, &subs);
    show_typed(&shown, word, TYPED_CODE);
    if (word.p)
        COMPLAIN(r->a, T_cli_unknown_sub, buf_str(&shown), str_of(r->group), buf_str(&subs));
    else
        COMPLAIN(r->a, T_cli_missing_sub, str_of(r->group), buf_str(&subs));
    buf_release(&subs);
    buf_release(&shown);
    return false;
}

/* A command may be one word and the first of others too: `turn-away --need …`, `turn-away list`. */
static bool read_sub(struct reader *r, struct str word)
{
    struct args *a = r->a;
    if (a->verb->sub || a->verb->operand != T_nothing || a->count || r->plain)
        return false;
    for (const struct verb *const *v = r->verbs; *v; v++)
        if ((*v)->sub && strcmp((*v)->name, a->verb->name) == 0 && str_eq(str_of((*v)->sub), word)) {
            a->verb = *v;
            return true;
        }
    return false;
}

static bool begins_others(const struct reader *r)
{
    for (const struct verb *const *v = r->verbs; *v; v++)
        if ((*v)->sub && !r->a->verb->sub && strcmp((*v)->name, r->a->verb->name) == 0)
            return true;
    return false;
}

static bool read_word(struct reader *r, struct str word)
{
    struct args *a = r->a;
    if (!a->verb)
        return read_command(r, word) || unknown_command(r, word);
    if (read_sub(r, word))
        return true;
    if (begins_others(r) && a->verb->operand == T_nothing && !a->count) {
        r->group = a->verb->name;
        return unknown_command(r, word);
    }
    if (a->verb->most >= 0 && a->operands >= (size_t)a->verb->most) {
        args_wrong(a, T_cli_too_many, STR_NONE, STR_NONE);
        return false;
    }
    if (!word.n) {
        COMPLAIN(a, T_cli_empty_operand, str_of(lang_text(a->cli->lang, a->verb->operand)));
        return false;
    }
    a->operand[a->operands++] = word;
    return true;
}

static bool check_required(struct args *a)
{
    for (size_t i = 0; i < a->verb->option_count; i++) {
        const struct option_spec *o = &a->verb->options[i];
        if (!o->required || args_has(a, (int)i))
            continue;
        struct buf name = BUF_INIT;
        option_name(o, &name);
        COMPLAIN(a, T_cli_missing_option, buf_str(&name));
        buf_release(&name);
        return false;
    }
    if (a->operands >= (size_t)a->verb->least)
        return true;
    COMPLAIN(a, T_cli_missing_operand, str_of(lang_text(a->cli->lang, a->verb->operand)));
    return false;
}

/* The language complaints are made in, wherever on the line it stands. */
static void find_language(struct cli *c, int argc, char **argv)
{
    const struct str name = STR("--lang"), joined = STR("--lang=");
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        struct str word = str_of(argv[i]), value = STR_NONE;
        if (str_eq(word, name))
            value = str_of(argv[i + 1]);
        else if (str_starts(word, joined))
            value = str_from(word, joined.n);
        if (value.n && lang_parse(value, &c->lang))
            c->lang_given = true;
    }
}

static bool read_all(struct reader *r)
{
    struct args *a = r->a;
    while (r->at < r->argc) {
        struct str word = str_of(r->argv[r->at++]);
        bool fine = true;
        if (!r->plain && str_eq(word, STR("--")))
            r->plain = true;
        else if (!r->plain && word.n > 1 && word.p[0] == '-')
            fine = read_option(r, word);
        else
            fine = read_word(r, word);
        if (!fine)
            return false;
        if (a->help || a->version || (a->verb && a->verb->elsewhere))
            return true;
    }
    if (r->group && !a->verb)
        return unknown_command(r, STR_NONE);
    return !a->verb || check_required(a);
}

bool args_read(struct args *a, struct cli *c, int argc, char **argv, const struct verb *const *verbs)
{
    *a = (struct args){.cli = c, .argv = argv};
    find_language(c, argc, argv);
    a->given = calloc((size_t)argc + 1, sizeof *a->given);
    a->operand = calloc((size_t)argc + 1, sizeof *a->operand);
    if (!a->given || !a->operand) {
        a->wrong = true;
        cli_no_memory(c);
        return false;
    }
    struct reader r = {.a = a, .argc = argc, .argv = argv, .at = 1, .verbs = verbs};
    bool fine = read_all(&r);
    a->group = r.group;
    return fine;
}

void args_release(struct args *a)
{
    free(a->given);
    free(a->operand);
    *a = (struct args){.cli = a->cli};
}

/* ---- asking ---- */

bool args_next(const struct args *a, int option, size_t *at, struct str *value)
{
    while (*at < a->count) {
        const struct given *g = &a->given[(*at)++];
        if (g->option == option) {
            *value = g->value;
            return true;
        }
    }
    return false;
}

bool args_has(const struct args *a, int option)
{
    size_t at = 0;
    struct str value;
    return args_next(a, option, &at, &value);
}

struct str args_text(const struct args *a, int option)
{
    size_t at = 0;
    struct str value = STR_NONE;
    args_next(a, option, &at, &value);
    return value;
}

void args_list(const struct args *a, int option, struct buf *list)
{
    size_t at = 0;
    struct str value;
    while (args_next(a, option, &at, &value))
        wire_list_add(list, value);
}

int64_t args_number(const struct args *a, int option, int64_t otherwise)
{
    int64_t number;
    return parse_number(args_text(a, option), &number) ? number : otherwise;
}

bool args_time(const struct args *a, int option, struct civil_input *out)
{
    return civil_parse(args_text(a, option), out);
}

bool args_range(const struct args *a, int option, struct day_range *out)
{
    return day_range_parse(args_text(a, option), out);
}

bool args_limit(const struct args *a, int option, struct limit *out)
{
    return limit_parse(args_text(a, option), out);
}

bool args_status(const struct args *a, int option, status_set *out)
{
    struct str bad;
    return args_has(a, option) && status_set_parse(args_text(a, option), out, &bad);
}
