/* Who is drawn for the survey: by hand where the rules pull against each other, and over random populations
 * against a slow reading of the rules that knows who everybody is before it is written down in some spelling.
 */
#include "core/survey.h"
#include "tests/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static int cases(int usual)
{
    return getenv("MOTCUA_LONG") ? usual * 10 : getenv("MOTCUA_QUICK") ? usual / 10 : usual;
}

static struct survey_dossier somebody(uint64_t id, uint16_t field, const char *name, const char *id_number,
                                      const char *phone, const char *address)
{
    return (struct survey_dossier){.id = id,
                                   .field = field,
                                   .name = str_of(name),
                                   .asked = str_of(name),
                                   .id_number = str_of(id_number),
                                   .phone = str_of(phone),
                                   .address = str_of(address)};
}

struct drawn {
    struct arena arena;
    struct survey survey;
};

static struct drawn draw(struct survey_dossier *dossier, size_t count, unsigned size, uint64_t seed)
{
    struct drawn d = {.arena = ARENA_INIT};
    assert_true(survey_draw(&d.arena, dossier, count, size, seed, &d.survey));
    return d;
}

static size_t people_of(struct survey_dossier *dossier, size_t count)
{
    struct drawn d = draw(dossier, count, 1000, 1);
    size_t people = d.survey.people;
    assert_int_equal(d.survey.count, people);
    arena_release(&d.arena);
    return people;
}

static size_t people_of_two(struct survey_dossier a, struct survey_dossier b)
{
    struct survey_dossier both[] = {a, b};
    return people_of(both, 2);
}

/* ---- one person or two ---- */

static void same_id_is_one_person(void **state)
{
    (void)state;
    assert_int_equal(people_of_two(somebody(1, 1, "Nguyễn Thị Hương", "064190001234", "0912000111", "Thôn 1"),
                                   somebody(2, 1, "Lê Thị Hoa", "064190001234", "0912000222", "Thôn 2")),
                     1);
    assert_int_equal(people_of_two(somebody(1, 1, "Nguyễn Thị Hương", "064190001234", "", ""),
                                   somebody(2, 2, "Hương", " 0641 9000-1234 ", "", "")),
                     1);
    assert_int_equal(
        people_of_two(somebody(1, 1, "A", "B1234567", "", ""), somebody(2, 2, "B", "b1234567", "", "")), 1);
}

static void different_ids_share_a_phone(void **state)
{
    (void)state;
    assert_int_equal(people_of_two(somebody(1, 1, "Nguyễn Văn An", "064190001234", "0912000111", "Thôn 1"),
                                   somebody(2, 1, "Trần Thị Bé", "064190001235", "0912000111", "Thôn 1")),
                     2);
    /* an old and a new card of one person: the phone and the name say so */
    assert_int_equal(people_of_two(somebody(1, 1, "Nguyễn Văn An", "230123456", "0912000111", ""),
                                   somebody(2, 1, "nguyen van an", "064190001235", "0912 000 111", "")),
                     1);
    /* two of a name in one house, each with a number of their own */
    assert_int_equal(people_of_two(somebody(1, 1, "Siu H'Lan", "064190001234", "", "Làng Đê Bar"),
                                   somebody(2, 1, "Siu H'Lan", "064190009999", "", "Làng Đê Bar")),
                     2);
}

