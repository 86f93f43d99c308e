#include "cli/demo_life.h"

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

const char *demo_apology_reason(int which)
{
    static const char *const reasons[] = {
        "Chờ kết quả xác minh của công an nơi thường trú trước đây",
        "Hồ sơ phức tạp, cần lấy thêm ý kiến của cơ quan chuyên môn cấp tỉnh",
        "Hệ thống đăng ký hộ tịch điện tử gián đoạn, chưa tra cứu được dữ liệu",
        "Công chức thụ lý được cử tham gia phòng, chống bão lũ",
        "Chưa thống nhất được kết quả đo đạc ngoài thực địa",
        "Chờ cơ quan thuế xác định nghĩa vụ tài chính",
    };
    return reasons[(size_t)which % (sizeof reasons / sizeof *reasons)];
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

const char *demo_refusal_reason(int which)
{
    static const char *const reasons[] = {
        "Không thuộc thẩm quyền giải quyết của Ủy ban nhân dân xã",
        "Thông tin kê khai không khớp với Cơ sở dữ liệu quốc gia về dân cư",
        "Thửa đất đang có tranh chấp, chưa đủ điều kiện giải quyết",
    };
    return reasons[(size_t)which % (sizeof reasons / sizeof *reasons)];
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

static struct life_step *add_step(struct life *life, enum command_kind kind, civil_minute at, int by)
{
    struct life_step *step = &life->step[life->steps++];
    *step = (struct life_step){.at = at, .recorded = at, .kind = kind, .by = by, .until = NO_TIME};
    return step;
}

/* Most are done well before the due day, a fifth on it. */
static civil_minute done_in_time(struct chance *c, const struct calendar *calendar, civil_minute from,
                                 civil_minute due)
{
    int64_t room = calendar_minutes_between(calendar, from, due);
    if (room < 2)
        return from;
    if (chance_of(c, 200) && civil_day_of(due) > civil_day_of(from)) {
        civil_minute at = on_day(c, calendar, civil_day_of(due));
        return at > from ? at : from;
    }
    return later(calendar, from, 1 + (room - 1) * chance_in(c, 150, 930) / 1000);
}

/* The letter of a dossier that will be late: usually in time, sometimes after the day, sometimes never. */
static void plan_letter(struct chance *c, const struct calendar *calendar, struct life *life, int by,
                        civil_minute from, civil_minute due, civil_minute done)
{
    int choice = chance_in(c, 0, 99);
    if (choice >= 80)
        return;
    civil_day due_day = civil_day_of(due);
    civil_day day = choice < 60 ? calendar_working_on_or_before(calendar, due_day - 1)
                                : calendar_working_on_or_after(calendar, due_day + 1);
    civil_minute at = on_day(c, calendar, day);
    if (at <= from || at >= done)
        return;
    struct life_step *step = add_step(life, COMMAND_APOLOGIZE, at, by);
    civil_day promised = calendar_add_working(calendar, civil_day_of(done), chance_of(c, 850) ? 1 : 2);
    if (chance_of(c, 180)) /* a promise not kept either */
        promised = calendar_add_working(calendar, due_day > day ? due_day : day, 1);
    step->until = civil_at(promised, calendar_closes(calendar, promised));
    step->text = demo_letter_reason(life->specialist, chance_in(c, 0, 2));
}

static void plan_result(struct chance *c, const struct calendar *calendar, const struct demo_kind *kind,
                        civil_minute due, int late_of_1000, struct life *life, civil_minute from)
{
    bool at_the_desk = kind->specialist < 0;
    int holder = at_the_desk ? life->desk : kind->specialist;
    bool late = chance_of(c, at_the_desk ? 4 : late_of_1000);
    civil_minute done =
        late ? on_day(c, calendar, calendar_add_working(calendar, civil_day_of(due), chance_in(c, 1, 7)))
             : done_in_time(c, calendar, from, due);
    if (late)
        plan_letter(c, calendar, life, holder, from, due, done);
    bool refused = chance_of(c, at_the_desk ? 2 : 18);
    struct life_step *step = add_step(life, refused ? COMMAND_REFUSE : COMMAND_RESOLVE, done, holder);
    step->text = (uint8_t)chance_in(c, 0, 2);
    if (chance_of(c, 12)) { /* the paper was ready, the computer was told the next morning */
        civil_day next = calendar_add_working(calendar, civil_day_of(done), 1);
        step->recorded = civil_at(next, calendar_opens(calendar, next)) + chance_in(c, 5, 60);
    }
    if (chance_of(c, at_the_desk ? 3 : 15))
        return; /* never fetched */
    int64_t wait = at_the_desk         ? chance_in(c, 2, 25)
                   : chance_of(c, 500) ? chance_in(c, 5, 480)
                                       : chance_in(c, 480, 4000);
    add_step(life, COMMAND_RETURN, later(calendar, step->recorded, wait), life->desk);
}

void demo_live(struct chance *c, const struct calendar *calendar, const struct demo_kind *kind,
               civil_minute received, civil_minute due, int late_of_1000, struct life *out)
{
    *out = (struct life){.specialist = kind->specialist,
                         .desk = chance_of(c, 550) ? DEMO_DESK_1 : DEMO_DESK_2,
                         .channel = CHANNEL_DIRECT};
    int channel = chance_in(c, 0, 999);
    if (kind->specialist >= 0 && channel < 280)
        out->channel = CHANNEL_ONLINE;
    else if (channel >= 985)
        out->channel = CHANNEL_POSTAL;
    civil_minute from = later(calendar, received, chance_in(c, 3, 25));
    if (kind->specialist >= 0) {
        /* The same day, or at the start of the next: Decree 118/2025 art. 18. */
        from = later(calendar, received, chance_in(c, 4, 150));
        add_step(out, COMMAND_TRANSFER, from, out->desk);
        from = later(calendar, from, 5);
    }
    plan_result(c, calendar, kind, due, late_of_1000, out, from);
}
