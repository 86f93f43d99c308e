#include "tests/life_days_run.h"

#include "tests/life_same.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void note_move(const struct model_move *m)
{
    life_seen.later += m->later;
    life_seen.kept += m->kept;
    life_seen.confirmed += m->confirmed;
    life_seen.open += m->maybe;
}

/* ---- the office's days ---- */

static const struct move_of *find_move(const struct moves *moves, uint64_t dossier)
{
    for (size_t i = 0; i < moves->count; i++)
        if (moves->move[i].dossier == dossier)
            return &moves->move[i];
    return NULL;
}

static bool same_listed(struct life_run *r, const char *where, const struct move_of *listed,
                        const struct model_move *right)
{
    bool expected = right->later || right->kept;
    if (!listed || !expected) {
        if (!listed == !expected || right->maybe)
            return true;
        differs(r, where, expected ? "a move not listed" : "a move listed that is none");
        buf_add_z(&r->text, expected ? "due moves from " : "due stays ");
        print_time(&r->text, right->old_due);
        buf_add_z(&r->text, " to ");
        print_time(&r->text, right->new_due);
        buf_add_char(&r->text, '\n');
        return false;
    }
    bool good = same_number(r, where, "move.what", listed->what, right->later ? MOVE_LATER : MOVE_KEPT);
    good &= same_time(r, where, "move.old_due", listed->old_due, right->old_due);
    good &= same_time(r, where, "move.new_due", listed->new_due, right->new_due);
    good &= same_time(r, where, "move.old_statutory", listed->old_statutory, right->old_statutory);
    good &= same_time(r, where, "move.new_statutory", listed->new_statutory, right->new_statutory);
    return good;
}

/* After a change of days: the listed move, the entry in its history, and the dossier. Adds to *entries. */
static bool step_move(struct life_run *r, const char *where, struct view *v, struct model_dossier *m,
                      const struct model_move *right, const struct moves *moves, uint64_t cause,
                      uint64_t *entries)
{
    static struct history history;
    struct dossier d;
    if (!same_listed(r, where, find_move(moves, m->id), right))
        return false;
    assert_true(view_dossier(v, m->id, &d));
    bool moved = d.last_event > cause;
    if (moved != (right->later || right->confirmed) && !right->maybe)
        return same_number(r, where, "due_moved recorded", moved, right->later || right->confirmed);
    if (moved) {
        history.count = 0;
        view_history(v, &d, collect, &history);
        const struct event *e = &history.event[history.count - 1];
        struct shift shift = right->shift;
        bool good =
            same_number(r, where, "moved.kind", e->kind, EVENT_DUE_MOVED) &&
            same_number(r, where, "moved.cause", (int64_t)e->moved.cause, (int64_t)cause) &&
            same_time(r, where, "moved.old_due", e->moved.old_due, right->old_due) &&
            same_time(r, where, "moved.old_statutory", e->moved.old_statutory, right->old_statutory) &&
            same_time(r, where, "moved.new_due", e->moved.new_due, shift.due) &&
            same_time(r, where, "moved.new_statutory", e->moved.new_statutory, shift.statutory);
        if (!good)
            return false;
        if (e->moved.counting == m->life.counting && shift.statutory == m->life.due)
            shift.counting = e->moved.counting; /* where the statutory time stays, either will do */
        if (shift.statutory == m->life.due && right->later)
            shift.provisional = e->moved.provisional;
        model_shift(m, &shift);
        ++*entries;
    }
    return same_in_view(r, where, v, m, &history);
}

static bool moves_in_order(struct life_run *r, const char *where, const struct moves *moves)
{
    for (size_t i = 1; i < moves->count; i++)
        if (moves->move[i - 1].old_due > moves->move[i].old_due) {
            differs(r, where, "moves not by old due");
            buf_add_char(&r->text, '\n');
            return false;
        }
    return true;
}

static bool same_moves(struct life_run *r, const char *where, const struct moves *a, const struct moves *b)
{
    bool good = same_number(r, where, "rehearsed moves", (int64_t)a->count, (int64_t)b->count);
    for (size_t i = 0; good && i < a->count; i++) {
        const struct move_of *x = &a->move[i], *y = &b->move[i];
        good = x->dossier == y->dossier && x->what == y->what && x->old_due == y->old_due &&
               x->new_due == y->new_due && x->old_statutory == y->old_statutory &&
               x->new_statutory == y->new_statutory;
        if (!good)
            differs(r, where, "a rehearsed move differs"), buf_add_char(&r->text, '\n');
    }
    return good;
}

