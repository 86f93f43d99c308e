#include "cli/csv.h"

#include "core/text.h"

struct csv csv_begin(struct buf *out, bool mark)
{
    buf_add_z(out, mark ? "\xEF\xBB\xBF" : "");
    return (struct csv){out, false};
}

/* A cell that already is such a formula behind its `'` gets one more, so that taking one off gives it back.
 * Where Chinese or Japanese is written, spreadsheets take the wide signs for the plain ones. */
bool csv_is_formula(struct str text)
{
    static const char *const wide[] = {"＝", "＋", "－", "＠"};
    size_t at = 0;
    while (at < text.n && text.p[at] == '\'')
        at++;
    if (at == text.n)
        return false;
    if (memchr("=+-@\t\r\n", text.p[at], sizeof "=+-@\t\r\n" - 1))
        return true;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (str_starts(str_from(text, at), str_of(wide[i])))
            return true;
    return false;
}

static bool is_quoted(struct str text)
{
    bool quoted = text.n && (text.p[0] == ' ' || text.p[text.n - 1] == ' '); /* readers trim the others */
    for (size_t i = 0; i < text.n && !quoted; i++)
        quoted = text.p[i] == ',' || text.p[i] == '"' || text.p[i] == '\r' || text.p[i] == '\n';
    return quoted;
}

/* Files of this kind are looked at in terminals too. Most cells are written as they are. */
void csv_cell(struct csv *csv, struct str text)
{
    struct buf *out = csv->out, cell = BUF_INIT;
    csv_plain(csv, STR_NONE);
    size_t from = out->n;
    text_safe(out, text, true);
    struct str safe = str_from(buf_str(out), from);
    bool quoted = is_quoted(safe), formula = csv_is_formula(safe);
    if (!quoted && !formula)
        return;
    buf_add_z(&cell, quoted ? "\"" : "");
    buf_add_z(&cell, formula ? "'" : "");
    for (size_t i = 0; i < safe.n; i++) {
        if (safe.p[i] == '"')
            buf_add_char(&cell, '"');
        buf_add_char(&cell, safe.p[i]);
    }
    buf_add_z(&cell, quoted ? "\"" : "");
    out->n = from;
    buf_add_str(out, buf_str(&cell));
    out->failed = out->failed || cell.failed;
    buf_release(&cell);
}

void csv_plain(struct csv *csv, struct str text)
{
    buf_add_z(csv->out, csv->comma ? "," : "");
    csv->comma = true;
    buf_add_str(csv->out, text);
}

void csv_line(struct csv *csv)
{
    buf_add_z(csv->out, "\r\n");
    csv->comma = false;
}
