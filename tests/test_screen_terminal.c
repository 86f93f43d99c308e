/* The terminal: sizes, locales, signals, scanners, others who write at the same time; and what is left
 * behind. */
#include "tests/screen_store.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#define EIGHT "2026-11-16 08:00:00"
#define NINE "2026-11-16 09:00:00"
#define FIRST "H42.26.21-261116-0001"
#define SECOND "H42.26.21-261116-0002"
#define ESC "\033"

static struct pty *open_with(const struct screen_store *s, int rows, int columns, const char *const *env)
{
    struct pty_options o = {.store = s->path, .clock = NINE, .rows = rows, .columns = columns};
    for (size_t i = 0; env && env[i]; i++)
        o.env[i] = env[i];
    struct pty *p = pty_start(&o);
    pty_wait(p);
    return p;
}
#define OPEN_ENV(s, ...) open_with((s), 24, 80, (const char *const[]){__VA_ARGS__, NULL})

static struct pty *open_screen(const struct screen_store *s)
{
    return open_with(s, 24, 80, NULL);
}

/* What a person's terminal is left as. */
static void must_be_restored(struct pty *p)
{
    assert_false(pty_alternate(p));
    assert_true(pty_cursor_shown(p));
    assert_non_null(strstr(pty_output(p).p, ESC "[?2004l")); /* bracketed paste off */
}

static void quit_by(struct pty *p, const char *keys)
{
    pty_push(p, keys, strlen(keys));
    int status = pty_end(p);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    must_be_restored(p);
    pty_free(p);
}

/* ---- ways to leave ---- */

static void q_f10_and_ctrl_c_quit(void **state)
{
    quit_by(open_screen(*state), "q");
    quit_by(open_screen(*state), ESC "[21~");
    quit_by(open_screen(*state), "\x03");
}

static void end_by_signal(const struct screen_store *s, int number)
{
    struct pty *p = open_screen(s);
    pty_send(p, "n"); /* from inside a form, too */
    pty_send(p, "khai");
    kill(pty_pid(p), number);
    int status = pty_end(p);
    assert_true(WIFSIGNALED(status)); /* whoever waits sees how it ended */
    assert_int_equal(WTERMSIG(status), number);
    must_be_restored(p);
    pty_free(p);
}

static void a_signal_leaves_the_terminal_usable(void **state)
{
    end_by_signal(*state, SIGTERM);
    end_by_signal(*state, SIGHUP);
    end_by_signal(*state, SIGINT);
}

static void a_crash_leaves_the_terminal_usable_and_says_so(void **state)
{
    struct pty *p = open_screen(*state);
    pty_send(p, "n");
    kill(pty_pid(p), SIGSEGV);
    pty_end(p);
    must_be_restored(p);
    assert_non_null(strstr(pty_output(p).p, "dữ liệu đã lưu vẫn"));
    pty_free(p);
    p = open_screen(*state);
    kill(pty_pid(p), SIGABRT);
    int status = pty_end(p);
    assert_true(WIFSIGNALED(status));
    must_be_restored(p);
    pty_free(p);
}

static void it_ends_when_the_terminal_goes_away(void **state)
{
    struct pty *p = open_screen(*state);
    pty_hang_up(p);
    pty_end(p);
    pty_free(p);
    /* without SIGHUP, as under nohup, too */
    struct pty_options o = {.store = ((struct screen_store *)*state)->path, .clock = NINE};
    p = pty_start(&o);
    pty_wait(p);
    kill(pty_pid(p), SIGSTOP);
    pty_hang_up(p);
    kill(pty_pid(p), SIGCONT);
    pty_end(p);
    pty_free(p);
}

/* ---- terminals and locales ---- */

static void must_show_vietnamese(struct pty *p)
{
    pty_must_show(p, "UBND xã Tơ Tung");
    pty_must_show(p, "Đúng hạn trong năm");
    pty_send(p, "/");
    pty_send(p, "đường ắc quy");
    pty_must_show(p, "đường ắc quy");
    quit_by(p, ESC "[21~");
}

static void letters_do_not_depend_on_the_locale(void **state)
{
    must_show_vietnamese(OPEN_ENV(*state, "LC_ALL", "LANG=C"));
    must_show_vietnamese(OPEN_ENV(*state, "LC_ALL=C"));
    must_show_vietnamese(OPEN_ENV(*state, "LC_ALL=vi_VN.UTF-8")); /* not generated on a fresh machine */
    must_show_vietnamese(OPEN_ENV(*state, "LC_ALL=nowhere.KOI8"));
    must_show_vietnamese(OPEN_ENV(*state, "LC_ALL", "LANG", "LC_CTYPE"));
}

