#include "icalendar/days_in.h"

#include "core/text.h"
#include "core/words.h"
#include "icalendar/content.h"
#include "icalendar/vevent.h"
#include <stdlib.h>

enum { DEPTH = 8, DAY_SECONDS = 86400, GIVEN_UP = 20 };

static const struct {
    const char *name;
    enum text_id text;
} skips[DAYS_SKIPS] = {
    [DAYS_TAKEN] = {"taken", T_nothing},
    [DAYS_NOT_EVENT] = {"not_event", T_ical_skip_not_event},
    [DAYS_TIMED] = {"timed", T_ical_skip_timed},
    [DAYS_CANCELLED] = {"cancelled", T_ical_skip_cancelled},
    [DAYS_OBSERVANCE] = {"observance", T_ical_skip_observance},
    [DAYS_UNNAMED] = {"unnamed", T_ical_skip_unnamed},
    [DAYS_TOO_LONG] = {"too_long", T_ical_skip_too_long},
    [DAYS_REPEATS] = {"repeats", T_ical_skip_repeats},
    [DAYS_ENDLESS] = {"endless", T_ical_skip_endless},
    [DAYS_OUTSIDE_YEARS] = {"outside_years", T_ical_skip_outside_years},
};

const char *days_skip_name(enum days_skip skip)
{
    return skips[skip].name;
}

enum text_id days_skip_text(enum days_skip skip)
{
    return skips[skip].text;
}

struct reading_days {
    struct days_in *in;
    const struct days_in_options *options;
    struct content lines;
    struct str open[DEPTH]; /* names of the components we are in, outermost first */
    size_t opened[DEPTH];   /* the line each began on */
    size_t depth;
    bool calendar;  /* one was met */
    bool cancelled; /* METHOD:CANCEL: so is all that follows */
    struct vevent *event;
    bool *is_event; /* of each: else a to-do or a journal entry */
    size_t events, cap;
    size_t taken;    /* days */
    size_t given_up; /* rules that were followed in vain: each costs time */
};

/* The first fault stays. */
static bool fail(struct reading_days *r, size_t line, struct str uid, enum text_id what)
{
    if (r->in->fault.what == T_nothing)
        r->in->fault = (struct days_fault){what, line, uid};
    return false;
}

static bool no_memory(struct reading_days *r)
{
    r->in->no_memory = true;
    return false;
}

/* ---- the file's components ---- */

static bool begin_event(struct reading_days *r, bool is_event)
{
    if (r->events == DAYS_IN_EVENTS)
        return fail(r, r->lines.line, STR_NONE, T_ical_bad_too_many);
    if (r->events == r->cap) {
        size_t cap = r->cap ? 2 * r->cap : 64;
        struct vevent *events = realloc(r->event, cap * sizeof *events);
        r->event = events ? events : r->event;
        bool *kinds = realloc(r->is_event, cap * sizeof *kinds);
        r->is_event = kinds ? kinds : r->is_event;
        if (!events || !kinds)
            return no_memory(r);
        r->cap = cap;
    }
    r->is_event[r->events] = is_event;
    r->event[r->events++] =
        (struct vevent){.line = r->lines.line, .duration = NO_TIME, .cancelled = r->cancelled};
    return true;
}

/* The name behind BEGIN or END. */
static struct str component_name(const struct reading_days *r)
{
    struct str name = r->lines.value;
    while (name.n && (name.p[name.n - 1] == ' ' || name.p[name.n - 1] == '\t'))
        name.n--;
    return name;
}

static bool begin(struct reading_days *r)
{
    struct str name = arena_str(&r->in->text, component_name(r));
    bool event = content_is(name, "VEVENT");
    if (r->in->text.failed)
        return no_memory(r);
    if (r->depth == 0 && !content_is(name, "VCALENDAR"))
        return fail(r, r->lines.line, STR_NONE, T_ical_bad_start);
    if (r->depth == DEPTH || (event && r->depth != 1))
        return fail(r, r->lines.line, STR_NONE, T_ical_bad_nested);
    r->cancelled = r->cancelled && r->depth > 0;
    r->calendar = true;
    r->opened[r->depth] = r->lines.line;
    r->open[r->depth++] = name;
    if (r->depth == 2 && (event || content_is(name, "VTODO") || content_is(name, "VJOURNAL")))
        return begin_event(r, event);
    return true;
}

