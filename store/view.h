/* view: a reading transaction with the office of its moment: now, or as the journal stood after an earlier
 * entry. */
#ifndef MOTCUA_STORE_VIEW_H
#define MOTCUA_STORE_VIEW_H

#include "store/history.h"
#include "store/state.h"

struct view {
    struct store *store;
    struct txn txn;
    struct state state; /* as stored: of now */
    uint64_t dossiers;  /* the last id at the view's moment */
    const struct office *office;
    struct office *own; /* an as-of view's office */
    bool as_of;
    uint64_t upto;          /* an as-of view's last entry */
    uint64_t clock;         /* the last event at the view's moment that accepted a clock */
    struct history history; /* of the dossier being taken back to the view's moment */
    struct outcome fault;   /* the first damage met; later reads go on */
};

/* Damage in one record must not hide the others: it is remembered, and reading may go on. Faults of LMDB
 * itself stay. */
void view_note(struct view *v);
/* Takes a dossier, read as it now is, back to the view's moment. False when it did not exist then. */
bool as_of_dossier(struct view *v, struct dossier *d);
/* Facts at the view's moment. */
bool view_facts(struct view *v, uint64_t id, struct facts *out);
/* Counts of an as-of view: everything that happened up to its moment, dossier by dossier. */
void as_of_stat(struct view *v, struct store_stat *out);
void as_of_tally(struct view *v, int from, int to, struct tally *out);
/* The live rows of an as-of view. */
void as_of_live(struct view *v, enum live_group group, row_visit *each, void *arg);
/* Searching an as-of view. */
void as_of_search(struct view *v, const struct query *q, dossier_visit *each, void *arg);

#endif
