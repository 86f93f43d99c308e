#include "tui/office_form.h"

#include "core/text.h"
#include "core/words.h"
#include "tui/office_words.h"
#include "tui/typed.h"

/* ---- the forms ---- */

#define OFFERED .kind = ITEM_CHOICE, .choices = 3, .choice = {T_tui_unknown_yet, T_core_no, T_core_yes}

static const struct form_item procedure_items[P_COUNT] = {
    [P_CODE] = {.label = T_tui_field_code,
                .hint = T_tui_type_code,
                .fault = T_label_procedure_code,
                .required = true,
                .max = 60},
    [P_CASE] = {.label = T_tui_field_case, .hint = T_tui_type_case, .fault = T_label_case, .max = 20},
    [P_NAME] = {.label = T_tui_field_name, .fault = T_label_procedure, .required = true},
    [P_FIELD] = {.kind = ITEM_PICK,
                 .label = T_tui_field_field,
                 .hint = T_tui_type_field,
                 .fault = T_label_field,
                 .required = true},
    [P_LIMIT] = {.label = T_tui_field_limit,
                 .hint = T_tui_type_catalogue_limit,
                 .fault = T_label_limit,
                 .max = 60},
    [P_CUTOFF] = {.label = T_tui_field_cutoff, .max = 20},
    [P_FEE] = {.label = T_tui_field_catalogue_fee,
               .hint = T_tui_type_catalogue_fee,
               .fault = T_label_fee,
               .max = 20},
    [P_CLOCK] = {.kind = ITEM_CHOICE,
                 .label = T_tui_field_clock,
                 .choices = 3,
                 .choice = {T_tui_clock_setting, T_tui_clock_end, T_tui_clock_hour}},
    [P_ONLINE] = {OFFERED, .label = T_tui_field_online},
    [P_POSTAL] = {OFFERED, .label = T_tui_field_postal},
};

static const struct form_item officer_items[O_COUNT] = {
    [O_LOGIN] = {.label = T_tui_field_login,
                 .hint = T_tui_type_login,
                 .fault = T_label_login,
                 .required = true,
                 .max = 80},
    [O_NAME] = {.label = T_tui_field_full_name, .fault = T_label_officer_name, .required = true},
    [O_ROLE] = {.kind = ITEM_CHOICE,
                .label = T_tui_field_role,
                .choices = 4,
                .choice = {T_tui_role_officer, T_tui_role_specialist, T_tui_role_chief, T_tui_role_admin}},
    [O_UNIT] = {.label = T_tui_field_unit, .fault = T_label_unit},
    [O_TITLE] = {.label = T_tui_field_title, .fault = T_label_title},
};

static const struct form_item day_items[D_COUNT] = {
    [D_KIND] = {.kind = ITEM_CHOICE,
                .label = T_tui_field_day_kind,
                .choices = 3,
                .choice = {T_core_day_off, T_core_day_worked, T_core_day_closed}},
    [D_DATE] = {.label = T_tui_field_date, .hint = T_tui_type_date, .required = true, .max = 40},
    [D_TO] = {.label = T_tui_field_date_to, .hint = T_tui_type_date_to, .max = 40},
    [D_NAME] = {.label = T_tui_field_day_name,
                .hint = T_tui_type_day_name,
                .fault = T_label_day_name,
                .required = true},
    [D_DOCUMENT] = {.label = T_tui_field_document, .hint = T_tui_type_document, .fault = T_label_document},
};

static const struct form_item hours_items[H_COUNT] = {
    [H_HOURS] = {.label = T_tui_field_hours, .hint = T_tui_type_hours, .required = true, .max = 80},
    [H_WEEKDAYS] = {.label = T_tui_field_weekdays, .hint = T_tui_type_weekdays, .required = true, .max = 60},
    [H_FROM] = {.label = T_tui_field_from, .hint = T_tui_type_date, .required = true, .max = 40},
};

static const struct form_item setting_items[S_COUNT] = {
    [S_VALUE] = {.label = T_tui_field_value, .hint = T_tui_type_value_default},
};

