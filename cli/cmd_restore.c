/* restore: a store made again, from a backup or from a journal that was exported. */
#include "cli/journal_in.h"
#include "cli/progress.h"
#include "cli/stat.h"
#include "cli/verbs.h"
#include "store/backup.h"
#include "store/fault.h"
#include <errno.h>
#include <sys/stat.h>

enum { R_GROUP };

static const struct option_spec options[] = {
    [R_GROUP] = {.name = "group", .type = OPTION_WORD, .help = T_cli_opt_group, .value = T_cli_value_group},
};

/* Either kind of file. */
struct source {
    struct backup *backup;
    struct journal_in *journal;
    struct journal_source entries;
    struct watch watch;
    uint64_t count; /* 0: nobody knows */
    uint64_t done;
};

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static struct outcome source_open(struct source *s, const char *file)
{
    struct outcome o = backup_open(file, &s->backup);
    if (outcome_ok(&o)) {
        s->entries = backup_source(s->backup);
        s->count = backup_entries(s->backup);
    } else if (o.kind == KIND_not_a_backup && !is_folder(file)) {
        o = journal_in_open(file, &s->journal);
        if (outcome_ok(&o))
            s->entries = journal_in_source(s->journal);
    }
    return o;
}

static void source_close(struct source *s)
{
    backup_close(s->backup);
    journal_in_close(s->journal);
}

/* The entries, watched as they go by. */
static struct outcome next(void *arg, struct journal_entry *out, bool *more)
{
    struct source *s = arg;
    if (!watch_tell(&s->watch, s->done++, s->count))
        return fault_of(s->entries.name, EINTR);
    return s->entries.next(s->entries.arg, out, more);
}

/* The book knows people by their logins: on a new machine whoever restores may be nobody to it, and could not
 * even look whether all is there. */
static void tell_stranger(struct cli *c)
{
    struct outcome known = decide_allowed(c->office, buf_str(&c->login), ACT_READ);
    struct buf admins = BUF_INIT, line = BUF_INIT;
    for (size_t i = 0; i < office_officer_count(c->office); i++) {
        const struct officer *o = office_officer(c->office, i);
        if (o->role != ROLE_ADMIN || o->retired)
            continue;
        buf_add_z(&admins, admins.n ? ", " : "");
        buf_add_str(&admins, o->login);
    }
    if (!outcome_ok(&known)) {
        LANG_SAY(&line, c->lang, T_cli_restore_stranger, buf_str(&c->login), buf_str(&admins));
        cli_complain(c, buf_str(&line));
    }
    buf_release(&admins);
    buf_release(&line);
}

static int carry_out(struct cli *c, struct source *s, const char *group)
{
    struct progress progress;
    struct head head;
    progress_begin(&progress, c->lang, T_cli_restore_progress);
    s->watch = progress_watch(&progress);
    struct journal_source watched = {.next = next, .arg = s, .name = s->entries.name};
    struct outcome o = store_restore(c->dir.p, &(struct store_options){.group = group}, &watched, &head);
    int status = progress_end(&progress, !outcome_ok(&o));
    if (status)
        return status;
    c->wrote = outcome_ok(&o);
    if (o.kind == KIND_store_exists)
        return cli_tell_as(c, &o, T_cli_restore_exists);
    /* Whoever restores need not be one of the office's people. */
    if (outcome_ok(&o))
        o = store_open(c->dir.p, &c->store);
    if (outcome_ok(&o))
        o = cli_view(c);
    if (!outcome_ok(&o))
        return cli_tell(c, &o);
    stat_print(c);
    tell_stranger(c);
    return 0;
}

static int restore(struct cli *c, struct args *a)
{
    struct source s = {.count = 0};
    struct outcome o = source_open(&s, a->operand[0].p);
    int status = outcome_ok(&o) ? carry_out(c, &s, args_text(a, R_GROUP).p) : cli_tell(c, &o);
    source_close(&s);
    return status;
}

const struct verb verb_restore = {
    .name = "restore",
    .help = T_cli_help_restore,
    VERB_OPTIONS(options),
    .operand = T_cli_value_file,
    .least = 1,
    .most = 1,
    .run = restore,
};
