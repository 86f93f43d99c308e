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

/* False when memory is out. */
bool teller_init(struct teller *t, struct view *v, enum lang lang, civil_minute now, bool unmasked);

/* A label and its value, wrapped; nothing for an absent value. */
void tell_value(struct sheet *sheet, const struct teller *t, enum text_id label, int style, struct str value);
/* Code, standing, applicant, procedure, times, holder … */
void tell_dossier(struct sheet *sheet, const struct teller *t, const struct dossier *d);
/* What happened, oldest first. */
void tell_history(struct sheet *sheet, struct teller *t, const struct dossier *d);
/* "huong (Nguyễn Thị Hương)"; the login alone where there is no such officer. */
void tell_officer(struct buf *out, const struct teller *t, struct str login);

#endif