static bool end(struct reading_days *r)
{
    if (!r->depth || !content_same(component_name(r), r->open[r->depth - 1]))
        return fail(r, r->lines.line, STR_NONE, T_ical_bad_end);
    r->depth--;
    return true;
}

/* Texts may be left empty, where they say nothing; libical takes that for a mistake. */
static bool is_empty_text(const struct content *c)
{
    static const char *const names[] = {"UID",        "SUMMARY", "DESCRIPTION",
                                        "CATEGORIES", "STATUS",  VEVENT_DAY_KIND};
    for (size_t i = 0; i < sizeof names / sizeof *names && !c->value.n; i++)
        if (content_is(c->name, names[i]))
            return true;
    return false;
}

static bool in_event(const struct reading_days *r)
{
    return r->depth == 2 && (content_is(r->open[1], "VEVENT") || content_is(r->open[1], "VTODO") ||
                             content_is(r->open[1], "VJOURNAL"));
}

static bool take_line(struct reading_days *r)
{
    struct content *c = &r->lines;
    if (content_is(c->name, "BEGIN"))
        return begin(r);
    if (content_is(c->name, "END"))
        return end(r);
    if (!r->depth)
        return fail(r, c->line, STR_NONE, T_ical_bad_start);
    if (r->depth == 1 && content_is(c->name, "METHOD"))
        r->cancelled = content_is(c->value, "CANCEL");
    if (!in_event(r) || !vevent_reads(c->name) || is_empty_text(c))
        return true;
    struct vevent *v = &r->event[r->events - 1];
    bool taken = vevent_take(v, &r->in->text, c->whole.p, r->options->utc_offset);
    if (r->in->text.failed)
        return no_memory(r);
    return taken || !r->is_event[r->events - 1] || fail(r, c->line, v->uid, T_ical_bad_value);
}

static bool tell_content(struct reading_days *r)
{
    static const enum text_id faults[] = {
        [CONTENT_NOT_UTF8] = T_ical_bad_utf8,
        [CONTENT_NUL] = T_ical_bad_nul,
        [CONTENT_MALFORMED] = T_ical_bad_line,
        [CONTENT_TOO_LONG] = T_ical_bad_long_line,
    };
    return r->lines.fault == CONTENT_MEMORY ? no_memory(r)
                                            : fail(r, r->lines.line, STR_NONE, faults[r->lines.fault]);
}

static bool read_components(struct reading_days *r, struct str text)
{
    bool fine = true;
    r->lines = content_of(text);
    while (fine && content_next(&r->lines))
        fine = take_line(r);
    if (fine && r->lines.fault != CONTENT_OK)
        fine = tell_content(r);
    if (fine && r->depth)
        fine = fail(r, r->opened[r->depth - 1], STR_NONE, T_ical_bad_never_ends);
    if (fine && !r->calendar)
        fine = fail(r, 1, STR_NONE, T_ical_bad_start);
    content_release(&r->lines);
    return fine;
}

/* ---- what an event says ---- */

static bool add_entry(struct reading_days *r, const struct vevent *v, enum days_skip skip,
                      struct office_day day)
{
    struct days_in *in = r->in;
    r->taken += skip == DAYS_TAKEN;
    if (r->taken > DAYS_IN_MOST)
        return fail(r, v->line, v->uid, T_ical_bad_too_many);
    if (in->count == in->cap) {
        size_t cap = in->cap ? 2 * in->cap : 64;
        struct days_entry *grown = realloc(in->entry, cap * sizeof *grown);
        if (!grown)
            return no_memory(r);
        in->entry = grown;
        in->cap = cap;
    }
    in->entry[in->count++] = (struct days_entry){skip, day, v->uid, v->line};
    return true;
}

static bool in_years(int64_t day)
{
    return day >= civil_from_ymd(CIVIL_FIRST_YEAR, 1, 1) && day <= civil_from_ymd(CIVIL_LAST_YEAR, 12, 31);
}

static bool skip(struct reading_days *r, const struct vevent *v, enum days_skip why, int64_t day)
{
    bool dated = v->start.given && !v->start.broken;
    struct office_day first = {.day = dated ? (civil_day)day : NO_DAY, .name = v->summary};
    return add_entry(r, v, why, first);
}

