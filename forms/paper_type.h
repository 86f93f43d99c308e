/* paper_type: text for paper: broken into lines, and drawn.
 *
 * Text is shaped word by word, and a word that was shaped is remembered: a register has hundreds of thousands
 * of cells and some thousands of syllables, so a page costs little more than looking its words up. Lengths
 * are PostScript points (1/72 inch). Whatever core/text.h calls unfit is drawn as U+FFFD; a letter that no
 * font has, as an empty box; nothing is left out. */
#ifndef MOTCUA_FORMS_PAPER_TYPE_H
#define MOTCUA_FORMS_PAPER_TYPE_H

#include "forms/paper_word.h"

/* A text in one face; pieces that follow one another have a blank between them. */
struct type_piece {
    struct str text;
    int face;
};

struct type_placed {
    const struct type_word *word;
    bool glued; /* no blank before it: the rest of a word that had to be broken */
};
struct type_line {
    size_t first, count; /* of `placed` */
    double indent, width;
    bool ends; /* the last of its paragraph: it is not stretched */
};
/* What type_set() made of a text. Empty it is {0}; it is good until type_rest(). */
struct type_lines {
    struct type_placed *placed;
    size_t placed_count, placed_cap;
    struct type_line *line;
    size_t count, cap;
};
void type_lines_release(struct type_lines *lines);

/* Breaks the pieces into lines of at most `width`, all but the first `hang` further in. It breaks at blanks
 * and line feeds; a word that is wider than a line after a hyphen, a slash, a dot …, else between letters.
 * Text without a word has no line. Replaces what was in `lines`. */
void type_set(struct typesetter *t, struct type_lines *lines, const struct type_piece *piece, size_t pieces,
              double width, double hang);
/* The widest word of a text, no further than `most`. */
double type_widest(struct typesetter *t, int face, struct str text, double most);
/* The width of a text on one line. */
double type_width(struct typesetter *t, int face, struct str text);

enum type_align { TYPE_LEFT, TYPE_CENTRE, TYPE_RIGHT, TYPE_JUSTIFIED };
/* Draws line i in a column of that width whose left edge is x, its letters standing on y. */
void type_draw(struct typesetter *t, cairo_t *cr, const struct type_lines *lines, size_t i, double x,
               double y, double width, enum type_align align);
/* The outlines of a text on one line from x, y on: to be filled, not to be selected. */
void type_outline(struct typesetter *t, cairo_t *cr, int face, struct str text, double x, double y);

#endif
