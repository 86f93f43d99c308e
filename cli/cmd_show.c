/* show: one dossier, everything. */
#include "cli/dossier_json.h"
#include "cli/dossier_text.h"
#include "cli/verbs.h"

enum { S_UNMASK, S_AS_OF };

static const struct option_spec options[] = {
    [S_UNMASK] = OPTION_UNMASK,
    [S_AS_OF] = OPTION_AS_OF,
};

static int show(struct cli *c, struct args *a)
{
    struct reading r;
    struct dossier d;
    uint64_t id;
    int status = reading_open(c, a, S_AS_OF, S_UNMASK, &r);
    if (status)
        return status;
    struct outcome o = view_find(c->view, a->operand[0], &id);
    if (!outcome_ok(&o))
        return cli_tell(c, &o);
    if (!view_dossier(c->view, id, &d))
        return 0; /* the view's fault is told at the end */
    if (c->json) {
        struct json j = json_onto(&c->out);
        dossier_json(c, &j, NULL, &d,
                     &(struct dossier_view){.judge = &r.judge, .unmask = r.unmask, .history = true});
        json_line(&j);
    } else {
        cli_banner(c);
        dossier_page(c, &d, &r);
    }
    return 0;
}

const struct verb verb_show = {
    .name = "show",
    .help = T_cli_help_show,
    VERB_OPTIONS(options),
    .operand = T_cli_value_code,
    .least = 1,
    .most = 1,
    .run = show,
};
