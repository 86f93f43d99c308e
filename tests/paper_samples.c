#include "tests/paper_samples.h"
#include "core/wire.h"

#include <stdio.h>

const char sample_long_procedure[] = "Thủ tục đăng ký, cấp Giấy chứng nhận quyền sử dụng đất, quyền sở hữu "
                                     "tài sản gắn liền với đất lần đầu; đăng ký thay "
                                     "đổi, chỉnh lý, hiệu chỉnh đối với trường hợp hộ gia đình, cá nhân, "
                                     "cộng đồng dân cư đang sử dụng đất mà chưa được cấp "
                                     "Giấy chứng nhận, có giấy tờ về quyền sử dụng đất theo quy định tại "
                                     "Điều 137 Luật Đất đai, trường hợp sử dụng đất "
                                     "không có giấy tờ nhưng không vi phạm pháp luật về đất đai, không thuộc "
                                     "trường hợp đất được giao không đúng thẩm "
                                     "quyền, trường hợp đã được Ủy ban nhân dân cấp xã xác nhận sử dụng ổn "
                                     "định trước ngày 01 tháng 7 năm 2014; trường "
                                     "hợp nhận thừa kế, tặng cho quyền sử dụng đất, chuyển nhượng bằng giấy "
                                     "viết tay; trường hợp thửa đất có diện tích "
                                     "tăng thêm do thay đổi ranh giới so với giấy tờ về quyền sử dụng đất; "
                                     "trường hợp người sử dụng đất đã chết mà chưa "
                                     "làm thủ tục thừa kế, nay những người thừa kế cùng đứng tên đề nghị "
                                     "được cấp chung một Giấy chứng nhận theo quy "
                                     "định (hai";
const char sample_organisation[] = "Hợp tác xã Dịch vụ Nông nghiệp tổng hợp Vĩnh Mỹ Thượng Hương";
const char sample_address[] = "Số nhà 127/45/6 đường liên thôn Thượng Trung Hạ, tổ dân cư tự quản số 12, xóm "
                              "Đình Làng Phía Đông, thôn Nghĩa Lập, "
                              "xã Vĩnh Mỹ, tỉnh Phú Thọ (gần cổng chào khu dân cư văn hóa, đối diện Nhà văn "
                              "hóa thôn và sân vận động xã)";

