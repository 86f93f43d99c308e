/* A folder of items: what is ours in it, what is written, what is left alone. The room alone, which knows no
 * dossiers: here everything at "@here" is ours. */
#include "icalendar/vdir.h"
#include "icalendar/vdir_file.h"
#include "tests/random.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct place {
    char path[64];
    struct vdir v;
};

static bool is_here(void *arg, struct str uid)
{
    (void)arg;
    const struct str end = STR("@here");
    return uid.n > end.n && str_eq(str_from(uid, uid.n - end.n), end);
}

static const struct vdir_options how = {.is_ours = is_here};

static int setup(void **state)
{
    struct place *p = calloc(1, sizeof *p);
    snprintf(p->path, sizeof p->path, "/tmp/motcua-vdir-XXXXXX");
    assert_non_null(mkdtemp(p->path));
    p->v.fd = -1;
    *state = p;
    return 0;
}

static void path_of(const struct place *p, const char *name, char out[400])
{
    snprintf(out, 400, "%s/%s", p->path, name);
}

static int teardown(void **state)
{
    struct place *p = *state;
    vdir_close(&p->v);
    DIR *dir = opendir(p->path);
    for (struct dirent *e; (e = readdir(dir));)
        unlinkat(dirfd(dir), e->d_name, 0);
    closedir(dir);
    assert_int_equal(rmdir(p->path), 0);
    free(p);
    return 0;
}

static void begin(struct place *p)
{
    vdir_close(&p->v);
    assert_int_equal(vdir_open(&p->v, p->path, &how), 0);
}

static void put(struct place *p, const char *uid, const char *bytes)
{
    assert_int_equal(vdir_put(&p->v, str_of(uid), str_of(bytes)), 0);
}

static void finish(struct place *p, unsigned written, unsigned unchanged, unsigned removed)
{
    assert_int_equal(vdir_sweep(&p->v), 0);
    assert_int_equal(vdir_sync(&p->v), 0);
    assert_int_equal(p->v.written, written);
    assert_int_equal(p->v.unchanged, unchanged);
    assert_int_equal(p->v.removed, removed);
    vdir_close(&p->v);
}

static void make(const struct place *p, const char *name, const void *bytes, size_t n)
{
    char path[400];
    path_of(p, name, path);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
}

static void make_text(const struct place *p, const char *name, const char *text)
{
    make(p, name, text, strlen(text));
}

static void has(const struct place *p, const char *name, const char *text)
{
    char path[400], found[4000];
    path_of(p, name, path);
    FILE *f = fopen(path, "r");
    if (!text) {
        assert_null(f);
        return;
    }
    assert_non_null(f);
    size_t n = fread(found, 1, sizeof found - 1, f);
    fclose(f);
    found[n] = '\0';
    assert_string_equal(found, text);
}

#define ITEM(uid) "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:" uid "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

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
    assert_int_equal(p->v.in_way.count, 2);
    finish(p, 1, 0, 0);
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
    struct vdir_options as_is = how;
    as_is.as_is = true;
    path_of(p, "no", path);
    assert_int_equal(vdir_open(&p->v, path, &as_is), ENOENT);
    assert_int_equal(access(path, F_OK), -1);
    make_text(p, "file", "x");
    path_of(p, "file", path);
    vdir_close(&p->v);
    assert_int_equal(vdir_open(&p->v, path, &how), ENOTDIR);
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
        bool mine = vdir_uid((struct str){text, n}, &uid) && is_here(NULL, buf_str(&uid));
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
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
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
