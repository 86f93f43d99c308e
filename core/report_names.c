#include "core/report_names.h"

struct str report_keep(struct report_maker *m, struct buf *said)
{
    struct str kept = arena_str(&m->text, buf_str(said));
    m->failed = m->failed || said->failed || m->text.failed;
    buf_release(said);
    return kept;
}

struct str report_officer_label(struct report_maker *m, struct str login)
{
    const struct officer *o = login.n ? office_find_officer(m->request.office, login) : NULL;
    struct str name = report_officer(m, login);
    if (!o || !o->retired)
        return name;
    struct buf said = BUF_INIT;
    LANG_SAY(&said, m->request.lang, T_report_officer_gone, name);
    return report_keep(m, &said);
}

struct str report_unit_of(const struct report_maker *m, struct str login, struct str unit)
{
    const struct officer *o = login.n && !unit.n ? office_find_officer(m->request.office, login) : NULL;
    return o ? o->unit : unit;
}

struct str report_procedure_label(struct report_maker *m, const struct procedure *p,
                                  const struct procedure *named, struct str title)
{
    struct str name = named ? named->name : title;
    struct buf said = BUF_INIT;
    buf_add_str(&said, p->code);
    if (p->kase.n) {
        buf_add_char(&said, '#');
        buf_add_str(&said, p->kase);
    }
    if (said.n && name.n)
        buf_add_char(&said, ' ');
    buf_add_str(&said, name);
    return report_keep(m, &said);
}

void cell_day(struct report_cell *c, civil_minute t)
{
    cell_date(c, t == NO_TIME ? NO_DAY : civil_day_of(t));
}
