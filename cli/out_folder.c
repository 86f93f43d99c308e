#include "cli/out_folder.h"

#include "store/beside.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

static bool is_store(const struct stat *own, const char *path)
{
    struct buf data = BUF_INIT, lock = BUF_INIT;
    struct stat st;
    buf_addf(&data, "%s/data.mdb", path);
    buf_addf(&lock, "%s/lock.mdb", path);
    bool is = data.failed || lock.failed || (beside_is_store(data.p) && beside_is_store(lock.p)) ||
              (stat(path, &st) == 0 && st.st_dev == own->st_dev && st.st_ino == own->st_ino);
    buf_release(&data);
    buf_release(&lock);
    return is;
}

/* The folder, or the one it is to be made in, with no links in its path; NULL: errno tells. */
static char *real_folder(struct str path)
{
    struct buf above = BUF_INIT;
    char *real = realpath(path.p, NULL);
    if (real || errno != ENOENT)
        return real;
    size_t n = path.n;
    while (n && path.p[n - 1] == '/')
        n--;
    while (n && path.p[n - 1] != '/')
        n--;
    buf_add_z(&above, n ? "" : ".");
    buf_add(&above, path.p, n);
    errno = ENOMEM;
    real = above.failed ? NULL : realpath(above.p, NULL);
    buf_release(&above);
    return real;
}

int out_folder_check(const struct cli *c, struct str path)
{
    struct stat own = {0};
    char *real = real_folder(path);
    if (!real)
        return errno;
    int error = stat(c->dir.p, &own) == 0 ? 0 : errno;
    while (!error && *real) {
        error = is_store(&own, real) ? EBUSY : 0;
        *strrchr(real, '/') = '\0';
    }
    free(real);
    return error;
}

int out_folder_make(const struct cli *c, struct str path, bool personal)
{
    int error = out_folder_check(c, path);
    struct stat st;
    if (error || mkdir(path.p, personal ? 0700 : 0777) == 0)
        return error;
    if (errno != EEXIST || stat(path.p, &st) != 0)
        return errno;
    return S_ISDIR(st.st_mode) ? 0 : ENOTDIR;
}

void out_folder_path(struct buf *out, struct str folder, struct str name)
{
    buf_add_str(out, folder);
    if (folder.n && folder.p[folder.n - 1] != '/' && name.n)
        buf_add_char(out, '/');
    buf_add_str(out, name);
}
