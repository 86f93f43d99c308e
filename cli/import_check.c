/* The first reading of a spreadsheet that is brought in: what would become of each row. */
#include "cli/csv_in.h"
#include "cli/import_cells.h"
#include "cli/import_job.h"
#include "cli/progress.h"
#include <stdlib.h>

enum { VIEW_ROWS = 4096, DUE_TOO_EARLY = 0x20, NO_RESULT_DATE = 0x40, UNKNOWN_PROCEDURE = 0x80 };

/* ---- one row ---- */

/* The file's own word for a column. */
static struct str name_of(const struct import_job *job, enum import_column column)
{
    for (size_t i = 0; i < job->file.columns; i++)
        if (job->file.column[i] == column)
            return import_cell_trim(job->file.name[i]);
    return column < COLUMNS_EXPORTED ? str_of(import_column_title(column, job->cli->lang)) : STR_NONE;
}

/* The column of the time that a rule refuses; COLUMN_UNKNOWN where it is not one of this row. */
static enum import_column refused_time(const struct import_judged *judged)
{
    const struct command *c = &judged->row.command;
    const struct {
        enum import_column column;
        civil_minute at;
        bool ahead, before_receipt, before_turn, before_result; /* may be refused so */
    } times[] = {
        {COLUMN_RECEIVED_AT, c->at, true, false, false, false},
        {COLUMN_SUBMITTED_AT, c->import.submitted, true, false, false, false},
        {COLUMN_WAITING_SINCE, c->import.waiting_since, true, true, false, false},
        {COLUMN_RESOLVED_AT, c->import.resolved, true, true, true, false},
        {COLUMN_RETURNED_AT, c->import.returned, true, false, false, true},
    };
    enum outcome_kind kind = judged->why.kind;
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        bool may_be = (kind == KIND_future_time && times[i].ahead) ||
                      (kind == KIND_before_receipt && times[i].before_receipt) ||
                      (kind == KIND_before_turn && times[i].before_turn) ||
                      (kind == KIND_before_result && times[i].before_result);
        if (may_be && times[i].at != NO_TIME && times[i].at == judged->why.arg[0].number)
            return times[i].column;
    }
    return COLUMN_UNKNOWN;
}

static void add_refusal(struct buf *out, const struct import_job *job, const struct import_judged *judged)
{
    struct buf sentence = BUF_INIT;
    enum import_column column = refused_time(judged);
    outcome_message(&sentence, job->cli->lang, &judged->why);
    if (column == COLUMN_UNKNOWN)
        buf_add_str(out, buf_str(&sentence));
    else
        LANG_SAY(out, job->cli->lang, T_cli_import_in_column, name_of(job, column), buf_str(&sentence));
    out->failed = out->failed || sentence.failed;
    buf_release(&sentence);
}

void import_reason(struct buf *out, const struct import_job *job, const struct import_line *line,
                   const struct import_judged *judged)
{
    enum lang lang = job->cli->lang;
    if (!line->utf8) {
        LANG_SAY(out, lang, T_cli_import_not_utf8, STR_NONE);
    } else if (line->stray) {
        LANG_SAY(out, lang, T_cli_import_stray, STR_NONE);
    } else if (!line->readable) {
        struct buf has = BUF_INIT, wants = BUF_INIT;
        buf_add_int(&has, (int64_t)line->cells);
        buf_add_int(&wants, (int64_t)job->file.columns);
        LANG_SAY(out, lang, T_cli_import_cells, buf_str(&has), buf_str(&wants));
        buf_release(&has);
        buf_release(&wants);
    } else if (judged->row.fault != T_nothing) {
        LANG_SAY(out, lang, T_cli_import_in_column, name_of(job, judged->row.column),
                 str_of(lang_text(lang, judged->row.fault)));
    } else {
        add_refusal(out, job, judged);
    }
}

/* What is void there is nothing to bring in; void here as well, it is as it was. */
static enum import_fate fate_of_void(const struct dossier *known, struct outcome *why)
{
    if (!known)
        return FATE_VOID;
    if (known->facts.state == STATE_VOID)
        return FATE_UNCHANGED;
    *why = outcome_of(KIND_import_conflict);
    outcome_code(why, known->code);
    outcome_label(why, T_label_state);
    return FATE_CONFLICT;
}

