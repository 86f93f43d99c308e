/* list and search: which dossiers there are. */
#include "cli/choosing.h"
#include "cli/listing.h"
#include "cli/verbs.h"
#include "core/text.h"

/* ---- list ---- */

enum { L_SORT = C_END, L_MAX, L_CSV, L_NO_BOM, L_UNMASK, L_AS_OF };

static const struct option_spec list_options[] = {
    CHOOSING_OPTIONS(T_cli_opt_status),
    [L_SORT] = {.name = "sort",
                .type = OPTION_CHOICE,
                .help = T_cli_opt_sort,
                .choices = "due|received|late"},
    [L_MAX] = {.name = "max",
               .type = OPTION_NUMBER,
               .help = T_cli_opt_max,
               .least = 0,
               .most = INT64_C(1000000000)},
    [L_CSV] = {.name = "csv", .type = OPTION_FLAG, .help = T_cli_opt_csv},
    [L_NO_BOM] = {.name = "no-bom", .type = OPTION_FLAG, .help = T_cli_opt_no_bom},
    [L_UNMASK] = OPTION_UNMASK,
    [L_AS_OF] = OPTION_AS_OF,
};

struct gathering {
    struct listing listing;
    const struct filter *filter;
    const struct judge *judge;
    civil_minute until; /* nothing due later is wanted; NO_TIME: whenever */
    size_t most;        /* that many, the most urgent, are wanted; 0: all */
    size_t dated;       /* gathered, with a due time */
    civil_minute last;  /* the due time of the last of them */
};

static bool gather_row(void *arg, const struct row *row)
{
    struct gathering *g = arg;
    if (filter_row(g->filter, g->judge, row))
        listing_add(&g->listing, row);
    return !g->listing.failed;
}

static bool has_most(const struct gathering *g)
{
    return g->most && g->dated >= g->most;
}

/* Rows come by due time, those without one first. Of those due at the same time all are taken: the code says
 * which of them comes first. */
static bool gather_running(void *arg, const struct row *row)
{
    struct gathering *g = arg;
    civil_minute due = row->facts.due;
    if (due != NO_TIME && ((g->until != NO_TIME && due > g->until) || (has_most(g) && due != g->last)))
        return false;
    size_t before = g->listing.count;
    bool on = gather_row(g, row);
    if (due != NO_TIME && g->listing.count > before) {
        g->dated++;
        g->last = due;
    }
    return on;
}

static bool wanted(void *arg, const struct facts *facts)
{
    const struct gathering *g = arg;
    return filter_facts(g->filter, g->judge, facts);
}

static bool gather_dossier(void *arg, const struct dossier *d)
{
    struct row row;
    row_of(&row, d);
    return gather_row(arg, &row);
}

/* What is still somebody's work lies in the live rows; only a list of the ended reads everything. */
static void gather(struct cli *c, struct gathering *g)
{
    if (!filter_wants_live_only(g->filter)) {
        view_scan(c->view, wanted, gather_dossier, g);
        return;
    }
    g->until = filter_due_until(g->filter, g->judge);
    view_live(c->view, LIVE_RUNNING, gather_running, g);
    if (filter_wants_waiting(g->filter) && !has_most(g))
        view_live(c->view, LIVE_WAITING, gather_row, g);
    if (g->filter->status & GROUP_UNCOLLECTED)
        view_live(c->view, LIVE_UNCOLLECTED, gather_row, g);
}

static int list(struct cli *c, struct args *a)
{
    struct reading r;
    struct filter filter;
    enum list_sort sort = SORT_URGENT;
    if (c->json && args_has(a, L_CSV))
        return args_wrong(a, T_cli_json_and_csv, STR_NONE, STR_NONE);
    if (args_has(a, L_NO_BOM) && !args_has(a, L_CSV))
        return args_wrong(a, T_cli_no_bom_alone, STR_NONE, STR_NONE);
    int status = reading_open(c, a, L_AS_OF, L_UNMASK, &r);
    if (!status)
        status = choosing_read(c, a, &filter);
    if (status)
        return status;
    struct gathering g = {.filter = &filter, .judge = &r.judge};
    list_sort_parse(args_text(a, L_SORT), &sort);
    if (sort == SORT_URGENT || sort == SORT_DUE)
        g.most = (size_t)args_number(a, L_MAX, 0);
    gather(c, &g);
    listing_sort(&g.listing, sort, &r.judge);
    listing_cut(&g.listing, (size_t)args_number(a, L_MAX, 0));
    status = listing_print(c, &g.listing, &r,
                           args_has(a, L_NO_BOM) ? LISTING_CSV_NO_BOM
                           : args_has(a, L_CSV)  ? LISTING_CSV
                           : c->json             ? LISTING_JSON
                                                 : LISTING_TEXT);
    listing_release(&g.listing);
    return status;
}

