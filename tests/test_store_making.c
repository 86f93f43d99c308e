/* Making a store: all of it or nothing, with the right modes, whatever happens on the way. */
#include "tests/store_desk.h"

#include "store/fault.h"
#include "store/folder.h"
#include "store/state.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define ASSERT_KIND(outcome, name) assert_string_equal(outcome_kind_name((outcome).kind), name)
#define ASSERT_DONE(outcome) ASSERT_KIND(outcome, "done")

enum { FOUNDED_EVENTS = 2 }; /* the office and its first admin */

static struct outcome found(struct store_desk *d)
{
    struct command c = {.kind = COMMAND_FOUND, .at = NO_TIME};
    c.found = (struct office_identity){.name = STR("UBND"), .agency = STR("H42"), .utc_offset = 420};
    return store_desk_ask(d, c, NULL);
}

static struct outcome create_and_found(struct store_desk *d, const struct store_options *options)
{
    struct outcome o = store_create(d->dir, options, &d->store);
    return outcome_ok(&o) ? found(d) : o;
}

static uint64_t events_of(struct store_desk *d)
{
    struct store_stat s;
    struct view *v;
    ASSERT_DONE(view_begin(d->store, &v));
    view_stat(v, &s);
    view_end(v);
    return s.events;
}

static char *path_of(const struct store_desk *d, const char *name)
{
    static char path[300];
    snprintf(path, sizeof path, "%s/%s", d->dir, name);
    return path;
}

static void shut(struct store_desk *d)
{
    store_close(d->store);
    d->store = NULL;
}

static bool exists(const char *path)
{
    return access(path, F_OK) == 0;
}

static void write_file(const char *path, const void *bytes, size_t n)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, n), (ssize_t)n);
    close(fd);
}

static struct stat stat_of(const char *path)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    return st;
}

static void assert_mode(const char *path, mode_t mode)
{
    assert_int_equal(stat_of(path).st_mode & 07777, mode);
}

/* Entries of a folder; none when it is not there. */
static int entries_of(const char *path)
{
    DIR *dir = opendir(path);
    int n = 0;
    for (struct dirent *e = dir ? readdir(dir) : NULL; e; e = readdir(dir))
        n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    if (dir)
        closedir(dir);
    return n;
}

static void assert_nothing_but_a_store(struct store_desk *d)
{
    assert_true(exists(path_of(d, "data.mdb")));
    assert_true(exists(path_of(d, "lock.mdb")));
    assert_int_equal(entries_of(d->dir), 2);
}

static int wait_for(pid_t child)
{
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

static pid_t start(int (*work)(struct store_desk *d), struct store_desk *d)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        _exit(work(d));
    return child;
}

/* ---- modes ---- */

static void test_modes_whatever_the_umask(void **state)
{
    static const mode_t masks[] = {0, 022, 077, 0777};
    (void)state;
    for (size_t i = 0; i < sizeof masks / sizeof *masks; i++) {
        struct store_desk d;
        store_desk_empty(&d);
        if (i % 2)
            assert_int_equal(mkdir(d.dir, 0755), 0);
        mode_t before = umask(masks[i]);
        struct outcome o = create_and_found(&d, NULL);
        assert_int_equal(umask(before), masks[i]);
        ASSERT_DONE(o);
        assert_mode(d.dir, 0700);
        assert_mode(path_of(&d, "data.mdb"), 0600);
        assert_mode(path_of(&d, "lock.mdb"), 0600);
        assert_nothing_but_a_store(&d);
        store_desk_release(&d);
    }
}

static void test_group_store(void **state)
{
    struct group *g = getgrgid(getegid());
    struct store_desk d;
    (void)state;
    store_desk_empty(&d);
    struct outcome o = store_create(d.dir, &(struct store_options){.group = "no-such-group"}, &d.store);
    ASSERT_KIND(o, "unknown_group");
    assert_int_equal(outcome_class(o.kind), REFUSED);
    assert_string_equal(o.arg[0].text, "no-such-group");
    assert_false(exists(d.dir));
    if (g) {
        mode_t before = umask(077);
        o = create_and_found(&d, &(struct store_options){.group = g->gr_name});
        umask(before);
        ASSERT_DONE(o);
        assert_mode(d.dir, 02770);
        assert_mode(path_of(&d, "data.mdb"), 0660);
        assert_mode(path_of(&d, "lock.mdb"), 0660);
        assert_int_equal(stat_of(d.dir).st_gid, g->gr_gid);
    }
    store_desk_release(&d);
}