static bool anything_colored(struct pty *p, int rows, int columns)
{
    for (int r = 0; r < rows; r++)
        for (int k = 0; k < columns; k++)
            if (pty_cell(p, r, k).colored)
                return true;
    return false;
}

static void colors_are_kept_off_when_not_wanted(void **state)
{
    const struct screen_store *s = *state;
    STORE_RUN(s, 0, EIGHT, "receive", "--procedure=1.004873", "--applicant=Lê Văn Tám",
              "--at=2026-11-09T08:00");
    struct pty *p = open_screen(s);
    assert_true(anything_colored(p, 24, 80));
    quit_by(p, "q");
    p = OPEN_ENV(s, "NO_COLOR=1");
    assert_false(anything_colored(p, 24, 80));
    pty_must_show(p, "! H42.26.21-261109-0001"); /* overdue, by a mark and a word */
    pty_must_show(p, "Quá hạn 2 ngày");
    int row = pty_row_of(p, "! H42.26.21");
    assert_true(pty_cell(p, row, 3).reverse); /* chosen, without a color */
    quit_by(p, "q");
    p = OPEN_ENV(s, "TERM=vt100");
    pty_must_show(p, "Quá hạn 2 ngày");
    quit_by(p, "q");
}

static void an_unknown_terminal_is_told(void **state)
{
    struct pty_options o = {.store = ((struct screen_store *)*state)->path, .env = {"TERM=no-such-terminal"}};
    struct pty *p = pty_start(&o);
    int status = pty_end(p);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 4);
    pty_must_show(p, "no-such-terminal");
    pty_must_show(p, "TERM=xterm-256color");
    pty_free(p);
}

static void the_screen_follows_the_window(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, EIGHT, "Lê Văn Tám");
    struct pty *p = open_screen(s);
    pty_send(p, "2");
    pty_must_not_show(p, "Thủ tục cấp Giấy xác nhận");
    pty_resize(p, 50, 200);
    pty_must_show(p, "Thủ tục cấp Giấy xác nhận tình trạng");
    pty_must_show(p, FIRST);
    pty_resize(p, 10, 40);
    pty_must_show(p, "Cửa sổ nhỏ quá (40x10)");
    pty_send(p, "n"); /* what is not seen is not done */
    pty_resize(p, 18, 60);
    pty_must_show(p, FIRST);
    pty_send(p, "n");
    pty_send(p, "1.004873\rNguyễn Thị Hương");
    pty_resize(p, 30, 100);
    pty_must_show(p, "Nguyễn Thị Hương");
    pty_resize(p, 1, 1);
    pty_resize(p, 24, 80);
    pty_must_show(p, "Nguyễn Thị Hương");
    pty_send(p, "\x13");
    pty_must_show(p, "ĐÃ TIẾP NHẬN");
    quit_by(p, ESC "[21~");
}

/* ---- scanners, pastes, keys of no use ---- */

/* How often the program has written; -1 where the system does not count. */
static long writes_of(const struct pty *p)
{
    char path[64], line[128];
    long n = -1;
    snprintf(path, sizeof path, "/proc/%d/io", (int)pty_pid(p));
    FILE *f = fopen(path, "r");
    while (f && fgets(line, sizeof line, f))
        if (sscanf(line, "syscw: %ld", &n) == 1)
            break;
    if (f)
        fclose(f);
    return n;
}

/* A hundred small writes wake whatever draws the window as often, over ssh each a packet of its own. */
static void a_page_is_written_in_one(void **state)
{
    struct pty *p = open_screen(*state);
    long before = writes_of(p);
    if (before < 0) {
        quit_by(p, "q");
        skip();
    }
    pty_send(p, "?"); /* a page full of lines */
    long wrote = writes_of(p) - before;
    assert_true(wrote >= 2 && wrote <= 4); /* the cursor, the page, the mark */
    quit_by(p, ESC "[21~");
}

