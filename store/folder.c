#include "store/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

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

struct outcome folder_check_disk(const char *dir)
{
    struct statfs st;
    if (statfs(dir, &st) != 0)
        return fault_of(dir, errno);
    return folder_is_network((unsigned long)st.f_type) ? fault_path(KIND_network_disk, dir) : OUTCOME_DONE;
}

int folder_sync(const char *dir)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int rc = fd < 0 || fsync(fd) != 0 ? errno : 0;
    if (fd >= 0)
        close(fd);
    return rc == EINVAL || rc == EACCES ? 0 : rc; /* nothing to flush on such a disk, or not ours to flush */
}

/* ---- names ---- */

bool folder_path(char *out, const char *dir, const char *name)
{
    int n = snprintf(out, PATH_MAX, "%s/%s", dir, name);
    return n > 0 && n < PATH_MAX;
}

bool folder_is(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

int folder_set_mode(const char *path, mode_t mode, gid_t group)
{
    if (group != (gid_t)-1 && chown(path, (uid_t)-1, group) != 0)
        return errno;
    return chmod(path, mode) != 0 ? errno : 0;
}

struct outcome folder_is_file(const char *dir)
{
    char path[PATH_MAX];
    struct stat st;
    for (size_t n = 1; dir[n - 1] && n < sizeof path; n++) {
        if (dir[n] && dir[n] != '/')
            continue;
        memcpy(path, dir, n);
        path[n] = '\0';
        /* A link that leads nowhere is there too, and is no folder. */
        if (!folder_is(path) && lstat(path, &st) == 0)
            return fault_path(KIND_not_a_folder, path);
    }
    return fault_path(KIND_not_a_folder, dir);
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
        return fault_damaged(dir, T_core_damage_empty_file);
    ssize_t n = pread(fd, head, sizeof head, 0);
    if (n < 0)
        return fault_of(dir, errno);
    if ((size_t)n < sizeof head || memcmp(head + MAGIC_AT, MAGIC, sizeof MAGIC) != 0)
        return fault_path(KIND_not_ours, dir);
    return st->st_size < LEAST_BYTES ? fault_damaged(dir, T_core_damage_cut_short) : OUTCOME_DONE;
}

struct outcome folder_check(const char *dir)
{
    char path[PATH_MAX];
    struct stat st;
    if (!folder_path(path, dir, DATA_FILE))
        return fault_of(dir, ENAMETOOLONG);
    int fd = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 && errno == ENOTDIR)
        return folder_is_file(dir);
    if (fd < 0 && errno == ENOENT)
        return fault_path(KIND_no_store, dir);
    if (fd < 0 && errno == EISDIR)
        return fault_path(KIND_not_ours, dir);
    if (fd < 0 || fstat(fd, &st) != 0) {
        struct outcome o = fault_of(dir, errno);
        if (fd >= 0)
            close(fd);
        return o;
    }
    struct outcome o = check_first_page(dir, fd, &st);
    close(fd);
    return outcome_ok(&o) ? folder_check_disk(dir) : o;
}

/* ---- the lock file ---- */

/* Made with the mode and group of the data from its first moment on: others may be opening the store too. */
static int make_lock(const char *path, const struct stat *data)
{
    struct stat st;
    mode_t before = umask(0);
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, data->st_mode & 0666);
    int rc = fd < 0 ? errno : 0;
    umask(before);
    if (fd < 0)
        return rc;
    if (fstat(fd, &st) == 0 && st.st_gid != data->st_gid && fchown(fd, (uid_t)-1, data->st_gid) != 0)
        rc = errno == EPERM ? 0 : errno; /* not of that group ourselves */
    if (!rc)
        rc = posix_fallocate(fd, 0, LOCK_BYTES);
    close(fd);
    return rc;
}

/* Gives a file that is there the blocks it lacks. Its length is LMDB's business: whoever has it mapped now
 * goes by the length it had. */
static int fill_lock(const char *path)
{
    struct stat st;
    int fd = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK);
    int rc = fd < 0 || fstat(fd, &st) != 0 ? errno : 0;
    if (!rc && st.st_blocks * 512 < LOCK_BYTES && fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, LOCK_BYTES) != 0)
        rc = errno == EOPNOTSUPP ? 0 : errno; /* a file system without the notion */
    if (fd >= 0)
        close(fd);
    return rc;
}

int folder_ready_lock(const char *dir)
{
    char path[PATH_MAX];
    struct stat data;
    if (!folder_path(path, dir, DATA_FILE))
        return ENAMETOOLONG;
    if (stat(path, &data) != 0)
        return errno;
    folder_path(path, dir, LOCK_FILE); /* as long as the other */
    int rc = fill_lock(path);
    if (rc == ENOENT)
        rc = make_lock(path, &data);
    return rc == EEXIST ? fill_lock(path) : rc; /* somebody else was quicker */
}
