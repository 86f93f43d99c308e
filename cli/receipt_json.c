#include "cli/receipt_json.h"

#include "core/mask.h"
#include "core/wire.h"

void receipt_texts_json(struct json *j, const char *key, struct str list)
{
    size_t at = 0;
    struct str item;
    json_array_begin(j, key);
    while (wire_list_next(list, &at, &item))
        json_text(j, NULL, item);
    json_array_end(j);
}

void receipt_limit_json(struct json *j, const char *key, const struct limit *limit)
{
    struct buf text = BUF_INIT;
    limit_format(&text, limit);
    json_text(j, key, buf_str(&text));
    j->out->failed = j->out->failed || text.failed;
    buf_release(&text);
}

static void put_personal(struct json *j, const char *key, struct str value, bool unmask)
{
    struct buf masked = BUF_INIT;
    if (unmask || !value.n) {
        json_text(j, key, value);
        return;
    }
    mask_number(&masked, value, false);
    json_text(j, key, buf_str(&masked));
    j->out->failed = j->out->failed || masked.failed;
    buf_release(&masked);
}

void receipt_applicant_json(struct json *j, const struct applicant *a, bool unmask)
{
    json_object_begin(j, "applicant");
    json_text(j, "name", a->name);
    json_name(j, "kind", a->organization ? "organization" : "person");
    put_personal(j, "id_number", a->id_number, unmask);
    put_personal(j, "phone", a->phone, unmask);
    put_personal(j, "email", a->email, unmask);
    json_text(j, "address", a->address);
    json_bool(j, "outside", a->outside);
    json_object_end(j);
}

void receipt_json(struct json *j, const struct receipt *r, int offset)
{
    char cutoff[CIVIL_TEXT];
    json_object_begin(j, "receipt");
    json_text(j, "procedure", r->procedure.code);
    json_text(j, "case", r->procedure.kase);
    receipt_limit_json(j, "limit", &r->limit);
    json_name(j, "clock", r->clock == CLOCK_UNSET ? NULL : due_clock_name(r->clock));
    json_name(j, "cutoff", civil_hm(cutoff, r->cutoff));
    receipt_applicant_json(j, &r->applicant, true);
    json_text(j, "submitter", r->submitter);
    json_text(j, "authority", r->authority);
    receipt_texts_json(j, "components", r->components);
    json_int(j, "sets", r->sets);
    if (r->fee < 0)
        json_null(j, "fee_vnd");
    else
        json_int(j, "fee_vnd", r->fee);
    json_name(j, "channel", channel_name(r->channel));
    json_name(j, "collect", r->collect == CHANNEL_DIRECT ? "desk" : channel_name(r->collect));
    json_minute(j, "submitted_at", r->submitted, offset);
    json_text(j, "note", r->note);
    json_object_end(j);
}

void receipt_number_json(struct json *j, const char *key, struct yearly_number n)
{
    if (!n.number) {
        json_null(j, key);
        return;
    }
    json_object_begin(j, key);
    json_int(j, "number", n.number);
    json_int(j, "year", n.year);
    json_object_end(j);
}
