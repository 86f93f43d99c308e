/* The process control slip: who gave the dossier to whom, and how the stage before went. */
#include "core/slip_parts.h"
#include "core/stages.h"
#include "core/status.h"
#include "core/words.h"

enum { WHO, WHEN, RESULT, GIVES, TAKES, NOTE, COLUMNS };

/* ---- words ---- */

/* "Nguyễn Văn A (Tư pháp - Hộ tịch)", or the outside unit. */
static struct str party(struct slip_page *p, struct str login, struct str unit)
{
    if (!login.n)
        return unit;
    const struct officer *who = office_find_officer(p->office, login);
    struct str name = slip_officer(p, login);
    return who && who->unit.n ? PAPER_SAY(p->d, T_forms_officer_of, name, who->unit) : name;
}

static void add_line(struct buf *text, struct str line)
{
    if (line.n && text->n)
        buf_add_char(text, '\n');
    buf_add_str(text, line);
}

static void add_part(struct slip_page *p, struct buf *text, enum text_id unit, uint32_t n)
{
    if (!n)
        return;
    buf_add_z(text, text->n ? " " : "");
    buf_add_str(text, PAPER_SAY(p->d, unit, paper_number(p->d, n)));
}

/* Of work: eight hours are a day. */
static struct str duration(struct slip_page *p, uint32_t minutes)
{
    enum { HOUR = 60, DAY = 8 * HOUR };
    struct buf text = BUF_INIT;
    add_part(p, &text, T_forms_control_days, minutes / DAY);
    add_part(p, &text, T_forms_control_hours, minutes % DAY / HOUR);
    add_part(p, &text, T_forms_control_minutes, minutes % HOUR);
    return paper_keep(p->d, &text);
}

static struct str result_of(struct slip_page *p, const struct stage *s)
{
    struct str word = paper_text(p->d, stage_result_text(s->result));
    return s->late_minutes ? PAPER_SAY(p->d, T_forms_control_late_by, word, duration(p, s->late_minutes))
                           : word;
}

static struct str note_of(struct slip_page *p, const struct stage *s)
{
    struct buf text = BUF_INIT;
    if (s->step.n)
        add_line(&text, PAPER_SAY(p->d, T_forms_control_step, s->step));
    if (s->limit.kind != LIMIT_NONE && s->due != NO_TIME) {
        struct buf due = BUF_INIT;
        lang_time(&due, p->d->lang, s->due);
        struct str by = paper_keep(p->d, &due);
        add_line(&text, PAPER_SAY(p->d, T_forms_control_within, paper_limit(p->d, &s->limit), by));
    }
    add_line(&text, s->note);
    return paper_keep(p->d, &text);
}

/* ---- rows ---- */

static void add_row(struct slip_page *p, struct str who, civil_minute at, const struct stage *before,
                    struct str note)
{
    const struct str cell[COLUMNS] = {
        [WHO] = who,
        [WHEN] = paper_moment(p->d, at),
        [RESULT] = before ? result_of(p, before) : STR_NONE,
        [NOTE] = note,
    };
    document_row(p->d, cell, LOOK_PLAIN);
}

static struct str giver_and_taker(struct slip_page *p, struct str gives, struct str takes)
{
    struct buf text = BUF_INIT;
    if (gives.n)
        add_line(&text, PAPER_SAY(p->d, T_forms_control_gives, gives));
    add_line(&text, PAPER_SAY(p->d, T_forms_control_takes, takes));
    return paper_keep(p->d, &text);
}

static void add_stage(struct slip_page *p, const struct stages *s, size_t i, const struct dossier *d)
{
    const struct stage *now = &s->stage[i], *before = i ? now - 1 : NULL;
    if (before && before->waiting)
        before = NULL; /* nobody's stage */
    if (now->waiting) {
        add_row(p, paper_text(p->d, T_forms_control_waits), now->from, before, now->note);
        return;
    }
    struct str gives = party(p, now->giver, STR_NONE);
    if (i == 0) /* the applicant gives it to the desk */
        gives = d->receipt.submitter.n ? d->receipt.submitter : d->receipt.applicant.name;
    struct str takes = party(p, now->holder, now->unit);
    add_row(p, giver_and_taker(p, gives, takes), now->from, before, note_of(p, now));
}

static void add_end(struct slip_page *p, const struct stages *s, const struct dossier *d)
{
    const struct stage *last = s->count ? &s->stage[s->count - 1] : NULL;
    enum ended_how how = ended_how_of(d->facts.state);
    if (!last || how == ENDED_NOT || d->facts.resolved == NO_TIME)
        return;
    struct str ended = PAPER_SAY(p->d, T_forms_control_ends, str_of(words_ended_how(p->d->lang, how)));
    struct str from = party(p, last->holder, last->unit);
    struct buf who = BUF_INIT;
    if (!last->waiting)
        add_line(&who, PAPER_SAY(p->d, T_forms_control_gives, from));
    add_line(&who, PAPER_SAY(p->d, T_forms_control_takes, slip_desk(p).n ? slip_desk(p) : slip_office(p)));
    add_row(p, paper_keep(p->d, &who), d->facts.resolved, last->waiting ? NULL : last, ended);
}

