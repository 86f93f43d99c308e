/* Prints gen/fold_table.h: for every character what text_fold() makes of it. Runs while motcua is built,
 * because asking utf8proc at run time is twenty times slower than a table.
 *
 * Folding is defined on single characters, so that a text folds alike in NFC and in NFD:
 *   1. what has a canonical decomposition folds as its parts do;
 *   2. marks (and all else that canonical ordering may move) and invisible characters go; blanks become the
 * plain blank;
 *   3. letters with a bar or a hook, apostrophes and dashes fold as listed below;
 *   4. what is compatible with ASCII letters and digits alone folds to those (ﬁ, ², Ａ, №);
 *   5. the rest goes to lower case.
 * The result of folding folds to itself; that and the growth in bytes are checked here. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#define BLOCK 32
#define END 0x30000 /* beyond, only plane 14 folds to anything else: to nothing */
#define PLANE_14 0xE0000
#define PLANE_14_END 0xE1000
#define HANGUL_FIRST 0xAC00 /* syllables: text_fold() takes them apart by arithmetic */
#define HANGUL_LAST 0xD7A3
#define NOTHING 0x110000 /* above every character */
#define SEVERAL 0x110001 /* plus the place in fold_several */
#define MAX_FOLD 24
#define MAX_BLOCKS 512
#define MAX_SEVERAL 4096

/* Small letters, and signs, without a decomposition in Unicode, but read as the base letter. Vietnamese đ,
 * also as the eth and the African d that old converters leave behind; ƀ and its like in the names of the
 * Central Highlands (Bahnar, Jrai, Ê Đê); apostrophes as in H'Wen and dashes, which word processors replace.
 */
static const struct {
    int32_t from;
    const char *to;
} read_as[] = {
    {0x0111, "d"},  {0x00F0, "d"},  {0x0256, "d"},  {0x0257, "d"}, {0x0180, "b"}, {0x0253, "b"},
    {0x01E5, "g"},  {0x0127, "h"},  {0x0131, "i"},  {0x0268, "i"}, {0x0249, "j"}, {0x0142, "l"},
    {0x019A, "l"},  {0x00F8, "o"},  {0x024D, "r"},  {0x0167, "t"}, {0x0289, "u"}, {0x024F, "y"},
    {0x01B6, "z"},  {0x00E6, "ae"}, {0x0153, "oe"}, {0x00B4, "'"}, {0x02B9, "'"}, {0x02BB, "'"},
    {0x02BC, "'"},  {0x02BD, "'"},  {0x2018, "'"},  {0x2019, "'"}, {0x201B, "'"}, {0x2032, "'"},
    {0x201C, "\""}, {0x201D, "\""}, {0x201F, "\""}, {0x2010, "-"}, {0x2011, "-"}, {0x2012, "-"},
    {0x2013, "-"},  {0x2014, "-"},  {0x2015, "-"},  {0x2212, "-"},
};

struct fold {
    int32_t c[MAX_FOLD];
    int n;
};

static uint32_t fold_of[END];
static uint32_t blocks[MAX_BLOCKS][BLOCK];
static unsigned block_of[END / BLOCK];
static int32_t several[MAX_SEVERAL];
static int block_count, several_count;

static void die(const char *what, int32_t c)
{
    fprintf(stderr, "make_fold_table: %s (U+%04X)\n", what, (unsigned)c);
    exit(1);
}

static int decompose(int32_t c, int32_t out[MAX_FOLD], int options)
{
    utf8proc_ssize_t n = utf8proc_decompose_char(c, out, MAX_FOLD, (utf8proc_option_t)options, NULL);
    if (n < 0 || n > MAX_FOLD)
        die("cannot decompose", c);
    return (int)n;
}

static bool is_blank(int32_t c)
{
    int category = utf8proc_category(c);
    return (c >= 0x09 && c <= 0x0D) || c == 0x85 || category == UTF8PROC_CATEGORY_ZS ||
           category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

static bool is_dropped(int32_t c)
{
    switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CC: return true;
    default: return utf8proc_get_property(c)->combining_class != 0;
    }
}

static void put(struct fold *f, int32_t c)
{
    if (f->n == MAX_FOLD)
        die("folds to too much", c);
    f->c[f->n++] = c;
}

static bool put_read_as(struct fold *f, int32_t c)
{
    for (size_t i = 0; i < sizeof read_as / sizeof read_as[0]; i++) {
        if (read_as[i].from != c)
            continue;
        for (const char *z = read_as[i].to; *z; z++)
            put(f, *z);
        return true;
    }
    return false;
}

static bool put_compatible(struct fold *f, int32_t c)
{
    int32_t parts[MAX_FOLD];
    struct fold ascii = {.n = 0};
    int n = decompose(c, parts, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT);
    for (int i = 0; i < n; i++) {
        int32_t part = utf8proc_tolower(parts[i]);
        if (is_dropped(part))
            continue;
        if (!(part >= 'a' && part <= 'z') && !(part >= '0' && part <= '9'))
            return false;
        put(&ascii, part);
    }
    for (int i = 0; i < ascii.n; i++)
        put(f, ascii.c[i]);
    return ascii.n > 0;
}

