#include "tests/event_fill.h"

struct str fill_text(struct random *r)
{
    static const char *const texts[] = {"", "a", "Nguyễn Thị Hương", "Thẩm định hồ sơ; ký duyệt",
                                        "Không thuộc thẩm quyền giải quyết của Ủy ban nhân dân xã"};
    return str_of(texts[random_in(r, 0, 4)]);
}

static struct limit fill_limit(struct random *r)
{
    return (struct limit){.kind = (enum limit_kind)random_in(r, LIMIT_NONE, LIMIT_MONTHS),
                          .hundredths = (uint32_t)random_in(r, 0, 365000),
                          .cutoff = (int)random_in(r, LIMIT_NO_CUTOFF, MINUTES_PER_DAY - 1)};
}

static struct yearly_number fill_number(struct random *r)
{
    if (random_in(r, 0, 2) == 0)
        return (struct yearly_number){0};
    return (struct yearly_number){(uint32_t)random_in(r, 1, UINT32_MAX), (int)random_in(r, 1990, 2100)};
}

struct receipt fill_receipt(struct random *r)
{
    struct receipt receipt = {.procedure = {.number = (uint16_t)random_next(r),
                                            .version = random_next(r),
                                            .field_number = (uint16_t)random_next(r)},
                              .limit = fill_limit(r),
                              .sets = (uint32_t)random_next(r),
                              .fee = random_in(r, -1, 1000000),
                              .channel = (enum channel)random_in(r, 0, 3),
                              .collect = (enum channel)random_in(r, 0, 3),
                              .submitted = NO_TIME};
    receipt.procedure.code = fill_text(r);
    receipt.procedure.kase = fill_text(r);
    receipt.applicant.name = fill_text(r);
    receipt.applicant.phone = fill_text(r);
    receipt.applicant.organization = random_in(r, 0, 1);
    receipt.submitter = fill_text(r);
    return receipt;
}

/* The processes of an office, from none to the longest. Living as long as the program: packed once each. */
static struct str fill_steps(struct random *r)
{
    static struct buf packed[STEPS_MAX + 1];
    size_t count = (size_t)random_in(r, 0, STEPS_MAX);
    if (!packed[count].n) {
        struct step step[STEPS_MAX];
        for (size_t i = 0; i < count; i++)
            step[i] = (struct step){.name = STR("Bước"), .role = i % 5, .limit = fill_limit(r)};
        steps_pack(&packed[count], step, count);
    }
    return buf_str(&packed[count]);
}

bool fill_counter(struct random *r, struct event *e)
{
    switch (e->kind) {
    case EVENT_STEPS_PUT:
        e->steps.code = fill_text(r);
        e->steps.kase = fill_text(r);
        e->steps.steps = fill_steps(r);
        return true;
    case EVENT_FEE:
        e->fee.exempt = random_in(r, 0, 1);
        e->fee.amount = e->fee.exempt ? 0 : random_in(r, 1, 1000000) * (random_in(r, 0, 1) ? 1 : -1);
        e->fee.reason = fill_text(r);
        e->fee.document = fill_text(r);
        return true;
    case EVENT_LATE_REASON:
        e->late_reason.category = (enum late_category)random_in(r, 0, LATE_CATEGORIES - 1);
        e->late_reason.excuse = (enum excuse)random_in(r, 0, EXCUSE_NOT_GOOD);
        e->late_reason.reason = fill_text(r);
        return true;
    case EVENT_TURNED_AWAY:
        e->turned_away.refused = random_in(r, 0, 1);
        e->turned_away.slip = fill_number(r);
        e->turned_away.receipt = fill_receipt(r);
        e->turned_away.reason = fill_text(r);
        e->turned_away.needs = fill_text(r);
        return true;
    case EVENT_TURN_AWAY_VOIDED:
        e->turn_away_voided.seq = random_next(r);
        e->turn_away_voided.refused = random_in(r, 0, 1);
        e->turn_away_voided.slip = fill_number(r);
        e->turn_away_voided.reason = fill_text(r);
        return true;
    default: return false;
    }
}

