#include "tui/page_morning.h"

#include "core/text.h"
#include "core/words.h"
#include "tui/going_on.h"
#include "tui/list.h"
#include "tui/list_acts.h"
#include "tui/page_dossier.h"
#include "tui/rows.h"
#include <stdlib.h>

#define CODE_MOST 26 /* columns; a foreign code longer than that is shortened */
#define FEW 500      /* results that lie at the desk: more are only read when they are to be seen */

/* A line of the list: the heading of a section, or a row of it. */
struct item {
    enum morning_section section;
    bool heading;
    const struct row *row; /* its facts; the texts are read when it is seen. NULL: not read yet */
};

struct morning_page {
    struct page page;
    struct morning morning;
    struct on_time on_time;
    size_t read; /* so many lines are; behind them are uncollected ones */
    bool whole;  /* all are */
    struct list list;
    struct marks marks;
    int list_row; /* of the screen, when last drawn */
    int code_columns;
};

static struct morning_page *of(struct page *p)
{
    return (struct morning_page *)p;
}

/* ---- reading ---- */

/* A text never takes more columns than bytes. */
static void measure_code(struct morning_page *m, struct str code)
{
    if (code.n <= (size_t)m->code_columns || m->code_columns == CODE_MOST)
        return;
    int columns = text_columns(code);
    if (columns > m->code_columns)
        m->code_columns = columns < CODE_MOST ? columns : CODE_MOST;
}

static bool add_row(void *arg, const struct row *row)
{
    struct morning_page *m = arg;
    struct row bare = {.facts = row->facts, .late_days = row->late_days};
    measure_code(m, row->code);
    morning_add(&m->morning, &bare);
    return true;
}

static void measure_on_time(struct morning_page *m, struct view *v, const struct session *s)
{
    const struct settings *settings = office_settings(view_office(v));
    int year = civil_to_ymd(s->today).year;
    struct tally t;
    view_tally(v, year, 1, year, 12, &t);
    uint64_t late = settings->basis == BASIS_PROMISED ? t.late_promised : t.late_statutory;
    m->on_time = on_time_rate(settings, t.solved, late, m->morning.open_past_statutory);
}

static size_t section_count(const struct morning_page *m, enum morning_section section)
{
    return section == MORNING_UNCOLLECTED ? m->morning.uncollected : m->morning.section[section].count;
}

static size_t lines_of(const struct morning_page *m, enum morning_section section)
{
    size_t rows = section_count(m, section);
    return rows ? 1 + rows : 0;
}

/* The i-th line; nothing, behind the last. */
static struct item item_at(const struct morning_page *m, size_t i)
{
    for (enum morning_section s = 0; s < MORNING_SECTIONS; i -= lines_of(m, s), s++) {
        const struct morning_list *l = &m->morning.section[s];
        if (i < lines_of(m, s))
            return (struct item){s, i == 0, i && i <= l->count ? l->row[i - 1] : NULL};
    }
    return (struct item){0};
}

static struct item chosen(const struct morning_page *m)
{
    return item_at(m, m->list.selected);
}

static void list_items(struct morning_page *m)
{
    size_t n = 0;
    m->read = 0;
    for (enum morning_section i = 0; i < MORNING_SECTIONS; i++) {
        n += lines_of(m, i);
        m->read += section_count(m, i) ? 1 + m->morning.section[i].count : 0;
    }
    list_set_count(&m->list, n);
}

/* No heading is ever chosen: the row below it is. */
static void leave_heading(struct morning_page *m)
{
    if (chosen(m).heading)
        list_select(&m->list, m->list.selected + 1);
    if (m->list.selected == 1)
        m->list.top = 0;
}

/* The line of that dossier, in that section rather than in another; the number of lines where it has none. */
static size_t line_of(const struct morning_page *m, enum morning_section section, uint64_t id)
{
    size_t found = m->list.count, line = 0;
    bool exact = false;
    for (enum morning_section s = 0; s < MORNING_SECTIONS; line += lines_of(m, s), s++) {
        const struct morning_list *l = &m->morning.section[s];
        for (size_t k = 0; k < l->count && !exact; k++)
            if (l->row[k]->facts.id == id) {
                found = line + 1 + k;
                exact = s == section;
            }
    }
    return found;
}

