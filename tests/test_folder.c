/* Where a store may lie: on a disk of this machine, and not on what only looks like one. */
#include "store/folder.h"
#include "store/mounts.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- a machine with other disks ---- */

static long pretended;        /* what statfs() says of every folder; 0: the truth */
static const char *mountinfo; /* what /proc/self/mountinfo holds; NULL: the truth */

int statfs(const char *path, struct statfs *st)
{
    if (syscall(SYS_statfs, path, st) != 0)
        return -1;
    if (pretended)
        st->f_type = (__typeof__(st->f_type))pretended;
    return 0;
}

static int pretended_file(const char *text)
{
    FILE *f = tmpfile();
    assert_non_null(f);
    if (*text) {
        assert_int_equal(fwrite(text, strlen(text), 1, f), 1);
        assert_int_equal(fflush(f), 0);
    }
    int fd = dup(fileno(f));
    fclose(f);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    return fd;
}

int open(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(more, mode_t) : 0;
    va_end(more);
    if (mountinfo && strcmp(path, "/proc/self/mountinfo") == 0)
        return pretended_file(mountinfo);
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

/* ---- what mountinfo says ---- */

static const char of_a_server[] =
    "22 27 0:21 / /proc rw,relatime - proc proc rw\n"
    "27 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw,errors=remount-ro\n"
    "41 27 0:45 / /srv/nha\\040chung rw,nosuid shared:7 master:2 - fuse.sshfs an@may-chu:/srv rw,user_id=0\n"
    "42 27 0:46 / /mnt/drive rw,nosuid,nodev - fuse.rclone drive: rw,user_id=0,group_id=0\n"
    "43 27 8:17 / /media/an/USB rw,nosuid,nodev unbindable - fuseblk /dev/sdb1 rw,allow_other\n"
    "44 27 0:47 / /mnt/- rw - 9p hostshare rw,trans=virtio\n"
    "45 27 0:48 / /tmp rw - fuse.mergerfs 1:2 rw\n";

static void assert_type(const char *text, unsigned device_major, unsigned device_minor, const char *type)
{
    struct str found = mounts_type(str_of(text), device_major, device_minor);
    if (!str_eq(found, str_of(type)))
        fail_msg("%u:%u is \"%.*s\", not \"%s\"", device_major, device_minor, STR_ARG(found), type);
}

static void test_type_of_a_mount(void **state)
{
    (void)state;
    assert_type(of_a_server, 8, 1, "ext4");
    assert_type(of_a_server, 0, 45, "fuse.sshfs");
    assert_type(of_a_server, 0, 46, "fuse.rclone");
    assert_type(of_a_server, 8, 17, "fuseblk");
    assert_type(of_a_server, 0, 47, "9p"); /* a folder called `-` is no dash */
    assert_type(of_a_server, 0, 48, "fuse.mergerfs");
    assert_type(of_a_server, 0, 4, ""); /* no number is part of another */
    assert_type(of_a_server, 0, 450, "");
    assert_type(of_a_server, 45, 0, "");
    assert_type(of_a_server, 1, 2, ""); /* a source is no device */
}

static void test_broken_mountinfo(void **state)
{
    static const char *const broken[] = {
        "",
        "\n\n\n",
        "41",
        "41 27",
        "41 27 0:45",
        "41 27 0:45 / / rw",
        " - x",
        "41 27 0",
        "0:45 - x",
        "41 27 0:45 -",
        "41 27 0:45 - \n",
        "41 27 :45 / / rw - x y z\n",
        "41 27 0: / / rw - x y z\n",
        "41 27 0:45x / / rw - x y z\n",
        "41 27 0:99999999999999999945 / / - x\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        struct str found = mounts_type(str_of(broken[i]), 0, 45);
        if (found.n)
            fail_msg("\"%s\" names \"%.*s\"", broken[i], STR_ARG(found));
    }
    assert_type("41 27 0:45 / / rw - x", 0, 45, "x"); /* the last line may lack its end */
    /* any beginning of a true one gives its type, a beginning of it, or nothing */
    char *part = malloc(sizeof of_a_server);
    assert_non_null(part);
    for (size_t n = 0; n < sizeof of_a_server; n++) {
        memcpy(part, of_a_server, n);
        struct str found = mounts_type((struct str){part, n}, 0, 45);
        assert_true(found.n == 0 || str_starts(STR("fuse.sshfs"), found));
    }
    free(part);
}

static void test_types(void **state)
{
    static const char *const remote[] = {"fuse.sshfs",
                                         "fuse.rclone",
                                         "fuse",
                                         "fuse.s3fs",
                                         "fuse.gcsfuse",
                                         "fuse.davfs",
                                         "fuse.glusterfs",
                                         "fuse.curlftpfs",
                                         "fuse.gvfsd-fuse",
                                         "fuse.juicefs",
                                         "9p",
                                         "",
                                         "fuse.",
                                         "fuse.ntfs-3g.sshfs"};
    static const char *const local[] = {"fuseblk", "fuse.ntfs-3g", "fuse.fuse-overlayfs", "fuse.gocryptfs",
                                        "virtiofs"};
    (void)state;
    for (size_t i = 0; i < sizeof remote / sizeof *remote; i++)
        assert_true(mounts_is_remote(str_of(remote[i])));
    for (size_t i = 0; i < sizeof local / sizeof *local; i++)
        assert_false(mounts_is_remote(str_of(local[i])));
}

/* ---- a folder there ---- */

enum { FUSE = 0x65735546, V9FS = 0x01021997, NFS = 0x6969, EXT4 = 0xEF53 };

/* What is said of a folder when its disk is of this number and, where `type` is not NULL, named so. */
static struct outcome on_disk(long magic, const char *type)
{
    char text[200];
    struct stat st;
    assert_int_equal(stat("/tmp", &st), 0);
    snprintf(text, sizeof text, "36 1 %u:%u / / rw shared:1 - %s source rw\n", major(st.st_dev),
             minor(st.st_dev), type ? type : "");
    pretended = magic;
    mountinfo = type ? text : NULL;
    struct outcome o = folder_check_disk("/tmp");
    pretended = 0;
    mountinfo = NULL;
    return o;
}

static void assert_refused(long magic, const char *type, const char *named)
{
    struct outcome o = on_disk(magic, type);
    struct buf said = BUF_INIT;
    assert_int_equal(o.kind, KIND_network_disk);
    assert_int_equal(outcome_class(o.kind), FAILED);
    for (enum lang lang = LANG_VI; lang <= LANG_EN; lang++) {
        buf_reset(&said);
        outcome_message(&said, lang, &o);
        assert_non_null(strstr(said.p, "/tmp"));
        assert_non_null(strstr(said.p, named));
        assert_non_null(strstr(said.p, "ssh")); /* what to do where several use it */
    }
    buf_release(&said);
}

static void test_network_disks_are_refused(void **state)
{
    (void)state;
    assert_refused(NFS, NULL, "NFS");
    assert_refused((long)(int)0xFF534D42, NULL, "CIFS"); /* sign-extended */
    assert_refused(V9FS, NULL, "9p");
    assert_refused(FUSE, "fuse.sshfs", "fuse.sshfs");
    assert_refused(FUSE, "fuse.rclone", "fuse.rclone");
    assert_refused(FUSE, "fuse.\033[31mx", "fuse."); /* a program may call itself anything */
    assert_refused(FUSE, "", "fuse");                /* nothing is said of it */
    assert_int_equal(on_disk(FUSE, "fuseblk").kind, KIND_done);
    assert_int_equal(on_disk(FUSE, "fuse.fuse-overlayfs").kind, KIND_done);
    assert_int_equal(on_disk(EXT4, "fuse.sshfs").kind, KIND_done); /* not asked: the number says enough */
    assert_int_equal(on_disk(0, NULL).kind, KIND_done);
}

static void test_a_hostile_type_is_safe_to_print(void **state)
{
    struct outcome o = on_disk(FUSE, "fuse.\033]0;x\a\xc2\x9b\xff\xe2\x80\xae");
    struct buf said = BUF_INIT;
    (void)state;
    outcome_message(&said, LANG_VI, &o);
    for (size_t i = 0; i < said.n; i++)
        assert_true((unsigned char)said.p[i] >= 0x20 && said.p[i] != 0x7F);
    assert_null(strstr(said.p, "\xc2\x9b"));
    assert_null(strstr(said.p, "\xe2\x80\xae"));
    assert_null(strchr(said.p, '\xff'));
    buf_release(&said);
}

/* Neither opened nor made there, and nothing left behind by the attempt. */
static void test_no_store_on_a_network_disk(void **state)
{
    char above[] = "/tmp/motcua-folder-XXXXXX", dir[64], path[80];
    struct store *s = NULL;
    (void)state;
    assert_non_null(mkdtemp(above));
    snprintf(dir, sizeof dir, "%s/a/b", above);
    pretended = NFS;
    assert_int_equal(store_create(dir, NULL, &s).kind, KIND_network_disk);
    assert_null(s);
    snprintf(path, sizeof path, "%s/a", above);
    assert_int_equal(access(path, F_OK), -1);
    pretended = 0;
    assert_int_equal(rmdir(above), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_type_of_a_mount),
        cmocka_unit_test(test_broken_mountinfo),
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_network_disks_are_refused),
        cmocka_unit_test(test_a_hostile_type_is_safe_to_print),
        cmocka_unit_test(test_no_store_on_a_network_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
