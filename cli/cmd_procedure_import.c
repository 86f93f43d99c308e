/* procedure import: the catalogue from a spreadsheet's file. */
#include "cli/csv_in.h"
#include "cli/procedure_page.h"
#include "cli/table.h"
#include "cli/verbs.h"
#include "core/text.h"
#include <stdlib.h>
#include <time.h>

enum { CODE, CASE, NAME, FIELD, LIMIT_KIND, LIMIT_VALUE, CUTOFF, CLOCK, FEE_VND, ONLINE, POSTAL, COLUMNS };
static const char *const columns[] = {"code",   "case",  "name",    "field",  "limit_kind", "limit_value",
                                      "cutoff", "clock", "fee_vnd", "online", "postal",     NULL};

enum { BATCH = 500, ERRORS_TOLD = 20, REST_NS = 1000000 };

enum row_change { CHANGE_NONE, CHANGE_ADDED, CHANGE_UPDATED, CHANGE_REPEATED };

struct planned {
    struct procedure procedure;
    size_t line;
    enum row_change change;
};

struct import {
    struct cli *cli;
    struct csv_in in;
    struct arena text;
    struct planned *row;
    size_t rows, count[CHANGE_REPEATED + 1];
    struct str path;
    size_t errors;
    bool missing[COLUMNS]; /* told that a new procedure needs this column */
};

/* ---- a row ---- */

/* People want to mend all at once, scripts one answer. */
static void tell(struct import *m, const struct outcome *o)
{
    bool json = m->cli->json;
    m->cli->json = json && m->errors == 0;
    if (m->errors++ < ERRORS_TOLD)
        cli_tell(m->cli, o);
    m->cli->json = json;
}

static void complain(struct import *m, size_t row, int column, enum text_id what)
{
    struct outcome o = csv_in_fault(m->path, m->in.row[row].line, str_of(columns[column]), what);
    tell(m, &o);
}

/* The cell as it would be stored; absent when it is empty, or wrong and told. */
static struct str cell(struct import *m, size_t row, int column)
{
    struct str in = m->in.row[row].cell[column], text = STR_NONE;
    struct buf clean = BUF_INIT;
    enum text_fault fault = in.n ? text_clean(in, TEXT_LINE, TEXT_MAX, &clean) : TEXT_EMPTY;
    if (fault == TEXT_OK)
        text = arena_str(&m->text, buf_str(&clean));
    else if (fault == TEXT_MEMORY)
        m->text.failed = true;
    else if (fault != TEXT_EMPTY)
        complain(m, row, column, fault == TEXT_BAD ? T_cli_csv_bad_text : T_cli_csv_too_long);
    buf_release(&clean);
    return text;
}

/* Where the file has no such column: what is known of the procedure stays, a new one needs it; told once. */
static struct str required(struct import *m, size_t row, int column, struct str known)
{
    size_t before = m->errors;
    if (!m->in.has[column]) {
        if (!known.n && !m->missing[column])
            complain(m, row, column, T_cli_csv_new_needs);
        m->missing[column] = m->missing[column] || !known.n;
        return arena_str(&m->text, known);
    }
    struct str text = cell(m, row, column);
    if (!text.n && m->errors == before)
        complain(m, row, column, T_cli_csv_empty);
    return text;
}

/* The cells of a limit as the catalogue's file would have them. */
struct limit_cells {
    struct str kind, value, cutoff;
};

static struct limit_cells cells_of(struct import *m, const struct limit *limit)
{
    struct buf value = BUF_INIT;
    char hm[CIVIL_TEXT];
    bool cutoff = limit->kind == LIMIT_SAME_DAY && limit->cutoff != LIMIT_NO_CUTOFF;
    if (limit->kind != LIMIT_NONE)
        limit_format_value(&value, limit->hundredths, '.');
    struct limit_cells cells = {
        .kind = str_of(limit_kind_name(limit->kind)),
        .value = arena_str(&m->text, buf_str(&value)),
        .cutoff = cutoff ? arena_str(&m->text, str_of(civil_hm(hm, limit->cutoff))) : STR_NONE,
    };
    m->text.failed = m->text.failed || value.failed;
    buf_release(&value);
    return cells;
}

