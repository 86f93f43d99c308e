#include "tui/page_explain.h"

#include "core/words.h"
#include "store/counted.h"
#include "tui/sheet.h"
#include "tui/tell.h"
#include "tui/trace_sheet.h"
#include <stdlib.h>

struct explain_page {
    struct page page;
    uint64_t id, built_at;
    struct sheet sheet;
    int rows;
};

static struct explain_page *of(struct page *p)
{
    return (struct explain_page *)p;
}

/* ---- what it says ---- */

static void tell_time(struct sheet *sheet, const struct teller *t, enum text_id label, int style,
                      civil_minute when)
{
    struct buf text = BUF_INIT;
    if (when != NO_TIME) {
        buf_add_z(&text, lang_weekday(t->lang, civil_weekday(civil_day_of(when))));
        buf_add_char(&text, ' ');
        lang_time(&text, t->lang, when);
    }
    tell_value(sheet, t, label, style, buf_str(&text));
    buf_release(&text);
}

/* What it counts from, where that is not the receipt. */
static void tell_since(struct sheet *sheet, const struct teller *t, const struct dossier *d,
                       const struct counted *c)
{
    if (c->since != EVENT_RESTARTED && c->since != EVENT_PAID)
        return;
    struct buf text = BUF_INIT;
    lang_time(&text, t->lang, d->appointment.from);
    tell_part(&text, str_of(words_event(t->lang, c->since)));
    tell_value(sheet, t, T_tui_label_counts_from, STYLE_PLAIN, buf_str(&text));
    buf_release(&text);
}

static void tell_given(struct sheet *sheet, const struct teller *t, const struct dossier *d,
                       const struct counted *c)
{
    bool waiting = state_is_waiting(d->facts.state);
    struct buf text = BUF_INIT;
    tell_value(sheet, t, T_tui_label_applicant, STYLE_STRONG, d->receipt.applicant.name);
    tell_time(sheet, t, T_tui_label_received, STYLE_PLAIN, d->facts.received);
    tell_since(sheet, t, d, c);
    lang_limit(&text, t->lang, dossier_limit(d));
    tell_part(&text, str_of(words_clock(t->lang, d->receipt.clock)));
    tell_value(sheet, t, T_tui_label_limit, STYLE_PLAIN, buf_str(&text));
    if (waiting) { /* nothing is due; what was is told all the same */
        tell_time(sheet, t, T_tui_label_waiting_since, STYLE_STRONG, d->facts.waiting_since);
        sheet_line(sheet, 1, STYLE_TODAY,
                   str_of(lang_text(t->lang, d->facts.state == STATE_WAITING ? T_tui_waits_supplement
                                                                             : T_tui_waits_payment)));
    }
    tell_time(sheet, t, waiting ? T_tui_label_was_due : T_tui_label_statutory_due,
              waiting ? STYLE_PLAIN : STYLE_STRONG, d->appointment.due);
    if (d->promised != d->appointment.due)
        tell_time(sheet, t, T_tui_label_promised, waiting ? STYLE_PLAIN : STYLE_TODAY, d->promised);
    buf_release(&text);
}

static void tell_law(struct sheet *sheet, const struct teller *t, const struct dossier *d)
{
    struct buf law = BUF_INIT;
    law_cite(&law, t->lang, law_rules(civil_day_of(d->facts.received)), LAW_COUNTING, STR_NONE);
    sheet_line(sheet, 1, STYLE_DIM, buf_str(&law));
    buf_release(&law);
}

static void say_would_differ(struct sheet *sheet, const struct teller *t, civil_minute today)
{
    struct buf now = BUF_INIT, text = BUF_INIT;
    lang_time(&now, t->lang, today);
    LANG_SAY(&text, t->lang, T_tui_would_differ, buf_str(&now));
    sheet_line(sheet, 1, STYLE_TODAY, buf_str(&text));
    buf_release(&now);
    buf_release(&text);
}

static void tell_days(struct sheet *sheet, const struct teller *t, const struct dossier *d,
                      const struct counted *c)
{
    sheet_end(sheet);
    if (!c->known) {
        sheet_line(sheet, 1, STYLE_DIM, str_of(lang_text(t->lang, T_tui_not_counted_here)));
        return;
    }
    sheet_line(sheet, 1, STYLE_HEADING, str_of(lang_text(t->lang, T_tui_day_by_day)));
    trace_tell(sheet, t->lang, dossier_limit(d), &c->trace);
    tell_law(sheet, t, d);
    if (c->deadline.rolled)
        sheet_line(sheet, 1, STYLE_PLAIN, str_of(lang_text(t->lang, T_tui_rolled)));
    if (d->appointment.provisional)
        sheet_line(sheet, 1, STYLE_TODAY, str_of(lang_text(t->lang, T_core_provisional)));
    if (c->today != NO_TIME && c->today != d->appointment.due)
        say_would_differ(sheet, t, c->today);
}

static bool read(struct explain_page *e, struct session *s, int columns)
{
    struct view *v = session_view(s);
    struct dossier d;
    struct teller t;
    sheet_begin(&e->sheet, columns - 2);
    if (v && view_dossier(v, e->id, &d) && teller_init(&t, v, s->lang, s->now, s->unmasked)) {
        sheet_line(&e->sheet, 1, STYLE_STRONG, d.code);
        struct counted counted;
        struct outcome o = counted_init(&counted, v, &d);
        (void)o; /* damage shows where the view ends; what is not known is told as such */
        tell_given(&e->sheet, &t, &d, &counted);
        tell_days(&e->sheet, &t, &d, &counted);
        counted_release(&counted);
    }
    return v && session_view_end(s, v);
}

/* ---- the page ---- */

static void draw(struct page *p, struct session *s, struct canvas *c, struct area a)
{
    struct explain_page *e = of(p);
    if (e->built_at != s->generation || e->sheet.width != a.columns - 2)
        e->built_at = read(e, s, a.columns) ? s->generation : 0;
    e->rows = a.rows;
    sheet_draw(&e->sheet, c, a);
}

static bool key(struct page *p, struct session *s, const struct key *k, enum action action)
{
    (void)s, (void)action;
    return sheet_key(&of(p)->sheet, k, of(p)->rows);
}

static unsigned scopes(const struct page *p)
{
    (void)p;
    return SCOPE_ANYWHERE | SCOPE_READ;
}

static size_t hints(const struct page *p, const struct session *s, struct hint out[HINTS])
{
    (void)p, (void)s;
    static const enum action shown[] = {ACTION_back, ACTION_scroll, ACTION_scroll_page, ACTION_help,
                                        ACTION_quit};
    return hints_of(out, shown, sizeof shown / sizeof *shown);
}

static void title(const struct page *p, const struct session *s, struct buf *out)
{
    (void)p;
    buf_add_str(out, session_text(s, T_tui_title_explain));
}

static void free_page(struct page *p)
{
    sheet_release(&of(p)->sheet);
    free(p);
}

static const struct page_ops ops = {
    .draw = draw,
    .key = key,
    .scopes = scopes,
    .hints = hints,
    .title = title,
    .free = free_page,
    .passing = true,
};

struct page *page_explain(uint64_t id)
{
    struct explain_page *e = calloc(1, sizeof *e);
    if (!e)
        return NULL;
    e->page.ops = &ops;
    e->id = id;
    e->sheet = SHEET_INIT;
    return &e->page;
}
