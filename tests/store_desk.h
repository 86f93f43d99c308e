/* store_desk: a store on disk for tests, with a small office: officers, a few procedures, the days of 2026.
 * Lives in a folder of its own under $TMPDIR (else /dev/shm, else /tmp), which is removed with it. */
#ifndef MOTCUA_TESTS_STORE_DESK_H
#define MOTCUA_TESTS_STORE_DESK_H

#include "store/store.h"

struct store_desk {
    char dir[200];   /* of the store; its parent is the test's own */
    char above[160]; /* the test's own folder */
    struct store *store;
    int64_t now;       /* UTC second given to every request */
    const char *login; /* "admin" */
};

/* Officers: admin (admin), huong (officer), nam (specialist), chief (chief). Procedures: 1.001 3 working
 * days, 1.002 same day, 1.003 without limit, 1.004 case 01 8 working hours, 1.006 10 calendar days. It is
 * 2026-11-16 08:00. */
void store_desk_init(struct store_desk *d);
/* The same in a map of that many bytes. */
void store_desk_init_with(struct store_desk *d, size_t map);
/* A folder with nothing in it; d->store is NULL. */
void store_desk_empty(struct store_desk *d);
void store_desk_release(struct store_desk *d);
/* Closes and opens again. */
void store_desk_reopen(struct store_desk *d);

/* "2026-11-16T09:00" on the office's wall clock; NO_TIME for NULL. */
civil_minute desk_time(const char *text);
void store_desk_now(struct store_desk *d, const char *text);

/* One request, now, by d->login. */
struct outcome store_desk_ask(struct store_desk *d, struct command command, struct result *result);

/* Commands; times may be NULL for now, `code` NULL for the next one. */
struct command desk_receive(const char *procedure, const char *name, const char *at, const char *code);
struct command desk_transfer(const char *code, const char *to);
struct command desk_apologize(const char *code, const char *until);
struct command desk_resolve(const char *code, const char *at);
struct command desk_return(const char *code);
struct command desk_refuse(const char *code);
struct command desk_withdraw(const char *code);
struct command desk_stop(const char *code);
struct command desk_void(const char *code);
struct command desk_undo(const char *code);
struct command desk_supplement(const char *code, bool insist);
struct command desk_restart(const char *code);
struct command desk_await_payment(const char *code);
struct command desk_paid(const char *code, const char *within);
struct command desk_correct(const char *code, const struct change *change); /* of one field; borrowed */
struct command desk_rate(const char *code, int stars);
struct command desk_put_day(const char *date, enum day_kind kind);
struct command desk_remove_day(const char *date);
struct command desk_put_officer(const char *login, enum role role);
struct command desk_put_procedure(const char *code, const char *kase, const char *name, const char *field,
                                  const char *limit);

/* Receives, and gives the new dossier's code in `code` (or fails the test). */
uint64_t store_desk_receive(struct store_desk *d, const char *procedure, const char *name, const char *at,
                            char code[64]);

/* Fails the test, saying what, unless the store is exactly what its journal makes of it. */
void store_desk_assert_whole(struct store *s);

#endif
