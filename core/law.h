/* law: which rules a dossier lives under, and how they are cited.
 *
 * Dossiers received to 30/6/2025 live under Decree 61/2018/NĐ-CP, later ones under Decree 118/2025/NĐ-CP. Of
 * the latter an article is named only where its text was seen (14 scope, 17 receiving, 18 transfer, 21
 * stopping, 22 results); elsewhere the decree alone, and the office's own provincial decision where it has
 * set one. */
#ifndef MOTCUA_CORE_LAW_H
#define MOTCUA_CORE_LAW_H

#include "core/civil.h"
#include "core/lang.h"

enum rule_set { RULES_NONE = 0, RULES_61, RULES_118 };

/* The rules for a dossier received on this day. */
enum rule_set law_rules(civil_day received);

enum law_point {
    LAW_NONE = 0,
    LAW_RECEIVING,
    LAW_TRANSFER,
    LAW_SUPPLEMENT,
    LAW_REFUSAL,
    LAW_OVERDUE, /* the apology letter and its one new date */
    LAW_STOPPING,
    LAW_RESULTS,
    LAW_COUNTING, /* Civil Code 2015, arts. 144-148: the same under both rule sets */
};

/* Appends the citation, e.g. "khoản 9 Điều 19 Nghị định 61/2018/NĐ-CP"; nothing for LAW_NONE or RULES_NONE.
 * `provincial` may be absent. */
void law_cite(struct buf *out, enum lang lang, enum rule_set rules, enum law_point point,
              struct str provincial);

#endif
