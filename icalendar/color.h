/* color: what a calendar is painted in. RFC 7986 (COLOR) names one of the colours of CSS 3; what is older,
 * and the folders of vdirsyncer, write it as #RRGGBB. Each is worked out of the other: of a colour without a
 * name the name is that of the nearest one. */
#ifndef MOTCUA_ICALENDAR_COLOR_H
#define MOTCUA_ICALENDAR_COLOR_H

#include "core/str.h"

#include <stdint.h>

struct color {
    const char *name; /* a literal; NULL: no colour */
    char hex[8];      /* #RRGGBB, capital letters */
};

/* "teal" or "#008080", in letters of either case. False, and *out untouched, for anything else. */
bool color_parse(struct str text, struct color *out);

#endif
