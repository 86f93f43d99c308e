/* What the prescribed papers say: tests/slips/ has each of both sets in both languages, to be read; here
 * stand the rules. */
#include "core/slip.h"

#include "core/wire.h"
#include "tests/desk_world.h"
#include "tests/document_text.h"
#include "tests/pty.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* ---- a desk with everything set, and a dossier with everything filled in ---- */

static void set(struct world *w, const char *key, const char *value)
{
    const char *before = w->login;
    w->login = "admin";
    struct command c = {.kind = COMMAND_SETTING_PUT, .at = NO_TIME};
    c.setting.key = str_of(key);
    c.setting.value = str_of(value);
    struct outcome o = world_ask(w, c);
    w->login = before;
    assert_int_equal(o.kind, KIND_done);
}

static void name_officer(struct world *w, const char *login, const char *name, const char *unit,
                         enum role role)
{
    const char *before = w->login;
    w->login = "admin";
    struct command c = {.kind = COMMAND_OFFICER_PUT, .at = NO_TIME};
    c.officer =
        (struct officer){.login = str_of(login), .name = str_of(name), .unit = str_of(unit), .role = role};
    struct outcome o = world_ask(w, c);
    w->login = before;
    assert_int_equal(o.kind, KIND_done);
}

static void desk(struct world *w)
{
    world_init(w);
    name_officer(w, "huong", "Trần Thu Hương", "Bộ phận Một cửa", ROLE_OFFICER);
    name_officer(w, "nam", "Lê Văn Nam", "Tư pháp - Hộ tịch", ROLE_SPECIALIST);
    set(w, "desk.address", "thôn 1, xã Thử, tỉnh Gia Lai");
    set(w, "desk.phone", "0269 3 456 789");
}

static struct str components(struct buf *list)
{
    wire_list_add(list, STR("Tờ khai (bản chính)"));
    wire_list_add(list, STR("Căn cước công dân (bản chụp)"));
    return buf_str(list);
}

static void receive_for(struct world *w, const char *at, bool organization)
{
    struct buf list = BUF_INIT;
    struct command c = {.kind = COMMAND_RECEIVE, .at = world_time(at)};
    c.receive.procedure = STR("1.001");
    c.receive.applicant = (struct applicant){.name = STR("Nguyễn Thị Hoa"),
                                             .id_number = STR("064190001234"),
                                             .phone = STR("0912345678"),
                                             .email = STR("hoa@example.vn"),
                                             .address = STR("thôn 2, xã Thử"),
                                             .organization = organization};
    if (!organization)
        c.receive.submitter = STR("Nguyễn Văn Bình");
    c.receive.authority = STR("Giấy ủy quyền số 12");
    c.receive.components = components(&list);
    c.receive.sets = 2;
    c.receive.fee = 20000;
    c.receive.submitted = NO_TIME;
    c.receive.note = STR("Nộp kèm ảnh");
    const char *before = w->login;
    w->login = "chief"; /* may date back */
    struct outcome o = world_ask_at(w, at, c);
    w->login = before;
    buf_release(&list);
    assert_int_equal(o.kind, KIND_done);
}

static void receive(struct world *w, const char *at)
{
    receive_for(w, at, false);
}

static void act(struct world *w, const char *login, const char *at, struct command c)
{
    const char *before = w->login;
    w->login = login;
    struct outcome o = world_ask_at(w, at, c);
    w->login = before;
    if (!outcome_ok(&o))
        fail_msg("%s", outcome_kind_name(o.kind));
}

/* ---- a slip as text ---- */

static struct outcome write_slip(const struct world *w, enum slip slip, enum lang lang, struct document *d)
{
    const struct procedure marriage = {.code = STR("1.001"), .name = STR("Xác nhận tình trạng hôn nhân")};
    const struct slip_source from = {
        .office = w->office,
        .dossier = &w->dossier,
        .procedure = &marriage,
        .event = w->history,
        .events = w->events,
        .now = civil_from_utc(w->now, 7 * 60),
        .lang = lang,
    };
    return slip_write(slip, &from, d);
}

static char *say(const struct world *w, enum slip slip, enum lang lang)
{
    static char text[1 << 16];
    struct document d;
    struct buf out = BUF_INIT;
    struct outcome o = write_slip(w, slip, lang, &d);
    assert_int_equal(o.kind, KIND_done);
    assert_false(d.failed);
    document_print(&out, &d);
    assert_true(out.n && out.n < sizeof text);
    memcpy(text, out.p, out.n + 1);
    buf_release(&out);
    document_release(&d);
    return text;
}

static void must_say(const char *text, const char *line)
{
    if (!strstr(text, line))
        fail_msg("\"%s\" is not said in:\n%s", line, text);
}

