#include "tui/tui.h"

#include "core/text.h"
#include "store/crash.h"
#include "tui/chrome.h"
#include "tui/going_on.h"
#include "tui/input.h"
#include "tui/pace.h"
#include "tui/page_ask.h"
#include "tui/page_dossier.h"
#include "tui/page_dossiers.h"
#include "tui/page_help.h"
#include "tui/page_morning.h"
#include "tui/page_office.h"
#include "tui/page_receive.h"
#include "tui/page_reports.h"
#include "tui/screen.h"
#include "tui/signals.h"
#include "tui/wizard.h"

#define TICK 1000 /* ms: how soon the clock, and what others wrote, is seen */

enum { USUAL_OFFSET = 7 * 60 }; /* minutes, while there is no office to ask */

/* ---- views ---- */

/* Scan after scan does not pile up: what was only looked at makes room. */
static void leave_passing(struct session *s)
{
    for (size_t i = s->depth; i > 1 && s->page[i - 1]->ops->passing; i--)
        s->page[i - 1]->done = true;
    session_sweep(s);
}

static void close_all(struct session *s)
{
    for (size_t i = 0; i < s->depth; i++)
        s->page[i]->done = true;
    session_sweep(s);
}

/* One of the views. Over a form with typing in it, the view stands on top, and Esc leads back. */
static void show(struct session *s, struct page *p)
{
    if (!session_dirty(s))
        close_all(s);
    session_open(s, p);
    if (!s->depth) /* memory is out: nothing to show is no reason to lose the screen */
        s->quit = true;
}

static void show_search(struct session *s)
{
    struct page *top = session_top(s);
    if (top && top->ops->tab == ACTION_dossiers)
        page_dossiers_search(top);
    else
        show(s, page_dossiers(true));
}

/* For the next person: what was only looked at is done with. */
static void show_receive(struct session *s)
{
    leave_passing(s);
    session_open(s, page_receive());
}

static void step_back(struct session *s)
{
    struct page *top = session_top(s);
    if (s->depth > 1)
        ask_leave(s, top);
    else if (top && top->ops->tab != ACTION_morning)
        show(s, page_morning());
}

/* ---- scanners ---- */

static void look_up(struct session *s, struct str typed)
{
    uint64_t id = 0;
    struct view *v = s->store ? session_view(s) : NULL;
    if (!v)
        return;
    struct outcome o = view_find(v, typed, &id);
    view_end(v);
    if (outcome_ok(&o)) {
        leave_passing(s);
        session_open(s, page_dossier(id));
    } else
        session_refuse(s, &o);
}

/* ---- keys ---- */

static void do_anywhere(struct session *s, enum action action)
{
    const struct page *top = session_top(s);
    if (!s->store && action != ACTION_help && action != ACTION_back && action != ACTION_quit)
        return;
    switch (action) {
    case ACTION_morning: show(s, page_morning()); break;
    case ACTION_dossiers: show(s, page_dossiers(false)); break;
    case ACTION_reports: show(s, page_reports(s->today)); break;
    case ACTION_office: show(s, page_office()); break;
    case ACTION_receive: show_receive(s); break;
    case ACTION_search: show_search(s); break;
    case ACTION_mask:
        s->unmasked = !s->unmasked;
        session_touch(s);
        session_say_id(s, TONE_PLAIN, s->unmasked ? T_tui_unmasked : T_tui_masked);
        break;
    case ACTION_help: session_open(s, page_help(top->ops->scopes(top))); break;
    case ACTION_back: step_back(s); break;
    case ACTION_quit: ask_quit(s); break;
    default: break;
    }
}

static bool is_typing(const struct session *s)
{
    const struct page *top = session_top(s);
    return top && top->ops->typing && top->ops->typing(top);
}

/* Pasted where no text is typed: a code, as from a scanner; anything else is no key. */
static struct str pasted_line(struct str text)
{
    while (text.n && (text.p[text.n - 1] == '\n' || text.p[text.n - 1] == ' '))
        text.n--;
    return text;
}

/* Is the page not to be seen: no room, or no right to see it? */
static bool is_out_of_sight(const struct session *s)
{
    return s->too_small || !outcome_ok(&s->barred);
}

