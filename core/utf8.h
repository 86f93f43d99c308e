/* utf8: one character at a time, for the files behind text.h and json.h. Others use text.h. */
#ifndef MOTCUA_CORE_UTF8_H
#define MOTCUA_CORE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <utf8proc.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define UTF8_LONGEST 4          /* bytes of one character */
#define UTF8_REPLACEMENT 0xFFFD /* what stands for what cannot be shown */
#define UTF8_REPLACEMENT_BYTES "\xEF\xBF\xBD"

/* Is p[at] the second, third or fourth byte of a character? */
static inline bool utf8_continues(const char *p, size_t at)
{
    return ((unsigned char)p[at] & 0xC0) == 0x80;
}

/* What p[at], a byte that continues a character, adds to it. */
static inline int32_t utf8_more(const char *p, size_t at)
{
    return (unsigned char)p[at] & 0x3F;
}

/* The character at *at, which must be below n, and steps over it. For a sequence that is cut off, overlong, a
 * surrogate or past U+10FFFF (Unicode, table 3-7, "well-formed byte sequences") it is -1 and one byte. */
static inline int32_t utf8_next(const char *p, size_t n, size_t *at)
{
    size_t i = (*at)++, left = n - i;
    int32_t first = (unsigned char)p[i], c;
    if (first < 0x80)
        return first;
    if (first < 0xC2 || left < 2 || !utf8_continues(p, i + 1))
        return -1;
    if (first < 0xE0) {
        *at = i + 2;
        return (first & 0x1F) << 6 | utf8_more(p, i + 1);
    }
    if (left < 3 || !utf8_continues(p, i + 2))
        return -1;
    if (first < 0xF0) {
        c = (first & 0x0F) << 12 | utf8_more(p, i + 1) << 6 | utf8_more(p, i + 2);
        if (c < 0x800 || (c >= 0xD800 && c <= 0xDFFF))
            return -1;
        *at = i + 3;
        return c;
    }
    if (first > 0xF4 || left < 4 || !utf8_continues(p, i + 3))
        return -1;
    c = (first & 0x07) << 18 | utf8_more(p, i + 1) << 12 | utf8_more(p, i + 2) << 6 | utf8_more(p, i + 3);
    if (c < 0x10000 || c > 0x10FFFF)
        return -1;
    *at = i + 4;
    return c;
}

/* Writes c into out and returns its bytes; anything that is not a character becomes U+FFFD. */
static inline size_t utf8_write(char out[UTF8_LONGEST], int32_t c)
{
    if (c < 0 || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        c = UTF8_REPLACEMENT;
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

/* A character that must not be stored and never reaches a terminal: controls, format characters (bidi
 * controls, zero-width blanks and joiners, soft hyphen, tags: they reorder or hide what is read, and break
 * search), line and paragraph separators, fillers that look like nothing, non-characters, and -1. Line breaks
 * too: who allows them asks first. */
static inline bool utf8_is_hidden(int32_t c)
{
    if (c < 0x300) /* all that Vietnamese in NFC takes of the first blocks, without a look at the tables */
        return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD;
    if (c >= 0x1E00 && c < 0x1F00)
        return false;
    if ((c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF))
        return true;
    if (c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0)
        return true;
    switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP: return true;
    default: return false;
    }
}

#ifdef __SSE2__
enum { UTF8_LANES = 16 };

static inline __m128i utf8_between(__m128i bytes, char first,
                                   char last) /* as signed bytes: 0x80 is the least */
{
    return _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8((char)(first - 1))),
                         _mm_cmplt_epi8(bytes, _mm_set1_epi8((char)(last + 1))));
}

/* How many of the 16 bytes at p are whole plain characters, from the first one on. `json`: neither a quote
 * nor a backslash. */