/* Columns the file lacks are as the known limit has them, as long as the kind stays. */
static void take_limit(struct import *m, size_t row, struct limit *out)
{
    struct limit_cells known = cells_of(m, out);
    struct str kind = m->in.has[LIMIT_KIND] ? cell(m, row, LIMIT_KIND) : known.kind;
    struct limit kind_given = {.kind = LIMIT_NONE};
    limit_from_columns(kind, STR("1"), STR_NONE, &kind_given);
    if (kind_given.kind != out->kind)
        known = (struct limit_cells){.kind = STR_NONE};
    struct str value = m->in.has[LIMIT_VALUE] ? cell(m, row, LIMIT_VALUE) : known.value,
               cutoff = m->in.has[CUTOFF] ? cell(m, row, CUTOFF) : known.cutoff;
    if (!limit_from_columns(kind, STR("1"), STR_NONE, out))
        complain(m, row, LIMIT_KIND, T_cli_csv_bad_kind);
    else if (!limit_from_columns(kind, value, STR_NONE, out))
        complain(m, row, LIMIT_VALUE, T_cli_csv_bad_value);
    else if (!limit_from_columns(kind, value, cutoff, out) || (cutoff.n && out->kind == LIMIT_NONE))
        complain(m, row, CUTOFF, T_cli_csv_bad_cutoff);
}

/* An amount without decimals; "50000.0" is how spreadsheets and their libraries write 50000. */
static bool parse_fee(struct str text, int64_t *out)
{
    int64_t fee = 0;
    size_t i = 0;
    for (; i < text.n && text.p[i] >= '0' && text.p[i] <= '9' && i < 12; i++)
        fee = fee * 10 + (text.p[i] - '0');
    struct str rest = str_from(text, i);
    if (i == 0 || (rest.n && !str_eq(rest, STR(".0")) && !str_eq(rest, STR(",0"))))
        return false;
    *out = fee;
    return true;
}

static void take_fee(struct import *m, size_t row, int64_t *out)
{
    struct str text = cell(m, row, FEE_VND);
    if (!m->in.has[FEE_VND])
        return;
    *out = -1;
    if (text.n && !parse_fee(text, out))
        complain(m, row, FEE_VND, T_cli_csv_bad_fee);
}

static int8_t take_flag(struct import *m, size_t row, int column, int8_t known_flag)
{
    static const struct {
        const char *word;
        int8_t flag;
    } words[] = {{"1", 1},    {"0", 0},     {"yes", 1}, {"no", 0},
                 {"true", 1}, {"false", 0}, {"co", 1},  {"khong", 0}};
    struct str text = cell(m, row, column);
    struct buf folded = BUF_INIT;
    int8_t flag = m->in.has[column] ? -1 : known_flag;
    bool known = !text.n;
    text_fold(&folded, text);
    for (size_t i = 0; i < sizeof words / sizeof *words && !known; i++) {
        known = str_eq(buf_str(&folded), str_of(words[i].word));
        flag = known ? words[i].flag : flag;
    }
    if (!known)
        complain(m, row, column, T_cli_csv_bad_flag);
    m->text.failed = m->text.failed || folded.failed;
    buf_release(&folded);
    return flag;
}

/* What the rules of the desk would say of it, before anything is written. */
static void ask_rules(struct import *m, size_t row, const struct procedure *p)
{
    const struct moment moment = cli_moment(m->cli);
    const struct command command = {.kind = COMMAND_PROCEDURE_PUT, .at = NO_TIME, .procedure = *p};
    const struct circumstances none = {0};
    struct decision decision = DECISION_INIT;
    struct outcome o = decide(m->cli->office, NULL, &command, &moment, &none, &decision);
    decision_release(&decision);
    if (outcome_ok(&o))
        return;
    struct buf why = BUF_INIT;
    struct outcome bad = outcome_of(KIND_bad_csv);
    outcome_message(&why, m->cli->lang, &o);
    outcome_text(&bad, m->path);
    outcome_number(&bad, (int64_t)m->in.row[row].line);
    outcome_text(&bad, str_of(columns[CODE]));
    outcome_text(&bad, buf_str(&why));
    tell(m, &bad);
    buf_release(&why);
}

