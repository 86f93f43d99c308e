/* export csv: every dossier as a row of a spreadsheet, whole, in the columns that `import csv` reads. */
#include "cli/csv.h"
#include "cli/dossier_json.h"
#include "cli/import_columns.h"
#include "cli/import_words.h"
#include "cli/line_file.h"
#include "cli/reading.h"
#include "cli/verbs.h"

#include <stdlib.h>

enum { X_OUTPUT, X_STATUS, X_RECEIVED, X_NO_BOM, X_AS_OF };

static const struct option_spec options[] = {
    [X_OUTPUT] = OPTION_OUTPUT,
    [X_STATUS] = {.name = "status", .type = OPTION_STATUS, .help = T_cli_opt_export_status},
    [X_RECEIVED] = {.name = "received", .type = OPTION_RANGE, .help = T_cli_opt_list_received},
    [X_NO_BOM] = {.name = "no-bom", .type = OPTION_FLAG, .help = T_cli_opt_export_no_bom},
    [X_AS_OF] = OPTION_AS_OF,
};

/* Does an officer's name say who it is? */
enum naming { NAMING_UNKNOWN = 0, NAMING_BY_NAME, NAMING_BY_LOGIN };

struct export
{
    struct cli *cli;
    struct reading reading;
    struct filter filter;
    struct line_file file;
    struct csv csv;         /* writes into the file's line */
    struct buf text;        /* of a cell being made */
    unsigned char *naming;  /* by an officer's number: enum naming */
    struct procedure named; /* the one looked up last */
};

/* ---- cells ---- */

static void put(struct export *x, const char *text)
{
    csv_plain(&x->csv, str_of(text));
}

static void put_made(struct export *x)
{
    csv_cell(&x->csv, buf_str(&x->text));
    x->file.line.failed = x->file.line.failed || x->text.failed;
    buf_reset(&x->text);
}

static void put_time(struct export *x, civil_minute t)
{
    if (t != NO_TIME)
        lang_time(&x->text, x->cli->lang, t);
    put_made(x);
}

/* A name that another bears too, or that is somebody's login, would be read as the wrong person. */
static enum naming naming_of(const struct office *office, const struct officer *o)
{
    const struct officer *login = office_find_officer(office, o->name);
    bool says_who = o->name.n && (!login || login == o) && office_officer_named(office, o->name) == o;
    return says_who ? NAMING_BY_NAME : NAMING_BY_LOGIN;
}

/* An officer is called by name, as people look for one; who is none of ours, as it stands. */
static void put_person(struct export *x, struct str login)
{
    const struct officer *o = office_find_officer(x->cli->office, login);
    if (o && x->naming[o->number] == NAMING_UNKNOWN)
        x->naming[o->number] = (unsigned char)naming_of(x->cli->office, o);
    csv_cell(&x->csv, o && x->naming[o->number] == NAMING_BY_NAME ? o->name : login);
}

/* ---- a row ---- */

/* Title and field as they were when it was received. */
static void put_procedure(struct export *x, const struct dossier *d)
{
    const struct procedure *is = &d->receipt.procedure;
    struct procedure *p = &x->named;
    if (d->title.n || !is->version || p->version != is->version)
        dossier_procedure(x->cli, d, p);
    csv_cell(&x->csv, is->code);
    csv_cell(&x->csv, is->kase);
    csv_cell(&x->csv, p->name);
    csv_cell(&x->csv, d->field_title.n ? d->field_title
                      : p->field.n     ? p->field
                                       : office_field(x->cli->office, d->facts.field));
}

static void put_people(struct export *x, const struct dossier *d)
{
    const struct applicant *a = &d->receipt.applicant;
    enum lang lang = x->cli->lang;
    csv_cell(&x->csv, a->name);
    put(x, import_kind_word(a->organization, lang));
    csv_cell(&x->csv, a->id_number);
    csv_cell(&x->csv, a->phone);
    csv_cell(&x->csv, a->email);
    csv_cell(&x->csv, a->address);
    put(x, import_yes_no_word(a->outside, lang));
    csv_cell(&x->csv, d->receipt.submitter);
    csv_cell(&x->csv, d->receipt.authority);
    put(x, import_channel_word(d->receipt.channel, lang));
    put(x, import_collect_word(d->receipt.collect, lang));
    if (d->receipt.sets)
        buf_add_int(&x->text, d->receipt.sets);
    put_made(x);
    put_person(x, d->receiver);
    put_person(x, d->officer);
    csv_cell(&x->csv, d->unit);
}

