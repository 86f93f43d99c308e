#include "cli/demo_life.h"

#include "cli/demo_counter.h"

#include "core/deadline.h"
#include "core/law.h"

/* In the proportions of a commune's desk: most of a day is authentication and civil status. */
const struct demo_kind demo_kinds[] = {
    {"2.000815", 330, -1},               /* chứng thực bản sao */
    {"2.000884", 110, -1},               /* chứng thực chữ ký */
    {"2.000635", 70, -1},                /* trích lục hộ tịch */
    {"1.001193", 55, DEMO_CIVIL_STATUS}, /* khai sinh */
    {"1.000656", 22, DEMO_CIVIL_STATUS}, /* khai tử */
    {"1.000894", 26, DEMO_CIVIL_STATUS}, /* kết hôn */
    {"1.004873", 68, DEMO_CIVIL_STATUS}, /* xác nhận tình trạng hôn nhân */
    {"1.004859", 20, DEMO_CIVIL_STATUS}, /* thay đổi, cải chính hộ tịch */
    {"1.004884", 14, DEMO_CIVIL_STATUS}, /* đăng ký lại khai sinh */
    {"1.004772", 8, DEMO_CIVIL_STATUS},  /* khai sinh cho người đã có giấy tờ */
    {"2.001035", 18, DEMO_CIVIL_STATUS}, /* chứng thực giao dịch */
    {"2.001406", 8, DEMO_CIVIL_STATUS},  /* phân chia di sản */
    {"2.001019", 4, DEMO_CIVIL_STATUS},  /* di chúc */
    {"1.004222", 24, DEMO_RESIDENCE},    /* đăng ký thường trú */
    {"1.004194", 26, DEMO_RESIDENCE},    /* đăng ký tạm trú */
    {"1.010041", 22, DEMO_RESIDENCE},    /* xác nhận thông tin cư trú */
    {"1.010038", 8, DEMO_RESIDENCE},     /* tách hộ */
    {"1.001776", 20, DEMO_SOCIAL},       /* trợ cấp xã hội hằng tháng */
    {"1.014027", 14, DEMO_SOCIAL},       /* trợ cấp hưu trí xã hội */
    {"1.001653", 8, DEMO_SOCIAL},        /* cấp lại giấy xác nhận khuyết tật */
    {"1.001699", 9, DEMO_SOCIAL},        /* xác định mức độ khuyết tật */
    {"1.012784", 16, DEMO_LAND},         /* tách thửa, hợp thửa */
    {"1.012783", 12, DEMO_LAND},         /* cấp đổi giấy chứng nhận */
    {"1.012753", 10, DEMO_LAND},         /* đăng ký đất đai lần đầu */
    {"1.013831", 14, DEMO_LAND},         /* đăng ký biến động */
    {"1.012812", 4, DEMO_LAND},          /* hòa giải tranh chấp đất đai */
};
const size_t demo_kind_count = sizeof demo_kinds / sizeof *demo_kinds;

const struct demo_kind *demo_pick_kind(struct chance *c)
{
    int sum = 0;
    for (size_t i = 0; i < demo_kind_count; i++)
        sum += demo_kinds[i].weight;
    int at = chance_in(c, 0, sum - 1);
    size_t i = 0;
    while (i + 1 < demo_kind_count && at >= demo_kinds[i].weight)
        at -= demo_kinds[i++].weight;
    return &demo_kinds[i];
}

uint8_t demo_letter_reason(int specialist, int choice)
{
    static const uint8_t usual[DEMO_OFFICERS][3] = {
        [DEMO_CIVIL_STATUS] = {0, 2, 3},
        [DEMO_LAND] = {4, 1, 5},
        [DEMO_SOCIAL] = {1, 3, 1},
        [DEMO_RESIDENCE] = {0, 2, 0},
    };
    enum { REGISTER_DOWN = 2 };
    return specialist < 0 ? REGISTER_DOWN : usual[specialist][choice];
}

/* ---- when things happen: always within working hours ---- */

static civil_minute later(const struct calendar *calendar, civil_minute from, int64_t working_minutes)
{
    return calendar_add_minutes(calendar, calendar_counting_moment(calendar, from), working_minutes);
}

/* Some time on a working day, in hours. */
static civil_minute on_day(struct chance *c, const struct calendar *calendar, civil_day day)
{
    int minutes = calendar_minutes_of(calendar, day);
    return calendar_add_minutes(calendar, civil_at(day, calendar_opens(calendar, day)),
                                chance_in(c, 10, minutes - 10));
}

