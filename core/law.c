#include "core/law.h"

#include "core/text.h"

enum rule_set law_rules(civil_day received)
{
    return received < civil_from_ymd(2025, 7, 1) ? RULES_61 : RULES_118;
}

/* Articles as Decree 61/2018 was issued in 2018, and of Decree 118/2025 those whose text was seen. No
 * article: the decree alone. */
static const struct place {
    int article, clause;
} places[][LAW_COUNTING] = {
    [RULES_61] =
        {
            [LAW_RECEIVING] = {17, 0},
            [LAW_TRANSFER] = {18, 0},
            [LAW_SUPPLEMENT] = {19, 4},
            [LAW_REFUSAL] = {19, 8},
            [LAW_OVERDUE] = {19, 9},
        },
    [RULES_118] =
        {
            [LAW_RECEIVING] = {17, 0},
            [LAW_TRANSFER] = {18, 0},
            [LAW_STOPPING] = {21, 0},
            [LAW_RESULTS] = {22, 0},
        },
};

static void cite_place(struct buf *out, enum lang lang, const char *decree, struct place place)
{
    struct buf article = BUF_INIT, clause = BUF_INIT;
    buf_add_int(&article, place.article);
    buf_add_int(&clause, place.clause);
    enum text_id pattern = place.clause ? T_core_law_clause : T_core_law_article;
    LANG_SAY(out, lang, pattern, str_of(decree), buf_str(&article), buf_str(&clause));
    out->failed = out->failed || article.failed || clause.failed;
    buf_release(&article);
    buf_release(&clause);
}

void law_cite(struct buf *out, enum lang lang, enum rule_set rules, enum law_point point,
              struct str provincial)
{
    if (rules == RULES_NONE || point == LAW_NONE)
        return;
    if (point == LAW_COUNTING) { /* how time is counted is civil law: no decision of a province touches it */
        buf_add_z(out, lang_text(lang, T_core_law_counting));
        return;
    }
    const char *decree = lang_text(lang, rules == RULES_61 ? T_core_law_61 : T_core_law_118);
    struct place place = places[rules][point];
    if (place.article)
        cite_place(out, lang, decree, place);
    else
        buf_add_z(out, decree);
    if (provincial.n) {
        buf_add_z(out, "; ");
        text_safe(out, provincial, false);
    }
}
