#include "tests/life_script.h"

#include "core/wire.h"

/* ---- chance ---- */

static int64_t between(struct script *s, int64_t low, int64_t high)
{
    return random_in(&s->random, low, high);
}

static bool one_in(struct script *s, int n)
{
    return between(s, 1, n) == 1;
}

#define PICK(s, from) ((from)[between((s), 0, (int64_t)(sizeof(from) / sizeof *(from)) - 1)])

static struct str keep(struct script *s, struct buf *b)
{
    struct str text = arena_str(&s->text, buf_str(b));
    buf_release(b);
    return text;
}

static void pass_time(struct script *s)
{
    int64_t what = between(s, 1, 100);
    if (what <= 2)
        s->clock -= between(s, 0, 200); /* a clock a little behind */
    else if (what <= 40)
        s->clock += between(s, 0, 200);
    else if (what <= 70)
        s->clock += between(s, 60, 5 * 3600);
    else if (what <= 90)
        s->clock += between(s, 1, 3) * 86400 + between(s, -20000, 20000);
    else if (what <= 98)
        s->clock += between(s, 4, 10) * 86400 + between(s, -20000, 20000);
    else
        s->clock += between(s, 20, 40) * 86400;
}

static civil_minute clock_minute(const struct script *s)
{
    return s->clock / 60 + MODEL_OFFSET;
}

static struct str somebody(struct script *s)
{
    static const char *const mostly[] = {"huong", "huong", "huong", "lan", "nam", "chief", "chief", "admin"};
    static const char *const rarely[] = {"gone", "nobody"};
    return str_of(one_in(s, 40) ? PICK(s, rarely) : PICK(s, mostly));
}

static struct str some_text(struct script *s, const char *usual)
{
    return one_in(s, 40) ? STR("  ") : str_of(usual);
}

/* A moment that means something to the dossier. */
static civil_minute anchor(struct script *s, const struct model_dossier *d)
{
    const struct life *l = &d->life;
    const civil_minute anchors[] = {l->received,      l->from,     l->counting,      l->due,
                                    l->promised,      l->resolved, l->letter.issued, l->returned,
                                    l->waiting_since, l->submitted};
    if (one_in(s, 3))
        return d->frame[between(s, 0, d->frames - 1)].at;
    civil_minute t = PICK(s, anchors);
    return t == NO_TIME || t == 0 ? l->received : t;
}

static civil_minute some_time(struct script *s, const struct model_dossier *d)
{
    static const int near[] = {-1440, -60, -1, 0, 0, 1, 60};
    int64_t what = between(s, 1, 100);
    civil_minute now = clock_minute(s);
    if (what <= 66)
        return NO_TIME;
    if (what <= 78)
        return now - between(s, 0, 300);
    if (what <= 86)
        return now - between(s, 0, (d ? 6 : 3) * 1440);
    if (what <= 97)
        return d ? anchor(s, d) + PICK(s, near) : NO_TIME;
    return now + between(s, -2, 3000);
}

static struct limit some_limit(struct script *s)
{
    static const char *const limits[] = {
        "same_day",        "same_day@11:00",  "1 working_days",   "2.5 working_days",  "3 working_days",
        "5 working_days",  "20 working_days", "10 calendar_days", "1.5 working_hours", "4 working_hours",
        "8 working_hours", "1 months",        "8 working_days",   "16.5 calendar_days"};
    struct limit l = {0};
    model_limit(str_of(PICK(s, limits)), &l);
    return l;
}

/* ---- receipts ---- */

static const char *const names[] = {"Nguyễn Thị Hương", "Trần Văn Ba", "Rơ Châm H'Yến", "Siu Đạt",
                                    "Lê Hữu Khuê"};
static const char *const phones[] = {"0912345678", "0987654321", ""};

