#include "tui/correct_form.h"

#include "core/wire.h"
#include "tui/act_form.h"
#include "tui/typed.h"

#define CHANNELS T_core_channel_direct, T_core_channel_online, T_core_channel_postal

static const struct form_item items[C_COUNT] = {
    [C_REASON] = {.label = T_tui_field_reason, .fault = T_label_reason, .required = true},
    [C_PROCEDURE] = {.kind = ITEM_PICK, .label = T_tui_field_procedure, .hint = T_tui_type_procedure},
    [C_CASE] = {.kind = ITEM_PICK, .label = T_tui_field_case, .hidden = true},
    [C_LIMIT] = {.label = T_tui_field_limit, .hint = T_tui_type_limit, .fault = T_label_limit, .max = 60},
    [C_RECEIVED] = {.label = T_tui_field_received_at, .fault = T_label_received_at, .max = 40},
    [C_APPLICANT] = {.label = T_tui_field_applicant, .fault = T_label_applicant},
    [C_PHONE] = {.label = T_tui_field_phone, .fault = T_label_phone, .personal = true},
    [C_ID_NUMBER] = {.label = T_tui_field_id_number, .fault = T_label_id_number, .personal = true},
    [C_ADDRESS] = {.label = T_tui_field_address, .fault = T_label_address},
    [C_EMAIL] = {.label = T_tui_field_email, .fault = T_label_email, .personal = true},
    [C_KIND] = {.kind = ITEM_CHOICE,
                .label = T_tui_field_kind,
                .choices = 2,
                .choice = {T_tui_person, T_tui_organization}},
    [C_OUTSIDE] = {.kind = ITEM_CHOICE,
                   .label = T_tui_field_outside,
                   .choices = 2,
                   .choice = {T_core_no, T_core_yes}},
    [C_SUBMITTER] = {.label = T_tui_field_submitter, .fault = T_label_submitter},
    [C_AUTHORITY] = {.label = T_tui_field_authority, .fault = T_label_authority},
    [C_CHANNEL] = {.kind = ITEM_CHOICE, .label = T_tui_field_channel, .choices = 3, .choice = {CHANNELS}},
    [C_SUBMITTED] = {.label = T_tui_field_submitted, .fault = T_label_submitted, .max = 40},
    [C_COLLECT] = {.kind = ITEM_CHOICE, .label = T_tui_field_collect, .choices = 3, .choice = {CHANNELS}},
    [C_COMPONENTS] = {.label = T_tui_field_components,
                      .hint = T_tui_type_components,
                      .fault = T_label_component,
                      .max = 4000},
    [C_SETS] = {.label = T_tui_field_sets, .fault = T_label_sets, .max = 6},
    [C_FEE] = {.label = T_tui_field_fee, .fault = T_label_fee, .max = 16},
    [C_NOTE] = {.label = T_tui_field_note, .fault = T_label_note, .max = TEXT_MAX_NOTE},
};

/* ---- as they stand ---- */

static void begin_time(struct form *f, enum lang lang, int item, civil_minute t)
{
    struct buf text = BUF_INIT;
    if (t != NO_TIME)
        lang_time(&text, lang, t);
    form_begin_text(f, item, buf_str(&text));
    buf_release(&text);
}

static void begin_number(struct form *f, int item, int64_t number)
{
    struct buf text = BUF_INIT;
    if (number >= 0)
        buf_add_int(&text, number);
    form_begin_text(f, item, buf_str(&text));
    buf_release(&text);
}

static void begin_limit(struct form *f, enum lang lang, const struct limit *limit)
{
    struct buf text = BUF_INIT;
    if (limit->kind != LIMIT_NONE)
        lang_limit(&text, lang, limit);
    form_begin_text(f, C_LIMIT, buf_str(&text));
    buf_release(&text);
}

static void begin_components(struct form *f, struct str list)
{
    struct buf text = BUF_INIT;
    struct str item;
    size_t at = 0;
    while (wire_list_next(list, &at, &item)) {
        if (text.n)
            buf_add_z(&text, "; ");
        buf_add_str(&text, item);
    }
    form_begin_text(f, C_COMPONENTS, buf_str(&text));
    buf_release(&text);
}

static void begin_procedure(struct form *f, enum lang lang, const struct dossier *d, struct str name)
{
    const struct procedure *p = &d->receipt.procedure;
    struct buf text = BUF_INIT;
    if (p->code.n)
        chooser_procedure_text(&text, p->code, name);
    else
        buf_add_str(&text, d->title);
    form_begin_text(f, C_PROCEDURE, buf_str(&text));
    buf_reset(&text);
    chooser_case_text(&text, lang, p->kase, &d->receipt.limit);
    form_begin_text(f, C_CASE, buf_str(&text));
    buf_release(&text);
}