/* Every running dossier as it should be after the change from `was`, of which the last entry is `cause`; no
 * other listed. */
static bool all_moved(struct life_run *r, const char *where, const struct model_office *was,
                      const struct moves *moves, uint64_t cause, uint64_t *entries)
{
    size_t listed = 0;
    bool good = true;
    struct view *v = look(r);
    for (size_t i = 0; good && i < r->cap; i++) {
        struct model_dossier *m = &r->dossier[i];
        if (m->frames == 0 || m->life.state != STATE_PROCESSING)
            continue;
        struct model_move right = model_move_of(was, &r->office, m);
        note_move(&right);
        listed += find_move(moves, m->id) != NULL;
        good = step_move(r, where, v, m, &right, moves, cause, entries);
    }
    view_end(v);
    return good && same_number(r, where, "moves listed", (int64_t)moves->count, (int64_t)listed) &&
           moves_in_order(r, where, moves);
}

/* The step's one or two requests, which count as one change. */
struct change_of_office {
    struct command command[2];
    struct request request[2];
    size_t count;
};

static struct change_of_office change_of(const struct life_step *step)
{
    struct change_of_office c = {.count = step->also ? 2 : 1};
    c.command[0] = step->command;
    if (step->also)
        c.command[1] = *step->also;
    for (size_t i = 0; i < c.count; i++)
        c.request[i] =
            (struct request){.moment = {.now = step->now, .login = step->login}, .command = c.command[i]};
    return c;
}

/* Judges one after the other, and carries out in `after` what is right: the first wrong one is the verdict.
 * *written: how many entries that makes.
 */
static struct verdict judge_all(const struct change_of_office *c, const struct life_step *step,
                                struct model_office *after, uint64_t *written)
{
    struct verdict v = {0};
    *written = 0;
    for (size_t i = 0; i < c->count && v.musts == 0; i++) {
        struct asking a = {step->now, step->login, &c->command[i]};
        struct verdict next = model_judge(after, NULL, &a);
        for (int k = 0; k < v.mays && next.mays < VERDICT_KINDS; k++)
            next.may[next.mays++] = v.may[k];
        v = next;
        if (v.musts == 0)
            *written += (uint64_t)model_office_act(after, &a);
    }
    return v;
}

/* Where a dry run was made: the same answer and the same moves as then. */
static bool as_rehearsed(struct life_run *r, const char *where, const char *then,
                         const struct moves *rehearsed, const char *kind, const struct moves *moves)
{
    return !then || (same_text(r, where, "rehearsed outcome", str_of(then), str_of(kind)) &&
                     same_moves(r, where, rehearsed, moves));
}

bool life_run_office(struct life_run *r, const struct life_step *step, const char *where)
{
    static struct model_office was, after;
    struct change_of_office c = change_of(step);
    was = after = r->office;
    uint64_t entries;
    struct verdict verdict = judge_all(&c, step, &after, &entries);
    struct head before = head_of(r);
    struct moves moves = {0}, rehearsed = {0};
    const char *then = NULL;
    bool good = true;
    if (step->now % 3 == 0) {
        struct outcome dry = store_rehearse(r->desk.store, c.request, c.count, NULL, &rehearsed);
        then = outcome_kind_name(dry.kind);
        good = left_no_trace(r, where, &before);
        life_seen.rehearsed++;
    }
    struct outcome o = store_submit_moving(r->desk.store, c.request, c.count, NULL, &moves);
    const char *kind = outcome_kind_name(o.kind);
    note_answer(step, (enum dossier_state)0, kind);
    good = good && right_answer(r, where, &verdict, outcome_class(o.kind), kind) &&
           as_rehearsed(r, where, then, &rehearsed, kind, &moves);
    if (good && !outcome_ok(&o)) {
        good = left_no_trace(r, where, &before) &&
               same_number(r, where, "moves of a refusal", (int64_t)moves.count, 0);
    } else if (good) {
        r->office = after;
        good = all_moved(r, where, &was, &moves, before.seq + entries, &entries) &&
               same_number(r, where, "entries written", (int64_t)(head_of(r).seq - before.seq),
                           (int64_t)entries);
    }
    moves_release(&moves);
    moves_release(&rehearsed);
    return good;
}
