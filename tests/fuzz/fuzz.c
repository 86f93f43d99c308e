#include "tests/fuzz/fuzz.h"

#include "core/event.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static int caught = -1, before = -1;

/* Where reports go while descriptor 2 is caught; there only with a sanitizer. */
void __sanitizer_set_report_fd(void *fd) __attribute__((weak));

void fuzz_broken(const char *file, int line, const char *what)
{
    if (before >= 0)
        dup2(before, STDERR_FILENO);
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
    abort();
}

/* ---- standard error ---- */

void fuzz_catch(void)
{
    if (caught < 0)
        caught = memfd_create("caught", MFD_CLOEXEC);
    before = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 10);
    MUST(before >= 0 && ftruncate(caught, 0) == 0 && lseek(caught, 0, SEEK_SET) == 0);
    if (__sanitizer_set_report_fd)
        __sanitizer_set_report_fd((void *)(intptr_t)before);
    MUST(dup2(caught, STDERR_FILENO) == STDERR_FILENO);
}

struct str fuzz_caught(void)
{
    static char text[65536];
    MUST(dup2(before, STDERR_FILENO) == STDERR_FILENO);
    if (__sanitizer_set_report_fd)
        __sanitizer_set_report_fd((void *)(intptr_t)STDERR_FILENO);
    close(before);
    before = -1;
    ssize_t n = pread(caught, text, sizeof text, 0);
    MUST(n >= 0 && (size_t)n < sizeof text);
    return (struct str){text, (size_t)n};
}

/* ---- values ---- */

uint64_t fed_int(struct fed *f, int bytes)
{
    uint64_t v = 0;
    for (int i = 0; i < bytes && f->left; i++, f->left--)
        v = v << 8 | *f->at++;
    return v;
}

static struct str take(struct fed *f, size_t n)
{
    struct str s = {(const char *)f->at, n};
    f->at += n;
    f->left -= n;
    return n ? s : STR_NONE;
}

struct str fed_str(struct fed *f, unsigned most)
{
    size_t n = fed_below(f, most + 1);
    return take(f, n < f->left ? n : f->left);
}

struct str fed_word(struct fed *f)
{
    const uint8_t *end = f->left ? memchr(f->at, 0, f->left) : NULL;
    struct str word = take(f, end ? (size_t)(end - f->at) : f->left);
    fed_int(f, 1);
    return word;
}

civil_minute fed_time(struct fed *f)
{
    const civil_minute around = civil_at(civil_from_ymd(2026, 11, 20), 0);
    const civil_minute edge[] = {civil_at(civil_from_ymd(CIVIL_FIRST_YEAR, 1, 1), 0),
                                 civil_at(civil_from_ymd(CIVIL_LAST_YEAR, 12, 31), MINUTES_PER_DAY - 1)};
    uint64_t how = fed_int(f, 1);
    if (how < 16)
        return NO_TIME;
    if (how < 32)
        return edge[how & 1];
    return around + (civil_minute)fed_int(f, 2) * 32 - 1000000;
}

const struct office *fuzz_office(void)
{
    static struct office *office;
    struct event founded = {.kind = EVENT_FOUNDED, .seq = 1}, put = {.kind = EVENT_PROCEDURE_PUT, .seq = 3};
    struct event lan = {.kind = EVENT_OFFICER_PUT, .seq = 2, .previous = 1};
    if (office)
        return office;
    founded.founded = (struct office_identity){.name = STR("UBND"), .agency = STR("H42"), .utc_offset = 420};
    lan.officer = (struct officer){.number = 1, .login = STR("lan"), .name = STR("Lan"), .role = ROLE_ADMIN};
    put.procedure = (struct procedure){.number = 1,
                                       .field_number = 1,
                                       .code = STR("1.001193"),
                                       .name = STR("Đăng ký khai sinh"),
                                       .field = STR("Hộ tịch"),
                                       .limit = {LIMIT_SAME_DAY, 100, 900},
                                       .fee = 8000,
                                       .online = 1,
                                       .postal = -1};
    office = office_new();
    MUST(office && office_apply(office, &founded) && office_apply(office, &lan) &&
         office_apply(office, &put));
    return office;
}
