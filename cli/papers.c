#include "cli/papers.h"

void paper_name(const struct cli *c, struct buf *out, const struct dossier *d, enum slip slip)
{
    struct slip_form form = slip_form_in(c->office, slip, civil_day_of(d->facts.received), c->lang);
    if (form.title.n)
        LANG_SAY(out, c->lang, T_cli_paper, form.title, form.number);
}
