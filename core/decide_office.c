/* The office's own book: who it is, its people, its catalogue, its days. */
#include "core/desk.h"

static bool is_plain(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

enum { LONGEST_AGENCY = 30, LONGEST_LOGIN = 64 };

/* An agency's identification code begins every dossier code: letters and digits, single dots and hyphens
 * between them. */
static struct outcome check_agency(struct str agency)
{
    bool usable = agency.n <= LONGEST_AGENCY && is_plain(agency.p[0]) && is_plain(agency.p[agency.n - 1]);
    for (size_t i = 1; usable && i < agency.n; i++)
        usable = is_plain(agency.p[i]) ||
                 ((agency.p[i] == '.' || agency.p[i] == '-') && is_plain(agency.p[i - 1]));
    struct outcome o = outcome_of(usable ? KIND_done : KIND_bad_agency);
    if (!usable)
        outcome_text(&o, agency);
    return o;
}

/* A name the system could know somebody by: printable ASCII without blanks. */
static struct outcome check_login(struct str login)
{
    bool usable = login.n <= LONGEST_LOGIN && login.p[0] != '-';
    for (size_t i = 0; usable && i < login.n; i++)
        usable = login.p[i] > ' ' && login.p[i] <= '~';
    struct outcome o = outcome_of(usable ? KIND_done : KIND_bad_login);
    if (!usable)
        outcome_text(&o, login);
    return o;
}

/* Whoever makes the store is its first admin. */
struct outcome decide_found(struct desk *d)
{
    const struct office_identity *from = &d->command->found;
    if (office_identity(d->office)->agency.n) {
        struct outcome again = outcome_of(KIND_store_exists);
        outcome_text(&again, office_identity(d->office)->name);
        return again;
    }
    struct event *e = desk_event(d, EVENT_FOUNDED);
    e->founded.utc_offset = from->utc_offset;
    e->founded.demo = from->demo;
    const struct desk_texts texts[] = {
        {from->name, {.label = T_label_office, .required = true}, &e->founded.name},
        {from->agency, {.label = T_label_agency, .required = true}, &e->founded.agency},
        {from->parent, {.label = T_label_parent}, &e->founded.parent},
        {from->place, {.label = T_label_place}, &e->founded.place},
    };
    struct outcome o = desk_take(d, texts, sizeof texts / sizeof *texts);
    if (outcome_ok(&o))
        o = check_agency(e->founded.agency);
    struct event *first = desk_event(d, EVENT_OFFICER_PUT);
    first->officer = (struct officer){.number = 1, .login = first->by, .name = first->by, .role = ROLE_ADMIN};
    return o;
}

static bool is_last_admin(const struct desk *d, const struct officer *who)
{
    size_t admins = 0;
    for (size_t i = 0; i < office_officer_count(d->office); i++) {
        const struct officer *o = office_officer(d->office, i);
        admins += o->role == ROLE_ADMIN && !o->retired;
    }
    return who && who->role == ROLE_ADMIN && !who->retired && admins == 1;
}

static uint16_t next_officer_number(const struct office *office)
{
    uint16_t highest = 0;
    for (size_t i = 0; i < office_officer_count(office); i++)
        if (office_officer(office, i)->number > highest)
            highest = office_officer(office, i)->number;
    return (uint16_t)(highest + 1);
}

struct outcome decide_officer_put(struct desk *d)
{
    const struct officer *from = &d->command->officer;
    struct event *e = desk_event(d, EVENT_OFFICER_PUT);
    struct officer *to = &e->officer;
    to->role = from->role;
    const struct desk_texts texts[] = {
        {from->login, {.label = T_label_login, .required = true}, &to->login},
        {from->name, {.label = T_label_officer_name, .required = true}, &to->name},
        {from->unit, {.label = T_label_unit}, &to->unit},
        {from->title, {.label = T_label_title}, &to->title},
    };
    struct outcome o = desk_take(d, texts, sizeof texts / sizeof *texts);
    if (outcome_ok(&o))
        o = check_login(to->login);
    if (!outcome_ok(&o))
        return o;
    const struct officer *known = office_find_officer(d->office, to->login);
    to->number = known ? known->number : next_officer_number(d->office);
    if (to->role != ROLE_ADMIN && is_last_admin(d, known)) {
        o = outcome_of(KIND_last_admin);
        outcome_text(&o, to->login);
    }
    return o;
}

static uint16_t field_number(const struct office *office, struct str field)
{
    uint16_t known = office_field_number(office, field);
    return known ? known : (uint16_t)(office_field_count(office) + 1);
}

struct outcome decide_procedure_put(struct desk *d)
{
    const struct procedure *from = &d->command->procedure;
    struct event *e = desk_event(d, EVENT_PROCEDURE_PUT);
    struct procedure *to = &e->procedure;
    *to = *from;
    const struct desk_texts texts[] = {
        {from->code, {.label = T_label_procedure_code, .required = true}, &to->code},
        {from->kase, {.label = T_label_case}, &to->kase},
        {from->name, {.label = T_label_procedure, .required = true}, &to->name},
        {from->field, {.label = T_label_field, .required = true}, &to->field},
    };
    struct outcome o = desk_take(d, texts, sizeof texts / sizeof *texts);
    if (!outcome_ok(&o))
        return o;
    const struct procedure *known = office_find_case(d->office, to->code, to->kase);
    to->number = known ? known->number : (uint16_t)(office_procedure_highest(d->office) + 1);
    to->field_number = field_number(d->office, to->field);
    return o;
}

struct outcome decide_day_put(struct desk *d)
{
    const struct office_day *from = &d->command->day;
    struct event *e = desk_event(d, EVENT_DAY_PUT);
    e->day = *from;
    const struct desk_texts texts[] = {
        {from->name, {.label = T_label_day_name, .required = true}, &e->day.name},
        {from->document, {.label = T_label_document}, &e->day.document},
    };
    return desk_take(d, texts, sizeof texts / sizeof *texts);
}

struct outcome decide_years_known(struct desk *d)
{
    desk_event(d, EVENT_YEARS_KNOWN)->known = d->command->known;
    return OUTCOME_DONE;
}
