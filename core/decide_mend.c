/* What a correction says: each new value read as people write it, checked by itself and put into the
 * receipt, and what really changes told as old and new. Whether it may be done: decide_correct.c. */
#include "core/desk.h"
#include "core/wire.h"

/* ---- the fields ---- */

/* Where a text of the receipt is, and how it is checked; NULL for what is not a text. */
static struct str *text_of(struct receipt *r, enum correction_field field, struct text_rule *rule)
{
    switch (field) {
    case CORRECT_APPLICANT:
        *rule = (struct text_rule){.label = T_label_applicant, .required = true};
        return &r->applicant.name;
    case CORRECT_PHONE: *rule = (struct text_rule){.label = T_label_phone}; return &r->applicant.phone;
    case CORRECT_ID_NUMBER:
        *rule = (struct text_rule){.label = T_label_id_number};
        return &r->applicant.id_number;
    case CORRECT_ADDRESS: *rule = (struct text_rule){.label = T_label_address}; return &r->applicant.address;
    case CORRECT_EMAIL: *rule = (struct text_rule){.label = T_label_email}; return &r->applicant.email;
    case CORRECT_SUBMITTER: *rule = (struct text_rule){.label = T_label_submitter}; return &r->submitter;
    case CORRECT_AUTHORITY: *rule = (struct text_rule){.label = T_label_authority}; return &r->authority;
    case CORRECT_NOTE: *rule = (struct text_rule){.label = T_label_note, .note = true}; return &r->note;
    default: return NULL;
    }
}

/* Which field, and what might be given. */
struct wanted {
    enum text_id label, give;
};

static struct wanted wanted_for(enum correction_field field)
{
    switch (field) {
    case CORRECT_LIMIT: return (struct wanted){T_label_limit, T_label_give_limit};
    case CORRECT_RECEIVED_AT: return (struct wanted){T_label_received_at, T_label_give_time};
    case CORRECT_SUBMITTED: return (struct wanted){T_label_submitted, T_label_give_time};
    case CORRECT_ORGANIZATION: return (struct wanted){T_label_organization, T_label_give_yes_no};
    case CORRECT_OUTSIDE: return (struct wanted){T_label_outside, T_label_give_yes_no};
    case CORRECT_CHANNEL: return (struct wanted){T_label_channel, T_label_give_channel};
    case CORRECT_COLLECT: return (struct wanted){T_label_collect, T_label_give_collect};
    case CORRECT_SETS: return (struct wanted){T_label_sets, T_label_give_sets};
    case CORRECT_FEE: return (struct wanted){T_label_fee, T_label_give_fee};
    default: return (struct wanted){T_nothing, T_nothing};
    }
}

static struct outcome bad_value(enum correction_field field, struct str value)
{
    struct wanted wanted = wanted_for(field);
    return desk_bad_value(wanted.label, value, wanted.give);
}

/* ---- reading ---- */

/* A date alone is the opening hour of that day. */
static bool read_time(const struct desk *d, struct str text, civil_minute *out)
{
    struct civil_input in;
    if (!civil_parse(text, &in))
        return false;
    *out = civil_at(in.day, in.minute_of_day < 0 ? calendar_opens(d->calendar, in.day) : in.minute_of_day);
    if (in.has_offset)
        *out += office_identity(d->office)->utc_offset - in.offset_minutes;
    return true;
}

static bool read_yes_no(struct str text, bool *out)
{
    *out = str_eq(text, STR("yes"));
    return *out || str_eq(text, STR("no"));
}

/* As the receipt takes it: the desk has a word of its own. */
static bool read_collect(struct str text, enum channel *out)
{
    enum channel channel = CHANNEL_DIRECT;
    bool desk = str_eq(text, STR("desk"));
    if (!desk && (!channel_parse(text, &channel) || channel == CHANNEL_DIRECT))
        return false;
    *out = channel;
    return true;
}

static bool read_number(struct str text, int64_t least, int64_t most, int64_t *out)
{
    int64_t number = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9' || number > most)
            return false;
        number = 10 * number + (text.p[i] - '0');
    }
    *out = number;
    return text.n > 0 && number >= least && number <= most;
}

#define MOST_SETS 1000
#define MOST_FEE INT64_C(1000000000000)

