/* The office's own book at a terminal: procedures, people, days, settings; and the first form where there is
 * no store yet. */
#include "tests/screen_store.h"

#include <grp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define NINE "2026-11-16 09:00:00"
#define CTRL_S "\x13"
#define CTRL_U "\x15"
#define ESC "\033"
#define DEL "\x7f"
#define UP ESC "[A"
#define DOWN ESC "[B"
#define RIGHT ESC "[C"
#define LEFT ESC "[D"
#define BACK_TAB ESC "[Z"

/* A folder, and no store in it. */
static int make_nothing(void **state)
{
    static struct screen_store s;
    strcpy(s.path, "/tmp/motcua-screen-XXXXXX");
    assert_non_null(mkdtemp(s.path));
    strcat(s.path, "/s");
    *state = &s;
    return 0;
}

/* What a command prints on this store must hold the text (or must not). */
static void asked(const struct screen_store *s, bool holds, const char *text, const char *const *words)
{
    struct pty_options o = {.store = s->path, .clock = "2026-11-16 10:00:00"};
    struct buf out = BUF_INIT;
    for (size_t i = 0; words[i]; i++)
        o.args[i] = words[i];
    assert_int_equal(pty_command(&o, &out), 0);
    if ((out.p && strstr(out.p, text)) != holds)
        fail_msg("motcua %s: %s %s\n%s", words[0], holds ? "lacks" : "has", text, out.p ? out.p : "");
    buf_release(&out);
}
#define MUST_TELL(s, text, ...) asked((s), true, (text), (const char *const[]){__VA_ARGS__, NULL})
#define MUST_NOT_TELL(s, text, ...) asked((s), false, (text), (const char *const[]){__VA_ARGS__, NULL})

/* The journal's head as it is now; to be compared with an earlier one. */
static void must_be_head(const struct screen_store *s, const struct buf *before)
{
    struct buf now = BUF_INIT;
    screen_store_head(s, "2026-11-16 10:00:00", &now);
    assert_string_equal(before->p, now.p);
    buf_release(&now);
}

/* ---- how it looks ---- */

static void pictures(const struct screen_store *s, int rows, int columns)
{
    char name[64];
    STORE_RUN(s, 0, "2026-11-16 07:33:00", "officer", "put", "lan", "--name=Lê Thị Lan", "--role=chief",
              "--unit=Phòng Kinh tế", "--title=Trưởng phòng");
    STORE_RUN(s, 0, "2026-11-16 08:00:00", "receive", "--procedure=1.004873", "--applicant=Lê Văn Tám",
              "--officer=nam");
    struct pty *p = screen_open(s, NINE, rows, columns);
#define PICTURE(what)                                                                                        \
    do {                                                                                                     \
        snprintf(name, sizeof name, "%s_%dx%d", what, columns, rows);                                        \
        pty_golden(p, name);                                                                                 \
    } while (0)
    pty_send(p, "6");
    PICTURE("office_procedures");
    pty_send(p,
             "/ho" DEL "ô" DEL "ộ ti" DEL "ị" DEL "ịch khai sinh"); /* hộ tịch, as an input method sends it */
    PICTURE("office_search");
    pty_send(p, "\r");
    PICTURE("office_procedure");
    pty_send(p, ESC);
    pty_send(p, ESC);
    pty_send(p, "o/kinh te"); /* not who runs the test */
    PICTURE("office_people");
    pty_send(p, ESC);
    pty_send(p, "d");
    PICTURE("office_days");
    pty_send(p, RIGHT);
    PICTURE("office_days_computed");
    pty_send(p, "s");
    PICTURE("office_settings");
    pty_send(p, DOWN "\r");
    PICTURE("office_setting");
    screen_quit(p);
#undef PICTURE
}

static void it_looks_so_at_80_by_24(void **state)
{
    pictures(*state, 24, 80);
}

static void it_looks_so_at_120_by_40(void **state)
{
    pictures(*state, 40, 120);
}

static void parts_are_turned_by_keys_tab_and_mouse(void **state)
{
    struct pty *p = screen_open(*state, NINE, 24, 80);
    pty_send(p, "6");
    static const char *const headings[] = {"[p Thủ tục]", "[o Công chức]", "[d Lịch làm việc]",
                                           "[s Thiết lập]"};
    for (int i = 0; i < 4; i++) {
        pty_must_show(p, headings[i]);
        pty_send(p, "\t");
    }
    pty_must_show(p, headings[0]);
    pty_send(p, BACK_TAB);
    pty_must_show(p, headings[3]);
    pty_send(p, "o");
    pty_must_show(p, headings[1]);
    pty_send(p, ESC "[<0;35;3M"); /* a click on the third part */
    pty_must_show(p, headings[2]);
    pty_send(p, "p");
    pty_must_show(p, headings[0]);
    pty_send(p, ESC);
    pty_must_show(p, "[1 Hôm nay]");
    screen_quit(p);
}

/* ---- procedures ---- */

/* A new limit is for new dossiers: the one received before keeps its own. */
static void a_procedure_is_edited(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, "2026-11-16 08:00:00", "Lê Văn Tám");
    struct pty *p = screen_open(s, NINE, 24, 80);
    pty_send(p, "6/1.004873");
    pty_must_show(p, "1 dòng");
    pty_send(p, "\r");
    pty_must_show(p, "Hồ sơ đã tiếp nhận vẫn theo bản danh mục lúc tiếp nhận");
    pty_must_show(p, "3 ngày làm việc");
    pty_send(p, "\t\t" CTRL_U "2,5"); /* no unit: no limit; and what was typed stays */
    pty_send(p, CTRL_S);
    pty_must_show(p, "Chưa hiểu thời hạn");
    pty_must_show(p, "2,5");
    pty_send(p, " ngày làm viê" DEL "ệc\t8.000");
    pty_send(p, CTRL_S);
    pty_must_show(p, "Đã lưu thủ tục 1.004873");
    pty_must_show(p, "2,5 ngày làm việc");
    pty_must_show(p, "8.000 đồng");
    pty_send(p, "2");
    pty_send(p, "\r");
    pty_must_show(p, "3 ngày làm việc");
    pty_must_show(p, "Thứ Năm 19/11/2026 17:00");
    screen_quit(p);
    screen_store_receive(s, "2026-11-16 09:30:00", "Trần Thị Chín");
    MUST_TELL(s, "\"limit\":\"2.5 working_days\"", "show", "H42.26.21-261116-0002", "--json");
    MUST_TELL(s, "\"limit\":\"3 working_days\"", "show", "H42.26.21-261116-0001", "--json");
}

