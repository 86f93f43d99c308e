/* vdir_place: a folder for the tests of icalendar/vdir, in which everything at "@here" is ours. */
#ifndef MOTCUA_TESTS_VDIR_PLACE_H
#define MOTCUA_TESTS_VDIR_PLACE_H

#include "icalendar/vdir.h"

struct place {
    char path[64];
    struct vdir v; /* closed or open */
};

#define ITEM(uid) "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:" uid "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

extern const struct vdir_options vdir_place_how;

/* Of cmocka: *state is a struct place with an empty folder, which goes with all files in it. */
int vdir_place_setup(void **state);
int vdir_place_teardown(void **state);

bool vdir_place_is_ours(void *arg, struct str uid);
void path_of(const struct place *p, const char *name, char out[400]);

/* These assert that all goes well. */
void begin(struct place *p);
void put(struct place *p, const char *uid, const char *bytes);
void sweep(struct place *p, unsigned written, unsigned unchanged, unsigned removed);
void finish(struct place *p, unsigned written, unsigned unchanged, unsigned removed); /* and closes it */

/* A file; the other one says: it holds this text, NULL: it is not there. */
void make(const struct place *p, const char *name, const void *bytes, size_t n);
void make_text(const struct place *p, const char *name, const char *text);
void has(const struct place *p, const char *name, const char *text);

#endif
