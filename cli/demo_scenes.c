#include "cli/demo_scenes.h"

#include "core/law.h"

enum fate {
    OPEN,        /* still being worked on, no letter */
    EXPLAINED,   /* the same, overdue, and somebody said why */
    PROMISED,    /* apologised for in time, the new date ahead */
    BROKEN,      /* apologised for in time, the new date past */
    UNCOLLECTED, /* the result lies at the desk */
    WAITING,     /* for a supplement, asked for two working days after receipt */
    PAYING,      /* with the land registry, then for a tax */
    STOPPED,     /* at the applicant's wish (withdrawn, under the older decree) */
    VOIDED,      /* logged twice */
    INSISTED,    /* a second supplement, on the chief's word */
};

/* Received so many working days before the morning, at that time. Limits are in working days, so the due day
 * follows. */
static const struct placed {
    const char *procedure;
    int specialist, before, minute;
    enum fate fate;
} placed[] = {
    {"1.012784", DEMO_LAND, 38, 9 * 60 + 15, WAITING},     /* longer than anybody should wait */
    {"1.012753", DEMO_LAND, 16, 8 * 60 + 35, OPEN},        /* 20 days: on track */
    {"1.012784", DEMO_LAND, 15, 14 * 60 + 10, PROMISED},   /* 12: rescheduled */
    {"1.014027", DEMO_SOCIAL, 13, 9 * 60 + 20, EXPLAINED}, /* 10: overdue without a letter */
    {"1.001776", DEMO_SOCIAL, 12, 10 * 60 + 5, PROMISED},  /* 10: rescheduled */
    {"1.012783", DEMO_LAND, 9, 8 * 60 + 50, OPEN},         /* 10: a letter must leave today */
    {"1.001776", DEMO_SOCIAL, 8, 8 * 60 + 25, INSISTED},
    {"1.004222", DEMO_RESIDENCE, 8, 9 * 60 + 50, VOIDED},
    {"1.013831", DEMO_LAND, 8, 13 * 60 + 45, PAYING},
    {"1.012784", DEMO_LAND, 7, 10 * 60 + 30, STOPPED},
    {"1.004884", DEMO_CIVIL_STATUS, 7, 15 * 60 + 15, BROKEN}, /* 5: overdue in spite of its letter */
    {"1.001699", DEMO_SOCIAL, 6, 7 * 60 + 30, WAITING},
    {"1.001653", DEMO_SOCIAL, 6, 7 * 60 + 40, UNCOLLECTED},       /* 5 */
    {"1.001653", DEMO_SOCIAL, 5, 13 * 60 + 50, OPEN},             /* 5: due today, too late for a letter */
    {"1.004873", DEMO_CIVIL_STATUS, 5, 16 * 60 + 5, UNCOLLECTED}, /* 3 */
    {"1.004873", DEMO_CIVIL_STATUS, 4, 9 * 60 + 30, OPEN},        /* 3: overdue without a letter */
    {"1.004859", DEMO_CIVIL_STATUS, 3, 8 * 60 + 15, OPEN},        /* 3: due today, too late for a letter */
    {"1.004873", DEMO_CIVIL_STATUS, 2, 7 * 60 + 25, OPEN},        /* 3: a letter must leave today */
    {"1.004859", DEMO_CIVIL_STATUS, 2, 10 * 60 + 40, OPEN},       /* 3: the same */
    {"1.004873", DEMO_CIVIL_STATUS, 1, 14 * 60 + 30, OPEN},       /* 3: on track */
    {"2.000884", -1, 1, 15 * 60 + 25, OPEN},                      /* after 15:00: due today */
    {"2.000815", -1, 1, 16 * 60 + 20, OPEN},                      /* the same */
};

static civil_day back(const struct calendar *calendar, civil_day day, int working_days)
{
    for (int i = 0; i < working_days; i++)
        day = calendar_working_on_or_before(calendar, day - 1);
    return day;
}

/* A letter four days before the morning, its new date `ahead` working days after it (before it when
 * negative). */
