#include "core/office.h"

#include "core/arena.h"
#include "core/event.h"
#include "core/names.h"
#include <stdlib.h>

/* A growing array of pointers into the arena. */
struct table {
    void **item;
    size_t count, cap;
};

/* What finds procedures, officers and fields by name: made when first asked for, forgotten when a name may
 * have changed. */
struct office_names {
    struct names *procedures, *officers, *fields; /* all or none */
    uint16_t *field_number;                       /* what the things of `fields` point to */
};

struct office {
    /* every string and item; what a later event replaces stays until the office goes */
    struct arena arena;
    struct office_identity identity;
    struct settings settings;
    struct known_years known;
    struct table procedures, procedures_by_number; /* by code and case; by number */
    struct table officers;                         /* by login */
    struct table fields;                           /* struct str, by number */
    struct table days;                             /* by date */
    struct table hours;                            /* by the day from which they rule */
    struct table processes;                        /* by code and case of their procedure */
    /* made when asked for; their place is in the heap so that a const office can keep them */
    struct calendar **calendar;
    struct office_names *names;
};

static void forget_names(struct office_names *n)
{
    names_free(n->procedures);
    names_free(n->officers);
    names_free(n->fields);
    free(n->field_number);
    *n = (struct office_names){0};
}

static void forget_calendar(struct office *o)
{
    if (!o->calendar)
        return;
    calendar_free(*o->calendar);
    *o->calendar = NULL;
}

void office_free(struct office *o)
{
    if (!o)
        return;
    forget_calendar(o);
    free(o->calendar);
    if (o->names)
        forget_names(o->names);
    free(o->names);
    free(o->procedures.item);
    free(o->procedures_by_number.item);
    free(o->officers.item);
    free(o->fields.item);
    free(o->days.item);
    free(o->hours.item);
    free(o->processes.item);
    arena_release(&o->arena);
    free(o);
}

/* ---- tables ---- */

static bool table_reserve(struct table *t, size_t count)
{
    if (count <= t->cap)
        return true;
    size_t cap = t->cap ? t->cap : 16;
    while (cap < count)
        cap *= 2;
    void **item = realloc(t->item, cap * sizeof *item);
    if (!item)
        return false;
    memset(item + t->cap, 0, (cap - t->cap) * sizeof *item);
    t->item = item;
    t->cap = cap;
    return true;
}

/* Puts an item where its number says; gaps stay NULL. */
static bool table_put_at(struct table *t, size_t at, void *item)
{
    if (!table_reserve(t, at + 1))
        return false;
    t->item[at] = item;
    if (at >= t->count)
        t->count = at + 1;
    return true;
}

static void *table_at(const struct table *t, size_t at)
{
    return at < t->count ? t->item[at] : NULL;
}

typedef int compare_items(const void *a, const void *b);

/* Where the item is or belongs; *found tells which. */
static size_t table_place(const struct table *t, const void *item, compare_items *compare, bool *found)
{
    size_t low = 0, high = t->count;
    if (high && compare(t->item[high - 1], item) < 0) /* a catalogue mostly comes in its order */
        low = high;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int c = compare(t->item[middle], item);
        if (c == 0) {
            *found = true;
            return middle;
        }
        if (c < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *found = false;
    return low;
}

/* Inserts in order, or replaces the item that compares equal. */
static bool table_put_sorted(struct table *t, void *item, compare_items *compare)
{
    bool found;
    size_t at = table_place(t, item, compare, &found);
    if (!found) {
        if (!table_reserve(t, t->count + 1))
            return false;
        memmove(t->item + at + 1, t->item + at, (t->count - at) * sizeof *t->item);
        t->count++;
    }
    t->item[at] = item;
    return true;
}

static void table_take_out(struct table *t, const void *key, compare_items *compare)
{
    bool found;
    size_t at = table_place(t, key, compare, &found);
    if (!found)
        return;
    t->count--;
    memmove(t->item + at, t->item + at + 1, (t->count - at) * sizeof *t->item);
}

static void *table_find(const struct table *t, const void *key, compare_items *compare)
{
    bool found;
    size_t at = table_place(t, key, compare, &found);
    return found ? t->item[at] : NULL;
}

/* Codes are compared whatever the letters' case; they hold no letters beyond ASCII. */
static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : (unsigned char)c;
}

