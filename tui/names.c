#include "tui/names.h"

#include "core/text.h"
#include <stdlib.h>

/* ---- copying ---- */

static struct str folded(struct arena *a, struct str one, struct str two, struct str three)
{
    struct buf text = BUF_INIT;
    text_fold(&text, one);
    buf_add_char(&text, ' ');
    text_fold(&text, two);
    buf_add_char(&text, ' ');
    text_fold(&text, three);
    struct str s = arena_str(a, buf_str(&text));
    a->failed = a->failed || text.failed;
    buf_release(&text);
    return s;
}

static struct str folded_code(struct arena *a, const struct procedure *p)
{
    struct buf text = BUF_INIT;
    text_fold(&text, p->code);
    if (p->kase.n) {
        buf_add_char(&text, '#');
        text_fold(&text, p->kase);
    }
    struct str s = arena_str(a, buf_str(&text));
    buf_release(&text);
    return s;
}

static struct str without_dots(struct arena *a, struct str code)
{
    struct buf text = BUF_INIT;
    for (size_t i = 0; i < code.n; i++)
        if (code.p[i] != '.')
            buf_add_char(&text, code.p[i]);
    struct str s = arena_str(a, buf_str(&text));
    buf_release(&text);
    return s;
}

static void add_procedure(struct names *n, const struct procedure *p)
{
    struct named_procedure *to = &n->procedure[n->procedures++];
    to->procedure = *p;
    to->procedure.code = arena_str(&n->text, p->code);
    to->procedure.kase = arena_str(&n->text, p->kase);
    to->procedure.name = arena_str(&n->text, p->name);
    to->procedure.field = arena_str(&n->text, p->field);
    to->code = folded_code(&n->text, p);
    to->digits = without_dots(&n->text, to->code);
    to->words = folded(&n->text, p->name, p->field, STR_NONE);
    to->first = n->procedures == 1 || !str_eq(to[-1].procedure.code, p->code);
}

static void add_officer(struct names *n, const struct officer *o)
{
    struct named_officer *to = &n->officer[n->officers++];
    to->login = arena_str(&n->text, o->login);
    to->name = arena_str(&n->text, o->name);
    to->unit = arena_str(&n->text, o->unit);
    to->title = arena_str(&n->text, o->title);
    to->words = folded(&n->text, o->login, o->name, o->unit);
    to->number = o->number;
    to->role = o->role;
}

bool names_load(struct names *out, const struct office *office)
{
    *out = (struct names){.text = ARENA_INIT};
    size_t procedures = office_procedure_count(office), officers = office_officer_count(office);
    out->procedure = calloc(procedures + 1, sizeof *out->procedure);
    out->officer = calloc(officers + 1, sizeof *out->officer);
    for (size_t i = 0; out->procedure && i < procedures; i++)
        if (!office_procedure(office, i)->retired)
            add_procedure(out, office_procedure(office, i));
    for (size_t i = 0; out->officer && i < officers; i++)
        if (!office_officer(office, i)->retired)
            add_officer(out, office_officer(office, i));
    if (out->procedure && out->officer && !out->text.failed)
        return true;
    names_release(out);
    return false;
}

void names_release(struct names *n)
{
    free(n->procedure);
    free(n->officer);
    arena_release(&n->text);
    *n = (struct names){.text = ARENA_INIT};
}

/* ---- finding ---- */

size_t names_find_procedures(const struct names *n, struct str typed, uint16_t out[FOUND_MAX])
{
    struct finder f;
    bool ready = finder_init(&f, typed, n->procedures);
    bool dots = typed.n && memchr(typed.p, '.', typed.n);
    for (size_t i = 0; ready && i < n->procedures; i++) {
        const struct named_procedure *p = &n->procedure[i];
        if (p->first)
            finder_try(&f, i, dots ? p->code : p->digits, p->words, p->used, p->procedure.name.n);
    }
    return finder_end(&f, out);
}

size_t names_find_officers(const struct names *n, struct str typed, uint16_t out[FOUND_MAX])
{
    struct finder f;
    bool ready = finder_init(&f, typed, n->officers);
    struct buf login = BUF_INIT;
    for (size_t i = 0; ready && i < n->officers; i++) {
        buf_reset(&login);
        text_fold(&login, n->officer[i].login);
        finder_try(&f, i, buf_str(&login), n->officer[i].words, 0, 0);
    }
    buf_release(&login);
    return finder_end(&f, out);
}

size_t names_cases(const struct names *n, size_t index)
{
    size_t count = 1;
    while (index + count < n->procedures && !n->procedure[index + count].first)
        count++;
    return count;
}

size_t names_procedure(const struct names *n, struct str code, struct str kase)
{
    for (size_t i = 0; i < n->procedures; i++)
        if (str_eq(n->procedure[i].procedure.code, code) && str_eq(n->procedure[i].procedure.kase, kase))
            return i;
    return n->procedures;
}
