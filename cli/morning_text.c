/* The chief's page as a text. */
#include "cli/cells.h"
#include "cli/morning_page.h"
#include "cli/morning_whose.h"
#include "core/names.h"
#include "core/text.h"
#include "core/words.h"

enum { INDENT = 4, CODE = 60, NAME = 26, LEAST_TITLE = 12 };

/* ---- lines no wider than the page ---- */

/* Parts of a line with something between them; what does not fit goes on in the next, indented. */
struct flow {
    struct morning_page *p;
    const char *between;
    int used; /* columns of this line */
};

static void flow_break(struct flow *f)
{
    buf_add_z(&f->p->c->out, "\n    ");
    f->used = INDENT;
}

static void flow_add(struct flow *f, enum paint paint, struct str part)
{
    struct cli *c = f->p->c;
    bool first = f->used == 0;
    int gap = first ? 0 : text_columns(str_of(f->between));
    if (!part.n)
        return;
    if (!first && f->used > INDENT && f->used + gap + text_columns(part) > f->p->columns)
        flow_break(f);
    else if (!first) {
        buf_add_z(&c->out, f->between);
        f->used += gap;
    }
    for (bool again = false; part.n; again = true) {
        if (again)
            flow_break(f);
        size_t skip, n = text_wrap(part, f->p->columns - f->used, &skip);
        paint_begin(c, paint);
        text_safe(&c->out, str_first(part, n), false);
        paint_end(c, paint);
        f->used += text_columns(str_first(part, n));
        part = str_from(part, skip);
    }
}

static void flow_end(struct flow *f)
{
    buf_add_char(&f->p->c->out, '\n');
    f->used = 0;
}

static void add_line(struct morning_page *p, enum paint paint, struct str text)
{
    struct flow f = {.p = p, .between = " "};
    flow_add(&f, paint, text);
    flow_end(&f);
}
#define ADD_LINE(p, paint, id, ...)                                                                          \
    add_said((p), (paint), (id), (const struct str[]){__VA_ARGS__},                                          \
             sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))
static void add_said(struct morning_page *p, enum paint paint, enum text_id id, const struct str *args,
                     size_t n)
{
    struct buf line = BUF_INIT;
    lang_say(&line, p->c->lang, id, args, n);
    add_line(p, paint, buf_str(&line));
    p->c->out.failed = p->c->out.failed || line.failed;
    buf_release(&line);
}

/* A count, as words of their own. Borrowed from `out`. */
static struct str number(struct buf *out, int64_t n)
{
    buf_reset(out);
    buf_add_int(out, n);
    return buf_str(out);
}

/* ---- above the lists ---- */

static void add_broken(struct morning_page *p)
{
    struct buf line = BUF_INIT;
    morning_page_add_broken(p, &line, T_cli_morning_broken_title);
    add_line(p, PAINT_RED, buf_str(&line));
    buf_release(&line);
}

/* A head stands on a line of its own: it must be whole to be compared. */
static void add_head(struct morning_page *p, const struct head *head)
{
    char text[HEAD_TEXT];
    head_format(text, head);
    add_line(p, PAINT_NONE, str_of(text));
}

static struct head head_now(const struct morning_page *p)
{
    struct head head = {.seq = p->stat.head_seq};
    memcpy(head.hash, p->stat.head_hash, STORE_HASH);
    return head;
}

/* Which end of the journal was the right one until now, and which is from now on. */
static void add_accepted(struct morning_page *p)
{
    struct cli *c = p->c;
    struct head now = head_now(p);
    struct buf when = BUF_INIT;
    if (p->continuity.known) {
        lang_time(&when, c->lang, civil_from_utc(p->continuity.noted.when, c->offset));
        ADD_LINE(p, PAINT_NONE, T_cli_morning_was_noted, buf_str(&when));
        add_head(p, &p->continuity.noted.head);
    }
    ADD_LINE(p, PAINT_NONE, T_cli_morning_accepted, STR_NONE);
    add_head(p, &now);
    ADD_LINE(p, PAINT_NONE, T_cli_morning_accepted_by, buf_str(&c->login));
    buf_add_char(&c->out, '\n');
    buf_release(&when);
}

