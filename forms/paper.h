/* paper: documents as PDF, through Pango and Cairo: Liberation Serif embedded as a subset, text that can be
 * selected and searched, title and language set, pages numbered n of m. Nothing is ever cut: what is long
 * wraps, what does not fit goes on on the next page, a table with its titles. */
#ifndef MOTCUA_FORMS_PAPER_H
#define MOTCUA_FORMS_PAPER_H

#include "core/document.h"
#include "forms/sink.h"

/* Writes the document as PDF. The same document gives the same bytes (`written` is the only date in them). */
enum form_result paper_write(const struct document *d, int64_t written, struct form_sink sink);

#endif
