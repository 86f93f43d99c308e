/* Colours by name and by number. */
#include "icalendar/color.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static void is(const char *text, const char *name, const char *hex)
{
    struct color c;
    assert_true(color_parse(str_of(text), &c));
    assert_string_equal(c.name, name);
    assert_string_equal(c.hex, hex);
}

static void names_of_css_3(void **state)
{
    (void)state;
    is("teal", "teal", "#008080");
    is("PurPle", "purple", "#800080"); /* letters' case does not matter */
    is("green", "green", "#008000");   /* not X11's */
    is("gray", "gray", "#808080");
    is("LightGoldenRodYellow", "lightgoldenrodyellow", "#FAFAD2");
    is("aliceblue", "aliceblue", "#F0F8FF");
    is("yellowgreen", "yellowgreen", "#9ACD32");
}

static void numbers_get_the_nearest_name(void **state)
{
    (void)state;
    is("#ff0000", "red", "#FF0000");
    is("#FE0102", "red", "#FE0102");
    is("#000001", "black", "#000001");
    is("#fffffE", "white", "#FFFFFE");
    is("#008080", "teal", "#008080");
}

static void nothing_else_is_a_colour(void **state)
{
    static const char *const wrong[] = {"",       "#",    "#12345",  "#1234567",   "#12345g",
                                        "123456", "red ", " red",    "rgb(1,2,3)", "rebeccapurple",
                                        "re",     "redd", "#+12345", "đỏ",         "transparent"};
    struct color c = {.name = "kept"};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(color_parse(str_of(wrong[i]), &c));
    assert_string_equal(c.name, "kept");
}

/* Its name and its number are the same colour, both ways. */
static void what_has_a_name_keeps_it(void **state)
{
    struct color named, numbered;
    (void)state;
    static const char *const names[] = {"navy",  "salmon", "hotpink", "ivory",
                                        "khaki", "olive",  "snow",    "tomato"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_true(color_parse(str_of(names[i]), &named));
        assert_true(color_parse(str_of(named.hex), &numbered));
        assert_string_equal(numbered.name, names[i]);
        assert_string_equal(numbered.hex, named.hex);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_css_3),
        cmocka_unit_test(numbers_get_the_nearest_name),
        cmocka_unit_test(nothing_else_is_a_colour),
        cmocka_unit_test(what_has_a_name_keeps_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
