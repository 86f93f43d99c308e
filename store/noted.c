#include "store/noted.h"

#include "store/fault.h"
#include "store/folder.h"
#include "store/view.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    NAME_HASH = 16,
    NOTE_MOST = HEAD_TEXT + CIVIL_TEXT,
    OWN_FOLDER = 0700,
    SECONDS_PER_DAY = 24 * 60 * 60
};

/* ---- where ---- */

static const char *setting(const char *name)
{
    const char *value = getenv(name);
    return value && value[0] == '/' ? value : NULL;
}

/* The folder notes lie in; false where there is no place for them. A home that is not there is none: nobody
 * makes one for a system's user. */
static bool find_folder(char out[PATH_MAX])
{
    const char *state = setting("XDG_STATE_HOME"), *home = setting("HOME");
    int n = -1;
    if (state)
        n = snprintf(out, PATH_MAX, "%s/motcua", state);
    else if (home && folder_is(home))
        n = snprintf(out, PATH_MAX, "%s/.local/state/motcua", home);
    return n > 0 && n < PATH_MAX - 64;
}

/* Where the notes about one store are: by its real path, whichever way one got there, and by the way one came
 * where that is another. A link that is turned to another folder is noticed by the second, a folder that is
 * reached without it by the first. */
struct place {
    char folder[PATH_MAX];
    char path[2][PATH_MAX];
    size_t count;
};

static bool add_path(struct place *p, const char *of)
{
    unsigned char hash[NAME_HASH];
    char name[2 * NAME_HASH + 1];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)of, strlen(of), NULL, 0);
    sodium_bin2hex(name, sizeof name, hash, sizeof hash);
    return folder_path(p->path[p->count++], p->folder, name);
}

/* Takes "//", "." and ".." out of a path from the root. */
static void tidy_way(char *way)
{
    char *to = way;
    for (const char *from = way; *from;) {
        size_t n = strcspn(from + 1, "/") + 1; /* with the "/" before it */
        if (n == 3 && memcmp(from, "/..", 3) == 0) {
            while (to > way && *--to != '/')
                ;
        } else if (n > 1 && !(n == 2 && from[1] == '.')) {
            memmove(to, from, n);
            to += n;
        }
        from += n;
    }
    if (to == way)
        *to++ = '/';
    *to = '\0';
}

/* The way somebody came, from the root. */
static bool way_to(char out[PATH_MAX], const char *dir)
{
    char here[PATH_MAX] = "";
    if (dir[0] != '/' && !getcwd(here, sizeof here))
        return false;
    int n = snprintf(out, PATH_MAX, "%s/%s", here, dir);
    if (n < 0 || n >= PATH_MAX)
        return false;
    tidy_way(out);
    return true;
}

static bool find_notes_at(struct place *p, const char *dir, const char *real)
{
    char way[PATH_MAX];
    bool found = add_path(p, real);
    if (found && way_to(way, dir) && strcmp(way, real) != 0)
        found = add_path(p, way);
    return found;
}

static bool find_notes(struct place *p, const char *dir)
{
    p->count = 0;
    char *real = find_folder(p->folder) ? realpath(dir, NULL) : NULL;
    bool found = real && find_notes_at(p, dir, real);
    free(real);
    return found;
}

/* The real path that this place has, or would have if it were there. */
static bool real_place(char out[PATH_MAX], const char *dir)
{
    char way[PATH_MAX];
    if (!way_to(way, dir))
        return false;
    size_t whole = strlen(way), n = whole;
    for (;;) {
        char cut = way[n];
        way[n] = '\0';
        char *real = realpath(n ? way : "/", NULL);
        way[n] = cut;
        if (real) {
            int length =
                snprintf(out, PATH_MAX, "%s%s", strcmp(real, "/") == 0 && n < whole ? "" : real, way + n);
            free(real);
            return length >= 0 && length < PATH_MAX;
        }
        if (n == 0)
            return false;
        do
            n--;
        while (n > 0 && way[n] != '/');
    }
}

/* ---- what ---- */

/* SEQ:HASH, a blank, the time, a line's end. */
static size_t write_note(char out[NOTE_MOST], const struct noted *note)
{
    char when[CIVIL_TEXT];
    head_format(out, &note->head);
    civil_iso_time(when, civil_from_utc(note->when, 0), 0);
    when[strlen("2026-11-20T09:30")] = '\0';
    size_t n = strlen(out);
    return n + (size_t)snprintf(out + n, NOTE_MOST - n, " %sZ\n", when);
}

static bool read_note(struct str text, struct noted *out)
{
    const char *blank = memchr(text.p, ' ', text.n);
    struct civil_input in;
    if (!blank || text.p[text.n - 1] != '\n')
        return false;
    size_t n = (size_t)(blank - text.p);
    struct str when = {blank + 1, text.n - n - 2};
    if (!head_parse((struct str){text.p, n}, &out->head) || !civil_parse(when, &in) || in.minute_of_day < 0 ||
        !in.has_offset)
        return false;
    out->when = civil_to_utc(civil_at(in.day, in.minute_of_day), in.offset_minutes);
    return true;
}

