#include "tui/page_office.h"

#include "core/text.h"
#include "tui/field.h"
#include "tui/list.h"
#include "tui/office_acts.h"
#include "tui/office_detail.h"
#include "tui/office_rows.h"
#include "tui/sentence.h"
#include <stdlib.h>

struct office_page {
    struct page page;
    struct office_acts acts; /* the book, the part that is open, what was last saved */
    uint64_t read_at;        /* the session's `writes` the book is of */
    struct list list[OFFICE_PARTS];
    struct field search[OFFICE_PARTS];
    bool searching;
    uint16_t found[FOUND_MAX]; /* rows of the open part that fit what is typed */
    int parts_row, part_end[OFFICE_PARTS], list_row;
};

static struct office_page *of(struct page *p)
{
    return (struct office_page *)p;
}

static struct list *list_of(struct office_page *o)
{
    return &o->list[o->acts.part];
}

static struct field *search_of(struct office_page *o)
{
    return &o->search[o->acts.part];
}

/* ---- which row ---- */

/* The book's row at this place of the list; its count where there is none. */
static size_t row_at(const struct office_page *o, size_t place)
{
    enum office_part part = o->acts.part;
    if (place >= o->list[part].count)
        return o->acts.book.count[part];
    return o->search[part].text.n ? o->found[place] : place;
}

static void note_chosen(struct office_page *o)
{
    o->acts.chosen = row_at(o, list_of(o)->selected);
    office_book_key(&o->acts.book, o->acts.part, o->acts.chosen, &o->acts.key[o->acts.part]);
}

/* Another text, or other rows: the list anew; the row of that key stays chosen where it is still there. */
static void find(struct office_page *o)
{
    struct list *l = list_of(o);
    enum office_part part = o->acts.part;
    struct str typed = field_str(search_of(o));
    size_t n = typed.n ? office_book_search(&o->acts.book, part, typed, o->found) : o->acts.book.count[part];
    size_t wanted = office_book_find(&o->acts.book, part, buf_str(&o->acts.key[part]));
    list_set_count(l, n);
    for (size_t i = 0; i < n && wanted < o->acts.book.count[part]; i++)
        if (row_at(o, i) == wanted) {
            list_select(l, i);
            break;
        }
    note_chosen(o);
}

static void find_anew(struct office_page *o)
{
    buf_reset(&o->acts.key[o->acts.part]);
    list_of(o)->selected = list_of(o)->top = 0;
    find(o);
}

/* The day that comes next is what one looks for first. */
static void choose_day(struct office_page *o, const struct session *s)
{
    struct list *l = &o->list[PART_DAYS];
    if (o->acts.key[PART_DAYS].n || o->acts.year != civil_to_ymd(s->today).year)
        return;
    for (size_t i = 0; i < o->acts.book.count[PART_DAYS]; i++)
        if (o->acts.book.day[i].day >= s->today) {
            list_set_count(l, o->acts.book.count[PART_DAYS]);
            list_select(l, i);
            office_book_key(&o->acts.book, PART_DAYS, i, &o->acts.key[PART_DAYS]);
            return;
        }
}

/* ---- reading ---- */

static void refresh(struct page *p, struct session *s)
{
    struct office_page *o = of(p);
    if (!o->acts.year)
        o->acts.year = civil_to_ymd(s->today).year;
    if (o->read_at == s->writes && o->acts.book.year == o->acts.year)
        return;
    struct view *v = session_view(s);
    if (!v)
        return;
    office_book_release(&o->acts.book);
    if (office_book_load(&o->acts.book, v, s->login, o->acts.year, s->today))
        o->read_at = s->writes;
    else {
        struct outcome none = outcome_of(KIND_out_of_memory);
        session_refuse(s, &none);
    }
    o->acts.cutoff = office_settings(view_office(v))->same_day_cutoff;
    if (!session_view_end(s, v))
        o->read_at = 0;
    choose_day(o, s);
    find(o);
}

static void open_part(struct office_page *o, enum office_part part)
{
    o->acts.part = part;
    o->searching = false;
    find(o);
}

