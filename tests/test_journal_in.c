/* Reading an exported journal back: every way of writing the same lines reads the same, and what is wrong is
 * told by its line. Whether the hashes are right is not asked here: any 64 digits serve. */
#include "cli/base64.h"
#include "cli/journal_in.h"
#include "tests/random.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define SEED 20261121
#define HASH_A "00000000000000000000000000000000000000000000000000000000000000aa"
#define HASH_B "0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789abcdef"
#define HASH_C "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
#define HEAD3 "\"journal\":{\"seq\":3,\"hash\":\"" HASH_C "\"}"
#define FIRST "{\"seq\":1,\"hash\":\"" HASH_A "\"," HEAD3 ",\"at\":null,\"body\":\"Zg==\"}"
#define SECOND "{\"seq\":2,\"hash\":\"" HASH_B "\",\"by\":\"an\",\"body\":\"Zm8=\"}"
#define THIRD "{\"seq\":3,\"hash\":\"" HASH_C "\",\"more\":[{\"x\":null},true,-1.5e3],\"body\":\"Zm9v\"}"

static char folder[] = "/tmp/motcua-journal-XXXXXX";
static char path[64];

static int make_folder(void **state)
{
    (void)state;
    if (!mkdtemp(folder) || sodium_init() < 0)
        return -1;
    snprintf(path, sizeof path, "%s/j", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder);
}

static size_t times(size_t usual)
{
    return getenv("MOTCUA_QUICK") ? usual / 20 : usual;
}

