#include "cli/reading.h"

/* "09:00:00" is one second, "09:00" a whole minute; an offset's colon stands behind a sign. */
static bool names_second(struct str typed)
{
    const char *colon = memchr(typed.p, ':', typed.n);
    return colon && colon + 3 < typed.p + typed.n && colon[3] == ':';
}

/* The UTC second at which the moment asked about ends; false when it has not begun. */
static bool moment_of(const struct cli *c, const struct civil_input *in, bool second, int64_t *out)
{
    bool date = in->minute_of_day < 0;
    int offset = in->has_offset ? in->offset_minutes : c->offset;
    int64_t begins = civil_to_utc(civil_at(in->day, date ? 0 : in->minute_of_day), offset) + in->second;
    int64_t ends = begins + (date ? 24 * 60 * 60 : second ? 1 : 60) - 1;
    *out = ends < c->now ? ends : c->now;
    return begins <= c->now;
}

int reading_view(struct cli *c, struct args *a, int as_of, int64_t *moment)
{
    struct civil_input in;
    *moment = c->now;
    if (as_of >= 0 && args_time(a, as_of, &in) &&
        !moment_of(c, &in, names_second(args_text(a, as_of)), moment))
        return args_wrong(a, T_cli_future_as_of, args_text(a, as_of), STR_NONE);
    if (*moment == c->now)
        return 0;
    struct outcome o = cli_view_as_of(c, *moment);
    return outcome_ok(&o) ? 0 : cli_tell(c, &o);
}

int reading_open(struct cli *c, struct args *a, int as_of, int unmask, struct reading *out)
{
    *out = (struct reading){.unmask = unmask >= 0 && args_has(a, unmask)};
    int status = cli_open_or_tell(c);
    if (!status)
        status = reading_view(c, a, as_of, &out->moment);
    if (status)
        return status;
    out->past = out->moment < c->now;
    out->judge = judge_at(c->office, civil_from_utc(out->moment, c->offset));
    return out->judge.calendar ? 0 : cli_no_memory(c);
}