static void a_scanned_code_opens_its_dossier(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, EIGHT, "Lê Văn Tám");
    screen_store_receive(s, EIGHT, "Phạm Thị Chín");
    struct pty *p = open_screen(s);
    pty_send(p, FIRST "\r");
    pty_must_show(p, "Lê Văn Tám");
    pty_must_show(p, "Quá trình giải quyết");
    pty_send(p, "h42.26.21-261116-0002\r"); /* over an open dossier, in small letters */
    pty_must_show(p, "Phạm Thị Chín");
    pty_must_not_show(p, "Lý do*"); /* none of its letters was a key */
    pty_send(p, "0001\n");          /* an ending, and another Enter */
    pty_must_show(p, "Lê Văn Tám");
    pty_send(p, "H42.26.21-261116-0099\r");
    pty_must_show(p, "Không có hồ sơ nào mang mã H42.26.21-261116-0099");
    pty_send(p, "012345678901|q|n|1\r"); /* an id card's code: no dossier, no keys, still here */
    pty_must_show(p, "Không có hồ sơ nào mang mã");
    /* one that comes in pieces */
    pty_push(p, "H42.26.", 7);
    pty_push(p, "21-261116-0002\r", 15);
    while (!pty_shows(p, "Phạm Thị Chín"))
        pty_wait(p);
    pty_must_show(p, "Phạm Thị Chín");
    quit_by(p, "q");
}

static void in_a_field_a_scan_is_text(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, EIGHT, "Lê Văn Tám");
    struct pty *p = open_screen(s);
    pty_send(p, "/");
    pty_send(p, FIRST "\r"); /* searched for, and Enter opens what was found */
    pty_must_show(p, "Quá trình giải quyết");
    pty_must_show(p, "Lê Văn Tám");
    pty_send(p, ESC);
    pty_send(p, "n");
    pty_send(p, "1.004873\r");
    pty_must_show(p, "1.004873  Thủ tục cấp Giấy");
    pty_send(p, "012345678901\r");
    pty_must_show(p, "Chủ hồ sơ* 012345678901");
    pty_send(p, ESC "[21~");
    quit_by(p, "c");
}

static void a_scan_does_not_answer_a_question(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, EIGHT, "Lê Văn Tám");
    struct pty *p = open_screen(s);
    pty_send(p, FIRST "\r");
    pty_send(p, "r");
    pty_send(p, "Giấy xác nhận số 5");
    pty_send(p, ESC);
    pty_must_show(p, "Bỏ những gì đã nhập?");
    pty_send(p, "c2y1-0001\r");
    pty_must_show(p, "Bỏ những gì đã nhập?");
    pty_send(p, "k");
    pty_must_show(p, "Giấy xác nhận số 5");
    pty_send(p, ESC);
    pty_send(p, "c");
    quit_by(p, ESC "[21~");
}

static void pasted_text_goes_into_the_field_and_fires_no_keys(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, EIGHT, "Lê Văn Tám");
    struct pty *p = open_screen(s);
    pty_send(p, ESC "[200~qqq rrr" ESC "[201~"); /* nowhere to go */
    pty_must_show(p, "Hôm nay");
    pty_send(p, ESC "[200~" FIRST "\r" ESC "[201~");
    pty_must_show(p, "Quá trình giải quyết"); /* a code is looked up */
    pty_send(p, "n");
    pty_send(p, "1.004873\r");
    pty_send(p, ESC "[200~Trần\tThị\r\nBưởi" ESC "[201~");
    pty_must_show(p, "Chủ hồ sơ* Trần Thị Bưởi");
    pty_send_n(p, ESC "[200~ và \xE1", 12); /* cut in the middle */
    pty_send_n(p, "\xBA\xAF" ESC "[201~", 8);
    pty_must_show(p, "Trần Thị Bưởi và ắ");
    pty_send(p, ESC "[21~");
    quit_by(p, "c");
}

static void a_field_says_when_it_is_full(void **state)
{
    struct pty *p = open_screen(*state);
    char paste[2000] = ESC "[200~";
    memset(paste + 6, 'a', 1500);
    strcpy(paste + 1506, ESC "[201~");
    pty_send(p, "n");
    pty_send(p, "1.004873\r");
    pty_send(p, paste);
    pty_must_show(p, "Đoạn dán dài quá 1000 ký tự, đã cắt bớt");
    pty_send(p, "\x7f");
    pty_must_not_show(p, "đã cắt bớt");
    pty_send(p, ESC "[21~");
    quit_by(p, "c");
}

