#include "store/mounts.h"

#include <stdint.h>

/* Takes the text up to the next `end` off the front. */
static struct str take(struct str *rest, char end)
{
    const char *at = rest->n ? memchr(rest->p, end, rest->n) : NULL;
    struct str taken = str_first(*rest, at ? (size_t)(at - rest->p) : rest->n);
    *rest = str_from(*rest, taken.n + 1);
    return taken;
}

/* Digits alone, a device number's worth of them. */
static bool is_number(struct str text, unsigned number)
{
    uint64_t value = 0;
    if (text.n == 0 || text.n > 10)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
        value = value * 10 + (uint64_t)(text.p[i] - '0');
    }
    return value == number;
}

/* `36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw`: the device is the third field, the type
 * the first behind the dash, which follows any number of optional ones. Blanks in paths are written \040. */
struct str mounts_type(struct str mountinfo, unsigned device_major, unsigned device_minor)
{
    const struct str dash = STR("-");
    struct str found = STR_NONE;
    while (mountinfo.n) {
        struct str line = take(&mountinfo, '\n');
        take(&line, ' ');
        take(&line, ' ');
        struct str minor_of = take(&line, ' '), major_of = take(&minor_of, ':');
        while (line.n && !str_eq(take(&line, ' '), dash))
            ;
        struct str type = take(&line, ' ');
        if (type.n && is_number(major_of, device_major) && is_number(minor_of, device_minor))
            found = type; /* all mounts of a device are of one type */
    }
    return found;
}

bool mounts_is_remote(struct str type)
{
    static const char *const local[] = {
        "fuseblk", /* whatever of a disk or stick: NTFS, exFAT */
        "fuse.ntfs-3g", "fuse.exfat", "fuse.fuse2fs", "fuse.zfs",
        /* on top of other folders: what containers, joined disks and encrypted folders are made of */
        "fuse.fuse-overlayfs", "fuse.unionfs", "fuse.unionfs-fuse", "fuse.mergerfs", "fuse.bindfs",
        "fuse.gocryptfs", "fuse.encfs", "fuse.cryfs", "fuse.securefs",
        "virtiofs", /* the disk of a virtual machine: made to behave like one of its own */
    };
    for (size_t i = 0; i < sizeof local / sizeof *local; i++)
        if (str_eq(type, str_of(local[i])))
            return false;
    return true;
}
