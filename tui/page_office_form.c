#include "tui/page_office_form.h"
#include "tui/form_page.h"

#include "core/text.h"
#include "core/words.h"
#include "tui/office_check.h"
#include "tui/office_words.h"
#include "tui/page_ask.h"
#include "tui/page_office_moves.h"
#include "tui/pick.h"
#include <stdlib.h>

struct office_form_page {
    struct page page;
    struct office_form what;
    struct office_check check;
    struct day_change change;
    struct buf about, *saved;
    struct pick pick;
    struct buf words;     /* of the list below a field: one a line */
    struct buf changed;   /* what somebody else changed of what was touched here; empty: nothing */
    enum text_id meaning; /* of a setting */
    struct buf standard;
};

static struct office_form_page *of(struct page *p)
{
    return (struct office_form_page *)p;
}

/* ---- reading ---- */

/* What nobody touched here follows what others wrote; what they changed of what was touched is shown. */
static void see_changes(struct office_form_page *f, const struct office *office)
{
    buf_reset(&f->changed);
    office_form_follow(&f->what, office, false, &f->changed);
}

static void add_word(struct office_form_page *f, struct str word)
{
    buf_add_str(&f->words, word);
    buf_add_char(&f->words, '\n');
}

static struct str word_at(const struct office_form_page *f, size_t index)
{
    struct str left = buf_str(&f->words);
    for (;; index--) {
        const char *end = left.n ? memchr(left.p, '\n', left.n) : NULL;
        if (!end)
            return STR_NONE;
        if (!index)
            return str_first(left, (size_t)(end - left.p));
        left = str_from(left, (size_t)(end - left.p) + 1);
    }
}

static void read_fields(struct office_form_page *f, const struct office *office)
{
    buf_reset(&f->words);
    for (uint16_t i = 1; i <= office_field_count(office); i++)
        add_word(f, office_field(office, i));
}

static void read_values(struct office_form_page *f)
{
    buf_reset(&f->words);
    office_values(&f->words, f->what.lang, f->what.setting);
}

/* ---- the list below a field ---- */

static bool picking(const struct office_form_page *f)
{
    return f->what.form.item[f->what.form.focus].kind == ITEM_PICK;
}

static bool picking_value(const struct office_form_page *f)
{
    return picking(f) && f->what.kind == OFFICE_FORM_SETTING;
}

static size_t word_count(const struct office_form_page *f)
{
    size_t n = 0;
    for (size_t i = 0; i < f->words.n; i++)
        n += f->words.p[i] == '\n';
    return n;
}

static bool is_word(const struct office_form_page *f, struct str text)
{
    size_t i = 0, n = word_count(f);
    while (i < n && !str_eq(word_at(f, i), text))
        i++;
    return i < n;
}

static void find(struct office_form_page *f)
{
    struct str typed = form_text(&f->what.form, f->what.form.focus);
    size_t n = word_count(f);
    if (!picking(f))
        return;
    if (picking_value(f) || is_word(f, typed)) {
        pick_set(&f->pick, n < FOUND_MAX ? n : FOUND_MAX);
        for (size_t i = 0; i < f->pick.list.count; i++) {
            f->pick.found[i] = (uint16_t)i;
            if (str_eq(word_at(f, i), typed))
                list_select(&f->pick.list, i);
        }
        return;
    }
    struct finder finder;
    bool ready = finder_init(&finder, typed, n);
    struct buf words = BUF_INIT;
    for (size_t i = 0; ready && i < n; i++) {
        buf_reset(&words);
        text_fold(&words, word_at(f, i));
        finder_try(&finder, i, buf_str(&words), buf_str(&words), 0, words.n);
    }
    buf_release(&words);
    size_t found = finder_end(&finder, f->pick.found);
    if (typed.n && !is_word(f, typed) && found < FOUND_MAX)
        f->pick.found[found++] = (uint16_t)n; /* what is typed, as it stands */
    pick_set(&f->pick, found);
}

static void choose(struct office_form_page *f)
{
    uint16_t index;
    if (pick_chosen(&f->pick, &index) && index < word_count(f))
        field_set(&form_focused(&f->what.form)->field, word_at(f, index));
    office_form_adapt(&f->what);
}

struct teller_of_words {
    const struct office_form_page *f;
    enum lang lang;
};

static void tell_row(const void *arg, uint16_t index, struct buf *left, struct buf *right)
{
    const struct teller_of_words *t = arg;
    bool own = index >= word_count(t->f);
    buf_add_str(left, own ? form_text(&t->f->what.form, t->f->what.form.focus) : word_at(t->f, index));
    if (own)
        buf_add_z(right, lang_text(t->lang, T_tui_new_field));
}

