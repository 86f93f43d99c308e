#include "cli/demo_people.h"

#include <stdio.h>

const struct officer demo_officers[DEMO_OFFICERS] = {
    [DEMO_ADMIN] = {.login = STR("quantri"),
                    .name = STR("Đỗ Quang Vinh"),
                    .unit = STR("Văn phòng HĐND và UBND"),
                    .title = STR("Công chức Văn phòng – Thống kê"),
                    .role = ROLE_ADMIN},
    [DEMO_CHIEF] = {.login = STR("chanhvp"),
                    .name = STR("Nguyễn Văn Bình"),
                    .unit = STR("Văn phòng HĐND và UBND"),
                    .title = STR("Chánh Văn phòng"),
                    .role = ROLE_CHIEF},
    [DEMO_DESK_1] = {.login = STR("lannt"),
                     .name = STR("Nguyễn Thị Lan"),
                     .unit = STR("Trung tâm Phục vụ hành chính công"),
                     .title = STR("Công chức tiếp nhận"),
                     .role = ROLE_OFFICER},
    [DEMO_DESK_2] = {.login = STR("hungpv"),
                     .name = STR("Phạm Văn Hùng"),
                     .unit = STR("Trung tâm Phục vụ hành chính công"),
                     .title = STR("Công chức tiếp nhận"),
                     .role = ROLE_OFFICER},
    [DEMO_CIVIL_STATUS] = {.login = STR("tuanlv"),
                           .name = STR("Lê Văn Tuấn"),
                           .unit = STR("Tư pháp – Hộ tịch"),
                           .title = STR("Công chức Tư pháp – Hộ tịch"),
                           .role = ROLE_SPECIALIST},
    [DEMO_LAND] = {.login = STR("maiht"),
                   .name = STR("Hoàng Thị Mai"),
                   .unit = STR("Phòng Kinh tế"),
                   .title = STR("Công chức Địa chính"),
                   .role = ROLE_SPECIALIST},
    [DEMO_SOCIAL] = {.login = STR("dungta"),
                     .name = STR("Trương Anh Dũng"),
                     .unit = STR("Phòng Văn hóa – Xã hội"),
                     .title = STR("Công chức Lao động – Xã hội"),
                     .role = ROLE_SPECIALIST},
    [DEMO_RESIDENCE] = {.login = STR("thaonp"),
                        .name = STR("Nông Phương Thảo"),
                        .unit = STR("Công an xã"),
                        .title = STR("Cán bộ quản lý cư trú"),
                        .role = ROLE_SPECIALIST},
};

struct weighted_name {
    const char *name;
    uint16_t weight;
};

/* A table of weighted names, and one of them. */
#define COUNT(table) (sizeof(table) / sizeof *(table))

static const char *pick(struct chance *c, const struct weighted_name *table, size_t count)
{
    int sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += table[i].weight;
    int at = chance_in(c, 0, sum - 1);
    size_t i = 0;
    while (i + 1 < count && at >= table[i].weight)
        at -= table[i++].weight;
    return table[i].name;
}

static const struct weighted_name families[] = {
    {"Nguyễn", 384}, {"Trần", 121}, {"Lê", 95},     {"Phạm", 70}, {"Hoàng", 51}, {"Phan", 45},
    {"Vũ", 39},      {"Đặng", 21},  {"Bùi", 20},    {"Đỗ", 14},   {"Hồ", 13},    {"Ngô", 13},
    {"Dương", 10},   {"Lý", 5},     {"Rơ Châm", 6}, {"Siu", 6},   {"Kpă", 4},    {"Đinh", 12},
    {"Trịnh", 8},    {"Mai", 6},    {"Tạ", 5},      {"Lương", 7}, {"Huỳnh", 9},  {"Võ", 9},
};
static const struct weighted_name women_middle[] = {
    {"Thị", 70}, {"Thị Thu", 8}, {"Thị Ngọc", 8}, {"Thị Kim", 5}, {"Thu", 4}, {"Ngọc", 4}, {"Phương", 3}};
