/* desk_assert: what tests of the rules say about outcomes and texts. To be included after cmocka.h. */
#ifndef MOTCUA_TESTS_DESK_ASSERT_H
#define MOTCUA_TESTS_DESK_ASSERT_H

#include "tests/desk_world.h"

/* The kind as a word says more in a failure than a number would. */
#define assert_kind(o, word) assert_string_equal(outcome_kind_name((o).kind), (word))
#define assert_done(o) assert_kind((o), "done")
#define assert_refused(o, word)                                                                              \
    do {                                                                                                     \
        struct outcome refused_ = (o);                                                                       \
        assert_kind(refused_, word);                                                                         \
        assert_int_equal(outcome_class(refused_.kind), REFUSED);                                             \
    } while (0)
#define assert_usage(o, word)                                                                                \
    do {                                                                                                     \
        struct outcome usage_ = (o);                                                                         \
        assert_kind(usage_, word);                                                                           \
        assert_int_equal(outcome_class(usage_.kind), USAGE);                                                 \
    } while (0)
#define assert_str(s, text)                                                                                  \
    do {                                                                                                     \
        struct str is_ = (s);                                                                                \
        assert_int_equal(is_.n, strlen(text));                                                               \
        if (is_.n)                                                                                           \
            assert_memory_equal(is_.p, (text), is_.n);                                                       \
    } while (0)
#define assert_time(t, text) assert_int_equal((t), world_time(text))

#endif
