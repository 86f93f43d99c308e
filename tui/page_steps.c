#include "tui/page_steps.h"

#include "tui/act_form.h"
#include "tui/act_frame.h"
#include "tui/form_page.h"
#include "tui/office_book.h"
#include "tui/typed.h"
#include <stdlib.h>

enum { S_NAME, S_ROLE, S_LIMIT, S_FIELDS };
#define ITEMS (STEPS_MAX * S_FIELDS)

struct steps_page {
    struct form_page in;
    struct buf code, about; /* "CODE#CASE"; and its name */
    struct buf was;         /* its own steps when they were last seen here: packed */
    bool inherited;         /* a case that follows its plain code's */
    struct limit limit;     /* of the procedure */
};

static struct steps_page *of(struct page *p)
{
    return (struct steps_page *)p;
}

static int item_of(int step, int field)
{
    return step * S_FIELDS + field;
}

/* ---- the form ---- */

static void init_form(struct form *f)
{
    static const struct form_item fields[S_FIELDS] = {
        [S_NAME] = {.label = T_tui_label_step, .hint = T_tui_type_step},
        [S_ROLE] = {.kind = ITEM_CHOICE,
                    .label = T_tui_field_step_role,
                    .choices = 4,
                    .choice = {T_tui_role_any, T_tui_role_officer, T_tui_role_specialist, T_tui_role_chief,
                               T_tui_role_admin}},
        [S_LIMIT] = {.label = T_tui_field_limit, .hint = T_tui_type_step_limit, .max = 60},
    };
    struct form_item items[ITEMS];
    for (int i = 0; i < ITEMS; i++) {
        items[i] = fields[i % S_FIELDS];
        if (i % S_FIELDS == S_NAME)
            items[i].nth = i / S_FIELDS + 1;
    }
    form_init(f, items, ITEMS);
}

/* An admin's own step is a rare thing: the word is there where the role is. */
static void begin_step(struct form *f, int at, enum lang lang, const struct step *step)
{
    struct buf limit = BUF_INIT;
    typed_limit_write(&limit, lang, &step->limit);
    form_begin_text(f, item_of(at, S_NAME), step->name);
    form_begin_text(f, item_of(at, S_LIMIT), buf_str(&limit));
    f->item[item_of(at, S_ROLE)].choices += step->role == ROLE_ADMIN;
    form_begin_with(f, item_of(at, S_ROLE), (int)step->role);
    buf_release(&limit);
}

static bool is_named(const struct form *f, int step)
{
    return !act_is_blank(form_text(f, item_of(step, S_NAME)));
}

/* A blank line is always there for one more; what belongs to a step shows with its name. */
static void adapt(struct form *f)
{
    int last = -1;
    for (int i = 0; i < STEPS_MAX; i++)
        if (is_named(f, i))
            last = i;
    for (int i = 0; i < STEPS_MAX; i++) {
        int at = f->focus / S_FIELDS;
        form_hide(f, item_of(i, S_NAME), i > last + 1 && i != at);
        form_hide(f, item_of(i, S_ROLE), !is_named(f, i));
        form_hide(f, item_of(i, S_LIMIT), !is_named(f, i));
    }
}

/* Those with a name, texts borrowed from the form. False for a limit that is none: *item is where. */
static bool read_steps(const struct form *f, struct step steps[STEPS_MAX], size_t *count, int *item)
{
    *count = 0;
    for (int i = 0; i < STEPS_MAX; i++) {
        struct str limit = form_text(f, item_of(i, S_LIMIT));
        struct step *step = &steps[*count];
        if (!is_named(f, i))
            continue;
        *step = (struct step){
            .name = form_text(f, item_of(i, S_NAME)),
            .role = (enum role)f->item[item_of(i, S_ROLE)].chosen,
            .limit = {.kind = LIMIT_NONE, .cutoff = LIMIT_NO_CUTOFF},
        };
        *item = item_of(i, S_LIMIT);
        if (!act_is_blank(limit) && !typed_limit(limit, &step->limit))
            return false;
        ++*count;
    }
    return true;
}