static void unknown_sequences_are_no_keys(void **state)
{
    struct pty *p = open_screen(*state);
    pty_send(p, ESC "[1;7Q"); /* neither Esc nor q nor n */
    pty_send(p, ESC "[99;99~");
    pty_send(p, ESC "[?2;3n");
    pty_must_show(p, "[1 Hôm nay]");
    pty_send(p, "n");
    pty_send(p, "khai sinh");
    pty_send(p, ESC "[1;7Q");
    pty_must_show(p, "khai sinh");
    pty_send(p, ESC);
    pty_must_show(p, "Bỏ những gì đã nhập?");
    quit_by(p, "c" ESC "[21~");
}

static void arrows_come_in_both_spellings(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, EIGHT, "Lê Văn Tám");
    screen_store_receive(s, EIGHT, "Phạm Thị Chín");
    struct pty *p = open_screen(s);
    pty_send(p, "2");
    int first = pty_row_of(p, SECOND), next = pty_row_of(p, FIRST);
    assert_true(pty_cell(p, first, 5).reverse);
    pty_send(p, ESC "[B");
    assert_true(pty_cell(p, next, 5).reverse);
    pty_send(p, ESC "OA");
    assert_true(pty_cell(p, first, 5).reverse);
    pty_send(p, "j");
    assert_true(pty_cell(p, next, 5).reverse);
    quit_by(p, "q");
}

static void the_mouse_chooses_and_opens(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, EIGHT, "Lê Văn Tám");
    screen_store_receive(s, EIGHT, "Phạm Thị Chín");
    struct pty *p = open_screen(s);
    pty_send(p, "2");
    int row = pty_row_of(p, FIRST);
    char click[64];
    snprintf(click, sizeof click, ESC "[<0;11;%dM" ESC "[<0;11;%dm", row + 1, row + 1);
    pty_send(p, click);
    assert_true(pty_cell(p, row, 5).reverse);
    pty_send(p, click);
    pty_must_show(p, "Lê Văn Tám");
    pty_must_show(p, "Quá trình giải quyết");
    quit_by(p, "q");
}

/* ---- others ---- */

static void what_others_write_appears_by_itself(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, EIGHT, "Lê Văn Tám");
    struct pty *p = open_screen(s);
    pty_send(p, "2");
    assert_true(pty_cell(p, pty_row_of(p, FIRST), 5).reverse);
    screen_store_receive(s, "2026-11-16 09:00:20", "Phạm Thị Chín");
    while (!pty_shows(p, "Phạm Thị Chín"))
        pty_wait(p);
    assert_true(pty_cell(p, pty_row_of(p, FIRST), 5).reverse); /* the same dossier is chosen as before */
    assert_false(pty_cell(p, pty_row_of(p, SECOND), 5).reverse);
    quit_by(p, "q");
}

/* Two at the same dossier: the second is told, and nothing is written twice. */
static void who_comes_second_is_refused(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, EIGHT, "Lê Văn Tám");
    struct pty *p = open_screen(s);
    pty_send(p, FIRST "\r");
    pty_send(p, "a");
    pty_send(p, "Chờ xác minh\t25/11");
    pty_send(p, "\x13");
    pty_must_show(p, "PHIẾU XIN LỖI");
    STORE_RUN(s, 0, "2026-11-16 09:00:20", "apologize", FIRST, "--reason=Mưa lũ", "--until=2026-11-26");
    pty_send(p, "c");
    pty_must_show(p, "đã có phiếu xin lỗi số 01/PXL");
    pty_must_show(p, "Chờ xác minh"); /* what was typed stays */
    pty_send(p, ESC "[21~");
    quit_by(p, "c");
}

static void a_demo_store_says_so_everywhere(void **state)
{
    (void)state;
    struct screen_store s;
    screen_store_demo(&s, "60");
    struct pty *p = open_screen(&s);
    pty_must_show(p, "SỔ DÙNG THỬ");
    pty_send(p, "2");
    pty_must_show(p, "SỔ DÙNG THỬ");
    pty_send(p, "\r");
    pty_must_show(p, "SỔ DÙNG THỬ");
    pty_send(p, "n");
    pty_must_show(p, "SỔ DÙNG THỬ");
    quit_by(p, ESC "[21~");
    screen_store_drop(&s);
}

