#include "store/roots.h"

#include "store/fault.h"
#include <errno.h>
#include <fcntl.h>
#include <lmdb.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

_Static_assert(sizeof(struct page_head) == sizeof(size_t) + 8, "as LMDB lays it out");
_Static_assert(sizeof(struct root) ==
                   8 + 2 * sizeof(size_t) + 2 * sizeof(struct tree_head) + 2 * sizeof(size_t),
               "as LMDB lays it out");

enum {
    DATA_VERSION = 1,
    LEAST_PAGE = 256,
    GREATEST_PAGE = 1 << 16,
    FLAG_INTEGER_KEYS = 0x08,
    FLAG_ONE_FILE = 0x4000, /* how the file was opened when it was made; says nothing of what is in it */
    DEEPEST = 32,
};
static const uint32_t MAGIC = 0xBEEFC0DE;

/* ---- one of the two ---- */

static bool page_size_is_usual(size_t size)
{
    return size >= LEAST_PAGE && size <= GREATEST_PAGE && (size & (size - 1)) == 0;
}

static bool tree_is_sane(const struct tree_head *t, size_t last_page)
{
    if (t->root == NO_PAGE)
        return t->depth == 0 && t->entries == 0;
    return t->root >= 2 && t->root <= last_page && t->depth > 0 && t->depth <= DEEPEST;
}

/* Pages that were taken and given back at once are counted, and need not be in the file; but not millions. */
bool root_is_sane(const struct root *r, size_t pages)
{
    enum { UNWRITTEN = 1 << 20 };
    return r->last_page < pages + UNWRITTEN && (r->free.flags & ~FLAG_ONE_FILE) == FLAG_INTEGER_KEYS &&
           r->main.flags == 0 && r->main.pad == 0 && r->last_page >= 1 &&
           r->last_page < NO_PAGE / GREATEST_PAGE && tree_is_sane(&r->free, r->last_page) &&
           tree_is_sane(&r->main, r->last_page);
}

static bool has_mark(const struct page_head *h, const struct root *r, size_t number, size_t page_size)
{
    return h->number == number && h->flags == PAGE_META && r->magic == MAGIC && r->version == DATA_VERSION &&
           r->free.pad == page_size;
}

/* ---- both ---- */

static const struct root *newer(const struct roots *r)
{
    return &r->root[r->root[1].transaction > r->root[0].transaction];
}

bool roots_follow(const struct roots *r)
{
    size_t a = r->root[0].transaction, b = r->root[1].transaction;
    bool in_turn = a % 2 == 0 && b % 2 == 1 && (a + 1 == b || b + 1 == a);
    return (in_turn || (a == 0 && b == 0)) && root_is_sane(newer(r), r->pages);
}

int roots_read(int fd, struct roots *out)
{
    struct page_head head[2];
    unsigned char first[sizeof *head + sizeof(struct root)];
    struct stat st;
    size_t size = 0;
    if (fstat(fd, &st) != 0)
        return errno;
    for (size_t i = 0; i < 2; i++) {
        ssize_t n = pread(fd, first, sizeof first, (off_t)(i * size));
        if (n < 0)
            return errno;
        if ((size_t)n < sizeof first)
            return i ? EUCLEAN : MDB_INVALID;
        memcpy(&head[i], first, sizeof *head);
        memcpy(&out->root[i], first + sizeof *head, sizeof *out->root);
        size = out->root[0].free.pad;
        if (i == 0 && out->root[0].magic != MAGIC)
            return MDB_INVALID;
        if (!page_size_is_usual(size) || !has_mark(&head[i], &out->root[i], i, size))
            return EUCLEAN;
    }
    out->pages = (size_t)st.st_size / size;
    return 0;
}

/* Writers change them under us, one after the other: what does not fit must stay so for a while. */
static int judge(int fd)
{
    enum { ROUNDS = 200, SURE = 5, PAUSE = 1000 * 1000 };
    struct roots r = {0}, last = {0};
    int rc = 0;
    for (int round = 0, same = 0; round < ROUNDS && same < SURE; round++) {
        rc = roots_read(fd, &r);
        if (rc == 0 && roots_follow(&r))
            return 0;
        if (rc && rc != EUCLEAN)
            return rc;
        same = round && memcmp(&r, &last, sizeof r) == 0 ? same + 1 : 0;
        last = r;
        rc = same == SURE ? EUCLEAN : 0;
        nanosleep(&(struct timespec){.tv_nsec = PAUSE}, NULL);
    }
    return rc;
}

struct outcome roots_check(const char *file, const char *dir)
{
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    int rc = fd < 0 ? errno : judge(fd);
    if (fd >= 0)
        close(fd);
    return rc == EUCLEAN ? fault_damaged(dir, T_core_damage_first_pages)
           : rc          ? fault_of(dir, rc)
                         : OUTCOME_DONE;
}