struct life_step script_receive(struct script *s, int dossier)
{
    static const char *const procedures[] = {"1.001", "1.006", "1.007",    "1.008", "1.009", "1.010",
                                             "1.001", "1.001", "1.001",    "1.002", "1.003", "1.004#01",
                                             "1.006", "1.007", "1.008#01", "1.008", "1.009", "1.008.01",
                                             "1.010", "1.005", "1.004"};
    pass_time(s);
    struct command c = {.kind = COMMAND_RECEIVE, .at = some_time(s, NULL)};
    c.receive.procedure = str_of(PICK(s, procedures));
    c.receive.applicant.name = some_text(s, PICK(s, names));
    c.receive.applicant.phone = str_of(PICK(s, phones));
    c.receive.applicant.outside = one_in(s, 10);
    c.receive.fee = one_in(s, 5) ? between(s, 0, 9) * 1000 : -1;
    c.receive.submitted = NO_TIME;
    if (one_in(s, 5))
        c.receive.submitted = clock_minute(s) - between(s, -100, 4000);
    if (one_in(s, 6) || (str_eq(c.receive.procedure, STR("1.003")) && !one_in(s, 4)))
        c.receive.limit = some_limit(s);
    if (one_in(s, 5))
        c.receive.officer = somebody(s);
    if (one_in(s, 6))
        c.receive.channel = (enum channel)between(s, CHANNEL_DIRECT, CHANNEL_POSTAL);
    if (one_in(s, 6))
        c.receive.collect = (enum channel)between(s, CHANNEL_DIRECT, CHANNEL_POSTAL);
    c.receive.serve = one_in(s, 20);
    return (struct life_step){.now = s->clock, .login = somebody(s), .command = c, .dossier = dossier};
}

/* ---- corrections ---- */

static struct str time_text(struct script *s, civil_minute t)
{
    struct buf b = BUF_INIT;
    char day[CIVIL_TEXT], minute[CIVIL_TEXT];
    civil_iso_date(day, civil_day_of(t));
    civil_hm(minute, civil_minute_of_day(t));
    buf_addf(&b, one_in(s, 10) ? "%s" : "%sT%s", day, minute);
    return keep(s, &b);
}

static struct str new_value(struct script *s, const struct model_dossier *d, enum correction_field field)
{
    static const char *const procedures[] = {"1.001", "1.002",    "1.003", "1.005", "1.006", "1.007",
                                             "1.008", "1.008#01", "1.009", "9.999", ""};
    static const char *const cases[] = {"01", "", "02"};
    static const char *const yes[] = {"yes", "no", "yes", "no", "maybe"};
    static const char *const channels[] = {"direct", "online", "postal", "pigeon"};
    static const char *const collects[] = {"desk", "online", "postal", "pigeon"};
    static const char *const numbers[] = {"1", "2", "7", "12", "x"};
    static const char *const limits[] = {
        "same_day",        "3 working_days",  "5 working_days",  "2.5 working_days", "10 calendar_days",
        "8 working_hours", "4 working_hours", "20 working_days", "8 working_days",   "soon"};
    static const char *const texts[] = {"Thôn 3", "0911222333", "Con trai", ""};
    switch (field) {
    case CORRECT_PROCEDURE: return str_of(PICK(s, procedures));
    case CORRECT_CASE: return str_of(PICK(s, cases));
    case CORRECT_LIMIT: return str_of(PICK(s, limits));
    case CORRECT_RECEIVED_AT:
        if (one_in(s, 30))
            return STR("yesterday");
        if (one_in(s, 2))
            return time_text(s, anchor(s, d) + between(s, -1, 1));
        return time_text(s, d->life.received + between(s, one_in(s, 3) ? -12000 : -2000, 1500));
    case CORRECT_SUBMITTED:
        return one_in(s, 4) ? STR("") : time_text(s, d->life.received + between(s, -3000, 200));
    case CORRECT_APPLICANT: return some_text(s, PICK(s, names));
    case CORRECT_ORGANIZATION:
    case CORRECT_OUTSIDE: return str_of(PICK(s, yes));
    case CORRECT_CHANNEL: return str_of(PICK(s, channels));
    case CORRECT_COLLECT: return str_of(PICK(s, collects));
    case CORRECT_SETS:
    case CORRECT_FEE: return str_of(PICK(s, numbers));
    default: return str_of(PICK(s, texts));
    }
}

