/* report: what is counted of the desk's work. The terminal, CSV and JSON here; workbooks and papers in the
 * helper program. */
#include "cli/hand_over.h"
#include "cli/out_file.h"
#include "cli/report_csv.h"
#include "cli/report_json.h"
#include "cli/report_text.h"
#include "cli/report_written.h"
#include "cli/table.h"
#include "cli/verbs.h"
#include <errno.h>

static void list_json(struct cli *c, enum report_kind kind)
{
    struct json j = json_onto(&c->out);
    json_object_begin(&j, NULL);
    json_name(&j, "report", report_name(kind));
    json_name(&j, "title", cli_text(c, report_title(kind)));
    json_bool(&j, "period", report_has_period(kind));
    json_bool(&j, "personal", report_is_personal(kind));
    json_object_end(&j);
    json_line(&j);
}

static void list_text(struct cli *c)
{
    static const struct table_column columns[] = {
        {T_cli_report_col_name, false, 0},
        {T_cli_report_col_period, false, 0},
        {T_cli_report_col_title, false, 20},
    };
    struct table t;
    table_init(&t, columns, sizeof columns / sizeof *columns);
    for (enum report_kind k = 0; k < REPORT_KINDS; k++) {
        const char *period = report_has_period(k) ? cli_text(c, T_cli_report_with_period) : NULL;
        table_add(&t, (struct cell[]){{.text = str_of(report_name(k))},
                                      {.text = str_of(period)},
                                      {.text = str_of(cli_text(c, report_title(k)))}});
    }
    table_print(&t, c);
    table_release(&t);
}

static int list_reports(struct cli *c)
{
    if (!c->json)
        list_text(c);
    for (enum report_kind k = 0; k < REPORT_KINDS && c->json; k++)
        list_json(c, k);
    return 0;
}

static void print(struct cli *c, enum report_shape shape, const struct report *r)
{
    switch (shape) {
    case SHAPE_JSON: report_json(c, r); break;
    case SHAPE_CSV:
    case SHAPE_CSV_NO_BOM: report_csv(c, &c->out, r, shape == SHAPE_CSV); break;
    default: report_text(c, r); break;
    }
}

/* A table into a file: whole, or not at all. */
static int write_csv(struct cli *c, const struct report_asked *asked, const struct report *r)
{
    struct buf csv = BUF_INIT;
    struct out_file file;
    report_csv(c, &csv, r, asked->shape == SHAPE_CSV);
    struct outcome o = csv.failed ? outcome_of(KIND_out_of_memory)
                                  : out_file_open(&file, c, asked->file, report_is_personal(asked->kind));
    if (outcome_ok(&o)) {
        errno = 0;
        if (fwrite(csv.p, 1, csv.n, file.stream) != csv.n)
            o = out_file_fault(&file, errno);
        cli_end_view(c); /* copying may have to wait for whoever reads */
        if (outcome_ok(&o))
            o = out_file_commit(&file, c);
        out_file_discard(&file);
    }
    buf_release(&csv);
    if (!outcome_ok(&o))
        return cli_tell(c, &o);
    report_written(c, asked, r, c->demo);
    return 0;
}

static bool is_csv_file(const struct report_asked *asked)
{
    return asked->file.n && (asked->shape == SHAPE_CSV || asked->shape == SHAPE_CSV_NO_BOM);
}

static int report(struct cli *c, struct args *a)
{
    struct report_asked asked;
    struct report r;
    int status = report_asked_read(a, &asked);
    if (status)
        return status;
    if (asked.list)
        return list_reports(c);
    if (asked.shape >= SHAPE_XLSX)
        return hand_over(c, a);
    status = report_asked_make(c, a, &asked, &r);
    if (!status && is_csv_file(&asked))
        status = write_csv(c, &asked, &r);
    else if (!status)
        print(c, asked.shape, &r);
    report_release(&r);
    return status;
}

const struct verb verb_report = {
    .name = "report",
    .help = T_cli_help_report,
    .options = report_options,
    .option_count = REPORT_OPTIONS,
    .operand = T_cli_value_report,
    .most = 1,
    .run = report,
};