void sample_head(struct document *d)
{
    document_add(d, BLOCK_HEAD)->head = (struct head_block){
        .parent = STR("ỦY BAN NHÂN DÂN XÃ VĨNH MỸ"),
        .agency = STR("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG"),
        .number = STR("Số: 1234/TNHS"),
        .country = STR("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        .motto = STR("Độc lập - Tự do - Hạnh phúc"),
        .place_date = STR("Vĩnh Mỹ, ngày 20 tháng 11 năm 2026"),
    };
}

static void sign(struct document *d, size_t count)
{
    struct block *b = document_add(d, BLOCK_SIGNATURES);
    b->signatures.count = count;
    static const struct signature who[] = {
        {STR("NGƯỜI NỘP HỒ SƠ"), STR("(Ký và ghi rõ họ tên)"), STR("Nguyễn Thị Hương"), STR_NONE},
        {STR("NGƯỜI TIẾP NHẬN HỒ SƠ"), STR("(Ký và ghi rõ họ tên)"), STR("Trần Văn Đức"), STR_NONE},
    };
    for (size_t i = 0; i < count; i++)
        b->signatures.who[i] = who[i];
}

static void receipt(struct document *d, const char *procedure, const char *name, const char *address,
                    int components)
{
    sample_head(d);
    document_title(d, STR("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"), STR("Mã hồ sơ: H42.26.21-261120-0007"));
    document_field(d, STR("Bộ phận tiếp nhận và trả kết quả"),
                   STR("Trung tâm Phục vụ hành chính công xã Vĩnh Mỹ"), false);
    document_field(d, STR("Tiếp nhận hồ sơ của"), str_of(name), false);
    document_field(d, STR("Địa chỉ"), str_of(address), false);
    document_field(d, STR("Số điện thoại"), STR("0912345678"), false);
    document_field(d, STR("Email"), STR("nguyen.thi.huong.hop.tac.xa.vinh.my@thu-dien-tu-rat-dai.example.vn"),
                   false);
    document_field(d, STR("Nội dung yêu cầu giải quyết"), str_of(procedure), false);
    document_add(d, BLOCK_QR)->text = STR("H42.26.21-261120-0007");
    d->block[d->count - 1].label = STR("H42.26.21-261120-0007");
    struct buf list = BUF_INIT;
    for (int i = 1; i <= components; i++) {
        char text[200];
        int n = snprintf(text, sizeof text,
                         "Thành phần thứ %d: bản sao giấy tờ về quyền sử dụng đất số %d/QĐ-UBND", i, i * 7);
        wire_list_add(&list, (struct str){text, (size_t)n});
    }
    document_list(d, STR("Thành phần hồ sơ nộp gồm"), document_keep(d, buf_str(&list)));
    buf_release(&list);
    document_field(d, STR("Số lượng hồ sơ"), STR("01 (bộ)"), false);
    document_field(d, STR("Thời gian giải quyết hồ sơ theo quy định"), STR("20 ngày làm việc"), false);
    document_field(d, STR("Thời gian nhận hồ sơ"), STR("08 giờ 15 phút, ngày 20 tháng 11 năm 2026"), false);
    document_field(d, STR("Thời gian trả kết quả giải quyết hồ sơ"),
                   STR("08 giờ 15 phút, ngày 18 tháng 12 năm 2026"), false);
    d->block[d->count - 1].style = LOOK_BOLD;
    document_field(d, STR("Đăng ký nhận kết quả tại"), STR("Trung tâm Phục vụ hành chính công"), false);
    document_field(d, STR("Ghi chú"), STR_NONE, true);
    sign(d, 2);
    d->title = STR("Giấy tiếp nhận hồ sơ và hẹn trả kết quả");
    d->foot = STR("motcua · nhật ký 123456:0f1e2d3c4b5a6978");
}

void sample_receipt(struct document *d)
{
    document_init(d, PAPER_A5, LANG_VI);
    receipt(d, "Cấp Giấy xác nhận tình trạng hôn nhân", "Nguyễn Thị Hương", "Thôn Đông, xã Vĩnh Mỹ", 3);
}

void sample_long_receipt(struct document *d)
{
    document_init(d, PAPER_A5, LANG_VI);
    receipt(d, sample_long_procedure, sample_organisation, sample_address, 80);
    d->across = STR("DỮ LIỆU MẪU");
}

void sample_letter(struct document *d, int paragraphs)
{
    document_init(d, PAPER_A4, LANG_VI);
    sample_head(d);
    document_title(d, STR("PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ"), STR_NONE);
    document_text(d, STR("Kính gửi: Ông (bà) Nguyễn Thị Hương"), LOOK_CENTRE);
    for (int i = 1; i <= paragraphs; i++) {
        char text[600];
        int n = snprintf(text, sizeof text,
                         "Đoạn %d. Ngày 20 tháng 11 năm 2026, Trung tâm Phục vụ hành chính công xã Vĩnh Mỹ "
                         "đã tiếp nhận hồ "
                         "sơ của Ông (bà) và hẹn trả kết quả vào ngày 18 tháng 12 năm 2026. Tuy nhiên đến "
                         "nay hồ sơ vẫn chưa "
                         "giải quyết xong, vì còn phải lấy ý kiến của đơn vị phối hợp (hết đoạn %d).",
                         i, i);
        document_text(d, document_keep(d, (struct str){text, (size_t)n}), LOOK_PLAIN);
    }
    document_text(
        d,
        STR("Sự chậm trễ này đã gây phiền hà, tốn kém thời gian, công sức của Ông (bà); chúng tôi xin chân "
            "thành cáo lỗi và mong nhận được sự thông cảm của Ông (bà). Dòng cuối cùng."),
        LOOK_PLAIN);
    struct block *b = document_add(d, BLOCK_SIGNATURES);
    b->signatures.count = 1;
    b->signatures.who[0] =
        (struct signature){STR("CHỦ TỊCH"), STR("(Ký tên, đóng dấu)"), STR("Phạm Quốc Việt"),
                           STR("Vĩnh Mỹ, ngày 18 tháng 12 năm 2026")};
    d->title = STR("Phiếu xin lỗi");
    d->foot = STR("motcua");
}

/* ---- the register ---- */

const struct document_column sample_column[SAMPLE_COLUMNS] = {
    {STR("STT"), 4, true, false},
    {STR("Mã hồ sơ"), 10, false, false},
    {STR("Tên thủ tục hành chính"), 18, false, false},
    {STR("Tên tổ chức, cá nhân"), 12, false, false},
    {STR("Địa chỉ, số điện thoại"), 13, false, false},
    {STR("Cơ quan chủ trì giải quyết"), 9, false, false},
    {STR("Ngày nhận"), 7, false, true},
    {STR("Ngày hẹn trả"), 7, false, true},
    {STR("Ngày trả"), 7, false, true},
    {STR("Phương thức nhận kết quả"), 8, false, false},
    {STR("Ký nhận"), 5, false, false},
    {STR("Ghi chú"), 6, false, false},
};

static const char *const procedures[] = {
    "Cấp bản sao Trích lục hộ tịch",
    "Chứng thực bản sao từ bản chính giấy tờ do cơ quan có thẩm quyền của Việt Nam cấp hoặc chứng nhận",
    "Đăng ký khai sinh, cấp Thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi",
    "Cấp Giấy xác nhận tình trạng hôn nhân",
    "Xác nhận hộ gia đình làm nông nghiệp, lâm nghiệp, ngư nghiệp có mức sống trung bình",
};
static const char *const names[] = {"Nguyễn", "Trần", "Lê",   "Phạm", "Hoàng",
                                    "Huỳnh",  "Vũ",   "Đặng", "Bùi",  "Đỗ"};
static const char *const middle[] = {"Thị", "Văn", "Quốc", "Ngọc", "Đức", "Thanh", "Minh"};
static const char *const given[] = {"Hương",  "Đức",  "Việt", "Thủy", "Quỳnh",
                                    "Phượng", "Tuấn", "Bưởi", "Nghĩa"};

void sample_row(struct sample_row *row, long i)
{
#define CELL(c, ...) snprintf(row->room[c], sizeof row->room[c], __VA_ARGS__)
    int month = 1 + (int)(i / 3000) % 12, day = 1 + (int)(i / 130) % 28;
    CELL(0, "%ld", i + 1);
    CELL(1, "H42.26.21-26%02d%02d-%04ld", month, day, i % 9999 + 1);
    CELL(2, "%s", procedures[i % 5]);
    CELL(3, "%s %s %s", names[i % 10], middle[i % 7], given[i % 9]);
    CELL(4, "Thôn %ld, xã Vĩnh Mỹ; 09%08ld", i % 12 + 1, (i * 7919) % 100000000);
    CELL(5, "UBND xã Vĩnh Mỹ");
    CELL(6, "%02d/%02d/2026", day, month);
    CELL(7, "%02d/%02d/2026", (day + 5) % 28 + 1, month);
    CELL(8, "%02d/%02d/2026", (day + 4) % 28 + 1, month);
    CELL(9, "%s", i % 3 ? "Tại bộ phận một cửa" : "Bưu chính công ích");
    CELL(10, " ");
    CELL(11, "%s", i % 50 ? "" : "hủy");
#undef CELL
    for (int c = 0; c < SAMPLE_COLUMNS; c++)
        row->cell[c] = str_of(row->room[c]);
}

static bool each(void *arg, row_take *take, void *to)
{
    struct sample_rows *rows = arg;
    rows->asked++;
    for (long i = 0; i < rows->count; i++) {
        if (i == rows->fail_at && rows->asked > rows->good)
            return false;
        struct sample_row row;
        sample_row(&row, i);
        if (!take(to, row.cell, i % 50 ? LOOK_PLAIN : LOOK_BOLD))
            break;
    }
    return true;
}

void sample_register(struct document *d, struct sample_rows *rows)
{
    document_init(d, PAPER_A4_LANDSCAPE, LANG_VI);
    sample_head(d);
    document_title(d, STR("SỔ THEO DÕI HỒ SƠ"), STR("Năm 2026"));
    struct block *b = document_add(d, BLOCK_TABLE);
    b->table = (struct table_block){
        .column = sample_column, .columns = SAMPLE_COLUMNS, .rows = {each, rows}, .numbered = true};
    sign(d, 2);
    d->title = STR("Sổ theo dõi hồ sơ");
    d->foot = STR("motcua · nhật ký 123456:0f1e2d3c4b5a6978");
}
