/* export jsonl: every dossier with its history, whole. */
#include "cli/dossier_json.h"
#include "cli/line_file.h"
#include "cli/reading.h"
#include "cli/verbs.h"

enum { X_OUTPUT, X_AS_OF };

static const struct option_spec options[] = {
    [X_OUTPUT] = OPTION_OUTPUT,
    [X_AS_OF] = OPTION_AS_OF,
};

/* Oldest first: ids are given in the order of logging. */
static void put_dossiers(struct cli *c, struct line_file *f, const struct judge *judge, uint64_t count)
{
    const struct dossier_view whole = {.judge = judge, .unmask = true, .history = true};
    for (uint64_t id = 1; id <= count; id++) {
        struct dossier d;
        if (!view_dossier(c->view, id, &d))
            return; /* the view's fault is told at the end */
        struct json j = json_onto(&f->line);
        dossier_json(c, &j, NULL, &d, &whole);
        json_line(&j);
        if (!line_file_put(f))
            return;
    }
}

static int export_dossiers(struct cli *c, struct args *a)
{
    struct reading r;
    struct line_file f;
    struct str path = args_text(a, X_OUTPUT);
    int status = reading_open(c, a, X_AS_OF, -1, &r);
    if (status)
        return status;
    uint64_t count = view_dossiers(c->view);
    if (line_file_begin(&f, c, path, count))
        put_dossiers(c, &f, &r.judge, count);
    status = line_file_end(&f);
    if (!status && line_file_is_named(path))
        line_file_say_dossiers(c, path, f.lines);
    return status;
}

const struct verb verb_export_jsonl = {
    .name = "export",
    .sub = "jsonl",
    .help = T_cli_help_export_jsonl,
    VERB_OPTIONS(options),
    .run = export_dossiers,
};
