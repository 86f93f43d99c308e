#include "cli/steps_text.h"

#include "cli/cells.h"
#include "cli/receipt_json.h"
#include "cli/table.h"
#include "cli/wrapped.h"
#include "core/event_list.h"
#include "core/words.h"

/* ---- the process of a procedure ---- */

void steps_json(struct json *j, struct str packed)
{
    struct step step[STEPS_MAX];
    size_t count = steps_unpack(packed, step);
    json_array_begin(j, "steps");
    for (size_t i = 0; i < count; i++) {
        json_object_begin(j, NULL);
        json_text(j, "name", step[i].name);
        json_name(j, "role", role_name(step[i].role));
        receipt_limit_json(j, "limit", &step[i].limit);
        json_object_end(j);
    }
    json_array_end(j);
}

static void show_json(struct cli *c, const struct procedure *p, struct str packed, bool own)
{
    struct json j = json_onto(&c->out);
    json_object_begin(&j, NULL);
    json_text(&j, "procedure", p->code);
    json_text(&j, "case", p->kase);
    json_bool(&j, "own", own);
    steps_json(&j, packed);
    json_object_end(&j);
    json_line(&j);
}

static void add_steps(struct cli *c, const struct step *step, size_t count)
{
    static const struct table_column columns[] = {
        {T_nothing, true, 0},
        {T_cli_steps_col_name, false, 12},
        {T_cli_steps_col_role, false, 0},
        {T_cli_col_limit, false, 0},
    };
    struct table t;
    struct buf text = BUF_INIT;
    table_init(&t, columns, sizeof columns / sizeof *columns);
    t.indent = 2;
    for (size_t i = 0; i < count; i++) {
        struct cell cells[4] = {{.text = STR_NONE}};
        buf_add_int(&text, (int64_t)i + 1);
        cells[0].text = table_keep(&t, &text);
        cells[1].text = step[i].name;
        cells[2].text = str_of(words_role(c->lang, step[i].role));
        if (step[i].limit.kind != LIMIT_NONE)
            lang_limit(&text, c->lang, &step[i].limit);
        cells[3].text = table_keep(&t, &text);
        table_add(&t, cells);
    }
    table_print(&t, c);
    table_release(&t);
    buf_release(&text);
}

static void show_text(struct cli *c, const struct procedure *p, struct str packed, bool own)
{
    struct step step[STEPS_MAX];
    size_t count = steps_unpack(packed, step);
    struct buf name = BUF_INIT;
    buf_add_str(&name, p->code);
    if (p->kase.n) {
        buf_add_char(&name, '#');
        buf_add_str(&name, p->kase);
    }
    cli_banner(c);
    CLI_LINE(c, count ? T_cli_steps_title : T_cli_steps_none, buf_str(&name));
    if (count && !own)
        CLI_LINE(c, T_cli_steps_inherited, p->code);
    add_steps(c, step, count);
    buf_release(&name);
}

void steps_show(struct cli *c, const struct procedure *p)
{
    struct str packed = office_steps(c->office, p->code, p->kase);
    bool own = office_steps_own(c->office, p->code, p->kase).n > 0;
    if (c->json)
        show_json(c, p, packed, own);
    else
        show_text(c, p, packed, own);
}

/* ---- the stages of a dossier ---- */

void stages_read(struct cli *c, const struct dossier *d, civil_minute now, struct stages *out)
{
    struct event_list history = {NULL};
    view_history(c->view, d, event_list_add, &history);
    *out = (struct stages){.failed = history.failed};
    if (!history.failed)
        stages_of(out, c->office, history.event, history.count, now);
    c->out.failed = c->out.failed || out->failed;
    event_list_release(&history);
}

static void stage_json(struct cli *c, struct json *j, const struct stage *s)
{
    json_object_begin(j, NULL);
    json_text(j, "giver", s->giver);
    json_text(j, "holder", s->holder);
    json_text(j, "unit", s->unit);
    json_text(j, "step", s->step);
    json_bool(j, "waiting", s->waiting);
    json_minute(j, "from_at", s->from, c->offset);
    json_minute(j, "to_at", s->to, c->offset);
    receipt_limit_json(j, "limit", &s->limit);
    json_minute(j, "due_at", s->due, c->offset);
    json_name(j, "result", stage_result_name(s->result));
    json_int(j, "late_minutes", s->late_minutes);
    json_text(j, "note", s->note);
    json_int(j, "seq", (int64_t)s->event);
    json_object_end(j);
}

void stages_json(struct cli *c, struct json *j, const struct dossier *d, civil_minute now)
{
    struct stages s;
    stages_read(c, d, now, &s);
    json_array_begin(j, "stages");
    for (size_t i = 0; i < s.count; i++)
        stage_json(c, j, &s.stage[i]);
    json_array_end(j);
    stages_release(&s);
}

