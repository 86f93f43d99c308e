/* Damaged pages that make LMDB itself fall over, met by the program: commands and screen end with status 4,
 * a sentence that names the folder and says what to do, a terminal as it was, and an untouched file.
 *
 * Which damage does it is not known beforehand, it depends on the library: flips are tried in processes that
 * nothing guards, from a fixed seed, until enough of them have died. */
#include "store/env.h"
#include "tests/random.h"
#include "tests/screen_store.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define NAME "Nguyễn Thị Hương"
#define FOUNDED "2026-11-16 08:00:00"
#define NOW "2026-11-16 09:00:00"
#define BROKE "không đọc tiếp được sổ dữ liệu "
#define ADVICE "ngừng ghi và chạy motcua verify để biết cách phục hồi"
#define ADVICE_OF_VERIFY "phục hồi từ bản sao lưu: motcua -s THƯ_MỤC_MỚI restore TỆP"
#define PAGES_CONTRADICT                                                                                     \
    "bị hỏng (các trang dữ liệu mâu thuẫn nhau); ngừng ghi và chạy motcua verify để biết cách phục hồi"

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

enum { PAGE = 4096, PAGE_HEAD = 16, TRIES = 3000, KEPT = 20, DOSSIERS = 12 };

/* ---- a file and its damage ---- */

struct image {
    unsigned char *byte;
    size_t n;
};

static void read_image(struct image *i, const char *dir)
{
    char path[200];
    struct stat st;
    snprintf(path, sizeof path, "%s/data.mdb", dir);
    int fd = open(path, O_RDONLY);
    assert_true(fd >= 0);
    assert_int_equal(fstat(fd, &st), 0);
    i->n = (size_t)st.st_size;
    i->byte = malloc(i->n + 1);
    assert_non_null(i->byte);
    assert_int_equal(read(fd, i->byte, i->n), i->n);
    close(fd);
}

static void write_image(const struct image *i, const char *dir)
{
    char path[200];
    snprintf(path, sizeof path, "%s/data.mdb", dir);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, i->byte, i->n), i->n);
    close(fd);
}

static bool is_image(const struct image *i, const char *dir)
{
    struct image now;
    read_image(&now, dir);
    bool same = now.n == i->n && memcmp(now.byte, i->byte, i->n) == 0;
    free(now.byte);
    return same;
}

/* A bit flipped, or the head of a page overwritten. */
struct flip {
    size_t at, n;
    unsigned char mask[PAGE_HEAD];
    int ended; /* the signal an unguarded process died of; 0: LMDB found the contradiction itself */
};

/* Twice is as before. */
static void turn(struct image *i, const struct flip *f)
{
    for (size_t k = 0; k < f->n; k++)
        i->byte[f->at + k] ^= f->mask[k];
}

static bool holds_dossiers(const struct image *i, size_t page)
{
    return memmem(i->byte + page, PAGE, NAME, strlen(NAME)) != NULL;
}

/* Where LMDB keeps what it trusts: the heads of pages, where their entries stand, the heads of entries; and
 * rather a page with dossiers on it than one of the catalogue. */
static struct flip choose(struct random *r, const struct image *i)
{
    size_t page = 0;
    for (int k = 0; k < 8 && !holds_dossiers(i, page); k++)
        page = (size_t)random_in(r, 0, (int64_t)(i->n / PAGE) - 1) * PAGE;
    struct flip f = {.at = page, .n = 1, .ended = -1};
    switch (random_in(r, 0, 3)) {
    case 0:
        f.n = PAGE_HEAD;
        for (size_t k = 0; k < f.n; k++)
            f.mask[k] = (unsigned char)random_in(r, 0, 255);
        return f;
    case 1: f.at += (size_t)random_in(r, 0, PAGE - 1); break;
    default: f.at += (size_t)random_in(r, 0, PAGE_HEAD + 40); break;
    }
    f.mask[0] = (unsigned char)(1 << random_in(r, 0, 7));
    return f;
}

/* ---- what falls over, unguarded ---- */

static bool each_row(void *arg, const struct row *row)
{
    *(size_t *)arg += row->code.n + row->applicant.n;
    return true;
}

static bool each_event(void *arg, const struct event *e)
{
    *(uint64_t *)arg += e->seq;
    return true;
}

