#include "tui/acts.h"

#include "tui/act_kinds.h"
#include "tui/page_act.h"
#include "tui/page_correct.h"

static const struct {
    enum action action;
    enum command_kind command;
} table[ACTS] = {
    {ACTION_transfer, COMMAND_TRANSFER},
    {ACTION_resolve, COMMAND_RESOLVE},
    {ACTION_return, COMMAND_RETURN},
    {ACTION_apologize, COMMAND_APOLOGIZE},
    {ACTION_supplement, COMMAND_SUPPLEMENT},
    {ACTION_restart, COMMAND_RESTART},
    {ACTION_await_payment, COMMAND_AWAIT_PAYMENT},
    {ACTION_paid, COMMAND_PAID},
    {ACTION_correct, COMMAND_CORRECT},
    {ACTION_undo, COMMAND_UNDO},
    {ACTION_refuse, COMMAND_REFUSE},
    {ACTION_stop, COMMAND_STOP},
    {ACTION_void, COMMAND_VOID},
    {ACTION_rate, COMMAND_RATE},
    {ACTION_fee, COMMAND_FEE},
    {ACTION_late_reason, COMMAND_LATE_REASON},
};

static enum command_kind command_for(const struct dossier *d, enum command_kind kind)
{
    return kind == COMMAND_STOP ? act_form_ending(d) : kind;
}

void acts_of(struct dossier_act act[ACTS], const struct office *office, const struct dossier *d,
             const struct moment *now)
{
    for (size_t i = 0; i < ACTS; i++) {
        enum command_kind kind = command_for(d, table[i].command);
        act[i] = (struct dossier_act){table[i].action, kind, decide_preview(office, d, kind, now)};
    }
}

enum text_id act_title(enum command_kind command)
{
    return command == COMMAND_CORRECT ? T_tui_title_correct : act_form_of(command)->title;
}

bool act_command(enum action action, enum command_kind *out)
{
    for (size_t i = 0; i < ACTS; i++)
        if (table[i].action == action) {
            *out = table[i].command;
            return true;
        }
    return false;
}

void act_open(struct session *s, uint64_t id, enum action action)
{
    enum command_kind kind;
    struct dossier d;
    struct moment now = session_moment(s);
    struct view *v = act_command(action, &kind) ? session_view(s) : NULL;
    if (!v)
        return;
    struct outcome o = outcome_of(KIND_unknown_dossier);
    if (view_dossier(v, id, &d)) {
        kind = command_for(&d, kind);
        o = decide_preview(view_office(v), &d, kind, &now);
    }
    session_view_end(s, v);
    if (!outcome_ok(&o))
        session_refuse(s, &o);
    else
        session_open(s, kind == COMMAND_CORRECT ? page_correct(s, id) : page_act(s, id, kind));
}