static bool is_drawn(const struct change *change, size_t count, enum correction_field field)
{
    for (size_t i = 0; i < count; i++)
        if (change[i].field == field)
            return true;
    return false;
}

/* One to three fields. Lists are left to other tests, and what a procedure of one name and a case of another
 * would mean. */
static void draw_correction(struct script *s, const struct model_dossier *d, struct command *c)
{
    size_t count = (size_t)between(s, 1, 3), n = 0;
    struct change *change = arena_alloc(&s->text, 3 * sizeof *change);
    while (n < count) {
        enum correction_field field =
            one_in(s, d->life.state == STATE_PROCESSING ? 1 : 4) && !one_in(s, 4)
                ? (enum correction_field)between(s, CORRECT_PROCEDURE, CORRECT_RECEIVED_AT)
                : (enum correction_field)between(s, 0, CORRECT_COUNT - 1);
        bool both = (field == CORRECT_CASE && is_drawn(change, n, CORRECT_PROCEDURE)) ||
                    (field == CORRECT_PROCEDURE && is_drawn(change, n, CORRECT_CASE));
        if (field == CORRECT_COMPONENT || both || is_drawn(change, n, field))
            continue;
        change[n++] = (struct change){field, new_value(s, d, field)};
    }
    c->correct.reason = some_text(s, "Gõ nhầm");
    c->correct.change = change;
    c->correct.count = n;
}

/* ---- acts ---- */

static struct str some_needs(struct script *s)
{
    struct buf b = BUF_INIT;
    static const char *const needs[] = {"Bản sao giấy khai sinh", "Ảnh 3x4", "Giấy ủy quyền"};
    for (int64_t n = one_in(s, 30) ? 0 : between(s, 1, 2); n > 0; n--)
        wire_list_add(&b, one_in(s, 60) ? STR(" ") : str_of(PICK(s, needs)));
    return keep(s, &b);
}

static void draw_apology(struct script *s, const struct life *l, struct command *c)
{
    c->apologize.reason = some_text(s, "Chờ xác minh");
    c->apologize.signer = one_in(s, 3) ? STR("Phạm Văn Chủ") : STR_NONE;
    c->apologize.until = NO_TIME;
    if (one_in(s, l->state == STATE_PROCESSING ? 12 : 2))
        return;
    civil_minute base = one_in(s, 6)                    ? clock_minute(s)
                        : l->promised > clock_minute(s) ? l->promised
                                                        : clock_minute(s);
    c->apologize.until = base + between(s, 0, 9) * 1440 + between(s, -60, 600) * one_in(s, 2);
    c->apologize.until_is_date = !one_in(s, 3);
    if (c->apologize.until_is_date)
        c->apologize.until -= c->apologize.until % 1440;
}

static enum command_kind sensible(struct script *s, const struct life *l)
{
    static const enum command_kind running[] = {COMMAND_TRANSFER, COMMAND_APOLOGIZE,     COMMAND_APOLOGIZE,
                                                COMMAND_RESOLVE,  COMMAND_SUPPLEMENT,    COMMAND_SUPPLEMENT,
                                                COMMAND_CORRECT,  COMMAND_AWAIT_PAYMENT, COMMAND_REFUSE};
    static const enum command_kind waiting[] = {COMMAND_RESTART, COMMAND_RESTART, COMMAND_RESTART,
                                                COMMAND_REFUSE,  COMMAND_STOP,    COMMAND_WITHDRAW,
                                                COMMAND_VOID};
    static const enum command_kind paying[] = {COMMAND_PAID, COMMAND_PAID, COMMAND_STOP, COMMAND_WITHDRAW};
    static const enum command_kind ready[] = {COMMAND_RETURN,    COMMAND_RETURN, COMMAND_APOLOGIZE,
                                              COMMAND_APOLOGIZE, COMMAND_UNDO,   COMMAND_RATE};
    static const enum command_kind ended[] = {COMMAND_UNDO, COMMAND_CORRECT, COMMAND_RATE};
    switch (l->state) {
    case STATE_PROCESSING: return PICK(s, running);
    case STATE_WAITING: return PICK(s, waiting);
    case STATE_WAITING_PAYMENT: return PICK(s, paying);
    case STATE_RESOLVED:
    case STATE_REFUSED: return PICK(s, ready);
    default: return PICK(s, ended);
    }
}

