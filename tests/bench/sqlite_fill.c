/* sqlite_fill: a store's dossiers in an SQLite database, as somebody who knows SQLite would keep them.
 *
 *     sqlite_fill STORE DATABASE
 *
 * One table with a row a dossier, times as minutes, names as people wrote them and folded for searching; an
 * index for whatever the questions of the bench ask for: by code, the open ones by due time, by receipt. */
#include "core/text.h"
#include "store/store.h"
#include "tests/bench/timing.h"
#include <sqlite3.h>

struct fill {
    sqlite3 *db;
    sqlite3_stmt *insert;
    struct view *view;
    struct buf folded;
};

static void run(sqlite3 *db, const char *sql)
{
    char *why = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK) {
        fprintf(stderr, "sqlite_fill: %s: %s\n", sql, why ? why : "?");
        exit(1);
    }
}

static void text(struct fill *f, int at, struct str s)
{
    if (s.p)
        sqlite3_bind_text(f->insert, at, s.p, (int)s.n, SQLITE_TRANSIENT);
    else
        sqlite3_bind_null(f->insert, at);
}

static void time_of(struct fill *f, int at, civil_minute t)
{
    if (t == NO_TIME)
        sqlite3_bind_null(f->insert, at);
    else
        sqlite3_bind_int64(f->insert, at, (sqlite3_int64)t);
}

static bool put(void *arg, const struct dossier *d)
{
    struct fill *f = arg;
    struct procedure p = {0};
    bool known = view_procedure_of(f->view, d, &p);
    buf_reset(&f->folded);
    match_name(&f->folded, d);
    buf_add_char(&f->folded, ' ');
    match_numbers(&f->folded, d);
    sqlite3_bind_int64(f->insert, 1, (sqlite3_int64)d->facts.id);
    text(f, 2, d->code);
    text(f, 3, known ? p.code : d->receipt.procedure.code);
    text(f, 4, known ? p.name : d->title);
    sqlite3_bind_int(f->insert, 5, d->facts.field);
    text(f, 6, d->receipt.applicant.name);
    text(f, 7, buf_str(&f->folded));
    text(f, 8, d->receipt.applicant.phone);
    text(f, 9, d->officer);
    text(f, 10, d->unit);
    sqlite3_bind_int(f->insert, 11, d->facts.state);
    sqlite3_bind_int(f->insert, 12, d->facts.channel);
    time_of(f, 13, d->facts.received);
    time_of(f, 14, d->facts.statutory_due);
    time_of(f, 15, d->facts.due);
    time_of(f, 16, d->facts.resolved);
    time_of(f, 17, d->facts.returned);
    if (sqlite3_step(f->insert) != SQLITE_DONE) {
        fprintf(stderr, "sqlite_fill: %s\n", sqlite3_errmsg(f->db));
        exit(1);
    }
    sqlite3_reset(f->insert);
    return true;
}

static void fill(struct fill *f)
{
    run(f->db,
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
        "CREATE TABLE dossier(id INTEGER PRIMARY KEY, code TEXT, procedure TEXT, title TEXT, field INTEGER,"
        " applicant TEXT, folded TEXT, phone TEXT, officer TEXT, unit TEXT, state INTEGER,"
        " channel INTEGER, received INTEGER, statutory INTEGER, due INTEGER, resolved INTEGER,"
        " returned INTEGER); BEGIN;");
    if (sqlite3_prepare_v2(f->db, "INSERT INTO dossier VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", -1,
                           &f->insert, NULL) != SQLITE_OK)
        exit(1);
    view_scan(f->view, NULL, put, f);
    sqlite3_finalize(f->insert);
    run(f->db, "COMMIT; CREATE UNIQUE INDEX by_code ON dossier(code);"
               "CREATE INDEX running ON dossier(due) WHERE state = 1;"
               "CREATE INDEX by_receipt ON dossier(received); ANALYZE;");
}

int main(int argc, char **argv)
{
    struct store *s;
    struct fill f = {.folded = BUF_INIT};
    if (argc != 3)
        return 2;
    struct outcome o = store_open(argv[1], &s);
    if (outcome_ok(&o))
        o = view_begin(s, &f.view);
    if (!outcome_ok(&o) || sqlite3_open(argv[2], &f.db) != SQLITE_OK) {
        fprintf(stderr, "sqlite_fill: cannot open\n");
        return 1;
    }
    fill(&f);
    sqlite3_close(f.db);
    buf_release(&f.folded);
    view_end(f.view);
    store_close(s);
    return 0;
}
