#include "store/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { OWN_FOLDER = 0700, OWN_FILE = 0600, GROUP_FOLDER = 02770, GROUP_FILE = 0660, PARENT_FOLDER = 0755 };

struct made {
    char dir[PATH_MAX];
    size_t keep; /* length of the longest leading part of dir that was there before */
    bool data, lock;
};

/* ---- the disk ---- */

bool folder_is_network(unsigned long magic)
{
    static const unsigned long network[] = {
        0x6969,     /* NFS */
        0xFF534D42, /* CIFS */
        0xFE534D42, /* SMB 2 */
        0x517B,     /* SMB */
        0x564C,     /* NCP */
        0x5346414F, /* AFS */
        0x6B414653, /* AFS in the kernel */
        0x73757245, /* Coda */
        0x00C36400, /* Ceph */
        0x0BD00BD0, /* Lustre */
        0x47504653, /* GPFS */
        0x01161970, /* GFS2 */
        0x7461636F, /* OCFS2 */
        0x19830326, /* BeeGFS */
        0x786F4256, /* VirtualBox shared folder */
        0xBACBACBC, /* VMware shared folder */
    };
    for (size_t i = 0; i < sizeof network / sizeof *network; i++)
        if ((magic & 0xFFFFFFFF) == network[i])
            return true;
    return false;
}

static struct outcome check_disk(const char *dir)
{
    struct statfs st;
    if (statfs(dir, &st) != 0)
        return fault_of(dir, errno);
    return folder_is_network((unsigned long)st.f_type) ? fault_path(KIND_network_disk, dir) : OUTCOME_DONE;
}

static int sync_folder(const char *dir)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int rc = fd < 0 || fsync(fd) != 0 ? errno : 0;
    if (fd >= 0)
        close(fd);
    return rc == EINVAL || rc == EACCES ? 0 : rc; /* nothing to flush on such a disk, or not ours to flush */
}

/* ---- making ---- */

/* The length of the part of a path before its last name. */
static size_t parent_of(const char *path, size_t n)
{
    while (n > 0 && path[n - 1] != '/')
        n--;
    while (n > 1 && path[n - 1] == '/')
        n--;
    return n;
}

void made_free(struct made *m)
{
    free(m);
}

static bool path_in(char out[PATH_MAX], const char *dir, const char *name)
{
    int n = snprintf(out, PATH_MAX, "%s/%s", dir, name);
    return n > 0 && n < PATH_MAX;
}

void made_undo(struct made *m)
{
    char path[PATH_MAX];
    if (m->data && path_in(path, m->dir, "data.mdb"))
        unlink(path);
    if (m->lock && path_in(path, m->dir, "lock.mdb"))
        unlink(path);
    for (size_t n = strlen(m->dir); n > m->keep; n = parent_of(m->dir, n)) {
        m->dir[n] = '\0';
        if (rmdir(m->dir) != 0)
            break;
    }
    free(m);
}

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool is_empty(const char *dir)
{
    DIR *d = opendir(dir);
    int entries = 0;
    while (d && entries <= 2 && readdir(d))
        entries++;
    if (d)
        closedir(d);
    return d && entries <= 2; /* itself and its parent */
}

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
        else if (rc != 0 && !is_folder(path))
            return rc == EEXIST ? ENOTDIR : rc;
    }
    return 0;
}

/* -1 where none is asked for; false when there is no such group. */
static bool find_group(const char *name, gid_t *out)
{
    struct group *g = name ? getgrnam(name) : NULL;
    *out = g ? g->gr_gid : (gid_t)-1;
    return !name || g;
}

/* Owner group and mode, set by hand: a umask of 022 would leave files that group mates cannot write. */
static int set_mode(const char *path, mode_t mode, gid_t group)
{
    if (group != (gid_t)-1 && chown(path, (uid_t)-1, group) != 0)
        return errno;
    return chmod(path, mode) != 0 ? errno : 0;
}

static int make_file(const char *dir, const char *name, int flags, mode_t mode, gid_t group, bool *made)
{
    char path[PATH_MAX];
    if (!path_in(path, dir, name))
        return ENAMETOOLONG;
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    *made = fd >= 0;
    if (fd < 0)
        return errno == EEXIST && !(flags & O_EXCL) ? set_mode(path, mode, group) : errno;
    close(fd);
    return set_mode(path, mode, group);
}

