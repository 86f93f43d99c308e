#include "tui/keys.h"

#include "core/text.h"

#define L(c)                                                                                                 \
    {                                                                                                        \
        .special = false, .code = (c)                                                                        \
    }
#define P(name)                                                                                              \
    {                                                                                                        \
        .special = true, .code = PRESS_##name                                                                \
    }
#define F(n)                                                                                                 \
    {                                                                                                        \
        .special = true, .code = PRESS_F + (n)                                                               \
    }
#define C(c)                                                                                                 \
    {                                                                                                        \
        .special = true, .code = PRESS_CTRL + (c)                                                            \
    }

static const struct {
    enum scope scope;
    enum text_id hint, help;
    struct key key[ACTION_KEYS];
} actions[ACTION_COUNT] = {
#define A(name, where, ...)                                                                                  \
    [ACTION_##name] = {SCOPE_##where, T_tui_hint_##name, T_tui_help_##name, {__VA_ARGS__}},
#include "tui/keys.def"
#undef A
};

static bool is_set(const struct key *k)
{
    return k->code != 0;
}

static enum action find(unsigned scopes, const struct key *key)
{
    for (int a = 1; a < ACTION_COUNT; a++)
        for (int n = 0; (actions[a].scope & scopes) && n < ACTION_KEYS && is_set(&actions[a].key[n]); n++)
            if (key_equal(&actions[a].key[n], key))
                return (enum action)a;
    return ACTION_none;
}

enum action keys_action(unsigned scopes, const struct key *key, bool typing)
{
    if (typing && !key->special)
        return ACTION_none;
    enum action own = find(scopes & ~(unsigned)SCOPE_ANYWHERE, key);
    return own != ACTION_none ? own : find(scopes & SCOPE_ANYWHERE, key);
}

bool keys_of(enum action action, int n, struct key *out)
{
    if (n < 0 || n >= ACTION_KEYS || !is_set(&actions[action].key[n]))
        return false;
    *out = actions[action].key[n];
    return true;
}

enum scope keys_scope(enum action action)
{
    return actions[action].scope;
}

const char *keys_hint(enum lang lang, enum action action)
{
    return lang_text(lang, actions[action].hint);
}

const char *keys_help(enum lang lang, enum action action)
{
    return lang_text(lang, actions[action].help);
}

static const char *press_name(int press)
{
    switch (press) {
    case PRESS_UP: return "↑";
    case PRESS_DOWN: return "↓";
    case PRESS_LEFT: return "←";
    case PRESS_RIGHT: return "→";
    case PRESS_HOME: return "Home";
    case PRESS_END: return "End";
    case PRESS_PAGE_UP: return "PgUp";
    case PRESS_PAGE_DOWN: return "PgDn";
    case PRESS_ENTER: return "Enter";
    case PRESS_ESCAPE: return "Esc";
    case PRESS_TAB: return "Tab";
    case PRESS_BACK_TAB: return "Shift-Tab";
    case PRESS_DELETE: return "Del";
    default: return "";
    }
}

void key_name(struct buf *out, const struct key *key)
{
    if (!key->special && key->code == ' ')
        buf_add_z(out, "Space");
    else if (!key->special)
        text_put(out, key->code);
    else if (key->code >= PRESS_F)
        buf_addf(out, "F%d", (int)(key->code - PRESS_F));
    else if (key->code >= PRESS_CTRL)
        buf_addf(out, "Ctrl-%c", (char)(key->code - PRESS_CTRL - 'a' + 'A'));
    else
        buf_add_z(out, press_name(key->code));
}

void keys_names(struct buf *out, enum action action)
{
    struct key key;
    for (int n = 0; keys_of(action, n, &key); n++) {
        if (n)
            buf_add_char(out, ' ');
        key_name(out, &key);
    }
}

const char *keys_scope_name(enum lang lang, enum scope scope)
{
    switch (scope) {
    case SCOPE_ANYWHERE: return lang_text(lang, T_tui_scope_anywhere);
    case SCOPE_LIST: return lang_text(lang, T_tui_scope_list);
    case SCOPE_DOSSIER: return lang_text(lang, T_tui_scope_dossier);
    case SCOPE_MARKS: return lang_text(lang, T_tui_scope_marks);
    case SCOPE_BOTH: return lang_text(lang, T_tui_scope_both);
    case SCOPE_RECEIPT: return lang_text(lang, T_tui_scope_receipt);
    case SCOPE_OFFICE: return lang_text(lang, T_tui_scope_office);
    case SCOPE_CATALOGUE: return lang_text(lang, T_tui_scope_catalogue);
    case SCOPE_PEOPLE: return lang_text(lang, T_tui_scope_people);
    case SCOPE_BOOK: return lang_text(lang, T_tui_scope_book);
    case SCOPE_DAYS: return lang_text(lang, T_tui_scope_days);
    case SCOPE_SETTINGS: return lang_text(lang, T_tui_scope_settings);
    case SCOPE_REPORTS: return lang_text(lang, T_tui_scope_reports);
    case SCOPE_REPORT: return lang_text(lang, T_tui_scope_report);
    case SCOPE_PERIOD: return lang_text(lang, T_tui_scope_period);
    case SCOPE_PRINT: return lang_text(lang, T_tui_scope_print);
    case SCOPE_READ: return lang_text(lang, T_tui_scope_read);
    case SCOPE_FORM:
    case SCOPE_PICK:
    case SCOPE_CHOICE: return lang_text(lang, T_tui_scope_form);
    case SCOPE_LETTER: return lang_text(lang, T_tui_scope_letter);
    case SCOPE_ASK: return lang_text(lang, T_tui_scope_ask);
    }
    return "";
}

/* Arrows by their words: a manual is read on paper too. A macro's first character is guarded. */
static void manual_key(struct buf *out, const struct key *key)
{
    static const struct {
        int press;
        const char *word;
    } arrows[] = {{PRESS_UP, "Up"}, {PRESS_DOWN, "Down"}, {PRESS_LEFT, "Left"}, {PRESS_RIGHT, "Right"}};
    for (size_t i = 0; i < sizeof arrows / sizeof *arrows; i++)
        if (key_is(key, arrows[i].press)) {
            buf_add_z(out, arrows[i].word);
            return;
        }
    if (!key->special && (key->code == '/' || key->code == '?'))
        buf_add_z(out, "\\&");
    key_name(out, key);
}

void keys_manual(struct buf *out)
{
    for (int a = 1; a < ACTION_COUNT; a++) {
        struct key key;
        buf_add_z(out, ".It Ic");
        for (int n = 0; keys_of((enum action)a, n, &key); n++) {
            buf_add_z(out, n ? " , " : " ");
            manual_key(out, &key);
        }
        const char *help = keys_help(LANG_EN, (enum action)a);
        buf_add_char(out, '\n');
        if (actions[a].scope != SCOPE_ANYWHERE) {
            buf_add_z(out, keys_scope_name(LANG_EN, actions[a].scope));
            buf_add_z(out, ": ");
            buf_add_char(out, (char)(*help >= 'A' && *help <= 'Z' ? *help - 'A' + 'a' : *help));
            help++;
        }
        buf_add_z(out, help);
        buf_add_z(out, ".\n");
    }
}
