/* command: what someone asks of the desk. Built by the command line, the screen or an import; judged by
 * core/decide. Strings are borrowed from the asker and not yet checked. */
#ifndef MOTCUA_CORE_COMMAND_H
#define MOTCUA_CORE_COMMAND_H

#include "core/dossier.h"
#include "core/office.h"

enum command_kind {
    COMMAND_FOUND = 1,
    COMMAND_OFFICER_PUT,
    COMMAND_PROCEDURE_PUT,
    COMMAND_DAY_PUT,
    COMMAND_YEARS_KNOWN,
    COMMAND_RECEIVE,
    COMMAND_TRANSFER,
    COMMAND_APOLOGIZE,
    COMMAND_RESOLVE,
    COMMAND_RETURN,
    COMMAND_REFUSE,
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
        } receive;
        struct {
            struct str to, unit, step, note;
            struct limit within;
        } transfer;
        struct {
            struct str reason, signer;
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
        } refuse;
    };
};

#endif
