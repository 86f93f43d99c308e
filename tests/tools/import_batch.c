/* import_batch: brings in dossiers of another system, all in one transaction.
 *
 *     import_batch STORE HOW-MANY
 *
 * Does what the program does with an import's batch, as whoever runs it, by the clock. Prints what became of
 * it: "done", or the kind of the outcome; leaves with the status of its class. */
#include "store/store.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 10000, CODE = 32 };

static const char *login(void)
{
    const struct passwd *me = getpwuid(getuid());
    return me ? me->pw_name : "root";
}

static struct request one(size_t i, char code[CODE], struct moment moment, civil_minute at)
{
    struct request r = {.moment = moment, .command = {.kind = COMMAND_IMPORT, .at = at}};
    snprintf(code, CODE, "000.00.99.H42-250310-%04zu", i + 1);
    r.command.import.code = str_of(code);
    r.command.import.procedure = STR("1.004873");
    r.command.import.applicant.name = STR("Nguyễn Thị Hương");
    r.command.import.officer = STR("Trần Văn Nam");
    r.command.import.state = STATE_RETURNED;
    r.command.import.due = at + 3 * 24 * 60;
    r.command.import.resolved = at + 24 * 60;
    r.command.import.returned = at + 24 * 60;
    return r;
}

static struct outcome import(struct store *s, size_t n)
{
    struct request *request = calloc(n, sizeof *request);
    char(*code)[CODE] = calloc(n, sizeof *code);
    struct outcome o = outcome_of(KIND_out_of_memory);
    struct moment moment = {.now = (int64_t)time(NULL), .login = str_of(login())};
    civil_minute at = civil_at(civil_from_ymd(2025, 3, 10), 8 * 60);
    if (request && code) {
        for (size_t i = 0; i < n; i++)
            request[i] = one(i, code[i], moment, at);
        o = store_submit(s, request, n, NULL);
    }
    free(request);
    free(code);
    return o;
}

int main(int argc, char **argv)
{
    long n = argc == 3 ? atol(argv[2]) : 0;
    if (n < 1 || n > MOST) {
        fprintf(stderr, "usage: import_batch STORE HOW-MANY (at most %d)\n", MOST);
        return 2;
    }
    struct store *s;
    struct outcome o = store_open(argv[1], &s);
    if (outcome_ok(&o)) {
        o = import(s, (size_t)n);
        store_close(s);
    }
    puts(outcome_kind_name(o.kind));
    return (int)outcome_class(o.kind);
}
