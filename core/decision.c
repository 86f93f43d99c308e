#include "core/decision.h"

void decision_release(struct decision *d)
{
    arena_release(&d->text);
    *d = DECISION_INIT;
}
