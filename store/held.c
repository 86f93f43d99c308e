#include "store/held.h"

#include "core/row.h"
#include "store/live.h"

/* By name, and by the number an import may have found for another name of theirs. */
static bool is_held(const struct row *row, struct str login, const struct officer *who)
{
    return str_eq(row->officer, login) || (who && who->number && row->facts.holder == who->number);
}

void held_by(struct batch *b, struct str login, struct circumstances *out)
{
    const struct officer *who = office_find_officer(b->office, login);
    struct cursor c;
    out->held = 0;
    batch_flush(b);
    cursor_open(&c, b->txn, TABLE_LIVE);
    for (bool on = cursor_first(&c); on; on = cursor_next(&c)) {
        struct row row;
        if (c.key.n && str_bytes(c.key)[0] > LIVE_WAITING)
            break;
        if (!row_decode(c.value, &row)) {
            txn_damaged(b->txn, table_label(TABLE_LIVE));
            break;
        }
        if (!is_held(&row, login, who))
            continue;
        if (out->held < HELD_NAMED)
            out->held_code[out->held] = row.code;
        out->held++;
    }
    cursor_close(&c);
}
