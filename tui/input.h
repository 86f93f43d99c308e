/* input: keys, one after the other, whatever pieces they come in. The only reader of the terminal. */
#ifndef MOTCUA_TUI_INPUT_H
#define MOTCUA_TUI_INPUT_H

#include "tui/key.h"

struct input;

struct input *input_new(void); /* NULL when memory is out */
void input_free(struct input *in);

/* What characters that come together and end in Enter are. */
enum scanner {
    SCANNER_NONE,  /* keys */
    SCANNER_KEYS,  /* one PRESS_SCAN: wherever no text is being typed */
    SCANNER_WHOLE, /* the same where text is typed, so only when they come in one read, a digit among them */
};
/* The next key, waited for at most so many milliseconds; PRESS_NONE when none came, or only the beginning of
 * one. */
struct key input_next(struct input *in, int milliseconds, enum scanner scanner);
/* Forgets the keys that came before a question was on the screen: they do not answer it. */
void input_drop(struct input *in);
/* Is there a key to be had at once? While there is, nothing need be painted: what an input method sends in
 * one burst is one change. */
bool input_pending(struct input *in);

#endif
