/* survey_people: which dossiers are of one and the same person.
 *
 * Two dossiers are of one person where the id number is the same; or the phone and who would answer; or, if
 * one of the two has no id number, the phone, or the name and address. Numbers are compared without blanks
 * and punctuation (+84 is 0), names and addresses folded. What follows from two such pairs holds as well.
 * Nobody who might be the same person is on the list twice; a few may be missing that were not.
 */
#ifndef MOTCUA_CORE_SURVEY_PEOPLE_H
#define MOTCUA_CORE_SURVEY_PEOPLE_H

#include "core/arena.h"
#include <stdint.h>

/* One dossier of somebody who may be asked. Borrowed strings. */
struct survey_dossier {
    uint64_t id; /* of the dossier; each once */
    uint16_t field;
    struct str name;      /* of the applicant */
    struct str asked;     /* who would answer: an organisation's representative, else the applicant */
    struct str id_number; /* as typed, like the rest; may be absent */
    struct str phone;     /* one or several */
    struct str address;
};

/* For each dossier the place of the first of the same person's in the array. In `arena`; NULL when memory is
 * out. */
size_t *survey_people(struct arena *arena, const struct survey_dossier *dossier, size_t count);

#endif
