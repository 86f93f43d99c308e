#include "store/folder.h"

#include "store/mounts.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>

/* ---- the disk ---- */

enum { MOUNTINFO_PIECE = 1 << 14 };

/* What those file systems write in statfs() whose disk is another machine's, or may be written by several: a
 * map of one is not what the others see, and a lock may hold on one machine alone. */
static const struct {
    unsigned long magic;
    const char *name;
} network[] = {
    {0x6969, "NFS"},        {0xFF534D42, "CIFS"},   {0xFE534D42, "SMB"},      {0x517B, "SMB"},
    {0x564C, "NCP"},        {0x5346414F, "AFS"},    {0x6B414653, "AFS"},      {0x73757245, "Coda"},
    {0x00C36400, "Ceph"},   {0x0BD00BD0, "Lustre"}, {0x47504653, "GPFS"},     {0x01161970, "GFS2"},
    {0x7461636F, "OCFS2"},  {0x19830326, "BeeGFS"}, {0x20030528, "OrangeFS"}, {0xAAD7AAEA, "PanFS"},
    {0xBEEFDEAD, "SNFS"},   {0x61636673, "ACFS"},   {0x013111A8, "IBRIX"},    {0x01021997, "9p"},
    {0x786F4256, "vboxsf"}, {0xBACBACBC, "vmhgfs"}, {0x7C7C6673, "prl_fs"},
};
static const unsigned long FUSE = 0x65735546;

static const char *network_name(unsigned long magic)
{
    for (size_t i = 0; i < sizeof network / sizeof *network; i++)
        if ((magic & 0xFFFFFFFF) == network[i].magic)
            return network[i].name;
    return NULL;
}

bool folder_is_network(unsigned long magic)
{
    return network_name(magic) != NULL;
}

static struct outcome on_network(const char *dir, struct str type)
{
    struct outcome o = fault_path(KIND_network_disk, dir);
    outcome_text(&o, type);
    return o;
}

static void read_mountinfo(struct buf *out)
{
    int fd = open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : 1;
    while (n > 0 && buf_reserve(out, MOUNTINFO_PIECE)) {
        n = read(fd, out->p + out->n, MOUNTINFO_PIECE);
        out->n += n > 0 ? (size_t)n : 0;
    }
    if (fd >= 0)
        close(fd);
}

/* Where nothing is said of it, nobody can say that it is of this machine. */
static struct outcome check_fuse(const char *dir)
{
    struct stat st;
    if (stat(dir, &st) != 0)
        return fault_of(dir, errno);
    struct buf mountinfo = BUF_INIT;
    read_mountinfo(&mountinfo);
    struct str type = mounts_type(buf_str(&mountinfo), major(st.st_dev), minor(st.st_dev));
    struct outcome o = mounts_is_remote(type) ? on_network(dir, type.n ? type : STR("fuse")) : OUTCOME_DONE;
    buf_release(&mountinfo);
    return o;
}

struct outcome folder_check_disk(const char *dir)
{
    struct statfs st;
    if (statfs(dir, &st) != 0)
        return fault_of(dir, errno);
    unsigned long magic = (unsigned long)st.f_type & 0xFFFFFFFF;
    const char *name = network_name(magic);
    if (name)
        return on_network(dir, str_of(name));
    return magic == FUSE ? check_fuse(dir) : OUTCOME_DONE;
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

struct outcome folder_check_data(const char *name, int fd)
{
    struct stat st;
    return fstat(fd, &st) != 0 ? fault_of(name, errno) : check_first_page(name, fd, &st);
}

/* LMDB writes over whatever lies in the place of the lock file: a link there could lead to the data, or to
 * any other file of whoever opens the store. */
static bool is_lock(const struct stat *lock, const struct stat *data)
{
    return S_ISREG(lock->st_mode) && (lock->st_ino != data->st_ino || lock->st_dev != data->st_dev);
}

static struct outcome check_lock(const char *dir, const struct stat *data)
{
    char path[PATH_MAX];
    struct stat st;
    folder_path(path, dir, LOCK_FILE); /* as long as the other */
    return lstat(path, &st) == 0 && !is_lock(&st, data) ? fault_path(KIND_bad_lock, path) : OUTCOME_DONE;
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
    if (outcome_ok(&o))
        o = check_lock(dir, &st);
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
static int fill_lock(const char *path, const struct stat *data)
{
    struct stat st;
    int fd = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
    int rc = fd < 0 || fstat(fd, &st) != 0 ? errno : 0;
    if (!rc && !is_lock(&st, data))
        rc = EINVAL; /* put there since folder_check() */
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
    int rc = fill_lock(path, &data);
    if (rc == ENOENT)
        rc = make_lock(path, &data);
    return rc == EEXIST ? fill_lock(path, &data) : rc; /* somebody else was quicker */
}