static void turn_year(struct office_page *o, struct session *s, int by)
{
    int year = o->acts.year + by;
    if (year < CIVIL_FIRST_YEAR || year > CIVIL_LAST_YEAR)
        return;
    o->acts.year = year;
    buf_reset(&o->acts.key[PART_DAYS]);
    list_of(o)->selected = list_of(o)->top = 0;
    refresh(&o->page, s);
}

/* ---- drawing ---- */

static void draw_parts(struct office_page *o, struct session *s, struct canvas *c, int row)
{
    static const enum action actions[OFFICE_PARTS] = {
        [PART_PROCEDURES] = ACTION_procedures,
        [PART_PEOPLE] = ACTION_people,
        [PART_DAYS] = ACTION_days,
        [PART_SETTINGS] = ACTION_settings,
    };
    struct buf text = BUF_INIT;
    int column = 1;
    o->parts_row = row;
    for (int i = 0; i < OFFICE_PARTS; i++) {
        struct key key;
        bool here = o->acts.part == (enum office_part)i;
        buf_reset(&text);
        buf_add_char(&text, here ? '[' : ' ');
        if (keys_of(actions[i], 0, &key))
            key_name(&text, &key);
        buf_add_char(&text, ' ');
        buf_add_z(&text, keys_hint(s->lang, actions[i]));
        buf_add_char(&text, here ? ']' : ' ');
        column += canvas_text(c, row, column, c->columns - column, here ? STYLE_STRONG : STYLE_DIM,
                              buf_str(&text)) +
                  1;
        o->part_end[i] = column;
    }
    buf_release(&text);
}

/* Who may only read is told so, and why, before trying. Returns the rows taken. */
static int draw_refusal(const struct office_page *o, const struct session *s, struct canvas *c, int row)
{
    const struct outcome *may = &o->acts.book.may[o->acts.part];
    if (outcome_ok(may))
        return 0;
    struct buf why = BUF_INIT, text = BUF_INIT;
    sentence_say(&why, s->lang, may, STR_NONE);
    LANG_SAY(&text, s->lang, T_tui_office_read_only, buf_str(&why));
    canvas_text(c, row, 1, c->columns - 2, STYLE_REFUSED, buf_str(&text));
    buf_release(&why);
    buf_release(&text);
    return 1;
}

static void say_count(const struct office_page *o, const struct session *s, struct buf *out)
{
    static const enum text_id all[OFFICE_PARTS] = {
        [PART_PROCEDURES] = T_tui_office_rows, [PART_PEOPLE] = T_tui_office_people_count};
    enum office_part part = o->acts.part;
    struct buf n = BUF_INIT;
    bool some = o->search[part].text.n > 0;
    enum text_id id = some || !all[part] ? T_tui_office_found : all[part];
    buf_add_int(&n, (int64_t)(some                       ? o->list[part].count
                              : id == T_tui_office_found ? o->acts.book.count[part]
                                                         : o->acts.book.in_use[part]));
    LANG_SAY(out, s->lang, id, buf_str(&n));
    buf_release(&n);
}

static void draw_search(struct office_page *o, struct session *s, struct canvas *c, int row)
{
    static const enum text_id hints[OFFICE_PARTS] = {
        [PART_PROCEDURES] = T_tui_office_search_procedures,
        [PART_PEOPLE] = T_tui_office_search_people,
        [PART_SETTINGS] = T_tui_office_search_settings,
    };
    struct buf count = BUF_INIT, label = BUF_INIT;
    struct key key;
    say_count(o, s, &count);
    int end = text_columns(buf_str(&count));
    buf_add_z(&label, lang_text(s->lang, T_tui_search_label));
    if (!o->searching && keys_of(ACTION_search, 0, &key)) {
        buf_add_z(&label, " ");
        key_name(&label, &key);
    }
    int used =
        canvas_text(c, row, 1, c->columns - 2, o->searching ? STYLE_STRONG : STYLE_DIM, buf_str(&label));
    struct area field = {row, used + 2, 1, c->columns - used - end - 5};
    field_draw(search_of(o), c, field, o->searching, session_text(s, hints[o->acts.part]));
    canvas_right(c, row, 1, c->columns - 2, STYLE_DIM, buf_str(&count));
    buf_release(&count);
    buf_release(&label);
}

