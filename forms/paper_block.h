/* paper_block: the parts of a paper, each drawn from p->y on. For forms/paper*.c alone. */
#ifndef MOTCUA_FORMS_PAPER_BLOCK_H
#define MOTCUA_FORMS_PAPER_BLOCK_H

#include "forms/paper_page.h"

/* Paragraphs. `keep` is what must still fit below: see struct flow. */
void block_title(struct paper *p, const struct block *b, double keep);
void block_text(struct paper *p, const struct block *b, double keep);
void block_field(struct paper *p, const struct block *b, double keep);
void block_list(struct paper *p, const struct block *b, double keep);
void block_space(struct paper *p);

/* Columns of centred lines. */
void block_head(struct paper *p, const struct block *b);
void block_signatures(struct paper *p, const struct block *b);
/* At least: the room for a hand may shrink a little. */
double signatures_height(struct paper *p, const struct block *b);

/* A code to scan at the right of the sheet; what is written from here on stands beside it, down to
 * p->beside_bottom. */
void block_qr(struct paper *p, const struct block *b);

void block_table(struct paper *p, const struct block *b, double keep);
/* What it takes to begin: its titles, and as much of its rows as stands with them; `keep` as above. */
double table_beginning(struct paper *p, const struct block *b, double keep);

#endif
