#include "core/report_face.h"

/* ---- lines ---- */

struct facing {
    struct report_face *face;
    const struct report *report;
    const struct office *office;
    enum lang lang;
};

/* A text of the table with its {1}, kept by the face. */
static struct str say(struct facing *f, enum text_id text, struct str argument)
{
    struct buf line = BUF_INIT;
    LANG_SAY(&line, f->lang, text, argument);
    struct str kept = arena_str(&f->face->text, buf_str(&line));
    f->face->failed = f->face->failed || line.failed || f->face->text.failed;
    buf_release(&line);
    return kept;
}

static struct str say_made(struct facing *f, enum text_id text, struct buf *argument)
{
    struct str kept = say(f, text, buf_str(argument));
    f->face->failed = f->face->failed || argument->failed;
    buf_release(argument);
    return kept;
}

static void above(struct facing *f, struct str line)
{
    if (line.n && f->face->lines < FACE_LINES)
        f->face->above[f->face->lines++] = line;
}

static void below(struct facing *f, struct str line)
{
    if (line.n && f->face->notes < FACE_LINES)
        f->face->below[f->face->notes++] = line;
}

/* ---- who, what ---- */

/* Was the office's text set to something of its own? The table speaks English where it was not. */
static bool is_own(struct str set, struct str fallback)
{
    return set.n && !str_eq(set, fallback);
}

static void name_it(struct facing *f)
{
    const struct settings *set = office_settings(f->office), usual = settings_default();
    struct report_face *face = f->face;
    face->office = office_identity(f->office)->name;
    face->title = str_of(lang_text(f->lang, report_title(f->report->kind)));
    if (f->report->kind != REPORT_II06A)
        return;
    if (set->report_title.n && (f->lang == LANG_VI || is_own(set->report_title, usual.report_title)))
        face->title = set->report_title;
    if (set->report_number.n)
        face->form = say(f, T_report_face_form, set->report_number);
    if (set->report_addressee.n)
        face->receiver = say(f, T_report_face_receiver, set->report_addressee);
}

/* ---- when ---- */

/* "hết ngày 14/12/2026", or the minute. */
static void add_moment(struct facing *f, struct buf *out, civil_minute t)
{
    struct buf day = BUF_INIT;
    if (civil_minute_of_day(t) == MINUTES_PER_DAY - 1) {
        lang_date(&day, f->lang, civil_day_of(t));
        LANG_SAY(out, f->lang, T_report_face_end_of, buf_str(&day));
    } else {
        lang_time(out, f->lang, t);
    }
    out->failed = out->failed || day.failed;
    buf_release(&day);
}

/* Knowledge is of one moment, what is pending of another: both are said, where anything is. */
static struct str say_when(struct facing *f)
{
    struct buf closing = BUF_INIT, known = BUF_INIT, line = BUF_INIT;
    civil_minute moment = civil_from_utc(f->report->known, office_identity(f->office)->utc_offset);
    lang_time(&known, f->lang, moment);
    if (f->face->period.n && !f->report->settled) {
        add_moment(f, &closing, f->report->closing);
        LANG_SAY(&line, f->lang, T_report_face_when, buf_str(&closing), buf_str(&known));
    } else {
        LANG_SAY(&line, f->lang, T_report_face_now, buf_str(&known));
    }
    struct str kept = arena_str(&f->face->text, buf_str(&line));
    f->face->failed =
        f->face->failed || closing.failed || known.failed || line.failed || f->face->text.failed;
    buf_release(&closing);
    buf_release(&known);
    buf_release(&line);
    return kept;
}

static void say_period(struct facing *f)
{
    struct buf period = BUF_INIT;
    if (f->report->period.from == NO_DAY)
        return;
    period_say(&period, f->lang, f->report->period);
    f->face->period = say_made(f, T_report_face_period, &period);
}

static struct str say_basis(const struct facing *f)
{
    if (!f->report->has_basis)
        return STR_NONE;
    enum text_id text = f->report->basis == BASIS_PROMISED ? T_report_face_promised : T_report_face_statutory;
    return str_of(lang_text(f->lang, text));
}

/* ---- below the tables ---- */

static void add_notes(struct facing *f, struct str head)
{
    const struct report *r = f->report;
    for (size_t i = r->leading; i < r->notes; i++)
        below(f, r->note[i]);
    /* A period that still runs has nothing after it. */
    if (r->has_entries_late && r->closing == civil_at(r->period.to + 1, 0) - 1) {
        struct buf n = BUF_INIT;
        buf_add_int(&n, (int64_t)r->entries_late);
        below(f, say_made(f, T_report_face_entries_late, &n));
        if (r->entries_imported) {
            struct buf brought = BUF_INIT;
            buf_add_int(&brought, (int64_t)r->entries_imported);
            below(f, say_made(f, T_report_face_entries_imported, &brought));
        }
    }
    if (head.n)
        below(f, say(f, T_report_face_head, head));
}

void report_face_init(struct report_face *face, const struct report *r, const struct office *office,
                      enum lang lang, struct str head)
{
    *face = (struct report_face){.text = ARENA_INIT};
    struct facing f = {face, r, office, lang};
    name_it(&f);
    if (office_identity(office)->demo)
        face->demo = str_of(lang_text(lang, T_report_face_demo));
    say_period(&f);
    above(&f, face->demo);
    above(&f, face->form);
    above(&f, face->receiver);
    above(&f, face->period);
    above(&f, say_when(&f));
    above(&f, say_basis(&f));
    above(&f, str_of(lang_text(lang, r->counted)));
    for (size_t i = 0; i < r->leading && i < r->notes; i++)
        above(&f, r->note[i]);
    add_notes(&f, head);
}

void report_face_release(struct report_face *f)
{
    arena_release(&f->text);
    *f = (struct report_face){.text = ARENA_INIT};
}
