#include "cli/place.h"

#include <fcntl.h>
#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

void place_guard_descriptors(void)
{
    static const int modes[] = {
        [STDIN_FILENO] = O_RDONLY, [STDOUT_FILENO] = O_RDONLY, [STDERR_FILENO] = O_WRONLY};
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", modes[fd]) != fd)
            _exit(4);
}

static const char *setting(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

/* HOME, or what the user database says where it is not set. */
static const char *home(void)
{
    const char *dir = setting("HOME");
    const struct passwd *user = dir ? NULL : getpwuid(getuid());
    if (user && user->pw_dir && *user->pw_dir)
        dir = user->pw_dir;
    return dir ? dir : ".";
}

void place_of_store(struct buf *out)
{
    const char *store = setting("MOTCUA_STORE"), *data = setting("XDG_DATA_HOME");
    if (store) {
        buf_add_z(out, store);
    } else if (data && data[0] == '/') {
        buf_add_z(out, data);
        buf_add_z(out, "/motcua");
    } else {
        buf_add_z(out, home());
        buf_add_z(out, "/.local/share/motcua");
    }
}

void place_login(struct buf *out)
{
    const struct passwd *user = getpwuid(getuid());
    if (user && user->pw_name && *user->pw_name)
        buf_add_z(out, user->pw_name);
    else
        buf_addf(out, "uid:%llu", (unsigned long long)getuid());
}

bool place_of_program(struct buf *out)
{
    char path[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path);
    buf_reset(out);
    if (n <= 0 || n >= (ssize_t)sizeof path)
        return false;
    buf_add(out, path, (size_t)n);
    return !out->failed;
}

/* The folder of the running program, its "/" included. */
static bool add_own_folder(struct buf *out)
{
    if (!place_of_program(out))
        return false;
    while (out->n > 0 && out->p[out->n - 1] != '/')
        out->p[--out->n] = '\0';
    return out->n > 0;
}

bool place_of_helper(const char *name, struct buf *out)
{
    static const char *const folders[] = {"libexec/", "../libexec/motcua/"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        buf_reset(out);
        if (!add_own_folder(out))
            return false;
        buf_add_z(out, folders[i]);
        buf_add_z(out, name);
        if (!out->failed && access(out->p, X_OK) == 0)
            return true;
    }
    return false;
}
