#include "core/mask.h"

#include "core/text.h"

#define SHOWN 4
#define STARS 12

void mask_number(struct buf *out, struct str s, bool whole)
{
    size_t characters = text_characters(s), show = characters / 3 < SHOWN ? characters / 3 : SHOWN;
    size_t stars = characters - show < STARS ? characters - show : STARS, from = s.n;
    for (size_t i = 0; i < show; i++)
        from = text_prev(s, from);
    if (whole)
        from = stars = 0;
    for (size_t i = 0; i < stars; i++)
        buf_add_char(out, '*');
    buf_add_str(out, str_from(s, from));
}
