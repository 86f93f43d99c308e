#include "tests/slow_text.h"
#include "tests/vietnamese_letters.h"

#include <stdlib.h>
#include <utf8proc.h>

int32_t slow_next(struct str s, size_t *at)
{
    utf8proc_int32_t c;
    utf8proc_ssize_t n =
        utf8proc_iterate((const utf8proc_uint8_t *)s.p + *at, (utf8proc_ssize_t)(s.n - *at), &c);
    *at += n > 0 ? (size_t)n : 1;
    return n > 0 ? c : -1;
}

bool slow_hidden(int32_t c)
{
    static const int32_t fillers[] = {0x115F, 0x1160, 0x3164, 0xFFA0};
    static const char *const categories[] = {"Cc", "Cf", "Cs", "Zl", "Zp"};
    if (c < 0 || (c >= 0xFDD0 && c < 0xFDF0) || c % 0x10000 >= 0xFFFE)
        return true;
    for (size_t i = 0; i < sizeof fillers / sizeof fillers[0]; i++)
        if (c == fillers[i])
            return true;
    for (size_t i = 0; i < sizeof categories / sizeof categories[0]; i++)
        if (strcmp(utf8proc_category_string(c), categories[i]) == 0)
            return true;
    return false;
}

int slow_columns(int32_t c)
{
    return slow_hidden(c) ? 1 : utf8proc_charwidth(c);
}

int slow_text_columns(struct str s)
{
    int columns = 0;
    for (size_t at = 0; at < s.n;)
        columns += slow_columns(slow_next(s, &at));
    return columns;
}

size_t slow_letter_end(struct str s, size_t at)
{
    int32_t base = slow_next(s, &at);
    while (base != '\n' && at < s.n) {
        size_t after = at;
        if (slow_columns(slow_next(s, &after)) != 0)
            break;
        at = after;
    }
    return at;
}

bool slow_is_showable(struct str s, bool lines)
{
    for (size_t at = 0; at < s.n;) {
        int32_t c = slow_next(s, &at);
        if (slow_hidden(c) && !(lines && c == '\n'))
            return false;
    }
    return true;
}

char *slow_normal(struct str s, bool composed)
{
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n, &out,
                                      UTF8PROC_STABLE | (composed ? UTF8PROC_COMPOSE : UTF8PROC_DECOMPOSE));
    return n < 0 ? NULL : (char *)out;
}

static void random_character(struct buf *out, struct random *random)
{
    static const int32_t highest[] = {0x7F, 0x250, 0x3100, 0x10000, 0x30000, 0x110000};
    int32_t c;
    do {
        uint64_t r = random_next(random);
        c = (int32_t)((r >> 8) % (uint64_t)highest[r % 6]);
    } while ((c >= 0xD800 && c < 0xE000) || slow_hidden(c));
    utf8proc_uint8_t bytes[4];
    buf_add(out, bytes, (size_t)utf8proc_encode_char(c, bytes));
}

static void random_dirt(struct buf *out, struct random *random)
{
    static const char *const dirt[] = {
        "\x01",         "\t",           "\x1b[31m",     "\x7f",         "\xC2\x9B", "\xC2\x85",
        "\u00AD",       "\u200B",       "\u200E",       "\u202E",       "\u2028",   "\u2066",
        "\uFEFF",       "\uFFFE",       "\U0001FFFF",   "\U000E0041",   "\r",       "\r\n",
        "\xC0\x80",     "\xE1\xBB",     "\xF0\x9F\x98", "\xED\xA0\x80", "\xF5\x80", "\xF4\x90\x80\x80",
        "\xE0\x80\xAF", "\x80\xBF\x80", "\xFF",         "\xFE",         "\xC3",     "\n",
    };
    uint64_t r = random_next(random);
    if (r % 8 == 0)
        buf_add_char(out, (char)(r >> 8));
    else
        buf_add_z(out, dirt[(r >> 8) % (sizeof dirt / sizeof dirt[0])]);
}

void random_text(struct buf *out, struct random *random, unsigned pieces, bool dirty)
{
    static const char *const common[] = {"a", "n",      "th",     " ", "  ", "作", "한", "\u0301", "\u0323",
                                         "😀", "\u00A0", "\u3000", "…", "ﬁ",  "Ω",  "ж",  "é\u0323"};
    for (uint64_t left = random_next(random) % (pieces + 1); left > 0; left--) {
        uint64_t r = random_next(random);
        const struct vietnamese_letter *letter = &vietnamese_letters[(r >> 16) % VIETNAMESE_LETTERS];
        switch (r % 8) {
        case 0: buf_add_z(out, letter->composed); break;
        case 1: buf_add_z(out, letter->decomposed); break;
        case 2: buf_add_z(out, letter->typed); break;
        case 3: random_character(out, random); break;
        case 4:
            if (dirty) {
                random_dirt(out, random);
                break;
            }
            /* fall through */
        default: buf_add_z(out, common[(r >> 16) % (sizeof common / sizeof common[0])]);
        }
    }
}