/* Whole days from start to end, 0 where it has hours, -1 where it ends before it begins or its ends do not
 * fit. An end on the day of the start is met where a program left the next day out. */
static int64_t length_of(const struct vevent *v)
{
    const struct vevent_time *start = &v->start, *end = &v->end;
    if (end->given && end->timed != start->timed)
        return -1;
    int64_t seconds = end->given ? (end->day - start->day) * DAY_SECONDS + end->second - start->second
                      : v->duration != NO_TIME ? v->duration
                      : start->timed           ? 1
                                               : DAY_SECONDS;
    if (seconds < 0)
        return -1;
    if (!start->timed && seconds == 0)
        return 1;
    if (start->second || seconds % DAY_SECONDS)
        return start->timed ? 0 : -1;
    return seconds / DAY_SECONDS;
}

static bool has_word(struct str text, const char *word)
{
    struct buf folded = BUF_INIT, wanted = BUF_INIT;
    text_fold(&folded, text);
    text_fold(&wanted, str_of(word));
    bool same = !folded.failed && str_eq(buf_str(&folded), buf_str(&wanted));
    buf_release(&folded);
    buf_release(&wanted);
    return same;
}

/* Google's calendars of holidays say so on the first line, in the language they are shown in; the day is
 * worked. */
static bool is_observance(const struct vevent *v)
{
    const char *end = memchr(v->description.p ? v->description.p : "", '\n', v->description.n);
    struct str first = end ? str_first(v->description, (size_t)(end - v->description.p)) : v->description;
    return has_word(first, "Observance") || has_word(first, "Ngày lễ kỷ niệm");
}

/* Our own property, else a category that is our word for a kind of day in either language; else a day off.
 * False when our property holds none of its words. */
static bool kind_of(const struct vevent *v, enum day_kind *out)
{
    static const char *const words[] = {[DAY_OFF] = "OFF", [DAY_WORKED] = "WORKED", [DAY_CLOSED] = "CLOSED"};
    *out = DAY_OFF;
    for (int kind = DAY_OFF; kind <= DAY_CLOSED && v->day_kind.n; kind++)
        if (content_is(v->day_kind, words[kind])) {
            *out = (enum day_kind)kind;
            return true;
        }
    for (size_t i = 0; i < v->categories && !v->day_kind.n; i++)
        for (int kind = DAY_OFF; kind <= DAY_CLOSED; kind++)
            if (has_word(v->category[i], words_day_kind(LANG_VI, (enum day_kind)kind)) ||
                has_word(v->category[i], words_day_kind(LANG_EN, (enum day_kind)kind)))
                *out = (enum day_kind)kind;
    return !v->day_kind.n;
}

/* A text as it would be stored; an empty one is absent. */
static bool take_text(struct reading_days *r, const struct vevent *v, struct str in, enum text_id bad,
                      struct str *out)
{
    struct buf clean = BUF_INIT;
    enum text_fault fault = in.n ? text_clean(in, TEXT_LINE, TEXT_MAX, &clean) : TEXT_EMPTY;
    *out = fault == TEXT_OK ? arena_str(&r->in->text, buf_str(&clean)) : STR_NONE;
    buf_release(&clean);
    if (fault == TEXT_MEMORY || r->in->text.failed)
        return no_memory(r);
    if (fault == TEXT_BAD)
        return fail(r, v->line, v->uid, bad);
    if (fault == TEXT_TOO_LONG)
        return fail(r, v->line, v->uid, T_ical_bad_long_text);
    return true;
}

/* ---- its days ---- */

/* One run of days; what lies outside the calendar's years is told once. */
static bool add_run(struct reading_days *r, const struct vevent *v, struct office_day day, int64_t first,
                    int64_t days)
{
    bool outside = false;
    for (int64_t i = 0; i < days; i++) {
        day.day = (civil_day)(first + i);
        if (!in_years(first + i))
            outside = true;
        else if (!add_entry(r, v, DAYS_TAKEN, day))
            return false;
    }
    return !outside || skip(r, v, DAYS_OUTSIDE_YEARS, first);
}

