#include "store/made.h"

#include "store/folder.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OWN_FOLDER = 0700, OWN_FILE = 0600, GROUP_FOLDER = 02770, GROUP_FILE = 0660, PARENT_FOLDER = 0755 };
enum { CLAIM_ROUNDS = 100, PLACE_FOLDER = 0755 /* others must see whether its maker lives */ };

/* One name for all, so that there is one maker at a time. */
#define PLACE ".motcua-init"

struct made {
    char dir[PATH_MAX];   /* the store's folder */
    char place[PATH_MAX]; /* the inner one */
    size_t keep;          /* length of the longest leading part of dir that was there before */
    int hold;             /* the inner folder, locked as long as its maker lives; -1: not claimed */
    gid_t group;          /* -1: as it comes */
    bool ours;            /* the folder holds nothing else: its mode is set too */
    bool published;
    bool stuck;   /* the data is in its place, and neither for good nor to be taken back */
    dev_t device; /* of the published data.mdb */
    ino_t inode;
};

/* ---- names ---- */

const char *made_place(const struct made *m)
{
    return m->place;
}

bool made_is_published(const struct made *m)
{
    return m->published;
}

/* The length of the part of a path before its last name. */
static size_t parent_of(const char *path, size_t n)
{
    while (n > 0 && path[n - 1] != '/')
        n--;
    while (n > 1 && path[n - 1] == '/')
        n--;
    return n;
}

/* dir is checked to leave room for every name. */
static const char *path_in(char out[PATH_MAX], const char *dir, const char *name)
{
    if (!folder_path(out, dir, name))
        out[0] = '\0';
    return out;
}

static bool is_there(const char *dir, const char *name)
{
    char path[PATH_MAX];
    struct stat st;
    return lstat(path_in(path, dir, name), &st) == 0;
}

static bool is_shared(const struct made *m)
{
    return m->group != (gid_t)-1;
}

/* Is the folder nobody else's? What inits and stores of old left in it does not count. */
static bool is_unused(const char *path)
{
    static const char *const known[] = {".", "..", LOCK_FILE};
    DIR *dir = opendir(path);
    bool unused = dir != NULL;
    for (struct dirent *e = dir ? readdir(dir) : NULL; e && unused; e = readdir(dir)) {
        unused = strncmp(e->d_name, PLACE, sizeof PLACE - 1) == 0;
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            unused = unused || strcmp(e->d_name, known[i]) == 0;
    }
    if (dir)
        closedir(dir);
    return unused;
}

/* ---- beginning ---- */

/* Makes the missing folders of m->dir, noting in m->keep how much was there. */
static int make_folders(struct made *m)
{
    char path[PATH_MAX];
    size_t n = strlen(m->dir);
    m->keep = n;
    for (size_t i = 1; i <= n; i++) {
        if (i < n && m->dir[i] != '/')
            continue;
        memcpy(path, m->dir, i);
        path[i] = '\0';
        int rc = mkdir(path, i == n ? OWN_FOLDER : PARENT_FOLDER) == 0 ? 0 : errno;
        if (rc == 0 && i == n) /* whatever the umask left of it */
            rc = chmod(path, OWN_FOLDER) == 0 ? 0 : errno;
        if (rc == 0 && m->keep == n)
            m->keep = parent_of(path, i);
        else if (rc != 0 && !folder_is(path))
            return rc == EEXIST ? ENOTDIR : rc;
    }
    return 0;
}

/* Opens the inner folder and locks it. ENOENT: it went away meanwhile. EEXIST: somebody is making a store
 * right now, and will have made it. */