/* When the waiting began, of what still waits or ended so: it is judged there. */
static civil_minute waiting_since(const struct facts *f)
{
    bool may_have = state_is_waiting(f->state) || f->state == STATE_REFUSED || f->state == STATE_WITHDRAWN ||
                    f->state == STATE_STOPPED;
    return may_have ? f->waiting_since : NO_TIME;
}

/* While the applicant is awaited nothing is due: then, as at any other time, the appointment last given is
 * told. */
static void put_standing(struct export *x, const struct dossier *d)
{
    const struct facts *f = &d->facts;
    put(x, import_state_word(f->state, x->cli->lang));
    put_time(x, d->receipt.submitted);
    put_time(x, f->received);
    put_time(x, d->appointment.due);
    put_time(x, d->promised);
    put_time(x, waiting_since(f));
    put_time(x, f->resolved);
    put_time(x, f->returned);
    csv_cell(&x->csv, d->result);
    csv_cell(&x->csv, d->receipt.note);
}

/* The cells in the order of enum import_column. */
static bool put_dossier(struct export *x, const struct dossier *d)
{
    csv_cell(&x->csv, d->code);
    put_procedure(x, d);
    put_people(x, d);
    put_standing(x, d);
    if (x->cli->demo)
        put(x, cli_text(x->cli, T_cli_csv_invented));
    csv_line(&x->csv);
    return line_file_put(&x->file);
}

static bool put_titles(struct export *x, bool mark)
{
    x->csv = csv_begin(&x->file.line, mark);
    for (enum import_column column = 0; column < COLUMNS_EXPORTED; column++)
        put(x, import_column_title(column, x->cli->lang));
    if (x->cli->demo)
        put(x, cli_text(x->cli, T_cli_csv_demo));
    csv_line(&x->csv);
    return line_file_head(&x->file);
}

/* ---- the command ---- */

/* Oldest first: ids are given in the order of logging. */
static void put_dossiers(struct export *x, uint64_t count)
{
    bool on = true;
    for (uint64_t id = 1; id <= count && on; id++) {
        struct dossier d;
        if (!view_dossier(x->cli->view, id, &d))
            return; /* the view's fault is told at the end */
        if (filter_facts(&x->filter, &x->reading.judge, &d.facts))
            on = put_dossier(x, &d);
    }
}

static int write_all(struct export *x, struct str path, bool mark)
{
    uint64_t count = view_dossiers(x->cli->view);
    x->naming = calloc(UINT16_MAX + 1, sizeof *x->naming);
    if (!x->naming)
        return cli_no_memory(x->cli);
    if (line_file_begin(&x->file, x->cli, path, count) && put_titles(x, mark))
        put_dossiers(x, count);
    int status = line_file_end(&x->file);
    if (!status && line_file_is_named(path))
        line_file_say_dossiers(x->cli, path, x->file.lines);
    buf_release(&x->text);
    free(x->naming);
    return status;
}

static int export_csv(struct cli *c, struct args *a)
{
    struct export x = {.cli = c, .text = BUF_INIT};
    int status = reading_open(c, a, X_AS_OF, -1, &x.reading);
    if (status)
        return status;
    x.filter = (struct filter){.status = GROUP_ALL, .received = {NO_DAY, NO_DAY}, .due = {NO_DAY, NO_DAY}};
    args_status(a, X_STATUS, &x.filter.status);
    args_range(a, X_RECEIVED, &x.filter.received);
    return write_all(&x, args_text(a, X_OUTPUT), !args_has(a, X_NO_BOM));
}

const struct verb verb_export_csv = {
    .name = "export",
    .sub = "csv",
    .help = T_cli_help_export_csv,
    VERB_OPTIONS(options),
    .run = export_csv,
};
