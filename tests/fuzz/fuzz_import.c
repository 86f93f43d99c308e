/* The bytes are a spreadsheet of dossiers. Whatever is in it, it is read or refused in words that may be
 * printed; and a row that comes in is, told once more, what stands already: a second import changes nothing.
 */
#include "cli/import_file.h"
#include "core/decide_import.h"
#include "core/evolve.h"
#include "core/text.h"
#include "tests/fuzz/fuzz.h"
#include "tests/slow_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define NOW INT64_C(1795142400) /* in November 2026 */

static const struct moment moment = {.now = NOW, .login = {"lan", 3}};

static void told(const struct outcome *o)
{
    struct buf line = BUF_INIT;
    MUST(o->kind != KIND_done && outcome_class(o->kind) != FAILED);
    outcome_message(&line, LANG_VI, o);
    MUST(slow_is_showable(buf_str(&line), false));
    buf_release(&line);
}

/* The same row, of a dossier that stands as the row has told. */
static void told_again(const struct import_line *line, const struct dossier *stands)
{
    const struct import_terms terms = {.office = fuzz_office(), .now = civil_from_utc(NOW + 3600, 420)};
    const struct moment later = {.now = NOW + 3600, .login = STR("lan")};
    struct import_row row;
    struct outcome why;
    struct arena text = ARENA_INIT;
    import_row_read(&line->known, stands, &terms, &text, &row);
    MUST(row.fault == T_nothing);
    MUST(import_judge(fuzz_office(), stands, &row.command, &later, &why, NULL) == IMPORT_UNCHANGED);
    arena_release(&text);
}

static void comes_in(const struct import_line *line, const struct import_row *row)
{
    const struct circumstances none = {.next_id = 1};
    struct decision decision = DECISION_INIT;
    struct dossier d = {.first_event = 0};
    struct outcome o = decide(fuzz_office(), NULL, &row->command, &moment, &none, &decision);
    MUST(outcome_ok(&o) && decision.count == 1 && decision.event[0].kind == EVENT_IMPORTED);
    struct event *e = &decision.event[0];
    e->seq = 4;
    e->recorded_at = NOW;
    MUST(evolve(&d, e) && d.imported && d.facts.received <= civil_from_utc(NOW, 420));
    told_again(line, &d);
    decision_release(&decision);
}

static bool each(void *arg, const struct import_line *line)
{
    size_t *before = arg;
    const struct import_terms terms = {.office = fuzz_office(), .now = civil_from_utc(NOW, 420)};
    struct import_row row;
    struct outcome why;
    struct arena text = ARENA_INIT;
    MUST(line->line > *before && line->cells > 0);
    *before = line->line;
    if (!line->readable)
        return true;
    import_row_read(&line->known, NULL, &terms, &text, &row);
    MUST(!text.failed && (row.fault == T_nothing || row.column < COLUMNS_KNOWN));
    if (row.fault == T_nothing && !row.is_void) {
        enum import_verdict verdict = import_judge(fuzz_office(), NULL, &row.command, &moment, &why, NULL);
        MUST(verdict == IMPORT_ADDED || verdict == IMPORT_REJECTED);
        if (verdict == IMPORT_ADDED)
            comes_in(line, &row);
        else
            told(&why);
    }
    arena_release(&text);
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int fd;
    static char path[64];
    struct import_file file;
    if (!fd) {
        fd = memfd_create("import.csv", MFD_CLOEXEC);
        MUST(fd > 0);
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    }
    MUST(ftruncate(fd, 0) == 0 && pwrite(fd, data, size, 0) == (ssize_t)size);
    struct outcome o = import_file_open(&file, str_of(path));
    if (outcome_ok(&o)) {
        size_t line = file.header_line;
        MUST(file.columns > 0 && file.columns <= IMPORT_FILE_COLUMNS);
        o = import_file_walk(&file, each, &line);
    }
    if (!outcome_ok(&o))
        told(&o);
    import_file_release(&file);
    return 0;
}
