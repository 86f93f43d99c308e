#include "cli/counter_text.h"

#include "cli/cells.h"
#include "cli/wrapped.h"
#include "core/words.h"

void counter_number(const struct cli *c, struct buf *out, struct yearly_number n)
{
    struct buf number = BUF_INIT, year = BUF_INIT;
    if (!n.number)
        return;
    buf_add_int(&number, n.number);
    buf_add_int(&year, n.year);
    LANG_SAY(out, c->lang, T_cli_number_of_year, buf_str(&number), buf_str(&year));
    out->failed = out->failed || number.failed || year.failed;
    buf_release(&number);
    buf_release(&year);
}

void counter_fee(const struct cli *c, struct buf *out, const struct dossier *d)
{
    if (d->fee_exempt)
        buf_add_z(out, cli_text(c, T_cli_fee_exempted));
    else if (d->fee_settled)
        money_words(c, out, d->fee_paid);
    else if (d->receipt.fee > 0)
        buf_add_z(out, cli_text(c, T_cli_fee_not_settled));
}

void counter_late_reason(const struct cli *c, struct buf *out, const struct dossier *d, bool late)
{
    const struct late_reason *r = &d->late_reason;
    if (d->apology.number) { /* its reason stands there */
        if (r->excuse != EXCUSE_UNSAID)
            wrapped_part(out, str_of(cli_text(c, T_report_late_by_letter)));
    } else if (r->category != LATE_UNSAID) {
        wrapped_part(out, str_of(words_late_category(c->lang, r->category)));
        wrapped_part(out, r->reason);
        wrapped_part(out, holder_name(c, r->by));
    } else if (late) {
        wrapped_part(out, str_of(cli_text(c, T_cli_late_no_reason)));
    }
    if (r->excuse != EXCUSE_UNSAID) {
        wrapped_part(out, str_of(words_excuse(c->lang, r->excuse)));
        wrapped_part(out, holder_name(c, r->excused_by));
    }
}
