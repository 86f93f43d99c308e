/* procedure steps: the internal process of a procedure. */
#include "cli/steps_text.h"
#include "cli/verbs.h"

enum { S_STEP, S_CLEAR };

static const struct option_spec options[] = {
    [S_STEP] = {.name = "step",
                .type = OPTION_WORD,
                .help = T_cli_opt_procedure_step,
                .value = T_cli_value_text,
                .repeats = true},
    [S_CLEAR] = {.name = "clear", .type = OPTION_FLAG, .help = T_cli_opt_steps_clear},
};

/* ---- "NAME; ROLE; LIMIT" ---- */

static struct str trimmed(struct str s)
{
    while (s.n && (s.p[0] == ' ' || s.p[0] == '\t'))
        s = str_from(s, 1);
    while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
        s.n--;
    return s;
}

/* What stands before the next semicolon; takes it off. */
static struct str part(struct str *rest)
{
    const char *end = rest->n ? memchr(rest->p, ';', rest->n) : NULL;
    size_t n = end ? (size_t)(end - rest->p) : rest->n;
    struct str first = str_first(*rest, n);
    *rest = str_from(*rest, end ? n + 1 : n);
    return trimmed(first);
}

/* The sentence of what is wrong, or T_nothing. */
static enum text_id parse_step(struct str typed, struct step *out)
{
    struct str name = part(&typed), role = part(&typed), limit = part(&typed);
    *out = (struct step){.name = name, .limit = {.kind = LIMIT_NONE, .cutoff = LIMIT_NO_CUTOFF}};
    if (typed.n)
        return T_cli_steps_too_many_parts;
    if (role.n && !role_parse(role, &out->role))
        return T_cli_steps_bad_role;
    if (limit.n && !limit_parse(limit, &out->limit))
        return T_cli_steps_bad_limit;
    return T_nothing;
}

/* More than there may be are counted and left to the desk to refuse. Exit status. */
static int read_steps(struct args *a, struct step *steps, size_t *count)
{
    struct str typed;
    size_t at = 0;
    *count = 0;
    while (args_next(a, S_STEP, &at, &typed)) {
        struct step one;
        enum text_id wrong = parse_step(typed, &one);
        if (wrong != T_nothing)
            return args_wrong_text(a, wrong, typed, STR_NONE);
        if (*count < STEPS_MAX)
            steps[*count] = one;
        ++*count;
    }
    return 0;
}

/* ---- the command ---- */

static int put(struct cli *c, struct str procedure, const struct step *steps, size_t count)
{
    struct request request = {
        .moment = cli_moment(c),
        .command =
            {
                .kind = COMMAND_STEPS_PUT,
                .at = NO_TIME,
                .steps = {.procedure = procedure, .step = steps, .count = count},
            },
    };
    return cli_submit(c, &request, 1);
}

static int steps(struct cli *c, struct args *a)
{
    struct step given[STEPS_MAX];
    size_t count;
    bool sets = args_has(a, S_STEP), clears = args_has(a, S_CLEAR);
    if (sets && clears)
        return args_wrong(a, T_cli_steps_or_clear, STR_NONE, STR_NONE);
    int status = read_steps(a, given, &count);
    if (!status && (sets || clears))
        c->act = ACT_CATALOGUE;
    if (!status)
        status = cli_open_or_tell(c);
    if (!status && (sets || clears))
        status = put(c, a->operand[0], given, count);
    if (status)
        return status;
    const struct procedure *p = office_find_procedure(c->office, a->operand[0]);
    if (!p)
        return cli_refuse(c, KIND_unknown_procedure, a->operand[0]);
    steps_show(c, p);
    return 0;
}

const struct verb verb_procedure_steps = {
    .name = "procedure",
    .sub = "steps",
    .help = T_cli_help_procedure_steps,
    VERB_OPTIONS(options),
    .operand = T_cli_value_procedure,
    .least = 1,
    .most = 1,
    .run = steps,
};