/* A new file each time: one that is emptied first is written through to the disk when it is closed. */
static void write_bytes(const char *bytes, size_t n)
{
    unlink(path);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

/* ---- what is right ---- */

/* All entries, in order; how it ended. */
static struct outcome read_all(uint64_t *entries, struct buf *bodies)
{
    struct journal_in *j = NULL;
    *entries = 0;
    struct outcome o = journal_in_open(path, &j);
    if (!outcome_ok(&o)) {
        assert_null(j);
        return o;
    }
    struct journal_source source = journal_in_source(j);
    assert_string_equal(source.name, path);
    for (bool more = true; more && outcome_ok(&o);) {
        struct journal_entry e;
        o = source.next(source.arg, &e, &more);
        if (!outcome_ok(&o) || !more)
            break;
        assert_int_equal(e.seq, ++*entries);
        assert_non_null(e.hash);
        assert_true(e.body.n > 0);
        if (bodies)
            buf_add_str(bodies, e.body);
    }
    journal_in_close(j);
    return o;
}

static void expect_three(const char *text)
{
    uint64_t entries;
    struct buf bodies = BUF_INIT;
    write_bytes(text, strlen(text));
    struct outcome o = read_all(&entries, &bodies);
    if (!outcome_ok(&o))
        fail_msg("%s: %s", text, outcome_kind_name(o.kind));
    assert_int_equal(entries, 3);
    assert_int_equal(bodies.n, 6);
    assert_memory_equal(bodies.p, "ffofoo", 6);
    buf_release(&bodies);
}

static void lines_as_programs_write_them(void **state)
{
    (void)state;
    expect_three(FIRST "\n" SECOND "\n" THIRD "\n");
    expect_three(FIRST "\n" SECOND "\n" THIRD);
    expect_three(FIRST "\r\n" SECOND "\r\n" THIRD "\r\n");
    expect_three(FIRST "\r\n" SECOND "\r\n" THIRD "\r");
    expect_three("\xEF\xBB\xBF" FIRST "\n" SECOND "\n" THIRD "\n");
    expect_three("\n \r\n" FIRST "\n\n" SECOND "\n\t\n" THIRD "\n\r\n  ");
    expect_three("  " FIRST "  \n\t" SECOND "\n" THIRD "\t");
    expect_three("{ \"body\" : \"Zg==\" , " HEAD3 ", \"hash\":\"" HASH_A "\", \"seq\" : 1 }\n" SECOND
                 "\n" THIRD);
    expect_three(FIRST "\n{\"seq\":2,\"hash\":\"" HASH_B
                       "\",\"note\":\"a\\u0000b\",\"body\":\"Zm8=\"}\n" THIRD);
    expect_three(FIRST "\n{\"seq\":2,\"hash\":\"" HASH_B "\",\"journal\":7,\"body\":\"Zm8=\"}\n" THIRD);
}

static void the_hash_is_handed_on(void **state)
{
    (void)state;
    struct journal_in *j;
    struct journal_entry e;
    bool more;
    const char text[] = FIRST "\n" SECOND "\n" THIRD "\n";
    write_bytes(text, strlen(text));
    struct outcome o = journal_in_open(path, &j);
    assert_true(outcome_ok(&o));
    struct journal_source source = journal_in_source(j);
    o = source.next(source.arg, &e, &more);
    assert_true(outcome_ok(&o) && more);
    o = source.next(source.arg, &e, &more);
    assert_true(outcome_ok(&o) && more);
    const unsigned char eighth[8] = {0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef};
    for (size_t i = 0; i < STORE_HASH; i += 8)
        assert_memory_equal(e.hash + i, eighth, 8);
    assert_null(e.event);
    journal_in_close(j);
    journal_in_close(NULL);
}

/* A line whose end falls on every place about the border of what is read at once. */
static void lines_across_blocks(void **state)
{
    (void)state;
    const size_t block = 1 << 16;
    const char *const ends[] = {"\n", "\r\n"};
    for (size_t k = 0; k < 2; k++)
        for (size_t n = block - 4; n < block + 4; n++) {
            struct buf text = BUF_INIT;
            buf_add_z(&text, FIRST);
            while (text.n < n)
                buf_add_char(&text, ' ');
            buf_add_z(&text, ends[k]);
            buf_add_z(&text, SECOND);
            buf_add_z(&text, ends[k]);
            buf_add_z(&text, THIRD);
            expect_three(text.p);
            buf_release(&text);
        }
}

/* ---- what is wrong ---- */

static void expect_bad_bytes(const char *text, size_t n, int64_t line, enum text_id what)
{
    uint64_t entries;
    write_bytes(text, n);
    struct outcome o = read_all(&entries, NULL);
    if (o.kind != KIND_bad_line || o.arg[1].number != line || o.arg[2].number != what)
        fail_msg("%.300s: %s, line %d, text %d, not line %d, text %d", text, outcome_kind_name(o.kind),
                 (int)o.arg[1].number, (int)o.arg[2].number, (int)line, (int)what);
    assert_string_equal(o.arg[0].text, path);
    assert_int_equal(outcome_class(o.kind), INPUT);
}

static void expect_bad(const char *text, int64_t line, enum text_id what)
{
    expect_bad_bytes(text, strlen(text), line, what);
}

static void lines_out_of_place(void **state)
{
    (void)state;
    expect_bad(SECOND "\n" THIRD "\n", 1, T_cli_journal_no_head);
    expect_bad(FIRST "\n" THIRD "\n", 2, T_cli_journal_order);
    expect_bad(FIRST "\n" FIRST "\n" SECOND "\n" THIRD "\n", 2, T_cli_journal_order);
    expect_bad(FIRST "\n" SECOND "\n" SECOND "\n" THIRD "\n", 3, T_cli_journal_order);
    expect_bad(FIRST "\n" THIRD "\n" SECOND "\n", 2, T_cli_journal_order);
    expect_bad(FIRST "\n\n" SECOND "\n", 3, T_cli_journal_cut);
    expect_bad(FIRST, 1, T_cli_journal_cut);
    expect_bad(FIRST "\n" SECOND "\n" THIRD "\n" THIRD "\n", 4, T_cli_journal_past_head);
    expect_bad(FIRST "\n" SECOND "\n" THIRD "\n{\"seq\":4,\"hash\":\"" HASH_A "\",\"body\":\"Zg==\"}\n", 4,
               T_cli_journal_past_head);
    expect_bad(FIRST "\n" SECOND "\n{\"seq\":3,\"hash\":\"" HASH_A "\",\"body\":\"Zm9v\"}\n", 3,
               T_cli_journal_other_head);
}

static void what_is_missing_or_malformed(void **state)
{
    (void)state;
    static const struct {
        const char *line; /* in the place of the second */
        enum text_id what;
    } bad[] = {
        {"null", T_cli_journal_no_json},
        {"[]", T_cli_journal_no_json},
        {"x", T_cli_journal_no_json},
        {"{", T_cli_journal_no_json},
        {SECOND SECOND, T_cli_journal_no_json},
        {SECOND ",", T_cli_journal_no_json},
        {"\xEF\xBB\xBF" SECOND, T_cli_journal_no_json},
        {"{\"seq\":2,\"seq\":2,\"hash\":\"" HASH_B "\",\"body\":\"Zm8=\"}", T_cli_journal_no_json},
        {"{\"seq\":2,\"hash\":\"" HASH_B "\",\"by\":\"\xC3\",\"body\":\"Zm8=\"}", T_cli_journal_no_json},
        {"{\"seq\":2,\"hash\":\"" HASH_B "\",\"by\":\"a\tb\",\"body\":\"Zm8=\"}", T_cli_journal_no_json},
        {"{\"seq\":2,\"hash\":\"" HASH_B "\",\"by\":1e999999,\"body\":\"Zm8=\"}", T_cli_journal_no_json},
        {"{\"hash\":\"" HASH_B "\",\"body\":\"Zm8=\"}", T_cli_journal_no_seq},
        {"{\"seq\":null,\"hash\":\"" HASH_B "\",\"body\":\"Zm8=\"}", T_cli_journal_no_seq},
        {"{\"seq\":\"2\",\"hash\":\"" HASH_B "\",\"body\":\"Zm8=\"}", T_cli_journal_no_seq},
        {"{\"seq\":2.0,\"hash\":\"" HASH_B "\",\"body\":\"Zm8=\"}", T_cli_journal_no_seq},
        {"{\"seq\":0,\"hash\":\"" HASH_B "\",\"body\":\"Zm8=\"}", T_cli_journal_no_seq},
        {"{\"seq\":-2,\"hash\":\"" HASH_B "\",\"body\":\"Zm8=\"}", T_cli_journal_no_seq},
        {"{\"seq\":9223372036854775807,\"hash\":\"" HASH_B "\",\"body\":\"Zm8=\"}", T_cli_journal_order},
        {"{\"seq\":9223372036854775808,\"hash\":\"" HASH_B "\",\"body\":\"Zm8=\"}", T_cli_journal_no_json},
        {"{\"seq\":2,\"body\":\"Zm8=\"}", T_cli_journal_no_hash},
        {"{\"seq\":2,\"hash\":null,\"body\":\"Zm8=\"}", T_cli_journal_no_hash},
        {"{\"seq\":2,\"hash\":\"\",\"body\":\"Zm8=\"}", T_cli_journal_no_hash},
        {"{\"seq\":2,\"hash\":\"" HASH_B "0\",\"body\":\"Zm8=\"}", T_cli_journal_no_hash},
        {"{\"seq\":2,\"hash\":\"g123456789abcdef0123456789ABCDEF0123456789abcdef0123456789abcdef\",\"body\":"
         "\"Zm8=\"}",
         T_cli_journal_no_hash},
        {"{\"seq\":2,\"hash\":\"" HASH_B "\"}", T_cli_journal_no_body},
        {"{\"seq\":2,\"hash\":\"" HASH_B "\",\"body\":\"\"}", T_cli_journal_no_body},
        {"{\"seq\":2,\"hash\":\"" HASH_B "\",\"body\":[]}", T_cli_journal_no_body},
        {"{\"seq\":2,\"hash\":\"" HASH_B "\",\"body\":\"Zm8\"}", T_cli_journal_no_body},
        {"{\"seq\":2,\"hash\":\"" HASH_B "\",\"body\":\"Zm9=\"}", T_cli_journal_no_body},
        {"{\"seq\":2,\"hash\":\"" HASH_B "\",\"body\":\"Z\\u0000m8\"}", T_cli_journal_no_body},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct buf text = BUF_INIT;
        buf_add_z(&text, FIRST "\n");
        buf_add_z(&text, bad[i].line);
        buf_add_z(&text, "\n" THIRD "\n");
        expect_bad(text.p, 2, bad[i].what);
        buf_release(&text);
    }
    const char nul[] = FIRST "\n{\"seq\":2,\"by\":\"\0\"}\n";
    expect_bad_bytes(nul, sizeof nul - 1, 2, T_cli_journal_no_json);
}

static void where_the_journal_ends(void **state)
{
    (void)state;
#define BEGIN "{\"seq\":1,\"hash\":\"" HASH_A "\",\"body\":\"Zg==\",\"journal\":"
    expect_bad("{\"seq\":1,\"hash\":\"" HASH_A "\",\"body\":\"Zg==\"}\n", 1, T_cli_journal_no_head);
    expect_bad(BEGIN "null}\n", 1, T_cli_journal_no_head);
    expect_bad(BEGIN "{}}\n", 1, T_cli_journal_no_head);
    expect_bad(BEGIN "{\"seq\":1}}\n", 1, T_cli_journal_no_head);
    expect_bad(BEGIN "{\"seq\":0,\"hash\":\"" HASH_A "\"}}\n", 1, T_cli_journal_no_head);
    expect_bad(BEGIN "{\"seq\":1,\"hash\":\"" HASH_B "\"}}\n", 1, T_cli_journal_other_head);
    uint64_t entries;
    const char one[] = BEGIN "{\"seq\":1,\"hash\":\"" HASH_A "\"}}";
    write_bytes(one, sizeof one - 1);
    struct outcome o = read_all(&entries, NULL);
    assert_true(outcome_ok(&o));
    assert_int_equal(entries, 1);
}

static void other_files(void **state)
{
    (void)state;
    static const char *const texts[] = {"",   "\n",    "hello\n", "[]\n", "\xEF\xBB\xBF", "\xFF\xFE{\0",
                                        "a{", "\"{\"", "\x1f\x8b"};
    uint64_t entries;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        write_bytes(texts[i], strlen(texts[i]));
        assert_int_equal(read_all(&entries, NULL).kind, KIND_not_a_backup);
    }
    struct journal_in *j;
    assert_int_equal(journal_in_open("/nonexistent/j", &j).kind, KIND_no_such_file);
    assert_null(j);
    assert_int_equal(journal_in_open(folder, &j).kind, KIND_io_error);
    assert_null(j);
    if (geteuid() != 0) {
        assert_int_equal(chmod(path, 0), 0);
        assert_int_equal(journal_in_open(path, &j).kind, KIND_no_permission);
        assert_int_equal(chmod(path, 0600), 0);
    }
}

