#include "cli/print_path.h"

#include "store/papers.h"

void print_path(struct buf *out, struct str given, struct str name)
{
    if (given.n) {
        buf_add_str(out, given);
        return;
    }
    if (papers_folder(out))
        (void)papers_make(buf_str(out));
    buf_add_char(out, '/');
    buf_add_str(out, name);
}
