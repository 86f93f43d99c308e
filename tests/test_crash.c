/* The guard against crashes inside the store: what is said, with which status the process ends, and that
 * crashes elsewhere still are crashes. Each case is a process of its own. */
#include "store/crash.h"
#include "store/env.h"
#include "tests/store_desk.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

#define TAIL_VI "ngừng ghi và chạy motcua verify để biết cách phục hồi\n"
#define STORE_VI(dir) "motcua: không đọc tiếp được sổ dữ liệu " dir ", có lẽ tệp hoặc đĩa đã hỏng; " TAIL_VI
#define STORE_EN(dir)                                                                                        \
    "motcua: reading the store " dir " broke down, most likely its file or the disk is damaged; stop "       \
    "writing and run motcua verify, which says how to get it back\n"
#define ELSEWHERE_VI "motcua: chương trình gặp lỗi nghiêm trọng và phải dừng; dữ liệu đã lưu vẫn nguyên vẹn\n"
#define ELSEWHERE_EN "motcua: the program met a fatal fault and had to stop; what was saved is intact\n"

/* ---- a process and how it ended ---- */

struct ending {
    int status; /* as waitpid() gives it */
    char out[4096], err[4096];
};

static void collect(int fd, char *out, size_t cap)
{
    size_t n = 0;
    for (ssize_t got = 1; got > 0 && n<cap - 1; n += got> 0 ? (size_t)got : 0)
        got = read(fd, out + n, cap - 1 - n);
    out[n] = '\0';
    close(fd);
}

typedef void deed(void *arg);

static struct ending run(deed *what, void *arg)
{
    struct ending e;
    int out[2], err[2];
    assert_int_equal(pipe(out), 0);
    assert_int_equal(pipe(err), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        dup2(out[1], STDOUT_FILENO);
        dup2(err[1], STDERR_FILENO);
        for (int i = 0; i < 2; i++) {
            close(out[i]);
            close(err[i]);
        }
        for (int number = 1; number < 32; number++) /* a sanitizer's own, the test program's */
            if (number != SIGKILL && number != SIGSTOP)
                signal(number, SIG_DFL);
        setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
        what(arg);
        _exit(100);
    }
    close(out[1]);
    close(err[1]);
    collect(out[0], e.out, sizeof e.out);
    collect(err[0], e.err, sizeof e.err);
    assert_int_equal(waitpid(child, &e.status, 0), child);
    return e;
}

static void must_exit(const struct ending *e, int status, const char *said)
{
    if (!WIFEXITED(e->status) || WEXITSTATUS(e->status) != status)
        fail_msg("ended with %x, not exit status %d; it said: %s", (unsigned)e->status, status, e->err);
    assert_string_equal(e->err, said);
}

static void must_be_killed(const struct ending *e, int number, const char *said)
{
    if (!WIFSIGNALED(e->status) || WTERMSIG(e->status) != number)
        fail_msg("ended with %x, not by signal %d; it said: %s", (unsigned)e->status, number, e->err);
    assert_string_equal(e->err, said);
}

/* ---- ways to strike ---- */

static int *volatile nowhere;

/* A sanitizer would have its word first. */
__attribute__((no_sanitize("address", "undefined"))) static void touch_nothing(void)
{
    *nowhere = 1;
}

static void touch_missing_page(void)
{
    char path[] = "/tmp/motcua-crash-XXXXXX";
    int fd = mkstemp(path);
    unlink(path);
    char *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    p[0] = 1;
}

/* No tail call, no inlining: each level keeps its bytes. */
static int sink(const volatile char *p);
static int dig(int depth)
{
    volatile char bytes[4096];
    bytes[depth % 4096] = (char)depth;
    int below = depth < 1 << 20 ? dig(depth + 1) : 0;
    return below + sink(bytes);
}
static int sink(const volatile char *p)
{
    return p[7];
}

static void overflow_stack(void)
{
    dig(0);
}

static void give_up(void)
{
    abort();
}

static void raise_fpe(void)
{
    raise(SIGFPE);
}

static void raise_ill(void)
{
    raise(SIGILL);
}

static const struct strike {
    void (*how)(void);
    int number;
} strikes[] = {
    {touch_nothing, SIGSEGV}, {touch_missing_page, SIGBUS}, {overflow_stack, SIGSEGV},
    {give_up, SIGABRT},       {raise_fpe, SIGFPE},          {raise_ill, SIGILL},
};
#define STRIKES (sizeof strikes / sizeof *strikes)

