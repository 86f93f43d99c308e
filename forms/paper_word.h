/* paper_word: words as glyphs. Finds a font that has Vietnamese letters, shapes words with Pango, and
 * remembers them. Who sets text uses forms/paper_type.h. */
#ifndef MOTCUA_FORMS_PAPER_WORD_H
#define MOTCUA_FORMS_PAPER_WORD_H

#include "core/buf.h"
#include "forms/sink.h"
#include <cairo.h>

struct typesetter;
struct type_word;

/* NULL, and FORM_NO_FONT or FORM_NO_MEMORY, where there is none. Liberation Serif before others. */
struct typesetter *type_new(enum form_result *why);
void type_free(struct typesetter *t); /* NULL is fine */
/* Memory ran out once: nothing that was set since is whole. */
bool type_failed(const struct typesetter *t);

enum { TYPE_BOLD = 1, TYPE_ITALIC = 2 };
/* A size and a cut, the same number for the same ones. Sizes count in tenths of a point. */
int type_face(struct typesetter *t, double size, unsigned cut);
double type_size(const struct typesetter *t, int face);

/* Where nothing that was set is needed any more: forgets words when there are many of them. */
void type_rest(struct typesetter *t);

/* A stretch of a word that one font sets. */
struct type_run {
    cairo_scaled_font_t *font; /* held until type_rest() */
    int glyphs, clusters;
    cairo_glyph_t *glyph; /* from 0, 0 on */
    cairo_text_cluster_t *cluster;
    double *advance; /* of each cluster */
    double width;
    struct str text;
    bool backward; /* written from right to left: clusters in the order of reading, glyphs in that of drawing
                    */
};

struct type_word {
    struct str raw;  /* what it was asked by */
    struct str text; /* what is drawn: raw, made safe */
    int face;
    uint64_t hash;
    double width;
    size_t runs;
    struct type_run *run;
    struct type_word *next;
};

/* Never NULL: where memory is out an empty word, and type_failed(). Good until type_rest(). */
const struct type_word *type_word(struct typesetter *t, int face, struct str raw);

/* What is to be drawn in one call. */
struct type_gathered {
    cairo_glyph_t *glyph;
    size_t glyphs, glyph_cap;
    cairo_text_cluster_t *cluster;
    size_t clusters, cluster_cap;
    struct buf text;
};
struct type_gathered *type_gathered(struct typesetter *t);
/* Adds a run that begins at x, y; false where memory is out. */
bool type_gather(struct typesetter *t, const struct type_run *run, double x, double y);

/* The array, with room for one more behind `count`; NULL, with the array as it was, where memory is out. */
void *type_room(struct typesetter *t, void *array, size_t count, size_t *cap, size_t size);

#endif
