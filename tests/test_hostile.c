/* A store that another program wrote, sound and full of hostile text, asked by every command: nothing of it
 * reaches a terminal as anything but text, and no cell of a spreadsheet is a formula. */
#include "tests/hostile_store.h"

#include "tests/store_desk.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define CLOCK "2026-11-16 10:00:00"

static struct screen_store store;

static int make_store(void **state)
{
    (void)state;
    hostile_store_make(&store);
    return 0;
}

static int drop_store(void **state)
{
    (void)state;
    screen_store_drop(&store);
    return 0;
}

/* ---- running a command, both of its outputs read ---- */

struct said {
    struct buf out, err;
    int status;
};

static void read_back(const char *path, struct buf *out)
{
    FILE *f = fopen(path, "r");
    char piece[4096];
    size_t n;
    assert_non_null(f);
    while ((n = fread(piece, 1, sizeof piece, f)) > 0)
        buf_add(out, piece, n);
    fclose(f);
}

/* pty_command() gives standard output; standard error goes to a file by way of the shell. */
static void ask(struct said *said, const char *const *words)
{
    char above[80], out[120], err[120], command[4096];
    const char *program = getenv("MOTCUA");
    snprintf(above, sizeof above, "%s", store.path);
    *strrchr(above, '/') = '\0';
    snprintf(out, sizeof out, "%s/out", above);
    snprintf(err, sizeof err, "%s/err", above);
    size_t n = (size_t)snprintf(command, sizeof command, "HOME=%s LC_ALL=C.UTF-8 '%s' -s '%s'", above,
                                program ? program : "build/motcua", store.path);
    for (size_t i = 0; words[i]; i++)
        n += (size_t)snprintf(command + n, sizeof command - n, " '%s'", words[i]);
    snprintf(command + n, sizeof command - n, " < /dev/null > %s 2> %s", out, err);
    int status = system(command);
    assert_true(WIFEXITED(status));
    *said = (struct said){.out = BUF_INIT, .err = BUF_INIT, .status = WEXITSTATUS(status)};
    read_back(out, &said->out);
    read_back(err, &said->err);
}

static void forget(struct said *said)
{
    buf_release(&said->out);
    buf_release(&said->err);
}

/* Asks in both languages, as text and as JSON: all of it tame, and JSON whole. */
static void must_be_tame(const char *const *words, int status, bool has_json)
{
    const char *all[16];
    size_t n = 0;
    while (words[n]) {
        all[n] = words[n];
        n++;
    }
    for (int way = 0; way < (has_json ? 4 : 2); way++) {
        char who[200];
        struct said said;
        all[n] = way & 1 ? "--lang=en" : "--lang=vi";
        all[n + 1] = way & 2 ? "--json" : NULL;
        all[n + 2] = NULL;
        snprintf(who, sizeof who, "%s %s %s %s", words[0], words[1] ? words[1] : "", all[n],
                 way & 2 ? "--json" : "");
        ask(&said, all);
        if (said.status != status)
            fail_msg("%s: status %d, not %d\n%s", who, said.status, status, said.err.p ? said.err.p : "");
        assert_true(status || said.out.n > 0);
        hostile_must_be_tame(buf_str(&said.out), who);
        hostile_must_be_tame(buf_str(&said.err), who);
        forget(&said);
    }
}
#define TAME(status, json, ...) must_be_tame((const char *const[]){__VA_ARGS__, NULL}, (status), (json))

/* ---- the store is what the tests take it for ---- */

static bool count_entry(void *arg, const struct journal_entry *e)
{
    size_t *found = arg;
    for (int harm = 0; harm < HARMS; harm++)
        for (const char *p = e->body.p;
             (p = memmem(p, (size_t)(e->body.p + e->body.n - p), hostile_harm[harm], HARM_BYTES)) != NULL;
             p++)
            found[harm]++;
    return true;
}

static void test_the_harm_is_in_the_store(void **state)
{
    size_t found[HARMS] = {0};
    struct store *s;
    struct view *v;
    (void)state;
    struct outcome o = store_open(store.path, &s);
    assert_true(outcome_ok(&o));
    store_desk_assert_whole(s);
    o = view_begin(s, &v);
    assert_true(outcome_ok(&o));
    view_journal(v, count_entry, found);
    view_end(v);
    store_close(s);
    for (int harm = 0; harm < HARMS; harm++)
        assert_true(found[harm] > 40); /* every text of everything there is */
}

/* ---- every way out ---- */

static void test_lists(void **state)
{
    (void)state;
    TAME(0, true, "list");
    TAME(0, true, "list", "--status=all", "--unmask");
    TAME(0, true, "list", "--status=all", "--sort=received", "--color=never");
    TAME(0, true, "search", "C-000");
    TAME(0, true, "search", "H-000", "--unmask");
    TAME(0, true, "morning");
    TAME(0, true, "morning", "--unmask", "--as-of=2026-11-16T09:30");
}