/* With the hour: the page of an earlier moment is then the page that stood there at that moment. */
static void add_title(struct morning_page *p)
{
    struct cli *c = p->c;
    civil_minute moment = p->r->judge.now;
    struct buf now = BUF_INIT;
    lang_time(&now, c->lang, moment);
    ADD_LINE(p, PAINT_BOLD, T_cli_morning_title, office_identity(c->office)->name,
             str_of(lang_weekday(c->lang, civil_weekday(civil_day_of(moment)))), buf_str(&now));
    buf_release(&now);
}

static void add_counts(struct morning_page *p)
{
    static const enum status shown[] = {STATUS_OVERDUE, STATUS_DUE_TODAY, STATUS_DUE_SOON, STATUS_ON_TRACK,
                                        STATUS_WAITING};
    const struct morning *m = &p->morning;
    struct cli *c = p->c;
    struct flow f = {.p = p, .between = " · "};
    struct buf n = BUF_INIT, part = BUF_INIT;
    LANG_SAY(&part, c->lang, T_cli_morning_open, number(&n, m->open));
    flow_add(&f, PAINT_NONE, buf_str(&part));
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        buf_reset(&part);
        if (m->counts[shown[i]])
            LANG_SAY(&part, c->lang, T_cli_morning_count, str_of(words_status(c->lang, shown[i])),
                     number(&n, m->counts[shown[i]]));
        flow_add(&f, status_paint(shown[i]), buf_str(&part));
    }
    flow_end(&f);
    buf_release(&n);
    buf_release(&part);
}

/* "96,49 %" */
static void add_rate(const struct cli *c, struct buf *out, int rate)
{
    limit_format_value(out, (uint32_t)rate, c->lang == LANG_VI ? ',' : '.');
    buf_add_z(out, c->lang == LANG_VI ? " %" : "%");
}

static void add_on_time(struct morning_page *p)
{
    struct cli *c = p->c;
    const struct on_time *t = &p->on_time;
    struct buf rate = BUF_INIT, target = BUF_INIT, of = BUF_INIT;
    buf_add_z(&target, comparator_sign(t->comparator));
    buf_add_char(&target, ' ');
    add_rate(c, &target, t->target);
    buf_add_int(&of, (int64_t)t->solved_in_time);
    buf_add_char(&of, '/');
    buf_add_int(&of, (int64_t)t->base);
    if (t->rate >= 0)
        add_rate(c, &rate, t->rate);
    if (t->rate >= 0 && t->base)
        ADD_LINE(p, t->met ? PAINT_GREEN : PAINT_RED, T_cli_morning_rate, buf_str(&rate), buf_str(&of),
                 buf_str(&target), str_of(cli_text(c, t->met ? T_cli_morning_met : T_cli_morning_not_met)));
    else
        ADD_LINE(p, PAINT_NONE, T_cli_morning_no_rate, buf_str(&target));
    buf_release(&rate);
    buf_release(&target);
    buf_release(&of);
}

/* Due in years, and in none of the sections. */
static void add_ahead(struct morning_page *p)
{
    struct buf n = BUF_INIT;
    if (p->ahead)
        ADD_LINE(p, PAINT_RED, T_cli_morning_ahead, number(&n, (int64_t)p->ahead));
    buf_release(&n);
}

/* ---- a dossier ---- */

static void add_when(struct morning_page *p, struct flow *f, enum morning_section in, const struct row *row)
{
    const struct facts *facts = &row->facts;
    struct buf time = BUF_INIT, part = BUF_INIT;
    enum text_id text = facts->apologized ? T_cli_morning_due_again : T_cli_morning_due;
    civil_minute when = facts->due;
    if (in == MORNING_UNCOLLECTED) {
        text = T_cli_morning_ready;
        when = facts->resolved;
    } else if (in == MORNING_WAITING_LONG) {
        text = T_cli_morning_waits;
        when = facts->waiting_since;
    }
    lang_time(&time, p->c->lang, when);
    LANG_SAY(&part, p->c->lang, text, buf_str(&time));
    flow_add(f, PAINT_NONE, buf_str(&part));
    buf_release(&time);
    buf_release(&part);
}