static void without_id_the_phone_tells(void **state)
{
    (void)state;
    static const char *const ways[] = {"0912000111",       "0912 000 111",          "+84912000111",
                                       "84 912 000 111",   "0912.000.111",          "912000111.0",
                                       "0084 912 000 111", "091-200-0111",          "０９１２０００１１１",
                                       "ĐT: 0912000111",   "0605123456, 0912000111"};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        assert_int_equal(people_of_two(somebody(1, 1, "Nguyễn Văn An", "", "0912000111", "Thôn 1"),
                                       somebody(2, 1, "Trần Bé", "064190001234", ways[i], "Thôn 2")),
                         1);
    assert_int_equal(people_of_two(somebody(1, 1, "Nguyễn Văn An", "", "0912000111", "Thôn 1"),
                                   somebody(2, 1, "Trần Bé", "", "0912000112", "Thôn 1")),
                     2);
    /* what is typed where there is no phone is nobody's */
    assert_int_equal(people_of_two(somebody(1, 1, "Nguyễn Văn An", "", "0000000000", "Thôn 1"),
                                   somebody(2, 1, "Trần Bé", "", "0000000000", "Thôn 2")),
                     2);
    assert_int_equal(people_of_two(somebody(1, 1, "Nguyễn Văn An", "", "không có", "Thôn 1"),
                                   somebody(2, 1, "Trần Bé", "", "không có", "Thôn 2")),
                     2);
    assert_int_equal(people_of_two(somebody(1, 1, "Nguyễn Văn An", "000000000", "", "Thôn 1"),
                                   somebody(2, 1, "Trần Bé", "000000000", "", "Thôn 2")),
                     2);
}

static void else_name_and_address_tell(void **state)
{
    (void)state;
    static const char *const ways[] = {"Nguyễn Thị Hương", "NGUYỄN  THỊ HƯƠNG", "nguyen thi huong",
                                       "Nguyễn Thị Hương" /* decomposed */};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        assert_int_equal(people_of_two(somebody(1, 1, "Nguyễn Thị Hương", "", "", "Thôn 3, xã Tơ Tung"),
                                       somebody(2, 1, ways[i], "", "", "thon 3,  XÃ TƠ TUNG")),
                         1);
        assert_int_equal(people_of_two(somebody(1, 1, "Nguyễn Thị Hương", "064190001234", "0912000111",
                                                "Thôn 3, xã Tơ Tung"),
                                       somebody(2, 1, ways[i], "", "0987654321", "Thôn 3, xã Tơ Tung")),
                         1);
        assert_int_equal(people_of_two(somebody(1, 1, "Nguyễn Thị Hương", "", "", "Thôn 3"),
                                       somebody(2, 1, ways[i], "", "", "Thôn 4")),
                         2);
    }
    /* all of a name without anything else are taken for one */
    assert_int_equal(people_of_two(somebody(1, 1, "Lê Ba", "", "", ""), somebody(2, 1, "Lê Ba", "", "", "")),
                     1);
}

static void organisations_go_by_who_answers(void **state)
{
    (void)state;
    struct survey_dossier a = somebody(1, 1, "Công ty Gia Lai", "5900111222", "0912000111", "Thôn 1");
    struct survey_dossier b = somebody(2, 1, "Hợp tác xã Tơ Tung", "5900333444", "0912000111", "Thôn 2");
    a.asked = b.asked = STR("Trần Văn Đại");
    assert_int_equal(people_of_two(a, b), 1); /* the same person would be called twice */
    b.asked = STR("Lê Thị Hoa");
    assert_int_equal(people_of_two(a, b), 2);
}

/* A knows B, B knows C: one person, though A and C have nothing in common. */
static void what_follows_holds(void **state)
{
    (void)state;
    struct survey_dossier all[] = {
        somebody(1, 1, "Nguyễn Văn An", "064190001234", "0912000111", "Thôn 1"),
        somebody(2, 1, "Nguyễn Văn An", "", "0912000222", "Thôn 1"),
        somebody(3, 1, "An", "", "0912000222", "Thôn 9"),
        somebody(4, 1, "Trần Bé", "064190009999", "0912000333", "Thôn 1"),
    };
    assert_int_equal(people_of(all, 4), 2);
}

/* ---- fields ---- */

static char names[400][32];

/* `n` people of one field, each somebody else. */
static size_t crowd(struct survey_dossier *to, size_t at, size_t n, uint16_t field)
{
    for (size_t i = at; i < at + n; i++) {
        snprintf(names[i], sizeof names[i], "06419%07zu", i);
        to[i] = somebody(i + 1, field, names[i], names[i], "", "");
    }
    return at + n;
}

