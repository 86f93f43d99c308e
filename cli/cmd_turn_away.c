/* turn-away: what does not become a dossier. With -o its slip is written too, by the helper program. */
#include "cli/cells.h"
#include "cli/hand_over.h"
#include "cli/reading.h"
#include "cli/turned_away.h"
#include "cli/verbs.h"
#include "core/wire.h"

/* ---- recording ---- */

static int turn_away(struct cli *c, struct args *a)
{
    struct event e;
    int status = turned_away_check(a);
    if (status)
        return status;
    if (turned_away_wants_slip(a))
        return hand_over(c, a);
    status = cli_open_or_tell(c);
    if (!status)
        status = turned_away_record(c, a, &e);
    if (status)
        return status;
    if (!c->json)
        cli_banner(c);
    turned_away_show(c, &e, false, STR_NONE);
    return 0;
}

const struct verb verb_turn_away = {
    .name = "turn-away",
    .help = T_cli_help_turn_away,
    .options = turned_away_options,
    .option_count = TA_OPTIONS,
    .act = ACT_HANDLE,
    .run = turn_away,
};

/* ---- its slip once more ---- */

const struct verb verb_turn_away_print = {
    .name = "turn-away",
    .sub = "print",
    .help = T_cli_help_turn_away_print,
    .options = turned_away_print_options,
    .option_count = TAP_OPTIONS,
    .operand = T_cli_value_slip,
    .least = 1,
    .most = 1,
    .run = hand_over,
    .elsewhere = true,
};

/* ---- made by mistake ---- */

enum { V_REASON };

static const struct option_spec void_options[] = {
    [V_REASON] = {.name = "reason",
                  .type = OPTION_TEXT,
                  .help = T_cli_opt_turned_void_reason,
                  .required = true},
};

static int make_void(struct cli *c, struct args *a)
{
    struct event e;
    int status = cli_open_or_tell(c);
    if (!status)
        status = turned_away_void(c, a, a->operand[0], args_text(a, V_REASON), &e);
    if (status)
        return status;
    if (!c->json)
        cli_banner(c);
    turned_away_show(c, &e, false, STR_NONE);
    return 0;
}

const struct verb verb_turn_away_void = {
    .name = "turn-away",
    .sub = "void",
    .help = T_cli_help_turn_away_void,
    VERB_OPTIONS(void_options),
    .operand = T_cli_value_slip,
    .least = 1,
    .most = 1,
    .act = ACT_HANDLE,
    .run = make_void,
};

/* ---- listing ---- */

enum { L_FROM, L_TO, L_UNMASK, L_AS_OF };

static const struct option_spec list_options[] = {
    [L_FROM] = {.name = "from", .type = OPTION_DATE, .help = T_cli_opt_turned_from},
    [L_TO] = {.name = "to", .type = OPTION_DATE, .help = T_cli_opt_turned_to},
    [L_UNMASK] = OPTION_UNMASK,
    [L_AS_OF] = OPTION_AS_OF,
};

struct list {
    struct cli *c;
    struct table table;
    struct buf text;
    civil_day from, to; /* NO_DAY: open */
    bool unmask;
};

/* What to add, else the reason. */
static void add_why(struct list *l, const struct event *e)
{
    struct str item;
    size_t at = 0;
    while (wire_list_next(e->turned_away.needs, &at, &item)) {
        buf_add_z(&l->text, l->text.n ? "; " : "");
        buf_add_str(&l->text, item);
    }
    if (!l->text.n)
        buf_add_str(&l->text, e->turned_away.reason);
}

static void add_row(struct list *l, const struct event *e)
{
    const struct cli *c = l->c;
    struct cell cells[5] = {{.text = STR_NONE}};
    struct turned_away_words w;
    turned_away_words_init(&w, e);
    lang_fill(&l->text, "{1}/{2}/{3}", w.arg, 3);
    turned_away_words_release(&w);
    if (e->undone_by) {
        buf_add_z(&l->text, " ");
        buf_add_z(&l->text, cli_text(c, T_cli_was_undone));
    }
    cells[0].text = table_keep(&l->table, &l->text);
    lang_time(&l->text, c->lang, e->at);
    cells[1].text = table_keep(&l->table, &l->text);
    cells[2].text = e->turned_away.receipt.applicant.name;
    cells[3].text = e->turned_away.receipt.procedure.code;
    add_why(l, e);
    cells[4].text = table_keep(&l->table, &l->text);
    table_add(&l->table, cells);
}

static bool add(void *arg, const struct event *e)
{
    struct list *l = arg;
    civil_day day = civil_day_of(e->at);
    if ((l->from != NO_DAY && day < l->from) || (l->to != NO_DAY && day > l->to))
        return true;
    if (l->c->json) {
        turned_away_show(l->c, e, l->unmask, STR_NONE);
        cli_spill(l->c);
    } else {
        add_row(l, e);
    }
    return true;
}

static int list(struct cli *c, struct args *a)
{
    static const struct table_column columns[] = {
        {T_cli_turned_col_slip, false, 0}, {T_cli_turned_col_at, false, 0},
        {T_cli_col_applicant, false, 12},  {T_cli_col_procedure, false, 0},
        {T_cli_turned_col_why, false, 20},
    };
    struct reading r;
    struct civil_input from = {.day = NO_DAY}, to = {.day = NO_DAY};
    args_time(a, L_FROM, &from);
    args_time(a, L_TO, &to);
    if (to.day != NO_DAY && from.day > to.day)
        return args_wrong(a, T_cli_turned_turned, STR_NONE, STR_NONE);
    int status = reading_open(c, a, L_AS_OF, L_UNMASK, &r);
    if (status)
        return status;
    struct list l = {.c = c, .text = BUF_INIT, .from = from.day, .to = to.day, .unmask = r.unmask};
    table_init(&l.table, columns, sizeof columns / sizeof *columns);
    if (!c->json)
        cli_banner(c);
    view_turned_away(c->view, add, &l);
    table_print(&l.table, c);
    table_release(&l.table);
    buf_release(&l.text);
    return 0;
}

const struct verb verb_turn_away_list = {
    .name = "turn-away",
    .sub = "list",
    .help = T_cli_help_turn_away_list,
    VERB_OPTIONS(list_options),
    .run = list,
};
