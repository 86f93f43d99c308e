#include "cli/export_officers.h"

#include "cli/nameless.h"
#include "cli/out_file.h"
#include "cli/out_folder.h"
#include "cli/spool.h"
#include "core/text.h"
#include "icalendar/vdir.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { PIECE = 64 << 10 };

/* A file to write. */
struct part {
    struct buf login, path;
    bool retired;
    uint64_t items, ended, pieces;
};

struct officers {
    struct export_items *items;
    struct str folder;
    int refresh;
    struct spool spool; /* all the files' bytes, in pieces, one file after the other */
    struct ics_writer writer;
    struct buf piece;
    struct part *part;
    size_t parts;
    enum ics_result result;
    uint64_t unheld;
};

/* ---- setting aside, while the store is looked at ---- */

static bool set_aside(struct officers *f)
{
    bool fine = !f->piece.failed && spool_add(&f->spool, STR_NONE, buf_str(&f->piece));
    f->part[f->parts - 1].pieces++;
    buf_reset(&f->piece);
    return fine;
}

static bool into_pieces(void *arg, const char *bytes, size_t n)
{
    struct officers *f = arg;
    buf_add(&f->piece, bytes, n);
    return !f->piece.failed && (f->piece.n < PIECE || set_aside(f));
}

static bool put(void *arg, const struct ics_item *item)
{
    struct officers *f = arg;
    ics_put(&f->writer, item);
    return f->writer.result == ICS_WRITTEN;
}

static bool add_part(struct officers *f, const struct officer *o)
{
    struct buf name = BUF_INIT;
    struct part *more = realloc(f->part, (f->parts + 1) * sizeof *more);
    if (!more)
        return false;
    f->part = more;
    struct part *p = &more[f->parts++];
    *p = (struct part){.retired = o->retired};
    buf_add_str(&p->login, o->login);
    vdir_encode(&name, o->login);
    buf_add_z(&name, ".ics");
    out_folder_path(&p->path, f->folder, buf_str(&name));
    bool fine = !name.failed && !p->login.failed && !p->path.failed;
    buf_release(&name);
    return fine;
}

static void write_part(struct officers *f, const struct officer *o)
{
    struct buf title = BUF_INIT;
    export_items_title(f->items, o, &title);
    struct ics_calendar calendar = export_items_calendar(f->items, buf_str(&title), f->refresh);
    f->items->ended = 0;
    ics_begin(&f->writer, f->items->how.kind, into_pieces, f, &calendar);
    if (!o->retired) {
        export_items_of(f->items, o);
        export_items_each(f->items, put, f);
    }
    f->result = ics_end(&f->writer);
    struct part *p = &f->part[f->parts - 1];
    p->items = f->writer.items;
    p->ended = f->items->ended;
    if (f->result == ICS_WRITTEN && (title.failed || !set_aside(f)))
        f->result = title.failed ? ICS_NO_MEMORY : ICS_SINK_FAILED;
    buf_release(&title);
}

static struct outcome collect(struct officers *f)
{
    const struct office *office = f->items->cli->office;
    spool_begin(&f->spool);
    for (size_t i = 0; f->result == ICS_WRITTEN && i < office_officer_count(office); i++) {
        if (!add_part(f, office_officer(office, i)))
            return outcome_of(KIND_out_of_memory);
        write_part(f, office_officer(office, i));
    }
    struct outcome o = export_items_judge(f->items, f->result);
    if (outcome_ok(&o) && f->spool.error)
        return out_fault(nameless_folder(), f->spool.error);
    if (outcome_ok(&o) && f->result == ICS_SINK_FAILED)
        return outcome_of(KIND_out_of_memory);
    f->unheld = outcome_ok(&o) ? export_items_unheld(f->items) : 0;
    return o;
}

/* ---- the files ---- */

/* Of one who has left nothing is made; only a calendar that motcua wrote is emptied. */
static bool was_written_by_us(const char *path)
{
    char head[200];
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, head, sizeof head);
    if (fd >= 0)
        close(fd);
    return n > 0 && memmem(head, (size_t)n, "PRODID:-//motcua//", 18);
}