/* Left out of its series: by an exception, or because another event stands in for it. */
static bool is_left_out(const struct reading_days *r, const struct vevent *v, int64_t day)
{
    for (size_t i = 0; i < v->excepts; i++)
        if (v->except[i].day == day)
            return true;
    for (size_t i = 0; i < r->events && v->uid.n; i++)
        if (r->event[i].instance.given && r->event[i].instance.day == day && str_eq(r->event[i].uid, v->uid))
            return true;
    return false;
}

static bool add_series(struct reading_days *r, const struct vevent *v, const struct office_day *day,
                       int64_t days)
{
    enum { MOST = 400 };
    civil_day first = civil_from_ymd(CIVIL_FIRST_YEAR, 1, 1);
    civil_day last = v->endless ? r->options->upto : civil_from_ymd(CIVIL_LAST_YEAR, 12, 31);
    civil_day *began = calloc(MOST, sizeof *began);
    size_t n = 0;
    if (!began)
        return no_memory(r);
    bool whole = r->given_up < GIVEN_UP && vevent_series(v, first, last, began, MOST, &n);
    bool fine = whole || skip(r, v, DAYS_REPEATS, v->start.day);
    if (whole && !n)
        fine = v->endless || skip(r, v, DAYS_OUTSIDE_YEARS, v->start.day);
    for (size_t i = 0; i < n && whole && fine; i++)
        fine = is_left_out(r, v, began[i]) || add_run(r, v, *day, began[i], days);
    if (fine && whole && v->endless)
        fine = skip(r, v, DAYS_ENDLESS, last);
    r->given_up += !whole;
    free(began);
    return fine;
}

static bool add_days(struct reading_days *r, const struct vevent *v, const struct office_day *day,
                     int64_t days)
{
    bool fine = true;
    if (v->repeat == REPEAT_DAYS)
        fine = add_series(r, v, day, days);
    else if (!is_left_out(r, v, v->start.day) || v->instance.given)
        fine = add_run(r, v, *day, v->start.day, days);
    for (size_t i = 0; i < v->extras && fine; i++)
        fine = is_left_out(r, v, v->extra[i].day) || add_run(r, v, *day, v->extra[i].day, days);
    return fine;
}

static bool take_event(struct reading_days *r, const struct vevent *v, bool is_event)
{
    struct office_day day = {.day = NO_DAY};
    if (!is_event)
        return skip(r, v, DAYS_NOT_EVENT, v->start.day);
    if (!v->start.given)
        return fail(r, v->line, v->uid, T_ical_bad_no_start);
    if (!kind_of(v, &day.kind))
        return fail(r, v->line, v->uid, T_ical_bad_kind);
    int64_t days = length_of(v);
    if (days < 0)
        return fail(r, v->line, v->uid, T_ical_bad_length);
    enum days_skip why = v->cancelled                         ? DAYS_CANCELLED
                         : !days                              ? DAYS_TIMED
                         : !v->day_kind.n && is_observance(v) ? DAYS_OBSERVANCE
                         : days > DAYS_IN_LONGEST             ? DAYS_TOO_LONG
                         : v->repeat == REPEAT_OTHER          ? DAYS_REPEATS
                         : v->endless && !v->yearly           ? DAYS_REPEATS
                                                              : DAYS_TAKEN;
    if (why != DAYS_TAKEN)
        return skip(r, v, why, v->start.day);
    if (!take_text(r, v, v->summary, T_ical_bad_name, &day.name) ||
        (v->day_kind.n && !take_text(r, v, v->description, T_ical_bad_document, &day.document)))
        return false;
    return day.name.n ? add_days(r, v, &day, days) : skip(r, v, DAYS_UNNAMED, v->start.day);
}

bool days_in_read(struct days_in *in, struct str text, const struct days_in_options *options)
{
    *in = (struct days_in){.text = ARENA_INIT};
    struct reading_days r = {.in = in, .options = options};
    bool fine = read_components(&r, text);
    for (size_t i = 0; i < r.events && fine; i++)
        fine = take_event(&r, &r.event[i], r.is_event[i]);
    free(r.event);
    free(r.is_event);
    return fine && !in->no_memory;
}

void days_in_release(struct days_in *in)
{
    free(in->entry);
    arena_release(&in->text);
    *in = (struct days_in){.count = 0};
}
