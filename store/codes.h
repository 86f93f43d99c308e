/* codes: from a dossier's code, or its ending, to the dossier. A code is never given up.
 *
 * A key is the code's length, one byte, then the code with its letters upper-cased. So the codes of a day
 * stand side by side, and what is received or brought in together is written together. For an ending the
 * table is walked in leaps: among codes that differ in nothing but as many last characters it can only be in
 * one place. That is a look or two a day that had dossiers, however many it had. */
#ifndef MOTCUA_STORE_CODES_H
#define MOTCUA_STORE_CODES_H

#include "core/event.h"
#include "store/bytes.h"
#include "store/txn.h"

#define CODE_ENDING 4 /* the shortest ending that is looked for */

static inline char code_upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}
/* False for an empty one or one longer than any code may be. */
bool code_key(struct key *out, struct str code);
/* False when another dossier has it, which keeps it, and after a fault. */
bool codes_put(struct txn *t, struct str code, uint64_t id);
/* The dossier of exactly this code, whatever the letters' case. */
bool codes_get(struct txn *t, struct str code, uint64_t *id);

enum code_standing { CODE_UNSEEN, CODE_OPEN, CODE_ENDED };
/* How the dossier of a fitting code stands; an unseen one (logged after the moment looked at) does not count.
 */
typedef enum code_standing code_judge(void *arg, uint64_t id);
/* Exact first, else the only open dossier the ending fits, else the only one. `unknown_dossier` or
 * `ambiguous_dossier`. */
struct outcome codes_find(struct txn *t, struct str code, code_judge *judge, void *arg, uint64_t *id);

#endif
