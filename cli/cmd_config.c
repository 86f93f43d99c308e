/* config: the office's settings. */
#include "cli/reading.h"
#include "cli/table.h"
#include "cli/verbs.h"
#include "cli/wrapped.h"
#include "core/settings.h"

enum { C_DEFAULT, C_AS_OF };

static const struct option_spec options[] = {
    [C_DEFAULT] = {.name = "default", .type = OPTION_FLAG, .help = T_cli_opt_default},
    [C_AS_OF] = OPTION_AS_OF,
};

struct setting_texts {
    struct buf value, usual; /* usual: the default */
};

static void format(const struct cli *c, size_t i, struct setting_texts *out)
{
    const struct settings usual = settings_default();
    buf_reset(&out->value);
    buf_reset(&out->usual);
    settings_format(&out->value, office_settings(c->office), i);
    settings_format(&out->usual, &usual, i);
}

static void put_json(struct cli *c, size_t i, const struct setting_texts *t)
{
    struct json j = json_onto(&c->out);
    json_object_begin(&j, NULL);
    json_name(&j, "key", settings_key(i));
    json_text(&j, "value", buf_str(&t->value));
    json_text(&j, "default", buf_str(&t->usual));
    json_name(&j, "meaning", cli_text(c, settings_meaning(i)));
    json_object_end(&j);
    json_line(&j);
}

static struct str or_none(const struct cli *c, const struct buf *value)
{
    return value->n ? buf_str(value) : str_of(cli_text(c, T_core_no_time));
}

/* The setting on a line, its meaning below; what is not as it comes stands out, with what it would be. */
static void put_text(struct cli *c, size_t i, const struct setting_texts *t)
{
    enum { INDENT = 4 };
    bool changed = !str_eq(buf_str(&t->value), buf_str(&t->usual));
    paint_begin(c, changed ? PAINT_BOLD : PAINT_NONE);
    CLI_SAY(c, changed ? T_cli_setting_changed : T_cli_setting, str_of(settings_key(i)),
            or_none(c, &t->value), or_none(c, &t->usual));
    paint_end(c, changed ? PAINT_BOLD : PAINT_NONE);
    buf_add_char(&c->out, '\n');
    wrapped_blanks(&c->out, INDENT);
    wrapped_text(c, str_of(cli_text(c, settings_meaning(i))), INDENT);
}

/* One setting, or all for settings_count(). */
static void print(struct cli *c, size_t one)
{
    struct setting_texts t = {BUF_INIT, BUF_INIT};
    bool all = one == settings_count();
    if (!c->json)
        cli_banner(c);
    for (size_t i = all ? 0 : one; i < (all ? settings_count() : one + 1); i++) {
        format(c, i, &t);
        if (c->json)
            put_json(c, i, &t);
        else
            put_text(c, i, &t);
    }
    c->out.failed = c->out.failed || t.value.failed || t.usual.failed;
    buf_release(&t.value);
    buf_release(&t.usual);
}

static int show(struct cli *c, struct args *a)
{
    struct reading r;
    int status = reading_open(c, a, C_AS_OF, -1, &r);
    size_t one = a->operands ? settings_find(a->operand[0]) : settings_count();
    if (status)
        return status;
    if (a->operands && one == settings_count())
        return cli_refuse(c, KIND_unknown_setting, a->operand[0]);
    print(c, one);
    return 0;
}

static int set(struct cli *c, struct args *a)
{
    c->act = ACT_SETTINGS;
    int status = cli_open_or_tell(c);
    struct request request = {
        .moment = cli_moment(c),
        .command =
            {
                .kind = COMMAND_SETTING_PUT,
                .at = NO_TIME,
                .setting = {.key = a->operand[0], .value = a->operands > 1 ? a->operand[1] : STR_NONE},
            },
    };
    if (!status)
        status = cli_submit(c, &request, 1);
    if (!status)
        print(c, settings_find(a->operand[0]));
    return status;
}

static int config(struct cli *c, struct args *a)
{
    bool back = args_has(a, C_DEFAULT);
    if (back && a->operands > 1)
        return args_wrong(a, T_cli_default_or_value, STR_NONE, STR_NONE);
    if (back && !a->operands)
        return args_wrong(a, T_cli_default_needs_key, STR_NONE, STR_NONE);
    if (args_has(a, C_AS_OF) && (back || a->operands > 1))
        return args_wrong(a, T_cli_as_of_and_value, STR_NONE, STR_NONE);
    return back || a->operands > 1 ? set(c, a) : show(c, a);
}

const struct verb verb_config = {
    .name = "config",
    .help = T_cli_help_config,
    VERB_OPTIONS(options),
    .operand = T_cli_value_key_value,
    .least = 0,
    .most = 2,
    .run = config,
};
