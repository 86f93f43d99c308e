#include "tui/receive_saved.h"

#include "tui/office_words.h"
#include "tui/tell.h"

void receive_saved_release(struct receive_saved *r)
{
    buf_release(&r->what);
    buf_release(&r->who);
    buf_release(&r->then);
}

static void reset(struct receive_saved *r, enum saved_how how)
{
    r->how = how;
    buf_reset(&r->what);
    buf_reset(&r->who);
    buf_reset(&r->then);
}

static void say_fee(struct buf *out, enum lang lang, const struct dossier *d)
{
    struct buf money = BUF_INIT;
    if (d->fee_exempt)
        tell_part(out, str_of(lang_text(lang, T_tui_fee_is_exempt)));
    else if (d->fee_paid > 0) {
        buf_add_z(out, " · ");
        office_fee(&money, lang, d->fee_paid);
        LANG_SAY(out, lang, T_tui_fee_is_paid, buf_str(&money));
    } else if (d->receipt.fee > 0) { /* or the person walks out with it */
        buf_add_z(out, " · ");
        office_fee(&money, lang, d->receipt.fee);
        LANG_SAY(out, lang, T_tui_fee_is_owed, buf_str(&money));
    }
    buf_release(&money);
}

void receive_saved_dossier(struct receive_saved *r, struct session *s, uint64_t id, bool served)
{
    struct view *v = session_view(s);
    struct dossier d;
    reset(r, SAVED_NOTHING);
    if (v && view_dossier(v, id, &d)) {
        r->how = served ? SAVED_SERVED : SAVED_RECEIVED;
        buf_add_str(&r->what, d.code);
        buf_add_str(&r->who, d.receipt.applicant.name);
        buf_add_z(&r->then, lang_weekday(s->lang, civil_weekday(civil_day_of(d.facts.due))));
        buf_add_char(&r->then, ' ');
        lang_time(&r->then, s->lang, d.facts.due);
        if (d.facts.provisional)
            tell_part(&r->then, session_text(s, T_tui_provisional));
        say_fee(&r->then, s->lang, &d);
    }
    view_end(v);
}

void receive_saved_slip(struct receive_saved *r, struct str slip, struct str who, struct str then)
{
    reset(r, SAVED_TURNED_AWAY);
    buf_add_str(&r->what, slip);
    buf_add_str(&r->who, who);
    buf_add_str(&r->then, then);
}

void receive_saved_draw(const struct receive_saved *r, const struct session *s, struct canvas *c, int row,
                        bool before)
{
    static const enum text_id said[][2] = {
        [SAVED_RECEIVED] = {T_tui_saved, T_tui_saved_before},
        [SAVED_SERVED] = {T_tui_served, T_tui_served_before},
        [SAVED_TURNED_AWAY] = {T_tui_turned_away, T_tui_turned_away_before},
    };
    struct buf text = BUF_INIT;
    int style = before ? STYLE_DIM : STYLE_STRONG | STYLE_SELECTED;
    if (r->how == SAVED_NOTHING)
        return;
    LANG_SAY(&text, s->lang, said[r->how][before], buf_str(&r->what), buf_str(&r->who));
    canvas_cell(c, row, 1, c->columns - 2, style, buf_str(&text));
    buf_reset(&text);
    if (r->how == SAVED_TURNED_AWAY)
        buf_add_str(&text, buf_str(&r->then));
    else
        LANG_SAY(&text, s->lang, before ? T_tui_saved_before_due : T_tui_saved_due, buf_str(&r->then));
    canvas_cell(c, row + 1, 1, c->columns - 2, style, buf_str(&text));
    buf_release(&text);
}