/* Files of a group that is not the maker's first one, in a folder that was there before. */
static void test_group_of_the_files(void **state)
{
    struct group *g = getuid() == 0 ? getgrnam("nogroup") : NULL;
    struct store_desk d;
    (void)state;
    if (!g)
        skip();
    store_desk_empty(&d);
    assert_int_equal(mkdir(d.dir, 0755), 0);
    ASSERT_DONE(create_and_found(&d, &(struct store_options){.group = "nogroup"}));
    assert_int_equal(stat_of(d.dir).st_gid, g->gr_gid);
    assert_int_equal(stat_of(path_of(&d, "data.mdb")).st_gid, g->gr_gid);
    assert_int_equal(stat_of(path_of(&d, "lock.mdb")).st_gid, g->gr_gid);
    shut(&d);
    assert_int_equal(chmod(d.dir, 0770), 0); /* the new file does not get the group by itself */
    assert_int_equal(unlink(path_of(&d, "lock.mdb")), 0);
    store_desk_reopen(&d);
    assert_int_equal(stat_of(path_of(&d, "lock.mdb")).st_gid, g->gr_gid);
    assert_mode(path_of(&d, "lock.mdb"), 0660);
    store_desk_release(&d);
}

/* ---- refusals ---- */

static void test_create_refuses_what_is_there(void **state)
{
    struct store_desk d;
    struct store *second = NULL;
    (void)state;
    store_desk_init(&d);
    uint64_t before = events_of(&d);
    ASSERT_KIND(store_create(d.dir, NULL, &second), "store_exists");
    assert_null(second);
    assert_int_equal(events_of(&d), before);
    shut(&d);
    write_file(path_of(&d, "data.mdb"), "", 0); /* damaged, but no place to begin anew */
    ASSERT_KIND(store_create(d.dir, NULL, &second), "store_exists");
    write_file(path_of(&d, "data.mdb"), "rubbish", 7);
    ASSERT_KIND(store_create(d.dir, NULL, &second), "store_exists");
    assert_int_equal(stat_of(path_of(&d, "data.mdb")).st_size, 7);
    assert_int_equal(unlink(path_of(&d, "data.mdb")), 0);
    assert_int_equal(symlink("nowhere", path_of(&d, "data.mdb")), 0);
    ASSERT_KIND(store_create(d.dir, NULL, &second), "store_exists");
    store_desk_release(&d);
}

/* A file, or a link that leads nowhere, stands where the folder or one above it should be. */
static void assert_file_in_the_way(const char *dir, const char *file)
{
    struct store *s = NULL;
    struct outcome o = store_create(dir, NULL, &s);
    ASSERT_KIND(o, "not_a_folder");
    assert_int_equal(outcome_class(o.kind), FAILED);
    assert_string_equal(o.arg[0].text, file);
    assert_null(s);
    o = store_open(dir, &s);
    ASSERT_KIND(o, "not_a_folder");
    assert_string_equal(o.arg[0].text, file);
    assert_null(s);
}

static void test_a_file_is_no_folder(void **state)
{
    struct store_desk d;
    char path[300];
    struct store *s;
    (void)state;
    store_desk_empty(&d);
    write_file(d.dir, "a file", 6);
    assert_file_in_the_way(d.dir, d.dir);
    snprintf(path, sizeof path, "%s/", d.dir);
    assert_file_in_the_way(path, d.dir);
    snprintf(path, sizeof path, "%s/below/that", d.dir);
    assert_file_in_the_way(path, d.dir);
    assert_file_in_the_way("/dev/null", "/dev/null");
    snprintf(path, sizeof path, "%s/.motcua-init", d.above);
    write_file(path, "a file", 6);
    struct outcome o = store_create(d.above, NULL, &s);
    ASSERT_KIND(o, "not_a_folder");
    assert_string_equal(o.arg[0].text, path);
    assert_int_equal(stat_of(d.dir).st_size, 6);
    assert_int_equal(unlink(d.dir), 0);
    assert_int_equal(symlink("nowhere", d.dir), 0);
    o = store_create(d.dir, NULL, &s);
    ASSERT_KIND(o, "not_a_folder");
    store_desk_release(&d);
}

