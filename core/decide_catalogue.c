/* The catalogue: procedures put and retired. */
#include "core/desk.h"

enum { LONGEST_CODE = 60, LONGEST_CASE = 20 };
#define MOST_FEE INT64_C(1000000000000) /* VND */

/* ---- what a procedure may say ---- */

static bool is_plain(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Plain letters and digits, and of `signs` what stands between them. */
static bool is_code(struct str code, size_t longest, const char *signs)
{
    if (code.n == 0 || code.n > longest || !is_plain(code.p[0]) || !is_plain(code.p[code.n - 1]))
        return false;
    for (size_t i = 0; i < code.n; i++)
        if (!is_plain(code.p[i]) && !memchr(signs, code.p[i], strlen(signs)))
            return false;
    return true;
}

/* CODE#CASE and CODE.CASE must lead back to both: `#` stands in neither, `.` not in a case. */
static struct outcome check_codes(const struct procedure *p)
{
    if (!is_code(p->code, LONGEST_CODE, ".-_/"))
        return desk_bad_value(T_label_procedure_code, p->code, T_label_give_procedure_code);
    if (p->kase.n && !is_code(p->kase, LONGEST_CASE, "-_"))
        return desk_bad_value(T_label_case, p->kase, T_label_give_case);
    return OUTCOME_DONE;
}

/* A limit is what limit_parse() reads: of whatever else a caller may have made up there is nothing left. */
static bool make_sound(struct limit *limit)
{
    struct limit read = {.kind = LIMIT_NONE, .cutoff = LIMIT_NO_CUTOFF};
    struct buf text = BUF_INIT;
    bool sound = limit->kind >= LIMIT_NONE && limit->kind <= LIMIT_MONTHS;
    if (sound && limit->kind != LIMIT_NONE) {
        limit_format(&text, limit);
        sound = limit_parse(buf_str(&text), &read) && limit_equal(limit, &read);
    }
    buf_release(&text);
    if (sound)
        *limit = read;
    return sound;
}

static struct str number_text(struct desk *d, int64_t n)
{
    struct buf text = BUF_INIT;
    buf_add_int(&text, n);
    struct str kept = arena_str(&d->out->text, buf_str(&text));
    buf_release(&text);
    return kept;
}

static bool is_yes_no_unknown(int8_t v)
{
    return v >= -1 && v <= 1;
}

static struct outcome check_values(struct desk *d, struct procedure *p)
{
    if (!make_sound(&p->limit))
        return desk_bad_value(T_label_limit, STR_NONE, T_label_give_limit);
    if (p->clock < CLOCK_UNSET || p->clock > CLOCK_SAME_HOUR)
        return desk_bad_value(T_label_clock, STR_NONE, T_label_give_clock);
    if (p->fee < -1 || p->fee > MOST_FEE)
        return desk_bad_value(T_label_fee, number_text(d, p->fee), T_label_give_fee);
    if (!is_yes_no_unknown(p->online))
        return desk_bad_value(T_label_online, number_text(d, p->online), T_label_give_yes_no_unknown);
    if (!is_yes_no_unknown(p->postal))
        return desk_bad_value(T_label_postal, number_text(d, p->postal), T_label_give_yes_no_unknown);
    return OUTCOME_DONE;
}

/* ---- putting ---- */

/* What was there before keeps its number, and a field too; a new one gets the next. */
static struct outcome give_numbers(const struct desk *d, struct procedure *p)
{
    const struct procedure *known = office_find_case(d->office, p->code, p->kase);
    struct outcome o = OUTCOME_DONE;
    if (known)
        p->number = known->number;
    else
        o = desk_next_number(office_procedure_highest(d->office), T_label_procedures, &p->number);
    if (!outcome_ok(&o))
        return o;
    p->field_number = office_field_number(d->office, p->field);
    return p->field_number
               ? o
               : desk_next_number(office_field_count(d->office), T_label_fields, &p->field_number);
}

/* One that is put again comes back, if retired. */
struct outcome decide_procedure_put(struct desk *d)
{
    const struct procedure *from = &d->command->procedure;
    struct event *e = desk_event(d, EVENT_PROCEDURE_PUT);
    struct procedure *to = &e->procedure;
    *to = *from;
    to->version = 0;
    to->retired = false;
    const struct desk_texts texts[] = {
        {from->code, {.label = T_label_procedure_code, .required = true}, &to->code},
        {from->kase, {.label = T_label_case}, &to->kase},
        {from->name, {.label = T_label_procedure, .required = true}, &to->name},
        {from->field, {.label = T_label_field, .required = true}, &to->field},
    };
    struct outcome o = desk_take(d, texts, sizeof texts / sizeof *texts);
    if (outcome_ok(&o))
        o = check_codes(to);
    if (outcome_ok(&o))
        o = check_values(d, to);
    return outcome_ok(&o) ? give_numbers(d, to) : o;
}

/* ---- retiring ---- */

/* The office's own texts die when it takes in the first event; there may be more. */
static void retire(struct desk *d, const struct procedure *p)
{
    struct arena *text = &d->out->text;
    struct procedure *to = &desk_event(d, EVENT_PROCEDURE_PUT)->procedure;
    *to = *p;
    to->code = arena_str(text, p->code);
    to->kase = arena_str(text, p->kase);
    to->name = arena_str(text, p->name);
    to->field = arena_str(text, p->field);
    to->retired = true;
}

/* Those of a code, the plain procedure and its cases, that are not retired yet. Returns how many there are of
 * that code in all. */
static size_t retire_all(struct desk *d, struct str code)
{
    size_t found = 0;
    for (size_t i = 0; i < office_procedure_count(d->office); i++) {
        const struct procedure *p = office_procedure(d->office, i);
        if (office_find_case(d->office, code, p->kase) != p)
            continue;
        found++;
        if (!p->retired)
            retire(d, p);
    }
    return found;
}

/* A code means the plain procedure and all its cases, CODE#CASE and CODE.CASE that case alone. */
struct outcome decide_procedure_retire(struct desk *d)
{
    struct str code = d->command->retired;
    size_t found = retire_all(d, code);
    if (!found) {
        const struct procedure *one = office_find_procedure(d->office, code);
        found = one != NULL;
        if (one && !one->retired)
            retire(d, one);
    }
    if (found)
        return d->out->count ? OUTCOME_DONE : desk_refuse_retired(code, T_label_retired_procedure_already);
    struct outcome o = outcome_of(KIND_unknown_procedure);
    outcome_text(&o, code);
    return o;
}