static void must_not_say(const char *text, const char *line)
{
    if (strstr(text, line))
        fail_msg("\"%s\" is said in:\n%s", line, text);
}

static void both(const struct world *w, enum slip slip, const char *name)
{
    for (enum lang lang = LANG_VI; lang <= LANG_EN; lang++) {
        char file[80];
        snprintf(file, sizeof file, "../slips/%s_%s", name, lang_name(lang));
        golden(file, say(w, slip, lang));
    }
}

static void refused(const struct world *w, enum slip slip, const char *why)
{
    struct document d;
    struct buf out = BUF_INIT;
    struct outcome o = write_slip(w, slip, LANG_VI, &d);
    assert_int_equal(o.kind, KIND_no_such_slip);
    outcome_message(&out, LANG_VI, &o);
    must_say(out.p, why);
    must_say(out.p, lang_text(LANG_VI, slip_word(slip)));
    buf_release(&out);
    document_release(&d);
}

/* ---- the receipt ---- */

static void a_receipt_says_everything(void **state)
{
    (void)state;
    struct world w;
    desk(&w);
    receive(&w, "2026-11-16T09:30");
    both(&w, SLIP_RECEIPT, "receipt_2025");
    const char *text = say(&w, SLIP_RECEIPT, LANG_VI);
    must_say(text, "HEAD left: UBND XÃ THỬ\n");
    must_say(text, "HEAD left: TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG\n");
    must_say(text, "HEAD left: Số: 01/TNHS\n");
    must_say(text,
             "HEAD right: CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHEAD right: Độc lập - Tự do - Hạnh phúc\n");
    must_say(text, "HEAD right: ……, ngày 16 tháng 11 năm 2026\n"); /* no place is set */
    must_say(text,
             "TITLE: GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ\nunder it: Mã hồ sơ: H42.26.21-261116-0001\n");
    must_say(text, "Tiếp nhận hồ sơ của: Nguyễn Thị Hoa\n");
    must_say(text, "Số định danh: 064190001234; điện thoại: 0912345678\n"); /* one line */
    must_say(text, "Địa chỉ: thôn 2, xã Thử\n");
    must_say(text, "Thư điện tử: hoa@example.vn\n");
    must_say(text, "Người nộp hồ sơ: Nguyễn Văn Bình\nGiấy tờ ủy quyền, đại diện: Giấy ủy quyền số 12\n");
    must_say(text, "QR: H42.26.21-261116-0001\n");
    must_say(text, "Xác nhận tình trạng hôn nhân (mã thủ tục 1.001)\n");
    must_say(text, "   1. Tờ khai (bản chính)\n   2. Căn cước công dân (bản chụp)\n");
    must_say(text, "Số lượng hồ sơ: 2 bộ\n");
    must_say(text, "theo quy định: 3 ngày làm việc\n");
    must_say(text, "Thời gian nhận hồ sơ: 09 giờ 30 phút, ngày 16 tháng 11 năm 2026\n");
    must_say(text, "trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 19 tháng 11 năm 2026\n");
    must_say(text, "nhận kết quả tại: Trung tâm Phục vụ hành chính công, thôn 1, xã Thử, tỉnh Gia Lai\n");
    must_say(text, "Phí, lệ phí: 20.000 đồng (chưa thu)\n");
    must_say(text, "quyển số: 2026; số thứ tự: 1.");
    must_not_say(text, "Nộp kèm ảnh"); /* the officers' own note: not for whoever takes the paper home */
    must_say(text, "NGƯỜI NỘP HỒ SƠ (Ký và ghi rõ họ tên) Nguyễn Văn Bình\n");
    must_say(text, "NGƯỜI TIẾP NHẬN HỒ SƠ (Ký và ghi rõ họ tên)");
    must_not_say(text, "Ngày hẹn trả hiện nay");
    world_release(&w);
}

static void what_is_not_known_is_left_open(void **state)
{
    (void)state;
    struct world w;
    world_init(&w);
    struct outcome o = world_receive(&w, "1.001", "2026-01-05T08:05");
    assert_int_equal(o.kind, KIND_done);
    const char *text = say(&w, SLIP_RECEIPT, LANG_VI);
    must_say(text, "Số định danh (giấy tờ tùy thân): ……\nSố điện thoại: ……\nĐịa chỉ: ……\n");
    must_say(text, "1. Thành phần hồ sơ nộp gồm: ……\n");
    must_say(text, "Phí, lệ phí: ……\n");
    must_not_say(text, "Thư điện tử");
    must_not_say(text, "Người nộp hồ sơ");
    must_say(text, "08 giờ 05 phút, ngày 05 tháng 01 năm 2026"); /* Decree 30/2020: 05, 01 */
    must_say(text, "NGƯỜI NỘP HỒ SƠ (Ký và ghi rõ họ tên) Nguyễn Thị Hương\n");
    world_release(&w);
}

