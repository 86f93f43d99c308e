#include "tui/several.h"

#include "core/status.h"
#include "core/words.h"
#include "tui/act_form.h"
#include "tui/rows.h"
#include "tui/sentence.h"
#include "tui/tell.h"
#include <stdlib.h>

void several_release(struct several *b)
{
    free(b->item);
    arena_release(&b->text);
    *b = SEVERAL_INIT;
}

/* Only a result decides for ever whether it was in time. */
static void plan_late(struct several *b, const struct judge *judge, const struct dossier *d,
                      struct several_item *item)
{
    if (b->kind != COMMAND_RESOLVE || !judge->calendar)
        return;
    item->facts = d->facts;
    item->was_late = d->late.statutory > 0;
    item->late = late_days_now(judge, &d->facts, d->late.statutory);
    item->asks_why = act_form_asks_why(d, judge->now);
}

static void plan(struct several *b, struct view *v, struct session *s, const struct judge *judge, uint64_t id)
{
    struct several_item *item = &b->item[b->count++];
    struct dossier d;
    struct moment now = session_moment(s);
    *item = (struct several_item){.id = id, .state = SEVERAL_CANNOT};
    if (!view_dossier(v, id, &d)) {
        item->why = outcome_of(KIND_unknown_dossier);
        return;
    }
    item->code = arena_str(&b->text, d.code);
    item->applicant = arena_str(&b->text, d.receipt.applicant.name);
    item->last = d.last.seq ? d.last.kind : 0;
    item->by = arena_str(&b->text, d.last.by);
    item->recorded = civil_from_utc(d.last.recorded_at, s->utc_offset);
    item->why = decide_preview(view_office(v), &d, b->kind, &now);
    if (outcome_ok(&item->why))
        item->state = SEVERAL_WILL;
    plan_late(b, judge, &d, item);
}

bool several_plan(struct several *b, struct view *v, struct session *s, enum command_kind kind,
                  const struct marks *marks)
{
    several_release(b);
    b->kind = kind;
    b->item = calloc(marks->count + 1, sizeof *b->item);
    struct judge judge = judge_at(view_office(v), s->now);
    for (size_t i = 0; b->item && i < marks->count; i++)
        plan(b, v, s, &judge, marks->id[i]);
    return b->item && !b->text.failed;
}

size_t several_count(const struct several *b, enum several_state state)
{
    size_t n = 0;
    for (size_t i = 0; i < b->count; i++)
        n += b->item[i].state == state;
    return n;
}

const struct several_item *several_first(const struct several *b)
{
    for (size_t i = 0; i < b->count; i++)
        if (b->item[i].state == SEVERAL_WILL)
            return &b->item[i];
    return NULL;
}

size_t several_late(const struct several *b)
{
    size_t n = 0;
    for (size_t i = 0; i < b->count; i++)
        n += b->item[i].state == SEVERAL_WILL && b->item[i].asks_why;
    return n;
}

size_t several_unsaid(const struct several *b)
{
    size_t n = 0;
    for (size_t i = 0; i < b->count; i++)
        n += b->item[i].state == SEVERAL_DONE && b->item[i].unsaid;
    return n;
}

/* By when the result is said to have been ready there may be nothing to explain. */
static bool needs_why(const struct several_item *item, civil_minute at)
{
    return item->asks_why &&
           (at == NO_TIME || item->was_late || is_past(&item->facts, item->facts.statutory_due, at));
}

static struct outcome ask(struct several_item *item, struct session *s, const struct command *command,
                          const struct command *late_reason)
{
    struct request r[2];
    size_t n = 0;
    bool why = needs_why(item, command->at);
    if (why && late_reason)
        r[n++] = (struct request){.moment = session_moment(s), .command = *late_reason};
    r[n++] = (struct request){.moment = session_moment(s), .command = *command};
    for (size_t i = 0; i < n; i++)
        r[i].command.dossier = item->code;
    item->unsaid = why && !late_reason;
    return store_submit(s->store, r, n, NULL);
}

