/* mask: personal data where it is not to be read (Law 91/2025 on personal data): numbers in lists show their
 * last three or four characters; complaints, which end in logs, repeat nothing that may be somebody's. */
#ifndef MOTCUA_CORE_MASK_H
#define MOTCUA_CORE_MASK_H

#include "core/buf.h"

/* Appends s; unless `whole`, with all but its last characters as `*`: of twelve and more the last four show,
 * of fewer a third. */
void mask_number(struct buf *out, struct str s, bool whole);

enum typed_as {
    TYPED_WORDS, /* a value in words of a language */
    TYPED_VALUE, /* a time, a number, one of a few words: plain letters do for all of them */
    TYPED_CODE,  /* a code, a login, a command */
};
/* Appends what a person typed and a complaint repeats: as it is, or `***` where it may be a phone or id
 * number or an address of e-mail that slipped there, or has letters that what was asked for cannot have: a
 * name. */
void mask_typed(struct buf *out, struct str typed, enum typed_as as);

#endif