static void add_late(struct morning_page *p, struct flow *f, enum morning_section in, const struct row *row)
{
    uint32_t late = late_days_now(&p->r->judge, &row->facts, row->late_days);
    struct buf n = BUF_INIT, part = BUF_INIT;
    if (late && in != MORNING_UNCOLLECTED) {
        LANG_SAY(&part, p->c->lang, late == 1 ? T_cli_morning_late_one : T_cli_morning_late,
                 number(&n, late));
        flow_add(f, PAINT_RED, buf_str(&part));
    }
    buf_release(&n);
    buf_release(&part);
}

/* How it stands with its letter; absent where none is needed, or the section says it. */
static struct str letter_mark(const struct morning_page *p, enum morning_section in, const struct row *row)
{
    enum letter_urgency urgency = letter_urgency(&p->r->judge, &row->facts);
    bool late = in == MORNING_OVERDUE;
    enum text_id text = !late && urgency == LETTER_TOO_LATE ? T_cli_morning_letter_too_late
                        : late && urgency == LETTER_OVERDUE ? T_cli_morning_no_letter
                        : late && row->facts.apologized     ? T_cli_morning_has_letter
                                                            : T_nothing;
    return text == T_nothing ? STR_NONE : str_of(cli_text(p->c, text));
}

/* A part of the second line, shortened to `most` columns; what it may take is what is left of the line. */
static void add_cut(struct flow *f, struct buf *part, int most)
{
    int left = f->p->columns - f->used - (f->used > INDENT ? text_columns(str_of(f->between)) : 0);
    struct buf cut = BUF_INIT;
    most = most < left ? most : left;
    if (part->n && most >= LEAST_TITLE) {
        text_cell(&cut, buf_str(part), most, false);
        buf_add_z(&f->p->c->out, f->used > INDENT ? f->between : "");
        buf_add_str(&f->p->c->out, buf_str(&cut));
        f->used = f->p->columns - left + text_columns(buf_str(&cut));
    }
    f->p->c->out.failed = f->p->c->out.failed || cut.failed || part->failed;
    buf_release(&cut);
    buf_reset(part);
}

/* Of whom, by whom, what: as much of it as a line holds. */
static void add_about(struct morning_page *p, struct str mark, const struct row *row)
{
    struct cli *c = p->c;
    struct flow f = {.p = p, .between = " – ", .used = INDENT};
    struct buf part = BUF_INIT, holder = BUF_INIT;
    buf_add_z(&c->out, "    ");
    buf_add_str(&part, mark);
    add_cut(&f, &part, p->columns);
    if (!p->nameless)
        buf_add_str(&part, row->applicant);
    add_cut(&f, &part, NAME);
    struct str who = holder_or_unit(c, row->officer, row->unit);
    text_cell(&holder, who, NAME, false);
    LANG_SAY(&part, c->lang, who.n ? T_cli_morning_held : T_cli_morning_not_held, buf_str(&holder));
    add_cut(&f, &part, p->columns);
    title_short(&part, procedure_title(c, row));
    add_cut(&f, &part, p->columns);
    flow_end(&f);
    buf_release(&part);
    buf_release(&holder);
}

static void add_dossier(struct morning_page *p, enum morning_section in, const struct row *row)
{
    struct flow f = {.p = p, .between = " · "};
    struct buf code = BUF_INIT;
    text_cell(&code, row->code, CODE, false);
    flow_add(&f, PAINT_NONE, buf_str(&code));
    add_when(p, &f, in, row);
    add_late(p, &f, in, row);
    struct str mark = letter_mark(p, in, row);
    bool fits = f.used + text_columns(mark) + text_columns(str_of(f.between)) <= p->columns;
    if (fits || p->columns < MORNING_COLUMNS) { /* no room in the second line of a narrow page */
        flow_add(&f, PAINT_NONE, mark);
        mark = STR_NONE; /* else the next line begins with it */
    }
    flow_end(&f);
    add_about(p, mark, row);
    p->c->out.failed = p->c->out.failed || code.failed;
    buf_release(&code);
}

/* ---- the lists ---- */

/* In this order; what stands in an earlier one is only counted in a later one. Letters too late and those of
 * overdue dossiers are marks in the lists of what is due today and overdue. */
static const enum morning_section order[] = {
    MORNING_LETTERS_TODAY, MORNING_OVERDUE,      MORNING_DUE_TODAY,   MORNING_DUE_NEXT,
    MORNING_RESCHEDULED,   MORNING_WAITING_LONG, MORNING_UNCOLLECTED,
};

