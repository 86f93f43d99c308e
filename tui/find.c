#include "tui/find.h"

#include "core/text.h"
#include <stdlib.h>

struct find_hit {
    uint16_t index;
    int rank; /* 0 is best */
    uint32_t used;
    size_t length;
};

/* A name that is what was typed stays first whatever else is used more, so that a habit of the fingers never
 * takes another procedure. Below it what the desk does all day comes first; in which order scattered words
 * stand counts for nothing then. */
static int class_of(int rank)
{
    return rank == 5 ? 4 : rank;
}

static int compare_hits(const void *a, const void *b)
{
    const struct find_hit *x = a, *y = b;
    if (class_of(x->rank) != class_of(y->rank))
        return class_of(x->rank) - class_of(y->rank);
    if (x->used != y->used)
        return x->used < y->used ? 1 : -1;
    if (x->rank != y->rank)
        return x->rank - y->rank;
    if (x->length != y->length)
        return x->length < y->length ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

/* The words of a folded text, split at blanks; what is beyond FIND_WORDS is left out. */
static size_t split(struct str text, struct str word[FIND_WORDS])
{
    size_t n = 0;
    for (size_t at = 0; at < text.n && n < FIND_WORDS;) {
        size_t from = at;
        while (at < text.n && text.p[at] != ' ')
            at++;
        if (at > from)
            word[n++] = (struct str){text.p + from, at - from};
        at++;
    }
    return n;
}

/* Where `word` is found at or after `from`, at the beginning of a word when asked; text.n when it is not. */
static size_t find_word(struct str text, struct str word, size_t from, bool beginning)
{
    while (from + word.n <= text.n) {
        const char *at = memmem(text.p + from, text.n - from, word.p, word.n);
        if (!at)
            return text.n;
        from = (size_t)(at - text.p);
        if (!beginning || from == 0 || text.p[from - 1] == ' ')
            return from;
        from++;
    }
    return text.n;
}

static bool all_in_order(struct str text, const struct str *word, size_t n)
{
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        at = find_word(text, word[i], at, true);
        if (at == text.n)
            return false;
        at += word[i].n;
    }
    return true;
}

static bool all_within(struct str text, const struct str *word, size_t n, bool beginning)
{
    for (size_t i = 0; i < n; i++)
        if (find_word(text, word[i], 0, beginning) == text.n)
            return false;
    return true;
}

/* Behind the words with which the catalogue begins most names. */
static size_t behind_lead(struct str words)
{
    static const char *const leads[] = {"thu tuc ", "dang ky ", "cap "};
    size_t at = 0;
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
        if (str_starts(str_from(words, at), str_of(leads[i])))
            at += strlen(leads[i]);
    return at;
}

/* The name's folded words end where the field's begin; for ranking, the whole is near enough: what counts is
 * the order. */
static int rank_of(struct str code, struct str words, struct str typed, const struct str *word, size_t n)
{
    if (n == 1 && str_eq(code, typed))
        return 0;
    if (n == 1 && str_starts(code, typed))
        return 1;
    if (str_starts(words, typed) || str_starts(str_from(words, behind_lead(words)), typed))
        return 2;
    if (find_word(words, typed, 0, true) < words.n)
        return 3;
    if (all_in_order(words, word, n))
        return 4;
    if (all_within(words, word, n, true))
        return 5;
    if (all_within(words, word, n, false))
        return 6;
    return n == 1 && find_word(code, word[0], 0, false) < code.n ? 7 : -1;
}

bool finder_init(struct finder *f, struct str typed, size_t most)
{
    *f = (struct finder){.folded = BUF_INIT};
    text_fold(&f->folded, typed);
    f->words = split(buf_str(&f->folded), f->word);
    f->hit = calloc(most + 1, sizeof *f->hit);
    return f->hit && !f->folded.failed;
}

void finder_try(struct finder *f, size_t index, struct str code, struct str words, uint32_t used,
                size_t length)
{
    struct str typed = buf_str(&f->folded);
    while (typed.n && typed.p[typed.n - 1] == ' ')
        typed.n--;
    int rank = f->words ? rank_of(code, words, typed, f->word, f->words) : 0;
    if (rank >= 0)
        f->hit[f->hits++] = (struct find_hit){(uint16_t)index, rank, used, length};
}

size_t finder_end(struct finder *f, uint16_t out[FOUND_MAX])
{
    size_t n = 0;
    if (f->hit) {
        qsort(f->hit, f->hits, sizeof *f->hit, compare_hits);
        for (; n < f->hits && n < FOUND_MAX; n++)
            out[n] = f->hit[n].index;
    }
    free(f->hit);
    buf_release(&f->folded);
    return n;
}
