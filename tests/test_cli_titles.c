/* What another system called a procedure that is not in the catalogue stands in every list for people and
 * for spreadsheets. */
#include "tests/pty.h"
#include "tests/store_desk.h"

#include <pwd.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define TITLE "Thủ tục cấp giấy phép đã bãi bỏ"
#define FIRST_WORDS "Cấp giấy phép đã"
#define CODE "000.00.53.H48-240611-0001"

static void import_one(struct store_desk *d)
{
    struct command c = {.kind = COMMAND_IMPORT, .at = desk_time("2026-11-10T08:00")};
    c.import.code = STR(CODE);
    c.import.procedure = STR(TITLE);
    c.import.applicant.name = STR("Trần Văn Bình");
    c.import.state = STATE_PROCESSING;
    c.import.submitted = c.import.statutory_due = c.import.waiting_since = NO_TIME;
    c.import.due = desk_time("2026-11-12T17:00");
    c.import.resolved = c.import.returned = NO_TIME;
    struct outcome o = store_desk_ask(d, c, NULL);
    assert_string_equal(outcome_kind_name(o.kind), "done");
}

static void the_title_stands_in_lists(void **state)
{
    (void)state;
    static const char *const lines[][3] = {{"list"},    {"list", "--csv"}, {"search", "binh"},
                                           {"morning"}, {"show", CODE},    {"list", "--as-of", "2026-11-16"}};
    struct store_desk d;
    store_desk_init(&d);
    const struct passwd *me = getpwuid(getuid());
    assert_non_null(me);
    store_desk_ask(&d, desk_put_officer(me->pw_name, ROLE_ADMIN), NULL);
    import_one(&d);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct pty_options o = {.store = d.dir, .clock = "2026-11-16 09:00:00"};
        struct buf said = BUF_INIT;
        memcpy(o.args, lines[i], sizeof lines[i]);
        assert_int_equal(pty_command(&o, &said), 0);
        buf_add_char(&said, '\0');
        bool digest = strcmp(lines[i][0], "morning") == 0; /* has room for the first words of it */
        if (!strstr(said.p, digest ? FIRST_WORDS : TITLE))
            fail_msg("%s: no title in\n%s", lines[i][0], said.p);
        buf_release(&said);
    }
    store_desk_release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_title_stands_in_lists)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
