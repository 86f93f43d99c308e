#include "tests/pdf_read.h"
#include "forms/paper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

/* What Fontconfig keeps for the next paper it refers to by distances, which a leak checker cannot follow;
 * giving it back is no way out, as Pango looks for fonts in a thread of its own. */
__attribute__((visibility("default"))) const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig";
}

bool pdf_put(void *buf, const void *bytes, size_t n)
{
    struct buf *b = buf;
    buf_add(b, bytes, n);
    return !b->failed;
}

void pdf_run(const struct pdf_read *pdf, const char *command, struct buf *out)
{
    struct buf line = BUF_INIT;
    for (const char *p = command; *p; p++)
        if (p[0] == '%' && p[1] == 's')
            buf_add_z(&line, pdf->path), p++;
        else
            buf_add_char(&line, *p);
    FILE *f = popen(line.p, "r");
    assert_non_null(f);
    char bytes[4096];
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, f)) > 0;)
        buf_add(out, bytes, n);
    int status = pclose(f);
    if (status)
        fail_msg("%s: %d", line.p, status);
    buf_add(out, "", 0);
    buf_release(&line);
}

void pdf_words_of(struct str s, struct buf *out)
{
    bool between = false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == ' ' || c == '\n' || c == '\f' || c == '\r') {
            between = out->n > 0;
            continue;
        }
        if (between)
            buf_add_char(out, ' ');
        between = false;
        buf_add_char(out, c);
    }
    buf_add(out, "", 0);
}

/* ---- words and where they stand ---- */

/* Bounded searches all along: strstr() of a sanitized program measures the whole of a file each time. */
static const char *find(struct str in, struct str what)
{
    return in.n ? memmem(in.p, in.n, what.p, what.n) : NULL;
}

static double attribute(struct str tag, struct str name)
{
    const char *p = find(tag, name);
    assert_non_null(p);
    char number[32] = "";
    struct str from = str_first(str_from(tag, (size_t)(p - tag.p) + name.n), sizeof number - 1);
    memcpy(number, from.p, from.n);
    return strtod(number, NULL);
}

/* The text up to the closing tag, its entities resolved in place. */
static struct str plain(char *from, const char *end)
{
    static const struct str entity[] = {STR("&amp;"), STR("&lt;"), STR("&gt;"), STR("&quot;"), STR("&apos;")};
    char *to = from;
    for (const char *p = from; p < end;) {
        size_t i = 0;
        while (i < 5 && !str_starts((struct str){p, (size_t)(end - p)}, entity[i]))
            i++;
        *to++ = i < 5 ? "&<>\"'"[i] : *p;
        p += i < 5 ? entity[i].n : 1;
    }
    return (struct str){from, (size_t)(to - from)};
}

/* `line` is one of poppler's: <word xMin="…" yMin="…" xMax="…" yMax="…">text</word>. */
static void read_word(struct pdf_read *pdf, struct str line)
{
    const char *text = memchr(line.p, '>', line.n), *end = find(line, STR("</word>"));
    assert_non_null(text);
    assert_non_null(end);
    assert_true(pdf->pages > 0);
    if (pdf->count % 1024 == 0)
        pdf->word = realloc(pdf->word, (pdf->count + 1024) * sizeof *pdf->word);
    assert_non_null(pdf->word);
    pdf->word[pdf->count++] = (struct pdf_word){
        .page = (int)pdf->pages - 1,
        .left = attribute(line, STR("xMin=\"")),
        .top = attribute(line, STR("yMin=\"")),
        .right = attribute(line, STR("xMax=\"")),
        .bottom = attribute(line, STR("yMax=\"")),
        .text = plain(pdf->words.p + (text + 1 - pdf->words.p), end),
    };
    pdf->page[pdf->pages - 1].count++;
}

static void read_words(struct pdf_read *pdf)
{
    pdf_run(pdf, "pdftotext -bbox %s -", &pdf->words);
    struct str rest = buf_str(&pdf->words), line;
    for (; rest.n; rest = str_from(rest, line.n + 1)) {
        const char *end = memchr(rest.p, '\n', rest.n);
        line = str_first(rest, end ? (size_t)(end - rest.p) : rest.n);
        const char *tag = memchr(line.p, '<', line.n);
        struct str from = tag ? str_from(line, (size_t)(tag - line.p)) : STR_NONE;
        if (str_starts(from, STR("<page "))) {
            pdf->page = realloc(pdf->page, (pdf->pages + 1) * sizeof *pdf->page);
            assert_non_null(pdf->page);
            double width = attribute(from, STR("width=\"")), height = attribute(from, STR("height=\""));
            pdf->page[pdf->pages++] = (struct pdf_page){width, height, pdf->count, 0};
        } else if (str_starts(from, STR("<word "))) {
            read_word(pdf, from);
        }
    }
}