/* Both dates stand on a receipt that is printed again, and why. */
static void a_moved_date_is_told(void **state)
{
    (void)state;
    struct world w;
    desk(&w);
    receive(&w, "2026-11-16T09:30");
    act(&w, "huong", "2026-11-17T08:00", ask_apologize("Phải xác minh", "2026-11-27", NULL));
    const char *text = say(&w, SLIP_RECEIPT, LANG_VI);
    must_say(text, "trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 19 tháng 11 năm 2026\n");
    must_say(
        text,
        "Ngày hẹn trả hiện nay: 17 giờ 00 phút, ngày 27 tháng 11 năm 2026 (Phiếu xin lỗi số 01/PXL, ngày 17 "
        "tháng 11 năm 2026)\n");
    act(&w, "chief", "2026-11-17T09:00", ask_end(COMMAND_UNDO, "Nhầm hồ sơ", NULL));
    must_not_say(say(&w, SLIP_RECEIPT, LANG_VI), "Ngày hẹn trả hiện nay");
    act(&w, "huong", "2026-11-17T10:00", ask_supplement(NULL));
    text = say(&w, SLIP_RECEIPT, LANG_VI);
    must_say(text, "(bold) Hồ sơ đang chờ bổ sung từ ngày 17 tháng 11 năm 2026");
    act(&w, "huong", "2026-11-18T10:00", ask_restart(NULL));
    text = say(&w, SLIP_RECEIPT, LANG_VI);
    must_say(text,
             "Ngày hẹn trả hiện nay: 17 giờ 00 phút, ngày 23 tháng 11 năm 2026 (thời hạn tính lại từ đầu");
    must_not_say(text, "đang chờ bổ sung");
    world_move_due(&w, "2026-11-25T17:00", "2026-11-25T17:00");
    must_say(say(&w, SLIP_RECEIPT, LANG_VI),
             "ngày 25 tháng 11 năm 2026 (do thay đổi ngày nghỉ, giờ làm việc)");
    world_release(&w);
}

/* A correction mends what was typed: that is the date that was meant. */
static void a_corrected_receipt_is_as_it_should_have_been(void **state)
{
    (void)state;
    struct world w;
    desk(&w);
    receive(&w, "2026-11-16T09:30");
    act(&w, "chief", "2026-11-16T10:00", ask_correct({CORRECT_LIMIT, STR("5 working_days")}));
    const char *text = say(&w, SLIP_RECEIPT, LANG_VI);
    must_say(text, "theo quy định: 5 ngày làm việc\n");
    must_say(text, "trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 23 tháng 11 năm 2026\n");
    must_not_say(text, "Ngày hẹn trả hiện nay");
    world_release(&w);
}

static void fees(struct world *w, struct command fee, const char *expected)
{
    act(w, "huong", "2026-11-17T08:00", fee);
    must_say(say(w, SLIP_RECEIPT, LANG_VI), expected);
}

static void a_fee_is_paid_in_part_or_exempt(void **state)
{
    (void)state;
    struct world w;
    desk(&w);
    receive(&w, "2026-11-16T09:30");
    struct command pay = {.kind = COMMAND_FEE, .at = NO_TIME};
    pay.fee.amount = 5000;
    fees(&w, pay, "Phí, lệ phí: 20.000 đồng (đã thu 5.000 đồng)\n");
    pay.fee.amount = 15000;
    fees(&w, pay, "Phí, lệ phí: 20.000 đồng (đã thu)\n");
    pay.fee.amount = -20000;
    pay.fee.reason = STR("Thu nhầm");
    fees(&w, pay, "Phí, lệ phí: 20.000 đồng (chưa thu)\n");
    pay.fee.amount = 0;
    pay.fee.exempt = true;
    pay.fee.reason = STR("Hộ nghèo");
    fees(&w, pay, "Phí, lệ phí: Được miễn (Hộ nghèo)\n");
    world_release(&w);
}

static void the_receipts_for_the_money_are_named(void **state)
{
    (void)state;
    struct world w;
    desk(&w);
    receive(&w, "2026-11-16T09:30");
    struct command pay = {.kind = COMMAND_FEE, .at = NO_TIME};
    pay.fee.amount = 5000;
    pay.fee.document = STR("0000123");
    fees(&w, pay, "Phí, lệ phí: 20.000 đồng (đã thu 5.000 đồng, biên lai số 0000123)\n");
    pay.fee.amount = 15000;
    pay.fee.document = STR("0000124");
    fees(&w, pay, "Phí, lệ phí: 20.000 đồng (đã thu, biên lai số 0000123; 0000124)\n");
    act(&w, "chief", "2026-11-17T09:00", ask_end(COMMAND_UNDO, "Nhầm", NULL));
    must_say(say(&w, SLIP_RECEIPT, LANG_VI), "(đã thu 5.000 đồng, biên lai số 0000123)\n");
    world_release(&w);
}

