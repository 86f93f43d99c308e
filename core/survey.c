#include "core/survey.h"

#include <stdlib.h>

/* ---- the lot ---- */

static uint64_t splitmix64(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* One of 0 … n - 1, all alike: the numbers that would favour the first ones are drawn again. */
static size_t draw_below(uint64_t *state, size_t n)
{
    uint64_t over = UINT64_MAX - (UINT64_MAX % n + 1) % n, z;
    do
        z = splitmix64(state);
    while (z > over);
    return (size_t)(z % n);
}

static void shuffle(uint64_t *state, size_t *item, size_t n)
{
    for (size_t i = n; i > 1; i--) {
        size_t j = draw_below(state, i), kept = item[i - 1];
        item[i - 1] = item[j];
        item[j] = kept;
    }
}

/* ---- people and fields ---- */

#define NOBODY SIZE_MAX

struct person {
    size_t *dossier; /* theirs, by id */
    size_t count;
    size_t home; /* the field that they stand for; NOBODY: none yet */
};

/* A field and who is in it. */
struct place {
    size_t *person; /* in the order of the lot */
    size_t people;
    const struct person *last; /* who came in last */
    size_t homes;              /* people who stand for it */
    size_t seats;
    bool seen; /* on the way to a free one */
};

struct drawing {
    struct arena *arena;
    const struct survey_dossier *dossier;
    size_t count;
    struct survey *out;
    struct person *person;
    struct place *place; /* as out->field */
    size_t *order;       /* of the people: the lot */
    uint64_t state;
    bool failed;
};

static void *room(struct drawing *w, size_t n, size_t size)
{
    void *p = arena_alloc(w->arena, (n + 1) * size);
    w->failed = w->failed || !p;
    return p;
}

static size_t field_at(const struct drawing *w, uint16_t number)
{
    size_t low = 0, high = w->out->fields;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (w->out->field[middle].field < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int by_number(const void *a, const void *b)
{
    return (int)((const struct survey_field *)a)->field - ((const struct survey_field *)b)->field;
}

static void find_fields(struct drawing *w)
{
    struct survey *out = w->out;
    struct survey_field *all = room(w, w->count, sizeof *all);
    if (w->failed)
        return;
    for (size_t i = 0; i < w->count; i++)
        all[i] = (struct survey_field){.field = w->dossier[i].field, .dossiers = 1};
    qsort(all, w->count, sizeof *all, by_number);
    for (size_t i = 0; i < w->count; i++) {
        if (out->fields && all[out->fields - 1].field == all[i].field)
            all[out->fields - 1].dossiers++;
        else
            all[out->fields++] = all[i];
    }
    out->field = all;
    w->place = room(w, out->fields, sizeof *w->place);
}

static void find_people(struct drawing *w)
{
    const size_t *first = survey_people(w->arena, w->dossier, w->count);
    size_t *number = room(w, w->count, sizeof *number), people = 0;
    w->person = room(w, w->count, sizeof *w->person);
    if (w->failed || !first) {
        w->failed = true;
        return;
    }
    for (size_t i = 0; i < w->count; i++) {
        number[i] = first[i] == i ? people++ : number[first[i]];
        w->person[number[i]].count++;
    }
    for (size_t p = 0; p < people; p++) {
        size_t *mine = room(w, w->person[p].count, sizeof *mine);
        w->person[p] = (struct person){.dossier = mine, .home = NOBODY};
    }
    for (size_t i = 0; i < w->count && !w->failed; i++) {
        struct person *p = &w->person[number[i]];
        p->dossier[p->count++] = i;
    }
    w->out->people = people;
}

/* Everybody into the fields in which they have something, in the order of the lot. */
static void fill_places(struct drawing *w)
{
    struct survey *out = w->out;
    for (size_t f = 0; f < out->fields; f++)
        w->place[f].person = room(w, out->field[f].dossiers, sizeof *w->place[f].person);
    for (size_t i = 0; i < out->people && !w->failed; i++) {
        const struct person *p = &w->person[w->order[i]];
        for (size_t n = 0; n < p->count; n++) {
            size_t f = field_at(w, w->dossier[p->dossier[n]].field);
            if (w->place[f].last == p)
                continue;
            w->place[f].last = p;
            w->place[f].person[w->place[f].people++] = w->order[i];
            out->field[f].people++;
        }
    }
}

/* ---- one for each field ---- */

static bool stand_for(struct drawing *w, size_t f);

/* Does somebody who stands for another field stand for this one instead, because the other finds another? */
static bool change_over(struct drawing *w, size_t f, size_t person)
{
    size_t other = w->person[person].home;
    if (w->place[other].seen || !stand_for(w, other))
        return false;
    w->person[person].home = f;
    return true;
}

/* Finds the field somebody of its own (an augmenting path of Kuhn's). No field is asked twice, so that it
 * goes no deeper than there are fields. */
static bool stand_for(struct drawing *w, size_t f)
{
    struct place *place = &w->place[f];
    place->seen = true;
    for (size_t i = 0; i < place->people; i++)
        if (w->person[place->person[i]].home == NOBODY) {
            w->person[place->person[i]].home = f;
            return true;
        }
    for (size_t i = 0; i < place->people; i++)
        if (w->person[place->person[i]].home != f && change_over(w, f, place->person[i]))
            return true;
    return false;
}

/* The fields by how many people are in them, most first. */
static size_t *by_size(struct drawing *w)
{
    size_t *order = room(w, w->out->fields, sizeof *order);
    for (size_t i = 0; order && i < w->out->fields; i++) {
        size_t at = i;
        for (; at && w->place[order[at - 1]].people < w->place[i].people; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    return order;
}

/* Returns how many fields have somebody. */
static size_t one_each(struct drawing *w, size_t size)
{
    size_t seated = 0;
    const size_t *order = by_size(w);
    for (size_t i = 0; order && i < w->out->fields && seated < size; i++) {
        for (size_t f = 0; f < w->out->fields; f++)
            w->place[f].seen = false;
        if (stand_for(w, order[i])) {
            w->place[order[i]].seats = 1;
            seated++;
        }
    }
    return seated;
}

/* ---- the other places ---- */

/* Whoever stands for no field yet stands for that of one of their dossiers. */
static void find_homes(struct drawing *w)
{
    for (size_t i = 0; i < w->out->people; i++) {
        struct person *p = &w->person[w->order[i]];
        if (p->home == NOBODY)
            p->home = field_at(w, w->dossier[p->dossier[draw_below(&w->state, p->count)]].field);
        w->place[p->home].homes++;
    }
}

/* Who is left in a field once its first is drawn. */
static uint64_t left_in(const struct place *p)
{
    return p->seats ? p->homes - 1 : 0;
}

/* `rest` places in proportion to `left`: whole parts first, then one each by the largest remainder; of equal
 * ones the larger field, then the lower number. No field gets more than are left in it: a share is never
 * greater than they are, and rounded up only where it is smaller. */
static void share_out(struct drawing *w, size_t rest, uint64_t left)
{
    size_t fields = w->out->fields, given = 0;
    uint64_t *remainder = room(w, fields, sizeof *remainder);
    for (size_t f = 0; f < fields && !w->failed; f++) {
        uint64_t share = rest * left_in(&w->place[f]);
        remainder[f] = share % left;
        given += share / left;
        w->out->field[f].drawn = (uint32_t)(share / left);
    }
    for (; given < rest && !w->failed; given++) {
        size_t best = 0;
        for (size_t f = 1; f < fields; f++)
            if (remainder[f] > remainder[best] ||
                (remainder[f] == remainder[best] && w->place[f].homes > w->place[best].homes))
                best = f;
        remainder[best] = 0;
        w->out->field[best].drawn++;
    }
    for (size_t f = 0; f < fields; f++)
        w->place[f].seats += w->out->field[f].drawn;
}

static void give_seats(struct drawing *w, size_t size)
{
    size_t seated = one_each(w, size);
    uint64_t left = 0;
    find_homes(w);
    for (size_t f = 0; f < w->out->fields; f++)
        left += left_in(&w->place[f]);
    size_t rest = size - seated < left ? size - seated : (size_t)left;
    if (rest)
        share_out(w, rest, left);
}

/* ---- who is drawn ---- */

/* Their last dossier in that field. */
static size_t dossier_of(const struct drawing *w, const struct person *p, uint16_t field)
{
    size_t last = p->dossier[0];
    for (size_t i = 0; i < p->count; i++)
        if (w->dossier[p->dossier[i]].field == field)
            last = p->dossier[i];
    return last;
}

static int by_place(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

static void draw(struct drawing *w)
{
    struct survey *out = w->out;
    out->drawn = room(w, out->people, sizeof *out->drawn);
    for (size_t f = 0; f < out->fields && !w->failed; f++) {
        const struct place *place = &w->place[f];
        size_t from = out->count;
        for (size_t i = 0; i < place->people && out->count - from < place->seats; i++) {
            const struct person *p = &w->person[place->person[i]];
            if (p->home == f)
                out->drawn[out->count++] = dossier_of(w, p, out->field[f].field);
        }
        out->field[f].drawn = (uint32_t)(out->count - from);
        qsort(out->drawn + from, out->count - from, sizeof *out->drawn, by_place);
    }
}

static int by_id(const void *a, const void *b)
{
    uint64_t x = ((const struct survey_dossier *)a)->id, y = ((const struct survey_dossier *)b)->id;
    return (x > y) - (x < y);
}

bool survey_draw(struct arena *arena, struct survey_dossier *dossier, size_t count, unsigned size,
                 uint64_t seed, struct survey *out)
{
    struct drawing w = {.arena = arena, .dossier = dossier, .count = count, .out = out, .state = seed};
    *out = (struct survey){0};
    if (!count)
        return true;
    qsort(dossier, count, sizeof *dossier, by_id);
    find_fields(&w);
    find_people(&w);
    w.order = room(&w, out->people, sizeof *w.order);
    if (w.failed)
        return false;
    for (size_t i = 0; i < out->people; i++)
        w.order[i] = i;
    shuffle(&w.state, w.order, out->people);
    fill_places(&w);
    if (w.failed)
        return false;
    out->crowded = out->fields > size;
    give_seats(&w, size);
    draw(&w);
    return !w.failed && !arena->failed;
}
