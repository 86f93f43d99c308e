#include "forms/rtf.h"

#include "core/report_shares.h"
#include "core/report_words.h"
#include "core/text.h"

enum {
    /* twentieths of a point */
    PAGE_WIDTH = 16838, /* A4 across */
    PAGE_HEIGHT = 11906,
    MARGIN = 850, /* 15 mm */
    TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN,
    CELL_GAP = 70,
    LETTERS = 150,   /* of the tables' size across the page */
    SPILL = 1 << 15, /* bytes */
};

/* What is being written, the rest of it not yet sent on. */
struct rtf {
    const struct report *report;
    const struct sheet_face *face;
    struct form_sink sink;
    struct buf out, text;
    int border[REPORT_COLUMNS]; /* of the table at hand */
    enum form_result result;
};

static void fail(struct rtf *w, enum form_result result)
{
    if (w->result == FORM_WRITTEN)
        w->result = result;
}

static void flush(struct rtf *w)
{
    if (w->out.failed || w->text.failed)
        fail(w, FORM_NO_MEMORY);
    if (w->result == FORM_WRITTEN && w->out.n && !w->sink.put(w->sink.arg, w->out.p, w->out.n))
        fail(w, FORM_SINK_FAILED);
    buf_reset(&w->out);
}

static void put(struct rtf *w, const char *words)
{
    buf_add_z(&w->out, words);
}

/* ---- text ---- */

/* A UTF-16 unit, as a signed number, and what a reader without Unicode shows in its place: a question mark,
 * written so that unrtf takes no more than it for that. */
static void put_unit(struct rtf *w, int unit)
{
    buf_addf(&w->out, "\\u%d\\'3f", unit > 0x7FFF ? unit - 0x10000 : unit);
}

static void put_character(struct rtf *w, int32_t c)
{
    if (c == '\n') {
        put(w, "\\line ");
    } else if (c == '\\' || c == '{' || c == '}') {
        buf_add_char(&w->out, '\\');
        buf_add_char(&w->out, (char)c);
    } else if (c < 0x80) {
        buf_add_char(&w->out, (char)c);
    } else if (c <= 0xFFFF) {
        put_unit(w, c);
    } else {
        put_unit(w, 0xD800 + ((c - 0x10000) >> 10));
        put_unit(w, 0xDC00 + ((c - 0x10000) & 0x3FF));
    }
}

static void put_text(struct rtf *w, struct str s)
{
    struct buf safe = BUF_INIT;
    text_safe(&safe, s, true);
    for (size_t at = 0; at < safe.n;)
        put_character(w, text_next(buf_str(&safe), &at));
    w->out.failed = w->out.failed || safe.failed;
    buf_release(&safe);
}

static struct str label(const struct rtf *w, enum text_id id)
{
    return str_of(lang_text(w->face->lang, id));
}

/* A paragraph; nothing for an absent text. */
static void put_line(struct rtf *w, const char *look, struct str text)
{
    if (!text.n)
        return;
    put(w, "{\\pard\\plain\\f0");
    put(w, look);
    put(w, " ");
    put_text(w, text);
    put(w, "\\par}\n");
}

/* ---- the file's head ---- */

static void put_property(struct rtf *w, const char *name, struct str text)
{
    if (!text.n)
        return;
    put(w, name);
    put_text(w, text);
    put(w, "}");
}

/* As civil_from_utc() has it, in UTC: the file's date depends on no zone. */
static void put_written(struct rtf *w)
{
    civil_minute t = civil_from_utc(w->face->written, 0);
    struct civil day = civil_to_ymd(civil_day_of(t));
    int minute = civil_minute_of_day(t);
    buf_addf(&w->out, "{\\creatim\\yr%d\\mo%d\\dy%d\\hr%d\\min%d}", day.year, day.month, day.day, minute / 60,
             minute % 60);
}

