/* store_child: other processes at a test's store. */
#ifndef MOTCUA_TESTS_STORE_CHILD_H
#define MOTCUA_TESTS_STORE_CHILD_H

#include "tests/store_desk.h"
#include <sys/types.h>

/* Children answer with their exit status: one of these, or a count. */
enum { CHILD_WELL = 0, CHILD_BAD = 255 };

/* Closes the desk's own store: nothing may be open when a child is forked. */
void store_desk_shut(struct store_desk *d);
/* Starts a child that opens the store by itself and leaves with what `work` answers, or CHILD_BAD where it
 * cannot be opened. */
typedef int child_work(struct store_desk *d, int number);
pid_t child_start(struct store_desk *d, int number, child_work *work);
/* Its exit status; 1000 + the signal that ended it. */
int child_wait(pid_t child);

#endif
