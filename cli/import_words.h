/* import_words: the words in a spreadsheet of dossiers for a state, a channel, yes or no; read and written.
 *
 * Case, marks and blanks do not matter in what is read. */
#ifndef MOTCUA_CLI_IMPORT_WORDS_H
#define MOTCUA_CLI_IMPORT_WORDS_H

#include "core/facts.h"
#include "core/lang.h"
#include "core/str.h"

enum import_state {
    IMPORT_STATE_UNKNOWN, /* nobody knows that word */
    IMPORT_STATE_KNOWN,
    IMPORT_STATE_NO_DOSSIER, /* not yet accepted, or not at all: never was one */
};

/* A state by any of the names the national systems use, their number (1 to 10), or our own ("processing").
 * *out is set for IMPORT_STATE_KNOWN; STATE_VOID is among them. */
enum import_state import_state_called(struct str word, enum dossier_state *out);
/* How an export writes it: the national name, in English our own. What is written is read as the same. */
const char *import_state_word(enum dossier_state state, enum lang lang);

bool import_channel_called(struct str word, enum channel *out);
const char *import_channel_word(enum channel channel, enum lang lang); /* "" for CHANNEL_NONE */
/* Where the result is collected: at the desk, by post, online. */
const char *import_collect_word(enum channel channel, enum lang lang);

bool import_yes_no(struct str word, bool *out);
const char *import_yes_no_word(bool yes, enum lang lang);

/* A person or an organization. */
bool import_kind_called(struct str word, bool *organization);
const char *import_kind_word(bool organization, enum lang lang);

#endif
