/* A folder of items: many at once, and what of them is there when. */
#include "tests/vdir_place.h"

#include <dirent.h>
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* Files whose names begin so. */
static size_t called(const struct place *p, const char *start)
{
    size_t n = 0;
    DIR *dir = opendir(p->path);
    assert_non_null(dir);
    for (struct dirent *e; (e = readdir(dir));)
        n += strncmp(e->d_name, start, strlen(start)) == 0;
    closedir(dir);
    return n;
}

static void item_of(int i, const char *more, char uid[32], char bytes[200])
{
    snprintf(uid, 32, "n%d@here", i);
    snprintf(bytes, 200, "BEGIN:VCALENDAR\r\nUID:n%d@here\r\n%sEND:VCALENDAR\r\n", i, more);
}

static void put_many(struct place *p, int n, const char *more)
{
    char uid[32], bytes[200];
    for (int i = 0; i < n; i++) {
        item_of(i, more, uid, bytes);
        put(p, uid, bytes);
    }
}

/* Of n items put_many() wrote, how many are there; each is whole. */
static size_t there(const struct place *p, int n, const char *more)
{
    char uid[32], bytes[200], file[40], path[400];
    size_t found = 0;
    for (int i = 0; i < n; i++) {
        item_of(i, more, uid, bytes);
        snprintf(file, sizeof file, "%s.ics", uid);
        path_of(p, file, path);
        if (access(path, F_OK) != 0)
            continue;
        has(p, file, bytes);
        found++;
    }
    return found;
}

enum { MANY = 3 * VDIR_BATCH_MOST + 1 };

/* Counts around those where a batch is full. */
static void any_number_is_written(void **state)
{
    static const int numbers[] = {0,   1, 8, 9, 10, VDIR_BATCH_MOST - 1, VDIR_BATCH_MOST, VDIR_BATCH_MOST + 1,
                                  MANY};
    struct place *p = *state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        int n = numbers[i];
        char more[32];
        snprintf(more, sizeof more, "X:%d\r\n", n);
        begin(p);
        put_many(p, n, more);
        finish(p, (unsigned)n, 0, 0);
        assert_int_equal(there(p, n, more), n);
        begin(p);
        put_many(p, n, more);
        finish(p, 0, (unsigned)n, 0);
        assert_int_equal(called(p, "n"), n);
        assert_int_equal(called(p, ".motcua-"), 0);
    }
}

/* However many: a process may have few files open. */
static void many_need_few_descriptors(void **state)
{
    struct place *p = *state;
    struct rlimit before, few;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    few = before;
    few.rlim_cur = 32;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
    begin(p);
    put_many(p, MANY, "");
    int error = vdir_sweep(&p->v);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    assert_int_equal(error, 0);
    assert_int_equal(there(p, MANY, ""), MANY);
}

/* What was put and did not come to its turn leaves nothing, and what is counted is there. */
static void what_is_given_up_leaves_no_temporaries(void **state)
{
    static const int numbers[] = {1, 8, 9, VDIR_BATCH_MOST, MANY};
    struct place *p = *state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        begin(p);
        put_many(p, numbers[i], "");
        uint64_t written = p->v.written;
        assert_true(called(p, ".motcua-") > 0);
        vdir_close(&p->v);
        assert_int_equal(called(p, ".motcua-"), 0);
        assert_int_equal(there(p, numbers[i], ""), written);
        assert_true(written < (uint64_t)numbers[i]);
        begin(p);
        finish(p, 0, 0, (unsigned)written);
    }
}

static void a_place_that_is_taken_meanwhile_is_told(void **state)
{
    static const int numbers[] = {3, 20, MANY};
    struct place *p = *state;
    char path[400];
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct str name;
        size_t at = 0;
        begin(p);
        put_many(p, numbers[i], "");
        put(p, "last@here", ITEM("last@here"));
        make_text(p, "last@here.ics", "a note");
        sweep(p, (unsigned)numbers[i], 0, 0);
        assert_int_equal(p->v.in_way.count, 1);
        assert_true(vdir_names_next(&p->v.in_way, &at, &name));
        assert_true(str_eq(name, STR("last@here.ics")));
        has(p, "last@here.ics", "a note");
        assert_int_equal(called(p, ".motcua-"), 0);
        begin(p);
        finish(p, 0, 0, (unsigned)numbers[i]);
        path_of(p, "last@here.ics", path);
        assert_int_equal(unlink(path), 0);
    }
}

/* It is told at which file; what came before it is in place, and counted; the rest is as it was. */
static void an_error_in_the_middle_of_a_batch(void **state)
{
    struct place *p = *state;
    char path[400];
    begin(p);
    put_many(p, 20, "");
    finish(p, 20, 0, 0);
    begin(p);
    put_many(p, 20, "X:1\r\n");
    path_of(p, "n5@here.ics", path);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(vdir_sweep(&p->v), EISDIR);
    assert_true(str_eq(buf_str(&p->v.at), STR("n5@here.ics")));
    assert_int_equal(p->v.written, 5);
    vdir_close(&p->v);
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(called(p, ".motcua-"), 0);
    assert_int_equal(there(p, 5, "X:1\r\n"), 5);
    begin(p);
    put_many(p, 20, "");
    finish(p, 6, 14, 0);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, vdir_place_setup, vdir_place_teardown)
    const struct CMUnitTest tests[] = {
        T(any_number_is_written),
        T(many_need_few_descriptors),
        T(what_is_given_up_leaves_no_temporaries),
        T(a_place_that_is_taken_meanwhile_is_told),
        T(an_error_in_the_middle_of_a_batch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