/* ---- too much ---- */

static void a_line_may_be_so_long(void **state)
{
    (void)state;
    struct buf text = BUF_INIT;
    buf_add_z(&text, FIRST "\n");
    size_t begin = text.n;
    buf_add_z(&text, SECOND);
    while (text.n - begin < JOURNAL_IN_LINE)
        buf_add_char(&text, ' ');
    size_t end = text.n;
    buf_add_z(&text, "\r\n" THIRD "\r\n");
    expect_three(text.p);
    text.n = end;
    buf_add_z(&text, " \n" THIRD "\n");
    expect_bad(text.p, 2, T_cli_journal_too_long);
    text.n = end;
    while (text.n - begin < JOURNAL_IN_LINE + ((size_t)4 << 20))
        buf_add_char(&text, 'x');
    expect_bad(text.p, 2, T_cli_journal_too_long);
    buf_add_z(&text, "\n" THIRD "\n");
    expect_bad(text.p, 2, T_cli_journal_too_long);
    buf_release(&text);
}

static void nesting_without_end(void **state)
{
    (void)state;
    struct buf text = BUF_INIT;
    buf_add_z(&text, FIRST "\n{\"x\":");
    for (int i = 0; i < 1000000; i++)
        buf_add_char(&text, '[');
    expect_bad(text.p, 2, T_cli_journal_no_json);
    buf_reset(&text);
    buf_add_z(&text, FIRST "\n");
    for (int i = 0; i < 200000; i++)
        buf_add_z(&text, "{\"x\":");
    expect_bad(text.p, 2, T_cli_journal_no_json);
    buf_release(&text);
}