static void begin(struct office_form *f, enum office_form_kind kind, enum lang lang, bool adding,
                  const struct form_item *items, int n)
{
    *f = (struct office_form){.kind = kind, .lang = lang, .adding = adding};
    form_init(&f->form, items, n);
}

void office_form_release(struct office_form *f)
{
    form_release(&f->form);
    buf_release(&f->code);
    buf_release(&f->kase);
    buf_release(&f->example);
    buf_release(&f->value);
}

static void begin_limit(struct office_form *f, const struct limit *limit)
{
    struct buf text = BUF_INIT;
    typed_limit_write(&text, f->lang, limit);
    form_begin_text(&f->form, P_LIMIT, buf_str(&text));
    buf_release(&text);
    char hour[CIVIL_TEXT];
    if (limit->kind == LIMIT_SAME_DAY && limit->cutoff != LIMIT_NO_CUTOFF)
        form_begin_text(&f->form, P_CUTOFF, str_of(civil_hm(hour, limit->cutoff)));
}

static void begin_procedure(struct office_form *f, enum lang lang, const struct procedure *p, int cutoff)
{
    char hour[CIVIL_TEXT];
    begin(f, OFFICE_FORM_PROCEDURE, lang, !p, procedure_items, P_COUNT);
    LANG_SAY(&f->example, lang, T_tui_type_cutoff, str_of(civil_hm(hour, cutoff)));
    f->form.item[P_CUTOFF].example = buf_str(&f->example);
    if (p) {
        form_begin_text(&f->form, P_NAME, p->name);
        form_begin_text(&f->form, P_FIELD, p->field);
        begin_limit(f, &p->limit);
        struct buf fee = BUF_INIT;
        office_money(&fee, LANG_VI, p->fee);
        if (p->fee >= 0)
            form_begin_text(&f->form, P_FEE, buf_str(&fee));
        buf_release(&fee);
        form_begin_with(&f->form, P_CLOCK, (int)p->clock);
        form_begin_with(&f->form, P_ONLINE, p->online + 1);
        form_begin_with(&f->form, P_POSTAL, p->postal + 1);
    }
    office_form_adapt(f);
}

void office_form_procedure(struct office_form *f, enum lang lang, const struct procedure *p, int cutoff)
{
    begin_procedure(f, lang, p, cutoff);
    if (!p)
        return;
    buf_add_str(&f->code, p->code);
    buf_add_str(&f->kase, p->kase);
    f->gone = p->retired;
    form_hide(&f->form, P_CODE, true);
    form_hide(&f->form, P_CASE, true);
}

void office_form_case(struct office_form *f, enum lang lang, const struct procedure *p, int cutoff)
{
    begin_procedure(f, lang, p, cutoff);
    f->adding = f->as_case = true;
    buf_add_str(&f->code, p->code);
    form_hide(&f->form, P_CODE, true);
    f->form.item[P_CASE].required = true;
    f->form.item[P_CASE].hint = T_tui_type_new_case;
    form_focus(&f->form, P_CASE);
}

void office_form_officer(struct office_form *f, enum lang lang, const struct officer *o)
{
    begin(f, OFFICE_FORM_OFFICER, lang, !o, officer_items, O_COUNT);
    if (!o)
        return;
    buf_add_str(&f->code, o->login);
    f->gone = o->retired;
    form_begin_text(&f->form, O_NAME, o->name);
    form_begin_text(&f->form, O_UNIT, o->unit);
    form_begin_text(&f->form, O_TITLE, o->title);
    form_begin_with(&f->form, O_ROLE, (int)o->role - ROLE_OFFICER);
    form_hide(&f->form, O_LOGIN, true);
}

void office_form_day(struct office_form *f, enum lang lang, const struct office_day *d)
{
    begin(f, OFFICE_FORM_DAY, lang, !d || d->kind == DAY_COMPUTED, day_items, D_COUNT);
    if (!d)
        return;
    f->day = d->day;
    struct buf date = BUF_INIT;
    lang_date(&date, lang, d->day);
    form_begin_text(&f->form, D_DATE, buf_str(&date));
    buf_release(&date);
    form_begin_text(&f->form, D_NAME, d->name);
    form_begin_text(&f->form, D_DOCUMENT, d->document);
    form_begin_with(&f->form, D_KIND, d->kind == DAY_COMPUTED ? 0 : (int)d->kind - DAY_OFF);
    form_hide(&f->form, D_TO, true);
    form_hide(&f->form, D_DATE, !f->adding);
}

