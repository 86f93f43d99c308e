#include "core/decide.h"

#include "core/desk.h"

/* One row a command: its rule, and what it needs. */
static const struct {
    desk_rule *rule;
    enum act act;
    bool on_dossier;
} rules[] = {
    [COMMAND_FOUND] = {decide_found, ACT_PEOPLE, false},
    [COMMAND_OFFICER_PUT] = {decide_officer_put, ACT_PEOPLE, false},
    [COMMAND_PROCEDURE_PUT] = {decide_procedure_put, ACT_CATALOGUE, false},
    [COMMAND_DAY_PUT] = {decide_day_put, ACT_CALENDAR, false},
    [COMMAND_YEARS_KNOWN] = {decide_years_known, ACT_CALENDAR, false},
    [COMMAND_DAY_REMOVE] = {decide_day_remove, ACT_CALENDAR, false},
    [COMMAND_HOURS_PUT] = {decide_hours_put, ACT_CALENDAR, false},
    [COMMAND_SETTING_PUT] = {decide_setting_put, ACT_SETTINGS, false},
    [COMMAND_OFFICER_RETIRE] = {decide_officer_retire, ACT_PEOPLE, false},
    [COMMAND_PROCEDURE_RETIRE] = {decide_procedure_retire, ACT_CATALOGUE, false},
    [COMMAND_CLOCK_ACCEPT] = {decide_clock_accept, ACT_CLOCK, false},
    [COMMAND_STEPS_PUT] = {decide_steps_put, ACT_CATALOGUE, false},
    [COMMAND_TURN_AWAY] = {decide_turn_away, ACT_HANDLE, false},
    [COMMAND_TURN_AWAY_VOID] = {decide_turn_away_void, ACT_HANDLE, false},
    [COMMAND_RECEIVE] = {decide_receive, ACT_HANDLE, false},
    [COMMAND_IMPORT] = {decide_import, ACT_IMPORT, false},
    [COMMAND_TRANSFER] = {decide_transfer, ACT_HANDLE, true},
    [COMMAND_APOLOGIZE] = {decide_apologize, ACT_HANDLE, true},
    [COMMAND_RESOLVE] = {decide_resolve, ACT_HANDLE, true},
    [COMMAND_RETURN] = {decide_return, ACT_HANDLE, true},
    [COMMAND_REFUSE] = {decide_refuse, ACT_HANDLE, true},
    [COMMAND_SUPPLEMENT] = {decide_supplement, ACT_HANDLE, true},
    [COMMAND_RESTART] = {decide_restart, ACT_HANDLE, true},
    [COMMAND_AWAIT_PAYMENT] = {decide_await_payment, ACT_HANDLE, true},
    [COMMAND_PAID] = {decide_paid, ACT_HANDLE, true},
    [COMMAND_WITHDRAW] = {decide_withdraw, ACT_HANDLE, true},
    [COMMAND_STOP] = {decide_stop, ACT_HANDLE, true},
    [COMMAND_VOID] = {decide_void, ACT_VOID, true},
    [COMMAND_UNDO] = {decide_undo, ACT_HANDLE, true},
    [COMMAND_CORRECT] = {decide_correct, ACT_HANDLE, true},
    [COMMAND_RATE] = {decide_rate, ACT_HANDLE, true},
    [COMMAND_FEE] = {decide_fee, ACT_HANDLE, true},
    [COMMAND_LATE_REASON] = {decide_late_reason, ACT_HANDLE, true},
};

/* Until an office is founded its clock is the one it will have. */
static civil_minute now_of(const struct office *office, const struct command *command,
                           const struct moment *moment)
{
    int offset = command && command->kind == COMMAND_FOUND ? command->found.utc_offset
                                                           : office_identity(office)->utc_offset;
    return civil_from_utc(moment->now, offset);
}

static civil_minute time_of(const struct office *office, const struct command *command,
                            const struct moment *moment)
{
    return command->at == NO_TIME ? now_of(office, command, moment) : command->at;
}

/* What of this command gets a number, of the year in which it is recorded: so each series, and the book,
 * closes with its year, whatever is entered late. */