/* ---- the sets ---- */

static void the_day_of_receipt_chooses_the_set(void **state)
{
    (void)state;
    struct world w;
    desk(&w);
    receive(&w, "2025-06-30T09:30");
    act(&w, "huong", "2025-07-01T08:00", ask_apologize("Phải xác minh", "2025-07-08", NULL));
    both(&w, SLIP_RECEIPT, "receipt_2018");
    both(&w, SLIP_APOLOGY, "apology_2018");
    const char *text = say(&w, SLIP_APOLOGY, LANG_VI);
    must_say(text, "TITLE: PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ\n");
    must_say(text, "FOOT: Mẫu số 04 · ");
    must_say(say(&w, SLIP_CONTROL, LANG_VI), "FOOT: Mẫu số 05 · ");
    set(&w, "forms.from", "2025-06-01");
    text = say(&w, SLIP_APOLOGY, LANG_VI);
    must_say(text, "TITLE: PHIẾU XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT\n");
    must_say(say(&w, SLIP_CONTROL, LANG_VI), "FOOT: Mẫu số 06 · ");
    world_release(&w);
}

static void an_office_may_call_its_papers_otherwise(void **state)
{
    (void)state;
    struct world w;
    desk(&w);
    set(&w, "form.2025.receipt", "M1;  Biên nhận hồ sơ ;BN");
    set(&w, "signer.title", "CHỦ TỊCH");
    set(&w, "signer.name", "Phạm Quốc Chủ");
    receive(&w, "2026-11-16T09:30");
    for (enum lang lang = LANG_VI; lang <= LANG_EN; lang++) {
        const char *text = say(&w, SLIP_RECEIPT, lang);
        must_say(text, "TITLE: BIÊN NHẬN HỒ SƠ\n"); /* its own, whatever the language */
        must_say(text, "01/BN\n");
    }
    act(&w, "huong", "2026-11-17T08:00", ask_apologize("Phải xác minh", "2026-11-27", NULL));
    must_say(say(&w, SLIP_APOLOGY, LANG_VI), "CHỦ TỊCH (Ký, ghi rõ họ tên và đóng dấu) Phạm Quốc Chủ\n");
    must_say(say(&w, SLIP_APOLOGY, LANG_EN), "TITLE: LETTER OF APOLOGY ASKING FOR MORE TIME\n");
    set(&w, "form.2025.receipt", "01; Giấy hẹn"); /* a form without a symbol */
    must_say(say(&w, SLIP_RECEIPT, LANG_VI), "HEAD left: Số: 01\n");
    set(&w, "form.2025.apology", "04; Phiếu xin lỗi; PXL/UBND"); /* Decree 30: the stroke is the number's */
    must_say(say(&w, SLIP_APOLOGY, LANG_VI), "HEAD left: Số: 01/PXL-UBND\n");
    world_release(&w);
}

/* The Vietnamese titles of the table are the defaults of the settings. */
static void titles_are_the_settings_defaults(void **state)
{
    (void)state;
    struct world w;
    world_init(&w);
    const civil_day days[] = {civil_from_ymd(2025, 6, 30), civil_from_ymd(2025, 7, 1)};
    static const char *const numbers[2][SLIP_KINDS] = {{"01", "02", "03", "04", "", "05", "06"},
                                                       {"01", "02", "03", "04", "05", "06", "07"}};
    for (size_t s = 0; s < 2; s++)
        for (enum slip slip = SLIP_RECEIPT; slip < SLIP_KINDS; slip++) {
            struct slip_form set_ = slip_form(w.office, slip, days[s]);
            struct slip_form vi = slip_form_in(w.office, slip, days[s], LANG_VI);
            struct slip_form en = slip_form_in(w.office, slip, days[s], LANG_EN);
            assert_true(str_eq(set_.title, vi.title));
            assert_true(str_eq(set_.number, str_of(numbers[s][slip])));
            assert_true(!set_.title.n || !str_eq(set_.title, en.title));
            enum slip read;
            assert_true(slip_parse(str_of(slip_name(slip)), &read) && read == slip);
        }
    world_release(&w);
}

/* ---- 02, 03, 04, 05 ---- */

