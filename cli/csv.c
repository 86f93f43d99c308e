#include "cli/csv.h"

struct csv csv_begin(struct buf *out, bool mark)
{
    buf_add_z(out, mark ? "\xEF\xBB\xBF" : "");
    return (struct csv){out, false};
}

/* A cell that already is such a formula behind its `'` gets one more, so that taking one off gives it back.
 */
static bool is_formula(struct str text)
{
    size_t at = 0;
    while (at < text.n && text.p[at] == '\'')
        at++;
    return at < text.n && memchr("=+-@\t\r", text.p[at], 6);
}

void csv_cell(struct csv *csv, struct str text)
{
    bool formula = is_formula(text), quoted = false;
    for (size_t i = 0; i < text.n && !quoted; i++)
        quoted = memchr(",\"\r\n", text.p[i], 4) != NULL;
    if (csv->comma)
        buf_add_char(csv->out, ',');
    csv->comma = true;
    if (quoted)
        buf_add_char(csv->out, '"');
    if (formula)
        buf_add_char(csv->out, '\'');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"')
            buf_add_char(csv->out, '"');
        buf_add_char(csv->out, text.p[i]);
    }
    if (quoted)
        buf_add_char(csv->out, '"');
}

void csv_line(struct csv *csv)
{
    buf_add_z(csv->out, "\r\n");
    csv->comma = false;
}
