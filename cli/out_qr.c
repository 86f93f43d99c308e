#include "cli/out_qr.h"

#include "cli/out_form.h"
#include "cli/reading.h"
#include "core/collection.h"
#include "core/text.h"
#include "forms/qr.h"
#include "icalendar/appointment.h"

#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { Q_OUTPUT, Q_FIT };

static const struct option_spec options[] = {
    [Q_OUTPUT] = {.name = "output",
                  .type = OPTION_WORD,
                  .help = T_ical_qr_opt_output,
                  .value = T_ical_qr_value_file,
                  .letter = 'o'},
    [Q_FIT] = {.name = "fit", .type = OPTION_WORD, .help = T_ical_qr_opt_fit, .value = T_ical_qr_value_fit},
};

enum picture { PICTURE_NONE, PICTURE_PNG, PICTURE_SVG };

/* A code and what it says. */
struct code {
    struct cli *cli;
    const struct dossier *dossier;
    civil_minute due;
    struct winsize room; /* to fit into; 0 columns: the terminal there is */
    struct buf content;  /* the VEVENT */
    enum appointment_size size;
    struct qr qr;
    bool trimmed;     /* half of the quiet zone above and below it is left out */
    struct buf words; /* what is said above it on a terminal: lines */
};

enum { TRIMMED = 1, PROMPT = 1 }; /* rows: of the quiet zone above and below; of the prompt under it all */

/* What is said above a code. */
enum words { WORDS_WHOLE, WORDS_SHORT };

/* ---- the appointment ---- */

static int refuse(struct cli *c, const struct dossier *d, enum collection which, civil_minute due)
{
    static const enum text_id why[] = {
        [COLLECTION_WAITING] = T_ical_qr_waiting,       [COLLECTION_ENDED] = T_ical_qr_ended,
        [COLLECTION_READY] = T_ical_qr_ready,           [COLLECTION_PAST] = T_ical_qr_past,
        [COLLECTION_PAST_AGAIN] = T_ical_qr_past_again, [COLLECTION_NO_DUE] = T_ical_qr_no_due,
    };
    struct outcome o = outcome_of(KIND_no_appointment);
    outcome_text(&o, d->code);
    outcome_labelled(&o, why[which], due);
    return cli_tell(c, &o);
}

static bool is_at_desk(const struct dossier *d)
{
    return d->receipt.collect == CHANNEL_NONE || d->receipt.collect == CHANNEL_DIRECT;
}

/* What the phone gets, and the code of it. */
static enum form_result encode(struct code *q, enum appointment_size size, bool for_screen)
{
    struct cli *c = q->cli;
    const struct dossier *d = q->dossier;
    const struct office_identity *office = office_identity(c->office);
    bool at_desk = is_at_desk(d);
    struct buf uid = BUF_INIT, title = BUF_INIT, short_title = BUF_INIT;
    buf_add_str(&uid, d->code);
    buf_add_char(&uid, '@');
    buf_add_str(&uid, office->agency);
    if (c->demo) {
        buf_addf(&title, "%s ", cli_text(c, T_ical_qr_demo));
        buf_addf(&short_title, "%s ", cli_text(c, T_ical_qr_demo));
    }
    LANG_SAY(&title, c->lang, at_desk ? T_ical_qr_title : T_ical_qr_title_sent, d->code);
    LANG_SAY(&short_title, c->lang, T_ical_qr_short_title, d->code);
    const struct appointment_item item = {
        .uid = buf_str(&uid),
        .when = civil_to_utc(q->due, c->offset),
        .stamp = d->last.seq ? d->last.recorded_at : civil_to_utc(d->facts.received, c->offset),
        .title = buf_str(&title),
        .short_title = buf_str(&short_title),
        .place = at_desk ? office->name : STR_NONE,
    };
    buf_reset(&q->content);
    appointment_write(&q->content, &item, size);
    bool failed = q->content.failed || uid.failed || title.failed || short_title.failed;
    buf_release(&uid);
    buf_release(&title);
    buf_release(&short_title);
    qr_release(&q->qr);
    q->size = size;
    if (failed)
        return FORM_NO_MEMORY;
    return for_screen ? qr_make_for_screen(&q->qr, buf_str(&q->content))
                      : qr_make(&q->qr, buf_str(&q->content));
}

/* ---- on the terminal ---- */

static void add_line(struct buf *out, struct str line, bool color)
{
    /* Fixed black on white, whatever the terminal's own colours are. */
    buf_add_z(out, color ? "\033[38;5;16;48;5;231m" : "");
    buf_add_str(out, line);
    buf_add_z(out, color ? "\033[0m\n" : "\n");
}

/* Rows and columns of the blocks. */
static struct winsize blocks_of(const struct code *q)
{
    unsigned short side = (unsigned short)(q->qr.side + 2 * QR_QUIET);
    int rows = (side + 1) / 2;
    return (struct winsize){.ws_row = (unsigned short)(rows - (q->trimmed ? 2 * TRIMMED : 0)),
                            .ws_col = side};
}