/* Under a sanitizer a frame's shadow is touched before the frame is. */
static bool is_possible(const struct strike *s)
{
    return !SANITIZED || s->how != overflow_stack;
}

/* ---- inside and outside ---- */

static void strike_inside(void *arg)
{
    crash_catch();
    crash_enter("/so/một-cửa", FAILED);
    ((const struct strike *)arg)->how();
}

static void strike_outside(void *arg)
{
    crash_catch();
    crash_enter("/so/một-cửa", FAILED);
    crash_leave();
    ((const struct strike *)arg)->how();
}

static void inside_it_is_a_sentence_and_status_4(void **state)
{
    (void)state;
    for (size_t i = 0; i < STRIKES; i++) {
        if (!is_possible(&strikes[i]))
            continue;
        struct ending e = run(strike_inside, (void *)(uintptr_t)&strikes[i]);
        must_exit(&e, 4, STORE_VI("/so/một-cửa"));
        assert_string_equal(e.out, "");
    }
}

static void outside_the_signal_takes_its_course(void **state)
{
    (void)state;
    for (size_t i = 0; i < STRIKES; i++) {
        if (!is_possible(&strikes[i]))
            continue;
        struct ending e = run(strike_outside, (void *)(uintptr_t)&strikes[i]);
        must_be_killed(&e, strikes[i].number, ELSEWHERE_VI);
    }
}

static void strike_unguarded(void *arg)
{
    (void)arg;
    crash_enter("/a", FAILED);
    touch_nothing();
}

/* Without crash_catch() nothing of a process is taken over: a library's user has handlers of his own. */
static void nothing_is_caught_unasked(void **state)
{
    (void)state;
    struct ending e = run(strike_unguarded, NULL);
    must_be_killed(&e, SIGSEGV, "");
}

static void wait_inside(void *arg)
{
    (void)arg;
    crash_catch();
    crash_enter("/a", FAILED);
    if (write(STDOUT_FILENO, "x", 1) == 1)
        pause();
}

/* Somebody else's kill(1) is no fault of the store. */
static void a_signal_sent_by_another_is_not_the_stores(void **state)
{
    (void)state;
    static const int sent[] = {SIGSEGV, SIGBUS, SIGABRT};
    for (size_t i = 0; i < sizeof sent / sizeof *sent; i++) {
        int out[2], status;
        char byte;
        assert_int_equal(pipe(out), 0);
        pid_t child = fork();
        if (child == 0) {
            signal(sent[i], SIG_DFL);
            setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
            dup2(out[1], STDOUT_FILENO);
            dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
            wait_inside(NULL);
            _exit(100);
        }
        assert_int_equal(read(out[0], &byte, 1), 1);
        kill(child, sent[i]);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), sent[i]);
        close(out[0]);
        close(out[1]);
    }
}

/* ---- who is blamed ---- */

static void strike_nested(void *arg)
{
    int left = *(int *)arg;
    crash_catch();
    crash_enter("/a", FAILED);
    crash_enter("/b.mdb", INPUT);
    crash_enter("/a", FAILED);
    crash_enter("/c", FAILED);
    while (left-- > 0)
        crash_leave();
    touch_nothing();
}

static void the_innermost_is_blamed(void **state)
{
    (void)state;
    static const struct {
        int left, status;
        const char *said;
    } cases[] = {
        {0, 4, STORE_VI("/c")},
        {1, 4, STORE_VI("/a")},
        {2, 3,
         "motcua: không đọc tiếp được /b.mdb: tệp hỏng, các trang dữ liệu mâu thuẫn nhau; dùng bản sao lưu "
         "khác\n"},
        {3, 4, STORE_VI("/a")},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int left = cases[i].left;
        struct ending e = run(strike_nested, &left);
        must_exit(&e, cases[i].status, cases[i].said);
    }
    for (int left = 4; left <= 6; left++) { /* one leave too many does no harm */
        struct ending e = run(strike_nested, &left);
        must_be_killed(&e, SIGSEGV, ELSEWHERE_VI);
    }
}

static void strike_beside(void *arg)
{
    crash_catch();
    if (*(int *)arg >= 1)
        crash_enter("/from", INPUT);
    crash_enter_beside("/made", FAILED);
    if (*(int *)arg == 2)
        crash_enter("/else", FAILED);
    touch_nothing();
}

