#include "core/correction.h"

static const char *const names[] = {
    [CORRECT_PROCEDURE] = "procedure", [CORRECT_CASE] = "case",
    [CORRECT_LIMIT] = "limit",         [CORRECT_RECEIVED_AT] = "received_at",
    [CORRECT_APPLICANT] = "applicant", [CORRECT_PHONE] = "phone",
    [CORRECT_ID_NUMBER] = "id_number", [CORRECT_ADDRESS] = "address",
    [CORRECT_EMAIL] = "email",         [CORRECT_ORGANIZATION] = "organization",
    [CORRECT_OUTSIDE] = "outside",     [CORRECT_SUBMITTER] = "submitter",
    [CORRECT_AUTHORITY] = "authority", [CORRECT_CHANNEL] = "channel",
    [CORRECT_COMPONENT] = "component", [CORRECT_SETS] = "sets",
    [CORRECT_COLLECT] = "collect",     [CORRECT_FEE] = "fee",
    [CORRECT_NOTE] = "note",           [CORRECT_SUBMITTED] = "submitted",
};

const char *correction_field_name(enum correction_field field)
{
    return names[field];
}

static char plain(char c)
{
    if (c == '-')
        return '_';
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_named(struct str typed, struct str name)
{
    if (typed.n != name.n)
        return false;
    for (size_t i = 0; i < typed.n; i++)
        if (plain(typed.p[i]) != name.p[i])
            return false;
    return true;
}

bool correction_field_parse(struct str name, enum correction_field *out)
{
    if (is_named(name, STR("at"))) {
        *out = CORRECT_RECEIVED_AT;
        return true;
    }
    for (enum correction_field f = 0; f < CORRECT_COUNT; f++)
        if (is_named(name, str_of(names[f]))) {
            *out = f;
            return true;
        }
    return false;
}
