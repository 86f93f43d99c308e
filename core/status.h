/* status: where a dossier stands at a moment. Derived from facts, never stored.
 *
 * Lateness is judged by the day; only limits in working hours are judged by the minute: after the due minute
 * such a dossier is overdue (or late), until then, on the same day, due today (or on time), and what was
 * solved on an earlier day is early. */
#ifndef MOTCUA_CORE_STATUS_H
#define MOTCUA_CORE_STATUS_H

#include "core/facts.h"
#include "core/office.h"

enum status {
    STATUS_WAITING = 1,
    STATUS_ON_TRACK,
    STATUS_DUE_SOON,
    STATUS_DUE_TODAY,
    STATUS_OVERDUE,
    STATUS_EARLY,
    STATUS_ON_TIME,
    STATUS_LATE,
    STATUS_WITHDRAWN,
    STATUS_STOPPED,
    STATUS_VOID,
};

const char *status_name(enum status status); /* "on_track", … */

/* Sets of statuses and the groups that overlap them, as `list --status` names them. */
enum status_group {
    GROUP_OPEN = 1 << 16,
    GROUP_SOLVED = 1 << 17,
    GROUP_UNCOLLECTED = 1 << 18,
    GROUP_LETTER_DUE = 1 << 19,
    GROUP_RESCHEDULED = 1 << 20,
    GROUP_ALL = 1 << 21,
};
typedef uint32_t status_set; /* 1 << enum status, or'ed with groups */
#define STATUS_BIT(s) (1u << (s))
/* "overdue,due_today,letter_due"; false at the first unknown word, which *bad then holds (borrowed). */
bool status_set_parse(struct str text, status_set *out, struct str *bad);

/* What judging needs beside the facts. */
struct judge {
    const struct calendar *calendar;
    const struct settings *settings;
    civil_minute now;
    civil_day today;
    civil_day soon; /* last day that is "due soon" */
    civil_day next; /* the next working day */
};
/* `calendar` is NULL when memory ran out: then judge nothing. Where the calendar ends there is no next
 * working day: `next` is NO_DAY, `soon` today. */
struct judge judge_at(const struct office *office, civil_minute now);

/* An open dossier is judged by its promised time, a solved one by its statutory time, or the promised one
 * where the office's report.basis says so. One that ended while waiting for the applicant is judged at the
 * moment the waiting began, and late where it was late when that was recorded. */
enum status status_of(const struct judge *j, const struct facts *f);
/* Does the dossier belong to any status or group of the set? Solved: whatever ended but for void records;
 * all: these too. */
bool status_in_set(const struct judge *j, const struct facts *f, status_set set);

/* The last working day that is at least one calendar day before the due day: the letter must leave on it
 * (Decree 61/2018 art. 19.9: at latest 01 day before). */
civil_day letter_day(const struct calendar *calendar, civil_day due_day);
/* Running, no letter yet, and either past its due time, or the letter day has come and lies after the day of
 * receipt (a same-day dossier never had one). */
bool letter_is_due(const struct judge *j, const struct facts *f);
enum letter_urgency { LETTER_NOT_DUE = 0, LETTER_TODAY, LETTER_TOO_LATE, LETTER_OVERDUE };
/* Of a dossier whose letter is due: must leave today (the due day is still to come) / too late for the
 * one-day rule (it is today) / overdue without one. */
enum letter_urgency letter_urgency(const struct judge *j, const struct facts *f);
/* Open, past its statutory due time, its promised one still ahead. */
bool is_rescheduled(const struct judge *j, const struct facts *f);
/* Resolved or refused, and not handed over. */
bool is_uncollected(const struct facts *f);
/* Past `due` at `end`? by day, or by the minute where the limit is in hours. */
bool is_past(const struct facts *f, civil_minute due, civil_minute end);
/* Working days past a due time at `end`, at least 1 when past, 0 when not. */
uint32_t days_past(const struct calendar *calendar, const struct facts *f, civil_minute due,
                   civil_minute end);
/* `stored` as the events left it: for a solved dossier all of it, for an open one what was late before it
 * waited, to which the working days past the statutory due day now are added. */
uint32_t late_days_now(const struct judge *j, const struct facts *f, uint32_t stored);

/* Most urgent first: for lists of open dossiers. By due, then by id; waiting ones last, by how long they have
 * waited. <0, 0, >0. */
int urgency_compare(const struct facts *a, const struct facts *b);

#endif
