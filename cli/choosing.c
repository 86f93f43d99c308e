#include "cli/choosing.h"

static int read_names(struct cli *c, const struct args *a, struct filter *f)
{
    struct str officer = args_text(a, C_OFFICER), field = args_text(a, C_FIELD),
               code = args_text(a, C_PROCEDURE);
    if (officer.n) {
        const struct officer *o = office_find_officer(c->office, officer);
        if (!o)
            return cli_refuse(c, KIND_unknown_officer, officer);
        f->officer = o->number;
    }
    if (field.n) {
        f->field = office_field_number(c->office, field);
        if (!f->field)
            return cli_refuse(c, KIND_unknown_field, field);
    }
    if (code.n) {
        const struct procedure *p = office_find_procedure(c->office, code);
        if (!p)
            return cli_refuse(c, KIND_unknown_procedure, code);
        if (p->kase.n)
            f->procedure = p->number;
        else
            f->procedure_code = p->code;
    }
    return 0;
}

int choosing_read(struct cli *c, const struct args *a, struct filter *f)
{
    const struct day_range any = {NO_DAY, NO_DAY};
    *f = (struct filter){.received = any, .due = any, .unit = args_text(a, C_UNIT)};
    args_status(a, C_STATUS, &f->status);
    args_range(a, C_RECEIVED, &f->received);
    args_range(a, C_DUE, &f->due);
    return read_names(c, a, f);
}
