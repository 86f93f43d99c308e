#include "core/settings.h"

#include "core/text.h"

enum { WHOLE = 10000 }; /* 100 % in hundredths of a percent */

/* ---- targets ---- */

const char *comparator_sign(enum comparator c)
{
    static const char *const signs[] = {
        [TARGET_ABOVE] = ">",
        [TARGET_AT_LEAST] = ">=",
        [TARGET_EXACTLY] = "=",
    };
    return signs[c];
}

bool target_met(struct target t, uint64_t part, uint64_t whole)
{
    unsigned __int128 is = (unsigned __int128)part * WHOLE;
    unsigned __int128 asked = (unsigned __int128)whole * (unsigned)t.hundredths;
    switch (t.comparator) {
    case TARGET_ABOVE: return is > asked;
    case TARGET_AT_LEAST: return is >= asked;
    case TARGET_EXACTLY: return is == asked;
    }
    return false;
}

/* ---- one function pair a type: reads a value into its field, and writes it ---- */

struct bounds {
    int least, most;
};

/* Up to four digits, nothing else. */
static bool parse_number(struct str text, int *out)
{
    int n = 0;
    if (text.n < 1 || text.n > 4)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
        n = n * 10 + (text.p[i] - '0');
    }
    *out = n;
    return true;
}

static bool read_lang(struct str text, struct bounds bounds, void *field)
{
    (void)bounds;
    return lang_parse(text, field);
}

static void write_lang(struct buf *out, const void *field)
{
    buf_add_z(out, lang_name(*(const enum lang *)field));
}

static bool read_clock(struct str text, struct bounds bounds, void *field)
{
    (void)bounds;
    return due_clock_parse(text, field);
}

static void write_clock(struct buf *out, const void *field)
{
    buf_add_z(out, due_clock_name(*(const enum due_clock *)field));
}

static bool read_word(struct str text, const char *const *names, int last, int *out)
{
    for (int i = 0; i <= last; i++)
        if (str_eq(text, str_of(names[i]))) {
            *out = i;
            return true;
        }
    return false;
}

static const char *const basis_names[] = {[BASIS_STATUTORY] = "statutory", [BASIS_PROMISED] = "promised"};

static bool read_basis(struct str text, struct bounds bounds, void *field)
{
    int word;
    (void)bounds;
    bool is = read_word(text, basis_names, BASIS_PROMISED, &word);
    if (is)
        *(enum report_basis *)field = (enum report_basis)word;
    return is;
}

static void write_basis(struct buf *out, const void *field)
{
    buf_add_z(out, basis_names[*(const enum report_basis *)field]);
}

static const char *const times_names[] = {
    [TIMES_AUTO] = "auto", [TIMES_TIMED] = "timed", [TIMES_ALL_DAY] = "all_day"};

static bool read_times(struct str text, struct bounds bounds, void *field)
{
    int word;
    (void)bounds;
    bool is = read_word(text, times_names, TIMES_ALL_DAY, &word);
    if (is)
        *(enum ics_times *)field = (enum ics_times)word;
    return is;
}

static void write_times(struct buf *out, const void *field)
{
    buf_add_z(out, times_names[*(const enum ics_times *)field]);
}

static bool read_hour(struct str text, struct bounds bounds, void *field)
{
    (void)bounds;
    return civil_parse_hm(text, field);
}

static void write_hour(struct buf *out, const void *field)
{
    char hm[CIVIL_TEXT];
    buf_add_z(out, civil_hm(hm, *(const int *)field));
}

static bool read_number(struct str text, struct bounds bounds, void *field)
{
    int n;
    if (!parse_number(text, &n) || n < bounds.least || n > bounds.most)
        return false;
    *(int *)field = n;
    return true;
}

static void write_number(struct buf *out, const void *field)
{
    buf_add_int(out, *(const int *)field);
}

static bool read_date(struct str text, struct bounds bounds, void *field)
{
    (void)bounds;
    struct civil_input in;
    if (!civil_parse(text, &in) || in.minute_of_day >= 0)
        return false;
    *(civil_day *)field = in.day;
    return true;
}

