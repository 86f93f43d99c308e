/* slip: what the prescribed papers say (Circulars 01/2018/TT-VPCP and 03/2025/TT-VPCP). Which of the two sets
 * a dossier gets goes by the day of its receipt and the setting forms.from; titles, form numbers and the
 * letters behind a paper's number are settings too. */
#ifndef MOTCUA_CORE_SLIP_H
#define MOTCUA_CORE_SLIP_H

#include "core/document.h"
#include "core/event.h"
#include "core/office.h"

enum slip {
    SLIP_RECEIPT,    /* 01: giấy tiếp nhận hồ sơ và hẹn trả kết quả */
    SLIP_SUPPLEMENT, /* 02: phiếu yêu cầu bổ sung, hoàn thiện hồ sơ */
    SLIP_REFUSAL,    /* 03: phiếu từ chối tiếp nhận giải quyết hồ sơ */
    SLIP_APOLOGY,    /* 04: phiếu xin lỗi và hẹn lại ngày trả kết quả */
    SLIP_STOP,       /* 05 of 2025: thông báo dừng giải quyết hồ sơ */
    SLIP_CONTROL,    /* 05, or 06 of 2025: phiếu kiểm soát quá trình giải quyết hồ sơ */
    SLIP_REGISTER,   /* 06, or 07 of 2025: sổ theo dõi hồ sơ */
    SLIP_KINDS
};
const char *slip_name(enum slip slip); /* "receipt", … */
bool slip_parse(struct str name, enum slip *out);
/* What it is called within a sentence: "phiếu xin lỗi". */
enum text_id slip_word(enum slip slip);

/* What the office calls a paper for a receipt of that day. A set without such a paper has an empty title. */
struct slip_form {
    struct str number; /* of the form: "04" */
    struct str title;
    struct str symbol; /* behind the paper's own number: "PXL" */
};
struct slip_form slip_form(const struct office *office, enum slip slip, civil_day received);
/* The same with the title as a paper in that language has it: the office's own, else the table's. */
struct slip_form slip_form_in(const struct office *office, enum slip slip, civil_day received,
                              enum lang lang);

/* What it is written from. */
struct slip_source {
    const struct office *office;
    const struct dossier *dossier;
    const struct procedure *procedure; /* as it was at the receipt; NULL: not known */
    const struct event *event;         /* the dossier's history, undone_by filled in */
    size_t events;
    civil_minute now;
    enum lang lang;
};

/* Writes the paper. Refuses `no_such_slip` where the dossier has nothing of the kind (no letter was written,
 * nothing was asked for, it was not refused or stopped) or its set has no such form, or it is void; a letter
 * or request that was taken back is none. The register is no slip of a dossier: core/register.h. Fails with
 * `out_of_memory`. `out` need not be initialised and is to be released whatever the answer; it borrows from
 * what it is written from. */
struct outcome slip_write(enum slip slip, const struct slip_source *from, struct document *out);

/* Slip 02 or 03 of what was turned away at the counter: of its entry. The same holds for `out`. */
struct outcome slip_turned_away(const struct office *office, const struct event *e, enum lang lang,
                                struct document *out);

/* The number the paper itself bears, none where it has none (an old record's, an import's). Of the register
 * and of what a dossier has not: none. */
struct yearly_number slip_number(enum slip slip, const struct dossier *d);

#endif