static void a_procedure_and_its_case_are_added_retired_and_brought_back(void **state)
{
    const struct screen_store *s = *state;
    struct pty *p = screen_open(s, NINE, 24, 80);
    pty_send(p, "6a");
    pty_send(p, CTRL_S);
    pty_must_show(p, "Mã thủ tục: không được để trống");
    pty_send(p, "1.004873");
    pty_must_show(p, "Mã này đã có"); /* told before it is saved over */
    pty_send(p, CTRL_U "9.000001\t\tThủ tục thử\tHội quán");
    pty_must_show(p, "lĩnh vực mới");
    pty_send(p, "\ttrong ngày\t14:00\t\t" RIGHT);
    pty_send(p, CTRL_S);
    pty_must_show(p, "Đã lưu thủ tục 9.000001");
    pty_must_show(p, "trong ngày, nhận đến 14:00");
    pty_must_show(p, "Cuối ngày hẹn"); /* the row that was added is the chosen one */
    pty_send(p, "c");
    pty_must_show(p, "9.000001  Thủ tục thử");
    pty_send(p, "01\t\t\t" CTRL_U "10 ngày");
    pty_send(p, CTRL_S);
    pty_must_show(p, "Đã lưu thủ tục 9.000001#01");
    pty_must_show(p, "Còn 1 trường"); /* there is another row of this code */
    MUST_TELL(s, "\"limit_kind\":\"calendar_days\"", "procedure", "show", "9.000001.01", "--json");
    MUST_TELL(s, "\"cutoff\":\"14:00\"", "procedure", "show", "9.000001", "--json");

    /* the plain one takes its cases along; asked first, and no is no */
    pty_send(p, "/9.000001");
    pty_send(p, ESC "[3~"); /* Del is the field's where one types */
    pty_must_not_show(p, "Ngừng dùng thủ tục");
    pty_send(p, UP ESC);
    pty_send(p, "x");
    pty_must_show(p, "và 1 trường hợp của nó?");
    pty_send(p, "k");
    MUST_NOT_TELL(s, "\"retired\":true", "procedure", "show", "9.000001", "--json");
    pty_send(p, "xc");
    pty_must_show(p, "và 1 trường hợp của nó?"); /* a key sent before the question was seen is no answer */
    pty_send(p, "c");
    pty_must_show(p, "Đã ngừng dùng 9.000001");
    pty_must_show(p, "(ngừng dùng) Thủ tục thử");
    pty_send(p, "n9.000001");
    pty_must_show(p, "Không có thủ tục nào khớp");
    pty_send(p, CTRL_U ESC);
    pty_send(p, "6/9.000001");
    pty_send(p, ESC);
    screen_quit(p);
}

static void a_retired_procedure_is_brought_back(void **state)
{
    const struct screen_store *s = *state;
    struct pty *p = screen_open(s, NINE, 24, 80);
    pty_send(p, "6/1.004873");
    pty_send(p, ESC "[A"); /* nowhere to go */
    pty_send(p, "\t");     /* to the list: the field keeps its text, the keys are keys again */
    pty_must_show(p, "[p Thủ tục]");
    pty_must_show(p, "1 dòng");
    pty_send(p, "x");
    pty_must_show(p, "Ngừng dùng thủ tục này?");
    pty_send(p, "c");
    pty_must_show(p, "Đã ngừng dùng 1.004873");
    STORE_RUN(s, 1, "2026-11-16 09:10:00", "receive", "--procedure=1.004873", "--applicant=Lê Văn Tám");
    pty_send(p, "x");
    pty_must_show(p, "Dùng lại thủ tục này?");
    pty_send(p, "c");
    pty_must_show(p, "Đã dùng lại 1.004873");
    STORE_RUN(s, 0, "2026-11-16 09:20:00", "receive", "--procedure=1.004873", "--applicant=Lê Văn Tám");
    screen_quit(p);
}

/* ---- people ---- */

static void a_person_is_added_and_edited(void **state)
{
    const struct screen_store *s = *state;
    struct pty *p = screen_open(s, NINE, 24, 80);
    pty_send(p, "6oa");
    pty_send(p, "ho ng\tPha" DEL "ạm Văn Hùng\t");
    pty_send(p, CTRL_S);
    pty_must_show(p, "Tên đăng nhập ho ng không hợp lệ");
    pty_must_show(p, "Phạm Văn Hùng"); /* what was typed stays */
    assert_int_equal(pty_cursor_row(p), pty_row_of(p, "> Tên đăng nhập"));
    pty_send(p, CTRL_U "motcua-none\t");
    pty_must_show(p, "Máy này chưa có tài khoản motcua-none");
    pty_send(p, "\t" RIGHT);
    pty_must_show(p, "Giải quyết hồ sơ"); /* what a role may do */
    pty_send(p, "\tPhòng Văn hóa");
    pty_send(p, CTRL_S);
    pty_must_show(p, "Đã lưu công chức motcua-none");
    MUST_TELL(s, "Phạm Văn Hùng", "officer", "list");
    pty_send(p, "\r" CTRL_U "Phạm Văn Dũng" CTRL_S);
    pty_must_show(p, "Phạm Văn Dũng");
    MUST_NOT_TELL(s, "Phạm Văn Hùng", "officer", "list");
    MUST_TELL(s, "specialist", "officer", "list", "--json");
    screen_quit(p);
}