static int compare_codes(struct str a, struct str b)
{
    for (size_t i = 0; i < a.n && i < b.n; i++)
        if (a.p[i] != b.p[i] && lower(a.p[i]) != lower(b.p[i]))
            return lower(a.p[i]) - lower(b.p[i]);
    return (a.n > b.n) - (a.n < b.n);
}

static int compare_procedures(const void *a, const void *b)
{
    const struct procedure *p = a, *q = b;
    int c = compare_codes(p->code, q->code);
    return c ? c : compare_codes(p->kase, q->kase);
}

static int compare_officers(const void *a, const void *b)
{
    return str_cmp(((const struct officer *)a)->login, ((const struct officer *)b)->login);
}

static int compare_days(const void *a, const void *b)
{
    civil_day x = ((const struct office_day *)a)->day, y = ((const struct office_day *)b)->day;
    return (x > y) - (x < y);
}

static int compare_hours(const void *a, const void *b)
{
    civil_day x = ((const struct office_hours *)a)->from, y = ((const struct office_hours *)b)->from;
    return (x > y) - (x < y);
}

/* ---- taking in events ---- */

static bool apply_founded(struct office *o, const struct office_identity *f)
{
    o->identity = *f;
    o->identity.name = arena_str(&o->arena, f->name);
    o->identity.agency = arena_str(&o->arena, f->agency);
    o->identity.parent = arena_str(&o->arena, f->parent);
    o->identity.place = arena_str(&o->arena, f->place);
    return true;
}

static bool apply_officer(struct office *o, const struct officer *from)
{
    struct officer *p = arena_alloc(&o->arena, sizeof *p);
    if (!p)
        return false;
    *p = *from;
    p->login = arena_str(&o->arena, from->login);
    p->name = arena_str(&o->arena, from->name);
    p->unit = arena_str(&o->arena, from->unit);
    p->title = arena_str(&o->arena, from->title);
    forget_names(o->names);
    return table_put_sorted(&o->officers, p, compare_officers);
}

/* Fields have no event of their own: a procedure brings its field's number and name. */
static bool apply_field(struct office *o, const struct procedure *p)
{
    struct str *name = arena_alloc(&o->arena, sizeof *name);
    if (!name)
        return false;
    *name = p->field;
    return table_put_at(&o->fields, p->field_number, name);
}

static bool apply_procedure(struct office *o, const struct procedure *from, uint64_t seq)
{
    struct procedure *p = arena_alloc(&o->arena, sizeof *p);
    if (!p)
        return false;
    *p = *from;
    p->version = seq;
    p->code = arena_str(&o->arena, from->code);
    p->kase = arena_str(&o->arena, from->kase);
    p->name = arena_str(&o->arena, from->name);
    p->field = arena_str(&o->arena, from->field);
    forget_names(o->names);
    return apply_field(o, p) && table_put_sorted(&o->procedures, p, compare_procedures) &&
           table_put_at(&o->procedures_by_number, p->number, p);
}

/* A day, first, so that it serves as one; and when it was recorded. */
struct dated_day {
    struct office_day day;
    int64_t recorded_at;
};

static bool apply_day(struct office *o, const struct event *event)
{
    const struct office_day *from = &event->day;
    struct dated_day *d = arena_alloc(&o->arena, sizeof *d);
    if (!d)
        return false;
    d->day = *from;
    d->day.name = arena_str(&o->arena, from->name);
    d->day.document = arena_str(&o->arena, from->document);
    d->recorded_at = event->recorded_at;
    forget_calendar(o);
    return table_put_sorted(&o->days, d, compare_days);
}

static bool apply_hours(struct office *o, const struct office_hours *from)
{
    struct office_hours *h = arena_alloc(&o->arena, sizeof *h);
    if (!h)
        return false;
    *h = *from;
    forget_calendar(o);
    return table_put_sorted(&o->hours, h, compare_hours);
}

/* The steps of a procedure, whose code and case come first: it is looked for by them. */
struct process {
    struct procedure of;
    struct str steps;
};

static bool apply_steps(struct office *o, const struct event *event)
{
    struct process *p = arena_alloc(&o->arena, sizeof *p);
    if (!p)
        return false;
    p->of.code = arena_str(&o->arena, event->steps.code);
    p->of.kase = arena_str(&o->arena, event->steps.kase);
    p->steps = arena_str(&o->arena, event->steps.steps);
    return table_put_sorted(&o->processes, p, compare_procedures);
}

/* What only a newer program knows, a key or a value, changes nothing here. */
static void apply_setting(struct office *o, struct str key, struct str value)
{
    size_t i = settings_find(key);
    if (i < settings_count())
        settings_put(&o->settings, &o->arena, i, value);
}

