#include "tui/wizard.h"

#include "core/text.h"
#include "store/noted.h"
#include "tui/form.h"
#include "tui/page_ask.h"
#include "tui/page_morning.h"
#include "tui/sentence.h"
#include <grp.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { W_OFFICE, W_AGENCY, W_PARENT, W_PLACE, W_GROUP, W_COUNT };
enum { USUAL_OFFSET = 7 * 60 };

#define DEMO_FOLDER "~/motcua-demo"

struct wizard_page {
    struct page page;
    struct form form;
    const struct founding *founding;
    bool barred; /* nothing can be written where the store would be */
    bool known;  /* there was a store here */
    struct noted noted;
};

static struct wizard_page *of(struct page *p)
{
    return (struct wizard_page *)p;
}

static const struct form_item items[W_COUNT] = {
    [W_OFFICE] = {.label = T_tui_field_office,
                  .hint = T_tui_type_office,
                  .fault = T_label_office,
                  .required = true},
    [W_AGENCY] = {.label = T_tui_field_agency,
                  .hint = T_tui_type_agency,
                  .fault = T_label_agency,
                  .required = true},
    [W_PARENT] = {.label = T_tui_field_parent, .hint = T_tui_type_parent, .fault = T_label_parent},
    [W_PLACE] = {.label = T_tui_field_place, .hint = T_tui_type_place, .fault = T_label_place},
    [W_GROUP] = {.label = T_tui_field_group, .hint = T_tui_type_group, .max = 64},
};

/* ---- the folder ---- */

/* Tried in the folder, or the nearest one above it that is there: told before five fields are filled in. */
static bool may_write(struct str dir)
{
    char path[PATH_MAX];
    struct stat st;
    size_t n = dir.n;
    if (n + sizeof "./.motcua-XXXXXX" > sizeof path)
        return false;
    memcpy(path, dir.p ? dir.p : "", n);
    path[n] = '\0';
    while (n && stat(path, &st) != 0) {
        while (n && path[n - 1] != '/')
            n--;
        while (n > 1 && path[n - 1] == '/')
            n--;
        path[n] = '\0';
        if (n == 1 && path[0] == '/')
            break;
    }
    strcat(path, n ? "/.motcua-XXXXXX" : "./.motcua-XXXXXX");
    return mkdtemp(path) && rmdir(path) == 0;
}

/* ---- what is typed ---- */

static struct office_identity typed_identity(const struct wizard_page *w)
{
    return (struct office_identity){
        .name = form_text(&w->form, W_OFFICE),
        .agency = form_text(&w->form, W_AGENCY),
        .parent = form_text(&w->form, W_PARENT),
        .place = form_text(&w->form, W_PLACE),
        .utc_offset = USUAL_OFFSET,
    };
}

/* The very decision that will found the office, made on nothing and thrown away. */
static struct outcome rehearse(const struct session *s, const struct office_identity *identity)
{
    struct command command = {.kind = COMMAND_FOUND, .at = NO_TIME, .found = *identity};
    struct moment moment = session_moment(s);
    struct circumstances none = {0};
    struct decision decision = DECISION_INIT;
    struct office *office = office_new();
    struct outcome o = outcome_of(KIND_out_of_memory);
    if (office)
        o = decide(office, NULL, &command, &moment, &none, &decision);
    decision_release(&decision);
    office_free(office);
    return o;
}

/* NULL for none; lives as long as the text is not changed. */
static const char *typed_group(const struct wizard_page *w)
{
    return form_text(&w->form, W_GROUP).n ? w->form.item[W_GROUP].field.text.p : NULL;
}

static struct outcome check_group(const struct wizard_page *w)
{
    struct outcome o = outcome_of(KIND_unknown_group);
    const char *group = typed_group(w);
    if (!group || getgrnam(group))
        return OUTCOME_DONE;
    outcome_text(&o, str_of(group));
    return o;
}

/* Of the field in focus alone: what others still lack is not its fault. */
static struct outcome check_focused(const struct wizard_page *w, const struct session *s)
{
    struct office_identity typed = typed_identity(w), one = {.name = STR("-"), .agency = STR("H1")};
    switch (w->form.focus) {
    case W_OFFICE: one.name = typed.name; break;
    case W_AGENCY: one.agency = typed.agency; break;
    case W_PARENT: one.parent = typed.parent; break;
    case W_GROUP: return check_group(w);
    default: one.place = typed.place;
    }
    return form_text(&w->form, w->form.focus).n ? rehearse(s, &one) : OUTCOME_DONE;
}

/* ---- making it ---- */

static void refused(struct wizard_page *w, struct session *s, const struct outcome *o)
{
    struct buf text = BUF_INIT;
    session_refuse(s, o);
    form_focus_fault(&w->form, o);
    if (o->kind == KIND_bad_agency)
        form_focus(&w->form, W_AGENCY);
    if (o->kind == KIND_unknown_group)
        form_focus(&w->form, W_GROUP);
    if (o->kind == KIND_store_exists) {
        LANG_SAY(&text, s->lang, T_tui_wizard_exists, w->founding->dir);
        session_say(s, TONE_REFUSED, buf_str(&text));
    }
    buf_release(&text);
}