static void test_create_where_it_cannot(void **state)
{
    struct store_desk d;
    char path[5000];
    (void)state;
    store_desk_empty(&d);
    ASSERT_KIND(store_create("", NULL, &d.store), "io_error");
    ASSERT_KIND(store_create("/proc/motcua/store", NULL, &d.store), "io_error");
    memset(path, 'x', sizeof path - 1);
    path[sizeof path - 1] = '\0';
    ASSERT_KIND(store_create(path, NULL, &d.store), "io_error");
    path[4094] = '\0'; /* fits, but not with a name in it */
    ASSERT_KIND(store_create(path, NULL, &d.store), "io_error");
    assert_null(d.store);
    store_desk_release(&d);
}

/* ---- before the founding ---- */

/* Without a founding event nothing stays: neither files nor the folders made for them. */
static void test_unfounded_leaves_nothing(void **state)
{
    struct store_desk d;
    char deep[300], kept[300];
    (void)state;
    store_desk_empty(&d);
    snprintf(deep, sizeof deep, "%s/a/b/store/", d.above);
    snprintf(kept, sizeof kept, "%s/a", d.above);
    ASSERT_DONE(store_create(deep, NULL, &d.store));
    assert_true(exists(deep));
    shut(&d);
    assert_false(exists(kept));
    /* What was there before stays, as open as it was. */
    assert_int_equal(mkdir(kept, 0755), 0);
    ASSERT_DONE(store_create(kept, NULL, &d.store));
    shut(&d);
    assert_mode(kept, 0755);
    assert_int_equal(entries_of(kept), 0);
    snprintf(deep, sizeof deep, "%s/a/letter.txt", d.above);
    write_file(deep, "hello", 5);
    ASSERT_DONE(store_create(kept, NULL, &d.store));
    shut(&d);
    assert_mode(kept, 0755);
    assert_int_equal(entries_of(kept), 1);
    /* Founded, it is a store in a folder that is somebody else's too. */
    snprintf(d.dir, sizeof d.dir, "%s/a", d.above);
    ASSERT_DONE(create_and_found(&d, NULL));
    assert_mode(kept, 0755);
    assert_true(exists(deep));
    assert_int_equal(entries_of(kept), 3);
    store_desk_release(&d);
}

/* Nobody else finds a store before it is founded. */
static void test_unfounded_is_not_to_be_seen(void **state)
{
    struct store_desk d;
    struct store *other;
    (void)state;
    store_desk_empty(&d);
    ASSERT_DONE(store_create(d.dir, NULL, &d.store));
    assert_int_equal(events_of(&d), 0);
    ASSERT_KIND(store_open(d.dir, &other), "no_store");
    assert_false(exists(path_of(&d, "data.mdb")));
    assert_false(exists(path_of(&d, "lock.mdb")));
    ASSERT_DONE(found(&d));
    assert_nothing_but_a_store(&d);
    assert_int_equal(events_of(&d), FOUNDED_EVENTS);
    struct command c = {.kind = COMMAND_YEARS_KNOWN, .at = NO_TIME, .known = {2026, 2026}};
    ASSERT_DONE(store_desk_ask(&d, c, NULL)); /* it goes on where it is now */
    store_desk_reopen(&d);
    assert_int_equal(events_of(&d), FOUNDED_EVENTS + 1);
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
}

/* One that is to be filled first is found only when it is published, and then by everybody; given up before,
 * it was never there. */