/* Where nothing can be shown, nothing can be asked either: quitting is all there is, and only where nothing
 * is lost. */
static void quit_unseen(struct session *s, const struct key *key)
{
    bool kept = outcome_ok(&s->barred) && session_dirty(s); /* a larger window brings it back */
    if (keys_action(SCOPE_ANYWHERE, key, false) == ACTION_quit && !kept)
        s->quit = true;
}

static void dispatch(struct session *s, const struct key *key)
{
    struct page *top = session_top(s);
    if (key_is(key, PRESS_GONE) || key_is(key, PRESS_SIGNAL)) {
        s->quit = true;
        return;
    }
    if (!top || key_is(key, PRESS_NONE) || key_is(key, PRESS_PART) || key_is(key, PRESS_RESIZE))
        return;
    if (is_out_of_sight(s)) {
        quit_unseen(s, key);
        return;
    }
    session_hush(s);
    bool typing = is_typing(s);
    bool asking = (top->ops->scopes(top) & (SCOPE_ASK | SCOPE_LETTER)) != 0;
    if (!typing && (key_is(key, PRESS_SCAN) || key_is(key, PRESS_PASTE))) {
        if (!asking) /* a question waits for its answer */
            look_up(s, pasted_line(key->text));
        return;
    }
    enum action action = keys_action(top->ops->scopes(top), key, typing);
    s->unread = OUTCOME_DONE;
    if (!top->ops->key(top, s, key, action))
        do_anywhere(s, action);
    if (!outcome_ok(&s->unread))
        session_touch(s); /* the page shows it */
}

/* ---- the loop ---- */

static void read_office(struct session *s)
{
    struct view *v = NULL;
    struct outcome o = s->store ? view_begin(s->store, &v) : outcome_of(KIND_no_store);
    if (!outcome_ok(&o))
        return; /* the page says so */
    const struct office_identity *identity = office_identity(view_office(v));
    buf_reset(&s->office);
    buf_add_str(&s->office, identity->name);
    s->demo = identity->demo;
    s->utc_offset = identity->utc_offset;
    if (!s->lang_given)
        s->lang = office_settings(view_office(v))->lang;
    crash_speak(s->lang);
    s->barred = decide_allowed(view_office(v), s->login, ACT_READ);
    view_end(v);
}

/* Can a page that could not be read be read again? What is damaged mends itself never. */
static bool is_back(struct session *s)
{
    const struct page *top = session_top(s);
    if (!s->store || !top || outcome_ok(&top->unread) || top->unread.kind == KIND_damaged)
        return false;
    struct view *v;
    struct outcome o = view_begin(s->store, &v);
    if (outcome_ok(&o))
        view_end(v);
    return outcome_ok(&o);
}

/* The clock went on, others wrote: true when what is shown may be old. `typing`: a key has just come. */
static bool look_around(struct session *s, struct pace *pace, bool typing)
{
    bool written = s->store && store_changed(s->store);
    bool own = s->writes != pace->writes; /* what is shown is read anew for that already */
    bool changed = pace_asks(pace, written, typing && !own) || own || is_back(s);
    if (changed) {
        session_store_changed(s);
        pace->writes = s->writes;
        pace->put_off = false;
        read_office(s);
    }
    const struct page *top = session_top(s);
    bool fails = top && outcome_ok(&top->unread) && !outcome_ok(&s->unread); /* since it was drawn */
    if (session_tick(s) || fails) {
        session_touch(s);
        changed = true;
    }
    return changed;
}

/* What the loop remembers from one round to the next. */
struct rounds {
    struct canvas canvas;
    struct pace pace;
    unsigned keys;    /* taken so far */
    bool working;     /* the page has more to do */
    bool passed_over; /* the last repaint was left out for a key that had come */
};

static void paint(struct session *s, struct rounds *r)
{
    int rows, columns;
    uint64_t seen = session_top(s) ? session_top(s)->seen : 0;
    screen_size(&rows, &columns);
    if (rows != r->canvas.rows || columns != r->canvas.columns)
        screen_forget();
    canvas_resize(&r->canvas, rows, columns);
    pace_begin(&r->pace);
    chrome_draw(s, &r->canvas);
    if (session_top(s) && session_top(s)->seen != seen)
        pace_end(&r->pace);
    screen_show(&r->canvas, r->keys, !r->working && !r->pace.put_off);
}

