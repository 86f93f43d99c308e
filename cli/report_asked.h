/* report_asked: which report a command line asks for, over which period, in which shape. Both programs read
 * it: motcua prints, motcua-out writes what needs large libraries. */
#ifndef MOTCUA_CLI_REPORT_ASKED_H
#define MOTCUA_CLI_REPORT_ASKED_H

#include "cli/options.h"
#include "core/report.h"

extern const struct option_spec report_options[];
enum { REPORT_OPTIONS = 13 };

enum report_shape { SHAPE_TEXT, SHAPE_JSON, SHAPE_CSV, SHAPE_CSV_NO_BOM, SHAPE_XLSX, SHAPE_PDF, SHAPE_DOC };

struct report_asked {
    bool list; /* no report was named: which there are */
    enum report_kind kind;
    struct period period;
    enum report_shape shape;
    struct str file; /* of XLSX, PDF, DOC; of CSV where one was named: absent is standard output */
    bool unmask;
    unsigned size;
    uint64_t seed;
};

/* Exit status; what was wrong was told. */
int report_asked_read(struct args *a, struct report_asked *out);
/* Opens the store as --as-of says and makes it; *out is to be released whatever the answer. */
int report_asked_make(struct cli *c, struct args *a, const struct report_asked *asked, struct report *out);
/* How many rows its tables have. */
size_t report_asked_rows(const struct report *r);

#endif
