#include "core/outcome.h"

#include "core/text.h"

static const struct {
    const char *name;
    enum outcome_class class;
    const char *pattern[2];
} kinds[KIND_COUNT] = {
    [KIND_done] = {"done", DONE, {"", ""}},
#define K(name, class, vi, en) [KIND_##name] = {#name, class, {vi, en}},
#include "core/lang_outcomes.def"
#undef K
};

enum outcome_class outcome_class(enum outcome_kind kind)
{
    return kinds[kind].class;
}

const char *outcome_kind_name(enum outcome_kind kind)
{
    return kinds[kind].name;
}

/* The next free argument, or NULL. */
static struct outcome_arg *next_arg(struct outcome *o)
{
    for (size_t i = 0; i < OUTCOME_ARGS; i++)
        if (o->arg[i].type == ARG_NONE)
            return &o->arg[i];
    return NULL;
}

#define ELLIPSIS "…"

/* Whole letters of `text`, made safe, as many as fit, with an ellipsis where something was cut. */
static void keep_text(char out[OUTCOME_ARG_TEXT], struct str text)
{
    const size_t room = OUTCOME_ARG_TEXT - sizeof ELLIPSIS;
    /* Made safe a byte may grow to three or four shrink to three: this much holds more than fits. */
    struct str head = str_first(text, 2 * OUTCOME_ARG_TEXT);
    struct buf safe = BUF_INIT;
    size_t at = 0, kept = 0;
    while (at < head.n) {
        size_t next = text_after(head, at);
        text_safe(&safe, (struct str){head.p + at, next - at}, false);
        if (safe.failed || safe.n > room)
            break;
        kept = safe.n;
        at = next;
    }
    memcpy(out, kept ? safe.p : "", kept);
    memcpy(out + kept, at < text.n ? ELLIPSIS : "", at < text.n ? sizeof ELLIPSIS : 1);
    buf_release(&safe);
}

void outcome_text(struct outcome *o, struct str text)
{
    struct outcome_arg *arg = next_arg(o);
    if (!arg)
        return;
    arg->type = ARG_TEXT;
    keep_text(arg->text, text);
}

static void set_number(struct outcome *o, int type, int64_t number)
{
    struct outcome_arg *arg = next_arg(o);
    if (!arg)
        return;
    arg->type = type;
    arg->number = number;
}

void outcome_label(struct outcome *o, enum text_id id)
{
    set_number(o, ARG_LABEL, id);
}

void outcome_number(struct outcome *o, int64_t number)
{
    set_number(o, ARG_NUMBER, number);
}

void outcome_time(struct outcome *o, civil_minute t)
{
    set_number(o, ARG_TIME, t);
}

void outcome_date(struct outcome *o, civil_day day)
{
    set_number(o, ARG_DATE, day);
}

static void say_arg(struct buf *out, enum lang lang, const struct outcome_arg *arg)
{
    switch (arg->type) {
    case ARG_NONE: break;
    case ARG_TEXT: buf_add_z(out, arg->text); break;
    case ARG_NUMBER: buf_add_int(out, arg->number); break;
    case ARG_TIME: lang_time(out, lang, arg->number); break;
    case ARG_DATE: lang_date(out, lang, (civil_day)arg->number); break;
    case ARG_LABEL: buf_add_z(out, lang_text(lang, (enum text_id)arg->number)); break;
    }
}

void outcome_message(struct buf *out, enum lang lang, const struct outcome *o)
{
    struct buf text[OUTCOME_ARGS];
    struct str args[OUTCOME_ARGS];
    for (size_t i = 0; i < OUTCOME_ARGS; i++) {
        text[i] = BUF_INIT;
        say_arg(&text[i], lang, &o->arg[i]);
        args[i] = buf_str(&text[i]);
    }
    lang_fill(out, kinds[o->kind].pattern[lang], args, OUTCOME_ARGS);
    for (size_t i = 0; i < OUTCOME_ARGS; i++) {
        out->failed = out->failed || text[i].failed;
        buf_release(&text[i]);
    }
}