/* What a store is made out of is to blame, not what is being made. */
static void what_is_read_is_blamed_not_what_is_made(void **state)
{
    (void)state;
    static const int status[] = {4, 3, 4};
    static const char *const said[] = {
        STORE_VI("/made"),
        "motcua: không đọc tiếp được /from: tệp hỏng, các trang dữ liệu mâu thuẫn nhau; dùng bản sao lưu "
        "khác\n",
        STORE_VI("/else")};
    for (int how = 0; how < 3; how++) {
        struct ending e = run(strike_beside, &how);
        must_exit(&e, status[how], said[how]);
    }
}

static void strike_deep(void *arg)
{
    int left = *(int *)arg;
    char dir[16];
    crash_catch();
    for (int i = 0; i < 40; i++) {
        snprintf(dir, sizeof dir, "/%d", i);
        crash_enter(dir, FAILED);
    }
    while (left-- > 0)
        crash_leave();
    touch_nothing();
}

/* However deep and however many: still guarded until the last is left. */
static void depth_has_no_end(void **state)
{
    (void)state;
    for (int left = 0; left <= 40; left += 13) {
        struct ending e = run(strike_deep, &left);
        assert_true(WIFEXITED(e.status));
        assert_int_equal(WEXITSTATUS(e.status), 4);
        assert_non_null(strstr(e.err, "không đọc tiếp được sổ dữ liệu /"));
    }
    int all = 40;
    struct ending e = run(strike_deep, &all);
    must_be_killed(&e, SIGSEGV, ELSEWHERE_VI);
}

struct speech {
    enum lang first, then;
    bool inside;
};

static void strike_in_a_language(void *arg)
{
    const struct speech *s = arg;
    crash_speak(s->first);
    crash_catch();
    crash_enter("/a", FAILED); /* the sentence exists already when the language changes */
    crash_leave();
    crash_speak(s->then);
    if (s->inside)
        crash_enter("/a", FAILED);
    touch_nothing();
}

static void it_speaks_the_readers_language(void **state)
{
    (void)state;
    for (int i = 0; i < 8; i++) {
        struct speech s = {(enum lang)(i & 1), (enum lang)(i >> 1 & 1), (i & 4) != 0};
        struct ending e = run(strike_in_a_language, &s);
        if (s.inside)
            must_exit(&e, 4, s.then == LANG_VI ? STORE_VI("/a") : STORE_EN("/a"));
        else
            must_be_killed(&e, SIGSEGV, s.then == LANG_VI ? ELSEWHERE_VI : ELSEWHERE_EN);
    }
}

static void strike_in_a_strange_folder(void *arg)
{
    crash_catch();
    crash_enter(arg, FAILED);
    touch_nothing();
}

/* A folder's name may hold anything and be of any length: what is said is one line, safe to print. */
static void names_of_folders_are_made_safe(void **state)
{
    (void)state;
    static char longest[5000];
    memset(longest, 'x', sizeof longest - 1);
    char strange[] = "/a\033[2J\n\xff\xe2\x80\xae";
    char *names[] = {longest, strange, (char[]){""}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct ending e = run(strike_in_a_strange_folder, names[i]);
        assert_true(WIFEXITED(e.status));
        assert_int_equal(WEXITSTATUS(e.status), 4);
        assert_null(strchr(e.err, '\033'));
        assert_null(strstr(e.err, "\xe2\x80\xae"));
        assert_null(strchr(e.err, '\xff'));
        assert_ptr_equal(strchr(e.err, '\n'), e.err + strlen(e.err) - 1);
        assert_non_null(strstr(e.err, TAIL_VI));
        assert_true(strlen(e.err) < 700);
    }
}

/* ---- the terminal ---- */

static void strike_with_a_terminal(void *arg)
{
    crash_catch();
    crash_terminal("<terminal>", NULL);
    if (*(int *)arg == 1)
        crash_enter("/a", FAILED);
    if (*(int *)arg == 2)
        crash_terminal(NULL, NULL);
    if (*(int *)arg == 3)
        crash_contradiction("/a");
    touch_nothing();
}

static void the_terminal_is_given_back_first(void **state)
{
    (void)state;
    for (int how = 0; how < 4; how++) {
        struct ending e = run(strike_with_a_terminal, &how);
        assert_string_equal(e.out, how == 2 ? "" : "<terminal>");
    }
}

static void strike_in_a_line(void *arg)
{
    crash_catch();
    crash_line("<wiped>");
    if (*(int *)arg)
        crash_line(NULL);
    crash_enter("/a", FAILED);
    touch_nothing();
}