static void write_date(struct buf *out, const void *field)
{
    char date[CIVIL_TEXT];
    buf_add_z(out, civil_iso_date(date, *(const civil_day *)field));
}

/* Already checked; its place in memory is the caller's care. */
static bool read_text(struct str text, struct bounds bounds, void *field)
{
    (void)bounds;
    *(struct str *)field = text;
    return true;
}

static void write_text(struct buf *out, const void *field)
{
    buf_add_str(out, *(const struct str *)field);
}

/* "95", "97.5", "97,25": a share in hundredths of a percent. */
static bool parse_share(struct str text, int *out)
{
    size_t whole = 0;
    while (whole < text.n && text.p[whole] != '.' && text.p[whole] != ',')
        whole++;
    int percent, decimals = 0;
    if (!parse_number(str_first(text, whole), &percent))
        return false;
    if (whole < text.n) {
        struct str rest = str_from(text, whole + 1);
        if (rest.n > 2 || !parse_number(rest, &decimals))
            return false;
        decimals *= rest.n == 1 ? 10 : 1;
    }
    *out = percent * 100 + decimals;
    return *out <= WHOLE;
}

static struct str without_blanks_before(struct str text)
{
    size_t at = 0;
    while (at < text.n && text.p[at] == ' ')
        at++;
    return str_from(text, at);
}

/* ">95", ">= 20", "≥20 %", "=100". Nothing is above 100 %: a target nobody can meet is none. */
static bool read_target(struct str text, struct bounds bounds, void *field)
{
    static const struct {
        struct str sign;
        enum comparator comparator;
    } signs[] = {
        {STR(">="), TARGET_AT_LEAST},
        {STR("≥"), TARGET_AT_LEAST},
        {STR(">"), TARGET_ABOVE},
        {STR("="), TARGET_EXACTLY},
    };
    (void)bounds;
    size_t i = 0;
    while (i < sizeof signs / sizeof *signs && !str_starts(text, signs[i].sign))
        i++;
    if (i == sizeof signs / sizeof *signs)
        return false;
    struct str share = without_blanks_before(str_from(text, signs[i].sign.n));
    if (share.n && share.p[share.n - 1] == '%')
        share.n--;
    while (share.n && share.p[share.n - 1] == ' ')
        share.n--;
    struct target read = {.comparator = signs[i].comparator};
    if (!parse_share(share, &read.hundredths) ||
        (read.comparator == TARGET_ABOVE && read.hundredths == WHOLE))
        return false;
    *(struct target *)field = read;
    return true;
}

static void write_target(struct buf *out, const void *field)
{
    const struct target *t = field;
    buf_add_z(out, comparator_sign(t->comparator));
    limit_format_value(out, (uint32_t)t->hundredths, '.');
}

static struct str trimmed(struct str text)
{
    text = without_blanks_before(text);
    while (text.n && text.p[text.n - 1] == ' ')
        text.n--;
    return text;
}

/* "04; Phiếu xin lỗi …; PXL": the symbol may be missing. */
static bool read_form(struct str text, struct bounds bounds, void *field)
{
    (void)bounds;
    enum { NUMBER, TITLE, SYMBOL, PARTS };
    struct str part[PARTS] = {STR_NONE, STR_NONE, STR_NONE};
    size_t n = 0;
    for (; n < PARTS && text.n; n++) {
        const char *end = memchr(text.p, ';', text.n);
        size_t length = end ? (size_t)(end - text.p) : text.n;
        part[n] = trimmed(str_first(text, length));
        text = str_from(text, length + 1);
    }
    if (text.n || !part[NUMBER].n || !part[TITLE].n)
        return false;
    *(struct form_names *)field = (struct form_names){part[NUMBER], part[TITLE], part[SYMBOL]};
    return true;
}

static void write_form(struct buf *out, const void *field)
{
    const struct form_names *f = field;
    buf_add_str(out, f->number);
    buf_add_z(out, "; ");
    buf_add_str(out, f->title);
    if (f->symbol.n) {
        buf_add_z(out, "; ");
        buf_add_str(out, f->symbol);
    }
}

