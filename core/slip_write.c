/* Which slips a dossier has. */
#include "core/slip_parts.h"

/* What there is of that kind in the history and still stands, the last of it. */
static const struct event *last_of(const struct slip_source *from, enum event_kind kind)
{
    const struct event *last = NULL;
    for (size_t i = 0; i < from->events; i++)
        if (from->event[i].kind == kind && !from->event[i].undone_by)
            last = &from->event[i];
    return last;
}

/* What the dossier lacks for it, in words; T_nothing: it has all. *about is what happened, where the slip is
 * about one thing. */
static enum text_id lacks(enum slip slip, const struct slip_source *from, const struct event **about)
{
    const struct dossier *d = from->dossier;
    *about = NULL;
    if (d->facts.state == STATE_VOID)
        return T_forms_none_void;
    switch (slip) {
    case SLIP_SUPPLEMENT:
        *about = last_of(from, EVENT_SUPPLEMENT_REQUESTED);
        return *about ? T_nothing : T_forms_none_asked;
    case SLIP_REFUSAL:
        *about = last_of(from, EVENT_REFUSED);
        return *about ? T_nothing : T_forms_none_refused;
    case SLIP_STOP: *about = last_of(from, EVENT_STOPPED); return *about ? T_nothing : T_forms_none_stopped;
    case SLIP_APOLOGY: return d->apology.number ? T_nothing : T_forms_none_letter;
    case SLIP_RECEIPT:
    case SLIP_CONTROL:
    case SLIP_REGISTER:
    case SLIP_KINDS: break;
    }
    return T_nothing;
}

static struct outcome no_such_slip(enum slip slip, const struct dossier *d, enum text_id why)
{
    struct outcome o = outcome_of(KIND_no_such_slip);
    outcome_text(&o, d->code);
    outcome_label(&o, slip_word(slip));
    outcome_label(&o, why);
    return o;
}

struct outcome slip_write(enum slip slip, const struct slip_source *from, struct document *out)
{
    const struct dossier *d = from->dossier;
    const struct event *about;
    struct slip_page p;
    slip_begin(&p, out, from->office, slip, civil_day_of(d->facts.received), d->code, from->lang);
    enum text_id why = lacks(slip, from, &about);
    if (why == T_nothing && !p.form.title.n)
        why = T_forms_none_in_set;
    if (why != T_nothing)
        return no_such_slip(slip, d, why);
    switch (slip) {
    case SLIP_RECEIPT: slip_receipt(&p, from); break;
    case SLIP_SUPPLEMENT: slip_supplement(&p, from, about); break;
    case SLIP_REFUSAL: slip_refusal(&p, from, about); break;
    case SLIP_APOLOGY: slip_apology(&p, from); break;
    case SLIP_STOP: slip_stop(&p, from, about); break;
    case SLIP_CONTROL: slip_control(&p, from); break;
    case SLIP_REGISTER:
    case SLIP_KINDS: return no_such_slip(slip, d, T_forms_none_in_set);
    }
    return out->failed ? outcome_of(KIND_out_of_memory) : OUTCOME_DONE;
}
