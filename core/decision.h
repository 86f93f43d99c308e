/* decision: what the rules are told, and what they answer with. */
#ifndef MOTCUA_CORE_DECISION_H
#define MOTCUA_CORE_DECISION_H

#include "core/arena.h"
#include "core/command.h"
#include "core/event.h"

/* What decide must be told of the store beyond office and dossier. */
struct needs {
    bool dossier;       /* the command acts on one */
    bool code_sequence; /* the next sequence of `code_day` whose code is not taken */
    civil_day code_day;
    enum series series; /* the next number of this series in `series_year`; SERIES_NONE: no need */
    int series_year;
    struct str code;    /* is this code taken? absent: no need */
    bool known;         /* the dossier of exactly this code, where there is one */
    struct str held_by; /* the open dossiers this login holds; absent: no need */
    bool turned_away;   /* the entry of this slip of the counter's, */
    bool refused;       /* of form 03, else 02 */
    struct yearly_number slip;
    bool clock; /* when the journal was last written to, and the last clock accepted */
};

#define HELD_NAMED 5

struct circumstances {
    uint64_t next_id;       /* for a dossier received now */
    uint32_t code_sequence; /* see needs */
    uint32_t number;        /* see needs: of the series */
    bool code_taken;
    size_t held; /* see held_by: how many, and up to HELD_NAMED of their codes */
    struct str held_code[HELD_NAMED];
    uint64_t turned_away;   /* see needs: 0, there is none; */
    int64_t turned_away_at; /* when it was recorded, */
    struct str turned_away_by;
    bool turned_away_void;   /* and whether it is void */
    int64_t recorded_at;     /* see clock: of the journal's last entry, NO_TIME before the first, */
    uint64_t clock_accepted; /* and the last EVENT_CLOCK_ACCEPTED, 0: none */
};

/* Events with seq, previous and recorded_at still to be given by the store. They live in `text`, their
 * strings there or in what was passed in. */
struct decision {
    struct event *event;
    size_t count, cap;
    struct arena text;
    struct event nowhere; /* what is written to where memory is out; text.failed is set then */
};
#define DECISION_INIT ((struct decision){.event = NULL, .text = ARENA_INIT})
/* One more event, zeroed. At least four stay where they are; later ones may move when more are added. Never
 * NULL. */
struct event *decision_add(struct decision *d);
/* Makes it empty again, its strings gone, for the next one. */
void decision_clear(struct decision *d);
/* Frees the strings and makes it empty again. */
void decision_release(struct decision *d);

#endif
