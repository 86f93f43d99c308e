#include "tui/sentence.h"

#include "core/text.h"
#include <wctype.h>

/* Without a result for good: then no key helps either. */
static bool has_ended(const struct outcome *o)
{
    return o->kind == KIND_not_resolved && o->arg[1].number == T_label_ended_without_result;
}

/* The sentences that name commands; here there are keys instead. */
static enum text_id own_sentence(const struct outcome *o)
{
    static const struct {
        enum outcome_kind kind;
        enum text_id text;
    } own[] = {
        {KIND_unknown_dossier, T_tui_unknown_dossier},
        {KIND_ambiguous_dossier, T_tui_ambiguous_dossier},
        {KIND_unknown_procedure, T_tui_unknown_procedure},
        {KIND_unknown_officer, T_tui_unknown_officer},
        {KIND_no_limit, T_tui_no_limit},
        {KIND_until_missing, T_tui_needs_until},
        {KIND_not_resolved, T_tui_not_resolved},
        {KIND_waiting, T_tui_waiting},
        {KIND_not_waiting, T_tui_not_waiting},
        {KIND_use_stop, T_tui_use_stop},
        {KIND_use_withdraw, T_tui_use_withdraw},
        {KIND_no_late_reason, T_tui_no_late_reason},
        {KIND_second_supplement, T_tui_second_supplement},
        {KIND_late_supplement, T_tui_late_supplement},
        {KIND_nothing_to_undo, T_tui_nothing_to_undo},
        {KIND_no_fee, T_tui_no_fee},
        {KIND_fee_over, T_tui_fee_over},
        {KIND_fee_kept, T_tui_fee_kept},
        {KIND_moved_since, T_tui_moved_since},
        {KIND_after_other_acts, T_tui_after_other_acts},
        {KIND_holds_dossiers, T_tui_holds_dossiers},
        {KIND_day_recorded, T_tui_day_recorded},
        {KIND_unknown_day, T_tui_unknown_day},
        {KIND_clock_behind, T_tui_clock_behind},
        {KIND_received_ahead, T_tui_received_ahead},
        {KIND_act_ahead, T_tui_act_ahead},
    };
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (own[i].kind == o->kind)
            return has_ended(o) ? T_nothing : own[i].text;
    return T_nothing;
}

/* The table's sentences follow "motcua: "; here they begin a line. What they begin with may be a login, which
 * stays as it is. */
static void add_capitalized(struct buf *out, struct str text, const struct outcome_arg *arg)
{
    size_t at = 0;
    if (arg->type != ARG_TEXT || !arg->text[0] || !str_starts(text, str_of(arg->text))) {
        int32_t first = text_next(text, &at);
        text_put(out, first < 0 ? first : (int32_t)towupper((wint_t)first));
    }
    buf_add_str(out, str_from(text, at));
}

void sentence_say(struct buf *out, enum lang lang, const struct outcome *o, struct str provincial)
{
    struct buf message = BUF_INIT, law = BUF_INIT;
    enum text_id own = own_sentence(o);
    if (own == T_nothing)
        outcome_message(&message, lang, o);
    else
        outcome_message_as(&message, lang, o, own);
    add_capitalized(out, buf_str(&message), &o->arg[0]);
    law_cite(&law, lang, o->rules, o->law, provincial);
    if (law.n) {
        buf_add_z(out, " (");
        buf_add_str(out, buf_str(&law));
        buf_add_char(out, ')');
    }
    buf_release(&message);
    buf_release(&law);
}

enum text_id sentence_short(enum outcome_kind kind)
{
    switch (kind) {
    case KIND_not_resolved: return T_tui_short_not_resolved;
    case KIND_already_resolved: return T_tui_short_already_resolved;
    case KIND_not_open: return T_tui_short_not_open;
    case KIND_waiting: return T_tui_short_waiting;
    case KIND_not_waiting: return T_tui_short_not_waiting;
    case KIND_second_apology: return T_tui_short_second_apology;
    case KIND_second_supplement: return T_tui_short_second_supplement;
    case KIND_late_supplement: return T_tui_short_late_supplement;
    case KIND_nothing_to_undo: return T_tui_short_nothing_to_undo;
    case KIND_moved_since: return T_tui_short_moved_since;
    case KIND_not_allowed: return T_tui_short_not_allowed;
    case KIND_received_ahead: return T_tui_short_received_ahead;
    case KIND_act_ahead: return T_tui_short_act_ahead;
    case KIND_not_late: return T_tui_short_not_late;
    default: return T_nothing;
    }
}