static void test_unseen_until_published(void **state)
{
    struct store_desk d;
    struct store *other;
    const struct store_options unseen = {.unseen = true};
    (void)state;
    store_desk_empty(&d);
    ASSERT_DONE(store_create(d.dir, &unseen, &d.store));
    ASSERT_DONE(found(&d));
    struct command c = {.kind = COMMAND_YEARS_KNOWN, .at = NO_TIME, .known = {2026, 2026}};
    ASSERT_DONE(store_desk_ask(&d, c, NULL));
    assert_int_equal(events_of(&d), FOUNDED_EVENTS + 1);
    ASSERT_KIND(store_open(d.dir, &other), "no_store");
    ASSERT_KIND(store_create(d.dir, NULL, &other), "store_exists");
    assert_false(exists(path_of(&d, "data.mdb")));
    shut(&d);
    assert_false(exists(d.dir));

    ASSERT_DONE(store_create(d.dir, &unseen, &d.store));
    ASSERT_DONE(found(&d));
    ASSERT_DONE(store_desk_ask(&d, c, NULL));
    ASSERT_DONE(store_publish(d.store));
    assert_nothing_but_a_store(&d);
    ASSERT_KIND(store_publish(d.store), "io_error"); /* once */
    ASSERT_DONE(store_open(d.dir, &other));
    store_close(other);
    c.known = (struct known_years){2025, 2026};
    ASSERT_DONE(store_desk_ask(&d, c, NULL)); /* it goes on where it is now */
    store_desk_reopen(&d);
    assert_int_equal(events_of(&d), FOUNDED_EVENTS + 2);
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
}

/* Of two who would make a store in one folder the second is refused at once, and goes without a trace; the
 * first is not touched. */
static void test_second_maker_is_refused(void **state)
{
    struct store_desk d;
    struct store *second = NULL;
    (void)state;
    store_desk_empty(&d);
    ASSERT_DONE(store_create(d.dir, NULL, &d.store));
    ASSERT_KIND(store_create(d.dir, NULL, &second), "store_exists");
    assert_null(second);
    assert_int_equal(events_of(&d), 0);
    ASSERT_DONE(found(&d));
    ASSERT_KIND(store_create(d.dir, NULL, &second), "store_exists");
    assert_nothing_but_a_store(&d);
    store_desk_reopen(&d);
    assert_int_equal(events_of(&d), FOUNDED_EVENTS);
    shut(&d);
    /* When the first gives up another may. */
    assert_int_equal(unlink(path_of(&d, "data.mdb")), 0);
    ASSERT_DONE(store_create(d.dir, NULL, &d.store));
    shut(&d);
    ASSERT_DONE(create_and_found(&d, NULL));
    store_desk_release(&d);
}

/* Somebody copies a store into the folder while one is being made there: theirs stays as it is. */
static void test_copied_meanwhile(void **state)
{
    struct store_desk d;
    struct result result = {0};
    struct command c = {.kind = COMMAND_FOUND, .at = NO_TIME};
    (void)state;
    store_desk_empty(&d);
    ASSERT_DONE(store_create(d.dir, NULL, &d.store));
    write_file(path_of(&d, "data.mdb"), "theirs", 6);
    write_file(path_of(&d, "lock.mdb"), "also", 4);
    c.found = (struct office_identity){.name = STR("UBND"), .agency = STR("H42"), .utc_offset = 420};
    ASSERT_KIND(store_desk_ask(&d, c, &result), "store_exists");
    assert_int_equal(result.seq, 0);
    store_discard(d.store);
    d.store = NULL;
    assert_int_equal(stat_of(path_of(&d, "data.mdb")).st_size, 6);
    assert_int_equal(stat_of(path_of(&d, "lock.mdb")).st_size, 4);
    assert_nothing_but_a_store(&d);
    store_desk_release(&d);
}

/* A store of old left its lock file, shut to everybody: a new one begins with its own. */
static void test_lock_file_of_old(void **state)
{
    struct store_desk d;
    (void)state;
    store_desk_empty(&d);
    assert_int_equal(mkdir(d.dir, 0755), 0);
    write_file(path_of(&d, "lock.mdb"), "rubbish", 7);
    assert_int_equal(chmod(path_of(&d, "lock.mdb"), 0), 0);
    ASSERT_DONE(create_and_found(&d, NULL));
    assert_mode(path_of(&d, "lock.mdb"), 0600);
    assert_mode(d.dir, 0700); /* nobody else's folder */
    assert_nothing_but_a_store(&d);
    store_desk_release(&d);
}

/* ---- taking away ---- */