static bool each_dossier(void *arg, const struct dossier *d)
{
    *(size_t *)arg += d->receipt.applicant.name.n;
    return true;
}

static bool each_entry(void *arg, const struct journal_entry *e)
{
    for (size_t i = 0; i < e->body.n; i++)
        *(size_t *)arg += (unsigned char)e->body.p[i];
    return true;
}

static void look_at_everything(struct store *s, bool journal)
{
    struct view *v;
    struct dossier d;
    size_t sum = 0;
    if (view_begin(s, &v).kind != KIND_done)
        return;
    for (int group = LIVE_RUNNING; group <= LIVE_UNCOLLECTED; group++)
        view_live(v, (enum live_group)group, each_row, &sum);
    view_scan(v, NULL, each_dossier, &sum);
    for (uint64_t id = 1; id <= DOSSIERS; id++)
        if (view_dossier(v, id, &d))
            view_history(v, &d, each_event, &sum);
    if (journal)
        view_journal(v, each_entry, &sum);
    view_end(v);
}

/* The status as waitpid() gives it. */
static int look_unguarded(const char *dir, bool journal)
{
    int status;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct store *s;
        static const int own[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL};
        for (size_t i = 0; i < sizeof own / sizeof *own; i++)
            signal(own[i], SIG_DFL);
        setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
        dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
        alarm(10);
        if (store_open(dir, &s).kind == KIND_done)
            look_at_everything(s, journal);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

struct damage {
    struct screen_store sound; /* the store itself, never touched */
    char dir[64];              /* a copy, to be damaged */
    struct image whole;
    struct flip flip[2 * KEPT];
    size_t count;
};

/* No more than half of one kind, so that each has its place. */
static bool is_wanted(const struct damage *d, size_t from, int ended)
{
    size_t same = 0;
    for (size_t i = from; i < d->count; i++)
        same += d->flip[i].ended == ended;
    return same < KEPT / 2;
}

/* Up to KEPT that strike whoever reads dossiers, or the whole journal too. */
static void find_flips(struct damage *d, bool journal)
{
    struct random r = {journal ? 20261117 : 20261116};
    size_t from = d->count;
    for (int i = 0; i < TRIES && d->count < from + KEPT; i++) {
        struct flip f = choose(&r, &d->whole);
        turn(&d->whole, &f);
        write_image(&d->whole, d->dir);
        int status = look_unguarded(d->dir, journal);
        turn(&d->whole, &f);
        f.ended = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status) == FAILED ? 0 : -1;
        if (f.ended >= 0 && f.ended != SIGALRM && is_wanted(d, from, f.ended))
            d->flip[d->count++] = f;
    }
}

static int damage_setup(void **state)
{
    static struct damage d;
    char copy[64];
    screen_store_make(&d.sound);
    for (int i = 0; i < DOSSIERS; i++)
        screen_store_receive(&d.sound, FOUNDED, NAME);
    read_image(&d.whole, d.sound.path);
    snprintf(copy, sizeof copy, "%.*s/copy", (int)(strlen(d.sound.path) - 2), d.sound.path);
    strcpy(d.dir, copy);
    assert_int_equal(mkdir(d.dir, 0700), 0);
    find_flips(&d, false);
    find_flips(&d, true);
    *state = &d;
    return 0;
}

static int damage_teardown(void **state)
{
    struct damage *d = *state;
    screen_store_drop(&d->sound);
    free(d->whole.byte);
    return 0;
}

static void damaged_copy(struct damage *d, const struct flip *f, struct image *made)
{
    *made = (struct image){malloc(d->whole.n), d->whole.n};
    assert_non_null(made->byte);
    memcpy(made->byte, d->whole.byte, d->whole.n);
    turn(made, f);
    write_image(made, d->dir);
}

/* ---- commands ---- */

/* At a terminal, so that what is said and how the terminal is left are both seen. */
static int run_at_terminal(const char *dir, const char *const *words, struct buf *said, bool *restored)
{
    struct pty_options o = {.store = dir, .clock = NOW, .columns = 400};
    for (size_t i = 0; words[i]; i++)
        o.args[i] = words[i];
    struct pty *p = pty_start(&o);
    int status = pty_end(p);
    buf_reset(said);
    buf_add_str(said, pty_output(p));
    *restored = !pty_alternate(p) && pty_cooked(p);
    pty_free(p);
    return status;
}

