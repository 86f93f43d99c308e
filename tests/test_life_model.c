/* Random lives of dossiers, in a store and in a plain model of the rules (tests/life_model.h) at once: same
 * outcomes, same dossiers, refusals without a trace, and what is stored is always what its history makes of
 * it.
 *
 * MOTCUA_LIFE_SEQUENCES sets how many lives (20,000), MOTCUA_LIFE_SEED where they begin, MOTCUA_LIFE_TELL
 * prints what they came by. Where store and model differ, the life is shortened to the steps that matter and
 * printed as one would type them, each with its clock and login. */
#include "tests/life_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { PER_STORE = 100, STEPS_MOST = PER_STORE * 50, DIFFERENCES_MOST = 40 };

static uint64_t number_from_environment(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text && *text ? strtoull(text, NULL, 10) : otherwise;
}

/* ---- shortening ---- */

struct steps {
    struct life_step *step;
    size_t count;
};

/* Does this life come to a difference too? Its words go to *text. */
static bool differs_too(const struct steps *steps, int64_t clock, struct buf *text, char what[80])
{
    struct life_run r;
    bool good = true;
    life_run_begin(&r, clock);
    for (size_t i = 0; good && i < steps->count; i++)
        good = life_run_step(&r, &steps->step[i]);
    good = good && life_run_check(&r);
    if (!good && text) {
        buf_reset(text);
        buf_add_str(text, buf_str(&r.text));
        snprintf(what, 80, "%s", r.what);
    }
    life_run_end(&r);
    return !good;
}

static void leave_out(const struct steps *from, size_t at, size_t n, struct steps *to)
{
    to->count = 0;
    for (size_t i = 0; i < from->count; i++)
        if (i < at || i >= at + n)
            to->step[to->count++] = from->step[i];
}

/* Leaves out whatever can be left out: halves first, then less, then single steps. */
static void shorten(struct steps *steps, int64_t clock)
{
    struct steps less = {.step = malloc(steps->count * sizeof *less.step)};
    assert_non_null(less.step);
    for (size_t n = steps->count / 2; n > 0; n = n > 1 ? (n + 1) / 2 : 0)
        for (size_t at = 0; at < steps->count;) {
            leave_out(steps, at, n, &less);
            if (less.count > 0 && differs_too(&less, clock, NULL, NULL)) {
                memcpy(steps->step, less.step, less.count * sizeof *less.step);
                steps->count = less.count;
            } else {
                at += n;
            }
        }
    free(less.step);
}

/* ---- living ---- */

struct differences {
    char what[DIFFERENCES_MOST][80];
    int times[DIFFERENCES_MOST];
    int count;
};

static bool is_new(struct differences *d, const char *what)
{
    for (int i = 0; i < d->count; i++)
        if (strcmp(d->what[i], what) == 0) {
            d->times[i]++;
            return false;
        }
    if (d->count == DIFFERENCES_MOST)
        return false;
    snprintf(d->what[d->count], sizeof d->what[0], "%s", what);
    d->times[d->count++] = 1;
    return true;
}

static void tell(struct steps *steps, int64_t clock, uint64_t seed)
{
    struct buf text = BUF_INIT, line = BUF_INIT;
    char what[80] = "";
    shorten(steps, clock);
    differs_too(steps, clock, &text, what);
    print_error("\n%s (MOTCUA_LIFE_SEED=%llu)\n", what, (unsigned long long)seed);
    for (size_t i = 0; i < steps->count; i++) {
        buf_reset(&line);
        step_print(&line, &steps->step[i]);
        print_error("  %.*s\n", STR_ARG(buf_str(&line)));
    }
    print_error("%.*s", STR_ARG(buf_str(&text)));
    buf_release(&text);
    buf_release(&line);
}

static bool live_step(struct life_run *r, struct steps *steps, struct life_step step)
{
    assert_true(steps->count < STEPS_MOST);
    steps->step[steps->count++] = step;
    return life_run_step(r, &step);
}

/* Which dossier something happens to next: this one, or now and then an older one. */
static int whose(const struct life_run *r, struct script *s, int dossier)
{
    int other = (int)random_in(&s->random, 0, dossier);
    bool usable = r->dossier[other].frames > 0 && r->dossier[other].frames < MODEL_FRAMES - 4;
    return random_in(&s->random, 1, 8) == 1 && usable ? other : dossier;
}

/* The office's days change: now and then, and often on the due day when that has just been made or promised.
 */
static bool change_days(struct life_run *r, struct script *s, struct steps *steps,
                        const struct model_dossier *d)
{
    const struct frame *last = &d->frame[d->frames - 1];
    bool fresh = d->life.state == STATE_PROCESSING && !last->shifts &&
                 (last->named_due || last->kind == EVENT_RESTARTED || last->kind == EVENT_PAID ||
                  last->kind == EVENT_APOLOGIZED);
    if (fresh && random_in(&s->random, 1, 4) == 1)
        return live_step(r, steps, script_day_off(s, d));
    return random_in(&s->random, 1, 10) > 1 || live_step(r, steps, script_office(s, &r->office, d));
}

