/* lang: every text for people, Vietnamese and English side by side, compiled in.
 *
 * One table in seven sections (core/lang_*.def), and what the settings mean (core/settings.def): a line is
 * T(NAME, "tiếng Việt", "English"). Placeholders are {1} to {4}. Vietnamese is the default and the one that
 * must read well; a text missing in either language does not compile. */
#ifndef MOTCUA_CORE_LANG_H
#define MOTCUA_CORE_LANG_H

#include "core/buf.h"
#include "core/civil.h"

enum lang { LANG_VI = 0, LANG_EN };

enum text_id {
    T_nothing = 0, /* the empty text: the word of what has none */
#define T(name, vi, en) T_##name,
#include "core/lang_cli.def"
#include "core/lang_core.def"
#include "core/lang_forms.def"
#include "core/lang_ical.def"
#include "core/lang_labels.def"
#include "core/lang_report.def"
#include "core/lang_tui.def"
#undef T
#define S(name, key, type, field, least, most, fallback, vi, en) T_setting_##name,
#include "core/settings.def"
#undef S
    TEXT_ID_COUNT
};

/* The text itself: a literal, for ever. */
const char *lang_text(enum lang lang, enum text_id id);
/* Appends the text with {1}..{n} replaced. Arguments are inserted as they are. */
void lang_say(struct buf *out, enum lang lang, enum text_id id, const struct str *args, size_t n);
#define LANG_SAY(out, lang, id, ...)                                                                         \
    lang_say((out), (lang), (id), (const struct str[]){__VA_ARGS__},                                         \
             sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))
/* Appends a pattern of any origin, filled in the same way. */
void lang_fill(struct buf *out, const char *pattern, const struct str *args, size_t n);

/* "vi" or "en"; false for anything else. */
bool lang_parse(struct str text, enum lang *out);
const char *lang_name(enum lang lang);

/* Times for people: 20/11/2026 09:30 in Vietnamese, 2026-11-20 09:30 in English; a dash for NO_TIME / NO_DAY.
 */
void lang_time(struct buf *out, enum lang lang, civil_minute t);
void lang_date(struct buf *out, enum lang lang, civil_day day);
/* A limit for people: "2,5 ngày làm việc", "2.5 working days"; "trong ngày". */
struct limit;
void lang_limit(struct buf *out, enum lang lang, const struct limit *limit);
/* "Thứ Sáu", "Chủ nhật". */
const char *lang_weekday(enum lang lang, enum weekday day);

#endif
