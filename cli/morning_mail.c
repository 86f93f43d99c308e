/* The chief's page as a mail. */
#include "cli/mail.h"
#include "cli/morning_page.h"
#include "core/text.h"

enum { OFFICE = 60 };

/* "23/11": what a list of mails on a phone has room for. */
static void add_day(struct buf *out, enum lang lang, civil_day day)
{
    enum { YEAR = 5 };
    struct buf date = BUF_INIT;
    lang_date(&date, lang, day);
    buf_add_str(out,
                lang == LANG_VI && date.n > YEAR ? str_first(buf_str(&date), date.n - YEAR) : buf_str(&date));
    buf_release(&date);
}

static void add_word(struct buf *out, const char *word)
{
    buf_add_z(out, word);
    buf_add_char(out, ' ');
}

/* What cannot wait first: the two numbers, and before them that the journal is not to be trusted. */
static void add_subject(const struct morning_page *p, struct buf *out)
{
    const struct cli *c = p->c;
    const struct morning *m = &p->morning;
    size_t overdue = m->section[MORNING_OVERDUE].count, letters = m->section[MORNING_LETTERS_TODAY].count;
    struct buf office = BUF_INIT, day = BUF_INIT, late = BUF_INIT, sent = BUF_INIT;
    text_cell(&office, office_identity(c->office)->name, OFFICE, false);
    add_day(&day, c->lang, p->r->judge.today);
    buf_add_int(&late, (int64_t)overdue);
    buf_add_int(&sent, (int64_t)letters);
    if (morning_page_is_broken(p))
        add_word(out, cli_text(c, T_cli_mail_broken));
    if (c->demo)
        add_word(out, cli_text(c, T_cli_mail_demo));
    LANG_SAY(out, c->lang, letters == 1 ? T_cli_mail_subject_one : T_cli_mail_subject, buf_str(&office),
             buf_str(&day), buf_str(&late), buf_str(&sent));
    struct buf *const all[] = {&office, &day, &late, &sent};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        out->failed = out->failed || all[i]->failed;
        buf_release(all[i]);
    }
}

void morning_mail(struct morning_page *p, const struct str *to, size_t n)
{
    struct cli *c = p->c;
    struct buf page = BUF_INIT, subject = BUF_INIT, before = c->out;
    c->out = BUF_INIT;
    morning_text(p);
    page = c->out;
    c->out = before;
    add_subject(p, &subject);
    const struct mail mail = {
        .to = to, .to_count = n, .subject = buf_str(&subject), .date = c->now, .offset = c->offset};
    mail_write(&c->out, &mail, buf_str(&page));
    c->out.failed = c->out.failed || page.failed || subject.failed;
    buf_release(&page);
    buf_release(&subject);
}