static void a_line_begun_is_wiped_away(void **state)
{
    (void)state;
    for (int over = 0; over < 2; over++) {
        struct ending e = run(strike_in_a_line, &over);
        must_exit(&e, 4, over ? STORE_VI("/a") : "<wiped>" STORE_VI("/a"));
    }
}

static void contradict(void *arg)
{
    crash_catch();
    if (*(int *)arg)
        crash_enter("/a.mdb", INPUT);
    crash_contradiction("/a");
}

static void a_contradiction_is_damage(void **state)
{
    (void)state;
    int brought = 0;
    struct ending e = run(contradict, &brought);
    must_exit(&e, 4,
              "motcua: sổ dữ liệu /a bị hỏng (các trang dữ liệu mâu thuẫn nhau); ngừng ghi và chạy motcua "
              "verify để biết cách phục hồi\n");
    brought = 1;
    e = run(contradict, &brought);
    must_exit(&e, 3,
              "motcua: không đọc tiếp được /a: tệp hỏng, các trang dữ liệu mâu thuẫn nhau; dùng bản sao lưu "
              "khác\n");
}

/* Whoever verifies is not told to verify. */
static void speak_of_verifying(void *arg)
{
    crash_catch();
    crash_enter("/a", FAILED);
    crash_say_of_store(T_core_crash_verify);
    if (*(int *)arg)
        crash_contradiction("/a");
    raise(SIGSEGV);
}

static void another_sentence_of_the_store(void **state)
{
    (void)state;
    for (int contradicts = 0; contradicts < 2; contradicts++) {
        struct ending e = run(speak_of_verifying, &contradicts);
        must_exit(&e, 4,
                  "motcua: không đọc tiếp được sổ dữ liệu /a: tệp hoặc đĩa đã hỏng; ngừng ghi và phục hồi từ "
                  "bản sao lưu: motcua -s THƯ_MỤC_MỚI restore TỆP\n");
    }
}

/* ---- with a store ---- */

static void cut(const char *dir, off_t bytes)
{
    char path[300];
    snprintf(path, sizeof path, "%s/data.mdb", dir);
    assert_int_equal(truncate(path, bytes), 0);
}

static off_t length(const char *dir)
{
    char path[300];
    snprintf(path, sizeof path, "%s/data.mdb", dir);
    int fd = open(path, O_RDONLY);
    off_t n = lseek(fd, 0, SEEK_END);
    close(fd);
    return n;
}

static bool each_row(void *arg, const struct row *row)
{
    *(uint64_t *)arg += row->facts.id;
    return true;
}

/* The file is cut under an open store: the next look at it meets a missing page. */
enum { REFUSED_IN_TIME = 50 };

static void read_what_was_cut(void *arg)
{
    struct store_desk *d = arg;
    struct store *s;
    struct view *v;
    uint64_t sum = 0;
    crash_catch();
    struct outcome o = store_open(d->dir, &s);
    if (!outcome_ok(&o))
        _exit(101);
    o = view_begin(s, &v);
    if (!outcome_ok(&o))
        _exit(102);
    cut(d->dir, 0);
    view_live(v, LIVE_RUNNING, each_row, &sum);
}

static void write_what_was_cut(void *arg)
{
    struct store_desk *d = arg;
    crash_catch();
    struct outcome o = store_open(d->dir, &d->store);
    if (!outcome_ok(&o))
        _exit(101);
    cut(d->dir, 2 * 4096);
    o = store_desk_ask(d, desk_receive("1.001", "Nguyễn Thị Hương", NULL, NULL), NULL);
    _exit(o.kind == KIND_store_gone ? REFUSED_IN_TIME : 102);
}

/* Even asking whether others wrote looks at the file. */
static void look_at_what_was_cut(void *arg)
{
    struct store_desk *d = arg;
    struct view *v;
    crash_catch();
    struct outcome o = store_open(d->dir, &d->store);
    if (!outcome_ok(&o))
        _exit(101);
    cut(d->dir, 0);
    store_changed(d->store);
    o = view_begin(d->store, &v);
    _exit(o.kind == KIND_store_gone ? REFUSED_IN_TIME : 102);
}

static void outside_an_open_store(void *arg)
{
    struct store_desk *d = arg;
    struct store *s;
    struct view *v;
    crash_catch();
    struct outcome o = store_open(d->dir, &s);
    if (outcome_ok(&o))
        o = view_begin(s, &v);
    if (!outcome_ok(&o))
        _exit(101);
    view_end(v);
    store_changed(s);
    struct store *other;
    if (store_open("/nowhere/at/all", &other).kind != KIND_no_store)
        _exit(102);
    touch_nothing();
}