static void a_supplement_says_what_and_why(void **state)
{
    (void)state;
    struct world w;
    desk(&w);
    receive(&w, "2026-11-16T09:30");
    refused(&w, SLIP_SUPPLEMENT, "chưa được yêu cầu bổ sung");
    act(&w, "nam", "2026-11-17T08:00", ask_supplement(NULL));
    both(&w, SLIP_SUPPLEMENT, "supplement_2025");
    const char *text = say(&w, SLIP_SUPPLEMENT, LANG_VI);
    must_say(text, "HEAD left: Số: 01/HDHS\n");
    must_say(text, "HEAD right: ……, ngày 17 tháng 11 năm 2026\n");
    must_say(text, "   1. Bia do.\n");
    must_say(text, "Lý do: Thiếu giấy tờ\n");
    must_say(text, "liên hệ với Lê Văn Nam, ");
    must_say(text, "số điện thoại 0269 3 456 789 ");
    must_say(text, "NGƯỜI HƯỚNG DẪN (Ký và ghi rõ họ tên) Lê Văn Nam\n");
    act(&w, "chief", "2026-11-17T09:00", ask_end(COMMAND_UNDO, "Nhầm", NULL));
    refused(&w, SLIP_SUPPLEMENT, "chưa được yêu cầu bổ sung");
    world_release(&w);
}

/* The last request is the one that is in the applicant's hands. */
static void the_last_supplement_is_printed(void **state)
{
    (void)state;
    struct world w;
    desk(&w);
    receive(&w, "2026-11-16T09:30");
    act(&w, "huong", "2026-11-17T08:00", ask_supplement(NULL));
    act(&w, "huong", "2026-11-17T10:00", ask_restart(NULL));
    struct command again = ask_insist(NULL);
    again.supplement.reason = STR("Thiếu nữa");
    act(&w, "chief", "2026-11-18T08:00", again);
    const char *text = say(&w, SLIP_SUPPLEMENT, LANG_VI);
    must_say(text, "Lý do: Thiếu nữa\n");
    must_say(text, "HEAD left: Số: 02/HDHS\n");
    world_release(&w);
}

static void a_refusal_is_signed_by_both(void **state)
{
    (void)state;
    struct world w;
    desk(&w);
    receive(&w, "2026-11-16T09:30");
    refused(&w, SLIP_REFUSAL, "không bị từ chối");
    act(&w, "huong", "2026-11-18T08:00", ask_refuse("Không thuộc thẩm quyền", NULL));
    both(&w, SLIP_REFUSAL, "refusal_2025");
    const char *text = say(&w, SLIP_REFUSAL, LANG_VI);
    must_say(text, "HEAD left: Số: 01/TCHS\n");
    must_say(text, "Lý do: Không thuộc thẩm quyền\n");
    must_say(text, "NGƯỜI NỘP HỒ SƠ (Ký và ghi rõ họ tên) Nguyễn Văn Bình\n");
    must_say(text, "NGƯỜI TIẾP NHẬN HỒ SƠ (Ký và ghi rõ họ tên) Trần Thu Hương\n");
    refused(&w, SLIP_STOP, "không dừng giải quyết");
    world_release(&w);
}

static void a_letter_says_both_dates(void **state)
{
    (void)state;
    struct world w;
    desk(&w);
    receive(&w, "2026-11-16T09:30");
    refused(&w, SLIP_APOLOGY, "chưa có phiếu xin lỗi");
    struct command letter = ask_apologize("Phải xác minh tại nơi cư trú trước đây", "2026-11-27T10:15", NULL);
    letter.apologize.signer = STR("Đỗ Thị Trưởng");
    letter.apologize.unit = STR("Phòng Văn hóa - Xã hội");
    act(&w, "huong", "2026-11-18T08:00", letter);
    both(&w, SLIP_APOLOGY, "apology_2025");
    const char *text = say(&w, SLIP_APOLOGY, LANG_VI);
    must_say(text, "HEAD left: UBND XÃ THỬ\nHEAD left: PHÒNG VĂN HÓA - XÃ HỘI\nHEAD left: Số: 01/PXL\n");
    must_say(text, "(bold) (centre) Kính gửi: Nguyễn Thị Hoa\n");
    must_say(text, "Vào ngày 16 tháng 11 năm 2026, ");
    must_say(text, "Mã hồ sơ: H42.26.21-261116-0001\n");
    must_say(text, "Thời gian hẹn trả kết quả: 17 giờ 00 phút, ngày 19 tháng 11 năm 2026\n");
    must_say(text, "chưa giải quyết xong");
    must_say(text, "Lý do: Phải xác minh tại nơi cư trú trước đây\n");
    must_say(text, "xin lỗi Ông/Bà, đề nghị gia hạn");
    must_say(text, "Thời gian trả kết quả mới: 10 giờ 15 phút, ngày 27 tháng 11 năm 2026\n");
    must_say(text, "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ (Ký, ghi rõ họ tên và đóng dấu) Đỗ Thị Trưởng\n");
    world_release(&w);
}