static void draw_details(struct script *s, const struct model_dossier *d, struct command *c)
{
    const struct life *l = &d->life;
    static const char *const units[] = {"Chi nhánh Văn phòng đăng ký đất đai", "", "  "};
    switch (c->kind) {
    case COMMAND_TRANSFER:
        if (one_in(s, 4))
            c->transfer.unit = str_of(PICK(s, units));
        else
            c->transfer.to = somebody(s);
        if (one_in(s, 5))
            c->transfer.unit = str_of(units[0]);
        break;
    case COMMAND_SUPPLEMENT:
        c->supplement.reason = some_text(s, "Thiếu giấy tờ");
        c->supplement.needs = some_needs(s);
        c->supplement.insist = l->supplements || l->promised < clock_minute(s) ? !one_in(s, 3) : one_in(s, 5);
        break;
    case COMMAND_RESTART:
    case COMMAND_AWAIT_PAYMENT: c->resume.note = one_in(s, 2) ? STR("Đã báo người nộp") : STR_NONE; break;
    case COMMAND_PAID: c->resume.within = one_in(s, 30) ? (struct limit){0} : some_limit(s); break;
    case COMMAND_APOLOGIZE: draw_apology(s, l, c); break;
    case COMMAND_RESOLVE:
        c->resolve.result = one_in(s, 2) ? STR("Giấy khai sinh") : STR_NONE;
        c->resolve.digitized = one_in(s, 2);
        break;
    case COMMAND_RETURN:
        if (one_in(s, 2))
            c->give_back.channel = (enum channel)between(s, CHANNEL_DIRECT, CHANNEL_POSTAL);
        c->give_back.to = one_in(s, 2) ? STR("Trần Văn Ba") : STR_NONE;
        break;
    case COMMAND_CORRECT: draw_correction(s, d, c); break;
    case COMMAND_RATE: c->rate.stars = (int)between(s, one_in(s, 9) ? 0 : 1, one_in(s, 9) ? 6 : 5); break;
    default: c->end.reason = some_text(s, "Theo đơn của người nộp"); break;
    }
}

/* What is asked: mostly what makes sense, sometimes anything; undoing more often where the office's days came
 * after the last act. */
static enum command_kind some_kind(struct script *s, const struct model_dossier *d)
{
    const struct frame *last = &d->frame[d->frames - 1];
    if (one_in(s, last->shifts ? 3 : 8))
        return COMMAND_UNDO;
    if (one_in(s, 3))
        return (enum command_kind)between(s, COMMAND_TRANSFER, COMMAND_RATE);
    return sensible(s, &d->life);
}

struct life_step script_act(struct script *s, const struct model_dossier *d, int dossier)
{
    pass_time(s);
    struct command c = {.kind = some_kind(s, d)};
    c.at = some_time(s, d);
    draw_details(s, d, &c);
    return (struct life_step){.now = s->clock, .login = somebody(s), .command = c, .dossier = dossier};
}

/* ---- the office ---- */

static civil_day some_day(struct script *s, const struct model_dossier *d)
{
    civil_day today = (civil_day)(clock_minute(s) / 1440);
    if (!d || one_in(s, 3))
        return today + (civil_day)between(s, -3, 20);
    const civil_minute anchors[] = {d->life.due, d->life.promised, d->life.counting, clock_minute(s)};
    return (civil_day)(PICK(s, anchors) / 1440) + (one_in(s, 3) ? (civil_day)between(s, -4, 4) : 0);
}