/* Keys of the list below the field in focus. True when it was one. */
static bool key_picking(struct office_form_page *f, const struct key *k, enum action action)
{
    bool click = pick_click(&f->pick, k);
    bool typed = form_text(&f->what.form, f->what.form.focus).n > 0;
    bool value = picking_value(f);
    if (value && (!k->special || key_is(k, PRESS_BACKSPACE) || key_is(k, PRESS_PASTE)))
        return true; /* chosen, never typed */
    struct field *field = &form_focused(&f->what.form)->field;
    if (!k->special && field->cursor == field->text.n && is_word(f, field_str(field)))
        field_set(field, STR_NONE); /* a letter behind a whole name begins another one */
    if (pick_key(&f->pick, k)) {
        if (value)
            choose(f);
        return true;
    }
    if (click || action == ACTION_choose || (typed && key_is(k, PRESS_TAB)))
        choose(f);
    if (click)
        form_key(&f->what.form, &(struct key){.special = true, .code = PRESS_TAB}, ACTION_next);
    return click;
}

/* ---- saving ---- */

static bool make_commands(struct office_form_page *f, struct session *s, struct command *out, size_t *n)
{
    int item;
    enum text_id wrong;
    office_form_adapt(&f->what);
    if (office_form_commands(&f->what, s->today, out, n, &item, &wrong))
        return true;
    struct buf most = BUF_INIT, text = BUF_INIT;
    buf_add_int(&most, OFFICE_FORM_DAYS);
    LANG_SAY(&text, s->lang, wrong, buf_str(&most));
    form_focus(&f->what.form, item);
    find(f);
    session_say(s, TONE_REFUSED, buf_str(&text));
    buf_release(&most);
    buf_release(&text);
    return false;
}

static size_t day_commands(void *arg, struct session *s, struct command out[CHANGE_REQUESTS])
{
    size_t n;
    return make_commands(arg, s, out, &n) ? n : 0;
}

static void done(void *arg, struct session *s)
{
    struct office_form_page *f = arg;
    office_form_key(&f->what, s->today, f->saved);
    f->page.done = true;
}

static void refused(struct office_form_page *f, const struct outcome *o)
{
    if (f->what.kind == OFFICE_FORM_DAY && !f->what.adding)
        return; /* the date is not there to be put right */
    office_form_focus(&f->what, o);
    find(f);
}

static void save_days(struct office_form_page *f, struct session *s)
{
    struct command command[CHANGE_REQUESTS];
    struct buf what = BUF_INIT;
    size_t n;
    if (!make_commands(f, s, command, &n))
        return;
    if (command->kind == COMMAND_DAY_PUT) {
        buf_add_z(&what, words_day_kind(s->lang, command->day.kind));
        buf_add_char(&what, ' ');
        lang_date(&what, s->lang, command->day.day);
        if (n > 1) {
            buf_add_z(&what, " – ");
            lang_date(&what, s->lang, command[n - 1].day.day);
        }
        buf_add_z(&what, ": ");
        buf_add_str(&what, command->day.name);
    } else {
        buf_add_str(&what, session_text(s, T_tui_title_hours));
        buf_add_char(&what, ' ');
        office_hours_change(&what, s->lang, &command->hours);
    }
    f->change = (struct day_change){day_commands, done, f};
    struct outcome o = page_office_change(s, &f->change, buf_str(&what), STR_NONE);
    if (!outcome_ok(&o))
        refused(f, &o);
    buf_release(&what);
}

static void say_saved(const struct office_form_page *f, struct session *s)
{
    struct buf text = BUF_INIT, called = BUF_INIT;
    struct str value = buf_str(&f->what.value);
    switch (f->what.kind) {
    case OFFICE_FORM_PROCEDURE: LANG_SAY(&text, s->lang, T_tui_saved_procedure, buf_str(f->saved)); break;
    case OFFICE_FORM_OFFICER: LANG_SAY(&text, s->lang, T_tui_saved_officer, buf_str(f->saved)); break;
    default:
        office_value(&called, f->what.lang, value);
        if (value.n)
            LANG_SAY(&text, s->lang, T_tui_saved_setting, buf_str(f->saved), buf_str(&called));
        else
            LANG_SAY(&text, s->lang, T_tui_saved_default, buf_str(f->saved), buf_str(&f->standard));
    }
    session_say(s, TONE_GOOD, buf_str(&text));
    buf_release(&text);
    buf_release(&called);
}