bool office_apply(struct office *o, const struct event *event)
{
    bool done = true;
    switch (event->kind) {
    case EVENT_FOUNDED: done = apply_founded(o, &event->founded); break;
    case EVENT_OFFICER_PUT: done = apply_officer(o, &event->officer); break;
    case EVENT_PROCEDURE_PUT: done = apply_procedure(o, &event->procedure, event->seq); break;
    case EVENT_DAY_PUT: done = apply_day(o, event); break;
    case EVENT_DAY_REMOVED:
        table_take_out(&o->days, &(struct office_day){.day = event->removed.day}, compare_days);
        forget_calendar(o);
        break;
    case EVENT_HOURS_PUT: done = apply_hours(o, &event->hours); break;
    case EVENT_STEPS_PUT: done = apply_steps(o, event); break;
    case EVENT_SETTING_PUT: apply_setting(o, event->setting.key, event->setting.value); break;
    case EVENT_YEARS_KNOWN:
        o->known = event->known;
        forget_calendar(o);
        break;
    default: break;
    }
    return done && !o->arena.failed;
}

/* Every office begins with the usual hours: what it sets for itself rules from a day on. */
struct office *office_new(void)
{
    struct office *o = calloc(1, sizeof *o);
    if (!o)
        return NULL;
    struct office_hours hours = office_hours_default();
    o->settings = settings_default();
    o->known = (struct known_years){.first = 1, .last = 0};
    o->calendar = calloc(1, sizeof(struct calendar *));
    o->names = calloc(1, sizeof *o->names);
    if (!o->calendar || !o->names || !apply_hours(o, &hours)) {
        office_free(o);
        return NULL;
    }
    return o;
}

/* ---- asking ---- */

const struct office_identity *office_identity(const struct office *o)
{
    return &o->identity;
}

const struct settings *office_settings(const struct office *o)
{
    return &o->settings;
}

struct known_years office_known_years(const struct office *o)
{
    return o->known;
}

const struct calendar *office_calendar(const struct office *o)
{
    if (*o->calendar)
        return *o->calendar;
    struct office_day *days = calloc(o->days.count + 1, sizeof *days);
    struct office_hours *hours = calloc(o->hours.count + 1, sizeof *hours);
    for (size_t i = 0; days && i < o->days.count; i++)
        days[i] = *office_day(o, i);
    for (size_t i = 0; hours && i < o->hours.count; i++)
        hours[i] = *office_hours(o, i);
    if (days && hours)
        *o->calendar = calendar_new(hours, o->hours.count, days, o->days.count, o->known);
    free(days);
    free(hours);
    return *o->calendar;
}

size_t office_procedure_count(const struct office *o)
{
    return o->procedures.count;
}

const struct procedure *office_procedure(const struct office *o, size_t index)
{
    return table_at(&o->procedures, index);
}

const struct procedure *office_find_case(const struct office *o, struct str code, struct str kase)
{
    struct procedure key = {.code = code, .kase = kase};
    return table_find(&o->procedures, &key, compare_procedures);
}

const struct procedure *office_find_procedure(const struct office *o, struct str code)
{
    const struct procedure *plain = office_find_case(o, code, STR_NONE);
    if (plain)
        return plain;
    for (size_t i = code.n; i-- > 0;)
        if (code.p[i] == '#' || code.p[i] == '.')
            return i + 1 < code.n ? office_find_case(o, str_first(code, i), str_from(code, i + 1)) : NULL;
    return NULL;
}

uint16_t office_procedure_highest(const struct office *o)
{
    return (uint16_t)(o->procedures_by_number.count ? o->procedures_by_number.count - 1 : 0);
}

const struct procedure *office_procedure_by_number(const struct office *o, uint16_t number)
{
    return table_at(&o->procedures_by_number, number);
}

size_t office_officer_count(const struct office *o)
{
    return o->officers.count;
}

const struct officer *office_officer(const struct office *o, size_t index)
{
    return table_at(&o->officers, index);
}

const struct officer *office_find_officer(const struct office *o, struct str login)
{
    struct officer key = {.login = login};
    return table_find(&o->officers, &key, compare_officers);
}

struct str office_field(const struct office *o, uint16_t number)
{
    const struct str *name = table_at(&o->fields, number);
    return name ? *name : STR_NONE;
}

