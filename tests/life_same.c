#include "tests/life_same.h"

#include "core/evolve.h"
#include "core/status.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

/* ---- saying what differs ---- */

const char *command_word(const struct life_step *step)
{
    static char word[40];
    struct buf line = BUF_INIT;
    step_print(&line, step);
    const char *verb = strstr(line.p, "motcua ");
    snprintf(word, sizeof word, "%s", verb ? verb + 7 : "?");
    char *blank = strchr(word, ' ');
    if (blank && step->dossier < 0) /* "calendar holiday" */
        blank = strchr(blank + 1, ' ');
    if (blank)
        *blank = '\0';
    buf_release(&line);
    return word;
}

bool differs(struct life_run *r, const char *where, const char *field)
{
    if (!r->what[0])
        snprintf(r->what, sizeof r->what, "%s: %s", where, field);
    buf_addf(&r->text, "  %s: ", field);
    return false;
}

bool same_number(struct life_run *r, const char *where, const char *field, int64_t got, int64_t expected)
{
    if (got == expected)
        return true;
    differs(r, where, field);
    buf_addf(&r->text, "store %lld, model %lld\n", (long long)got, (long long)expected);
    return false;
}

bool same_time(struct life_run *r, const char *where, const char *field, civil_minute got,
               civil_minute expected)
{
    if (got == expected)
        return true;
    differs(r, where, field);
    buf_add_z(&r->text, "store ");
    print_time(&r->text, got);
    buf_add_z(&r->text, ", model ");
    print_time(&r->text, expected);
    buf_add_char(&r->text, '\n');
    return false;
}

bool same_text(struct life_run *r, const char *where, const char *field, struct str got, struct str expected)
{
    if (str_eq(got, expected))
        return true;
    differs(r, where, field);
    buf_addf(&r->text, "store '%.*s', model '%.*s'\n", STR_ARG(got), STR_ARG(expected));
    return false;
}

static bool same_limit(struct life_run *r, const char *where, const char *field, const struct limit *got,
                       const struct limit *expected)
{
    if (got->kind == expected->kind && (got->kind == LIMIT_NONE || got->hundredths == expected->hundredths) &&
        (got->kind != LIMIT_SAME_DAY || got->cutoff == expected->cutoff))
        return true;
    differs(r, where, field);
    buf_add_z(&r->text, "store ");
    limit_format(&r->text, got);
    buf_add_z(&r->text, ", model ");
    limit_format(&r->text, expected);
    buf_add_char(&r->text, '\n');
    return false;
}

bool right_answer(struct life_run *r, const char *where, const struct verdict *v, enum outcome_class class,
                  const char *kind)
{
    char what[60];
    if (verdict_allows(v, kind) && class != FAILED)
        return true;
    snprintf(what, sizeof what, "%s instead of %s", kind,
             v->musts ? v->must[0]
             : v->any ? "any refusal"
                      : "done");
    differs(r, where, what);
    buf_addf(&r->text, "the store says %s, right would be%s%s", kind, v->musts || v->any ? "" : " done",
             v->any ? " any refusal" : "");
    for (int i = 0; i < v->musts; i++)
        buf_addf(&r->text, " %s", v->must[i]);
    for (int i = 0; i < v->mays; i++)
        buf_addf(&r->text, " (or %s)", v->may[i]);
    buf_add_char(&r->text, '\n');
    return false;
}

bool left_no_trace(struct life_run *r, const char *where, const struct head *before)
{
    struct head after = head_of(r);
    if (after.seq == before->seq && memcmp(after.hash, before->hash, STORE_HASH) == 0)
        return true;
    differs(r, where, "a refusal left a trace");
    buf_addf(&r->text, "head %llu, was %llu\n", (unsigned long long)after.seq,
             (unsigned long long)before->seq);
    return false;
}

/* Each field that a correction changed, with its old and its new value, and no other. A case alone may be
 * told as the procedure's or as itself. */
/* ---- a dossier, field by field ---- */