static void test_discard(void **state)
{
    struct store_desk d;
    char kept[300];
    (void)state;
    store_discard(NULL);
    store_desk_empty(&d);
    snprintf(kept, sizeof kept, "%s", d.dir);
    snprintf(d.dir, sizeof d.dir, "%s/store/a/b", d.above);
    ASSERT_DONE(create_and_found(&d, NULL));
    store_discard(d.store);
    assert_false(exists(kept));
    /* One that was only opened stays. */
    ASSERT_DONE(create_and_found(&d, NULL));
    store_desk_reopen(&d);
    store_discard(d.store);
    d.store = NULL;
    assert_nothing_but_a_store(&d);
    store_desk_reopen(&d);
    shut(&d);
    /* One that somebody put another in the place of, too. */
    assert_int_equal(unlink(path_of(&d, "data.mdb")), 0);
    ASSERT_DONE(create_and_found(&d, NULL));
    assert_int_equal(unlink(path_of(&d, "data.mdb")), 0);
    write_file(path_of(&d, "data.mdb"), "another's", 9);
    store_discard(d.store);
    d.store = NULL;
    assert_int_equal(stat_of(path_of(&d, "data.mdb")).st_size, 9);
    store_desk_release(&d);
}

/* ---- being killed ---- */

static bool is_quick(void)
{
    return getenv("MOTCUA_QUICK") != NULL;
}

/* Whatever happened: a whole store, or none and nothing that hinders making one. */
static void assert_whole_or_nothing(struct store_desk *d)
{
    struct outcome o = store_open(d->dir, &d->store);
    bool there = outcome_ok(&o);
    if (!there) {
        ASSERT_KIND(o, "no_store");
        ASSERT_DONE(create_and_found(d, NULL));
        assert_mode(d->dir, 0700);
    }
    assert_nothing_but_a_store(d);
    assert_int_equal(events_of(d), FOUNDED_EVENTS);
    store_desk_reopen(d);
    assert_int_equal(events_of(d), FOUNDED_EVENTS);
    shut(d);
}

static int make_one(struct store_desk *d)
{
    struct outcome o = create_and_found(d, NULL);
    store_close(d->store);
    return outcome_ok(&o) ? 0 : 1;
}

/* At random moments, several times in the same folder, so that left-overs pile up. */
static void test_killed_at_any_moment(void **state)
{
    enum { ROUNDS = 100, KILLS = 3 };
    uint64_t random = 7;
    (void)state;
    for (int round = 0; round < (is_quick() ? ROUNDS / 4 : ROUNDS); round++) {
        struct store_desk d;
        store_desk_empty(&d);
        for (int i = 0; i < KILLS && !exists(path_of(&d, "data.mdb")); i++) {
            pid_t child = start(make_one, &d);
            random = random * 6364136223846793005u + 1442695040888963407u;
            usleep((useconds_t)(random >> 33) % 6000);
            kill(child, SIGKILL);
            int status = wait_for(child);
            assert_true(status == 0 || status == 1000 + SIGKILL);
        }
        assert_whole_or_nothing(&d);
        store_desk_release(&d);
    }
}

static int make_one_traced(struct store_desk *d)
{
    if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0)
        return 2;
    raise(SIGSTOP);
    return make_one(d);
}

/* Kills a maker after so many stops, two for each system call. False when it ended before. */
static bool kill_after(struct store_desk *d, int stops, bool *can)
{
    int status;
    pid_t child = start(make_one_traced, d);
    assert_int_equal(waitpid(child, &status, 0), child);
    *can = WIFSTOPPED(status);
    for (int i = 0; WIFSTOPPED(status) && i < stops; i++) {
        assert_int_equal(ptrace(PTRACE_SYSCALL, child, NULL, NULL), 0);
        assert_int_equal(waitpid(child, &status, 0), child);
    }
    if (!WIFSTOPPED(status)) {
        assert_true(!*can || (WIFEXITED(status) && WEXITSTATUS(status) == 0));
        return false;
    }
    kill(child, SIGKILL);
    assert_int_equal(wait_for(child), 1000 + SIGKILL);
    return true;
}

/* Before and after each system call there is. */
static void test_killed_at_every_step(void **state)
{
    (void)state;
    bool can = true, more = true;
    int stops = 0, step = is_quick() ? 7 : 1;
    for (; more && can; stops += step) {
        struct store_desk d;
        store_desk_empty(&d);
        more = kill_after(&d, stops, &can);
        if (can)
            assert_whole_or_nothing(&d);
        store_desk_release(&d);
    }
    if (!can)
        skip();
    assert_true(stops > 200);
}

