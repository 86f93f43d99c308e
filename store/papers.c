#include "store/papers.h"

#include "store/fault.h"
#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDER "motcua-papers"

static const char *home(void)
{
    const char *set = getenv("HOME");
    if (set && *set)
        return set;
    const struct passwd *user = getpwuid(getuid());
    return user ? user->pw_dir : NULL;
}

bool papers_folder(struct buf *out)
{
    const char *set = getenv("MOTCUA_PAPERS"), *at = home();
    buf_reset(out);
    if (set && *set) {
        buf_add_z(out, set);
    } else if (at) {
        buf_add_z(out, at);
        buf_add_z(out, "/" FOLDER);
    }
    return !out->failed && out->n;
}

struct outcome papers_make(struct str folder)
{
    struct buf path = BUF_INIT;
    buf_add_str(&path, folder);
    struct outcome o = OUTCOME_DONE;
    if (path.failed)
        o = outcome_of(KIND_out_of_memory);
    else if (mkdir(path.p, S_IRWXU) != 0 && errno != EEXIST)
        o = fault_of(path.p, errno);
    buf_release(&path);
    return o;
}
