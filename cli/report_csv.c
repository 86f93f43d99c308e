#include "cli/report_csv.h"

#include "cli/csv.h"
#include "core/report_words.h"
#include <stdio.h>

static void put_number(struct csv *csv, const struct report_cell *cell)
{
    struct buf text = BUF_INIT;
    if (cell->type == CELL_HUNDREDTHS || cell->type == CELL_PERCENT)
        report_cell_hundredths(&text, cell->number);
    else
        buf_add_int(&text, cell->number);
    csv_plain(csv, buf_str(&text));
    csv->out->failed = csv->out->failed || text.failed;
    buf_release(&text);
}

static void put_time(struct csv *csv, civil_minute t)
{
    char day[CIVIL_TEXT], hour[CIVIL_TEXT], text[2 * CIVIL_TEXT];
    civil_iso_date(day, civil_day_of(t));
    civil_hm(hour, civil_minute_of_day(t));
    int n = snprintf(text, sizeof text, "%s %s", day, hour);
    csv_plain(csv, (struct str){text, (size_t)n});
}

static void put_cell(struct csv *csv, const struct report_cell *cell)
{
    char day[CIVIL_TEXT];
    if (cell->type == CELL_EMPTY || cell->type == CELL_TEXT)
        csv_cell(csv, cell->text);
    else if (cell->type == CELL_DATE)
        csv_plain(csv, str_of(civil_iso_date(day, (civil_day)cell->number)));
    else if (cell->type == CELL_TIME)
        put_time(csv, cell->number);
    else
        put_number(csv, cell);
}

static void put_part(struct cli *c, struct csv *csv, const struct report_part *part)
{
    for (size_t i = 0; i < part->columns; i++)
        csv_cell(csv, str_of(cli_text(c, part->column[i].title)));
    if (c->demo)
        csv_cell(csv, str_of(cli_text(c, T_cli_csv_demo)));
    csv_line(csv);
    for (size_t n = 0; n < part->count; n++) {
        for (size_t i = 0; i < part->columns; i++)
            put_cell(csv, &part->row[n].cell[i]);
        if (c->demo)
            csv_cell(csv, str_of(cli_text(c, T_cli_csv_invented)));
        csv_line(csv);
        if (csv->out == &c->out)
            cli_spill(c);
    }
}

void report_csv(struct cli *c, struct buf *out, const struct report *r, bool mark)
{
    struct csv csv = csv_begin(out, mark);
    for (size_t i = 0; i < r->parts; i++) {
        if (i)
            csv_line(&csv);
        put_part(c, &csv, &r->part[i]);
    }
}
