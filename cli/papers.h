/* papers: what the prescribed papers of a dossier are called (core/slip.h). */
#ifndef MOTCUA_CLI_PAPERS_H
#define MOTCUA_CLI_PAPERS_H

#include "cli/context.h"
#include "core/slip.h"

/* Appends "Phiếu xin lỗi và hẹn lại ngày trả kết quả (mẫu số 04)"; nothing where the dossier's set of forms
 * has no such paper. */
void paper_name(const struct cli *c, struct buf *out, const struct dossier *d, enum slip slip);

#endif
