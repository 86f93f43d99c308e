#include "core/mask.h"

#include "core/text.h"

#define SHOWN 4
#define STARS 12
#define PERSONAL_DIGITS 9

void mask_number(struct buf *out, struct str s, bool whole)
{
    static const char hidden[STARS + 1] = "************";
    size_t characters = text_characters(s), show = characters / 3 < SHOWN ? characters / 3 : SHOWN;
    size_t stars = characters - show < STARS ? characters - show : STARS, from = s.n;
    for (size_t i = 0; i < show; i++)
        from = text_prev(s, from);
    if (whole)
        from = stars = 0;
    buf_add(out, hidden, stars);
    buf_add_str(out, str_from(s, from));
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Nine digits in a row are no part of a code, date or amount of ours; in groups they are a number that is
 * dialled where it begins like one. The ending of a code (261116-0001) does not. */
static bool may_be_personal_number(struct str s)
{
    size_t row = 0, digits = 0, others = 0;
    for (size_t i = 0; i < s.n; i++) {
        row = is_digit(s.p[i]) ? row + 1 : 0;
        digits += is_digit(s.p[i]);
        others += !is_digit(s.p[i]) && !memchr(" .-+()", s.p[i], 6);
        if (row >= PERSONAL_DIGITS)
            return true;
    }
    bool dialled = s.n && (s.p[0] == '0' || s.p[0] == '+' || s.p[0] == '(');
    return digits >= PERSONAL_DIGITS && others == 0 && dialled;
}

/* `same_day@15:00` is none. */
static bool may_be_mail(struct str s)
{
    const char *at = s.n ? memchr(s.p, '@', s.n) : NULL;
    for (size_t i = at ? (size_t)(at - s.p) + 1 : s.n; i < s.n; i++)
        if (!is_digit(s.p[i]) && s.p[i] != ':')
            return true;
    return false;
}

static bool has_only(struct str s, enum typed_as as)
{
    const char *const signs = as == TYPED_CODE ? ".-/_#:" : " .-/_#:@+,;%*?!\"'()=<>";
    for (size_t i = 0; i < s.n; i++)
        if (!is_digit(s.p[i]) && !is_letter(s.p[i]) && !memchr(signs, s.p[i], strlen(signs)))
            return false;
    return true;
}

void mask_typed(struct buf *out, struct str typed, enum typed_as as)
{
    bool hidden =
        may_be_personal_number(typed) || may_be_mail(typed) || (as != TYPED_WORDS && !has_only(typed, as));
    buf_add_str(out, hidden ? STR("***") : typed);
}