static const struct type {
    bool (*read)(struct str text, struct bounds bounds, void *field);
    void (*write)(struct buf *out, const void *field);
    const char *allowed; /* NULL: the bounds */
} types[] = {
    [SETTING_LANG] = {read_lang, write_lang, "vi|en"},
    [SETTING_CLOCK] = {read_clock, write_clock, "day_end|same_hour"},
    [SETTING_BASIS] = {read_basis, write_basis, "statutory|promised"},
    [SETTING_TIMES] = {read_times, write_times, "auto|timed|all_day"},
    [SETTING_HOUR] = {read_hour, write_hour, "HH:MM"},
    [SETTING_NUMBER] = {read_number, write_number, NULL},
    [SETTING_DATE] = {read_date, write_date, "YYYY-MM-DD"},
    [SETTING_TEXT] = {read_text, write_text, "TEXT"},
    [SETTING_TARGET] = {read_target, write_target, ">N|>=N|=N (0..100)"},
    [SETTING_FORM] = {read_form, write_form, "NUMBER; TITLE; SYMBOL"},
};

/* ---- the table ---- */

static const struct row {
    const char *key;
    enum setting_type type;
    size_t offset; /* of its field in struct settings */
    struct bounds bounds;
    const char *fallback;
    enum text_id meaning;
} rows[] = {
#define S(name, key, type, field, least, most, fallback, vi, en)                                             \
    {key, SETTING_##type, offsetof(struct settings, field), {least, most}, fallback, T_setting_##name},
#include "core/settings.def"
#undef S
};
enum { COUNT = sizeof rows / sizeof *rows };

static void *field_of(struct settings *s, size_t i)
{
    return (char *)s + rows[i].offset;
}

static bool read_value(struct settings *s, size_t i, struct str value)
{
    return types[rows[i].type].read(value, rows[i].bounds, field_of(s, i));
}

struct settings settings_default(void)
{
    struct settings s = {0};
    for (size_t i = 0; i < COUNT; i++)
        read_value(&s, i, str_of(rows[i].fallback));
    return s;
}

size_t settings_count(void)
{
    return COUNT;
}

const char *settings_key(size_t i)
{
    return rows[i].key;
}

enum setting_type settings_type(size_t i)
{
    return rows[i].type;
}

void settings_bounds(size_t i, int *least, int *most)
{
    *least = rows[i].bounds.least;
    *most = rows[i].bounds.most;
}

enum text_id settings_meaning(size_t i)
{
    return rows[i].meaning;
}

size_t settings_find(struct str key)
{
    size_t i = 0;
    while (i < COUNT && !str_eq(key, str_of(rows[i].key)))
        i++;
    return i;
}

void settings_format(struct buf *out, const struct settings *s, size_t i)
{
    types[rows[i].type].write(out, (const char *)s + rows[i].offset);
}

void settings_allowed(struct buf *out, size_t i)
{
    const char *allowed = types[rows[i].type].allowed;
    if (allowed)
        buf_add_z(out, allowed);
    else
        buf_addf(out, "%d..%d", rows[i].bounds.least, rows[i].bounds.most);
}

bool settings_put(struct settings *s, struct arena *arena, size_t i, struct str value)
{
    struct buf clean = BUF_INIT;
    bool put = false;
    switch (text_clean(value, TEXT_LINE, TEXT_MAX, &clean)) {
    case TEXT_OK: {
        struct str text = buf_str(&clean);
        if (rows[i].type == SETTING_TEXT || rows[i].type == SETTING_FORM)
            text = arena_str(arena, text);
        put = text.n && read_value(s, i, text);
        break;
    }
    case TEXT_EMPTY: put = read_value(s, i, str_of(rows[i].fallback)); break;
    case TEXT_BAD:
    case TEXT_TOO_LONG:
    case TEXT_MEMORY: break;
    }
    buf_release(&clean);
    return put;
}
