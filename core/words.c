#include "core/words.h"

/* The place of a value that is not named holds T_nothing, the empty text. */
static const char *word(enum lang lang, const enum text_id *ids, size_t count, size_t value)
{
    return value < count ? lang_text(lang, ids[value]) : "";
}
#define WORD(lang, ids, value) word((lang), (ids), sizeof(ids) / sizeof *(ids), (size_t)(value))

const char *words_status(enum lang lang, enum status status)
{
    static const enum text_id ids[] = {
        [STATUS_WAITING] = T_core_status_waiting,     [STATUS_ON_TRACK] = T_core_status_on_track,
        [STATUS_DUE_SOON] = T_core_status_due_soon,   [STATUS_DUE_TODAY] = T_core_status_due_today,
        [STATUS_OVERDUE] = T_core_status_overdue,     [STATUS_EARLY] = T_core_status_early,
        [STATUS_ON_TIME] = T_core_status_on_time,     [STATUS_LATE] = T_core_status_late,
        [STATUS_WITHDRAWN] = T_core_status_withdrawn, [STATUS_STOPPED] = T_core_status_stopped,
        [STATUS_VOID] = T_core_status_void,
    };
    return WORD(lang, ids, status);
}

const char *words_group(enum lang lang, enum status_group group)
{
    switch (group) {
    case GROUP_OPEN: return lang_text(lang, T_core_group_open);
    case GROUP_SOLVED: return lang_text(lang, T_core_group_solved);
    case GROUP_UNCOLLECTED: return lang_text(lang, T_core_group_uncollected);
    case GROUP_LETTER_DUE: return lang_text(lang, T_core_group_letter_due);
    case GROUP_RESCHEDULED: return lang_text(lang, T_core_group_rescheduled);
    case GROUP_ALL: return lang_text(lang, T_core_group_all);
    }
    return "";
}

const char *words_state(enum lang lang, enum dossier_state state)
{
    static const enum text_id ids[] = {
        [STATE_PROCESSING] = T_core_state_processing,
        [STATE_WAITING] = T_core_state_waiting,
        [STATE_WAITING_PAYMENT] = T_core_state_waiting_payment,
        [STATE_RESOLVED] = T_core_state_resolved,
        [STATE_RETURNED] = T_core_state_returned,
        [STATE_REFUSED] = T_core_state_refused,
        [STATE_WITHDRAWN] = T_core_state_withdrawn,
        [STATE_STOPPED] = T_core_state_stopped,
        [STATE_VOID] = T_core_state_void,
    };
    return WORD(lang, ids, state);
}

const char *words_ended_how(enum lang lang, enum ended_how how)
{
    static const enum text_id ids[] = {
        [ENDED_RESOLVED] = T_core_ended_resolved,   [ENDED_REFUSED] = T_core_ended_refused,
        [ENDED_WITHDRAWN] = T_core_ended_withdrawn, [ENDED_STOPPED] = T_core_ended_stopped,
        [ENDED_VOID] = T_core_ended_void,
    };
    return WORD(lang, ids, how);
}

const char *words_channel(enum lang lang, enum channel channel)
{
    static const enum text_id ids[] = {
        [CHANNEL_DIRECT] = T_core_channel_direct,
        [CHANNEL_ONLINE] = T_core_channel_online,
        [CHANNEL_POSTAL] = T_core_channel_postal,
    };
    return WORD(lang, ids, channel);
}

const char *words_role(enum lang lang, enum role role)
{
    static const enum text_id ids[] = {
        [ROLE_OFFICER] = T_core_role_officer,
        [ROLE_SPECIALIST] = T_core_role_specialist,
        [ROLE_CHIEF] = T_core_role_chief,
        [ROLE_ADMIN] = T_core_role_admin,
    };
    return WORD(lang, ids, role);
}

const char *words_why(enum lang lang, enum day_why why, bool counted)
{
    static const enum text_id ids[] = {
        [WHY_RECEIPT_DAY] = T_core_why_receipt_day,
        [WHY_WORKING_DAY] = T_core_why_working_day,
        [WHY_WORKED_SATURDAY] = T_core_why_worked_day,
        [WHY_CALENDAR_DAY] = T_core_why_calendar_day,
        [WHY_WEEKEND] = T_core_why_weekend,
        [WHY_DAY_OFF] = T_core_why_day_off,
        [WHY_ROLLED] = T_core_why_rolled,
        [WHY_AFTER_HOURS] = T_core_why_after_hours,
        [WHY_AFTER_CUTOFF] = T_core_why_after_cutoff,
        [WHY_LOCAL_CLOSURE] = T_core_why_local_closure,
    };
    if (why == WHY_RECEIPT_DAY && counted)
        return lang_text(lang, T_core_why_receipt_day_counted);
    return WORD(lang, ids, why);
}