static uint32_t drawn_of(const struct survey *s, uint16_t field)
{
    for (size_t i = 0; i < s->fields; i++)
        if (s->field[i].field == field)
            return s->field[i].drawn;
    return 0;
}

/* 30 places: one each for 4 fields; the other 26 in proportion to the 99 + 59 + 29 + 9 = 196 left:
 * 13.13, 7.83, 3.85, 1.19: 13, 7, 3, 1 and the two largest remainders. */
static void others_are_shared_out(void **state)
{
    (void)state;
    struct survey_dossier all[200];
    size_t n = crowd(all, 0, 100, 7);
    n = crowd(all, n, 60, 3);
    n = crowd(all, n, 30, 9);
    n = crowd(all, n, 10, 1);
    for (uint64_t seed = 0; seed < 20; seed++) {
        struct drawn d = draw(all, n, 30, seed);
        assert_int_equal(d.survey.count, 30);
        assert_int_equal(drawn_of(&d.survey, 7), 14);
        assert_int_equal(drawn_of(&d.survey, 3), 9);
        assert_int_equal(drawn_of(&d.survey, 9), 5);
        assert_int_equal(drawn_of(&d.survey, 1), 2);
        arena_release(&d.arena);
    }
}

static void one_field_has_all(void **state)
{
    (void)state;
    struct survey_dossier all[50];
    size_t n = crowd(all, 0, 47, 2);
    n = crowd(all, n, 1, 5);
    n = crowd(all, n, 1, 6);
    n = crowd(all, n, 1, 8);
    struct drawn d = draw(all, n, 30, 11);
    assert_int_equal(d.survey.count, 30);
    assert_int_equal(drawn_of(&d.survey, 2), 27);
    assert_int_equal(drawn_of(&d.survey, 5), 1);
    assert_int_equal(drawn_of(&d.survey, 6), 1);
    assert_int_equal(drawn_of(&d.survey, 8), 1);
    arena_release(&d.arena);
}

static void more_fields_than_places(void **state)
{
    (void)state;
    struct survey_dossier all[60];
    size_t n = 0;
    for (uint16_t f = 1; f <= 8; f++)
        n = crowd(all, n, f, f); /* field 8 is the largest */
    struct drawn d = draw(all, n, 3, 5);
    assert_true(d.survey.crowded);
    assert_int_equal(d.survey.count, 3);
    for (uint16_t f = 6; f <= 8; f++)
        assert_int_equal(drawn_of(&d.survey, f), 1);
    arena_release(&d.arena);
}

static void fewer_people_than_places(void **state)
{
    (void)state;
    struct survey_dossier all[20];
    size_t n = crowd(all, 0, 9, 2);
    n = crowd(all, n, 3, 4);
    struct drawn d = draw(all, n, 30, 5);
    assert_int_equal(d.survey.count, 12);
    assert_int_equal(d.survey.people, 12);
    assert_false(d.survey.crowded);
    arena_release(&d.arena);
    d = draw(all, 0, 30, 5);
    assert_int_equal(d.survey.count, 0);
    arena_release(&d.arena);
}

/* One person alone in field 4 has most of their dossiers in field 2: they stand for field 4. */
static void who_is_needed_stands_for_the_field(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 60; seed++) {
        struct survey_dossier all[] = {
            somebody(1, 2, "A", "064190000001", "", ""), somebody(2, 2, "A", "064190000001", "", ""),
            somebody(3, 4, "A", "064190000001", "", ""), somebody(4, 2, "B", "064190000002", "", ""),
            somebody(5, 6, "B", "064190000002", "", ""), somebody(6, 2, "C", "064190000003", "", ""),
        };
        struct drawn d = draw(all, 6, 3, seed);
        assert_int_equal(d.survey.count, 3);
        assert_int_equal(drawn_of(&d.survey, 4), 1);
        assert_int_equal(drawn_of(&d.survey, 6), 1);
        assert_int_equal(drawn_of(&d.survey, 2), 1);
        arena_release(&d.arena);
    }
}

