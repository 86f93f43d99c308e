/* document_text: what a paper says, as lines of text, for tests: every block, everything in it. */
#ifndef MOTCUA_TESTS_DOCUMENT_TEXT_H
#define MOTCUA_TESTS_DOCUMENT_TEXT_H

#include "core/document.h"

/* Appends it. Rows are read from their sources. */
void document_print(struct buf *out, const struct document *d);

#endif
