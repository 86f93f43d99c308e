#include "cli/report_written.h"

#include "core/text.h"

static void say_json(struct cli *c, const struct report_asked *asked, size_t rows, bool demo)
{
    struct json j = json_onto(&c->out);
    json_object_begin(&j, NULL);
    json_str(&j, "file", asked->file);
    json_name(&j, "report", report_name(asked->kind));
    json_int(&j, "rows", (int64_t)rows);
    json_bool(&j, "demo", demo);
    json_object_end(&j);
    json_line(&j);
}

static void say_text(struct cli *c, const struct report_asked *asked, size_t rows, bool demo)
{
    struct buf n = BUF_INIT, shown = BUF_INIT;
    buf_add_int(&n, (int64_t)rows);
    text_safe(&shown, asked->file, false);
    CLI_LINE(c, demo ? T_cli_report_written_demo : T_cli_report_written, buf_str(&n), buf_str(&shown));
    buf_release(&n);
    buf_release(&shown);
}

void report_written(struct cli *c, const struct report_asked *asked, const struct report *r, bool demo)
{
    if (!asked->file.n || str_eq(asked->file, STR("-")))
        return;
    if (c->json)
        say_json(c, asked, report_asked_rows(r), demo);
    else
        say_text(c, asked, report_asked_rows(r), demo);
}