/* Only columns that are there count: what is known of a procedure keeps the rest, a new one has nothing
 * there. */
static void take_row(struct import *m, size_t row)
{
    const struct procedure nothing = {
        .fee = -1, .online = -1, .postal = -1, .limit = {.kind = LIMIT_NONE, .cutoff = LIMIT_NO_CUTOFF}};
    size_t before = m->errors;
    struct procedure *p = &m->row[row].procedure;
    m->row[row].line = m->in.row[row].line;
    struct str code = required(m, row, CODE, STR_NONE), kase = cell(m, row, CASE);
    const struct procedure *known = office_find_case(m->cli->office, code, kase);
    known = known ? known : &nothing;
    *p = (struct procedure){.code = code, .kase = kase, .limit = known->limit, .fee = known->fee};
    p->name = required(m, row, NAME, known->name);
    p->field = required(m, row, FIELD, known->field);
    take_limit(m, row, &p->limit);
    struct str clock = cell(m, row, CLOCK);
    p->clock = m->in.has[CLOCK] ? CLOCK_UNSET : known->clock;
    if (clock.n && !due_clock_parse(clock, &p->clock))
        complain(m, row, CLOCK, T_cli_csv_bad_clock);
    take_fee(m, row, &p->fee);
    p->online = take_flag(m, row, ONLINE, known->online);
    p->postal = take_flag(m, row, POSTAL, known->postal);
    bool complete = p->name.n && p->field.n; /* else its columns are missing, which was told */
    if (m->errors == before && complete && !m->text.failed)
        ask_rules(m, row, p);
}

/* ---- what it would change ---- */

/* Letters' case does not matter in codes. */
static int compare_plain(struct str a, struct str b)
{
    for (size_t i = 0; i < a.n && i < b.n; i++) {
        int x = (unsigned char)a.p[i], y = (unsigned char)b.p[i];
        x += x >= 'A' && x <= 'Z' ? 'a' - 'A' : 0;
        y += y >= 'A' && y <= 'Z' ? 'a' - 'A' : 0;
        if (x != y)
            return x - y;
    }
    return (a.n > b.n) - (a.n < b.n);
}

static bool same_code(const struct planned *a, const struct planned *b)
{
    return compare_plain(a->procedure.code, b->procedure.code) == 0 &&
           compare_plain(a->procedure.kase, b->procedure.kase) == 0;
}

static int compare_planned(const void *x, const void *y)
{
    const struct planned *a = *(struct planned *const *)x, *b = *(struct planned *const *)y;
    int order = compare_plain(a->procedure.code, b->procedure.code);
    if (!order)
        order = compare_plain(a->procedure.kase, b->procedure.kase);
    return order ? order : (a->line > b->line) - (a->line < b->line);
}

/* Of rows with the same code and case the last one counts. */
static bool find_repeated(struct import *m)
{
    struct planned **sorted = calloc(m->rows + 1, sizeof *sorted);
    if (!sorted)
        return false;
    for (size_t i = 0; i < m->rows; i++)
        sorted[i] = &m->row[i];
    qsort(sorted, m->rows, sizeof *sorted, compare_planned);
    for (size_t i = 1; i < m->rows; i++)
        if (same_code(sorted[i - 1], sorted[i]))
            sorted[i - 1]->change = CHANGE_REPEATED;
    free(sorted);
    return true;
}

static void compare_with_office(struct import *m)
{
    for (size_t i = 0; i < m->rows; i++) {
        struct planned *row = &m->row[i];
        const struct procedure *known =
            office_find_case(m->cli->office, row->procedure.code, row->procedure.kase);
        if (row->change != CHANGE_REPEATED)
            row->change = !known                                   ? CHANGE_ADDED
                          : procedure_same(&row->procedure, known) ? CHANGE_NONE
                                                                   : CHANGE_UPDATED;
        m->count[row->change]++;
    }
}