static void who_holds_dossiers_is_not_retired(void **state)
{
    const struct screen_store *s = *state;
    STORE_RUN(s, 0, "2026-11-16 08:00:00", "receive", "--procedure=1.004873", "--applicant=Lê Văn Tám",
              "--officer=nam");
    struct buf before = BUF_INIT;
    screen_store_head(s, NINE, &before);
    struct pty *p = screen_open(s, NINE, 24, 80);
    pty_send(p, "6o/nam");
    pty_send(p, "\tx");
    pty_must_show(p, "nam đang giữ 1 hồ sơ chưa giải quyết xong");
    pty_must_show(p, "Mở các hồ sơ đó");
    pty_send(p, "k");
    must_be_head(s, &before);
    pty_send(p, "x");
    pty_send(p, "c");
    pty_must_show(p, "Trần Văn Nam: 1 hồ sơ chưa giải quyết xong");
    pty_must_show(p, "Lê Văn Tám");
    pty_send(p, "*");
    pty_must_show(p, "1 hồ sơ được đánh dấu");
    pty_send(p, "t");
    pty_must_show(p, "Chuyển xử lý");
    pty_send(p, ESC);
    pty_send(p, ESC);
    pty_send(p, ESC);
    pty_must_show(p, "[o Công chức]");
    must_be_head(s, &before);
    /* handed on by somebody else meanwhile: seen without a key, and then it may be done */
    STORE_RUN(s, 0, "2026-11-16 09:01:00", "transfer", "H42.26.21-261116-0001", "--to=lan");
    pty_wait(p);
    pty_must_show(p, "Không giữ hồ sơ nào");
    pty_send(p, "x");
    pty_send(p, "c");
    pty_must_show(p, "Đã ngừng dùng nam");
    pty_must_show(p, "nam            Trần Văn Nam       (ngừng dùng)");
    pty_send(p, "\r");
    pty_must_show(p, "Mục này đã ngừng dùng; lưu là dùng lại");
    pty_send(p, ESC);
    pty_send(p, "x");
    pty_must_show(p, "Dùng lại tài khoản của người này?");
    /* somebody else was faster, and changed more: that stays */
    STORE_RUN(s, 0, "2026-11-16 09:02:00", "officer", "put", "nam", "--name=Trần Văn Nam", "--role=chief");
    pty_send(p, "c");
    MUST_NOT_TELL(s, "\"login\":\"nam\",\"name\":\"Trần Văn Nam\",\"role\":\"specialist\"", "officer", "list",
                  "--json");
    MUST_TELL(s, "\"login\":\"nam\",\"name\":\"Trần Văn Nam\",\"role\":\"chief\"", "officer", "list",
              "--json");
    pty_must_not_show(p, "(ngừng dùng)");
    screen_quit(p);
    buf_release(&before);
}

static void the_last_admin_stays_one(void **state)
{
    struct pty *p = screen_open(*state, NINE, 24, 80);
    pty_send(p, "6o/quan tri"); /* people are found by their role, too */
    pty_must_show(p, "1 dòng");
    pty_must_show(p, "Tab Danh sách");
    pty_send(p, "\tx");
    pty_must_show(p, "là quản trị viên cuối cùng");
    pty_send(p, "\r");
    pty_send(p, "\t" LEFT CTRL_S);
    pty_must_show(p, "là quản trị viên cuối cùng");
    pty_must_show(p, "(•) Lãnh đạo"); /* as it was left */
    pty_send(p, ESC);
    pty_send(p, "c");
    screen_quit(p);
}

/* ---- what a role forbids ---- */

/* Everything can be read and stays in its place; each key that would change something says why not. */
static void an_officer_may_only_read(void **state)
{
    const struct screen_store *s = *state;
    char me[64];
    struct buf list = BUF_INIT;
    struct pty_options o = {.store = s->path, .clock = NINE, .args = {"officer", "list", "--json"}};
    assert_int_equal(pty_command(&o, &list), 0);
    char *admin = strstr(list.p, "\"role\":\"admin\"");
    assert_non_null(admin);
    while (admin > list.p && *admin != '{')
        admin--;
    assert_int_equal(sscanf(admin, "{\"login\":\"%63[^\"]", me), 1);
    buf_release(&list);
    STORE_RUN(s, 0, "2026-11-16 07:40:00", "officer", "put", "boss", "--name=Sếp", "--role=admin");
    STORE_RUN(s, 0, "2026-11-16 07:41:00", "officer", "put", me, "--name=Tôi", "--role=officer");
    struct buf before = BUF_INIT;
    screen_store_head(s, NINE, &before);
    struct pty *p = screen_open(s, NINE, 24, 80);
    static const struct {
        const char *part, *keys[6], *may;
    } parts[] = {
        {"p", {"\r", "a", "c", "x"}, "sửa danh mục thủ tục"},
        {"o", {"\r", "a", "x"}, "quản lý công chức"},
        {"d", {"\r", "a", "x", "h", "l"}, "sửa lịch làm việc"},
        {"s", {"\r", "x"}, "sửa thiết lập"},
    };
    pty_send(p, "6");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        pty_send(p, parts[i].part);
        pty_must_show(p, "Chỉ xem.");
        for (size_t k = 0; parts[i].keys[k]; k++) {
            pty_send(p, "z"); /* no key here: it only takes the message away */
            pty_must_not_show(p, "liên hệ quản trị viên của cơ quan\n Enter");
            pty_send(p, parts[i].keys[k]);
            assert_true(pty_row_of(p, "Chỉ xem.") == 3);
            struct pty_cell last = pty_cell(p, 22, 1);
            assert_true(last.text[0] != '\0'); /* the refusal, in the row for messages */
            pty_must_show(p, parts[i].may);
        }
    }
    pty_must_show(p, "x Về mặc định"); /* visible, though forbidden */
    screen_quit(p);
    must_be_head(s, &before);
    buf_release(&before);
}

