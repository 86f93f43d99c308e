#include "store/exposed.h"

#include "store/folder.h"
#include <limits.h>
#include <sys/stat.h>

static bool others_may(const char *path, mode_t what)
{
    struct stat st;
    return stat(path, &st) == 0 && (st.st_mode & what);
}

bool store_is_exposed(const char *dir, struct buf *path)
{
    static const char *const files[] = {DATA_FILE, LOCK_FILE};
    char file[PATH_MAX];
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (folder_path(file, dir, files[i]) && others_may(file, S_IROTH | S_IWOTH)) {
            buf_add_z(path, file);
            return true;
        }
    if (!others_may(dir, S_IWOTH))
        return false;
    buf_add_z(path, dir);
    return true;
}
