#include "cli/shipped.h"

#include "cli/reading.h"
#include "core/decide.h"
#include <catalogue.h>
#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- from the tables ---- */

static int8_t offered(const char *column)
{
    return *column ? *column == '1' : -1;
}

static int64_t fee_of(const char *column)
{
    int64_t fee = 0;
    for (const char *p = column; *p; p++)
        fee = fee * 10 + (*p - '0');
    return *column ? fee : -1;
}

static struct procedure procedure_of(const struct shipped_procedure *row)
{
    struct procedure p = {
        .code = str_of(row->code),
        .kase = str_of(row->name_of_case),
        .name = str_of(row->name),
        .field = str_of(row->field),
        .fee = fee_of(row->fee_vnd),
        .online = offered(row->online),
        .postal = offered(row->postal),
    };
    limit_from_columns(str_of(row->limit_kind), str_of(row->limit_value), str_of(row->cutoff), &p.limit);
    due_clock_parse(str_of(row->clock), &p.clock);
    return p;
}

static struct office_day day_of(const struct shipped_day *row)
{
    struct civil_input in = {.day = NO_DAY};
    civil_parse(str_of(row->date), &in);
    return (struct office_day){
        .day = in.day,
        .kind = row->kind[0] == 'o'   ? DAY_OFF
                : row->kind[0] == 'w' ? DAY_WORKED
                                      : DAY_CLOSED,
        .name = str_of(row->name),
        .document = str_of(row->document),
    };
}

/* The table holds whole years. */
static struct known_years years_known(void)
{
    return (struct known_years){
        .first = civil_to_ymd(day_of(&shipped_days[0]).day).year,
        .last = civil_to_ymd(day_of(&shipped_days[COUNT(shipped_days) - 1]).day).year,
    };
}

/* To be freed with free(); NULL when memory is out. */
static struct request *shipped_requests(const struct office_identity *identity, struct moment moment,
                                        size_t *n)
{
    *n = 1 + COUNT(shipped_procedures) + COUNT(shipped_days) + 1;
    struct request *request = calloc(*n, sizeof *request);
    if (!request)
        return NULL;
    for (size_t i = 0; i < *n; i++) {
        request[i].moment = moment;
        request[i].command.at = NO_TIME;
    }
    struct request *next = request;
    next->command.kind = COMMAND_FOUND;
    next++->command.found = *identity;
    for (size_t i = 0; i < COUNT(shipped_procedures); i++) {
        next->command.kind = COMMAND_PROCEDURE_PUT;
        next++->command.procedure = procedure_of(&shipped_procedures[i]);
    }
    for (size_t i = 0; i < COUNT(shipped_days); i++) {
        next->command.kind = COMMAND_DAY_PUT;
        next++->command.day = day_of(&shipped_days[i]);
    }
    next->command.kind = COMMAND_YEARS_KNOWN;
    next->command.known = years_known();
    return request;
}

struct outcome shipped_found(struct store *s, const struct office_identity *identity, struct moment moment)
{
    size_t n;
    struct request *requests = shipped_requests(identity, moment, &n);
    if (!requests)
        return outcome_of(KIND_out_of_memory);
    struct outcome o = store_submit(s, requests, n, NULL);
    free(requests);
    return o;
}

/* ---- without a store ---- */

static bool take_in(struct office *office, const struct request *request, uint64_t *seq)
{
    struct circumstances none = {0};
    struct decision decision = DECISION_INIT;
    struct outcome o = decide(office, NULL, &request->command, &request->moment, &none, &decision);
    bool fine = outcome_ok(&o);
    for (size_t i = 0; fine && i < decision.count; i++) {
        decision.event[i].seq = ++*seq;
        fine = office_apply(office, &decision.event[i]);
    }
    decision_release(&decision);
    return fine;
}

struct office *shipped_office(struct moment moment)
{
    const struct office_identity nobody = {.name = STR("-"), .agency = STR("0"), .utc_offset = 7 * 60};
    struct office *office = office_new();
    size_t n = 0;
    uint64_t seq = 0;
    struct request *request = office ? shipped_requests(&nobody, moment, &n) : NULL;
    bool fine = request != NULL;
    for (size_t i = 0; fine && i < n; i++)
        fine = take_in(office, &request[i], &seq);
    free(request);
    if (fine)
        return office;
    office_free(office);
    return NULL;
}

int shipped_or_store(struct cli *c, struct args *a, int as_of, struct office **own)
{
    int64_t moment;
    *own = NULL;
    struct outcome o = cli_open(c);
    if (outcome_ok(&o))
        return reading_view(c, a, as_of, &moment);
    if (o.kind != KIND_no_store || args_has(a, as_of))
        return cli_tell(c, &o);
    *own = shipped_office(cli_moment(c));
    if (!*own)
        return cli_no_memory(c);
    c->office = *own;
    c->offset = office_identity(*own)->utc_offset;
    return 0;
}