/* ---- days ---- */

#define OLD_DUE "19/11/2026 17:00"
#define NEW_DUE "20/11/2026 17:00"

/* Received on Monday the 16th, three working days: Thursday the 19th. A day off on the 18th makes it Friday;
 * taking it away again must not make it earlier. */
static void a_day_off(const struct screen_store *s, int rows, int columns)
{
    char name[64];
    STORE_RUN(s, 0, "2026-11-16 08:00:00", "receive", "--procedure=1.004873", "--applicant=Lê Văn Tám",
              "--officer=nam");
    STORE_RUN(s, 0, "2026-11-16 08:05:00", "receive", "--procedure=1.004873", "--applicant=Nguyễn Thị Hương",
              "--officer=lan");
    struct buf before = BUF_INIT;
    screen_store_head(s, NINE, &before);
    struct pty *p = screen_open(s, NINE, rows, columns);
    pty_send(p, "6da");
    pty_send(p, "18/11\t\t\tNghi" DEL "ỉ ba" DEL "ã" DEL "ão số 9\t12/CĐ-UBND");
    pty_must_show(p, "Thứ Tư 18/11/2026 hiện là ngày làm việc");
    pty_send(p, CTRL_S);
    pty_must_show(p, "CHƯA LƯU. Nếu lưu: 2 hồ sơ dời hẹn trả");
    snprintf(name, sizeof name, "office_moves_%dx%d", columns, rows);
    pty_golden(p, name);
    must_be_head(s, &before);
    pty_send(p, ESC); /* not yet: the form is as it was */
    pty_must_show(p, "Nghỉ bão số 9");
    must_be_head(s, &before);
    pty_send(p, CTRL_S);
    pty_send(p, CTRL_S);
    pty_must_show(p, "ĐÃ LƯU. 2 hồ sơ dời hẹn trả");
    snprintf(name, sizeof name, "office_moved_%dx%d", columns, rows);
    pty_golden(p, name);
    MUST_TELL(s, "\"due_at\":\"2026-11-20T17:00:00+07:00\"", "show", "H42.26.21-261116-0001", "--json");
    pty_send(p, "\r"); /* one of them, its history */
    pty_must_show(p, "H42.26.21-261116-0001");
    pty_must_show(p, "Thứ Sáu " NEW_DUE);
    pty_send(p, ESC);
    pty_send(p, ESC);
    pty_must_show(p, "Căn cứ: 12/CĐ-UBND"); /* the day that was added is the chosen one */
    pty_send(p, "x");
    pty_must_show(p, "CHƯA LƯU. Nếu lưu: 2 hồ sơ giữ nguyên ngày đã hẹn");
    pty_must_show(p, "Bỏ ngày nghỉ 18/11/2026: Nghỉ bão số 9");
    snprintf(name, sizeof name, "office_kept_%dx%d", columns, rows);
    pty_golden(p, name);
    pty_send(p, CTRL_S);
    pty_must_show(p, "ĐÃ LƯU. 2 hồ sơ giữ nguyên");
    pty_must_show(p, "Bỏ ngày nghỉ 18/11/2026: Nghỉ bão số 9");
    screen_quit(p);
    MUST_NOT_TELL(s, "2026-11-18", "calendar", "show", "2026", "--json");
    MUST_TELL(s, "\"due_at\":\"2026-11-20T17:00:00+07:00\"", "show", "H42.26.21-261116-0001", "--json");
    buf_release(&before);
}

static void a_day_off_at_80_by_24(void **state)
{
    a_day_off(*state, 24, 80);
}

static void a_day_off_at_120_by_40(void **state)
{
    a_day_off(*state, 40, 120);
}

static void days_that_move_nothing_are_saved_at_once(void **state)
{
    const struct screen_store *s = *state;
    struct pty *p = screen_open(s, NINE, 24, 80);
    pty_send(p, "6da");
    pty_send(p, "30/2\t");
    pty_must_show(p, "Chưa hiểu ngày");
    pty_send(p, BACK_TAB CTRL_U "12/3/2029\t14/3/2028"); /* while it is typed */
    pty_must_show(p, "Ngày cuối phải sau ngày đầu");
    pty_send(p, CTRL_U "14/3/2029\t");
    pty_must_show(p, "Thứ Hai 12/03/2029 đến Thứ Tư 14/03/2029: 3 ngày");
    pty_send(p, CTRL_S);
    pty_must_show(p, "Tên ngày: không được để trống");
    pty_send(p, "Hội làng" CTRL_S);
    pty_must_show(p, "không có hồ sơ nào đổi hẹn trả");
    MUST_TELL(s, "2029-03-13", "calendar", "show", "2029", "--json");
    /* the day itself is not edited away: its kind, name and document are */
    pty_send(p, RIGHT RIGHT RIGHT);
    pty_must_show(p, "← 2029 →");
    pty_must_show(p, "Hội làng");
    screen_quit(p);
}

static void a_refused_day_keeps_what_was_typed(void **state)
{
    const struct screen_store *s = *state;
    struct buf before = BUF_INIT;
    screen_store_head(s, NINE, &before);
    struct pty *p = screen_open(s, NINE, 24, 80);
    pty_send(p, "6da");
    pty_send(p, "24/11\t\t" RIGHT RIGHT "\tBầu cử");
    pty_must_show(p, "hiện là Ngày nghỉ (Ngày Văn hóa Việt Nam)");
    pty_send(p, CTRL_S);
    pty_must_show(p, "Ngày 24/11/2026 đã được ghi là");
    pty_must_not_show(p, "motcua calendar"); /* keys, not commands */
    pty_must_show(p, "Bầu cử");
    pty_send(p, CTRL_U "25/11\t\t" LEFT CTRL_S);
    pty_must_show(p, "vốn là ngày làm việc");
    pty_must_show(p, "Bầu cử");
    must_be_head(s, &before);
    pty_send(p, ESC);
    pty_must_show(p, "Bỏ những gì đã nhập?");
    pty_send(p, "c");
    pty_send(p, "x"); /* 24/11, the next day to come, is the chosen one */
    pty_must_show(p, "Xóa ngày này khỏi lịch?");
    pty_send(p, "k");
    must_be_head(s, &before);
    screen_quit(p);
    buf_release(&before);
}

