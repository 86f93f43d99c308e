/* errand: what the screen has done by the command line: papers, workbooks, codes to scan need large
 * libraries, which live in a program of their own. A fault in them does not take the screen along. */
#ifndef MOTCUA_TUI_ERRAND_H
#define MOTCUA_TUI_ERRAND_H

#include "tui/session.h"

struct errand {
    int status;      /* as the program exits; -1: it could not be run, or did not end in time */
    struct buf said; /* what it said, and what it complained of: at most ERRAND_TEXT bytes of each */
    struct buf complaint;
};

#define ERRAND_TEXT 65536
#define ERRAND_WORDS 24

/* Runs `motcua` on the session's store, in its language, with these words (ended by NULL), and waits for it:
 * a minute at most, then it is killed. No view may be open. */
void errand_run(struct errand *e, const struct session *s, const char *const *words);
void errand_release(struct errand *e);

/* The same words in *out, on one line. */
void errand_words(struct errand *e, const struct session *s, struct buf *out);
/* Says in the last rows what it said, or, where it failed, complained of. */
void errand_tell(struct session *s, struct errand *e);
/* Runs it and says in the last rows what it said, or complained of. True when it was done. */
bool errand_say(struct session *s, const char *const *words);

#endif
