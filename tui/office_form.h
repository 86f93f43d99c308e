/* office_form: the forms of the office's own book, and the commands they make. */
#ifndef MOTCUA_TUI_OFFICE_FORM_H
#define MOTCUA_TUI_OFFICE_FORM_H

#include "core/command.h"
#include "tui/form.h"
#include "tui/office_book.h"

enum office_form_kind {
    OFFICE_FORM_PROCEDURE,
    OFFICE_FORM_OFFICER,
    OFFICE_FORM_DAY,
    OFFICE_FORM_HOURS,
    OFFICE_FORM_SETTING
};

/* Where each form keeps what. */
enum { P_CODE, P_CASE, P_NAME, P_FIELD, P_LIMIT, P_CUTOFF, P_FEE, P_CLOCK, P_ONLINE, P_POSTAL, P_COUNT };
enum { O_LOGIN, O_NAME, O_ROLE, O_UNIT, O_TITLE, O_COUNT };
enum { D_DATE, D_TO, D_KIND, D_NAME, D_DOCUMENT, D_COUNT };
enum { H_HOURS, H_WEEKDAYS, H_FROM, H_COUNT };
enum { S_VALUE, S_COUNT };

/* Days in a row that one form may add. */
#define OFFICE_FORM_DAYS 31

struct office_form {
    enum office_form_kind kind;
    enum lang lang;
    bool adding;           /* something new; else `code` is what is edited */
    bool as_case;          /* a new case of the procedure `code` */
    bool gone;             /* what is edited is retired, or not there any more, and who edits knows */
    struct buf code, kase; /* of the procedure; a login or a setting's key in `code` */
    civil_day day;
    size_t setting;
    struct form form;
    struct buf value; /* of a setting: what is typed, as core/settings.h reads it; see office_form_adapt() */
    struct buf example; /* a hint with something of the moment in it */
    struct buf account; /* the login that was last looked up on this machine */
    bool has_account;
};

/* Each makes the form. With nothing given it is for something new. */
void office_form_procedure(struct office_form *f, enum lang lang, const struct procedure *p, int cutoff);
/* A new case of that procedure. */
void office_form_case(struct office_form *f, enum lang lang, const struct procedure *p, int cutoff);
void office_form_officer(struct office_form *f, enum lang lang, const struct officer *o);
/* A computed day becomes a recorded one. */
void office_form_day(struct office_form *f, enum lang lang, const struct office_day *d);
void office_form_hours(struct office_form *f, enum lang lang, const struct office_hours *h);
void office_form_setting(struct office_form *f, enum lang lang, const struct book_setting *s);
void office_form_release(struct office_form *f);

enum text_id office_form_title(const struct office_form *f);
/* What stands below the title: what a change of it means. T_nothing for a setting: it has its own. */
enum text_id office_form_explain(const struct office_form *f);
/* To be called when something was typed or chosen: shows what makes sense for it (the cutoff of a same-day
 * limit), reads a setting's value. */
void office_form_adapt(struct office_form *f);

/* Others change the book while a form is open. Fields nobody touched here follow the office as it is now; a
 * field that was changed here and there, otherwise than here, is a conflict: *out says the first one and what
 * it is there, true is returned, and nothing of it is lost. With `told` (who types has been shown it) it is
 * no conflict the next time. Something retired or taken away meanwhile is a conflict, too. */
bool office_form_follow(struct office_form *f, const struct office *office, bool told, struct buf *out);
/* Would saving it change nothing? */
bool office_form_untouched(const struct office_form *f);
/* Does what it would add exist? Its name is appended. */
bool office_form_is_taken(const struct office_form *f, const struct office *office, struct buf *name);

/* The commands, texts borrowed from the form; *n of them. False for what is no limit, number or date: then
 * *item is where, *wrong what to say. */
bool office_form_commands(const struct office_form *f, civil_day today, struct command out[OFFICE_FORM_DAYS],
                          size_t *n, int *item, enum text_id *wrong);
/* What is saved will be known by this (see office_book_key). */
void office_form_key(const struct office_form *f, civil_day today, struct buf *out);
/* Puts the focus on the field a refusal is about. */
void office_form_focus(struct office_form *f, const struct outcome *o);

#endif
