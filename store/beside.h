/* beside: a file in the making, in the folder of the one it is to become, so that it can take its place in
 * one step. It is locked as long as its maker lives; what a maker left who was killed, the next one in that
 * folder takes away. */
#ifndef MOTCUA_STORE_BESIDE_H
#define MOTCUA_STORE_BESIDE_H

#include <limits.h>
#include <stdbool.h>

/* Makes one beside `target`, for its owner alone, open for reading and writing; its path in `out`, "" after
 * an error. An errno, 0 for success. */
int beside_begin(const char *target, char out[PATH_MAX], int *fd);
/* The folder a path lies in, with a "/" at its end. */
void beside_folder(char out[PATH_MAX], const char *path);
/* Is it the data or the lock file of a store, whosever? Nothing else may take their place. */
bool beside_is_store(const char *path);

#endif
