/* backup: the store in one file, while everybody goes on working. */
#include "cli/progress.h"
#include "cli/stat.h"
#include "cli/verbs.h"
#include "store/backup.h"

static int backup(struct cli *c, struct args *a)
{
    struct store_stat stat;
    struct progress progress;
    int status = cli_open_or_tell(c);
    if (status)
        return status;
    cli_end_view(c);
    progress_begin(&progress, c, T_cli_backup_progress);
    struct watch watch = progress_watch(&progress);
    struct outcome o = store_backup_watched(c->store, a->operand[0].p, &watch, &stat);
    status = progress_end(&progress, !outcome_ok(&o));
    c->wrote = outcome_ok(&o);
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
