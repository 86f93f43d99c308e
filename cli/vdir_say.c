#include "cli/vdir_say.h"

#include "cli/out_folder.h"
#include "core/text.h"

enum { NAMES_SHOWN = 10 };

static void put_names(struct json *j, const char *key, const struct vdir_names *names)
{
    struct str name;
    json_array_begin(j, key);
    for (size_t at = 0; vdir_names_next(names, &at, &name);)
        json_str(j, NULL, name);
    json_array_end(j);
}

static void say_json(struct cli *c, const struct vdir_said *s)
{
    struct json j = json_onto(&c->out);
    json_object_begin(&j, NULL);
    json_str(&j, "dir", s->path);
    if (s->officer.n) {
        json_str(&j, "officer", s->officer);
        json_bool(&j, "retired", s->retired);
    }
    json_int(&j, "items", (int64_t)s->items);
    json_int(&j, "written", (int64_t)s->vdir->written);
    json_int(&j, "unchanged", (int64_t)s->vdir->unchanged);
    json_int(&j, "removed", (int64_t)s->vdir->removed);
    put_names(&j, "foreign", &s->vdir->foreign);
    put_names(&j, "in_way", &s->vdir->in_way);
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
        buf_add_z(&c->out, "    ");
        text_safe(&c->out, name, false);
        buf_add_char(&c->out, '\n');
    }
    if (names->count > n) {
        struct buf more = BUF_INIT;
        buf_add_int(&more, (int64_t)(names->count - n));
        buf_add_z(&c->out, "    ");
        CLI_LINE(c, T_ical_vdir_more_names, buf_str(&more));
        buf_release(&more);
    }
}

static void say_counts(struct cli *c, const struct vdir_said *s, struct str path)
{
    const uint64_t numbers[] = {s->items, s->vdir->written, s->vdir->unchanged, s->vdir->removed};
    struct buf n[4] = {BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT}, counts = BUF_INIT;
    for (size_t i = 0; i < 4; i++)
        buf_add_int(&n[i], (int64_t)numbers[i]);
    LANG_SAY(&counts, c->lang, T_ical_vdir_counts, buf_str(&n[1]), buf_str(&n[2]), buf_str(&n[3]));
    if (s->retired)
        CLI_LINE(c, T_ical_retired_swept, path, buf_str(&n[3]));
    else
        CLI_LINE(c, c->demo ? T_ical_vdir_written_demo : T_ical_vdir_written, path, buf_str(&n[0]),
                 buf_str(&counts));
    for (size_t i = 0; i < 4; i++)
        buf_release(&n[i]);
    buf_release(&counts);
}

static void say_text(struct cli *c, const struct vdir_said *s)
{
    struct buf path = BUF_INIT, foreign = BUF_INIT;
    text_safe(&path, s->path, false);
    say_counts(c, s, buf_str(&path));
    if (s->vdir->foreign.count) {
        buf_add_int(&foreign, (int64_t)s->vdir->foreign.count);
        buf_add_z(&c->out, "  ");
        CLI_LINE(c, T_ical_vdir_foreign, buf_str(&foreign));
        say_names(c, &s->vdir->foreign);
    }
    buf_release(&path);
    buf_release(&foreign);
}

void vdir_say(struct cli *c, const struct vdir_said *said)
{
    if (c->json)
        say_json(c, said);
    else
        say_text(c, said);
}

int vdir_say_in_way(struct cli *c, const struct vdir *v, struct str path)
{
    struct str name;
    size_t at = 0;
    if (!vdir_names_next(&v->in_way, &at, &name))
        return 0;
    struct buf first = BUF_INIT;
    out_folder_path(&first, path, name);
    struct outcome o = outcome_of(KIND_in_way);
    outcome_number(&o, (int64_t)v->in_way.count);
    outcome_text(&o, buf_str(&first));
    buf_release(&first);
    return cli_tell(c, &o);
}
