/* The bytes are an exported journal that is read back, from any hand. */
#include "cli/base64.h"
#include "cli/journal_in.h"
#include "core/event.h"
#include "tests/fuzz/fuzz.h"
#include "tests/slow_text.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

/* In memory; its path is that of the open descriptor. */
static const char *file_of(struct str text)
{
    static int fd;
    static char path[64];
    if (!fd) {
        fd = memfd_create("journal.jsonl", MFD_CLOEXEC);
        MUST(fd > 0);
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    }
    MUST(ftruncate(fd, 0) == 0 && pwrite(fd, text.p, text.n, 0) == (ssize_t)text.n);
    return path;
}

/* What is wrong is said in words that may be printed. */
static void told(const struct outcome *o)
{
    struct buf line = BUF_INIT;
    MUST(o->kind == KIND_bad_line || o->kind == KIND_not_a_backup);
    outcome_message(&line, LANG_VI, o);
    MUST(slow_is_showable(buf_str(&line), false));
    buf_release(&line);
}

/* Each body has one text in base64. */
static void one_way_to_write(struct str text)
{
    struct buf bytes = BUF_INIT, again = BUF_INIT;
    if (base64_decode(&bytes, text)) {
        base64_encode(&again, buf_str(&bytes));
        MUST(!again.failed && str_eq(buf_str(&again), text));
    }
    buf_release(&bytes);
    buf_release(&again);
}

static void read_back(struct journal_in *j)
{
    struct journal_source source = journal_in_source(j);
    struct journal_entry entry;
    uint64_t seq = 0;
    bool more = true;
    struct outcome o = source.next(source.arg, &entry, &more);
    while (outcome_ok(&o) && more) {
        struct event e;
        MUST(entry.seq == ++seq && entry.body.n > 0);
        event_decode(entry.body, &e);
        o = source.next(source.arg, &entry, &more);
    }
    if (!outcome_ok(&o))
        told(&o);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size};
    struct journal_in *j;
    struct outcome o = journal_in_open(file_of(text), &j);
    MUST(outcome_ok(&o) == (j != NULL));
    if (j)
        read_back(j);
    else
        told(&o);
    journal_in_close(j);
    one_way_to_write(text);
    return 0;
}