/* The dossier of the row's code, into *known; NULL where there is none. */
static const struct dossier *find_known(struct cli *c, const struct import_line *line, struct dossier *known)
{
    uint64_t id;
    struct str code = import_row_code(&line->known);
    bool found = code.n && view_known_code(c->view, code, &id) && view_dossier(c->view, id, known);
    return found ? known : NULL;
}

static bool read_row(struct import_job *job, const struct import_line *line, const struct dossier *known,
                     const struct moment *moment, struct arena *text, struct import_row *out,
                     struct outcome *fault)
{
    struct cli *c = job->cli;
    const struct import_terms terms = {.office = c->office, .now = civil_from_utc(moment->now, c->offset)};
    import_row_read(&line->known, known, &terms, text, out);
    *fault = view_fault(c->view);
    if (outcome_ok(fault) && text->failed)
        *fault = outcome_of(KIND_out_of_memory);
    return outcome_ok(fault);
}

bool import_read_row(struct import_job *job, const struct import_line *line, bool is_known,
                     const struct moment *moment, struct arena *text, struct import_row *out,
                     struct outcome *fault)
{
    struct dossier known;
    const struct dossier *found = is_known ? find_known(job->cli, line, &known) : NULL;
    return read_row(job, line, found, moment, text, out, fault);
}

/* In the rejects of an earlier import U+FFFD stands for what could not be read: nobody has mended it yet. */
static void find_spoilt(const struct import_job *job, const struct import_line *line, struct import_row *row)
{
    bool ours = false;
    for (size_t i = 0; i < job->file.columns && !ours; i++)
        ours = str_eq(job->file.name[i], STR(REJECT_REASON));
    for (size_t c = 0; ours && c < COLUMNS_KNOWN && row->fault == T_nothing; c++) {
        struct str s = line->known.cell[c];
        if (s.n && memmem(s.p, s.n, "\xEF\xBF\xBD", 3)) {
            row->column = (enum import_column)c;
            row->fault = T_cli_import_spoilt;
        }
    }
}

bool import_judge_row(struct import_job *job, const struct import_line *line, const struct moment *moment,
                      struct arena *text, struct import_judged *out, struct outcome *fault)
{
    struct dossier known;
    out->why.kind = KIND_done;
    out->row.fault = T_nothing;
    out->row.unknown_procedure = out->row.no_result_date = out->row.due_too_early = false;
    out->row.month_first = COLUMN_CODE;
    out->fate = FATE_REJECTED;
    if (!line->readable)
        return true;
    const struct dossier *found = find_known(job->cli, line, &known);
    if (!read_row(job, line, found, moment, text, &out->row, fault))
        return false;
    find_spoilt(job, line, &out->row);
    if (out->row.fault != T_nothing)
        return true;
    if (out->row.is_void) {
        out->fate = fate_of_void(found, &out->why);
        return true;
    }
    out->fate = (enum import_fate)import_judge(job->cli->office, found, &out->row.command, moment, &out->why,
                                               out->entry);
    if (out->fate == FATE_REJECTED && outcome_class(out->why.kind) == FAILED)
        *fault = out->why;
    return outcome_ok(fault);
}

/* ---- what is kept of it ---- */

/* Letters' case does not matter in codes. */
uint64_t import_code_hash(const struct import_line *line)
{
    struct str code = line->readable ? import_row_code(&line->known) : STR_NONE;
    uint64_t h = UINT64_C(0x9e3779b97f4a7c15) ^ code.n;
    if (!code.n)
        return 0;
    for (size_t i = 0; i < code.n; i++) {
        unsigned char b = (unsigned char)code.p[i];
        b = b >= 'A' && b <= 'Z' ? (unsigned char)(b - 'A' + 'a') : b;
        h = (h ^ b) * UINT64_C(0xd6e8feb86659fd93);
        h ^= h >> 32;
    }
    return h ? h : 1;
}

void import_set_fate(struct import_job *job, size_t row, enum import_fate fate)
{
    job->fate[row] = (uint8_t)((job->fate[row] & ~FATE_MASK) | fate);
}

