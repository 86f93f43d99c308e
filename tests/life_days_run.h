/* life_days_run: a change of the office in a store and in the model, and what moves with it. */
#ifndef MOTCUA_TESTS_LIFE_DAYS_RUN_H
#define MOTCUA_TESTS_LIFE_DAYS_RUN_H

#include "tests/life_run.h"

bool life_run_office(struct life_run *r, const struct life_step *step, const char *where);

#endif
