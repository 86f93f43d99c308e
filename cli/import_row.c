#include "cli/import_row.h"

#include "cli/import_cells.h"
#include "cli/import_words.h"
#include "core/text.h"

enum { DAY_ENDS = 17 * 60 };

struct reading_row {
    const struct import_cells *in;
    const struct dossier *known;
    const struct import_terms *terms;
    const struct calendar *calendar;
    struct arena *text;
    struct import_row *out;
};

static void fail(struct reading_row *r, enum import_column column, enum text_id fault)
{
    if (r->out->fault == T_nothing) {
        r->out->column = column;
        r->out->fault = fault;
    }
}

static void say(struct reading_row *r, uint32_t what)
{
    r->out->command.import.said |= what;
}

/* ---- texts ---- */

static bool has_break(struct str s)
{
    return s.n && (memchr(s.p, '\n', s.n) || memchr(s.p, '\r', s.n) || memchr(s.p, '\t', s.n));
}

/* A line break within a cell is how a spreadsheet wraps it: of what is one line here it is a blank. */
static struct str one_line(struct reading_row *r, struct str s)
{
    struct buf line = BUF_INIT;
    if (r->in->unbroken || !has_break(s))
        return s;
    for (size_t i = 0; i < s.n; i++) {
        bool breaks = memchr("\r\n\t", s.p[i], 3) != NULL;
        if (!breaks)
            buf_add_char(&line, s.p[i]);
        else if (line.n && line.p[line.n - 1] != ' ')
            buf_add_char(&line, ' ');
    }
    s = arena_str(r->text, buf_str(&line));
    r->text->failed = r->text->failed || line.failed;
    buf_release(&line);
    return s;
}

static struct str line_of(struct reading_row *r, enum import_column column, uint32_t what)
{
    struct str s = one_line(r, import_cell_trim(r->in->cell[column]));
    if (s.n)
        say(r, what);
    return s;
}

static struct str join(struct reading_row *r, struct str a, const char *between, struct str b)
{
    struct buf all = BUF_INIT;
    buf_add_str(&all, a);
    buf_add_z(&all, between);
    buf_add_str(&all, b);
    struct str s = arena_str(r->text, buf_str(&all));
    r->text->failed = r->text->failed || all.failed;
    buf_release(&all);
    return s;
}

struct str import_row_code(const struct import_cells *cells)
{
    return import_cell_trim(cells->cell[COLUMN_CODE]);
}

/* ---- the procedure ---- */

static bool in_catalogue(struct reading_row *r, struct str procedure)
{
    return office_find_procedure(r->terms->office, procedure) ||
           office_procedure_titled(r->terms->office, procedure);
}

/* By its code where there is one that somebody here knows, else by its title. */
static void take_procedure(struct reading_row *r)
{
    struct str code = line_of(r, COLUMN_PROCEDURE, SAID_PROCEDURE), kase = line_of(r, COLUMN_CASE, 0);
    struct str title = line_of(r, COLUMN_PROCEDURE_NAME, SAID_PROCEDURE);
    if (!title.n)
        title = line_of(r, COLUMN_SUMMARY, code.n ? 0 : SAID_PROCEDURE);
    if (code.n && kase.n)
        code = join(r, code, "#", kase);
    bool known = code.n && in_catalogue(r, code);
    struct str procedure = known || !title.n ? code : title;
    r->out->command.import.procedure = procedure;
    r->out->unknown_procedure = procedure.n && !known && !in_catalogue(r, procedure);
}

/* ---- whom it is about ---- */

