/* names: the office's catalogue and people, copied, so that forms can be filled in without a view of the
 * store open. */
#ifndef MOTCUA_TUI_NAMES_H
#define MOTCUA_TUI_NAMES_H

#include "core/arena.h"
#include "core/office.h"
#include "tui/find.h"

struct named_procedure {
    struct procedure procedure; /* strings in the arena */
    struct str code, words;     /* folded: the code with its case; name and field */
    struct str digits;          /* the code without its dots: people leave them out */
    uint32_t used;              /* how often among the last dossiers */
    bool first;                 /* the first row of its code: a code's other rows are its cases */
};

struct named_officer {
    struct str login, name, unit, title;
    struct str words; /* folded: login, name, unit */
    uint16_t number;
    enum role role;
};

struct names {
    struct named_procedure *procedure; /* by code, then case; retired ones left out */
    size_t procedures;
    struct named_officer *officer; /* by login; retired ones left out */
    size_t officers;
    struct arena text;
};

/* False when memory is out; *out is then empty. */
bool names_load(struct names *out, const struct office *office);
void names_release(struct names *n);

/* ---- finding as one types ---- */

/* Indexes of what fits every word typed (marks and case do not matter), best first; returns how many, at most
 * FOUND_MAX. Procedures, each code once: the code itself; codes that begin so; names that hold what was typed
 * as it stands, what is used most first, then those that begin with it (or "Thủ tục đăng ký …", "… cấp …" and
 * it); then names and fields with its words scattered, in the same way; then those that hold them inside
 * words; among equals the shorter name. With nothing typed, what is used most. */
size_t names_find_procedures(const struct names *n, struct str typed, uint16_t out[FOUND_MAX]);
size_t names_find_officers(const struct names *n, struct str typed, uint16_t out[FOUND_MAX]);
/* The cases of the code at this index, itself included. */
size_t names_cases(const struct names *n, size_t index);
/* The procedure of exactly this code and case; procedures when there is none. */
size_t names_procedure(const struct names *n, struct str code, struct str kase);

#endif
