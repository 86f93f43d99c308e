/* office_acts: what is done in the Office view with what is chosen there: opening its form, adding, retiring,
 * removing. */
#ifndef MOTCUA_TUI_OFFICE_ACTS_H
#define MOTCUA_TUI_OFFICE_ACTS_H

#include "tui/office_book.h"
#include "tui/page_office_moves.h"

/* Part of the view's page: questions and forms above it point here. */
struct office_acts {
    struct office_book book;
    enum office_part part;
    int year;      /* of the days that are shown */
    int cutoff;    /* minute of the day, of same-day procedures */
    size_t chosen; /* the row of the open part; its count: none */
    struct buf
        key[OFFICE_PARTS]; /* what the chosen row is known by; a form that is saved puts its own there */
    /* what a question that is open is about */
    struct buf subject; /* a code or a login */
    civil_day day;
    struct known_years known;
    struct day_change change;
};

void office_acts_release(struct office_acts *a);
/* Is this allowed to who sits here? */
bool office_acts_may(const struct office_acts *a, enum action action);
/* Does it, asking where it is hard to take back; what may not be done is refused with the reason. False for
 * actions that are none of these. */
bool office_acts_do(struct office_acts *a, struct session *s, enum action action);

#endif
