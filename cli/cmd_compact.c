/* compact: the store without the room that years of changes left in it. */
#include "cli/progress.h"
#include "cli/verbs.h"
#include "store/compact.h"

static void print_json(struct cli *c, const struct compacted *done)
{
    char hex[2 * STORE_HASH + 1];
    struct json j = json_onto(&c->out);
    hash_format(hex, done->head.hash);
    json_object_begin(&j, NULL);
    json_str(&j, "store", buf_str(&c->dir));
    json_int(&j, "before", (int64_t)done->before);
    json_int(&j, "after", (int64_t)done->after);
    json_object_begin(&j, "journal");
    json_int(&j, "seq", (int64_t)done->head.seq);
    json_name(&j, "hash", hex);
    json_object_end(&j);
    json_object_end(&j);
    json_line(&j);
}

static void print_text(struct cli *c, const struct compacted *done)
{
    char head[HEAD_TEXT];
    struct buf before = BUF_INIT, after = BUF_INIT;
    head_format(head, &done->head);
    buf_add_int(&before, (int64_t)done->before);
    buf_add_int(&after, (int64_t)done->after);
    cli_banner(c);
    CLI_LINE(c, T_cli_compacted, buf_str(&c->dir), buf_str(&before), buf_str(&after));
    CLI_LINE(c, T_cli_stat_head, str_of(head));
    buf_release(&before);
    buf_release(&after);
}

/* Asked as one of the office's people; then the store is let go of, this process's hold on it too. */
static int compact(struct cli *c, struct args *a)
{
    struct compacted done;
    struct progress progress;
    (void)a;
    int status = cli_open_or_tell(c);
    if (status)
        return status;
    cli_end_view(c);
    store_close(c->store);
    c->store = NULL;
    progress_begin(&progress, c->lang, T_cli_compact_progress);
    struct watch watch = progress_watch(&progress);
    struct outcome o = store_compact_watched(c->dir.p, &watch, &done);
    status = progress_end(&progress, !outcome_ok(&o));
    c->wrote = outcome_ok(&o);
    if (status || !outcome_ok(&o))
        return status ? status : cli_tell(c, &o);
    if (c->json)
        print_json(c, &done);
    else
        print_text(c, &done);
    return 0;
}

const struct verb verb_compact = {
    .name = "compact",
    .help = T_cli_help_compact,
    .run = compact,
    .act = ACT_COMPACT,
};
