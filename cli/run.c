#include "cli/run.h"

#include "cli/help.h"

static int without_command(const struct program *program, struct args *a)
{
    if (program->without && !a->cli->json)
        return program->without(a->cli);
    return args_wrong(a, T_cli_no_command, STR_NONE, STR_NONE);
}

static int say_help(const struct program *program, const struct args *a)
{
    if (a->verb && !a->verb->elsewhere)
        help_verb(a->cli, a->verb);
    else
        help_program(a->cli, program->verbs, a->group);
    return 0;
}

static int carry_out(const struct program *program, struct args *a)
{
    struct cli *c = a->cli;
    int status = cli_check_environment(c);
    if (status)
        return status;
    if (a->version) {
        buf_add_z(&c->out, "motcua " MOTCUA_VERSION "\n");
        return 0;
    }
    if (a->help)
        return say_help(program, a);
    if (!a->verb)
        return without_command(program, a);
    c->act = a->verb->act;
    c->everybody = a->verb->everybody;
    return a->verb->run(c, a);
}

int run(const struct program *program, int argc, char **argv)
{
    struct cli c;
    struct args a;
    cli_init(&c);
    bool fine = args_read(&a, &c, argc, argv, program->verbs);
    int status = fine ? carry_out(program, &a) : USAGE;
    status = cli_finish(&c, status);
    args_release(&a);
    cli_release(&c);
    return status;
}
