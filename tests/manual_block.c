#include "tests/manual_block.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static bool read_page(const char *page, struct buf *out)
{
    FILE *f = fopen(page, "r");
    if (!f)
        return false;
    char part[4096];
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
        buf_add(out, part, n);
    fclose(f);
    return true;
}

/* Where the block begins and ends: after the one line, before the other. */
static void find(const char *page, const struct buf *text, const char *name, size_t *begin, size_t *end)
{
    char first[80], last[80];
    snprintf(first, sizeof first, ".\\\" %s: begin\n", name);
    snprintf(last, sizeof last, ".\\\" %s: end\n", name);
    const char *from = text->n ? strstr(text->p, first) : NULL;
    const char *to = from ? strstr(from, last) : NULL;
    if (!to)
        fail_msg("%s has no lines  %.*s  and  %.*s", page, (int)strlen(first) - 1, first,
                 (int)strlen(last) - 1, last);
    *begin = (size_t)(from - text->p) + strlen(first);
    *end = (size_t)(to - text->p);
}

bool manual_block_read(const char *page, const char *name, struct buf *out)
{
    struct buf text = BUF_INIT;
    size_t begin, end;
    if (!read_page(page, &text))
        return false;
    find(page, &text, name, &begin, &end);
    buf_add(out, text.p + begin, end - begin);
    buf_release(&text);
    return true;
}

void manual_block_write(const char *page, const char *name, struct str block)
{
    struct buf text = BUF_INIT;
    size_t begin, end;
    if (!read_page(page, &text))
        fail_msg("cannot read %s", page);
    find(page, &text, name, &begin, &end);
    FILE *f = fopen(page, "w");
    if (!f)
        fail_msg("cannot write %s", page);
    fwrite(text.p, 1, begin, f);
    fwrite(block.p, 1, block.n, f);
    fwrite(text.p + end, 1, text.n - end, f);
    assert_int_equal(fclose(f), 0);
    buf_release(&text);
}
