#include "tests/screen_store.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void make_folder(struct screen_store *s)
{
    strcpy(s->path, "/tmp/motcua-screen-XXXXXX");
    assert_non_null(mkdtemp(s->path));
    strcat(s->path, "/s");
}

void screen_store_run(const struct screen_store *s, int status, const char *clock, const char *const *words)
{
    struct pty_options o = {.store = s->path, .clock = clock};
    struct buf out = BUF_INIT;
    size_t n = 0;
    while (words[n] && n < sizeof o.args / sizeof *o.args - 1) {
        o.args[n] = words[n];
        n++;
    }
    int got = pty_command(&o, &out);
    if (got != status)
        fail_msg("motcua %s: status %d, not %d\n%s", words[0], got, status, out.p ? out.p : "");
    buf_release(&out);
}

void screen_store_make(struct screen_store *s)
{
    make_folder(s);
    STORE_RUN(s, 0, "2026-11-16 07:30:00", "init", "--office", "UBND xã Tơ Tung", "--agency", "H42.26.21");
    STORE_RUN(s, 0, "2026-11-16 07:31:00", "officer", "put", "nam", "--name=Trần Văn Nam",
              "--role=specialist", "--unit=Phòng Kinh tế");
    STORE_RUN(s, 0, "2026-11-16 07:32:00", "officer", "put", "lan", "--name=Lê Thị Lan", "--role=chief");
}

void screen_store_demo(struct screen_store *s, const char *dossiers)
{
    make_folder(s);
    STORE_RUN(s, 0, "2026-11-16 07:30:00", "demo", "--dossiers", dossiers, "--until", "2026-11-16");
}

static int remove_entry(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
    (void)st, (void)flag, (void)ftw;
    return remove(path);
}

void screen_store_drop(struct screen_store *s)
{
    char folder[64];
    strcpy(folder, s->path);
    *strrchr(folder, '/') = '\0';
    nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

void screen_store_receive(const struct screen_store *s, const char *clock, const char *applicant)
{
    STORE_RUN(s, 0, clock, "receive", "--procedure", "1.004873", "--applicant", applicant);
}

void screen_store_head(const struct screen_store *s, const char *clock, struct buf *out)
{
    struct pty_options o = {.store = s->path, .clock = clock, .args = {"stat", "--json"}};
    assert_int_equal(pty_command(&o, out), 0);
}
