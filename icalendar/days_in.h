/* days_in: the days off, worked days and closures that an iCalendar file names.
 *
 * An event of whole days is a day off for each of them, unless our own property or a category says that it
 * is a worked day or a closure. What is no such event is told with its reason, never guessed at:
 * appointments with an hour, cancelled events, rules that repeat by anything finer than days or for ever by
 * less than years, times in a zone that nobody knows, and what a public calendar lists as a mere observance.
 * Reading is strict: a file that is not what RFC 5545 says is not taken in part. What it costs is bounded,
 * whatever the file holds. */
#ifndef MOTCUA_ICALENDAR_DAYS_IN_H
#define MOTCUA_ICALENDAR_DAYS_IN_H

#include "icalendar/days_found.h"

/* Reads a whole file. False when it is wrong or memory is out. days_in_release() in any case. */
bool days_in_read(struct days_in *in, struct str text, const struct days_in_options *options);

#endif