/* A computed day is nothing recorded; Enter records it, and the whole year's at once when its plan is out. */
static void a_years_plan_comes_out(void **state)
{
    const struct screen_store *s = *state;
    struct pty *p = screen_open(s, NINE, 24, 80);
    pty_send(p, "6d" RIGHT);
    pty_must_show(p, "chưa có lịch chính thức");
    pty_must_show(p, "Ngày nghỉ (tạm tính)");
    pty_send(p, "x");
    pty_must_show(p, "không có gì để xóa");
    pty_send(p, "\r");
    pty_must_show(p, "01/01/2027");
    pty_send(p, CTRL_S);
    MUST_TELL(s, "{\"date\":\"2027-01-01\",\"kind\":\"day_off\"", "calendar", "show", "2027", "--json");
    pty_send(p, RIGHT "l");
    pty_must_show(p, "Phải ghi nhận lịch năm 2027 trước");
    pty_send(p, LEFT "l");
    pty_must_show(p, "thành ngày nghỉ chính thức của năm 2027?");
    pty_send(p, "c");
    pty_must_show(p, "đã có lịch nghỉ chính thức");
    pty_must_not_show(p, "(tạm tính)");
    MUST_NOT_TELL(s, "computed", "calendar", "show", "2027", "--json");
    MUST_TELL(s, "2027-02-04", "calendar", "show", "2027", "--json");
    pty_send(p, LEFT LEFT "l");
    pty_must_show(p, "chỉ bỏ được từ năm cuối, 2027");
    screen_quit(p);
}

static void hours_are_changed_from_a_day_on(void **state)
{
    const struct screen_store *s = *state;
    struct pty *p = screen_open(s, NINE, 24, 80);
    pty_send(p, "6dh");
    pty_must_show(p, "07:00-11:30,13:30-17:00");
    pty_send(p, CTRL_U "07:30-11:30,11:00-16:30\t");
    pty_must_show(p, "Chưa hiểu giờ làm việc");
    pty_send(p, BACK_TAB CTRL_U "7h30-11h30, 13h00-16h30\t" CTRL_U "thu hai\t");
    pty_must_show(p, "Chưa hiểu các ngày trong tuần");
    pty_send(p, BACK_TAB CTRL_U "T2-T6\t1/12/2026");
    pty_must_show(p, "Mỗi ngày làm việc 7 giờ 30 phút");
    pty_send(p, CTRL_S);
    pty_must_show(p, "Giờ làm việc: T2-T6, 07:00-11:30,13:30-17:00; từ 01/12/2026: T2-T6,");
    pty_must_show(p, "07:30-11:30,13:00-16:30");
    screen_store_receive(s, "2026-11-30 10:00:00", "Lê Văn Tám");
    screen_quit(p);
}

/* ---- settings ---- */

static void a_setting_is_changed_and_put_back(void **state)
{
    const struct screen_store *s = *state;
    struct pty *p = screen_open(s, NINE, 24, 80);
    pty_send(p, "6s/cutoff");
    pty_must_show(p, "1 dòng");
    pty_must_show(p, "Mặc định: 15:00");
    pty_send(p, "\r");
    pty_send(p, CTRL_U "25:00");
    pty_must_show(p, "Giá trị hợp lệ: một giờ trong ngày");
    pty_send(p, CTRL_S);
    pty_must_show(p, "không nhận giá trị “25:00”");
    pty_must_show(p, "Giá trị  25:00");
    pty_send(p, CTRL_U "16:00" CTRL_S);
    pty_must_show(p, "Đã lưu thiết lập same_day.cutoff: 16:00");
    pty_must_show(p, "* 16:00"); /* not the default any more */
    MUST_TELL(s, "\"value\":\"16:00\"", "config", "--json", "same_day.cutoff");
    pty_send(p, "x");
    pty_must_show(p, "đã về mặc định: 15:00");
    MUST_TELL(s, "\"value\":\"15:00\"", "config", "--json", "same_day.cutoff");
    pty_send(p, "x");
    pty_must_show(p, "đang là mặc định");
    pty_send(p, ESC);
    pty_send(p, "/report.basis");
    pty_send(p, "\r" DOWN "\r"); /* one of two words is chosen, not typed */
    pty_must_show(p, "Đã lưu thiết lập report.basis: Ngày hẹn lại");
    screen_quit(p);
}

/* As people write and call them; scripts keep their words. */
static void dates_hours_and_words_are_peoples(void **state)
{
    const struct screen_store *s = *state;
    struct pty *p = screen_open(s, NINE, 24, 80);
    pty_send(p, "6s/forms.from");
    pty_send(p, "\r");
    pty_must_show(p, "01/07/2025");
    pty_send(p, CTRL_U "1/1");
    pty_must_show(p, "Giá trị hợp lệ: một ngày"); /* of which year? */
    pty_send(p, "/2026" CTRL_S);
    pty_must_show(p, "Đã lưu thiết lập forms.from: 01/01/2026");
    MUST_TELL(s, "\"value\":\"2026-01-01\"", "config", "--json", "forms.from");
    pty_send(p, "/cutoff");
    pty_send(p, "\r" CTRL_U "15h30" CTRL_S);
    pty_must_show(p, "same_day.cutoff: 15:30");
    MUST_TELL(s, "\"value\":\"15:30\"", "config", "--json", "same_day.cutoff");
    pty_send(p, "/soon.days");
    pty_must_show(p, "Giá trị hợp lệ: từ 0 đến 60.");
    pty_send(p, CTRL_U "report.basis");
    pty_must_not_show(p, "statutory");
    pty_send(p, "\r");
    pty_must_show(p, "Giá trị hợp lệ: Hạn quy định, Ngày hẹn lại.");
    pty_must_not_show(p, "statutory");
    pty_send(p, DOWN CTRL_S);
    MUST_TELL(s, "\"value\":\"promised\"", "config", "--json", "report.basis");
    screen_quit(p);
}

