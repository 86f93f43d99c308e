#include "store/beside.h"

#include "store/folder.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define PREFIX ".motcua-new-"
enum { CLAIM_ROUNDS = 100 };

/* The folder a path lies in, its "/" included; "" for one that has none. */
static size_t folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) + 1 : 0;
}

void beside_folder(char out[PATH_MAX], const char *path)
{
    size_t n = folder_length(path);
    memcpy(out, n ? path : "./", n ? n : 2);
    out[n ? n : 2] = '\0';
}

bool beside_is_store(const char *path)
{
    char folder[PATH_MAX], other[PATH_MAX];
    const char *name = path + folder_length(path);
    bool data = strcmp(name, DATA_FILE) == 0;
    if (!data && strcmp(name, LOCK_FILE) != 0)
        return false;
    beside_folder(folder, path);
    return folder_path(other, folder, data ? LOCK_FILE : DATA_FILE) && access(other, F_OK) == 0;
}

/* EAGAIN: it is somebody else's, or it has been taken away meanwhile. */
static int lock_it(int fd, const char *name)
{
    struct stat held, named;
    if (flock(fd, LOCK_EX | LOCK_NB) != 0)
        return errno == EWOULDBLOCK ? EAGAIN : errno;
    bool same = fstat(fd, &held) == 0 && lstat(name, &named) == 0 && held.st_ino == named.st_ino &&
                held.st_dev == named.st_dev;
    return same ? 0 : EAGAIN;
}

/* Where a file system knows no locks nobody can tell whether its maker lives: it stays. */
static void tidy_one(const char *name)
{
    struct stat st;
    int fd = open(name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && lock_it(fd, name) == 0)
        unlink(name);
    if (fd >= 0)
        close(fd);
}

static void tidy(const char *folder)
{
    char name[PATH_MAX];
    DIR *dir = opendir(folder);
    for (struct dirent *e = dir ? readdir(dir) : NULL; e; e = readdir(dir))
        if (strncmp(e->d_name, PREFIX, sizeof PREFIX - 1) == 0 && folder_path(name, folder, e->d_name))
            tidy_one(name);
    if (dir)
        closedir(dir);
}

static int claim(const char *target, char out[PATH_MAX], int *fd)
{
    int rc = EAGAIN;
    size_t n = folder_length(target);
    if (n + sizeof PREFIX + 6 >= PATH_MAX)
        return ENAMETOOLONG;
    for (int round = 0; round < CLAIM_ROUNDS && rc == EAGAIN; round++) {
        memcpy(out, target, n);
        memcpy(out + n, PREFIX "XXXXXX", sizeof PREFIX + 6);
        *fd = mkostemp(out, O_CLOEXEC);
        if (*fd < 0)
            return errno;
        rc = lock_it(*fd, out);
        if (rc == EAGAIN) /* taken for one whose maker was killed */
            close(*fd);
    }
    return rc == EAGAIN ? EBUSY : 0; /* without locks nobody tidies either */
}

int beside_begin(const char *target, char out[PATH_MAX], int *fd)
{
    char folder[PATH_MAX];
    beside_folder(folder, target);
    tidy(folder);
    int rc = claim(target, out, fd);
    if (rc) {
        out[0] = '\0';
        *fd = -1;
    }
    return rc;
}
