/* life_correct: the model's corrections. */
#include "tests/life_parts.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- values, as far as the model knows how people write them ---- */

static bool read_time(const struct case_ *c, struct str text, civil_minute *out)
{
    char z[32];
    int year, month, day, hour = -1, minute = 0;
    if (text.n == 0 || text.n >= sizeof z)
        return false;
    snprintf(z, sizeof z, "%.*s", STR_ARG(text));
    int n = sscanf(z, "%d-%d-%dT%d:%d", &year, &month, &day, &hour, &minute);
    if (n != 3 && n != 5)
        return false;
    civil_day d = civil_from_ymd(year, month, day);
    *out = n == 3 ? model_opening(c->office, d) : (civil_minute)d * 1440 + hour * 60 + minute;
    return true;
}

static bool read_yes(struct str text, bool *out)
{
    *out = str_eq(text, STR("yes"));
    return *out || str_eq(text, STR("no"));
}

static bool read_channel(struct str text, bool collect, enum channel *out)
{
    if (str_eq(text, collect ? STR("desk") : STR("direct")))
        *out = CHANNEL_DIRECT;
    else if (str_eq(text, STR("online")))
        *out = CHANNEL_ONLINE;
    else if (str_eq(text, STR("postal")))
        *out = CHANNEL_POSTAL;
    else
        return false;
    return true;
}

static bool read_number(struct str text, int64_t *out)
{
    if (text.n == 0 || text.n > 9)
        return false;
    *out = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
        *out = *out * 10 + (text.p[i] - '0');
    }
    return true;
}

/* ---- and as it writes them ---- */

static void write_time(struct buf *out, civil_minute t)
{
    struct civil c = civil_to_ymd(day_of(t));
    if (t != NO_TIME)
        buf_addf(out, "%04d-%02d-%02dT%02d:%02d", c.year, c.month, c.day, (int)(t % 1440) / 60,
                 (int)(t % 60));
}

static const char *channel_word(enum channel channel, bool collect)
{
    return channel == CHANNEL_ONLINE   ? "online"
           : channel == CHANNEL_POSTAL ? "postal"
           : collect                   ? "desk"
                                       : "direct";
}

void life_field(struct buf *out, const struct life *l, enum correction_field field)
{
    const struct model_procedure *p = &model_procedures[l->procedure];
    switch (field) {
    case CORRECT_PROCEDURE: buf_addf(out, p->kase ? "%s#%s" : "%s", p->code, p->kase); break;
    case CORRECT_LIMIT: limit_format(out, &l->limit); break;
    case CORRECT_RECEIVED_AT: write_time(out, l->received); break;
    case CORRECT_APPLICANT: buf_add_str(out, l->name); break;
    case CORRECT_PHONE: buf_add_str(out, l->phone); break;
    case CORRECT_ID_NUMBER: buf_add_str(out, l->id_number); break;
    case CORRECT_ADDRESS: buf_add_str(out, l->address); break;
    case CORRECT_EMAIL: buf_add_str(out, l->email); break;
    case CORRECT_ORGANIZATION: buf_add_z(out, l->organization ? "yes" : "no"); break;
    case CORRECT_OUTSIDE: buf_add_z(out, l->outside ? "yes" : "no"); break;
    case CORRECT_SUBMITTER: buf_add_str(out, l->submitter); break;
    case CORRECT_AUTHORITY: buf_add_str(out, l->authority); break;
    case CORRECT_CHANNEL: buf_add_z(out, channel_word(l->channel, false)); break;
    case CORRECT_COLLECT: buf_add_z(out, channel_word(l->collect, true)); break;
    case CORRECT_SETS: buf_add_int(out, l->sets); break;
    case CORRECT_FEE:
        if (l->fee >= 0)
            buf_add_int(out, l->fee);
        break;
    case CORRECT_NOTE: buf_add_str(out, l->note); break;
    case CORRECT_SUBMITTED: write_time(out, l->submitted); break;
    case CORRECT_CASE: /* told with the procedure */
    case CORRECT_COMPONENT:
    case CORRECT_COUNT: break;
    }
}

/* ---- what the changes come to ---- */

struct mended {
    struct life life;
    bool bad; /* a value that cannot be read */
    int row;  /* of the catalogue; -1: there is none such */
    bool limit_named, fee_named, submitted_named;
};

