#include "cli/moves.h"

#include "cli/table.h"

int moves_submit(struct cli *c, struct request *requests, size_t n, bool rehearse, struct moves *moves,
                 struct moves_refusal *refusal)
{
    size_t at = n;
    cli_end_view(c);
    struct outcome o = rehearse ? store_rehearse(c->store, requests, n, &at, moves)
                                : store_submit_moving(c->store, requests, n, &at, moves);
    struct outcome viewed = cli_view(c);
    if (!outcome_ok(&o) && refusal) {
        *refusal = (struct moves_refusal){o, at};
        return (int)outcome_class(o.kind);
    }
    if (!outcome_ok(&o))
        return cli_tell(c, &o);
    c->wrote = !rehearse;
    return outcome_ok(&viewed) ? 0 : cli_tell(c, &viewed);
}

/* ---- for scripts ---- */

static void list_json(struct cli *c, struct json *j, const char *key, const struct moves *moves,
                      enum move what)
{
    json_array_begin(j, key);
    for (size_t i = 0; i < moves->count; i++) {
        const struct move_of *m = &moves->move[i];
        if (m->what != what)
            continue;
        json_object_begin(j, NULL);
        json_str(j, "code", str_of(m->code));
        json_minute(j, "old_due_at", m->old_due, c->offset);
        json_minute(j, "new_due_at", m->new_due, c->offset);
        json_minute(j, "old_statutory_due_at", m->old_statutory, c->offset);
        json_minute(j, "new_statutory_due_at", m->new_statutory, c->offset);
        json_object_end(j);
    }
    json_array_end(j);
}

void moves_json(struct cli *c, struct json *j, const struct moves *moves, bool rehearsed)
{
    list_json(c, j, "moved", moves, MOVE_LATER);
    list_json(c, j, "kept", moves, MOVE_KEPT);
    json_bool(j, "dry_run", rehearsed);
}

/* ---- for people ---- */

static size_t count_of(const struct moves *moves, enum move what)
{
    size_t n = 0;
    for (size_t i = 0; i < moves->count; i++)
        n += moves->move[i].what == what;
    return n;
}

/* Where a letter's date stays, only the statutory time behind it moves: that is then what is shown. */
static void add_row(struct cli *c, struct table *t, const struct move_of *m, struct buf *text)
{
    struct dossier d;
    bool promised = m->old_due != m->new_due;
    struct cell cells[6] = {{.text = str_of(m->code)}};
    if (view_dossier(c->view, m->dossier, &d))
        cells[1].text = d.receipt.applicant.name;
    lang_time(text, c->lang, promised ? m->old_due : m->old_statutory);
    cells[2].text = table_keep(t, text);
    cells[3].text = str_of(cli_text(c, T_cli_moves_arrow));
    lang_time(text, c->lang, promised ? m->new_due : m->new_statutory);
    cells[4].text = table_keep(t, text);
    if (!promised)
        cells[5].text = str_of(cli_text(c, T_cli_moves_statutory));
    table_add(t, cells);
}

static void list_text(struct cli *c, const struct moves *moves, enum move what, enum text_id title)
{
    static const struct table_column shape[] = {{T_nothing, false, 0}, {T_nothing, false, 12},
                                                {T_nothing, false, 0}, {T_nothing, false, 0},
                                                {T_nothing, false, 0}, {T_nothing, false, 0}};
    struct table t;
    struct buf text = BUF_INIT;
    size_t n = count_of(moves, what);
    if (!n)
        return;
    buf_add_int(&text, (int64_t)n);
    CLI_LINE(c, title, buf_str(&text));
    buf_reset(&text);
    table_init(&t, shape, sizeof shape / sizeof *shape);
    t.indent = 2;
    for (size_t i = 0; i < moves->count; i++)
        if (moves->move[i].what == what)
            add_row(c, &t, &moves->move[i], &text);
    table_print(&t, c);
    table_release(&t);
    buf_release(&text);
}

void moves_text(struct cli *c, const struct moves *moves)
{
    if (!count_of(moves, MOVE_LATER))
        CLI_LINE(c, T_cli_moves_none, STR_NONE);
    list_text(c, moves, MOVE_LATER, T_cli_moves_moved);
    list_text(c, moves, MOVE_KEPT, T_cli_moves_kept);
}

void moves_rehearsed(struct cli *c, bool rehearsed)
{
    if (rehearsed)
        CLI_LINE(c, T_cli_dry_run, STR_NONE);
}
