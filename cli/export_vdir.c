#include "cli/export_vdir.h"

#include "cli/export_items.h"
#include "cli/nameless.h"
#include "cli/out_file.h"
#include "cli/out_folder.h"
#include "cli/spool.h"
#include "cli/vdir_say.h"
#include "core/text.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct option_spec options[] = {EXPORT_ITEM_OPTIONS(T_ical_opt_status_vdir)};

/* A folder to fill: the one that was named or, of an officer, one in it. */
struct collection {
    struct buf login; /* empty: everybody's */
    struct buf title; /* as the calendar is called */
    bool retired;     /* its officer has left: nothing is in it any more */
    uint64_t items;   /* of the spool, after those of the collections before it */
};

struct export
{
    struct export_items items;
    struct spool spool;
    struct buf bytes; /* of the item being made */
    enum ics_result result;
    struct buf agency; /* whose items are ours */
    struct vdir_options how;
    struct vdir vdir; /* the folder that was named, locked */
    struct str path;
    struct collection *collection;
    size_t collections;
    uint64_t unheld;
    bool full; /* the disk is: nothing more can be written anywhere */
};

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
    e->collection[e->collections - 1].items++;
    return e->result == ICS_WRITTEN && spool_add(&e->spool, item->uid, buf_str(&e->bytes));
}

/* An errno. */
static int add_collection(struct export *e, const struct officer *o)
{
    struct collection *more = realloc(e->collection, (e->collections + 1) * sizeof *more);
    if (!more)
        return ENOMEM;
    e->collection = more;
    struct collection *k = &more[e->collections++];
    *k = (struct collection){.retired = o && o->retired};
    if (o) {
        buf_add_str(&k->login, o->login);
        export_items_title(&e->items, o, &k->title);
    } else {
        buf_add_str(&k->title, buf_str(&e->items.name));
    }
    return k->login.failed || k->title.failed ? ENOMEM : 0;
}

static int collect_by_officer(struct export *e)
{
    const struct office *office = e->items.cli->office;
    int error = 0;
    for (size_t i = 0; !error && i < office_officer_count(office); i++) {
        const struct officer *o = office_officer(office, i);
        error = add_collection(e, o);
        if (!error && !o->retired) {
            export_items_of(&e->items, o);
            export_items_each(&e->items, set_aside, e);
        }
    }
    e->unheld = error ? 0 : export_items_unheld(&e->items);
    return error;
}

static struct outcome collect(struct export *e)
{
    int error = 0;
    spool_begin(&e->spool);
    if (e->items.per_officer)
        error = collect_by_officer(e);
    else if (!(error = add_collection(e, NULL)))
        export_items_each(&e->items, set_aside, e);
    if (error || e->result == ICS_SINK_FAILED)
        return outcome_of(KIND_out_of_memory);
    struct outcome o = export_items_judge(&e->items, e->result);
    return outcome_ok(&o) && e->spool.error ? out_fault(nameless_folder(), e->spool.error) : o;
}

/* ---- a folder ---- */

static bool is_ours(void *arg, struct str uid)
{
    const struct export *e = arg;
    return feed_is_uid(buf_str(&e->agency), uid);
}

/* Whoever sits there is told what it waits for; a log is not. */
static void tell_waiting(void *arg)
{
    const struct export *e = arg;
    if (isatty(STDERR_FILENO))
        cli_complain(e->items.cli, str_of(cli_text(e->items.cli, T_ical_vdir_waits)));
}

/* The outcome of an error met at the folder, or at a file of it. */
static struct outcome fault(const struct vdir *v, struct str folder, int error)
{
    struct buf path = BUF_INIT;
    out_folder_path(&path, folder, buf_str(&v->at));
    struct outcome o = out_fault(buf_str(&path), error);
    buf_release(&path);
    return o;
}

static int describe(struct export *e, struct vdir *v, const struct collection *k)
{
    if (k->retired)
        return 0;
    int error = vdir_describe(v, "displayname", buf_str(&k->title));
    return !error && e->items.color.name ? vdir_describe(v, "color", str_of(e->items.color.hex)) : error;
}

static struct outcome fill(struct export *e, struct vdir *v, struct str folder, const struct collection *k)
{
    struct str uid, bytes;
    int error = 0;
    uint64_t i = 0;
    for (; i < k->items && spool_next(&e->spool, &uid, &bytes); i++)
        if (!error) /* what follows is the next one's */
            error = vdir_put(v, uid, bytes);
    if (i < k->items) /* what was not put would be swept away */
        return out_fault(nameless_folder(), e->spool.error ? e->spool.error : EIO);
    if (!error)
        error = vdir_sweep(v);
    if (!error)
        error = describe(e, v, k);
    if (!error)
        error = vdir_sync(v);
    return error ? fault(v, folder, error) : OUTCOME_DONE;
}

/* Exit status. */
static int fill_and_say(struct export *e, struct vdir *v, struct str folder, const struct collection *k)
{
    struct cli *c = e->items.cli;
    struct outcome o = fill(e, v, folder, k);
    e->full = o.kind == KIND_disk_full;
    if (!outcome_ok(&o))
        return cli_tell(c, &o);
    const struct vdir_said said = {
        .path = folder, .officer = buf_str(&k->login), .retired = k->retired, .items = k->items, .vdir = v};
    if (!k->retired || v->removed || c->json)
        vdir_say(c, &said);
    return vdir_say_in_way(c, v, folder);
}