/* Everything but texts and the procedure. An empty fee is not known, an empty submission was not said. */
static bool read_value(const struct desk *d, enum correction_field field, struct str value, struct mended *m)
{
    struct receipt *r = &m->receipt;
    int64_t number = -1;
    switch (field) {
    case CORRECT_LIMIT: return limit_parse(value, &r->limit);
    case CORRECT_RECEIVED_AT: return read_time(d, value, &m->received);
    case CORRECT_SUBMITTED: r->submitted = NO_TIME; return value.n == 0 || read_time(d, value, &r->submitted);
    case CORRECT_ORGANIZATION: return read_yes_no(value, &r->applicant.organization);
    case CORRECT_OUTSIDE: return read_yes_no(value, &r->applicant.outside);
    case CORRECT_CHANNEL: return channel_parse(value, &r->channel);
    case CORRECT_COLLECT: return read_collect(value, &r->collect);
    case CORRECT_SETS:
        if (!read_number(value, 1, MOST_SETS, &number))
            return false;
        r->sets = (uint32_t)number;
        return true;
    case CORRECT_FEE:
        if (value.n && !read_number(value, 0, MOST_FEE, &number))
            return false;
        r->fee = number;
        return true;
    default: return true;
    }
}

/* The value given for a field, the last one where it was given again. */
static bool given(const struct desk *d, enum correction_field field, struct str *out)
{
    bool found = false;
    for (size_t i = 0; i < d->command->correct.count; i++)
        if (d->command->correct.change[i].field == field) {
            *out = d->command->correct.change[i].value;
            found = true;
        }
    return found;
}

/* The components are given anew, all of them; an empty one is none. */
static struct outcome mend_components(struct desk *d, struct mended *m)
{
    struct buf list = BUF_INIT;
    for (size_t i = 0; i < d->command->correct.count; i++) {
        const struct change *c = &d->command->correct.change[i];
        if (c->field == CORRECT_COMPONENT && c->value.n)
            wire_list_add(&list, c->value);
    }
    struct outcome o = list.failed ? outcome_of(KIND_out_of_memory)
                                   : desk_list(d, buf_str(&list), T_label_component, &m->receipt.components);
    buf_release(&list);
    return o;
}

static struct outcome mend_field(struct desk *d, enum correction_field field, struct mended *m)
{
    struct str value = STR_NONE;
    struct text_rule rule;
    if (!given(d, field, &value))
        return OUTCOME_DONE;
    if (field == CORRECT_COMPONENT)
        return mend_components(d, m);
    struct str *text = text_of(&m->receipt, field, &rule);
    if (text)
        return desk_text(d, value, rule, text);
    return read_value(d, field, value, m) ? OUTCOME_DONE : bad_value(field, value);
}

/* ---- the procedure, which brings a limit, a clock and a fee of its own ---- */

static struct str without_case(struct str code)
{
    for (size_t i = 0; i < code.n; i++)
        if (code.p[i] == '#')
            return str_first(code, i);
    return code;
}

/* *out stays NULL where it is the one the dossier has already: it keeps the version it came under. */
static struct outcome find_procedure(struct desk *d, const struct procedure **out)
{
    struct str code = d->dossier->receipt.procedure.code, kase = STR_NONE;
    bool other = given(d, CORRECT_PROCEDURE, &code), of_case = given(d, CORRECT_CASE, &kase);
    struct outcome o = OUTCOME_DONE;
    *out = NULL;
    if (!other && !of_case)
        return o;
    if (other)
        o = desk_text(d, code, (struct text_rule){.label = T_label_procedure_code, .required = true}, &code);
    if (!outcome_ok(&o))
        return o;
    const struct procedure *p = of_case ? office_find_case(d->office, without_case(code), kase)
                                        : office_find_procedure(d->office, code);
    if (p && p->number == d->dossier->receipt.procedure.number)
        return OUTCOME_DONE;
    *out = p;
    if (p && !p->retired)
        return o;
    struct buf named = BUF_INIT;
    buf_add_str(&named, of_case ? without_case(code) : code);
    if (kase.n)
        buf_add_char(&named, '#');
    buf_add_str(&named, kase);
    o = outcome_of(p ? KIND_retired : KIND_unknown_procedure);
    outcome_text(&o, buf_str(&named));
    if (p)
        outcome_label(&o, T_label_retired_procedure);
    buf_release(&named);
    return o;
}

static struct outcome mend_procedure(struct desk *d, struct mended *m)
{
    const struct procedure *p;
    struct str limit;
    struct outcome o = find_procedure(d, &p);
    if (!outcome_ok(&o) || !p)
        return o;
    m->receipt.procedure = *p;
    m->receipt.limit = p->limit;
    m->receipt.clock = office_clock_for(d->office, p);
    m->receipt.cutoff = d->settings->same_day_cutoff;
    m->receipt.fee = p->fee;
    if (p->limit.kind == LIMIT_NONE && !given(d, CORRECT_LIMIT, &limit)) {
        o = outcome_of(KIND_no_limit);
        outcome_text(&o, p->code);
    }
    return o;
}

/* ---- old and new ---- */

