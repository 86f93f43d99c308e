/* Folding for search: a walk through the table that data/make_fold_table.c makes. */
#include "core/text.h"
#include "core/utf8.h"
#include "fold_table.h"

/* Hangul syllables are in no table: Unicode, section 3.12, takes them apart by arithmetic. */
enum {
    HANGUL = 0xAC00,
    HANGUL_COUNT = 11172,
    LEADING = 0x1100,
    VOWEL = 0x1161,
    TRAILING = 0x11A7,
    TRAILING_COUNT = 28,
    AFTER_LEADING = 21 * TRAILING_COUNT,
};

struct folding {
    char *to; /* where the next byte goes */
    char *begin;
    bool blank; /* a blank is due before the next character */
};

static void fold_put(struct folding *f, int32_t c)
{
    if (f->blank && f->to > f->begin)
        *f->to++ = ' ';
    f->blank = false;
    f->to += utf8_write(f->to, c);
}

/* A letter or digit of ASCII, folded already. */
static void fold_put_plain(struct folding *f, char c)
{
    if (f->blank && f->to > f->begin)
        *f->to++ = ' ';
    f->blank = false;
    *f->to++ = c;
}

static void fold_hangul(struct folding *f, int32_t syllable)
{
    fold_put(f, LEADING + syllable / AFTER_LEADING);
    fold_put(f, VOWEL + syllable % AFTER_LEADING / TRAILING_COUNT);
    if (syllable % TRAILING_COUNT)
        fold_put(f, TRAILING + syllable % TRAILING_COUNT);
}

static void fold_character(struct folding *f, int32_t c)
{
    if (c >= HANGUL && c < HANGUL + HANGUL_COUNT) {
        fold_hangul(f, c - HANGUL);
        return;
    }
    if (c < 0 || (c >= FOLD_TAGS && c < FOLD_TAGS_END))
        return;
    unsigned to = c < FOLD_END ? fold_blocks[fold_block_of[c / FOLD_BLOCK]][c % FOLD_BLOCK] : 0;
    if (to == 0) {
        fold_put(f, c);
    } else if (to == ' ') {
        f->blank = true;
    } else if (to < FOLD_NOTHING) {
        fold_put(f, (int32_t)to);
    } else if (to >= FOLD_SEVERAL) {
        const int *several = fold_several + (to - FOLD_SEVERAL);
        for (int i = 1; i <= several[0]; i++)
            fold_put(f, several[i]);
    }
}

void text_fold(struct buf *out, struct str in)
{
    if (in.n > SIZE_MAX / 2 / FOLD_GROWTH || !buf_reserve(out, in.n * FOLD_GROWTH + 1)) {
        out->failed = true;
        return;
    }
    struct folding f = {.to = out->p + out->n, .begin = out->p + out->n, .blank = false};
    for (size_t at = 0; at < in.n;) {
        unsigned char c = (unsigned char)in.p[at];
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) { /* most of all letters */
            at++;
            fold_put_plain(&f, (char)c);
        } else if (c >= 'A' && c <= 'Z') {
            at++;
            fold_put_plain(&f, (char)(c - 'A' + 'a'));
        } else if (c == ' ') {
            at++;
            f.blank = true;
        } else {
            fold_character(&f, utf8_next(in.p, in.n, &at));
        }
    }
    out->n = (size_t)(f.to - out->p);
    *f.to = '\0';
}
