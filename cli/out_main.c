/* motcua-out: the commands that need large libraries, in a program of their own: motcua hands them over with
 * the same arguments, starts fast without them, and is not taken along by a fault in them. */
#include "cli/calendar_ics.h"
#include "cli/export_ics.h"
#include "cli/export_vdir.h"
#include "cli/out_print.h"
#include "cli/out_qr.h"
#include "cli/out_report.h"
#include "cli/out_turn_away.h"
#include "cli/run.h"
#include "icalendar/writer.h"
#include "store/crash.h"

int main(int argc, char **argv)
{
    static const struct verb *const verbs[] = {
        &verb_export_ics, &verb_export_vdir, &verb_calendar_import, &verb_calendar_export,     &verb_qr,
        &verb_out_report, &verb_print,       &verb_out_turn_away,   &verb_out_turn_away_print, NULL};
    static const struct program program = {.verbs = verbs};
    crash_catch();
    int status = run(&program, argc, argv);
    ics_library_release();
    return status;
}