struct life_step *life_add(struct life *life, enum command_kind kind, civil_minute at, int by)
{
    struct life_step *step = &life->step[life->steps++];
    *step = (struct life_step){.at = at,
                               .recorded = at,
                               .until = NO_TIME,
                               .kind = (uint8_t)kind,
                               .by = (int8_t)by,
                               .to = (int8_t)by};
    return step;
}

/* A life being planned: who holds the dossier, from when work goes on, when it is due. */
struct plan {
    struct chance *c;
    const struct office *office;
    const struct calendar *calendar;
    const struct procedure *procedure;
    struct life *life;
    civil_minute from, due;
    int holder;
    int late_of_1000;
    bool outside; /* with an outside unit */
};

static bool count_due(struct plan *p, const struct limit *limit, civil_minute from)
{
    struct deadline due;
    if (!deadline_compute(p->calendar, limit, office_clock_for(p->office, p->procedure),
                          office_settings(p->office)->same_day_cutoff, from, &due, NULL))
        return false;
    p->due = due.due;
    return true;
}

/* ---- what happens on the way ---- */

/* The same day, or at the start of the next: Decree 118/2025 art. 18. */
static void hand_over(struct plan *p)
{
    struct life *life = p->life;
    p->from = later(p->calendar, p->from, chance_in(p->c, 4, 150));
    life_add(life, COMMAND_TRANSFER, p->from, life->desk)->to = (int8_t)life->specialist;
    p->from = later(p->calendar, p->from, 5);
}

/* Something was mistyped; whoever typed it mends it before the day is over. */
static void mend(struct plan *p)
{
    civil_minute at = later(p->calendar, p->from, chance_in(p->c, 2, 40));
    if (!chance_of(p->c, 15) || civil_day_of(at) != civil_day_of(p->from))
        return;
    life_add(p->life, COMMAND_CORRECT, at, p->life->desk)->text = (uint8_t)chance_in(p->c, 0, 2);
    p->from = at;
}

/* When whoever handed it in comes for it. */
static void plan_return(const struct plan *p, civil_minute ready, bool refused)
{
    struct life *life = p->life;
    bool at_the_desk = life->specialist < 0;
    if (chance_of(p->c, at_the_desk ? 3 : 15))
        return; /* never fetched */
    int64_t wait = at_the_desk            ? chance_in(p->c, 2, 25)
                   : chance_of(p->c, 500) ? chance_in(p->c, 5, 480)
                                          : chance_in(p->c, 480, 4000);
    civil_minute at = later(p->calendar, ready, wait);
    if (life->fee > 0 && life->channel != CHANNEL_DIRECT && chance_of(p->c, 850))
        life_add(life, COMMAND_FEE, at, life->desk); /* the others paid over the counter, at the receipt */
    life_add(life, COMMAND_RETURN, at, life->desk);
    if (!refused && chance_of(p->c, 70))
        life_add(life, COMMAND_RATE, at, life->desk)->text =
            (uint8_t)(chance_of(p->c, 800) ? 5 : chance_in(p->c, 2, 4));
}

/* Asked for once, mostly within three days; some never come back. False when it ends there. */
static bool ask_for_more(struct plan *p)
{
    civil_minute at = later(p->calendar, p->from, chance_in(p->c, 60, 1400));
    if (at >= p->due)
        return true;
    struct life_step *step = life_add(p->life, COMMAND_SUPPLEMENT, at, p->holder);
    step->text = (uint8_t)chance_in(p->c, 0, 2);
    int fate = chance_in(p->c, 0, 99);
    if (fate < 6)
        return false;
    p->from = later(p->calendar, at, chance_in(p->c, 300, 8000));
    if (fate < 14) {
        life_add(p->life, COMMAND_REFUSE, p->from, p->holder)->text = 3;
        plan_return(p, p->from, true);
        return false;
    }
    life_add(p->life, COMMAND_RESTART, p->from, p->life->desk);
    return count_due(p, &p->procedure->limit, p->from);
}

