#include "core/report.h"

static const char *const names[REPORT_KINDS] = {
    [REPORT_II06A] = "ii06a",   [REPORT_LATE] = "late",           [REPORT_OFFICERS] = "officers",
    [REPORT_DAILY] = "daily",   [REPORT_LETTERS] = "letters",     [REPORT_INDICATORS] = "indicators",
    [REPORT_D766] = "d766",     [REPORT_OVER90] = "over90",       [REPORT_TRUTH] = "truth",
    [REPORT_POINTS] = "points", [REPORT_CATALOGUE] = "catalogue", [REPORT_PUBLIC] = "public",
    [REPORT_SURVEY] = "survey",
};

const char *report_name(enum report_kind kind)
{
    return names[kind];
}

bool report_parse(struct str name, enum report_kind *out)
{
    for (enum report_kind k = 0; k < REPORT_KINDS; k++)
        if (str_eq(name, str_of(names[k]))) {
            *out = k;
            return true;
        }
    return false;
}

void report_init(struct report *r)
{
    *r = (struct report){.text = ARENA_INIT, .closing = NO_TIME, .period = {NO_DAY, NO_DAY}};
}

void report_release(struct report *r)
{
    arena_release(&r->text);
    report_init(r);
}
