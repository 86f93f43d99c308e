#include "cli/reading.h"

/* The UTC second at which the moment asked about ends; false when it has not begun. */
static bool moment_of(const struct cli *c, const struct civil_input *in, int64_t *out)
{
    bool date = in->minute_of_day < 0;
    int offset = in->has_offset ? in->offset_minutes : c->offset;
    int64_t begins = civil_to_utc(civil_at(in->day, date ? 0 : in->minute_of_day), offset) + in->second;
    int64_t ends = begins + (date ? 24 * 60 * 60 : in->second ? 1 : 60) - 1;
    *out = ends < c->now ? ends : c->now;
    return begins <= c->now;
}

int reading_open(struct cli *c, struct args *a, int as_of, int unmask, struct reading *out)
{
    struct civil_input in;
    int status = cli_open_or_tell(c);
    if (status)
        return status;
    *out = (struct reading){.moment = c->now, .unmask = unmask >= 0 && args_has(a, unmask)};
    if (as_of >= 0 && args_time(a, as_of, &in)) {
        if (!moment_of(c, &in, &out->moment))
            return args_wrong(a, T_cli_future_as_of, args_text(a, as_of), STR_NONE);
        out->past = out->moment < c->now;
    }
    if (out->past) {
        struct outcome o = cli_view_as_of(c, out->moment);
        if (!outcome_ok(&o))
            return cli_tell(c, &o);
    }
    out->judge = judge_at(c->office, civil_from_utc(out->moment, c->offset));
    return out->judge.calendar ? 0 : cli_no_memory(c);
}