static void select_again(struct morning_page *m, enum morning_section section, uint64_t id)
{
    size_t same = id ? line_of(m, section, id) : m->list.count;
    if (same < m->list.count)
        list_select(&m->list, same);
    leave_heading(m);
}

static bool is_listed(void *arg, uint64_t id)
{
    const struct morning_page *m = arg;
    return line_of(m, MORNING_OVERDUE, id) < m->list.count;
}

/* Accepted on the command line meanwhile? */
static void look_again(struct session *s)
{
    if (s->warning.n)
        going_on_look(s);
}

/* Is anything seen or chosen that is not read? */
static bool reaches_unread(const struct morning_page *m)
{
    size_t end = m->list.top + m->list.page < m->list.count ? m->list.top + m->list.page : m->list.count;
    return !m->whole && (m->list.selected >= m->read || end > m->read);
}

static void read_uncollected(struct morning_page *m, struct view *v)
{
    m->whole = true;
    m->morning.uncollected = 0;
    view_live(v, LIVE_UNCOLLECTED, add_row, m);
}

/* The results that lie at the desk may be many, and are looked at seldom. */
static void gather(struct morning_page *m, struct view *v, const struct judge *judge)
{
    size_t last = m->list.count < m->morning.uncollected ? 0 : m->list.count - m->morning.uncollected;
    bool reached =
        m->list.count && (m->marks.count || m->list.selected >= last || m->list.top + m->list.page > last);
    morning_release(&m->morning);
    morning_init(&m->morning, judge);
    m->code_columns = 12;
    m->whole = false;
    if (judge->calendar) {
        morning_add_unread(&m->morning, view_morning(v, judge, add_row, m));
        m->morning.uncollected = (uint32_t)view_uncollected(v);
        if (reached || m->morning.uncollected <= FEW)
            read_uncollected(m, v);
    }
    morning_finish(&m->morning);
}

/* What is to be seen now. */
static void ensure(struct morning_page *m, struct session *s)
{
    struct view *v = reaches_unread(m) ? session_view(s) : NULL;
    if (!v)
        return;
    m->morning.judge = judge_at(view_office(v), s->now);
    read_uncollected(m, v);
    morning_finish(&m->morning);
    list_items(m);
    session_view_end(s, v);
}

static void refresh(struct page *p, struct session *s)
{
    look_again(s);
    struct morning_page *m = of(p);
    struct item was = chosen(m);
    uint64_t id = was.row ? was.row->facts.id : 0;
    struct view *v = session_view(s);
    if (!v)
        return;
    struct judge judge = judge_at(view_office(v), s->now);
    gather(m, v, &judge);
    measure_on_time(m, v, s);
    list_items(m);
    select_again(m, was.section, id);
    marks_keep(&m->marks, is_listed, m);
    session_view_end(s, v);
}

/* ---- drawing ---- */

enum { COUNTS = 6, LENGTHS = 3, COUNT_GAP = 2 };

/* A count with its label, from the longest to the shortest way to put it. */
struct count {
    enum text_id label[LENGTHS];
    uint64_t n;
    int style;
};

static void put_count(struct buf *out, enum lang lang, const struct count *count, int length)
{
    buf_reset(out);
    buf_add_z(out, lang_text(lang, count->label[length]));
    buf_add_char(out, ' ');
    buf_add_int(out, (int64_t)count->n);
}

/* The longest labels with which all six are seen. */
static int fitting(const struct count *count, enum lang lang, int columns)
{
    struct buf text = BUF_INIT;
    int length = -1, used = columns + 1;
    while (used > columns && length + 1 < LENGTHS) {
        length++;
        used = 1;
        for (int i = 0; i < COUNTS; i++) {
            put_count(&text, lang, &count[i], length);
            used += text_columns(buf_str(&text)) + (i ? COUNT_GAP : 0);
        }
    }
    buf_release(&text);
    return length;
}