static int die_unfounded(struct store_desk *d)
{
    struct outcome o = store_create(d->dir, NULL, &d->store);
    if (outcome_ok(&o))
        raise(SIGKILL);
    return 1;
}

static int become_nobody(void)
{
    return setgroups(0, NULL) != 0 || setgid(65534) != 0 || setuid(65534) != 0;
}

static int make_as_nobody(struct store_desk *d)
{
    return become_nobody() ? 2 : make_one(d);
}

/* What killed makers left neither hinders nor is counted, nor does it pile up. */
static void test_left_overs_are_taken_away(void **state)
{
    struct store_desk d;
    (void)state;
    store_desk_empty(&d);
    assert_int_equal(mkdir(d.dir, 0755), 0);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(wait_for(start(die_unfounded, &d)), 1000 + SIGKILL);
        assert_int_equal(entries_of(d.dir), 1);
    }
    ASSERT_DONE(create_and_found(&d, NULL));
    assert_nothing_but_a_store(&d);
    assert_mode(d.dir, 0700);
    store_desk_release(&d);
}

/* What another user's maker left may not be taken away, but does not hinder either. */
static void test_left_overs_of_others(void **state)
{
    struct store_desk d;
    (void)state;
    if (getuid() != 0)
        skip();
    for (int empty = 0; empty <= 1; empty++) {
        store_desk_empty(&d);
        assert_int_equal(chmod(d.above, 0755), 0);
        assert_int_equal(mkdir(d.dir, 0777), 0);
        if (empty)
            assert_int_equal(mkdir(path_of(&d, ".motcua-init"), 0755), 0);
        else
            assert_int_equal(wait_for(start(die_unfounded, &d)), 1000 + SIGKILL);
        assert_int_equal(chown(d.dir, 65534, 65534), 0); /* its folder is, what is in it is not */
        assert_int_equal(wait_for(start(make_as_nobody, &d)), 0);
        assert_int_equal(entries_of(d.dir), 3);
        store_desk_reopen(&d);
        assert_int_equal(events_of(&d), FOUNDED_EVENTS);
        store_desk_release(&d);
    }
}

/* Until so many were made here. */
static int make_and_discard(struct store_desk *d)
{
    int left = is_quick() ? 5 : 20;
    while (left) {
        struct outcome o = create_and_found(d, NULL);
        if (outcome_ok(&o) && events_of(d) != FOUNDED_EVENTS)
            return 2;
        if (!outcome_ok(&o) && o.kind != KIND_store_exists)
            return 3;
        left -= outcome_ok(&o);
        store_discard(d->store);
        d->store = NULL;
        usleep(outcome_ok(&o) ? 2000 : 100);
    }
    return 0;
}

/* Many who make stores in one folder and take them away again: each has the folder to himself or is refused.
 */
static void test_makers_take_turns(void **state)
{
    enum { MAKERS = 4 };
    struct store_desk d;
    pid_t child[MAKERS];
    (void)state;
    store_desk_empty(&d);
    assert_int_equal(mkdir(d.dir, 0700), 0);
    for (int i = 0; i < MAKERS; i++)
        child[i] = start(make_and_discard, &d);
    for (int i = 0; i < MAKERS; i++)
        assert_int_equal(wait_for(child[i]), 0);
    assert_int_equal(entries_of(d.dir), 0);
    assert_whole_or_nothing(&d);
    store_desk_release(&d);
}

/* ---- the lock file, and disks that are full ---- */

/* As long as LMDB wants it for as many readers, and nothing but blocks that exist. */
static void assert_whole_lock(struct store_desk *d)
{
    struct stat st = stat_of(path_of(d, "lock.mdb"));
    assert_int_equal(st.st_size, LOCK_BYTES);
    assert_true(st.st_blocks * 512 >= LOCK_BYTES);
}

