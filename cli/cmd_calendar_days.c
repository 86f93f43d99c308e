/* calendar holiday, worked, closed, remove, plan, hours: the office's days and hours, and the due times that
 * move with them. */
#include "cli/days_text.h"
#include "cli/moves.h"
#include "cli/verbs.h"
#include "core/text.h"
#include "core/words.h"

/* What is asked for, and the line that says it was done. */
static int carry_out(struct cli *c, const struct command *command, bool rehearse, const struct buf *line)
{
    struct moves moves = {0};
    struct request request = {.moment = cli_moment(c), .command = *command};
    int status = moves_submit(c, &request, 1, rehearse, &moves, NULL);
    if (!status && c->json) {
        struct json j = json_onto(&c->out);
        json_object_begin(&j, NULL);
        moves_json(c, &j, &moves, rehearse);
        json_object_end(&j);
        json_line(&j);
    } else if (!status) {
        cli_banner(c);
        moves_rehearsed(c, rehearse);
        buf_add_str(&c->out, buf_str(line));
        buf_add_char(&c->out, '\n');
        moves_text(c, &moves);
    }
    moves_release(&moves);
    return status;
}

/* The first operand as a day; exit status. */
static int take_day(struct args *a, civil_day *out)
{
    struct civil_input in;
    if (!civil_parse(a->operand[0], &in) || in.minute_of_day >= 0)
        return args_wrong(a, T_cli_bad_day, a->operand[0], STR_NONE);
    *out = in.day;
    return 0;
}

/* A text of the table with the day, its weekday and more, made safe. */
static void say_day(const struct cli *c, struct buf *out, enum text_id id, civil_day day, struct str third,
                    struct str fourth)
{
    struct buf date = BUF_INIT, said = BUF_INIT;
    lang_date(&date, c->lang, day);
    LANG_SAY(&said, c->lang, id, buf_str(&date), str_of(lang_weekday(c->lang, civil_weekday(day))), third,
             fourth);
    text_safe(out, buf_str(&said), false);
    buf_release(&date);
    buf_release(&said);
}

/* ---- holiday, worked, closed ---- */

enum { D_DOCUMENT, D_DRY_RUN };

static const struct option_spec day_options[] = {
    [D_DOCUMENT] = {.name = "document", .type = OPTION_TEXT, .help = T_cli_opt_document},
    [D_DRY_RUN] = OPTION_DRY_RUN,
};

static int put_day(struct cli *c, struct args *a, enum day_kind kind)
{
    struct command command = {
        .kind = COMMAND_DAY_PUT,
        .at = NO_TIME,
        .day = {.kind = kind, .name = a->operand[1], .document = args_text(a, D_DOCUMENT)},
    };
    int status = take_day(a, &command.day.day);
    if (!status)
        status = cli_open_or_tell(c);
    if (status)
        return status;
    struct buf line = BUF_INIT;
    say_day(c, &line, T_cli_day_line, command.day.day, str_of(words_day_kind(c->lang, kind)),
            command.day.name);
    status = carry_out(c, &command, args_has(a, D_DRY_RUN), &line);
    buf_release(&line);
    return status;
}

static int holiday(struct cli *c, struct args *a)
{
    return put_day(c, a, DAY_OFF);
}

static int worked(struct cli *c, struct args *a)
{
    return put_day(c, a, DAY_WORKED);
}

static int closed(struct cli *c, struct args *a)
{
    return put_day(c, a, DAY_CLOSED);
}

#define DAY_VERB(word, text, function)                                                                       \
    {                                                                                                        \
        .name = "calendar", .sub = word, .help = text, VERB_OPTIONS(day_options),                            \
        .operand = T_cli_value_day_name, .least = 2, .most = 2, .act = ACT_CALENDAR, .run = function         \
    }
const struct verb verb_calendar_holiday = DAY_VERB("holiday", T_cli_help_calendar_holiday, holiday);
const struct verb verb_calendar_worked = DAY_VERB("worked", T_cli_help_calendar_worked, worked);
const struct verb verb_calendar_closed = DAY_VERB("closed", T_cli_help_calendar_closed, closed);

/* ---- remove ---- */

enum { R_DRY_RUN };

static const struct option_spec remove_options[] = {
    [R_DRY_RUN] = OPTION_DRY_RUN,
};

static int remove_day(struct cli *c, struct args *a)
{
    struct command command = {.kind = COMMAND_DAY_REMOVE, .at = NO_TIME};
    int status = take_day(a, &command.day_removed);
    if (!status)
        status = cli_open_or_tell(c);
    if (status)
        return status;
    struct buf line = BUF_INIT;
    say_day(c, &line, T_cli_day_removed, command.day_removed, STR_NONE, STR_NONE);
    status = carry_out(c, &command, args_has(a, R_DRY_RUN), &line);
    buf_release(&line);
    return status;
}

const struct verb verb_calendar_remove = {
    .name = "calendar",
    .sub = "remove",
    .help = T_cli_help_calendar_remove,
    VERB_OPTIONS(remove_options),
    .operand = T_cli_value_date,
    .least = 1,
    .most = 1,
    .act = ACT_CALENDAR,
    .run = remove_day,
};