static void put_head(struct rtf *w)
{
    const struct sheet_face *face = w->face;
    int language = face->lang == LANG_EN ? 1033 : 1066; /* en-US, vi-VN */
    buf_addf(&w->out,
             "{\\rtf1\\ansi\\ansicpg1252\\uc1\\deff0\\deflang%d\n"
             "{\\fonttbl{\\f0\\froman\\fcharset0\\fprq2 Times New Roman;}}\n"
             "{\\colortbl;\\red0\\green0\\blue0;\\red231\\green237\\blue243;\\red255\\green242\\blue204;}\n",
             language);
    put(w, "{\\info");
    put_property(w, "{\\title ", face->title);
    put_property(w, "{\\company ", face->office);
    put_property(w, "{\\author ", face->creator);
    put_written(w);
    buf_addf(&w->out,
             "}\n\\paperw%d\\paperh%d\\landscape\\margl%d\\margr%d\\margt%d\\margb%d\\widowctrl\n"
             "\\sectd\\lndscpsxn\\pgwsxn%d\\pghsxn%d\n",
             PAGE_WIDTH, PAGE_HEIGHT, MARGIN, MARGIN, MARGIN, MARGIN, PAGE_WIDTH, PAGE_HEIGHT);
    buf_addf(&w->out,
             "{\\footer\\pard\\plain\\f0\\fs20\\lang%d\\qc {\\field{\\*\\fldinst PAGE}{\\fldrslt 1}}/"
             "{\\field{\\*\\fldinst NUMPAGES}{\\fldrslt 1}}\\par}\n",
             language);
}

/* ---- tables ---- */

/* Where the right borders are; the last ends at the margin whatever the shares add up to. */
static void set_borders(int border[REPORT_COLUMNS], const struct report_part *part, enum lang lang)
{
    int share[REPORT_COLUMNS], all = 0, here = 0;
    report_shares(part, lang, LETTERS, share);
    for (size_t i = 0; i < part->columns; i++)
        all += share[i];
    for (size_t i = 0; i < part->columns; i++) {
        here += share[i];
        border[i] = (int)((int64_t)here * TEXT_WIDTH / all);
    }
}

#define BORDERS                                                                                              \
    "\\clbrdrt\\brdrs\\brdrw10\\clbrdrl\\brdrs\\brdrw10\\clbrdrb\\brdrs\\brdrw10\\clbrdrr\\brdrs\\brdrw10"

static void begin_row(struct rtf *w, const struct report_part *part, bool head, int fill)
{
    buf_addf(&w->out, "\\trowd\\trgaph%d\\trleft0\\trkeep%s\n", CELL_GAP, head ? "\\trhdr" : "");
    for (size_t i = 0; i < part->columns; i++) {
        put(w, BORDERS);
        if (fill)
            buf_addf(&w->out, "\\clcbpat%d", fill);
        buf_addf(&w->out, "\\cellx%d\n", w->border[i]);
    }
}

static void put_cell(struct rtf *w, const char *look, struct str text)
{
    put(w, "{\\pard\\plain\\f0\\intbl");
    put(w, look);
    put(w, " ");
    put_text(w, text);
    put(w, "\\cell}\n");
}

static void put_titles(struct rtf *w, const struct report_part *part)
{
    begin_row(w, part, true, 2);
    for (size_t i = 0; i < part->columns; i++)
        put_cell(w, "\\fs20\\b\\qc", label(w, part->column[i].title));
    put(w, "\\row\n");
    if (!part->numbered)
        return;
    begin_row(w, part, true, 0);
    for (size_t i = 0; i < part->columns; i++) {
        buf_reset(&w->text);
        buf_addf(&w->text, "(%d)", (int)i + 1);
        put_cell(w, "\\fs20\\i\\qc", buf_str(&w->text));
    }
    put(w, "\\row\n");
}

static const char *look_of(enum cell_type type, bool bold)
{
    static const char *const looks[][2] = {
        {"\\fs20\\ql", "\\fs20\\ql\\b"}, {"\\fs20\\qr", "\\fs20\\qr\\b"}, {"\\fs20\\qc", "\\fs20\\qc\\b"}};
    return looks[report_is_number(type) ? 1 : type >= CELL_DATE ? 2 : 0][bold];
}

static void put_row(struct rtf *w, const struct report_part *part, const struct report_row *row)
{
    begin_row(w, part, false, row->kind == ROW_ALERT ? 3 : 0);
    for (size_t i = 0; i < part->columns; i++) {
        const struct report_cell *c = &row->cell[i];
        buf_reset(&w->text);
        bool absent =
            (c->type == CELL_DATE && c->number == NO_DAY) || (c->type == CELL_TIME && c->number == NO_TIME);
        if (!absent)
            report_cell_say(&w->text, w->face->lang, c);
        put_cell(w, look_of(c->type, row->kind == ROW_TOTAL), buf_str(&w->text));
    }
    put(w, "\\row\n");
    if (w->out.n > SPILL)
        flush(w);
}