static const struct weighted_name women_given[] = {
    {"Hương", 9}, {"Lan", 9},    {"Hoa", 8},   {"Mai", 7},   {"Hằng", 7}, {"Hà", 7},
    {"Thủy", 7},  {"Nga", 6},    {"Linh", 6},  {"Trang", 6}, {"Yến", 5},  {"Thảo", 5},
    {"Hạnh", 5},  {"Phượng", 4}, {"Tuyết", 4}, {"Ánh", 3},   {"Bích", 3}, {"Diệu", 2},
    {"Xuân", 3},  {"Nhung", 4},  {"Oanh", 3},  {"Quỳnh", 3}, {"Vân", 5},  {"Đào", 2},
};
static const struct weighted_name men_middle[] = {{"Văn", 50}, {"Đức", 8},  {"Minh", 7}, {"Quốc", 6},
                                                  {"Hữu", 5},  {"Xuân", 5}, {"Đình", 5}, {"Thanh", 5},
                                                  {"Công", 4}, {"Bá", 2}};
static const struct weighted_name men_given[] = {
    {"Hùng", 8}, {"Dũng", 8},  {"Nam", 7},   {"Tuấn", 8},  {"Thắng", 6}, {"Hải", 6},
    {"Long", 5}, {"Bình", 5},  {"Đức", 6},   {"Minh", 6},  {"Quân", 4},  {"Sơn", 5},
    {"Tâm", 4},  {"Thành", 6}, {"Trung", 5}, {"Việt", 4},  {"Khoa", 3},  {"Phúc", 4},
    {"Lộc", 3},  {"Cường", 6}, {"Hòa", 4},   {"Nghĩa", 3}, {"Đạt", 3},   {"Ước", 1},
};
static const char *const villages[] = {"thôn Đồng Tâm", "thôn Bình Minh", "thôn Nà Lài",
                                       "làng Tơ Lang",  "làng Kon Hra",   "tổ dân phố 3",
                                       "thôn Tân Lập",  "thôn Suối Mây",  "thôn Phú Thịnh"};
static const char *const elsewhere[] = {"xã Ia Grai, tỉnh Gia Lai", "phường Pleiku, tỉnh Gia Lai",
                                        "xã Hòa Phú, tỉnh Đắk Lắk", "phường Quy Nhơn, tỉnh Gia Lai"};

static void invent_name(struct chance *c, struct citizen *out)
{
    bool woman = chance_of(c, 520);
    const char *family = pick(c, families, COUNT(families));
    const char *middle =
        woman ? pick(c, women_middle, COUNT(women_middle)) : pick(c, men_middle, COUNT(men_middle));
    const char *given =
        woman ? pick(c, women_given, COUNT(women_given)) : pick(c, men_given, COUNT(men_given));
    out->organization = chance_of(c, 25);
    const char *before = !out->organization  ? ""
                         : chance_of(c, 500) ? "Hộ kinh doanh "
                                             : "Hợp tác xã nông nghiệp ";
    snprintf(out->name, sizeof out->name, "%s%s %s %s", before, family, middle, given);
}

void demo_citizen(struct chance *c, struct citizen *out)
{
    static const char *const prefixes[] = {"090", "091", "096", "097", "098",
                                           "032", "035", "038", "070", "086"};
    invent_name(c, out);
    snprintf(out->phone, sizeof out->phone, "%s%07d", prefixes[chance_in(c, 0, 9)], chance_in(c, 0, 9999999));
    /* Twelve digits, of a province that has no such number, so that nobody's is met. */
    snprintf(out->id_number, sizeof out->id_number, "099%03d%06d", chance_in(c, 50, 399),
             chance_in(c, 0, 999999));
    out->outside = chance_of(c, 60);
    if (out->outside)
        snprintf(out->address, sizeof out->address, "%s", elsewhere[chance_in(c, 0, 3)]);
    else
        snprintf(out->address, sizeof out->address, "Số %d, %s", chance_in(c, 1, 260),
                 villages[chance_in(c, 0, (int)COUNT(villages) - 1)]);
    out->email[0] = '\0';
    if (chance_of(c, 80))
        snprintf(out->email, sizeof out->email, "congdan%05d@example.vn", chance_in(c, 0, 99999));
}
