#include "tui/letters.h"

#include "core/text.h"

static uint8_t length_of(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        return 2;
    if (first >= 0xE0 && first <= 0xEF)
        return 3;
    if (first >= 0xF0 && first <= 0xF4)
        return 4;
    return 0;
}

static bool continues(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

bool letters_take(struct letters *l, unsigned char byte, int32_t *out)
{
    if (!l->have || !continues(byte)) {
        *l = LETTERS_INIT;
        l->want = length_of(byte);
        if (!l->want)
            return false;
    }
    l->byte[l->have++] = (char)byte;
    if (l->have < l->want)
        return false;
    size_t at = 0;
    *out = text_next((struct str){l->byte, l->have}, &at);
    *l = LETTERS_INIT;
    return *out >= 0;
}

static bool is_printable(const struct key *k)
{
    return !k->special && k->code > ' ';
}

static size_t printable_run(const struct key *keys, size_t n)
{
    size_t run = 0;
    while (run < n && run < SCAN_LONGEST &&
           (is_printable(&keys[run]) || (run && key_is_letter(&keys[run], ' '))))
        run++;
    return run;
}

bool scan_may_grow(const struct key *keys, size_t n)
{
    return n > 0 && n < SCAN_LONGEST && printable_run(keys, n) == n;
}

size_t scan_length(const struct key *keys, size_t n, bool one_read)
{
    size_t run = printable_run(keys, n);
    if (run < SCAN_SHORTEST || run == n || !key_is(&keys[run], PRESS_ENTER))
        return 0;
    if (one_read)
        return run + 1;
    for (size_t i = 0; i < run; i++)
        if (keys[i].code >= '0' && keys[i].code <= '9')
            return run + 1;
    return 0;
}