/* Who types on while something is being worked on does not wait for what the key before brought to be
 * painted; but however fast keys come, every second time it is. */
static void paint_in_time(struct session *s, struct rounds *r, struct input *in)
{
    r->passed_over = r->working && !r->passed_over && input_pending(in);
    if (!r->passed_over)
        paint(s, r);
}

static const struct page *question(const struct session *s)
{
    const struct page *top = session_top(s);
    return top && top->ops->scopes(top) & (SCOPE_ASK | SCOPE_LETTER) ? top : NULL;
}

static enum scanner scanner_of(const struct session *s)
{
    const struct page *top = session_top(s);
    if (!is_typing(s))
        return SCANNER_KEYS;
    return top->ops->scans && top->ops->scans(top) ? SCANNER_WHOLE : SCANNER_NONE;
}

/* Takes what has come, all of it, before anything is painted. False when the time was up and nothing came. */
static bool take_keys(struct session *s, struct rounds *r, struct input *in, int milliseconds)
{
    struct key key = input_next(in, milliseconds, scanner_of(s));
    bool any = !key_is(&key, PRESS_NONE);
    for (;;) {
        const struct page *before = question(s);
        r->keys += !key_is(&key, PRESS_NONE) && !key_is(&key, PRESS_PART) && !key_is(&key, PRESS_RESIZE);
        dispatch(s, &key);
        session_sweep(s);
        if (question(s) && question(s) != before)
            input_drop(in);
        if (s->quit || !input_pending(in))
            return any;
        key = input_next(in, 0, scanner_of(s));
        any = true;
    }
}

/* A slice of what the page is busy with; true while there is more. */
static bool work(struct session *s)
{
    struct page *top = session_top(s);
    bool more = top && top->ops->work && !is_out_of_sight(s) && top->ops->work(top, s);
    session_sweep(s);
    return more;
}

static void run(struct session *s, struct input *in, const struct founding *founding)
{
    struct rounds r = {.canvas = CANVAS_INIT, .pace = {.writes = s->writes}};
    session_open(s, s->store ? page_morning() : page_wizard(founding));
    going_on_look(s);
    paint(s, &r);
    going_on_note(s); /* now that it is shown */
    bool repaint = s->message.n > 0;
    uint64_t noted = s->saves;
    bool idle = false; /* a whole tick went by without a key, and nothing is being worked on */
    while (!s->quit) {
        if (repaint)
            paint_in_time(s, &r, in);
        if (idle && noted != s->saves) { /* it waits for the disk: only while nobody waits for an answer */
            noted = s->saves;
            going_on_note_quietly(s);
        }
        bool worked = r.working, put_off = r.pace.put_off;
        bool came = take_keys(s, &r, in, worked ? 0 : pace_wait(&r.pace, TICK));
        r.working = work(s);
        bool changed = look_around(s, &r.pace, came);
        if (changed && !r.working)
            r.working = work(s);
        repaint = changed || came || worked || r.working;
        idle = !came && !worked && !r.working && !put_off;
    }
    if (outcome_ok(&s->barred))
        going_on_note(s);
    canvas_release(&r.canvas);
}

struct outcome tui_run(const struct tui_options *options)
{
    struct session s = {
        .store = options->store,
        .lang = options->lang,
        .lang_given = options->lang_given,
        .login = options->login,
        .program = options->program,
        .dir = options->dir,
        .utc_offset = USUAL_OFFSET,
    };
    struct screen_options screen = {.color = options->color};
    s.generation = s.writes = 1;
    read_office(&s);
    struct outcome o = s.barred;
    if (outcome_ok(&o))
        o = screen_start(&screen);
    if (!outcome_ok(&o)) {
        session_release(&s);
        return o;
    }
    struct input *in = input_new();
    if (in) {
        if (s.store)
            store_changed(s.store);
        session_tick(&s);
        run(&s, in, options->founding);
    } else
        o = outcome_of(KIND_out_of_memory);
    input_free(in);
    session_release(&s);
    screen_stop();
    if (signals_leaving())
        signals_follow(signals_leaving());
    return o;
}
