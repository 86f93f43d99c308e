#include "tui/columns.h"

#include <stdbool.h>

static int total(const int *width, int n)
{
    int sum = 0;
    for (int i = 0; i < n; i++)
        if (width[i])
            sum += width[i] + (sum ? 1 : 0);
    return sum;
}

/* The column of the next rank up after `rank`, ties from the left; -1 at the end. */
static int next_by_rank(const struct column *column, int n, int rank, int after)
{
    int best = -1;
    for (int i = 0; i < n; i++) {
        bool later = column[i].rank > rank || (column[i].rank == rank && i > after);
        if (later && (best < 0 || column[i].rank < column[best].rank))
            best = i;
    }
    return best;
}

int columns_fit(const struct column *column, int n, int room, int *width)
{
    for (int i = 0; i < n; i++)
        width[i] = 0;
    bool full = false;
    for (int i = next_by_rank(column, n, 0, -1); i >= 0 && !full;
         i = next_by_rank(column, n, column[i].rank, i)) {
        width[i] = column[i].least;
        full = total(width, n) > room;
        if (full)
            width[i] = 0;
    }
    for (int i = next_by_rank(column, n, 0, -1); i >= 0; i = next_by_rank(column, n, column[i].rank, i)) {
        if (!width[i])
            continue;
        int spare = room - total(width, n), wish = column[i].most - width[i];
        width[i] += spare < wish ? (spare > 0 ? spare : 0) : wish;
    }
    return total(width, n);
}