/* Land goes to the land registry's branch, and often waits for a tax. */
static bool measure_and_pay(struct plan *p)
{
    static const struct limit within = {LIMIT_WORKING_DAYS, 500, LIMIT_NO_CUTOFF};
    int64_t room = calendar_minutes_between(p->calendar, p->from, p->due);
    if (room < 4 * 480)
        return true;
    civil_minute at = later(p->calendar, p->from, chance_in(p->c, 60, 480));
    life_add(p->life, COMMAND_TRANSFER, at, p->holder)->to = DEMO_OUTSIDE_UNIT;
    p->outside = true;
    p->from = at;
    if (!chance_of(p->c, 420))
        return true;
    at = later(p->calendar, at, room * chance_in(p->c, 200, 600) / 1000);
    life_add(p->life, COMMAND_AWAIT_PAYMENT, at, p->holder);
    p->from = later(p->calendar, at, chance_in(p->c, 240, 4800));
    life_add(p->life, COMMAND_PAID, p->from, p->life->desk);
    return count_due(p, &within, p->from);
}

/* Ended at the applicant's wish, or a record made by mistake. */
static bool ends_early(struct plan *p)
{
    bool stops = law_rules(civil_day_of(p->life->step[0].at)) == RULES_118;
    int fate = chance_in(p->c, 0, 999);
    if (fate >= 7)
        return false;
    civil_minute at = later(p->calendar, p->from, chance_in(p->c, 30, 200));
    if (fate < 2)
        life_add(p->life, COMMAND_VOID, at, DEMO_CHIEF);
    else
        life_add(p->life, stops ? COMMAND_STOP : COMMAND_WITHDRAW, at, p->life->desk);
    return true;
}

/* ---- the result ---- */

/* Most are done well before the due day, a fifth on it. */
static civil_minute done_in_time(const struct plan *p)
{
    int64_t room = calendar_minutes_between(p->calendar, p->from, p->due);
    if (room < 2)
        return p->from;
    if (chance_of(p->c, 200) && civil_day_of(p->due) > civil_day_of(p->from)) {
        civil_minute at = on_day(p->c, p->calendar, civil_day_of(p->due));
        return at > p->from ? at : p->from;
    }
    return later(p->calendar, p->from, 1 + (room - 1) * chance_in(p->c, 150, 930) / 1000);
}

/* The letter of a dossier that will be late: usually in time, sometimes after the day, sometimes never. */
static bool plan_letter(const struct plan *p, civil_minute done)
{
    int choice = chance_in(p->c, 0, 99);
    if (choice >= 80)
        return false;
    civil_day due_day = civil_day_of(p->due);
    civil_day day = choice < 60 ? calendar_working_on_or_before(p->calendar, due_day - 1)
                                : calendar_working_on_or_after(p->calendar, due_day + 1);
    civil_minute at = on_day(p->c, p->calendar, day);
    if (at <= p->from || at >= done)
        return false;
    struct life_step *step = life_add(p->life, COMMAND_APOLOGIZE, at, p->holder);
    civil_day promised = calendar_add_working(p->calendar, civil_day_of(done), chance_of(p->c, 850) ? 1 : 2);
    if (chance_of(p->c, 180)) /* a promise not kept either */
        promised = calendar_add_working(p->calendar, due_day > day ? due_day : day, 1);
    step->until = civil_at(promised, calendar_closes(p->calendar, promised));
    step->text = demo_letter_reason(p->life->specialist, chance_in(p->c, 0, 2));
    return true;
}

/* Up for signing and back to the desk, where there is a process that says so; from the outside unit back
 * first. */
static void sign(struct plan *p, civil_minute done)
{
    struct step process[STEPS_MAX];
    struct life *life = p->life;
    civil_minute last = life->steps ? life->step[life->steps - 1].recorded : p->from;
    int64_t room = calendar_minutes_between(p->calendar, last, done);
    if (life->specialist < 0 || room < 60 || !demo_process(p->procedure, process))
        return;
    if (p->outside)
        life_add(life, COMMAND_TRANSFER, later(p->calendar, last, room * chance_in(p->c, 250, 500) / 1000),
                 life->specialist);
    life_add(life, COMMAND_TRANSFER, later(p->calendar, last, room * chance_in(p->c, 600, 850) / 1000),
             life->specialist)
        ->to = DEMO_CHIEF;
    life_add(life, COMMAND_TRANSFER, later(p->calendar, last, room * chance_in(p->c, 870, 960) / 1000),
             DEMO_CHIEF)
        ->to = (int8_t)life->desk;
    p->holder = life->desk;
}