const char *words_event(enum lang lang, enum event_kind kind)
{
    static const enum text_id ids[] = {
        [EVENT_FOUNDED] = T_core_event_founded,
        [EVENT_OFFICER_PUT] = T_core_event_officer_put,
        [EVENT_PROCEDURE_PUT] = T_core_event_procedure_put,
        [EVENT_DAY_PUT] = T_core_event_day_put,
        [EVENT_YEARS_KNOWN] = T_core_event_years_known,
        [EVENT_RECEIVED] = T_core_event_received,
        [EVENT_TRANSFERRED] = T_core_event_transferred,
        [EVENT_APOLOGIZED] = T_core_event_apologized,
        [EVENT_RESOLVED] = T_core_event_resolved,
        [EVENT_RETURNED] = T_core_event_returned,
        [EVENT_REFUSED] = T_core_event_refused,
        [EVENT_SUPPLEMENT_REQUESTED] = T_core_event_supplement_requested,
        [EVENT_RESTARTED] = T_core_event_restarted,
        [EVENT_PAYMENT_AWAITED] = T_core_event_payment_awaited,
        [EVENT_PAID] = T_core_event_paid,
        [EVENT_WITHDRAWN] = T_core_event_withdrawn,
        [EVENT_STOPPED] = T_core_event_stopped,
        [EVENT_VOIDED] = T_core_event_voided,
        [EVENT_UNDONE] = T_core_event_undone,
        [EVENT_CORRECTED] = T_core_event_corrected,
        [EVENT_RATED] = T_core_event_rated,
        [EVENT_DUE_MOVED] = T_core_event_due_moved,
        [EVENT_IMPORTED] = T_core_event_imported,
        [EVENT_REIMPORTED] = T_core_event_reimported,
        [EVENT_SETTING_PUT] = T_core_event_setting_put,
        [EVENT_DAY_REMOVED] = T_core_event_day_removed,
        [EVENT_HOURS_PUT] = T_core_event_hours_put,
        [EVENT_CLOCK_ACCEPTED] = T_core_event_clock_accepted,
        [EVENT_STEPS_PUT] = T_core_event_steps_put,
        [EVENT_FEE] = T_core_event_fee,
        [EVENT_LATE_REASON] = T_core_event_late_reason,
        [EVENT_TURNED_AWAY] = T_core_event_turned_away,
        [EVENT_TURN_AWAY_VOIDED] = T_core_event_turn_away_voided,
    };
    return WORD(lang, ids, kind);
}

const char *words_late_category(enum lang lang, enum late_category category)
{
    static const enum text_id ids[] = {
        [LATE_UNSAID] = T_core_late_unsaid, [LATE_COMPLEX] = T_core_late_complex,
        [LATE_UNIT] = T_core_late_unit,     [LATE_APPLICANT] = T_core_late_applicant,
        [LATE_SYSTEM] = T_core_late_system, [LATE_STAFF] = T_core_late_staff,
        [LATE_LOAD] = T_core_late_load,     [LATE_OFFICER] = T_core_late_officer,
        [LATE_OTHER] = T_core_late_other,
    };
    return WORD(lang, ids, category);
}

const char *words_excuse(enum lang lang, enum excuse excuse)
{
    static const enum text_id ids[] = {
        [EXCUSE_UNSAID] = T_core_excuse_unsaid,
        [EXCUSE_GOOD] = T_core_excuse_good,
        [EXCUSE_NOT_GOOD] = T_core_excuse_not_good,
    };
    return WORD(lang, ids, excuse);
}

const char *words_section(enum lang lang, enum morning_section section)
{
    static const enum text_id ids[] = {
        [MORNING_OVERDUE] = T_core_section_overdue,
        [MORNING_LETTERS_TODAY] = T_core_section_letters_today,
        [MORNING_LETTERS_TOO_LATE] = T_core_section_letters_too_late,
        [MORNING_LETTERS_OVERDUE] = T_core_section_letters_overdue,
        [MORNING_DUE_TODAY] = T_core_section_due_today,
        [MORNING_DUE_NEXT] = T_core_section_due_next,
        [MORNING_RESCHEDULED] = T_core_section_rescheduled,
        [MORNING_WAITING_LONG] = T_core_section_waiting_long,
        [MORNING_UNCOLLECTED] = T_core_section_uncollected,
    };
    return WORD(lang, ids, section);
}

const char *words_day_kind(enum lang lang, enum day_kind kind)
{
    static const enum text_id ids[] = {
        [DAY_OFF] = T_core_day_off,
        [DAY_WORKED] = T_core_day_worked,
        [DAY_CLOSED] = T_core_day_closed,
        [DAY_COMPUTED] = T_core_day_computed,
    };
    return WORD(lang, ids, kind);
}

const char *words_limit_kind(enum lang lang, enum limit_kind kind)
{
    static const enum text_id ids[] = {
        [LIMIT_NONE] = T_core_limit_none,
        [LIMIT_SAME_DAY] = T_core_limit_same_day,
        [LIMIT_WORKING_DAYS] = T_core_limit_kind_working_days,
        [LIMIT_CALENDAR_DAYS] = T_core_limit_kind_calendar_days,
        [LIMIT_WORKING_HOURS] = T_core_limit_kind_working_hours,
        [LIMIT_MONTHS] = T_core_limit_kind_months,
    };
    return WORD(lang, ids, kind);
}

const char *words_clock(enum lang lang, enum due_clock clock)
{
    static const enum text_id ids[] = {
        [CLOCK_DAY_END] = T_core_clock_day_end,
        [CLOCK_SAME_HOUR] = T_core_clock_same_hour,
    };
    return WORD(lang, ids, clock);
}

const char *words_weekday_short(enum lang lang, enum weekday day)
{
    static const enum text_id ids[] = {
        [MONDAY] = T_core_mon, [TUESDAY] = T_core_tue,  [WEDNESDAY] = T_core_wed, [THURSDAY] = T_core_thu,
        [FRIDAY] = T_core_fri, [SATURDAY] = T_core_sat, [SUNDAY] = T_core_sun,
    };
    return WORD(lang, ids, day);
}
