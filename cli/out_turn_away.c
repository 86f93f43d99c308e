#include "cli/out_turn_away.h"

#include "cli/out_form.h"
#include "cli/print_path.h"
#include "cli/printer.h"
#include "cli/turned_away.h"
#include "core/slip.h"
#include "forms/paper.h"

/* The slip, and where it goes. */
struct paper {
    struct out_form form;
    struct buf path;
};

static void paper_end(struct paper *p)
{
    out_file_discard(&p->form.file);
    buf_release(&p->path);
}

static struct outcome open_file(struct cli *c, struct paper *p)
{
    return p->path.failed ? outcome_of(KIND_out_of_memory)
                          : out_form_open(&p->form, c, buf_str(&p->path), true);
}

/* "turn-away-02-5-2026.pdf" */
static void add_file_name(struct buf *name, const struct event *e)
{
    const struct yearly_number *slip = &e->turned_away.slip;
    buf_addf(name, "turn-away-%s-%u-%d.pdf", turned_away_form(e), (unsigned)slip->number, slip->year);
}

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
static struct outcome finish(struct cli *c, const struct event *e, struct paper *p)
{
    struct outcome o = write_slip(c, e, &p->form);
    size_t before = c->out.n;
    if (!c->json)
        cli_banner(c);
    turned_away_show(c, e, false, buf_str(&p->path));
    o = out_form_close(&p->form, c, o);
    if (!outcome_ok(&o))
        c->out.n = before;
    return o;
}

/* To the printer, where that is wanted. The slip is written, and that was told. */
static int send(struct cli *c, const struct args *a, int option, struct str path)
{
    if (!args_has(a, option))
        return 0;
    c->wrote = false; /* what may fail now is the printer alone */
    struct outcome o = printer_send(path, args_text(a, option));
    if (!outcome_ok(&o))
        return cli_tell(c, &o);
    if (!c->json)
        CLI_LINE(c, T_cli_print_sent, STR_NONE);
    return 0;
}

/* ---- recording ---- */

/* In the folder for papers it gets a name of its own once it has a number. */
static void name_by_number(struct paper *p, const struct event *e)
{
    struct buf name = BUF_INIT;
    add_file_name(&name, e);
    out_file_rename(&p->form.file, buf_str(&name));
    buf_reset(&p->path);
    print_path(&p->path, STR_NONE, buf_str(&name));
    buf_release(&name);
}

/* The file first: where it cannot be made nothing is recorded. */
static int record(struct cli *c, struct args *a, struct paper *p)
{
    struct event e;
    int status = turned_away_check(a);
    if (!status)
        status = cli_open_or_tell(c);
    if (status)
        return status;
    print_path(&p->path, args_text(a, TA_OUTPUT), STR("turn-away.pdf"));
    struct outcome o = open_file(c, p);
    if (!outcome_ok(&o))
        return cli_tell(c, &o);
    status = turned_away_record(c, a, &e);
    if (status)
        return status;
    if (!args_has(a, TA_OUTPUT))
        name_by_number(p, &e);
    o = finish(c, &e, p);
    return outcome_ok(&o) ? send(c, a, TA_SEND, buf_str(&p->path)) : turned_away_unwritten(c, &e, &o);
}

static int turn_away(struct cli *c, struct args *a)
{
    struct paper p = {.path = BUF_INIT};
    int status = record(c, a, &p);
    paper_end(&p);
    return status;
}

const struct verb verb_out_turn_away = {
    .name = "turn-away",
    .help = T_cli_help_turn_away,
    .options = turned_away_options,
    .option_count = TA_OPTIONS,
    .act = ACT_HANDLE,
    .run = turn_away,
};

/* ---- once more ---- */

static int write_again(struct cli *c, struct args *a, struct paper *p)
{
    struct event e;
    struct str given = args_text(a, TAP_OUTPUT);
    int status = given.n ? turned_away_check_file(a, given) : 0;
    if (!status)
        status = cli_open_or_tell(c);
    if (!status)
        status = turned_away_find(c, a, a->operand[0], &e);
    if (status)
        return status;
    struct buf name = BUF_INIT;
    add_file_name(&name, &e);
    print_path(&p->path, given, buf_str(&name));
    buf_release(&name);
    struct outcome o = open_file(c, p);
    if (outcome_ok(&o))
        o = finish(c, &e, p);
    return outcome_ok(&o) ? send(c, a, TAP_SEND, buf_str(&p->path)) : cli_tell(c, &o);
}

static int print(struct cli *c, struct args *a)
{
    struct paper p = {.path = BUF_INIT};
    int status = write_again(c, a, &p);
    paper_end(&p);
    return status;
}

const struct verb verb_out_turn_away_print = {
    .name = "turn-away",
    .sub = "print",
    .help = T_cli_help_turn_away_print,
    .options = turned_away_print_options,
    .option_count = TAP_OPTIONS,
    .operand = T_cli_value_slip,
    .least = 1,
    .most = 1,
    .run = print,
};
