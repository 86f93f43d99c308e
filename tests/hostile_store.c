#include "tests/hostile_store.h"

#include "store/journal.h"
#include "store/restore.h"
#include "tests/store_desk.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utf8proc.h>

#include <cmocka.h>

#define CLOCK "2026-11-16 09:00:00"

const char hostile_harm[HARMS][HARM_BYTES + 1] = {
    "\x1b[31mX\x1b]0;x\x07", /* colours, and a new title of the window */
    "\xc2\x9b"
    "31m\x9b\xc0\xaf\xff\xfe\x80\xed",                  /* C1 controls, overlong, broken */
    "\xe2\x80\xae\xe2\x80\x8b\xe2\x81\xa6\xef\xbb\xbf", /* turned around, of no width */
    "\x00\r\n\t\x7f\x08\x00\x0c\x0b\x1b"
    "c\x00",                                      /* NUL, line breaks, a reset of the terminal */
    "=cmd|'/c x'!",                               /* a formula */
    "\xe2\x80\xa8\xc2\x85\xc2\xad\xed\xa0\x80[m", /* other line breaks, a surrogate */
    "+\"\\u001b,;'\n",                            /* a formula, and what quotes take apart */
};

/* ---- made with stand-ins ---- */

/* Plain letters as long as a harm, unlike anything else, allowed in every field and code. */
static const char *stand_in(int harm)
{
    static char text[HARM_BYTES + 1];
    snprintf(text, sizeof text, "QZKXJWVYQZ0%d", harm);
    return text;
}

static void run(const struct screen_store *s, const char *const *words)
{
    struct buf out = BUF_INIT;
    struct pty_options o = {.store = s->path, .clock = CLOCK};
    for (size_t n = 0; words[n]; n++)
        o.args[n] = words[n];
    int status = pty_command(&o, &out);
    if (status)
        fail_msg("motcua %s %s: status %d\n%s", words[0], words[1], status, out.p ? out.p : "");
    buf_release(&out);
}
#define RUN(...) run(s, (const char *const[]){__VA_ARGS__, NULL})

static void found(const struct screen_store *s)
{
    char office[40], parent[40], place[40];
    snprintf(office, sizeof office, "--office=%s", stand_in(0));
    snprintf(parent, sizeof parent, "--parent=%s", stand_in(1));
    snprintf(place, sizeof place, "--place=%s", stand_in(2));
    RUN("init", office, parent, place, "--agency=H42.26.21");
    RUN("config", "law.province", stand_in(0));
}

/* Everything a command line can say about the office and a dossier, in the words of one stand-in. */
static void say_everything(const struct screen_store *s, int harm)
{
    char x[HARM_BYTES + 1], code[32], other[48], day[32], worked[32], address[40], note[64];
    char applicant[40], phone[40], id[40], email[40], submitter[40], text[40];
    strcpy(x, stand_in(harm));
    snprintf(code, sizeof code, "H-000%d", harm);
    snprintf(other, sizeof other, "C-000%d%s", harm, x);
    snprintf(day, sizeof day, "2026-12-%02d", 7 + harm);
    snprintf(worked, sizeof worked, "2027-01-%02d", harm + 4);
    snprintf(applicant, sizeof applicant, "--applicant=%s", x);
    snprintf(phone, sizeof phone, "--phone=%s", x);
    snprintf(id, sizeof id, "--id-number=%s", x);
    snprintf(email, sizeof email, "--email=%s", x);
    snprintf(submitter, sizeof submitter, "--submitter=%s", x);
    snprintf(address, sizeof address, "--address=%s", x);
    snprintf(note, sizeof note, "--note=%s\n%s", x, x);
    snprintf(text, sizeof text, "--reason=%s", x);

    RUN("procedure", "put", x, "--name", x, "--field", x, "--limit", "3 working_days");
    RUN("officer", "put", x, "--name", x, "--role", "admin", "--unit", x, "--title", x);
    RUN("calendar", "closed", day, x, "--document", x);
    RUN("calendar", "holiday", worked, x, "--document", x);
    RUN("receive", "--procedure", x, applicant, phone, id, email, submitter, address, note, "--code", code);
    RUN("correct", code, text, "note=x", "phone=1");
    snprintf(phone, sizeof phone, "phone=%s", x);
    RUN("correct", code, text, phone);
    RUN("supplement", code, text, "--need", x, "--need", x);
    RUN("restart", code, "--note", x);
    RUN("transfer", code, "--to", x, "--step", x, "--note", x);
    RUN("transfer", code, "--unit", x, "--note", x);
    RUN("apologize", code, text, "--until", "2026-11-30", "--signer", x);
    RUN("await-payment", code, "--note", x);
    RUN("paid", code, "--within", "3 working_days");
    RUN("resolve", code, "--result", x);
    RUN("undo", code, text);
    RUN("resolve", code, "--result", x);
    RUN("return", code, "--to", x);
    RUN("rate", code, "5", "--note", x);

    RUN("receive", "--procedure", x, applicant, "--code", other, "--officer", x, "--component", x,
        "--authority", x);
    RUN("receive", "--procedure", "1.004873", applicant, "--at", "2026-10-01T08:00", "--officer",
        x); /* overdue */
    RUN("receive", "--procedure", "2.000815", applicant, "--unit", x);
}

