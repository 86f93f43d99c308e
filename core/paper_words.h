/* paper_words: what official papers have in common (Decree 30/2020/NĐ-CP, annex I): names in capitals, the
 * head, dates in words. Texts are kept by the document they are made for. */
#ifndef MOTCUA_CORE_PAPER_WORDS_H
#define MOTCUA_CORE_PAPER_WORDS_H

#include "core/document.h"
#include "core/office.h"

/* A text of the table in the document's language, filled in. */
struct str paper_say(struct document *d, enum text_id id, const struct str *args, size_t n);
#define PAPER_SAY(d, id, ...)                                                                                \
    paper_say((d), (id), (const struct str[]){__VA_ARGS__},                                                  \
              sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))
/* The same without anything to fill in. */
struct str paper_text(const struct document *d, enum text_id id);
/* Keeps what was written, and gives the buffer back. */
struct str paper_keep(struct document *d, struct buf *text);

struct str paper_capitals(struct document *d, struct str text);
struct str paper_number(struct document *d, int64_t number);
/* "ngày 05 tháng 11 năm 2026": a day of one digit, January and February have a zero before them. */
struct str paper_day(struct document *d, civil_day day);
/* "09 giờ 30 phút, ngày 16 tháng 11 năm 2026"; absent for NO_TIME. */
struct str paper_moment(struct document *d, civil_minute t);
/* What stands behind a paper's number: groups of letters in it are parted by hyphens, the stroke is the
 * number's (Decree 30/2020/NĐ-CP, annex I): "PXL/UBND" becomes "PXL-UBND". */
struct str paper_symbol(struct document *d, struct str symbol);
/* "20.000 đồng". */
struct str paper_money(struct document *d, int64_t amount);
struct str paper_limit(struct document *d, const struct limit *limit);
/* "Tơ Tung, ngày 16 tháng 11 năm 2026"; dots to be filled in where no place is set. */
struct str paper_place_day(struct document *d, const struct office *office, civil_day day);

/* Begins every paper: the office and its parent (with `unit`, the office and that unit of it), the `desk`
 * where it speaks (may be absent), country and motto. */
void paper_head(struct document *d, const struct office *office, struct str unit, struct str desk,
                struct str number, civil_day day);

#endif