/* ---- plan: a year's official days off are all recorded ---- */

enum { P_COMPUTED, P_DRY_RUN };

static const struct option_spec plan_options[] = {
    [P_COMPUTED] = {.name = "computed", .type = OPTION_FLAG, .help = T_cli_opt_computed},
    [P_DRY_RUN] = OPTION_DRY_RUN,
};

/* The years are one run: one joins it at an end, and leaves it there. */
static bool change_years(struct known_years *known, int year, bool computed)
{
    bool none = known->first > known->last, within = year >= known->first && year <= known->last;
    if (!computed && none)
        *known = (struct known_years){year, year};
    else if (!computed && year == known->first - 1)
        known->first--;
    else if (!computed && year == known->last + 1)
        known->last++;
    else if (computed && within && year == known->last && known->first < year)
        known->last--;
    else if (computed && within && year == known->first && known->last > year)
        known->first++;
    else
        return !computed && within;
    return true;
}

/* A year without any is one that nobody has recorded. */
static int64_t days_off_of(const struct office *office, int year)
{
    int64_t n = 0;
    for (size_t i = 0; i < office_day_count(office); i++) {
        const struct office_day *day = office_day(office, i);
        n += day->kind == DAY_OFF && civil_to_ymd(day->day).year == year;
    }
    return n;
}

static int refuse_year(struct cli *c, struct known_years known)
{
    struct outcome o = outcome_of(KIND_years_apart);
    outcome_number(&o, known.first);
    outcome_number(&o, known.last);
    return cli_tell(c, &o);
}

static int plan(struct cli *c, struct args *a)
{
    bool computed = args_has(a, P_COMPUTED);
    int year;
    if (!days_parse_year(a->operand[0], &year))
        return args_wrong(a, T_cli_bad_year, a->operand[0], STR_NONE);
    int status = cli_open_or_tell(c);
    if (status)
        return status;
    struct command command = {
        .kind = COMMAND_YEARS_KNOWN, .at = NO_TIME, .known = office_known_years(c->office)};
    int64_t recorded = days_off_of(c->office, year);
    if (!change_years(&command.known, year, computed))
        return refuse_year(c, office_known_years(c->office));
    if (!computed && !recorded)
        return cli_refuse(c, KIND_year_unrecorded, a->operand[0]);
    struct buf line = BUF_INIT, days = BUF_INIT;
    buf_add_int(&days, recorded);
    LANG_SAY(&line, c->lang, computed ? T_cli_plan_computed : T_cli_plan_whole, a->operand[0],
             buf_str(&days));
    status = carry_out(c, &command, args_has(a, P_DRY_RUN), &line);
    buf_release(&line);
    buf_release(&days);
    return status;
}

const struct verb verb_calendar_plan = {
    .name = "calendar",
    .sub = "plan",
    .help = T_cli_help_calendar_plan,
    VERB_OPTIONS(plan_options),
    .operand = T_cli_value_year,
    .least = 1,
    .most = 1,
    .act = ACT_CALENDAR,
    .run = plan,
};

/* ---- hours ---- */

enum { H_WEEKDAYS, H_FROM, H_DRY_RUN };

static const struct option_spec hours_options[] = {
    [H_WEEKDAYS] = {.name = "weekdays",
                    .type = OPTION_WORD,
                    .help = T_cli_opt_weekdays,
                    .value = T_cli_value_weekdays},
    [H_FROM] = {.name = "from", .type = OPTION_DATE, .help = T_cli_opt_hours_from, .required = true},
    [H_DRY_RUN] = OPTION_DRY_RUN,
};

static int take_hours(struct args *a, struct office_hours *out)
{
    struct civil_input from;
    struct str weekdays = args_text(a, H_WEEKDAYS);
    *out = office_hours_default();
    if (!office_hours_parse(a->operand[0], out))
        return args_wrong(a, T_cli_bad_hours, a->operand[0], STR_NONE);
    if (weekdays.p && !hours_parse_weekdays(weekdays, &out->weekdays))
        return args_wrong(a, T_cli_bad_weekdays, weekdays, STR_NONE);
    if (args_time(a, H_FROM, &from))
        out->from = from.day;
    return 0;
}

static int hours(struct cli *c, struct args *a)
{
    struct command command = {.kind = COMMAND_HOURS_PUT, .at = NO_TIME};
    int status = take_hours(a, &command.hours);
    if (!status)
        status = cli_open_or_tell(c);
    if (status)
        return status;
    struct buf line = BUF_INIT;
    hours_say(&line, c->lang, &command.hours);
    status = carry_out(c, &command, args_has(a, H_DRY_RUN), &line);
    buf_release(&line);
    return status;
}

const struct verb verb_calendar_hours = {
    .name = "calendar",
    .sub = "hours",
    .help = T_cli_help_calendar_hours,
    VERB_OPTIONS(hours_options),
    .operand = T_cli_value_hours,
    .least = 1,
    .most = 1,
    .act = ACT_CALENDAR,
    .run = hours,
};
