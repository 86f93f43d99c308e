#include "cli/history_text.h"

#include "cli/cells.h"
#include "cli/wrapped.h"
#include "core/imported.h"
#include "core/mask.h"
#include "core/text.h"
#include "core/wire.h"
#include "core/words.h"

enum { INDENT = 2, EVENT_AT = 20 };

struct page {
    struct cli *c;
    bool unmask;
    struct buf text;   /* the line being made */
    struct event told; /* what another system told last, of what stands; kind 0: nothing yet */
};

/* ---- what a correction changed ---- */

bool history_is_personal(enum correction_field field)
{
    return field == CORRECT_PHONE || field == CORRECT_ID_NUMBER || field == CORRECT_EMAIL;
}

static enum text_id field_label(enum correction_field field)
{
    static const enum text_id labels[CORRECT_COUNT] = {
        [CORRECT_PROCEDURE] = T_cli_label_procedure,
        [CORRECT_CASE] = T_cli_label_case,
        [CORRECT_LIMIT] = T_cli_label_limit,
        [CORRECT_RECEIVED_AT] = T_cli_label_received,
        [CORRECT_APPLICANT] = T_cli_label_applicant,
        [CORRECT_PHONE] = T_cli_label_phone,
        [CORRECT_ID_NUMBER] = T_cli_label_id_number,
        [CORRECT_ADDRESS] = T_cli_label_address,
        [CORRECT_EMAIL] = T_cli_label_email,
        [CORRECT_ORGANIZATION] = T_cli_label_organization,
        [CORRECT_OUTSIDE] = T_cli_label_outside,
        [CORRECT_SUBMITTER] = T_cli_label_submitter,
        [CORRECT_AUTHORITY] = T_cli_label_authority,
        [CORRECT_CHANNEL] = T_cli_label_channel,
        [CORRECT_COMPONENT] = T_cli_label_components,
        [CORRECT_SETS] = T_cli_label_sets,
        [CORRECT_COLLECT] = T_cli_label_collect,
        [CORRECT_FEE] = T_cli_label_fee,
        [CORRECT_NOTE] = T_cli_label_note,
        [CORRECT_SUBMITTED] = T_cli_label_submitted,
    };
    return labels[field];
}

static bool add_time(struct cli *c, struct buf *out, struct str value)
{
    struct civil_input in;
    if (!civil_parse(value, &in) || in.minute_of_day < 0)
        return false;
    lang_time(out, c->lang, civil_at(in.day, in.minute_of_day));
    return true;
}

static bool add_limit(struct cli *c, struct buf *out, struct str value)
{
    struct limit limit;
    if (!limit_parse(value, &limit))
        return false;
    lang_limit(out, c->lang, &limit);
    return true;
}

static bool add_yes_no(struct cli *c, struct buf *out, struct str value)
{
    if (!str_eq(value, STR("yes")) && !str_eq(value, STR("no")))
        return false;
    buf_add_z(out, cli_text(c, value.p[0] == 'y' ? T_core_yes : T_core_no));
    return true;
}

static bool add_channel(struct cli *c, struct buf *out, struct str value)
{
    enum channel channel;
    if (!channel_parse(value, &channel))
        return false;
    buf_add_z(out, words_channel(c->lang, channel));
    return true;
}

static bool add_collect(struct cli *c, struct buf *out, struct str value)
{
    enum channel channel = CHANNEL_DIRECT;
    if (!str_eq(value, STR("desk")) && !channel_parse(value, &channel))
        return false;
    buf_add_z(out, collect_word(c, channel));
    return true;
}

static bool add_fee(struct cli *c, struct buf *out, struct str value)
{
    int64_t fee = 0;
    for (size_t i = 0; i < value.n; i++) {
        if (value.p[i] < '0' || value.p[i] > '9' || i >= 18)
            return false;
        fee = 10 * fee + (value.p[i] - '0');
    }
    money_words(c, out, fee);
    return true;
}