/* The new entries survive a power cut: the files' in the folder, each new folder's in its parent. */
static int sync_folders(const struct made *m)
{
    char path[PATH_MAX];
    size_t n = strlen(m->dir);
    memcpy(path, m->dir, n + 1);
    int rc = sync_folder(path);
    while (!rc && n > m->keep) {
        n = parent_of(path, n);
        path[n] = '\0';
        rc = sync_folder(n ? path : ".");
    }
    return rc;
}

/* A folder that people keep other things in is left as open as it is, unless a group is to use it. */
static int make_all(struct made *m, gid_t group)
{
    bool shared = group != (gid_t)-1, ours = shared || is_empty(m->dir);
    mode_t file = shared ? GROUP_FILE : OWN_FILE;
    int rc = make_file(m->dir, "data.mdb", O_EXCL, file, group, &m->data);
    if (!rc)
        rc = make_file(m->dir, "lock.mdb", 0, file, group, &m->lock);
    if (!rc && ours)
        rc = set_mode(m->dir, shared ? GROUP_FOLDER : OWN_FOLDER, group);
    return rc ? rc : sync_folders(m);
}

struct outcome folder_make(const char *dir, const char *group, struct made **out)
{
    *out = NULL;
    gid_t gid;
    size_t n = strlen(dir);
    if (!find_group(group, &gid)) {
        struct outcome o = fault_path(KIND_io_error, group);
        outcome_text(&o, STR("no such group"));
        return o;
    }
    if (n == 0 || n >= PATH_MAX - 16)
        return fault_of(dir, n ? ENAMETOOLONG : ENOENT);
    struct made *m = calloc(1, sizeof *m);
    if (!m)
        return outcome_of(KIND_out_of_memory);
    while (n > 1 && dir[n - 1] == '/')
        n--;
    memcpy(m->dir, dir, n);
    int rc = make_folders(m);
    struct outcome o = rc ? fault_of(dir, rc) : check_disk(m->dir);
    if (outcome_ok(&o)) {
        rc = make_all(m, gid);
        if (rc)
            o = rc == EEXIST ? fault_path(KIND_store_exists, dir) : fault_of(dir, rc);
    }
    if (outcome_ok(&o))
        *out = m;
    else
        made_undo(m);
    return o;
}

/* ---- judging ---- */

/* LMDB's mark and version in the first page, behind the page's own head, in the machine's byte order. */
enum { MAGIC_AT = 16, LEAST_BYTES = 2 * 4096 };
static const uint32_t MAGIC[2] = {0xBEEFC0DE, 1};

static struct outcome check_first_page(const char *dir, int fd, const struct stat *st)
{
    unsigned char head[MAGIC_AT + sizeof MAGIC];
    if (!S_ISREG(st->st_mode))
        return fault_path(KIND_not_ours, dir);
    if (st->st_size == 0)
        return fault_damaged(dir, "empty file");
    ssize_t n = pread(fd, head, sizeof head, 0);
    if (n < 0)
        return fault_of(dir, errno);
    if ((size_t)n < sizeof head || memcmp(head + MAGIC_AT, MAGIC, sizeof MAGIC) != 0)
        return fault_path(KIND_not_ours, dir);
    return st->st_size < LEAST_BYTES ? fault_damaged(dir, "truncated") : OUTCOME_DONE;
}

struct outcome folder_ready_lock(const char *dir, mode_t mode)
{
    char path[PATH_MAX];
    bool made;
    if (!path_in(path, dir, "lock.mdb") || access(path, F_OK) == 0)
        return OUTCOME_DONE;
    int rc = make_file(dir, "lock.mdb", O_EXCL, mode, (gid_t)-1, &made);
    return rc && rc != EEXIST ? fault_of(dir, rc) : OUTCOME_DONE;
}

struct outcome folder_check(const char *dir, mode_t *mode)
{
    char path[PATH_MAX];
    struct stat st;
    if (!path_in(path, dir, "data.mdb"))
        return fault_of(dir, ENAMETOOLONG);
    int fd = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
        return fault_path(KIND_no_store, dir);
    if (fd < 0 && errno == EISDIR)
        return fault_path(KIND_not_ours, dir);
    if (fd < 0 || fstat(fd, &st) != 0) {
        struct outcome o = fault_of(dir, errno);
        if (fd >= 0)
            close(fd);
        return o;
    }
    *mode = st.st_mode & 0666;
    struct outcome o = check_first_page(dir, fd, &st);
    close(fd);
    return outcome_ok(&o) ? check_disk(dir) : o;
}