/* For a dossier solved late there is nothing left to promise. */
static void a_letter_after_the_result_promises_nothing(void **state)
{
    (void)state;
    struct world w;
    desk(&w);
    receive(&w, "2026-11-09T09:30");
    act(&w, "huong", "2026-11-18T08:00", ask_resolve(NULL));
    act(&w, "huong", "2026-11-18T09:00", ask_apologize("Mất điện", NULL, NULL));
    const char *text = say(&w, SLIP_APOLOGY, LANG_VI);
    must_say(text, "đã giải quyết xong hồ sơ chậm hơn thời hạn");
    must_say(text, "kính mời Ông/Bà đến nhận tại Trung tâm Phục vụ hành chính công, thôn 1");
    must_not_say(text, "Thời gian trả kết quả mới");
    must_not_say(text, "chưa giải quyết xong");
    world_release(&w);
}

static void a_stop_is_of_2025_alone(void **state)
{
    (void)state;
    struct world w;
    desk(&w);
    receive(&w, "2026-11-16T09:30");
    act(&w, "huong", "2026-11-18T08:00", ask_end(COMMAND_STOP, "Gia đình tự thỏa thuận", NULL));
    both(&w, SLIP_STOP, "stop_2025");
    const char *text = say(&w, SLIP_STOP, LANG_VI);
    must_say(text, "TITLE: THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ\n");
    must_say(text, "HEAD left: Số: 01/TBDHS\n");
    must_say(text, "Điều 21 Nghị định 118/2025/NĐ-CP");
    must_say(text, "kể từ 08 giờ 00 phút, ngày 18 tháng 11 năm 2026:");
    must_say(text, "Lý do: Gia đình tự thỏa thuận\n");
    set(&w, "forms.from", "2026-11-17"); /* now its set is the one of 2018, which has none */
    refused(&w, SLIP_STOP, "forms.from");
    world_release(&w);
}

static void an_organisation_is_not_a_person(void **state)
{
    (void)state;
    struct world w;
    desk(&w);
    receive_for(&w, "2026-11-16T09:30", true);
    const char *text = say(&w, SLIP_RECEIPT, LANG_VI);
    must_say(text, "Mã số thuế: 064190001234; điện thoại: 0912345678\n");
    must_say(text, "SIGNS 1: NGƯỜI NỘP HỒ SƠ (Ký và ghi rõ họ tên)\n"); /* who stands there signs */
    act(&w, "huong", "2026-11-17T08:00", ask_apologize("Phải xác minh", "2026-11-27", NULL));
    must_say(say(&w, SLIP_APOLOGY, LANG_VI), "xin lỗi Quý cơ quan, tổ chức");
    world_release(&w);
}

static void a_void_record_has_no_slips(void **state)
{
    (void)state;
    struct world w;
    desk(&w);
    receive(&w, "2026-11-16T09:30");
    act(&w, "chief", "2026-11-16T10:00", ask_end(COMMAND_VOID, "Ghi nhầm", NULL));
    for (enum slip slip = SLIP_RECEIPT; slip < SLIP_REGISTER; slip++)
        refused(&w, slip, "đã hủy");
    refused(&w, SLIP_REGISTER, "đã hủy");
    world_release(&w);
}

/* ---- the control slip ---- */

