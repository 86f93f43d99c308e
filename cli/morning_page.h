/* morning_page: what the chief's page is made of, gathered by cmd_morning.c, and its two faces for people: a
 * text of two short lines a dossier (cli/morning_text.c), and that text as a whole mail
 * (cli/morning_mail.c). */
#ifndef MOTCUA_CLI_MORNING_PAGE_H
#define MOTCUA_CLI_MORNING_PAGE_H

#include "cli/reading.h"
#include "core/morning.h"
#include "store/noted.h"

struct morning_page {
    struct cli *c;
    const struct reading *r;
    struct morning morning;
    struct on_time on_time;
    struct store_stat stat;
    struct continuity continuity;
    size_t ahead;  /* dossiers of a clock that ran ahead, not yet mended */
    bool accepted; /* the journal as it is now is the right one, and noted as such */
    bool nameless; /* the text names no applicants */
    int columns;   /* no line of the text is wider */
};

#define MORNING_COLUMNS 78 /* what a mail's lines may take and be quoted once (RFC 5322 section 2.1.1) */

/* The journal does not go on from what was last shown, and nobody has accepted that. */
static inline bool morning_page_is_broken(const struct morning_page *p)
{
    return !outcome_ok(&p->continuity.verdict) && !p->accepted;
}
/* A text with {1} the time of the last showing and {2} what is wrong. */
void morning_page_add_broken(const struct morning_page *p, struct buf *out, enum text_id text);

/* Appends the page to c->out. In the order a chief needs: what must leave today, what is overdue, due, put
 * off, waiting, lying at the desk; each dossier once, in the first of these it belongs to; then whose it all
 * is, and the journal's head. One face for a terminal, a pipe and a mail: whoever talks about the page sees
 * the same, and only colours differ. */
void morning_text(struct morning_page *p);

/* Appends the page as a message for `sendmail -t` to these addresses, each mail_is_address(). */
void morning_mail(struct morning_page *p, const struct str *to, size_t n);

#endif