static int channel_choice(enum channel channel)
{
    return channel >= CHANNEL_DIRECT ? (int)channel - CHANNEL_DIRECT : 0;
}

void correct_form_init(struct form *f, enum lang lang, const struct dossier *d, struct str name)
{
    const struct receipt *r = &d->receipt;
    const struct applicant *a = &r->applicant;
    form_init(f, items, C_COUNT);
    begin_procedure(f, lang, d, name);
    begin_limit(f, lang, &r->limit);
    begin_time(f, lang, C_RECEIVED, d->facts.received);
    begin_time(f, lang, C_SUBMITTED, r->submitted);
    form_begin_text(f, C_APPLICANT, a->name);
    form_begin_text(f, C_PHONE, a->phone);
    form_begin_text(f, C_ID_NUMBER, a->id_number);
    form_begin_text(f, C_ADDRESS, a->address);
    form_begin_text(f, C_EMAIL, a->email);
    form_begin_text(f, C_SUBMITTER, r->submitter);
    form_begin_text(f, C_AUTHORITY, r->authority);
    form_begin_text(f, C_NOTE, r->note);
    begin_components(f, r->components);
    begin_number(f, C_SETS, r->sets);
    begin_number(f, C_FEE, r->fee);
    form_begin_with(f, C_KIND, a->organization);
    form_begin_with(f, C_OUTSIDE, a->outside);
    form_begin_with(f, C_CHANNEL, channel_choice(r->channel));
    form_begin_with(f, C_COLLECT, channel_choice(r->collect));
}

void correct_form_bring(struct form *f, enum lang lang, const struct limit *limit, int64_t fee)
{
    if (!form_item_dirty(f, C_LIMIT))
        begin_limit(f, lang, limit);
    if (!form_item_dirty(f, C_FEE))
        begin_number(f, C_FEE, fee);
}

/* ---- what was changed ---- */

void corrections_release(struct corrections *c)
{
    arena_release(&c->text);
    *c = (struct corrections){.text = ARENA_INIT};
}

struct reader {
    const struct form *form;
    civil_day today;
    struct corrections *out;
    int item;
    enum text_id wrong;
};

static bool fault(struct reader *r, int item, enum text_id wrong)
{
    r->item = item;
    r->wrong = wrong;
    return false;
}

static void add(struct reader *r, enum correction_field field, struct str value)
{
    r->out->change[r->out->count++] = (struct change){field, arena_str(&r->out->text, value)};
}

static void add_buf(struct reader *r, enum correction_field field, struct buf *value)
{
    add(r, field, buf_str(value));
    buf_release(value);
}

static bool read_limit(struct reader *r)
{
    struct limit limit;
    struct buf value = BUF_INIT;
    if (!typed_limit(form_text(r->form, C_LIMIT), &limit))
        return fault(r, C_LIMIT, T_tui_bad_limit);
    limit_format(&value, &limit);
    add_buf(r, CORRECT_LIMIT, &value);
    return true;
}

/* A date alone stays one: it is the opening hour of that day. */
static bool read_time(struct reader *r, int item, enum correction_field field)
{
    struct typed_time t;
    struct buf value = BUF_INIT;
    char date[CIVIL_TEXT], hour[CIVIL_TEXT];
    if (!act_is_blank(form_text(r->form, item))) {
        if (!typed_time(form_text(r->form, item), r->today, &t))
            return fault(r, item, T_tui_bad_time);
        buf_add_z(&value, civil_iso_date(date, t.day));
        if (t.minute_of_day >= 0)
            buf_addf(&value, "T%s", civil_hm(hour, t.minute_of_day));
    } else if (field == CORRECT_RECEIVED_AT)
        return fault(r, item, T_tui_bad_time);
    add_buf(r, field, &value);
    return true;
}

/* Digits alone; dots and blanks between thousands are left out. */
static bool read_number(struct reader *r, int item, enum correction_field field)
{
    struct str s = form_text(r->form, item);
    struct buf value = BUF_INIT;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= '0' && s.p[i] <= '9')
            buf_add_char(&value, s.p[i]);
        else if (s.p[i] != '.' && s.p[i] != ' ') {
            buf_release(&value);
            return fault(r, item, T_tui_bad_number);
        }
    add_buf(r, field, &value);
    return true;
}