/* Said, and true: what would be added is there, or nothing is changed, or somebody else changed the same. The
 * second time the last is no hindrance: it was read then. */
static bool hindered(struct office_form_page *f, struct session *s)
{
    struct buf what = BUF_INIT, text = BUF_INIT;
    struct view *v = session_view(s);
    bool procedure = f->what.kind == OFFICE_FORM_PROCEDURE;
    if (!v)
        return true;
    if (office_form_is_taken(&f->what, view_office(v), &what)) {
        LANG_SAY(&text, s->lang,
                 f->what.as_case ? T_tui_check_known_case
                 : procedure     ? T_tui_check_known_procedure
                                 : T_tui_check_known_officer,
                 buf_str(&what));
        form_focus(&f->what.form, f->what.as_case ? P_CASE : procedure ? P_CODE : O_LOGIN);
    } else if (office_form_follow(&f->what, view_office(v), true, &what)) {
        LANG_SAY(&text, s->lang, T_tui_changed_refused, buf_str(&what));
        buf_reset(&f->changed);
    } else if (office_form_untouched(&f->what))
        buf_add_z(&text, lang_text(s->lang, T_tui_nothing_corrected));
    session_view_end(s, v);
    bool is = text.n > 0;
    if (is)
        session_say(s, TONE_REFUSED, buf_str(&text));
    buf_release(&what);
    buf_release(&text);
    return is;
}

/* What is saved already, as is certain only now. */
static void settled(struct office_form_page *f, struct session *s)
{
    done(f, s);
    if (f->what.kind != OFFICE_FORM_DAY && f->what.kind != OFFICE_FORM_HOURS)
        say_saved(f, s);
}

static void save(struct office_form_page *f, struct session *s)
{
    struct command command[CHANGE_REQUESTS];
    size_t n;
    enum saving saving = session_saving(s, &f->page, ACTION_save, NULL);
    if (saving == SAVING_DONE)
        settled(f, s);
    if (saving != SAVING_GO || hindered(f, s))
        return;
    if (f->what.kind == OFFICE_FORM_DAY || f->what.kind == OFFICE_FORM_HOURS) {
        save_days(f, s);
        return;
    }
    if (!make_commands(f, s, command, &n))
        return;
    struct outcome o = session_submit(s, command, NULL);
    if (outcome_ok(&o)) {
        done(f, s);
        say_saved(f, s);
    } else
        refused(f, &o);
}

/* ---- drawing ---- */

static void refresh(struct page *p, struct session *s)
{
    struct office_form_page *f = of(p);
    struct view *v = session_view(s);
    if (!v)
        return;
    see_changes(f, view_office(v));
    if (f->what.kind == OFFICE_FORM_PROCEDURE)
        read_fields(f, view_office(v));
    else if (f->what.kind == OFFICE_FORM_SETTING)
        read_values(f);
    session_view_end(s, v);
    find(f);
}

static int draw_wrapped(struct canvas *c, int row, int columns, int rows, int style, struct str text)
{
    for (size_t skip; text.n && rows > 0; rows--) {
        size_t n = text_wrap(text, columns, &skip);
        canvas_text(c, row++, 1, columns, style, str_first(text, n));
        text = str_from(text, skip);
    }
    return row;
}

/* What a setting means, what it is by default, what it may be. Returns the row below. */
static int draw_setting(struct office_form_page *f, struct session *s, struct canvas *c, int row, int columns)
{
    struct buf text = BUF_INIT, allowed = BUF_INIT;
    office_allowed(&allowed, s->lang, f->what.setting);
    office_meaning(&text, s->lang, f->meaning);
    row = draw_wrapped(c, row, columns, 3, STYLE_PLAIN, buf_str(&text));
    buf_reset(&text);
    LANG_SAY(&text, s->lang, T_tui_detail_setting, buf_str(&f->standard), buf_str(&allowed));
    row = draw_wrapped(c, row, columns, 3, STYLE_DIM, buf_str(&text));
    buf_release(&text);
    buf_release(&allowed);
    return row;
}

/* Returns the row of the form below it. */
static int draw_head(struct office_form_page *f, struct session *s, struct canvas *c, struct area a)
{
    int row = a.row, columns = a.columns - 2;
    if (f->about.n)
        row = draw_wrapped(c, row, columns, 2, STYLE_STRONG, buf_str(&f->about));
    if (f->what.kind == OFFICE_FORM_SETTING)
        row = draw_setting(f, s, c, row, columns);
    else
        row = draw_wrapped(c, row, columns, 2, STYLE_DIM, session_text(s, office_form_explain(&f->what)));
    return row + 1;
}

