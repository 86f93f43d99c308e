/* settings: what an office sets for itself. One table (core/settings.def) gives each its key, meaning,
 * default and check; the office's chain of events holds what was set, as text. */
#ifndef MOTCUA_CORE_SETTINGS_H
#define MOTCUA_CORE_SETTINGS_H

#include "core/arena.h"
#include "core/lang.h"
#include "core/limit.h"

enum report_basis { BASIS_STATUTORY = 0, BASIS_PROMISED };
/* How a calendar shows due times: by the minute where the limit is in hours; always; never. */
enum ics_times { TIMES_AUTO = 0, TIMES_TIMED, TIMES_ALL_DAY };

/* What a plan asks of an indicator: "> 95", ">= 20", "= 100" per cent. */
enum comparator { TARGET_ABOVE, TARGET_AT_LEAST, TARGET_EXACTLY };
struct target {
    enum comparator comparator;
    int hundredths; /* of a percent */
};
/* Is part of whole (whole > 0) as the target asks? Exact, nothing rounded. */
bool target_met(struct target t, uint64_t part, uint64_t whole);
const char *comparator_sign(enum comparator c); /* ">", ">=", "=" */

enum target_kind {
    TARGET_ON_TIME,
    TARGET_LETTERS,           /* late dossiers that have their letter */
    TARGET_ONLINE,            /* dossiers handed in online */
    TARGET_ONLINE_PROCEDURES, /* of those offered online, with at least one dossier online */
    TARGET_POSTAL_IN,
    TARGET_POSTAL_OUT,
    TARGET_POSTAL_PROCEDURES,
    TARGET_DIGITIZED,
    TARGET_PETITIONS, /* answered */
    TARGET_RATING,    /* handling assessed good or better */
    TARGET_COUNT
};

/* A prescribed form: written "04; Phiếu xin lỗi …; PXL". */
struct form_names {
    struct str number; /* "04" */
    struct str title;
    struct str symbol; /* behind the paper's own number: "PXL"; may be absent */
};
/* One set of them. What a set does not have is absent throughout. */
struct forms_of_year {
    struct form_names receipt, supplement, refusal, apology, stop, control, register_;
};

/* Texts are borrowed from whoever filled it in (settings_put: its arena). */
struct settings {
    enum lang lang;
    enum due_clock clock;
    int same_day_cutoff; /* minute of the day */
    enum report_basis basis;
    int soon_days;       /* working days that make "due soon" */
    int waiting_max;     /* working days after which a waiting dossier is listed */
    int backdate_max;    /* working days back that anybody may record */
    int supplement_days; /* working days from receipt in which a supplement should be asked for */
    int ics_keep_days;   /* days an ended dossier stays in the calendar as CANCELLED */
    enum ics_times ics_times;
    int late_repeated; /* late without good reason this often: named as repeatedly late */
    int collect_max;   /* working days after which an uncollected result is named */
    int truth_lag;     /* working days after which what was recorded late is named */
    int survey_size;   /* people on the survey's list */
    struct str
        law_province;     /* the office's own provincial decision, cited beside the decree; may be absent */
    struct str desk_name; /* what the desk calls itself on paper */
    struct str desk_address, desk_phone; /* likewise; may be absent */
    civil_day forms_from;                /* receipts from this day on get the forms of 2025 */
    struct forms_of_year forms_2018, forms_2025;
    struct str signer_title, signer_name;                     /* of letters, notices and reports */
    struct str report_preparer;                               /* who signs reports at the left */
    struct str report_title, report_number, report_addressee; /* of II.06a */
    int petition_pass, petition_refuse, petition_ask, petition_answer, petition_publish; /* working days */
    struct target target[TARGET_COUNT];
};
struct settings settings_default(void);

/* How a setting is written and checked. LANG, CLOCK, BASIS and TIMES are one of a few words. */
enum setting_type {
    SETTING_LANG,
    SETTING_CLOCK,
    SETTING_BASIS,
    SETTING_TIMES,
    SETTING_HOUR,   /* HH:MM */
    SETTING_NUMBER, /* whole, within its bounds */
    SETTING_DATE,
    SETTING_TEXT,
    SETTING_TARGET,
    SETTING_FORM, /* number; title; symbol */
};
/* Is it one of a few words? */
static inline bool setting_is_word(enum setting_type type)
{
    return type <= SETTING_TIMES;
}

/* The table: `count` settings in the order they are shown. */
size_t settings_count(void);
const char *settings_key(size_t i); /* "report.basis" */
enum text_id settings_meaning(size_t i);
enum setting_type settings_type(size_t i);
/* Of a NUMBER; 0 and 0 for the others. */
void settings_bounds(size_t i, int *least, int *most);
/* The place of a key, or settings_count() when there is none of that name. */
size_t settings_find(struct str key);
/* What it is set to, as settings_put() reads it back. */
void settings_format(struct buf *out, const struct settings *s, size_t i);
/* What may be put there, for messages: "statutory|promised", "0..60", "HH:MM" … */
void settings_allowed(struct buf *out, size_t i);
/* Reads a value into *s; an absent one is the default again. Texts are copied into `arena`. False (and *s
 * untouched) for a value that does not pass the check. */
bool settings_put(struct settings *s, struct arena *arena, size_t i, struct str value);

#endif
