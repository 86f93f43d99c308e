/* buf: bytes that grow; what is written to become a record, a line of JSON or a sentence.
 *
 * The first allocation that fails sets `failed`, and everything after it is a no-op: write straight on, look
 * once at the end. `p` is never NULL after a successful buf_add and is kept NUL-terminated, so it can be
 * printed; the NUL is not counted in `n`. */
#ifndef MOTCUA_CORE_BUF_H
#define MOTCUA_CORE_BUF_H

#include "core/str.h"
#include <stdint.h>

struct buf {
    char *p;
    size_t n;   /* bytes used */
    size_t cap; /* bytes allocated */
    bool failed;
};

#define BUF_INIT ((struct buf){NULL, 0, 0, false})

void buf_release(struct buf *b);
/* Empties it, keeps the memory and forgets a failure. */
void buf_reset(struct buf *b);
/* Room for `more` bytes beyond n, or false. Pointers into the buffer die. */
bool buf_reserve(struct buf *b, size_t more);
/* `n` more bytes at the end, to be written at once; NULL when it failed. */
static inline unsigned char *buf_more(struct buf *b, size_t n)
{
    if ((b->failed || n >= b->cap - b->n) && !buf_reserve(b, n))
        return NULL;
    unsigned char *p = (unsigned char *)b->p + b->n;
    b->n += n;
    b->p[b->n] = '\0';
    return p;
}
void buf_add(struct buf *b, const void *bytes, size_t n);
void buf_add_str(struct buf *b, struct str s);
void buf_add_z(struct buf *b, const char *z);
void buf_add_char(struct buf *b, char c);
void buf_add_int(struct buf *b, int64_t v);
/* At least `width` digits, zeros before them; not for a number below 0. */
void buf_add_digits(struct buf *b, uint64_t v, size_t width);
/* Like printf; only integer, %s and %c conversions (no locale may have a say). */
void buf_addf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The content, borrowed until the next change. */
static inline struct str buf_str(const struct buf *b)
{
    return (struct str){b->p, b->n};
}

#endif
