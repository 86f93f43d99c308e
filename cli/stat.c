#include "cli/stat.h"

#include <stdlib.h>

void stat_head_json(struct json *j, const struct store_stat *stat)
{
    char hash[2 * STORE_HASH + 1];
    hash_format(hash, stat->head_hash);
    json_object_begin(j, "journal");
    json_int(j, "seq", (int64_t)stat->head_seq);
    json_name(j, "hash", hash);
    json_object_end(j);
}

/* `file` is absent where it is about the store itself. */
static bool count_one(void *arg, const struct event *e)
{
    (void)e;
    ++*(uint64_t *)arg;
    return true;
}

/* How often an entry of another time was got over: what was recorded around it deserves a look. */
static uint64_t clocks_accepted(struct cli *c)
{
    uint64_t n = 0;
    view_clocks(c->view, count_one, &n);
    return n;
}

static void print_json(struct cli *c, const struct store_stat *stat, struct str file)
{
    const struct office_identity *office = office_identity(c->office);
    struct json j = json_onto(&c->out);
    json_object_begin(&j, NULL);
    json_text(&j, "office", office->name);
    json_text(&j, "agency", office->agency);
    json_bool(&j, "demo", office->demo);
    json_name(&j, "version", MOTCUA_VERSION);
    json_int(&j, "layout", stat->layout);
    json_int(&j, "dossiers", (int64_t)stat->dossiers);
    json_int(&j, "open", (int64_t)stat->open);
    json_int(&j, "solved", (int64_t)stat->solved);
    json_int(&j, "events", (int64_t)stat->events);
    json_int(&j, "backdated", (int64_t)stat->backdated);
    json_int(&j, "recorded_late", (int64_t)stat->recorded_late);
    json_int(&j, "bytes", (int64_t)stat->bytes);
    stat_head_json(&j, stat);
    json_int(&j, "clocks_accepted", (int64_t)clocks_accepted(c));
    json_str(&j, "store", buf_str(&c->dir));
    if (file.n)
        json_str(&j, "file", file);
    json_object_end(&j);
    json_line(&j);
}

static void say(struct cli *c, enum text_id what, uint64_t n)
{
    struct buf number = BUF_INIT;
    buf_add_int(&number, (int64_t)n);
    CLI_LINE(c, what, buf_str(&number));
    buf_release(&number);
}

static void say_head(struct cli *c, const struct store_stat *stat)
{
    struct head head = {.seq = stat->head_seq};
    char text[HEAD_TEXT];
    memcpy(head.hash, stat->head_hash, STORE_HASH);
    head_format(text, &head);
    CLI_LINE(c, T_cli_stat_head, str_of(text));
}

/* From the root: what is noted of it must mean the same elsewhere. */
static void say_store(struct cli *c)
{
    char *real = realpath(c->dir.p, NULL);
    CLI_LINE(c, T_cli_stat_store, real ? str_of(real) : buf_str(&c->dir), STR(MOTCUA_VERSION));
    free(real);
}

static void print_text(struct cli *c, const struct store_stat *stat)
{
    const struct office_identity *office = office_identity(c->office);
    cli_banner(c);
    CLI_LINE(c, T_cli_stat_office, office->name, office->agency);
    say_store(c);
    say(c, T_cli_stat_dossiers, stat->dossiers);
    say(c, T_cli_stat_open, stat->open);
    say(c, T_cli_stat_solved, stat->solved);
    say(c, T_cli_stat_events, stat->events);
    say(c, T_cli_stat_backdated, stat->backdated);
    say(c, T_cli_stat_recorded_late, stat->recorded_late);
    uint64_t clocks = clocks_accepted(c);
    if (clocks)
        say(c, T_cli_stat_clocks, clocks);
    say(c, T_cli_stat_bytes, stat->bytes);
    say_head(c, stat);
}

void stat_print(struct cli *c)
{
    struct store_stat stat;
    view_stat(c->view, &stat);
    if (c->json)
        print_json(c, &stat, STR_NONE);
    else
        print_text(c, &stat);
}

void stat_print_copy(struct cli *c, const struct store_stat *stat, struct str file)
{
    struct buf dossiers = BUF_INIT, entries = BUF_INIT;
    if (c->json) {
        print_json(c, stat, file);
        return;
    }
    buf_add_int(&dossiers, (int64_t)stat->dossiers);
    buf_add_int(&entries, (int64_t)stat->events);
    cli_banner(c);
    CLI_LINE(c, T_cli_backed_up, buf_str(&dossiers), buf_str(&entries), file);
    say_head(c, stat);
    buf_release(&dossiers);
    buf_release(&entries);
}
