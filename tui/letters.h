/* letters: characters out of bytes that come one by one, and scanners out of characters.
 *
 * ncurses' own wget_wch() forgets the first bytes of a character when its timeout passes before the last one
 * came, as happens when a network packet ends inside a letter. So the screen reads bytes and keeps the begun
 * letter itself. */
#ifndef MOTCUA_TUI_LETTERS_H
#define MOTCUA_TUI_LETTERS_H

#include "tui/key.h"

struct letters {
    char byte[4];
    uint8_t have, want;
};
#define LETTERS_INIT ((struct letters){.have = 0})

/* Takes one byte; true when it completes a character, which *out then is. Broken sequences are dropped; the
 * byte that breaks one may begin the next. */
bool letters_take(struct letters *l, unsigned char byte, int32_t *out);

/* ---- scanners ---- */

/* A scanner types a code and presses Enter faster than a person could. */
#define SCAN_SHORTEST 4  /* characters of a code's ending */
#define SCAN_LONGEST 512 /* of anything a scanner may hold */

/* Could keys[0..n) be the beginning of a scan, so that it is worth waiting a moment for the next key? */
bool scan_may_grow(const struct key *keys, size_t n);
/* Of keys that came together: how many, the Enter included, are one scan; 0 when they are keys. A scan is at
 * least SCAN_SHORTEST printable characters and Enter at once behind them; unless all came in `one_read`, a
 * digit must be among them. */
size_t scan_length(const struct key *keys, size_t n, bool one_read);

#endif
