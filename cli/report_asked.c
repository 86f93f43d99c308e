#include "cli/report_asked.h"

#include "cli/reading.h"
#include "store/reporting.h"

#include <strings.h>

enum {
    R_FROM,
    R_TO,
    R_PERIOD,
    R_AS_OF,
    R_CSV,
    R_OUTPUT,
    R_NO_BOM,
    R_XLSX,
    R_PDF,
    R_DOC,
    R_UNMASK,
    R_SIZE,
    R_SEED,
    R_COUNT
};

const struct option_spec report_options[R_COUNT] = {
    [R_FROM] = {.name = "from", .type = OPTION_DATE, .help = T_cli_opt_report_from},
    [R_TO] = {.name = "to", .type = OPTION_DATE, .help = T_cli_opt_report_to},
    [R_PERIOD] = {"period", OPTION_WORD, T_cli_opt_report_period, .value = T_cli_value_period},
    [R_AS_OF] = OPTION_AS_OF,
    [R_CSV] = {.name = "csv", .type = OPTION_FLAG, .help = T_cli_opt_csv},
    [R_OUTPUT] = {.name = "output",
                  .type = OPTION_WORD,
                  .help = T_cli_opt_report_output,
                  .value = T_cli_value_file,
                  .letter = 'o'},
    [R_NO_BOM] = {.name = "no-bom", .type = OPTION_FLAG, .help = T_cli_opt_no_bom},
    [R_XLSX] = {"xlsx", OPTION_WORD, T_cli_opt_report_xlsx, .value = T_cli_value_file},
    [R_PDF] = {"pdf", OPTION_WORD, T_cli_opt_report_pdf, .value = T_cli_value_file},
    [R_DOC] = {"doc", OPTION_WORD, T_cli_opt_report_doc, .value = T_cli_value_file},
    [R_UNMASK] = OPTION_UNMASK,
    [R_SIZE] =
        {.name = "size", .type = OPTION_NUMBER, .help = T_cli_opt_report_size, .least = 1, .most = 100000},
    [R_SEED] = {.name = "seed",
                .type = OPTION_NUMBER,
                .help = T_cli_opt_report_seed,
                .least = 0,
                .most = INT64_C(1000000000000000)},
};
_Static_assert((int)R_COUNT == (int)REPORT_OPTIONS, "as many as the header says");

/* ---- which ---- */

static void list_names(struct buf *out)
{
    for (enum report_kind k = 0; k < REPORT_KINDS; k++) {
        buf_add_z(out, k ? ", " : "");
        buf_add_z(out, report_name(k));
    }
}

static int wrong_name(struct args *a, enum text_id what, struct str typed)
{
    struct buf names = BUF_INIT;
    list_names(&names);
    int status = args_wrong_word(a, what, typed, buf_str(&names));
    buf_release(&names);
    return status;
}

static int read_kind(struct args *a, struct report_asked *out)
{
    if (!a->operands && !a->count) {
        out->list = true;
        return 0;
    }
    if (!a->operands)
        return wrong_name(a, T_cli_report_unnamed, STR_NONE);
    if (!report_parse(a->operand[0], &out->kind))
        return wrong_name(a, T_cli_report_unknown, a->operand[0]);
    if (out->kind != REPORT_SURVEY)
        for (int i = R_DOC; i <= R_SEED; i++)
            if (i != R_UNMASK && args_has(a, i))
                return args_wrong(a, T_cli_report_survey_only, STR_NONE,
                                  i == R_DOC    ? STR("--doc")
                                  : i == R_SIZE ? STR("--size")
                                                : STR("--seed"));
    return 0;
}

/* ---- over which period ---- */

static civil_day day_given(const struct args *a, int option)
{
    struct civil_input in;
    return args_time(a, option, &in) ? in.day : NO_DAY;
}

static int read_period(struct args *a, struct report_asked *out)
{
    bool from = args_has(a, R_FROM), to = args_has(a, R_TO), period = args_has(a, R_PERIOD);
    struct str name = str_of(report_name(out->kind));
    if (!report_has_period(out->kind))
        return from || to || period ? args_wrong(a, T_cli_report_no_period, STR_NONE, name) : 0;
    if (period && (from || to))
        return args_wrong(a, T_cli_report_two_periods, STR_NONE, STR_NONE);
    if (period)
        return period_parse(args_text(a, R_PERIOD), &out->period)
                   ? 0
                   : args_wrong_word(a, T_cli_report_bad_period, args_text(a, R_PERIOD), STR_NONE);
    if (!from && !to)
        return args_wrong(a, T_cli_report_wants_period, STR_NONE, name);
    if (!from || !to)
        return args_wrong(a, T_cli_report_half_period, STR_NONE, STR_NONE);
    out->period = (struct period){day_given(a, R_FROM), day_given(a, R_TO)};
    return out->period.from <= out->period.to ? 0 : args_wrong(a, T_cli_report_turned, STR_NONE, STR_NONE);
}

