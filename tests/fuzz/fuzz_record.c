/* The bytes are what the store keeps beside the journal: first one that says which, then a dossier's record,
 * a row of a list, or a packed list. A damaged page may hold anything. */
#include "core/row.h"
#include "core/status.h"
#include "core/wire.h"
#include "tests/fuzz/fuzz.h"

static void walk_list(struct str list)
{
    struct str item;
    size_t at = 0, before = 0;
    while (wire_list_next(list, &at, &item)) {
        MUST(at > before && at <= list.n && item.n == at - before - 4);
        before = at;
    }
}

static const struct judge *judge(void)
{
    static struct judge j;
    if (!j.calendar)
        j = judge_at(office_new(), civil_at(civil_from_ymd(2026, 11, 20), 600));
    return &j;
}

static void judge_facts(const struct facts *f, uint32_t late_days)
{
    const struct judge *j = judge();
    MUST(status_name(status_of(j, f))[0] != '\0');
    MUST(status_in_set(j, f, GROUP_ALL));
    letter_urgency(j, f);
    is_rescheduled(j, f);
    late_days_now(j, f, late_days);
}

/* Every number and time in it can be printed, whatever it is. */
static void print(const struct facts *f, const struct limit *limit, uint32_t letter)
{
    const civil_minute times[] = {f->received,      f->statutory_due, f->due,
                                  f->waiting_since, f->resolved,      f->returned};
    struct buf out = BUF_INIT;
    char text[CIVIL_TEXT];
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        lang_time(&out, LANG_VI, times[i]);
        lang_date(&out, LANG_EN, civil_day_of(times[i]));
        buf_add_z(&out, civil_iso_time(text, times[i], 420));
        buf_add_z(&out, civil_iso_second(text, times[i], -720));
    }
    limit_format(&out, limit);
    lang_limit(&out, LANG_VI, limit);
    apology_number(&out, letter);
    buf_add_z(&out, state_name(f->state));
    MUST(!out.failed);
    buf_release(&out);
}

static void read_dossier(struct str bytes)
{
    struct dossier d;
    if (!dossier_decode(bytes, &d))
        return;
    /* What follows is slack, or for a newer program. */
    struct buf again = BUF_INIT;
    dossier_encode(&again, &d);
    MUST(!again.failed && str_starts(bytes, buf_str(&again)));
    buf_release(&again);
    walk_list(d.needs);
    walk_list(d.receipt.components);
    judge_facts(&d.facts, d.late.statutory);
    print(&d.facts, dossier_limit(&d), d.apology.number);
    struct row row;
    row_of(&row, &d);
    row_encode(&again, &row);
    MUST(!again.failed && row_decode(buf_str(&again), &row));
    buf_release(&again);
}

static void read_row(struct str bytes)
{
    struct row row;
    if (!row_decode(bytes, &row))
        return;
    struct buf again = BUF_INIT;
    row_encode(&again, &row);
    MUST(!again.failed && str_starts(bytes, buf_str(&again)));
    buf_release(&again);
    judge_facts(&row.facts, row.late_days);
    print(&row.facts, &row.limit, row.apology_number);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fed f = {data, size};
    uint64_t what = fed_below(&f, 3);
    struct str bytes = {(const char *)f.at, f.left};
    if (what == 0)
        read_dossier(bytes);
    else if (what == 1)
        read_row(bytes);
    else
        walk_list(bytes);
    return 0;
}