void office_form_hours(struct office_form *f, enum lang lang, const struct office_hours *h)
{
    struct buf spans = BUF_INIT, weekdays = BUF_INIT;
    begin(f, OFFICE_FORM_HOURS, lang, true, hours_items, H_COUNT);
    office_spans(&spans, h);
    office_weekdays(&weekdays, lang, h->weekdays);
    form_begin_text(&f->form, H_HOURS, buf_str(&spans));
    form_begin_text(&f->form, H_WEEKDAYS, buf_str(&weekdays));
    buf_release(&spans);
    buf_release(&weekdays);
}

void office_form_setting(struct office_form *f, enum lang lang, const struct book_setting *s)
{
    begin(f, OFFICE_FORM_SETTING, lang, false, setting_items, S_COUNT);
    buf_add_str(&f->code, s->key);
    f->setting = settings_find(s->key);
    if (setting_is_word(settings_type(f->setting)))
        f->form.item[S_VALUE].kind = ITEM_PICK;
    enum setting_type type = settings_type(f->setting);
    if (s->value.n && (setting_is_word(type) || type == SETTING_DATE)) {
        struct buf called = BUF_INIT;
        office_value(&called, lang, s->value);
        form_begin_text(&f->form, S_VALUE, buf_str(&called));
        buf_release(&called);
    } else
        form_begin_text(&f->form, S_VALUE, s->value);
    office_form_adapt(f);
}

/* ---- about a form ---- */

enum text_id office_form_title(const struct office_form *f)
{
    switch (f->kind) {
    case OFFICE_FORM_PROCEDURE:
        if (f->as_case)
            return T_tui_title_case_add;
        return f->adding ? T_tui_title_procedure_add : T_tui_title_procedure_edit;
    case OFFICE_FORM_OFFICER: return f->adding ? T_tui_title_officer_add : T_tui_title_officer_edit;
    case OFFICE_FORM_DAY: return f->adding ? T_tui_title_day_add : T_tui_title_day_edit;
    case OFFICE_FORM_HOURS: return T_tui_title_hours;
    default: return T_tui_title_setting;
    }
}

enum text_id office_form_explain(const struct office_form *f)
{
    static const enum text_id texts[] = {
        [OFFICE_FORM_PROCEDURE] = T_tui_explain_procedure,
        [OFFICE_FORM_OFFICER] = T_tui_explain_officer,
        [OFFICE_FORM_DAY] = T_tui_explain_day,
        [OFFICE_FORM_HOURS] = T_tui_explain_hours,
        [OFFICE_FORM_SETTING] = T_nothing,
    };
    return texts[f->kind];
}

void office_form_adapt(struct office_form *f)
{
    struct limit limit;
    if (f->kind == OFFICE_FORM_SETTING) {
        buf_reset(&f->value);
        office_setting_read(&f->value, f->setting, form_text(&f->form, S_VALUE));
    }
    if (f->kind != OFFICE_FORM_PROCEDURE)
        return;
    bool same_day = typed_limit(form_text(&f->form, P_LIMIT), &limit) && limit.kind == LIMIT_SAME_DAY;
    form_hide(&f->form, P_CUTOFF, !same_day);
}

void office_form_focus(struct office_form *f, const struct outcome *o)
{
    if (form_focus_fault(&f->form, o))
        return;
    switch (o->kind) {
    case KIND_bad_login: form_focus(&f->form, O_LOGIN); break;
    case KIND_last_admin: form_focus(&f->form, O_ROLE); break;
    case KIND_day_recorded:
    case KIND_day_is_working: form_focus(&f->form, D_DATE); break;
    default: break;
    }
}

static bool is_blank(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != ' ')
            return false;
    return true;
}

/* ---- before it is saved ---- */

bool office_form_untouched(const struct office_form *f)
{
    return !f->adding && !f->gone && !form_dirty(&f->form);
}

