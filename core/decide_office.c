/* The office's own book: who it is, its people, its settings. */
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

static uint16_t highest_officer_number(const struct office *office)
{
    uint16_t highest = 0;
    for (size_t i = 0; i < office_officer_count(office); i++)
        if (office_officer(office, i)->number > highest)
            highest = office_officer(office, i)->number;
    return highest;
}

static struct outcome refuse_named(enum outcome_kind kind, struct str name)
{
    struct outcome o = outcome_of(kind);
    outcome_text(&o, name);
    return o;
}

static bool officers_alike(const struct officer *a, const struct officer *b)
{
    return a->role == b->role && a->retired == b->retired && str_eq(a->login, b->login) &&
           str_eq(a->name, b->name) && str_eq(a->unit, b->unit) && str_eq(a->title, b->title);
}

/* Who is put again comes back, if retired, with the number of old. Nothing new: nothing is written. */
struct outcome decide_officer_put(struct desk *d)
{
    const struct officer *from = &d->command->officer;
    struct officer to = {.role = from->role};
    const struct desk_texts texts[] = {
        {from->login, {.label = T_label_login, .required = true}, &to.login},
        {from->name, {.label = T_label_officer_name, .required = true}, &to.name},
        {from->unit, {.label = T_label_unit}, &to.unit},
        {from->title, {.label = T_label_title}, &to.title},
    };
    struct outcome o = desk_take(d, texts, sizeof texts / sizeof *texts);
    if (outcome_ok(&o))
        o = check_login(to.login);
    if (!outcome_ok(&o))
        return o;
    if (from->role < ROLE_OFFICER || from->role > ROLE_ADMIN)
        return desk_bad_value(T_label_role, STR_NONE, T_label_give_role);
    const struct officer *known = office_find_officer(d->office, to.login);
    if (to.role != ROLE_ADMIN && is_last_admin(d, known))
        return refuse_named(KIND_last_admin, to.login);
    if (known)
        to.number = known->number;
    else
        o = desk_next_number(highest_officer_number(d->office), T_label_officers, &to.number);
    if (outcome_ok(&o) && !(known && officers_alike(known, &to)))
        desk_event(d, EVENT_OFFICER_PUT)->officer = to;
    return o;
}

/* Work in hand is handed on first. */
static struct outcome check_holds_nothing(const struct desk *d, struct str login)
{
    const struct circumstances *c = d->circumstances;
    if (!c->held)
        return OUTCOME_DONE;
    struct outcome o = refuse_named(KIND_holds_dossiers, login);
    struct buf codes = BUF_INIT;
    for (size_t i = 0; i < HELD_NAMED && i < c->held; i++) {
        buf_add_z(&codes, i ? ", " : "");
        buf_add_str(&codes, c->held_code[i]);
    }
    buf_add_z(&codes, c->held > HELD_NAMED ? ", …" : "");
    outcome_number(&o, (int64_t)c->held);
    outcome_text(&o, buf_str(&codes));
    buf_release(&codes);
    return o;
}

struct outcome decide_officer_retire(struct desk *d)
{
    const struct officer *who;
    struct outcome o = desk_find_officer(d, d->command->retired, &who);
    if (o.kind == KIND_retired)
        return desk_refuse_retired(who->login, T_label_retired_officer_already);
    if (!outcome_ok(&o))
        return o;
    if (is_last_admin(d, who))
        return refuse_named(KIND_last_admin, who->login);
    o = check_holds_nothing(d, who->login);
    if (!outcome_ok(&o))
        return o;
    struct officer *to = &desk_event(d, EVENT_OFFICER_PUT)->officer;
    *to = *who;
    to->retired = true;
    return OUTCOME_DONE;
}

/* ---- settings ---- */

/* The event keeps what was read, written as it is shown; an absent value is the default again. *stands says
 * that it is set so already. */
static struct outcome read_setting(struct desk *d, size_t i, struct str value, struct str *out, bool *stands)
{
    struct settings settings = *d->settings;
    struct buf text = BUF_INIT, was = BUF_INIT;
    struct outcome o = OUTCOME_DONE;
    if (settings_put(&settings, &d->out->text, i, value)) {
        settings_format(&text, &settings, i);
        settings_format(&was, d->settings, i);
        *stands = str_eq(buf_str(&text), buf_str(&was));
        *out = value.n ? arena_str(&d->out->text, buf_str(&text)) : STR_NONE;
    } else {
        o = outcome_of(KIND_bad_setting);
        outcome_text(&o, str_of(settings_key(i)));
        outcome_text(&o, value);
        settings_allowed(&text, i);
        if (str_starts(str_of(settings_key(i)), STR("form.")))
            outcome_label(&o, T_label_give_form);
        else
            outcome_text(&o, buf_str(&text));
    }
    if (text.failed || was.failed)
        o = outcome_of(KIND_out_of_memory);
    buf_release(&text);
    buf_release(&was);
    return o;
}

/* No value is the default again; blanks alone are a slip. What stands already is not written again. */
struct outcome decide_setting_put(struct desk *d)
{
    struct str given = d->command->setting.value, value;
    size_t i = settings_find(d->command->setting.key);
    if (i == settings_count())
        return refuse_named(KIND_unknown_setting, d->command->setting.key);
    struct text_rule rule = {.label = settings_meaning(i), .required = given.n > 0};
    struct outcome o = desk_text(d, given, rule, &value);
    bool stands = false;
    if (outcome_ok(&o))
        o = read_setting(d, i, value, &value, &stands);
    if (!outcome_ok(&o) || stands)
        return o;
    struct event *e = desk_event(d, EVENT_SETTING_PUT);
    e->setting.key = str_of(settings_key(i));
    e->setting.value = value;
    return o;
}
