/* base64: bytes as text and back (RFC 4648, section 4: the usual letters, padded). */
#ifndef MOTCUA_CLI_BASE64_H
#define MOTCUA_CLI_BASE64_H

#include "core/buf.h"

void base64_encode(struct buf *out, struct str bytes);
/* Appends the bytes. Only what base64_encode() writes is read: no blanks or line breaks, padded, no stray
 * bits in the last letter; so each sequence of bytes has one text. False for anything else (what was appended
 * then means nothing) and when memory is out (out->failed). */
bool base64_decode(struct buf *out, struct str text);

#endif
