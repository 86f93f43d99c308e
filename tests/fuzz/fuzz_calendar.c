/* The bytes are an iCalendar file with days off, of any origin; or how long before a date an alarm rings. The
 * days that were taken, written as a calendar of our own, must be read the same. */
#include "core/text.h"
#include "icalendar/days_in.h"
#include "icalendar/days_out.h"
#include "icalendar/duration.h"
#include "icalendar/writer.h"
#include "tests/fuzz/fuzz.h"

enum { WRITTEN_AGAIN = 60 };

static bool into_buf(void *arg, const char *bytes, size_t n)
{
    buf_add(arg, bytes, n);
    return true;
}

static struct days_in_options options(void)
{
    return (struct days_in_options){.utc_offset = 420, .upto = civil_from_ymd(2030, 12, 31)};
}

/* As it may be stored, so that decide() need not refuse it. */
static void storable(struct str text, bool may_be_empty)
{
    struct buf clean = BUF_INIT;
    enum text_fault fault = text_clean(text, TEXT_LINE, TEXT_MAX, &clean);
    MUST(fault == TEXT_OK ? str_eq(buf_str(&clean), text) : may_be_empty && fault == TEXT_EMPTY && !text.n);
    buf_release(&clean);
}

static void sound(const struct days_entry *e, size_t size)
{
    MUST(e->line >= 1 && e->line <= size);
    if (e->skip != DAYS_TAKEN) {
        MUST(days_skip_text(e->skip) != T_nothing);
        return;
    }
    MUST(e->day.day >= civil_from_ymd(CIVIL_FIRST_YEAR, 1, 1) &&
         e->day.day <= civil_from_ymd(CIVIL_LAST_YEAR, 12, 31));
    MUST(e->day.kind >= DAY_OFF && e->day.kind <= DAY_CLOSED);
    storable(e->day.name, false);
    storable(e->day.document, true);
}

static size_t write_days(const struct days_in *in, struct buf *out)
{
    const struct office_identity office = {.agency = STR("H42.26.21")};
    const struct ics_calendar calendar = {.name = STR("Lịch"), .lang = LANG_VI};
    struct days_out days = {.uid = BUF_INIT};
    struct ics_writer w;
    size_t n = 0;
    ics_begin(&w, ICS_EVENT, into_buf, out, &calendar);
    for (size_t i = 0; i < in->count && n < WRITTEN_AGAIN; i++) {
        struct ics_item item;
        if (in->entry[i].skip != DAYS_TAKEN)
            continue;
        MUST(days_item(&days, &office, LANG_VI, &in->entry[i].day, 1795141845, &item));
        ics_put(&w, &item);
        n++;
    }
    MUST(ics_end(&w) == ICS_WRITTEN && !out->failed);
    days_out_release(&days);
    return n;
}

static void same_again(const struct days_in *in)
{
    const struct days_in_options how = options();
    struct buf file = BUF_INIT;
    struct days_in again;
    size_t n = write_days(in, &file);
    MUST(days_in_read(&again, buf_str(&file), &how) && again.count == n);
    for (size_t i = 0, k = 0; k < n; i++) {
        const struct days_entry *e = &in->entry[i], *read = &again.entry[k];
        if (e->skip != DAYS_TAKEN)
            continue;
        MUST(read->skip == DAYS_TAKEN && read->day.day == e->day.day && read->day.kind == e->day.kind);
        MUST(str_eq(read->day.name, e->day.name) && str_eq(read->day.document, e->day.document));
        k++;
    }
    days_in_release(&again);
    buf_release(&file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size};
    const struct days_in_options how = options();
    struct days_in in;
    if (days_in_read(&in, text, &how)) {
        MUST(in.count <= DAYS_IN_EVENTS + DAYS_IN_MOST);
        for (size_t i = 0; i < in.count; i++)
            sound(&in.entry[i], size);
        same_again(&in);
    } else {
        MUST(!in.no_memory && in.fault.what != T_nothing && in.fault.line <= size + 1);
    }
    days_in_release(&in);
    int64_t seconds = -1;
    if (ics_duration_parse(text, &seconds))
        MUST(seconds >= 0 && seconds <= ICS_DURATION_MAX);
    else
        MUST(seconds == -1);
    return 0;
}
