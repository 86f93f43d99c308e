/* survey: who is asked how they were served: so many people, drawn by lot from those who handed something in
 * and got their result.
 *
 * Nobody is drawn twice, every field (lĩnh vực) in which there is somebody to ask has at least one, and the
 * other places go to the fields in proportion to who is left in them (largest remainder). Where there are
 * more fields than places, the largest fields have one each. The lot is splitmix64 and Fisher-Yates: the same
 * seed draws the same people on every machine, in whatever order they were given. */
#ifndef MOTCUA_CORE_SURVEY_H
#define MOTCUA_CORE_SURVEY_H

#include "core/survey_people.h"

struct survey_field {
    uint16_t field;
    uint32_t dossiers, people; /* of those who may be asked; one person may be in several fields */
    uint32_t drawn;
};

struct survey {
    struct survey_field *field; /* those with anybody to ask, by number */
    size_t fields;
    size_t people; /* who may be asked, each once */
    size_t *drawn; /* places in the array of dossiers as survey_draw() left it, by field, then id */
    size_t count;
    bool crowded; /* more fields than places */
};

/* Sorts `dossier` by id and draws up to `size` people; one with several dossiers in the field that they are
 * drawn for is asked about the last. What *out holds lives in `arena`. False when memory is out.
 */
bool survey_draw(struct arena *arena, struct survey_dossier *dossier, size_t count, unsigned size,
                 uint64_t seed, struct survey *out);

#endif
