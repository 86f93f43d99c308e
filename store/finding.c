#include "store/finding.h"

void check_message(struct buf *out, enum lang lang, const struct check *c)
{
    if (!finding_none(c))
        outcome_message_as(out, lang, &c->found, c->sentence);
}

void finding_note(struct check *c, enum text_id sentence, const struct outcome *found)
{
    if (!finding_none(c))
        return;
    c->sentence = sentence;
    c->found = *found;
    struct buf what = BUF_INIT;
    check_message(&what, LANG_EN, c);
    struct str text = str_first(buf_str(&what), sizeof c->what - 1);
    if (text.n)
        memcpy(c->what, text.p, text.n);
    c->what[text.n] = '\0';
    buf_release(&what);
}

void finding_entry(struct check *c, enum text_id sentence, uint64_t seq)
{
    struct outcome found = outcome_of(KIND_damaged);
    outcome_number(&found, (int64_t)seq);
    if (finding_none(c))
        c->first_bad = seq;
    finding_note(c, sentence, &found);
}

void finding_damaged(struct check *c, const struct outcome *o)
{
    struct outcome found = outcome_of(KIND_damaged);
    outcome_label(&found, o->arg[1].type == ARG_LABEL ? (enum text_id)o->arg[1].number : T_core_damage_pages);
    outcome_text(&found, str_of(o->arg[2].text));
    finding_note(c, T_core_check_part, &found);
}