static void test_dossiers(void **state)
{
    (void)state;
    for (int harm = 0; harm < HARMS; harm++) {
        char code[32];
        snprintf(code, sizeof code, "H-000%d", harm);
        TAME(0, true, "show", code);
        TAME(0, true, "show", code, "--unmask");
        TAME(0, true, "explain", code);
    }
}

static void test_the_office(void **state)
{
    (void)state;
    TAME(0, true, "stat");
    TAME(0, true, "config");
    TAME(0, true, "officer", "list");
    TAME(0, true, "procedure", "list");
    for (int harm = 0; harm < HARMS; harm++) {
        char code[HARM_BYTES + 1];
        memcpy(code, hostile_harm[harm], sizeof code);
        if (harm != HARM_NUL && !strchr(code, '\'')) /* what a command line of the shell can carry */
            TAME(0, true, "procedure", "show", code);
    }
    TAME(0, true, "calendar", "show", "2026");
    TAME(0, true, "calendar", "show", "2027");
    TAME(0, true, "verify");
}

static void test_files(void **state)
{
    (void)state;
    TAME(0, false, "export", "ics");
    TAME(0, false, "export", "ics", "--with-names", "--as=todo", "--status=all");
    TAME(0, false, "calendar", "export");
    TAME(0, false, "export", "jsonl");
    TAME(0, false, "export", "journal");
}

/* A refusal may name people, days, codes. */
static void test_refusals(void **state)
{
    (void)state;
    TAME(1, true, "resolve", "H-0000");
    TAME(1, true, "apologize", "H-0001", "--reason=x", "--until=2026-12-30");
    TAME(1, true, "supplement", "H-0002", "--reason=x", "--need=y");
    TAME(1, true, "show", "C-000"); /* many fit */
    TAME(1, true, "show", "X-0009");
    TAME(1, true, "receive", "--procedure=1.004873", "--applicant=A", "--code=H-0003");
    for (int harm = 0; harm < HARMS; harm++) {
        char day[32];
        snprintf(day, sizeof day, "2027-01-%02d", 4 + harm);
        TAME(1, true, "calendar", "closed", day, "x"); /* it is a day off already, of a hostile name */
    }
}

/* ---- spreadsheets and JSON, read by a program that is not ours ---- */

static void read_with_python(const char *script, const char *const *words)
{
    struct said said;
    char path[120], code[160], command[400];
    ask(&said, words);
    assert_int_equal(said.status, 0);
    snprintf(path, sizeof path, "%s", store.path);
    strcpy(strrchr(path, '/'), "/out");
    snprintf(code, sizeof code, "%s", store.path);
    strcpy(strrchr(code, '/'), "/read.py");
    FILE *f = fopen(code, "w");
    assert_non_null(f);
    fputs(script, f);
    fclose(f);
    snprintf(command, sizeof command, "python3 '%s' '%s'", code, path);
    if (system(command) != 0)
        fail_msg("%s %s: not as it should be:\n%.2000s", words[0], words[1], said.out.p);
    forget(&said);
}

static void test_cells(void **state)
{
    static const char *const ways[][5] = {{"list", "--csv", "--status=all", "--unmask"},
                                          {"list", "--csv", "--status=all"},
                                          {"list", "--csv", "--no-bom", "--lang=en"}};
    (void)state;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        read_with_python(
            "import csv, sys\n"
            "rows = list(csv.reader(open(sys.argv[1], encoding='utf-8-sig', newline='')))\n"
            "assert len(rows) > 7 and {len(r) for r in rows} == {13}, rows\n"
            "for r in rows:\n"
            "    for cell in r:\n"
            "        assert not cell.startswith(tuple('=+-@\\t\\r\\n\\uff1d\\uff0b\\uff0d\\uff20')), cell\n"
            "for r in rows[1:]:\n"
            "    assert r[12].isdigit(), r\n"
            "assert sum(cell.startswith(\"'=cmd|\") for r in rows for cell in r) >= 3\n",
            ways[i]);
        if (i < 2)
            must_be_tame(ways[i], 0, false);
    }
}

static void test_json(void **state)
{
    static const char *const ways[][5] = {{"list", "--json", "--status=all", "--unmask"},
                                          {"show", "H-0003", "--json", "--unmask"},
                                          {"officer", "list", "--json"},
                                          {"procedure", "list", "--json"},
                                          {"morning", "--json"},
                                          {"export", "jsonl"},
                                          {"export", "journal"}};
    (void)state;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        read_with_python(
            "import json, sys\n"
            "lines = open(sys.argv[1], encoding='utf-8', newline='\\n').read().split('\\n')\n"
            "assert lines.pop() == '' and lines\n"
            "text = ''\n"
            "for line in lines:\n"
            "    text += str(json.loads(line))\n"
            "assert any(harm in text for harm in ('\\ufffd', 'cmd|', chr(0), repr(chr(0))[1:-1]))\n",
            ways[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_harm_is_in_the_store),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_dossiers),
        cmocka_unit_test(test_the_office),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_json),
    };
    return cmocka_run_group_tests(tests, make_store, drop_store);
}
