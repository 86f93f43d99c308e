/* session: one person at the screen: the store, the clock, the pages open on top of each other, the message
 * in the last rows. Pages are given it and know nothing of each other beyond what they open. */
#ifndef MOTCUA_TUI_SESSION_H
#define MOTCUA_TUI_SESSION_H

#include "core/arena.h"
#include "store/store.h"
#include "tui/canvas.h"
#include "tui/keys.h"
#include "tui/names.h"

struct session;
struct page;

/* A hint in the last row. */
struct hint {
    enum action action;
    bool forbidden; /* a rule says no just now: shown as such */
};
#define HINTS 24

/* These n, none forbidden. Returns n. */
size_t hints_of(struct hint *out, const enum action *shown, size_t n);

/* What a page can do. `draw` and `key` are always there; the others may be NULL. */
struct page_ops {
    /* Reads what it shows anew: the store, the minute or the mask changed. Also called once before the first
     * draw. */
    void (*refresh)(struct page *p, struct session *s);
    void (*draw)(struct page *p, struct session *s, struct canvas *c, struct area a);
    /* Every key comes here first, with the action it stands for (ACTION_none for text). False: not mine. */
    bool (*key)(struct page *p, struct session *s, const struct key *key, enum action action);
    /* The scopes in force now. */
    unsigned (*scopes)(const struct page *p);
    /* Is text being typed now? Then letters are no keys, and no burst is a scanner's. */
    bool (*typing)(const struct page *p);
    /* Text is typed, but does what comes with its Enter in one read come as PRESS_SCAN nevertheless? */
    bool (*scans)(const struct page *p);
    /* Would leaving lose what somebody typed? */
    bool (*dirty)(const struct page *p);
    size_t (*hints)(const struct page *p, const struct session *s, struct hint out[HINTS]);
    void (*title)(const struct page *p, const struct session *s, struct buf *out);
    /* A slice of long work, some 40 ms; true while there is more. Keys are looked at between slices. */
    bool (*work)(struct page *p, struct session *s);
    void (*free)(struct page *p);
    enum action tab; /* the key of the view it is, ACTION_none for a page on top of one */
    bool overlay;    /* a question, drawn over the page below it */
    bool whole;      /* takes all rows but the last, which names its keys, and those of a message */
    bool passing;    /* only looked at: the next dossier scanned takes its place */
    bool form;       /* holds what somebody typed: drawn even where the store cannot be read */
};

/* The first member of every page. */
struct page {
    const struct page_ops *ops;
    uint64_t seen;          /* the generation it last refreshed at; 0: never */
    bool done;              /* to be closed when the key is dealt with */
    struct outcome unread;  /* why what it shows could not be read when it was last drawn; success: it was */
    bool in_doubt;          /* was what it asked for saved? Nobody can tell yet: see session_saving() */
    bool was_saved;         /* now one can: it was */
    struct result doubtful; /* what came of it then */
};

enum tone { TONE_PLAIN, TONE_GOOD, TONE_REFUSED };

#define SESSION_PAGES 12
#define SESSION_KEPT 2 /* of these, for questions: leaving can always be asked about */

struct session {
    struct store *store; /* NULL until the first form has made one */
    enum lang lang;
    bool lang_given; /* the office's setting has no say */
    struct str login;
    const char *program, *dir; /* motcua itself, and the store's folder: for errands; NULL: none are run */
    int64_t clock;             /* UTC second */
    civil_minute now;
    civil_day today;
    int utc_offset;
    uint64_t generation; /* grows whenever what is shown may have changed */
    uint64_t writes;     /* grows whenever the store changed */
    struct names names;  /* see session_names() */
    uint64_t names_at;   /* the `writes` they are of */
    bool unmasked;       /* phones and id numbers whole */
    bool quit;
    struct page *page[SESSION_PAGES];
    size_t depth;
    enum tone tone;
    struct buf message;      /* empty: none */
    enum outcome_kind stays; /* what is to be said until the next key, whatever cannot be read meanwhile; see
                                session_submitted() */
    struct outcome unread;   /* why the store could not be read; reset before each page and each key */
    bool drawing;            /* the page itself shows that it cannot be read */
    struct page *saving;     /* the page this key saves, and what the key does; NULL: none */
    enum action saving_by;
    struct page *doubtful; /* the page whose save is in doubt; NULL: none */
    uint64_t saves;        /* grows with whatever was saved here */
    struct buf office;     /* its name */
    struct buf
        warning; /* the journal does not go on from what was last shown (tui/going_on.h); empty: none */
    bool demo;
    bool too_small;        /* the window is: nothing is seen, so nothing is done */
    struct outcome barred; /* may this login read here? else why not: then nothing is seen and done either */
};

