#include "core/match.h"

#include "core/text.h"

/* ---- what is typed ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "0912.345.678", "064.190.001.234": a phone or id number written with dots, which were not kept. Dotted
 * parts of codes are shorter: what makes a code longer than eight digits is more than dots. */
static bool is_dotted_number(struct str word)
{
    size_t digits = 0;
    for (size_t i = 0; i < word.n; i++) {
        if (!is_digit(word.p[i]) && word.p[i] != '.')
            return false;
        digits += is_digit(word.p[i]);
    }
    return digits >= 9;
}

/* Takes the dots out, in place. */
static size_t drop_dots(char *p, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (p[i] != '.')
            p[kept++] = p[i];
    return kept;
}

#define COUNTRY STR("+84")

/* A word as it is looked for: a number loses its dots, and the country's prefix, which stands for a 0 that
 * few people write beside it. Empty when nothing is left to look for. `more` is what was typed after the
 * word. */
static struct str word_of(char *p, size_t n, struct str more)
{
    struct str word = {p, n};
    if (str_starts(word, COUNTRY) && (n > COUNTRY.n || (more.n > 1 && is_digit(more.p[1])))) {
        p += COUNTRY.n;
        word = (struct str){p, n - COUNTRY.n};
    }
    if (is_dotted_number(word))
        word.n = drop_dots(p, word.n);
    return word;
}

bool query_init(struct query *q, struct str typed)
{
    *q = (struct query){.text = BUF_INIT};
    text_fold(&q->text, typed);
    if (q->text.failed)
        return false;
    size_t end;
    for (size_t at = 0; at < q->text.n; at = end + 1) {
        end = at;
        while (end < q->text.n && q->text.p[end] != ' ')
            end++;
        struct str word = word_of(q->text.p + at, end - at, str_from(buf_str(&q->text), end));
        if (word.n && q->count == QUERY_WORDS)
            return false;
        if (word.n)
            q->word[q->count++] = word;
    }
    return true;
}

void query_release(struct query *q)
{
    buf_release(&q->text);
    q->count = 0;
}

/* ---- what is searched ---- */

void match_name(struct buf *out, const struct dossier *d)
{
    text_fold(out, d->receipt.applicant.name);
}

static bool is_not_spacing(char c)
{
    return c != ' ' && c != '.';
}

static bool is_plain(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z');
}

static void add_kept(struct buf *out, struct str text, bool keep(char c))
{
    size_t kept = 0;
    unsigned char *to = buf_more(out, text.n);
    if (!to)
        return;
    for (size_t i = 0; i < text.n; i++)
        if (keep(text.p[i]))
            to[kept++] = (unsigned char)text.p[i];
    out->n -= text.n - kept;
    out->p[out->n] = '\0';
}

static bool is_digits(struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (!is_digit(text.p[i]))
            return false;
    return true;
}

static void add_word(struct buf *out, struct str word)
{
    if (!word.n)
        return;
    buf_add_char(out, ' ');
    buf_add_str(out, word);
}

/* A phone or id number: without the blanks and dots people write for the eye, and, where anything else stands
 * between, its letters and digits alone too. "+84 912…" is also what people here write "0912…". */
static void add_number(struct buf *out, struct str number)
{
    if (is_digits(number)) { /* nearly all of them: it folds to itself, and nothing is left out */
        add_word(out, number);
        return;
    }
    struct buf folded = BUF_INIT, plain = BUF_INIT;
    text_fold(&folded, number);
    add_kept(&plain, buf_str(&folded), is_not_spacing);
    add_word(out, buf_str(&plain));
    size_t n = plain.n;
    bool abroad = str_starts(buf_str(&plain), COUNTRY);
    buf_reset(&plain);
    if (abroad)
        buf_add_char(&plain, '0');
    add_kept(&plain, str_from(buf_str(&folded), abroad ? COUNTRY.n : 0), is_plain);
    if (plain.n != n)
        add_word(out, buf_str(&plain));
    out->failed = out->failed || folded.failed || plain.failed;
    buf_release(&folded);
    buf_release(&plain);
}

void match_numbers(struct buf *out, const struct dossier *d)
{
    text_fold(out, d->code);
    add_number(out, d->receipt.applicant.phone);
    add_number(out, d->receipt.applicant.id_number);
}

/* ---- matching ---- */

static bool holds(struct str text, struct str word)
{
    return text.n >= word.n && memmem(text.p, text.n, word.p, word.n);
}

bool query_matches(const struct query *q, struct str name, struct str numbers)
{
    for (size_t i = 0; i < q->count; i++)
        if (!holds(name, q->word[i]) && !holds(numbers, q->word[i]))
            return false;
    return true;
}
