/* slice: long work in pieces, so that no key waits a frame: some milliseconds, less when a key comes. */
#ifndef MOTCUA_TUI_SLICE_H
#define MOTCUA_TUI_SLICE_H

#include <stdbool.h>
#include <stdint.h>

#define SLICE 8 /* ms: half a frame; the other half is for the repaint */

struct slice {
    int64_t end,
        look;  /* nanoseconds of the machine's running time: when it is over, when to look for a key */
    bool keys; /* is it over when a key comes? */
};

/* Begins a slice of so many milliseconds. */
void slice_begin(struct slice *s, int milliseconds, bool keys);
/* Is there time left, and nobody waiting? Cheap: to be asked every few microseconds. */
bool slice_goes_on(struct slice *s);

/* The machine's running time, nanoseconds. */
int64_t slice_clock(void);

#endif
