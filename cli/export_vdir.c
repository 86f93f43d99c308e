#include "cli/export_vdir.h"

#include "cli/export_items.h"
#include "cli/out_file.h"
#include "cli/spool.h"
#include "core/text.h"
#include "icalendar/vdir.h"
#include "store/beside.h"

#include <errno.h>
#include <stdlib.h>

enum { NAMES_SHOWN = 10 };

static const struct option_spec options[] = {
    EXPORT_ITEM_OPTIONS,
};

struct export
{
    struct export_items items;
    struct spool spool;
    struct buf bytes; /* of the item being made */
    enum ics_result result;
    struct buf agency; /* whose items are ours */
    struct vdir vdir;
    struct str path;
    uint64_t count;
};

/* ---- where to ---- */

/* Is it a store's folder, this one's or another's? */
static bool is_store_folder(const struct stat *own, const char *path)
{
    struct buf data = BUF_INIT, lock = BUF_INIT;
    struct stat st;
    buf_addf(&data, "%s/data.mdb", path);
    buf_addf(&lock, "%s/lock.mdb", path);
    bool is = data.failed || lock.failed || (beside_is_store(data.p) && beside_is_store(lock.p)) ||
              (stat(path, &st) == 0 && st.st_dev == own->st_dev && st.st_ino == own->st_ino);
    buf_release(&data);
    buf_release(&lock);
    return is;
}

/* The folder, or the one it is to be made in, with no links in its path; NULL: errno tells. */
static char *real_folder(struct str path)
{
    struct buf above = BUF_INIT;
    char *real = realpath(path.p, NULL);
    if (real || errno != ENOENT)
        return real;
    size_t n = path.n;
    while (n && path.p[n - 1] == '/')
        n--;
    while (n && path.p[n - 1] != '/')
        n--;
    buf_add_z(&above, n ? "" : ".");
    buf_add(&above, path.p, n);
    errno = ENOMEM;
    real = above.failed ? NULL : realpath(above.p, NULL);
    buf_release(&above);
    return real;
}

/* A store is no place to write to, nor is anything in it. An errno. */
static int check_place(const struct cli *c, struct str path)
{
    struct stat own = {0};
    char *real = real_folder(path);
    if (!real)
        return errno;
    int error = stat(c->dir.p, &own) == 0 ? 0 : errno;
    while (!error && *real) {
        error = is_store_folder(&own, real) ? EBUSY : 0;
        *strrchr(real, '/') = '\0';
    }
    free(real);
    return error;
}

/* ---- the items, one by one ---- */

static bool into_bytes(void *arg, const char *bytes, size_t n)
{
    struct buf *out = arg;
    buf_add(out, bytes, n);
    return !out->failed;
}

/* What is called off is no longer there. */
static bool set_aside(void *arg, const struct ics_item *item)
{
    struct export *e = arg;
    struct ics_writer w;
    if (item->state == ICS_CANCELLED)
        return true;
    buf_reset(&e->bytes);
    ics_begin(&w, e->items.how.kind, into_bytes, &e->bytes,
              &(struct ics_calendar){.lang = e->items.how.lang});
    ics_put(&w, item);
    e->result = ics_end(&w);
    e->count++;
    return e->result == ICS_WRITTEN && spool_add(&e->spool, item->uid, buf_str(&e->bytes));
}

static struct outcome collect(struct export *e)
{
    spool_begin(&e->spool);
    export_items_each(&e->items, set_aside, e);
    struct outcome o =
        export_items_judge(&e->items, e->result == ICS_SINK_FAILED ? ICS_NO_MEMORY : e->result);
    return outcome_ok(&o) && e->spool.error ? out_fault(STR("/tmp"), e->spool.error) : o;
}

/* ---- the folder ---- */

static bool is_ours(void *arg, struct str uid)
{
    const struct buf *agency = arg;
    return feed_is_uid(buf_str(agency), uid);
}

/* The outcome of an error met at the folder, or at a file of it. */
static struct outcome fault(const struct export *e, int error)
{
    struct buf path = BUF_INIT;
    buf_add_str(&path, e->path);
    if (e->vdir.at.n) {
        if (path.n && path.p[path.n - 1] != '/')
            buf_add_char(&path, '/');
        buf_add_str(&path, buf_str(&e->vdir.at));
    }
    struct outcome o = out_fault(buf_str(&path), error);
    buf_release(&path);
    return o;
}

static struct outcome fill(struct export *e)
{
    struct str uid, bytes;
    int error = spool_seek(&e->spool, 0) ? 0 : e->spool.error;
    while (!error && spool_next(&e->spool, &uid, &bytes))
        error = vdir_put(&e->vdir, uid, bytes);
    if (!error && e->spool.error)
        return out_fault(STR("/tmp"), e->spool.error);
    if (!error)
        error = vdir_sweep(&e->vdir);
    if (!error)
        error = vdir_sync(&e->vdir);
    return error ? fault(e, error) : OUTCOME_DONE;
}

/* ---- what became of it ---- */

static void json_names(struct json *j, const char *key, const struct vdir_names *names)
{
    struct str name;
    json_array_begin(j, key);
    for (size_t at = 0; vdir_names_next(names, &at, &name);)
        json_str(j, NULL, name);
    json_array_end(j);
}