static void every_handover_has_its_row(void **state)
{
    (void)state;
    struct world w;
    desk(&w);
    static const struct step steps[] = {
        {STR("Tiếp nhận"), ROLE_OFFICER, {LIMIT_WORKING_DAYS, 150, LIMIT_NO_CUTOFF}},
        {STR("Thẩm định"), ROLE_SPECIALIST, {LIMIT_WORKING_DAYS, 50, LIMIT_NO_CUTOFF}},
        {STR("Ký duyệt"), ROLE_CHIEF, {LIMIT_WORKING_DAYS, 50, LIMIT_NO_CUTOFF}},
    };
    struct command process = {.kind = COMMAND_STEPS_PUT, .at = NO_TIME};
    process.steps.procedure = STR("1.001");
    process.steps.step = steps;
    process.steps.count = 3;
    act(&w, "admin", "2026-11-16T08:00", process);
    receive(&w, "2026-11-16T09:30");
    act(&w, "huong", "2026-11-16T10:00", ask_transfer("nam", NULL)); /* early: by the 17th, 15:30 */
    act(&w, "nam", "2026-11-18T10:00", ask_transfer("chief", NULL)); /* late: by 16:00 of the 16th */
    world_set_now(&w, "2026-11-18T12:00");
    both(&w, SLIP_CONTROL, "control_2025");
    const char *text = say(&w, SLIP_CONTROL, LANG_VI);
    must_say(text, "TITLE: PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ\n");
    must_say(text, "| 1. Giao: Nguyễn Văn Bình / 2. Nhận: ");
    must_say(text, "10 giờ 00 phút, ngày 16 tháng 11 năm 2026 | Trước hạn |");
    must_say(text, "2. Nhận: Lê Văn Nam (Tư pháp - Hộ tịch) |");
    must_say(text, "10 giờ 00 phút, ngày 18 tháng 11 năm 2026 | Quá hạn ");
    must_say(text, "Bước: Thẩm định / Thời hạn: 0,5 ngày làm việc, đến ");
    must_say(text, "Đang giải quyết: chief");
    must_not_say(text, "Tại ngày hẹn trả"); /* not late yet */
    world_set_now(&w, "2026-11-23T08:00");
    must_say(say(&w, SLIP_CONTROL, LANG_VI),
             "Tại ngày hẹn trả (19/11/2026), hồ sơ do chief (Một cửa) giải quyết.");
    act(&w, "chief", "2026-11-23T09:00", ask_resolve(NULL));
    text = say(&w, SLIP_CONTROL, LANG_VI);
    must_say(text, "Kết thúc giải quyết: Có kết quả");
    must_say(text, "09 giờ 00 phút, ngày 23 tháng 11 năm 2026 | Quá hạn ");
    must_say(text, "Tại ngày hẹn trả (19/11/2026), hồ sơ do chief");
    must_not_say(text, "Đang giải quyết:");
    world_release(&w);
}

/* The desk that has it back is not who resolves it; who signed is a partner. */
static void the_resolving_unit_stays_when_it_comes_back(void **state)
{
    (void)state;
    struct world w;
    desk(&w);
    name_officer(&w, "chief", "Đỗ Thị Trưởng", "Văn phòng", ROLE_CHIEF);
    receive(&w, "2026-11-16T09:30");
    act(&w, "huong", "2026-11-16T10:00", ask_transfer("nam", NULL));
    act(&w, "nam", "2026-11-17T10:00", ask_transfer("chief", NULL));
    act(&w, "chief", "2026-11-17T11:00", ask_transfer("huong", NULL));
    const char *text = say(&w, SLIP_CONTROL, LANG_VI);
    must_say(text, "Cơ quan (bộ phận) giải quyết hồ sơ: Tư pháp - Hộ tịch\n");
    must_say(text, "Cơ quan phối hợp giải quyết hồ sơ: ");
    must_not_say(text, "phối hợp giải quyết hồ sơ: Tư pháp");
    act(&w, "huong", "2026-11-17T12:00", ask_apologize("Phải xác minh", "2026-11-27", NULL));
    must_say(say(&w, SLIP_APOLOGY, LANG_VI), "HEAD left: TƯ PHÁP - HỘ TỊCH\n");
    world_release(&w);
}

static void why_it_is_late_is_told_in_full(void **state)
{
    (void)state;
    struct world w;
    desk(&w);
    receive(&w, "2026-11-09T09:30");
    struct command late = {.kind = COMMAND_LATE_REASON, .at = NO_TIME};
    late.late_reason.category = LATE_SYSTEM;
    late.late_reason.reason = STR("Mất mạng hai ngày");
    act(&w, "huong", "2026-11-18T08:00", late);
    must_say(say(&w, SLIP_CONTROL, LANG_VI),
             "Lý do trễ hạn: Mất điện, lỗi mạng hoặc phần mềm – Mất mạng hai ngày\n");
    struct command word = {.kind = COMMAND_LATE_REASON, .at = NO_TIME};
    word.late_reason.excuse = EXCUSE_NOT_GOOD;
    act(&w, "chief", "2026-11-18T09:00", word);
    must_say(say(&w, SLIP_CONTROL, LANG_VI), "Mất mạng hai ngày (Không có lý do chính đáng)\n");
    world_release(&w);
}

/* A wait for the applicant is nobody's stage. */
static void a_wait_is_a_row_without_a_result(void **state)
{
    (void)state;
    struct world w;
    desk(&w);
    receive(&w, "2026-11-16T09:30");
    act(&w, "huong", "2026-11-17T08:00", ask_supplement(NULL));
    const char *text = say(&w, SLIP_CONTROL, LANG_VI);
    must_say(text, "| Chờ người nộp hồ sơ | 08 giờ 00 phút, ngày 17 tháng 11 năm 2026 |");
    must_not_say(text, "Đang giải quyết:");
    act(&w, "huong", "2026-11-18T08:00", ask_restart(NULL));
    must_say(say(&w, SLIP_CONTROL, LANG_VI), "08 giờ 00 phút, ngày 18 tháng 11 năm 2026 |  |");
    world_release(&w);
}