/* In the words of whoever reads it; what is not understood stands as it was written. */
static void add_value(struct cli *c, struct buf *out, enum correction_field field, struct str value,
                      bool unmask)
{
    bool said = false;
    if (!value.n)
        value = str_of(cli_text(c, T_core_no_time));
    else if (history_is_personal(field) && !unmask) {
        mask_number(out, value, false);
        return;
    }
    switch (field) {
    case CORRECT_RECEIVED_AT:
    case CORRECT_SUBMITTED: said = add_time(c, out, value); break;
    case CORRECT_LIMIT: said = add_limit(c, out, value); break;
    case CORRECT_ORGANIZATION:
    case CORRECT_OUTSIDE: said = add_yes_no(c, out, value); break;
    case CORRECT_CHANNEL: said = add_channel(c, out, value); break;
    case CORRECT_COLLECT: said = add_collect(c, out, value); break;
    case CORRECT_FEE: said = add_fee(c, out, value); break;
    default: break;
    }
    if (!said)
        buf_add_str(out, value);
}

void history_changes(struct cli *c, struct buf *out, struct str changes, bool unmask)
{
    struct str name, old, new;
    enum correction_field field;
    size_t at = 0;
    for (bool first = true; wire_list_next(changes, &at, &name) && wire_list_next(changes, &at, &old) &&
                            wire_list_next(changes, &at, &new) && correction_field_parse(name, &field);
         first = false) {
        buf_add_z(out, first ? "" : "; ");
        buf_add_z(out, cli_text(c, field_label(field)));
        buf_add_z(out, ": ");
        add_value(c, out, field, old, unmask);
        buf_add_z(out, " → ");
        add_value(c, out, field, new, unmask);
    }
}

/* ---- what an entry adds to its name ---- */

static void add(struct page *p, struct str part)
{
    wrapped_part(&p->text, part);
}

static void add_words(struct page *p, enum text_id id)
{
    add(p, str_of(cli_text(p->c, id)));
}

/* "hẹn trả 19/11/2026 17:00"; nothing where there is no time. */
static void add_due(struct page *p, enum text_id what, civil_minute due)
{
    if (due == NO_TIME)
        return;
    add_words(p, what);
    buf_add_char(&p->text, ' ');
    lang_time(&p->text, p->c->lang, due);
}

static void add_needs(struct page *p, struct str needs)
{
    size_t at = 0;
    int64_t n = 0;
    struct str item;
    while (wire_list_next(needs, &at, &item)) {
        buf_add_z(&p->text, n ? "; " : " · ");
        buf_add_int(&p->text, ++n);
        buf_add_z(&p->text, ". ");
        buf_add_str(&p->text, item);
    }
}

static void add_step(struct page *p, struct str step)
{
    struct buf said = BUF_INIT;
    if (!step.n)
        return;
    LANG_SAY(&said, p->c->lang, T_cli_history_step, step);
    add(p, buf_str(&said));
    p->text.failed = p->text.failed || said.failed;
    buf_release(&said);
}

static void add_transfer(struct page *p, const struct event *e)
{
    if (!e->transferred.to.n)
        add_words(p, T_cli_outside_unit);
    add(p, holder_name(p->c, e->transferred.to));
    add(p, e->transferred.unit);
    add_step(p, e->transferred.step);
    add_due(p, T_cli_step_due, e->transferred.within_due);
    add(p, e->transferred.note);
}

static void add_apology(struct page *p, const struct event *e)
{
    buf_add_z(&p->text, " · ");
    apology_number(&p->text, e->apologized.number);
    add_due(p, T_cli_new_due, e->apologized.new_due);
    add(p, e->apologized.reason);
}

/* "số 5/2026" */
static void add_slip(struct page *p, struct yearly_number slip)
{
    struct buf number = BUF_INIT, year = BUF_INIT, said = BUF_INIT;
    if (!slip.number)
        return;
    buf_add_int(&number, slip.number);
    buf_add_int(&year, slip.year);
    LANG_SAY(&said, p->c->lang, T_cli_slip_number, buf_str(&number), buf_str(&year));
    add(p, buf_str(&said));
    p->text.failed = p->text.failed || number.failed || year.failed || said.failed;
    buf_release(&number);
    buf_release(&year);
    buf_release(&said);
}