static void add_time(struct buf *out, civil_minute t)
{
    char date[CIVIL_TEXT], hour[CIVIL_TEXT];
    if (t != NO_TIME)
        buf_addf(out, "%sT%s", civil_iso_date(date, civil_day_of(t)), civil_hm(hour, civil_minute_of_day(t)));
}

static void add_components(struct buf *out, struct str list)
{
    struct str item;
    size_t at = 0;
    while (wire_list_next(list, &at, &item)) {
        if (out->n)
            buf_add_z(out, "; ");
        buf_add_str(out, item);
    }
}

static void add_procedure(struct buf *out, const struct procedure *p)
{
    buf_add_str(out, p->code);
    if (p->kase.n)
        buf_add_char(out, '#');
    buf_add_str(out, p->kase);
}

/* A field as people write it; nothing where it is absent. */
static void add_field(struct buf *out, const struct mended *m, enum correction_field field)
{
    struct receipt r = m->receipt;
    struct text_rule rule;
    const struct str *text = text_of(&r, field, &rule);
    switch (field) {
    case CORRECT_PROCEDURE: add_procedure(out, &r.procedure); break;
    case CORRECT_CASE: buf_add_str(out, r.procedure.kase); break;
    case CORRECT_LIMIT: limit_format(out, &r.limit); break;
    case CORRECT_RECEIVED_AT: add_time(out, m->received); break;
    case CORRECT_SUBMITTED: add_time(out, r.submitted); break;
    case CORRECT_ORGANIZATION: buf_add_z(out, r.applicant.organization ? "yes" : "no"); break;
    case CORRECT_OUTSIDE: buf_add_z(out, r.applicant.outside ? "yes" : "no"); break;
    case CORRECT_CHANNEL: buf_add_z(out, channel_name(r.channel)); break;
    case CORRECT_COLLECT:
        buf_add_z(out, r.collect == CHANNEL_DIRECT ? "desk" : channel_name(r.collect));
        break;
    case CORRECT_COMPONENT: add_components(out, r.components); break;
    case CORRECT_SETS: buf_add_int(out, r.sets); break;
    case CORRECT_FEE:
        if (r.fee >= 0)
            buf_add_int(out, r.fee);
        break;
    default: buf_add_str(out, *text); break;
    }
}

/* Tells a field that changed. A procedure tells its case with it. */
static bool tell_change(struct buf *list, const struct mended *was, const struct mended *is,
                        enum correction_field field)
{
    struct buf old = BUF_INIT, new = BUF_INIT;
    add_field(&old, was, field);
    add_field(&new, is, field);
    bool changes = !str_eq(buf_str(&old), buf_str(&new));
    if (changes) {
        wire_list_add(list, str_of(correction_field_name(field)));
        wire_list_add(list, buf_str(&old));
        wire_list_add(list, buf_str(&new));
    }
    list->failed = list->failed || old.failed || new.failed;
    buf_release(&old);
    buf_release(&new);
    return changes;
}

static struct outcome tell_changes(struct desk *d, struct mended *m)
{
    struct mended was = {.receipt = d->dossier->receipt, .received = d->dossier->facts.received};
    struct buf list = BUF_INIT;
    struct str value;
    bool by_case = given(d, CORRECT_CASE, &value) && !given(d, CORRECT_PROCEDURE, &value);
    for (enum correction_field f = 0; f < CORRECT_COUNT; f++) {
        bool untold = f == (by_case ? CORRECT_PROCEDURE : CORRECT_CASE);
        if (!untold && tell_change(&list, &was, m, f) && correction_moves_due(f))
            m->due_fields = true;
    }
    m->changes = arena_str(&d->out->text, buf_str(&list));
    struct outcome o = outcome_of(list.failed ? KIND_out_of_memory : KIND_done);
    buf_release(&list);
    return o;
}

/* Is a limit that was given another than the catalogue's? */
static bool overrides(const struct desk *d, const struct mended *m)
{
    struct str value;
    const struct receipt *was = &d->dossier->receipt, *is = &m->receipt;
    const struct procedure *p = office_procedure_by_number(d->office, is->procedure.number);
    bool same = is->procedure.number == was->procedure.number && limit_equal(&is->limit, &was->limit);
    return given(d, CORRECT_LIMIT, &value) && !same && p && p->limit.kind != LIMIT_NONE &&
           !limit_equal(&is->limit, &p->limit);
}

struct outcome desk_mend(struct desk *d, struct mended *out)
{
    *out = (struct mended){.receipt = d->dossier->receipt, .received = d->dossier->facts.received};
    struct outcome o = mend_procedure(d, out);
    for (enum correction_field f = CORRECT_LIMIT; f < CORRECT_COUNT && outcome_ok(&o); f++)
        o = mend_field(d, f, out);
    if (outcome_ok(&o))
        o = tell_changes(d, out);
    out->overrides = overrides(d, out);
    return o;
}
