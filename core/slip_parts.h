/* slip_parts: what the prescribed slips have in common, and each of them. For core/slip_*.c alone. */
#ifndef MOTCUA_CORE_SLIP_PARTS_H
#define MOTCUA_CORE_SLIP_PARTS_H

#include "core/paper_words.h"
#include "core/slip.h"

/* A slip while it is written. */
struct slip_page {
    struct document *d;
    const struct office *office;
    struct slip_form form;
    struct str code; /* of the dossier; absent at the counter */
};

/* An A5 page in that language, named, with its foot, marked where the store is a demo. */
void slip_begin(struct slip_page *p, struct document *d, const struct office *office, enum slip slip,
                civil_day received, struct str code, enum lang lang);
/* Head and title. The slip's own number may be none (0): then it is left open. `unit`: whose paper it is,
 * where that is not the desk; `code` stands under the title where it is given. */
void slip_open(struct slip_page *p, struct yearly_number number, civil_day day, bool desk, struct str unit);

/* ---- fields ---- */

/* Who it is about, with all that is known; `label` names the person. */
void slip_person(struct slip_page *p, enum text_id label, const struct applicant *a);
void slip_proxy(struct slip_page *p, const struct receipt *r);
void slip_field(struct slip_page *p, enum text_id label, struct str text);
/* Left open for the hand where there is nothing. */
void slip_field_open(struct slip_page *p, enum text_id label, struct str text);
/* The one that people look for: in bold. */
void slip_field_bold(struct slip_page *p, enum text_id label, struct str text);
/* What is asked for: the procedure's name and code. `name` absent: the code alone. */
void slip_asked(struct slip_page *p, enum text_id label, struct str name, const struct procedure *which);
void slip_paragraph(struct slip_page *p, struct str text, unsigned style);

/* ---- words ---- */

struct str slip_desk(const struct slip_page *p);    /* what the desk calls itself */
struct str slip_office(const struct slip_page *p);  /* the office's name */
struct str slip_desk_at(const struct slip_page *p); /* the desk with its address */
struct str slip_you(const struct slip_page *p, const struct applicant *a);
/* "04/PXL", open where there is none. */
struct str slip_numbered(struct slip_page *p, uint32_t number, struct str symbol);
/* The person of that login, else the login itself; absent for an absent one. */
struct str slip_officer(const struct slip_page *p, struct str login);
/* The title a dossier's procedure is printed by. */
struct str slip_title_of(const struct slip_source *from);

/* ---- ends ---- */

/* "Should anything be unclear … ask X, phone Y." */
void slip_contact(struct slip_page *p, const struct applicant *a, struct str login);
void slip_sign_both(struct slip_page *p, struct str submitter, struct str receiver);
void slip_sign_one(struct slip_page *p, struct str title, enum text_id how, struct str name);
/* The head of the office or of its unit. */
void slip_sign_head(struct slip_page *p, struct str name);

/* ---- a slip each; the dossier has what it is about ---- */

void slip_receipt(struct slip_page *p, const struct slip_source *from);
void slip_supplement(struct slip_page *p, const struct slip_source *from, const struct event *request);
void slip_refusal(struct slip_page *p, const struct slip_source *from, const struct event *end);
void slip_apology(struct slip_page *p, const struct slip_source *from);
void slip_stop(struct slip_page *p, const struct slip_source *from, const struct event *end);
void slip_control(struct slip_page *p, const struct slip_source *from);

#endif
