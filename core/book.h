/* book: what an office keeps a book of: who it is, its procedures, its people. Plain data; strings are
 * borrowed from whoever filled it in. */
#ifndef MOTCUA_CORE_BOOK_H
#define MOTCUA_CORE_BOOK_H

#include "core/limit.h"
#include "core/roles.h"

struct office_identity {
    struct str name, agency, parent, place;
    int utc_offset; /* minutes */
    bool demo;
};

struct procedure {
    uint16_t number; /* of this (code, case) */
    uint16_t field_number;
    uint64_t version; /* sequence of the event that last put it */
    struct str code;
    struct str kase; /* "01"; absent for the plain procedure */
    struct str name, field;
    struct limit limit;
    enum due_clock clock;  /* CLOCK_UNSET: the office's setting */
    int64_t fee;           /* VND; -1 when the catalogue does not say */
    int8_t online, postal; /* offered on that channel: 1, 0, or -1 when the catalogue does not say */
    bool retired;
};

struct officer {
    uint16_t number;
    struct str login, name, unit, title;
    enum role role;
    bool retired;
};

#endif
