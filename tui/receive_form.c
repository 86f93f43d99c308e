#include "tui/receive_form.h"

#include "core/wire.h"
#include "tui/office_words.h"
#include "tui/typed.h"

enum { PAID_NOT_YET, PAID_TAKEN, PAID_EXEMPT };

#define CHANNELS T_core_channel_direct, T_core_channel_online, T_core_channel_postal

static const struct form_item items[R_COUNT] = {
    [R_PROCEDURE] = {.kind = ITEM_PICK,
                     .label = T_tui_field_procedure,
                     .hint = T_tui_type_procedure,
                     .required = true},
    [R_CASE] = {.kind = ITEM_PICK, .label = T_tui_field_case, .required = true, .hidden = true},
    [R_LIMIT] =
        {.label = T_tui_field_limit, .hint = T_tui_type_limit, .required = true, .hidden = true, .max = 60},
    [R_APPLICANT] = {.label = T_tui_field_applicant, .fault = T_label_applicant, .required = true},
    [R_PHONE] = {.label = T_tui_field_phone, .fault = T_label_phone},
    [R_ID_NUMBER] = {.label = T_tui_field_id_number, .fault = T_label_id_number},
    [R_ADDRESS] = {.label = T_tui_field_address, .fault = T_label_address},
    [R_EMAIL] = {.label = T_tui_field_email, .fault = T_label_email},
    [R_PAID] = {.kind = ITEM_CHOICE,
                .label = T_tui_field_paid,
                .hidden = true,
                .choices = 3,
                .choice = {T_tui_paid_not_yet, T_tui_paid_taken, T_tui_paid_exempt}},
    [R_FEE_SLIP] = {.label = T_tui_field_fee_document,
                    .hint = T_tui_type_fee_document,
                    .fault = T_label_fee_document,
                    .hidden = true},
    [R_FEE_EXEMPT] = {.label = T_tui_field_exemption,
                      .fault = T_label_exemption,
                      .required = true,
                      .hidden = true},
    [R_KIND] = {.kind = ITEM_CHOICE,
                .label = T_tui_field_kind,
                .choices = 2,
                .choice = {T_tui_person, T_tui_organization}},
    [R_OUTSIDE] = {.kind = ITEM_CHOICE,
                   .label = T_tui_field_outside,
                   .choices = 2,
                   .choice = {T_core_no, T_core_yes}},
    [R_SUBMITTER] = {.label = T_tui_field_submitter, .fault = T_label_submitter},
    [R_AUTHORITY] = {.label = T_tui_field_authority, .fault = T_label_authority},
    [R_CHANNEL] = {.kind = ITEM_CHOICE, .label = T_tui_field_channel, .choices = 3, .choice = {CHANNELS}},
    [R_SUBMITTED] = {.label = T_tui_field_submitted, .hint = T_tui_type_submitted, .hidden = true, .max = 40},
    [R_COLLECT] = {.kind = ITEM_CHOICE, .label = T_tui_field_collect, .choices = 3, .choice = {CHANNELS}},
    [R_COMPONENTS] = {.label = T_tui_field_components,
                      .hint = T_tui_type_components,
                      .fault = T_label_component,
                      .max = 4000},
    [R_SETS] = {.label = T_tui_field_sets, .hint = T_tui_type_sets, .max = 6},
    [R_FEE] = {.label = T_tui_field_fee, .hint = T_tui_type_fee, .max = 16},
    [R_OFFICER] = {.kind = ITEM_PICK, .label = T_tui_field_holder, .hint = T_tui_type_holder},
    [R_UNIT] = {.label = T_tui_field_unit, .fault = T_label_unit},
    [R_NOTE] = {.label = T_tui_field_note, .fault = T_label_note, .max = 4000},
    [R_AT] = {.label = T_tui_field_received_at, .hint = T_tui_type_at, .max = 40},
};

void receive_form_init(struct form *f)
{
    form_init(f, items, R_COUNT);
}

/* ---- from typing to a command ---- */

static bool is_blank(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != ' ')
            return false;
    return true;
}

