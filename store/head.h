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

/* What paper has room for: SEQ and the beginning of the hash, 16 digits of it or more. */
#define HEAD_MARK_DIGITS 16
struct head_mark {
    uint64_t seq;
    unsigned char hash[STORE_HASH]; /* zero behind its digits */
    size_t digits;                  /* hexadecimal ones: HEAD_MARK_DIGITS to all of them */
};
/* With HEAD_MARK_DIGITS digits. */
void head_mark_format(char out[HEAD_TEXT], const struct head *h);
/* SEQ:DIGITS and nothing else; a whole head is one too. */
bool head_mark_parse(struct str text, struct head_mark *out);
/* Is it the beginning of this hash? */
bool head_mark_fits(const struct head_mark *mark, const unsigned char hash[STORE_HASH]);

#endif
