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
    bool asks_why;    /* it is late, and nobody said why yet */
    bool has_reason;  /* somebody said why it is late */
    bool has_letter;  /* a letter says so */
    bool may_excuse;  /* may this person say whether the reason of a lateness is a good one? */
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
    int why;      /* the item of a lateness's category, the one of its reason behind it; 0: it has none */
    /* What was done where the form says less than usual, T_nothing: `done`. May be NULL. */
    enum text_id (*done_of)(const struct form *f);
};
#define ACT_ITEM_NONE (-1)

/* `d` is NULL for several at once. */
void act_form_init(const struct act_form *a, struct form *f, const struct dossier *d);
/* The command, its texts borrowed from the form and from r->list; `dossier` is the caller's to fill. False
 * with r->item and r->wrong set. */
bool act_form_command(const struct act_form *a, struct act_reader *r, struct command *out);
/* The same, *n of them: in front of it what is said of why it is late, so that taking back the act leaves
 * that. */
bool act_form_commands(const struct act_form *a, struct act_reader *r, struct command out[2], size_t *n);
/* Is it late at `now`, or was it, and did nobody say why: no letter, no reason? */
bool act_form_asks_why(const struct dossier *d, civil_minute now);
/* Shows and hides what makes sense now. */
void act_form_adapt(const struct act_form *a, struct form *f, const struct act_state *state);
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

/* The two items of `why`. */
#define ACT_WHY_CATEGORY                                                                                     \
    {                                                                                                        \
        .kind = ITEM_CHOICE, .label = T_tui_field_late_category, .fault = T_label_late_category,             \
        .choices = LATE_CATEGORIES,                                                                          \
        .choice = {T_core_late_unsaid,    T_core_late_complex, T_core_late_unit,                             \
                   T_core_late_applicant, T_core_late_system,  T_core_late_staff,                            \
                   T_core_late_load,      T_core_late_officer, T_core_late_other},                           \
        .hidden = true                                                                                       \
    }
#define ACT_WHY_REASON                                                                                       \
    {                                                                                                        \
        .label = T_tui_field_late_reason, .hint = T_tui_type_late_reason, .hidden = true                     \
    }

/* Notes what is wrong where; false. */
bool act_fault(struct act_reader *r, int item, enum text_id wrong);
bool act_is_blank(struct str s);
/* The text of an item. */
static inline struct str act_text(const struct act_reader *r, int item)
{
    return form_text(r->form, item);
}
/* An amount of money, dots and blanks between its digits or not. False where it is none. */
bool act_read_money(struct str text, int64_t *out);
/* A limit; LIMIT_NONE where nothing was typed. */
bool act_read_limit(struct act_reader *r, int item, struct limit *out);

#endif
