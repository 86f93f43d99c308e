#include "store/whereabouts.h"

#include "store/fault.h"
#include "store/folder.h"
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_same(const struct whereabouts *p, const struct stat *st)
{
    return st->st_dev == p->device && st->st_ino == p->inode;
}

/* From the root: a folder that is worked in can be moved away too. Not where it cannot be followed from
 * there. */
static bool absolute(char out[PATH_MAX], const struct whereabouts *p, const char *file)
{
    char from[PATH_MAX];
    struct stat st;
    return *file != '/' && getcwd(from, sizeof from) && folder_path(out, from, file) && stat(out, &st) == 0 &&
           is_same(p, &st);
}

int whereabouts_note(struct whereabouts *p, const char *folder, int fd)
{
    char file[PATH_MAX], whole[PATH_MAX];
    struct stat st;
    if (!folder_path(file, folder, DATA_FILE))
        return ENAMETOOLONG;
    if (fstat(fd, &st) != 0)
        return errno;
    whereabouts_release(p);
    p->device = st.st_dev;
    p->inode = st.st_ino;
    p->length = st.st_size;
    p->file = strdup(absolute(whole, p, file) ? whole : file);
    return p->file ? 0 : ENOMEM;
}

struct outcome whereabouts_check(struct whereabouts *p, const char *dir)
{
    struct stat st;
    if (!p->file)
        return OUTCOME_DONE;
    bool found = stat(p->file, &st) == 0;
    if (!found && errno != ENOENT && errno != ENOTDIR)
        return fault_of(dir, errno);
    if (!found || !is_same(p, &st) || st.st_size < p->length)
        return fault_path(KIND_store_gone, dir);
    p->length = st.st_size;
    return OUTCOME_DONE;
}

bool whereabouts_is_empty(const char *folder)
{
    char file[PATH_MAX];
    struct stat st;
    return folder_path(file, folder, DATA_FILE) && stat(file, &st) != 0 &&
           (errno == ENOENT || errno == ENOTDIR);
}

void whereabouts_release(struct whereabouts *p)
{
    free(p->file);
    *p = (struct whereabouts){.file = NULL};
}
