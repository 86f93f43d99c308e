/* vdir: a folder with one item of a calendar a file, which vdirsyncer, khal and others share with a CalDAV
 * server (https://vdirsyncer.readthedocs.io: "vdir").
 *
 *     struct vdir v;
 *     int error = vdir_open(&v, "lich", &how);
 *     for each: if (!error) error = vdir_put(&v, uid, bytes);
 *     if (!error) error = vdir_sweep(&v);
 *     if (!error) error = vdir_sync(&v);
 *     … v.written, v.removed, v.foreign …
 *     vdir_close(&v);
 *
 * - An item's file is called by its uid, with whatever is not plain in a file name percent-encoded, and
 *   ".ics". It is replaced only where its bytes differ: nobody who watches the folder sees a change that is
 *   none. The new one is written beside it, to a name that readers of vdirs pass over (it begins with a dot
 *   and ends in ".tmp"), and takes its place in one step, after its bytes are on disk.
 * - The disk is waited for once for many files. So what was put takes its place later, at the latest in
 *   vdir_sweep() or vdir_sync(); only then it is counted as written, or found to be in_way, and an error may
 *   be that of a file put earlier. After an error what has not taken its place never will.
 * - Ours is a file that holds an item of ours and no other, whatever it is called: a server that gives
 *   back what was lost here chooses names of its own, and two files with one uid are an error to vdirsyncer.
 *   The file keeps its name. Of several with one uid the one with our name stays, or else the first. A file
 *   of our name with nothing in it is what a crash left, and ours.
 * - Everything else is foreign: it is told, and never touched. Symbolic links are not followed. Names that
 *   begin with a dot, and what describes the folder as a whole (displayname, color …), are nobody's business.
 * - One at a time: the folder is locked from vdir_open() to vdir_close(), and who comes second waits. Where a
 *   file system has no locks nobody waits, and nothing is half written either.
 *
 * Memory: the names and uids of the files that are there, whatever is in them, and the names of a batch.
 */
#ifndef MOTCUA_ICALENDAR_VDIR_H
#define MOTCUA_ICALENDAR_VDIR_H

#include "core/buf.h"
#include "icalendar/vdir_batch.h"

struct vdir_options {
    bool (*is_ours)(void *arg, struct str uid); /* is an item of this uid one that we write? */
    void (*waits)(void *arg); /* called once where somebody else has the folder locked; NULL: nobody asks */
    void *arg;
    bool personal; /* files, and a folder that has to be made, are for their owner alone */
    bool as_is;    /* a folder that is not there is not made: ENOENT */
};

/* File names. */
struct vdir_names {
    struct buf text; /* each ended by NUL, in order */
    size_t count;
};

struct vdir_file;

struct vdir {
    struct vdir_options how;
    int fd;
    struct vdir_file *file; /* ours, as they were found, by uid */
    size_t count, cap;
    struct buf names; /* what they are called, and their uids */
    struct buf name, content;
    struct vdir_batch batch; /* what was put and has not taken its place */
    bool changed, locked;
    uint64_t written, unchanged, removed; /* items; written: those in place */
    struct vdir_names foreign; /* in no particular order until vdir_open() has put it into that of bytes */
    struct vdir_names in_way; /* of these, the ones that stand where an item belongs, which is then missing */
    struct buf at;            /* the file that an error was met at; empty: the folder */
};

/* All of these return an errno, 0 for success; after an error only vdir_close() is of use, and v.written
 * counts what took its place nevertheless. */

/* Makes the folder where it is missing (not those above it), waits for the lock, looks at what is there and
 * clears away what a run left that was killed. */
int vdir_open(struct vdir *v, const char *path, const struct vdir_options *how);
/* The item's file is to hold these bytes: it does after vdir_sweep(), unless its place is taken (in_way). A
 * uid is put once. */
int vdir_put(struct vdir *v, struct str uid, struct str bytes);
/* A file that describes the folder: "displayname", "color". It says so after vdir_sync(). */
int vdir_describe(struct vdir *v, const char *name, struct str text);
/* Removes what is ours and was not put, after all that was put is in place. */
int vdir_sweep(struct vdir *v);
/* Waits until all is in place, and the names are on disk too. */
int vdir_sync(struct vdir *v);
/* What has not taken its place never will: its temporaries are removed. */
void vdir_close(struct vdir *v);

/* The next name: start with *at = 0. */
bool vdir_names_next(const struct vdir_names *names, size_t *at, struct str *out);

/* Appends text as it stands in a file name: letters, digits and -._@ as they are (but no dot at the start),
 * all else percent-encoded. */
void vdir_encode(struct buf *out, struct str text);

#endif