/* A number whose digits a spreadsheet may have spoilt. As it stands here it is right. */
static struct str take_number(struct reading_row *r, enum import_column column, uint32_t what,
                              struct str stands, enum import_fault repair(struct str, struct buf *))
{
    struct str cell = line_of(r, column, what);
    struct buf mended = BUF_INIT;
    if (!cell.n || import_cell_is_whole_number(cell) || (r->known && str_eq(cell, stands)))
        return cell;
    if (repair(cell, &mended) != CELL_FINE)
        fail(r, column, T_cli_import_rounded);
    else if (!str_eq(buf_str(&mended), cell))
        cell = arena_str(r->text, buf_str(&mended));
    r->text->failed = r->text->failed || mended.failed;
    buf_release(&mended);
    return cell;
}

/* The commune where they live, as far as the address does not name it. */
static struct str take_address(struct reading_row *r)
{
    struct str address = line_of(r, COLUMN_ADDRESS, SAID_ADDRESS);
    struct str locality = line_of(r, COLUMN_LOCALITY, SAID_ADDRESS);
    struct buf whole = BUF_INIT, part = BUF_INIT;
    if (!address.n || !locality.n)
        return address.n ? address : locality;
    text_fold(&whole, address);
    text_fold(&part, locality);
    bool failed = whole.failed || part.failed;
    bool there = !failed && (!part.n || memmem(whole.p, whole.n, part.p, part.n));
    buf_release(&whole);
    buf_release(&part);
    r->text->failed = r->text->failed || failed;
    return there ? address : join(r, address, ", ", locality);
}

static bool take_flag(struct reading_row *r, enum import_column column, uint32_t what,
                      bool called(struct str, bool *), enum text_id fault)
{
    struct str word = line_of(r, column, what);
    bool flag = false;
    if (word.n && !called(word, &flag))
        fail(r, column, fault);
    return flag;
}

static void take_applicant(struct reading_row *r)
{
    static const struct applicant nobody = {.organization = false};
    const struct applicant *stands = r->known ? &r->known->receipt.applicant : &nobody;
    struct applicant *a = &r->out->command.import.applicant;
    a->name = line_of(r, COLUMN_APPLICANT, SAID_NAME);
    a->organization = take_flag(r, COLUMN_KIND, SAID_KIND, import_kind_called, T_cli_import_bad_kind);
    a->outside = take_flag(r, COLUMN_OUTSIDE, SAID_OUTSIDE, import_yes_no, T_cli_import_bad_flag);
    a->id_number = take_number(r, COLUMN_ID_NUMBER, SAID_ID_NUMBER, stands->id_number, import_cell_id_number);
    a->phone = take_number(r, COLUMN_PHONE, SAID_PHONE, stands->phone, import_cell_phone);
    a->email = line_of(r, COLUMN_EMAIL, SAID_EMAIL);
    a->address = take_address(r);
}

static enum channel take_channel(struct reading_row *r, enum import_column column, uint32_t what)
{
    struct str word = line_of(r, column, what);
    enum channel channel = CHANNEL_NONE;
    if (word.n && !import_channel_called(word, &channel))
        fail(r, column, T_cli_import_bad_channel);
    return channel;
}

/* Its lines stay; a tab in them is a blank. */
static void take_note(struct reading_row *r)
{
    struct str *note = &r->out->command.import.note;
    say(r, SAID_NOTE);
    if (r->in->unbroken || !memchr(note->p, '\t', note->n))
        return;
    struct buf plain = BUF_INIT;
    for (size_t i = 0; i < note->n; i++)
        buf_add_char(&plain, note->p[i] == '\t' ? ' ' : note->p[i]);
    *note = arena_str(r->text, buf_str(&plain));
    r->text->failed = r->text->failed || plain.failed;
    buf_release(&plain);
}

