/* screenshot: a picture of the screen, for the README.
 *
 *     screenshot OUT.svg ROWSxCOLUMNS STORE CLOCK [KEYS …]
 *
 * Opens the screen on the store as if it were CLOCK ("2026-11-16 09:00:00"; "-": now), sends each KEYS in one
 * write (\e is Esc, \r Enter, \t Tab, \xHH a byte) and draws what then stands there. The program is $MOTCUA,
 * else build/motcua. */
#include "tests/pty.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define CELL_WIDTH 9
#define CELL_HEIGHT 19
#define MARGIN 12
#define BACKGROUND "#14191f"
#define FOREGROUND "#d7dde5"

static char **arguments;

static size_t unescape(const char *s, char *out)
{
    size_t n = 0;
    for (; *s; s++) {
        if (s[0] != '\\' || !s[1]) {
            out[n++] = *s;
            continue;
        }
        s++;
        if (*s == 'x' && s[1] && s[2]) {
            char hex[3] = {s[1], s[2], '\0'};
            out[n++] = (char)strtol(hex, NULL, 16);
            s += 2;
        } else {
            out[n++] = *s == 'e' ? '\033' : *s == 'r' ? '\r' : *s == 't' ? '\t' : *s;
        }
    }
    return n;
}

static void put_escaped(FILE *f, const char *text)
{
    for (; *text; text++)
        switch (*text) {
        case '<': fputs("&lt;", f); break;
        case '>': fputs("&gt;", f); break;
        case '&': fputs("&amp;", f); break;
        default: fputc(*text, f);
        }
}

static bool same_look(const struct pty_cell *a, const struct pty_cell *b)
{
    return a->bold == b->bold && a->reverse == b->reverse && a->underline == b->underline &&
           a->colored == b->colored && (!a->colored || memcmp(a->color, b->color, 3) == 0);
}

static void color_of(const struct pty_cell *cell, char out[16])
{
    if (cell->colored)
        snprintf(out, 16, "#%02x%02x%02x", cell->color[0], cell->color[1], cell->color[2]);
    else
        snprintf(out, 16, "%s", FOREGROUND);
}

/* Cells [from, to) of a row, all of one look: a background where it is reversed, then the text stretched to
 * its columns. */
static void draw_run(FILE *f, struct pty *p, int row, int from, int to)
{
    struct pty_cell look = pty_cell(p, row, from);
    char color[16];
    color_of(&look, color);
    int x = MARGIN + from * CELL_WIDTH, y = MARGIN + row * CELL_HEIGHT, width = (to - from) * CELL_WIDTH;
    if (look.reverse)
        fprintf(f, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n", x, y, width,
                CELL_HEIGHT, color);
    fprintf(f, "<text x=\"%d\" y=\"%d\" textLength=\"%d\" fill=\"%s\"%s%s>", x, y + CELL_HEIGHT - 5, width,
            look.reverse ? BACKGROUND : color, look.bold ? " font-weight=\"bold\"" : "",
            look.underline ? " text-decoration=\"underline\"" : "");
    for (int k = from; k < to;) {
        struct pty_cell cell = pty_cell(p, row, k);
        put_escaped(f, cell.text[0] ? cell.text : " ");
        k += cell.columns > 1 ? cell.columns : 1;
    }
    fputs("</text>\n", f);
}

static void draw_row(FILE *f, struct pty *p, int row, int columns)
{
    for (int from = 0; from < columns;) {
        struct pty_cell first = pty_cell(p, row, from);
        int to = from;
        bool blank = true;
        for (struct pty_cell cell = first; to < columns && same_look(&first, &cell);) {
            blank = blank && (!cell.text[0] || cell.text[0] == ' ');
            to += cell.columns > 1 ? cell.columns : 1;
            if (to < columns)
                cell = pty_cell(p, row, to);
        }
        if (!blank || first.reverse)
            draw_run(f, p, row, from, to);
        from = to;
    }
}

static void draw(const char *path, struct pty *p, int rows, int columns)
{
    FILE *f = fopen(path, "w");
    if (!f)
        fail_msg("cannot write %s", path);
    int width = columns * CELL_WIDTH + 2 * MARGIN, height = rows * CELL_HEIGHT + 2 * MARGIN;
    fprintf(f,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n",
            width, height, width, height);
    fprintf(f, "<rect width=\"%d\" height=\"%d\" rx=\"8\" fill=\"%s\"/>\n", width, height, BACKGROUND);
    fputs("<g font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"15\" "
          "xml:space=\"preserve\" "
          "style=\"white-space:pre\">\n",
          f);
    for (int r = 0; r < rows; r++)
        draw_row(f, p, r, columns);
    if (pty_cursor_shown(p))
        fprintf(f, "<rect x=\"%d\" y=\"%d\" width=\"2\" height=\"%d\" fill=\"%s\"/>\n",
                MARGIN + pty_cursor_column(p) * CELL_WIDTH, MARGIN + pty_cursor_row(p) * CELL_HEIGHT + 2,
                CELL_HEIGHT - 4, FOREGROUND);
    fputs("</g>\n</svg>\n", f);
    fclose(f);
}

static void take(void **state)
{
    (void)state;
    struct pty_options o = {.store = arguments[3]};
    if (sscanf(arguments[2], "%dx%d", &o.rows, &o.columns) != 2)
        fail_msg("%s is no ROWSxCOLUMNS", arguments[2]);
    if (strcmp(arguments[4], "-") != 0)
        o.clock = arguments[4];
    struct pty *p = pty_start(&o);
    pty_wait(p);
    for (char **keys = arguments + 5; *keys; keys++) {
        char bytes[4096];
        if (strlen(*keys) < sizeof bytes)
            pty_send_n(p, bytes, unescape(*keys, bytes));
    }
    draw(arguments[1], p, o.rows, o.columns);
    pty_free(p);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest job[] = {cmocka_unit_test(take)};
    if (argc < 5) {
        fprintf(stderr, "usage: screenshot OUT.svg ROWSxCOLUMNS STORE CLOCK [KEYS ...]\n");
        return 2;
    }
    arguments = argv;
    return cmocka_run_group_tests(job, NULL, NULL);
}
