#include "tui/office_book.h"

#include "core/text.h"
#include "core/words.h"
#include <stdlib.h>

/* ---- copying ---- */

static struct str take(struct arena *a, struct buf *text)
{
    struct str s = arena_str(a, buf_str(text));
    a->failed = a->failed || text->failed;
    buf_release(text);
    return s;
}

static struct str folded(struct arena *a, struct str one, struct str two, struct str three)
{
    struct buf text = BUF_INIT;
    text_fold(&text, one);
    buf_add_char(&text, ' ');
    text_fold(&text, two);
    buf_add_char(&text, ' ');
    text_fold(&text, three);
    return take(a, &text);
}

void office_book_code(struct buf *out, struct str code, struct str kase)
{
    buf_add_str(out, code);
    if (kase.n) {
        buf_add_char(out, '#');
        buf_add_str(out, kase);
    }
}

static struct str folded_code(struct arena *a, const struct procedure *p, bool dots)
{
    struct buf code = BUF_INIT, text = BUF_INIT, plain = BUF_INIT;
    office_book_code(&code, p->code, p->kase);
    text_fold(&text, buf_str(&code));
    for (size_t i = 0; i < text.n; i++)
        if (dots || text.p[i] != '.')
            buf_add_char(&plain, text.p[i]);
    buf_release(&code);
    buf_release(&text);
    return take(a, &plain);
}

static void copy_procedures(struct office_book *b, const struct office *office)
{
    size_t n = office_procedure_count(office);
    struct arena *a = &b->text;
    for (size_t i = 0; i < n; i++) {
        const struct procedure *p = office_procedure(office, i);
        struct book_procedure *to = &b->procedure[b->count[PART_PROCEDURES]++];
        to->procedure = *p;
        to->procedure.code = arena_str(a, p->code);
        to->procedure.kase = arena_str(a, p->kase);
        to->procedure.name = arena_str(a, p->name);
        to->procedure.field = arena_str(a, p->field);
        to->code = folded_code(a, p, true);
        to->digits = folded_code(a, p, false);
        to->words = folded(a, p->name, p->field, STR_NONE);
        to->steps = arena_str(a, office_steps(office, p->code, p->kase));
        to->inherits = to->steps.n && !office_steps_own(office, p->code, p->kase).n;
        b->in_use[PART_PROCEDURES] += !p->retired;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t k = i;
             k-- > 0 && str_eq(b->procedure[k].procedure.code, b->procedure[i].procedure.code);) {
            b->procedure[k].cases = (uint16_t)(b->procedure[k].cases + !b->procedure[i].procedure.retired);
            b->procedure[i].cases = (uint16_t)(b->procedure[i].cases + !b->procedure[k].procedure.retired);
        }
}

/* With the role, in both languages. */
static struct str officer_words(struct arena *a, const struct officer *o)
{
    struct buf role = BUF_INIT;
    buf_add_z(&role, words_role(LANG_VI, o->role));
    buf_add_char(&role, ' ');
    buf_add_z(&role, words_role(LANG_EN, o->role));
    buf_add_char(&role, ' ');
    buf_add_str(&role, o->login);
    struct str words = folded(a, o->name, o->unit, buf_str(&role));
    buf_release(&role);
    return words;
}

static void copy_officers(struct office_book *b, const struct office *office, bool retired)
{
    struct arena *a = &b->text;
    for (size_t i = 0; i < office_officer_count(office); i++) {
        const struct officer *o = office_officer(office, i);
        if (o->retired != retired)
            continue;
        struct book_officer *to = &b->officer[b->count[PART_PEOPLE]++];
        to->officer = *o;
        to->officer.login = arena_str(a, o->login);
        to->officer.name = arena_str(a, o->name);
        to->officer.unit = arena_str(a, o->unit);
        to->officer.title = arena_str(a, o->title);
        struct buf login = BUF_INIT;
        text_fold(&login, o->login);
        to->login = take(a, &login);
        to->words = officer_words(a, o);
        b->in_use[PART_PEOPLE] += !o->retired;
    }
}

static bool count_held(void *arg, const struct row *row)
{
    struct office_book *b = arg;
    for (size_t i = 0; i < b->count[PART_PEOPLE]; i++)
        if (row->facts.holder && b->officer[i].officer.number == row->facts.holder)
            b->officer[i].open++;
    return true;
}

static void copy_fields(struct office_book *b, const struct office *office)
{
    for (uint16_t i = 1; i <= office_field_count(office); i++)
        if (office_field(office, i).n)
            b->field[b->fields++] = arena_str(&b->text, office_field(office, i));
}

static void copy_day(void *arg, const struct office_day *day)
{
    struct office_book *b = arg;
    if (b->count[PART_DAYS] == 366)
        return;
    struct office_day *to = &b->day[b->count[PART_DAYS]++];
    *to = *day;
    to->name = arena_str(&b->text, day->name);
    to->document = arena_str(&b->text, day->document);
}

/* The hours in force that year (this year: today), and what comes next. */
static void copy_hours(struct office_book *b, const struct office *office, civil_day today)
{
    civil_day day = civil_from_ymd(b->year, 1, 1);
    if (civil_to_ymd(today).year == b->year)
        day = today;
    b->hours = office_hours_default();
    b->next.span_count = 0;
    for (size_t i = 0; i < office_hours_count(office); i++) {
        const struct office_hours *h = office_hours(office, i);
        if (h->from <= day || i == 0)
            b->hours = *h;
        else if (!b->next.span_count)
            b->next = *h;
    }
}

