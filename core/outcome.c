#include "core/outcome.h"

#include "core/limit.h"
#include "core/mask.h"
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

static void add_typed(struct outcome *o, struct str text, enum typed_as as)
{
    struct buf shown = BUF_INIT;
    mask_typed(&shown, text, as);
    outcome_text(o, buf_str(&shown));
    buf_release(&shown);
}

void outcome_typed(struct outcome *o, struct str text)
{
    add_typed(o, text, TYPED_WORDS);
}

void outcome_code(struct outcome *o, struct str text)
{
    add_typed(o, text, TYPED_CODE);
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

void outcome_money(struct outcome *o, int64_t vnd)
{
    set_number(o, ARG_MONEY, vnd);
}

void outcome_time(struct outcome *o, civil_minute t)
{
    set_number(o, ARG_TIME, t);
}

void outcome_date(struct outcome *o, civil_day day)
{
    set_number(o, ARG_DATE, day);
}

void outcome_labelled(struct outcome *o, enum text_id id, civil_minute t)
{
    struct outcome_arg *arg = next_arg(o);
    if (arg)
        *arg = (struct outcome_arg){.type = ARG_LABELLED, .number = id, .time = t};
}

void outcome_limit(struct outcome *o, const struct limit *limit)
{
    struct outcome_arg *arg = next_arg(o);
    struct buf text = BUF_INIT;
    if (!arg)
        return;
    limit_format(&text, limit);
    arg->type = ARG_LIMIT;
    keep_text(arg->text, buf_str(&text));
    buf_release(&text);
}

static void say_labelled(struct buf *out, enum lang lang, const struct outcome_arg *arg)
{
    struct buf time = BUF_INIT;
    lang_time(&time, lang, arg->time);
    LANG_SAY(out, lang, (enum text_id)arg->number, buf_str(&time));
    out->failed = out->failed || time.failed;
    buf_release(&time);
}

/* One that nobody could have typed stands as it was written. */
static void say_limit(struct buf *out, enum lang lang, const struct outcome_arg *arg)
{
    struct limit limit;
    if (limit_parse(str_of(arg->text), &limit))
        lang_limit(out, lang, &limit);
    else
        buf_add_z(out, arg->text);
}

static void say_money(struct buf *out, enum lang lang, int64_t vnd)
{
    char digits[24];
    size_t n = 0;
    for (uint64_t left = vnd < 0 ? 0 - (uint64_t)vnd : (uint64_t)vnd; n == 0 || left; left /= 10) {
        if (n % 4 == 3)
            digits[n++] = lang == LANG_VI ? '.' : ',';
        digits[n++] = (char)('0' + left % 10);
    }
    buf_add_z(out, vnd < 0 ? "-" : "");
    while (n)
        buf_add_char(out, digits[--n]);
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
    case ARG_LABELLED: say_labelled(out, lang, arg); break;
    case ARG_LIMIT: say_limit(out, lang, arg); break;
    case ARG_MONEY: say_money(out, lang, arg->number); break;
    }
}

static void say(struct buf *out, enum lang lang, const struct outcome *o, const char *pattern)
{
    struct buf text[OUTCOME_ARGS];
    struct str args[OUTCOME_ARGS];
    for (size_t i = 0; i < OUTCOME_ARGS; i++) {
        text[i] = BUF_INIT;
        say_arg(&text[i], lang, &o->arg[i]);
        args[i] = buf_str(&text[i]);
    }
    lang_fill(out, pattern, args, OUTCOME_ARGS);
    for (size_t i = 0; i < OUTCOME_ARGS; i++) {
        out->failed = out->failed || text[i].failed;
        buf_release(&text[i]);
    }
}

void outcome_message(struct buf *out, enum lang lang, const struct outcome *o)
{
    say(out, lang, o, kinds[o->kind].pattern[lang]);
}

void outcome_message_as(struct buf *out, enum lang lang, const struct outcome *o, enum text_id sentence)
{
    say(out, lang, o, lang_text(lang, sentence));
}