static void put_none(struct rtf *w)
{
    buf_addf(&w->out, "\\trowd\\trgaph%d\\trleft0\\trkeep%s\\cellx%d\n", CELL_GAP, BORDERS, TEXT_WIDTH);
    put_cell(w, "\\fs20\\i\\qc", label(w, T_report_none));
    put(w, "\\row\n");
}

static void put_part(struct rtf *w, const struct report_part *part)
{
    put_line(w, "\\fs26\\b\\sb200\\sa80\\keepn", label(w, part->heading));
    put_line(w, "\\fs22\\i\\sa40\\keepn", label(w, part->counted));
    set_borders(w->border, part, w->face->lang);
    put_titles(w, part);
    if (!part->count)
        put_none(w);
    for (size_t i = 0; i < part->count && w->result == FORM_WRITTEN; i++)
        put_row(w, part, &part->row[i]);
    put(w, "{\\pard\\plain\\f0\\fs12\\par}\n"); /* two tables without anything between them become one */
}

/* ---- what is signed ---- */

struct piece {
    const char *look;
    struct str text;
};

/* Columns side by side without borders, the lines of each one below the other; absent ones take no room. */
static void put_columns(struct rtf *w, const struct piece *piece, size_t columns, size_t lines)
{
    buf_addf(&w->out, "\\trowd\\trgaph%d\\trleft0\\trkeep\n", CELL_GAP);
    for (size_t c = 0; c < columns; c++)
        buf_addf(&w->out, "\\cellx%d\n", (int)((c + 1) * TEXT_WIDTH / columns));
    for (size_t c = 0; c < columns; c++, piece += lines) {
        bool first = true;
        put(w, "{\\pard\\plain\\f0\\intbl\\qc\\keepn ");
        for (size_t i = 0; i < lines; i++) {
            if (!piece[i].text.n)
                continue;
            put(w, first ? "{" : "\\line {");
            put(w, piece[i].look);
            put(w, " ");
            put_text(w, piece[i].text);
            put(w, "}");
            first = false;
        }
        put(w, "\\cell}\n");
    }
    put(w, "\\row\n{\\pard\\plain\\f0\\fs12\\par}\n");
}

static void put_paper_head(struct rtf *w, const struct head_block *h)
{
    const struct piece pieces[] = {
        {"\\fs24", h->parent},        {"\\fs24\\b", h->agency},
        {"\\fs24\\b", h->desk},       {"\\fs24", h->number},
        {"\\fs24\\b", h->country},    {"\\fs26\\b", h->motto},
        {"\\fs24\\i", h->place_date}, {"", STR_NONE},
    };
    put_columns(w, pieces, 2, 4);
}

static void put_signatures(struct rtf *w, const struct block *b)
{
    struct piece pieces[SIGNERS * 4];
    size_t count = b->signatures.count < SIGNERS ? b->signatures.count : SIGNERS;
    for (size_t i = 0; i < count; i++) {
        const struct signature *s = &b->signatures.who[i];
        pieces[i * 4] = (struct piece){"\\fs24\\i", s->above};
        pieces[i * 4 + 1] = (struct piece){"\\fs24\\b", s->title};
        pieces[i * 4 + 2] = (struct piece){"\\fs22\\i", s->how};
        /* the room for a hand is three lines */
        pieces[i * 4 + 3] = (struct piece){"\\fs24\\b\\line\\line\\line", s->name};
    }
    if (!count)
        return;
    put(w, "{\\pard\\plain\\f0\\fs16\\keepn\\par}\n");
    put_columns(w, pieces, count, 4);
}

enum form_result rtf_write(const struct report *r, const struct sheet_face *face, struct form_sink sink)
{
    if (r->failed)
        return FORM_NO_MEMORY;
    struct rtf w = {.report = r, .face = face, .sink = sink};
    put_head(&w);
    if (face->head)
        put_paper_head(&w, &face->head->head);
    else
        put_line(&w, "\\fs26\\b", face->office);
    put_line(&w, "\\fs30\\b\\qc\\sb120\\sa120", face->title);
    for (size_t i = 0; i < face->lines; i++)
        put_line(&w, "\\fs24\\sa40", face->above[i]);
    for (size_t i = 0; i < r->parts; i++)
        put_part(&w, &r->part[i]);
    for (size_t i = 0; i < face->notes; i++)
        put_line(&w, "\\fs24\\sa40", face->below[i]);
    if (face->signatures)
        put_signatures(&w, face->signatures);
    put(&w, "}\n");
    flush(&w);
    buf_release(&w.out);
    buf_release(&w.text);
    return w.result;
}