/* Reads the clock. True when the minute changed. */
bool session_tick(struct session *s);
/* Something changed: every page reads anew before it is drawn. */
void session_touch(struct session *s);
/* The store changed: the same. */
void session_store_changed(struct session *s);

/* Puts a page on top; it is the session's from now on (freed at once where there is no room). NULL is out of
 * memory. */
void session_open(struct session *s, struct page *p);
static inline struct page *session_top(const struct session *s)
{
    return s->depth ? s->page[s->depth - 1] : NULL;
}
/* Frees the pages that are done. */
void session_sweep(struct session *s);
/* Would leaving lose what somebody typed, or what is in doubt, on any page? */
bool session_dirty(const struct session *s);
void session_release(struct session *s);

/* ---- what is said in the last rows, until the next key ---- */

void session_say(struct session *s, enum tone tone, struct str text);
void session_say_id(struct session *s, enum tone tone, enum text_id id);
/* Something was left out: a field takes only so many characters. */
void session_say_cut(struct session *s, const struct key *key, size_t most);
void session_hush(struct session *s);
/* A refusal in words, with the law it cites. */
void session_refuse(struct session *s, const struct outcome *o);

/* ---- the store ---- */

/* A view to be ended at once; NULL, and the reason said, when it cannot be had. */
struct view *session_view(struct session *s);
/* Ends it; says what was damaged, if anything: false then, and nothing that was read may be shown as if it
 * were all there is. */
bool session_view_end(struct session *s, struct view *v);
/* The same of what was damaged where it was read before. */
void session_cannot_read(struct session *s, const struct outcome *o);
/* The office's catalogue and people as they are now; theirs until the store changes. Empty when memory is
 * out. */
const struct names *session_names(struct session *s, const struct office *office);
struct moment session_moment(const struct session *s);

enum saving {
    SAVING_GO,    /* to be asked for now */
    SAVING_DONE,  /* it was saved when it was last asked for, though the disk failed: not a second time */
    SAVING_WAITS, /* whether it was cannot be made out yet: said; nothing may be asked for */
};
/* Whoever saves what is typed on `p` begins here; `action` is what the key does. Where the last save of `p`
 * is in doubt the store is asked what became of it, and *result (may be NULL) filled in where it was saved.
 * Until the next key whatever goes wrong is said as what it is to who typed: not saved. */
enum saving session_saving(struct session *s, struct page *p, enum action action, struct result *result);
/* That it was not saved, and why; where the store is at fault, what becomes of what was typed. */
void session_refuse_saving(struct session *s, const struct outcome *o);
/* Asks for it at the present moment. Says why, and returns the refusal, when it is not done. */
struct outcome session_submit(struct session *s, const struct command *command, struct result *result);
/* Asks for several at once (at most four), all or none: where one is refused, *at (may be NULL) is its index.
 * *result is the first one's. */
struct outcome session_submit_all(struct session *s, const struct command *commands, size_t n, size_t *at,
                                  struct result *result);
/* Whoever asks the store himself says here what became of it, and of the last request. Something may be
 * saved, or in doubt, on a disk that then cannot be read: that it is, not that nothing can be read, must
 * stand there until the next key, or it is entered twice. A refusal is said. */
void session_submitted(struct session *s, const struct outcome *o, const struct result *result);

/* A text of the table in the session's language. */
static inline struct str session_text(const struct session *s, enum text_id id)
{
    return str_of(lang_text(s->lang, id));
}

#endif
