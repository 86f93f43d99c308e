#include "icalendar/content.h"

#include "core/text.h"

struct content content_of(struct str text)
{
    const struct str mark = STR("\xEF\xBB\xBF");
    return (struct content){.rest = str_starts(text, mark) ? str_from(text, mark.n) : text,
                            .whole = BUF_INIT};
}

void content_release(struct content *c)
{
    buf_release(&c->whole);
}

static bool fail(struct content *c, enum content_fault fault)
{
    c->fault = fault;
    return false;
}

/* The next line of the file without its end. */
static struct str take_line(struct content *c)
{
    const char *lf = memchr(c->rest.p, '\n', c->rest.n);
    struct str line = str_first(c->rest, lf ? (size_t)(lf - c->rest.p) : c->rest.n);
    c->rest = str_from(c->rest, line.n + 1);
    c->at++;
    if (line.n && line.p[line.n - 1] == '\r')
        line.n--;
    return line;
}

static bool is_continued(const struct content *c)
{
    return c->rest.n && (c->rest.p[0] == ' ' || c->rest.p[0] == '\t');
}

static bool is_name(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

/* The colon that ends name and parameters: the first that no quotes enclose. */
static const char *find_colon(struct str line)
{
    bool quoted = false;
    for (size_t i = 0; i < line.n; i++) {
        if (line.p[i] == '"')
            quoted = !quoted;
        else if (line.p[i] == ':' && !quoted)
            return line.p + i;
    }
    return NULL;
}

static bool split(struct content *c)
{
    struct str line = buf_str(&c->whole);
    size_t n = 0;
    while (n < line.n && is_name(line.p[n]))
        n++;
    const char *colon = find_colon(line);
    if (n == 0 || n == line.n || (line.p[n] != ':' && line.p[n] != ';') || !colon)
        return fail(c, CONTENT_MALFORMED);
    c->name = str_first(line, n);
    c->value = (struct str){colon + 1, (size_t)(line.p + line.n - colon) - 1};
    return true;
}

bool content_next(struct content *c)
{
    struct str line = STR_NONE;
    while (c->rest.n && !line.n) {
        line = take_line(c);
        c->line = c->at;
    }
    if (!line.n)
        return false;
    buf_reset(&c->whole);
    buf_add_str(&c->whole, line);
    while (is_continued(c) && c->whole.n <= CONTENT_LONGEST)
        buf_add_str(&c->whole, str_from(take_line(c), 1));
    if (c->whole.failed)
        return fail(c, CONTENT_MEMORY);
    if (c->whole.n > CONTENT_LONGEST)
        return fail(c, CONTENT_TOO_LONG);
    if (memchr(c->whole.p, '\0', c->whole.n))
        return fail(c, CONTENT_NUL);
    if (!text_is_utf8(buf_str(&c->whole)))
        return fail(c, CONTENT_NOT_UTF8);
    return split(c);
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

bool content_same(struct str a, struct str b)
{
    size_t i = 0;
    while (i < a.n && i < b.n && upper(a.p[i]) == upper(b.p[i]))
        i++;
    return i == a.n && i == b.n;
}

/* The first `;` from *at on that no quotes enclose, or the end. */
static size_t find_end(struct str parameters, size_t at)
{
    bool quoted = false;
    while (at < parameters.n && (quoted || parameters.p[at] != ';'))
        quoted = quoted != (parameters.p[at++] == '"');
    return at;
}

struct str content_parameter(const struct content *c, const char *name)
{
    size_t length = strlen(name);
    struct str all = {c->name.p + c->name.n, (size_t)(c->value.p - c->name.p) - c->name.n - 1};
    for (size_t at = 0; at < all.n;) {
        size_t end = find_end(all, ++at);
        struct str one = str_first(str_from(all, at), end - at);
        at = end;
        if (one.n <= length || one.p[length] != '=' || !content_is(str_first(one, length), name))
            continue;
        struct str value = str_from(one, length + 1);
        bool quoted = value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"';
        return quoted ? str_first(str_from(value, 1), value.n - 2) : value;
    }
    return STR_NONE;
}

bool content_is(struct str text, const char *word)
{
    return content_same(text, str_of(word));
}
