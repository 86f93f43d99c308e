#include "tui/page_dossier.h"

#include "tui/acts.h"
#include "tui/page_explain.h"
#include "tui/page_print.h"
#include "tui/page_qr.h"
#include "tui/sentence.h"
#include "tui/sheet.h"
#include "tui/tell_counter.h"
#include "tui/tell_dossier.h"
#include <stdlib.h>

struct dossier_page {
    struct page page;
    uint64_t id;
    struct buf code;
    struct dossier_act act[ACTS];
    bool found;
    bool insists;             /* asking for a supplement is a chief's exception by now */
    struct sheet left, right; /* one below the other where there is no room beside */
    bool beside;
    int rows, columns; /* of the body, when last drawn */
    uint64_t built_at; /* the generation the sheets are of */
};

static struct dossier_page *of(struct page *p)
{
    return (struct dossier_page *)p;
}

/* ---- what can be done ---- */

#define ACT_COLUMNS 25 /* an act of the table takes */

static void add_key(struct buf *out, enum action action)
{
    struct key key;
    if (keys_of(action, 0, &key))
        key_name(out, &key);
}

/* "m Đã bổ sung", behind a comma. */
static void add_act(struct buf *out, const struct session *s, const struct dossier_act *act)
{
    if (out->n)
        buf_add_z(out, ", ");
    add_key(out, act->action);
    buf_add_char(out, ' ');
    buf_add_str(out, session_text(s, act_title(act->command)));
}

/* A cell of the table: a key and what it does. Returns the place of the next one. */
static int tell_cell(struct sheet *sheet, int place, enum action action, struct str title)
{
    int columns = sheet->width / ACT_COLUMNS > 0 ? sheet->width / ACT_COLUMNS : 1;
    struct buf key = BUF_INIT;
    if (place && place % columns == 0)
        sheet_end(sheet);
    add_key(&key, action);
    sheet_add(sheet, 1 + place % columns * ACT_COLUMNS, STYLE_KEY, buf_str(&key));
    sheet_gap(sheet, 1);
    sheet_more(sheet, STYLE_PLAIN, title);
    buf_release(&key);
    return place + 1;
}

/* What is allowed, as a table as wide as the page allows. */
static void tell_allowed(struct dossier_page *d, struct session *s)
{
    int place = 0;
    for (size_t i = 0; i < ACTS; i++)
        if (outcome_ok(&d->act[i].may)) {
            bool insists = d->insists && d->act[i].command == COMMAND_SUPPLEMENT;
            enum text_id title = insists ? T_tui_title_insist : act_title(d->act[i].command);
            place = tell_cell(&d->left, place, d->act[i].action, session_text(s, title));
        }
    static const struct {
        enum action action;
        enum text_id title;
    } always[] = {{ACTION_explain, T_tui_title_explain},
                  {ACTION_print, T_tui_title_print},
                  {ACTION_qr, T_tui_title_qr}};
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        place = tell_cell(&d->left, place, always[i].action, session_text(s, always[i].title));
    sheet_end(&d->left);
}

/* The acts from `first` on that are forbidden for the same reason, and the reason once. */
static void tell_forbidden(struct dossier_page *d, struct session *s, size_t first, struct str reason,
                           const struct buf reasons[ACTS])
{
    struct sheet *sheet = &d->left;
    struct buf names = BUF_INIT;
    for (size_t i = first; i < ACTS; i++)
        if (!outcome_ok(&d->act[i].may) && str_eq(buf_str(&reasons[i]), reason))
            add_act(&names, s, &d->act[i]);
    sheet_line(sheet, 1, STYLE_DIM, buf_str(&names));
    sheet_line(sheet, 3, STYLE_REFUSED, reason);
    buf_release(&names);
}

/* What a rule forbids stays visible, with its reason. */
static void tell_all_forbidden(struct dossier_page *d, struct session *s, struct str provincial)
{
    struct buf reason[ACTS];
    for (size_t i = 0; i < ACTS; i++) {
        reason[i] = BUF_INIT;
        if (!outcome_ok(&d->act[i].may))
            sentence_say(&reason[i], s->lang, &d->act[i].may, provincial);
    }
    for (size_t i = 0; i < ACTS; i++) {
        bool told = !reason[i].n;
        for (size_t k = 0; k < i && !told; k++)
            told = str_eq(buf_str(&reason[k]), buf_str(&reason[i]));
        if (!told)
            tell_forbidden(d, s, i, buf_str(&reason[i]), reason);
    }
    for (size_t i = 0; i < ACTS; i++)
        buf_release(&reason[i]);
}

/* On a narrow page the whole reasons stand at its end; here, which acts they are about, and in a few words.
 */
static void name_forbidden(struct dossier_page *d, struct session *s)
{
    struct buf all = BUF_INIT, names = BUF_INIT, text = BUF_INIT;
    for (size_t i = 0; i < ACTS; i++) {
        enum text_id why = sentence_short(d->act[i].may.kind);
        bool told = outcome_ok(&d->act[i].may);
        for (size_t k = 0; k < i && !told; k++)
            told = !outcome_ok(&d->act[k].may) && sentence_short(d->act[k].may.kind) == why;
        if (told)
            continue;
        buf_reset(&names);
        for (size_t k = i; k < ACTS; k++)
            if (!outcome_ok(&d->act[k].may) && sentence_short(d->act[k].may.kind) == why)
                add_act(&names, s, &d->act[k]);
        if (why != T_nothing) {
            buf_add_z(&names, ": ");
            buf_add_str(&names, session_text(s, why));
        }
        tell_part(&all, buf_str(&names));
    }
    LANG_SAY(&text, s->lang, T_tui_acts_not_now, buf_str(&all));
    sheet_line(&d->left, 1, STYLE_DIM, buf_str(&text));
    buf_release(&all);
    buf_release(&names);
    buf_release(&text);
}