static void draw_list(struct office_page *o, struct session *s, struct canvas *c, struct area a)
{
    struct list *l = list_of(o);
    struct office_layout layout = office_layout_of(o->acts.part, &o->acts.book, 1, a.columns - 2);
    office_heading_draw(c, a.row, &layout, s->lang);
    o->list_row = a.row + 1;
    list_set_page(l, (size_t)(a.rows > 2 ? a.rows - 1 : 1));
    if (!l->count)
        canvas_text(
            c, o->list_row, 1, a.columns - 2, STYLE_DIM,
            session_text(s, o->acts.part == PART_DAYS ? T_tui_office_no_days : T_tui_office_nothing_found));
    for (int r = 0; r < (int)l->page && list_at(l, r) < l->count; r++)
        office_row_draw(c, o->list_row + r, &layout, &o->acts.book, row_at(o, list_at(l, r)), s->lang,
                        list_at(l, r) == l->selected);
}

static void draw(struct page *p, struct session *s, struct canvas *c, struct area a)
{
    struct office_page *o = of(p);
    enum office_part part = o->acts.part;
    int row = a.row, below = office_detail_rows(part);
    draw_parts(o, s, c, row++);
    row += draw_refusal(o, s, c, row);
    if (part == PART_DAYS)
        row += office_year_draw(c, (struct area){row, 1, a.rows, a.columns - 2}, &o->acts.book, s->lang);
    else
        draw_search(o, s, c, row++);
    int end = a.row + a.rows - below;
    draw_list(o, s, c, (struct area){row, 0, end - row, a.columns});
    office_detail_draw(c, (struct area){end, 1, below, a.columns - 2}, &o->acts.book, part, o->acts.chosen,
                       s->lang);
}

/* ---- keys ---- */

static bool click(struct office_page *o, struct session *s, const struct key *k)
{
    if (k->row == o->parts_row) {
        for (int i = 0; i < OFFICE_PARTS; i++)
            if (k->column < o->part_end[i]) {
                open_part(o, (enum office_part)i);
                return true;
            }
        return false;
    }
    struct list *l = list_of(o);
    size_t at = list_at(l, k->row - o->list_row);
    if (at == l->count)
        return false;
    if (at == l->selected)
        office_acts_do(&o->acts, s, ACTION_edit);
    list_select(l, at);
    note_chosen(o);
    return true;
}

static bool begin_search(struct office_page *o)
{
    if (o->acts.part == PART_DAYS)
        return false;
    if (!o->searching && search_of(o)->text.n) {
        field_set(search_of(o), STR_NONE);
        find(o);
    }
    o->searching = true;
    return true;
}

/* Esc steps back: first out of the text, then out of the field, then (not ours) to the morning page. */
static bool step_back(struct office_page *o)
{
    if (search_of(o)->text.n) {
        field_set(search_of(o), STR_NONE);
        find(o);
        o->searching = false;
        return true;
    }
    bool was = o->searching;
    o->searching = false;
    return was;
}

static bool type(struct office_page *o, struct session *s, const struct key *k)
{
    struct field *search = search_of(o);
    switch (field_key(search, k)) {
    case FIELD_IGNORED: return false;
    case FIELD_CHANGED:
        find_anew(o);
        if (search->cut)
            session_say_cut(s, k, search->max);
        return true;
    default: return true;
    }
}

static bool do_part(struct office_page *o, enum action action)
{
    enum office_part part = o->acts.part;
    switch (action) {
    case ACTION_procedures: part = PART_PROCEDURES; break;
    case ACTION_people: part = PART_PEOPLE; break;
    case ACTION_days: part = PART_DAYS; break;
    case ACTION_settings: part = PART_SETTINGS; break;
    case ACTION_part_next: part = (enum office_part)((part + 1) % OFFICE_PARTS); break;
    case ACTION_part_previous: part = (enum office_part)((part + OFFICE_PARTS - 1) % OFFICE_PARTS); break;
    default: return false;
    }
    open_part(o, part);
    return true;
}