void pdf_read(struct pdf_read *pdf, const struct document *d)
{
    *pdf = (struct pdf_read){.bytes = BUF_INIT};
    assert_false(d->failed);
    assert_int_equal(paper_write(d, PDF_WRITTEN, (struct form_sink){pdf_put, &pdf->bytes}), FORM_WRITTEN);
    strcpy(pdf->path, "/tmp/motcua-paper-XXXXXX");
    int fd = mkstemp(pdf->path);
    assert_true(fd >= 0);
    assert_true(write(fd, pdf->bytes.p, pdf->bytes.n) == (ssize_t)pdf->bytes.n);
    close(fd);
    struct buf raw = BUF_INIT;
    pdf_run(pdf, "pdftotext -raw %s -", &raw);
    pdf_words_of(buf_str(&raw), &pdf->text);
    buf_release(&raw);
    read_words(pdf);
}

void pdf_read_release(struct pdf_read *pdf)
{
    unlink(pdf->path);
    free(pdf->word);
    free(pdf->page);
    buf_release(&pdf->bytes);
    buf_release(&pdf->text);
    buf_release(&pdf->words);
}

/* ---- questions ---- */

int pdf_says(const struct pdf_read *pdf, struct str s)
{
    struct buf words = BUF_INIT;
    pdf_words_of(s, &words);
    int n = 0;
    struct str rest = buf_str(&pdf->text);
    for (const char *p; words.n && (p = find(rest, buf_str(&words)));) {
        rest = str_from(rest, (size_t)(p - rest.p) + words.n);
        n++;
    }
    buf_release(&words);
    return n;
}

void pdf_must_say(const struct pdf_read *pdf, struct str s)
{
    if (s.n && !pdf_says(pdf, s))
        fail_msg("the paper does not say \"%.*s\"; it says:\n%s", STR_ARG(s), pdf->text.p);
}

const struct pdf_word *pdf_word(const struct pdf_read *pdf, const char *text)
{
    for (size_t i = 0; i < pdf->count; i++)
        if (str_eq(pdf->word[i].text, str_of(text)))
            return pdf->word + i;
    fail_msg("no word \"%s\" in:\n%s", text, pdf->text.p);
    return NULL;
}

/* Words of a page in the order of reading: where a text breaks they need not follow one another in the list,
 * so it is asked of poppler. */
bool pdf_page_says(const struct pdf_read *pdf, size_t page, struct str s)
{
    char command[80];
    snprintf(command, sizeof command, "pdftotext -raw -f %zu -l %zu %%s -", page + 1, page + 1);
    struct buf raw = BUF_INIT, text = BUF_INIT, words = BUF_INIT;
    pdf_run(pdf, command, &raw);
    pdf_words_of(buf_str(&raw), &text);
    pdf_words_of(s, &words);
    bool says = strstr(text.p, words.p) != NULL;
    buf_release(&raw);
    buf_release(&text);
    buf_release(&words);
    return says;
}

/* ---- tidiness ---- */

static double least(double a, double b)
{
    return a < b ? a : b;
}
static double most(double a, double b)
{
    return a > b ? a : b;
}

/* Boxes are as high as the font's tallest letter and its deepest one; lines may come that near each other. */
static bool on_one_another(const struct pdf_word *a, const struct pdf_word *b)
{
    double wide = least(a->right, b->right) - most(a->left, b->left);
    double high = least(a->bottom, b->bottom) - most(a->top, b->top);
    return wide > 0.3 && high > 0.5;
}

void pdf_must_be_tidy(const struct pdf_read *pdf, enum paper_size size)
{
    /* Decree 30/2020/NĐ-CP: left at least 30 mm, above 20, right 15; half of that on a slip */
    static const double margins[][3] = {
        [PAPER_A5] = {15, 10, 10}, [PAPER_A4] = {30, 20, 15}, [PAPER_A4_LANDSCAPE] = {30, 20, 15}};
    const double left = margins[size][0], top = margins[size][1], right = margins[size][2];
    const double mm = 72 / 25.4;
    for (size_t p = 0; p < pdf->pages; p++) {
        const struct pdf_page *page = pdf->page + p;
        for (size_t i = page->first; i < page->first + page->count; i++) {
            const struct pdf_word *w = pdf->word + i;
            if (w->left < left * mm - 0.5 || w->right > page->width - right * mm + 0.5 ||
                w->top < top * mm - 0.5 || w->bottom > page->height - 4 * mm)
                fail_msg("page %zu: \"%.*s\" stands outside of the margins: %.1f %.1f %.1f %.1f", p + 1,
                         STR_ARG(w->text), w->left, w->top, w->right, w->bottom);
            for (size_t k = page->first; k < i; k++)
                if (on_one_another(w, pdf->word + k))
                    fail_msg("page %zu: \"%.*s\" stands on \"%.*s\": %.1f %.1f", p + 1, STR_ARG(w->text),
                             STR_ARG(pdf->word[k].text), w->left, w->top);
        }
    }
}
