/* Where plain text ends, found many bytes at a time, against one character at a time. */
#include "core/json.h"
#include "core/text.h"
#include "core/utf8.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { LONGEST = 80, TRIES = 400000 };

/* As the header says it: whole characters of ASCII without controls, U+00C0-02FF and U+1E00-1EFF. */
static size_t slow_end(const char *p, size_t n, size_t at)
{
    while (at < n) {
        size_t after = at;
        int32_t c = utf8_next(p, n, &after);
        bool plain = (c >= 0x20 && c < 0x7F) || (c >= 0xC0 && c < 0x300) || (c >= 0x1E00 && c < 0x1F00);
        if (!plain)
            break;
        at = after;
    }
    return at;
}

static uint64_t state = 1;

static uint32_t any(uint32_t below)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(state >> 33) % below;
}

/* Mostly Vietnamese, now and then a piece of something else, or of nothing. */
static size_t make(char out[LONGEST])
{
    static const char *const pieces[] = {
        "a",
        "Z",
        " ",
        "~",
        "đ",
        "ô",
        "ế",
        "ự",
        "Ẽ",
        "ỹ",
        "Ā",
        "ˮ",
        "\xC3",
        "\xE1",
        "\xE1\xBA",
        "\xE1\xBC\x80",
        "\xE2\x80\x8B",
        "\x1F",
        "\x7F",
        "\xC2\xAD",
        "\xCC\x81",
        "\xCB",
        "\xBF",
        "\xE1\xB8",
        "\xF0\x9F\x98\x80",
        "\"",
        "\\",
    };
    size_t n = 0, want = any(LONGEST), usual = any(4) ? 12 : sizeof pieces / sizeof *pieces;
    while (n < want) {
        const char *piece = pieces[any(any(20) ? (uint32_t)usual : sizeof pieces / sizeof *pieces)];
        for (; *piece && n < want; piece++)
            out[n++] = *piece;
    }
    return n;
}

static void test_plain_end(void **arg)
{
    (void)arg;
    for (int i = 0; i < TRIES; i++) {
        char text[LONGEST];
        size_t n = make(text), at = n ? any((uint32_t)n + 1) : 0;
        size_t fast = utf8_plain_end(text, n, at), slow = slow_end(text, n, at);
        if (fast != slow)
            fail_msg("%.*s from %zu: ends at %zu, not at %zu", (int)n, text, at, fast, slow);
    }
}

/* Every byte after every byte, at every place of a block. */
static void test_pairs(void **arg)
{
    (void)arg;
    for (unsigned pair = 0; pair < 0x10000; pair++)
        for (size_t place = 0; place < 18; place++) {
            char text[20];
            memset(text, 'x', sizeof text);
            text[place] = (char)(pair >> 8);
            text[place + 1] = (char)pair;
            assert_int_equal(utf8_plain_end(text, sizeof text, 0), slow_end(text, sizeof text, 0));
        }
}

static void test_columns(void **arg)
{
    (void)arg;
    for (int i = 0; i < TRIES; i++) {
        char text[LONGEST];
        size_t n = make(text), end = slow_end(text, n, 0);
        int columns = 0;
        for (size_t at = 0; at < end; columns++)
            utf8_next(text, end, &at);
        assert_int_equal(text_columns((struct str){text, end}), columns);
    }
}

/* What stands for itself in JSON, character by character. */
static void slow_json(struct buf *out, struct str s)
{
    static const char hex[] = "0123456789abcdef";
    buf_add_char(out, '"');
    for (size_t at = 0; at < s.n;) {
        char bytes[UTF8_LONGEST];
        int32_t c = utf8_next(s.p, s.n, &at);
        if (c == '"' || c == '\\') {
            buf_add_char(out, '\\');
            buf_add_char(out, (char)c);
        } else if (c >= 0 && utf8_is_hidden(c)) {
            buf_add_z(out, "\\u");
            for (int shift = 12; shift >= 0; shift -= 4)
                buf_add_char(out, hex[c >> shift & 0xF]);
        } else {
            buf_add(out, bytes, utf8_write(bytes, c));
        }
    }
    buf_add_char(out, '"');
}

static void test_json(void **arg)
{
    (void)arg;
    struct buf fast = BUF_INIT, slow = BUF_INIT;
    for (int i = 0; i < TRIES; i++) {
        char text[LONGEST];
        struct str s = {text, make(text)};
        struct json j = json_onto(&fast);
        json_str(&j, NULL, s);
        slow_json(&slow, s);
        assert_true(str_eq(buf_str(&fast), buf_str(&slow)));
        buf_reset(&fast);
        buf_reset(&slow);
    }
    buf_release(&fast);
    buf_release(&slow);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_end),
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