/* Late before the wait, in time by the appointment counted since: nobody had it at a due day that is to come.
 */
static void a_day_to_come_is_nobodys_delay(void **state)
{
    (void)state;
    struct world w;
    desk(&w);
    receive(&w, "2026-11-16T09:30");
    act(&w, "chief", "2026-11-20T08:00", ask_insist(NULL)); /* a day late: the dossier stays late */
    act(&w, "huong", "2026-11-20T10:00", ask_restart(NULL));
    world_set_now(&w, "2026-11-21T10:00");
    assert_true(w.dossier.facts.was_late);
    must_not_say(say(&w, SLIP_CONTROL, LANG_VI), "Tại ngày hẹn trả");
    world_set_now(&w, "2026-12-21T10:00");
    must_say(say(&w, SLIP_CONTROL, LANG_VI),
             "Tại ngày hẹn trả (26/11/2026), hồ sơ do chief"); /* 24/11 is off */
    world_release(&w);
}

/* ---- at the counter ---- */

static void what_is_turned_away_has_its_slip(void **state)
{
    (void)state;
    struct world w;
    desk(&w);
    struct buf needs = BUF_INIT, out = BUF_INIT;
    struct document d;
    wire_list_add(&needs, STR("Giấy chứng sinh"));
    struct event e = {.kind = EVENT_TURNED_AWAY, .at = world_time("2026-11-16T09:30"), .by = STR("huong")};
    e.turned_away.receipt.procedure.code = STR("1.001");
    e.turned_away.receipt.applicant.name = STR("Nguyễn Thị Hoa");
    e.turned_away.receipt.applicant.phone = STR("0912345678");
    e.turned_away.slip = (struct yearly_number){7, 2026};
    e.turned_away.needs = buf_str(&needs);
    e.turned_away.reason = STR("Chưa có giấy chứng sinh");
    assert_int_equal(slip_turned_away(w.office, &e, LANG_VI, &d).kind, KIND_done);
    document_print(&out, &d);
    document_release(&d);
    golden("../slips/turned_away_supplement_vi", out.p);
    must_say(out.p, "HEAD left: Số: 07/HDHS\n");
    must_say(out.p, "FOOT: Mẫu số 02\n");
    must_say(out.p, "Thủ tục thử (mã thủ tục 1.001)\n");
    must_say(out.p, "   1. Giấy chứng sinh\n");
    must_not_say(out.p, "tính lại từ đầu"); /* nothing runs yet */
    must_not_say(out.p, "Mã hồ sơ");
    buf_reset(&out);
    e.turned_away.refused = true;
    assert_int_equal(slip_turned_away(w.office, &e, LANG_VI, &d).kind, KIND_done);
    document_print(&out, &d);
    document_release(&d);
    golden("../slips/turned_away_refusal_vi", out.p);
    must_say(out.p, "HEAD left: Số: 07/TCHS\n");
    must_say(out.p, "Lý do: Chưa có giấy chứng sinh\n");
    buf_release(&out);
    buf_release(&needs);
    world_release(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_receipt_says_everything),
        cmocka_unit_test(what_is_not_known_is_left_open),
        cmocka_unit_test(a_moved_date_is_told),
        cmocka_unit_test(a_corrected_receipt_is_as_it_should_have_been),
        cmocka_unit_test(a_fee_is_paid_in_part_or_exempt),
        cmocka_unit_test(the_receipts_for_the_money_are_named),
        cmocka_unit_test(the_day_of_receipt_chooses_the_set),
        cmocka_unit_test(an_office_may_call_its_papers_otherwise),
        cmocka_unit_test(titles_are_the_settings_defaults),
        cmocka_unit_test(a_supplement_says_what_and_why),
        cmocka_unit_test(the_last_supplement_is_printed),
        cmocka_unit_test(a_refusal_is_signed_by_both),
        cmocka_unit_test(a_letter_says_both_dates),
        cmocka_unit_test(a_letter_after_the_result_promises_nothing),
        cmocka_unit_test(a_stop_is_of_2025_alone),
        cmocka_unit_test(an_organisation_is_not_a_person),
        cmocka_unit_test(a_void_record_has_no_slips),
        cmocka_unit_test(every_handover_has_its_row),
        cmocka_unit_test(the_resolving_unit_stays_when_it_comes_back),
        cmocka_unit_test(why_it_is_late_is_told_in_full),
        cmocka_unit_test(a_wait_is_a_row_without_a_result),
        cmocka_unit_test(a_day_to_come_is_nobodys_delay),
        cmocka_unit_test(what_is_turned_away_has_its_slip),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
