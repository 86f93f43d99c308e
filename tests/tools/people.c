/* Other people for tests, preloaded into the program: whoever runs it is called LOGIN_IS, and there is a
 * group GROUP_IS, that of the process. */
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct passwd *getpwuid(uid_t uid)
{
    static struct passwd user;
    static char home[] = "/nonexistent";
    user = (struct passwd){.pw_name = getenv("LOGIN_IS"), .pw_uid = uid, .pw_gid = getegid(), .pw_dir = home};
    errno = 0;
    return user.pw_name ? &user : NULL;
}

struct group *getgrnam(const char *name)
{
    static struct group group;
    const char *known = getenv("GROUP_IS");
    group = (struct group){.gr_name = getenv("GROUP_IS"), .gr_gid = getegid()};
    errno = 0;
    return known && strcmp(name, known) == 0 ? &group : NULL;
}
