/* key: one thing that came from the keyboard, the mouse or the terminal.
 *
 * A letter and a special key are told apart by `special`, never by their number: đ has the number ncurses
 * gives F9. */
#ifndef MOTCUA_TUI_KEY_H
#define MOTCUA_TUI_KEY_H

#include "core/str.h"
#include <stdint.h>

enum press {
    PRESS_NONE = 0, /* the time was up */
    PRESS_PART,     /* something came that is no key yet: half a letter, the beginning of a paste */
    PRESS_UP,
    PRESS_DOWN,
    PRESS_LEFT,
    PRESS_RIGHT,
    PRESS_WORD_LEFT, /* Ctrl with an arrow */
    PRESS_WORD_RIGHT,
    PRESS_HOME,
    PRESS_END,
    PRESS_PAGE_UP,
    PRESS_PAGE_DOWN,
    PRESS_ENTER,
    PRESS_ESCAPE,
    PRESS_TAB,
    PRESS_BACK_TAB,
    PRESS_BACKSPACE, /* 0x08, 0x7f or what the terminal calls it */
    PRESS_DELETE,
    PRESS_CLICK, /* at row, column */
    PRESS_WHEEL_UP,
    PRESS_WHEEL_DOWN,
    PRESS_RESIZE,
    PRESS_PASTE,        /* text: what was pasted, UTF-8 with LF between lines, at most KEY_TEXT bytes */
    PRESS_SCAN,         /* text: what a scanner typed before its Enter */
    PRESS_GONE,         /* the terminal went away */
    PRESS_SIGNAL,       /* SIGTERM, SIGHUP or SIGINT came */
    PRESS_UNKNOWN,      /* a key this program has no use for */
    PRESS_CTRL = 0x100, /* + the lower-case letter */
    PRESS_F = 0x200,    /* + 1..12 */
};

#define KEY_TEXT 16384 /* bytes of a paste that are kept */

struct key {
    bool special;
    int32_t code;    /* a character, or an enum press */
    int row, column; /* of a click or the wheel */
    struct str text; /* of a paste or a scan; borrowed until the next key is read */
};

static inline struct key key_letter(int32_t c)
{
    return (struct key){.special = false, .code = c};
}
static inline struct key key_press(int code)
{
    return (struct key){.special = true, .code = code};
}
static inline bool key_is(const struct key *k, int press)
{
    return k->special && k->code == press;
}
static inline bool key_is_letter(const struct key *k, int32_t c)
{
    return !k->special && k->code == c;
}
static inline bool key_equal(const struct key *a, const struct key *b)
{
    return a->special == b->special && a->code == b->code;
}

#endif