static const struct change *named(const struct command *c, enum correction_field field)
{
    for (size_t i = 0; i < c->correct.count; i++)
        if (c->correct.change[i].field == field)
            return &c->correct.change[i];
    return NULL;
}

static int find_row(const struct case_ *c)
{
    const struct change *procedure = named(c->command, CORRECT_PROCEDURE);
    const struct change *kase = named(c->command, CORRECT_CASE);
    char code[64];
    if (!procedure && !kase)
        return c->life->procedure;
    snprintf(code, sizeof code, "%.*s",
             STR_ARG(procedure ? procedure->value : str_of(model_procedures[c->life->procedure].code)));
    if (kase && kase->value.n)
        snprintf(code + strlen(code), sizeof code - strlen(code), "#%.*s", STR_ARG(kase->value));
    return model_find_procedure(str_of(code));
}

static void take(const struct case_ *c, struct mended *m, const struct change *change)
{
    struct life *l = &m->life;
    struct str v = change->value;
    int64_t number = 0;
    bool good = true;
    switch (change->field) {
    case CORRECT_PROCEDURE:
    case CORRECT_CASE: break;
    case CORRECT_LIMIT: good = model_limit(v, &l->limit), m->limit_named = true; break;
    case CORRECT_RECEIVED_AT: good = read_time(c, v, &l->received); break;
    case CORRECT_APPLICANT: l->name = v; break;
    case CORRECT_PHONE: l->phone = v; break;
    case CORRECT_ID_NUMBER: l->id_number = v; break;
    case CORRECT_ADDRESS: l->address = v; break;
    case CORRECT_EMAIL: l->email = v; break;
    case CORRECT_ORGANIZATION: good = read_yes(v, &l->organization); break;
    case CORRECT_OUTSIDE: good = read_yes(v, &l->outside); break;
    case CORRECT_SUBMITTER: l->submitter = v; break;
    case CORRECT_AUTHORITY: l->authority = v; break;
    case CORRECT_CHANNEL: good = read_channel(v, false, &l->channel); break;
    case CORRECT_COLLECT: good = read_channel(v, true, &l->collect); break;
    case CORRECT_COMPONENT: break; /* not drawn */
    case CORRECT_SETS: good = read_number(v, &number), l->sets = (uint32_t)number; break;
    case CORRECT_FEE: good = read_number(v, &l->fee), m->fee_named = true; break;
    case CORRECT_NOTE: l->note = v; break;
    case CORRECT_SUBMITTED:
        if (v.n == 0)
            l->submitted = NO_TIME;
        else
            good = read_time(c, v, &l->submitted);
        break;
    case CORRECT_COUNT: abort();
    }
    m->bad = m->bad || !good;
}

static struct mended mend(const struct case_ *c)
{
    struct mended m = {.life = *c->life, .row = find_row(c)};
    for (size_t i = 0; i < c->command->correct.count; i++)
        take(c, &m, &c->command->correct.change[i]);
    if (m.row >= 0 && m.row != c->life->procedure) {
        const struct model_procedure *p = &model_procedures[m.row];
        m.life.procedure = m.row;
        if (!m.limit_named)
            m.life.limit = c->office->limit[m.row];
        if (!m.fee_named)
            m.life.fee = p->fee;
        m.life.clock = p->clock ? p->clock : c->office->clock;
        m.life.cutoff = c->office->cutoff;
    }
    return m;
}

static bool same_limit(const struct limit *a, const struct limit *b)
{
    return a->kind == b->kind && a->hundredths == b->hundredths &&
           (a->kind != LIMIT_SAME_DAY || a->cutoff == b->cutoff);
}

static bool due_changes(const struct life *a, const struct life *b)
{
    return a->procedure != b->procedure || !same_limit(&a->limit, &b->limit) || a->received != b->received;
}

static bool anything_changes(const struct life *a, const struct life *b)
{
    return due_changes(a, b) || !str_eq(a->name, b->name) || !str_eq(a->phone, b->phone) ||
           !str_eq(a->id_number, b->id_number) || !str_eq(a->address, b->address) ||
           !str_eq(a->email, b->email) || a->organization != b->organization || a->outside != b->outside ||
           !str_eq(a->submitter, b->submitter) || !str_eq(a->authority, b->authority) ||
           a->channel != b->channel || a->collect != b->collect || a->sets != b->sets || a->fee != b->fee ||
           !str_eq(a->note, b->note) || a->submitted != b->submitted;
}

