/* Form 04, the letter of apology, and form 05 of 2025, the notice of stopping: what the head signs. */
#include "core/slip_parts.h"

static void add_to(struct slip_page *p, const struct applicant *a)
{
    slip_paragraph(p, PAPER_SAY(p->d, T_forms_to, a->name), LOOK_BOLD | LOOK_CENTRE);
}

/* ---- 04 ---- */

static void add_dossier(struct slip_page *p, const struct slip_source *from)
{
    const struct receipt *r = &from->dossier->receipt;
    slip_person(p, T_forms_owner, &r->applicant);
    slip_asked(p, T_forms_procedure, slip_title_of(from), &r->procedure);
    slip_field(p, T_forms_code, from->dossier->code);
}

static void add_promise(struct slip_page *p, const struct slip_source *from, struct str who, struct str you)
{
    const struct dossier *d = from->dossier;
    if (d->apology.new_due == NO_TIME) {
        slip_paragraph(p, PAPER_SAY(p->d, T_forms_apology_ready, who, you, slip_desk_at(p)), LOOK_PLAIN);
        return;
    }
    bool new_set = civil_day_of(d->facts.received) >= office_settings(p->office)->forms_from;
    enum text_id sorry = new_set ? T_forms_apology_more_time : T_forms_apology_sorry;
    slip_paragraph(p, PAPER_SAY(p->d, sorry, who, you), LOOK_PLAIN);
    slip_field_bold(p, T_forms_apology_new_due, paper_moment(p->d, d->apology.new_due));
}

void slip_apology(struct slip_page *p, const struct slip_source *from)
{
    const struct dossier *d = from->dossier;
    const struct apology *a = &d->apology;
    const struct applicant *to = &d->receipt.applicant;
    struct str unit = a->unit.n ? a->unit : dossier_resolving_unit(d), who = unit.n ? unit : slip_office(p);
    struct str you = slip_you(p, to), day = paper_day(p->d, civil_day_of(d->facts.received));
    slip_open(p, (struct yearly_number){a->number, a->year}, civil_day_of(a->issued), false, unit);
    add_to(p, to);
    struct str desk = slip_desk(p).n ? slip_desk(p) : slip_office(p);
    slip_paragraph(p, PAPER_SAY(p->d, T_forms_apology_received, day, desk, you), LOOK_PLAIN);
    add_dossier(p, from);
    slip_field(p, T_forms_apology_old_due, paper_moment(p->d, a->old_due));
    bool open = a->new_due != NO_TIME;
    slip_paragraph(p, PAPER_SAY(p->d, open ? T_forms_apology_open : T_forms_apology_solved, who), LOOK_PLAIN);
    slip_field_open(p, T_forms_reason, a->reason);
    add_promise(p, from, who, you);
    slip_paragraph(p, PAPER_SAY(p->d, T_forms_apology_hope, you), LOOK_PLAIN);
    slip_sign_head(p, a->signer);
}

/* ---- 05 of 2025 ---- */

void slip_stop(struct slip_page *p, const struct slip_source *from, const struct event *end)
{
    const struct dossier *d = from->dossier;
    const struct applicant *to = &d->receipt.applicant;
    struct str you = slip_you(p, to), since = paper_moment(p->d, end->at);
    slip_open(p, end->ended.slip, civil_day_of(end->at), false, STR_NONE);
    add_to(p, to);
    struct buf law = BUF_INIT;
    law_cite(&law, p->d->lang, law_rules(civil_day_of(d->facts.received)), LAW_STOPPING,
             office_settings(p->office)->law_province);
    if (law.n)
        slip_paragraph(p, PAPER_SAY(p->d, T_forms_stop_law, buf_str(&law)), LOOK_ITALIC);
    buf_release(&law);
    slip_paragraph(p, PAPER_SAY(p->d, T_forms_stop, you, slip_office(p), since), LOOK_PLAIN);
    add_dossier(p, from);
    slip_field(p, T_forms_received_at, paper_moment(p->d, d->facts.received));
    slip_field(p, T_forms_due_at, paper_moment(p->d, d->promised));
    slip_field_open(p, T_forms_reason, end->ended.reason);
    slip_paragraph(p, PAPER_SAY(p->d, T_forms_stop_end, you), LOOK_PLAIN);
    slip_sign_head(p, STR_NONE);
}
