#include "core/settings.h"

struct settings settings_default(void)
{
    return (struct settings){
        .lang = LANG_VI,
        .clock = CLOCK_DAY_END,
        .same_day_cutoff = 15 * 60,
        .basis = BASIS_STATUTORY,
        .soon_days = 1,
        .waiting_max = 30,
        .backdate_max = 3,
        .supplement_days = 3,
        .ics_keep_days = 30,
        .target = {[TARGET_ON_TIME] = {TARGET_ABOVE, 9500}},
    };
}
