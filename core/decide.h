/* decide: may this be done, and what then happened? The desk's rules, pure: office, dossier, command, moment
 * in; events or one refusal out.
 *
 * Whoever writes asks decide() inside the same transaction in which the events are appended, so what it saw
 * is what is written. */
#ifndef MOTCUA_CORE_DECIDE_H
#define MOTCUA_CORE_DECIDE_H

#include "core/decision.h"

/* What decide() will have to be told for this command; to be looked up in the transaction that then appends.
 * Cannot fail; out->code is borrowed from the command. */
void decide_needs(const struct office *office, const struct command *command, const struct moment *moment,
                  struct needs *out);

/* `dossier` is NULL where needs.dossier is false (but for needs.known: then it is the dossier of that code,
 * where there is one). *out was made
 * DECISION_INIT; on success the caller releases it once its events are written (none, where the office's
 * book, or the dossier that is brought in, says so already), on a refusal (any REFUSED or USAGE kind of
 * core/lang_outcomes.def, or out_of_memory) there is nothing in it. */
struct outcome decide(const struct office *office, const struct dossier *dossier,
                      const struct command *command, const struct moment *moment,
                      const struct circumstances *circumstances, struct decision *out);

/* May this login do this, whatever the details? `not_allowed` says whom to ask. For what decide() does not
 * see: reading, and screens. */
struct outcome decide_allowed(const struct office *office, struct str login, enum act act);

/* Would this kind of command be refused for this dossier now, whatever its details? For screens, which show
 * what a rule forbids with its reason. Success means it may be asked, not that every detail will do. */
struct outcome decide_preview(const struct office *office, const struct dossier *dossier,
                              enum command_kind kind, const struct moment *moment);

#endif
