#include "cli/demo.h"

#include "cli/demo_counter.h"
#include "cli/demo_scenes.h"
#include "cli/shipped.h"
#include <stdio.h>
#include <stdlib.h>

enum {
    OFFSET = 7 * 60,
    BATCH = 10000, /* requests a transaction: nobody else waits for a store that is being made */
    REPORT = 1000, /* dossiers between two looks at the progress */
    LATE = 60,     /* of a thousand that take days */
    SMALL = 1000,
    LATE_BESIDE_SCENES = 18, /* where most of the late ones are scenes */
    IMPORTED_ONE_OF = 40,
    TURNED_AWAY = 25, /* beside a thousand receipts */
    ENOUGH = 60,      /* dossiers from which on the scenes find room */
    FEW = 5000, /* up to so many dossiers the year is denser towards its end, so that a small office still has
                   work open */
};

/* Something still to happen to a dossier. */
struct pending {
    civil_minute at;
    uint32_t dossier; /* number */
    uint8_t step;
};

struct invented {
    civil_day day; /* of its code */
    uint32_t sequence;
    struct life *life; /* of its own; NULL once it is over */
};

struct demo {
    struct store *store;
    const struct demo_options *options;
    const struct office *office; /* for its calendar and catalogue; a copy of what the store now holds */
    const struct calendar *calendar;
    struct str agency;
    struct invented *dossier;
    struct pending *heap;
    size_t waiting;
    civil_day day; /* of the last code given */
    uint32_t sequence;
    uint32_t documents; /* receipts for money given */
    struct request *batch;
    struct arena *text; /* of the batch */
    size_t batched;
    struct scene scene[SCENES_MOST]; /* in order of receipt */
    size_t scenes, played;
};

/* ---- what is still to come: a heap, earliest first ---- */

static bool sooner(const struct pending *a, const struct pending *b)
{
    if (a->at != b->at)
        return a->at < b->at;
    return a->dossier != b->dossier ? a->dossier < b->dossier : a->step < b->step;
}