static void copy_settings(struct office_book *b, const struct office *office)
{
    struct settings standard = settings_default();
    for (size_t i = 0; i < settings_count(); i++) {
        struct book_setting *to = &b->setting[b->count[PART_SETTINGS]++];
        struct buf value = BUF_INIT, usual = BUF_INIT, allowed = BUF_INIT;
        settings_format(&value, office_settings(office), i);
        settings_format(&usual, &standard, i);
        settings_allowed(&allowed, i);
        to->key = str_of(settings_key(i));
        to->meaning = settings_meaning(i);
        to->words = folded(&b->text, to->key, str_of(lang_text(LANG_VI, to->meaning)),
                           str_of(lang_text(LANG_EN, to->meaning)));
        to->value = take(&b->text, &value);
        to->standard = take(&b->text, &usual);
        to->allowed = take(&b->text, &allowed);
    }
}

enum act office_part_act(enum office_part part)
{
    static const enum act acts[OFFICE_PARTS] = {
        [PART_PROCEDURES] = ACT_CATALOGUE,
        [PART_PEOPLE] = ACT_PEOPLE,
        [PART_DAYS] = ACT_CALENDAR,
        [PART_SETTINGS] = ACT_SETTINGS,
    };
    return acts[part];
}

bool office_book_load(struct office_book *b, struct view *v, struct str login, int year, civil_day today)
{
    const struct office *office = view_office(v);
    *b = (struct office_book){.year = year, .known = office_known_years(office), .text = ARENA_INIT};
    const struct calendar *calendar = office_calendar(office);
    b->procedure = calloc(office_procedure_count(office) + 1, sizeof *b->procedure);
    b->officer = calloc(office_officer_count(office) + 1, sizeof *b->officer);
    b->day = calloc(366, sizeof *b->day);
    b->setting = calloc(settings_count() + 1, sizeof *b->setting);
    b->field = calloc((size_t)office_field_count(office) + 1, sizeof *b->field);
    if (calendar && b->procedure && b->officer && b->day && b->setting && b->field) {
        copy_procedures(b, office);
        copy_officers(b, office, false);
        copy_officers(b, office, true);
        view_live(v, LIVE_RUNNING, count_held, b);
        view_live(v, LIVE_WAITING, count_held, b);
        copy_fields(b, office);
        calendar_each_named(calendar, civil_from_ymd(year, 1, 1), civil_from_ymd(year, 12, 31), copy_day, b);
        b->working_days = calendar_working_in_year(calendar, year);
        copy_hours(b, office, today);
        copy_settings(b, office);
        for (int part = 0; part < OFFICE_PARTS; part++)
            b->may[part] = decide_allowed(office, login, office_part_act((enum office_part)part));
        if (!b->text.failed)
            return true;
    }
    office_book_release(b);
    return false;
}

void office_book_release(struct office_book *b)
{
    free(b->procedure);
    free(b->officer);
    free(b->day);
    free(b->setting);
    free(b->field);
    arena_release(&b->text);
    *b = (struct office_book){.text = ARENA_INIT};
}

/* ---- finding ---- */

void office_book_key(const struct office_book *b, enum office_part part, size_t index, struct buf *out)
{
    char date[CIVIL_TEXT];
    buf_reset(out);
    if (index >= b->count[part])
        return;
    switch (part) {
    case PART_PROCEDURES:
        office_book_code(out, b->procedure[index].procedure.code, b->procedure[index].procedure.kase);
        break;
    case PART_PEOPLE: buf_add_str(out, b->officer[index].officer.login); break;
    case PART_DAYS: buf_add_z(out, civil_iso_date(date, b->day[index].day)); break;
    default: buf_add_str(out, b->setting[index].key);
    }
}

size_t office_book_find(const struct office_book *b, enum office_part part, struct str key)
{
    struct buf own = BUF_INIT;
    size_t i = 0;
    for (; i < b->count[part]; i++) {
        office_book_key(b, part, i, &own);
        if (str_eq(buf_str(&own), key))
            break;
    }
    buf_release(&own);
    return i;
}

size_t office_book_search(const struct office_book *b, enum office_part part, struct str typed,
                          uint16_t out[FOUND_MAX])
{
    struct finder f;
    bool ready = finder_init(&f, typed, b->count[part]);
    bool dots = typed.n && memchr(typed.p, '.', typed.n);
    for (size_t i = 0; ready && i < b->count[part]; i++) {
        if (part == PART_PROCEDURES) {
            const struct book_procedure *p = &b->procedure[i];
            finder_try(&f, i, dots ? p->code : p->digits, p->words, !p->procedure.retired,
                       p->procedure.name.n);
        } else if (part == PART_PEOPLE)
            finder_try(&f, i, b->officer[i].login, b->officer[i].words, 0, 0);
        else if (part == PART_SETTINGS)
            finder_try(&f, i, b->setting[i].key, b->setting[i].words, 0, 0);
    }
    return finder_end(&f, out);
}
