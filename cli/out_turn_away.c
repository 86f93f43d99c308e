#include "cli/out_turn_away.h"

#include "cli/out_form.h"
#include "cli/turned_away.h"
#include "core/slip.h"
#include "forms/paper.h"

static struct outcome write_slip(struct cli *c, const struct event *e, struct out_form *f)
{
    struct document d;
    struct outcome o = slip_turned_away(c->office, e, c->lang, &d);
    if (outcome_ok(&o))
        o = out_form_outcome(f, c, d.failed ? FORM_NO_MEMORY : paper_write(&d, c->now, out_form_sink(f)));
    document_release(&d);
    return o;
}

/* What is told of the entry is told before the file is put in place: its texts go with the view. */
static struct outcome finish(struct cli *c, const struct event *e, struct out_form *f, struct str path)
{
    struct outcome o = write_slip(c, e, f);
    size_t before = c->out.n;
    if (!c->json)
        cli_banner(c);
    turned_away_show(c, e, false, path);
    o = out_form_close(f, c, o);
    if (!outcome_ok(&o))
        c->out.n = before;
    return o;
}

/* The store has it, the disk has no slip: both are said. */
static int tell_unwritten(struct cli *c, const struct event *e, const struct outcome *o)
{
    struct turned_away_words w;
    struct buf line = BUF_INIT;
    turned_away_words_init(&w, e);
    lang_say(&line, c->lang, T_cli_turned_but_no_file, w.arg, 3);
    c->wrote = false; /* the entry was read back */
    int status = cli_tell(c, o);
    cli_complain(c, buf_str(&line));
    buf_release(&line);
    turned_away_words_release(&w);
    return status;
}

/* The file first: where it cannot be made nothing is recorded. */
static int turn_away(struct cli *c, struct args *a)
{
    struct event e;
    struct out_form f;
    struct str path = args_text(a, TA_OUTPUT);
    int status = turned_away_check(a);
    if (!status && !path.n)
        status = args_wrong(a, T_cli_turned_no_file, STR_NONE, STR_NONE);
    if (!status)
        status = cli_open_or_tell(c);
    if (status)
        return status;
    struct outcome o = out_form_open(&f, c, path, true);
    if (!outcome_ok(&o))
        return cli_tell(c, &o);
    status = turned_away_record(c, a, &e);
    if (status) {
        out_file_discard(&f.file);
        return status;
    }
    o = finish(c, &e, &f, path);
    return outcome_ok(&o) ? 0 : tell_unwritten(c, &e, &o);
}

const struct verb verb_out_turn_away = {
    .name = "turn-away",
    .help = T_cli_help_turn_away,
    .options = turned_away_options,
    .option_count = TA_OPTIONS,
    .act = ACT_HANDLE,
    .run = turn_away,
};

static int print(struct cli *c, struct args *a)
{
    struct event e;
    struct out_form f;
    struct str path = args_text(a, 0);
    int status =
        path.n ? turned_away_check_file(a, path) : args_wrong(a, T_cli_turned_no_file, STR_NONE, STR_NONE);
    if (!status)
        status = cli_open_or_tell(c);
    if (!status)
        status = turned_away_find(c, a, a->operand[0], &e);
    if (status)
        return status;
    struct outcome o = out_form_open(&f, c, path, true);
    if (!outcome_ok(&o))
        return cli_tell(c, &o);
    o = finish(c, &e, &f, path);
    return outcome_ok(&o) ? 0 : cli_tell(c, &o);
}

const struct verb verb_out_turn_away_print = {
    .name = "turn-away",
    .sub = "print",
    .help = T_cli_help_turn_away_print,
    .options = turned_away_print_options,
    .option_count = 1,
    .operand = T_cli_value_slip,
    .least = 1,
    .most = 1,
    .run = print,
};