/* ---- in which shape ---- */

static int read_shape(struct args *a, struct report_asked *out)
{
    static const enum report_shape shapes[R_COUNT] = {
        [R_CSV] = SHAPE_CSV, [R_XLSX] = SHAPE_XLSX, [R_PDF] = SHAPE_PDF, [R_DOC] = SHAPE_DOC};
    out->shape = a->cli->json ? SHAPE_JSON : SHAPE_TEXT;
    if (a->cli->json && args_has(a, R_CSV))
        return args_wrong(a, T_cli_json_and_csv, STR_NONE, STR_NONE);
    if (args_has(a, R_NO_BOM) && !args_has(a, R_CSV))
        return args_wrong(a, T_cli_no_bom_alone, STR_NONE, STR_NONE);
    if (args_has(a, R_OUTPUT) && !args_has(a, R_CSV))
        return args_wrong(a, T_cli_report_output_alone, STR_NONE, STR_NONE);
    int given = 0;
    for (int i = 0; i < R_COUNT; i++)
        if (shapes[i] && args_has(a, i)) {
            out->shape = shapes[i];
            out->file = args_text(a, i == R_CSV ? R_OUTPUT : i);
            given++;
        }
    if (out->shape == SHAPE_CSV && args_has(a, R_NO_BOM))
        out->shape = SHAPE_CSV_NO_BOM;
    return given > 1 ? args_wrong(a, T_cli_report_one_shape, STR_NONE, STR_NONE) : 0;
}

/* A file whose ending says something else would be opened by the wrong program, or by none. One without an
 * ending says nothing: a device. */
static int check_ending(struct args *a, const struct report_asked *asked)
{
    static const char *const endings[][2] = {
        [SHAPE_CSV] = {".csv"}, [SHAPE_CSV_NO_BOM] = {".csv"},  [SHAPE_XLSX] = {".xlsx"},
        [SHAPE_PDF] = {".pdf"}, [SHAPE_DOC] = {".doc", ".rtf"},
    };
    if (asked->shape < SHAPE_CSV)
        return 0;
    const char *const *fit = endings[asked->shape];
    struct str ending = STR_NONE;
    for (size_t i = asked->file.n; i > 0 && asked->file.p[i - 1] != '/'; i--)
        if (asked->file.p[i - 1] == '.') {
            ending = str_from(asked->file, i - 1);
            break;
        }
    for (int i = 0; i < 2 && fit[i] && ending.n; i++)
        if (ending.n == strlen(fit[i]) && strncasecmp(ending.p, fit[i], ending.n) == 0)
            return 0;
    return ending.n ? args_wrong(a, T_cli_report_ending, asked->file, str_of(fit[0])) : 0;
}

int report_asked_read(struct args *a, struct report_asked *out)
{
    *out = (struct report_asked){
        .period = {NO_DAY, NO_DAY},
        .unmask = args_has(a, R_UNMASK),
        .size = (unsigned)args_number(a, R_SIZE, 0),
        .seed = (uint64_t)args_number(a, R_SEED, 0),
    };
    int status = read_kind(a, out);
    if (!status)
        status = read_shape(a, out);
    if (!status)
        status = check_ending(a, out);
    return status || out->list ? status : read_period(a, out);
}

/* ---- made ---- */

static int check_begun(struct args *a, const struct report_asked *asked, civil_day today)
{
    if (asked->period.from == NO_DAY || asked->period.from <= today)
        return 0;
    struct buf first = BUF_INIT;
    lang_date(&first, a->cli->lang, asked->period.from);
    int status = args_wrong(a, T_cli_report_future, STR_NONE, buf_str(&first));
    buf_release(&first);
    return status;
}

int report_asked_make(struct cli *c, struct args *a, const struct report_asked *asked, struct report *out)
{
    struct reading reading;
    report_init(out);
    int status = reading_open(c, a, R_AS_OF, R_UNMASK, &reading);
    if (!status)
        status = check_begun(a, asked, reading.judge.today);
    if (status)
        return status;
    const struct report_request request = {
        .kind = asked->kind,
        .period = asked->period,
        .now = reading.judge.now,
        .known = reading.moment,
        .lang = c->lang,
        .office = c->office,
        .size = asked->size,
        .seed = asked->seed,
        .unmask = asked->unmask,
    };
    struct outcome o = view_make_report(c->view, &request, out);
    return outcome_ok(&o) ? 0 : cli_tell(c, &o);
}

size_t report_asked_rows(const struct report *r)
{
    size_t rows = 0;
    for (size_t i = 0; i < r->parts; i++)
        rows += r->part[i].count;
    return rows;
}