static struct outcome copy_part(struct officers *f, const struct part *p, bool wanted)
{
    struct cli *c = f->items->cli;
    struct out_file file;
    struct str name, bytes;
    struct outcome o =
        wanted ? out_file_open(&file, c, buf_str(&p->path), f->items->how.with_names) : OUTCOME_DONE;
    uint64_t i = 0;
    for (; i < p->pieces && spool_next(&f->spool, &name, &bytes); i++)
        if (wanted && outcome_ok(&o) && !ics_to_file(file.stream, bytes.p, bytes.n))
            o = out_file_fault(&file, errno);
    if (outcome_ok(&o) && i < p->pieces)
        o = out_fault(nameless_folder(), f->spool.error ? f->spool.error : EIO);
    if (!wanted)
        return o;
    if (outcome_ok(&o))
        o = out_file_commit(&file, c);
    out_file_discard(&file);
    return o;
}

/* ---- what became of it ---- */

static void say_part_json(struct cli *c, const struct part *p)
{
    struct json j = json_onto(&c->out);
    json_object_begin(&j, NULL);
    json_str(&j, "file", buf_str(&p->path));
    json_str(&j, "officer", buf_str(&p->login));
    json_bool(&j, "retired", p->retired);
    json_int(&j, "items", (int64_t)p->items);
    json_int(&j, "ended", (int64_t)p->ended);
    json_bool(&j, "demo", c->demo);
    json_object_end(&j);
    json_line(&j);
}

static void say_part(struct cli *c, const struct part *p)
{
    struct buf items = BUF_INIT, ended = BUF_INIT, shown = BUF_INIT;
    buf_add_int(&items, (int64_t)p->items);
    buf_add_int(&ended, (int64_t)p->ended);
    text_safe(&shown, buf_str(&p->path), false);
    enum text_id what = p->retired ? T_ical_retired_emptied
                        : c->demo  ? T_ical_written_of_demo
                                   : T_ical_written_of;
    CLI_LINE(c, what, buf_str(&shown), buf_str(&items), buf_str(&ended));
    buf_release(&items);
    buf_release(&ended);
    buf_release(&shown);
}

static void say_all(struct officers *f)
{
    struct cli *c = f->items->cli;
    struct buf n = BUF_INIT;
    if (!c->json) {
        buf_add_int(&n, (int64_t)f->unheld);
        if (f->unheld)
            CLI_LINE(c, T_ical_unheld, buf_str(&n));
        buf_release(&n);
        return;
    }
    struct json j = json_onto(&c->out);
    json_object_begin(&j, NULL);
    json_str(&j, "dir", f->folder);
    json_null(&j, "officer");
    json_int(&j, "unheld", (int64_t)f->unheld);
    json_bool(&j, "demo", c->demo);
    json_object_end(&j);
    json_line(&j);
}

/* The worst exit status: one file that cannot be written keeps no other from being right, but on a full disk.
 */
static int write_parts(struct officers *f)
{
    struct cli *c = f->items->cli;
    int worst = 0;
    for (size_t i = 0; i < f->parts; i++) {
        const struct part *p = &f->part[i];
        bool wanted = !p->retired || was_written_by_us(p->path.p);
        struct outcome o = copy_part(f, p, wanted);
        int status = outcome_ok(&o) ? 0 : cli_tell(c, &o);
        worst = status > worst ? status : worst;
        if (o.kind == KIND_disk_full || f->spool.error)
            return worst;
        if (!status && wanted && c->json)
            say_part_json(c, p);
        else if (!status && wanted)
            say_part(c, p);
    }
    say_all(f);
    return worst;
}

int export_officers(struct export_items *items, struct str folder, int refresh_minutes)
{
    struct cli *c = items->cli;
    struct officers f = {.items = items, .folder = folder, .refresh = refresh_minutes};
    int error = out_folder_make(c, folder, items->how.with_names);
    struct outcome o = error ? out_fault(folder, error) : collect(&f);
    cli_end_view(c); /* files may have to wait for the disk */
    if (outcome_ok(&o) && !spool_rewind(&f.spool))
        o = out_fault(nameless_folder(), f.spool.error);
    int status = outcome_ok(&o) ? write_parts(&f) : cli_tell(c, &o);
    for (size_t i = 0; i < f.parts; i++) {
        buf_release(&f.part[i].login);
        buf_release(&f.part[i].path);
    }
    free(f.part);
    buf_release(&f.piece);
    spool_release(&f.spool);
    return status;
}
