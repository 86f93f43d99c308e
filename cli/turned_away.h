/* turned_away: what was turned away at the counter before it became a dossier: shared by motcua, which
 * records and lists it, and motcua-out, which also writes its slip. */
#ifndef MOTCUA_CLI_TURNED_AWAY_H
#define MOTCUA_CLI_TURNED_AWAY_H

#include "cli/options.h"

enum {
    TA_PROCEDURE,
    TA_APPLICANT,
    TA_NEED,
    TA_REASON,
    TA_PHONE,
    TA_ID_NUMBER,
    TA_ADDRESS,
    TA_EMAIL,
    TA_ORGANIZATION,
    TA_OUTSIDE,
    TA_SUBMITTER,
    TA_CHANNEL,
    TA_AT,
    TA_OUTPUT,
    TA_PRINT,
    TA_SEND,
    TA_OPTIONS
};
enum { TAP_OUTPUT, TAP_SEND, TAP_OPTIONS };
extern const struct option_spec turned_away_options[TA_OPTIONS];
extern const struct option_spec turned_away_print_options[TAP_OPTIONS];

/* Is the slip to be written too? */
bool turned_away_wants_slip(const struct args *a);
/* Is what was typed well formed? Exit status; what is wrong was told. */
int turned_away_check(struct args *a);
/* Is `file` one a PDF may go to? Likewise. */
int turned_away_check_file(struct args *a, struct str file);
/* Records it. Exit status; on 0 *out is its entry, borrowed from the view, and c->wrote is set. */
int turned_away_record(struct cli *c, struct args *a, struct event *out);

/* The entry of a slip, as FORM/NUMBER[/YEAR], without a year this year's; one that is void is refused. Exit
 * status, told. */
int turned_away_find(struct cli *c, struct args *a, struct str slip, struct event *out);

/* Makes the entry of a slip void. Exit status; on 0 *out is that entry. */
int turned_away_void(struct cli *c, struct args *a, struct str slip, struct str reason, struct event *out);

/* Tells that the entry is recorded and its slip is not written, `why`: one complaint, how to print it. */
int turned_away_unwritten(struct cli *c, const struct event *e, const struct outcome *why);

/* Its form: "02" or "03". */
const char *turned_away_form(const struct event *e);
/* Form, number and year as arguments of a text: {1} {2} {3}, and the applicant: {4}. */
struct turned_away_words {
    struct buf number, year;
    struct str arg[4];
};
void turned_away_words_init(struct turned_away_words *w, const struct event *e);
void turned_away_words_release(struct turned_away_words *w);

/* One entry, its line or its object; `file` is where its slip is, absent: nowhere. */
void turned_away_show(struct cli *c, const struct event *e, bool unmask, struct str file);

#endif