/* ---- a folder for each officer ---- */

/* Passes over what would have gone to a folder that cannot be opened. */
static void skip(struct export *e, const struct collection *k)
{
    struct str uid, bytes;
    for (uint64_t i = 0; i < k->items && spool_next(&e->spool, &uid, &bytes); i++)
        ;
}

/* May it be filled? Not what is a store, nor a link to the folder that is locked already: an errno. */
static int check_of_officer(const struct export *e, struct str folder)
{
    struct stat all, own;
    if (fstat(e->vdir.fd, &all) == 0 && stat(folder.p, &own) == 0 && all.st_dev == own.st_dev &&
        all.st_ino == own.st_ino)
        return ELOOP;
    return out_folder_check(e->items.cli, folder);
}

static int fill_of_officer(struct export *e, const struct collection *k)
{
    struct buf folder = BUF_INIT, name = BUF_INIT;
    struct vdir v = {.fd = -1};
    struct vdir_options how = e->how;
    int status = 0;
    how.as_is = k->retired;
    vdir_encode(&name, buf_str(&k->login));
    out_folder_path(&folder, e->path, buf_str(&name));
    int error = folder.failed || name.failed ? ENOMEM : check_of_officer(e, buf_str(&folder));
    if (!error)
        error = vdir_open(&v, folder.p, &how);
    if (!error) {
        status = fill_and_say(e, &v, buf_str(&folder), k);
    } else if (!k->retired || error != ENOENT) {
        struct outcome o = fault(&v, buf_str(&folder), error);
        status = cli_tell(e->items.cli, &o);
        skip(e, k);
    }
    vdir_close(&v);
    buf_release(&folder);
    buf_release(&name);
    return status;
}

static void say_number(struct cli *c, enum text_id what, struct str path, uint64_t n)
{
    struct buf number = BUF_INIT, shown = BUF_INIT;
    buf_add_int(&number, (int64_t)n);
    text_safe(&shown, path, false);
    CLI_LINE(c, what, path.n ? buf_str(&shown) : buf_str(&number), buf_str(&number));
    buf_release(&number);
    buf_release(&shown);
}

/* Of all of them together: what lay in the folder itself, and what is in none of them. */
static void say_all(struct export *e)
{
    struct cli *c = e->items.cli;
    if (!c->json) {
        if (e->vdir.removed)
            say_number(c, T_ical_folder_swept, e->path, e->vdir.removed);
        if (e->unheld)
            say_number(c, T_ical_unheld, STR_NONE, e->unheld);
        return;
    }
    struct json j = json_onto(&c->out);
    json_object_begin(&j, NULL);
    json_str(&j, "dir", e->path);
    json_null(&j, "officer");
    json_int(&j, "removed", (int64_t)e->vdir.removed);
    json_int(&j, "unheld", (int64_t)e->unheld);
    json_bool(&j, "demo", c->demo);
    json_object_end(&j);
    json_line(&j);
}

/* What else lies beside the officers' folders is nobody's business. The worst exit status: one folder that
 * cannot be written keeps no other from being right. */
static int fill_by_officer(struct export *e)
{
    int worst = 0;
    for (size_t i = 0; i < e->collections && !e->full; i++) {
        int status = fill_of_officer(e, &e->collection[i]);
        worst = status > worst ? status : worst;
    }
    if (e->full)
        return worst;
    int error = vdir_sweep(&e->vdir);
    if (!error)
        error = vdir_sync(&e->vdir);
    if (error) {
        struct outcome o = fault(&e->vdir, e->path, error);
        return cli_tell(e->items.cli, &o);
    }
    say_all(e);
    return worst;
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
    if (outcome_ok(&o) && !spool_rewind(&e->spool))
        o = out_fault(nameless_folder(), e->spool.error);
    if (!outcome_ok(&o))
        return cli_tell(c, &o);
    return e->items.per_officer ? fill_by_officer(e) : fill_and_say(e, &e->vdir, e->path, &e->collection[0]);
}

static int export_to(struct export *e, struct args *a)
{
    struct cli *c = e->items.cli;
    buf_add_str(&e->agency, office_identity(c->office)->agency);
    e->how = (struct vdir_options){
        .is_ours = is_ours, .waits = tell_waiting, .arg = e, .personal = e->items.how.with_names};
    cli_end_view(c);
    int error = e->agency.failed ? ENOMEM : out_folder_check(c, e->path);
    if (!error)
        error = vdir_open(&e->vdir, e->path.p, &e->how);
    if (!error)
        return export_locked(e, a);
    struct outcome o = fault(&e->vdir, e->path, error);
    return cli_tell(c, &o);
}

static int export_vdir(struct cli *c, struct args *a)
{
    struct export e = {.path = a->operand[0], .vdir = {.fd = -1}};
    int status = export_items_begin(&e.items, c, a);
    if (!status && str_eq(e.path, STR("-")))
        status = args_wrong(a, T_ical_vdir_is_folder, STR_NONE, STR_NONE);
    if (!status)
        status = export_to(&e, a);
    for (size_t i = 0; i < e.collections; i++) {
        buf_release(&e.collection[i].login);
        buf_release(&e.collection[i].title);
    }
    free(e.collection);
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
