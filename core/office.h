/* office: the desk itself as its own chain of events has made it: who it is, its catalogue, its people, its
 * days, its settings.
 *
 * An office owns everything it holds; what its functions return is borrowed from it until the next
 * office_apply(). Procedures, officers and fields carry small numbers, given once by the event that brought
 * them and never reused: lists and columns store those, not names. */
#ifndef MOTCUA_CORE_OFFICE_H
#define MOTCUA_CORE_OFFICE_H

#include "core/book.h"
#include "core/calendar.h"
#include "core/lang.h"
#include "core/limit.h"
#include "core/outcome.h"
#include "core/roles.h"
#include "core/settings.h"

struct office;
struct event;

struct office *office_new(void); /* NULL when memory is out */
void office_free(struct office *o);
/* Takes in one event of the office's chain; events of dossiers are none of its business and change nothing,
 * nor does a setting, or a value of one, that this program does not know. False when memory is out. */
bool office_apply(struct office *o, const struct event *event);

const struct office_identity *office_identity(const struct office *o);
const struct settings *office_settings(const struct office *o);
/* Rebuilt after days or hours changed; NULL only when memory is out. */
const struct calendar *office_calendar(const struct office *o);
struct known_years office_known_years(const struct office *o);

/* In the order of the catalogue: by code, then case. */
size_t office_procedure_count(const struct office *o);
const struct procedure *office_procedure(const struct office *o, size_t index);
/* "1.004873", "2.000815#01" or "2.000815.01"; letters' case does not matter. NULL when there is none. */
const struct procedure *office_find_procedure(const struct office *o, struct str code);
/* Exactly this code and case (absent: the plain procedure). */
const struct procedure *office_find_case(const struct office *o, struct str code, struct str kase);
/* The highest procedure number given so far, 0 before the first. */
uint16_t office_procedure_highest(const struct office *o);
const struct procedure *office_procedure_by_number(const struct office *o, uint16_t number);

/* The one of this title, which is no case of another: written just so, else whatever its letters' case and
 * marks, else but for the words "Thủ tục" that one of both begins with; of several one that is in use before
 * a retired one, else the first of the catalogue. NULL when there is none. */
const struct procedure *office_procedure_titled(const struct office *o, struct str title);

/* The steps of its internal process; a case without one of its own has its plain procedure's. Packed, absent
 * for none: core/step.h. */
struct str office_steps(const struct office *o, struct str code, struct str kase);
/* Those of exactly this code and case. */
struct str office_steps_own(const struct office *o, struct str code, struct str kase);

size_t office_officer_count(const struct office *o);
const struct officer *office_officer(const struct office *o, size_t index); /* by login */
const struct officer *office_find_officer(const struct office *o, struct str login);
/* The one of this name, likewise: of several one who works here before one who has left, else the first by
 * login. */
const struct officer *office_officer_named(const struct office *o, struct str name);
/* Makes what the functions that look for names go by, unless it stands: they do so themselves, and answer
 * NULL or 0 when memory is out. Whoever must tell that from "there is none" asks this first; false when
 * memory is out. */
bool office_names_ready(const struct office *o);

/* The name of a field by its number, its number by its (folded) name; absent / 0 when unknown. Numbers begin
 * at 1. */
struct str office_field(const struct office *o, uint16_t number);
uint16_t office_field_number(const struct office *o, struct str name);
uint16_t office_field_count(const struct office *o);

/* Recorded days, by date; one that was removed is not among them. */
size_t office_day_count(const struct office *o);
const struct office_day *office_day(const struct office *o, size_t index);
const struct office_day *office_find_day(const struct office *o, civil_day day);
/* When that was recorded: UTC second. */
int64_t office_day_recorded(const struct office *o, size_t index);

/* Opening hours, by the day from which they rule: the usual ones (office_hours_default) first, from before
 * any day that matters. */
size_t office_hours_count(const struct office *o);
const struct office_hours *office_hours(const struct office *o, size_t index);

/* Clock and cutoff in force for a procedure's limit. */
enum due_clock office_clock_for(const struct office *o, const struct procedure *p);

#endif