/* The letter says why, or somebody does, or nobody; the chief may judge it. When all that is said. */
static civil_minute explain(const struct plan *p, civil_minute at, bool letter)
{
    struct life *life = p->life;
    uint8_t reason = letter ? 0 : demo_late_reason(p->c, life->specialist);
    uint8_t excuse = letter || reason ? demo_excuse(p->c) : 0;
    if (reason) {
        at += chance_in(p->c, 5, 20);
        life_add(life, COMMAND_LATE_REASON, at, life->specialist < 0 ? life->desk : life->specialist)->text =
            reason;
    }
    if (excuse) {
        at += chance_in(p->c, 5, 40);
        life_add(life, COMMAND_LATE_REASON, at, DEMO_CHIEF)->text = excuse;
    }
    return at;
}

/* Pressed on the wrong dossier, taken back at once, and done an hour or two later. */
static civil_minute do_it_again(const struct plan *p, civil_minute done)
{
    civil_minute undone = done + chance_in(p->c, 1, 4), again = undone + chance_in(p->c, 30, 120);
    life_add(p->life, COMMAND_UNDO, undone, p->holder);
    life_add(p->life, COMMAND_RESOLVE, again, p->holder);
    return again;
}

/* The paper was ready, the computer was told the next morning. */
static void record_later(const struct plan *p, struct life_step *step)
{
    civil_day next = calendar_add_working(p->calendar, civil_day_of(step->at), 1);
    step->recorded = civil_at(next, calendar_opens(p->calendar, next)) + chance_in(p->c, 5, 60);
}

static void plan_result(struct plan *p)
{
    struct life *life = p->life;
    bool at_the_desk = life->specialist < 0;
    bool late = chance_of(p->c, at_the_desk ? 4 : p->late_of_1000);
    civil_minute done =
        late ? on_day(p->c, p->calendar,
                      calendar_add_working(p->calendar, civil_day_of(p->due), chance_in(p->c, 1, 7)))
             : done_in_time(p);
    bool letter = late && plan_letter(p, done);
    sign(p, done);
    bool refused = chance_of(p->c, at_the_desk ? 2 : 18);
    struct life_step *step = life_add(life, refused ? COMMAND_REFUSE : COMMAND_RESOLVE, done, p->holder);
    step->text = (uint8_t)chance_in(p->c, 0, 2);
    if (!refused && !late && chance_of(p->c, 4))
        plan_return(p, do_it_again(p, done), false);
    else {
        if (chance_of(p->c, 12))
            record_later(p, step);
        plan_return(p, late ? explain(p, step->recorded, letter) : step->recorded, refused);
    }
}

bool demo_live(struct chance *c, const struct office *office, const struct demo_kind *kind,
               civil_minute received, int late_of_1000, struct life *out)
{
    *out = (struct life){.specialist = kind->specialist,
                         .desk = chance_of(c, 550) ? DEMO_DESK_1 : DEMO_DESK_2,
                         .channel = CHANNEL_DIRECT};
    struct plan p = {.c = c,
                     .office = office,
                     .calendar = office_calendar(office),
                     .procedure = office_find_procedure(office, str_of(kind->procedure)),
                     .life = out,
                     .holder = kind->specialist < 0 ? out->desk : kind->specialist,
                     .late_of_1000 = late_of_1000,
                     .from = received};
    if (!p.procedure || !count_due(&p, &p.procedure->limit, received))
        return false;
    out->fee = p.procedure->fee > 0 ? (int32_t)p.procedure->fee : 0;
    int channel = chance_in(c, 0, 999);
    if (kind->specialist >= 0 && channel < 280)
        out->channel = CHANNEL_ONLINE;
    else if (channel >= 985)
        out->channel = CHANNEL_POSTAL;
    if (kind->specialist < 0) {
        out->served = out->channel == CHANNEL_DIRECT && chance_of(c, 300);
        p.from = later(p.calendar, received, chance_in(c, 3, 25));
        if (!out->served)
            plan_result(&p);
        return true;
    }
    hand_over(&p);
    mend(&p);
    if (ends_early(&p))
        return true;
    bool goes_on = kind->specialist == DEMO_LAND && chance_of(c, 550) ? measure_and_pay(&p)
                   : chance_of(c, 55)                                 ? ask_for_more(&p)
                                                                      : true;
    if (goes_on)
        plan_result(&p);
    return true;
}
