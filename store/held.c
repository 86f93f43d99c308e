#include "store/held.h"

#include "core/row.h"
#include "store/live.h"

/* By name, and by the number an import may have found for another name of theirs. */
static bool is_held(const struct row *row, struct str login, const struct officer *who)
{
    return str_eq(row->officer, login) || (who && who->number && row->facts.holder == who->number);
}

static void count_held(struct batch *b, enum live_group group, struct str login, const struct officer *who,
                       struct circumstances *out)
{
    struct live_walk w;
    live_open(&w, b->txn, group, LIVE_ALL);
    while (live_next(&w)) {
        struct row row;
        if (!row_decode(w.at->value, &row)) {
            txn_damaged(b->txn, table_label(TABLE_LIVE));
            break;
        }
        if (!is_held(&row, login, who))
            continue;
        if (out->held < HELD_NAMED)
            out->held_code[out->held] = row.code;
        out->held++;
    }
    live_close(&w);
}

void held_by(struct batch *b, struct str login, struct circumstances *out)
{
    const struct officer *who = office_find_officer(b->office, login);
    out->held = 0;
    batch_flush(b);
    count_held(b, LIVE_RUNNING, login, who, out);
    count_held(b, LIVE_WAITING, login, who, out);
}
