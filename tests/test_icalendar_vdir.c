/* A folder of items: what is ours in it, what is written, what is left alone. The room alone, which knows no
 * dossiers: here everything at "@here" is ours. */
#include "icalendar/vdir_file.h"
#include "tests/random.h"
#include "tests/vdir_place.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void names_say_what_they_stand_for(void **state)
{
    static const char *const names[][2] = {
        {"a-1@here", "a-1@here"},         {"a/b@here", "a%2Fb@here"},   {"../x@here", "%2E.%2Fx@here"},
        {"a%2Fb@here", "a%252Fb@here"},   {".a@here", "%2Ea@here"},     {"đ b@here", "%C4%91%20b@here"},
        {"a~b:c@here", "a%7Eb%3Ac@here"}, {"A_Z.9@here", "A_Z.9@here"},
    };
    struct place *p = *state;
    begin(p);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct buf name = BUF_INIT;
        vdir_encode(&name, str_of(names[i][0]));
        assert_string_equal(name.p, names[i][1]);
        buf_release(&name);
        put(p, names[i][0], "x");
    }
    finish(p, 8, 0, 0);
    char file[400];
    for (size_t i = 0; i < 8; i++) {
        snprintf(file, sizeof file, "%s.ics", names[i][1]);
        has(p, file, "x");
    }
}

static void a_name_too_long_for_a_file_is_told(void **state)
{
    struct place *p = *state;
    char uid[300];
    memset(uid, 'a', sizeof uid - 1);
    uid[sizeof uid - 1] = '\0';
    begin(p);
    assert_int_equal(vdir_put(&p->v, str_of(uid), STR("x")), ENAMETOOLONG);
}

static void only_what_differs_is_written(void **state)
{
    struct place *p = *state;
    begin(p);
    put(p, "a@here", ITEM("a@here"));
    put(p, "b@here", ITEM("b@here"));
    finish(p, 2, 0, 0);
    begin(p);
    put(p, "b@here", ITEM("b@here") "X");
    put(p, "a@here", ITEM("a@here"));
    finish(p, 1, 1, 0);
    has(p, "b@here.ics", ITEM("b@here") "X");
    begin(p);
    put(p, "b@here", ITEM("b@here") "X");
    finish(p, 0, 1, 1);
    has(p, "a@here.ics", NULL);
}

static size_t foreign(const struct place *p, char out[400])
{
    struct str name;
    size_t n = 0, count = 0;
    out[0] = '\0';
    for (size_t at = 0; vdir_names_next(&p->v.foreign, &at, &name); count++)
        n += (size_t)snprintf(out + n, 400 - n, "%.*s ", STR_ARG(name));
    assert_int_equal(count, p->v.foreign.count);
    return count;
}

static void what_is_whose(void **state)
{
    static const struct {
        const char *name, *content;
        bool ours;
    } files[] = {
        {"a@here.ics", ITEM("a@here"), true},
        {"7a1c-0001.ics", ITEM("b@here"), true},
        {"folded.ics", "BEGIN:VEVENT\r\nUID:c@h\r\n ere\r\nEND:VEVENT\r\n", true},
        {"with-parameters.ics", "BEGIN:VEVENT\nuid;X=\"a:b\":d@here\nEND:VEVENT\n", true},
        {"twice-the-same.ics", ITEM("e@here") ITEM("e@here"), true}, /* a phone made it recur */
        {"empty@here.ics", "", true},
        {"there.ics", ITEM("a@there"), false},
        {"g@here.ics", ITEM("other@there"), false},
        {"h@here.ics", "not a calendar", false},
        {"two.ics", ITEM("i@here") ITEM("j@here"), false},
        {"mixed.ics", ITEM("k@here") ITEM("a@there"), false},
        {"empty.ics", "", false},
        {"broken.ics", "UID:l@here\r\n\xFF\xFE\r\n", true},
        {"m@here.ICS", ITEM("m@here"), false},
        {"n@here", ITEM("n@here"), false},
        {"%6Fo@here.ics", "", false}, /* not how we would write it */
    };
    struct place *p = *state;
    char expected[400] = "", found[400];
    size_t ours = 0;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        make_text(p, files[i].name, files[i].content);
        ours += files[i].ours;
    }
    begin(p);
    assert_int_equal(p->v.count, ours);
    assert_int_equal(foreign(p, found), 16 - ours);
    snprintf(expected, sizeof expected, "%s",
             "%6Fo@here.ics empty.ics g@here.ics h@here.ics m@here.ICS mixed.ics n@here there.ics "
             "two.ics ");
    assert_string_equal(found, expected);
    finish(p, 0, 0, (unsigned)ours);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        has(p, files[i].name, files[i].ours ? NULL : files[i].content);
}

static void another_name_is_kept(void **state)
{
    struct place *p = *state;
    make_text(p, "x.ics", ITEM("a@here") "edited");
    begin(p);
    put(p, "a@here", ITEM("a@here"));
    finish(p, 1, 0, 0);
    has(p, "x.ics", ITEM("a@here"));
    has(p, "a@here.ics", NULL);
    make_text(p, "a.ics", ITEM("a@here")); /* of two that are not called by it, the first stays */
    begin(p);
    put(p, "a@here", ITEM("a@here"));
    finish(p, 0, 1, 1);
    has(p, "x.ics", NULL);
    make_text(p, "a@here.ics", "");
    begin(p);
    put(p, "a@here", ITEM("a@here"));
    finish(p, 1, 0, 1);
    has(p, "a.ics", NULL);
    has(p, "a@here.ics", ITEM("a@here"));
}