/* ---- the lot ---- */

/* Reckoned apart, with a splitmix64 and a Fisher-Yates written in another language. */
static void a_seed_draws_the_same_everywhere(void **state)
{
    (void)state;
    static const uint64_t of_2026[] = {15, 21, 22, 43, 60, 70, 95, 97, 98, 99};
    static const uint64_t of_2027[] = {3, 6, 10, 14, 28, 38, 39, 62, 67, 87};
    struct survey_dossier all[100];
    crowd(all, 0, 100, 1);
    struct drawn d = draw(all, 100, 10, 2026);
    for (size_t i = 0; i < 10; i++)
        assert_int_equal(all[d.survey.drawn[i]].id, of_2026[i]);
    arena_release(&d.arena);
    d = draw(all, 100, 10, 2027);
    for (size_t i = 0; i < 10; i++)
        assert_int_equal(all[d.survey.drawn[i]].id, of_2027[i]);
    arena_release(&d.arena);
}

/* Each of 20 people should be among 5 in a quarter of the draws: 1,000 of 4,000, give or take 27.4 (one
 * standard deviation); six of these are allowed. */
static void nobody_is_favoured(void **state)
{
    (void)state;
    int times[20] = {0};
    struct survey_dossier all[20];
    crowd(all, 0, 20, 1);
    for (uint64_t seed = 1; seed <= 4000; seed++) {
        struct drawn d = draw(all, 20, 5, seed * 1000003);
        for (size_t i = 0; i < d.survey.count; i++)
            times[d.survey.drawn[i]]++;
        arena_release(&d.arena);
    }
    for (int i = 0; i < 20; i++)
        assert_in_range(times[i], 1000 - 165, 1000 + 165);
}

/* ---- random populations ---- */

enum { MOST = 60, FIELDS = 6 };

/* Who a dossier is of, before it is spelled; 0 is absent. */
struct known {
    int name, asked, id, phone, address;
};

static const char *const spelled_names[][4] = {
    {"Nguyễn Thị Hương", "NGUYỄN THỊ HƯƠNG", "nguyen thi huong", "Nguyễn  Thị Hương"},
    {"Đinh Văn Đạt", "ĐINH VĂN ĐẠT", "dinh van dat", "Đinh Văn Đạt"},
    {"Rơ Châm H'Yến", "RƠ CHÂM H'YẾN", "ro cham h'yen", "Rơ Châm H’Yến"},
    {"Siu Ba", "SIU BA", "siu ba", " Siu Ba "},
    {"Trần Lê Ánh", "TRẦN LÊ ÁNH", "tran le anh", "Trần Lê Ánh"},
};
static const char *const spelled_addresses[][2] = {
    {"", ""}, {"Thôn 1, xã Tơ Tung", "thon 1,  XÃ TƠ TUNG"}, {"Làng Đê Bar", "LÀNG ĐÊ BAR"}};

static void spell(struct random *r, const struct known *k, struct survey_dossier *d, char text[2][32])
{
    static const char *const phones[] = {"09120001%02d", "0912 000 1%02d", "+8491 20001%02d", "91.20001%02d"};
    static const char *const ids[] = {"0641900011%02d", "0641 9000 11%02d", " 064190-0011%02d"};
    d->name = str_of(spelled_names[k->name][random_in(r, 0, 3)]);
    d->asked = str_of(spelled_names[k->asked][random_in(r, 0, 3)]);
    d->address = str_of(spelled_addresses[k->address][random_in(r, 0, 1)]);
    d->id_number = d->phone = STR_NONE;
    if (k->phone) {
        snprintf(text[0], 32, phones[random_in(r, 0, 3)], k->phone);
        d->phone = str_of(text[0]);
    }
    if (k->id) {
        snprintf(text[1], 32, ids[random_in(r, 0, 2)], k->id);
        d->id_number = str_of(text[1]);
    }
}