static void draw_counts(const struct morning_page *m, struct session *s, struct canvas *c, int row)
{
    const struct morning *d = &m->morning;
    const struct count count[COUNTS] = {
        {{T_tui_count_open, T_tui_count_open, T_tui_count_open_short}, d->open, STYLE_STRONG},
        {{T_tui_count_overdue, T_tui_count_overdue, T_tui_count_overdue},
         d->counts[STATUS_OVERDUE],
         STYLE_OVERDUE},
        {{T_tui_count_letters, T_tui_count_letters, T_tui_count_letters_short}, d->letter_due, STYLE_TODAY},
        {{T_tui_count_today, T_tui_count_today_short, T_tui_count_today_short},
         d->counts[STATUS_DUE_TODAY],
         STYLE_TODAY},
        {{T_tui_count_waiting, T_tui_count_waiting_short, T_tui_count_waiting_short},
         d->counts[STATUS_WAITING],
         STYLE_PLAIN},
        {{T_tui_count_uncollected, T_tui_count_uncollected_short, T_tui_count_uncollected_short},
         d->uncollected,
         STYLE_PLAIN},
    };
    struct buf text = BUF_INIT;
    int length = fitting(count, s->lang, c->columns), column = 1;
    for (int i = 0; i < COUNTS; i++) {
        put_count(&text, s->lang, &count[i], length);
        column += COUNT_GAP + canvas_text(c, row, column, c->columns - column,
                                          count[i].n ? count[i].style : STYLE_DIM, buf_str(&text));
    }
    buf_release(&text);
}

static void add_percent(struct buf *out, enum lang lang, int hundredths)
{
    if (hundredths % 100 == 0)
        buf_addf(out, "%d %%", hundredths / 100);
    else
        buf_addf(out, "%d%c%02d %%", hundredths / 100, lang == LANG_VI ? ',' : '.', hundredths % 100);
}

static void draw_bar(struct canvas *c, int row, int column, int width, const struct on_time *t)
{
    int full = t->rate < 0 ? 0 : (int)((int64_t)width * t->rate / 10000);
    int style = t->met ? STYLE_GOOD : STYLE_OVERDUE;
    for (int k = 0; k < width; k++)
        canvas_text(c, row, column + k, 1, k < full ? style : STYLE_DIM, k < full ? STR("█") : STR("░"));
    int target = (int)((int64_t)width * t->target / 10000);
    if (target >= 0 && target < width)
        canvas_text(c, row, column + target, 1, STYLE_STRONG, STR("|"));
}

static void draw_gauge(const struct morning_page *m, struct session *s, struct canvas *c, int row)
{
    const struct on_time *t = &m->on_time;
    struct buf rate = BUF_INIT, target = BUF_INIT, share = BUF_INIT, text = BUF_INIT;
    if (t->rate < 0)
        buf_add_z(&rate, lang_text(s->lang, T_tui_no_rate));
    else
        add_percent(&rate, s->lang, t->rate);
    add_percent(&target, s->lang, t->target);
    buf_addf(&share, "%llu/%llu", (unsigned long long)t->solved_in_time, (unsigned long long)t->base);
    LANG_SAY(&text, s->lang, t->base ? T_tui_gauge : T_tui_gauge_none, buf_str(&rate), buf_str(&target),
             buf_str(&share));
    int words = text_columns(buf_str(&text)), bar = c->columns - words - 26;
    if (bar > 60)
        bar = 60;
    int k = 1 + canvas_text(c, row, 1, c->columns, STYLE_PLAIN, session_text(s, T_tui_gauge_label)) + 1;
    if (bar >= 10) {
        draw_bar(c, row, k, bar, t);
        k += bar + 1;
    }
    int style = t->rate < 0 ? STYLE_DIM : t->met ? STYLE_GOOD : STYLE_OVERDUE;
    canvas_text(c, row, k, c->columns - k, style, buf_str(&text));
    buf_release(&rate);
    buf_release(&target);
    buf_release(&share);
    buf_release(&text);
}

