/* marks: the dossiers of a list that are marked, to do the same with all of them. Knows ids, so that a mark
 * stays with its dossier whatever the list does. */
#ifndef MOTCUA_TUI_MARKS_H
#define MOTCUA_TUI_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MARKS_MOST 1000

struct marks {
    uint64_t *id; /* ascending */
    size_t count, cap;
};
#define MARKS_INIT ((struct marks){NULL, 0, 0})

void marks_release(struct marks *m);
void marks_clear(struct marks *m);
bool marks_has(const struct marks *m, uint64_t id);
/* False when there are MARKS_MOST already, or memory is out. */
bool marks_add(struct marks *m, uint64_t id);
void marks_remove(struct marks *m, uint64_t id);
/* False like marks_add(). */
bool marks_toggle(struct marks *m, uint64_t id);
/* Only those that `stays` says so of. */
void marks_keep(struct marks *m, bool (*stays)(void *arg, uint64_t id), void *arg);

#endif
