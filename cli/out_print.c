#include "cli/out_print.h"

#include "cli/out_form.h"
#include "cli/print_path.h"
#include "cli/print_register.h"
#include "cli/printer.h"
#include "core/event_list.h"
#include "core/slip.h"
#include "core/text.h"
#include "forms/paper.h"

#include <strings.h>

enum { P_OUTPUT, P_SEND, P_BOOK, P_FROM, P_TO };

static const struct option_spec options[] = {
    [P_OUTPUT] = {.name = "output",
                  .type = OPTION_WORD,
                  .help = T_cli_opt_print_output,
                  .value = T_cli_value_file,
                  .letter = 'o'},
    [P_SEND] = {.name = "send",
                .type = OPTION_WORD,
                .help = T_cli_opt_print_send,
                .value = T_cli_value_printer,
                .optional = true},
    [P_BOOK] = {.name = "book",
                .type = OPTION_NUMBER,
                .help = T_cli_opt_print_book,
                .value = T_cli_value_year,
                .least = 1900,
                .most = CIVIL_LAST_YEAR},
    [P_FROM] = {.name = "from", .type = OPTION_DATE, .help = T_cli_opt_print_from},
    [P_TO] = {.name = "to", .type = OPTION_DATE, .help = T_cli_opt_print_to},
};

/* What is asked for, and what becomes of it. */
struct job {
    struct cli *cli;
    struct args *args;
    enum slip slip;
    int book;                 /* of the register: its year; 0: by the days */
    civil_day from, to;       /* of the register */
    struct buf path;          /* where it goes */
    struct buf code;          /* of the dossier; it outlives the view */
    struct yearly_number own; /* the slip's number */
    struct register_count count;
    bool demo, sent;
};

/* ---- what is asked for ---- */

static int unknown_slip(struct args *a)
{
    struct buf names = BUF_INIT;
    for (enum slip slip = SLIP_RECEIPT; slip < SLIP_KINDS; slip++) {
        buf_add_z(&names, slip ? ", " : "");
        buf_add_z(&names, slip_name(slip));
    }
    int status = args_wrong_word(a, T_cli_print_unknown, a->operand[0], buf_str(&names));
    buf_release(&names);
    return status;
}

static bool is_pdf(struct str path)
{
    const struct str ending = STR(".pdf");
    return path.n > ending.n && strncasecmp(path.p + path.n - ending.n, ending.p, ending.n) == 0;
}

static int read_period(struct job *job)
{
    struct args *a = job->args;
    struct civil_input from, to;
    if (a->operands > 1)
        return args_wrong(a, T_cli_print_code, STR_NONE, STR_NONE);
    job->book = (int)args_number(a, P_BOOK, 0);
    if (job->book)
        return args_has(a, P_FROM) || args_has(a, P_TO)
                   ? args_wrong(a, T_cli_print_two_ways, STR_NONE, STR_NONE)
                   : 0;
    if (!args_time(a, P_FROM, &from) || !args_time(a, P_TO, &to))
        return args_wrong(a, T_cli_print_no_period, STR_NONE, STR_NONE);
    if (from.day > to.day)
        return args_wrong(a, T_cli_print_backwards, STR_NONE, STR_NONE);
    job->from = from.day;
    job->to = to.day;
    return 0;
}

/* Exit status; what is wrong with the command line was told. */
static int read_job(struct job *job)
{
    struct args *a = job->args;
    struct str path = args_text(a, P_OUTPUT);
    if (!slip_parse(a->operand[0], &job->slip))
        return unknown_slip(a);
    if (path.n && !is_pdf(path))
        return args_wrong(a, T_cli_print_pdf, path, STR_NONE);
    if (job->slip == SLIP_REGISTER)
        return read_period(job);
    if (args_has(a, P_BOOK) || args_has(a, P_FROM) || args_has(a, P_TO))
        return args_wrong(a, T_cli_print_period, STR_NONE, STR_NONE);
    if (a->operands < 2)
        return args_wrong(a, T_cli_print_no_code, STR_NONE, str_of(cli_text(a->cli, slip_word(job->slip))));
    return 0;
}

/* ---- where it goes ---- */

/* A code with its slashes written as %2F; the year or the days of a register. Nobody's name. */
static void add_file_name(const struct job *job, struct buf *name)
{
    struct str code = buf_str(&job->code);
    for (size_t i = 0; i < code.n; i++)
        if (code.p[i] == '/')
            buf_add_z(name, "%2F");
        else
            buf_add_char(name, code.p[i]);
    if (code.n)
        buf_add_char(name, '-');
    buf_add_z(name, slip_name(job->slip));
    char day[CIVIL_TEXT];
    if (job->slip == SLIP_REGISTER && job->book) {
        buf_addf(name, "-%d", job->book);
    } else if (job->slip == SLIP_REGISTER) {
        buf_addf(name, "-%s", civil_iso_date(day, job->from));
        buf_addf(name, "-%s", civil_iso_date(day, job->to));
    }
    buf_add_z(name, ".pdf");
}

static void find_path(struct job *job)
{
    struct buf name = BUF_INIT;
    add_file_name(job, &name);
    print_path(&job->path, args_text(job->args, P_OUTPUT), buf_str(&name));
    job->path.failed = job->path.failed || name.failed;
    buf_release(&name);
}

/* ---- what it says ---- */

static struct outcome write_document(struct job *job, const struct document *d)
{
    struct cli *c = job->cli;
    struct out_form form;
    find_path(job);
    if (job->path.failed || d->failed)
        return outcome_of(KIND_out_of_memory);
    struct outcome o = out_form_open(&form, c, buf_str(&job->path), true);
    if (!outcome_ok(&o))
        return o;
    o = out_form_outcome(&form, c, paper_write(d, c->now, out_form_sink(&form)));
    return out_form_close(&form, c, o);
}

