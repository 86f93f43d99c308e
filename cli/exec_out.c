/* export ics, calendar import, calendar export: what needs the calendar library lives in a program of its
 * own, which takes over with the same arguments. */
#include "cli/place.h"
#include "cli/verbs.h"
#include <unistd.h>

#define HELPER "motcua-out"

/* The rest of the line was not read here. */
static bool asks_for_json(char **argv)
{
    while (*argv && strcmp(*argv, "--json") != 0)
        argv++;
    return *argv != NULL;
}

static int hand_over(struct cli *c, struct args *a)
{
    struct buf path = BUF_INIT;
    if (place_of_helper(HELPER, &path))
        execv(path.p, a->argv); /* comes back only where it failed */
    buf_release(&path);
    c->json = c->json || asks_for_json(a->argv);
    return cli_refuse(c, KIND_helper_missing, STR(HELPER));
}

const struct verb verb_out_export_ics = {
    .name = "export",
    .sub = "ics",
    .help = T_cli_help_export_ics,
    .run = hand_over,
    .elsewhere = true,
};

const struct verb verb_out_calendar_import = {
    .name = "calendar",
    .sub = "import",
    .help = T_cli_help_calendar_import,
    .run = hand_over,
    .elsewhere = true,
};

const struct verb verb_out_calendar_export = {
    .name = "calendar",
    .sub = "export",
    .help = T_cli_help_calendar_export,
    .run = hand_over,
    .elsewhere = true,
};
