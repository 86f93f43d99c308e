/* What others change while a form is open. */
#include "tui/office_form.h"

/* The form of the same thing as the office has it now; false when there is none. */
static bool form_now(const struct office_form *f, const struct office *office, struct office_form *out)
{
    struct buf value = BUF_INIT;
    const struct procedure *p;
    const struct officer *o;
    const struct office_day *d;
    switch (f->kind) {
    case OFFICE_FORM_PROCEDURE:
        p = office_find_case(office, buf_str(&f->code), buf_str(&f->kase));
        if (p)
            office_form_procedure(out, f->lang, p, office_settings(office)->same_day_cutoff);
        return p;
    case OFFICE_FORM_OFFICER:
        o = office_find_officer(office, buf_str(&f->code));
        if (o)
            office_form_officer(out, f->lang, o);
        return o;
    case OFFICE_FORM_DAY:
        d = office_find_day(office, f->day);
        if (d)
            office_form_day(out, f->lang, d);
        return d;
    default:
        settings_format(&value, office_settings(office), f->setting);
        office_form_setting(out, f->lang,
                            &(struct book_setting){.key = buf_str(&f->code), .value = buf_str(&value)});
        buf_release(&value);
        return true;
    }
}

static bool alike(const struct form_item *a, int chosen, struct str text, const struct form_item *b)
{
    return a->kind == ITEM_CHOICE ? chosen == b->chosen : str_eq(text, field_str(&b->field));
}

static void say_theirs(const struct office_form *f, const struct form_item *theirs, struct buf *out)
{
    bool choice = theirs->kind == ITEM_CHOICE;
    struct str text =
        choice ? str_of(lang_text(f->lang, theirs->choice[theirs->chosen])) : field_str(&theirs->field);
    LANG_SAY(out, f->lang, T_tui_changed_field, str_of(lang_text(f->lang, theirs->label)),
             text.n ? text : str_of(lang_text(f->lang, T_tui_setting_none)));
}

/* What it is measured by is now what they wrote; what is typed stays. */
static void take_as_first(struct form_item *item, const struct form_item *theirs)
{
    item->first = theirs->chosen;
    buf_reset(&item->first_text);
    buf_add_str(&item->first_text, field_str(&theirs->field));
}

/* True for a conflict. */
static bool follow_item(struct office_form *f, int i, const struct form_item *theirs, bool told,
                        struct buf *out)
{
    struct form_item *item = &f->form.item[i];
    if (alike(item, item->first, buf_str(&item->first_text), theirs))
        return false; /* they did not touch it */
    if (!form_item_dirty(&f->form, i)) {
        form_begin_text(&f->form, i, field_str(&theirs->field));
        form_begin_with(&f->form, i, theirs->chosen);
        return false;
    }
    bool same = alike(item, item->chosen, field_str(&item->field), theirs);
    if (!same && !out->n)
        say_theirs(f, theirs, out);
    if (same || told)
        take_as_first(item, theirs);
    return !same;
}

bool office_form_follow(struct office_form *f, const struct office *office, bool told, struct buf *out)
{
    struct office_form now;
    bool conflict = false;
    if (f->adding)
        return false;
    bool there = form_now(f, office, &now);
    if (!there || now.gone) {
        conflict = !f->gone;
        if (conflict)
            buf_add_z(out, lang_text(f->lang, T_tui_changed_gone));
        f->gone = f->gone || told;
    } else
        f->gone = false;
    for (int i = 0; there && i < f->form.count; i++)
        conflict = follow_item(f, i, &now.form.item[i], told, out) || conflict;
    if (there)
        office_form_release(&now);
    office_form_adapt(f);
    return conflict;
}