static inline size_t utf8_plain_lanes(const char *p, bool json)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
    __m128i ascii = utf8_between(bytes, 0x20, 0x7E);
    if (json)
        ascii = _mm_andnot_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                                              _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))),
                                 ascii);
    unsigned one = (unsigned)_mm_movemask_epi8(ascii);
    if (one == 0xFFFF)
        return UTF8_LANES;
    unsigned two = (unsigned)_mm_movemask_epi8(utf8_between(bytes, (char)0xC3, (char)0xCB));
    unsigned three = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)0xE1)));
    unsigned latin = (unsigned)_mm_movemask_epi8(utf8_between(bytes, (char)0xB8, (char)0xBB));
    unsigned more = (unsigned)_mm_movemask_epi8(_mm_cmplt_epi8(bytes, _mm_set1_epi8((char)0xC0)));
    unsigned second = (two | three) << 1, third = three << 2;
    /* Wrong: what begins no plain character where one is due, or does not go on where it should. */
    unsigned due = ~(second | third);
    unsigned wrong =
        (due & ~(one | two | three)) | (second & ~more) | (three << 1 & ~latin) | (third & ~more);
    size_t fine = (size_t)__builtin_ctz(wrong | 1u << UTF8_LANES);
    /* Back to where a character begins: the one that is cut off, or that holds what is wrong. */
    while (fine > 0 && fine < UTF8_LANES && (second | third) >> fine & 1)
        fine--;
    if (fine == UTF8_LANES)
        fine -= (two | three) >> 15 & 1 ? 1 : three >> 14 & 1 ? 2 : 0;
    return fine;
}

/* Fewer than 16 bytes, with blanks behind them. */
static inline void utf8_padded(char lanes[UTF8_LANES], const char *p, size_t n)
{
    memset(lanes, ' ', UTF8_LANES);
    if (n >= 8) {
        memcpy(lanes, p, 8);
        memcpy(lanes + n - 8, p + n - 8, 8);
    } else if (n >= 4) {
        memcpy(lanes, p, 4);
        memcpy(lanes + n - 4, p + n - 4, 4);
    } else {
        for (size_t i = 0; i < n; i++)
            lanes[i] = p[i];
    }
}

static inline size_t utf8_plain_run(const char *p, size_t n, size_t at, bool json)
{
    size_t fine = UTF8_LANES;
    for (; n - at >= UTF8_LANES && fine > UTF8_LANES - 3; at += fine)
        fine = utf8_plain_lanes(p + at, json);
    if (at < n && n - at < UTF8_LANES) {
        char lanes[UTF8_LANES];
        utf8_padded(lanes, p + at, n - at);
        fine = utf8_plain_lanes(lanes, json);
        at += fine < n - at ? fine : n - at;
    }
    return at;
}
#endif

/* Where the run ends that begins at `at` and that every reader may take as it is: ASCII without controls, and
 * the letters of Vietnamese and its neighbours in NFC (U+00C0-02FF, U+1E00-1EFF): none of them hidden, each
 * one column wide. */
static inline size_t utf8_plain_end(const char *p, size_t n, size_t at)
{
#ifdef __SSE2__
    return utf8_plain_run(p, n, at, false);
#else
    const uint64_t each = UINT64_C(0x0101010101010101);
    while (at < n) {
        uint64_t eight;
        for (; n - at >= sizeof eight; at += sizeof eight) {
            memcpy(&eight, p + at, sizeof eight);
            uint64_t other = ((eight - each * 0x20) | eight | (eight + each)) & (each * 0x80);
            if (!other)
                continue;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
            at += (size_t)__builtin_ctzll(other) / 8;
#endif
            break; /* at one below a blank, above a tilde, or no ASCII */
        }
        unsigned char first = at < n ? (unsigned char)p[at] : 0;
        if (first >= 0x20 && first < 0x7F)
            at++;
        else if (first >= 0xC3 && first <= 0xCB && n - at > 1 && utf8_continues(p, at + 1))
            at += 2;
        else if (first == 0xE1 && n - at > 2 && ((unsigned char)p[at + 1] & 0xFC) == 0xB8 &&
                 utf8_continues(p, at + 2))
            at += 3;
        else
            break;
    }
    return at;
#endif
}

/* Blanks that people cannot tell from a plain one: the no-break space, the typographic ones, the ideographic
 * one. */
static inline bool utf8_is_blank(int32_t c)
{
    return c == ' ' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

#endif