static bool any_forbidden(const struct dossier_page *d)
{
    for (size_t i = 0; i < ACTS; i++)
        if (!outcome_ok(&d->act[i].may))
            return true;
    return false;
}

/* ---- reading ---- */

static void tell_why_not(struct dossier_page *d, struct session *s, const struct teller *t)
{
    sheet_end(&d->left);
    sheet_line(&d->left, 1, STYLE_HEADING, session_text(s, T_tui_acts_forbidden));
    tell_all_forbidden(d, s, office_settings(t->office)->law_province);
}

static void build(struct dossier_page *d, struct session *s, struct view *v)
{
    struct dossier dossier;
    struct teller t;
    struct stages stages;
    struct moment now = session_moment(s);
    d->found = view_dossier(v, d->id, &dossier);
    if (!d->found || !teller_init(&t, v, s->lang, s->now, s->unmasked))
        return;
    buf_reset(&d->code);
    buf_add_str(&d->code, dossier.code);
    acts_of(d->act, t.office, &dossier, &now);
    d->insists = dossier.supplements > 0 || (dossier.facts.due != NO_TIME && s->now > dossier.facts.due);

    d->beside = d->columns >= 120;
    int left = d->beside ? d->columns / 2 : d->columns;
    sheet_begin(&d->left, left - 2);
    sheet_begin(&d->right, d->columns - left - 2);
    tell_read_stages(&stages, &t, &dossier);
    tell_dossier(&d->left, &t, &dossier, &stages);
    sheet_end(&d->left);
    sheet_line(&d->left, 1, STYLE_HEADING, session_text(s, T_tui_acts));
    tell_allowed(d, s);
    if (d->beside && any_forbidden(d))
        tell_why_not(d, s, &t);
    if (!d->beside && any_forbidden(d))
        name_forbidden(d, s);
    if (!d->beside)
        sheet_end(&d->left);
    tell_stages(d->beside ? &d->right : &d->left, &t, &stages);
    stages_release(&stages);
    tell_history(d->beside ? &d->right : &d->left, &t, &dossier);
    if (!d->beside && any_forbidden(d))
        tell_why_not(d, s, &t);
}

static bool read(struct dossier_page *d, struct session *s)
{
    struct view *v = session_view(s);
    if (!v)
        return false;
    build(d, s, v);
    return session_view_end(s, v);
}

/* ---- drawing ---- */

static void draw(struct page *p, struct session *s, struct canvas *c, struct area a)
{
    struct dossier_page *d = of(p);
    bool same = d->built_at == s->generation && d->columns == a.columns;
    d->rows = a.rows;
    d->columns = a.columns;
    if (!same)
        d->built_at = read(d, s) ? s->generation : 0;
    int left = d->beside ? a.columns / 2 : a.columns;
    sheet_draw(&d->left, c, (struct area){a.row, a.column, a.rows, left - 1});
    if (!d->beside)
        return;
    for (int r = 0; r < a.rows; r++)
        canvas_text(c, a.row + r, left - 1, 1, STYLE_DIM, STR("│"));
    sheet_draw(&d->right, c, (struct area){a.row, left, a.rows, a.columns - left});
}

/* ---- keys ---- */

static bool key(struct page *p, struct session *s, const struct key *k, enum action action)
{
    struct dossier_page *d = of(p);
    enum command_kind kind;
    if (d->found && act_command(action, &kind)) {
        act_open(s, d->id, action);
        return true;
    }
    if (d->found && action == ACTION_explain) {
        session_open(s, page_explain(d->id));
        return true;
    }
    if (d->found && action == ACTION_print) {
        session_open(s, page_print(d->id));
        return true;
    }
    if (d->found && action == ACTION_qr) {
        page_qr_open(s, d->id, buf_str(&d->code));
        return true;
    }
    bool left = sheet_key(&d->left, k, d->rows);
    return (d->beside && sheet_key(&d->right, k, d->rows)) || left;
}

static unsigned scopes(const struct page *p)
{
    (void)p;
    return SCOPE_ANYWHERE | SCOPE_DOSSIER | SCOPE_READ;
}

static size_t hints(const struct page *p, const struct session *s, struct hint out[HINTS])
{
    const struct dossier_page *d = (const struct dossier_page *)p;
    (void)s;
    size_t n = 0;
    static const enum action others[] = {ACTION_explain, ACTION_print, ACTION_qr,
                                         ACTION_back,    ACTION_help,  ACTION_mask};
    for (size_t i = 0; i < ACTS; i++)
        if (outcome_ok(&d->act[i].may))
            out[n++] = (struct hint){d->act[i].action, false};
    n += hints_of(out + n, others, sizeof others / sizeof *others);
    for (size_t i = 0; i < ACTS; i++)
        if (!outcome_ok(&d->act[i].may))
            out[n++] = (struct hint){d->act[i].action, true};
    return n;
}

static void title(const struct page *p, const struct session *s, struct buf *out)
{
    (void)s;
    buf_add_str(out, buf_str(&((const struct dossier_page *)p)->code));
}

static void free_page(struct page *p)
{
    struct dossier_page *d = of(p);
    buf_release(&d->code);
    sheet_release(&d->left);
    sheet_release(&d->right);
    free(d);
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

struct page *page_dossier(uint64_t id)
{
    struct dossier_page *d = calloc(1, sizeof *d);
    if (!d)
        return NULL;
    d->page.ops = &ops;
    d->id = id;
    d->left = d->right = SHEET_INIT;
    return &d->page;
}
