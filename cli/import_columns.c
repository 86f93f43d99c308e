#include "cli/import_columns.h"

#include "core/text.h"

static const struct {
    const char *key, *title;
} names[COLUMNS_EXPORTED] = {
    [COLUMN_CODE] = {"code", "Số hồ sơ"},
    [COLUMN_PROCEDURE] = {"procedure", "Mã thủ tục"},
    [COLUMN_CASE] = {"case", "Trường hợp"},
    [COLUMN_PROCEDURE_NAME] = {"procedure_name", "Tên thủ tục hành chính"},
    [COLUMN_FIELD] = {"field", "Tên lĩnh vực"},
    [COLUMN_APPLICANT] = {"applicant", "Chủ hồ sơ"},
    [COLUMN_KIND] = {"kind", "Loại chủ hồ sơ"},
    [COLUMN_ID_NUMBER] = {"id_number", "Số định danh"},
    [COLUMN_PHONE] = {"phone", "Số điện thoại"},
    [COLUMN_EMAIL] = {"email", "Thư điện tử"},
    [COLUMN_ADDRESS] = {"address", "Địa chỉ"},
    [COLUMN_OUTSIDE] = {"outside", "Ngoài địa bàn"},
    [COLUMN_SUBMITTER] = {"submitter", "Người nộp hồ sơ"},
    [COLUMN_AUTHORITY] = {"authority", "Giấy ủy quyền"},
    [COLUMN_CHANNEL] = {"channel", "Hình thức nộp"},
    [COLUMN_COLLECT] = {"collect", "Hình thức nhận kết quả"},
    [COLUMN_SETS] = {"sets", "Số bộ hồ sơ"},
    [COLUMN_RECEIVER] = {"receiver", "Cán bộ tiếp nhận"},
    [COLUMN_OFFICER] = {"officer", "Cán bộ xử lý hiện tại"},
    [COLUMN_UNIT] = {"unit", "Phòng ban"},
    [COLUMN_STATUS] = {"status", "Trạng thái hồ sơ"},
    [COLUMN_SUBMITTED_AT] = {"submitted_at", "Ngày nộp"},
    [COLUMN_RECEIVED_AT] = {"received_at", "Ngày tiếp nhận"},
    [COLUMN_STATUTORY_DUE_AT] = {"statutory_due_at", "Hạn theo quy định"},
    [COLUMN_DUE_AT] = {"due_at", "Ngày hẹn trả"},
    [COLUMN_WAITING_SINCE] = {"waiting_since", "Chờ bổ sung từ"},
    [COLUMN_RESOLVED_AT] = {"resolved_at", "Ngày kết thúc xử lý"},
    [COLUMN_RETURNED_AT] = {"returned_at", "Ngày trả kết quả"},
    [COLUMN_RESULT] = {"result", "Kết quả"},
    [COLUMN_NOTE] = {"note", "Ghi chú"},
};

