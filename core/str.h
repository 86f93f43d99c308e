/* str: a borrowed run of bytes, the only string type that crosses a function border in motcua.
 *
 * A `struct str` owns nothing and is not NUL-terminated: it points into a literal, a buffer or a database
 * page, and lives no longer than that. Functions that return one say what it points into. {NULL, 0} is
 * "absent"; an empty text has n == 0, and motcua treats the two alike. */
#ifndef MOTCUA_CORE_STR_H
#define MOTCUA_CORE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct str {
    const char *p;
    size_t n; /* bytes */
};

/* A literal as a str, without counting at run time. Only for string literals. */
#define STR(literal) ((struct str){(literal), sizeof(literal) - 1})
#define STR_NONE ((struct str){NULL, 0})
/* The two arguments of a "%.*s". */
#define STR_ARG(s) (int)(s).n, (s).n ? (s).p : ""

/* The bytes of z up to its NUL; absent when z is NULL. */
static inline struct str str_of(const char *z)
{
    return z ? (struct str){z, strlen(z)} : STR_NONE;
}

static inline bool str_eq(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* Byte order, a prefix before what it begins; <0, 0, >0 as memcmp. */
static inline int str_cmp(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

static inline bool str_starts(struct str s, struct str prefix)
{
    return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

/* The bytes from `from` on, clamped to the text. */
static inline struct str str_from(struct str s, size_t from)
{
    return from < s.n ? (struct str){s.p + from, s.n - from} : STR_NONE;
}

static inline struct str str_first(struct str s, size_t n)
{
    return (struct str){s.p, n < s.n ? n : s.n};
}

#endif
