/* motcua: the program that scripts and people start. Commands it has, without one the screen. */
#include "cli/run.h"
#include "cli/verbs.h"
#include "tui/tui.h"
#include <unistd.h>

static const struct verb *const verbs[] = {
    &verb_receive,
    &verb_transfer,
    &verb_apologize,
    &verb_resolve,
    &verb_return,
    &verb_refuse,
    &verb_show,
    &verb_explain,
    &verb_due,
    &verb_list,
    &verb_search,
    &verb_morning,
    &verb_export,
    &verb_procedure_list,
    &verb_procedure_show,
    &verb_officer_list,
    &verb_officer_put,
    &verb_calendar_show,
    &verb_stat,
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
    int status = cli_open_or_tell(c);
    if (status)
        return status;
    cli_end_view(c);
    const struct tui_options options = {
        .store = c->store,
        .lang = c->lang,
        .login = buf_str(&c->login),
        .color = c->color,
    };
    struct outcome o = tui_run(&options);
    return outcome_ok(&o) ? 0 : cli_tell(c, &o);
}

int main(int argc, char **argv)
{
    const struct program motcua = {.verbs = verbs, .without = screen};
    return run(&motcua, argc, argv);
}