static void add_supplement(struct page *p, const struct event *e)
{
    add_slip(p, e->supplement.slip);
    add(p, e->supplement.reason);
    add_needs(p, e->supplement.needs);
    if (e->supplement.insisted)
        add_words(p, T_cli_insisted);
    if (e->supplement.late_notice)
        add_words(p, T_cli_late_notice);
}

static void add_resumed(struct page *p, const struct event *e)
{
    if (e->resumed.within.kind != LIMIT_NONE) {
        buf_add_z(&p->text, " · ");
        lang_limit(&p->text, p->c->lang, &e->resumed.within);
    }
    add_due(p, T_cli_now_due, e->resumed.appointment.due);
    add(p, e->resumed.note);
}

static void add_correction(struct page *p, const struct event *e)
{
    buf_add_z(&p->text, " · ");
    history_changes(p->c, &p->text, e->corrected.changes, p->unmask);
    add(p, e->corrected.reason);
}

static void add_move(struct page *p, const struct event *e)
{
    if (e->moved.old_due == e->moved.new_due && e->moved.old_statutory == e->moved.new_statutory) {
        add_words(p, e->moved.provisional ? T_cli_now_provisional : T_cli_now_certain);
        return;
    }
    buf_add_z(&p->text, " · ");
    lang_time(&p->text, p->c->lang, e->moved.old_due);
    buf_add_z(&p->text, " → ");
    lang_time(&p->text, p->c->lang, e->moved.new_due);
}

static void add_rating(struct page *p, const struct event *e)
{
    buf_add_z(&p->text, " · ");
    buf_add_int(&p->text, e->rated.stars);
    buf_add_z(&p->text, "/5");
    add(p, e->rated.note);
}

static void add_fee_taken(struct page *p, const struct event *e)
{
    struct buf money = BUF_INIT, said = BUF_INIT;
    int64_t amount = e->fee.amount;
    money_words(p->c, &money, amount < 0 ? -amount : amount);
    if (e->fee.exempt)
        add_words(p, T_cli_fee_exempted);
    else
        LANG_SAY(&said, p->c->lang, amount < 0 ? T_cli_fee_given_back : T_cli_fee_taken, buf_str(&money));
    add(p, buf_str(&said));
    add(p, e->fee.reason);
    buf_reset(&said);
    LANG_SAY(&said, p->c->lang, T_cli_fee_document_no, e->fee.document);
    if (e->fee.document.n)
        add(p, buf_str(&said));
    p->text.failed = p->text.failed || money.failed || said.failed;
    buf_release(&money);
    buf_release(&said);
}

/* Which things it says otherwise than before; nobody's number is repeated. */
static void add_told_anew(struct page *p, const struct event *e)
{
    const struct imported_part *part[IMPORTED_PARTS];
    size_t n = p->told.kind ? imported_changes(&p->told, e, part) : 0;
    struct buf names = BUF_INIT, said = BUF_INIT;
    for (size_t i = 0; i < n; i++) {
        buf_add_z(&names, i ? ", " : "");
        buf_add_z(&names, cli_text(p->c, part[i]->label));
    }
    LANG_SAY(&said, p->c->lang, T_core_import_changes, buf_str(&names));
    if (n)
        add(p, buf_str(&said));
    p->text.failed = p->text.failed || names.failed || said.failed;
    buf_release(&names);
    buf_release(&said);
    if (!e->undone_by)
        p->told = *e;
}

