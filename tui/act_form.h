/* act_form: the forms of what is done with a dossier, and the commands they make. */
#ifndef MOTCUA_TUI_ACT_FORM_H
#define MOTCUA_TUI_ACT_FORM_H

#include "core/command.h"
#include "tui/form.h"

struct act_form {
    enum command_kind kind;
    enum text_id title, explain;
    enum text_id question; /* {1} the applicant; T_nothing: may be taken back, so nothing is asked */
    enum text_id
        done; /* {1} code, {2} applicant, {3} the letter's number or the holder, {4} the due time in force */
    const struct form_item *items;
    int count;
};

const struct act_form *act_form_of(enum command_kind kind);
void act_form_init(const struct act_form *a, struct form *f, const struct dossier *d);
/* Hides what makes no sense: the new date where the result is ready. */
void act_form_adapt(const struct act_form *a, struct form *f, bool solved);

/* An example of a new date: a working day after the due time in force. `text` is filled and borrowed. */
void act_form_example(const struct act_form *a, struct form *f, const struct calendar *calendar,
                      enum lang lang, civil_day today, civil_minute due, struct buf *text);

/* The command, its texts borrowed from the form; `dossier` is the caller's to fill. False for a time or a
 * limit that is none: then *item is where, *wrong what to say. */
bool act_form_command(const struct act_form *a, const struct form *f, const struct calendar *calendar,
                      civil_day today, struct command *out, int *item, enum text_id *wrong);
/* Says what the typed new date means: its weekday, how many working days later; false when it will not do.
 * Nothing while none is typed. */
bool act_form_check(const struct act_form *a, const struct form *f, const struct calendar *calendar,
                    enum lang lang, civil_day today, civil_minute due, struct buf *out);
/* Puts the focus on the field a refusal is about. */
void act_form_focus(const struct act_form *a, struct form *f, const struct outcome *o);

#endif