static void draw_heading(const struct morning_page *m, struct session *s, struct canvas *c, int row,
                         enum morning_section section)
{
    struct buf text = BUF_INIT;
    buf_add_z(&text, words_section(s->lang, section));
    buf_addf(&text, " (%zu)", section_count(m, section));
    int used = canvas_text(c, row, 1, c->columns - 2, STYLE_HEADING, buf_str(&text));
    canvas_rule(c, row, used + 2, c->columns - used - 3, STYLE_DIM);
    buf_release(&text);
}

static void draw_row(const struct row *read, struct view *v, struct canvas *c, int at,
                     const struct row_layout *layout, const struct row_dress *dress)
{
    struct row row = {0};
    view_live_row(v, &read->facts, &row);
    const struct procedure *p = office_procedure_by_number(view_office(v), read->facts.procedure);
    const struct officer *o = office_find_officer(view_office(v), row.officer);
    struct dossier_line line = {
        .facts = &read->facts,
        .code = row.code,
        .applicant = row.applicant,
        .phone = row.phone,
        .unit = row.unit,
        .holder = row.officer,
        .holder_name = o ? o->name : STR_NONE,
        .procedure = p ? p->name : row.procedure,
        .late_days = read->late_days,
    };
    row_draw(c, at, layout, &line, dress);
}

static void draw_list(struct morning_page *m, struct session *s, struct canvas *c, struct area a,
                      struct view *v)
{
    struct judge judge = judge_at(view_office(v), s->now);
    if (!judge.calendar)
        return;
    struct row_layout layout = row_layout_of(1, a.columns - 2, m->code_columns);
    row_heading(c, a.row, &layout, s->lang);
    m->list_row = a.row + 1;
    for (int r = 0; r < a.rows - 1; r++) {
        size_t i = list_at(&m->list, r);
        if (i == m->list.count)
            break;
        struct row_dress dress = {s->lang, &judge, s->unmasked, i == m->list.selected, false};
        struct item item = item_at(m, i);
        dress.marked = item.row && marks_has(&m->marks, item.row->facts.id);
        if (item.row)
            draw_row(item.row, v, c, m->list_row + r, &layout, &dress);
        else if (item.heading)
            draw_heading(m, s, c, m->list_row + r, item.section);
    }
}

/* The whole of it, whatever the window's width: what to do stands at its end. Returns the rows taken. */
static int draw_warning(const struct session *s, struct canvas *c, struct area a)
{
    int rows = 0;
    for (struct str left = buf_str(&s->warning); left.n && rows < a.rows; rows++) {
        size_t skip, n = text_wrap(left, c->columns - 2, &skip);
        canvas_text(c, a.row + rows, 1, c->columns - 2, STYLE_OVERDUE, str_first(left, n));
        left = str_from(left, skip);
    }
    return rows;
}

static void draw(struct page *p, struct session *s, struct canvas *c, struct area a)
{
    struct morning_page *m = of(p);
    int warned = draw_warning(s, c, a);
    a.row += warned;
    a.rows -= warned;
    draw_counts(m, s, c, a.row);
    draw_gauge(m, s, c, a.row + 1);
    struct area below = {a.row + 2, a.column, a.rows - 2, a.columns};
    if (!m->list.count) {
        canvas_text(c, below.row + 1, 1, c->columns - 2, STYLE_GOOD, session_text(s, T_tui_morning_empty));
        return;
    }
    list_set_page(&m->list, (size_t)(below.rows - 1));
    if (m->list.selected == 1)
        m->list.top = 0;
    ensure(m, s);
    struct view *v = session_view(s);
    if (v)
        draw_list(m, s, c, below, v);
    session_view_end(s, v);
}

/* ---- keys ---- */

