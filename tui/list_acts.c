#include "tui/list_acts.h"

#include "tui/acts.h"
#include "tui/page_several.h"

static const enum action listed[] = {ACTION_transfer, ACTION_resolve, ACTION_return, ACTION_undo};
#define LISTED (sizeof listed / sizeof *listed)

bool list_act(struct session *s, struct marks *marks, uint64_t chosen, enum action action)
{
    enum command_kind kind;
    bool mine = false;
    for (size_t i = 0; i < LISTED; i++)
        mine = mine || listed[i] == action;
    if (!mine || !act_command(action, &kind))
        return false;
    if (marks->count)
        session_open(s, page_several(s, kind, marks));
    else if (chosen)
        act_open(s, chosen, action);
    return true;
}

/* A sentence with a number in it. */
static void add_count(struct buf *out, enum lang lang, enum text_id one, enum text_id many, size_t count)
{
    struct buf number = BUF_INIT;
    buf_add_int(&number, (int64_t)count);
    LANG_SAY(out, lang, count == 1 ? one : many, buf_str(&number));
    buf_release(&number);
}

void list_say_full(struct session *s)
{
    struct buf text = BUF_INIT;
    add_count(&text, s->lang, T_tui_marks_full, T_tui_marks_full, MARKS_MOST);
    session_say(s, TONE_REFUSED, buf_str(&text));
    buf_release(&text);
}

void list_mark(struct session *s, struct marks *marks, uint64_t id)
{
    if (id && !marks_toggle(marks, id))
        list_say_full(s);
}

bool list_unmark_all(struct session *s, struct marks *marks)
{
    struct buf text = BUF_INIT;
    if (!marks->count)
        return false;
    add_count(&text, s->lang, T_tui_unmarked_one, T_tui_unmarked, marks->count);
    session_say(s, TONE_PLAIN, buf_str(&text));
    buf_release(&text);
    marks_clear(marks);
    return true;
}

void list_tell_marks(struct buf *out, enum lang lang, const struct marks *marks)
{
    if (marks->count)
        add_count(out, lang, T_tui_marked_one, T_tui_marked, marks->count);
}

size_t list_mark_hints(struct hint *out)
{
    static const enum action marking[] = {ACTION_mark, ACTION_mark_all, ACTION_open, ACTION_back,
                                          ACTION_help};
    size_t n = hints_of(out, listed, LISTED);
    return n + hints_of(out + n, marking, sizeof marking / sizeof *marking);
}
