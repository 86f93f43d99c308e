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

/* What a file says of a dossier, one bit each: a column that it has, in a cell that is not empty. */
enum import_said {
    SAID_PROCEDURE = 1u << 0,
    SAID_FIELD = 1u << 1,
    SAID_NAME = 1u << 2,
    SAID_PHONE = 1u << 3,
    SAID_ID_NUMBER = 1u << 4,
    SAID_ADDRESS = 1u << 5,
    SAID_EMAIL = 1u << 6,
    SAID_KIND = 1u << 7, /* a person or an organization */
    SAID_OUTSIDE = 1u << 8,
    SAID_SUBMITTER = 1u << 9,
    SAID_AUTHORITY = 1u << 10,
    SAID_NOTE = 1u << 11,
    SAID_OFFICER = 1u << 12,
    SAID_UNIT = 1u << 13,
    SAID_RECEIVER = 1u << 14,
    SAID_RESULT = 1u << 15,
    SAID_STATE = 1u << 16,
    SAID_SUBMITTED = 1u << 17,
    SAID_RECEIVED = 1u << 18,
    SAID_STATUTORY = 1u << 19,
    SAID_DUE = 1u << 20,
    SAID_WAITING = 1u << 21,
    SAID_RESOLVED = 1u << 22,
    SAID_RETURNED = 1u << 23,
    SAID_CHANNEL = 1u << 24,
    SAID_COLLECT = 1u << 25,
    SAID_SETS = 1u << 26,
    SAID_ALL = (1u << 27) - 1
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
            struct str procedure; /* a code, CODE#CASE or CODE.CASE, or a title; one that is not in the
                                     catalogue is kept as it is */
            struct str field;     /* its field's name: has a say only where the procedure is not in the
                                     catalogue */
            struct applicant applicant;
            struct str submitter, authority, note;
            struct str officer, unit; /* who works it: a login or a name, marks and case do not matter; kept
                                         as it is when nobody here is called so */
            struct str receiver;      /* who received it there, likewise */
            struct str result;        /* of a solved one: what came of it, or why it ended */
            enum dossier_state
                state; /* processing, waiting …, resolved, returned, refused, withdrawn, stopped */
            civil_minute submitted;          /* NO_TIME: not known */
            civil_minute statutory_due, due; /* NO_TIME: not known. `due` is the appointment in force, a
                                                letter's new date counted; a statutory due time that is not
                                                known is the same as `due` */
            civil_minute waiting_since;      /* of a waiting one; NO_TIME: since the receipt */
            civil_minute resolved, returned; /* NO_TIME where there is none */
            enum channel channel, collect;   /* CHANNEL_NONE: direct */
            int sets;                        /* 0: not said, 1 */
            uint32_t said; /* enum import_said: what the file says of it; 0: everything. The rest of a dossier
                              that is known already stays as it is */
        } import;          /* `at`: received */
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