bool office_form_is_taken(const struct office_form *f, const struct office *office, struct buf *name)
{
    const struct procedure *p = NULL;
    const struct officer *o = NULL;
    struct str kase = form_text(&f->form, P_CASE);
    if (!f->adding)
        return false;
    if (f->kind == OFFICE_FORM_PROCEDURE && !(f->as_case && is_blank(kase)))
        p = office_find_case(office, f->as_case ? buf_str(&f->code) : form_text(&f->form, P_CODE),
                             is_blank(kase) ? STR_NONE : kase);
    else if (f->kind == OFFICE_FORM_OFFICER)
        o = office_find_officer(office, form_text(&f->form, O_LOGIN));
    buf_add_str(name, p ? p->name : o ? o->name : STR_NONE);
    return p || o;
}

/* ---- from typing to commands ---- */

struct fault {
    int item;
    enum text_id wrong;
};
#define FINE ((struct fault){-1, T_nothing})

#define MOST_MONEY INT64_C(1000000000000)

/* A whole number of VND, dots and blanks between thousands allowed; -1 where nothing was typed. */
static bool read_money(struct str s, int64_t *out)
{
    int64_t value = 0;
    bool any = false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '.' || s.p[i] == ',' || s.p[i] == ' ')
            continue;
        if (s.p[i] < '0' || s.p[i] > '9' || value > MOST_MONEY)
            return false;
        value = value * 10 + (s.p[i] - '0');
        any = true;
    }
    *out = any ? value : -1;
    return any ? value <= MOST_MONEY : is_blank(s);
}

static bool read_date(struct str text, civil_day today, civil_day *out)
{
    struct typed_time t;
    if (!typed_time(text, today, &t) || t.minute_of_day >= 0)
        return false;
    *out = t.day;
    return true;
}

static bool read_limit(const struct form *f, civil_day today, struct limit *out, struct fault *fault)
{
    struct typed_time t;
    *out = (struct limit){.kind = LIMIT_NONE, .cutoff = LIMIT_NO_CUTOFF};
    *fault = (struct fault){P_LIMIT, T_tui_bad_limit};
    if (is_blank(form_text(f, P_LIMIT)))
        return true;
    if (!typed_limit(form_text(f, P_LIMIT), out))
        return false;
    struct str cutoff = form_text(f, P_CUTOFF);
    if (out->kind != LIMIT_SAME_DAY || is_blank(cutoff))
        return true;
    *fault = (struct fault){P_CUTOFF, T_tui_bad_cutoff};
    if (!typed_time(cutoff, today, &t) || t.day != today || t.minute_of_day < 0)
        return false;
    out->cutoff = t.minute_of_day;
    return true;
}

static struct fault read_procedure(const struct office_form *f, civil_day today, struct procedure *out)
{
    const struct form *form = &f->form;
    struct fault fault;
    *out = (struct procedure){
        .code = f->adding && !f->as_case ? form_text(form, P_CODE) : buf_str(&f->code),
        .kase = f->adding ? form_text(form, P_CASE) : buf_str(&f->kase),
        .name = form_text(form, P_NAME),
        .field = form_text(form, P_FIELD),
        .clock = (enum due_clock)form->item[P_CLOCK].chosen,
        .online = (int8_t)(form->item[P_ONLINE].chosen - 1),
        .postal = (int8_t)(form->item[P_POSTAL].chosen - 1),
    };
    if (is_blank(out->kase))
        out->kase = STR_NONE;
    if (f->as_case && !out->kase.n)
        return (struct fault){P_CASE, T_tui_bad_case};
    if (!read_limit(form, today, &out->limit, &fault))
        return fault;
    if (!read_money(form_text(form, P_FEE), &out->fee))
        return (struct fault){P_FEE, T_tui_bad_number};
    return FINE;
}