static const char *const commands[][6] = {
    {"list"},
    {"show", "0001"},
    {"morning"},
    {"verify"},
    {"search", "huong"},
    {"stat"},
    {"export", "ics"}, /* by the other program */
    {"receive", "--procedure=1.004873", "--applicant=Lê Văn Tám"},
};
#define COMMANDS (sizeof commands / sizeof *commands)

struct tally_of {
    size_t failed, broke, contradicted;
};

static void run_all(struct damage *d, const struct flip *f, struct tally_of *t)
{
    struct buf said = BUF_INIT;
    for (size_t i = 0; i < COMMANDS; i++) {
        struct image damaged;
        bool restored;
        damaged_copy(d, f, &damaged);
        int status = run_at_terminal(d->dir, commands[i], &said, &restored);
        const char *text = said.p ? said.p : "";
        if (!WIFEXITED(status))
            fail_msg("%s died of signal %d (damage at byte %zu); it said: %s", commands[i][0],
                     WTERMSIG(status), f->at, text);
        bool broke = strstr(text, BROKE), contradicted = strstr(text, PAGES_CONTRADICT);
        bool failed = WEXITSTATUS(status) == FAILED;
        assert_true(restored);
        if (broke || contradicted) {
            assert_true(failed);
            if (!strstr(text, d->dir))
                fail_msg("%s does not name the folder: %s", commands[i][0], text);
        }
        if (broke)
            assert_non_null(strstr(text, strcmp(commands[i][0], "verify") ? ADVICE : ADVICE_OF_VERIFY));
        if (failed && !is_image(&damaged, d->dir))
            fail_msg("%s changed the file it failed on", commands[i][0]);
        t->failed += failed;
        t->broke += broke;
        t->contradicted += contradicted;
        free(damaged.byte);
    }
    buf_release(&said);
}

/* Each of the flips kills a process that reads everything, so `verify`, at least, must say that it fails. */
static void commands_end_with_a_sentence(void **state)
{
    struct damage *d = *state;
    size_t faults = 0, broke = 0;
    for (size_t i = 0; i < d->count; i++) {
        struct tally_of t = {0};
        run_all(d, &d->flip[i], &t);
        if (!t.failed)
            fail_msg("no command failed on the damage at byte %zu", d->flip[i].at);
        faults += d->flip[i].ended > 0;
        broke += t.broke > 0;
    }
    assert_true(faults >= 3); /* else the search finds nothing any more */
    assert_true(broke >= 3);
}

/* ---- the screen ---- */

static struct pty *open_wide(struct damage *d, int columns)
{
    struct pty_options o = {.store = d->dir, .clock = NOW, .columns = columns};
    write_image(&d->whole, d->dir);
    struct pty *p = pty_start(&o);
    pty_wait(p);
    return p;
}

static struct pty *open_sound(struct damage *d)
{
    return open_wide(d, 0);
}

#define CUT "đã bị xóa hoặc bị thay bằng tệp khác"

static void cut(const struct damage *d, off_t n)
{
    char path[200];
    snprintf(path, sizeof path, "%s/data.mdb", d->dir);
    assert_int_equal(truncate(path, n), 0);
}

/* The end comes last: until then it is still short. */
static void mend(const struct damage *d)
{
    char path[200];
    snprintf(path, sizeof path, "%s/data.mdb", d->dir);
    int fd = open(path, O_WRONLY);
    assert_true(fd >= 0);
    for (size_t at = 0; at < d->whole.n; at += PAGE)
        assert_int_equal(pwrite(fd, d->whole.byte + at, PAGE, (off_t)at), PAGE);
    close(fd);
}

static void quit(struct pty *p)
{
    pty_push(p, "\033[21~", 5); /* F10 */
    int status = pty_end(p);
    assert_true(WIFEXITED(status));
    assert_false(pty_alternate(p));
    assert_true(pty_cooked(p));
    pty_free(p);
}

