#include "tui/session.h"

#include "core/text.h"
#include "tui/sentence.h"
#include <time.h>

size_t hints_of(struct hint *out, const enum action *shown, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out[i] = (struct hint){shown[i], false};
    return n;
}

bool session_tick(struct session *s)
{
    civil_minute before = s->now;
    s->clock = (int64_t)time(NULL);
    s->now = civil_from_utc(s->clock, s->utc_offset);
    s->today = civil_day_of(s->now);
    return s->now != before;
}

void session_touch(struct session *s)
{
    s->generation++;
}

void session_store_changed(struct session *s)
{
    s->writes++;
    session_touch(s);
}

/* ---- pages ---- */

static void free_page(struct session *s, struct page *p)
{
    if (s->doubtful == p)
        s->doubtful = NULL;
    if (s->saving == p)
        s->saving = NULL;
    if (p && p->ops->free)
        p->ops->free(p);
}

void session_open(struct session *s, struct page *p)
{
    struct outcome none = outcome_of(KIND_out_of_memory);
    if (!p) {
        session_refuse(s, &none);
        return;
    }
    if (s->depth + (p->ops->overlay ? 0 : SESSION_KEPT) >= SESSION_PAGES) {
        free_page(s, p);
        session_say_id(s, TONE_REFUSED, T_tui_too_many_pages);
        return;
    }
    p->seen = 0;
    p->done = false;
    p->in_doubt = p->was_saved = false;
    p->unread = OUTCOME_DONE;
    s->page[s->depth++] = p;
}

void session_sweep(struct session *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->depth; i++)
        if (s->page[i]->done)
            free_page(s, s->page[i]);
        else
            s->page[kept++] = s->page[i];
    s->depth = kept;
}

bool session_dirty(const struct session *s)
{
    for (size_t i = 0; i < s->depth; i++) {
        const struct page *p = s->page[i];
        if (p->in_doubt || (p->ops->dirty && p->ops->dirty(p)))
            return true;
    }
    return false;
}

void session_release(struct session *s)
{
    while (s->depth)
        free_page(s, s->page[--s->depth]);
    buf_release(&s->message);
    buf_release(&s->office);
    buf_release(&s->warning);
    names_release(&s->names);
}

/* ---- what is said ---- */

void session_hush(struct session *s)
{
    buf_reset(&s->message);
    s->stays = KIND_done;
    s->saving = NULL;
}

void session_say(struct session *s, enum tone tone, struct str text)
{
    buf_reset(&s->message);
    text_safe(&s->message, text, false);
    s->tone = tone;
}

void session_say_id(struct session *s, enum tone tone, enum text_id id)
{
    session_say(s, tone, session_text(s, id));
}

void session_say_cut(struct session *s, const struct key *key, size_t most)
{
    struct buf number = BUF_INIT, text = BUF_INIT;
    buf_add_int(&number, (int64_t)most);
    LANG_SAY(&text, s->lang, key_is(key, PRESS_PASTE) ? T_tui_paste_cut : T_tui_field_full, buf_str(&number));
    session_say(s, TONE_REFUSED, buf_str(&text));
    buf_release(&number);
    buf_release(&text);
}

void session_refuse(struct session *s, const struct outcome *o)
{
    struct buf text = BUF_INIT;
    struct view *v = NULL;
    struct outcome seen = o->law == LAW_NONE ? outcome_of(KIND_damaged) : view_begin(s->store, &v);
    struct str provincial = outcome_ok(&seen) ? office_settings(view_office(v))->law_province : STR_NONE;
    sentence_say(&text, s->lang, o, provincial);
    view_end(v);
    session_say(s, TONE_REFUSED, buf_str(&text));
    buf_release(&text);
}

/* ---- the store ---- */

/* The key that tries again. */
static void name_saving_key(const struct session *s, struct buf *out)
{
    struct key key;
    if (keys_of(s->saving_by, 0, &key))
        key_name(out, &key);
}

/* What is wrong with the disk is no answer to the question whether it is saved. */
void session_refuse_saving(struct session *s, const struct outcome *o)
{
    struct buf why = BUF_INIT, again = BUF_INIT, text = BUF_INIT;
    bool goes_away = o->kind == KIND_disk_full || o->kind == KIND_io_error;
    if (outcome_class(o->kind) != FAILED) {
        session_refuse(s, o);
        return;
    }
    if (o->kind == KIND_disk_full)
        outcome_message_as(&why, s->lang, o, T_tui_why_disk_full);
    else if (o->kind == KIND_maybe_saved)
        outcome_message_as(&why, s->lang, o, T_tui_why_doubt);
    else
        outcome_message(&why, s->lang, o);
    name_saving_key(s, &again);
    enum text_id said = o->kind == KIND_maybe_saved ? (s->saving ? T_tui_in_doubt : T_tui_in_doubt_look)
                        : !s->saving                ? T_tui_not_saved
                        : goes_away                 ? T_tui_not_saved_yet
                                                    : T_tui_not_saved_kept;
    LANG_SAY(&text, s->lang, said, buf_str(&why), buf_str(&again));
    session_say(s, TONE_REFUSED, buf_str(&text));
    buf_release(&why);
    buf_release(&again);
    buf_release(&text);
}

