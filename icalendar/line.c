#include "icalendar/line.h"

#include "core/text.h"
#include "icalendar/fold.h"

enum { DAY_SECONDS = 86400 };

void ics_bench_release(struct ics_bench *b)
{
    buf_release(&b->safe);
    buf_release(&b->line);
}

static void end_line(struct buf *out)
{
    buf_add(out, "\r\n", 2);
}

/* ---- texts ---- */

/* `text` ends in a NUL and has no other: text_safe() leaves none. */
static void add_escaped(struct buf *out, const char *text)
{
    for (size_t n; n = strcspn(text, "\\;,\n"), buf_add(out, text, n), text[n]; text += n + 1) {
        const char pair[] = {'\\', text[n] == '\n' ? 'n' : text[n]};
        buf_add(out, pair, sizeof pair);
    }
}

void ics_line_text(struct buf *out, struct ics_bench *b, const char *name, struct str text)
{
    buf_reset(&b->safe);
    buf_reset(&b->line);
    text_safe(&b->safe, text, true);
    buf_add_z(&b->line, name);
    buf_add_char(&b->line, ':');
    if (b->safe.n)
        add_escaped(&b->line, b->safe.p);
    ics_fold_line(out, buf_str(&b->line));
    end_line(out);
    out->failed = out->failed || b->safe.failed || b->line.failed;
}

/* ---- what never needs folding ---- */

static void begin_line(struct buf *out, const char *name)
{
    buf_add_z(out, name);
    buf_add_char(out, ':');
}

void ics_line_number(struct buf *out, const char *name, int64_t number)
{
    begin_line(out, name);
    buf_add_int(out, number);
    end_line(out);
}

void ics_line_word(struct buf *out, const char *name, const char *word)
{
    begin_line(out, name);
    buf_add_z(out, word);
    end_line(out);
}

static char *put_digits(char *at, int value, int digits)
{
    for (int i = digits; i-- > 0; value /= 10)
        at[i] = (char)('0' + value % 10);
    return at + digits;
}

/* 20261120 */
static char *put_date(char *at, civil_day day)
{
    struct civil c = civil_to_ymd(day);
    return put_digits(put_digits(put_digits(at, c.year, 4), c.month, 2), c.day, 2);
}

void ics_line_day(struct buf *out, const char *name, civil_day day)
{
    char text[sizeof "20261120"];
    buf_add_z(out, name);
    buf_add_z(out, ";VALUE=DATE:");
    buf_add(out, text, (size_t)(put_date(text, day) - text));
    end_line(out);
}

void ics_line_moment(struct buf *out, const char *name, int64_t utc_second)
{
    char text[sizeof "20261120T023045Z"], *at;
    int64_t day = utc_second / DAY_SECONDS - (utc_second % DAY_SECONDS < 0);
    int second = (int)(utc_second - day * DAY_SECONDS);
    at = put_date(text, (civil_day)day);
    *at++ = 'T';
    at = put_digits(put_digits(put_digits(at, second / 3600, 2), second / 60 % 60, 2), second % 60, 2);
    *at++ = 'Z';
    begin_line(out, name);
    buf_add(out, text, (size_t)(at - text));
    end_line(out);
}
