/* The bytes are text of any origin: first a few that say how it is to be cut, then what somebody typed,
 * pasted or brought in a file. tests/slow_text.h says, character by character, what must come out. */
#include "core/outcome.h"
#include "core/text.h"
#include "tests/fuzz/fuzz.h"
#include "tests/slow_text.h"

#include <stdlib.h>

static void stored(struct str in, enum text_shape shape, size_t max)
{
    struct buf out = BUF_INIT, again = BUF_INIT;
    buf_add_z(&out, "before");
    enum text_fault fault = text_clean(in, shape, max, &out);
    MUST(fault != TEXT_MEMORY);
    if (fault) {
        MUST(str_eq(buf_str(&out), STR("before")));
    } else {
        struct str s = str_from(buf_str(&out), 6);
        MUST(s.n > 0 && slow_is_showable(s, shape == TEXT_NOTE) && text_characters(s) <= max);
        MUST(s.p[0] != ' ' && s.p[s.n - 1] != ' ' && s.p[0] != '\n' && s.p[s.n - 1] != '\n');
        char *composed = slow_normal(s, true);
        MUST(composed && str_eq(s, str_of(composed)));
        free(composed);
        MUST(text_clean(s, shape, max, &again) == TEXT_OK && str_eq(buf_str(&again), s));
    }
    buf_release(&out);
    buf_release(&again);
}

static void folded(struct str in)
{
    struct buf once = BUF_INIT, twice = BUF_INIT;
    text_fold(&once, in);
    text_fold(&twice, buf_str(&once));
    MUST(!once.failed && str_eq(buf_str(&once), buf_str(&twice)));
    MUST(text_is_utf8(buf_str(&once)));
    buf_release(&once);
    buf_release(&twice);
}

static void shown(struct str in, int columns)
{
    struct buf out = BUF_INIT;
    text_cell(&out, in, columns, true);
    MUST(!out.failed && slow_is_showable(buf_str(&out), false) &&
         slow_text_columns(buf_str(&out)) == columns);
    out.n = 0;
    text_cell(&out, in, columns, false);
    MUST(slow_is_showable(buf_str(&out), false) && slow_text_columns(buf_str(&out)) <= columns);
    out.n = 0;
    text_safe(&out, in, false);
    MUST(slow_is_showable(buf_str(&out), false));
    MUST(text_columns(in) == slow_text_columns(in) && text_columns(buf_str(&out)) == text_columns(in));
    out.n = 0;
    text_safe(&out, in, true);
    MUST(slow_is_showable(buf_str(&out), true));
    MUST(text_fit(in, columns) <= in.n && slow_text_columns(str_first(in, text_fit(in, columns))) <= columns);
    buf_release(&out);
}

static void stepped(struct str in)
{
    size_t at = 0, characters = 0, slow_at = 0;
    while (at < in.n) {
        int32_t c = text_next(in, &at);
        MUST(c == slow_next(in, &slow_at) && at == slow_at);
        characters++;
    }
    MUST(characters == text_characters(in) && text_next(in, &at) == -1 && at == in.n);
    for (at = 0; at < in.n;) {
        size_t after = text_after(in, at);
        MUST(after == slow_letter_end(in, at) && text_prev(in, after) == at);
        at = after;
    }
    MUST(text_after(in, in.n) == in.n && text_prev(in, 0) == 0);
}

static void wrapped(struct str in, int columns)
{
    for (size_t skip; in.n; in = str_from(in, skip)) {
        size_t n = text_wrap(in, columns, &skip);
        MUST(skip > 0 && skip <= in.n && n <= skip);
        struct str line = str_first(in, n);
        MUST(!memchr(line.n ? line.p : "", '\n', line.n));
        MUST(slow_text_columns(line) <= columns ||
             n == slow_letter_end(in, 0)); /* one letter there must be */
    }
}

static void told(struct str in)
{
    struct outcome o = outcome_of(KIND_unknown_dossier);
    for (int i = 0; i < OUTCOME_ARGS + 1; i++)
        outcome_text(&o, in);
    for (enum lang lang = LANG_VI; lang <= LANG_EN; lang++) {
        struct buf line = BUF_INIT;
        outcome_message(&line, lang, &o);
        MUST(!line.failed && slow_is_showable(buf_str(&line), false));
        buf_release(&line);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fed f = {data, size};
    size_t max = 1 + fed_below(&f, 200);
    int columns = 1 + (int)fed_below(&f, 60);
    struct str in = {(const char *)f.at, f.left};
    stored(in, TEXT_LINE, max);
    stored(in, TEXT_NOTE, max);
    folded(in);
    shown(in, columns);
    stepped(in);
    wrapped(in, columns);
    told(in);
    return 0;
}
