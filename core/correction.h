/* correction: mending what was mistyped at the receipt. Which fields there are, and how people write them. */
#ifndef MOTCUA_CORE_CORRECTION_H
#define MOTCUA_CORE_CORRECTION_H

#include "core/str.h"

/* Named as the options of `receive`. The first four make the due time anew. */
enum correction_field {
    CORRECT_PROCEDURE,   /* CODE, CODE#CASE or CODE.CASE */
    CORRECT_CASE,        /* of the same procedure; empty: the plain procedure */
    CORRECT_LIMIT,       /* as limit_parse() reads it */
    CORRECT_RECEIVED_AT, /* a time; a date alone is the opening hour of that day */
    CORRECT_APPLICANT,
    CORRECT_PHONE,
    CORRECT_ID_NUMBER,
    CORRECT_ADDRESS,
    CORRECT_EMAIL,
    CORRECT_ORGANIZATION, /* yes or no */
    CORRECT_OUTSIDE,      /* yes or no */
    CORRECT_SUBMITTER,
    CORRECT_AUTHORITY,
    CORRECT_CHANNEL,   /* direct, online, postal */
    CORRECT_COMPONENT, /* given several times: the whole list anew; empty: none */
    CORRECT_SETS,
    CORRECT_COLLECT, /* desk, postal, online */
    CORRECT_FEE,
    CORRECT_NOTE,
    CORRECT_SUBMITTED, /* a time; empty: not said */
    CORRECT_COUNT
};

/* A field and its new value as typed. Both borrowed. */
struct change {
    enum correction_field field;
    struct str value;
};

/* "received_at" and "received-at" alike, in either letter case; "at" is the same as received_at. */
bool correction_field_parse(struct str name, enum correction_field *out);
const char *correction_field_name(enum correction_field field); /* "id_number", … */
static inline bool correction_moves_due(enum correction_field field)
{
    return field <= CORRECT_RECEIVED_AT;
}

#endif