/* ---- saving ---- */

static void take_own(struct steps_page *p, struct str steps)
{
    buf_reset(&p->was);
    buf_add_str(&p->was, steps);
}

/* Somebody else changed it while this was typed: said once; what is typed stays, and may be saved over it. */
static bool is_changed(struct steps_page *p, struct session *s)
{
    struct view *v = session_view(s);
    if (!v)
        return true;
    const struct procedure *now = office_find_procedure(view_office(v), buf_str(&p->code));
    struct str own = now ? office_steps_own(view_office(v), now->code, now->kase) : STR_NONE;
    bool changed = !str_eq(own, buf_str(&p->was));
    take_own(p, own);
    view_end(v);
    if (changed)
        session_say_id(s, TONE_REFUSED, T_tui_steps_changed);
    return changed;
}

static void done(struct steps_page *p, struct session *s, size_t count)
{
    struct buf text = BUF_INIT, number = BUF_INIT;
    p->in.page.done = true;
    buf_add_int(&number, (int64_t)count);
    LANG_SAY(&text, s->lang, count ? T_tui_steps_saved : T_tui_steps_cleared, buf_str(&p->code),
             buf_str(&number));
    session_say(s, TONE_GOOD, buf_str(&text));
    buf_release(&text);
    buf_release(&number);
}

static void submit(struct steps_page *p, struct session *s, const struct step *steps, size_t count)
{
    struct command command = {
        .kind = COMMAND_STEPS_PUT,
        .at = NO_TIME,
        .steps = {.procedure = buf_str(&p->code), .step = steps, .count = count},
    };
    struct outcome o = session_submit(s, &command, NULL);
    if (outcome_ok(&o))
        done(p, s, count);
}

static void save(struct steps_page *p, struct session *s)
{
    struct step steps[STEPS_MAX];
    size_t count;
    int item = 0;
    bool fine = read_steps(&p->in.form, steps, &count, &item);
    enum saving saving = session_saving(s, &p->in.page, ACTION_save, NULL);
    if (saving == SAVING_DONE)
        done(p, s, count);
    if (saving != SAVING_GO)
        return;
    if (!fine) {
        form_focus(&p->in.form, item);
        session_say_id(s, TONE_REFUSED, T_tui_bad_limit);
    } else if (!form_dirty(&p->in.form))
        session_say_id(s, TONE_REFUSED, T_tui_nothing_corrected);
    else if (!is_changed(p, s))
        submit(p, s, steps, count);
}

/* ---- drawing ---- */

static bool is_worked(const struct limit *l)
{
    return l->kind == LIMIT_WORKING_DAYS || l->kind == LIMIT_WORKING_HOURS;
}

/* "0,5 ngày" are days of the calendar: seldom meant where the whole is counted in working days. */
static bool is_mixed(const struct steps_page *p, const struct step *steps, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (steps[i].limit.kind == LIMIT_CALENDAR_DAYS)
            return is_worked(&p->limit);
    return false;
}

static void say_limit(struct buf *out, const struct session *s, enum text_id pattern, const struct limit *l)
{
    struct buf limit = BUF_INIT, said = BUF_INIT;
    lang_limit(&limit, s->lang, l);
    LANG_SAY(&said, s->lang, pattern, buf_str(&limit));
    if (out->n)
        buf_add_z(out, " · ");
    buf_add_str(out, buf_str(&said));
    buf_release(&limit);
    buf_release(&said);
}