static bool may_be_same(const struct known *a, const struct known *b)
{
    bool lacks = !a->id || !b->id;
    bool phone = a->phone && a->phone == b->phone;
    return (a->id && a->id == b->id) || (phone && a->asked == b->asked) ||
           (lacks && (phone || (a->name == b->name && a->address == b->address)));
}

/* Everybody that somebody may be, one step after the other. */
static size_t slow_people(const struct known *k, size_t count, size_t who[MOST])
{
    size_t people = 0;
    for (size_t i = 0; i < count; i++)
        who[i] = i;
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < count; i++)
            for (size_t j = 0; j < count; j++)
                if (who[i] > who[j] && may_be_same(&k[i], &k[j])) {
                    who[i] = who[j];
                    more = true;
                }
    }
    for (size_t i = 0; i < count; i++)
        people += who[i] == i;
    return people;
}

/* How many fields can have somebody of their own: the theorem of König and Ore, over all sets of fields. */
static size_t slow_coverable(const struct survey_dossier *d, const size_t who[MOST], size_t count)
{
    size_t best = FIELDS;
    for (unsigned set = 0; set < 1u << FIELDS; set++) {
        size_t outside = 0, people = 0;
        bool met[MOST] = {false};
        for (unsigned f = 0; f < FIELDS; f++)
            outside += !(set >> f & 1);
        for (size_t i = 0; i < count; i++)
            if (set >> d[i].field & 1 && !met[who[i]]) {
                met[who[i]] = true;
                people++;
            }
        best = outside + people < best ? outside + people : best;
    }
    return best;
}

static void assert_rules(const struct survey_dossier *d, const struct known *k, size_t count, unsigned size,
                         const struct survey *s)
{
    size_t who[MOST], people = slow_people(k, count, who), fields = 0;
    size_t coverable = slow_coverable(d, who, count);
    uint32_t drawn[FIELDS] = {0};
    assert_int_equal(s->people, people);
    assert_int_equal(s->count, people < size ? people : size);
    for (size_t i = 0; i < s->count; i++) {
        drawn[d[s->drawn[i]].field]++;
        for (size_t j = 0; j < i; j++) {
            assert_int_not_equal(who[s->drawn[i]], who[s->drawn[j]]);
            assert_false(may_be_same(&k[s->drawn[i]], &k[s->drawn[j]]));
        }
    }
    for (int f = 0; f < FIELDS; f++) {
        assert_int_equal(drawn[f], drawn_of(s, (uint16_t)f));
        fields += drawn[f] > 0;
    }
    assert_int_equal(fields, coverable < size ? coverable : size);
}

/* The same people in another order. */
static void assert_same_in_any_order(struct random *r, const struct survey_dossier *d, size_t count,
                                     unsigned size, uint64_t seed, const struct survey *s)
{
    struct survey_dossier mixed[MOST];
    memcpy(mixed, d, count * sizeof *d);
    for (size_t i = count; i > 1; i--) {
        size_t j = (size_t)random_in(r, 0, (int64_t)i - 1);
        struct survey_dossier kept = mixed[i - 1];
        mixed[i - 1] = mixed[j];
        mixed[j] = kept;
    }
    struct drawn again = draw(mixed, count, size, seed);
    assert_int_equal(again.survey.count, s->count);
    for (size_t i = 0; i < s->count; i++)
        assert_int_equal(mixed[again.survey.drawn[i]].id, d[s->drawn[i]].id);
    arena_release(&again.arena);
}

