#include "tui/going_on.h"

#include "store/noted.h"

static void say_trouble(struct session *s, enum text_id id, const struct outcome *o)
{
    struct buf what = BUF_INIT, text = BUF_INIT;
    outcome_message(&what, s->lang, o);
    LANG_SAY(&text, s->lang, id, buf_str(&what));
    session_say(s, TONE_REFUSED, buf_str(&text));
    buf_release(&what);
    buf_release(&text);
}

static void warn(struct session *s, const struct continuity *c)
{
    struct buf when = BUF_INIT;
    buf_reset(&s->warning);
    if (outcome_ok(&c->verdict))
        return;
    lang_time(&when, s->lang, civil_from_utc(c->noted.when, s->utc_offset));
    enum text_id why = c->verdict.kind == KIND_head_missing   ? T_tui_journal_older
                       : c->verdict.kind == KIND_head_differs ? T_tui_journal_altered
                                                              : T_tui_journal_damaged;
    LANG_SAY(&s->warning, s->lang, T_tui_journal_broken, buf_str(&when), session_text(s, why));
    buf_release(&when);
}

enum noting { LOOK, NOTE_QUIETLY, NOTE };

static void look(struct session *s, enum noting what)
{
    struct continuity c;
    struct view *v = s->store ? session_view(s) : NULL;
    if (!v)
        return;
    noted_compare(v, &c);
    warn(s, &c);
    struct outcome damaged = view_fault(v), kept = OUTCOME_DONE;
    bool nowhere;
    if (what != LOOK && outcome_ok(&c.verdict) && outcome_ok(&damaged))
        kept = noted_keep(v, s->clock, &nowhere);
    view_end(v);
    if (what != NOTE)
        return;
    if (!outcome_ok(&kept))
        say_trouble(s, T_tui_note_unwritten, &kept);
    else if (!outcome_ok(&c.trouble))
        say_trouble(s, T_tui_note_unread, &c.trouble);
}

void going_on_look(struct session *s)
{
    look(s, LOOK);
}

void going_on_note(struct session *s)
{
    look(s, NOTE);
}

void going_on_note_quietly(struct session *s)
{
    look(s, NOTE_QUIETLY);
}
