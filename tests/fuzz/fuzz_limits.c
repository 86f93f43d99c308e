/* The bytes are what somebody typed for a limit, for opening hours, or for a setting; or the three cells of a
 * catalogue's limit, with a NUL between. */
#include "core/arena.h"
#include "core/deadline.h"
#include "core/settings.h"
#include "core/wire.h"
#include "tests/fuzz/fuzz.h"
#include "tui/typed.h"

static void written_and_read(const struct limit *limit)
{
    MUST(limit->kind != LIMIT_NONE && limit->hundredths > 0);
    MUST(limit->hundredths <= LIMIT_MAX_UNITS * 100);
    MUST(limit->kind != LIMIT_MONTHS || limit->hundredths % 100 == 0);
    struct buf written = BUF_INIT;
    struct limit again;
    limit_format(&written, limit);
    MUST(!written.failed && limit_parse(buf_str(&written), &again) && limit_equal(limit, &again));
    buf_release(&written);
}

/* core/deadline.h says what a trace adds up to. */
static void adds_up(const struct trace *trace, const struct limit *limit, const struct deadline *due)
{
    int64_t n = 0;
    MUST(!trace->failed && trace->count > 0);
    for (size_t i = 0; i < trace->count; i++) {
        const struct trace_day *day = &trace->day[i];
        MUST(i == 0 || day->day == trace->day[i - 1].day + 1);
        MUST(day->n >= n && (day->counted || day->n == n));
        n = day->n;
    }
    MUST(trace->day[0].day == civil_day_of(due->received));
    MUST(trace->day[trace->count - 1].day == civil_day_of(due->due));
    MUST(n == (int64_t)limit->hundredths);
}

/* Whatever limit was typed, its due time can be worked out, or lies past the calendar's end. */
static void counted(const struct limit *limit)
{
    static struct calendar *calendar;
    if (!calendar)
        calendar = calendar_new(NULL, 0, NULL, 0, (struct known_years){2022, 2026});
    MUST(calendar != NULL);
    static const int hours[] = {0, 600, 720, 901, 1439};
    for (size_t i = 0; i < sizeof hours / sizeof *hours; i++) {
        struct trace trace = {.count = 0};
        struct deadline due;
        civil_minute received = civil_at(civil_from_ymd(2026, 11, 20) + (civil_day)i, hours[i]);
        enum due_clock clock = i % 2 ? CLOCK_SAME_HOUR : CLOCK_DAY_END;
        if (deadline_compute(calendar, limit, clock, 900, received, &due,
                             limit->hundredths < 40000 ? &trace : NULL)) {
            MUST(due.received == received && due.counting >= received && due.due >= due.counting);
            if (trace.count)
                adds_up(&trace, limit, &due);
        }
        trace_release(&trace);
    }
}

static void limits(struct str text)
{
    struct limit limit;
    if (limit_parse(text, &limit)) {
        written_and_read(&limit);
        counted(&limit);
        struct limit typed;
        MUST(typed_limit(text, &typed) && limit_equal(&limit, &typed));
    } else if (typed_limit(text, &limit)) {
        written_and_read(&limit);
        counted(&limit);
    }
}

static void cells(struct fed f)
{
    struct str kind = fed_word(&f), value = fed_word(&f), cutoff = fed_word(&f);
    struct limit limit;
    if (!limit_from_columns(kind, value, cutoff, &limit) || limit.kind == LIMIT_NONE)
        return;
    written_and_read(&limit);
    struct buf again = BUF_INIT;
    char hm[CIVIL_TEXT];
    struct limit read;
    limit_format_value(&again, limit.hundredths, ',');
    MUST(limit_from_columns(str_of(limit_kind_name(limit.kind)), buf_str(&again),
                            limit.cutoff == LIMIT_NO_CUTOFF ? STR_NONE : str_of(civil_hm(hm, limit.cutoff)),
                            &read));
    MUST(limit_equal(&limit, &read));
    buf_release(&again);
}

static void opening(struct str text)
{
    struct office_hours hours = office_hours_default(), again = hours;
    if (!office_hours_parse(text, &hours))
        return;
    MUST(office_hours_are_sound(&hours));
    /* People read a blank behind the comma; the parser wants none. */
    struct buf written = BUF_INIT, plain = BUF_INIT;
    hours_format(&written, &hours);
    for (size_t i = 0; i < written.n; i++)
        if (written.p[i] != ' ')
            buf_add_char(&plain, written.p[i]);
    MUST(office_hours_parse(buf_str(&plain), &again) && again.span_count == hours.span_count);
    MUST(memcmp(again.span, hours.span, (size_t)hours.span_count * sizeof hours.span[0]) == 0);
    MUST(hours_total(&hours) > 0 && hours_after(&hours, hours_total(&hours)) == hours_close(&hours));
    buf_release(&written);
    buf_release(&plain);
}

static void one_setting(size_t i, struct str text)
{
    struct arena arena = ARENA_INIT;
    struct settings set = settings_default(), again = set;
    struct buf first = BUF_INIT, second = BUF_INIT;
    if (settings_put(&set, &arena, i, text)) {
        settings_format(&first, &set, i);
        MUST(settings_put(&again, &arena, i, buf_str(&first)));
        settings_format(&second, &again, i);
        MUST(str_eq(buf_str(&first), buf_str(&second)));
    }
    buf_release(&first);
    buf_release(&second);
    arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size};
    limits(text);
    cells((struct fed){data, size});
    opening(text);
    for (size_t i = 0; i < settings_count(); i++)
        one_setting(i, text);
    MUST(settings_find(text) <= settings_count());
    return 0;
}
