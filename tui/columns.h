/* columns: how wide each column of a table is, for the room there is. */
#ifndef MOTCUA_TUI_COLUMNS_H
#define MOTCUA_TUI_COLUMNS_H

struct column {
    int least; /* it is shown in this width or not at all */
    int most;  /* more is no use */
    int rank;  /* 1 is given room first; what does not fit is left out, the highest rank first */
};

/* Fills width[i] (0: left out) for n columns with a blank between each two; returns the columns used, at most
 * `room`. What is left over after the least widths goes to the columns in turn, up to `most`, the lower rank
 * first. */
int columns_fit(const struct column *column, int n, int room, int *width);

#endif