#define CHECK_ROWS 3

static void draw_check(struct office_form_page *f, struct session *s, struct canvas *c, int row)
{
    struct buf text = BUF_INIT;
    struct view *v = session_view(s);
    bool fine = v && office_check_say(&f->check, &f->what, view_office(v), s->today, &text);
    view_end(v);
    int columns = c->columns - 2;
    if (f->changed.n) {
        struct buf changed = BUF_INIT;
        LANG_SAY(&changed, s->lang, T_tui_changed_meanwhile, buf_str(&f->changed));
        row = draw_wrapped(c, row, columns, 1, STYLE_OVERDUE, buf_str(&changed));
        buf_release(&changed);
    }
    draw_wrapped(c, row, columns, CHECK_ROWS - (f->changed.n > 0), fine ? STYLE_STRONG : STYLE_TODAY,
                 buf_str(&text));
    buf_release(&text);
}

static void draw(struct page *p, struct session *s, struct canvas *c, struct area a)
{
    struct office_form_page *f = of(p);
    int top = draw_head(f, s, c, a), end = a.row + a.rows;
    struct area form = {top, 1, end - CHECK_ROWS - 1 - top, a.columns - 2};
    int focus = form_draw(&f->what.form, c, form, s->lang);
    draw_check(f, s, c, end - CHECK_ROWS);
    if (!picking(f))
        return;
    struct teller_of_words t = {f, s->lang};
    pick_draw(&f->pick, c, (struct area){focus + 1, 1, end - focus - 1, a.columns - 2}, tell_row, &t,
              session_text(s, outcome_ok(&s->unread) ? T_tui_no_field : T_tui_unread_short));
}

/* ---- keys ---- */

static bool key(struct page *p, struct session *s, const struct key *k, enum action action)
{
    struct office_form_page *f = of(p);
    if (!p->seen) /* keys may come before it was ever drawn */
        refresh(p, s);
    if (action == ACTION_save) {
        save(f, s);
        return true;
    }
    if (action == ACTION_back) {
        ask_leave(s, p);
        return true;
    }
    if (picking(f) && key_picking(f, k, action))
        return true;
    const struct form_item *item = form_focused(&f->what.form);
    switch (form_key(&f->what.form, k, action)) {
    case FORM_DONE: save(f, s); return true;
    case FORM_IGNORED: return false;
    default: office_form_adapt(&f->what); find(f);
    }
    if (item->field.cut)
        session_say_cut(s, k, item->field.max);
    return true;
}

static unsigned scopes(const struct page *p)
{
    return form_scopes(&((const struct office_form_page *)p)->what.form);
}

static bool typing(const struct page *p)
{
    return form_typing(&((const struct office_form_page *)p)->what.form);
}

static bool dirty(const struct page *p)
{
    return form_dirty(&((const struct office_form_page *)p)->what.form);
}

static size_t hints(const struct page *p, const struct session *s, struct hint out[HINTS])
{
    (void)s;
    return form_hints(out, picking((const struct office_form_page *)p));
}

static void title(const struct page *p, const struct session *s, struct buf *out)
{
    buf_add_str(out, session_text(s, office_form_title(&((const struct office_form_page *)p)->what)));
}

static void free_page(struct page *p)
{
    struct office_form_page *f = of(p);
    office_form_release(&f->what);
    office_check_release(&f->check);
    buf_release(&f->about);
    buf_release(&f->words);
    buf_release(&f->changed);
    buf_release(&f->standard);
    free(f);
}

static const struct page_ops ops = {
    .refresh = refresh,
    .draw = draw,
    .key = key,
    .scopes = scopes,
    .typing = typing,
    .dirty = dirty,
    .hints = hints,
    .title = title,
    .free = free_page,
    .form = true,
};

struct page *page_office_form(struct office_form *form, struct str about, struct buf *saved)
{
    struct office_form_page *f = calloc(1, sizeof *f);
    if (!f) {
        office_form_release(form);
        return NULL;
    }
    f->page.ops = &ops;
    f->what = *form;
    f->saved = saved;
    buf_add_str(&f->about, about);
    if (form->kind == OFFICE_FORM_SETTING) {
        f->meaning = settings_meaning(form->setting);
        office_standard(&f->standard, form->lang, form->setting);
    }
    return &f->page;
}
