#include "icalendar/days_found.h"

#include <stdlib.h>

static const struct {
    const char *name;
    enum text_id text;
    bool matters;
} skips[DAYS_SKIPS] = {
    [DAYS_TAKEN] = {"taken", T_nothing},
    [DAYS_NOT_EVENT] = {"not_event", T_ical_skip_not_event},
    [DAYS_TIMED] = {"timed", T_ical_skip_timed, true},
    [DAYS_CANCELLED] = {"cancelled", T_ical_skip_cancelled},
    [DAYS_OBSERVANCE] = {"observance", T_ical_skip_observance},
    [DAYS_UNNAMED] = {"unnamed", T_ical_skip_unnamed, true},
    [DAYS_TOO_LONG] = {"too_long", T_ical_skip_too_long, true},
    [DAYS_REPEATS] = {"repeats", T_ical_skip_repeats, true},
    [DAYS_ENDLESS] = {"endless", T_ical_skip_endless},
    [DAYS_OUTSIDE_YEARS] = {"outside_years", T_ical_skip_outside_years, true},
    [DAYS_UNKNOWN_ZONE] = {"unknown_zone", T_ical_skip_unknown_zone, true},
    [DAYS_PERHAPS_WORKED] = {"perhaps_worked", T_ical_skip_perhaps_worked, true},
    [DAYS_SUPERSEDED] = {"superseded", T_ical_skip_superseded},
    [DAYS_NO_END] = {"no_end", T_ical_skip_no_end, true},
    [DAYS_PRIVATE] = {"private", T_ical_skip_private, true},
    [DAYS_DOSSIER] = {"dossier", T_ical_skip_dossier},
};

const char *days_skip_name(enum days_skip skip)
{
    return skips[skip].name;
}

enum text_id days_skip_text(enum days_skip skip)
{
    return skips[skip].text;
}

bool days_skip_matters(enum days_skip skip)
{
    return skips[skip].matters;
}

void days_in_release(struct days_in *in)
{
    free(in->entry);
    arena_release(&in->text);
    *in = (struct days_in){.count = 0};
}

bool days_in_add(struct days_in *in, const struct days_entry *entry)
{
    if (in->count == in->cap) {
        size_t cap = in->cap ? 2 * in->cap : 64;
        struct days_entry *grown = realloc(in->entry, cap * sizeof *grown);
        if (!grown)
            return days_in_no_memory(in);
        in->entry = grown;
        in->cap = cap;
    }
    in->entry[in->count++] = *entry;
    return true;
}

bool days_in_fail(struct days_in *in, enum text_id what, size_t line, struct str uid)
{
    if (in->fault.what == T_nothing)
        in->fault = (struct days_fault){what, line, uid};
    return false;
}

bool days_in_no_memory(struct days_in *in)
{
    in->no_memory = true;
    return false;
}
