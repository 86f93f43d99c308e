#include "tui/tell.h"

bool teller_init(struct teller *t, struct view *v, enum lang lang, civil_minute now, bool unmasked)
{
    *t = (struct teller){.lang = lang, .unmasked = unmasked, .view = v, .office = view_office(v)};
    t->judge = judge_at(t->office, now);
    return t->judge.calendar != NULL;
}

void tell_value(struct sheet *sheet, const struct teller *t, enum text_id label, int style, struct str value)
{
    if (!value.n)
        return;
    sheet_add(sheet, 1, STYLE_DIM, tell_word(t, label));
    sheet_gap(sheet, 1);
    sheet_add(sheet, 1 + TELL_LABEL, style, value);
    sheet_end(sheet);
}

void tell_officer(struct buf *out, const struct teller *t, struct str login)
{
    const struct officer *o = office_find_officer(t->office, login);
    buf_add_str(out, login);
    if (o && o->name.n && !str_eq(o->name, login)) {
        buf_add_z(out, " (");
        buf_add_str(out, o->name);
        buf_add_char(out, ')');
    }
}

void tell_part(struct buf *out, struct str s)
{
    if (s.n && out->n)
        buf_add_z(out, " · ");
    buf_add_str(out, s);
}