static void add_details(struct page *p, const struct event *e)
{
    switch (e->kind) {
    case EVENT_RECEIVED:
        add_due(p, T_cli_now_due, e->received.appointment.due);
        add_step(p, e->received.step);
        break;
    case EVENT_IMPORTED:
    case EVENT_REIMPORTED:
        add(p, str_of(words_state(p->c->lang, e->imported.state)));
        add_due(p, T_cli_now_due, e->imported.promised);
        add_told_anew(p, e);
        break;
    case EVENT_TRANSFERRED: add_transfer(p, e); break;
    case EVENT_APOLOGIZED: add_apology(p, e); break;
    case EVENT_RESOLVED:
        add(p, e->resolved.result);
        if (e->resolved.digitized)
            add_words(p, T_cli_digitized);
        break;
    case EVENT_RETURNED:
        add(p, str_of(words_channel(p->c->lang, e->returned.channel)));
        add(p, e->returned.to);
        break;
    case EVENT_REFUSED:
    case EVENT_WITHDRAWN:
    case EVENT_STOPPED:
    case EVENT_VOIDED:
        add_slip(p, e->kind == EVENT_VOIDED ? (struct yearly_number){0} : e->ended.slip);
        add(p, e->ended.reason);
        break;
    case EVENT_SUPPLEMENT_REQUESTED: add_supplement(p, e); break;
    case EVENT_RESTARTED:
    case EVENT_PAID: add_resumed(p, e); break;
    case EVENT_PAYMENT_AWAITED: add(p, e->payment.note); break;
    case EVENT_UNDONE:
        add(p, str_of(words_event(p->c->lang, (enum event_kind)e->undone.kind)));
        add(p, e->undone.reason);
        break;
    case EVENT_CORRECTED: add_correction(p, e); break;
    case EVENT_RATED: add_rating(p, e); break;
    case EVENT_DUE_MOVED: add_move(p, e); break;
    case EVENT_FEE: add_fee_taken(p, e); break;
    case EVENT_LATE_REASON:
        add(p, e->late_reason.category ? str_of(words_late_category(p->c->lang, e->late_reason.category))
                                       : STR_NONE);
        add(p, e->late_reason.reason);
        add(p, e->late_reason.excuse ? str_of(words_excuse(p->c->lang, e->late_reason.excuse)) : STR_NONE);
        break;
    default: break;
    }
}

/* Recorded by a clock that ran ahead: when that was noticed. */
static void add_wrong_clock(struct page *p, const struct event *e)
{
    struct buf time = BUF_INIT, words = BUF_INIT;
    int64_t written = view_written(p->c->view, e);
    if (written < e->recorded_at) {
        lang_time(&time, p->c->lang, civil_from_utc(written, p->c->offset));
        LANG_SAY(&words, p->c->lang, T_cli_clock_was_wrong, buf_str(&time));
        add(p, buf_str(&words));
    }
    p->text.failed = p->text.failed || time.failed || words.failed;
    buf_release(&time);
    buf_release(&words);
}

/* Who recorded it, and when, where that was not at once. */
static void add_record(struct page *p, const struct event *e)
{
    civil_minute recorded = civil_from_utc(e->recorded_at, p->c->offset);
    add(p, holder_name(p->c, e->by));
    if (event_is_backdated(e, p->c->offset))
        add_words(p, T_cli_backdated);
    if (recorded != e->at) {
        add_words(p, T_cli_recorded_at);
        buf_add_char(&p->text, ' ');
        lang_time(&p->text, p->c->lang, recorded);
    }
    add_wrong_clock(p, e);
}

static bool put_event(void *arg, const struct event *e)
{
    struct page *p = arg;
    struct cli *c = p->c;
    enum paint paint = e->undone_by ? PAINT_DIM : PAINT_NONE;
    buf_reset(&p->text);
    lang_time(&p->text, c->lang, e->at);
    paint_begin(c, paint);
    wrapped_blanks(&c->out, INDENT);
    text_cell(&c->out, buf_str(&p->text), EVENT_AT - INDENT, true);
    buf_reset(&p->text);
    if (e->undone_by)
        add_words(p, T_cli_was_undone);
    if (e->kind == EVENT_LATE_REASON && e->late_reason.category == LATE_UNSAID)
        add_words(p, T_core_event_late_judged); /* a chief's word, not the chief's reason */
    else
        add(p, str_of(words_event(c->lang, e->kind)));
    add_details(p, e);
    add_record(p, e);
    wrapped_text(c, buf_str(&p->text), EVENT_AT);
    paint_end(c, paint);
    c->out.failed = c->out.failed || p->text.failed;
    return true;
}

void history_page(struct cli *c, const struct dossier *d, bool unmask)
{
    struct page p = {.c = c, .unmask = unmask};
    CLI_LINE(c, T_cli_history, STR_NONE);
    view_history(c->view, d, put_event, &p);
    buf_release(&p.text);
}
