/* tell: a dossier in words: its page, its history. */
#ifndef MOTCUA_TUI_TELL_H
#define MOTCUA_TUI_TELL_H

#include "core/status.h"
#include "store/store.h"
#include "tui/sheet.h"

struct teller {
    enum lang lang;
    bool unmasked;
    struct view *view;
    const struct office *office;
    struct judge judge;
};

/* Columns a label and the blank behind it take. */
#define TELL_LABEL 17

/* False when memory is out. */
bool teller_init(struct teller *t, struct view *v, enum lang lang, civil_minute now, bool unmasked);

static inline struct str tell_word(const struct teller *t, enum text_id id)
{
    return str_of(lang_text(t->lang, id));
}
/* Parts with a dot between them, those that are absent left out. */
void tell_part(struct buf *out, struct str s);
/* A label and its value, wrapped; nothing for an absent value. */
void tell_value(struct sheet *sheet, const struct teller *t, enum text_id label, int style, struct str value);
/* What happened, oldest first: what was recorded for an earlier day, and what was taken back, marked. */
void tell_history(struct sheet *sheet, struct teller *t, const struct dossier *d);
/* One event as the history tells it: when, what, who, and what it says. */
void tell_event(struct sheet *sheet, const struct teller *t, const struct event *e);
/* What a correction changes, a line each: "Điện thoại: *******678 → *******679". `changes` as the event packs
 * them. */
void tell_changes(struct sheet *sheet, const struct teller *t, int column, struct str changes);
/* "huong (Nguyễn Thị Hương)"; the login alone where there is no such officer. */
void tell_officer(struct buf *out, const struct teller *t, struct str login);

#endif