/* ---- reading ---- */

static struct outcome load(const char *path, struct noted *out, bool *there)
{
    char text[NOTE_MOST + 1];
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    *there = fd >= 0 || (errno != ENOENT && errno != ENOTDIR);
    if (fd < 0)
        return !*there          ? OUTCOME_DONE
               : errno == ELOOP ? fault_path(KIND_bad_note, path)
                                : fault_of(path, errno);
    ssize_t n = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? read(fd, text, sizeof text) : 0;
    int error = errno;
    close(fd);
    if (n < 0)
        return fault_of(path, error);
    struct str whole = {text, (size_t)n};
    return n > 0 && read_note(whole, out) ? OUTCOME_DONE : fault_path(KIND_bad_note, path);
}

/* What one note says; the first that says something bad is what counts. */
static void compare(struct view *v, const char *path, struct continuity *out)
{
    struct noted noted;
    bool there;
    struct outcome trouble = load(path, &noted, &there);
    if (!outcome_ok(&trouble)) {
        out->trouble = trouble;
    } else if (there && outcome_ok(&out->verdict)) {
        out->known = true;
        out->noted = noted;
        out->verdict = view_compare_head(v, &noted.head);
    }
}

void noted_compare(struct view *v, struct continuity *out)
{
    struct place place;
    *out = (struct continuity){.known = false};
    if (find_notes(&place, v->store->dir))
        for (size_t i = 0; i < place.count; i++)
            compare(v, place.path[i], out);
}

bool noted_before(const char *dir, struct noted *out)
{
    struct place place = {.count = 0};
    char real[PATH_MAX];
    bool there = false;
    if (find_folder(place.folder) && real_place(real, dir) && find_notes_at(&place, dir, real))
        for (size_t i = 0; i < place.count && !there; i++) {
            struct outcome o = load(place.path[i], out, &there);
            there = there && outcome_ok(&o);
        }
    return there;
}

/* ---- writing ---- */

static int make_folders(const char *folder)
{
    char path[PATH_MAX];
    size_t n = strlen(folder);
    for (size_t i = 1; i <= n; i++) {
        if (i < n && folder[i] != '/')
            continue;
        memcpy(path, folder, i);
        path[i] = '\0';
        if (mkdir(path, OWN_FOLDER) == 0) {
            if (chmod(path, OWN_FOLDER) != 0) /* whatever the umask left of it */
                return errno;
        } else if (!folder_is(path)) {
            return errno == EEXIST ? ENOTDIR : errno;
        }
    }
    return 0;
}

static int write_all(int fd, const char *p, size_t n)
{
    while (n) {
        ssize_t done = write(fd, p, n);
        if (done < 0 && errno != EINTR)
            return errno;
        if (done > 0) {
            p += done;
            n -= (size_t)done;
        }
    }
    return fsync(fd) != 0 ? errno : 0;
}

static int save(const char *folder, const char *path, const struct noted *note)
{
    char text[NOTE_MOST], beside[PATH_MAX + 8];
    int rc = make_folders(folder);
    if (rc)
        return rc;
    snprintf(beside, sizeof beside, "%s-XXXXXX", path);
    int fd = mkostemp(beside, O_CLOEXEC); /* for its owner alone */
    if (fd < 0)
        return errno;
    rc = write_all(fd, text, write_note(text, note));
    if (close(fd) != 0 && !rc)
        rc = errno;
    if (!rc && rename(beside, path) != 0)
        rc = errno;
    if (rc)
        unlink(beside);
    return rc ? rc : folder_sync(folder);
}

/* Needs nothing to be written there? One that is garbled must be spoken of until somebody takes it away. */
static bool stays(const char *path, const struct noted *note, struct outcome *o)
{
    struct noted old;
    bool there;
    *o = load(path, &old, &there);
    if (!outcome_ok(o)) {
        if (o->kind == KIND_bad_note)
            return true;
        *o = OUTCOME_DONE;
        return false;
    }
    return there && head_equal(&old.head, &note->head) &&
           old.when / SECONDS_PER_DAY == note->when / SECONDS_PER_DAY;
}

struct outcome noted_keep(struct view *v, int64_t utc_second, bool *nowhere)
{
    struct place place;
    struct noted note = {.when = utc_second};
    note.head.seq = v->state.head_seq; /* of now, whatever the view's moment */
    memcpy(note.head.hash, v->state.head_hash, STORE_HASH);
    *nowhere = !find_notes(&place, v->store->dir);
    struct outcome o = OUTCOME_DONE;
    for (size_t i = 0; i < place.count && outcome_ok(&o); i++) {
        int rc = stays(place.path[i], &note, &o) ? 0 : save(place.folder, place.path[i], &note);
        if (rc)
            o = fault_of(place.folder, rc);
    }
    return o;
}

void noted_forget(const char *dir)
{
    struct place place;
    if (find_notes(&place, dir))
        for (size_t i = 0; i < place.count; i++)
            unlink(place.path[i]);
}