/* While it is being read nobody can look first; before that it is noticed without dying. */
static void a_file_cut_under_an_open_store(void **state)
{
    (void)state;
    deed *const deeds[] = {read_what_was_cut, write_what_was_cut, look_at_what_was_cut};
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++) {
        struct store_desk d;
        char code[64], said[600];
        store_desk_init(&d);
        store_desk_receive(&d, "1.001", "Nguyễn Thị Hương", NULL, code);
        store_close(d.store);
        d.store = NULL;
        struct ending e = run(deeds[i], &d);
        snprintf(said, sizeof said,
                 "motcua: không đọc tiếp được sổ dữ liệu %s, có lẽ tệp hoặc đĩa đã hỏng; " TAIL_VI, d.dir);
        if (deeds[i] == read_what_was_cut)
            must_exit(&e, 4, said);
        else
            must_exit(&e, REFUSED_IN_TIME, "");
        store_desk_release(&d);
    }
}

static void an_idle_store_is_not_blamed(void **state)
{
    (void)state;
    struct store_desk d;
    store_desk_init(&d);
    store_close(d.store);
    d.store = NULL;
    struct ending e = run(outside_an_open_store, &d);
    must_be_killed(&e, SIGSEGV, ELSEWHERE_VI);
    store_desk_release(&d);
}

/* A file cut before it is opened is judged without dying: that looks at missing pages on purpose, under a
 * handler of its own. */
static void open_what_was_cut(void *arg)
{
    struct store_desk *d = arg;
    struct store *s;
    crash_catch();
    struct outcome o = store_open(d->dir, &s);
    if (o.kind != KIND_damaged)
        _exit(101);
    crash_enter("/then", FAILED); /* and the guard is on duty again */
    touch_missing_page();
}

static void judging_a_short_file_leaves_the_guard_in_place(void **state)
{
    (void)state;
    struct store_desk d;
    char code[64];
    store_desk_init(&d);
    for (int i = 0; i < 20; i++)
        store_desk_receive(&d, "1.001", "Nguyễn Thị Hương", NULL, code);
    store_close(d.store);
    d.store = NULL;
    cut(d.dir, length(d.dir) / 2 / 4096 * 4096);
    struct ending e = run(open_what_was_cut, &d);
    must_exit(&e, 4, STORE_VI("/then"));
    store_desk_release(&d);
}

/* A view is begun for every repaint and every command: the guard may cost nothing beside it. A generous
 * bound, so that a busy machine does not fail it: a system call for each would take longer. */
static void it_costs_nothing(void **state)
{
    (void)state;
    struct timespec from, to;
    enum { TIMES = 1000000, MOST_NS = 200 };
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    for (int i = 0; i < TIMES; i++) {
        crash_enter("/home/someone/.local/share/motcua", FAILED);
        crash_leave();
    }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
    double ns = ((double)(to.tv_sec - from.tv_sec) * 1e9 + (double)(to.tv_nsec - from.tv_nsec)) / TIMES;
    if (ns > MOST_NS * (SANITIZED ? 10 : 1))
        fail_msg("%.0f ns for entering and leaving", ns);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inside_it_is_a_sentence_and_status_4),
        cmocka_unit_test(outside_the_signal_takes_its_course),
        cmocka_unit_test(nothing_is_caught_unasked),
        cmocka_unit_test(a_signal_sent_by_another_is_not_the_stores),
        cmocka_unit_test(the_innermost_is_blamed),
        cmocka_unit_test(what_is_read_is_blamed_not_what_is_made),
        cmocka_unit_test(depth_has_no_end),
        cmocka_unit_test(it_speaks_the_readers_language),
        cmocka_unit_test(names_of_folders_are_made_safe),
        cmocka_unit_test(the_terminal_is_given_back_first),
        cmocka_unit_test(a_line_begun_is_wiped_away),
        cmocka_unit_test(a_contradiction_is_damage),
        cmocka_unit_test(another_sentence_of_the_store),
        cmocka_unit_test(a_file_cut_under_an_open_store),
        cmocka_unit_test(an_idle_store_is_not_blamed),
        cmocka_unit_test(judging_a_short_file_leaves_the_guard_in_place),
        cmocka_unit_test(it_costs_nothing),
    };
    return cmocka_run_group_tests_name("crash", tests, NULL, NULL);
}