static void random_populations(void **state)
{
    (void)state;
    size_t seen_multi = 0, seen_crowded = 0, seen_few = 0, seen_shared = 0;
    int runs = cases(4000);
    for (int run = 0; run < runs; run++) {
        struct random r = {(uint64_t)run * 77 + 5};
        struct survey_dossier d[MOST];
        struct known k[MOST];
        static char text[MOST][2][32];
        size_t count = (size_t)random_in(&r, 1, MOST);
        int ids = (int)random_in(&r, 1, 40), phones = (int)random_in(&r, 1, 40);
        int fields = (int)random_in(&r, 1, FIELDS);
        for (size_t i = 0; i < count; i++) {
            k[i].name = (int)random_in(&r, 0, 4);
            k[i].asked = random_in(&r, 0, 4) ? k[i].name : (int)random_in(&r, 0, 4);
            k[i].id = random_in(&r, 0, 6) ? (int)random_in(&r, 1, ids) : 0;
            k[i].phone = random_in(&r, 0, 3) ? (int)random_in(&r, 1, phones) : 0;
            k[i].address = (int)random_in(&r, 0, 2);
            d[i] = (struct survey_dossier){.id = i + 1, .field = (uint16_t)random_in(&r, 0, fields - 1)};
            spell(&r, &k[i], &d[i], text[i]);
        }
        unsigned size = (unsigned)random_in(&r, 1, 20);
        uint64_t seed = random_next(&r);
        struct drawn drawn = draw(d, count, size, seed);
        assert_rules(d, k, count, size, &drawn.survey);
        assert_same_in_any_order(&r, d, count, size, seed, &drawn.survey);
        seen_multi += drawn.survey.people < count;
        seen_crowded += drawn.survey.crowded;
        seen_few += drawn.survey.people < size;
        for (size_t f = 0; f < drawn.survey.fields; f++)
            seen_shared += !drawn.survey.crowded && !drawn.survey.field[f].drawn;
        arena_release(&drawn.arena);
    }
    assert_true(seen_multi && seen_crowded && seen_few && seen_shared);
}

/* Where everybody has one dossier the places can be reckoned by hand: after one each, everyone's share of the
 * rest rounded down, and one more for the largest remainders. */
static void shares_are_those_of_the_largest_remainder(void **state)
{
    (void)state;
    for (int run = 0; run < cases(2000); run++) {
        struct random r = {(uint64_t)run * 131 + 9};
        struct survey_dossier all[400];
        size_t n = 0, people[FIELDS];
        for (uint16_t f = 0; f < FIELDS; f++) {
            people[f] = (size_t)random_in(&r, 1, 60);
            n = crowd(all, n, people[f], f);
        }
        unsigned size = (unsigned)random_in(&r, FIELDS, 40);
        struct drawn d = draw(all, n, size, random_next(&r));
        size_t rest = (size < n ? size : n) - FIELDS, left = n - FIELDS;
        for (uint16_t f = 0; f < FIELDS && left; f++) {
            size_t share = rest * (people[f] - 1), above = 0;
            for (uint16_t g = 0; g < FIELDS; g++)
                above += rest * (people[g] - 1) % left > share % left;
            size_t floors = 0;
            for (uint16_t g = 0; g < FIELDS; g++)
                floors += rest * (people[g] - 1) / left;
            size_t got = drawn_of(&d.survey, f) - 1, floor = share / left;
            assert_in_range(got, floor, floor + 1);
            if (above >= rest - floors)
                assert_int_equal(got, floor);
            assert_in_range(drawn_of(&d.survey, f), 1, people[f]);
        }
        arena_release(&d.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_id_is_one_person),
        cmocka_unit_test(different_ids_share_a_phone),
        cmocka_unit_test(without_id_the_phone_tells),
        cmocka_unit_test(else_name_and_address_tell),
        cmocka_unit_test(organisations_go_by_who_answers),
        cmocka_unit_test(what_follows_holds),
        cmocka_unit_test(others_are_shared_out),
        cmocka_unit_test(one_field_has_all),
        cmocka_unit_test(more_fields_than_places),
        cmocka_unit_test(fewer_people_than_places),
        cmocka_unit_test(who_is_needed_stands_for_the_field),
        cmocka_unit_test(a_seed_draws_the_same_everywhere),
        cmocka_unit_test(nobody_is_favoured),
        cmocka_unit_test(random_populations),
        cmocka_unit_test(shares_are_those_of_the_largest_remainder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