static void fold(struct fold *f, int32_t c, int depth)
{
    int32_t parts[MAX_FOLD];
    if (depth > 8)
        die("folding does not settle", c);
    int n = decompose(c, parts, UTF8PROC_DECOMPOSE);
    if (n != 1 || parts[0] != c) {
        for (int i = 0; i < n; i++)
            fold(f, parts[i], depth + 1);
        return;
    }
    if (is_blank(c)) {
        put(f, ' ');
        return;
    }
    if (is_dropped(c) || put_read_as(f, c) || put_compatible(f, c))
        return;
    /* Through case folding for ß and ς; to lower case again for the scripts that fold to capitals (Cherokee).
     */
    n = decompose(c, parts, UTF8PROC_CASEFOLD);
    for (int i = 0; i < n; i++) {
        int32_t lower = utf8proc_tolower(parts[i]);
        if (n == 1 && lower == c)
            put(f, c);
        else
            fold(f, lower, depth + 1);
    }
}

static int bytes_of(int32_t c)
{
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

static bool same(const struct fold *a, const struct fold *b)
{
    return a->n == b->n && memcmp(a->c, b->c, (size_t)a->n * sizeof a->c[0]) == 0;
}

static void check_settled(const struct fold *f, int32_t c)
{
    struct fold again = {.n = 0};
    for (int i = 0; i < f->n; i++)
        fold(&again, f->c[i], 0);
    if (!same(f, &again))
        die("what it folds to folds further", c);
}

static uint32_t place_of(const struct fold *f, int32_t c)
{
    for (int at = 0; at < several_count; at += several[at] + 1)
        if (several[at] == f->n && memcmp(several + at + 1, f->c, (size_t)f->n * sizeof f->c[0]) == 0)
            return SEVERAL + (uint32_t)at;
    if (several_count + f->n + 1 > MAX_SEVERAL)
        die("MAX_SEVERAL is too small", c);
    int at = several_count;
    several[several_count++] = f->n;
    for (int i = 0; i < f->n; i++)
        several[several_count++] = f->c[i];
    return SEVERAL + (uint32_t)at;
}

/* Fills fold_of; returns how many bytes a byte can fold to, rounded up. */
static int fold_everything(void)
{
    int growth = 1;
    for (int32_t c = 0; c < NOTHING; c++) {
        if ((c >= 0xD800 && c < 0xE000) || (c >= HANGUL_FIRST && c <= HANGUL_LAST))
            continue;
        struct fold f = {.n = 0};
        fold(&f, c, 0);
        check_settled(&f, c);
        if (c >= END) {
            bool tag = c >= PLANE_14 && c < PLANE_14_END;
            if (tag ? f.n == 1 && utf8proc_category(c) != UTF8PROC_CATEGORY_CN : f.n != 1 || f.c[0] != c)
                die("not foreseen: it lies past the end of the table", c);
            continue;
        }
        int bytes = 0;
        for (int i = 0; i < f.n; i++)
            bytes += bytes_of(f.c[i]);
        while (bytes > growth * bytes_of(c))
            growth++;
        if (f.n == 0)
            fold_of[c] = NOTHING;
        else if (f.n > 1)
            fold_of[c] = place_of(&f, c);
        else if (f.c[0] != c)
            fold_of[c] = (uint32_t)f.c[0];
    }
    return growth;
}

static void gather_blocks(void)
{
    for (int b = 0; b < END / BLOCK; b++) {
        const uint32_t *these = fold_of + b * BLOCK;
        int same_as = 0;
        while (same_as < block_count && memcmp(blocks[same_as], these, sizeof blocks[0]))
            same_as++;
        if (same_as == MAX_BLOCKS)
            die("MAX_BLOCKS is too small", b * BLOCK);
        if (same_as == block_count)
            memcpy(blocks[block_count++], these, sizeof blocks[0]);
        block_of[b] = (unsigned)same_as;
    }
}

static void print_table(int growth)
{
    printf("/* Made by data/make_fold_table.c with utf8proc %s (Unicode %s). */\n", utf8proc_version(),
           utf8proc_unicode_version());
    printf("#define FOLD_BLOCK %d\n#define FOLD_END 0x%X\n", BLOCK, END);
    printf("#define FOLD_TAGS 0x%X\n#define FOLD_TAGS_END 0x%X\n", PLANE_14, PLANE_14_END);
    printf("#define FOLD_NOTHING 0x%X\n#define FOLD_SEVERAL 0x%X\n", NOTHING, SEVERAL);
    printf("#define FOLD_GROWTH %d /* a byte folds to at most so many, Hangul syllables too */\n\n",
           growth < 3 ? 3 : growth);

    printf("static const unsigned short fold_block_of[%d] = {", END / BLOCK);
    for (int b = 0; b < END / BLOCK; b++)
        printf("%s%u,", b % 24 ? "" : "\n", block_of[b]);
    printf("\n};\n\n/* 0: itself */\nstatic const unsigned fold_blocks[%d][FOLD_BLOCK] = {\n", block_count);
    for (int b = 0; b < block_count; b++) {
        printf("{");
        for (int i = 0; i < BLOCK; i++)
            printf("%s%u,", i % 16 ? "" : "\n", blocks[b][i]);
        printf("\n},\n");
    }
    printf("};\n\n/* how many, then the characters */\nstatic const int fold_several[%d] = {", several_count);
    for (int i = 0; i < several_count; i++)
        printf("%s%d,", i % 16 ? "" : "\n", several[i]);
    printf("\n};\n");
}

int main(void)
{
    int growth = fold_everything();
    gather_blocks();
    print_table(growth);
    if (ferror(stdout) || fflush(stdout) != 0) {
        perror("make_fold_table");
        return 1;
    }
    return 0;
}
