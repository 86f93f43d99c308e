/* The bytes are an iCalendar file with days off, of any origin; what the process that read one answers; or
 * how long before a date an alarm rings. What was found must cross to the other process unchanged, and the
 * days that were taken, written as a calendar of our own, must be read the same. */
#include "core/text.h"
#include "icalendar/days_in.h"
#include "icalendar/days_out.h"
#include "icalendar/days_wire.h"
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

/* Texts that are only shown are cut on their way. */
static void begins(struct str whole, struct str cut)
{
    MUST(text_is_utf8(cut) && cut.n <= DAYS_WIRE_TEXT);
    MUST(!text_is_utf8(whole) || (cut.n <= whole.n && str_starts(whole, cut)));
}

static void crosses(const struct days_in *in, size_t lines)
{
    struct buf wire = BUF_INIT;
    struct days_in again;
    days_wire_put(&wire, in);
    MUST(!wire.failed && (days_wire_take(&again, buf_str(&wire), lines) || again.fault.what != T_nothing));
    MUST(again.fault.what == in->fault.what && again.fault.line == in->fault.line);
    MUST(again.count == (in->fault.what == T_nothing ? in->count : 0));
    for (size_t i = 0; i < again.count; i++) {
        const struct days_entry *a = &in->entry[i], *b = &again.entry[i];
        MUST(a->skip == b->skip && a->day.day == b->day.day && a->line == b->line);
        MUST(a->skip != DAYS_TAKEN || (a->day.kind == b->day.kind && str_eq(a->day.name, b->day.name) &&
                                       str_eq(a->day.document, b->day.document)));
        if (a->skip != DAYS_TAKEN)
            begins(a->day.name, b->day.name);
        begins(a->uid, b->uid);
        begins(a->zone, b->zone);
    }
    days_in_release(&again);
    buf_release(&wire);
}

/* An answer from a process that somebody else may have taken over. */
static void answered(struct str bytes, size_t size)
{
    struct days_in in;
    if (days_wire_take(&in, bytes, size))
        for (size_t i = 0; i < in.count; i++)
            sound(&in.entry[i], size);
    days_in_release(&in);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size};
    const struct days_in_options how = options();
    struct days_in in;
    bool read = days_in_read(&in, text, &how);
    if (!in.no_memory)
        crosses(&in, size + 1);
    answered(text, size);
    if (read) {
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
