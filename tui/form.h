/* form: fields one below the other, one of them in focus. */
#ifndef MOTCUA_TUI_FORM_H
#define MOTCUA_TUI_FORM_H

#include "core/outcome.h"
#include "tui/field.h"
#include "tui/keys.h"

#define FORM_ITEMS 40
#define FORM_CHOICES 9

enum item_kind {
    ITEM_TEXT = 0,
    ITEM_PICK,   /* text by which something is found; the page shows what and keeps what was chosen */
    ITEM_CHOICE, /* one of a few words, turned by Left, Right and Space */
};

struct form_item {
    enum item_kind kind;
    enum text_id label, hint; /* hint: T_nothing for none */
    struct str example;       /* a hint with something of the moment in it, instead of `hint`, or what stands
                                 beside the words of a choice; borrowed */
    enum text_id fault;       /* how a refusal names this field; T_nothing: never */
    bool required, hidden;
    bool personal; /* a phone or id number: masked while the form is, until it is typed anew */
    int nth;       /* said behind the label: "Bước 3"; 0: not */
    size_t max;    /* characters */
    int choices, chosen;
    int first; /* the choice at first */
    enum text_id choice[FORM_CHOICES];
    struct field field;
    struct buf first_text; /* the text at first */
};

struct form {
    struct form_item item[FORM_ITEMS];
    int count, focus;
    bool masked;
    int top;  /* first visible item seen */
    int row;  /* of the screen, when last drawn */
    int rows; /* seen then */
};

/* Takes over `n` items as described (fields empty). */
void form_init(struct form *f, const struct form_item *items, int n);
void form_release(struct form *f);
/* Empty again, the first field in focus; choices as they were at first. */
void form_clear(struct form *f);
static inline struct form_item *form_focused(struct form *f)
{
    return &f->item[f->focus];
}
static inline struct str form_text(const struct form *f, int item)
{
    return field_str(&f->item[item].field);
}
/* Does it hold anything that somebody typed or chose? */
bool form_dirty(const struct form *f);
bool form_item_dirty(const struct form *f, int item);
/* The choice an item begins with. */
void form_begin_with(struct form *f, int item, int choice);
/* The text a field begins with: what stood there before somebody typed. */
void form_begin_text(struct form *f, int item, struct str text);
/* A hidden item is never in focus. */
void form_hide(struct form *f, int item, bool hidden);
void form_focus(struct form *f, int item);

enum form_answer {
    FORM_IGNORED = 0,
    FORM_MOVED,
    FORM_CHANGED, /* the text or choice of the item in focus */
    FORM_DONE,    /* Enter on the last field */
};
enum form_answer form_key(struct form *f, const struct key *key, enum action action);
/* Puts the focus on the field a refusal is about; false when it names none of them. */
bool form_focus_fault(struct form *f, const struct outcome *o);
/* Is text being typed (a choice takes none)? */
bool form_typing(const struct form *f);
unsigned form_scopes(const struct form *f);

/* Rows it takes: one for each item that is not hidden. */
int form_rows(const struct form *f);
/* Draws it, scrolled so that the focus is seen. Returns the screen row of the item in focus. */
int form_draw(struct form *f, struct canvas *c, struct area a, enum lang lang);

#endif