static void take_texts(struct reading_row *r)
{
    enum { MOST_SETS = 1000 };
    struct command *c = &r->out->command;
    c->import.code = import_row_code(r->in);
    if (!c->import.code.n)
        fail(r, COLUMN_CODE, T_cli_csv_empty);
    c->import.field = line_of(r, COLUMN_FIELD, SAID_FIELD);
    c->import.submitter = line_of(r, COLUMN_SUBMITTER, SAID_SUBMITTER);
    c->import.authority = line_of(r, COLUMN_AUTHORITY, SAID_AUTHORITY);
    c->import.officer = line_of(r, COLUMN_OFFICER, SAID_OFFICER);
    c->import.unit = line_of(r, COLUMN_UNIT, SAID_UNIT);
    if (!c->import.unit.n)
        c->import.unit = line_of(r, COLUMN_AGENCY, SAID_UNIT);
    c->import.receiver = line_of(r, COLUMN_RECEIVER, SAID_RECEIVER);
    c->import.result = line_of(r, COLUMN_RESULT, SAID_RESULT);
    c->import.note = r->in->cell[COLUMN_NOTE];
    if (import_cell_is_empty(c->import.note))
        c->import.note = STR_NONE;
    else
        take_note(r);
    c->import.channel = take_channel(r, COLUMN_CHANNEL, SAID_CHANNEL);
    c->import.collect = take_channel(r, COLUMN_COLLECT, SAID_COLLECT);
    struct str sets = line_of(r, COLUMN_SETS, SAID_SETS);
    if (sets.n && (import_cell_count(sets, &c->import.sets) != CELL_FINE || c->import.sets > MOST_SETS))
        fail(r, COLUMN_SETS, T_cli_import_bad_sets);
}

/* ---- times ---- */

enum when { RECEIVED, SUBMITTED, STATUTORY, DUE, WAITING, RESOLVED, RETURNED, TIMES };

static const struct {
    enum import_column column;
    uint32_t said;
} times[TIMES] = {
    [RECEIVED] = {COLUMN_RECEIVED_AT, SAID_RECEIVED},
    [SUBMITTED] = {COLUMN_SUBMITTED_AT, SAID_SUBMITTED},
    [STATUTORY] = {COLUMN_STATUTORY_DUE_AT, SAID_STATUTORY},
    [DUE] = {COLUMN_DUE_AT, SAID_DUE},
    [WAITING] = {COLUMN_WAITING_SINCE, SAID_WAITING},
    [RESOLVED] = {COLUMN_RESOLVED_AT, SAID_RESOLVED},
    [RETURNED] = {COLUMN_RETURNED_AT, SAID_RETURNED},
};

static enum text_id time_fault(enum import_fault fault)
{
    static const enum text_id words[] = {
        [CELL_BAD_TIME] = T_cli_import_bad_time,       [CELL_NO_DAY] = T_cli_import_no_day,
        [CELL_MONTH_FIRST] = T_cli_import_month_first, [CELL_SHORT_YEAR] = T_cli_import_short_year,
        [CELL_FAR_YEAR] = T_cli_import_far_year,
    };
    return words[fault];
}

static void stands_at(const struct dossier *d, civil_minute at[TIMES])
{
    at[RECEIVED] = d->facts.received;
    at[SUBMITTED] = d->receipt.submitted;
    at[STATUTORY] = d->appointment.due;
    at[DUE] = d->promised;
    at[WAITING] = d->facts.waiting_since;
    at[RESOLVED] = d->facts.resolved;
    at[RETURNED] = d->facts.returned;
}

/* Without an hour it goes to the hour that fits: not after `limit` nor before `least`, where those are of its
 * day. */
static civil_minute hour_for(const struct import_time *t, int usual, civil_minute least, civil_minute limit)
{
    civil_minute at = civil_at(t->day, usual);
    if (limit != NO_TIME && civil_day_of(limit) == t->day && at > limit)
        at = limit;
    if (least != NO_TIME && civil_day_of(least) == t->day && at < least)
        at = least;
    return at;
}

static civil_minute earlier(civil_minute a, civil_minute b)
{
    if (a == NO_TIME || b == NO_TIME)
        return a == NO_TIME ? b : a;
    return a < b ? a : b;
}

static civil_minute later(civil_minute a, civil_minute b)
{
    return a > b ? a : b; /* NO_TIME is before all */
}

