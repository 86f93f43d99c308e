/* What is noted of a journal outside the store, and what comes of comparing with it. */
#include "store/bytes.h"
#include "store/env.h"
#include "store/journal.h"
#include "store/noted.h"
#include "store/view.h"
#include "tests/store_desk.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define ASSERT_KIND(outcome, name) assert_string_equal(outcome_kind_name((outcome).kind), name)
#define ASSERT_DONE(outcome) ASSERT_KIND(outcome, "done")

enum { DAY = 24 * 60 * 60, OCLOCK = 1795000000 / 60 * 60 /* a whole minute of 2026 */ };

struct world {
    struct store_desk d;
    char state[200], folder[220];
};

static int world_setup(void **state)
{
    static struct world w;
    char code[64];
    store_desk_init(&w.d);
    store_desk_receive(&w.d, "1.001", "Nguyễn Thị Hương", NULL, code);
    snprintf(w.state, sizeof w.state, "%s/state", w.d.above);
    snprintf(w.folder, sizeof w.folder, "%s/motcua", w.state);
    setenv("XDG_STATE_HOME", w.state, 1);
    *state = &w;
    return 0;
}

static int world_teardown(void **state)
{
    struct world *w = *state;
    store_desk_release(&w->d);
    return 0;
}

static struct view *look(struct world *w)
{
    struct view *v;
    ASSERT_DONE(view_begin(w->d.store, &v));
    return v;
}

static struct continuity compare(struct world *w)
{
    struct continuity c;
    struct view *v = look(w);
    noted_compare(v, &c);
    view_end(v);
    return c;
}

static void keep(struct world *w, int64_t when)
{
    bool nowhere = true;
    struct view *v = look(w);
    ASSERT_DONE(noted_keep(v, when, &nowhere));
    assert_false(nowhere);
    view_end(v);
}

static struct head head_of(struct world *w)
{
    struct view *v = look(w);
    struct head h = view_head(v);
    view_end(v);
    return h;
}

/* The one file in the folder: its path, its text. */
static void only_note(struct world *w, char path[500], char text[500])
{
    DIR *dir = opendir(w->folder);
    size_t files = 0;
    assert_non_null(dir);
    for (struct dirent *e = readdir(dir); e; e = readdir(dir))
        if (e->d_name[0] != '.') {
            snprintf(path, 500, "%s/%s", w->folder, e->d_name);
            files++;
        }
    closedir(dir);
    assert_int_equal(files, 1);
    int fd = open(path, O_RDONLY);
    ssize_t n = read(fd, text, 499);
    assert_true(n >= 0);
    text[n] = '\0';
    close(fd);
}

static void write_note(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_TRUNC);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
}

static void what_is_noted_is_compared_with(void **state)
{
    struct world *w = *state;
    char path[500], text[500], expected[HEAD_TEXT + 40];
    struct continuity c = compare(w);
    assert_false(c.known);
    ASSERT_DONE(c.verdict);
    ASSERT_DONE(c.trouble);
    keep(w, OCLOCK + 59); /* the second of the minute is of no account */
    struct head head = head_of(w);
    head_format(expected, &head);
    strcat(expected, " 2026-11-18T11:06Z\n"); /* date -u -d @1794999960 */
    only_note(w, path, text);
    assert_string_equal(text, expected);
    c = compare(w);
    assert_true(c.known);
    assert_int_equal(c.noted.when, OCLOCK);
    assert_true(head_equal(&c.noted.head, &head));
    ASSERT_DONE(c.verdict);
    store_desk_receive(&w->d, "1.001", "Lê Văn Tám", NULL, text);
    c = compare(w);
    assert_true(c.known);
    assert_true(head_equal(&c.noted.head, &head)); /* until it is shown again */
    ASSERT_DONE(c.verdict);
}

