/* A disk that fails under the screen: what was typed stays, the officer is told, and once the cause is gone
 * it is saved, once. The disk is tests/tools/faults.c. */
#include "tests/screen_store.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define NINE "2026-11-16 09:00:00"
#define CODE "H42.26.21-261116-0001"
#define CTRL_S "\x13"

/* A screen whose disk is well until trouble(), and again after relief(). */
struct desk {
    const struct screen_store *store;
    struct pty *p;
    char gone[128]; /* while this file is there the disk is well */
};

static const char *preload(char out[8300])
{
    const char *program = getenv("MOTCUA"), *slash;
    if (!program)
        program = "build/motcua";
    slash = strrchr(program, '/');
    int n = slash ? (int)(slash - program) : 1;
    snprintf(out, 8300, "LD_PRELOAD=%.*s/tests/clock.so:%.*s/tests/faults.so", n, slash ? program : ".", n,
             slash ? program : ".");
    return out;
}

static void relief(const struct desk *d)
{
    int fd = open(d->gone, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    close(fd);
}

static void trouble(const struct desk *d)
{
    assert_int_equal(unlink(d->gone), 0);
}

/* The calls of a save, counted from its sync on: that is 1, the meta page is 2. Zero is whatever comes first.
 */
enum { FIRST = 0, SYNC = 1, META = 2 };

/* From trouble() on the call `at` and the times-1 that follow it are struck (0: all). */
static void desk_open(struct desk *d, const struct screen_store *s, int error, const char *when, int at,
                      int times)
{
    char library[8300], under[128], gone[160], numbers[3][40], how[40];
    *d = (struct desk){.store = s};
    snprintf(d->gone, sizeof d->gone, "%s.gone", s->path);
    snprintf(under, sizeof under, "FAULTS_UNDER=%s/", s->path);
    snprintf(gone, sizeof gone, "FAULTS_GONE=%s", d->gone);
    snprintf(numbers[0], sizeof numbers[0], "FAULTS_ERROR=%d", error);
    snprintf(numbers[1], sizeof numbers[1], "FAULTS_AT=%d", at == FIRST ? 1 : at);
    snprintf(numbers[2], sizeof numbers[2], "FAULTS_TIMES=%d", times);
    snprintf(how, sizeof how, "FAULTS_WHEN=%s", when);
    const struct pty_options o = {
        .store = s->path,
        .clock = NINE,
        .env = {preload(library), under, gone, numbers[0], numbers[1], numbers[2], how,
                at == FIRST ? NULL : "FAULTS_FROM=fdatasync"},
    };
    relief(d);
    d->p = pty_start(&o);
    pty_wait(d->p);
}

static void desk_close(struct desk *d)
{
    screen_quit(d->p);
    unlink(d->gone);
}

/* The journal's head alone: the file may have grown. */
static void head_of(const struct screen_store *s, struct buf *out)
{
    struct buf stat = BUF_INIT;
    screen_store_head(s, NINE, &stat);
    const char *journal = strstr(stat.p, "\"journal\"");
    assert_non_null(journal);
    buf_add(out, journal, strcspn(journal, "}"));
    buf_release(&stat);
}

static void assert_head(const struct desk *d, const struct buf *before, bool same)
{
    struct buf now = BUF_INIT;
    head_of(d->store, &now);
    assert_int_equal(str_eq(buf_str(&now), buf_str(before)), same);
    buf_release(&now);
}

static void assert_dossiers(const struct desk *d, const char *number)
{
    struct buf out = BUF_INIT;
    char expected[40];
    snprintf(expected, sizeof expected, "\"dossiers\":%s,", number);
    screen_store_head(d->store, NINE, &out);
    if (!strstr(out.p, expected))
        fail_msg("not %s: %s", expected, out.p);
    buf_release(&out);
}

static void type_receipt(struct pty *p)
{
    pty_send(p, "n");
    pty_send(p, "1.004873\r");
    pty_send(p, "Nguyễn Thị Hương\t0912345678\t012345678901\tThôn 3");
}

static void must_show_receipt(struct pty *p)
{
    pty_must_show(p, "Nguyễn Thị Hương");
    pty_must_show(p, "0912345678");
    pty_must_show(p, "012345678901");
    pty_must_show(p, "Thôn 3");
    pty_must_show(p, "1.004873");
    pty_must_not_show(p, "ĐÃ TIẾP NHẬN");
}

#define FULL "CHƯA LƯU: hết chỗ trên đĩa ("
#define BROKEN "CHƯA LƯU: không đọc hoặc ghi được "
#define KEPT "Nội dung vừa nhập vẫn còn; báo quản trị viên, khắc phục xong bấm Ctrl-S lại"
#define DOUBT "CHƯA RÕ ĐÃ LƯU HAY CHƯA: "

/* Receives with a disk that fails so: told in these words, nothing lost; then received once. */
static void fails_then_saves(const struct screen_store *s, int error, const char *when, int at, int times,
                             const char *said)
{
    struct desk d;
    struct buf before = BUF_INIT;
    head_of(s, &before);
    desk_open(&d, s, error, when, at, times);
    type_receipt(d.p);
    trouble(&d);
    pty_send(d.p, CTRL_S);
    screen_must_say(d.p, said);
    screen_must_say(d.p, KEPT);
    must_show_receipt(d.p);
    if (times == 0) { /* as long as it lasts nothing is saved */
        pty_send(d.p, CTRL_S);
        screen_must_say(d.p, said);
        must_show_receipt(d.p);
    }
    relief(&d);
    assert_head(&d, &before, true);
    pty_send(d.p, CTRL_S);
    pty_must_show(d.p, "ĐÃ TIẾP NHẬN  " CODE "   Nguyễn Thị Hương");
    pty_must_not_show(d.p, "0912345678");
    assert_dossiers(&d, "1");
    desk_close(&d);
    STORE_RUN(s, 0, NINE, "verify");
    buf_release(&before);
}

static void a_full_disk_keeps_the_form(void **state)
{
    fails_then_saves(*state, ENOSPC, "before", FIRST, 0, FULL);
}

static void a_quota_keeps_the_form(void **state)
{
    fails_then_saves(*state, EDQUOT, "before", FIRST, 1, FULL);
}

static void a_broken_disk_keeps_the_form(void **state)
{
    fails_then_saves(*state, EIO, "before", FIRST, 0, BROKEN);
}

static void a_failed_sync_keeps_the_form(void **state)
{
    fails_then_saves(*state, EIO, "after", SYNC, 1, BROKEN);
}

/* LMDB gives its environment up there: the screen opens the store again. */
static void a_failed_meta_page_keeps_the_form(void **state)
{
    fails_then_saves(*state, EIO, "before", META, 1, BROKEN);
}

/* Nobody can tell whether it was saved: that is what is said, however often it is tried, and whatever else is
 * typed. Once the disk answers it is looked for, and saved where it is not there. */
static void in_doubt_then_once(const struct screen_store *s, const char *when, bool is_there)
{
    struct desk d;
    desk_open(&d, s, EIO, when, META, 0);
    type_receipt(d.p);
    trouble(&d);
    for (int i = 0; i < 3; i++) {
        pty_send(d.p, CTRL_S);
        screen_must_say(d.p, DOUBT);
        screen_must_say(d.p, "khắc phục xong bấm Ctrl-S: motcua tự tìm, chưa có mới lưu");
        must_show_receipt(d.p);
    }
    pty_send(d.p, "\033[D"); /* another key: the answer below goes, the doubt does not */
    screen_must_say(d.p, "CHƯA RÕ LẦN LƯU TRƯỚC ĐÃ VÀO SỔ HAY CHƯA");
    must_show_receipt(d.p);
    pty_send(d.p, "\033");
    screen_must_say(d.p, "Chưa rõ lần lưu trước đã vào sổ hay chưa. Bỏ đi thì phải tự tìm");
    pty_send(d.p, "\r"); /* no */
    relief(&d);
    pty_send(d.p, CTRL_S);
    pty_must_show(d.p, "ĐÃ TIẾP NHẬN  " CODE "   Nguyễn Thị Hương");
    assert_int_equal(screen_says(d.p, "Lần bấm trước đã được lưu nên không lưu thêm lần nữa"), is_there);
    pty_must_not_show(d.p, "0912345678");
    pty_must_not_show(d.p, "CHƯA RÕ");
    assert_dossiers(&d, "1");
    pty_send(d.p, "1.004873\r"); /* the next person's is another dossier */
    pty_send(d.p, "Lê Văn Tám");
    pty_send(d.p, CTRL_S);
    pty_must_show(d.p, "ĐÃ TIẾP NHẬN  H42.26.21-261116-0002");
    assert_dossiers(&d, "2");
    desk_close(&d);
    STORE_RUN(s, 0, NINE, "verify");
}

static void in_doubt_and_not_there_is_saved_once(void **state)
{
    in_doubt_then_once(*state, "after", false);
}

static void in_doubt_and_there_is_not_saved_again(void **state)
{
    in_doubt_then_once(*state, "after,before", true);
}

#define F6 "\033[17~"

/* Something that is not known to be saved: the same key saves it once, whether it was there or not. */
struct doubtful {
    bool received; /* it is about the dossier of a receipt */
    void (*type)(struct pty *p);
    const char *key, *key_name; /* that saves */
    const char *typed;          /* is still shown in doubt */
    const char *said, *gone;    /* once it is saved: among the last rows; no more on the screen */
};

static void doubtful_is_saved_once(const struct screen_store *s, const struct doubtful *what)
{
    struct desk d;
    struct buf before = BUF_INIT;
    char again[100];
    snprintf(again, sizeof again, "khắc phục xong bấm %s: motcua tự tìm", what->key_name);
    if (what->received)
        screen_store_receive(s, NINE, "Nguyễn Thị Hương");
    desk_open(&d, s, EIO, "after,before", META, 0);
    what->type(d.p);
    trouble(&d);
    for (int i = 0; i < 2; i++) {
        pty_send(d.p, what->key);
        screen_must_say(d.p, DOUBT);
        screen_must_say(d.p, again);
        pty_must_show(d.p, what->typed);
    }
    relief(&d);
    head_of(s, &before);
    pty_send(d.p, what->key);
    pty_must_not_show(d.p, what->gone);
    screen_must_say(d.p, what->said);
    assert_head(&d, &before, true);
    desk_close(&d);
    STORE_RUN(s, 0, NINE, "verify");
    buf_release(&before);
}

static void type_slip(struct pty *p)
{
    type_receipt(p);
    pty_send(p, F6);
    pty_send(p, "\tBản chính căn cước");
}

/* A slip gets one number. */
static void what_is_turned_away_in_doubt_is_numbered_once(void **state)
{
    doubtful_is_saved_once(
        *state, &(struct doubtful){false, type_slip, CTRL_S, "Ctrl-S", "Bản chính căn cước",
                                   "KHÔNG TIẾP NHẬN phiếu 02/1/2026 Nguyễn Thị Hương", "0912345678"});
}

/* A receipt in doubt is looked for before its person is turned away; and the next one's is saved, too. */
static void what_was_received_in_doubt_is_not_turned_away(void **state)
{
    const struct screen_store *s = *state;
    struct desk d;
    desk_open(&d, s, EIO, "after,before", META, 0);
    type_receipt(d.p);
    trouble(&d);
    pty_send(d.p, CTRL_S);
    screen_must_say(d.p, DOUBT);
    pty_send(d.p, F6);
    screen_must_say(d.p, DOUBT);
    must_show_receipt(d.p);
    relief(&d);
    pty_send(d.p, F6);
    pty_must_show(d.p, "ĐÃ TIẾP NHẬN  " CODE "   Nguyễn Thị Hương");
    pty_send(d.p, "1.004873\r");
    pty_send(d.p, "Lê Văn Tám");
    pty_send(d.p, CTRL_S);
    pty_must_show(d.p, "ĐÃ TIẾP NHẬN  H42.26.21-261116-0002");
    assert_dossiers(&d, "2");
    desk_close(&d);
    STORE_RUN(s, 0, NINE, "verify");
}

/* The same of what is done with a dossier, and of the office's own book. */
static void type_handover(struct pty *p)
{
    pty_send(p, "2");
    pty_send(p, "\r");
    pty_send(p, "t");
    pty_send(p, "nam\r");
}

static void an_act_in_doubt_is_done_once(void **state)
{
    doubtful_is_saved_once(*state,
                           &(struct doubtful){true, type_handover, CTRL_S, "Ctrl-S", "nam", CODE, "CHƯA RÕ"});
}

static void type_letter(struct pty *p)
{
    pty_send(p, "2");
    pty_send(p, "\r");
    pty_send(p, "a");
    pty_send(p, "Cần xác minh\t1/12/2026");
    pty_send(p, CTRL_S);
}

static void a_letter_in_doubt_is_issued_once(void **state)
{
    doubtful_is_saved_once(*state, &(struct doubtful){true, type_letter, "c", "c", "PHIẾU XIN LỖI",
                                                      "Đã phát hành phiếu xin lỗi 01/PXL", "CHƯA RÕ"});
}

static void type_day(struct pty *p)
{
    pty_send(p, "6da");
    pty_send(p, "25/11\t\t\tNghỉ phòng, chống bão số 13\tCông điện 118/CĐ-UBND");
}

static void a_day_in_doubt_is_recorded_once(void **state)
{
    doubtful_is_saved_once(*state,
                           &(struct doubtful){false, type_day, CTRL_S, "Ctrl-S", "Công điện 118/CĐ-UBND",
                                              "Lần bấm trước đã được lưu", "CHƯA RÕ"});
}

/* It was saved after all, though the disk said no: saying so, and not twice. */
static void a_meta_page_that_stands_is_saved(void **state)
{
    const struct screen_store *s = *state;
    struct desk d;
    desk_open(&d, s, EIO, "after,before", META, 2);
    type_receipt(d.p);
    trouble(&d);
    pty_send(d.p, CTRL_S);
    pty_must_show(d.p, "ĐÃ TIẾP NHẬN  " CODE "   Nguyễn Thị Hương");
    pty_must_not_show(d.p, "0912345678");
    assert_dossiers(&d, "1");
    desk_close(&d);
    STORE_RUN(s, 0, NINE, "verify");
}

/* A letter is issued once, however often the disk fails at it. */
static void a_failing_letter_is_issued_once(void **state)
{
    const struct screen_store *s = *state;
    struct desk d;
    screen_store_receive(s, NINE, "Nguyễn Thị Hương");
    desk_open(&d, s, ENOSPC, "before", FIRST, 0);
    pty_send(d.p, "2");
    pty_send(d.p, "\r");
    pty_send(d.p, "a");
    pty_send(d.p, "Cần xác minh tại nơi thường trú trước đây\t1/12/2026");
    pty_send(d.p, CTRL_S);
    pty_must_show(d.p, "PHIẾU XIN LỖI");
    trouble(&d);
    pty_send(d.p, "c");
    screen_must_say(d.p, FULL);
    screen_must_say(d.p, "khắc phục xong bấm c lại");
    pty_must_show(d.p, "PHIẾU XIN LỖI"); /* not the form, where a second c would be a letter */
    pty_must_show(d.p, "Cần xác minh tại nơi thường trú trước đây");
    relief(&d);
    pty_send(d.p, "c");
    pty_must_show(d.p, "Đã phát hành phiếu xin lỗi 01/PXL");
    desk_close(&d);
    STORE_RUN(s, 0, NINE, "verify");
}

/* The office's own book: a day off with its name and document. */
static void a_failing_day_keeps_its_form(void **state)
{
    const struct screen_store *s = *state;
    struct desk d;
    struct buf before = BUF_INIT;
    head_of(s, &before);
    desk_open(&d, s, EIO, "before", FIRST, 0);
    pty_send(d.p, "6da");
    pty_send(d.p, "25/11\t\t\tNghỉ phòng, chống bão số 13\tCông điện 118/CĐ-UBND");
    trouble(&d);
    pty_send(d.p, CTRL_S);
    screen_must_say(d.p, BROKEN);
    pty_must_show(d.p, "Nghỉ phòng, chống bão số 13");
    pty_must_show(d.p, "Công điện 118/CĐ-UBND");
    relief(&d);
    assert_head(&d, &before, true);
    pty_send(d.p, CTRL_S);
    pty_must_not_show(d.p, "CHƯA LƯU");
    assert_head(&d, &before, false);
    desk_close(&d);
    STORE_RUN(s, 0, NINE, "verify");
    buf_release(&before);
}

int main(void)
{
#define ON_A_STORE(f) cmocka_unit_test_setup_teardown(f, screen_store_setup, screen_store_teardown)
    const struct CMUnitTest tests[] = {
        ON_A_STORE(a_full_disk_keeps_the_form),
        ON_A_STORE(a_quota_keeps_the_form),
        ON_A_STORE(a_broken_disk_keeps_the_form),
        ON_A_STORE(a_failed_sync_keeps_the_form),
        ON_A_STORE(a_failed_meta_page_keeps_the_form),
        ON_A_STORE(in_doubt_and_not_there_is_saved_once),
        ON_A_STORE(in_doubt_and_there_is_not_saved_again),
        ON_A_STORE(what_is_turned_away_in_doubt_is_numbered_once),
        ON_A_STORE(what_was_received_in_doubt_is_not_turned_away),
        ON_A_STORE(an_act_in_doubt_is_done_once),
        ON_A_STORE(a_letter_in_doubt_is_issued_once),
        ON_A_STORE(a_day_in_doubt_is_recorded_once),
        ON_A_STORE(a_meta_page_that_stands_is_saved),
        ON_A_STORE(a_failing_letter_is_issued_once),
        ON_A_STORE(a_failing_day_keeps_its_form),
    };
    return cmocka_run_group_tests_name("screen_faults", tests, NULL, NULL);
}