/* Does the page say so already? */
static bool is_shown_unread(const struct session *s)
{
    const struct page *top = session_top(s);
    return top && !outcome_ok(&top->unread);
}

static void refuse_reading(struct session *s, const struct outcome *o)
{
    const struct outcome saved = outcome_of(KIND_saved_unread);
    s->unread = *o;
    if (s->stays == KIND_saved_unread)
        session_refuse(s, &saved);
    else if (s->stays != KIND_done || s->drawing)
        return;
    else if (s->saving)
        session_refuse_saving(s, o);
    else if (!is_shown_unread(s))
        session_refuse(s, o);
}

struct view *session_view(struct session *s)
{
    struct view *v = NULL;
    struct outcome o = view_begin(s->store, &v);
    if (outcome_ok(&o))
        return v;
    refuse_reading(s, &o);
    return NULL;
}

bool session_view_end(struct session *s, struct view *v)
{
    struct outcome o = view_fault(v);
    view_end(v);
    if (!outcome_ok(&o))
        refuse_reading(s, &o);
    return outcome_ok(&o);
}

void session_cannot_read(struct session *s, const struct outcome *o)
{
    refuse_reading(s, o);
}

const struct names *session_names(struct session *s, const struct office *office)
{
    if (s->names_at != s->writes) {
        names_release(&s->names);
        if (names_load(&s->names, office))
            s->names_at = s->writes;
    }
    return &s->names;
}

struct moment session_moment(const struct session *s)
{
    return (struct moment){.now = s->clock, .login = s->login};
}

/* ---- saving ---- */

void session_submitted(struct session *s, const struct outcome *o, const struct result *result)
{
    if (outcome_ok(o)) {
        s->stays = KIND_saved_unread;
        s->saves++;
        session_store_changed(s);
        return;
    }
    if (o->kind == KIND_maybe_saved) {
        s->stays = KIND_maybe_saved;
        s->doubtful = s->saving;
        if (s->saving) {
            s->saving->in_doubt = true;
            s->saving->doubtful = *result;
        }
    }
    session_refuse_saving(s, o);
}

/* Makes out what became of the save in doubt, whichever page's it is. False when it still cannot be told;
 * said. */
static bool settle(struct session *s)
{
    bool saved;
    if (!s->doubtful)
        return true;
    struct outcome o = store_was_saved(s->store, &saved);
    if (outcome_ok(&o)) {
        s->doubtful->in_doubt = false;
        s->doubtful->was_saved = saved;
        s->doubtful = NULL;
        return true;
    }
    struct buf why = BUF_INIT, again = BUF_INIT, text = BUF_INIT;
    if (o.kind == KIND_maybe_saved)
        outcome_message_as(&why, s->lang, &o, T_tui_why_doubt);
    else
        outcome_message(&why, s->lang, &o);
    name_saving_key(s, &again);
    LANG_SAY(&text, s->lang, T_tui_in_doubt, buf_str(&why), buf_str(&again));
    session_say(s, TONE_REFUSED, buf_str(&text));
    s->stays = KIND_maybe_saved;
    buf_release(&why);
    buf_release(&again);
    buf_release(&text);
    return false;
}

enum saving session_saving(struct session *s, struct page *p, enum action action, struct result *result)
{
    session_tick(s);
    s->saving = p;
    s->saving_by = action;
    if (!settle(s))
        return SAVING_WAITS;
    if (!p->was_saved)
        return SAVING_GO;
    p->was_saved = false;
    if (result)
        *result = p->doubtful;
    const struct outcome done = OUTCOME_DONE;
    session_submitted(s, &done, NULL);
    session_say_id(s, TONE_GOOD, T_tui_was_saved);
    return SAVING_DONE;
}

struct outcome session_submit(struct session *s, const struct command *command, struct result *result)
{
    return session_submit_all(s, command, 1, NULL, result);
}

#define REQUESTS 4

struct outcome session_submit_all(struct session *s, const struct command *commands, size_t n, size_t *at,
                                  struct result *result)
{
    struct request r[REQUESTS];
    session_tick(s);
    for (size_t i = 0; i < n && i < REQUESTS; i++)
        r[i] = (struct request){.moment = session_moment(s), .command = commands[i]};
    struct outcome o = store_submit(s->store, r, n < REQUESTS ? n : REQUESTS, at);
    if (outcome_ok(&o) && result)
        *result = r[0].result;
    session_submitted(s, &o, &r[0].result);
    return o;
}
