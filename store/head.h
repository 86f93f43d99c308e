/* head: the journal's end at some moment, as SEQ:HASH. Whoever notes it elsewhere can tell later whether the
 * journal still is the one that was seen: every entry's hash binds all before it. */
#ifndef MOTCUA_STORE_HEAD_H
#define MOTCUA_STORE_HEAD_H

#include "core/str.h"
#include <stdint.h>

#define STORE_HASH 32

struct head {
    uint64_t seq; /* 0: nothing was ever written */
    unsigned char hash[STORE_HASH];
};

/* Room for a number, a colon, the hash in hexadecimal and a NUL. */
#define HEAD_TEXT (20 + 1 + 2 * STORE_HASH + 1)

void hash_format(char out[2 * STORE_HASH + 1], const unsigned char hash[STORE_HASH]);
/* Exactly 64 hexadecimal digits of either case. */
bool hash_parse(struct str text, unsigned char out[STORE_HASH]);
void head_format(char out[HEAD_TEXT], const struct head *h);
/* SEQ:HASH and nothing else; SEQ from 1 to INT64_MAX, without leading zeros. */
bool head_parse(struct str text, struct head *out);
bool head_equal(const struct head *a, const struct head *b);

#endif
