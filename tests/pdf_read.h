/* pdf_read: what other people's programs (poppler, zbar) find in a PDF: its words and where they stand, its
 * fonts, what it says of itself, the codes on it. Every failure to find out fails the test. */
#ifndef MOTCUA_TESTS_PDF_READ_H
#define MOTCUA_TESTS_PDF_READ_H

#include "core/buf.h"
#include "core/document.h"
#include "forms/sink.h"

#define PDF_WRITTEN 1795000000 /* 18/11/2026 11:06:40 UTC */

struct pdf_word {
    struct str text;
    int page; /* from 0 */
    double left, top, right, bottom;
};
struct pdf_page {
    double width, height;
    size_t first, count; /* of its words */
};
struct pdf_read {
    char path[64];
    struct buf bytes;
    struct buf text;  /* the words in the order they were drawn, one blank between them */
    struct buf words; /* what `word` points into */
    struct pdf_word *word;
    size_t count;
    struct pdf_page *page;
    size_t pages;
};

/* Writes the document and reads it back. */
void pdf_read(struct pdf_read *pdf, const struct document *d);
void pdf_read_release(struct pdf_read *pdf); /* and deletes the file */

/* What `command` prints about the file, which it names by %s. */
void pdf_run(const struct pdf_read *pdf, const char *command, struct buf *out);
/* The words of s, one blank between them. */
void pdf_words_of(struct str s, struct buf *out);
/* How often these words follow one another in the text. */
int pdf_says(const struct pdf_read *pdf, struct str s);
/* The same, failing the test where they are not there. */
void pdf_must_say(const struct pdf_read *pdf, struct str s);
/* The first word with that text; fails the test where there is none. */
const struct pdf_word *pdf_word(const struct pdf_read *pdf, const char *text);
/* Does the page have these words, one after the other? */
bool pdf_page_says(const struct pdf_read *pdf, size_t page, struct str s);

/* No word outside of the margins of such a sheet (feet may go down to 4 mm above the edge), and no two on one
 * another. */
void pdf_must_be_tidy(const struct pdf_read *pdf, enum paper_size size);

/* A sink that keeps everything. */
bool pdf_put(void *buf, const void *bytes, size_t n);

#endif
