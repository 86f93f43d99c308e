/* out_form: a form on its way into a file: papers, workbooks, codes to scan. */
#ifndef MOTCUA_CLI_OUT_FORM_H
#define MOTCUA_CLI_OUT_FORM_H

#include "cli/out_file.h"
#include "forms/sink.h"

struct out_form {
    struct out_file file;
    int error; /* errno of the write that failed */
};

/* As out_file_open(): what holds names is for its owner's eyes alone. */
struct outcome out_form_open(struct out_form *f, const struct cli *c, struct str path, bool personal);
/* Where the form's bytes go, while `f` stays where it is. */
struct form_sink out_form_sink(struct out_form *f);
/* What became of the writing: success, or why not. */
struct outcome out_form_outcome(const struct out_form *f, const struct cli *c, enum form_result result);
/* Ends the view (copying may have to wait for whoever reads), puts the file in place where `o` is success,
 * and closes it in any case. */
struct outcome out_form_close(struct out_form *f, struct cli *c, struct outcome o);

#endif