static int lock_place(struct made *m)
{
    struct stat held, named;
    int fd = open(m->place, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    int rc = fd < 0 ? errno : 0;
    if (!rc && flock(fd, LOCK_EX | LOCK_NB) != 0)
        rc = errno == EWOULDBLOCK ? EEXIST : errno;
    if (!rc && (fstat(fd, &held) != 0 || lstat(m->place, &named) != 0))
        rc = errno;
    if (!rc && held.st_ino != named.st_ino)
        rc = ENOENT;
    if (!rc)
        m->hold = fd;
    else if (fd >= 0)
        close(fd);
    return rc;
}

/* Empties what a killed maker left: the lock ended with it. What another user left goes out of the way. */
static int empty_place(struct made *m)
{
    char aside[PATH_MAX], name[40];
    static const char *const files[] = {DATA_FILE, LOCK_FILE};
    int rc = 0;
    for (size_t i = 0; i < sizeof files / sizeof *files && !rc; i++)
        rc = unlinkat(m->hold, files[i], 0) == 0 || errno == ENOENT ? 0 : errno;
    if (!rc && access(m->place, W_OK) == 0)
        return 0;
    snprintf(name, sizeof name, PLACE "-%ld", (long)getpid());
    rc = rename(m->place, path_in(aside, m->dir, name)) == 0 ? ENOENT : errno;
    close(m->hold);
    m->hold = -1;
    return rc;
}

static int claim_place(struct made *m)
{
    int rc = ENOENT;
    path_in(m->place, m->dir, PLACE);
    for (int round = 0; round < CLAIM_ROUNDS && rc == ENOENT; round++) {
        mode_t before = umask(0);
        rc = mkdir(m->place, PLACE_FOLDER) != 0 && errno != EEXIST ? errno : 0;
        umask(before);
        if (!rc)
            rc = lock_place(m);
        if (!rc)
            rc = empty_place(m);
    }
    return rc;
}

static int make_data(const struct made *m)
{
    char path[PATH_MAX];
    mode_t mode = is_shared(m) ? GROUP_FILE : OWN_FILE;
    int fd = open(path_in(path, m->place, DATA_FILE), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (fd < 0)
        return errno;
    close(fd);
    return folder_set_mode(path, mode, m->group);
}

static struct outcome fault_in(const struct made *m, int rc)
{
    switch (rc) {
    case 0: return OUTCOME_DONE;
    case EEXIST: return fault_path(KIND_store_exists, m->dir);
    case ENOTDIR: return folder_is_file(m->place[0] ? m->place : m->dir);
    default: return fault_of(m->dir, rc);
    }
}

static struct outcome begin(struct made *m)
{
    if (is_there(m->dir, DATA_FILE))
        return fault_in(m, EEXIST);
    int rc = make_folders(m);
    struct outcome o = rc ? fault_in(m, rc) : folder_check_disk(m->dir);
    if (!outcome_ok(&o))
        return o;
    m->ours = is_shared(m) || is_unused(m->dir);
    rc = claim_place(m);
    if (!rc && is_there(m->dir, DATA_FILE)) /* made between our look and our claim */
        rc = EEXIST;
    return fault_in(m, rc ? rc : make_data(m));
}

struct outcome made_check_unused(const char *dir)
{
    if (is_there(dir, DATA_FILE))
        return fault_path(KIND_store_exists, dir);
    return !folder_is(dir) || access(dir, R_OK) != 0 || is_unused(dir)
               ? OUTCOME_DONE
               : fault_path(KIND_folder_not_empty, dir);
}

struct outcome made_begin(const char *dir, const char *group, struct made **out)
{
    *out = NULL;
    size_t n = strlen(dir);
    struct group *g = group ? getgrnam(group) : NULL;
    if (group && !g)
        return fault_path(KIND_unknown_group, group);
    if (n == 0 || n >= PATH_MAX - 64)
        return fault_of(dir, n ? ENAMETOOLONG : ENOENT);
    struct made *m = calloc(1, sizeof *m);
    if (!m)
        return outcome_of(KIND_out_of_memory);
    while (n > 1 && dir[n - 1] == '/')
        n--;
    memcpy(m->dir, dir, n);
    m->keep = n;
    m->hold = -1;
    m->group = g ? g->gr_gid : (gid_t)-1;
    struct outcome o = begin(m);
    if (outcome_ok(&o))
        *out = m;
    else
        made_undo(m);
    return o;
}

/* ---- publishing ---- */

/* The new entries survive a power cut: the files' in the folder, each new folder's in its parent. */
static int sync_folders(const struct made *m)
{
    char path[PATH_MAX];
    size_t n = strlen(m->dir);
    memcpy(path, m->dir, n + 1);
    int rc = folder_sync(path);
    while (!rc && n > m->keep) {
        n = parent_of(path, n);
        path[n] = '\0';
        rc = folder_sync(n ? path : ".");
    }
    return rc;
}

/* With all it says, mode and group included; and which file it is. */
static int sync_data(struct made *m)
{
    char path[PATH_MAX];
    struct stat st;
    int fd = open(path_in(path, m->place, DATA_FILE), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno;
    int rc = fsync(fd) != 0 || fstat(fd, &st) != 0 ? errno : 0;
    close(fd);
    if (!rc) {
        m->device = st.st_dev;
        m->inode = st.st_ino;
    }
    return rc;
}

static void unlink_in(const char *dir, const char *name)
{
    char path[PATH_MAX];
    unlink(path_in(path, dir, name));
}

/* Never over something that is there. */
static int move_new(const char *from, const char *to)
{
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
    return link(from, to) != 0 ? errno : 0; /* a file system that cannot; the first name goes later */
}

static bool move_back(const struct made *m, const char *name)
{
    char from[PATH_MAX], to[PATH_MAX];
    rename(path_in(from, m->dir, name), path_in(to, m->place, name));
    unlink(from); /* two names of one file both stay at a rename */
    return !is_there(m->dir, name);
}

/* The lock file goes first and replaces one that a store of old may have left: nobody uses it before there is
 * data beside it, and from then on no maker comes this far. The data never replaces anything. */
static int put_in_place(struct made *m)
{
    char from[PATH_MAX], to[PATH_MAX];
    if (is_there(m->dir, DATA_FILE))
        return EEXIST;
    int rc = m->ours ? folder_set_mode(m->dir, is_shared(m) ? GROUP_FOLDER : OWN_FOLDER, m->group) : 0;
    if (!rc && rename(path_in(from, m->place, LOCK_FILE), path_in(to, m->dir, LOCK_FILE)) != 0)
        rc = errno;
    if (rc)
        return rc;
    rc = move_new(path_in(from, m->place, DATA_FILE), path_in(to, m->dir, DATA_FILE));
    if (rc == EEXIST) /* put there by other means: the lock file is theirs now */
        return rc;
    if (!rc) {
        rc = sync_folders(m);
        m->stuck = rc && !move_back(m, DATA_FILE);
    }
    if (rc)
        move_back(m, LOCK_FILE);
    return rc;
}

/* Whoever waits for the claim finds the folder gone and makes another. */
static void leave_place(struct made *m)
{
    if (m->hold < 0)
        return;
    unlink_in(m->place, DATA_FILE);
    unlink_in(m->place, LOCK_FILE);
    rmdir(m->place);
    close(m->hold);
    m->hold = -1;
}

void made_tidy(const char *dir)
{
    struct made m = {.hold = -1};
    path_in(m.place, dir, PLACE);
    if (lock_place(&m) == 0)
        leave_place(&m);
}

struct outcome made_publish(struct made *m)
{
    int rc = sync_data(m);
    if (!rc)
        rc = put_in_place(m);
    if (m->stuck) {
        struct outcome o = fault_path(KIND_maybe_saved, m->dir);
        fault_reason(&o, rc);
        return o;
    }
    if (rc)
        return fault_in(m, rc);
    m->published = true;
    leave_place(m);
    return OUTCOME_DONE;
}

/* ---- ending ---- */

/* Not if the file has been replaced by another since. The data goes last: while it is there nobody begins
 * anew beside it. */
static void withdraw(const struct made *m)
{
    char path[PATH_MAX];
    struct stat st;
    if (lstat(path_in(path, m->dir, DATA_FILE), &st) != 0 || st.st_dev != m->device || st.st_ino != m->inode)
        return;
    unlink_in(m->dir, LOCK_FILE);
    unlink_in(m->dir, DATA_FILE);
}

void made_undo(struct made *m)
{
    leave_place(m);
    if (m->published || m->stuck)
        withdraw(m);
    for (size_t n = strlen(m->dir); n > m->keep; n = parent_of(m->dir, n)) {
        m->dir[n] = '\0';
        if (rmdir(m->dir) != 0)
            break;
    }
    free(m);
}

void made_free(struct made *m)
{
    if (m && m->hold >= 0)
        close(m->hold);
    free(m);
}