const struct verb verb_list = {
    .name = "list",
    .help = T_cli_help_list,
    VERB_OPTIONS(list_options),
    .run = list,
};

/* ---- search ---- */

enum { S_MAX, S_UNMASK, S_AS_OF };

static const struct option_spec search_options[] = {
    [S_MAX] = {.name = "max",
               .type = OPTION_NUMBER,
               .help = T_cli_opt_search_max,
               .least = 0,
               .most = INT64_C(1000000000)},
    [S_UNMASK] = OPTION_UNMASK,
    [S_AS_OF] = OPTION_AS_OF,
};

enum { SEARCH_MAX = 50 };

struct finding {
    struct listing listing;
    size_t max; /* 0: all */
};

static bool found(void *arg, const struct dossier *d)
{
    struct finding *f = arg;
    struct row row;
    row_of(&row, d);
    listing_add(&f->listing, &row);
    return !f->listing.failed && (!f->max || f->listing.count < f->max);
}

static int search_for(struct cli *c, struct args *a, const struct query *q)
{
    struct reading r;
    int status = reading_open(c, a, S_AS_OF, S_UNMASK, &r);
    if (status)
        return status;
    struct finding f = {.max = (size_t)args_number(a, S_MAX, SEARCH_MAX)};
    view_search(c->view, q, found, &f);
    status = listing_print(c, &f.listing, &r, c->json ? LISTING_JSON : LISTING_TEXT);
    listing_release(&f.listing);
    return status;
}

/* Nothing that could not be stored can be found either: better said than answered with nothing. */
static int check_typed(struct cli *c, struct args *a, struct str typed)
{
    struct buf clean = BUF_INIT;
    enum text_fault fault = text_clean(typed, TEXT_LINE, TEXT_MAX, &clean);
    buf_release(&clean);
    switch (fault) {
    case TEXT_OK: return 0;
    case TEXT_EMPTY: return args_wrong(a, T_cli_nothing_to_find, STR_NONE, STR_NONE);
    case TEXT_BAD: return args_wrong(a, T_cli_bad_search, STR_NONE, STR_NONE);
    case TEXT_TOO_LONG: return args_wrong(a, T_cli_search_too_long, STR_NONE, STR_NONE);
    case TEXT_MEMORY: break;
    }
    return cli_no_memory(c);
}

static int search(struct cli *c, struct args *a)
{
    struct buf typed = BUF_INIT;
    struct query q;
    for (size_t i = 0; i < a->operands; i++) {
        buf_add_z(&typed, i ? " " : "");
        buf_add_str(&typed, a->operand[i]);
    }
    int status = typed.failed ? cli_no_memory(c) : check_typed(c, a, buf_str(&typed));
    if (!status) {
        bool fine = query_init(&q, buf_str(&typed));
        if (q.text.failed)
            status = cli_no_memory(c);
        else if (!fine)
            status = args_wrong(a, T_cli_too_many_words, STR_NONE, STR_NONE);
        else if (!q.count)
            status = args_wrong(a, T_cli_nothing_to_find, STR_NONE, STR_NONE);
        else
            status = search_for(c, a, &q);
        query_release(&q);
    }
    buf_release(&typed);
    return status;
}

const struct verb verb_search = {
    .name = "search",
    .help = T_cli_help_search,
    VERB_OPTIONS(search_options),
    .operand = T_cli_value_search,
    .least = 1,
    .most = -1,
    .run = search,
};
