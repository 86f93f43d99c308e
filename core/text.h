/* text: what people type and read, in UTF-8 and Vietnamese.
 *
 * Stored text is NFC and trimmed. Width is counted in terminal columns by utf8proc, never by the C library,
 * so that no locale has a say. A "letter" below is a base character with the marks (width 0 characters) that
 * follow it. */
#ifndef MOTCUA_CORE_TEXT_H
#define MOTCUA_CORE_TEXT_H

#include "core/buf.h"

enum text_fault {
    TEXT_OK = 0,
    TEXT_EMPTY, /* nothing, or blanks alone */
    TEXT_BAD,   /* broken UTF-8; C0 or C1 controls, DEL; what is invisible and would hide in a name or turn it
                   around (bidi controls, zero-width blanks and joiners, soft hyphen, fillers); U+2028/2029;
                   a non-character; more than 30 marks in a row */
    TEXT_TOO_LONG, /* more characters (code points after NFC) than allowed */
    TEXT_MEMORY,
};

#define TEXT_MAX 1000      /* characters of a field */
#define TEXT_MAX_NOTE 4000 /* characters of a note */

enum text_shape {
    TEXT_LINE, /* one line: no control characters at all */
    TEXT_NOTE, /* a note: line breaks (LF; CRLF becomes LF) are allowed */
};

/* Checks `in` and appends its stored form to `out`: NFC, trimmed at both ends (a note of its empty lines
 * too), every kind of blank (U+00A0, U+2000-200A, U+3000 …) as the plain one. On a fault `out` is as before,
 * but for `failed` after TEXT_MEMORY. Reading stops at the first fault, and after four times max characters:
 * huge input is refused quickly. */
enum text_fault text_clean(struct str in, enum text_shape shape, size_t max, struct buf *out);
/* Can be seen at once to be in its stored form, as a line or as a note: what text_clean would append is `s`
 * itself. Most texts are; of one that is not it tells nothing. */
bool text_is_clean(struct str s, size_t max);

/* Well-formed UTF-8 (Unicode, table 3-7), whatever its characters. */
bool text_is_utf8(struct str s);
/* Reads the character at *at (a byte offset) and steps over it; -1 and one byte for a broken sequence; at the
 * end -1 and no step. */
int32_t text_next(struct str s, size_t *at);
/* Appends one character; U+FFFD for a number that is none. */
void text_put(struct buf *out, int32_t character);
/* Appends s with its first character as a capital, as a line begins. */
void text_capital(struct buf *out, struct str s);
/* Code points; a byte of a broken sequence counts as one. */
size_t text_characters(struct str s);

/* Appends `in` folded for searching: NFC/NFD alike, lower case, marks gone, `đ` and `Đ` (and the look-alikes
 * Ð, Ɖ) as `d`, letters with a bar as their base, ß æ œ as two letters, full-width and superscript letters
 * and digits as plain ones, typographic apostrophes and dashes as ' and -, runs of blanks and line breaks as
 * one blank, ends trimmed, invisible characters and broken bytes dropped; other scripts in lower case.
 * "Nguyễn  Thị HƯƠNG" gives "nguyen thi huong". What is folded folds to itself. */
void text_fold(struct buf *out, struct str in);

/* Columns a text takes on a terminal: 0 for marks, 2 for wide characters, 1 for ambiguous ones and for what
 * cannot be shown (drawn as U+FFFD). */
int text_columns(struct str s);
/* Bytes of the longest run of whole letters from the start that fits `columns`; 0 for no columns. */
size_t text_fit(struct str s, int columns);
/* Appends s cut to at most `columns`, with an ellipsis (…, one column) where something was cut, padded with
 * blanks to exactly `columns` when pad is set. Whatever text_clean refuses comes out as U+FFFD: nothing from
 * outside reaches a terminal raw. */
void text_cell(struct buf *out, struct str s, int columns, bool pad);
/* Appends s with the same replacement and nothing else done to it; line breaks are kept where `lines` is set,
 * else replaced. */
void text_safe(struct buf *out, struct str s, bool lines);
/* The byte offset of the letter before / after `at`; 0 / s.n at the ends. Backspace deletes
 * [text_prev, at). */
size_t text_prev(struct str s, size_t at);
size_t text_after(struct str s, size_t at);
/* Steps *at, before the end, over one letter and returns the columns it takes: what text_after() and
 * text_columns() of that letter say, in one go. */
int text_letter(struct str s, size_t *at);
/* Bytes of the first line of s wrapped at `columns`, breaking at blanks where it can (they belong to no
 * line), else between letters, and at line breaks always. *skip, counted from the start of s and never 0
 * unless s is empty, is where the line after it begins:
 *
 *     for (size_t skip; s.n; s = str_from(s, skip))
 *         draw(str_first(s, text_wrap(s, columns, &skip)));
 */
size_t text_wrap(struct str s, int columns, size_t *skip);

#endif
