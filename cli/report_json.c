#include "cli/report_json.h"

#include "core/report_face.h"

static void put_head(struct cli *c, struct json *j)
{
    struct head head = view_head(c->view);
    char hash[2 * STORE_HASH + 1];
    hash_format(hash, head.hash);
    json_object_begin(j, "journal");
    json_int(j, "seq", (int64_t)head.seq);
    json_str(j, "hash", str_of(hash));
    json_object_end(j);
}

static void put_face(struct cli *c, const struct report *r)
{
    struct report_face face;
    struct json j = json_onto(&c->out);
    report_face_init(&face, r, c->office, c->lang, STR_NONE);
    json_object_begin(&j, NULL);
    json_name(&j, "report", report_name(r->kind));
    json_str(&j, "title", face.title);
    json_str(&j, "office", face.office);
    json_day(&j, "from", r->period.from);
    json_day(&j, "to", r->period.to);
    json_minute(&j, "closing_at", r->closing, c->offset);
    json_utc(&j, "as_of", r->known, c->offset);
    json_name(&j, "basis", !r->has_basis ? NULL : r->basis == BASIS_PROMISED ? "promised" : "statutory");
    if (r->has_entries_late)
        json_int(&j, "entries_late", (int64_t)r->entries_late);
    else
        json_null(&j, "entries_late");
    if (r->has_entries_late)
        json_int(&j, "entries_imported", (int64_t)r->entries_imported);
    else
        json_null(&j, "entries_imported");
    json_text(&j, "counted", str_of(cli_text(c, r->counted)));
    json_array_begin(&j, "notes");
    for (size_t i = 0; i < r->notes; i++)
        json_str(&j, NULL, r->note[i]);
    json_array_end(&j);
    put_head(c, &j);
    json_bool(&j, "demo", c->demo);
    json_object_end(&j);
    json_line(&j);
    c->out.failed = c->out.failed || face.failed;
    report_face_release(&face);
}

static void put_cell(const struct cli *c, struct json *j, const char *key, const struct report_cell *cell)
{
    switch (cell->type) {
    case CELL_EMPTY: json_null(j, key); break;
    case CELL_TEXT: json_str(j, key, cell->text); break;
    case CELL_NUMBER:
    case CELL_MONEY: json_int(j, key, cell->number); break;
    case CELL_HUNDREDTHS:
    case CELL_PERCENT: json_hundredths(j, key, cell->number); break;
    case CELL_DATE: json_day(j, key, (civil_day)cell->number); break;
    case CELL_TIME: json_minute(j, key, cell->number, c->offset); break;
    }
}

static const char *row_name(enum row_kind kind)
{
    return kind == ROW_TOTAL ? "total" : kind == ROW_ALERT ? "alert" : "plain";
}

void report_json(struct cli *c, const struct report *r)
{
    put_face(c, r);
    for (size_t i = 0; i < r->parts; i++) {
        const struct report_part *part = &r->part[i];
        for (size_t n = 0; n < part->count; n++) {
            struct json j = json_onto(&c->out);
            json_object_begin(&j, NULL);
            json_name(&j, "part", part->key);
            json_name(&j, "row", row_name(part->row[n].kind));
            for (size_t k = 0; k < part->columns; k++)
                put_cell(c, &j, part->column[k].key, &part->row[n].cell[k]);
            json_object_end(&j);
            json_line(&j);
            cli_spill(c);
        }
    }
}
