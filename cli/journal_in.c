#include "cli/journal_in.h"

#include "cli/base64.h"
#include "cli/in_file.h"
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>

enum { BLOCK = 1 << 16 };

struct journal_in {
    int fd;
    char *path;
    char block[BLOCK]; /* read, and not yet looked at from `at` on */
    size_t at, have;
    struct buf line;
    size_t number;    /* of that line, from 1 */
    struct head head; /* where the first line says the journal ends; seq 0: not yet read */
    struct head last; /* the last entry given out */
    struct buf body;  /* its bytes */
};

static struct outcome bad_line(const struct journal_in *j, enum text_id what)
{
    struct outcome o = outcome_of(KIND_bad_line);
    outcome_text(&o, str_of(j->path));
    outcome_number(&o, (int64_t)j->number);
    outcome_label(&o, what);
    return o;
}

/* ---- lines ---- */

/* The next bytes of the file; none at its end. */
static struct outcome fill(struct journal_in *j)
{
    ssize_t n;
    do
        n = read(j->fd, j->block, BLOCK);
    while (n < 0 && errno == EINTR);
    j->at = 0;
    j->have = n > 0 ? (size_t)n : 0;
    return n < 0 ? in_file_fault(j->path, errno) : OUTCOME_DONE;
}

/* Adds what the block has of the line; true when that ends it. */
static bool take_piece(struct journal_in *j)
{
    const char *from = j->block + j->at;
    size_t left = j->have - j->at;
    const char *end = memchr(from, '\n', left);
    size_t n = end ? (size_t)(end - from) : left;
    if (j->line.n <= JOURNAL_IN_LINE + 1) /* beyond that it is too long already; one more for a CR */
        buf_add(&j->line, from, n);
    j->at += n + (end != NULL);
    return end;
}

/* The next line without its end; *more is false where there is none. */
static struct outcome read_line(struct journal_in *j, bool *more)
{
    buf_reset(&j->line);
    *more = false;
    for (bool ended = false; !ended;) {
        struct outcome o = j->at < j->have ? OUTCOME_DONE : fill(j);
        if (!outcome_ok(&o))
            return o;
        if (j->have == 0)
            break;
        *more = true;
        ended = take_piece(j);
    }
    if (j->line.failed)
        return outcome_of(KIND_out_of_memory);
    if (j->line.n && j->line.p[j->line.n - 1] == '\r')
        j->line.n--;
    j->number += *more;
    return j->line.n <= JOURNAL_IN_LINE ? OUTCOME_DONE : bad_line(j, T_cli_journal_too_long);
}

static struct str without_mark(struct str text)
{
    const struct str mark = STR("\xEF\xBB\xBF");
    return str_starts(text, mark) ? str_from(text, mark.n) : text;
}

/* Without what may stand before an object; empty when it holds nothing else. */
static struct str without_blanks(struct str text)
{
    while (text.n && memchr(" \t\r\n", text.p[0], 4))
        text = str_from(text, 1);
    return text;
}

/* ---- what a line says ---- */

static struct str text_of(const json_t *object, const char *key)
{
    const json_t *text = json_object_get(object, key);
    return json_is_string(text) ? (struct str){json_string_value(text), json_string_length(text)} : STR_NONE;
}

/* From 1; 0 when it does not say. */
static uint64_t seq_of(const json_t *object)
{
    const json_t *seq = json_object_get(object, "seq");
    return json_is_integer(seq) && json_integer_value(seq) > 0 ? (uint64_t)json_integer_value(seq) : 0;
}

static bool read_place(const json_t *object, struct head *out)
{
    out->seq = seq_of(object);
    return out->seq && hash_parse(text_of(object, "hash"), out->hash);
}

/* What is wrong with where the entry stands, after the one before it and before the journal's end. */
static enum text_id misplaced(const struct journal_in *j, const struct head *place)
{
    if (j->last.seq == j->head.seq)
        return T_cli_journal_past_head;
    if (place->seq != j->last.seq + 1)
        return T_cli_journal_order;
    bool ends = place->seq == j->head.seq;
    return ends && !head_equal(place, &j->head) ? T_cli_journal_other_head : T_nothing;
}

static enum text_id take_entry(struct journal_in *j, const json_t *object)
{
    struct head place;
    if (!seq_of(object))
        return T_cli_journal_no_seq;
    if (!read_place(object, &place))
        return T_cli_journal_no_hash;
    if (!j->head.seq && !read_place(json_object_get(object, "journal"), &j->head))
        return T_cli_journal_no_head;
    enum text_id wrong = misplaced(j, &place);
    if (wrong != T_nothing)
        return wrong;
    buf_reset(&j->body);
    struct str body = text_of(object, "body");
    if (!body.n || !base64_decode(&j->body, body))
        return T_cli_journal_no_body;
    j->last = place;
    return T_nothing;
}

/* NUL is a letter like any other here: what another program wrote into the store may hold one. */
static struct outcome read_object(struct journal_in *j, struct str text)
{
    json_error_t error;
    json_t *object = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
    bool no_memory = !object && json_error_code(&error) == json_error_out_of_memory;
    enum text_id wrong = json_is_object(object) ? take_entry(j, object) : T_cli_journal_no_json;
    json_decref(object);
    if (no_memory || j->body.failed)
        return outcome_of(KIND_out_of_memory);
    return wrong == T_nothing ? OUTCOME_DONE : bad_line(j, wrong);
}

/* ---- the source ---- */

static struct outcome next(void *arg, struct journal_entry *out, bool *more)
{
    struct journal_in *j = arg;
    struct str text = STR_NONE;
    do {
        struct outcome o = read_line(j, more);
        if (!outcome_ok(&o))
            return o;
        text = buf_str(&j->line);
        text = without_blanks(j->number == 1 ? without_mark(text) : text);
    } while (*more && !text.n);
    if (!*more)
        return j->last.seq == j->head.seq ? OUTCOME_DONE : bad_line(j, T_cli_journal_cut);
    struct outcome o = read_object(j, text);
    if (outcome_ok(&o))
        *out = (struct journal_entry){.seq = j->last.seq, .hash = j->last.hash, .body = buf_str(&j->body)};
    return o;
}

static struct outcome begin(struct journal_in *j, const char *path)
{
    j->path = strdup(path);
    if (!j->path)
        return outcome_of(KIND_out_of_memory);
    j->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (j->fd < 0)
        return in_file_fault(path, errno);
    struct outcome o = fill(j);
    if (!outcome_ok(&o))
        return o;
    struct str text = without_blanks(without_mark((struct str){j->block, j->have}));
    if (text.n && text.p[0] == '{')
        return OUTCOME_DONE;
    o = outcome_of(KIND_not_a_backup);
    outcome_text(&o, str_of(path));
    return o;
}

struct outcome journal_in_open(const char *path, struct journal_in **out)
{
    *out = NULL;
    struct journal_in *j = calloc(1, sizeof *j);
    if (!j)
        return outcome_of(KIND_out_of_memory);
    j->fd = -1;
    struct outcome o = begin(j, path);
    if (outcome_ok(&o))
        *out = j;
    else
        journal_in_close(j);
    return o;
}

struct journal_source journal_in_source(struct journal_in *j)
{
    return (struct journal_source){.next = next, .arg = j, .name = j->path};
}

void journal_in_close(struct journal_in *j)
{
    if (!j)
        return;
    if (j->fd >= 0)
        close(j->fd);
    free(j->path);
    buf_release(&j->line);
    buf_release(&j->body);
    free(j);
}
