/* backup: the store in one file, while everybody goes on working. */
#include "cli/progress.h"
#include "cli/stat.h"
#include "cli/verbs.h"
#include "store/backup.h"
#include <limits.h>
#include <sys/stat.h>

/* Would the copy lie beside the very file it is a copy of, to be lost with it? */
static bool lies_in_store(const struct cli *c, const char *file)
{
    char folder[PATH_MAX];
    struct stat store, there;
    const char *slash = strrchr(file, '/');
    size_t n = slash ? (size_t)(slash - file) + 1 : 0;
    if (n >= sizeof folder)
        return false;
    memcpy(folder, file, n);
    folder[n] = '\0';
    return stat(c->dir.p, &store) == 0 && stat(n ? folder : ".", &there) == 0 &&
           store.st_dev == there.st_dev && store.st_ino == there.st_ino;
}

/* Is it the store's own data or lock? */
static bool is_own(const struct cli *c, const char *file)
{
    static const char *const names[] = {"/data.mdb", "/lock.mdb"};
    struct stat own, there;
    bool same = false;
    for (size_t i = 0; i < sizeof names / sizeof *names && !same; i++) {
        struct buf path = BUF_INIT;
        buf_add_str(&path, buf_str(&c->dir));
        buf_add_z(&path, names[i]);
        same = !path.failed && stat(path.p, &own) == 0 && stat(file, &there) == 0 &&
               own.st_dev == there.st_dev && own.st_ino == there.st_ino;
        buf_release(&path);
    }
    return same;
}

static int backup(struct cli *c, struct args *a)
{
    struct store_stat stat;
    struct progress progress;
    const char *file = a->operand[0].p;
    if (str_eq(a->operand[0], STR("-")))
        return args_wrong(a, T_cli_backup_to_output, STR_NONE, STR_NONE);
    int status = cli_open_or_tell(c);
    if (status)
        return status;
    cli_end_view(c);
    progress_begin(&progress, c->lang, T_cli_backup_progress);
    struct watch watch = progress_watch(&progress);
    struct outcome o = store_backup_watched(c->store, file, &watch, &stat);
    status = progress_end(&progress, !outcome_ok(&o));
    c->wrote = outcome_ok(&o);
    if (o.kind == KIND_io_error && is_own(c, file))
        return cli_tell_as(c, &o, T_cli_backup_own);
    if (outcome_ok(&o) && lies_in_store(c, file))
        cli_complain(c, str_of(cli_text(c, T_cli_backup_inside)));
    if (outcome_ok(&o))
        o = cli_view(c);
    if (status || !outcome_ok(&o))
        return status ? status : cli_tell(c, &o);
    stat_print_copy(c, &stat, a->operand[0]);
    return 0;
}

const struct verb verb_backup = {
    .name = "backup",
    .help = T_cli_help_backup,
    .operand = T_cli_value_file,
    .least = 1,
    .most = 1,
    .run = backup,
};