static bool grow_rows(struct import_job *job)
{
    size_t cap = job->cap ? 2 * job->cap : 4096;
    if (job->rows < job->cap)
        return true;
    uint8_t *fate = cap < UINT32_MAX ? realloc(job->fate, cap) : NULL;
    if (!fate)
        return false;
    job->fate = fate;
    uint64_t *hash = realloc(job->hash, cap * sizeof *hash);
    if (!hash)
        return false;
    job->hash = hash;
    job->cap = cap;
    return true;
}

/* Where the row with that hash is noted, or would be. */
static uint32_t *place_of(const struct import_job *job, uint64_t hash)
{
    size_t i = (size_t)hash & (job->places - 1);
    while (job->last[i] && job->hash[job->last[i] - 1] != hash)
        i = (i + 1) & (job->places - 1);
    return &job->last[i];
}

static bool grow_places(struct import_job *job)
{
    if (job->places / 2 > job->rows)
        return true;
    uint32_t *before = job->last;
    size_t places = job->places, wanted = places ? 2 * places : 8192;
    job->last = calloc(wanted, sizeof *job->last);
    if (!job->last) {
        job->last = before;
        return false;
    }
    job->places = wanted;
    for (size_t i = 0; i < places; i++)
        if (before[i])
            *place_of(job, job->hash[before[i] - 1]) = before[i];
    free(before);
    return true;
}

static void add_line(struct import_lines *lines, size_t row, size_t line)
{
    if (lines->count == IMPORT_KEPT)
        return;
    lines->row[lines->count] = row;
    lines->line[lines->count++] = line;
}

static void forget_line(struct import_lines *lines, size_t row)
{
    size_t kept = 0;
    for (size_t i = 0; i < lines->count; i++) {
        lines->row[kept] = lines->row[i];
        lines->line[kept] = lines->line[i];
        kept += lines->row[i] != row;
    }
    lines->count = kept;
}

static void forget_told(struct import_job *job, size_t row)
{
    forget_line(&job->early, row);
    size_t kept = 0;
    for (size_t i = 0; i < job->tolds; i++) {
        if (job->told[i].row == row)
            buf_release(&job->told[i].sentence);
        else
            job->told[kept++] = job->told[i];
    }
    job->tolds = kept;
}

void import_tell_later(struct import_job *job, size_t row, const struct import_line *line,
                       const struct import_judged *judged)
{
    size_t same = 0;
    for (size_t i = 0; i < job->tolds; i++)
        same += job->told[i].fate == judged->fate;
    if (same >= IMPORT_KEPT / 2)
        return;
    struct buf reason = BUF_INIT, number = BUF_INIT;
    struct import_told *t = &job->told[job->tolds++];
    bool conflict = judged->fate == FATE_CONFLICT;
    *t = (struct import_told){.row = row, .line = line->line, .fate = judged->fate, .sentence = BUF_INIT};
    t->why = outcome_of(conflict ? KIND_row_conflict : KIND_bad_row);
    import_reason(&reason, job, line, judged);
    buf_add_int(&number, (int64_t)line->line);
    outcome_text(&t->why, job->file.path);
    outcome_number(&t->why, (int64_t)line->line);
    outcome_text(&t->why, buf_str(&reason));
    LANG_SAY(&t->sentence, job->cli->lang, T_cli_import_line, job->file.path, buf_str(&number),
             buf_str(&reason));
    buf_release(&reason);
    buf_release(&number);
}

static unsigned remarks_of(const struct import_judged *judged)
{
    return (judged->row.unknown_procedure ? UNKNOWN_PROCEDURE : 0u) |
           (judged->row.no_result_date ? NO_RESULT_DATE : 0u) |
           (judged->row.due_too_early ? DUE_TOO_EARLY : 0u);
}

static bool comes_in(unsigned fate)
{
    return fate <= FATE_UNCHANGED;
}

