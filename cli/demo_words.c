/* What the invented people of the demo wrote: reasons, needs, notes. */
#include "cli/demo_counter.h"
#include "cli/demo_life.h"
#include "core/wire.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const char *apology_reason(int which)
{
    static const char *const reasons[] = {
        "Chờ kết quả xác minh của công an nơi thường trú trước đây",
        "Hồ sơ phức tạp, cần lấy thêm ý kiến của cơ quan chuyên môn cấp tỉnh",
        "Hệ thống đăng ký hộ tịch điện tử gián đoạn, chưa tra cứu được dữ liệu",
        "Công chức thụ lý được cử tham gia phòng, chống bão lũ",
        "Chưa thống nhất được kết quả đo đạc ngoài thực địa",
        "Chờ cơ quan thuế xác định nghĩa vụ tài chính",
    };
    return reasons[(size_t)which % COUNT(reasons)];
}

static const char *refusal_reason(int which)
{
    static const char *const reasons[] = {
        "Không thuộc thẩm quyền giải quyết của Ủy ban nhân dân xã",
        "Thông tin kê khai không khớp với Cơ sở dữ liệu quốc gia về dân cư",
        "Thửa đất đang có tranh chấp, chưa đủ điều kiện giải quyết",
        "Quá thời hạn yêu cầu mà người nộp không bổ sung hồ sơ",
    };
    return reasons[(size_t)which % COUNT(reasons)];
}

/* What is missing, as a packed list of one: a length byte would do, but core/wire says how. */
struct missing {
    const char *reason, *need;
};

static const struct missing *missing_of(int specialist, int which)
{
    static const struct missing table[][3] = {
        [DEMO_CIVIL_STATUS] = {{"Tờ khai chưa đầy đủ thông tin",
                                "Tờ khai theo mẫu, ghi đủ nơi cư trú trước đây"},
                               {"Thiếu giấy tờ chứng minh nơi cư trú", "Giấy xác nhận thông tin về cư trú"},
                               {"Giấy tờ kèm theo đã hết giá trị",
                                "Bản sao giấy tờ tùy thân còn giá trị sử dụng"}},
        [DEMO_LAND] = {{"Thiếu bản vẽ tách thửa", "Bản vẽ tách thửa có xác nhận của đơn vị đo đạc"},
                       {"Thiếu chữ ký của người liền kề", "Biên bản xác nhận ranh giới có đủ chữ ký"},
                       {"Đơn đăng ký chưa đúng mẫu", "Đơn đăng ký biến động theo mẫu hiện hành"}},
        [DEMO_SOCIAL] = {{"Thiếu hồ sơ bệnh án", "Giấy ra viện hoặc tóm tắt hồ sơ bệnh án"},
                         {"Tờ khai chưa có xác nhận", "Tờ khai có xác nhận của trưởng thôn"},
                         {"Thiếu số tài khoản nhận trợ cấp",
                          "Bản chụp thẻ hoặc xác nhận tài khoản ngân hàng"}},
        [DEMO_RESIDENCE] = {{"Thiếu giấy tờ chứng minh chỗ ở hợp pháp", "Hợp đồng thuê, mượn nhà ở"},
                            {"Chưa có ý kiến của chủ hộ", "Tờ khai CT01 có chữ ký của chủ hộ"},
                            {"Thông tin kê khai không khớp", "Tờ khai CT01 điều chỉnh theo căn cước"}},
    };
    return &table[specialist][(size_t)which % 3];
}

static const struct change *mended(int which)
{
    static const struct change changes[] = {
        {CORRECT_PHONE, STR("0905000777")},
        {CORRECT_ADDRESS, STR("Thôn Suối Mây 2, xã Suối Mây")},
        {CORRECT_NOTE, STR("Nhận kết quả thay: con trai chủ hồ sơ")},
    };
    return &changes[(size_t)which % COUNT(changes)];
}

void demo_say(const struct life_step *step, const struct life *life, struct command *out)
{
    switch (out->kind) {
    case COMMAND_TRANSFER:
        if (step->to == DEMO_OUTSIDE_UNIT) {
            out->transfer.unit = STR("Chi nhánh Văn phòng Đăng ký đất đai khu vực 3");
            out->transfer.note = STR("Đo đạc, trích lục bản đồ địa chính");
        } else {
            out->transfer.to = demo_officers[step->to].login;
        }
        break;
    case COMMAND_APOLOGIZE:
        out->apologize.reason = str_of(apology_reason(step->text));
        out->apologize.until = step->until;
        out->apologize.signer = demo_officers[DEMO_CHIEF].name;
        break;
    case COMMAND_SUPPLEMENT:
        out->supplement.insist = step->by == DEMO_CHIEF;
        out->supplement.reason = str_of(missing_of(life->specialist, step->text)->reason);
        break;
    case COMMAND_AWAIT_PAYMENT:
        out->resume.note = STR("Thông báo nộp lệ phí trước bạ, thuế thu nhập cá nhân");
        break;
    case COMMAND_PAID: out->resume.within = (struct limit){LIMIT_WORKING_DAYS, 500, LIMIT_NO_CUTOFF}; break;
    case COMMAND_REFUSE: out->end.reason = str_of(refusal_reason(step->text)); break;
    case COMMAND_STOP:
    case COMMAND_WITHDRAW: out->end.reason = STR("Người nộp đề nghị vì chưa có nhu cầu giải quyết"); break;
    case COMMAND_VOID: out->end.reason = STR("Ghi trùng hồ sơ đã tiếp nhận"); break;
    case COMMAND_UNDO: out->end.reason = STR("Bấm nhầm sang hồ sơ khác"); break;
    case COMMAND_CORRECT:
        out->correct.reason = STR("Gõ nhầm khi tiếp nhận");
        out->correct.change = mended(step->text);
        out->correct.count = 1;
        break;
    case COMMAND_FEE: out->fee.amount = life->fee; break;
    case COMMAND_LATE_REASON: demo_say_late(step->text, out); break;
    case COMMAND_RATE: out->rate.stars = step->text; break;
    case COMMAND_RESOLVE: out->resolve.digitized = step->text == 0; break;
    default: break;
    }
}

void demo_need(struct buf *out, const struct life_step *step, const struct life *life)
{
    wire_list_add(out, str_of(missing_of(life->specialist, step->text)->need));
}