static void make(void *arg, struct session *s)
{
    struct wizard_page *w = arg;
    struct office_identity identity = typed_identity(w);
    struct outcome o = w->founding->make(w->founding->arg, &identity, typed_group(w), &s->store);
    if (!outcome_ok(&o)) {
        s->store = NULL;
        refused(w, s, &o);
        return;
    }
    w->page.done = true;
    session_store_changed(s);
    session_open(s, page_morning());
    session_say_id(s, TONE_GOOD, T_tui_wizard_done);
}

static void save(struct wizard_page *w, struct session *s)
{
    struct office_identity identity = typed_identity(w);
    session_tick(s);
    struct outcome o = rehearse(s, &identity);
    if (outcome_ok(&o))
        o = check_group(w);
    if (!outcome_ok(&o)) {
        refused(w, s, &o);
        return;
    }
    struct buf what = BUF_INIT;
    buf_add_str(&what, identity.name);
    buf_add_z(&what, "  ");
    buf_add_str(&what, identity.agency);
    session_open(s, page_ask(buf_str(&what), session_text(s, T_tui_wizard_ask), make, w));
    buf_release(&what);
}

/* ---- drawing ---- */

static int draw_wrapped(struct canvas *c, int row, int column, int width, int rows, int style,
                        struct str text)
{
    for (size_t skip; text.n && rows > 0; rows--) {
        size_t n = text_wrap(text, width, &skip);
        canvas_text(c, row++, column, width, style, str_first(text, n));
        text = str_from(text, skip);
    }
    return row;
}

/* Whoever has lost a store must not found an empty one in its place unawares. */
static int draw_lost(const struct wizard_page *w, struct session *s, struct canvas *c, int row, int columns)
{
    struct buf text = BUF_INIT, when = BUF_INIT, seq = BUF_INIT;
    lang_time(&when, s->lang, civil_from_utc(w->noted.when, USUAL_OFFSET));
    buf_add_int(&seq, (int64_t)w->noted.head.seq);
    LANG_SAY(&text, s->lang, w->known ? T_tui_wizard_was_here : T_tui_wizard_restore, w->founding->dir,
             buf_str(&when), buf_str(&seq));
    row = draw_wrapped(c, row, 1, columns, w->known ? 3 : 1, w->known ? STYLE_REFUSED : STYLE_DIM,
                       buf_str(&text));
    buf_release(&text);
    buf_release(&when);
    buf_release(&seq);
    return row;
}

static int draw_intro(const struct wizard_page *w, struct session *s, struct canvas *c, struct area a)
{
    struct buf text = BUF_INIT;
    LANG_SAY(&text, s->lang, T_tui_wizard_no_store, w->founding->dir);
    int row = draw_wrapped(c, a.row, 1, a.columns - 2, 2, STYLE_STRONG, buf_str(&text));
    buf_reset(&text);
    LANG_SAY(&text, s->lang, T_tui_wizard_barred, w->founding->dir);
    if (w->barred)
        row = draw_wrapped(c, row, 1, a.columns - 2, 2, STYLE_REFUSED, buf_str(&text));
    buf_release(&text);
    row = draw_lost(w, s, c, row, a.columns - 2);
    return draw_wrapped(c, row, 1, a.columns - 2, 3, STYLE_PLAIN, session_text(s, T_tui_wizard_intro)) + 1;
}

/* What the field in focus is for; what is wrong with it, or what it leads to. */
static void draw_focused(const struct wizard_page *w, struct session *s, struct canvas *c, int row,
                         int columns)
{
    static const enum text_id meaning[W_COUNT] = {
        [W_OFFICE] = T_tui_wizard_office, [W_AGENCY] = T_tui_wizard_agency, [W_PARENT] = T_tui_wizard_parent,
        [W_PLACE] = T_tui_wizard_place,   [W_GROUP] = T_tui_wizard_group,
    };
    row = draw_wrapped(c, row, 1, columns, 2, STYLE_DIM, session_text(s, meaning[w->form.focus]));
    struct outcome o = check_focused(w, s);
    struct buf text = BUF_INIT, code = BUF_INIT;
    if (!outcome_ok(&o)) {
        sentence_say(&text, s->lang, &o, STR_NONE);
        draw_wrapped(c, row, 1, columns, 2, STYLE_TODAY, buf_str(&text));
    } else if (w->form.focus == W_AGENCY) {
        struct str agency = form_text(&w->form, W_AGENCY);
        dossier_code(&code, agency.n ? agency : STR("H42.26.21"), s->today, 1);
        LANG_SAY(&text, s->lang, agency.n ? T_tui_wizard_agency_such : T_tui_wizard_agency_example,
                 buf_str(&code));
        draw_wrapped(c, row, 1, columns, 1, STYLE_STRONG, buf_str(&text));
    }
    buf_release(&text);
    buf_release(&code);
}