/* A target is typed with its sign, whatever the sign; a share alone asks for nothing. */
static void a_target_is_typed(void **state)
{
    const struct screen_store *s = *state;
    static const struct {
        const char *typed, *kept;
    } targets[] = {{">98", "\"value\":\">98\""},
                   {">=95,5", "\"value\":\">=95.5\""},
                   {"≥ 90,5", "\"value\":\">=90.5\""},
                   {"=100", "\"value\":\"=100\""}};
    struct pty *p = screen_open(s, NINE, 24, 80);
    pty_send(p, "6s/target.on_time");
    pty_send(p, "\r");
    pty_send(p, CTRL_U "98" CTRL_S);
    pty_must_show(p, "không nhận giá trị “98”");
    pty_send(p, ESC);
    pty_send(p, "c");
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        pty_send(p, "\r" CTRL_U);
        pty_send(p, targets[i].typed);
        pty_send(p, CTRL_S);
        pty_must_show(p, "Đã lưu thiết lập target.on_time");
        MUST_TELL(s, targets[i].kept, "config", "--json", "target.on_time");
    }
    screen_quit(p);
}

/* The screen speaks the office's language from the moment it is set. */
static void the_language_changes_at_once(void **state)
{
    const struct screen_store *s = *state;
    struct pty_options o = {.store = s->path, .clock = NINE, .env = {"MOTCUA_LANG"}};
    struct pty *p = pty_start(&o);
    pty_wait(p);
    pty_send(p, "6s");
    pty_must_show(p, "[s Thiết lập]");
    pty_send(p, "\r" DOWN CTRL_S);
    pty_must_show(p, "[s Settings]");
    pty_send(p, "\r" UP CTRL_S);
    pty_must_show(p, "[s Thiết lập]");
    screen_quit(p);
}

/* ---- others at the same time ---- */

static void what_others_change_appears(void **state)
{
    const struct screen_store *s = *state;
    struct pty *p = screen_open(s, NINE, 24, 80);
    pty_send(p, "6o/tran van");
    pty_must_show(p, "Trần Văn Nam");
    STORE_RUN(s, 0, "2026-11-16 09:00:30", "officer", "put", "nam", "--name=Trần Văn Năm",
              "--role=specialist");
    pty_wait(p);
    pty_must_show(p, "Trần Văn Năm");
    pty_send(p, "\r");
    pty_send(p, CTRL_U "Trần Văn Nám");
    pty_must_not_show(p, "Người khác vừa đổi");
    STORE_RUN(s, 0, "2026-11-16 09:01:30", "officer", "put", "nam", "--name=Trần Văn Nằm",
              "--role=specialist");
    pty_wait(p);
    pty_must_show(p, "Người khác vừa đổi mục này");
    pty_must_show(p, "Trần Văn Nám"); /* what was typed stays */
    pty_send(p, CTRL_S);
    pty_must_show(p, "Chưa lưu. Người khác vừa đổi mục này: Họ tên thành “Trần Văn Nằm”");
    pty_must_show(p, "Trần Văn Nám");
    MUST_TELL(s, "Trần Văn Nằm", "officer", "list");
    pty_send(p, CTRL_S); /* read, and meant */
    pty_must_show(p, "Đã lưu công chức nam");
    MUST_TELL(s, "Trần Văn Nám", "officer", "list");
    screen_quit(p);
}

/* Who edits a title does not take back what somebody else changed meanwhile. */
static void only_what_was_changed_is_saved(void **state)
{
    const struct screen_store *s = *state;
    struct buf before = BUF_INIT;
    STORE_RUN(s, 0, "2026-11-16 08:00:00", "officer", "put", "mai", "--name=Lê Thị Mai", "--role=chief");
    screen_store_head(s, NINE, &before);
    struct pty *p = screen_open(s, NINE, 24, 80);
    pty_send(p, "6o/le thi mai");
    pty_send(p, "\r");
    pty_send(p, CTRL_S);
    pty_must_show(p, "Chưa sửa ô nào");
    must_be_head(s, &before);
    pty_send(p, "\t\t\tKế toán");
    STORE_RUN(s, 0, "2026-11-16 09:00:30", "officer", "put", "mai", "--name=Lê Thị Mai", "--role=specialist",
              "--unit=Phòng Kinh tế");
    pty_send(p, CTRL_S);
    pty_must_show(p, "Đã lưu công chức mai");
    MUST_TELL(s, "\"role\":\"specialist\",\"unit\":\"Phòng Kinh tế\",\"title\":\"Kế toán\"", "officer",
              "list", "--json");
    /* retired meanwhile: not brought back by the way */
    pty_send(p, "\r" CTRL_U "Lê Thị Mái");
    STORE_RUN(s, 0, "2026-11-16 09:01:30", "officer", "retire", "mai");
    pty_send(p, CTRL_S);
    pty_must_show(p, "Chưa lưu. Người khác vừa đổi mục này: đã ngừng dùng");
    pty_send(p, ESC);
    pty_send(p, "c");
    /* the same of a procedure's limit and its fee */
    pty_send(p, ESC);
    pty_send(p, "p/1.004873");
    pty_send(p, "\r");
    pty_send(p, "\t\t\t" CTRL_U "9000");
    STORE_RUN(s, 0, "2026-11-16 09:02:30", "procedure", "put", "1.004873", "--limit=7 working_days");
    pty_send(p, CTRL_S);
    pty_must_show(p, "Đã lưu thủ tục 1.004873");
    MUST_TELL(s, "\"limit_value\":7", "procedure", "show", "1.004873", "--json");
    MUST_TELL(s, "\"fee_vnd\":9000", "procedure", "show", "1.004873", "--json");
    screen_quit(p);
    buf_release(&before);
}

