#include "cli/papers.h"

enum form_set { FORMS_2018, FORMS_2025, FORM_SETS };

struct paper_form paper_of(const struct cli *c, const struct dossier *d, enum paper paper)
{
    static const struct paper_form forms[][FORM_SETS] = {
        [PAPER_SUPPLEMENT] = {{"02", T_cli_paper_supplement}, {"02", T_cli_paper_supplement}},
        [PAPER_APOLOGY] = {{"04", T_cli_paper_apology_2018}, {"04", T_cli_paper_apology_2025}},
        [PAPER_STOP] = {{NULL, T_nothing}, {"05", T_cli_paper_stop}},
    };
    bool new_set = civil_day_of(d->facts.received) >= office_settings(c->office)->forms_from;
    return forms[paper][new_set ? FORMS_2025 : FORMS_2018];
}

void paper_name(const struct cli *c, struct buf *out, const struct dossier *d, enum paper paper)
{
    struct paper_form form = paper_of(c, d, paper);
    if (form.number)
        LANG_SAY(out, c->lang, T_cli_paper, str_of(cli_text(c, form.title)), str_of(form.number));
}
