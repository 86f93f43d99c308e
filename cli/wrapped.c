#include "cli/wrapped.h"

#include "core/text.h"

void wrapped_blanks(struct buf *out, int n)
{
    for (int i = 0; i < n; i++)
        buf_add_char(out, ' ');
}

void wrapped_text(struct cli *c, struct str text, int at)
{
    int room = c->columns ? c->columns - at : INT32_MAX;
    for (bool first = true; text.n; first = false) {
        size_t skip, n = text_wrap(text, room, &skip);
        if (!first)
            wrapped_blanks(&c->out, at);
        text_safe(&c->out, str_first(text, n), false);
        buf_add_char(&c->out, '\n');
        text = str_from(text, skip);
    }
}

void wrapped_part(struct buf *line, struct str part)
{
    if (!part.n)
        return;
    buf_add_z(line, line->n ? " · " : "");
    buf_add_str(line, part);
}