/* Adding never takes the place of what is there; a case is one of its procedure. */
static void what_is_added_is_new(void **state)
{
    const struct screen_store *s = *state;
    struct buf before = BUF_INIT;
    screen_store_head(s, NINE, &before);
    struct pty *p = screen_open(s, NINE, 24, 80);
    pty_send(p, "6oa");
    pty_send(p, "nam\tNgười Khác" CTRL_S);
    pty_must_show(p, "Tên đăng nhập này đã có: Trần Văn Nam");
    pty_must_show(p, "Người Khác");
    must_be_head(s, &before);
    pty_send(p, ESC);
    pty_send(p, "c");
    pty_send(p, "pa");
    pty_send(p, "1.004873\t\tThử\tHộ tịch" CTRL_S);
    pty_must_show(p, "Mã này đã có");
    must_be_head(s, &before);
    pty_send(p, ESC);
    pty_send(p, "c");
    pty_send(p, "/1.004873");
    pty_send(p, "\t");
    pty_send(p, "c");
    pty_must_show(p, "Thêm trường hợp");
    pty_must_not_show(p, "> Mã thủ tục");
    pty_send(p, CTRL_S);
    pty_must_show(p, "Trường hợp: không được để trống");
    must_be_head(s, &before);
    pty_send(p, "09" CTRL_S);
    pty_must_show(p, "Đã lưu thủ tục 1.004873#09");
    screen_quit(p);
    buf_release(&before);
}

/* ---- where there is no store ---- */

static bool exists(const struct screen_store *s)
{
    char path[96];
    struct stat st;
    snprintf(path, sizeof path, "%s/data.mdb", s->path);
    return stat(path, &st) == 0;
}

/* The form as far as it is the same for everybody: the folder's name is another each time, and below the rule
 * stands who runs the test. */
static void wizard_picture(struct pty *p, const struct screen_store *s, const char *name)
{
    struct buf text = BUF_INIT;
    const char *screen = strchr(pty_screen(p), '\n') + 1, *end = strstr(screen, " ──");
    assert_non_null(end);
    for (const char *c = screen; c < end;) {
        const char *path = strstr(c, s->path);
        size_t n = path && path < end ? (size_t)(path - c) : (size_t)(end - c);
        buf_add(&text, c, n);
        c += n;
        if (c < end) {
            buf_add_z(&text, "/FOLDER");
            c += strlen(s->path);
        }
    }
    golden(name, text.p);
    buf_release(&text);
}

static void first_run(const struct screen_store *s, int rows, int columns)
{
    char name[64];
    struct pty *p = screen_open(s, "2026-11-16 08:00:00", rows, columns);
    pty_must_show(p, "Tạo sổ dữ liệu");
    pty_must_show(p, s->path);
    pty_must_show(p, "motcua -s ~/motcua-demo demo");
    pty_must_show(
        p, "Thứ Hai 16/11/2026 08:00"); /* on the clock of Việt Nam before there is an office to say so */
    snprintf(name, sizeof name, "wizard_%dx%d", columns, rows);
    wizard_picture(p, s, name);
    pty_send(p, CTRL_S);
    pty_must_show(p, "Tên cơ quan: không được để trống");
    pty_send(p, "UBND xã To" DEL "ơ Tung\tH42..26");
    pty_must_show(p, "không hợp lệ"); /* while it is typed */
    pty_send(p, CTRL_U);
    pty_must_show(p, "H42.26.21 thì mã hồ sơ đầu tiên là H42.26.21-261116-0001");
    pty_send(p, "h42.26.21"); /* letters of a code are capitals */
    pty_must_show(p, "Mã hồ sơ đầu tiên hôm nay sẽ là H42.26.21-261116-0001");
    pty_must_show(p, "viết hoa");
    snprintf(name, sizeof name, "wizard_agency_%dx%d", columns, rows);
    wizard_picture(p, s, name);
    pty_send(p, "\tUBND tỉnh Gia Lai\tTơ Tung\tkhong-co-nhom-nay");
    pty_must_show(p, "Máy này không có nhóm người dùng khong-co-nhom-nay");
    pty_send(p, CTRL_S);
    assert_int_equal(pty_cursor_row(p), pty_row_of(p, "Nhóm dùng chung"));
    pty_send(p, CTRL_U);
    pty_send(p, CTRL_S);
    pty_must_show(p, "UBND xã Tơ Tung  H42.26.21");
    pty_must_show(p, "Tạo sổ dữ liệu cho cơ quan này?");
    pty_send(p, "k");
    assert_false(exists(s));
    pty_send(p, CTRL_S);
    pty_send(p, "c");
    assert_true(exists(s));
    pty_must_show(p, "[1 Hôm nay]");
    pty_must_show(p, "Đã tạo sổ dữ liệu");
    assert_int_equal(pty_row_of(p, "UBND xã Tơ Tung"), 0);

    /* the first receipt, and what came with the store */
    pty_send(p, "n");
    pty_send(p, "xac nhan tinh trang hon nhan\r");
    pty_send(p, "Nguyê" DEL "ễn Thị Hương" CTRL_S);
    pty_must_show(p, "ĐÃ TIẾP NHẬN  H42.26.21-261116-0001   Nguyễn Thị Hương");
    pty_must_show(p, "HẸN TRẢ  Thứ Năm 19/11/2026 17:00");
    pty_send(p, "\0336");
    pty_send(p, ESC);
    pty_send(p, "6o");
    pty_must_show(p, "1 công chức");
    pty_must_show(p, "Quản trị");
    screen_quit(p);
    MUST_TELL(s, "\"agency\":\"H42.26.21\"", "stat", "--json");
    MUST_TELL(s, "2026-11-24", "calendar", "show", "2026", "--json");
}