/* Of a small code. */
static enum text_id what_is_missing(const struct code *q)
{
    bool had_place = q->size == APPOINTMENT_BARE && is_at_desk(q->dossier);
    return had_place ? T_ical_qr_no_place_nor_alarm : T_ical_qr_no_alarm;
}

/* Which dossier, when, and what to do: what must be said; where there is room, what is missing as well. */
static void add_sentences(struct buf *out, const struct code *q, enum words how)
{
    const struct cli *c = q->cli;
    struct buf due = BUF_INIT;
    bool whole = how == WORDS_WHOLE;
    lang_time(&due, c->lang, q->due);
    LANG_SAY(out, c->lang, whole ? T_ical_qr_shown : T_ical_qr_shown_short, q->dossier->code, buf_str(&due));
    if (whole && q->size != APPOINTMENT_WHOLE) {
        buf_add_char(out, ' ');
        LANG_SAY(out, c->lang, T_ical_qr_small, str_of(cli_text(c, what_is_missing(q))));
    }
    out->failed = out->failed || due.failed;
    buf_release(&due);
}

/* Above a code of a terminal this wide. The whole line that a demo store begins with elsewhere would take a
 * row that the code needs. Returns the rows. */
static int say_above(struct code *q, enum words how, int columns)
{
    const struct cli *c = q->cli;
    struct buf line = BUF_INIT;
    int rows = 0;
    if (c->demo)
        buf_addf(&line, "%s ", cli_text(c, T_ical_qr_demo_store));
    add_sentences(&line, q, how);
    buf_reset(&q->words);
    struct str rest = buf_str(&line);
    for (size_t skip; rest.n; rest = str_from(rest, skip), rows++) {
        buf_add_str(&q->words, str_first(rest, text_wrap(rest, columns, &skip)));
        buf_add_char(&q->words, '\n');
    }
    q->words.failed = q->words.failed || line.failed;
    buf_release(&line);
    return rows;
}

static void draw(struct code *q)
{
    struct cli *c = q->cli;
    struct buf blocks = BUF_INIT;
    int row = 0, cut = q->trimmed ? TRIMMED : 0, rows = blocks_of(q).ws_row + 2 * cut;
    buf_add_str(&c->out, buf_str(&q->words));
    qr_text(&blocks, &q->qr, !c->color);
    for (struct str rest = buf_str(&blocks); rest.n; row++) {
        const char *end = memchr(rest.p, '\n', rest.n);
        size_t n = end ? (size_t)(end - rest.p) : rest.n;
        if (row >= cut && row < rows - cut)
            add_line(&c->out, str_first(rest, n), c->color);
        rest = str_from(rest, n + 1);
    }
    c->out.failed = c->out.failed || q->words.failed || blocks.failed;
    buf_release(&blocks);
}

/* The terminal standard output goes to; false where there is none, or it does not know its size. */
static bool terminal_size(struct winsize *size)
{
    return isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, size) == 0 && size->ws_row &&
           size->ws_col;
}

static int too_small(struct cli *c, struct winsize have, struct winsize need)
{
    struct outcome o = outcome_of(KIND_terminal_too_small);
    outcome_number(&o, have.ws_row);
    outcome_number(&o, have.ws_col);
    outcome_number(&o, need.ws_row);
    outcome_number(&o, need.ws_col);
    return cli_tell(c, &o);
}

static int no_code(struct cli *c, enum form_result result)
{
    struct outcome o = outcome_of(KIND_out_of_memory);
    if (result == FORM_TOO_LONG) {
        o = outcome_of(KIND_form_too_long);
        outcome_text(&o, STR("-"));
    }
    return cli_tell(c, &o);
}

/* "80x24": columns and rows. */
static bool read_room(struct str text, struct winsize *out)
{
    unsigned short number[2] = {0, 0};
    size_t at = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == 'x' && i && ++at == 1)
            continue;
        if (at > 1 || text.p[i] < '0' || text.p[i] > '9' || number[at] > 999)
            return false;
        number[at] = (unsigned short)(number[at] * 10 + text.p[i] - '0');
    }
    *out = (struct winsize){.ws_col = number[0], .ws_row = number[1]};
    return number[0] && number[1];
}

/* Words, code and prompt in it? *need: what they take. */
static bool fits(struct code *q, enum words how, struct winsize have, struct winsize *need)
{
    *need = blocks_of(q);
    int columns = have.ws_col > need->ws_col ? have.ws_col : need->ws_col;
    int rows = need->ws_row + PROMPT + say_above(q, how, columns);
    need->ws_row = (unsigned short)rows;
    return rows <= have.ws_row && need->ws_col <= have.ws_col;
}

/* As much of it as there is room for: rather with a narrow margin, and few words, than less. */
static int show_within(struct code *q, struct winsize have)
{
    struct winsize need = {0};
    for (enum appointment_size size = APPOINTMENT_WHOLE; size < APPOINTMENT_SIZES; size++) {
        enum form_result result = encode(q, size, true);
        if (result != FORM_WRITTEN)
            return no_code(q->cli, result);
        for (int tight = 0; tight < 4; tight++) {
            q->trimmed = tight & 1;
            if (fits(q, tight & 2 ? WORDS_SHORT : WORDS_WHOLE, have, &need)) {
                draw(q);
                return 0;
            }
        }
    }
    return too_small(q->cli, have, need);
}

