#include "cli/stat.h"

#define HEX (STORE_HASH * 2 + 1)

static const char *hex_of(const struct store_stat *stat, char out[HEX])
{
    for (size_t i = 0; i < STORE_HASH; i++) {
        out[2 * i] = "0123456789abcdef"[stat->head_hash[i] >> 4];
        out[2 * i + 1] = "0123456789abcdef"[stat->head_hash[i] & 15];
    }
    out[HEX - 1] = 0;
    return out;
}

void stat_head_json(struct json *j, const struct store_stat *stat)
{
    char hex[HEX];
    json_object_begin(j, "journal");
    json_int(j, "seq", (int64_t)stat->head_seq);
    json_name(j, "hash", hex_of(stat, hex));
    json_object_end(j);
}

static void print_json(struct cli *c, const struct store_stat *stat)
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
    json_str(&j, "store", buf_str(&c->dir));
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

static void print_text(struct cli *c, const struct store_stat *stat)
{
    const struct office_identity *office = office_identity(c->office);
    struct buf head = BUF_INIT;
    char hex[HEX];
    cli_banner(c);
    CLI_LINE(c, T_cli_stat_office, office->name, office->agency);
    CLI_LINE(c, T_cli_stat_store, buf_str(&c->dir), STR(MOTCUA_VERSION));
    say(c, T_cli_stat_dossiers, stat->dossiers);
    say(c, T_cli_stat_open, stat->open);
    say(c, T_cli_stat_solved, stat->solved);
    say(c, T_cli_stat_events, stat->events);
    say(c, T_cli_stat_backdated, stat->backdated);
    say(c, T_cli_stat_recorded_late, stat->recorded_late);
    say(c, T_cli_stat_bytes, stat->bytes);
    buf_addf(&head, "%lld:%s", (long long)stat->head_seq, hex_of(stat, hex));
    CLI_LINE(c, T_cli_stat_head, buf_str(&head));
    buf_release(&head);
}

void stat_print(struct cli *c)
{
    struct store_stat stat;
    view_stat(c->view, &stat);
    if (c->json)
        print_json(c, &stat);
    else
        print_text(c, &stat);
}
