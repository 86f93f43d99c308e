#include "core/slip_parts.h"

/* Letters of 11 points on A5; of 10 where that saves a page. Smaller ones not everybody reads. */
#define LEAST_POINTS 10

void slip_begin(struct slip_page *p, struct document *d, const struct office *office, enum slip slip,
                civil_day received, struct str code, enum lang lang)
{
    document_init(d, PAPER_A5, lang);
    d->least_points = LEAST_POINTS;
    *p = (struct slip_page){d, office, slip_form_in(office, slip, received, lang), code};
    struct str number = p->form.number, title = p->form.title;
    d->title = code.n ? PAPER_SAY(d, T_forms_titled, title, code) : title;
    d->foot = code.n ? PAPER_SAY(d, T_forms_foot, number, code) : PAPER_SAY(d, T_forms_foot_alone, number);
    if (office_identity(office)->demo)
        d->across = paper_text(d, T_forms_demo);
}

void slip_open(struct slip_page *p, struct yearly_number number, civil_day day, bool desk, struct str unit)
{
    struct str own = STR_NONE;
    if (number.number)
        own = PAPER_SAY(p->d, T_forms_number, slip_numbered(p, number.number, p->form.symbol));
    else if (p->form.symbol.n)
        own = PAPER_SAY(p->d, T_forms_number_open, paper_symbol(p->d, p->form.symbol));
    paper_head(p->d, p->office, unit, desk ? slip_desk(p) : STR_NONE, own, day);
    document_add(p->d, BLOCK_SPACE);
    document_title(p->d, paper_capitals(p->d, p->form.title),
                   p->code.n ? PAPER_SAY(p->d, T_forms_code_is, p->code) : STR_NONE);
}

/* ---- fields ---- */

void slip_field(struct slip_page *p, enum text_id label, struct str text)
{
    document_field(p->d, paper_text(p->d, label), text, false);
}

void slip_field_open(struct slip_page *p, enum text_id label, struct str text)
{
    document_field(p->d, paper_text(p->d, label), text, true);
}

void slip_field_bold(struct slip_page *p, enum text_id label, struct str text)
{
    struct block *b = document_add(p->d, BLOCK_FIELD);
    b->label = paper_text(p->d, label);
    b->text = text;
    b->style = LOOK_BOLD;
}

void slip_paragraph(struct slip_page *p, struct str text, unsigned style)
{
    document_text(p->d, text, style);
}

/* Number and phone share a line; where one is to be filled in by hand each has its own. */
static void id_and_phone(struct slip_page *p, const struct applicant *a)
{
    if (a->id_number.n && a->phone.n) {
        slip_field(p, a->organization ? T_forms_id_short_organization : T_forms_id_short,
                   PAPER_SAY(p->d, T_forms_id_phone, a->id_number, a->phone));
        return;
    }
    slip_field_open(p, a->organization ? T_forms_id_organization : T_forms_id_person, a->id_number);
    slip_field_open(p, T_forms_phone, a->phone);
}

void slip_person(struct slip_page *p, enum text_id label, const struct applicant *a)
{
    slip_field(p, label, a->name);
    id_and_phone(p, a);
    slip_field_open(p, T_forms_address, a->address);
    slip_field(p, T_forms_email, a->email);
}

void slip_proxy(struct slip_page *p, const struct receipt *r)
{
    slip_field(p, T_forms_submitter, r->submitter);
    slip_field(p, T_forms_authority, r->authority);
}

void slip_asked(struct slip_page *p, enum text_id label, struct str name, const struct procedure *which)
{
    struct buf code = BUF_INIT;
    buf_add_str(&code, which->code);
    if (which->kase.n) {
        buf_add_char(&code, '.');
        buf_add_str(&code, which->kase);
    }
    struct str whole = paper_keep(p->d, &code);
    if (name.n && whole.n)
        whole = PAPER_SAY(p->d, T_forms_procedure_code, name, whole);
    slip_field_open(p, label, whole.n ? whole : name);
}

/* ---- words ---- */

struct str slip_desk(const struct slip_page *p)
{
    return office_settings(p->office)->desk_name;
}

struct str slip_office(const struct slip_page *p)
{
    return office_identity(p->office)->name;
}

struct str slip_desk_at(const struct slip_page *p)
{
    struct str desk = slip_desk(p), address = office_settings(p->office)->desk_address;
    if (!desk.n)
        desk = slip_office(p);
    return address.n ? PAPER_SAY(p->d, T_forms_place_day, desk, address) : desk;
}

struct str slip_you(const struct slip_page *p, const struct applicant *a)
{
    return paper_text(p->d, a->organization ? T_forms_you_organization : T_forms_you);
}

struct str slip_numbered(struct slip_page *p, uint32_t number, struct str symbol)
{
    struct buf text = BUF_INIT;
    buf_addf(&text, "%02u", (unsigned)number);
    if (symbol.n) {
        buf_add_char(&text, '/');
        buf_add_str(&text, paper_symbol(p->d, symbol));
    }
    return paper_keep(p->d, &text);
}

struct str slip_officer(const struct slip_page *p, struct str login)
{
    const struct officer *who = login.n ? office_find_officer(p->office, login) : NULL;
    return who && who->name.n ? who->name : login;
}

struct str slip_title_of(const struct slip_source *from)
{
    if (from->procedure && from->procedure->name.n)
        return from->procedure->name;
    return from->dossier->title;
}

/* ---- ends ---- */

void slip_contact(struct slip_page *p, const struct applicant *a, struct str login)
{
    struct str desk = slip_desk_at(p), phone = office_settings(p->office)->desk_phone;
    if (phone.n)
        desk = PAPER_SAY(p->d, T_forms_contact_phone, desk, phone);
    struct str who = slip_officer(p, login);
    slip_paragraph(p, PAPER_SAY(p->d, T_forms_contact, slip_you(p, a), who, desk), LOOK_PLAIN);
}

void slip_sign_both(struct slip_page *p, struct str submitter, struct str receiver)
{
    struct signature left = {.title = paper_text(p->d, T_forms_signs_submitter),
                             .how = paper_text(p->d, T_forms_sign),
                             .name = submitter};
    struct signature right = {.title = paper_text(p->d, T_forms_signs_receiver),
                              .how = paper_text(p->d, T_forms_sign),
                              .name = receiver};
    struct block *b = document_add(p->d, BLOCK_SIGNATURES);
    b->signatures.who[0] = left;
    b->signatures.who[1] = right;
    b->signatures.count = 2;
}

/* At the right, where papers are signed. */
void slip_sign_one(struct slip_page *p, struct str title, enum text_id how, struct str name)
{
    struct signature right = {.title = title, .how = paper_text(p->d, how), .name = name};
    struct block *b = document_add(p->d, BLOCK_SIGNATURES);
    b->signatures.who[1] = right;
    b->signatures.count = 2;
}

void slip_sign_head(struct slip_page *p, struct str name)
{
    const struct settings *set = office_settings(p->office);
    const struct settings usual = settings_default();
    bool own = set->signer_title.n && !str_eq(set->signer_title, usual.signer_title);
    struct str title = own ? set->signer_title : paper_text(p->d, T_forms_signs_head);
    slip_sign_one(p, title, T_forms_sign_seal, name.n ? name : set->signer_name);
}
