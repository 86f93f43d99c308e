#include "cli/csv_text.h"

#include "core/text.h"

bool csv_text_is_workbook(struct str beginning)
{
    return str_starts(beginning, STR("PK\3\4")) || str_starts(beginning, STR("\xD0\xCF\x11\xE0"));
}

static size_t begin(struct csv_text *t, struct str s)
{
    t->begun = true;
    if (str_starts(s, STR("\xEF\xBB\xBF")))
        return 3;
    t->big = str_starts(s, STR("\xFE\xFF"));
    t->wide = t->big || str_starts(s, STR("\xFF\xFE"));
    if (t->wide)
        return 2;
    /* Without a mark: letters of a header are below U+0100. */
    t->big = s.n >= 4 && !s.p[0] && s.p[1] && !s.p[2] && s.p[3];
    t->wide = t->big || (s.n >= 4 && s.p[0] && !s.p[1] && s.p[2] && !s.p[3]);
    return 0;
}

static int32_t unit(const struct csv_text *t, const unsigned char *p)
{
    return t->big ? p[0] << 8 | p[1] : p[1] << 8 | p[0];
}

static void put(struct buf *out, int32_t c)
{
    if (c >= 0xD800 && c < 0xE000)
        buf_add_char(out, '\xFF'); /* half a pair */
    else if (c < 0x80)
        buf_add_char(out, (char)c);
    else
        text_put(out, c);
}

/* What stands in t->byte, as far as it is whole. */
static void take_units(struct csv_text *t, struct buf *out)
{
    int32_t first = unit(t, t->byte);
    bool leads = first >= 0xD800 && first < 0xDC00;
    if (t->bytes < 2 || (leads && t->bytes < 4))
        return;
    int32_t second = leads ? unit(t, t->byte + 2) : 0;
    if (!leads) {
        put(out, first);
        t->bytes = 0;
    } else if (second >= 0xDC00 && second < 0xE000) {
        text_put(out, 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00));
        t->bytes = 0;
    } else {
        put(out, first);
        memmove(t->byte, t->byte + 2, 2);
        t->bytes = 2;
        take_units(t, out);
    }
}

void csv_text_add(struct csv_text *t, struct str s, struct buf *out)
{
    if (!t->begun)
        s = str_from(s, begin(t, s));
    if (!t->wide) {
        buf_add_str(out, s);
        return;
    }
    for (size_t i = 0; i < s.n; i++) {
        t->byte[t->bytes++] = (unsigned char)s.p[i];
        take_units(t, out);
    }
}
