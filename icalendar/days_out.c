#include "icalendar/days_out.h"

#include "core/words.h"
#include "icalendar/vevent.h"

static struct str kind_word(enum day_kind kind)
{
    switch (kind) {
    case DAY_WORKED: return STR("WORKED");
    case DAY_CLOSED: return STR("CLOSED");
    case DAY_OFF:
    case DAY_COMPUTED: break;
    }
    return STR("OFF");
}

bool days_item(struct days_out *d, const struct office_identity *office, enum lang lang,
               const struct office_day *day, int64_t recorded, struct ics_item *out)
{
    char date[CIVIL_TEXT];
    buf_reset(&d->uid);
    buf_add_z(&d->uid, "day-");
    buf_add_z(&d->uid, civil_iso_date(date, day->day));
    buf_add_char(&d->uid, '@');
    buf_add_str(&d->uid, office->agency);
    d->category = str_of(words_day_kind(lang, day->kind));
    d->extra = (struct ics_extra){VEVENT_DAY_KIND, kind_word(day->kind)};
    *out = (struct ics_item){
        .uid = buf_str(&d->uid),
        .when = {.type = ICS_DAY, .day = day->day},
        .summary = day->name,
        .description = day->document,
        .categories = &d->category,
        .category_count = 1,
        .stamp = recorded,
        .created = NO_TIME,
        .completed = NO_TIME,
        .extra = &d->extra,
        .extra_count = 1,
    };
    return !d->uid.failed;
}

void days_out_release(struct days_out *d)
{
    buf_release(&d->uid);
}