/* Writing waits for the disk: not for what is known already. A new day is worth it. */
static void the_same_is_noted_once_a_day(void **state)
{
    struct world *w = *state;
    char path[500], text[500], again[500];
    keep(w, OCLOCK);
    only_note(w, path, text);
    struct stat first, then;
    assert_int_equal(stat(path, &first), 0);
    keep(w, OCLOCK + 60 * 60);
    assert_int_equal(stat(path, &then), 0);
    assert_int_equal(then.st_ino, first.st_ino);
    keep(w, OCLOCK + DAY);
    only_note(w, path, again);
    assert_string_not_equal(again, text);
    assert_non_null(strstr(again, " 2026-11-19T11:06Z\n"));
    store_desk_receive(&w->d, "1.001", "Lê Văn Tám", NULL, text);
    keep(w, OCLOCK + DAY);
    only_note(w, path, text);
    assert_string_not_equal(again, text);
}

static void a_head_that_is_not_there_is_found(void **state)
{
    struct world *w = *state;
    char path[500], text[500];
    struct head real = head_of(w), other = real;
    keep(w, OCLOCK);
    only_note(w, path, text);
    static const struct {
        int64_t more;
        unsigned char flip;
        const char *verdict;
    } cases[] = {
        {0, 0, "done"},         {0, 0x01, "head_differs"}, {0, 0x80, "head_differs"},
        {1, 0, "head_missing"}, {-1, 0, "head_differs"},   {1000, 0, "head_missing"},
        {0, 0, "done"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char note[HEAD_TEXT + 40];
        other = real;
        other.seq += (uint64_t)cases[i].more;
        other.hash[STORE_HASH - 1] ^= cases[i].flip;
        head_format(note, &other);
        strcat(note, " 2026-11-18T11:06Z\n");
        write_note(path, note);
        struct continuity c = compare(w);
        assert_true(c.known);
        ASSERT_KIND(c.verdict, cases[i].verdict);
    }
    /* An earlier end of the same journal is one it goes on from. */
    store_desk_receive(&w->d, "1.001", "Lê Văn Tám", NULL, path);
    struct continuity c = compare(w);
    ASSERT_DONE(c.verdict);
}

/* The largest number there is must neither wrap nor be cut. */
static void the_longest_note_is_read(void **state)
{
    struct world *w = *state;
    char path[500], text[500], note[HEAD_TEXT + 40];
    keep(w, OCLOCK);
    only_note(w, path, text);
    struct head last = {.seq = INT64_MAX};
    memset(last.hash, 0xff, STORE_HASH);
    head_format(note, &last);
    strcat(note, " 2100-12-31T23:59Z\n");
    write_note(path, note);
    struct continuity c = compare(w);
    assert_true(c.known);
    assert_true(c.noted.head.seq == INT64_MAX);
    ASSERT_KIND(c.verdict, "head_missing");
}

/* The page of an earlier moment is compared too, and by what is stored now. */
static void the_view_s_moment_is_of_no_account(void **state)
{
    struct world *w = *state;
    char code[64];
    struct continuity c;
    struct view *v;
    keep(w, OCLOCK);
    store_desk_now(&w->d, "2026-11-17T08:00");
    store_desk_receive(&w->d, "1.001", "Lê Văn Tám", NULL, code);
    ASSERT_DONE(view_begin_as_of(w->d.store, civil_to_utc(desk_time("2026-11-16T12:00"), 7 * 60), &v));
    noted_compare(v, &c);
    assert_true(c.known);
    ASSERT_DONE(c.verdict);
    bool nowhere;
    struct head then = view_head(v);
    ASSERT_DONE(noted_keep(v, OCLOCK, &nowhere));
    noted_compare(v, &c);
    view_end(v);
    struct head now = head_of(w);
    assert_true(head_equal(&c.noted.head, &now));
    assert_false(head_equal(&c.noted.head, &then));
}

static void without_a_place_nothing_is_noted(void **state)
{
    struct world *w = *state;
    struct view *v = look(w);
    struct continuity c;
    bool nowhere = false;
    unsetenv("XDG_STATE_HOME");
    char *home = getenv("HOME") ? strdup(getenv("HOME")) : NULL;
    static const char *const none[] = {NULL, "", "relative", "/nonexistent/home"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        if (none[i])
            setenv("HOME", none[i], 1);
        else
            unsetenv("HOME");
        ASSERT_DONE(noted_keep(v, OCLOCK, &nowhere));
        assert_true(nowhere);
        noted_compare(v, &c);
        assert_false(c.known);
        ASSERT_DONE(c.trouble);
    }
    if (home)
        setenv("HOME", home, 1);
    free(home);
    view_end(v);
}

static void what_cannot_be_written_leaves_the_old_note(void **state)
{
    struct world *w = *state;
    char path[500], text[500], after[500];
    keep(w, OCLOCK);
    only_note(w, path, text);
    store_desk_receive(&w->d, "1.001", "Lê Văn Tám", NULL, after);
    struct view *v = look(w);
    bool nowhere;
    char moved[240];
    snprintf(moved, sizeof moved, "%s.aside", w->folder);
    assert_int_equal(rename(w->folder, moved), 0);
    int fd = open(w->folder, O_CREAT | O_WRONLY, 0600);
    close(fd);
    ASSERT_KIND(noted_keep(v, OCLOCK, &nowhere), "io_error");
    assert_int_equal(unlink(w->folder), 0);
    assert_int_equal(rename(moved, w->folder), 0);
    view_end(v);
    only_note(w, path, after);
    assert_string_equal(after, text);
}

static void a_path_too_long_is_no_place(void **state)
{
    struct world *w = *state;
    static char longest[8192] = "/";
    struct continuity c;
    bool nowhere = false;
    memset(longest + 1, 'x', sizeof longest - 2);
    setenv("XDG_STATE_HOME", longest, 1);
    struct view *v = look(w);
    ASSERT_DONE(noted_keep(v, OCLOCK, &nowhere));
    assert_true(nowhere);
    noted_compare(v, &c);
    assert_false(c.known);
    view_end(v);
}

static void forgetting(void **state)
{
    struct world *w = *state;
    noted_forget(w->d.dir); /* nothing to forget */
    noted_forget("/nowhere/at/all");
    keep(w, OCLOCK);
    noted_forget(w->d.dir);
    struct continuity c = compare(w);
    assert_false(c.known);
}

/* The noted entry itself is gone from the journal: that is damage, and no going on. */
static struct outcome delete_first(struct txn *t, void *arg)
{
    struct key key;
    (void)arg;
    txn_delete(t, TABLE_JOURNAL, key_u64(&key, 1));
    return OUTCOME_DONE;
}

static void a_noted_entry_that_is_gone(void **state)
{
    struct world *w = *state;
    char path[500], text[500];
    keep(w, OCLOCK);
    only_note(w, path, text);
    char note[500];
    snprintf(note, sizeof note, "1%s", strchr(text, ':'));
    write_note(path, note);
    ASSERT_DONE(txn_update(w->d.store, delete_first, NULL));
    struct continuity c = compare(w);
    assert_true(c.known);
    ASSERT_KIND(c.verdict, "damaged");
}

int main(void)
{
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_setup, world_teardown)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(what_is_noted_is_compared_with),
        IN_A_WORLD(the_same_is_noted_once_a_day),
        IN_A_WORLD(a_head_that_is_not_there_is_found),
        IN_A_WORLD(the_longest_note_is_read),
        IN_A_WORLD(the_view_s_moment_is_of_no_account),
        IN_A_WORLD(without_a_place_nothing_is_noted),
        IN_A_WORLD(what_cannot_be_written_leaves_the_old_note),
        IN_A_WORLD(a_path_too_long_is_no_place),
        IN_A_WORLD(forgetting),
        IN_A_WORLD(a_noted_entry_that_is_gone),
    };
    return cmocka_run_group_tests_name("noted", tests, NULL, NULL);
}