/* ---- for people ---- */

enum { INDENT = 2, STAGE_AT = 20 };

static void add_units(const struct cli *c, struct buf *out, uint32_t n, enum text_id unit)
{
    struct buf number = BUF_INIT;
    if (!n)
        return;
    buf_add_int(&number, n);
    buf_add_z(out, out->n ? " " : "");
    LANG_SAY(out, c->lang, unit, buf_str(&number));
    out->failed = out->failed || number.failed;
    buf_release(&number);
}

/* Working time, eight hours to the day. */
static void add_duration(const struct cli *c, struct buf *out, uint32_t minutes)
{
    enum { HOUR = 60, DAY = 8 * HOUR };
    add_units(c, out, minutes / DAY, T_cli_duration_days);
    add_units(c, out, minutes % DAY / HOUR, T_cli_duration_hours);
    add_units(c, out, minutes % HOUR, T_cli_duration_minutes);
}

static void add_result(const struct cli *c, struct buf *line, const struct stage *s)
{
    struct buf words = BUF_INIT, by = BUF_INIT;
    buf_add_z(&words, cli_text(c, stage_result_text(s->result)));
    if (s->late_minutes) {
        add_duration(c, &by, s->late_minutes);
        buf_add_char(&words, ' ');
        LANG_SAY(&words, c->lang, T_cli_stage_late_by, buf_str(&by));
    }
    wrapped_part(line, buf_str(&words));
    line->failed = line->failed || words.failed || by.failed;
    buf_release(&words);
    buf_release(&by);
}

static void add_who(const struct cli *c, struct buf *line, const struct stage *s)
{
    if (s->holder.n)
        wrapped_part(line, holder_name(c, s->holder));
    else if (s->unit.n) /* another system may not have said who worked it */
        wrapped_part(line, str_of(cli_text(c, T_cli_outside_unit)));
    wrapped_part(line, s->unit);
}

static void print_stage(struct cli *c, const struct stage *s)
{
    struct buf line = BUF_INIT, time = BUF_INIT, due = BUF_INIT;
    bool late = s->result == STAGE_LATE || s->result == STAGE_OVERDUE;
    lang_time(&time, c->lang, s->from);
    if (s->waiting)
        wrapped_part(&line, str_of(cli_text(c, T_cli_stage_waiting)));
    else
        add_who(c, &line, s);
    wrapped_part(&line, s->step);
    if (s->due != NO_TIME) {
        struct buf said = BUF_INIT;
        lang_time(&due, c->lang, s->due);
        LANG_SAY(&said, c->lang, T_cli_stage_due, buf_str(&due));
        wrapped_part(&line, buf_str(&said));
        buf_release(&said);
    }
    add_result(c, &line, s);
    paint_begin(c, late ? PAINT_RED : PAINT_NONE);
    wrapped_blanks(&c->out, INDENT);
    buf_add_str(&c->out, buf_str(&time));
    wrapped_blanks(&c->out, STAGE_AT - INDENT - (int)time.n);
    wrapped_text(c, buf_str(&line), STAGE_AT);
    paint_end(c, late ? PAINT_RED : PAINT_NONE);
    c->out.failed = c->out.failed || line.failed || time.failed || due.failed;
    buf_release(&line);
    buf_release(&time);
    buf_release(&due);
}

/* Of a late one: whose delay it is. */
static void print_whose(struct cli *c, const struct stages *s, const struct dossier *d)
{
    civil_minute due = d->appointment.due;
    const struct stage *held = due == NO_TIME ? NULL : stages_at(s, civil_day_of(due));
    struct buf line = BUF_INIT;
    if (!held)
        return;
    buf_add_z(&line, cli_text(c, T_cli_late_whose));
    buf_add_z(&line, ": ");
    struct buf who = BUF_INIT;
    add_who(c, &who, held);
    buf_add_str(&line, buf_str(&who));
    wrapped_blanks(&c->out, INDENT);
    wrapped_text(c, buf_str(&line), INDENT);
    c->out.failed = c->out.failed || line.failed || who.failed;
    buf_release(&line);
    buf_release(&who);
}

void stages_page(struct cli *c, const struct dossier *d, const struct reading *r)
{
    struct stages s;
    bool late = late_days_now(&r->judge, &d->facts, d->late.statutory) > 0;
    stages_read(c, d, r->judge.now, &s);
    bool went_on = s.count > 1 || (s.count && s.stage[0].due != NO_TIME);
    if (went_on || (late && s.count)) {
        CLI_LINE(c, T_cli_stages, STR_NONE);
        for (size_t i = 0; i < s.count && went_on; i++)
            print_stage(c, &s.stage[i]);
        if (late && d->facts.state != STATE_VOID)
            print_whose(c, &s, d);
    }
    stages_release(&s);
}