static enum series series_of(const struct office *office, const struct command *command,
                             const struct moment *moment, int *year)
{
    *year = civil_to_ymd(civil_day_of(now_of(office, command, moment))).year;
    switch (command->kind) {
    case COMMAND_RECEIVE: return SERIES_REGISTER;
    case COMMAND_SUPPLEMENT: return SERIES_SUPPLEMENT;
    case COMMAND_REFUSE: return SERIES_REFUSAL;
    case COMMAND_STOP: return SERIES_STOP;
    case COMMAND_APOLOGIZE: return SERIES_APOLOGY;
    case COMMAND_TURN_AWAY: return command->turn_away.refused ? SERIES_REFUSAL : SERIES_SUPPLEMENT;
    default: return SERIES_NONE;
    }
}

void decide_needs(const struct office *office, const struct command *command, const struct moment *moment,
                  struct needs *out)
{
    *out = (struct needs){.dossier = rules[command->kind].on_dossier,
                          .clock = command->kind == COMMAND_CLOCK_ACCEPT};
    civil_day day = civil_day_of(time_of(office, command, moment));
    if (command->kind == COMMAND_RECEIVE) {
        out->code = command->receive.code;
        out->code_sequence = command->receive.code.n == 0;
        out->code_day = day;
    }
    if (command->kind == COMMAND_OFFICER_RETIRE)
        out->held_by = command->retired;
    if (command->kind == COMMAND_IMPORT)
        out->code = command->import.code;
    out->known = command->kind == COMMAND_IMPORT;
    if (command->kind == COMMAND_TURN_AWAY_VOID) {
        out->turned_away = true;
        out->refused = command->turn_away_void.refused;
        out->slip = command->turn_away_void.slip;
    }
    out->series = series_of(office, command, moment, &out->series_year);
}

static struct desk desk_of(const struct office *office, const struct dossier *dossier,
                           const struct command *command, const struct moment *moment)
{
    return (struct desk){
        .office = office,
        .calendar = office_calendar(office),
        .settings = office_settings(office),
        .dossier = dossier,
        .command = command,
        .moment = moment,
        .actor = office_find_officer(office, moment->login),
        .now = now_of(office, command, moment),
    };
}

struct outcome decide(const struct office *office, const struct dossier *dossier,
                      const struct command *command, const struct moment *moment,
                      const struct circumstances *circumstances, struct decision *out)
{
    bool on_dossier = rules[command->kind].on_dossier;
    struct desk d = desk_of(office, on_dossier ? dossier : NULL, command, moment);
    if (!d.calendar)
        return outcome_of(KIND_out_of_memory);
    d.known = on_dossier ? NULL : dossier;
    d.circumstances = circumstances;
    d.out = out;
    d.at = time_of(office, command, moment);
    series_of(office, command, moment, &d.series_year);

    struct outcome o = OUTCOME_DONE;
    if (command->kind != COMMAND_FOUND)
        o = desk_allowed(&d, rules[command->kind].act);
    if (outcome_ok(&o) && d.dossier)
        o = desk_may(&d, command->kind);
    if (outcome_ok(&o))
        o = desk_check_time(&d);
    if (outcome_ok(&o))
        o = rules[command->kind].rule(&d);
    if (outcome_ok(&o) && out->text.failed)
        o = outcome_of(KIND_out_of_memory);
    if (!outcome_ok(&o))
        decision_release(out);
    return o;
}

struct outcome decide_allowed(const struct office *office, struct str login, enum act act)
{
    struct moment moment = {.login = login};
    struct desk d = {.office = office, .moment = &moment, .actor = office_find_officer(office, login)};
    return desk_allowed(&d, act);
}

struct outcome decide_preview(const struct office *office, const struct dossier *dossier,
                              enum command_kind kind, const struct moment *moment)
{
    struct desk d = desk_of(office, dossier, NULL, moment);
    if (!d.calendar)
        return outcome_of(KIND_out_of_memory);
    d.at = d.now;
    struct outcome o = desk_allowed(&d, rules[kind].act);
    if (outcome_ok(&o) && dossier)
        o = desk_may(&d, kind);
    bool needed;
    if (outcome_ok(&o) && dossier && kind == COMMAND_SUPPLEMENT)
        o = desk_check_insist(&d, desk_role_may(&d, ACT_INSIST), &needed);
    return o;
}
