/* roots: how an LMDB file begins, read as bytes: nothing here trusts the file.
 *
 * The first two pages each name the roots of all trees as one transaction left them; transactions write them
 * in turn, the even ones page 0. LMDB goes by the one with the greater number. When that number is damaged it
 * goes by the other without a word: what was saved last is gone, and written over next. */
#ifndef MOTCUA_STORE_ROOTS_H
#define MOTCUA_STORE_ROOTS_H

#include "core/outcome.h"

/* Everything below is laid out as LMDB writes it, in the machine's byte order. */

#define NO_PAGE SIZE_MAX

enum page_flag { PAGE_BRANCH = 0x01, PAGE_LEAF = 0x02, PAGE_OVERFLOW = 0x04, PAGE_META = 0x08 };

struct page_head {
    size_t number;
    uint16_t pad, flags;
    uint16_t lower, upper; /* where free room begins and ends; of an overflow page, 32 bits: how many pages */
};

struct tree_head {
    uint32_t pad; /* of the tree of free pages: how long a page is */
    uint16_t flags, depth;
    size_t branches, leaves, overflows, entries, root;
};

struct root {
    uint32_t magic, version;
    size_t address, map;
    struct tree_head free, main;
    size_t last_page, transaction;
};

/* Both as they stand in the file, and how many pages it has. */
struct roots {
    struct root root[2];
    size_t pages;
};

/* Is the file's beginning one that transactions in turn can have left? `not_ours` where it is not LMDB's at
 * all, `damaged` where it is not as it should be, also when LMDB would not notice. Others may be writing.
 * `dir` is what messages name. */
struct outcome roots_check(const char *file, const char *dir);

/* An errno or LMDB's error, 0 for success; EUCLEAN where they have not the form they should. */
int roots_read(int fd, struct roots *out);
/* Can transactions in turn have left both? */
bool roots_follow(const struct roots *r);
/* Can its trees be in a file of that many pages? */
bool root_is_sane(const struct root *r, size_t pages);

#endif