/* ---- anything ---- */

/* Cut anywhere, it is never taken for whole: only the last line's end may be missing. */
static void cut_anywhere(void **state)
{
    (void)state;
    const char text[] = FIRST "\n" SECOND "\n" THIRD "\n";
    uint64_t entries;
    for (size_t n = 0; n < sizeof text - 2; n++) {
        write_bytes(text, n);
        struct outcome o = read_all(&entries, NULL);
        assert_int_equal(o.kind, n ? KIND_bad_line : KIND_not_a_backup);
        assert_true(entries < 3);
    }
    write_bytes(text, sizeof text - 2);
    struct outcome o = read_all(&entries, NULL);
    assert_true(outcome_ok(&o));
}

/* Random damage ends in an outcome of the right kind; read_all() looks at the rest. */
static void random_damage(void **state)
{
    (void)state;
    struct random r = {SEED};
    const char text[] = FIRST "\n" SECOND "\n" THIRD "\n";
    for (size_t i = 0; i < times(20000); i++) {
        char bytes[sizeof text];
        uint64_t entries;
        memcpy(bytes, text, sizeof text);
        for (int64_t n = random_in(&r, 0, 3); n-- > 0;)
            bytes[random_in(&r, 0, sizeof text - 2)] = (char)random_in(&r, 0, 255);
        write_bytes(bytes, sizeof text - 1);
        struct outcome o = read_all(&entries, NULL);
        assert_true(outcome_ok(&o) || o.kind == KIND_bad_line || o.kind == KIND_not_a_backup);
        assert_true(!outcome_ok(&o) || entries > 0);
    }
}

