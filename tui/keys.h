/* keys: what each key does where; from the list in keys.def. */
#ifndef MOTCUA_TUI_KEYS_H
#define MOTCUA_TUI_KEYS_H

#include "core/lang.h"
#include "tui/key.h"

enum scope {
    SCOPE_ANYWHERE = 1,
    SCOPE_LIST = 2,    /* rows to choose from */
    SCOPE_DOSSIER = 4, /* one dossier's page */
    SCOPE_READ = 8,    /* text longer than the screen */
    SCOPE_FORM = 16,
    SCOPE_PICK = 32,    /* a field with a list to choose from below it */
    SCOPE_CHOICE = 64,  /* a field with a few values in turn */
    SCOPE_LETTER = 128, /* a letter to be issued */
    SCOPE_ASK = 256,    /* a question */
    SCOPE_MARKS = 512,  /* rows that can be marked, to do the same with several */
    SCOPE_BOTH = SCOPE_DOSSIER | SCOPE_MARKS,
    SCOPE_RECEIPT = 1024, /* the form of a receipt */
    SCOPE_OFFICE = 2048,  /* the office's own book */
    SCOPE_CATALOGUE = 4096,
    SCOPE_PEOPLE = 8192,
    SCOPE_BOOK = SCOPE_CATALOGUE | SCOPE_PEOPLE,
    SCOPE_DAYS = 16384,
    SCOPE_SETTINGS = 32768,
    SCOPE_REPORTS = 65536, /* which report */
    SCOPE_REPORT = 131072, /* one of them */
    SCOPE_PERIOD = 262144, /* what is shown is about a period */
    SCOPE_PRINT = 524288,  /* the papers of a dossier */
};

enum action {
    ACTION_none = 0,
#define A(name, scope, ...) ACTION_##name,
#include "tui/keys.def"
#undef A
    ACTION_COUNT
};

#define ACTION_KEYS 4

/* What `key` does on a page of these scopes. With `typing`, letters are text and do nothing. */
enum action keys_action(unsigned scopes, const struct key *key, bool typing);
/* The nth key of an action, false past its last. */
bool keys_of(enum action action, int n, struct key *out);
enum scope keys_scope(enum action action);
const char *keys_hint(enum lang lang, enum action action);
const char *keys_help(enum lang lang, enum action action);
/* A key as people call it: "n", "F2", "Ctrl-S", "Enter", "↑". */
void key_name(struct buf *out, const struct key *key);
/* All keys of an action: "n F2". */
void keys_names(struct buf *out, enum action action);
/* What a scope is called, as a heading of the page of keys. */
const char *keys_scope_name(enum lang lang, enum scope scope);
/* The items of the manual's list of keys, in mdoc, English. */
void keys_manual(struct buf *out);

#endif