/* A dossier is received and something happens to it, or to another. */
static bool live_one(struct life_run *r, struct script *s, struct steps *steps, int dossier)
{
    bool good = live_step(r, steps, script_receive(s, dossier));
    int64_t acts = random_in(&s->random, 2, 11);
    for (int64_t i = 0; good && i < acts && r->dossier[dossier].frames > 0; i++) {
        int who = whose(r, s, dossier);
        good = change_days(r, s, steps, &r->dossier[who]) &&
               live_step(r, steps, script_act(s, &r->dossier[who], who));
    }
    return good;
}

/* The lives of one store; all follow from the seed. */
static void live_in_one_store(uint64_t seed, size_t lives, struct differences *differences)
{
    struct script s = {.random = {seed}, .text = ARENA_INIT};
    struct steps steps = {.step = malloc(STEPS_MOST * sizeof *steps.step)};
    struct life_run r;
    assert_non_null(steps.step);
    /* Between March 2024 and October 2026: under either decree, and over the day on which it changed. */
    s.clock = 1709254800 + random_in(&s.random, 0, 960) * 86400 + random_in(&s.random, 0, 36000);
    int64_t clock = s.clock;
    life_run_begin(&r, clock);
    bool good = true;
    for (size_t i = 0; good && i < lives; i++) {
        good = live_one(&r, &s, &steps, (int)i);
        if (good && i % 15 == 7)
            good = live_step(&r, &steps, script_look(&s));
    }
    good = good && life_run_check(&r);
    char what[80];
    snprintf(what, sizeof what, "%s", r.what);
    life_run_end(&r);
    if (!good && is_new(differences, what))
        tell(&steps, clock, seed);
    free(steps.step);
    arena_release(&s.text);
}

/* Every command was carried out and refused, in every state, and the days moved things in every way. */
static void assert_much_was_seen(void)
{
    const struct life_seen *l = &life_seen;
    for (int kind = COMMAND_RECEIVE; kind <= COMMAND_RATE; kind++)
        if (l->done[kind] < 10 || l->refused[kind] < 10)
            fail_msg("command %d: %llu done, %llu refused", kind, (unsigned long long)l->done[kind],
                     (unsigned long long)l->refused[kind]);
    for (int state = STATE_PROCESSING; state <= STATE_VOID; state++)
        if (l->in_state[state] < 50)
            fail_msg("state %d: %llu requests", state, (unsigned long long)l->in_state[state]);
    if (l->later < 50 || l->kept < 10 || l->confirmed < 5 || l->missed < 1 || l->rehearsed < 20 ||
        l->kinds < 25)
        fail_msg("%llu later, %llu kept, %llu confirmed, %llu missed, %llu rehearsed, %llu kinds",
                 (unsigned long long)l->later, (unsigned long long)l->kept, (unsigned long long)l->confirmed,
                 (unsigned long long)l->missed, (unsigned long long)l->rehearsed,
                 (unsigned long long)l->kinds);
}

static void tell_what_was_seen(void)
{
    const struct life_seen *l = &life_seen;
    for (int kind = 1; kind < COMMAND_COUNT; kind++)
        if (l->done[kind] + l->refused[kind])
            printf("command %2d: %6llu done, %6llu refused\n", kind, (unsigned long long)l->done[kind],
                   (unsigned long long)l->refused[kind]);
    for (int state = 1; state <= STATE_VOID; state++)
        printf("%s: %llu\n", state_name((enum dossier_state)state), (unsigned long long)l->in_state[state]);
    for (uint64_t i = 0; i < l->kinds; i++)
        printf("%s ", l->kind[i]);
    printf("\nmoves: %llu later, %llu kept, %llu confirmed, %llu open; %llu missed; %llu rehearsed\n",
           (unsigned long long)l->later, (unsigned long long)l->kept, (unsigned long long)l->confirmed,
           (unsigned long long)l->open, (unsigned long long)l->missed, (unsigned long long)l->rehearsed);
}

static void random_lives_go_as_the_model_says(void **state)
{
    uint64_t lives = number_from_environment("MOTCUA_LIFE_SEQUENCES", getenv("MOTCUA_QUICK") ? 1000 : 20000);
    uint64_t seed = number_from_environment("MOTCUA_LIFE_SEED", 1);
    struct differences differences = {.count = 0};
    (void)state;
    for (uint64_t done = 0; done < lives; done += PER_STORE)
        live_in_one_store(seed++, lives - done < PER_STORE ? lives - done : PER_STORE, &differences);
    for (int i = 0; i < differences.count; i++)
        print_error("%4d x %s\n", differences.times[i], differences.what[i]);
    assert_int_equal(differences.count, 0);
    if (getenv("MOTCUA_LIFE_TELL"))
        tell_what_was_seen();
    if (lives >= 5000)
        assert_much_was_seen();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(random_lives_go_as_the_model_says)};
    return cmocka_run_group_tests_name("life_model", tests, NULL, NULL);
}
