#include "forms/sheet_width.h"

#include "core/report_shares.h"

enum {
    NARROWEST = 6,
    WIDEST = 60,
    PAGE = 200,  /* letters across A4 in a size that can still be read */
    BORDERS = 2, /* letters' worth of room at both sides */
};

void sheet_widths(const struct report_part *part, enum lang lang, int *width)
{
    int room = PAGE - BORDERS * (int)part->columns;
    report_widths(part, lang, MEDIUM_SHEET, room, WIDEST, width);
    for (size_t i = 0; i < part->columns; i++)
        width[i] = BORDERS + (width[i] > NARROWEST ? width[i] : NARROWEST);
}