static void draw_hours(struct script *s, const struct model_dossier *d, struct command *c)
{
    static const struct office_hours usual[] = {
        {.weekdays = 0x3e, .span_count = 2, .span = {{420, 690}, {810, 1020}}},
        {.weekdays = 0x3e, .span_count = 2, .span = {{450, 690}, {780, 990}}},
        {.weekdays = 0x7e, .span_count = 2, .span = {{480, 720}, {780, 1020}}},
        {.weekdays = 0x3e, .span_count = 1, .span = {{480, 900}}},
    };
    c->kind = COMMAND_HOURS_PUT;
    c->hours = PICK(s, usual);
    c->hours.from = some_day(s, d);
}

static void draw_setting(struct script *s, struct command *c)
{
    static const char *const settings[][2] = {{"clock", "same_hour"},       {"clock", "day_end"},
                                              {"same_day.cutoff", "10:30"}, {"same_day.cutoff", "15:00"},
                                              {"backdate.max", "1"},        {"backdate.max", ""},
                                              {"backdate.max", "5"}};
    int64_t which = between(s, 0, (int64_t)(sizeof settings / sizeof *settings) - 1);
    c->kind = COMMAND_SETTING_PUT;
    c->setting.key = str_of(settings[which][0]);
    c->setting.value = *settings[which][1] ? str_of(settings[which][1]) : STR_NONE;
}

struct life_step script_day_off(struct script *s, const struct model_dossier *d)
{
    struct command c = {.kind = COMMAND_DAY_PUT, .at = NO_TIME};
    pass_time(s);
    c.day.kind = DAY_OFF;
    c.day.day = (civil_day)((one_in(s, 3) ? d->life.promised : d->life.due) / 1440);
    c.day.name = STR("Bất ngờ");
    return (struct life_step){.now = s->clock, .login = STR("chief"), .command = c, .dossier = -1};
}

static struct command some_change(struct script *s, const struct model_office *o,
                                  const struct model_dossier *d)
{
    struct command c = {.at = NO_TIME};
    int64_t what = between(s, 1, 24);
    if (what <= 15) {
        c.kind = COMMAND_DAY_PUT;
        c.day.kind = (enum day_kind)between(s, DAY_OFF, one_in(s, 3) ? DAY_CLOSED : DAY_WORKED);
        c.day.day = some_day(s, d);
        c.day.name = some_text(s, "Ngày có tên");
    } else if (what <= 19) {
        c.kind = COMMAND_DAY_REMOVE;
        c.day_removed = some_day(s, d);
        if (o->day_count && !one_in(s, 4)) /* one of the last recorded */
            c.day_removed =
                o->days[(int64_t)o->day_count - between(s, 1, o->day_count < 12 ? (int64_t)o->day_count : 12)]
                    .day;
    } else if (what <= 20) {
        draw_hours(s, d, &c);
    } else if (what <= 22) {
        c.kind = COMMAND_YEARS_KNOWN;
        c.known = (struct known_years){2022, 2026 + (int)between(s, -2, 5)};
    } else {
        draw_setting(s, &c);
    }
    return c;
}

/* A day off comes with the day that is worked for it, now and then; or any two changes at once. */
struct life_step script_office(struct script *s, const struct model_office *o, const struct model_dossier *d)
{
    static const char *const people[] = {"chief", "chief", "chief", "admin", "admin", "huong", "gone"};
    pass_time(s);
    struct life_step step = {
        .now = s->clock, .login = str_of(PICK(s, people)), .command = some_change(s, o, d), .dossier = -1};
    if (!one_in(s, 4) || step.command.kind == COMMAND_SETTING_PUT)
        return step;
    struct command *also = arena_alloc(&s->text, sizeof *also);
    do
        *also = some_change(s, o, d);
    while (also->kind == COMMAND_SETTING_PUT);
    step.also = also;
    return step;
}

