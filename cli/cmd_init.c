/* init: a new office. stat: what its store holds. */
#include "cli/reading.h"
#include "cli/shipped.h"
#include "cli/stat.h"
#include "cli/verbs.h"

/* ---- init ---- */

enum { I_OFFICE, I_AGENCY, I_PARENT, I_PLACE, I_GROUP, I_OFFSET };

static const struct option_spec init_options[] = {
    [I_OFFICE] = {.name = "office",
                  .type = OPTION_TEXT,
                  .help = T_cli_opt_office,
                  .value = T_cli_value_name,
                  .required = true},
    [I_AGENCY] = {.name = "agency",
                  .type = OPTION_TEXT,
                  .help = T_cli_opt_agency,
                  .value = T_cli_value_agency,
                  .required = true},
    [I_PARENT] = {.name = "parent", .type = OPTION_TEXT, .help = T_cli_opt_parent, .value = T_cli_value_name},
    [I_PLACE] = {.name = "place", .type = OPTION_TEXT, .help = T_cli_opt_place, .value = T_cli_value_name},
    [I_GROUP] = {.name = "group", .type = OPTION_WORD, .help = T_cli_opt_group, .value = T_cli_value_group},
    [I_OFFSET] = {.name = "utc-offset",
                  .type = OPTION_WORD,
                  .help = T_cli_opt_offset,
                  .value = T_cli_value_offset},
};

enum { USUAL_OFFSET = 7 * 60, WESTMOST = -12 * 60, EASTMOST = 14 * 60 };

/* "+07:00" */
static bool parse_offset(struct str text, int *out)
{
    int minutes;
    if (text.n != 6 || (text.p[0] != '+' && text.p[0] != '-') || !civil_parse_hm(str_from(text, 1), &minutes))
        return false;
    *out = text.p[0] == '-' ? -minutes : minutes;
    return *out >= WESTMOST && *out <= EASTMOST;
}

/* What could not be made whole is not there. */
static struct outcome make(struct cli *c, const struct office_identity *identity, const char *group)
{
    struct outcome o = store_create(c->dir.p, &(struct store_options){.group = group}, &c->store);
    if (outcome_ok(&o))
        o = shipped_found(c->store, identity, cli_moment(c));
    if (outcome_ok(&o)) {
        c->wrote = true;
        o = cli_view(c);
    }
    return o;
}

static int init(struct cli *c, struct args *a)
{
    struct office_identity identity = {
        .name = args_text(a, I_OFFICE),
        .agency = args_text(a, I_AGENCY),
        .parent = args_text(a, I_PARENT),
        .place = args_text(a, I_PLACE),
        .utc_offset = USUAL_OFFSET,
    };
    if (args_has(a, I_OFFSET) && !parse_offset(args_text(a, I_OFFSET), &identity.utc_offset))
        return args_wrong(a, T_cli_bad_offset, args_text(a, I_OFFSET), STR_NONE);
    struct outcome o = make(c, &identity, args_text(a, I_GROUP).p);
    if (!outcome_ok(&o))
        return cli_tell(c, &o);
    stat_print(c);
    return 0;
}

const struct verb verb_init = {
    .name = "init",
    .help = T_cli_help_init,
    VERB_OPTIONS(init_options),
    .run = init,
};

/* ---- stat ---- */

enum { S_AS_OF };

static const struct option_spec stat_options[] = {
    [S_AS_OF] = OPTION_AS_OF,
};

static int stat_verb(struct cli *c, struct args *a)
{
    struct reading r;
    int status = reading_open(c, a, S_AS_OF, -1, &r);
    if (!status)
        stat_print(c);
    return status;
}

const struct verb verb_stat = {
    .name = "stat",
    .help = T_cli_help_stat,
    VERB_OPTIONS(stat_options),
    .run = stat_verb,
};
