/* desk_world: a small office for tests of the rules, without a store: officers, a few procedures, the real
 * days of 2026. */
#ifndef MOTCUA_TESTS_DESK_WORLD_H
#define MOTCUA_TESTS_DESK_WORLD_H

#include "core/decide.h"
#include "core/evolve.h"

enum { WORLD_EVENTS = 64 };

struct world {
    struct office *office;
    struct dossier dossier;             /* the one the rules act on; borrowed from `kept` */
    struct event history[WORLD_EVENTS]; /* its events, likewise */
    size_t events;
    struct arena kept;
    uint64_t seq;
    uint32_t numbers[SERIES_COUNT]; /* given this year */
    uint32_t codes;                 /* sequences given today */
    bool code_taken;
    int64_t now; /* UTC second */
    const char *login;
};

/* Officers: admin (admin), huong (officer), nam (specialist), chief (chief), gone (retired officer).
 * Procedures: 1.001 3 working days, 1.002 same day, 1.003 without limit, 1.004 case 01 8 working hours, 1.005
 * retired, 1.006 10 calendar days at the same hour. Days off and worked days of 2026 as announced. */
void world_init(struct world *w);
void world_release(struct world *w);
/* For a group of tests: one where this officer is asking, at this time (NULL: huong; as world_init() leaves
 * it), and its end. */
int world_setup(void **state, const char *login, const char *now);
int world_teardown(void **state);

/* "2026-11-16T09:00" on the office's wall clock. */
civil_minute world_time(const char *text);
void world_set_now(struct world *w, const char *text);

/* Asks decide() and, on success, applies the events to the dossier or the office as a store would. Aborts
 * when a refusal leaves something behind, or when the dossier is not what its history replayed gives. */
struct outcome world_ask(struct world *w, struct command command);
/* The same, asked and recorded at this time. */
struct outcome world_ask_at(struct world *w, const char *now, struct command command);
/* The same, asked by this officer. */
struct outcome world_ask_as(struct world *w, const char *login, struct command command);
/* Receives a dossier of this procedure at this time, as it then was, and makes it the world's dossier. */
struct outcome world_receive(struct world *w, const char *procedure, const char *at);

/* Records that the office's days moved the due time of the world's dossier. */
void world_move_due(struct world *w, const char *statutory, const char *due);

/* Shorthands; times may be NULL for "now". */
struct command ask_transfer(const char *to, const char *at);
struct command ask_apologize(const char *reason, const char *until, const char *at);
struct command ask_resolve(const char *at);
struct command ask_return(const char *at);
struct command ask_refuse(const char *reason, const char *at);
/* Refuse, withdraw, stop, void or undo. */
struct command ask_end(enum command_kind kind, const char *reason, const char *at);
struct command ask_supplement(const char *at); /* one need */
struct command ask_insist(const char *at);     /* the same, insisting */
struct command ask_restart(const char *at);
struct command ask_await_payment(const char *at);
struct command ask_paid(const char *within, const char *at);
struct command ask_rate(int stars, const char *at);
/* ask_correct({CORRECT_PHONE, STR("0912")}, …), living as long as the block it stands in. */
struct command ask_changes(const struct change *changes, size_t count);
#define ask_correct(...)                                                                                     \
    ask_changes((const struct change[]){__VA_ARGS__},                                                        \
                sizeof((const struct change[]){__VA_ARGS__}) / sizeof(struct change))

#endif
