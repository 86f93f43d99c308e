/* The names of columns and the words in them, as the field's files have them. The tables are the field's own
 * lists, written down by hand. */
#include "cli/import_columns.h"
#include "cli/import_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void headers_of_real_files(void **state)
{
    (void)state;
    static const struct {
        const char *header;
        enum import_column column;
    } rows[] = {
        /* the list of iGate */
        {"Số hồ sơ", COLUMN_CODE},
        {"Tên thủ tục hành chính", COLUMN_PROCEDURE_NAME},
        {"Tên lĩnh vực", COLUMN_FIELD},
        {"Phòng ban", COLUMN_UNIT},
        {"Ngày tiếp nhận", COLUMN_RECEIVED_AT},
        {"Ngày hẹn trả", COLUMN_DUE_AT},
        {"Ngày kết thúc xử lý", COLUMN_RESOLVED_AT},
        {"Cơ quan/đơn vị", COLUMN_AGENCY},
        {"Chủ hồ sơ", COLUMN_APPLICANT},
        {"Số điện thoại", COLUMN_PHONE},
        {"Cán bộ xử lý hiện tại", COLUMN_OFFICER},
        {"Trạng thái hồ sơ", COLUMN_STATUS},
        /* the register */
        {"STT", COLUMN_IGNORED},
        {"MaHoSo", COLUMN_CODE},
        {"TrichYeuHoSo", COLUMN_SUMMARY},
        {"SoBoHoSo", COLUMN_SETS},
        {"ChuHoSo", COLUMN_APPLICANT},
        {"DiaChiChuHoSo", COLUMN_ADDRESS},
        {"SoDienThoaiChuHoSo", COLUMN_PHONE},
        {"NgayTiepNhan", COLUMN_RECEIVED_AT},
        {"NgayHenTra", COLUMN_DUE_AT},
        {"NgayTra", COLUMN_RETURNED_AT},
        {"TenNguoiNhanHoSo", COLUMN_RECEIVER},
        {"TenDiaBan", COLUMN_LOCALITY},
        /* what else they are called */
        {"Mã hồ sơ", COLUMN_CODE},
        {"SỐ BIÊN NHẬN", COLUMN_CODE},
        {"shs", COLUMN_CODE},
        {"Hẹn trả", COLUMN_DUE_AT},
        {"Hạn trả", COLUMN_DUE_AT},
        {"Hạn xử lý", COLUMN_DUE_AT},
        {"Ngày hoàn thành", COLUMN_RESOLVED_AT},
        {"Trạng thái", COLUMN_STATUS},
        {"Tên tổ chức, cá nhân", COLUMN_APPLICANT},
        {"Người nộp hồ sơ", COLUMN_SUBMITTER},
        /* however they are typed */
        {"  số   HỒ sơ * ", COLUMN_CODE},
        {"So\xCC\x82\xCC\x81 ho\xCC\x82\xCC\x80 so\xCC\x9B", COLUMN_CODE}, /* decomposed */
        {"Ngày nộp (dd/mm/yyyy)", COLUMN_SUBMITTED_AT},
        {"Ngày\ntiếp nhận", COLUMN_RECEIVED_AT},
        {"received_at", COLUMN_RECEIVED_AT},
        {"Received At", COLUMN_RECEIVED_AT},
        {"Sổ dùng thử", COLUMN_DEMO},
        {"demo store", COLUMN_DEMO},
        {"reject_line", COLUMN_IGNORED},
        {"reject_reason", COLUMN_IGNORED},
        /* nobody knows */
        {"Mức độ", COLUMN_UNKNOWN},
        {"", COLUMN_UNKNOWN},
        {"***", COLUMN_UNKNOWN},
        {"Số", COLUMN_UNKNOWN},
        {"codes", COLUMN_UNKNOWN},
        {"cod", COLUMN_UNKNOWN},
        {"(Số hồ sơ)x", COLUMN_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (import_column_called(str_of(rows[i].header)) != rows[i].column)
            fail_msg("%s: %d, not %d", rows[i].header, import_column_called(str_of(rows[i].header)),
                     rows[i].column);
}

static void what_an_export_calls_them_is_known(void **state)
{
    (void)state;
    for (int lang = 0; lang < 2; lang++)
        for (enum import_column c = 0; c < COLUMNS_EXPORTED; c++) {
            const char *title = import_column_title(c, lang ? LANG_EN : LANG_VI);
            if (import_column_called(str_of(title)) != c)
                fail_msg("%s is taken for %d", title, import_column_called(str_of(title)));
        }
    assert_string_equal(import_column_title(COLUMN_STATUTORY_DUE_AT, LANG_EN), "statutory_due_at");
    assert_string_equal(import_column_title(COLUMN_STATUTORY_DUE_AT, LANG_VI), "Hạn theo quy định");
}

static void names_of_states(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        int state; /* 0: no dossier; -1: unknown */
    } rows[] = {
        {"Mới đăng ký", 0},
        {"Được tiếp nhận", STATE_PROCESSING},
        {"Không được tiếp nhận", 0},
        {"Đang xử lý", STATE_PROCESSING},
        {"Yêu cầu bổ sung giấy tờ", STATE_WAITING},
        {"Yêu cầu thực hiện nghĩa vụ tài chính", STATE_WAITING_PAYMENT},
        {"Công dân yêu cầu rút hồ sơ", STATE_WITHDRAWN},
        {"Dừng xử lý", STATE_STOPPED},
        {"Đã xử lý xong", STATE_RESOLVED},
        {"Đã trả kết quả", STATE_RETURNED},
        {"Chờ bổ sung hồ sơ", STATE_WAITING},
        {"Yêu cầu bổ sung", STATE_WAITING},
        {"Chờ thực hiện nghĩa vụ tài chính", STATE_WAITING_PAYMENT},
        {"Đã rút hồ sơ", STATE_WITHDRAWN},
        {"Hồ sơ không xử lý được", STATE_STOPPED},
        {"Chưa trả kết quả", STATE_RESOLVED},
        {"Mới tiếp nhận", STATE_PROCESSING},
        {"Chờ xử lý", STATE_PROCESSING},
        {"Chờ ký duyệt", STATE_PROCESSING},
        {"Hồ sơ chuyển phòng chuyên môn", STATE_PROCESSING},
        {"Không tiếp nhận", 0},
        {"ĐANG  XỬ LÝ", STATE_PROCESSING},
        {"dang xu ly", STATE_PROCESSING},
        {"10", STATE_RETURNED},
        {"5", STATE_WAITING},
        {"waiting_payment", STATE_WAITING_PAYMENT},
        {"Đã hủy", STATE_VOID},
        {"Từ chối giải quyết", STATE_REFUSED},
        {"Xong", -1},
        {"11", -1},
        {"", -1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        enum dossier_state got = 0;
        enum import_state is = import_state_called(str_of(rows[i].word), &got);
        enum import_state wanted = rows[i].state > 0    ? IMPORT_STATE_KNOWN
                                   : rows[i].state == 0 ? IMPORT_STATE_NO_DOSSIER
                                                        : IMPORT_STATE_UNKNOWN;
        if (is != wanted || (rows[i].state > 0 && (int)got != rows[i].state))
            fail_msg("%s: %d, state %d", rows[i].word, is, got);
    }
}

static void words_that_go_out_come_in_again(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        enum lang lang = i ? LANG_EN : LANG_VI;
        for (enum dossier_state s = STATE_PROCESSING; s <= STATE_VOID; s++) {
            enum dossier_state got = 0;
            assert_int_equal(import_state_called(str_of(import_state_word(s, lang)), &got),
                             IMPORT_STATE_KNOWN);
            assert_int_equal(got, s);
        }
        for (enum channel c = CHANNEL_DIRECT; c <= CHANNEL_POSTAL; c++) {
            enum channel in = CHANNEL_NONE, out = CHANNEL_NONE;
            assert_true(import_channel_called(str_of(import_channel_word(c, lang)), &in));
            assert_true(import_channel_called(str_of(import_collect_word(c, lang)), &out));
            assert_int_equal(in, c);
            assert_int_equal(out, c);
        }
        for (int yes = 0; yes < 2; yes++) {
            bool answer = !yes, organization = !yes;
            assert_true(import_yes_no(str_of(import_yes_no_word(yes, lang)), &answer));
            assert_true(import_kind_called(str_of(import_kind_word(yes, lang)), &organization));
            assert_int_equal(answer, yes);
            assert_int_equal(organization, yes);
        }
    }
    bool flag;
    enum channel channel;
    assert_false(import_yes_no(STR("có lẽ"), &flag));
    assert_false(import_channel_called(STR("bồ câu"), &channel));
    assert_false(import_kind_called(STR("?"), &flag));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers_of_real_files),
        cmocka_unit_test(what_an_export_calls_them_is_known),
        cmocka_unit_test(names_of_states),
        cmocka_unit_test(words_that_go_out_come_in_again),
    };
    return cmocka_run_group_tests_name("import_columns", tests, NULL, NULL);
}
