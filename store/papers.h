/* papers: the folder that papers and reports are put into where nobody said another. */
#ifndef MOTCUA_STORE_PAPERS_H
#define MOTCUA_STORE_PAPERS_H

#include "core/buf.h"
#include "core/outcome.h"

/* $MOTCUA_PAPERS, else ~/motcua-papers. False where there is neither, or memory is out. A variable that is
 * empty counts as not set. */
bool papers_folder(struct buf *out);
/* Makes it (0700) where it is missing: what lies in it names people. */
struct outcome papers_make(struct str folder);

#endif
