/* verify: is the store what its journal makes of it, and is the journal the one that was seen before? */
#include "cli/progress.h"
#include "cli/verbs.h"
#include "core/text.h"
#include "store/crash.h"
#include "store/exposed.h"

enum { V_AGAINST };

static const struct option_spec options[] = {
    [V_AGAINST] = {.name = "against",
                   .type = OPTION_WORD,
                   .help = T_cli_opt_against,
                   .value = T_cli_value_head,
                   .repeats = true},
};

/* ---- saying it ---- */

/* What is wrong, in whole sentences: `what` for a script, `line` with what to do for a person. */
struct verdict {
    const char *kind; /* NULL: all is well */
    enum outcome_class class;
    struct buf what, line;
};

static void judge(struct verdict *v, const struct cli *c, const struct outcome *o, const struct check *check)
{
    bool closed = o->kind == KIND_damaged_salvage;
    v->kind = outcome_ok(o) ? NULL : outcome_kind_name(closed ? KIND_damaged : o->kind);
    v->class = outcome_class(o->kind);
    if (outcome_ok(o))
        return;
    check_message(&v->what, c->lang, check);
    if (v->what.n) {
        enum text_id way = check->journal_sound ? T_cli_verify_replay : T_cli_verify_restore;
        struct buf dir = BUF_INIT;
        text_safe(&dir, buf_str(&c->dir), false);
        LANG_SAY(&v->line, c->lang, T_cli_verify_damaged, buf_str(&dir), buf_str(&v->what),
                 str_of(cli_text(c, way)));
        buf_release(&dir);
        return;
    }
    /* What is said elsewhere of a damaged store sends to this command. */
    if (o->kind == KIND_damaged)
        outcome_message_as(&v->what, c->lang, o, T_cli_verify_unreadable);
    else
        outcome_message(&v->what, c->lang, o);
    buf_add_str(&v->line, buf_str(&v->what));
}

/* A number, or null for what is not known. */
static void put_number(struct json *j, const char *name, bool known, uint64_t number)
{
    if (known)
        json_int(j, name, (int64_t)number);
    else
        json_text(j, name, STR_NONE);
}

static void print_json(struct cli *c, const struct check *check, const struct verdict *v)
{
    char hash[2 * STORE_HASH + 1];
    bool seen = check->head.seq != 0;
    struct json j = json_onto(&c->out);
    hash_format(hash, check->head.hash);
    json_object_begin(&j, NULL);
    json_bool(&j, "ok", !v->kind);
    put_number(&j, "seq", seen, check->head.seq);
    json_text(&j, "hash", seen ? str_of(hash) : STR_NONE);
    put_number(&j, "dossiers", seen, check->dossiers);
    put_number(&j, "first_bad", check->first_bad != 0, check->first_bad);
    json_text(&j, "what", v->kind ? buf_str(&v->what) : STR_NONE);
    if (v->kind) {
        json_object_begin(&j, "error");
        json_name(&j, "kind", v->kind);
        json_str(&j, "message", buf_str(&v->line));
        json_text(&j, "law", STR_NONE);
        json_object_end(&j);
    }
    json_object_end(&j);
    json_line(&j);
}

static void print_text(struct cli *c, const struct check *check)
{
    char head[HEAD_TEXT];
    struct buf entries = BUF_INIT, dossiers = BUF_INIT;
    head_format(head, &check->head);
    buf_add_int(&entries, (int64_t)check->entries);
    buf_add_int(&dossiers, (int64_t)check->dossiers);
    cli_banner(c);
    CLI_LINE(c, T_cli_verify_sound, buf_str(&entries), buf_str(&dossiers), str_of(head));
    buf_release(&entries);
    buf_release(&dossiers);
}

/* Exit status. */
static int print(struct cli *c, const struct outcome *o, const struct check *check)
{
    struct verdict v = {.what = BUF_INIT, .line = BUF_INIT};
    judge(&v, c, o, check);
    if (v.kind)
        cli_complain(c, buf_str(&v.line));
    if (c->json)
        print_json(c, check, &v);
    else if (!v.kind)
        print_text(c, check);
    c->out.failed = c->out.failed || v.what.failed || v.line.failed;
    buf_release(&v.what);
    buf_release(&v.line);
    return (int)v.class;
}

/* A store that cannot be opened: what opening says, unless the journal says more. */
static int print_closed(struct cli *c, const struct outcome *o)
{
    struct check check;
    struct outcome salvage = outcome_of(KIND_damaged_salvage);
    cli_end_view(c);
    store_close(c->store);
    c->store = NULL;
    store_check_closed(c->dir.p, &check);
    if (!check.journal_sound)
        return print(c, o, &check);
    outcome_text(&salvage, buf_str(&c->dir));
    outcome_label(&salvage, (enum text_id)o->arg[1].number);
    outcome_text(&salvage, str_of(o->arg[2].text));
    return print(c, &salvage, &check);
}

static void warn_of_others(struct cli *c)
{
    struct buf path = BUF_INIT, safe = BUF_INIT, line = BUF_INIT;
    if (store_is_exposed(c->dir.p, &path)) {
        text_safe(&safe, buf_str(&path), false);
        LANG_SAY(&line, c->lang, T_cli_verify_exposed, buf_str(&safe));
        cli_complain(c, buf_str(&line));
    }
    buf_release(&path);
    buf_release(&safe);
    buf_release(&line);
}

/* ---- finding it out ---- */

/* Are all heads given what heads look like? Exit status. */
static int check_heads(struct args *a)
{
    struct str text;
    struct head_mark head;
    for (size_t at = 0; args_next(a, V_AGAINST, &at, &text);)
        if (!head_mark_parse(text, &head))
            return args_wrong(a, T_cli_bad_head, text, STR_NONE);
    return 0;
}

static struct outcome compare_heads(struct cli *c, const struct args *a)
{
    struct str text;
    struct head_mark head;
    struct outcome o = args_has(a, V_AGAINST) ? cli_view(c) : OUTCOME_DONE;
    for (size_t at = 0; outcome_ok(&o) && args_next(a, V_AGAINST, &at, &text);)
        if (head_mark_parse(text, &head))
            o = view_compare_mark(c->view, &head);
    return o;
}

static int verify(struct cli *c, struct args *a)
{
    struct check check = {0};
    struct progress progress;
    int status = check_heads(a);
    if (status)
        return status;
    crash_say_of_store(T_core_crash_verify);
    struct outcome o = cli_open(c);
    if (o.kind == KIND_damaged)
        return print_closed(c, &o);
    if (!outcome_ok(&o))
        return cli_tell(c, &o);
    cli_end_view(c);
    progress_begin(&progress, c->lang, T_cli_verify_progress);
    struct watch watch = progress_watch(&progress);
    o = store_check_watched(c->store, &watch, &check);
    status = progress_end(&progress, !outcome_ok(&o));
    if (status)
        return status;
    if (o.kind == KIND_disk_full) /* this only writes beside */
        return cli_tell_as(c, &o, T_cli_verify_no_room);
    if (!outcome_ok(&o) && o.kind != KIND_damaged)
        return cli_tell(c, &o);
    if (outcome_ok(&o))
        o = compare_heads(c, a);
    status = print(c, &o, &check);
    warn_of_others(c);
    return status;
}

const struct verb verb_verify = {
    .name = "verify",
    .help = T_cli_help_verify,
    VERB_OPTIONS(options),
    .run = verify,
};