bool several_step(struct several *b, struct session *s, const struct command *command,
                  const struct command *late_reason)
{
    while (b->next < b->count && b->item[b->next].state != SEVERAL_WILL)
        b->next++;
    if (b->next == b->count)
        return false;
    struct several_item *item = &b->item[b->next++];
    session_tick(s);
    item->why = ask(item, s, command, late_reason);
    item->state = outcome_ok(&item->why) ? SEVERAL_DONE : SEVERAL_REFUSED;
    if (outcome_class(item->why.kind) == FAILED) {
        for (; b->next < b->count; b->next++)
            if (b->item[b->next].state == SEVERAL_WILL) {
                b->item[b->next].state = SEVERAL_REFUSED;
                b->item[b->next].why = item->why;
                if (item->why.kind == KIND_maybe_saved) /* that one; these were not tried */
                    b->item[b->next].why.kind = KIND_io_error;
            }
    }
    return true;
}

/* ---- in words ---- */

static void tell_item(struct sheet *sheet, const struct several_item *item)
{
    sheet_add(sheet, 1, STYLE_PLAIN, item->code);
    sheet_gap(sheet, 2);
    sheet_more(sheet, STYLE_STRONG, item->applicant);
}

/* "Trễ hạn 4 ngày · chưa nêu lý do" */
static void tell_late(struct sheet *sheet, enum lang lang, const struct several_item *item)
{
    struct buf text = BUF_INIT;
    if (!item->late)
        return;
    buf_add_z(&text, words_status(lang, STATUS_LATE));
    buf_add_char(&text, ' ');
    row_days(&text, lang, item->late);
    if (item->asks_why)
        tell_part(&text, str_of(lang_text(lang, T_tui_several_unexplained)));
    sheet_gap(sheet, 2);
    sheet_more(sheet, STYLE_OVERDUE, buf_str(&text));
    buf_release(&text);
}

/* What an undoing takes back, who did it and when. */
static void tell_last(struct sheet *sheet, enum lang lang, const struct several_item *item)
{
    struct buf text = BUF_INIT, when = BUF_INIT;
    lang_time(&when, lang, item->recorded);
    LANG_SAY(&text, lang, T_tui_takes_back_this, str_of(words_event(lang, (enum event_kind)item->last)),
             item->by, buf_str(&when));
    sheet_line(sheet, 3, STYLE_TODAY, buf_str(&text));
    buf_release(&text);
    buf_release(&when);
}

static void tell_heading(struct sheet *sheet, enum lang lang, enum text_id heading, size_t count)
{
    struct buf text = BUF_INIT;
    buf_add_z(&text, lang_text(lang, heading));
    buf_addf(&text, " (%zu)", count);
    if (sheet->rows)
        sheet_end(sheet);
    sheet_line(sheet, 1, STYLE_HEADING, buf_str(&text));
    buf_release(&text);
}

/* Those it was not, or cannot be, done with, and why. */
static void tell_refused(const struct several *b, struct sheet *sheet, enum lang lang, struct str provincial)
{
    struct buf text = BUF_INIT;
    size_t count = several_count(b, SEVERAL_CANNOT) + several_count(b, SEVERAL_REFUSED);
    if (count)
        tell_heading(sheet, lang, T_tui_several_refused, count);
    for (size_t i = 0; i < b->count; i++) {
        const struct several_item *item = &b->item[i];
        if (item->state != SEVERAL_CANNOT && item->state != SEVERAL_REFUSED)
            continue;
        tell_item(sheet, item);
        sheet_end(sheet);
        buf_reset(&text);
        sentence_say(&text, lang, &item->why, provincial);
        sheet_line(sheet, 3, STYLE_REFUSED, buf_str(&text));
    }
    buf_release(&text);
}

static void tell_waiting(const struct several *b, struct sheet *sheet, enum lang lang, enum text_id heading)
{
    size_t count = several_count(b, SEVERAL_WILL);
    if (count)
        tell_heading(sheet, lang, heading, count);
    for (size_t i = 0; i < b->count; i++) {
        if (b->item[i].state != SEVERAL_WILL)
            continue;
        tell_item(sheet, &b->item[i]);
        tell_late(sheet, lang, &b->item[i]);
        sheet_end(sheet);
        if (b->kind == COMMAND_UNDO)
            tell_last(sheet, lang, &b->item[i]);
    }
}

void several_tell(const struct several *b, struct sheet *sheet, enum lang lang, struct str provincial)
{
    bool asked = b->next > 0;
    if (!asked)
        tell_waiting(b, sheet, lang, T_tui_several_will);
    tell_refused(b, sheet, lang, provincial);
    if (asked)
        tell_waiting(b, sheet, lang, T_tui_several_left);
}
