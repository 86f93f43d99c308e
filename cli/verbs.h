/* verbs: the commands of motcua, one `struct verb` each; what they take stands in the tables beside them. */
#ifndef MOTCUA_CLI_VERBS_H
#define MOTCUA_CLI_VERBS_H

#include "cli/options.h"

extern const struct verb verb_init, verb_demo, verb_stat, verb_verify;
extern const struct verb verb_backup, verb_restore, verb_compact;
extern const struct verb verb_procedure_list, verb_procedure_show, verb_procedure_put, verb_procedure_import,
    verb_procedure_retire;
extern const struct verb verb_officer_list, verb_officer_put, verb_officer_retire, verb_config;
extern const struct verb verb_calendar_show, verb_calendar_holiday, verb_calendar_worked,
    verb_calendar_closed, verb_calendar_remove, verb_calendar_plan, verb_calendar_hours;
extern const struct verb verb_receive, verb_transfer, verb_supplement, verb_restart, verb_await_payment,
    verb_paid;
extern const struct verb verb_apologize, verb_resolve, verb_return, verb_refuse, verb_withdraw, verb_stop;
extern const struct verb verb_void, verb_undo, verb_correct, verb_rate;
extern const struct verb verb_fee, verb_late, verb_turn_away, verb_turn_away_list, verb_turn_away_print;
extern const struct verb verb_turn_away_void;
extern const struct verb verb_procedure_steps;
extern const struct verb verb_clock_show, verb_clock_accept;
extern const struct verb verb_show, verb_explain, verb_due, verb_list, verb_search, verb_morning, verb_report;
extern const struct verb verb_export_csv, verb_export_jsonl, verb_export_journal;
extern const struct verb verb_import_csv;
/* These go to the helper program as they are. */
extern const struct verb verb_out_export_ics, verb_out_export_vdir, verb_out_calendar_import,
    verb_out_calendar_export, verb_out_qr, verb_out_print;

#endif
