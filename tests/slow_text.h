/* slow_text: text worked out character by character with utf8proc alone, for the tests of core/text to be
 * compared with. Shares nothing with core. And random texts, good and bad. */
#ifndef MOTCUA_TESTS_SLOW_TEXT_H
#define MOTCUA_TESTS_SLOW_TEXT_H

#include "core/buf.h"
#include "tests/random.h"

/* The character at *at, stepped over; -1 and one byte where the sequence is broken. */
int32_t slow_next(struct str s, size_t *at);
/* Must never be stored nor reach a terminal. */
bool slow_hidden(int32_t c);
/* Columns as drawn: what is hidden is one U+FFFD. */
int slow_columns(int32_t c);
int slow_text_columns(struct str s);
/* The end of the letter that begins at `at`. */
size_t slow_letter_end(struct str s, size_t at);
/* Well-formed, and nothing hidden but LF where `lines`. */
bool slow_is_showable(struct str s, bool lines);
/* NFC or NFD, to be freed. The text must be well-formed. */
char *slow_normal(struct str s, bool composed);

/* Appends up to `pieces` pieces: Vietnamese both ways, marks, wide, other scripts, blanks; and, where
 * `dirty`, controls, bidi controls, non-characters and broken bytes. */
void random_text(struct buf *out, struct random *random, unsigned pieces, bool dirty);

#endif