/* ---- the harm put in their place ---- */

struct putting {
    struct buf bodies; /* of all entries, end to end */
    size_t *end;
    size_t count, cap, at;
    unsigned char hash[STORE_HASH];
};

static void put_harm(char *body, size_t n)
{
    for (int harm = 0; harm < HARMS; harm++) {
        const char *x = stand_in(harm);
        for (char *p = body; (p = memmem(p, n - (size_t)(p - body), x, HARM_BYTES)) != NULL; p += HARM_BYTES)
            memcpy(p, hostile_harm[harm], HARM_BYTES);
    }
}

static bool keep_entry(void *arg, const struct journal_entry *e)
{
    struct putting *p = arg;
    assert_non_null(e->event);
    if (p->count == p->cap) {
        p->cap = p->cap ? 2 * p->cap : 256;
        p->end = realloc(p->end, p->cap * sizeof *p->end);
        assert_non_null(p->end);
    }
    buf_add_str(&p->bodies, e->body);
    p->end[p->count++] = p->bodies.n;
    return true;
}

static struct outcome next(void *arg, struct journal_entry *out, bool *more)
{
    struct putting *p = arg;
    *more = p->at < p->count;
    if (!*more)
        return OUTCOME_DONE;
    size_t from = p->at ? p->end[p->at - 1] : 0;
    struct str body = {p->bodies.p + from, p->end[p->at] - from};
    p->at++;
    journal_hash(p->hash, p->hash, p->at, body);
    *out = (struct journal_entry){.seq = p->at, .hash = p->hash, .body = body};
    return OUTCOME_DONE;
}

static void read_entries(const char *dir, struct putting *p)
{
    struct store *store;
    struct view *v;
    struct outcome o = store_open(dir, &store);
    assert_true(outcome_ok(&o));
    o = view_begin(store, &v);
    assert_true(outcome_ok(&o));
    view_journal(v, keep_entry, p);
    o = view_fault(v);
    assert_true(outcome_ok(&o));
    view_end(v);
    store_close(store);
}

void hostile_store_make(struct screen_store *s)
{
    struct screen_store plain;
    struct putting p = {.count = 0};
    strcpy(plain.path, "/tmp/motcua-hostile-XXXXXX");
    assert_non_null(mkdtemp(plain.path));
    strcat(plain.path, "/s");
    found(&plain);
    for (int harm = 0; harm < HARMS; harm++)
        say_everything(&plain, harm);
    read_entries(plain.path, &p);
    put_harm(p.bodies.p, p.bodies.n);

    strcpy(s->path, plain.path);
    strcat(s->path, "h");
    const struct journal_source source = {.next = next, .arg = &p, .name = "hostile"};
    struct outcome o = store_restore(s->path, NULL, &source, NULL);
    if (!outcome_ok(&o)) {
        struct buf said = BUF_INIT;
        outcome_message(&said, LANG_EN, &o);
        fail_msg("%s", said.p);
    }
    buf_release(&p.bodies);
    free(p.end);
}

/* ---- what came out ---- */

static bool is_tame(int32_t c)
{
    if (c == '\n')
        return true;
    switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP: return false;
    default: return true;
    }
}

void hostile_must_be_tame(struct str bytes, const char *who)
{
    for (size_t at = 0; at < bytes.n;) {
        utf8proc_int32_t c;
        if (bytes.n - at >= 2 && memcmp(bytes.p + at, "\r\n", 2) == 0) {
            at += 2;
            continue;
        }
        /* utf8proc's own reading of UTF-8, not motcua's */
        utf8proc_ssize_t n =
            utf8proc_iterate((const utf8proc_uint8_t *)bytes.p + at, (utf8proc_ssize_t)(bytes.n - at), &c);
        bool mark = n == 3 && at == 0 && c == 0xFEFF; /* of a spreadsheet */
        if (n <= 0 || (!is_tame(c) && !mark)) {
            size_t from = at > 60 ? at - 60 : 0;
            fail_msg("%s: byte 0x%02x at %zu acts on a terminal, after \"%.*s\"", who,
                     (unsigned char)bytes.p[at], at, (int)(at - from), bytes.p + from);
        }
        at += (size_t)n;
    }
}
