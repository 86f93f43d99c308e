/* vdir_batch: files on their way into a vdir, so that the disk is waited for once for many of them.
 *
 *     for each: if (!error) error = vdir_batch_add(&b, name, bytes, old, true);
 *     if (!error) error = vdir_batch_sync(&b, &at);
 *     for each i < b.count: if (!error) error = vdir_batch_place(&b, i);
 *     vdir_batch_drop(&b);
 *
 * What was added lies in the folder as a temporary: its name begins with VDIR_TEMPORARY and ends in
 * VDIR_TEMPORARY_ENDING. None takes its place before all of the batch are on disk, so that no name stands for
 * bytes that a power cut would take away. See icalendar/vdir.h.
 *
 * Begins as {.folder = fd, .personal = …}. Functions that return an int return an errno, 0 for success; after
 * an error, but for one of vdir_batch_place(), only vdir_batch_drop() and vdir_batch_release() are of use.
 *
 * Linux tells of a failure to write back since 5.8 where more than a few are waited for; where it cannot wait
 * for them together they are waited for one by one. */
#ifndef MOTCUA_ICALENDAR_VDIR_BATCH_H
#define MOTCUA_ICALENDAR_VDIR_BATCH_H

#include "core/buf.h"

#include <sys/stat.h>

#define VDIR_TEMPORARY ".motcua-" /* then the process and a number */
#define VDIR_TEMPORARY_ENDING ".tmp"

enum { VDIR_BATCH_MOST = 256 };

struct vdir_batched {
    size_t name;   /* where it begins in vdir_batch.names */
    int fd;        /* of the temporary; -1: closed */
    bool replaces; /* a file that was there */
    bool item;     /* of the calendar; else it describes the folder */
    bool placed;
};

struct vdir_batch {
    int folder;    /* the caller's */
    bool personal; /* files are for their owner alone */
    struct vdir_batched file[VDIR_BATCH_MOST];
    size_t count;
    struct buf names, temporary;
};

/* Writes the bytes of the file `name` to a temporary; with `old` they are to stand in place of the file that
 * it describes, which gives them its mode and owner, else where nothing is. There must be room: fewer than
 * VDIR_BATCH_MOST. */
int vdir_batch_add(struct vdir_batch *b, const char *name, struct str bytes, const struct stat *old,
                   bool item);

/* Waits until all of them are on disk. On an error *at is the name of the file that it was met at, "" where
 * that is the folder; borrowed until the batch changes. */
int vdir_batch_sync(struct vdir_batch *b, const char **at);

/* Gives the i-th its name, after vdir_batch_sync(). EEXIST: something stands there, and stays; the others may
 * still be placed. */
int vdir_batch_place(struct vdir_batch *b, size_t i);

const char *vdir_batch_name(const struct vdir_batch *b, size_t i);

/* Removes the temporaries of what was not placed; the batch is empty then. */
void vdir_batch_drop(struct vdir_batch *b);

/* Drops what is in it, too. */
void vdir_batch_release(struct vdir_batch *b);

#endif
