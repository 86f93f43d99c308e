/* progress: long work at a terminal: how far it is, on standard error, and an interrupt that lets it end in
 * order. */
#ifndef MOTCUA_CLI_PROGRESS_H
#define MOTCUA_CLI_PROGRESS_H

#include "core/lang.h"
#include "store/watch.h"

#include <signal.h>

struct progress {
    enum lang lang;
    enum text_id says; /* what is being done */
    bool seen;         /* standard error is a terminal */
    int64_t last;      /* when something was said, in milliseconds */
    bool paced;        /* to be set after progress_begin(): rows a second and the time left are said too */
    bool seldom;       /* likewise: it is told seldom, each time of much: all that it is told may be said */
    int64_t began;     /* in milliseconds */
    struct sigaction interrupt, terminate, hang_up;
};

/* Says what is being done, and from now on takes interrupts as a wish to stop. One at a time. */
void progress_begin(struct progress *p, enum lang lang, enum text_id says);
/* For whatever can be watched. Stops it after an interrupt. */
struct watch progress_watch(struct progress *p);
/* Wipes the line away. An interrupt that came and was heeded (`stopped`: the work was given up) then ends the
 * process as it would have. Exit status to go on with when it does not: 0, or FAILED. */
int progress_end(struct progress *p, bool stopped);

#endif