/* The hours of dates alone, each after those it must not contradict. */
static void place_dates(struct reading_row *r, const struct import_time given[TIMES], civil_minute at[TIMES])
{
    civil_minute now = r->terms->now;
    const struct {
        enum when when;
        bool ends;
    } order[] = {{RECEIVED, false}, {SUBMITTED, false}, {STATUTORY, true}, {DUE, true},
                 {WAITING, false},  {RESOLVED, true},   {RETURNED, true}};
    for (size_t i = 0; i < TIMES; i++) {
        enum when when = order[i].when;
        const struct import_time *t = &given[when];
        if (t->day == NO_DAY || at[when] != NO_TIME)
            continue;
        int usual = order[i].ends ? DAY_ENDS : calendar_opens(r->calendar, t->day);
        civil_minute least = NO_TIME, limit = when == STATUTORY || when == DUE ? NO_TIME : now;
        if (when == RECEIVED) {
            civil_minute first = earlier(earlier(at[RESOLVED], at[RETURNED]), earlier(at[WAITING], at[DUE]));
            limit = first != NO_TIME && civil_day_of(first) == t->day ? earlier(first, limit) : limit;
        }
        if (when == SUBMITTED)
            limit = earlier(at[RECEIVED], limit);
        if (when == WAITING || when == RESOLVED)
            least = at[RECEIVED];
        if (when == RESOLVED && at[RETURNED] != NO_TIME && civil_day_of(at[RETURNED]) == t->day)
            limit = earlier(at[RETURNED], limit);
        if (when == RETURNED)
            least = later(at[RECEIVED], at[RESOLVED]);
        at[when] = hour_for(t, usual, least, limit);
    }
}

static void take_times(struct reading_row *r, civil_minute at[TIMES])
{
    struct import_time given[TIMES];
    civil_minute stands[TIMES];
    int offset = office_identity(r->terms->office)->utc_offset;
    if (r->known)
        stands_at(r->known, stands);
    for (int i = 0; i < TIMES; i++) {
        struct str cell = import_cell_trim(r->in->cell[times[i].column]);
        given[i] = (struct import_time){NO_DAY, -1};
        at[i] = NO_TIME;
        if (!cell.n)
            continue;
        enum import_fault fault = import_cell_time(cell, offset, &given[i]);
        if (fault == CELL_MONTH_FIRST && r->out->month_first == COLUMN_CODE)
            r->out->month_first = times[i].column;
        if (fault != CELL_FINE)
            fail(r, times[i].column, time_fault(fault));
        else if (given[i].minute >= 0)
            at[i] = civil_at(given[i].day, given[i].minute);
        else if (r->known && stands[i] != NO_TIME && civil_day_of(stands[i]) == given[i].day)
            at[i] = stands[i];
        say(r, times[i].said);
    }
    if (r->out->fault == T_nothing)
        place_dates(r, given, at);
}

/* ---- the state ---- */

/* What its days tell, where no word does. Of one that has ended here otherwise they tell nothing new. */
static void infer_state(struct reading_row *r, const civil_minute at[TIMES])
{
    enum dossier_state state = at[RETURNED] != NO_TIME   ? STATE_RETURNED
                               : at[RESOLVED] != NO_TIME ? STATE_RESOLVED
                                                         : STATE_PROCESSING;
    enum dossier_state stands = r->known ? r->known->facts.state : STATE_PROCESSING;
    bool news = state_is_open(stands) || (stands == STATE_RESOLVED && state == STATE_RETURNED);
    if (state != STATE_PROCESSING && news) {
        r->out->command.import.state = state;
        say(r, SAID_STATE);
    } else {
        r->out->command.import.state = stands;
    }
}

