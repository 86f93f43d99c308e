/* export ics, export vdir, calendar import, calendar export, qr, print: what needs large libraries lives in a
 * program of its own, which takes over with the same arguments. */
#include "cli/hand_over.h"
#include "cli/verbs.h"

const struct verb verb_out_export_ics = {
    .name = "export",
    .sub = "ics",
    .help = T_cli_help_export_ics,
    .run = hand_over,
    .elsewhere = true,
};

const struct verb verb_out_export_vdir = {
    .name = "export",
    .sub = "vdir",
    .help = T_cli_help_export_vdir,
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

const struct verb verb_out_qr = {
    .name = "qr",
    .help = T_cli_help_qr,
    .run = hand_over,
    .elsewhere = true,
};

const struct verb verb_out_print = {
    .name = "print",
    .help = T_cli_help_print,
    .run = hand_over,
    .elsewhere = true,
};
