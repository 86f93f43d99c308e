/* papers: what the prescribed papers of a dossier are called. The set of forms is chosen by the day of
 * receipt and the office's setting forms.from: that of Circular 01/2018/TT-VPCP, or that of 2025. */
#ifndef MOTCUA_CLI_PAPERS_H
#define MOTCUA_CLI_PAPERS_H

#include "cli/context.h"

enum paper { PAPER_SUPPLEMENT, PAPER_APOLOGY, PAPER_STOP };

/* The form's number ("04") and its title; NULL and T_nothing where the dossier's set has no such paper. */
struct paper_form {
    const char *number;
    enum text_id title;
};
struct paper_form paper_of(const struct cli *c, const struct dossier *d, enum paper paper);

/* Appends "Phiếu xin lỗi và hẹn lại ngày trả kết quả (mẫu số 04)"; nothing where there is no such paper. */
void paper_name(const struct cli *c, struct buf *out, const struct dossier *d, enum paper paper);

#endif