static void heap_add(struct demo *d, struct pending p)
{
    size_t i = d->waiting++;
    while (i > 0 && sooner(&p, &d->heap[(i - 1) / 2])) {
        d->heap[i] = d->heap[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    d->heap[i] = p;
}

static struct pending heap_take(struct demo *d)
{
    struct pending first = d->heap[0], last = d->heap[--d->waiting];
    size_t i = 0;
    for (;;) {
        size_t child = 2 * i + 1;
        if (child + 1 < d->waiting && sooner(&d->heap[child + 1], &d->heap[child]))
            child++;
        if (child >= d->waiting || !sooner(&d->heap[child], &last))
            break;
        d->heap[i] = d->heap[child];
        i = child;
    }
    d->heap[i] = last;
    return first;
}

/* ---- asking the store ---- */

static struct outcome flush(struct demo *d)
{
    struct outcome o = store_submit(d->store, d->batch, d->batched, NULL);
    d->batched = 0;
    arena_release(d->text);
    return o;
}

static struct outcome ask(struct demo *d, int64_t now, struct str login, struct command command)
{
    d->batch[d->batched++] = (struct request){.moment = {.now = now, .login = login}, .command = command};
    return d->batched == BATCH ? flush(d) : OUTCOME_DONE;
}

static struct str kept(struct demo *d, const char *text)
{
    return arena_str(d->text, str_of(text));
}

static struct str code_of(struct demo *d, const struct invented *v)
{
    struct buf code = BUF_INIT;
    dossier_code(&code, d->agency, v->day, v->sequence);
    struct str s = arena_str(d->text, buf_str(&code));
    buf_release(&code);
    return s;
}

/* What is void in the end was entered twice: the fee was taken for the other one. */
static void void_ones_pay_nothing(const struct life *life, struct command *receive)
{
    if (!life->steps || life->step[life->steps - 1].kind != COMMAND_VOID)
        return;
    receive->receive.fee_taken = false;
    receive->receive.fee_document = STR_NONE;
}

static struct outcome ask_receive(struct demo *d, struct chance *c, civil_minute at,
                                  const struct demo_kind *kind, const struct invented *v)
{
    struct citizen citizen;
    demo_citizen(c, &citizen);
    struct command command = {.kind = COMMAND_RECEIVE, .at = NO_TIME};
    command.receive.procedure = str_of(kind->procedure);
    command.receive.applicant = (struct applicant){
        .name = kept(d, citizen.name),
        .phone = kept(d, citizen.phone),
        .id_number = citizen.organization ? STR_NONE : kept(d, citizen.id_number),
        .email = kept(d, citizen.email),
        .address = kept(d, citizen.address),
        .organization = citizen.organization,
        .outside = citizen.outside,
    };
    if (citizen.organization || chance_of(c, 40)) { /* brought by somebody else */
        struct citizen other;
        demo_citizen(c, &other);
        command.receive.submitter = kept(d, other.name);
        command.receive.authority = STR("Giấy ủy quyền có chứng thực");
    }
    if (v->life->channel == CHANNEL_POSTAL || chance_of(c, 60))
        command.receive.collect = CHANNEL_POSTAL;
    command.receive.channel = v->life->channel;
    command.receive.fee = -1;
    command.receive.submitted = v->life->channel == CHANNEL_ONLINE ? at - chance_in(c, 5, 600) : NO_TIME;
    command.receive.serve = v->life->served;
    if (v->life->channel == CHANNEL_DIRECT)
        demo_take_fee(c, office_find_procedure(d->office, command.receive.procedure), ++d->documents, d->text,
                      &command);
    void_ones_pay_nothing(v->life, &command);
    return ask(d, civil_to_utc(at, OFFSET) + chance_in(c, 0, 59), demo_officers[v->life->desk].login,
               command);
}

static struct outcome ask_step(struct demo *d, const struct invented *v, const struct life_step *step)
{
    struct command command = {.kind = step->kind, .at = step->at, .dossier = code_of(d, v)};
    demo_say(step, v->life, &command);
    if (step->kind == COMMAND_SUPPLEMENT) {
        struct buf needs = BUF_INIT;
        demo_need(&needs, step, v->life);
        command.supplement.needs = arena_str(d->text, buf_str(&needs));
        buf_release(&needs);
    }
    return ask(d, civil_to_utc(step->recorded, OFFSET) + v->sequence % 60, demo_officers[step->by].login,
               command);
}

/* ---- the twelve months ---- */

/* The dossier's step is the next of its life, or the life is over. Few are under way at once, of a million.
 */
static void await(struct demo *d, uint32_t dossier, uint8_t step)
{
    struct invented *v = &d->dossier[dossier];
    if (step < v->life->steps) {
        heap_add(d, (struct pending){v->life->step[step].recorded, dossier, step});
        return;
    }
    free(v->life);
    v->life = NULL;
}

/* Entries of the dossiers that come before the next receipt (or the end). */
static struct outcome catch_up(struct demo *d, civil_minute until)
{
    struct outcome o = OUTCOME_DONE;
    while (outcome_ok(&o) && d->waiting && d->heap[0].at < until) {
        struct pending p = heap_take(d);
        struct invented *v = &d->dossier[p.dossier];
        o = ask_step(d, v, &v->life->step[p.step]);
        await(d, p.dossier, (uint8_t)(p.step + 1));
    }
    return o;
}

/* Where among the year's working minutes the i-th of n receipts falls. */
static int64_t position(uint32_t i, uint32_t n, int64_t minutes)
{
    int64_t left = minutes * (n - i) / n;
    if (n <= FEW)
        left = minutes * (int64_t)(n - i) / n * (n - i) / n;
    return minutes - left;
}

/* The year's first dossiers were another system's, and came over, ended, when the office moved to this one.
 */
static struct outcome import_one(struct demo *d, uint32_t i, civil_minute at, civil_minute moved)
{
    struct chance c = {d->options->seed * UINT64_C(0x2545f4914f6cdd1d) + i};
    const struct demo_kind *kind = demo_pick_kind(&c);
    struct citizen citizen;
    demo_citizen(&c, &citizen);
    struct buf code = BUF_INIT;
    dossier_code(&code, STR("000.00.99.H42"), civil_day_of(at), i + 1);
    struct command command = {.kind = COMMAND_IMPORT, .at = at};
    command.import.code = arena_str(d->text, buf_str(&code));
    buf_release(&code);
    command.import.procedure = str_of(kind->procedure);
    command.import.applicant = (struct applicant){
        .name = kept(d, citizen.name), .phone = kept(d, citizen.phone), .address = kept(d, citizen.address)};
    command.import.officer = demo_officers[kind->specialist < 0 ? DEMO_DESK_1 : kind->specialist].name;
    command.import.state = chance_of(&c, 30) ? STATE_WITHDRAWN : STATE_RETURNED;
    command.import.statutory_due = command.import.due = NO_TIME;
    command.import.submitted = command.import.waiting_since = NO_TIME;
    command.import.resolved = calendar_add_minutes(d->calendar, at, chance_in(&c, 10, 900));
    if (command.import.resolved >= moved)
        command.import.resolved = at;
    command.import.returned = command.import.state == STATE_RETURNED ? command.import.resolved : NO_TIME;
    return ask(d, civil_to_utc(moved, OFFSET), demo_officers[DEMO_ADMIN].login, command);
}

/* Somebody whose papers are not enough, or not ours. */
static struct outcome turn_one_away(struct demo *d, uint32_t i, civil_minute at)
{
    struct chance c = {d->options->seed * UINT64_C(0x9e6c63d0876a9a47) + i};
    struct citizen citizen;
    struct command command;
    if (!chance_of(&c, TURNED_AWAY))
        return OUTCOME_DONE;
    demo_citizen(&c, &citizen);
    demo_turn_away(&c, demo_pick_kind(&c)->procedure, &citizen, d->text, &command);
    return ask(d, civil_to_utc(at, OFFSET),
               demo_officers[chance_of(&c, 550) ? DEMO_DESK_1 : DEMO_DESK_2].login, command);
}

static struct outcome receive_one(struct demo *d, uint32_t i, civil_minute at, const struct scene *scene)
{
    struct chance c = {d->options->seed * UINT64_C(0x2545f4914f6cdd1d) + i};
    struct invented *v = &d->dossier[i];
    const struct demo_kind *kind = scene ? &scene->kind : demo_pick_kind(&c);
    v->life = malloc(sizeof *v->life);
    if (!v->life)
        return outcome_of(KIND_out_of_memory);
    if (scene)
        *v->life = scene->life;
    else if (!demo_live(&c, d->office, kind, at, d->options->dossiers > SMALL ? LATE : LATE_BESIDE_SCENES,
                        v->life))
        return outcome_of(KIND_unknown_procedure);
    civil_day day = civil_day_of(at);
    d->sequence = day == d->day ? d->sequence + 1 : 1;
    v->day = d->day = day;
    v->sequence = d->sequence;
    struct outcome o = ask_receive(d, &c, at, kind, v);
    await(d, i, 0);
    return o;
}

/* The working minutes of the twelve months. */
struct year {
    civil_minute start, end;
    int64_t minutes;
};

static struct year year_of(const struct demo *d)
{
    civil_day until = d->options->until;
    civil_day first = calendar_working_on_or_after(d->calendar, civil_add_months(until, -12));
    struct year y = {
        .start = civil_at(first, calendar_opens(d->calendar, first)),
        .end = civil_at(until, 0),
    };
    y.minutes = calendar_minutes_between(d->calendar, y.start, y.end);
    return y;
}

/* When the next dossier comes: the next of those spread over the year (the i-th of n), or a scene before it.
 */
static civil_minute next_receipt(const struct demo *d, const struct year *y, uint32_t i, uint32_t n,
                                 const struct scene **scene)
{
    *scene = d->played < d->scenes ? &d->scene[d->played] : NULL;
    civil_minute at =
        i < n ? calendar_add_minutes(d->calendar, y->start, position(i, n, y->minutes)) : y->end;
    if (*scene && (*scene)->received <= at)
        return (*scene)->received;
    *scene = NULL;
    return at;
}

static struct outcome run_year(struct demo *d, demo_progress *progress, void *arg)
{
    const struct year y = year_of(d);
    civil_day today = calendar_working_on_or_after(d->calendar, d->options->until);
    if (d->options->dossiers >= ENOUGH)
        d->scenes = demo_scenes(d->calendar, today, d->scene);
    uint32_t spread = 0, n = d->options->dossiers - (uint32_t)d->scenes, imports = n / IMPORTED_ONE_OF;
    civil_minute moved = calendar_add_minutes(d->calendar, y.start, position(imports, n, y.minutes));
    struct outcome o = OUTCOME_DONE;
    for (uint32_t i = 0; outcome_ok(&o) && i < d->options->dossiers; i++) {
        const struct scene *scene;
        civil_minute at = next_receipt(d, &y, spread, n, &scene);
        if (scene)
            d->played++;
        else
            spread++;
        o = catch_up(d, at);
        if (outcome_ok(&o) && (scene || spread > imports))
            o = turn_one_away(d, i, at);
        if (outcome_ok(&o))
            o = !scene && spread <= imports ? import_one(d, i, at, moved) : receive_one(d, i, at, scene);
        if (i % REPORT == 0 && !progress(arg, i))
            return o;
    }
    if (outcome_ok(&o))
        o = catch_up(d, y.end);
    return outcome_ok(&o) && d->batched ? flush(d) : o;
}

/* ---- the office ---- */

static struct outcome put_people(struct demo *d, int64_t now)
{
    struct outcome o = OUTCOME_DONE;
    for (size_t i = 0; outcome_ok(&o) && i < DEMO_OFFICERS; i++)
        o = ask(d, now, demo_officers[DEMO_ADMIN].login,
                (struct command){.kind = COMMAND_OFFICER_PUT, .at = NO_TIME, .officer = demo_officers[i]});
    struct officer me = {.login = d->options->login, .name = d->options->login, .role = ROLE_ADMIN};
    if (outcome_ok(&o))
        o = ask(d, now, demo_officers[DEMO_ADMIN].login,
                (struct command){.kind = COMMAND_OFFICER_PUT, .at = NO_TIME, .officer = me});
    return outcome_ok(&o) ? flush(d) : o;
}

static struct outcome put_processes(struct demo *d, int64_t now)
{
    struct step step[STEPS_MAX];
    struct outcome o = OUTCOME_DONE;
    for (size_t i = 0; outcome_ok(&o) && i < demo_kind_count; i++) {
        const struct procedure *p = office_find_procedure(d->office, str_of(demo_kinds[i].procedure));
        size_t count = p && demo_kinds[i].specialist >= 0 ? demo_process(p, step) : 0;
        struct command command = {.kind = COMMAND_STEPS_PUT, .at = NO_TIME};
        command.steps.procedure = str_of(demo_kinds[i].procedure);
        command.steps.step = step;
        command.steps.count = count;
        if (count) {
            o = ask(d, now, demo_officers[DEMO_ADMIN].login, command);
            if (outcome_ok(&o) && d->batched)
                o = flush(d); /* the steps are borrowed */
        }
    }
    return o;
}

/* The office is as old as the year it shows. */
static struct outcome found(struct demo *d)
{
    struct office_identity identity = {
        .name = STR("UBND xã Suối Mây"),
        .agency = STR("H42.99.99"),
        .parent = STR("UBND tỉnh Gia Lai"),
        .place = STR("Suối Mây"),
        .utc_offset = OFFSET,
        .demo = true,
    };
    d->agency = identity.agency;
    int64_t now = civil_to_utc(civil_at(civil_add_months(d->options->until, -12) - 7, 8 * 60), OFFSET);
    struct outcome o = shipped_found(d->store, &identity,
                                     (struct moment){.now = now, .login = demo_officers[DEMO_ADMIN].login});
    if (outcome_ok(&o))
        o = put_people(d, now);
    return outcome_ok(&o) ? put_processes(d, now) : o;
}

struct outcome demo_fill(struct store *s, const struct demo_options *options, demo_progress *progress,
                         void *arg)
{
    struct arena text = ARENA_INIT;
    struct office *office = shipped_office((struct moment){.now = 0, .login = STR("-")});
    struct demo d = {
        .store = s,
        .options = options,
        .office = office,
        .calendar = office ? office_calendar(office) : NULL,
        .dossier = calloc(options->dossiers + 1u, sizeof *d.dossier),
        .heap = calloc(options->dossiers + 1u, sizeof *d.heap),
        .batch = calloc(BATCH, sizeof *d.batch),
        .day = NO_DAY,
        .text = &text,
    };
    struct outcome o = outcome_of(KIND_out_of_memory);
    if (d.calendar && d.dossier && d.heap && d.batch) {
        o = found(&d);
        if (outcome_ok(&o))
            o = run_year(&d, progress, arg);
    }
    arena_release(&text);
    for (uint32_t i = 0; d.dossier && i < options->dossiers; i++)
        free(d.dossier[i].life);
    free(d.dossier);
    free(d.heap);
    free(d.batch);
    office_free(office);
    return o;
}