/* What the steps take together, beside what the citizen is promised. */
static void tell_sum(struct steps_page *p, const struct session *s)
{
    enum { HOURS_A_DAY = 8 };
    struct step steps[STEPS_MAX];
    struct limit sum = {.kind = LIMIT_WORKING_DAYS, .cutoff = LIMIT_NO_CUTOFF};
    struct buf text = BUF_INIT;
    uint64_t hours = 0;
    size_t count;
    int item;
    bool fine = read_steps(&p->in.form, steps, &count, &item);
    for (size_t i = 0; i < count && fine; i++)
        if (is_worked(&steps[i].limit))
            hours += (uint64_t)steps[i].limit.hundredths *
                     (steps[i].limit.kind == LIMIT_WORKING_DAYS ? HOURS_A_DAY : 1);
    sum.hundredths = (uint32_t)((hours + HOURS_A_DAY - 1) / HOURS_A_DAY);
    uint64_t whole = (uint64_t)p->limit.hundredths * (p->limit.kind == LIMIT_WORKING_DAYS ? HOURS_A_DAY : 1);
    bool over = is_worked(&p->limit) && hours > whole;
    if (hours)
        say_limit(&text, s, T_tui_steps_sum, &sum);
    if (p->limit.kind != LIMIT_NONE)
        say_limit(&text, s, T_tui_steps_limit, &p->limit);
    sheet_line(&p->in.told, 1, over ? STYLE_OVERDUE : STYLE_DIM, buf_str(&text));
    if (fine && is_mixed(p, steps, count))
        sheet_line(&p->in.told, 1, STYLE_TODAY, session_text(s, T_tui_steps_calendar));
    buf_release(&text);
}

static void draw(struct page *page, struct session *s, struct canvas *c, struct area a)
{
    struct steps_page *p = of(page);
    sheet_begin(&p->in.told, a.columns - 2);
    tell_sum(p, s);
    int top = act_frame_head(c, a, buf_str(&p->about), STR_NONE,
                             session_text(s, p->inherited ? T_tui_explain_steps_case : T_tui_explain_steps));
    act_frame_body(&p->in.form, &p->in.told, c, a, top, s->lang);
}

/* ---- keys ---- */

static void save_it(struct page *page, struct session *s)
{
    save(of(page), s);
}

static void adapt_it(struct page *page, struct session *s)
{
    (void)s;
    adapt(&of(page)->in.form);
}

static bool key(struct page *page, struct session *s, const struct key *k, enum action action)
{
    return form_page_key(page, s, k, action, save_it, adapt_it);
}

static void title(const struct page *page, const struct session *s, struct buf *out)
{
    (void)page;
    buf_add_str(out, session_text(s, T_tui_title_steps));
}

static void free_page(struct page *page)
{
    struct steps_page *p = of(page);
    form_page_release(&p->in);
    buf_release(&p->code);
    buf_release(&p->about);
    buf_release(&p->was);
    free(p);
}

static const struct page_ops ops = {
    .draw = draw,
    .key = key,
    .scopes = form_page_scopes,
    .typing = form_page_typing,
    .dirty = form_page_dirty,
    .hints = form_page_hints,
    .title = title,
    .free = free_page,
    .form = true,
};

struct page *page_steps(struct session *s, const struct procedure *of_this)
{
    struct steps_page *p = calloc(1, sizeof *p);
    struct view *v = p ? session_view(s) : NULL;
    struct step steps[STEPS_MAX];
    if (!v) {
        free(p);
        return NULL;
    }
    struct str packed = office_steps(view_office(v), of_this->code, of_this->kase);
    size_t count = steps_unpack(packed, steps);
    p->in.page.ops = &ops;
    p->in.told = SHEET_INIT;
    p->limit = of_this->limit;
    office_book_code(&p->code, of_this->code, of_this->kase);
    buf_add_str(&p->about, buf_str(&p->code));
    buf_add_z(&p->about, "  ");
    buf_add_str(&p->about, of_this->name);
    take_own(p, office_steps_own(view_office(v), of_this->code, of_this->kase));
    p->inherited = count && !p->was.n;
    init_form(&p->in.form);
    for (size_t i = 0; i < count; i++)
        begin_step(&p->in.form, (int)i, s->lang, &steps[i]);
    adapt(&p->in.form);
    view_end(v);
    return &p->in.page;
}
