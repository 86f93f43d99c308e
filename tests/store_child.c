#include "tests/store_child.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

void store_desk_shut(struct store_desk *d)
{
    store_close(d->store);
    d->store = NULL;
}

pid_t child_start(struct store_desk *d, int number, child_work *work)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child > 0)
        return child;
    struct outcome o = store_open(d->dir, &d->store);
    int answer = outcome_ok(&o) ? work(d, number) : CHILD_BAD;
    store_close(d->store);
    _exit(answer);
}

int child_wait(pid_t child)
{
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}