static size_t changes(const struct import *m)
{
    return m->count[CHANGE_ADDED] + m->count[CHANGE_UPDATED];
}

/* Numbers run out in the end: known before the first batch, not at the last. */
static int check_room(struct import *m)
{
    if (office_procedure_highest(m->cli->office) + m->count[CHANGE_ADDED] <= UINT16_MAX)
        return 0;
    struct outcome o = outcome_of(KIND_too_many);
    outcome_label(&o, T_label_procedures);
    outcome_number(&o, UINT16_MAX);
    return cli_tell(m->cli, &o);
}

/* ---- writing ---- */

/* In batches, each whole, with a rest between them: others are waiting to write. */
static struct outcome write_batches(struct import *m, struct request *requests, size_t n, size_t *done)
{
    struct outcome o = OUTCOME_DONE;
    cli_end_view(m->cli);
    while (*done < n && outcome_ok(&o)) {
        size_t batch = n - *done < BATCH ? n - *done : BATCH;
        if (*done)
            nanosleep(&(struct timespec){.tv_nsec = REST_NS}, NULL);
        o = store_submit(m->cli->store, requests + *done, batch, NULL);
        *done += outcome_ok(&o) ? batch : 0;
    }
    m->cli->wrote = outcome_ok(&o) && *done > 0;
    return o;
}

static int write_changes(struct import *m)
{
    struct cli *c = m->cli;
    struct request *requests = calloc(changes(m) + 1, sizeof *requests);
    size_t n = 0, done = 0;
    if (!requests)
        return cli_no_memory(c);
    for (size_t i = 0; i < m->rows; i++)
        if (m->row[i].change == CHANGE_ADDED || m->row[i].change == CHANGE_UPDATED)
            requests[n++] = (struct request){
                .moment = cli_moment(c),
                .command = {.kind = COMMAND_PROCEDURE_PUT, .at = NO_TIME, .procedure = m->row[i].procedure},
            };
    struct outcome o = write_batches(m, requests, n, &done);
    free(requests);
    if (outcome_ok(&o))
        return 0;
    if (done) {
        struct buf line = BUF_INIT, some = BUF_INIT, all = BUF_INIT;
        buf_add_int(&some, (int64_t)done);
        buf_add_int(&all, (int64_t)n);
        LANG_SAY(&line, c->lang, T_cli_import_stopped, buf_str(&some), buf_str(&all));
        cli_complain(c, buf_str(&line));
        buf_release(&line);
        buf_release(&some);
        buf_release(&all);
    }
    return cli_tell(c, &o);
}

/* ---- saying ---- */

static void say_json(struct import *m, bool dry_run)
{
    struct json j = json_onto(&m->cli->out);
    json_object_begin(&j, NULL);
    json_int(&j, "rows", (int64_t)m->rows);
    json_int(&j, "added", (int64_t)m->count[CHANGE_ADDED]);
    json_int(&j, "updated", (int64_t)m->count[CHANGE_UPDATED]);
    json_int(&j, "unchanged", (int64_t)m->count[CHANGE_NONE]);
    json_int(&j, "repeated", (int64_t)m->count[CHANGE_REPEATED]);
    json_bool(&j, "dry_run", dry_run);
    json_object_end(&j);
    json_line(&j);
}

