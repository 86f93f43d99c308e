/* The bytes of each value go straight into the buffer: key, value and comma in one reservation. */
#include "core/json.h"
#include "core/utf8.h"

#define INT_LONGEST 20    /* -9223372036854775808 */
#define ESCAPE_LONGEST 12 /* two \uXXXX */

/* A key, mostly of 4 to 16 bytes: too short for a call. */
static char *put_short(char *to, const char *from, size_t n)
{
    if (n >= 8 && n <= 16) {
        memcpy(to, from, 8);
        memcpy(to + n - 8, from + n - 8, 8);
    } else if (n >= 4 && n < 8) {
        memcpy(to, from, 4);
        memcpy(to + n - 4, from + n - 4, 4);
    } else {
        memcpy(to, from, n);
    }
    return to + n;
}

/* Room for the comma, the key and `more` bytes; what goes before the value is written. NULL when memory ran
 * out. */
static char *begin(struct json *j, const char *key, size_t more)
{
    size_t key_bytes = key ? strlen(key) : 0;
    struct buf *out = j->out;
    size_t bytes = key_bytes + more + sizeof ",\"\":";
    if ((out->failed || bytes >= out->cap - out->n) && !buf_reserve(out, bytes))
        return NULL;
    char *to = out->p + out->n;
    if (j->comma)
        *to++ = ',';
    j->comma = true;
    if (key) {
        *to++ = '"';
        to = put_short(to, key, key_bytes);
        *to++ = '"';
        *to++ = ':';
    }
    return to;
}

/* Takes what was written up to `to` into the buffer. */
static void end(struct json *j, char *to)
{
    *to = '\0';
    j->out->n = (size_t)(to - j->out->p);
}

static void put_raw(struct json *j, const char *key, const char *value, size_t n)
{
    char *to = begin(j, key, n);
    if (!to)
        return;
    memcpy(to, value, n);
    end(j, to + n);
}

void json_object_begin(struct json *j, const char *key)
{
    put_raw(j, key, "{", 1);
    j->comma = false;
}

void json_array_begin(struct json *j, const char *key)
{
    put_raw(j, key, "[", 1);
    j->comma = false;
}

void json_object_end(struct json *j)
{
    j->comma = false;
    put_raw(j, NULL, "}", 1);
}

void json_array_end(struct json *j)
{
    j->comma = false;
    put_raw(j, NULL, "]", 1);
}

void json_line(struct json *j)
{
    j->comma = false;
    put_raw(j, NULL, "\n", 1);
    j->comma = false;
}

void json_key(struct json *j, const char *key)
{
    put_raw(j, key, "", 0);
    j->comma = false;
}

void json_null(struct json *j, const char *key)
{
    put_raw(j, key, "null", 4);
}

void json_bool(struct json *j, const char *key, bool value)
{
    put_raw(j, key, value ? "true" : "false", value ? 4 : 5);
}

/* Writes the digits of v, at least `least` of them, so that they end at `limit`; returns where they begin. */
static char *digits_before(char *limit, uint64_t v, int least)
{
    for (; v > 0 || least > 0; v /= 10, least--)
        *--limit = (char)('0' + v % 10);
    return limit;
}

static uint64_t magnitude(int64_t v)
{
    return v < 0 ? -(uint64_t)v : (uint64_t)v;
}

void json_int(struct json *j, const char *key, int64_t value)
{
    json_fixed(j, key, value, 0);
}

void json_fixed(struct json *j, const char *key, int64_t value, int decimals)
{
    char digits[INT_LONGEST + 2];
    char *limit = digits + sizeof digits;
    uint64_t rest = magnitude(value);
    char *from = limit;
    for (int i = 0; i < decimals; i++, rest /= 10)
        *--from = (char)('0' + rest % 10);
    if (decimals > 0)
        *--from = '.';
    from = digits_before(from, rest, 1);
    if (value < 0)
        *--from = '-';
    put_raw(j, key, from, (size_t)(limit - from));
}

void json_hundredths(struct json *j, const char *key, int64_t hundredths)
{
    if (hundredths % 100 == 0)
        json_fixed(j, key, hundredths / 100, 0);
    else if (hundredths % 10 == 0)
        json_fixed(j, key, hundredths / 10, 1);
    else
        json_fixed(j, key, hundredths, 2);
}