static bool read_time(const struct form *f, int item, const struct calendar *calendar, civil_day today,
                      civil_minute *out)
{
    struct typed_time t;
    if (is_blank(form_text(f, item)))
        return true;
    if (!typed_time(form_text(f, item), today, &t))
        return false;
    *out = civil_at(t.day, t.minute_of_day < 0 ? calendar_opens(calendar, t.day) : t.minute_of_day);
    return true;
}

bool receive_form_at(const struct form *f, const struct calendar *calendar, civil_minute now,
                     civil_minute *out)
{
    *out = now;
    return read_time(f, R_AT, calendar, civil_day_of(now), out);
}

bool receive_form_limit(const struct form *f, struct limit *out)
{
    *out = (struct limit){.kind = LIMIT_NONE, .cutoff = LIMIT_NO_CUTOFF};
    if (f->item[R_LIMIT].hidden || is_blank(form_text(f, R_LIMIT)))
        return true;
    return typed_limit(form_text(f, R_LIMIT), out);
}

/* A whole number, dots and blanks between thousands allowed; `otherwise` where nothing was typed. */
static bool read_number(struct str s, int64_t otherwise, int64_t most, int64_t *out)
{
    int64_t value = 0;
    bool any = false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '.' || s.p[i] == ' ')
            continue;
        if (s.p[i] < '0' || s.p[i] > '9' || value > most)
            return false;
        value = value * 10 + (s.p[i] - '0');
        any = true;
    }
    *out = any ? value : otherwise;
    return any ? value <= most : is_blank(s);
}

#define MOST_MONEY INT64_C(1000000000000) /* VND */

/* Of what is typed; `fee` where nothing is, or no number yet. */
static int64_t fee_of(const struct form *f, int64_t fee)
{
    int64_t typed;
    return read_number(form_text(f, R_FEE), fee, MOST_MONEY, &typed) ? typed : fee;
}

int64_t receive_form_owed(const struct form *f, int64_t fee)
{
    int64_t owed = fee_of(f, fee);
    return owed > 0 ? owed : 0;
}

bool receive_form_takes(const struct form *f)
{
    return !f->item[R_PAID].hidden && f->item[R_PAID].chosen == PAID_TAKEN;
}

bool receive_form_forget_fee(struct form *f)
{
    static const int items_of_fee[] = {R_PAID, R_FEE_SLIP, R_FEE_EXEMPT, R_FEE};
    bool any = false;
    for (size_t i = 0; i < sizeof items_of_fee / sizeof *items_of_fee; i++) {
        int item = items_of_fee[i];
        any = any || form_item_dirty(f, item);
        f->item[item].chosen = f->item[item].first;
        field_set(&f->item[item].field, STR_NONE);
    }
    return any;
}

void receive_form_adapt(struct form *f, enum lang lang, int64_t fee, struct buf *due)
{
    int paid = f->item[R_PAID].chosen;
    int64_t owed = receive_form_owed(f, fee);
    form_hide(f, R_SUBMITTED, f->item[R_CHANNEL].chosen == 0);
    buf_reset(due);
    if (owed > 0)
        office_fee(due, lang, owed);
    f->item[R_PAID].example = buf_str(due);
    form_hide(f, R_PAID, owed <= 0);
    form_hide(f, R_FEE_SLIP, owed <= 0 || paid != PAID_TAKEN);
    form_hide(f, R_FEE_EXEMPT, owed <= 0 || paid != PAID_EXEMPT);
}

/* An exemption without a reason is none: core would take it for a fee that is still owed. */
static bool read_fee(const struct form *f, struct command *c)
{
    if (f->item[R_PAID].hidden)
        return true;
    c->receive.fee_taken = f->item[R_PAID].chosen == PAID_TAKEN;
    if (c->receive.fee_taken)
        c->receive.fee_document = form_text(f, R_FEE_SLIP);
    if (f->item[R_PAID].chosen != PAID_EXEMPT)
        return true;
    c->receive.fee_exempt = form_text(f, R_FEE_EXEMPT);
    return !is_blank(c->receive.fee_exempt);
}