static int label_columns(const struct session *s)
{
    static const enum text_id labels[] = {T_tui_wizard_where, T_tui_wizard_who, T_tui_wizard_demo};
    int most = 0;
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        int columns = text_columns(session_text(s, labels[i]));
        most = columns > most ? columns : most;
    }
    return most;
}

static int draw_fact(struct session *s, struct canvas *c, int row, int columns, enum text_id label,
                     struct str value)
{
    int labels = label_columns(s), at = labels + 3;
    canvas_right(c, row, 1, labels, STYLE_DIM, session_text(s, label));
    return draw_wrapped(c, row, at, columns - at, 2, STYLE_PLAIN, value);
}

/* Where it will be and who becomes its admin, and how to try it first. */
static void draw_facts(const struct wizard_page *w, struct session *s, struct canvas *c, int row, int columns)
{
    struct buf who = BUF_INIT, demo = BUF_INIT;
    LANG_SAY(&who, s->lang, T_tui_wizard_admin, s->login);
    LANG_SAY(&demo, s->lang, T_tui_wizard_demo_how, STR(DEMO_FOLDER));
    canvas_rule(c, row++, 1, columns, STYLE_DIM);
    row = draw_fact(s, c, row, columns, T_tui_wizard_where, w->founding->dir);
    row = draw_fact(s, c, row, columns, T_tui_wizard_who, buf_str(&who));
    row = draw_fact(s, c, row, columns, T_tui_wizard_demo, buf_str(&demo));
    buf_reset(&demo);
    LANG_SAY(&demo, s->lang, T_tui_wizard_demo_open, STR(DEMO_FOLDER));
    draw_fact(s, c, row, columns, T_nothing, buf_str(&demo));
    buf_release(&who);
    buf_release(&demo);
}

#define FACT_ROWS 4    /* what is below them may be cut off */
#define FOCUSED_ROWS 5 /* a blank one above them */

static void draw(struct page *p, struct session *s, struct canvas *c, struct area a)
{
    struct wizard_page *w = of(p);
    int top = draw_intro(w, s, c, a), end = a.row + a.rows;
    bool facts = end - top >= W_COUNT + FOCUSED_ROWS + FACT_ROWS;
    form_draw(&w->form, c, (struct area){top, 1, W_COUNT, a.columns - 2}, s->lang);
    draw_focused(w, s, c, top + W_COUNT + 1, a.columns - 2);
    if (facts)
        draw_facts(w, s, c, top + W_COUNT + FOCUSED_ROWS, a.columns - 2);
}

/* ---- keys ---- */

/* An agency's code is written in capitals, and stands in front of every dossier's for good. */
static void raise_letters(struct field *field)
{
    for (size_t i = 0; i < field->text.n; i++)
        if (field->text.p[i] >= 'a' && field->text.p[i] <= 'z')
            field->text.p[i] = (char)(field->text.p[i] - 'a' + 'A');
}

static bool key(struct page *p, struct session *s, const struct key *k, enum action action)
{
    struct wizard_page *w = of(p);
    if (action == ACTION_save) {
        save(w, s);
        return true;
    }
    if (action == ACTION_back || action == ACTION_quit) {
        ask_quit(s);
        return true;
    }
    const struct form_item *item = form_focused(&w->form);
    switch (form_key(&w->form, k, action)) {
    case FORM_DONE: save(w, s); break;
    case FORM_IGNORED: return action != ACTION_help; /* nothing else can be opened yet */
    default:
        if (item == &w->form.item[W_AGENCY])
            raise_letters(&w->form.item[W_AGENCY].field);
        if (item->field.cut)
            session_say_cut(s, k, item->field.max);
    }
    return true;
}

static unsigned scopes(const struct page *p)
{
    return form_scopes(&((const struct wizard_page *)p)->form);
}

static bool typing(const struct page *p)
{
    (void)p;
    return true;
}

static bool dirty(const struct page *p)
{
    return form_dirty(&((const struct wizard_page *)p)->form);
}

static size_t hints(const struct page *p, const struct session *s, struct hint out[HINTS])
{
    (void)p, (void)s;
    static const enum action shown[] = {ACTION_save, ACTION_next, ACTION_previous, ACTION_quit, ACTION_help};
    return hints_of(out, shown, sizeof shown / sizeof *shown);
}

static void title(const struct page *p, const struct session *s, struct buf *out)
{
    (void)p;
    buf_add_str(out, session_text(s, T_tui_title_wizard));
}

static void free_page(struct page *p)
{
    form_release(&of(p)->form);
    free(p);
}

static const struct page_ops ops = {
    .draw = draw,
    .key = key,
    .scopes = scopes,
    .typing = typing,
    .dirty = dirty,
    .hints = hints,
    .title = title,
    .free = free_page,
};

struct page *page_wizard(const struct founding *founding)
{
    struct wizard_page *w = calloc(1, sizeof *w);
    if (!w)
        return NULL;
    w->page.ops = &ops;
    w->founding = founding;
    w->barred = !may_write(founding->dir);
    w->known = founding->dir.n && noted_before(founding->dir.p, &w->noted);
    form_init(&w->form, items, W_COUNT);
    return &w->page;
}