/* What else they are called, folded and without blanks and signs, parted by blanks. */
static const struct {
    enum import_column column;
    const char *words;
} synonyms[] = {
    {COLUMN_CODE, "code mahoso sohoso sobiennhan mabiennhan shs mhs sobn sohs mahs dossiercode"},
    {COLUMN_PROCEDURE, "procedure mathutuc mathutuchanhchinh matthc procedurecode"},
    {COLUMN_CASE, "case truonghop matruonghop truonghopthutuc"},
    {COLUMN_PROCEDURE_NAME, "procedurename tenthutuchanhchinh thutuchanhchinh tenthutuc thutuc tentthc tthc"},
    {COLUMN_FIELD, "field tenlinhvuc linhvuc"},
    {COLUMN_APPLICANT,
     "applicant chuhoso tenchuhoso hotenchuhoso tentochuccanhan tochuccanhan tencanhantochuc "
     "canhantochuc hovaten hoten applicantname name nguoiyeucau tochuccongdan"},
    {COLUMN_KIND, "kind loaichuhoso loaidoituong doituong doituongnop"},
    {COLUMN_ID_NUMBER,
     "idnumber sodinhdanh sodinhdanhcanhan sodinhdanhchuhoso socccd cccd cmnd socmnd cmndcccd "
     "cccdcmnd socancuoc cancuoccongdan socancuoccongdan sogiayto sogiaytotuythan masothue"},
    {COLUMN_PHONE, "phone sodienthoai dienthoai sdt sodt dienthoailienhe sodienthoailienhe "
                   "sodienthoaichuhoso dienthoaichuhoso sdtchuhoso didong"},
    {COLUMN_EMAIL, "email thudientu emailchuhoso diachiemail diachithudientu"},
    {COLUMN_ADDRESS, "address diachi diachichuhoso diachithuongtru noio noicutru diachilienhe"},
    {COLUMN_OUTSIDE, "outside ngoaidiaban ngoaixa"},
    {COLUMN_SUBMITTER, "submitter nguoinophoso nguoinop tennguoinop hotennguoinop tennguoinophoso"},
    {COLUMN_AUTHORITY, "authority giayuyquyen uyquyen vanbanuyquyen"},
    {COLUMN_CHANNEL, "channel hinhthucnop hinhthucnophoso kenhnop kenhtiepnhan hinhthuctiepnhan "
                     "nguontiepnhan"},
    {COLUMN_COLLECT, "collect hinhthucnhanketqua hinhthuctraketqua hinhthuctra hinhthucnhankq hinhthuctrakq "
                     "noinhanketqua"},
    {COLUMN_SETS, "sets sobohoso sobo soluongbo soluongbohoso"},
    {COLUMN_RECEIVER, "receiver canbotiepnhan nguoitiepnhan nguoinhanhoso tennguoinhanhoso congchuctiepnhan "
                      "tencanbotiepnhan canbonhan nguoinhan"},
    {COLUMN_OFFICER, "officer canboxulyhientai canboxuly canbodangxuly nguoixuly nguoidangxuly canbothuly "
                     "congchucxuly chuyenvien nguoixulyhientai canbogiaiquyet"},
    {COLUMN_UNIT, "unit phongban donvixuly phongbanxuly donvigiaiquyet phongchuyenmon"},
    {COLUMN_STATUS, "status trangthaihoso trangthai tinhtranghoso tinhtrang state tinhtrangxuly "
                    "trangthaixuly"},
    {COLUMN_SUBMITTED_AT, "submittedat ngaynop ngaynophoso thoigiannop thoidiemnop submitted"},
    {COLUMN_RECEIVED_AT, "receivedat ngaytiepnhan ngaynhan ngaynhanhoso ngaytiepnhanhoso thoigiantiepnhan "
                         "thoidiemtiepnhan received ngaygiotiepnhan tiepnhan"},
    {COLUMN_STATUTORY_DUE_AT, "statutorydueat hantheoquydinh hanquydinh ngayhentrabandau hentrabandau "
                              "statutorydue"},
    {COLUMN_DUE_AT, "dueat ngayhentra hentra hantra hanxuly ngayhentraketqua hentraketqua hantraketqua "
                    "ngayhen due hangiaiquyet ngayhengiaiquyet thoihan thoigianhentra"},
    {COLUMN_WAITING_SINCE, "waitingsince chobosungtu ngayyeucaubosung chotungay ngaychobosung"},
    {COLUMN_RESOLVED_AT, "resolvedat ngayketthucxuly ngayhoanthanh ngayxulyxong ngayketthuc ngaycoketqua "
                         "ngaygiaiquyetxong resolved thoigianhoanthanh ngayhoanthanhxuly thoigianketthuc"},
    {COLUMN_RETURNED_AT, "returnedat ngaytraketqua ngaytra ngaytrakq ngaytrathucte ngaynhanketqua returned "
                         "thoigiantra thoigiantraketqua"},
    {COLUMN_RESULT, "result ketqua ketquagiaiquyet ketquaxuly lydo"},
    {COLUMN_NOTE, "note ghichu notes"},
    {COLUMN_SUMMARY, "trichyeuhoso trichyeu noidunghoso noidung"},
    {COLUMN_LOCALITY, "tendiaban diaban xaphuong"},
    {COLUMN_AGENCY, "coquandonvi coquan donvi tencoquan tendonvi coquanxuly coquantiepnhan"},
    {COLUMN_IGNORED, "stt sott tt no rejectline rejectreason"},
    {COLUMN_DEMO, "sodungthu demostore"},
};

enum { HEADER_MAX = 64 }; /* of bytes: no name of a column is so long */

/* Letters and digits alone. False where there is nothing of it, or too much. */
static bool reduce(struct str header, char out[HEADER_MAX])
{
    struct buf folded = BUF_INIT;
    size_t n = 0;
    text_fold(&folded, str_first(header, 16 * HEADER_MAX));
    bool fits = !folded.failed;
    for (size_t i = 0; i < folded.n && fits; i++) {
        char c = folded.p[i];
        if ((c < 'a' || c > 'z') && (c < '0' || c > '9'))
            continue;
        fits = n + 1 < HEADER_MAX;
        if (fits)
            out[n++] = c;
    }
    out[n] = '\0';
    buf_release(&folded);
    return fits && n > 0;
}

static bool among(const char *words, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = words; at; at = strchr(at, ' ')) {
        at += *at == ' ';
        if (strncmp(at, word, n) == 0 && (at[n] == ' ' || at[n] == '\0'))
            return true;
    }
    return false;
}

static enum import_column look_up(struct str header)
{
    char word[HEADER_MAX];
    if (!reduce(header, word))
        return COLUMN_UNKNOWN;
    for (size_t i = 0; i < sizeof synonyms / sizeof *synonyms; i++)
        if (among(synonyms[i].words, word))
            return synonyms[i].column;
    return COLUMN_UNKNOWN;
}

enum import_column import_column_called(struct str header)
{
    enum import_column column = look_up(header);
    const char *bracket = header.n ? memchr(header.p, '(', header.n) : NULL;
    if (column == COLUMN_UNKNOWN && bracket)
        column = look_up(str_first(header, (size_t)(bracket - header.p)));
    return column;
}

const char *import_column_title(enum import_column column, enum lang lang)
{
    return lang == LANG_EN ? names[column].key : names[column].title;
}
