#include "tests/vdir_place.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

bool vdir_place_is_ours(void *arg, struct str uid)
{
    (void)arg;
    const struct str end = STR("@here");
    return uid.n > end.n && str_eq(str_from(uid, uid.n - end.n), end);
}

const struct vdir_options vdir_place_how = {.is_ours = vdir_place_is_ours};

int vdir_place_setup(void **state)
{
    struct place *p = calloc(1, sizeof *p);
    snprintf(p->path, sizeof p->path, "/tmp/motcua-vdir-XXXXXX");
    assert_non_null(mkdtemp(p->path));
    p->v.fd = -1;
    *state = p;
    return 0;
}

void path_of(const struct place *p, const char *name, char out[400])
{
    snprintf(out, 400, "%s/%s", p->path, name);
}

int vdir_place_teardown(void **state)
{
    struct place *p = *state;
    vdir_close(&p->v);
    DIR *dir = opendir(p->path);
    for (struct dirent *e; (e = readdir(dir));)
        unlinkat(dirfd(dir), e->d_name, 0);
    closedir(dir);
    assert_int_equal(rmdir(p->path), 0);
    free(p);
    return 0;
}

void begin(struct place *p)
{
    vdir_close(&p->v);
    assert_int_equal(vdir_open(&p->v, p->path, &vdir_place_how), 0);
}

void put(struct place *p, const char *uid, const char *bytes)
{
    assert_int_equal(vdir_put(&p->v, str_of(uid), str_of(bytes)), 0);
}

void sweep(struct place *p, unsigned written, unsigned unchanged, unsigned removed)
{
    assert_int_equal(vdir_sweep(&p->v), 0);
    assert_int_equal(vdir_sync(&p->v), 0);
    assert_int_equal(p->v.written, written);
    assert_int_equal(p->v.unchanged, unchanged);
    assert_int_equal(p->v.removed, removed);
}

void finish(struct place *p, unsigned written, unsigned unchanged, unsigned removed)
{
    sweep(p, written, unchanged, removed);
    vdir_close(&p->v);
}

void make(const struct place *p, const char *name, const void *bytes, size_t n)
{
    char path[400];
    path_of(p, name, path);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
}

void make_text(const struct place *p, const char *name, const char *text)
{
    make(p, name, text, strlen(text));
}

void has(const struct place *p, const char *name, const char *text)
{
    char path[400], found[4000];
    path_of(p, name, path);
    FILE *f = fopen(path, "r");
    if (!text) {
        assert_null(f);
        return;
    }
    assert_non_null(f);
    size_t n = fread(found, 1, sizeof found - 1, f);
    fclose(f);
    found[n] = '\0';
    assert_string_equal(found, text);
}
