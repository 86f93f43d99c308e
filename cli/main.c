/* motcua: the program that scripts and people start. Commands it has, without one the screen. */
#include "cli/first_run.h"
#include "cli/place.h"
#include "cli/run.h"
#include "cli/verbs.h"
#include "store/crash.h"
#include "tui/tui.h"
#include <unistd.h>

static const struct verb *const verbs[] = {
    &verb_receive,
    &verb_transfer,
    &verb_supplement,
    &verb_restart,
    &verb_await_payment,
    &verb_paid,
    &verb_apologize,
    &verb_resolve,
    &verb_return,
    &verb_refuse,
    &verb_withdraw,
    &verb_stop,
    &verb_void,
    &verb_undo,
    &verb_correct,
    &verb_rate,
    &verb_fee,
    &verb_late,
    &verb_turn_away,
    &verb_turn_away_list,
    &verb_turn_away_print,
    &verb_turn_away_void,
    &verb_show,
    &verb_explain,
    &verb_due,
    &verb_list,
    &verb_search,
    &verb_morning,
    &verb_report,
    &verb_export_csv,
    &verb_import_csv,
    &verb_export_jsonl,
    &verb_export_journal,
    &verb_out_export_ics,
    &verb_out_export_vdir,
    &verb_out_qr,
    &verb_out_print,
    &verb_procedure_list,
    &verb_procedure_show,
    &verb_procedure_put,
    &verb_procedure_steps,
    &verb_procedure_import,
    &verb_procedure_retire,
    &verb_officer_list,
    &verb_officer_put,
    &verb_officer_retire,
    &verb_calendar_show,
    &verb_calendar_holiday,
    &verb_calendar_worked,
    &verb_calendar_closed,
    &verb_calendar_remove,
    &verb_calendar_plan,
    &verb_calendar_hours,
    &verb_out_calendar_import,
    &verb_out_calendar_export,
    &verb_config,
    &verb_clock_show,
    &verb_clock_accept,
    &verb_backup,
    &verb_restore,
    &verb_compact,
    &verb_stat,
    &verb_verify,
    &verb_init,
    &verb_demo,
    NULL,
};

static int screen(struct cli *c)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        cli_complain(c, str_of(cli_text(c, T_cli_no_terminal)));
        return USAGE;
    }
    struct founding founding;
    struct buf program = BUF_INIT;
    struct outcome opened = cli_open(c);
    first_run_init(&founding, c);
    if (!outcome_ok(&opened) && opened.kind != KIND_no_store)
        return cli_tell(c, &opened);
    cli_end_view(c);
    const struct tui_options options = {
        .store = c->store,
        .founding = &founding,
        .lang = c->lang,
        .lang_given = c->lang_given,
        .login = buf_str(&c->login),
        .program = place_of_program(&program) ? program.p : NULL,
        .dir = c->dir.p,
        .color = c->color,
    };
    struct outcome o = tui_run(&options);
    buf_release(&program);
    return outcome_ok(&o) ? 0 : cli_tell(c, &o);
}

int main(int argc, char **argv)
{
    const struct program motcua = {.verbs = verbs, .without = screen};
    crash_catch();
    return run(&motcua, argc, argv);
}
