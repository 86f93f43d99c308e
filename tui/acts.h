/* acts: what can be done with a dossier: its keys, and whether a rule says no. */
#ifndef MOTCUA_TUI_ACTS_H
#define MOTCUA_TUI_ACTS_H

#include "tui/session.h"

#define ACTS 16

struct dossier_act {
    enum action action;
    enum command_kind command; /* of `stop`: withdraw or stop, whichever the dossier's rules know */
    struct outcome may;
};

/* All of them in the order a dossier's life meets them. */
void acts_of(struct dossier_act act[ACTS], const struct office *office, const struct dossier *d,
             const struct moment *now);
/* What the act is called on a page: "Dừng giải quyết". */
enum text_id act_title(enum command_kind command);
/* Does this action do something with a dossier? For `stop`, *out is COMMAND_STOP. */
bool act_command(enum action action, enum command_kind *out);
/* Opens the form of the act for a dossier, or says why it is refused. */
void act_open(struct session *s, uint64_t id, enum action action);

#endif