/* English, and a folder nobody can write in, told before anything is typed. */
static void the_first_form_tries_its_folder(void **state)
{
    const struct screen_store *s = *state;
    struct pty_options o = {.store = s->path, .clock = NINE, .rows = 24, .columns = 80};
    o.env[0] = "MOTCUA_LANG=en";
    struct pty *p = pty_start(&o);
    pty_wait(p);
    pty_must_show(p, "The store will be at ");
    pty_must_not_show(p, "Nothing can be written");
    screen_quit(p);
    o.store = "/proc/motcua";
    p = pty_start(&o);
    pty_wait(p);
    pty_must_show(p, "Nothing can be written at /proc/motcua");
    screen_quit(p);
}

static void the_first_run_at_80_by_24(void **state)
{
    first_run(*state, 24, 80);
}

static void the_first_run_at_120_by_40(void **state)
{
    first_run(*state, 40, 120);
}

static void the_first_store_may_be_shared_with_a_group(void **state)
{
    const struct screen_store *s = *state;
    const struct group *own = getgrgid(getgid());
    if (!own)
        skip();
    struct pty *p = screen_open(s, NINE, 24, 80);
    pty_send(p, "UBND xã Tơ Tung\tH42.26.21\t\t\t");
    pty_send(p, own->gr_name);
    pty_must_not_show(p, "không có nhóm");
    pty_send(p, "\r"); /* Enter on the last field saves */
    pty_send(p, "c");
    pty_must_show(p, "Đã tạo sổ dữ liệu");
    screen_quit(p);
    char path[96];
    struct stat st;
    snprintf(path, sizeof path, "%s/data.mdb", s->path);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0660);
}

static void leaving_the_first_form_leaves_nothing(void **state)
{
    const struct screen_store *s = *state;
    struct pty *p = screen_open(s, NINE, 24, 80);
    pty_send(p, "12n6q/?"); /* letters, for there is nothing else to go to */
    pty_must_show(p, "12n6q/?");
    pty_send(p, "\033OP"); /* F1 */
    pty_must_show(p, "Các phím");
    pty_send(p, "2");
    pty_send(p, "n");
    pty_must_show(p, "Các phím");
    pty_send(p, ESC);
    pty_must_show(p, "12n6q/?");
    pty_send(p, ESC);
    pty_must_show(p, "và thoát?");
    pty_send(p, "k");
    pty_push(p, ESC "[21~", 5); /* F10 */
    pty_wait(p);
    pty_push(p, "c", 1);
    screen_must_end_well(p);
    assert_int_equal(access(s->path, F_OK), -1);
}

static void somebody_else_may_be_first(void **state)
{
    const struct screen_store *s = *state;
    struct pty *p = screen_open(s, NINE, 24, 80);
    pty_send(p, "UBND xã Tơ Tung\tH42.26.21");
    STORE_RUN(s, 0, "2026-11-16 09:00:30", "init", "--office", "UBND xã Khác", "--agency", "H42.26.22");
    pty_send(p, CTRL_S);
    pty_send(p, "c");
    pty_must_show(p, "Vừa có người tạo sổ dữ liệu");
    pty_must_show(p, "H42.26.21"); /* what was typed stays */
    pty_push(p, ESC "[21~", 5);
    pty_wait(p);
    pty_push(p, "c", 1);
    screen_must_end_well(p);
    MUST_TELL(s, "H42.26.22", "stat", "--json");
}

/* Without a terminal there is nobody to ask. */
static void without_a_terminal_nothing_is_asked(void **state)
{
    const struct screen_store *s = *state;
    struct pty_options o = {.store = s->path, .clock = NINE};
    assert_int_equal(pty_command(&o, NULL), 2);
    o.args[0] = "list";
    assert_int_equal(pty_command(&o, NULL), 1); /* no_store */
    assert_int_equal(access(s->path, F_OK), -1);
}

int main(void)
{
#define ON_A_STORE(test) cmocka_unit_test_setup_teardown(test, screen_store_setup, screen_store_teardown)
#define ON_NOTHING(test) cmocka_unit_test_setup_teardown(test, make_nothing, screen_store_teardown)
    const struct CMUnitTest tests[] = {
        ON_A_STORE(it_looks_so_at_80_by_24),
        ON_A_STORE(it_looks_so_at_120_by_40),
        ON_A_STORE(parts_are_turned_by_keys_tab_and_mouse),
        ON_A_STORE(a_procedure_is_edited),
        ON_A_STORE(a_procedure_and_its_case_are_added_retired_and_brought_back),
        ON_A_STORE(a_retired_procedure_is_brought_back),
        ON_A_STORE(a_person_is_added_and_edited),
        ON_A_STORE(who_holds_dossiers_is_not_retired),
        ON_A_STORE(the_last_admin_stays_one),
        ON_A_STORE(an_officer_may_only_read),
        ON_A_STORE(a_day_off_at_80_by_24),
        ON_A_STORE(a_day_off_at_120_by_40),
        ON_A_STORE(days_that_move_nothing_are_saved_at_once),
        ON_A_STORE(a_refused_day_keeps_what_was_typed),
        ON_A_STORE(a_years_plan_comes_out),
        ON_A_STORE(hours_are_changed_from_a_day_on),
        ON_A_STORE(a_setting_is_changed_and_put_back),
        ON_A_STORE(dates_hours_and_words_are_peoples),
        ON_A_STORE(a_target_is_typed),
        ON_A_STORE(the_language_changes_at_once),
        ON_A_STORE(what_others_change_appears),
        ON_A_STORE(only_what_was_changed_is_saved),
        ON_A_STORE(what_is_added_is_new),
        ON_NOTHING(the_first_form_tries_its_folder),
        ON_NOTHING(the_first_run_at_80_by_24),
        ON_NOTHING(the_first_run_at_120_by_40),
        ON_NOTHING(the_first_store_may_be_shared_with_a_group),
        ON_NOTHING(leaving_the_first_form_leaves_nothing),
        ON_NOTHING(somebody_else_may_be_first),
        ON_NOTHING(without_a_terminal_nothing_is_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