/* All of it where nobody is looking. */
static int show(struct code *q)
{
    struct winsize have = q->room;
    if (have.ws_col || terminal_size(&have))
        return show_within(q, have);
    enum form_result result = encode(q, APPOINTMENT_WHOLE, false);
    if (result != FORM_WRITTEN)
        return no_code(q->cli, result);
    cli_banner(q->cli);
    add_sentences(&q->words, q, WORDS_WHOLE);
    buf_add_char(&q->words, '\n');
    draw(q);
    return 0;
}

/* ---- as a picture ---- */

static enum picture picture_of(struct str path)
{
    struct str end = str_from(path, path.n < 4 ? path.n : path.n - 4);
    if (end.n == 4 && strncasecmp(end.p, ".png", 4) == 0)
        return PICTURE_PNG;
    return end.n == 4 && strncasecmp(end.p, ".svg", 4) == 0 ? PICTURE_SVG : PICTURE_NONE;
}

static int save(struct code *q, struct str path, enum picture picture)
{
    struct cli *c = q->cli;
    struct out_form f;
    enum form_result result = encode(q, APPOINTMENT_WHOLE, false);
    if (result != FORM_WRITTEN)
        return no_code(c, result);
    struct outcome o = out_form_open(&f, c, path, false);
    if (!outcome_ok(&o))
        return cli_tell(c, &o);
    struct form_sink sink = out_form_sink(&f);
    result = picture == PICTURE_PNG ? qr_png(&q->qr, sink) : qr_svg(&q->qr, sink);
    o = out_form_close(&f, c, out_form_outcome(&f, c, result));
    return outcome_ok(&o) ? 0 : cli_tell(c, &o);
}

/* ---- what became of it ---- */

static void say_json(const struct code *q, struct str code, struct str path)
{
    struct cli *c = q->cli;
    struct json j = json_onto(&c->out);
    json_object_begin(&j, NULL);
    json_str(&j, "code", code);
    json_minute(&j, "due_at", q->due, c->offset);
    json_text(&j, "file", path);
    json_int(&j, "version", q->qr.version);
    json_str(&j, "content", buf_str(&q->content));
    json_bool(&j, "demo", c->demo);
    json_object_end(&j);
    json_line(&j);
}

static void say_written(const struct code *q, struct str code, struct str path)
{
    struct cli *c = q->cli;
    struct buf due = BUF_INIT, shown = BUF_INIT;
    lang_time(&due, c->lang, q->due);
    text_safe(&shown, path, false);
    CLI_LINE(c, c->demo ? T_ical_qr_written_demo : T_ical_qr_written, code, buf_str(&due), buf_str(&shown));
    buf_release(&due);
    buf_release(&shown);
}

static int make(struct code *q, struct str path, enum picture picture)
{
    struct cli *c = q->cli;
    struct buf code = BUF_INIT; /* the view ends before what is written is put in place */
    buf_add_str(&code, q->dossier->code);
    int status = 0;
    if (path.n)
        status = save(q, path, picture);
    else if (!c->json)
        status = show(q);
    else if (encode(q, APPOINTMENT_WHOLE, false) != FORM_WRITTEN)
        status = cli_no_memory(c);
    if (status == 0 && c->json)
        say_json(q, buf_str(&code), path);
    else if (status == 0 && path.n)
        say_written(q, buf_str(&code), path);
    c->out.failed = c->out.failed || code.failed;
    buf_release(&code);
    return status;
}

static int qr(struct cli *c, struct args *a)
{
    struct str path = args_text(a, Q_OUTPUT);
    enum picture picture = picture_of(path);
    if (path.n && picture == PICTURE_NONE)
        return args_wrong(a, T_ical_qr_bad_file, path, STR_NONE);
    struct winsize room = {0};
    if (args_has(a, Q_FIT) && !read_room(args_text(a, Q_FIT), &room))
        return args_wrong(a, T_ical_qr_bad_fit, args_text(a, Q_FIT), STR_NONE);
    struct reading r;
    struct dossier d;
    uint64_t id;
    int status = reading_open(c, a, -1, -1, &r);
    if (status)
        return status;
    struct outcome o = view_find(c->view, a->operand[0], &id);
    if (!outcome_ok(&o))
        return cli_tell(c, &o);
    if (!view_dossier(c->view, id, &d))
        return 0; /* the view's fault is told at the end */
    civil_minute due;
    enum collection which = collection_of(&d, r.judge.now, &due);
    if (which != COLLECTION_AHEAD)
        return refuse(c, &d, which, due);
    struct code q = {.cli = c, .dossier = &d, .due = due, .room = room};
    status = make(&q, path, picture);
    qr_release(&q.qr);
    buf_release(&q.content);
    buf_release(&q.words);
    return status;
}

const struct verb verb_qr = {
    .name = "qr",
    .help = T_cli_help_qr,
    VERB_OPTIONS(options),
    .operand = T_cli_value_code,
    .least = 1,
    .most = 1,
    .run = qr,
};
