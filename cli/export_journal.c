/* export journal: every entry as it stands in the journal, with what it says beside it. The store can be made
 * again from the file: cli/journal_in.h reads it back. */
#include "cli/base64.h"
#include "cli/entry_json.h"
#include "cli/journal_in.h"
#include "cli/line_file.h"
#include "cli/reading.h"
#include "cli/verbs.h"
#include "store/fault.h"

enum { X_OUTPUT, X_AS_OF };

static const struct option_spec options[] = {
    [X_OUTPUT] = OPTION_OUTPUT,
    [X_AS_OF] = OPTION_AS_OF,
};

struct export
{
    struct cli *cli;
    struct line_file file;
    struct json json; /* writes into its line */
    struct head head;
    struct buf body; /* of the entry, in base64 */
};

static void put_head(struct json *j, const struct head *head)
{
    char hash[2 * STORE_HASH + 1];
    hash_format(hash, head->hash);
    json_object_begin(j, "journal");
    json_int(j, "seq", (int64_t)head->seq);
    json_name(j, "hash", hash);
    json_object_end(j);
}

static void put_code(struct export *x, struct json *j, const struct event *e)
{
    struct dossier d;
    if (event_begins(e->kind))
        json_text(j, "dossier", event_code(e));
    else if (event_is_dossier(e->kind) && view_dossier(x->cli->view, e->dossier, &d))
        json_text(j, "dossier", d.code);
    else
        json_null(j, "dossier");
}

static void put_line(struct export *x, const struct journal_entry *entry, bool readable)
{
    struct json *j = &x->json;
    const struct event *e = entry->event;
    int offset = x->cli->offset;
    char hash[2 * STORE_HASH + 1];
    hash_format(hash, entry->hash);
    *j = json_onto(&x->file.line);
    json_object_begin(j, NULL);
    json_int(j, "seq", (int64_t)entry->seq);
    json_name(j, "hash", hash);
    if (entry->seq == 1) /* so that a file that was cut short is known for one */
        put_head(j, &x->head);
    json_utc(j, "recorded_at", e->recorded_at, offset);
    json_minute(j, "at", e->at, offset);
    json_name(j, "kind", event_kind_name(e->kind));
    json_text(j, "by", e->by);
    put_code(x, j, e);
    json_bool(j, "backdated", event_is_backdated(e, offset));
    if (readable)
        entry_json(x->cli, j, e);
    json_str(j, "body", buf_str(&x->body));
    json_object_end(j);
    json_line(j);
}

static bool is_too_long(const struct line_file *f)
{
    return f->line.n > JOURNAL_IN_LINE + 1; /* its end is not counted */
}

/* What is exported can be read back: an entry so large that its line could not be leaves out what it says in
 * words, and one that is too large even then is none of ours. */
static bool put_entry(void *arg, const struct journal_entry *entry)
{
    struct export *x = arg;
    struct line_file *f = &x->file;
    if (!entry->event)
        return false; /* the view's fault is told at the end */
    buf_reset(&x->body);
    base64_encode(&x->body, entry->body);
    put_line(x, entry, true);
    if (is_too_long(f)) {
        line_file_drop(f);
        put_line(x, entry, false);
    }
    f->line.failed = f->line.failed || x->body.failed;
    if (is_too_long(f))
        f->done = fault_damaged_at(x->cli->dir.p, T_core_damage_entry, entry->seq);
    return line_file_put(f);
}

static void say(const struct export *x, struct str path)
{
    struct cli *c = x->cli;
    if (c->json) {
        struct json j = json_onto(&c->out);
        json_object_begin(&j, NULL);
        json_str(&j, "file", path);
        json_int(&j, "events", (int64_t)x->file.lines);
        json_bool(&j, "demo", c->demo);
        put_head(&j, &x->head);
        json_object_end(&j);
        json_line(&j);
        return;
    }
    struct buf n = BUF_INIT;
    char head[HEAD_TEXT];
    head_format(head, &x->head);
    buf_add_int(&n, (int64_t)x->file.lines);
    CLI_LINE(c, c->demo ? T_cli_exported_journal_demo : T_cli_exported_journal, buf_str(&n), path,
             str_of(head));
    buf_release(&n);
}

static int export_journal(struct cli *c, struct args *a)
{
    struct reading r;
    struct export x = {.cli = c, .body = BUF_INIT};
    struct str path = args_text(a, X_OUTPUT);
    int status = reading_open(c, a, X_AS_OF, -1, &r);
    if (status)
        return status;
    x.head = view_head(c->view);
    if (line_file_begin(&x.file, c, path, x.head.seq))
        view_journal(c->view, put_entry, &x);
    status = line_file_end(&x.file);
    buf_release(&x.body);
    if (!status && line_file_is_named(path))
        say(&x, path);
    return status;
}

const struct verb verb_export_journal = {
    .name = "export",
    .sub = "journal",
    .help = T_cli_help_export_journal,
    VERB_OPTIONS(options),
    .run = export_journal,
};
