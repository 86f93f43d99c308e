/* life_model: the desk's rules a second time, slow and plain, to hold the program against.
 *
 * One function a command. It takes motcua's data structures as they are but calls none of its rules: due
 * times come from tests/oracle_deadline.c, days are counted one by one, undoing goes back to a copy of the
 * dossier as it was. What the rules leave open (which of two refusals is told first) it leaves open too: it
 * answers with all kinds of refusal that are right. */
#ifndef MOTCUA_TESTS_LIFE_MODEL_H
#define MOTCUA_TESTS_LIFE_MODEL_H

#include "core/command.h"
#include "core/event.h"
#include "tests/oracle_deadline.h"

/* ---- what is right ---- */

#define VERDICT_KINDS 12

/* Kinds of refusal by their names. Without `must` and `any` the command is carried out, or refused with one
 * of `may`; otherwise it is refused, with one of `must` or `may`, or whatever kind where `any` is set. */
struct verdict {
    const char *must[VERDICT_KINDS], *may[VERDICT_KINDS];
    int musts, mays;
    bool any;
};
bool verdict_allows(const struct verdict *v, const char *kind); /* "done" or a kind of refusal */

/* ---- the office ---- */

#define MODEL_DAYS 200
#define MODEL_HOURS 40
#define MODEL_YEARS 60
#define MODEL_OFFSET 420 /* minutes */

struct model_officer {
    const char *login, *unit;
    enum role role;
    bool retired;
};
struct model_procedure {
    const char *code, *kase; /* kase may be NULL */
    const char *limit;       /* NULL: none published */
    enum due_clock clock;
    int64_t fee;
    bool retired;
};
extern const struct model_officer model_officers[];
extern const size_t model_officer_count;
extern const struct model_procedure model_procedures[];
extern const size_t model_procedure_count;

struct model_office {
    struct office_hours hours[MODEL_HOURS];
    size_t hour_count;
    struct office_day days[MODEL_DAYS];
    size_t day_count;
    struct known_years known;
    enum due_clock clock;
    int cutoff, backdate_max, supplement_days;
    struct limit limit[16];        /* of each row of the catalogue, as of today */
    uint32_t letters[MODEL_YEARS]; /* given in 2000, 2001 … */
    struct {
        civil_day day;
        uint32_t count;
    } * codes; /* given so far */
    size_t code_days;
    int64_t head_time;    /* of the last entry */
    uint64_t day_changes; /* how often its days or hours changed */
};
void model_office_init(struct model_office *o);
void model_office_release(struct model_office *o);
struct oracle_office model_days(const struct model_office *o);

/* ---- a dossier ---- */

struct model_letter {
    uint32_t number;
    int year;
    struct str reason, signer, by;
    civil_minute issued, old_due, new_due;
    int64_t recorded;
    bool in_time;
};

/* All that can be said of a dossier at one moment. */
struct life {
    enum dossier_state state;
    enum ended_how how;
    int procedure; /* row of the catalogue */
    struct limit limit, within;
    enum due_clock clock;
    int cutoff;
    struct str name, phone, id_number, email, address, submitter, authority, note;
    struct str components, needs; /* packed lists */
    bool organization, outside;
    uint32_t sets;
    int64_t fee;
    enum channel channel, collect, return_channel;
    civil_minute submitted, received, from, counting, due, promised, waiting_since, resolved, returned;
    bool provisional;
    bool resumed; /* its appointment counts from a restart or a payment */
    struct model_letter letter;
    uint32_t late, late_promised;
    bool was_late, was_late_promised;
    struct str asked, result, returned_to, officer, unit;
    bool digitized, insisted, moved;
    uint32_t supplements;
    uint8_t rating;
};

/* What a change of the office's days did. */
struct shift {
    civil_minute statutory, due, counting;
    bool provisional;
};

/* Something that was done to it, and how to take it back. */
struct frame {
    struct life before;
    uint64_t seq;
    enum event_kind kind;
    civil_minute at;
    struct str by;
    int64_t recorded;
    bool moved_due;       /* a correction after which the due time was another */
    bool named_due;       /* a correction that named a field from which the due time comes */
    struct shift *shift;  /* since then */
    uint64_t day_changes; /* of the office, till then */
    size_t shifts;
};

#define MODEL_FRAMES 32

struct model_dossier {
    uint64_t id;
    char code[64];
    struct str receiver;
    struct life life;
    struct frame frame[MODEL_FRAMES]; /* 0: the receipt */
    int frames;
};
void model_dossier_release(struct model_dossier *d);

/* ---- commands ---- */

/* Who asks when: as a request to the store. */
struct asking {
    int64_t now;
    struct str login;
    const struct command *command;
};

/* The clock by which this request is judged: never before the last entry. */
int64_t model_clock(const struct model_office *o, const struct asking *a);
/* `d` is NULL for receive and for the office. */
struct verdict model_judge(const struct model_office *o, const struct model_dossier *d,
                           const struct asking *a);

/* Carries out what was judged to be right; `seq` is the first entry it writes. Strings are borrowed from the
 * command. Returns how many entries: of receive with `serve` three; of an undo that makes the dossier run
 * again one more where it missed a change of the office's days meanwhile; else one. */
int model_receive(struct model_office *o, struct model_dossier *d, uint64_t id, const struct asking *a,
                  uint64_t seq);
int model_act(struct model_office *o, struct model_dossier *d, const struct asking *a, uint64_t seq);
/* Returns how many entries it writes: none where it is so already. */
int model_office_act(struct model_office *o, const struct asking *a);

/* What the office's change from `before` to `after` does to a dossier. */
struct model_move {
    bool later, kept, confirmed; /* kept and confirmed: both listed as kept and recorded as certain */
    bool maybe;                  /* the rules leave it open */
    civil_minute old_due, new_due, old_statutory, new_statutory;
    struct shift shift; /* for `later` and `confirmed` */
};
struct model_move model_move_of(const struct model_office *before, const struct model_office *after,
                                const struct model_dossier *d);
void model_shift(struct model_dossier *d, const struct shift *shift);
/* What a dossier that runs again missed while it did not: the rules' answer to the days as they now are. */
struct model_move model_missed(const struct model_office *o, const struct model_dossier *d);

/* ---- counting, by the oracle ---- */

bool model_due(const struct model_office *o, const struct limit *limit, enum due_clock clock, int cutoff,
               civil_minute from, struct shift *out);
bool model_past(const struct life *l, civil_minute due, civil_minute end);
/* Working days in (after, upto]. */
int model_working_days(const struct model_office *o, civil_day after, civil_day upto);
civil_minute model_closing(const struct model_office *o, civil_day day);
civil_minute model_opening(const struct model_office *o, civil_day day);
/* The limit that a text of the model's small vocabulary means; false for any other text. */
bool model_limit(struct str text, struct limit *out);
int model_find_procedure(struct str code); /* CODE, CODE#CASE or CODE.CASE; -1 */
const struct model_officer *model_find_officer(struct str login);
bool model_may(struct str login, enum act act);
/* A field of the receipt as people write it, for the fields of corrections (but lists); nothing where it is
 * absent. */
void life_field(struct buf *out, const struct life *l, enum correction_field field);

#endif