bool names_due(const struct command *c)
{
    for (size_t i = 0; i < c->correct.count; i++)
        if (c->correct.change[i].field <= CORRECT_RECEIVED_AT)
            return true;
    return false;
}

/* ---- judging ---- */

static void judge_row(struct verdict *v, const struct case_ *c, const struct mended *m)
{
    const struct change *procedure = named(c->command, CORRECT_PROCEDURE);
    if (m->row < 0) {
        must(v, procedure && is_blank(procedure->value) ? "empty_text" : "unknown_procedure");
        return;
    }
    const struct limit *usual = &c->office->limit[m->row];
    bool other = m->row != c->life->procedure;
    if (other && model_procedures[m->row].retired)
        must(v, "retired");
    if (m->life.limit.kind == LIMIT_NONE)
        must(v, "no_limit");
    else if (m->limit_named && usual->kind != LIMIT_NONE && !same_limit(&m->life.limit, usual) &&
             !model_may(c->login, ACT_OVERRIDE_LIMIT)) {
        if (other || !same_limit(&m->life.limit, &c->life->limit))
            must(v, "not_allowed");
        else
            may(v, "not_allowed");
    }
}

/* The receipt comes before everything else that happened, and not before it was sent. */
static void judge_received(struct verdict *v, const struct case_ *c, const struct mended *m)
{
    civil_minute received = m->life.received;
    const struct life *was = c->life;
    if (received != was->received) {
        if (received > c->now)
            must(v, "future_time");
        for (int i = 1; i < c->dossier->frames; i++)
            if (c->dossier->frame[i].at < received && c->dossier->frame[i].kind != EVENT_CORRECTED)
                must(v, "after_other_acts");
        judge_backdating(v, c, received);
    }
    if (m->life.submitted != NO_TIME && m->life.submitted > received &&
        (received != was->received || m->life.submitted != was->submitted))
        must(v, "submitted_later");
}

/* What is wrong beside a value that cannot be read may be told as well. */
static void add_as_may(struct verdict *v, const struct verdict *from)
{
    for (int i = 0; i < from->musts; i++)
        may(v, from->must[i]);
    for (int i = 0; i < from->mays; i++)
        may(v, from->may[i]);
}

/* Naming a field from which the due time comes, and leaving it as it is, may count as a correction of it or
 * not. */
void judge_correct(struct verdict *v, const struct case_ *c)
{
    const struct life *l = c->life;
    struct mended m = mend(c);
    struct verdict due = {0}, values = {0};
    bool unreadable = m.bad || m.row < 0;
    judge_text(v, c->command->correct.reason);
    if (l->state == STATE_VOID)
        must(v, "not_open");
    if (names_due(c->command)) {
        judge_running(&due, l);
        bool late = is_running(l) && model_past(l, l->promised, c->now);
        if ((late || c->now / 1440 > l->received / 1440) && !model_may(c->login, ACT_CORRECT_DUE))
            must(&due, "not_allowed");
    }
    if (unreadable || !due_changes(l, &m.life))
        add_as_may(v, &due);
    else
        for (int i = 0; i < due.musts; i++)
            must(v, due.must[i]);
    if (m.bad)
        must(v, "bad_value");
    if (is_blank(m.life.name))
        must(v, "empty_text");
    judge_row(m.bad ? &values : v, c, &m);
    if (m.row >= 0)
        judge_received(m.bad ? &values : v, c, &m);
    add_as_may(v, &values);
    if (!unreadable && !anything_changes(l, &m.life))
        must(v, "nothing_changes");
}

/* ---- carrying out ---- */

struct life life_corrected(const struct case_ *c)
{
    const struct life *was = c->life;
    struct life l = mend(c).life;
    bool again = !same_limit(&l.limit, &was->limit) || l.clock != was->clock || l.cutoff != was->cutoff ||
                 (l.received != was->received && !was->resumed);
    l.moved = was->moved || l.received != was->received;
    if (!again || l.within.kind != LIMIT_NONE)
        return l;
    bool promised_by_letter = was->promised != was->due;
    struct shift due;
    if (!was->resumed)
        l.from = l.received;
    if (!model_due(c->office, &l.limit, l.clock, l.cutoff, l.from, &due))
        abort();
    l.counting = due.counting;
    l.due = due.statutory;
    l.provisional = due.provisional;
    if (!promised_by_letter)
        l.promised = l.due;
    l.moved = l.moved || l.due != was->due;
    return l;
}