static bool stands_above(const struct morning_page *p, size_t place, const struct row *row)
{
    uint32_t in = morning_sections_of(&p->morning, row);
    for (size_t i = 0; i < place; i++)
        if (in & 1u << order[i])
            return true;
    return false;
}

static void add_list_head(struct morning_page *p, enum morning_section in, size_t all, size_t above)
{
    struct buf n = BUF_INIT, m = BUF_INIT;
    enum text_id text = !above        ? T_cli_morning_list
                        : above < all ? T_cli_morning_list_some_above
                                      : T_cli_morning_list_above;
    bool urgent = in == MORNING_LETTERS_TODAY || in == MORNING_OVERDUE;
    buf_add_char(&p->c->out, '\n');
    ADD_LINE(p, urgent ? PAINT_RED : PAINT_BOLD, text, str_of(words_section(p->c->lang, in)),
             number(&n, (int64_t)all), number(&m, (int64_t)above));
    buf_release(&n);
    buf_release(&m);
}

static void add_list(struct morning_page *p, size_t place)
{
    const struct morning_list *list = &p->morning.section[order[place]];
    size_t above = 0;
    if (!list->count)
        return;
    for (size_t i = 0; i < list->count; i++)
        above += stands_above(p, place, list->row[i]);
    add_list_head(p, order[place], list->count, above);
    for (size_t i = 0; i < list->count; i++)
        if (!above || !stands_above(p, place, list->row[i]))
            add_dossier(p, order[place], list->row[i]);
}

/* ---- whose it is ---- */

static void add_share(struct morning_page *p, const struct share *s)
{
    static const enum text_id what[SHARES] = {T_cli_morning_share_overdue, T_cli_morning_share_letters,
                                              T_cli_morning_share_today, T_cli_morning_share_next};
    struct cli *c = p->c;
    struct flow f = {.p = p, .between = " · "};
    struct buf name = BUF_INIT, n = BUF_INIT, part = BUF_INIT;
    text_cell(&name, s->whose.n ? s->whose : str_of(cli_text(c, T_cli_morning_nobodys)), CODE, false);
    buf_add_char(&name, ':');
    bool first = true;
    for (size_t i = 0; i < SHARES; i++) {
        buf_reset(&part);
        if (!s->count[i])
            continue;
        if (first)
            buf_add_str(&part, buf_str(&name));
        buf_add_z(&part, first ? " " : "");
        LANG_SAY(&part, c->lang, what[i], number(&n, (int64_t)s->count[i]));
        flow_add(&f, PAINT_NONE, buf_str(&part));
        first = false;
    }
    flow_end(&f);
    buf_release(&name);
    buf_release(&n);
    buf_release(&part);
}

static void add_whose(struct morning_page *p)
{
    struct shares all;
    shares_count(&all, p);
    if (all.count) {
        buf_add_char(&p->c->out, '\n');
        ADD_LINE(p, PAINT_BOLD, T_cli_morning_whose, STR_NONE);
    }
    for (size_t i = 0; i < all.count; i++)
        add_share(p, &all.share[i]);
    p->c->out.failed = p->c->out.failed || all.failed;
    shares_release(&all);
}

/* ---- the page ---- */

/* What can be noted elsewhere, and compared with later. */
static void add_foot(struct morning_page *p)
{
    struct head head = head_now(p);
    buf_add_char(&p->c->out, '\n');
    ADD_LINE(p, PAINT_NONE, T_cli_morning_head, STR_NONE);
    add_head(p, &head);
}

void morning_text(struct morning_page *p)
{
    bool any = false;
    if (morning_page_is_broken(p))
        add_broken(p);
    cli_banner(p->c);
    if (p->accepted)
        add_accepted(p);
    add_title(p);
    add_counts(p);
    add_on_time(p);
    add_ahead(p);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        add_list(p, i);
        any = any || p->morning.section[order[i]].count;
    }
    if (!any) {
        buf_add_char(&p->c->out, '\n');
        ADD_LINE(p, PAINT_NONE, T_cli_morning_nothing, STR_NONE);
    }
    add_whose(p);
    add_foot(p);
}
