/* act_form: the form of something that is done with a dossier, and the command it makes. One table a kind of
 * act; which there are: act_kinds.h. */
#ifndef MOTCUA_TUI_ACT_FORM_H
#define MOTCUA_TUI_ACT_FORM_H

#include "core/command.h"
#include "core/text.h"
#include "tui/form.h"

/* Reading a form: what it says, and where it does not say enough. */
struct act_reader {
    const struct form *form;
    const struct calendar *calendar;
    civil_day today;
    struct buf *list; /* what a command packs; empty at first, must outlive the command */
    int item;         /* of the fault */
    enum text_id wrong;
};

/* What a form must know of the dossier and of who sits there. */
struct act_state {
    bool opening;     /* the form is just being opened: later no field in it goes away */
    bool solved;      /* its result is ready: a letter has nothing left to promise */
    bool must_insist; /* refused but for a chief's word, which this person may give */
};

struct act_form {
    enum command_kind kind;
    enum text_id title, explain;
    enum text_id
        done; /* {1} code, {2} applicant, {3} the letter's number or the holder, {4} the due time in force */
    const struct form_item *items;
    int count;
    /* The command's own part. False where something is missing or not understood: see reader. */
    bool (*read)(struct act_reader *r, struct command *c);
    /* The values it begins with; `d` is NULL for several dossiers at once. May be NULL. */
    void (*begin)(struct form *f, const struct dossier *d);
    /* Shows and hides what makes sense now; what somebody may have typed in stays. May be NULL. */
    void (*adapt)(struct form *f, const struct act_state *state);
    /* The item a refusal of this kind is about, ACT_ITEM_NONE where it is about none. May be NULL. */
    int (*item_of)(enum outcome_kind kind);
    bool untimed; /* happens when it is recorded; the others end with the item that says when */
};
#define ACT_ITEM_NONE (-1)

/* `d` is NULL for several at once. */
void act_form_init(const struct act_form *a, struct form *f, const struct dossier *d);
/* The command, its texts borrowed from the form and from r->list; `dossier` is the caller's to fill. False
 * with r->item and r->wrong set. */
bool act_form_command(const struct act_form *a, struct act_reader *r, struct command *out);
/* Fills in what the form still lacks, so that it can be judged what the act would do. */
void act_form_suppose(struct command *c);
/* Puts the focus on the field a refusal is about. */
void act_form_focus(const struct act_form *a, struct form *f, const struct outcome *o);

/* ---- for the kinds' readers ---- */

/* The item every timed form ends with. */
#define ACT_AT                                                                                               \
    {                                                                                                        \
        .label = T_tui_field_at, .hint = T_tui_type_at, .max = 40                                            \
    }

/* Notes what is wrong where; false. */
bool act_fault(struct act_reader *r, int item, enum text_id wrong);
bool act_is_blank(struct str s);
/* The text of an item. */
static inline struct str act_text(const struct act_reader *r, int item)
{
    return form_text(r->form, item);
}
/* A limit; LIMIT_NONE where nothing was typed. */
bool act_read_limit(struct act_reader *r, int item, struct limit *out);

#endif