/* The last row of a code is the one that counts. */
static bool note(struct import_job *job, const struct import_line *line, const struct import_judged *judged)
{
    size_t row = job->rows;
    if (!grow_rows(job) || !grow_places(job))
        return false;
    job->hash[row] = import_code_hash(line);
    job->fate[row] = (uint8_t)(judged->fate | remarks_of(judged));
    job->rows++;
    if (judged->row.due_too_early && comes_in(judged->fate))
        add_line(&job->early, row, line->line);
    if (judged->fate == FATE_REJECTED || judged->fate == FATE_CONFLICT)
        import_tell_later(job, row, line, judged);
    if (!job->hash[row])
        return true;
    uint32_t *last = place_of(job, job->hash[row]);
    if (*last) {
        import_set_fate(job, *last - 1, FATE_REPEATED);
        forget_told(job, *last - 1);
        add_line(&job->repeats, row, line->line);
    }
    *last = (uint32_t)job->rows;
    return true;
}

/* ---- all of them ---- */

struct checking {
    struct import_job *job;
    struct watch watch;
    struct moment moment;
    struct arena text;
    struct buf entry;
    struct outcome fault;
    bool stopped;
};

static uint64_t rows_in_all(const struct checking *k, const struct import_line *line)
{
    uint64_t size = (uint64_t)k->job->file.seen.st_size, rows = k->job->rows + 1;
    return line->bytes && size > line->bytes ? (uint64_t)((double)rows * (double)size / (double)line->bytes)
                                             : rows;
}

static bool check_row(void *arg, const struct import_line *line)
{
    struct checking *k = arg;
    struct import_judged judged = {.entry = &k->entry};
    if (k->job->rows % VIEW_ROWS == VIEW_ROWS - 1) { /* an old view keeps pages from those who write */
        k->fault = cli_view(k->job->cli);
        if (!outcome_ok(&k->fault))
            return false;
    }
    bool fine = import_judge_row(k->job, line, &k->moment, &k->text, &judged, &k->fault);
    if (fine && judged.row.month_first != COLUMN_CODE && !k->job->month_first_line) {
        k->job->month_first = judged.row.month_first;
        k->job->month_first_line = line->line;
    }
    if (fine && !note(k->job, line, &judged)) {
        k->fault = outcome_of(KIND_out_of_memory);
        fine = false;
    }
    if (fine && judged.fate == FATE_ADDED)
        import_kept_add(&k->job->kept, k->job->rows - 1, view_office_seq(k->job->cli->view), &k->entry);
    if (k->text.last)
        arena_release(&k->text);
    k->stopped = fine && !watch_tell(&k->watch, k->job->rows, rows_in_all(k, line));
    return fine && !k->stopped;
}

static void count(struct import_job *job)
{
    memset(job->count, 0, sizeof job->count);
    job->unknown_procedures = job->no_result_date = job->due_too_early = 0;
    for (size_t i = 0; i < job->rows; i++) {
        unsigned fate = job->fate[i] & FATE_MASK;
        job->count[fate]++;
        job->unknown_procedures += job->fate[i] & UNKNOWN_PROCEDURE && fate <= FATE_CONFLICT;
        job->no_result_date += job->fate[i] & NO_RESULT_DATE && comes_in(fate);
        job->due_too_early += job->fate[i] & DUE_TOO_EARLY && comes_in(fate);
    }
}

int import_check(struct import_job *job, bool dry_run)
{
    struct progress p;
    progress_begin(&p, job->cli->lang, T_cli_import_checking);
    p.paced = true;
    struct checking k = {
        .job = job, .watch = progress_watch(&p), .moment = cli_moment(job->cli), .text = ARENA_INIT};
    if (!dry_run)
        import_kept_begin(&job->kept);
    struct outcome o = import_file_walk(&job->file, check_row, &k);
    if (!outcome_ok(&k.fault))
        o = k.fault;
    if (outcome_ok(&o))
        o = import_file_check(&job->file);
    if (outcome_ok(&o) && job->month_first_line && !k.stopped) /* 05/06 of that column may be either */
        o = csv_in_fault(job->file.path, job->month_first_line, name_of(job, job->month_first),
                         T_cli_import_month_column);
    arena_release(&k.text);
    buf_release(&k.entry);
    count(job);
    int status = progress_end(&p, k.stopped);
    if (status == 0 && !outcome_ok(&o))
        status = cli_tell(job->cli, &o);
    return status;
}
