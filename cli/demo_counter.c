#include "cli/demo_counter.h"

#include "core/wire.h"

#include <stdio.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* ---- internal processes ---- */

static struct limit days(uint32_t hundredths)
{
    return (struct limit){LIMIT_WORKING_DAYS, hundredths, LIMIT_NO_CUTOFF};
}

size_t demo_process(const struct procedure *p, struct step out[STEPS_MAX])
{
    enum { HALF = 50, SHORTEST = 300 };
    if (p->limit.kind != LIMIT_WORKING_DAYS || p->limit.hundredths < SHORTEST)
        return 0;
    out[0] = (struct step){STR("Tiếp nhận hồ sơ"), ROLE_OFFICER, days(HALF)};
    out[1] = (struct step){STR("Thẩm định hồ sơ"), ROLE_SPECIALIST, days(p->limit.hundredths - 3 * HALF)};
    out[2] = (struct step){STR("Lãnh đạo ký duyệt"), ROLE_CHIEF, days(HALF)};
    out[3] = (struct step){STR("Vào sổ, trả kết quả"), ROLE_OFFICER, days(HALF)};
    return 4;
}

/* ---- fees ---- */

void demo_take_fee(struct chance *c, const struct procedure *p, uint32_t document, struct arena *text,
                   struct command *receive)
{
    static const char *const exempt[] = {"Hộ nghèo", "Người có công với cách mạng", "Người khuyết tật",
                                         "Trẻ em dưới 16 tuổi"};
    char number[16];
    if (p->fee <= 0)
        return;
    if (chance_of(c, 60)) {
        receive->receive.fee_exempt = str_of(exempt[chance_in(c, 0, (int)COUNT(exempt) - 1)]);
        return;
    }
    snprintf(number, sizeof number, "%07u", document);
    receive->receive.fee_taken = true;
    receive->receive.fee_document = arena_str(text, str_of(number));
}

/* ---- turned away ---- */

static struct str packed(struct arena *text, const char *one, const char *other)
{
    struct buf needs = BUF_INIT;
    wire_list_add(&needs, str_of(one));
    if (other)
        wire_list_add(&needs, str_of(other));
    struct str kept = arena_str(text, buf_str(&needs));
    buf_release(&needs);
    return kept;
}

void demo_turn_away(struct chance *c, const char *procedure, const struct citizen *who, struct arena *text,
                    struct command *out)
{
    static const char *const needs[] = {"Bản chính giấy tờ để đối chiếu",
                                        "Tờ khai theo mẫu, có chữ ký của người yêu cầu",
                                        "Căn cước hoặc hộ chiếu còn giá trị sử dụng",
                                        "Giấy tờ chứng minh nơi cư trú", "Văn bản ủy quyền có chứng thực"};
    static const char *const reasons[] = {"Không thuộc thẩm quyền giải quyết của Ủy ban nhân dân xã",
                                          "Giấy tờ đã bị tẩy xóa, sửa chữa, không đủ điều kiện chứng thực",
                                          "Thửa đất đang có tranh chấp, Tòa án đã thụ lý"};
    *out = (struct command){.kind = COMMAND_TURN_AWAY, .at = NO_TIME};
    out->turn_away.procedure = str_of(procedure);
    out->turn_away.applicant = (struct applicant){
        .name = arena_str(text, str_of(who->name)),
        .phone = arena_str(text, str_of(who->phone)),
        .address = arena_str(text, str_of(who->address)),
        .organization = who->organization,
        .outside = who->outside,
    };
    out->turn_away.refused = chance_of(c, 300);
    if (out->turn_away.refused) {
        out->turn_away.reason = str_of(reasons[chance_in(c, 0, (int)COUNT(reasons) - 1)]);
        return;
    }
    int first = chance_in(c, 0, (int)COUNT(needs) - 1);
    const char *second = chance_of(c, 350) ? needs[(first + 1) % (int)COUNT(needs)] : NULL;
    out->turn_away.reason = STR("Thành phần hồ sơ chưa đầy đủ theo quy định");
    out->turn_away.needs = packed(text, needs[first], second);
}

/* ---- why something is late ---- */

enum { EXCUSE_SHIFT = 4, CATEGORY_MASK = (1 << EXCUSE_SHIFT) - 1 };

uint8_t demo_late_reason(struct chance *c, int specialist)
{
    static const uint8_t usual[DEMO_OFFICERS][3] = {
        [DEMO_CIVIL_STATUS] = {LATE_COMPLEX, LATE_SYSTEM, LATE_STAFF},
        [DEMO_LAND] = {LATE_UNIT, LATE_COMPLEX, LATE_OFFICER},
        [DEMO_SOCIAL] = {LATE_COMPLEX, LATE_LOAD, LATE_STAFF},
        [DEMO_RESIDENCE] = {LATE_APPLICANT, LATE_SYSTEM, LATE_OFFICER},
    };
    if (!chance_of(c, 650))
        return 0;
    return specialist < 0 ? LATE_LOAD : usual[specialist][chance_in(c, 0, 2)];
}

uint8_t demo_excuse(struct chance *c)
{
    if (!chance_of(c, 600))
        return 0;
    return (uint8_t)((chance_of(c, 600) ? EXCUSE_GOOD : EXCUSE_NOT_GOOD) << EXCUSE_SHIFT);
}

void demo_say_late(uint8_t text, struct command *out)
{
    static const char *const reasons[LATE_CATEGORIES] = {
        [LATE_COMPLEX] = "Phải xác minh tại nơi cư trú trước đây, chờ văn bản trả lời",
        [LATE_UNIT] = "Chi nhánh Văn phòng Đăng ký đất đai trả kết quả đo đạc chậm",
        [LATE_APPLICANT] = "Không liên hệ được với người nộp để đối chiếu thông tin",
        [LATE_SYSTEM] = "Phần mềm chuyên ngành gián đoạn nhiều ngày",
        [LATE_STAFF] = "Công chức thụ lý nghỉ ốm, chưa có người thay",
        [LATE_LOAD] = "Hồ sơ tăng đột biến trong tuần",
        [LATE_OFFICER] = "Công chức thụ lý để sót hồ sơ",
        [LATE_OTHER] = "Trụ sở phải di dời do sửa chữa",
    };
    out->late_reason.category = text & CATEGORY_MASK;
    out->late_reason.excuse = text >> EXCUSE_SHIFT;
    if (out->late_reason.category != LATE_UNSAID)
        out->late_reason.reason = str_of(reasons[out->late_reason.category]);
}
