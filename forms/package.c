#include "forms/package.h"

#include <stdio.h>
#include <zlib.h>

/* As PKWARE's APPNOTE has it, without the 64-bit extensions. */
enum {
    END_SIZE = 22,
    ENTRY_SIZE = 46,
    LOCAL_SIZE = 30,
    DEFLATED = 8,
};

static uint32_t number_at(struct str s, size_t at, int bytes)
{
    uint32_t n = 0;
    for (int i = bytes - 1; i >= 0; i--)
        n = n << 8 | (unsigned char)s.p[at + (size_t)i];
    return n;
}

static bool has(struct str s, size_t at, size_t n, const char *mark)
{
    return at <= s.n && n <= s.n - at && memcmp(s.p + at, mark, 4) == 0;
}

/* The compressed bytes of the entry whose directory record begins at `at`. */
static bool data_of(struct str archive, size_t at, struct str *out)
{
    size_t n = number_at(archive, at + 20, 4), local = number_at(archive, at + 42, 4);
    if (number_at(archive, at + 10, 2) != DEFLATED || !has(archive, local, LOCAL_SIZE, "PK\3\4"))
        return false;
    size_t from = local + LOCAL_SIZE + number_at(archive, local + 26, 2) + number_at(archive, local + 28, 2);
    if (from > archive.n || n > archive.n - from)
        return false;
    *out = (struct str){archive.p + from, n};
    return true;
}

static bool find(struct str archive, const char *name, struct str *out)
{
    if (archive.n < END_SIZE || !has(archive, archive.n - END_SIZE, END_SIZE, "PK\5\6"))
        return false;
    size_t at = number_at(archive, archive.n - 6, 4), left = number_at(archive, archive.n - 12, 2);
    for (; left > 0 && has(archive, at, ENTRY_SIZE, "PK\1\2"); left--) {
        size_t length = number_at(archive, at + 28, 2);
        if (length > archive.n - at - ENTRY_SIZE)
            return false;
        if (str_eq(str_of(name), (struct str){archive.p + at + ENTRY_SIZE, length}))
            return data_of(archive, at, out);
        at += ENTRY_SIZE + length + number_at(archive, at + 30, 2) + number_at(archive, at + 32, 2);
    }
    return false;
}

/* How far a word that holds its first letter once has been met. */
static size_t met(const char *word, size_t so_far, char c)
{
    return word[so_far] && c == word[so_far] ? so_far + 1 : c == word[0];
}

struct counted {
    int64_t rows;
    size_t row, end; /* met of the words below */
};

static void count(struct counted *k, const unsigned char *bytes, size_t n)
{
    static const char row[] = "<row ", end[] = "</worksheet>";
    for (size_t i = 0; i < n; i++) {
        k->row = met(row, k->row, (char)bytes[i]);
        k->end =
            met(end, k->end, (char)bytes[i]); /* behind its last letter it can meet nothing but its first */
        k->rows += k->row == sizeof row - 1;
    }
}

int64_t package_rows(struct str archive, int sheet)
{
    char name[64];
    struct str data;
    snprintf(name, sizeof name, "xl/worksheets/sheet%d.xml", sheet);
    z_stream z = {0};
    if (!find(archive, name, &data) || inflateInit2(&z, -MAX_WBITS) != Z_OK)
        return -1;
    struct counted k = {0};
    unsigned char bytes[1 << 14];
    z.next_in = (Bytef *)(uintptr_t)data.p; /* never written */
    z.avail_in = (uInt)data.n;
    int state = Z_OK;
    while (state == Z_OK) {
        z.next_out = bytes;
        z.avail_out = sizeof bytes;
        state = inflate(&z, Z_NO_FLUSH);
        count(&k, bytes, sizeof bytes - z.avail_out);
    }
    inflateEnd(&z);
    return state == Z_STREAM_END && k.end == sizeof "</worksheet>" - 1 ? k.rows : -1;
}