static void say_rows(struct import *m)
{
    static const struct table_column shape[] = {
        {T_nothing, false, 0}, {T_nothing, false, 0}, {T_nothing, false, 20}};
    struct table t;
    struct buf code = BUF_INIT;
    table_init(&t, shape, sizeof shape / sizeof *shape);
    t.indent = 2;
    for (size_t i = 0; i < m->rows; i++) {
        const struct planned *row = &m->row[i];
        if (row->change != CHANGE_ADDED && row->change != CHANGE_UPDATED)
            continue;
        buf_add_str(&code, row->procedure.code);
        buf_add_z(&code, row->procedure.kase.n ? "#" : "");
        buf_add_str(&code, row->procedure.kase);
        const struct cell cells[] = {
            {.text = str_of(
                 cli_text(m->cli, row->change == CHANGE_ADDED ? T_cli_change_added : T_cli_change_updated))},
            {.text = table_keep(&t, &code)},
            {.text = row->procedure.name},
        };
        table_add(&t, cells);
    }
    table_print(&t, m->cli);
    table_release(&t);
    buf_release(&code);
}

static void say_text(struct import *m, bool dry_run)
{
    struct cli *c = m->cli;
    struct buf rows = BUF_INIT, n[CHANGE_REPEATED + 1];
    for (int i = 0; i <= CHANGE_REPEATED; i++) {
        n[i] = BUF_INIT;
        buf_add_int(&n[i], (int64_t)m->count[i]);
    }
    buf_add_int(&rows, (int64_t)m->rows);
    cli_banner(c);
    if (dry_run)
        CLI_LINE(c, T_cli_dry_run, STR_NONE);
    CLI_LINE(c, T_cli_procedures_read, buf_str(&rows), buf_str(&n[CHANGE_ADDED]), buf_str(&n[CHANGE_UPDATED]),
             buf_str(&n[CHANGE_NONE]));
    if (m->count[CHANGE_REPEATED])
        CLI_LINE(c, T_cli_procedures_repeated, buf_str(&n[CHANGE_REPEATED]));
    say_rows(m);
    for (int i = 0; i <= CHANGE_REPEATED; i++)
        buf_release(&n[i]);
    buf_release(&rows);
}

/* ---- the command ---- */

enum { I_DRY_RUN };

static const struct option_spec options[] = {
    [I_DRY_RUN] = {.name = "dry-run", .type = OPTION_FLAG, .help = T_cli_opt_dry_run},
};

static int refuse_file(struct import *m)
{
    if (m->errors > ERRORS_TOLD) {
        struct buf line = BUF_INIT, more = BUF_INIT;
        buf_add_int(&more, (int64_t)(m->errors - ERRORS_TOLD));
        LANG_SAY(&line, m->cli->lang, T_cli_more_errors, buf_str(&more));
        cli_complain(m->cli, buf_str(&line));
        buf_release(&line);
        buf_release(&more);
    }
    return INPUT;
}

static int import_rows(struct import *m, bool dry_run)
{
    m->rows = m->in.rows;
    m->row = calloc(m->rows + 1, sizeof *m->row);
    if (!m->row)
        return cli_no_memory(m->cli);
    for (size_t i = 0; i < m->rows; i++)
        take_row(m, i);
    if (m->text.failed || !find_repeated(m))
        return cli_no_memory(m->cli);
    if (m->errors)
        return refuse_file(m);
    compare_with_office(m);
    int status = check_room(m);
    if (!status && !dry_run)
        status = write_changes(m);
    if (status)
        return status;
    if (m->cli->json)
        say_json(m, dry_run);
    else
        say_text(m, dry_run);
    return 0;
}

static int import(struct cli *c, struct args *a)
{
    struct import m = {.cli = c, .text = ARENA_INIT, .path = a->operand[0]};
    int status = cli_open_or_tell(c);
    if (status)
        return status;
    struct outcome o = csv_in_read(&m.in, a->operand[0].p, columns);
    status = outcome_ok(&o) ? import_rows(&m, args_has(a, I_DRY_RUN)) : cli_tell(c, &o);
    free(m.row);
    csv_in_release(&m.in);
    arena_release(&m.text);
    return status;
}

const struct verb verb_procedure_import = {
    .name = "procedure",
    .sub = "import",
    .help = T_cli_help_procedure_import,
    VERB_OPTIONS(options),
    .operand = T_cli_value_file,
    .least = 1,
    .most = 1,
    .act = ACT_CATALOGUE,
    .run = import,
};