static struct outcome write_slip(struct job *job, const struct dossier *d)
{
    struct cli *c = job->cli;
    struct document document;
    struct procedure procedure;
    struct event_list history = {NULL};
    bool known = view_procedure_of(c->view, d, &procedure);
    view_history(c->view, d, event_list_add, &history);
    struct slip_source from = {
        .office = c->office,
        .dossier = d,
        .procedure = known ? &procedure : NULL,
        .event = history.event,
        .events = history.count,
        .now = cli_now(c),
        .lang = c->lang,
    };
    struct outcome o = view_fault(c->view);
    if (outcome_ok(&o) && history.failed)
        o = outcome_of(KIND_out_of_memory);
    if (outcome_ok(&o)) {
        o = slip_write(job->slip, &from, &document);
        job->own = slip_number(job->slip, d);
        if (outcome_ok(&o))
            o = write_document(job, &document);
        document_release(&document);
    }
    event_list_release(&history);
    return o;
}

static struct outcome print_slip(struct job *job)
{
    struct cli *c = job->cli;
    struct dossier d;
    uint64_t id;
    struct outcome o = view_find(c->view, job->args->operand[1], &id);
    if (!outcome_ok(&o))
        return o;
    if (!view_dossier(c->view, id, &d)) {
        o = view_fault(c->view);
        return outcome_ok(&o) ? outcome_of(KIND_out_of_memory) : o;
    }
    buf_add_str(&job->code, d.code);
    return write_slip(job, &d);
}

static struct outcome print_register(struct job *job)
{
    struct cli *c = job->cli;
    struct document document;
    struct register_rows rows;
    struct head head = view_head(c->view);
    char mark[HEAD_TEXT];
    head_mark_format(mark, &head);
    struct register_request request = {
        .office = c->office,
        .book = job->book,
        .from = job->from,
        .to = job->to,
        .now = cli_now(c),
        .head = str_of(mark),
        .lang = c->lang,
        .source = print_register_source(&rows, c, job->book, job->from, job->to),
    };
    bool fine = register_write(&request, &document, &job->count);
    struct outcome o = view_fault(c->view);
    if (outcome_ok(&o))
        o = fine ? write_document(job, &document) : outcome_of(KIND_out_of_memory);
    document_release(&document);
    return o;
}

/* ---- what became of it ---- */

static void put_number(struct json *j, const char *name, int64_t number)
{
    if (number)
        json_int(j, name, number);
    else
        json_text(j, name, STR_NONE);
}

static void say_json(struct job *job)
{
    struct json j = json_onto(&job->cli->out);
    char day[CIVIL_TEXT];
    json_object_begin(&j, NULL);
    json_name(&j, "slip", slip_name(job->slip));
    if (job->slip == SLIP_REGISTER) {
        put_number(&j, "book", job->book);
        json_name(&j, "from", job->book ? NULL : civil_iso_date(day, job->from));
        json_name(&j, "to", job->book ? NULL : civil_iso_date(day, job->to));
        json_int(&j, "numbered", (int64_t)job->count.numbered);
        json_int(&j, "unnumbered", (int64_t)job->count.unnumbered);
    } else {
        json_text(&j, "code", buf_str(&job->code));
        put_number(&j, "number", job->own.number);
        put_number(&j, "year", job->own.year);
    }
    json_str(&j, "file", buf_str(&job->path));
    json_bool(&j, "sent", job->sent);
    json_bool(&j, "demo", job->demo);
    json_object_end(&j);
    json_line(&j);
}

static void say_text(struct job *job)
{
    struct cli *c = job->cli;
    struct buf shown = BUF_INIT, count = BUF_INIT;
    struct str word = str_of(cli_text(c, slip_word(job->slip)));
    text_safe(&shown, buf_str(&job->path), false);
    buf_add_int(&count, (int64_t)(job->count.numbered + job->count.unnumbered));
    if (job->slip == SLIP_REGISTER)
        CLI_LINE(c, T_cli_print_done_register, word, buf_str(&count), buf_str(&shown));
    else
        CLI_LINE(c, T_cli_print_done, word, buf_str(&job->code), buf_str(&shown));
    if (job->demo)
        CLI_LINE(c, T_cli_print_demo, STR_NONE);
    if (job->sent)
        CLI_LINE(c, T_cli_print_sent, STR_NONE);
    buf_release(&shown);
    buf_release(&count);
}

static int do_job(struct job *job)
{
    struct cli *c = job->cli;
    int status = read_job(job);
    if (!status)
        status = cli_open_or_tell(c);
    if (status)
        return status;
    job->demo = c->demo;
    struct outcome o = job->slip == SLIP_REGISTER ? print_register(job) : print_slip(job);
    if (outcome_ok(&o) && args_has(job->args, P_SEND)) {
        o = printer_send(buf_str(&job->path), args_text(job->args, P_SEND));
        job->sent = outcome_ok(&o);
    }
    if (!outcome_ok(&o))
        return cli_tell(c, &o);
    if (c->json)
        say_json(job);
    else
        say_text(job);
    return 0;
}

static int print(struct cli *c, struct args *a)
{
    struct job job = {.cli = c, .args = a, .path = BUF_INIT, .code = BUF_INIT};
    int status = do_job(&job);
    buf_release(&job.path);
    buf_release(&job.code);
    return status;
}

const struct verb verb_print = {
    .name = "print",
    .help = T_cli_help_print,
    VERB_OPTIONS(options),
    .operand = T_cli_value_print,
    .least = 1,
    .most = 2,
    .run = print,
};
