#include "cli/mail.h"

#include "cli/base64.h"
#include "core/civil.h"
#include "core/text.h"

enum {
    LINE = 76,
    ADDRESS = 254,
    WORD_BYTES = 39
}; /* a word of 39 bytes, and "Subject: " before it, are 73 letters */

bool mail_is_address(struct str text)
{
    size_t ats = 0;
    if (!text.n || text.n > ADDRESS || text.p[0] == '-' || text.p[0] == '@')
        return false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        ats += c == '@';
        if (!letter && (!c || !strchr("!#$%&'*+-/=?^_`{|}~.@", c)))
            return false;
    }
    return ats <= 1 && text.p[text.n - 1] != '@';
}

/* RFC 5322 section 3.3: always in English. */
static void add_date(struct buf *out, int64_t utc, int offset)
{
    static const char days[] = "MonTueWedThuFriSatSun", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    civil_minute t = civil_from_utc(utc, offset);
    civil_day day = civil_day_of(t);
    struct civil c = civil_to_ymd(day);
    int minute = civil_minute_of_day(t), away = offset < 0 ? -offset : offset;
    buf_addf(out, "Date: %.3s, %d %.3s %d %02d:%02d:%02d %c%02d%02d\n", days + 3 * (civil_weekday(day) - 1),
             c.day, months + 3 * (c.month - 1), c.year, minute / 60, minute % 60,
             (int)(utc - civil_to_utc(t, offset)), offset < 0 ? '-' : '+', away / 60, away % 60);
}

/* Encoded words (RFC 2047), none of which ends within a letter. */
static void add_subject(struct buf *out, struct str subject)
{
    struct buf safe = BUF_INIT;
    text_safe(&safe, subject, false);
    struct str rest = buf_str(&safe);
    buf_add_z(out, "Subject:");
    for (bool first = true; rest.n; first = false) {
        size_t n = rest.n;
        while (n > WORD_BYTES || (n < rest.n && ((unsigned char)rest.p[n] & 0xc0) == 0x80))
            n--;
        buf_add_z(out, first ? " =?UTF-8?B?" : "\n =?UTF-8?B?");
        base64_encode(out, str_first(rest, n));
        buf_add_z(out, "?=");
        rest = str_from(rest, n);
    }
    buf_add_char(out, '\n');
    out->failed = out->failed || safe.failed;
    buf_release(&safe);
}

static void add_body(struct buf *out, struct str body)
{
    struct buf lines = BUF_INIT, encoded = BUF_INIT;
    for (size_t i = 0; i < body.n; i++) {
        if (body.p[i] == '\n')
            buf_add_char(&lines, '\r');
        buf_add_char(&lines, body.p[i]);
    }
    base64_encode(&encoded, buf_str(&lines));
    for (struct str rest = buf_str(&encoded); rest.n; rest = str_from(rest, rest.n < LINE ? rest.n : LINE)) {
        buf_add_str(out, str_first(rest, rest.n < LINE ? rest.n : LINE));
        buf_add_char(out, '\n');
    }
    out->failed = out->failed || lines.failed || encoded.failed;
    buf_release(&lines);
    buf_release(&encoded);
}

void mail_write(struct buf *out, const struct mail *m, struct str body)
{
    add_date(out, m->date, m->offset);
    for (size_t i = 0; i < m->to_count; i++) {
        buf_add_z(out, i ? " " : "To: ");
        buf_add_str(out, m->to[i]);
        buf_add_z(out, i + 1 < m->to_count ? ",\n" : "\n");
    }
    add_subject(out, m->subject);
    buf_add_z(out, "MIME-Version: 1.0\n"
                   "Content-Type: text/plain; charset=UTF-8\n"
                   "Content-Transfer-Encoding: base64\n"
                   "Auto-Submitted: auto-generated\n" /* RFC 3834: nobody's absence notice answers it */
                   "\n");
    add_body(out, body);
}