static struct fault read_days(const struct office_form *f, civil_day today, civil_day *from, civil_day *to)
{
    *from = *to = f->day;
    if (!f->adding)
        return FINE;
    if (!read_date(form_text(&f->form, D_DATE), today, from))
        return (struct fault){D_DATE, T_tui_bad_date};
    *to = *from;
    if (f->form.item[D_TO].hidden || is_blank(form_text(&f->form, D_TO)))
        return FINE;
    if (!read_date(form_text(&f->form, D_TO), today, to))
        return (struct fault){D_TO, T_tui_bad_date};
    return *to < *from || *to - *from >= OFFICE_FORM_DAYS ? (struct fault){D_TO, T_tui_bad_date_to} : FINE;
}

static struct fault read_hours(const struct form *f, civil_day today, struct office_hours *out)
{
    *out = (struct office_hours){0};
    if (!office_spans_parse(form_text(f, H_HOURS), out))
        return (struct fault){H_HOURS, T_tui_bad_hours};
    if (!office_weekdays_parse(form_text(f, H_WEEKDAYS), &out->weekdays))
        return (struct fault){H_WEEKDAYS, T_tui_bad_weekdays};
    if (!read_date(form_text(f, H_FROM), today, &out->from))
        return (struct fault){H_FROM, T_tui_bad_date};
    return FINE;
}

static struct fault add_days(const struct office_form *f, civil_day today, struct command *out, size_t *n)
{
    civil_day from, to;
    struct fault fault = read_days(f, today, &from, &to);
    if (fault.item >= 0)
        return fault;
    *n = 0;
    for (civil_day day = from; day <= to; day++)
        out[(*n)++] = (struct command){
            .kind = COMMAND_DAY_PUT,
            .at = NO_TIME,
            .day = {.day = day,
                    .kind = (enum day_kind)(DAY_OFF + f->form.item[D_KIND].chosen),
                    .name = form_text(&f->form, D_NAME),
                    .document = form_text(&f->form, D_DOCUMENT)},
        };
    return FINE;
}

bool office_form_commands(const struct office_form *f, civil_day today, struct command out[OFFICE_FORM_DAYS],
                          size_t *n, int *item, enum text_id *wrong)
{
    struct fault fault = FINE;
    *n = 1;
    *out = (struct command){.at = NO_TIME};
    switch (f->kind) {
    case OFFICE_FORM_PROCEDURE:
        out->kind = COMMAND_PROCEDURE_PUT;
        fault = read_procedure(f, today, &out->procedure);
        break;
    case OFFICE_FORM_OFFICER:
        out->kind = COMMAND_OFFICER_PUT;
        out->officer = (struct officer){
            .login = f->adding ? form_text(&f->form, O_LOGIN) : buf_str(&f->code),
            .name = form_text(&f->form, O_NAME),
            .unit = form_text(&f->form, O_UNIT),
            .title = form_text(&f->form, O_TITLE),
            .role = (enum role)(ROLE_OFFICER + f->form.item[O_ROLE].chosen),
        };
        break;
    case OFFICE_FORM_DAY: fault = add_days(f, today, out, n); break;
    case OFFICE_FORM_HOURS:
        out->kind = COMMAND_HOURS_PUT;
        fault = read_hours(&f->form, today, &out->hours);
        break;
    default:
        out->kind = COMMAND_SETTING_PUT;
        out->setting.key = buf_str(&f->code);
        out->setting.value = is_blank(form_text(&f->form, S_VALUE)) ? STR_NONE : buf_str(&f->value);
    }
    *item = fault.item;
    *wrong = fault.wrong;
    return fault.item < 0;
}

void office_form_key(const struct office_form *f, civil_day today, struct buf *out)
{
    civil_day from, to;
    char date[CIVIL_TEXT];
    struct procedure p;
    buf_reset(out);
    switch (f->kind) {
    case OFFICE_FORM_PROCEDURE:
        read_procedure(f, today, &p);
        office_book_code(out, p.code, p.kase);
        break;
    case OFFICE_FORM_OFFICER:
        buf_add_str(out, f->adding ? form_text(&f->form, O_LOGIN) : buf_str(&f->code));
        break;
    case OFFICE_FORM_DAY:
        if (read_days(f, today, &from, &to).item < 0)
            buf_add_z(out, civil_iso_date(date, from));
        break;
    case OFFICE_FORM_HOURS: break;
    default: buf_add_str(out, buf_str(&f->code));
    }
}