static void everything_is_there_in_english_too(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, EIGHT, "Lê Văn Tám");
    struct pty *p = OPEN_ENV(s, "MOTCUA_LANG=en");
    pty_must_show(p, "Monday 2026-11-16 09:00");
    pty_send(p, FIRST "\r");
    pty_must_show(p, "What can be done");
    pty_must_show(p, "g Return, h Rate: no result yet");
    pty_send(p, "?");
    pty_must_show(p, "Hand it to another officer");
    quit_by(p, "q");
}

/* ---- golden screens ---- */

/* A Monday morning with something of every kind; all of it held by nam. */
static void fill(const struct screen_store *s)
{
    static const struct {
        const char *at, *applicant;
    } received[] = {
        {"2026-11-09T08:00", "Nguyễn Thị Hương"}, {"2026-11-10T14:00", "Trần Văn Bình"},
        {"2026-11-11T09:00", "Lê Thị Mỹ Duyên"},  {"2026-11-12T10:00", "Hợp tác xã nông nghiệp Đồng Tâm"},
        {"2026-11-12T10:30", "Phạm Quốc Khánh"},  {"2026-11-13T08:15", "Rơ Châm H'Linh"},
        {"2026-11-13T08:30", "Đỗ Đăng Khoa"},
    };
    for (size_t i = 0; i < sizeof received / sizeof *received; i++)
        STORE_RUN(s, 0, EIGHT, "receive", "--procedure=1.004873", "--officer=nam", "--phone=0912345678",
                  "--applicant", received[i].applicant, "--at", received[i].at);
    STORE_RUN(s, 0, "2026-11-16 08:01:00", "apologize", "H42.26.21-261110-0001", "--reason=Chờ xác minh",
              "--until=2026-11-20");
    STORE_RUN(s, 0, "2026-11-16 08:02:00", "resolve", "H42.26.21-261113-0002");
}

static void golden_screens(void **state)
{
    const struct screen_store *s = *state;
    fill(s);
    static const int sizes[][2] = {{24, 80}, {50, 200}, {18, 60}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char name[64];
        struct pty *p = open_with(s, sizes[i][0], sizes[i][1], NULL);
        snprintf(name, sizeof name, "morning_%dx%d", sizes[i][1], sizes[i][0]);
        pty_golden(p, name);
        pty_send(p, "2");
        snprintf(name, sizeof name, "dossiers_%dx%d", sizes[i][1], sizes[i][0]);
        pty_golden(p, name);
        pty_send(p, "n");
        pty_send(p, "khai sinh");
        snprintf(name, sizeof name, "receive_pick_%dx%d", sizes[i][1], sizes[i][0]);
        pty_golden(p, name);
        pty_send(p, "\r");
        pty_send(p, "Nguyễn Thị Hương");
        snprintf(name, sizeof name, "receive_%dx%d", sizes[i][1], sizes[i][0]);
        pty_golden(p, name);
        pty_send(p, ESC "[21~");
        quit_by(p, "c");
    }
}

int main(void)
{
#define ON_A_STORE(test) cmocka_unit_test_setup_teardown(test, screen_store_setup, screen_store_teardown)
    const struct CMUnitTest tests[] = {
        ON_A_STORE(q_f10_and_ctrl_c_quit),
        ON_A_STORE(a_signal_leaves_the_terminal_usable),
        ON_A_STORE(a_crash_leaves_the_terminal_usable_and_says_so),
        ON_A_STORE(it_ends_when_the_terminal_goes_away),
        ON_A_STORE(letters_do_not_depend_on_the_locale),
        ON_A_STORE(colors_are_kept_off_when_not_wanted),
        ON_A_STORE(an_unknown_terminal_is_told),
        ON_A_STORE(the_screen_follows_the_window),
        ON_A_STORE(a_page_is_written_in_one),
        ON_A_STORE(a_scanned_code_opens_its_dossier),
        ON_A_STORE(in_a_field_a_scan_is_text),
        ON_A_STORE(a_scan_does_not_answer_a_question),
        ON_A_STORE(pasted_text_goes_into_the_field_and_fires_no_keys),
        ON_A_STORE(a_field_says_when_it_is_full),
        ON_A_STORE(unknown_sequences_are_no_keys),
        ON_A_STORE(arrows_come_in_both_spellings),
        ON_A_STORE(the_mouse_chooses_and_opens),
        ON_A_STORE(what_others_write_appears_by_itself),
        ON_A_STORE(who_comes_second_is_refused),
        cmocka_unit_test(a_demo_store_says_so_everywhere),
        ON_A_STORE(everything_is_there_in_english_too),
        ON_A_STORE(golden_screens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
