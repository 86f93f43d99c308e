/* office_words: what an office's book calls things, for people. */
#ifndef MOTCUA_TUI_OFFICE_WORDS_H
#define MOTCUA_TUI_OFFICE_WORDS_H

#include "core/book.h"
#include "core/hours.h"
#include "core/lang.h"
#include "core/settings.h"

/* "8.000": digits in threes, as the language has it. */
void office_money(struct buf *out, enum lang lang, int64_t amount);
/* "8.000 đồng", "không thu", "chưa rõ". */
void office_fee(struct buf *out, enum lang lang, int64_t fee);
/* Is it offered on a channel? "Có", "Không", "chưa rõ". */
void office_offered(struct buf *out, enum lang lang, int8_t offered);
/* With its own cutoff where it has one. */
void office_limit(struct buf *out, enum lang lang, const struct procedure *p);
/* "T2-T6", "T2,T4,CN", "Mon-Fri"; bits as in struct office_hours. */
void office_weekdays(struct buf *out, enum lang lang, unsigned weekdays);
/* And back, in either language, marks and case do not matter. False for anything else, and for no day at all.
 */
bool office_weekdays_parse(struct str text, uint8_t *out);
/* "07:00-11:30,13:30-17:00" */
void office_spans(struct buf *out, const struct office_hours *h);
/* "từ 01/12/2026: T2-T6, 07:00-11:30,13:30-17:00": what rules from a day on. */
void office_hours_change(struct buf *out, enum lang lang, const struct office_hours *h);
/* The spans as people write them, too: "7h00-11h30, 13h30-17h00". False, and *h untouched, for anything else.
 */
bool office_spans_parse(struct str text, struct office_hours *h);
/* A setting's value as people call it; as it stands where they have no other word for it. */
void office_value(struct buf *out, enum lang lang, struct str value);
/* And back, for values that are one of a few words: the word itself where it is none of ours. */
struct str office_value_word(struct str called);
/* What a setting means, without the words of scripts in it. */
void office_meaning(struct buf *out, enum lang lang, enum text_id meaning);
/* What may be put there, and what is there where nobody put anything. */
void office_allowed(struct buf *out, enum lang lang, size_t setting);
void office_standard(struct buf *out, enum lang lang, size_t setting);
/* The values of a setting that is one of a few words, one a line, as people call them. */
void office_values(struct buf *out, enum lang lang, size_t setting);
/* A date or an hour as people write it, or one of the words above, as settings_put() reads it; the text
 * itself where it is none. */
void office_setting_read(struct buf *out, size_t setting, struct str typed);
/* What a role may do. */
enum text_id office_role_text(enum role role);

#endif
