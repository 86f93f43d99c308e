/* words: what people call the desk's enumerations, in their language. Each returns a literal of the table,
 * for ever; "" for none of the enumeration's values (0, or a number from a newer program). The words scripts
 * see are elsewhere: status_name(), state_name(), … */
#ifndef MOTCUA_CORE_WORDS_H
#define MOTCUA_CORE_WORDS_H

#include "core/deadline.h"
#include "core/event.h"
#include "core/lang.h"
#include "core/morning.h"

const char *words_status(enum lang lang, enum status status);
/* Of one GROUP_ bit. */
const char *words_group(enum lang lang, enum status_group group);
/* As the national status list says it: "Đang xử lý", "Yêu cầu bổ sung giấy tờ", … */
const char *words_state(enum lang lang, enum dossier_state state);
const char *words_ended_how(enum lang lang, enum ended_how how);
const char *words_channel(enum lang lang, enum channel channel);
const char *words_role(enum lang lang, enum role role);
/* Why a day of the trace stands as it does; the day of receipt is counted for limits in hours and within the
 * day, else not. */
const char *words_why(enum lang lang, enum day_why why, bool counted);
const char *words_event(enum lang lang, enum event_kind kind);
const char *words_late_category(enum lang lang, enum late_category category);
const char *words_excuse(enum lang lang, enum excuse excuse);
const char *words_section(enum lang lang, enum morning_section section);
const char *words_day_kind(enum lang lang, enum day_kind kind);
/* The unit without its number: "ngày làm việc". */
const char *words_limit_kind(enum lang lang, enum limit_kind kind);
const char *words_clock(enum lang lang, enum due_clock clock);
/* "T2" … "T7", "CN"; "Mon" … "Sun". The long names: lang_weekday(). */
const char *words_weekday_short(enum lang lang, enum weekday day);

#endif
