/* Papers as a commune's desk has them, at the extremes that real ones reach: a procedure's name of 919
 * letters, 80 components, an organisation of 60 letters, an address of three lines, a register of thousands
 * of rows. */
#ifndef MOTCUA_TESTS_PAPER_SAMPLES_H
#define MOTCUA_TESTS_PAPER_SAMPLES_H

#include "core/document.h"

extern const char sample_long_procedure[]; /* 919 characters */
extern const char sample_organisation[];   /* 60 characters */
extern const char sample_address[];        /* three lines of a slip */

/* The document's own head, in the document's memory. */
void sample_head(struct document *d);
/* A receipt on A5 with a code beside its fields; with everything long. */
void sample_receipt(struct document *d);
void sample_long_receipt(struct document *d);
/* A letter on A4 of so many paragraphs, for the chairman to sign. */
void sample_letter(struct document *d, int paragraphs);
/* A register on A4, landscape, of 12 columns. Its rows are streamed: the same ones each time. */
struct sample_rows {
    long count;
    long fail_at; /* the reading fails before that row; -1: never */
    int asked;    /* how often it was read from the start */
    int good;     /* how often it may be, before fail_at holds */
};
#define SAMPLE_COLUMNS 12
void sample_register(struct document *d, struct sample_rows *rows);
extern const struct document_column sample_column[SAMPLE_COLUMNS];
/* The cells of row i as text; `room` is theirs. */
struct sample_row {
    char room[SAMPLE_COLUMNS][256];
    struct str cell[SAMPLE_COLUMNS];
};
void sample_row(struct sample_row *row, long i);

#endif