static void add_table(struct slip_page *p, const struct stages *s, const struct dossier *d)
{
    static const struct {
        enum text_id title;
        int share;
        bool centre;
    } columns[COLUMNS] = {
        [WHO] = {T_forms_control_who, 28, false},
        [WHEN] = {T_forms_control_when, 16, true},
        [RESULT] = {T_forms_control_result, 15, true},
        [GIVES] = {T_forms_control_giver_signs, 9, true},
        [TAKES] = {T_forms_control_receiver_signs, 9, true},
        [NOTE] = {T_forms_control_note, 23, false},
    };
    struct document_column *column = arena_alloc(&p->d->text, COLUMNS * sizeof *column);
    if (!column) {
        p->d->failed = true;
        return;
    }
    for (size_t i = 0; i < COLUMNS; i++) {
        column[i].title = paper_text(p->d, columns[i].title);
        column[i].share = columns[i].share;
        column[i].centre = columns[i].centre;
    }
    document_table(p->d, column, COLUMNS);
    for (size_t i = 0; i < s->count; i++)
        add_stage(p, s, i, d);
    add_end(p, s, d);
}

/* ---- around them ---- */

/* Whoever else had it in hand, but for the resolving unit: each once. */
static struct str partners(struct slip_page *p, const struct stages *s, struct str unit)
{
    struct buf text = BUF_INIT;
    for (size_t i = 0; i < s->count; i++) {
        struct str other = s->stage[i].unit;
        bool seen = !other.n || str_eq(other, unit);
        for (size_t j = 0; j < i && !seen; j++)
            seen = str_eq(s->stage[j].unit, other);
        if (seen)
            continue;
        buf_add_z(&text, text.n ? "; " : "");
        buf_add_str(&text, other);
    }
    return paper_keep(p->d, &text);
}

/* Past the appointment in force: open at the moment, else when it was solved. */
static bool is_late(const struct slip_source *from)
{
    const struct dossier *d = from->dossier;
    civil_minute end = state_is_open(d->facts.state) ? from->now : d->facts.resolved;
    return d->appointment.due != NO_TIME && end != NO_TIME && is_past(&d->facts, d->appointment.due, end);
}

/* Its category, the reason, the chief's word: "Nguyên nhân khác: Mất điện (Lý do chính đáng)". */
static struct str late_reason(struct slip_page *p, const struct late_reason *l)
{
    struct str said = l->reason, kind = str_of(words_late_category(p->d->lang, l->category));
    struct str word = l->excuse ? str_of(words_excuse(p->d->lang, l->excuse)) : STR_NONE;
    if (kind.n)
        said = PAPER_SAY(p->d, T_forms_control_late_kind, kind, said);
    return word.n ? PAPER_SAY(p->d, T_forms_control_late_said, said, word) : said;
}

/* Whose delay it is: whoever had it in hand at the end of the due day, not who gets it back; nobody's while
 * the applicant was awaited. */
static void add_blame(struct slip_page *p, const struct slip_source *from, const struct stages *s)
{
    const struct dossier *d = from->dossier;
    civil_day day = d->appointment.due != NO_TIME ? civil_day_of(d->appointment.due) : NO_DAY;
    const struct stage *at = is_late(from) ? stages_at(s, day) : NULL;
    if (at) {
        struct buf on = BUF_INIT;
        lang_date(&on, p->d->lang, day);
        struct str when = paper_keep(p->d, &on), whose = party(p, at->holder, at->unit);
        slip_paragraph(p, PAPER_SAY(p->d, T_forms_control_whose, when, whose), LOOK_PLAIN);
    }
    const struct late_reason *l = &d->late_reason;
    if (l->reason.n)
        slip_paragraph(p, PAPER_SAY(p->d, T_forms_control_late, late_reason(p, l)), LOOK_PLAIN);
}

static void add_in_hand(struct slip_page *p, const struct stages *s)
{
    const struct stage *last = s->count ? &s->stage[s->count - 1] : NULL;
    if (!last || last->waiting || last->to != NO_TIME)
        return;
    struct str who = party(p, last->holder, last->unit), since = paper_moment(p->d, last->from);
    struct str how = result_of(p, last);
    slip_field(p, T_forms_control_hand,
               how.n ? PAPER_SAY(p->d, T_forms_control_hand_is, who, since, how)
                     : PAPER_SAY(p->d, T_forms_control_hand_since, who, since));
}

void slip_control(struct slip_page *p, const struct slip_source *from)
{
    const struct dossier *d = from->dossier;
    struct stages s = {0};
    stages_of(&s, from->office, from->event, from->events, from->now);
    slip_open(p, d->in_register, civil_day_of(d->facts.received), true, STR_NONE);
    slip_field(p, T_forms_owner, d->receipt.applicant.name);
    slip_asked(p, T_forms_procedure, slip_title_of(from), &d->receipt.procedure);
    struct str unit = dossier_resolving_unit(d);
    slip_field(p, T_forms_control_unit, unit.n ? unit : slip_office(p));
    slip_field(p, T_forms_control_partners, partners(p, &s, unit));
    slip_field(p, T_forms_received_at, paper_moment(p->d, d->facts.received));
    slip_field_open(p, T_forms_due_at, paper_moment(p->d, d->appointment.due));
    if (d->promised != d->appointment.due)
        slip_field(p, T_forms_control_now_due, paper_moment(p->d, d->promised));
    add_table(p, &s, d);
    add_in_hand(p, &s);
    add_blame(p, from, &s);
    p->d->failed = p->d->failed || s.failed;
    stages_release(&s);
}
