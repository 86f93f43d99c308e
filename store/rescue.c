/* rescue: what can still be said of a store that does not open. */
#include "store/finding.h"
#include "store/folder.h"
#include "store/journal.h"
#include "store/lone.h"

/* The chain from the first entry on; *head is where it ends. */
static struct outcome walk(struct lone *l, struct check *out, struct head *head)
{
    struct journal_entry e;
    bool more = true;
    for (;;) {
        struct outcome o = lone_next(l, &e, &more);
        if (o.kind == KIND_bad_backup && o.arg[2].number == T_core_entry_missing)
            finding_entry(out, T_core_check_missing, head->seq + 1);
        else if (o.kind == KIND_bad_backup || o.kind == KIND_damaged_backup)
            finding_entry(out, T_core_check_unreadable, head->seq + 1);
        if (!outcome_ok(&o))
            return o;
        if (!more)
            return o;
        o = lone_check(l->store->dir, &e, head->hash);
        if (!outcome_ok(&o)) {
            enum text_id what =
                o.arg[2].number == T_core_entry_unreadable ? T_core_check_unreadable : T_core_check_chain;
            finding_entry(out, what, e.seq);
            return o;
        }
        head->seq = e.seq;
        memcpy(head->hash, e.hash, STORE_HASH);
        out->entries++;
    }
}

/* Where the summary can be read it knows how many entries there must be. */
static bool is_all(struct lone *l, struct check *out, const struct head *head)
{
    struct state state;
    struct outcome o = lone_state(l, &state);
    if (!outcome_ok(&o) || state.head_seq == head->seq)
        return head->seq > 0;
    uint64_t seq = state.head_seq > head->seq ? head->seq + 1 : state.head_seq + 1;
    finding_entry(out, state.head_seq > head->seq ? T_core_check_missing : T_core_check_past_head, seq);
    return false;
}

void store_check_closed(const char *dir, struct check *out)
{
    struct lone l;
    struct head head = {0};
    char file[PATH_MAX];
    *out = (struct check){0};
    if (!folder_path(file, dir, DATA_FILE))
        return;
    struct outcome o = lone_open(&l, file, FAILED);
    if (!outcome_ok(&o))
        return;
    o = walk(&l, out, &head);
    out->journal_sound = outcome_ok(&o) && is_all(&l, out, &head);
    lone_close(&l);
}
