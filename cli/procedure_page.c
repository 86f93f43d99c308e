#include "cli/procedure_page.h"

#include "cli/cells.h"
#include "cli/steps_text.h"
#include "cli/wrapped.h"
#include "core/words.h"

/* ---- for scripts: the names of the CSV's columns ---- */

static void put_offered(struct json *j, const char *key, int8_t offered)
{
    if (offered < 0)
        json_null(j, key);
    else
        json_bool(j, key, offered);
}

static void put_limit(struct json *j, const struct limit *limit)
{
    char hm[CIVIL_TEXT];
    json_name(j, "limit_kind", limit->kind == LIMIT_NONE ? NULL : limit_kind_name(limit->kind));
    if (limit->kind == LIMIT_NONE)
        json_null(j, "limit_value");
    else
        json_hundredths(j, "limit_value", limit->hundredths);
    bool cutoff = limit->kind == LIMIT_SAME_DAY && limit->cutoff != LIMIT_NO_CUTOFF;
    json_name(j, "cutoff", cutoff ? civil_hm(hm, limit->cutoff) : NULL);
}

void procedure_columns(struct json *j, const struct procedure *p)
{
    json_text(j, "code", p->code);
    json_text(j, "case", p->kase);
    json_text(j, "name", p->name);
    json_text(j, "field", p->field);
    put_limit(j, &p->limit);
    json_name(j, "clock", p->clock == CLOCK_UNSET ? NULL : due_clock_name(p->clock));
    if (p->fee < 0)
        json_null(j, "fee_vnd");
    else
        json_int(j, "fee_vnd", p->fee);
    put_offered(j, "online", p->online);
    put_offered(j, "postal", p->postal);
    json_bool(j, "retired", p->retired);
}

bool procedure_same(const struct procedure *a, const struct procedure *b)
{
    return str_eq(a->name, b->name) && str_eq(a->field, b->field) && limit_equal(&a->limit, &b->limit) &&
           a->clock == b->clock && a->fee == b->fee && a->online == b->online && a->postal == b->postal &&
           a->retired == b->retired;
}

/* ---- its page ---- */

/* The next row of the same code that is a case of its own, after *at. */
static const struct procedure *next_case(const struct office *office, const struct procedure *of, size_t *at)
{
    while (*at < office_procedure_count(office)) {
        const struct procedure *p = office_procedure(office, (*at)++);
        if (p != of && p->kase.n && str_eq(p->code, of->code))
            return p;
    }
    return NULL;
}

static void show_json(struct cli *c, const struct procedure *p)
{
    struct json j = json_onto(&c->out);
    const struct procedure *more;
    size_t at = 0;
    json_object_begin(&j, NULL);
    procedure_columns(&j, p);
    steps_json(&j, office_steps(c->office, p->code, p->kase));
    json_array_begin(&j, "cases");
    while (!p->kase.n && (more = next_case(c->office, p, &at))) {
        json_object_begin(&j, NULL);
        procedure_columns(&j, more);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_object_end(&j);
    json_line(&j);
}

static const char *offered_word(const struct cli *c, int8_t offered)
{
    return cli_text(c, offered < 0 ? T_cli_not_known : offered ? T_core_yes : T_core_no);
}

static void say_limit(struct cli *c, const struct procedure *p)
{
    struct buf limit = BUF_INIT, cutoff = BUF_INIT;
    char hm[CIVIL_TEXT];
    lang_limit(&limit, c->lang, &p->limit);
    if (p->limit.kind == LIMIT_SAME_DAY && p->limit.cutoff != LIMIT_NO_CUTOFF)
        LANG_SAY(&cutoff, c->lang, T_cli_procedure_cutoff, str_of(civil_hm(hm, p->limit.cutoff)));
    CLI_SAY(c, T_cli_procedure_limit, buf_str(&limit));
    buf_add_z(&c->out, cutoff.n ? " " : "");
    buf_add_str(&c->out, buf_str(&cutoff));
    buf_add_char(&c->out, '\n');
    buf_release(&limit);
    buf_release(&cutoff);
}

/* "Tiếp nhận (0,5 ngày làm việc) → Thẩm định (2 ngày làm việc)" */
static void say_steps(struct cli *c, const struct procedure *p)
{
    struct step step[STEPS_MAX];
    size_t count = steps_unpack(office_steps(c->office, p->code, p->kase), step);
    struct buf line = BUF_INIT;
    for (size_t i = 0; i < count; i++) {
        buf_add_z(&line, i ? " → " : "");
        buf_add_str(&line, step[i].name);
        if (step[i].limit.kind == LIMIT_NONE)
            continue;
        buf_add_z(&line, " (");
        lang_limit(&line, c->lang, &step[i].limit);
        buf_add_char(&line, ')');
    }
    if (count)
        CLI_LINE(c, T_cli_procedure_steps, buf_str(&line));
    c->out.failed = c->out.failed || line.failed;
    buf_release(&line);
}

static void show_text(struct cli *c, const struct procedure *p)
{
    const struct procedure *more;
    struct buf fee = BUF_INIT, limit = BUF_INIT;
    size_t at = 0;
    cli_banner(c);
    CLI_LINE(c, T_cli_procedure_title, p->code, p->kase.n ? STR("#") : STR_NONE, p->kase, p->name);
    if (p->retired)
        CLI_LINE(c, T_cli_procedure_retired, STR_NONE);
    CLI_LINE(c, T_cli_procedure_field, p->field);
    say_limit(c, p);
    if (p->clock != CLOCK_UNSET)
        CLI_LINE(c, T_cli_procedure_clock, str_of(words_clock(c->lang, p->clock)));
    if (p->fee >= 0) {
        money_words(c, &fee, p->fee);
        CLI_LINE(c, T_cli_procedure_fee, buf_str(&fee));
    }
    CLI_LINE(c, T_cli_procedure_channels, str_of(offered_word(c, p->online)),
             str_of(offered_word(c, p->postal)));
    say_steps(c, p);
    while (!p->kase.n && (more = next_case(c->office, p, &at))) {
        buf_reset(&limit);
        lang_limit(&limit, c->lang, &more->limit);
        if (more->retired) {
            buf_add_z(&limit, " · ");
            buf_add_z(&limit, cli_text(c, T_cli_retired));
        }
        CLI_LINE(c, T_cli_procedure_case, more->code, more->kase, buf_str(&limit));
    }
    buf_release(&fee);
    buf_release(&limit);
}

void procedure_print(struct cli *c, const struct procedure *p)
{
    if (c->json)
        show_json(c, p);
    else
        show_text(c, p);
}
