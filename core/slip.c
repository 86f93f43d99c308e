#include "core/slip.h"

static const char *const names[SLIP_KINDS] = {
    [SLIP_RECEIPT] = "receipt",   [SLIP_SUPPLEMENT] = "supplement",
    [SLIP_REFUSAL] = "refusal",   [SLIP_APOLOGY] = "apology",
    [SLIP_STOP] = "stop",         [SLIP_CONTROL] = "control",
    [SLIP_REGISTER] = "register",
};

const char *slip_name(enum slip slip)
{
    return names[slip];
}

bool slip_parse(struct str name, enum slip *out)
{
    for (enum slip slip = SLIP_RECEIPT; slip < SLIP_KINDS; slip++)
        if (str_eq(name, str_of(names[slip]))) {
            *out = slip;
            return true;
        }
    return false;
}

enum text_id slip_word(enum slip slip)
{
    static const enum text_id words[SLIP_KINDS] = {
        [SLIP_RECEIPT] = T_forms_slip_receipt,   [SLIP_SUPPLEMENT] = T_forms_slip_supplement,
        [SLIP_REFUSAL] = T_forms_slip_refusal,   [SLIP_APOLOGY] = T_forms_slip_apology,
        [SLIP_STOP] = T_forms_slip_stop,         [SLIP_CONTROL] = T_forms_slip_control,
        [SLIP_REGISTER] = T_forms_slip_register,
    };
    return words[slip];
}

/* ---- the two sets ---- */

static bool is_new_set(const struct office *office, civil_day received)
{
    return received >= office_settings(office)->forms_from;
}

static struct form_names of_set(const struct forms_of_year *set, enum slip slip)
{
    switch (slip) {
    case SLIP_RECEIPT: return set->receipt;
    case SLIP_SUPPLEMENT: return set->supplement;
    case SLIP_REFUSAL: return set->refusal;
    case SLIP_APOLOGY: return set->apology;
    case SLIP_STOP: return set->stop;
    case SLIP_CONTROL: return set->control;
    case SLIP_REGISTER: return set->register_;
    case SLIP_KINDS: break;
    }
    return (struct form_names){.title = STR_NONE};
}

static struct form_names of_day(const struct settings *settings, bool new_set, enum slip slip)
{
    return of_set(new_set ? &settings->forms_2025 : &settings->forms_2018, slip);
}

struct slip_form slip_form(const struct office *office, enum slip slip, civil_day received)
{
    struct form_names form = of_day(office_settings(office), is_new_set(office, received), slip);
    return (struct slip_form){form.number, form.title, form.symbol};
}

static enum text_id title_of(enum slip slip, bool new_set)
{
    switch (slip) {
    case SLIP_RECEIPT: return T_forms_title_receipt;
    case SLIP_SUPPLEMENT: return T_forms_title_supplement;
    case SLIP_REFUSAL: return T_forms_title_refusal;
    case SLIP_APOLOGY: return new_set ? T_forms_title_apology_2025 : T_forms_title_apology_2018;
    case SLIP_STOP: return T_forms_title_stop;
    case SLIP_CONTROL: return T_forms_title_control;
    case SLIP_REGISTER: return T_forms_title_register;
    case SLIP_KINDS: break;
    }
    return T_nothing;
}

struct slip_form slip_form_in(const struct office *office, enum slip slip, civil_day received, enum lang lang)
{
    struct slip_form form = slip_form(office, slip, received);
    bool new_set = is_new_set(office, received);
    struct settings usual = settings_default();
    if (form.title.n && str_eq(form.title, of_day(&usual, new_set, slip).title))
        form.title = str_of(lang_text(lang, title_of(slip, new_set)));
    return form;
}

struct yearly_number slip_number(enum slip slip, const struct dossier *d)
{
    switch (slip) {
    case SLIP_RECEIPT:
    case SLIP_CONTROL: return d->in_register;
    case SLIP_SUPPLEMENT: return d->supplement_slip;
    case SLIP_REFUSAL:
        if (d->facts.ended_how == ENDED_REFUSED)
            return d->end_slip;
        break;
    case SLIP_STOP:
        if (d->facts.ended_how == ENDED_STOPPED)
            return d->end_slip;
        break;
    case SLIP_APOLOGY: return (struct yearly_number){d->apology.number, d->apology.year};
    case SLIP_REGISTER:
    case SLIP_KINDS: break;
    }
    return (struct yearly_number){0};
}