void fill_more(struct random *r, struct event *e)
{
    switch (e->kind) {
    case EVENT_RECEIVED:
        e->received.in_register = fill_number(r);
        e->received.resolves = random_in(r, 0, 1);
        e->received.step = fill_text(r);
        e->received.within = fill_limit(r);
        e->received.within_due = e->received.within.kind == LIMIT_NONE ? NO_TIME : random_in(r, 0, 60000000);
        break;
    case EVENT_TRANSFERRED: e->transferred.resolves = random_in(r, 0, 1); break;
    case EVENT_APOLOGIZED: e->apologized.unit = fill_text(r); break;
    case EVENT_SUPPLEMENT_REQUESTED: e->supplement.slip = fill_number(r); break;
    case EVENT_REFUSED:
    case EVENT_STOPPED: e->ended.slip = fill_number(r); break;
    case EVENT_IMPORTED:
    case EVENT_REIMPORTED:
        if (random_in(r, 0, 1))
            e->imported.promised = random_in(r, 0, 1) ? NO_TIME : random_in(r, 0, 60000000);
        e->imported.field = fill_text(r);
        e->imported.receiver = fill_text(r);
        e->imported.result = fill_text(r);
        break;
    default: break;
    }
}

static bool same_number(struct yearly_number a, struct yearly_number b)
{
    return a.number == b.number && a.year == b.year;
}

bool counter_came_back(const struct event *e, const struct event *b)
{
    switch (e->kind) {
    case EVENT_STEPS_PUT:
        return str_eq(b->steps.code, e->steps.code) && str_eq(b->steps.kase, e->steps.kase) &&
               str_eq(b->steps.steps, e->steps.steps);
    case EVENT_FEE:
        return b->fee.amount == e->fee.amount && b->fee.exempt == e->fee.exempt &&
               str_eq(b->fee.reason, e->fee.reason) && str_eq(b->fee.document, e->fee.document);
    case EVENT_LATE_REASON:
        return b->late_reason.category == e->late_reason.category &&
               b->late_reason.excuse == e->late_reason.excuse &&
               str_eq(b->late_reason.reason, e->late_reason.reason);
    case EVENT_TURNED_AWAY:
        return b->turned_away.refused == e->turned_away.refused &&
               same_number(b->turned_away.slip, e->turned_away.slip) &&
               str_eq(b->turned_away.receipt.procedure.code, e->turned_away.receipt.procedure.code) &&
               str_eq(b->turned_away.receipt.applicant.phone, e->turned_away.receipt.applicant.phone) &&
               str_eq(b->turned_away.reason, e->turned_away.reason) &&
               str_eq(b->turned_away.needs, e->turned_away.needs);
    case EVENT_TURN_AWAY_VOIDED:
        return b->turn_away_voided.seq == e->turn_away_voided.seq &&
               b->turn_away_voided.refused == e->turn_away_voided.refused &&
               same_number(b->turn_away_voided.slip, e->turn_away_voided.slip) &&
               str_eq(b->turn_away_voided.reason, e->turn_away_voided.reason);
    case EVENT_TRANSFERRED: return b->transferred.resolves == e->transferred.resolves;
    case EVENT_RECEIVED:
        return b->received.resolves == e->received.resolves &&
               same_number(b->received.in_register, e->received.in_register) &&
               str_eq(b->received.step, e->received.step) &&
               limit_equal(&b->received.within, &e->received.within) &&
               (e->received.within.kind == LIMIT_NONE || b->received.within_due == e->received.within_due);
    case EVENT_APOLOGIZED: return str_eq(b->apologized.unit, e->apologized.unit);
    case EVENT_SUPPLEMENT_REQUESTED: return same_number(b->supplement.slip, e->supplement.slip);
    case EVENT_REFUSED:
    case EVENT_STOPPED: return same_number(b->ended.slip, e->ended.slip);
    default: return true;
    }
}