static void test_lock_file_has_its_blocks(void **state)
{
    struct store_desk d;
    MDB_env *env;
    (void)state;
    store_desk_empty(&d);
    assert_int_equal(mkdir(d.dir, 0700), 0);
    assert_int_equal(mdb_env_create(&env), 0);
    assert_int_equal(mdb_env_set_maxreaders(env, MOST_READERS), 0);
    assert_int_equal(mdb_env_open(env, d.dir, 0, 0600), 0);
    assert_int_equal(stat_of(path_of(&d, "lock.mdb")).st_size, LOCK_BYTES); /* LMDB's own */
    mdb_env_close(env);
    assert_int_equal(unlink(path_of(&d, "data.mdb")), 0);
    ASSERT_DONE(create_and_found(&d, NULL));
    assert_whole_lock(&d);
    shut(&d);
    /* Missing: made as open as the data, whatever the umask. */
    assert_int_equal(chmod(path_of(&d, "data.mdb"), 0660), 0);
    assert_int_equal(unlink(path_of(&d, "lock.mdb")), 0);
    mode_t before = umask(077);
    store_desk_reopen(&d);
    umask(before);
    assert_whole_lock(&d);
    assert_mode(path_of(&d, "lock.mdb"), 0660);
    shut(&d);
    static const off_t sizes[] = {0, 1, 4096, 8192, LOCK_BYTES};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        assert_int_equal(truncate(path_of(&d, "lock.mdb"), 0), 0);
        assert_int_equal(truncate(path_of(&d, "lock.mdb"), sizes[i]), 0); /* nothing but a hole */
        store_desk_reopen(&d);
        assert_whole_lock(&d);
        shut(&d);
    }
    /* A longer one is left as it is. */
    assert_int_equal(truncate(path_of(&d, "lock.mdb"), 4 * LOCK_BYTES), 0);
    store_desk_reopen(&d);
    assert_int_equal(stat_of(path_of(&d, "lock.mdb")).st_size, 4 * LOCK_BYTES);
    store_desk_release(&d);
}

enum { NO_DISK = 77 };

static bool map_user(const char *file, unsigned id)
{
    char line[40];
    int fd = open(file, O_WRONLY | O_CLOEXEC), n = snprintf(line, sizeof line, "0 %u 1", id);
    bool written = fd >= 0 && write(fd, line, (size_t)n) == n;
    if (fd >= 0)
        close(fd);
    return written;
}

/* Lets this process put disks of its own where no other process sees them. */
static bool own_disks(void)
{
    unsigned uid = getuid(), gid = getgid();
    if (unshare(CLONE_NEWNS) == 0)
        return mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
        return false;
    int fd = open("/proc/self/setgroups", O_WRONLY | O_CLOEXEC);
    bool denied = fd >= 0 && write(fd, "deny", 4) == 4;
    if (fd >= 0)
        close(fd);
    return denied && map_user("/proc/self/uid_map", uid) && map_user("/proc/self/gid_map", gid);
}

static bool put_disk(const char *path, int pages)
{
    char options[40];
    snprintf(options, sizeof options, "size=%d", pages * 4096);
    return mount("motcua", path, "tmpfs", 0, options) == 0;
}

static bool fill_disk(const char *path)
{
    static const char page[4096];
    char file[300];
    snprintf(file, sizeof file, "%s/filler", path);
    int fd = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0)
        return false;
    while (write(fd, page, sizeof page) > 0)
        continue;
    bool full = errno == ENOSPC;
    close(fd);
    return full;
}

/* Disks of every size up to one that is large enough. */
static int make_on_small_disks(struct store_desk *d)
{
    if (!own_disks())
        return NO_DISK;
    bool done = false;
    int pages = 0;
    while (!done && ++pages < 200) {
        if (!put_disk(d->above, pages))
            return NO_DISK;
        struct outcome o = create_and_found(d, NULL);
        done = outcome_ok(&o);
        if (!done && (o.kind != KIND_disk_full || strcmp(o.arg[0].text, d->dir) != 0))
            return 1;
        shut(d);
        if (entries_of(d->above) != done)
            return 2;
        if (done) {
            o = store_open(d->dir, &d->store);
            if (!outcome_ok(&o))
                return 3;
            shut(d);
        }
        if (umount2(d->above, MNT_DETACH) != 0)
            return 4;
    }
    return done && pages > 5 ? 0 : 5;
}

static void assert_on_own_disks(int (*work)(struct store_desk *d))
{
    struct store_desk d;
    store_desk_empty(&d);
    int status = wait_for(start(work, &d));
    store_desk_release(&d);
    if (status == NO_DISK)
        skip();
    assert_int_equal(status, 0);
}