/* Pages that are gone must not be touched: the screen stays, and goes on when they are back. */
static void a_file_cut_under_the_screen(void **state)
{
    struct damage *d = *state;
    for (int pages = 0; pages < 3; pages++) {
        struct pty *p = open_wide(d, 300);
        pty_send(p, "1"); /* all that it does at its start is done then */
        cut(d, (off_t)pages * PAGE);
        pty_send(p, "2");
        pty_must_show(p, CUT);
        pty_must_not_show(p, NAME);
        mend(d);
        pty_send(p, "1");
        pty_send(p, "2");
        pty_must_not_show(p, CUT);
        pty_must_show(p, NAME);
        quit(p);
    }
}

static uint64_t dossiers_in(const char *dir)
{
    struct store *s;
    struct view *v;
    struct outcome o = store_open(dir, &s);
    assert_string_equal(outcome_kind_name(o.kind), "done");
    o = view_begin(s, &v);
    assert_string_equal(outcome_kind_name(o.kind), "done");
    uint64_t n = view_dossiers(v);
    view_end(v);
    store_close(s);
    return n;
}

/* What was typed is still there then, and is saved once. */
static void pages_gone_while_a_form_is_saved(void **state)
{
    struct damage *d = *state;
    struct pty *p = open_wide(d, 300);
    pty_send(p, "n");
    pty_send(p, "1.004873\r");
    pty_send(p, "Lê Văn Nam");
    cut(d, (off_t)2 * PAGE);
    pty_send(p, "\x13"); /* Ctrl-S */
    pty_must_show(p, CUT);
    pty_must_show(p, "Lê Văn Nam");
    mend(d);
    pty_send(p, "\x13");
    pty_must_not_show(p, CUT);
    quit(p);
    assert_int_equal(dossiers_in(d->dir), DOSSIERS + 1);
}

/* Each flip that killed an unguarded process, put under an open screen: it survives, or it ends as it
 * should. */
static void flips_under_the_screen(void **state)
{
    struct damage *d = *state;
    size_t broke = 0;
    for (size_t i = 0; i < d->count; i++) {
        struct image damaged;
        struct pty *p = open_sound(d);
        damaged_copy(d, &d->flip[i], &damaged); /* the same file, seen through the map */
        pty_push(p, "2", 1);
        pty_push(p, "\r", 1);
        pty_push(p, "\033[21~", 5); /* F10 */
        int status = pty_end(p);
        assert_true(WIFEXITED(status));
        assert_true(WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == FAILED);
        assert_false(pty_alternate(p));
        assert_true(pty_cooked(p));
        assert_true(screen_cursor_was_shown(p));
        if (WEXITSTATUS(status) == FAILED) {
            const char *text = pty_output(p).p;
            assert_true(strstr(text, BROKE) || strstr(text, PAGES_CONTRADICT));
            assert_non_null(strstr(text, d->dir));
            assert_non_null(strstr(text, "\033[?2004l")); /* bracketed paste off */
            assert_non_null(strstr(text, "\033[?1000l")); /* the mouse, too */
            broke++;
        }
        assert_true(is_image(&damaged, d->dir));
        free(damaged.byte);
        pty_free(p);
    }
    assert_true(broke >= 1);
}

/* A fault outside the store is a crash as ever, and the terminal is given back all the same. */
static void a_crash_outside_the_store_is_one(void **state)
{
    struct damage *d = *state;
    static const int sent[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL};
    for (size_t i = 0; i < sizeof sent / sizeof *sent; i++) {
        struct pty *p = open_sound(d);
        pty_send(p, "n");
        kill(pty_pid(p), sent[i]);
        int status = pty_end(p);
        if (!SANITIZED) { /* which ends it in a way of its own */
            assert_true(WIFSIGNALED(status));
            assert_int_equal(WTERMSIG(status), sent[i]);
        }
        assert_non_null(strstr(pty_output(p).p, "chương trình gặp lỗi nghiêm trọng và phải dừng"));
        assert_false(pty_alternate(p));
        assert_true(pty_cooked(p));
        assert_true(screen_cursor_was_shown(p));
        pty_free(p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commands_end_with_a_sentence),
        cmocka_unit_test(flips_under_the_screen),
        cmocka_unit_test(a_file_cut_under_the_screen),
        cmocka_unit_test(pages_gone_while_a_form_is_saved),
        cmocka_unit_test(a_crash_outside_the_store_is_one),
    };
    return cmocka_run_group_tests_name("crash_store", tests, damage_setup, damage_teardown);
}