/* "đơn; giấy chứng sinh" is two, nothing is none. */
static void read_components(struct reader *r)
{
    size_t before = r->out->count;
    for (struct str s = form_text(r->form, C_COMPONENTS); s.n;) {
        const char *end = memchr(s.p, ';', s.n);
        struct str item = str_first(s, end ? (size_t)(end - s.p) : s.n);
        if (!act_is_blank(item))
            add(r, CORRECT_COMPONENT, item);
        s = str_from(s, item.n + 1);
    }
    if (r->out->count == before)
        add(r, CORRECT_COMPONENT, STR_NONE);
}

static bool read_procedure(struct reader *r, const struct chooser *chosen, struct str code, struct str kase)
{
    struct buf value = BUF_INIT;
    if (!chosen->code.n)
        return code.n || form_item_dirty(r->form, C_PROCEDURE) ? fault(r, C_PROCEDURE, T_tui_needs_procedure)
                                                               : true;
    if (!str_eq(buf_str(&chosen->code), code)) {
        chooser_code(chosen, &value);
        add_buf(r, CORRECT_PROCEDURE, &value);
    } else if (!str_eq(buf_str(&chosen->kase), kase))
        add(r, CORRECT_CASE, buf_str(&chosen->kase));
    return true;
}

static void read_texts(struct reader *r)
{
    static const struct {
        int item;
        enum correction_field field;
    } texts[] = {
        {C_APPLICANT, CORRECT_APPLICANT}, {C_PHONE, CORRECT_PHONE}, {C_ID_NUMBER, CORRECT_ID_NUMBER},
        {C_ADDRESS, CORRECT_ADDRESS},     {C_EMAIL, CORRECT_EMAIL}, {C_SUBMITTER, CORRECT_SUBMITTER},
        {C_AUTHORITY, CORRECT_AUTHORITY}, {C_NOTE, CORRECT_NOTE},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (form_item_dirty(r->form, texts[i].item))
            add(r, texts[i].field, form_text(r->form, texts[i].item));
}

static void read_choices(struct reader *r)
{
    static const char *const yes_no[] = {"no", "yes"}, *const channels[] = {"direct", "online", "postal"},
                             *const places[] = {"desk", "online", "postal"};
    static const struct {
        int item;
        enum correction_field field;
        const char *const *word;
    } choices[] = {
        {C_KIND, CORRECT_ORGANIZATION, yes_no},
        {C_OUTSIDE, CORRECT_OUTSIDE, yes_no},
        {C_CHANNEL, CORRECT_CHANNEL, channels},
        {C_COLLECT, CORRECT_COLLECT, places},
    };
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
        if (form_item_dirty(r->form, choices[i].item))
            add(r, choices[i].field, str_of(choices[i].word[r->form->item[choices[i].item].chosen]));
}

static bool read_values(struct reader *r)
{
    const struct form *f = r->form;
    return (!form_item_dirty(f, C_LIMIT) || read_limit(r)) &&
           (!form_item_dirty(f, C_RECEIVED) || read_time(r, C_RECEIVED, CORRECT_RECEIVED_AT)) &&
           (!form_item_dirty(f, C_SUBMITTED) || read_time(r, C_SUBMITTED, CORRECT_SUBMITTED)) &&
           (!form_item_dirty(f, C_SETS) || read_number(r, C_SETS, CORRECT_SETS)) &&
           (!form_item_dirty(f, C_FEE) || read_number(r, C_FEE, CORRECT_FEE));
}

static size_t most_changes(const struct form *f)
{
    size_t n = CORRECT_COUNT + 1;
    struct str s = form_text(f, C_COMPONENTS);
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == ';';
    return n;
}

bool correct_form_changes(const struct form *f, const struct chooser *chosen, struct str code,
                          struct str kase, civil_day today, struct corrections *out, int *item,
                          enum text_id *wrong)
{
    *out = (struct corrections){.text = ARENA_INIT};
    struct reader r = {.form = f, .today = today, .out = out, .item = C_REASON, .wrong = T_nothing};
    out->change = arena_alloc(&out->text, most_changes(f) * sizeof *out->change);
    bool ok = out->change && read_procedure(&r, chosen, code, kase) && read_values(&r);
    if (ok) {
        read_texts(&r);
        read_choices(&r);
        if (form_item_dirty(f, C_COMPONENTS))
            read_components(&r);
    }
    *item = r.item;
    *wrong = r.wrong;
    return ok && !out->text.failed;
}
