#include "cli/help.h"

#include "core/text.h"

enum { WIDTH = 80, INDENT = 2, HELP_AT = 26 };

static int width_of(const struct cli *c)
{
    return c->columns > 0 && c->columns < WIDTH ? c->columns : WIDTH;
}

static void add_blanks(struct buf *out, int n)
{
    for (int i = 0; i < n; i++)
        buf_add_char(out, ' ');
}

/* `text`, wrapped, its first line at the cursor in column `at`, the next ones at `indent`. */
static void add_wrapped(struct cli *c, struct str text, int at, int indent)
{
    bool first = true;
    if (at > indent) {
        buf_add_char(&c->out, '\n');
        add_blanks(&c->out, indent);
    } else {
        add_blanks(&c->out, indent - at);
    }
    while (text.n) {
        size_t skip, n = text_wrap(text, width_of(c) - indent, &skip);
        if (!first)
            add_blanks(&c->out, indent);
        buf_add_str(&c->out, str_first(text, n));
        buf_add_char(&c->out, '\n');
        text = str_from(text, skip);
        first = false;
    }
}

/* What stands for an option's value. */
static const char *value_of(const struct cli *c, const struct option_spec *o)
{
    static const enum text_id kinds[] = {
        [OPTION_FLAG] = T_nothing,
        [OPTION_TEXT] = T_cli_value_text,
        [OPTION_WORD] = T_cli_value_word,
        [OPTION_CHOICE] = T_nothing,
        [OPTION_NUMBER] = T_cli_value_number,
        [OPTION_TIME] = T_cli_value_time,
        [OPTION_DATE] = T_cli_value_date,
        [OPTION_RANGE] = T_cli_value_range,
        [OPTION_LIMIT] = T_cli_value_limit,
        [OPTION_STATUS] = T_cli_value_status,
    };
    if (o->choices)
        return o->choices;
    return cli_text(c, o->value != T_nothing ? o->value : kinds[o->type]);
}

static void add_option_name(const struct cli *c, struct buf *out, const struct option_spec *o)
{
    buf_add_z(out, "--");
    buf_add_z(out, o->name);
    if (o->type != OPTION_FLAG) {
        buf_add_z(out, o->optional ? "[=" : " ");
        buf_add_z(out, value_of(c, o));
        buf_add_z(out, o->optional ? "]" : "");
    }
}

static void add_option(struct cli *c, const struct option_spec *o)
{
    struct buf name = BUF_INIT;
    add_blanks(&name, INDENT);
    if (o->letter) {
        buf_add_char(&name, '-');
        buf_add_char(&name, o->letter);
        buf_add_z(&name, ", ");
    }
    add_option_name(c, &name, o);
    if (o->repeats)
        buf_add_z(&name, " …");
    buf_add_str(&c->out, buf_str(&name));
    /* One blank at least between the name and what it means. */
    int at = text_columns(buf_str(&name)) + 1;
    if (at <= HELP_AT)
        buf_add_char(&c->out, ' ');
    add_wrapped(c, str_of(cli_text(c, o->help)), at, HELP_AT);
    buf_release(&name);
}

static void add_options(struct cli *c, const struct option_spec *table, size_t n)
{
    for (size_t i = 0; i < n; i++)
        add_option(c, &table[i]);
}

static void add_global_options(struct cli *c)
{
    size_t n;
    const struct option_spec *table = global_options(&n);
    buf_add_char(&c->out, '\n');
    CLI_LINE(c, T_cli_help_globals, STR_NONE);
    add_options(c, table, n);
}

static void add_command(struct buf *out, const struct verb *verb)
{
    buf_add_z(out, verb->name);
    if (verb->sub) {
        buf_add_char(out, ' ');
        buf_add_z(out, verb->sub);
    }
}

/* "motcua transfer MÃ … --to TÊN [tùy chọn]" */
static void add_synopsis(struct cli *c, const struct verb *verb)
{
    struct buf line = BUF_INIT;
    size_t optional = 0;
    buf_add_z(&line, "motcua ");
    add_command(&line, verb);
    if (verb->operand != T_nothing) {
        buf_add_z(&line, verb->least ? " " : " [");
        buf_add_z(&line, cli_text(c, verb->operand));
        buf_add_z(&line, verb->most < 0 ? " …" : "");
        buf_add_z(&line, verb->least ? "" : "]");
    }
    for (size_t i = 0; i < verb->option_count; i++) {
        if (!verb->options[i].required) {
            optional++;
            continue;
        }
        buf_add_char(&line, ' ');
        add_option_name(c, &line, &verb->options[i]);
    }
    buf_add_z(&line, optional ? " " : "");
    if (optional)
        buf_add_z(&line, cli_text(c, T_cli_help_more_options));
    CLI_LINE(c, T_cli_help_usage, buf_str(&line));
    buf_release(&line);
}

void help_verb(struct cli *c, const struct verb *verb)
{
    add_synopsis(c, verb);
    buf_add_char(&c->out, '\n');
    add_wrapped(c, str_of(cli_text(c, verb->help)), 0, 0);
    if (verb->option_count) {
        buf_add_char(&c->out, '\n');
        CLI_LINE(c, T_cli_help_options, STR_NONE);
        add_options(c, verb->options, verb->option_count);
    }
    add_global_options(c);
}

/* The first sentence of what a command does. */
static struct str first_sentence(struct str text)
{
    for (size_t i = 0; i + 1 < text.n; i++)
        if ((text.p[i] == '.' || text.p[i] == ';') && text.p[i + 1] == ' ')
            return str_first(text, i);
    return text.n && text.p[text.n - 1] == '.' ? str_first(text, text.n - 1) : text;
}

static void add_verb(struct cli *c, const struct verb *verb)
{
    struct buf name = BUF_INIT;
    add_blanks(&name, INDENT);
    add_command(&name, verb);
    buf_add_str(&c->out, buf_str(&name));
    add_wrapped(c, first_sentence(str_of(cli_text(c, verb->help))), text_columns(buf_str(&name)),
                INDENT + 18);
    buf_release(&name);
}

void help_program(struct cli *c, const struct verb *const *verbs, const char *group)
{
    struct str usage = str_of(cli_text(c, T_cli_help_synopsis));
    CLI_LINE(c, T_cli_help_usage, usage);
    buf_add_char(&c->out, '\n');
    CLI_LINE(c, T_cli_help_what, STR_NONE);
    for (const struct verb *const *v = verbs; *v; v++)
        if (!group || strcmp((*v)->name, group) == 0)
            add_verb(c, *v);
    add_global_options(c);
    buf_add_char(&c->out, '\n');
    CLI_LINE(c, T_cli_help_end, STR_NONE);
}
