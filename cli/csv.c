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
    static const char *const signs[] = {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"};
    size_t at = 0;
    while (at < text.n && text.p[at] == '\'')
        at++;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (str_starts(str_from(text, at), str_of(signs[i])))
            return true;
    return false;
}

/* Files of this kind are looked at in terminals too. */
void csv_cell(struct csv *csv, struct str text)
{
    struct buf safe = BUF_INIT;
    text_safe(&safe, text, true);
    text = buf_str(&safe);
    bool quoted = text.n && (text.p[0] == ' ' || text.p[text.n - 1] == ' '); /* readers trim the others */
    for (size_t i = 0; i < text.n && !quoted; i++)
        quoted = memchr(",\"\r\n", text.p[i], 4) != NULL;
    buf_add_z(csv->out, csv->comma ? "," : "");
    csv->comma = true;
    buf_add_z(csv->out, quoted ? "\"" : "");
    buf_add_z(csv->out, csv_is_formula(text) ? "'" : "");
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"')
            buf_add_char(csv->out, '"');
        buf_add_char(csv->out, text.p[i]);
    }
    buf_add_z(csv->out, quoted ? "\"" : "");
    csv->out->failed = csv->out->failed || safe.failed;
    buf_release(&safe);
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
