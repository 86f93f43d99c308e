#include "cli/acting.h"

#include "cli/dossier_json.h"
#include "cli/dossier_text.h"
#include <stdlib.h>

static int print_dossier(struct cli *c, uint64_t id, const struct judge *judge, say_more *then)
{
    struct dossier d;
    if (!view_dossier(c->view, id, &d))
        return 0; /* the view's fault is told at the end */
    if (c->json) {
        struct json j = json_onto(&c->out);
        dossier_json(c, &j, NULL, &d, &(struct dossier_view){.judge = judge});
        json_line(&j);
    } else {
        dossier_line(c, &d, judge);
        if (then)
            then(c, &d);
    }
    cli_spill(c);
    return 0;
}

struct last {
    uint64_t seq;
    struct event *event;
    bool found;
};

static bool keep_last(void *arg, const struct event *e)
{
    struct last *l = arg;
    l->found = e->seq == l->seq;
    if (l->found)
        *l->event = *e;
    return !l->found;
}

bool acting_last(struct cli *c, const struct dossier *d, struct event *out)
{
    struct last last = {.seq = d->last_event, .event = out};
    view_history(c->view, d, keep_last, &last);
    return last.found;
}

void acting_paper(struct cli *c, const struct dossier *d, enum slip slip)
{
    struct buf name = BUF_INIT;
    paper_name(c, &name, d, slip);
    if (name.n)
        CLI_LINE(c, T_cli_issue_paper, buf_str(&name));
    c->out.failed = c->out.failed || name.failed;
    buf_release(&name);
}

static int submit_all(struct cli *c, struct request *requests, size_t n, say_more *then)
{
    int status = cli_submit(c, requests, n);
    if (status)
        return status;
    struct judge judge = judge_at(c->office, cli_now(c));
    if (!judge.calendar)
        return cli_no_memory(c);
    cli_banner(c);
    for (size_t i = 0; i < n; i++)
        print_dossier(c, requests[i].result.dossier, &judge, then);
    return 0;
}

static int named_twice(struct cli *c, struct str code)
{
    struct outcome o = outcome_of(KIND_named_twice);
    outcome_code(&o, code);
    return cli_tell(c, &o);
}

/* The same dossier twice would be acted on twice: its code may be written in more than one way. What is not
 * found is the door's to refuse. */
static int check_named_once(struct cli *c, const struct str *codes, size_t n)
{
    uint64_t *id = calloc(n, sizeof *id);
    if (!id)
        return cli_no_memory(c);
    int status = 0;
    for (size_t i = 0; i < n && !status; i++) {
        struct outcome o = view_find(c->view, codes[i], &id[i]);
        for (size_t k = 0; outcome_ok(&o) && k < i; k++)
            if (id[k] == id[i])
                status = named_twice(c, codes[i]);
    }
    free(id);
    return status;
}

int acting_submit(struct cli *c, const struct command *command, const struct str *codes, size_t n,
                  say_more *then)
{
    int named = n > 1 ? check_named_once(c, codes, n) : 0;
    if (named)
        return named;
    size_t count = n ? n : 1;
    struct request *requests = calloc(count, sizeof *requests);
    if (!requests)
        return cli_no_memory(c);
    for (size_t i = 0; i < count; i++) {
        requests[i] = (struct request){.moment = cli_moment(c), .command = *command};
        if (n)
            requests[i].command.dossier = codes[i];
    }
    int status = submit_all(c, requests, count, then);
    free(requests);
    return status;
}