static void say_json(struct export *e)
{
    struct cli *c = e->items.cli;
    struct json j = json_onto(&c->out);
    json_object_begin(&j, NULL);
    json_str(&j, "dir", e->path);
    json_int(&j, "items", (int64_t)e->count);
    json_int(&j, "written", (int64_t)e->vdir.written);
    json_int(&j, "unchanged", (int64_t)e->vdir.unchanged);
    json_int(&j, "removed", (int64_t)e->vdir.removed);
    json_names(&j, "foreign", &e->vdir.foreign);
    json_names(&j, "in_way", &e->vdir.in_way);
    json_bool(&j, "demo", c->demo);
    json_object_end(&j);
    json_line(&j);
}

/* The first of them, each on a line of its own, and how many more there are. */
static void say_names(struct cli *c, const struct vdir_names *names)
{
    struct str name;
    size_t n = 0;
    for (size_t at = 0; n < NAMES_SHOWN && vdir_names_next(names, &at, &name); n++) {
        struct buf shown = BUF_INIT;
        text_safe(&shown, name, false);
        CLI_LINE(c, T_ical_vdir_name, buf_str(&shown));
        buf_release(&shown);
    }
    if (names->count > n) {
        struct buf more = BUF_INIT;
        buf_add_int(&more, (int64_t)(names->count - n));
        CLI_LINE(c, T_ical_vdir_more_names, buf_str(&more));
        buf_release(&more);
    }
}

static void say_text(struct export *e)
{
    struct cli *c = e->items.cli;
    struct buf n[4] = {BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT}, shown = BUF_INIT, foreign = BUF_INIT;
    const uint64_t numbers[] = {e->count, e->vdir.written, e->vdir.unchanged, e->vdir.removed};
    for (size_t i = 0; i < 4; i++)
        buf_add_int(&n[i], (int64_t)numbers[i]);
    text_safe(&shown, e->path, false);
    CLI_LINE(c, c->demo ? T_ical_vdir_written_demo : T_ical_vdir_written, buf_str(&shown), buf_str(&n[0]));
    CLI_LINE(c, T_ical_vdir_counts, buf_str(&n[1]), buf_str(&n[2]), buf_str(&n[3]));
    if (e->vdir.foreign.count) {
        buf_add_int(&foreign, (int64_t)e->vdir.foreign.count);
        CLI_LINE(c, T_ical_vdir_foreign, buf_str(&foreign));
        say_names(c, &e->vdir.foreign);
    }
    for (size_t i = 0; i < 4; i++)
        buf_release(&n[i]);
    buf_release(&shown);
    buf_release(&foreign);
}

/* What could not be written because something foreign stands in its place: the rest is. Exit status. */
static int tell_in_way(struct export *e)
{
    struct str name;
    size_t at = 0;
    if (!vdir_names_next(&e->vdir.in_way, &at, &name))
        return 0;
    struct outcome o = outcome_of(KIND_in_way);
    outcome_number(&o, (int64_t)e->vdir.in_way.count);
    outcome_text(&o, name);
    return cli_tell(e->items.cli, &o);
}

static int say(struct export *e)
{
    if (e->items.cli->json)
        say_json(e);
    else
        say_text(e);
    return tell_in_way(e);
}

/* ---- the command ---- */

/* The folder is locked before the store is looked at: of two at once the second must not write what the first
 * knew better, and whoever waits holds no view. */
static int export_locked(struct export *e, struct args *a)
{
    struct cli *c = e->items.cli;
    int status = export_items_again(&e->items, a);
    if (status)
        return status;
    struct outcome o = collect(e);
    cli_end_view(c);
    if (outcome_ok(&o))
        o = fill(e);
    return outcome_ok(&o) ? say(e) : cli_tell(c, &o);
}

static int export_to(struct export *e, struct args *a)
{
    struct cli *c = e->items.cli;
    buf_add_str(&e->agency, office_identity(c->office)->agency);
    const struct vdir_options how = {
        .is_ours = is_ours, .arg = &e->agency, .personal = e->items.how.with_names};
    cli_end_view(c);
    int error = e->agency.failed ? ENOMEM : check_place(c, e->path);
    if (!error)
        error = vdir_open(&e->vdir, e->path.p, &how);
    if (!error)
        return export_locked(e, a);
    struct outcome o = fault(e, error);
    return cli_tell(c, &o);
}

static int export_vdir(struct cli *c, struct args *a)
{
    struct export e = {.path = a->operand[0], .vdir = {.fd = -1}};
    int status = export_items_begin(&e.items, c, a);
    if (!status)
        status = export_to(&e, a);
    vdir_close(&e.vdir);
    spool_release(&e.spool);
    buf_release(&e.bytes);
    buf_release(&e.agency);
    export_items_release(&e.items);
    return status;
}

const struct verb verb_export_vdir = {
    .name = "export",
    .sub = "vdir",
    .help = T_ical_help_vdir,
    VERB_OPTIONS(options),
    .operand = T_cli_value_dir,
    .least = 1,
    .most = 1,
    .run = export_vdir,
};