static void apologise(struct life *life, const struct calendar *calendar, civil_day today, int by, int ahead)
{
    civil_day day = back(calendar, today, 4);
    civil_day promised =
        ahead < 0 ? back(calendar, today, -ahead) : calendar_add_working(calendar, today, ahead);
    struct life_step *step = life_add(life, COMMAND_APOLOGIZE, civil_at(day, 9 * 60 + 45), by);
    step->until = civil_at(promised, calendar_closes(calendar, promised));
    step->text = demo_letter_reason(by, 0);
}

/* The working day after its receipt. */
static void end(struct life *life, const struct calendar *calendar, civil_minute received,
                enum command_kind kind, int by)
{
    life_add(life, kind, civil_at(calendar_add_working(calendar, civil_day_of(received), 1), 9 * 60 + 5), by);
}

static void ask_twice(struct life *life, const struct calendar *calendar, civil_day today,
                      const struct placed *p)
{
    life_add(life, COMMAND_SUPPLEMENT, civil_at(back(calendar, today, p->before - 1), 8 * 60 + 40),
             p->specialist);
    life_add(life, COMMAND_RESTART, civil_at(back(calendar, today, p->before - 3), 14 * 60 + 15), life->desk);
    life_add(life, COMMAND_SUPPLEMENT, civil_at(back(calendar, today, 2), 10 * 60 + 10), DEMO_CHIEF)->text =
        1;
}

static void live(const struct placed *p, const struct calendar *calendar, civil_day today,
                 struct scene *scene)
{
    struct life *life = &scene->life;
    *life = (struct life){.specialist = p->specialist,
                          .channel = CHANNEL_DIRECT,
                          .desk = p->minute % 2 ? DEMO_DESK_1 : DEMO_DESK_2};
    if (p->specialist < 0)
        return;
    life_add(life, COMMAND_TRANSFER, calendar_add_minutes(calendar, scene->received, 35), life->desk)->to =
        (int8_t)p->specialist;
    switch (p->fate) {
    case OPEN: break;
    case EXPLAINED:
        life_add(life, COMMAND_LATE_REASON, civil_at(back(calendar, today, 1), 9 * 60 + 30), p->specialist)
            ->text = LATE_LOAD;
        break;
    case PROMISED: apologise(life, calendar, today, p->specialist, p->before % 3 + 2); break;
    case BROKEN: apologise(life, calendar, today, p->specialist, -1); break;
    case UNCOLLECTED:
        life_add(life, COMMAND_RESOLVE, civil_at(back(calendar, today, 3), 10 * 60 + 20), p->specialist);
        break;
    case WAITING:
        life_add(life, COMMAND_SUPPLEMENT, civil_at(back(calendar, today, p->before - 2), 15 * 60 + 20),
                 p->specialist);
        break;
    case STOPPED:
        end(life, calendar, scene->received,
            law_rules(civil_day_of(scene->received)) == RULES_118 ? COMMAND_STOP : COMMAND_WITHDRAW,
            life->desk);
        break;
    case VOIDED: end(life, calendar, scene->received, COMMAND_VOID, DEMO_CHIEF); break;
    case INSISTED: ask_twice(life, calendar, today, p); break;
    case PAYING:
        life_add(life, COMMAND_TRANSFER, civil_at(back(calendar, today, p->before - 1), 8 * 60 + 30),
                 p->specialist)
            ->to = DEMO_OUTSIDE_UNIT;
        life_add(life, COMMAND_AWAIT_PAYMENT, civil_at(back(calendar, today, 4), 14 * 60 + 5), p->specialist);
        break;
    }
}

size_t demo_scenes(const struct calendar *calendar, civil_day today, struct scene out[SCENES_MOST])
{
    size_t n = sizeof placed / sizeof *placed;
    for (size_t i = 0; i < n; i++) {
        const struct placed *p = &placed[i];
        out[i].kind = (struct demo_kind){p->procedure, 0, p->specialist};
        out[i].received = civil_at(back(calendar, today, p->before), p->minute);
        live(p, calendar, today, &out[i]);
    }
    return n;
}