/* How many bytes from `at` on stand for themselves in a JSON string: plain text without quote or backslash.
 */
static size_t own_run(struct str s, size_t at)
{
#ifdef __SSE2__
    return utf8_plain_run(s.p, s.n, at, true) - at;
#else
    const char *from = s.p + at;
    size_t n = utf8_plain_end(s.p, s.n, at) - at;
    const char *quote = n ? memchr(from, '"', n) : NULL;
    if (quote)
        n = (size_t)(quote - from);
    const char *backslash = n ? memchr(from, '\\', n) : NULL;
    return backslash ? (size_t)(backslash - from) : n;
#endif
}

static char *put_unit(char *to, unsigned unit)
{
    static const char hex[] = "0123456789abcdef";
    *to++ = '\\';
    *to++ = 'u';
    for (int shift = 12; shift >= 0; shift -= 4)
        *to++ = hex[unit >> shift & 0xF];
    return to;
}

static char *put_escaped(char *to, int32_t c)
{
    static const char named[] = "\"\"\\\\\nn\rr\tt\bb\ff"; /* the character, then its letter */
    for (const char *z = named; *z; z += 2) {
        if (*z == c) {
            *to++ = '\\';
            *to++ = z[1];
            return to;
        }
    }
    if (c < 0x10000)
        return put_unit(to, (unsigned)c);
    unsigned above = (unsigned)c - 0x10000;
    to = put_unit(to, 0xD800 | above >> 10);
    return put_unit(to, 0xDC00 | (above & 0x3FF));
}

void json_str(struct json *j, const char *key, struct str value)
{
    struct buf *out = j->out;
    char *to = begin(j, key, value.n + sizeof "\"\"");
    if (!to)
        return;
    *to++ = '"';
    for (size_t at = 0; at < value.n;) {
        /* There is always room for the rest as it is and the quote; only what grows asks for more. */
        size_t run = own_run(value, at);
        if (run) {
            memcpy(to, value.p + at, run);
            to += run;
            at += run;
            continue;
        }
        int32_t c = utf8_next(value.p, value.n, &at);
        if (c >= 0x80 && !utf8_is_hidden(c)) {
            to += utf8_write(to, c);
            continue;
        }
        end(j, to);
        if (!buf_reserve(out, ESCAPE_LONGEST + (value.n - at) + sizeof "\""))
            return;
        to = out->p + out->n;
        to = c < 0 ? to + utf8_write(to, UTF8_REPLACEMENT) : put_escaped(to, c);
    }
    *to++ = '"';
    end(j, to);
}

void json_text(struct json *j, const char *key, struct str value)
{
    if (value.n == 0)
        json_null(j, key);
    else
        json_str(j, key, value);
}

void json_name(struct json *j, const char *key, const char *value)
{
    if (value)
        json_str(j, key, str_of(value));
    else
        json_null(j, key);
}

static void put_quoted(struct json *j, const char *key, const char *plain)
{
    size_t n = strlen(plain);
    char *to = begin(j, key, n + 2);
    if (!to)
        return;
    *to++ = '"';
    memcpy(to, plain, n);
    to += n;
    *to++ = '"';
    end(j, to);
}

void json_day(struct json *j, const char *key, civil_day day)
{
    char text[CIVIL_TEXT];
    if (day == NO_DAY)
        json_null(j, key);
    else
        put_quoted(j, key, civil_iso_date(text, day));
}

void json_minute(struct json *j, const char *key, civil_minute t, int offset_minutes)
{
    char text[CIVIL_TEXT];
    if (t == NO_TIME)
        json_null(j, key);
    else
        put_quoted(j, key, civil_iso_time(text, t, offset_minutes));
}

void json_utc(struct json *j, const char *key, int64_t utc_second, int offset_minutes)
{
    char text[CIVIL_TEXT];
    if (utc_second == NO_TIME)
        json_null(j, key);
    else
        put_quoted(j, key, civil_iso_second(text, utc_second, offset_minutes));
}
