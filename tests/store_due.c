#include "tests/store_due.h"

#include "core/deadline.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

struct looking {
    struct view *view;
    size_t running;
};

static bool look_at_row(void *arg, const struct row *row)
{
    struct looking *l = arg;
    const struct calendar *c = office_calendar(view_office(l->view));
    struct dossier d;
    struct deadline now;
    assert_true(view_dossier(l->view, row->facts.id, &d));
    assert_true(row->facts.due == d.facts.due && d.facts.due == d.promised);
    l->running++;
    if (d.imported)
        return true;
    assert_true(deadline_compute(c, dossier_limit(&d), d.receipt.clock, d.receipt.cutoff, d.appointment.from,
                                 &now, NULL));
    if (d.appointment.due < now.due)
        fail_msg("%.*s is due at %lld, by the days of now at %lld", STR_ARG(d.code),
                 (long long)d.appointment.due, (long long)now.due);
    if (!calendar_is_working(c, civil_day_of(d.facts.due)))
        fail_msg("%.*s is due on a day off", STR_ARG(d.code));
    return true;
}

size_t store_assert_no_stale_due(struct store *s)
{
    struct looking l = {0};
    struct outcome o = view_begin(s, &l.view);
    assert_true(outcome_ok(&o));
    view_live(l.view, LIVE_RUNNING, look_at_row, &l);
    o = view_fault(l.view);
    assert_true(outcome_ok(&o));
    view_end(l.view);
    return l.running;
}
