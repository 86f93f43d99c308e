/* Forms 02 and 03: what is to be added, or why a dossier is refused; of a dossier, and of what was turned
 * away at the counter before there was one. */
#include "core/slip_parts.h"

/* ---- 02 ---- */

static void ask(struct slip_page *p, const struct receipt *r, struct str title, struct str needs,
                struct str reason)
{
    slip_person(p, T_forms_owner, &r->applicant);
    slip_proxy(p, r);
    slip_asked(p, T_forms_asked, title, &r->procedure);
    struct str label = PAPER_SAY(p->d, T_forms_supplement_list, slip_you(p, &r->applicant));
    document_list(p->d, label, needs);
    slip_field_open(p, T_forms_reason, reason);
}

static void sign_guide(struct slip_page *p, const struct receipt *r, struct str login)
{
    slip_contact(p, &r->applicant, login);
    slip_sign_one(p, paper_text(p->d, T_forms_signs_guide), T_forms_sign, slip_officer(p, login));
}

void slip_supplement(struct slip_page *p, const struct slip_source *from, const struct event *request)
{
    const struct receipt *r = &from->dossier->receipt;
    slip_open(p, request->supplement.slip, civil_day_of(request->at), true, STR_NONE);
    ask(p, r, slip_title_of(from), request->supplement.needs, request->supplement.reason);
    slip_paragraph(p, paper_text(p->d, T_forms_supplement_anew), LOOK_PLAIN);
    sign_guide(p, r, request->by);
}

/* ---- 03 ---- */

static void refuse(struct slip_page *p, const struct receipt *r, struct str title, struct str reason)
{
    struct str you = slip_you(p, &r->applicant);
    slip_person(p, T_forms_applicant, &r->applicant);
    slip_proxy(p, r);
    slip_asked(p, T_forms_asked, title, &r->procedure);
    struct str desk = slip_desk(p).n ? slip_desk(p) : slip_office(p);
    slip_paragraph(p, PAPER_SAY(p->d, T_forms_refusal, desk), LOOK_PLAIN);
    slip_field_open(p, T_forms_reason, reason);
    slip_paragraph(p, PAPER_SAY(p->d, T_forms_refusal_end, you), LOOK_PLAIN);
}

static struct str brought_by(const struct receipt *r)
{
    if (r->submitter.n || r->applicant.organization)
        return r->submitter;
    return r->applicant.name;
}

void slip_refusal(struct slip_page *p, const struct slip_source *from, const struct event *end)
{
    const struct receipt *r = &from->dossier->receipt;
    slip_open(p, end->ended.slip, civil_day_of(end->at), true, STR_NONE);
    refuse(p, r, slip_title_of(from), end->ended.reason);
    slip_sign_both(p, brought_by(r), slip_officer(p, end->by));
}

/* ---- at the counter ---- */

struct outcome slip_turned_away(const struct office *office, const struct event *e, enum lang lang,
                                struct document *out)
{
    const struct receipt *r = &e->turned_away.receipt;
    civil_day day = civil_day_of(e->at);
    struct slip_page p;
    slip_begin(&p, out, office, e->turned_away.refused ? SLIP_REFUSAL : SLIP_SUPPLEMENT, day, STR_NONE, lang);
    const struct procedure *known = office_find_case(office, r->procedure.code, r->procedure.kase);
    struct str title = known ? known->name : r->procedure.name;
    slip_open(&p, e->turned_away.slip, day, true, STR_NONE);
    if (e->turned_away.refused) {
        refuse(&p, r, title, e->turned_away.reason);
        slip_sign_both(&p, brought_by(r), slip_officer(&p, e->by));
    } else {
        ask(&p, r, title, e->turned_away.needs, e->turned_away.reason);
        sign_guide(&p, r, e->by);
    }
    return out->failed ? outcome_of(KIND_out_of_memory) : OUTCOME_DONE;
}