static bool key(struct page *p, struct session *s, const struct key *k, enum action action)
{
    struct office_page *o = of(p);
    if (!o->read_at) /* keys may come before it was ever drawn */
        refresh(p, s);
    bool ends = key_is(k, PRESS_HOME) || key_is(k, PRESS_END);
    if (action == ACTION_back)
        return step_back(o);
    if (action == ACTION_search)
        return begin_search(o);
    if (o->searching && (key_is(k, PRESS_DELETE) || ends))
        return type(o, s, k);
    if (o->searching && (action == ACTION_part_next || action == ACTION_part_previous)) {
        o->searching = false; /* from the field to the list it is about, where letters are keys */
        return true;
    }
    if (do_part(o, action))
        return true;
    if (office_acts_do(&o->acts, s, action)) {
        o->searching = false; /* who comes back has found, and goes on with the keys */
        return true;
    }
    if (action == ACTION_year)
        turn_year(o, s, key_is(k, PRESS_LEFT) ? -1 : 1);
    else if (key_is(k, PRESS_CLICK))
        return click(o, s, k);
    else if (list_key(list_of(o), k, !o->searching))
        note_chosen(o);
    else
        return o->searching && action == ACTION_none && type(o, s, k);
    return true;
}

static bool typing(const struct page *p)
{
    return ((const struct office_page *)p)->searching;
}

static unsigned scopes(const struct page *p)
{
    static const unsigned own[OFFICE_PARTS] = {
        [PART_PROCEDURES] = SCOPE_CATALOGUE,
        [PART_PEOPLE] = SCOPE_PEOPLE,
        [PART_DAYS] = SCOPE_DAYS,
        [PART_SETTINGS] = SCOPE_SETTINGS,
    };
    return SCOPE_ANYWHERE | SCOPE_OFFICE | own[((const struct office_page *)p)->acts.part];
}

static size_t hints(const struct page *p, const struct session *s, struct hint out[HINTS])
{
    (void)s;
    static const enum action shown[OFFICE_PARTS][9] = {
        [PART_PROCEDURES] = {ACTION_edit, ACTION_add, ACTION_add_case, ACTION_retire, ACTION_search,
                             ACTION_steps, ACTION_part_next, ACTION_back, ACTION_help},
        [PART_PEOPLE] = {ACTION_edit, ACTION_add, ACTION_retire, ACTION_search, ACTION_part_next, ACTION_back,
                         ACTION_help},
        [PART_DAYS] = {ACTION_edit, ACTION_add, ACTION_remove_day, ACTION_hours, ACTION_year_known,
                       ACTION_year, ACTION_part_next, ACTION_back, ACTION_help},
        [PART_SETTINGS] = {ACTION_edit, ACTION_default, ACTION_search, ACTION_part_next, ACTION_back,
                           ACTION_help},
    };
    const struct office_page *o = (const struct office_page *)p;
    size_t n = 0;
    for (size_t i = 0; i < 9 && shown[o->acts.part][i] != ACTION_none; i++) {
        enum action action = shown[o->acts.part][i];
        bool letter = action == ACTION_add || action == ACTION_add_case || action == ACTION_steps ||
                      action == ACTION_retire || action == ACTION_default || action == ACTION_search;
        if (o->searching && action == ACTION_part_next)
            action = ACTION_to_list;
        if (!o->searching || !letter)
            out[n++] = (struct hint){action, !office_acts_may(&o->acts, action)};
    }
    return n;
}

static void free_page(struct page *p)
{
    struct office_page *o = of(p);
    office_acts_release(&o->acts);
    for (int i = 0; i < OFFICE_PARTS; i++)
        field_release(&o->search[i]);
    free(o);
}

static const struct page_ops ops = {
    .refresh = refresh,
    .draw = draw,
    .key = key,
    .scopes = scopes,
    .typing = typing,
    .hints = hints,
    .free = free_page,
    .tab = ACTION_office,
};

struct page *page_office(void)
{
    struct office_page *o = calloc(1, sizeof *o);
    if (!o)
        return NULL;
    o->page.ops = &ops;
    o->acts.book.text = ARENA_INIT;
    for (int i = 0; i < OFFICE_PARTS; i++) {
        field_init(&o->search[i], 200);
        o->list[i].page = 1;
    }
    return &o->page;
}
