#include "icalendar/appointment.h"

#include "core/civil.h"
#include "core/text.h"
#include "icalendar/fold.h"

enum { DAY_SECONDS = 86400 };

/* ---- lines ---- */

/* 20261120T093000Z */
static bool put_time(struct buf *out, const char *name, int64_t utc)
{
    int64_t day = utc / DAY_SECONDS - (utc % DAY_SECONDS < 0);
    int second = (int)(utc - day * DAY_SECONDS);
    if (day < civil_from_ymd(1, 1, 1) || day > civil_from_ymd(9999, 12, 31))
        return false;
    struct civil c = civil_to_ymd((civil_day)day);
    buf_addf(out, "%s:%04d%02d%02dT%02d%02d%02dZ\r\n", name, c.year, c.month, c.day, second / 3600,
             second / 60 % 60, second % 60);
    return true;
}

/* As section 3.3.11 has it. */
static void add_escaped(struct buf *out, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (strchr("\\;,", s.p[i]) && s.p[i])
            buf_add_char(out, '\\');
        buf_add_char(out, s.p[i]);
    }
}

/* The longest beginning of the text that a line holds. */
static void put_text(struct buf *out, const char *name, struct str text)
{
    struct buf safe = BUF_INIT, line = BUF_INIT;
    text_safe(&safe, text, false);
    struct str rest = buf_str(&safe);
    for (bool fits = !rest.n; !fits && !safe.failed && !line.failed; rest.n = text_prev(rest, rest.n)) {
        buf_reset(&line);
        buf_addf(&line, "%s:", name);
        add_escaped(&line, rest);
        buf_add_z(&line, rest.n < safe.n ? "…" : "");
        fits = line.n <= ICS_LINE_OCTETS || !rest.n;
    }
    buf_add_z(&line, line.n ? "\r\n" : "");
    buf_add_str(out, buf_str(&line));
    out->failed = out->failed || safe.failed || line.failed;
    buf_release(&safe);
    buf_release(&line);
}

/* Never cut, or it would not be the same: the one line that may have to be folded. */
static void put_uid(struct buf *out, struct str uid)
{
    struct buf line = BUF_INIT;
    buf_add_z(&line, "UID:");
    add_escaped(&line, uid);
    buf_add_z(&line, "\r\n");
    ics_fold(out, buf_str(&line));
    out->failed = out->failed || line.failed;
    buf_release(&line);
}

/* ---- the event ---- */

bool appointment_write(struct buf *out, const struct appointment_item *item, enum appointment_size size)
{
    bool whole = size == APPOINTMENT_WHOLE, fine = true;
    struct str title = size == APPOINTMENT_BARE ? item->short_title : item->title;
    buf_add_z(out, "BEGIN:VEVENT\r\n");
    if (whole) {
        put_uid(out, item->uid);
        fine = put_time(out, "DTSTAMP", item->stamp);
    }
    fine = put_time(out, "DTSTART", item->when) && fine;
    put_text(out, "SUMMARY", title);
    if (size != APPOINTMENT_BARE)
        put_text(out, "LOCATION", item->place);
    if (whole) {
        buf_add_z(out, "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-P1D\r\n");
        put_text(out, "DESCRIPTION", item->short_title);
        buf_add_z(out, "END:VALARM\r\n");
    }
    buf_add_z(out, "END:VEVENT\r\n");
    return fine;
}