#define NUMBER(field, expected)                                                                              \
    good &= same_number(r, where, #field, (int64_t)(d->field), (int64_t)(expected))
#define TIME(field, expected) good &= same_time(r, where, #field, d->field, expected)
#define TEXT(field, expected) good &= same_text(r, where, #field, d->field, expected)
#define LIMIT(field, expected) good &= same_limit(r, where, #field, &d->field, expected)

static bool same_receipt(struct life_run *r, const char *where, const struct dossier *d, const struct life *l)
{
    const struct model_procedure *p = &model_procedures[l->procedure];
    bool good = true;
    TEXT(receipt.procedure.code, str_of(p->code));
    TEXT(receipt.procedure.kase, str_of(p->kase));
    LIMIT(receipt.limit, &l->limit);
    NUMBER(receipt.clock, l->clock);
    NUMBER(receipt.cutoff, l->cutoff);
    TEXT(receipt.applicant.name, l->name);
    TEXT(receipt.applicant.phone, l->phone);
    TEXT(receipt.applicant.id_number, l->id_number);
    TEXT(receipt.applicant.address, l->address);
    TEXT(receipt.applicant.email, l->email);
    NUMBER(receipt.applicant.organization, l->organization);
    NUMBER(receipt.applicant.outside, l->outside);
    TEXT(receipt.submitter, l->submitter);
    TEXT(receipt.authority, l->authority);
    TEXT(receipt.components, l->components);
    TEXT(receipt.note, l->note);
    NUMBER(receipt.sets, l->sets);
    NUMBER(receipt.fee, l->fee);
    NUMBER(receipt.channel, l->channel);
    NUMBER(receipt.collect, l->collect);
    TIME(receipt.submitted, l->submitted);
    return good;
}

static bool same_letter(struct life_run *r, const char *where, const struct dossier *d, const struct life *l)
{
    bool good = true;
    NUMBER(facts.apologized, l->letter.number > 0);
    NUMBER(apology.number, l->letter.number);
    NUMBER(apology.year, l->letter.year);
    TEXT(apology.reason, l->letter.reason);
    TEXT(apology.signer, l->letter.signer);
    TEXT(apology.by, l->letter.by);
    TIME(apology.issued, l->letter.issued);
    NUMBER(apology.recorded_at, l->letter.recorded);
    TIME(apology.old_due, l->letter.old_due);
    TIME(apology.new_due, l->letter.new_due);
    NUMBER(apology.in_time, l->letter.in_time);
    return good;
}

static bool same_facts(struct life_run *r, const char *where, const struct dossier *d, const struct life *l,
                       const struct office *office)
{
    bool good = true;
    bool waiting = l->state == STATE_WAITING || l->state == STATE_WAITING_PAYMENT;
    const struct model_procedure *p = &model_procedures[l->procedure];
    const struct procedure *row = office_find_case(office, str_of(p->code), str_of(p->kase));
    const struct officer *holder = l->officer.n ? office_find_officer(office, l->officer) : NULL;
    NUMBER(facts.state, l->state);
    NUMBER(facts.ended_how, l->how);
    NUMBER(facts.channel, l->channel);
    TIME(facts.received, l->received);
    TIME(facts.statutory_due, waiting ? NO_TIME : l->due);
    TIME(facts.due, waiting ? NO_TIME : l->promised);
    TIME(facts.waiting_since, l->waiting_since);
    TIME(facts.resolved, l->resolved);
    TIME(facts.returned, l->returned);
    NUMBER(facts.procedure, row ? row->number : 0);
    NUMBER(facts.field, row ? row->field_number : 0);
    NUMBER(facts.holder, holder ? holder->number : 0);
    NUMBER(facts.in_hours, (l->within.kind ? l->within.kind : l->limit.kind) == LIMIT_WORKING_HOURS);
    NUMBER(facts.moved, l->moved);
    NUMBER(facts.insisted, l->insisted);
    NUMBER(facts.outside, l->outside);
    NUMBER(facts.provisional, l->provisional);
    if (l->state != STATE_VOID) {
        NUMBER(facts.was_late, l->was_late);
        NUMBER(facts.was_late_promised, l->was_late_promised);
    }
    return good;
}

/* The earliest of what was done to it; whether a correction counts is left open. */
static bool same_first_act(struct life_run *r, const char *where, const struct dossier *d,
                           const struct model_dossier *m)
{
    civil_minute acts = NO_TIME, all = NO_TIME;
    for (int i = 1; i < m->frames; i++) {
        civil_minute at = m->frame[i].at;
        if (all == NO_TIME || at < all)
            all = at;
        if (m->frame[i].kind != EVENT_CORRECTED && (acts == NO_TIME || at < acts))
            acts = at;
    }
    return d->first_act == all || same_time(r, where, "first_act", d->first_act, acts);
}

static bool same_last(struct life_run *r, const char *where, const struct dossier *d,
                      const struct model_dossier *m)
{
    const struct frame *f = &m->frame[m->frames - 1];
    bool some = m->frames > 1, good = true;
    NUMBER(last.seq, some ? f->seq : 0);
    if (!some)
        return good;
    NUMBER(last.kind, f->kind);
    TEXT(last.by, f->by);
    NUMBER(last.recorded_at, f->recorded);
    NUMBER(last.moved_since, f->shifts > 0);
    return good;
}

static bool same_dossier(struct life_run *r, const char *where, const struct dossier *d,
                         const struct model_dossier *m, const struct office *office)
{
    const struct life *l = &m->life;
    bool good = same_facts(r, where, d, l, office);
    good &= same_receipt(r, where, d, l);
    good &= same_letter(r, where, d, l);
    TEXT(code, str_of(m->code));
    TEXT(receiver, m->receiver);
    TEXT(officer, l->officer);
    TEXT(unit, l->unit);
    TIME(appointment.from, l->from);
    TIME(appointment.counting, l->counting);
    TIME(appointment.due, l->due);
    NUMBER(appointment.provisional, l->provisional);
    TIME(promised, l->promised);
    LIMIT(within, &l->within);
    NUMBER(late.statutory, l->late);
    NUMBER(late.promised, l->late_promised);
    TEXT(asked, l->asked);
    TEXT(needs, l->needs);
    TEXT(result, l->result);
    NUMBER(digitized, l->digitized);
    NUMBER(return_channel, l->return_channel);
    TEXT(returned_to, l->returned_to);
    NUMBER(supplements, l->supplements);
    NUMBER(rating, l->rating);
    NUMBER(resumed, l->resumed);
    good &= same_first_act(r, where, d, m);
    return good && same_last(r, where, d, m);
}

/* ---- its history ---- */

bool collect(void *arg, const struct event *e)
{
    struct history *h = arg;
    assert_true(h->count < HISTORY_EVENTS);
    h->event[h->count++] = *e;
    return true;
}

/* The history, replayed, is the record to the byte; and view_history says of each event what undid it. */
static bool replays(struct life_run *r, const char *where, struct view *v, const struct dossier *d,
                    struct history *h)
{
    struct dossier again;
    struct buf stored = BUF_INIT, replayed = BUF_INIT;
    uint64_t undone_by[HISTORY_EVENTS];
    h->count = 0;
    view_history(v, d, collect, h);
    for (size_t i = 0; i < h->count; i++)
        undone_by[i] = h->event[i].undone_by;
    bool good = evolve_history(&again, h->event, h->count);
    if (!good)
        differs(r, where, "history does not replay"), buf_add_char(&r->text, '\n');
    for (size_t i = 0; good && i < h->count; i++)
        good =
            same_number(r, where, "history undone_by", (int64_t)undone_by[i], (int64_t)h->event[i].undone_by);
    dossier_encode(&stored, d);
    if (good)
        dossier_encode(&replayed, &again);
    if (good && !str_eq(buf_str(&stored), buf_str(&replayed))) {
        good = differs(r, where, "replay is not the record");
        buf_add_char(&r->text, '\n');
    }
    buf_release(&stored);
    buf_release(&replayed);
    return good;
}

/* ---- looking ---- */

struct view *look(struct life_run *r)
{
    struct view *v;
    ASSERT_DONE(view_begin(r->desk.store, &v));
    return v;
}

struct head head_of(struct life_run *r)
{
    struct store_stat stat;
    struct head h;
    struct view *v = look(r);
    view_stat(v, &stat);
    h.seq = stat.head_seq;
    memcpy(h.hash, stat.head_hash, STORE_HASH);
    view_end(v);
    return h;
}

/* What lists say of a solved dossier, and how many days late it is, must agree: late is late. */
static bool status_agrees(struct life_run *r, const char *where, struct view *v, const struct dossier *d,
                          const struct life *l)
{
    struct judge j = judge_at(view_office(v), civil_from_utc(r->office.head_time, MODEL_OFFSET));
    struct facts f = d->facts;
    if (f.resolved == NO_TIME)
        return true;
    f.state = STATE_RESOLVED; /* withdrawn and stopped ones are judged alike, whatever word they go by */
    return same_number(r, where, "status late", status_of(&j, &f) == STATUS_LATE, l->late > 0);
}

bool same_in_view(struct life_run *r, const char *where, struct view *v, const struct model_dossier *m,
                  struct history *h)
{
    struct dossier d;
    if (!view_dossier(v, m->id, &d))
        return differs(r, where, "dossier cannot be read");
    bool good = same_dossier(r, where, &d, m, view_office(v));
    good &= status_agrees(r, where, v, &d, &m->life);
    return replays(r, where, v, &d, h) && good;
}