static void what_stands_in_the_way_stays(void **state)
{
    struct place *p = *state;
    char path[400];
    make_text(p, "a@here.ics", ITEM("other@there"));
    path_of(p, "b@here.ics", path);
    assert_int_equal(symlink("nowhere", path), 0);
    begin(p);
    put(p, "a@here", ITEM("a@here"));
    put(p, "b@here", ITEM("b@here"));
    put(p, "c@here", ITEM("c@here"));
    sweep(p, 1, 0, 0);
    assert_int_equal(p->v.in_way.count, 2);
    vdir_close(&p->v);
    has(p, "a@here.ics", ITEM("other@there"));
    struct stat st;
    assert_int_equal(lstat(path, &st), 0);
    assert_true(S_ISLNK(st.st_mode));
}

static void a_description_is_written_where_it_differs(void **state)
{
    struct place *p = *state;
    char path[400];
    path_of(p, "displayname", path);
    struct stat before, after;
    begin(p);
    assert_int_equal(vdir_describe(&p->v, "displayname", STR("Lịch")), 0);
    finish(p, 0, 0, 0);
    assert_int_equal(stat(path, &before), 0);
    begin(p);
    assert_int_equal(vdir_describe(&p->v, "displayname", STR("Lịch")), 0);
    finish(p, 0, 0, 0);
    assert_int_equal(stat(path, &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    has(p, "displayname", "Lịch");
}

static void a_folder_that_must_be_there(void **state)
{
    struct place *p = *state;
    char path[400];
    struct vdir_options as_is = vdir_place_how;
    as_is.as_is = true;
    path_of(p, "no", path);
    assert_int_equal(vdir_open(&p->v, path, &as_is), ENOENT);
    assert_int_equal(access(path, F_OK), -1);
    make_text(p, "file", "x");
    path_of(p, "file", path);
    vdir_close(&p->v);
    assert_int_equal(vdir_open(&p->v, path, &vdir_place_how), ENOTDIR);
}

static bool still_says(const struct place *p, const char *name, const char *bytes, size_t n)
{
    char path[400], found[400];
    path_of(p, name, path);
    FILE *f = fopen(path, "r");
    if (!f)
        return false;
    size_t got = fread(found, 1, sizeof found, f);
    fclose(f);
    return got == n && memcmp(found, bytes, n) == 0;
}

/* NUL bytes too. */
static size_t some_rubbish(struct random *r, char text[400])
{
    static const char *const parts[] = {
        "UID:",    "a@here", "\r\n",           "\n",   " ", "BEGIN:VEVENT",  "", ":", ";", "\"", "@here",
        "b@there", "uid:",   "END:VEVENT\r\n", "\xC4", "đ", "UID:b@here\r\n"};
    enum { PARTS = sizeof parts / sizeof *parts };
    size_t n = 0;
    for (int64_t k = random_in(r, 0, 14); k > 0; k--) {
        const char *part = parts[random_in(r, 0, PARTS - 1)];
        size_t length = *part ? strlen(part) : 1;
        memcpy(text + n, part, length);
        n += length;
    }
    return n;
}

/* Whatever lies there: what is ours goes, nothing else changes, and what was put is there. */
static void any_rubbish(void **state)
{
    struct place *p = *state;
    struct random r = {20261122};
    size_t gone = 0, kept = 0;
    for (int round = 0; round < 600; round++) {
        char text[400];
        const char *name = round % 3 ? "x.ics" : "a@here.ics";
        size_t n = some_rubbish(&r, text), zeroes = 0;
        make(p, name, text, n);
        while (zeroes < n && !text[zeroes])
            zeroes++;
        struct buf uid = BUF_INIT;
        bool mine = vdir_uid((struct str){text, n}, &uid) && vdir_place_is_ours(NULL, buf_str(&uid));
        buf_release(&uid);
        mine = mine || (round % 3 == 0 && zeroes == n); /* torn */
        begin(p);
        put(p, "z@here", ITEM("z@here"));
        assert_int_equal(vdir_sweep(&p->v), 0);
        assert_int_equal(still_says(p, name, text, n), !mine);
        has(p, "z@here.ics", ITEM("z@here"));
        vdir_close(&p->v);
        gone += mine;
        kept += !mine;
    }
    assert_true(gone > 50 && kept > 50);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, vdir_place_setup, vdir_place_teardown)
    const struct CMUnitTest tests[] = {
        T(names_say_what_they_stand_for),
        T(a_name_too_long_for_a_file_is_told),
        T(only_what_differs_is_written),
        T(what_is_whose),
        T(another_name_is_kept),
        T(what_stands_in_the_way_stays),
        T(a_description_is_written_where_it_differs),
        T(a_folder_that_must_be_there),
        T(any_rubbish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