/* Far enough from the next step that nothing more is recorded in the same second. */
struct life_step script_look(struct script *s)
{
    struct life_step step = {.now = s->clock, .login = STR("-"), .dossier = -1};
    s->clock += 900;
    return step;
}

/* ---- for a person ---- */

void print_time(struct buf *out, civil_minute t)
{
    char day[CIVIL_TEXT], minute[CIVIL_TEXT];
    if (t == NO_TIME)
        buf_add_char(out, '-');
    else
        buf_addf(out, "%sT%s", civil_iso_date(day, civil_day_of(t)),
                 civil_hm(minute, civil_minute_of_day(t)));
}

static void option(struct buf *out, const char *name, struct str value)
{
    if (value.n)
        buf_addf(out, " --%s '%.*s'", name, STR_ARG(value));
}

static void option_time(struct buf *out, const char *name, civil_minute t)
{
    if (t == NO_TIME)
        return;
    buf_addf(out, " --%s ", name);
    print_time(out, t);
}

static void option_limit(struct buf *out, const char *name, const struct limit *limit)
{
    if (limit->kind == LIMIT_NONE)
        return;
    buf_addf(out, " --%s '", name);
    limit_format(out, limit);
    buf_add_char(out, '\'');
}

static void print_receive(struct buf *out, const struct command *c)
{
    option(out, "procedure", c->receive.procedure);
    buf_addf(out, " --applicant '%.*s'", STR_ARG(c->receive.applicant.name));
    option(out, "phone", c->receive.applicant.phone);
    option_limit(out, "limit", &c->receive.limit);
    option(out, "officer", c->receive.officer);
    option_time(out, "submitted", c->receive.submitted);
    if (c->receive.fee >= 0)
        buf_addf(out, " --fee %lld", (long long)c->receive.fee);
    if (c->receive.channel)
        option(out, "channel", str_of(channel_name(c->receive.channel)));
    if (c->receive.collect)
        option(out, "collect", str_of(channel_name(c->receive.collect)));
    if (c->receive.applicant.outside)
        buf_add_z(out, " --outside");
    if (c->receive.serve)
        buf_add_z(out, " --serve");
}

static void print_supplement(struct buf *out, const struct command *c)
{
    struct str need;
    size_t at = 0;
    option(out, "reason", c->supplement.reason);
    while (wire_list_next(c->supplement.needs, &at, &need))
        buf_addf(out, " --need '%.*s'", STR_ARG(need));
    if (c->supplement.insist)
        buf_add_z(out, " --insist");
}

static void print_correct(struct buf *out, const struct command *c)
{
    option(out, "reason", c->correct.reason);
    for (size_t i = 0; i < c->correct.count; i++)
        buf_addf(out, " '%s=%.*s'", correction_field_name(c->correct.change[i].field),
                 STR_ARG(c->correct.change[i].value));
}

static void print_apologize(struct buf *out, const struct command *c)
{
    char day[CIVIL_TEXT];
    option(out, "reason", c->apologize.reason);
    option(out, "signer", c->apologize.signer);
    if (c->apologize.until != NO_TIME && c->apologize.until_is_date)
        buf_addf(out, " --until %s", civil_iso_date(day, civil_day_of(c->apologize.until)));
    else
        option_time(out, "until", c->apologize.until);
}