/* "đơn; giấy chứng sinh" is two components. */
static void read_components(struct str s, struct buf *out)
{
    while (s.n) {
        const char *end = memchr(s.p, ';', s.n);
        struct str item = str_first(s, end ? (size_t)(end - s.p) : s.n);
        if (!is_blank(item))
            wire_list_add(out, item);
        s = str_from(s, item.n + 1);
    }
}

struct fault {
    int item;
    enum text_id wrong;
};

static struct fault read_values(const struct form *f, const struct calendar *calendar, civil_minute now,
                                struct command *c)
{
    int64_t sets, fee;
    if (!receive_form_limit(f, &c->receive.limit))
        return (struct fault){R_LIMIT, T_tui_bad_limit};
    if (!read_number(form_text(f, R_SETS), 0, 9999, &sets))
        return (struct fault){R_SETS, T_tui_bad_number};
    if (!read_number(form_text(f, R_FEE), -1, MOST_MONEY, &fee))
        return (struct fault){R_FEE, T_tui_bad_number};
    if (!read_fee(f, c))
        return (struct fault){R_FEE_EXEMPT, T_tui_needs_exemption};
    c->receive.sets = (uint32_t)sets;
    c->receive.fee = fee;
    if (!f->item[R_SUBMITTED].hidden &&
        !read_time(f, R_SUBMITTED, calendar, civil_day_of(now), &c->receive.submitted))
        return (struct fault){R_SUBMITTED, T_tui_bad_time};
    if (!read_time(f, R_AT, calendar, civil_day_of(now), &c->at))
        return (struct fault){R_AT, T_tui_bad_time};
    return (struct fault){-1, T_nothing};
}

bool receive_form_command(const struct form *f, const struct calendar *calendar, civil_minute now,
                          struct buf *components, struct command *out, int *item, enum text_id *wrong)
{
    *out = (struct command){.kind = COMMAND_RECEIVE, .at = NO_TIME};
    out->receive.applicant = (struct applicant){
        .name = form_text(f, R_APPLICANT),
        .id_number = form_text(f, R_ID_NUMBER),
        .phone = form_text(f, R_PHONE),
        .email = form_text(f, R_EMAIL),
        .address = form_text(f, R_ADDRESS),
        .organization = f->item[R_KIND].chosen == 1,
        .outside = f->item[R_OUTSIDE].chosen == 1,
    };
    out->receive.submitter = form_text(f, R_SUBMITTER);
    out->receive.authority = form_text(f, R_AUTHORITY);
    out->receive.note = form_text(f, R_NOTE);
    out->receive.officer = is_blank(form_text(f, R_OFFICER)) ? STR_NONE : form_text(f, R_OFFICER);
    out->receive.unit = form_text(f, R_UNIT);
    out->receive.channel = (enum channel)(CHANNEL_DIRECT + f->item[R_CHANNEL].chosen);
    out->receive.collect = (enum channel)(CHANNEL_DIRECT + f->item[R_COLLECT].chosen);
    out->receive.submitted = NO_TIME;
    buf_reset(components);
    read_components(form_text(f, R_COMPONENTS), components);
    out->receive.components = buf_str(components);
    struct fault fault = read_values(f, calendar, now, out);
    *item = fault.item;
    *wrong = fault.wrong;
    return fault.item < 0;
}

void receive_form_focus(struct form *f, const struct outcome *o)
{
    if (form_focus_fault(f, o))
        return;
    switch (o->kind) {
    case KIND_unknown_procedure: form_focus(f, R_PROCEDURE); break;
    case KIND_retired:
        form_focus(f, form_text(f, R_OFFICER).n && str_eq(form_text(f, R_OFFICER), str_of(o->arg[0].text))
                          ? R_OFFICER
                          : R_PROCEDURE);
        break;
    case KIND_no_limit:
    case KIND_limit_too_far:
        form_hide(f, R_LIMIT, false);
        form_focus(f, R_LIMIT);
        break;
    case KIND_unknown_officer: form_focus(f, R_OFFICER); break;
    case KIND_no_fee: form_focus(f, R_FEE); break;
    case KIND_submitted_later: form_focus(f, R_SUBMITTED); break;
    case KIND_future_time: form_focus(f, R_AT); break;
    default: break;
    }
}
