#include "store/sum.h"

#include "store/bytes.h"
#include <sodium.h>

_Static_assert(SUM_KEY == crypto_shorthash_KEYBYTES && crypto_shorthash_BYTES == 8, "SipHash");

void sum_key_draw(struct sum_key *key)
{
    randombytes_buf(key->b, sizeof key->b);
}

bool sum_add(struct sum *s, struct str text, uint64_t number)
{
    unsigned char what[SUM_TEXT + 8], hash[crypto_shorthash_BYTES];
    if (text.n > SUM_TEXT)
        return false;
    put_be(what, number, 8);
    if (text.n)
        memcpy(what + 8, text.p, text.n);
    crypto_shorthash(hash, what, 8 + text.n, s->key->b);
    s->sum += get_be(hash, 8);
    s->count++;
    return true;
}
