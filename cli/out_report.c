#include "cli/out_report.h"

#include "cli/out_form.h"
#include "cli/report_written.h"
#include "core/report_paper.h"
#include "forms/paper.h"
#include "forms/rtf.h"
#include "forms/workbook.h"

static const struct str creator = STR("motcua " MOTCUA_VERSION);

/* The face as a workbook or a document of words shows it. */
static struct sheet_face sheet_face(const struct cli *c, const struct report_face *face)
{
    return (struct sheet_face){
        .office = face->office,
        .title = face->title,
        .above = face->above,
        .lines = face->lines,
        .below = face->below,
        .notes = face->notes,
        .creator = creator,
        .lang = c->lang,
        .written = c->now,
    };
}

static const struct block *block_of(const struct document *d, enum block_kind kind)
{
    for (size_t i = 0; i < d->count; i++)
        if (d->block[i].kind == kind)
            return &d->block[i];
    return NULL;
}

/* What is signed: the same head and signatures, for a printer or for a word processor. */
static enum form_result write_paper(const struct cli *c, const struct report_asked *asked,
                                    const struct report *r, const struct report_face *face,
                                    struct form_sink sink)
{
    struct document d;
    report_paper(r, face, c->office, civil_day_of(cli_now(c)), c->lang, &d);
    enum form_result result = FORM_NO_MEMORY;
    if (!d.failed && asked->shape == SHAPE_DOC) {
        struct sheet_face shown = sheet_face(c, face);
        shown.head = block_of(&d, BLOCK_HEAD);
        shown.signatures = block_of(&d, BLOCK_SIGNATURES);
        result = rtf_write(r, &shown, sink);
    } else if (!d.failed) {
        result = paper_write(&d, c->now, sink);
    }
    document_release(&d);
    return result;
}

static enum form_result write_form(const struct cli *c, const struct report_asked *asked,
                                   const struct report *r, struct form_sink sink)
{
    struct report_face face;
    struct head head = view_head(c->view);
    char named[HEAD_TEXT];
    head_format(named, &head);
    report_face_init(&face, r, c->office, c->lang, str_of(named));
    const struct sheet_face shown = sheet_face(c, &face);
    enum form_result result = face.failed                  ? FORM_NO_MEMORY
                              : asked->shape == SHAPE_XLSX ? workbook_write(r, &shown, sink)
                                                           : write_paper(c, asked, r, &face, sink);
    report_face_release(&face);
    return result;
}

/* ---- what became of it ---- */

static int write_report(struct cli *c, const struct report_asked *asked, const struct report *r)
{
    struct out_form form;
    bool demo = c->demo;
    struct outcome o = out_form_open(&form, c, asked->file, report_is_personal(asked->kind));
    if (!outcome_ok(&o))
        return cli_tell(c, &o);
    o = out_form_outcome(&form, c, write_form(c, asked, r, out_form_sink(&form)));
    o = out_form_close(&form, c, o);
    if (!outcome_ok(&o))
        return cli_tell(c, &o);
    report_written(c, asked, r, demo);
    return 0;
}

/* What motcua prints itself does not come here; asked for by hand it sends there. */
static int report(struct cli *c, struct args *a)
{
    struct report_asked asked;
    struct report r;
    int status = report_asked_read(a, &asked);
    if (status)
        return status;
    if (asked.list || asked.shape < SHAPE_XLSX)
        return args_wrong(a, T_cli_report_no_file, STR_NONE, STR_NONE);
    status = report_asked_make(c, a, &asked, &r);
    if (!status)
        status = write_report(c, &asked, &r);
    report_release(&r);
    return status;
}

const struct verb verb_out_report = {
    .name = "report",
    .help = T_cli_help_report,
    .options = report_options,
    .option_count = REPORT_OPTIONS,
    .operand = T_cli_value_report,
    .most = 1,
    .run = report,
};