uint16_t office_field_count(const struct office *o)
{
    return (uint16_t)(o->fields.count ? o->fields.count - 1 : 0);
}

size_t office_day_count(const struct office *o)
{
    return o->days.count;
}

const struct office_day *office_day(const struct office *o, size_t index)
{
    return table_at(&o->days, index);
}

int64_t office_day_recorded(const struct office *o, size_t index)
{
    const struct dated_day *d = table_at(&o->days, index);
    return d ? d->recorded_at : NO_TIME;
}

const struct office_day *office_find_day(const struct office *o, civil_day day)
{
    return table_find(&o->days, &(struct office_day){.day = day}, compare_days);
}

size_t office_hours_count(const struct office *o)
{
    return o->hours.count;
}

const struct office_hours *office_hours(const struct office *o, size_t index)
{
    return table_at(&o->hours, index);
}

enum due_clock office_clock_for(const struct office *o, const struct procedure *p)
{
    return p && p->clock != CLOCK_UNSET ? p->clock : o->settings.clock;
}

struct str office_steps_own(const struct office *o, struct str code, struct str kase)
{
    const struct procedure key = {.code = code, .kase = kase};
    const struct process *p = table_find(&o->processes, &key, compare_procedures);
    return p ? p->steps : STR_NONE;
}

struct str office_steps(const struct office *o, struct str code, struct str kase)
{
    struct str own = office_steps_own(o, code, kase);
    return own.n ? own : office_steps_own(o, code, STR_NONE);
}

/* ---- by name ---- */

/* What is in use comes before what no longer is, and a whole title before what is left of another. */
static struct names *name_procedures(const struct office *o)
{
    size_t count = office_procedure_count(o), n = 0;
    struct named *named = calloc(2 * count + 1, sizeof *named);
    for (int retired = 0; named && retired < 2; retired++)
        for (size_t i = 0; i < count; i++) {
            const struct procedure *p = office_procedure(o, i);
            if (p->retired == (bool)retired && !p->kase.n)
                named[n++] = (struct named){p->name, p};
        }
    for (size_t i = 0, whole = n; i < whole; i++)
        named[n++] = (struct named){title_rest(named[i].name), named[i].thing};
    struct names *names = named ? names_new(named, n) : NULL;
    free(named);
    return names;
}

static struct names *name_officers(const struct office *o)
{
    size_t count = office_officer_count(o), n = 0;
    struct named *named = calloc(count + 1, sizeof *named);
    for (int retired = 0; named && retired < 2; retired++)
        for (size_t i = 0; i < count; i++) {
            const struct officer *p = office_officer(o, i);
            if (p->retired == (bool)retired)
                named[n++] = (struct named){p->name, p};
        }
    struct names *names = named ? names_new(named, n) : NULL;
    free(named);
    return names;
}

static struct names *name_fields(const struct office *o, uint16_t *number)
{
    size_t count = office_field_count(o), n = 0;
    struct named *named = calloc(count + 1, sizeof *named);
    for (size_t i = 1; named && i <= count; i++) {
        number[i] = (uint16_t)i;
        if (office_field(o, (uint16_t)i).n)
            named[n++] = (struct named){office_field(o, (uint16_t)i), &number[i]};
    }
    struct names *names = named ? names_new(named, n) : NULL;
    free(named);
    return names;
}

bool office_names_ready(const struct office *o)
{
    struct office_names *n = o->names;
    if (n->procedures)
        return true;
    n->field_number = calloc((size_t)office_field_count(o) + 1, sizeof *n->field_number);
    n->procedures = name_procedures(o);
    n->officers = name_officers(o);
    n->fields = n->field_number ? name_fields(o, n->field_number) : NULL;
    bool made = n->procedures && n->officers && n->fields;
    if (!made)
        forget_names(n);
    return made;
}

const struct procedure *office_procedure_titled(const struct office *o, struct str title)
{
    if (!office_names_ready(o))
        return NULL;
    const struct procedure *p = names_find(o->names->procedures, title, NULL);
    return p ? p : names_find(o->names->procedures, title_rest(title), NULL);
}

const struct officer *office_officer_named(const struct office *o, struct str name)
{
    return office_names_ready(o) ? names_find(o->names->officers, name, NULL) : NULL;
}

uint16_t office_field_number(const struct office *o, struct str name)
{
    const uint16_t *number = office_names_ready(o) ? names_find(o->names->fields, name, NULL) : NULL;
    return number ? *number : 0;
}
