/* input: keys, one after the other, whatever pieces they come in. The only reader of the terminal. */
#ifndef MOTCUA_TUI_INPUT_H
#define MOTCUA_TUI_INPUT_H

#include "tui/key.h"

struct input;

struct input *input_new(void); /* NULL when memory is out */
void input_free(struct input *in);

/* The next key, waited for at most so many milliseconds; PRESS_NONE when none came, or only the beginning of
 * one. With `scanner`, characters that come together and end in Enter are one PRESS_SCAN and none of them is
 * a key: ask for that wherever no text is being typed. */
struct key input_next(struct input *in, int milliseconds, bool scanner);
/* Is there a key to be had at once? While there is, nothing need be painted: what an input method sends in
 * one burst is one change. */
bool input_pending(struct input *in);

#endif