/* ---- base64 ---- */

/* RFC 4648, section 10. */
static void base64_of_the_rfc(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {{"f", "Zg=="},         {"fo", "Zm8="},
                                           {"foo", "Zm9v"},       {"foob", "Zm9vYg=="},
                                           {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct buf text = BUF_INIT, bytes = BUF_INIT;
        base64_encode(&text, str_of(pairs[i][0]));
        assert_string_equal(text.p, pairs[i][1]);
        assert_true(base64_decode(&bytes, str_of(pairs[i][1])));
        assert_string_equal(bytes.p, pairs[i][0]);
        buf_release(&text);
        buf_release(&bytes);
    }
}

static void base64_and_nothing_else(void **state)
{
    (void)state;
    static const char *const wrong[] = {"Z",     "Zg",    "Zg=",    "Z===",     "====",       "=g==",
                                        "Zg=a",  "Zh==",  "Zm9=",   "Zm-_",     "Zg==Zg==",   "Zg==\n",
                                        " Zg==", "Zm 9v", "Zm9v\n", "Zm9v====", "\xC3\xA1==", "Zm9\x80"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct buf bytes = BUF_INIT;
        if (base64_decode(&bytes, str_of(wrong[i])))
            fail_msg("read: %s", wrong[i]);
        buf_release(&bytes);
    }
    struct buf none = BUF_INIT;
    assert_true(base64_decode(&none, STR("")));
    assert_int_equal(none.n, 0);
    buf_release(&none);
}

/* Against the one of libsodium. */
static void base64_of_any_bytes(void **state)
{
    (void)state;
    struct random r = {SEED};
    for (size_t i = 0; i < times(20000); i++) {
        unsigned char bytes[64];
        char expected[sodium_base64_ENCODED_LEN(sizeof bytes, sodium_base64_VARIANT_ORIGINAL)];
        size_t n = (size_t)random_in(&r, 0, sizeof bytes);
        for (size_t k = 0; k < n; k++)
            bytes[k] = (unsigned char)random_in(&r, 0, 255);
        sodium_bin2base64(expected, sizeof expected, bytes, n, sodium_base64_VARIANT_ORIGINAL);
        struct buf text = BUF_INIT, back = BUF_INIT;
        buf_add_z(&text, ":");
        base64_encode(&text, (struct str){(const char *)bytes, n});
        assert_string_equal(text.p + 1, expected);
        assert_true(base64_decode(&back, str_from(buf_str(&text), 1)));
        assert_int_equal(back.n, n);
        assert_true(n == 0 || memcmp(back.p, bytes, n) == 0);
        buf_release(&text);
        buf_release(&back);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_as_programs_write_them),
        cmocka_unit_test(the_hash_is_handed_on),
        cmocka_unit_test(lines_across_blocks),
        cmocka_unit_test(lines_out_of_place),
        cmocka_unit_test(what_is_missing_or_malformed),
        cmocka_unit_test(where_the_journal_ends),
        cmocka_unit_test(other_files),
        cmocka_unit_test(a_line_may_be_so_long),
        cmocka_unit_test(nesting_without_end),
        cmocka_unit_test(cut_anywhere),
        cmocka_unit_test(random_damage),
        cmocka_unit_test(base64_of_the_rfc),
        cmocka_unit_test(base64_and_nothing_else),
        cmocka_unit_test(base64_of_any_bytes),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