static void test_making_on_a_full_disk(void **state)
{
    (void)state;
    assert_on_own_disks(make_on_small_disks);
}

static int open_on_full_disk(struct store_desk *d)
{
    if (!own_disks() || !put_disk(d->above, 100))
        return NO_DISK;
    struct outcome o = create_and_found(d, NULL);
    shut(d);
    if (!outcome_ok(&o) || !fill_disk(d->above))
        return 1;
    o = store_open(d->dir, &d->store); /* the lock file is there: read it may be */
    if (!outcome_ok(&o) || events_of(d) != FOUNDED_EVENTS)
        return 2;
    struct command c = {.kind = COMMAND_YEARS_KNOWN, .at = NO_TIME, .known = {2026, 2026}};
    for (int i = 0; i < 100 && outcome_ok(&o); i++, c.known.last++)
        o = store_desk_ask(d, c, NULL);
    if (o.kind != KIND_disk_full)
        return 3;
    shut(d);
    if (truncate(path_of(d, "lock.mdb"), 0) != 0 || truncate(path_of(d, "lock.mdb"), LOCK_BYTES) != 0 ||
        !fill_disk(d->above))
        return 4;
    o = store_open(d->dir, &d->store);
    if (o.kind != KIND_disk_full)
        return 5;
    if (unlink(path_of(d, "lock.mdb")) != 0)
        return 6;
    for (int i = 0; i < 2; i++) {
        o = store_open(d->dir, &d->store);
        if (o.kind != KIND_disk_full)
            return 7;
    }
    char file[300];
    snprintf(file, sizeof file, "%s/filler", d->above);
    if (unlink(file) != 0)
        return 8;
    o = store_open(d->dir, &d->store);
    if (!outcome_ok(&o) || events_of(d) < FOUNDED_EVENTS)
        return 9;
    shut(d);
    return 0;
}

static void test_opening_on_a_full_disk(void **state)
{
    (void)state;
    assert_on_own_disks(open_on_full_disk);
}

static int open_on_read_only_disk(struct store_desk *d)
{
    if (!own_disks() || !put_disk(d->above, 200))
        return NO_DISK;
    struct outcome o = create_and_found(d, NULL);
    shut(d);
    if (!outcome_ok(&o) || unlink(path_of(d, "lock.mdb")) != 0)
        return 1;
    if (mount(NULL, d->above, NULL, MS_REMOUNT | MS_RDONLY, NULL) != 0)
        return NO_DISK;
    o = store_open(d->dir, &d->store);
    if (o.kind != KIND_no_permission)
        return 2;
    snprintf(d->dir, sizeof d->dir, "%s/other", d->above);
    o = store_create(d->dir, NULL, &d->store);
    return o.kind == KIND_no_permission ? 0 : 3;
}

static void test_on_a_read_only_disk(void **state)
{
    (void)state;
    assert_on_own_disks(open_on_read_only_disk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_modes_whatever_the_umask),  cmocka_unit_test(test_group_store),
        cmocka_unit_test(test_group_of_the_files),        cmocka_unit_test(test_create_refuses_what_is_there),
        cmocka_unit_test(test_a_file_is_no_folder),       cmocka_unit_test(test_create_where_it_cannot),
        cmocka_unit_test(test_unfounded_leaves_nothing),  cmocka_unit_test(test_unfounded_is_not_to_be_seen),
        cmocka_unit_test(test_second_maker_is_refused),   cmocka_unit_test(test_copied_meanwhile),
        cmocka_unit_test(test_lock_file_of_old),          cmocka_unit_test(test_discard),
        cmocka_unit_test(test_killed_at_any_moment),      cmocka_unit_test(test_killed_at_every_step),
        cmocka_unit_test(test_left_overs_are_taken_away), cmocka_unit_test(test_left_overs_of_others),
        cmocka_unit_test(test_makers_take_turns),         cmocka_unit_test(test_lock_file_has_its_blocks),
        cmocka_unit_test(test_making_on_a_full_disk),     cmocka_unit_test(test_opening_on_a_full_disk),
        cmocka_unit_test(test_on_a_read_only_disk),       cmocka_unit_test(test_unseen_until_published),
    };
    return cmocka_run_group_tests_name("store_making", tests, NULL, NULL);
}
