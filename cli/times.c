#include "cli/times.h"

civil_minute time_of(const struct civil_input *in, const struct office *office)
{
    if (in->minute_of_day < 0) {
        const struct calendar *calendar = office_calendar(office);
        return civil_at(in->day, calendar ? calendar_opens(calendar, in->day) : 0);
    }
    civil_minute t = civil_at(in->day, in->minute_of_day);
    if (in->has_offset)
        t += office_identity(office)->utc_offset - in->offset_minutes;
    return t;
}

civil_minute time_given(const struct args *a, int option, const struct office *office)
{
    struct civil_input in;
    return args_time(a, option, &in) ? time_of(&in, office) : NO_TIME;
}
