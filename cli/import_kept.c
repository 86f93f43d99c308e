#include "cli/import_kept.h"

#include "cli/in_file.h"
#include "core/wire.h"
#include <errno.h>
#include <unistd.h>

enum { PIECE = 1 << 17, HEAD = 8 + 8 + 4 }; /* before each entry: its row, the office's, its length */

void import_kept_begin(struct import_kept *k)
{
    import_kept_release(k);
    k->fd = in_file_nameless();
}

void import_kept_release(struct import_kept *k)
{
    if (k->fd >= 0)
        close(k->fd);
    buf_release(&k->pending);
    *k = IMPORT_KEPT_NONE;
}

static bool write_pending(struct import_kept *k)
{
    for (size_t at = 0; at < k->pending.n;) {
        ssize_t n = pwrite(k->fd, k->pending.p + at, k->pending.n - at, (off_t)k->written);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        at += (size_t)n;
        k->written += (uint64_t)n;
    }
    buf_reset(&k->pending);
    return true;
}

void import_kept_add(struct import_kept *k, size_t row, uint64_t office_seq, const struct buf *entry)
{
    if (k->fd < 0)
        return;
    wire_put_u64(&k->pending, row);
    wire_put_u64(&k->pending, office_seq);
    wire_put_str(&k->pending, buf_str(entry));
    if (entry->failed || k->pending.failed || (k->pending.n >= PIECE && !write_pending(k)))
        import_kept_release(k);
}

/* ---- handing out ---- */

/* Is there this much to hand out, perhaps after another look into the file? */
static bool has(struct import_kept *k, size_t n)
{
    size_t left = k->pending.n - k->handed;
    if (left >= n)
        return true;
    memmove(k->pending.p, k->pending.p + k->handed, left);
    k->pending.n = left;
    k->handed = 0;
    while (k->pending.n < n && k->read < k->written && buf_reserve(&k->pending, PIECE)) {
        uint64_t more = k->written - k->read;
        ssize_t got = pread(k->fd, k->pending.p + k->pending.n, more < PIECE ? more : PIECE, (off_t)k->read);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        k->pending.n += (size_t)got;
        k->read += (uint64_t)got;
    }
    return k->pending.n >= n;
}

static struct wire rest(const struct import_kept *k)
{
    return wire_of(str_from(buf_str(&k->pending), k->handed));
}

bool import_kept_next(struct import_kept *k, struct import_kept_row *out)
{
    if (k->fd >= 0 && !k->read && k->pending.n && !write_pending(k))
        import_kept_release(k);
    if (k->fd < 0 || !has(k, HEAD))
        return false;
    struct wire w = rest(k);
    wire_u64(&w);
    wire_u64(&w);
    size_t n = wire_u32(&w);
    if (!has(k, HEAD + n))
        return false;
    w = rest(k);
    out->row = wire_u64(&w);
    out->office_seq = wire_u64(&w);
    out->entry = wire_str(&w);
    k->handed += HEAD + n;
    return !w.fault;
}
