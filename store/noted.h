/* noted: the journal's end as it was last shown to this user, kept outside the store.
 *
 * Every entry's hash binds all before it, so whoever remembers one end can tell later whether the journal
 * still goes on from there: a chain written anew, an older copy put in its place, or another store altogether
 * do not. The note lies where whoever alters the store need not be able to write: in the reader's own
 * $XDG_STATE_HOME/motcua, else ~/.local/state/motcua (0700), one file (0600) for each store, named by a hash
 * of the store's real path (and another by the way one came to it, where that is through links), holding
 * SEQ:HASH and when it was shown. Without a home nothing is noted. */
#ifndef MOTCUA_STORE_NOTED_H
#define MOTCUA_STORE_NOTED_H

#include "store/store.h"

struct noted {
    struct head head;
    int64_t when; /* UTC second, of a whole minute */
};

struct continuity {
    bool known;             /* something was noted, and could be read */
    struct noted noted;     /* that */
    struct outcome verdict; /* success where the journal goes on from it, or nothing is known; else
                               `head_missing`, `head_differs` or `damaged` */
    struct outcome trouble; /* success, or why a note that is there could not be read: `bad_note`,
                               `no_permission`, `io_error`, `out_of_memory` */
};

/* Compares the journal as it is now (whatever the view's moment) with what was noted of this store. */
void noted_compare(struct view *v, struct continuity *out);
/* Notes the journal's end as it is now. A note that says so already, of the same day, is left as it is.
 * Whether the journal goes on from the old note is the caller's to judge. Replaces the old note in one step,
 * on the disk for good, or leaves it. `*nowhere` is set, with success, where there is no place for notes.
 * A note that is there and makes no sense stays, for somebody may have spoilt it: `bad_note`, until it is
 * forgotten. Fails with `no_permission`, `disk_full`, `io_error`, `out_of_memory`. */
struct outcome noted_keep(struct view *v, int64_t utc_second, bool *nowhere);
/* What was last noted of a store in this folder, whether or not anything is there now. False where nothing
 * was, or it cannot be read. */
bool noted_before(const char *dir, struct noted *out);
/* Forgets what was noted of this folder: where a demo is put there, or a garbled note is done with. */
void noted_forget(const char *dir);

#endif