/* The chosen row's dossier, 0 for none. */
static uint64_t selected_id(const struct morning_page *m)
{
    const struct row *row = chosen(m).row;
    return row ? row->facts.id : 0;
}

static void open_selected(struct morning_page *m, struct session *s)
{
    if (selected_id(m))
        session_open(s, page_dossier(selected_id(m)));
}

static void step(struct morning_page *m, const struct key *k)
{
    size_t before = m->list.selected;
    list_key(&m->list, k, true);
    bool up = m->list.selected < before;
    if (up && chosen(m).heading && m->list.selected > 0)
        list_select(&m->list, m->list.selected - 1);
    leave_heading(m);
}

/* All rows of the section the chosen one is in; where all are marked, none. */
static void mark_section(struct morning_page *m, struct session *s)
{
    if (!selected_id(m))
        return;
    const struct morning_list *l = &m->morning.section[chosen(m).section];
    bool all = true, full = false;
    for (size_t i = 0; i < l->count; i++)
        all = all && marks_has(&m->marks, l->row[i]->facts.id);
    for (size_t i = 0; i < l->count; i++)
        if (all)
            marks_remove(&m->marks, l->row[i]->facts.id);
        else
            full = !marks_add(&m->marks, l->row[i]->facts.id) || full;
    if (full)
        list_say_full(s);
}

static bool key_of_marks(struct morning_page *m, struct session *s, enum action action)
{
    if (action == ACTION_mark) {
        list_mark(s, &m->marks, selected_id(m));
        step(m, &(struct key){.special = true, .code = PRESS_DOWN});
        return true;
    }
    if (action == ACTION_mark_all) {
        mark_section(m, s);
        return true;
    }
    return action == ACTION_back ? list_unmark_all(s, &m->marks)
                                 : list_act(s, &m->marks, selected_id(m), action);
}

static void click(struct morning_page *m, struct session *s, int row)
{
    size_t at = list_at(&m->list, row - m->list_row);
    if (!item_at(m, at).row)
        return;
    if (at == m->list.selected)
        open_selected(m, s);
    list_select(&m->list, at);
}

static bool key(struct page *p, struct session *s, const struct key *k, enum action action)
{
    struct morning_page *m = of(p);
    ensure(m, s);
    struct list before = m->list;
    if (action == ACTION_open)
        open_selected(m, s);
    else if (key_is(k, PRESS_CLICK))
        click(m, s, k->row);
    else if (key_of_marks(m, s, action))
        return true;
    else if (list_key(&m->list, k, true)) {
        m->list = before;
        step(m, k);
    } else
        return false;
    return true;
}

static unsigned scopes(const struct page *p)
{
    (void)p;
    return SCOPE_ANYWHERE | SCOPE_LIST | SCOPE_MARKS;
}

static size_t hints(const struct page *p, const struct session *s, struct hint out[HINTS])
{
    (void)s;
    static const enum action shown[] = {ACTION_open, ACTION_receive, ACTION_search, ACTION_mark,
                                        ACTION_mask, ACTION_help,    ACTION_quit};
    if (((const struct morning_page *)p)->marks.count)
        return list_mark_hints(out);
    return hints_of(out, shown, sizeof shown / sizeof *shown);
}

static void title(const struct page *p, const struct session *s, struct buf *out)
{
    list_tell_marks(out, s->lang, &((const struct morning_page *)p)->marks);
}

static void free_page(struct page *p)
{
    struct morning_page *m = of(p);
    morning_release(&m->morning);
    marks_release(&m->marks);
    free(m);
}

static const struct page_ops ops = {
    .refresh = refresh,
    .draw = draw,
    .key = key,
    .scopes = scopes,
    .hints = hints,
    .title = title,
    .free = free_page,
    .tab = ACTION_morning,
};

struct page *page_morning(void)
{
    struct morning_page *m = calloc(1, sizeof *m);
    if (!m)
        return NULL;
    m->page.ops = &ops;
    m->morning.text = ARENA_INIT;
    return &m->page;
}