static void print_details(struct buf *out, const struct command *c)
{
    switch (c->kind) {
    case COMMAND_RECEIVE: print_receive(out, c); break;
    case COMMAND_TRANSFER:
        option(out, "to", c->transfer.to);
        option(out, "unit", c->transfer.unit);
        break;
    case COMMAND_SUPPLEMENT: print_supplement(out, c); break;
    case COMMAND_RESTART:
    case COMMAND_AWAIT_PAYMENT:
    case COMMAND_PAID:
        option_limit(out, "within", &c->resume.within);
        option(out, "note", c->resume.note);
        break;
    case COMMAND_APOLOGIZE: print_apologize(out, c); break;
    case COMMAND_RESOLVE:
        option(out, "result", c->resolve.result);
        if (c->resolve.digitized)
            buf_add_z(out, " --digitized");
        break;
    case COMMAND_RETURN:
        if (c->give_back.channel)
            option(out, "channel", str_of(channel_name(c->give_back.channel)));
        option(out, "to", c->give_back.to);
        break;
    case COMMAND_CORRECT: print_correct(out, c); break;
    case COMMAND_RATE: buf_addf(out, " %d", c->rate.stars); break;
    default: option(out, "reason", c->end.reason); break;
    }
}

static void print_office(struct buf *out, const struct command *c)
{
    static const char *const kinds[] = {
        [DAY_OFF] = "holiday", [DAY_WORKED] = "worked", [DAY_CLOSED] = "closed"};
    char day[CIVIL_TEXT];
    switch (c->kind) {
    case COMMAND_DAY_PUT:
        buf_addf(out, "calendar %s %s '%.*s'", kinds[c->day.kind], civil_iso_date(day, c->day.day),
                 STR_ARG(c->day.name));
        break;
    case COMMAND_DAY_REMOVE: buf_addf(out, "calendar remove %s", civil_iso_date(day, c->day_removed)); break;
    case COMMAND_HOURS_PUT:
        buf_add_z(out, "calendar hours ");
        for (int i = 0; i < c->hours.span_count; i++) {
            char opens[CIVIL_TEXT], closes[CIVIL_TEXT];
            buf_addf(out, "%s%s-%s", i ? "," : "", civil_hm(opens, c->hours.span[i].opens),
                     civil_hm(closes, c->hours.span[i].closes));
        }
        buf_addf(out, " --weekdays %s --from %s", c->hours.weekdays == 0x3e ? "1-5" : "1-6",
                 civil_iso_date(day, c->hours.from));
        break;
    case COMMAND_YEARS_KNOWN:
        buf_addf(out, "(the plans of %d-%d are known)", c->known.first, c->known.last);
        break;
    default: buf_addf(out, "config %.*s '%.*s'", STR_ARG(c->setting.key), STR_ARG(c->setting.value)); break;
    }
}

void step_print(struct buf *out, const struct life_step *step)
{
    static const char *const verbs[] = {
        [COMMAND_RECEIVE] = "receive",
        [COMMAND_TRANSFER] = "transfer",
        [COMMAND_APOLOGIZE] = "apologize",
        [COMMAND_RESOLVE] = "resolve",
        [COMMAND_RETURN] = "return",
        [COMMAND_REFUSE] = "refuse",
        [COMMAND_SUPPLEMENT] = "supplement",
        [COMMAND_RESTART] = "restart",
        [COMMAND_AWAIT_PAYMENT] = "await-payment",
        [COMMAND_PAID] = "paid",
        [COMMAND_WITHDRAW] = "withdraw",
        [COMMAND_STOP] = "stop",
        [COMMAND_VOID] = "void",
        [COMMAND_UNDO] = "undo",
        [COMMAND_CORRECT] = "correct",
        [COMMAND_RATE] = "rate",
    };
    char now[CIVIL_TEXT];
    civil_iso_second(now, step->now, MODEL_OFFSET);
    if (!step->command.kind) {
        buf_addf(out, "%.19s (everything is looked at)", now);
        return;
    }
    buf_addf(out, "%.19s %-6.*s motcua ", now, STR_ARG(step->login));
    if (step->dossier < 0) {
        print_office(out, &step->command);
        if (step->also) {
            buf_add_z(out, " + in the same submission ");
            print_office(out, step->also);
        }
        return;
    }
    buf_addf(out, "%s", verbs[step->command.kind]);
    if (step->command.kind != COMMAND_RECEIVE)
        buf_addf(out, " #%d", step->dossier);
    print_details(out, &step->command);
    option_time(out, "at", step->command.at);
}
