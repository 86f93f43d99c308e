#include "cli/import_kept.h"

#include "core/wire.h"

void import_kept_begin(struct import_kept *k)
{
    import_kept_release(k);
    spool_begin(&k->spool);
    k->kept = !k->spool.error;
}

void import_kept_add(struct import_kept *k, size_t row, uint64_t office_seq, const struct buf *entry)
{
    if (!k->kept)
        return;
    buf_reset(&k->name);
    wire_put_u64(&k->name, row);
    wire_put_u64(&k->name, office_seq);
    if (entry->failed || k->name.failed || !spool_add(&k->spool, buf_str(&k->name), buf_str(entry)))
        import_kept_release(k);
}

bool import_kept_next(struct import_kept *k, struct import_kept_row *out)
{
    struct str name;
    if (!k->kept || (!k->reading && !spool_rewind(&k->spool)))
        return false;
    k->reading = true;
    if (!spool_next(&k->spool, &name, &out->entry))
        return false;
    struct wire w = wire_of(name);
    out->row = wire_u64(&w);
    out->office_seq = wire_u64(&w);
    return !w.fault;
}

void import_kept_release(struct import_kept *k)
{
    spool_release(&k->spool);
    buf_release(&k->name);
    *k = (struct import_kept){.kept = false};
}
