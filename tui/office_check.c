#include "tui/office_check.h"

#include "core/words.h"
#include "tui/office_words.h"
#include <pwd.h>

/* The command that would be made, and what is wrong with it. */
struct reading {
    struct command command[OFFICE_FORM_DAYS];
    size_t n;
    int item; /* -1: it is fine */
    enum text_id wrong;
};

static void read_form(struct reading *r, const struct office_form *f, civil_day today)
{
    office_form_commands(f, today, r->command, &r->n, &r->item, &r->wrong);
}

static bool is_blank(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != ' ')
            return false;
    return true;
}

/* Something is wrong in a field that was left: who still types there is not disturbed. */
static bool say_wrong(const struct reading *r, const struct office_form *f, struct buf *out)
{
    bool typing =
        r->item == f->form.focus && r->wrong != T_tui_bad_date_to; /* two whole dates: no more to come */
    if (r->item < 0 || typing || is_blank(form_text(&f->form, r->item)))
        return false;
    struct buf most = BUF_INIT;
    buf_add_int(&most, OFFICE_FORM_DAYS);
    LANG_SAY(out, f->lang, r->wrong, buf_str(&most));
    buf_release(&most);
    return true;
}

static bool check_procedure(const struct office_form *f, const struct reading *r, const struct office *office,
                            struct buf *out)
{
    const struct procedure *p = &r->command[0].procedure;
    const struct procedure *known = is_blank(p->code) ? NULL : office_find_case(office, p->code, p->kase);
    struct buf name = BUF_INIT;
    if (office_form_is_taken(f, office, &name))
        LANG_SAY(out, f->lang, f->as_case ? T_tui_check_known_case : T_tui_check_known_procedure,
                 buf_str(&name));
    else if (!say_wrong(r, f, out) && known && known->retired)
        buf_add_z(out, lang_text(f->lang, T_tui_check_retired));
    else if (!out->n && is_blank(form_text(&f->form, P_LIMIT)) && f->form.focus >= P_LIMIT)
        buf_add_z(out, lang_text(f->lang, T_tui_check_limit_none));
    buf_release(&name);
    return !out->n;
}

static bool has_account(struct office_check *k, struct str login)
{
    if (!str_eq(buf_str(&k->login), login)) {
        buf_reset(&k->login);
        buf_add_str(&k->login, login);
        k->has_account = k->login.failed || !k->login.p || getpwnam(k->login.p) != NULL;
    }
    return k->has_account;
}

static bool check_officer(struct office_check *k, const struct office_form *f, const struct office *office,
                          struct buf *out)
{
    struct str login = f->adding ? form_text(&f->form, O_LOGIN) : buf_str(&f->code);
    const struct officer *known = login.n ? office_find_officer(office, login) : NULL;
    if (known && f->adding)
        LANG_SAY(out, f->lang, T_tui_check_known_officer, known->name);
    else if (f->form.focus == O_ROLE) {
        enum role role = (enum role)(ROLE_OFFICER + f->form.item[O_ROLE].chosen);
        buf_add_z(out, lang_text(f->lang, office_role_text(role)));
        return true;
    } else if (f->adding && login.n && f->form.focus != O_LOGIN && !has_account(k, login))
        LANG_SAY(out, f->lang, T_tui_check_no_account, login);
    else if (known && known->retired)
        buf_add_z(out, lang_text(f->lang, T_tui_check_retired));
    return !out->n;
}

static void add_day(struct buf *out, enum lang lang, civil_day day)
{
    buf_add_z(out, lang_weekday(lang, civil_weekday(day)));
    buf_add_char(out, ' ');
    lang_date(out, lang, day);
}

/* "Thứ Ba 24/11/2026 hiện là ngày nghỉ (Ngày Văn hóa Việt Nam)" */
static void say_day(struct buf *out, enum lang lang, const struct calendar *calendar, civil_day day)
{
    struct buf date = BUF_INIT, is = BUF_INIT;
    struct day_info info = calendar_day(calendar, day);
    add_day(&date, lang, day);
    if (info.kind) {
        enum day_kind kind = info.computed ? DAY_COMPUTED : info.kind;
        buf_add_z(&is, words_day_kind(lang, kind));
        buf_add_z(&is, " (");
        buf_add_str(&is, info.name);
        buf_add_char(&is, ')');
    } else
        buf_add_z(&is, lang_text(lang, info.working ? T_tui_check_working_day : T_tui_check_weekend));
    LANG_SAY(out, lang, T_tui_check_day, buf_str(&date), buf_str(&is));
    buf_release(&date);
    buf_release(&is);
}

static bool check_day(const struct office_form *f, const struct reading *r, const struct office *office,
                      struct buf *out)
{
    if (r->item >= 0)
        return !say_wrong(r, f, out);
    civil_day from = r->command[0].day.day, to = r->command[r->n - 1].day.day;
    if (from == to) {
        say_day(out, f->lang, office_calendar(office), from);
        return true;
    }
    struct buf first = BUF_INIT, last = BUF_INIT, days = BUF_INIT;
    add_day(&first, f->lang, from);
    add_day(&last, f->lang, to);
    buf_add_int(&days, to - from + 1);
    LANG_SAY(out, f->lang, T_tui_check_days, buf_str(&first), buf_str(&last), buf_str(&days));
    buf_release(&first);
    buf_release(&last);
    buf_release(&days);
    return true;
}

static bool check_hours(const struct office_form *f, const struct reading *r, struct buf *out)
{
    if (r->item >= 0 && say_wrong(r, f, out))
        return false;
    if (r->item == H_HOURS || r->item == H_WEEKDAYS)
        return true;
    struct buf hours = BUF_INIT, minutes = BUF_INIT, length = BUF_INIT;
    int total = hours_total(&r->command[0].hours);
    buf_add_int(&hours, total / 60);
    buf_add_int(&minutes, total % 60);
    LANG_SAY(&length, f->lang, total % 60 ? T_tui_check_hours_minutes : T_tui_check_hours_whole,
             buf_str(&hours), buf_str(&minutes));
    LANG_SAY(out, f->lang, T_tui_check_hours, buf_str(&length));
    buf_release(&hours);
    buf_release(&minutes);
    buf_release(&length);
    return true;
}

static bool check_setting(const struct office_form *f, struct buf *out)
{
    struct settings s = settings_default();
    struct arena arena = ARENA_INIT;
    struct str value = buf_str(&f->value);
    bool fine = is_blank(value) || settings_put(&s, &arena, f->setting, value);
    struct buf allowed = BUF_INIT;
    office_allowed(&allowed, f->lang, f->setting);
    if (!fine)
        LANG_SAY(out, f->lang, T_tui_check_setting, buf_str(&allowed));
    buf_release(&allowed);
    arena_release(&arena);
    return fine;
}

void office_check_release(struct office_check *k)
{
    buf_release(&k->login);
}

bool office_check_say(struct office_check *k, const struct office_form *f, const struct office *office,
                      civil_day today, struct buf *out)
{
    struct reading r;
    read_form(&r, f, today);
    switch (f->kind) {
    case OFFICE_FORM_PROCEDURE: return check_procedure(f, &r, office, out);
    case OFFICE_FORM_OFFICER: return check_officer(k, f, office, out);
    case OFFICE_FORM_DAY: return check_day(f, &r, office, out);
    case OFFICE_FORM_HOURS: return check_hours(f, &r, out);
    default: return check_setting(f, out);
    }
}
