/* applicant: the person or organisation a dossier is about. Strings are borrowed. */
#ifndef MOTCUA_CORE_APPLICANT_H
#define MOTCUA_CORE_APPLICANT_H

#include "core/str.h"

struct applicant {
    struct str name;
    struct str id_number, phone, email, address; /* may be absent */
    bool organization;
    bool outside; /* lives outside the commune */
};

#endif
