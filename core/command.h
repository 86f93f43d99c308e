/* command: what someone asks of the desk. Built by the command line, the screen or an import; judged by
 * core/decide. Strings are borrowed from the asker and not yet checked. */
#ifndef MOTCUA_CORE_COMMAND_H
#define MOTCUA_CORE_COMMAND_H

#include "core/correction.h"
#include "core/dossier.h"
#include "core/office.h"
#include "core/step.h"

enum command_kind {
    COMMAND_FOUND = 1,
    COMMAND_OFFICER_PUT,
    COMMAND_PROCEDURE_PUT,
    COMMAND_DAY_PUT,
    COMMAND_YEARS_KNOWN,
    COMMAND_DAY_REMOVE,
    COMMAND_HOURS_PUT,
    COMMAND_SETTING_PUT,
    COMMAND_OFFICER_RETIRE,
    COMMAND_PROCEDURE_RETIRE,
    COMMAND_CLOCK_ACCEPT,
    COMMAND_STEPS_PUT,
    COMMAND_TURN_AWAY,
    COMMAND_TURN_AWAY_VOID,
    COMMAND_RECEIVE,
    COMMAND_TRANSFER,
    COMMAND_APOLOGIZE,
    COMMAND_RESOLVE,
    COMMAND_RETURN,
    COMMAND_REFUSE,
    COMMAND_SUPPLEMENT,
    COMMAND_RESTART,
    COMMAND_AWAIT_PAYMENT,
    COMMAND_PAID,
    COMMAND_WITHDRAW,
    COMMAND_STOP,
    COMMAND_VOID,
    COMMAND_UNDO,
    COMMAND_CORRECT,
    COMMAND_RATE,
    COMMAND_FEE,
    COMMAND_LATE_REASON,
    COMMAND_IMPORT,
    COMMAND_COUNT
};

/* Who asks, and when the clock says it is. The same when a transaction is run again. */
struct moment {
    int64_t now; /* UTC second */
    struct str login;
};

struct command {
    enum command_kind kind;
    struct str dossier; /* its code, or a unique ending of at least 4 characters; unused by receive and the
                           office's commands */
    civil_minute at;    /* when it happened; NO_TIME: now */
    union {
        struct office_identity found;
        struct officer officer;     /* number is not used */
        struct procedure procedure; /* numbers and version are not used */
        struct office_day day;
        struct known_years known;
        civil_day day_removed;
        struct office_hours hours;
        struct {
            struct str key, value; /* absent value: the default again */
        } setting;
        struct {
            struct str reason;
        } clock;
        struct str retired; /* an officer's login; a procedure's code, CODE#CASE or CODE.CASE */
        struct {
            struct str procedure; /* CODE, CODE#CASE or CODE.CASE */
            struct applicant applicant;
            struct str submitter, authority, components /* packed list */, note;
            struct str officer, unit;
            struct str code;               /* absent: the next one */
            struct limit limit;            /* LIMIT_NONE: the catalogue's */
            enum channel channel, collect; /* CHANNEL_NONE: direct */
            uint32_t sets;                 /* 0: 1 */
            int64_t fee;                   /* -1: the catalogue's */
            civil_minute submitted;        /* NO_TIME: not said */
            bool serve;                    /* resolved and returned at once, too */
            bool fee_taken;                /* the fee is paid at once, too, and for it */
            struct str fee_document;       /* this was given */
            struct str fee_exempt;         /* why nothing is to be paid; absent: it is */
        } receive;
        struct {
            struct str to; /* absent with a unit: to that outside unit */
            struct str unit, step, note;
            struct limit within;
        } transfer;
        struct {
            struct str reason, signer;
            struct str unit;    /* absent: the dossier's */
            civil_minute until; /* NO_TIME: none given */
            bool until_is_date; /* no hour was given: end of that day */
        } apologize;
        struct {
            struct str result;
            bool digitized;
        } resolve;
        struct {
            enum channel channel; /* CHANNEL_NONE: the channel the applicant asked for at receipt */
            struct str to;
        } give_back;
        struct {
            struct str reason;
        } end; /* refuse, withdraw, stop, void, undo */
        struct {
            struct str reason, needs; /* needs: packed list, at least one */
            bool insist;
        } supplement;
        struct {
            struct str note;
            struct limit within; /* of paid: its own limit */
        } resume;                /* restart, await payment, paid */
        struct {
            struct str reason;
            const struct change *change;
            size_t count;
        } correct;
        struct {
            struct str code;      /* as the other system gave it */
            struct str procedure; /* a code, or a title; one that is not in the catalogue is kept as it is */
            struct applicant applicant;
            struct str submitter, note;
            struct str officer,
                unit; /* who worked it: a login or a name; kept as it is when nobody here is called so */
            enum dossier_state
                state;        /* processing, waiting …, resolved, returned, refused, withdrawn, stopped */
            civil_minute due; /* NO_TIME: not known */
            civil_minute resolved, returned; /* NO_TIME where there is none */
        } import;                            /* `at`: received */
        struct {
            int stars; /* 1 to 5 */
            struct str note;
        } rate;
        struct {
            struct str procedure; /* CODE, CODE#CASE or CODE.CASE */
            const struct step *step;
            size_t count; /* 0: no process any more */
        } steps;
        struct {
            int64_t amount; /* VND; below 0: given back */
            bool exempt;
            struct str reason, document;
        } fee;
        struct {
            enum late_category category;
            struct str reason;
            enum excuse excuse;
        } late_reason;
        struct {
            struct str procedure;
            struct applicant applicant;
            struct str submitter;
            enum channel channel;
            bool refused;
            struct str reason, needs; /* needs: packed list, at least one unless refused */
        } turn_away;
        struct {
            bool refused; /* of slip 03, else 02 */
            struct yearly_number slip;
            struct str reason;
        } turn_away_void;
    };
};

#endif