static void take_state(struct reading_row *r, const civil_minute at[TIMES])
{
    struct str word = line_of(r, COLUMN_STATUS, SAID_STATE);
    enum dossier_state state = STATE_PROCESSING;
    if (!word.n) {
        infer_state(r, at);
        return;
    }
    enum import_state known = import_state_called(word, &state);
    if (known != IMPORT_STATE_KNOWN)
        fail(r, COLUMN_STATUS,
             known == IMPORT_STATE_UNKNOWN ? T_cli_import_bad_state : T_cli_import_no_dossier);
    r->out->is_void = known == IMPORT_STATE_KNOWN && state == STATE_VOID;
    r->out->command.import.state = state;
}

/* Times that a state excludes are of an earlier one: the file keeps them, the dossier has them no more. */
static void drop_excluded(struct reading_row *r, civil_minute at[TIMES])
{
    enum dossier_state state = r->out->command.import.state;
    uint32_t gone = 0;
    /* What ended while the applicant was awaited is judged where the wait began. */
    bool may_wait = state_is_waiting(state) || state == STATE_REFUSED || state == STATE_WITHDRAWN ||
                    state == STATE_STOPPED;
    if (!may_wait) {
        at[WAITING] = NO_TIME;
        gone |= SAID_WAITING;
    }
    if (state_is_open(state)) {
        at[RESOLVED] = NO_TIME;
        gone |= SAID_RESOLVED;
    }
    if (state != STATE_RETURNED && state != STATE_REFUSED) {
        at[RETURNED] = NO_TIME;
        gone |= SAID_RETURNED;
    }
    r->out->command.import.said &= ~gone;
}

/* Its end will be made up, or was when it came in first. */
static bool has_no_end(const struct reading_row *r, const civil_minute at[TIMES])
{
    const struct dossier *d = r->known;
    const struct command *c = &r->out->command;
    bool ended = (c->import.said & SAID_STATE) && !state_is_open(c->import.state) && !r->out->is_void;
    if (!ended || at[RESOLVED] != NO_TIME || at[RETURNED] != NO_TIME)
        return false;
    return !d || d->facts.resolved == NO_TIME ||
           (d->imported && (d->facts.resolved == d->promised || d->facts.resolved == d->facts.received));
}

/* Does a time by which it is due name a day before that of its receipt? Somebody mistyped one of the two. */
static bool is_due_too_early(const struct command *c)
{
    if (c->at == NO_TIME)
        return false;
    civil_day received = civil_day_of(c->at);
    return (c->import.due != NO_TIME && civil_day_of(c->import.due) < received) ||
           (c->import.statutory_due != NO_TIME && civil_day_of(c->import.statutory_due) < received);
}

void import_row_read(const struct import_cells *cells, const struct dossier *known,
                     const struct import_terms *terms, struct arena *text, struct import_row *out)
{
    struct reading_row r = {
        .in = cells,
        .known = known,
        .terms = terms,
        .calendar = office_calendar(terms->office),
        .text = text,
        .out = out,
    };
    civil_minute at[TIMES];
    *out = (struct import_row){.command = {.kind = COMMAND_IMPORT}, .fault = T_nothing};
    take_texts(&r);
    take_procedure(&r);
    take_applicant(&r);
    take_times(&r, at);
    take_state(&r, at);
    drop_excluded(&r, at);
    out->no_result_date = has_no_end(&r, at);
    struct command *c = &out->command;
    c->at = at[RECEIVED];
    c->import.submitted = at[SUBMITTED];
    c->import.statutory_due = at[STATUTORY];
    c->import.due = at[DUE];
    c->import.waiting_since = at[WAITING];
    c->import.resolved = at[RESOLVED];
    c->import.returned = at[RETURNED];
    if (c->at == NO_TIME && known)
        c->at = known->facts.received;
    else if (c->at == NO_TIME && !out->is_void)
        fail(&r, COLUMN_RECEIVED_AT, T_cli_csv_empty);
    out->due_too_early = is_due_too_early(c);
    if (!c->import.said && known) /* nothing said is no change; 0 would mean that all is said */
        c->import.said = SAID_RECEIVED;
}
