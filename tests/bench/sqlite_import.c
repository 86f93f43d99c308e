/* sqlite_import: the peer of `import csv`: reads the same spreadsheet and stores the same in SQLite.
 *
 *     sqlite_import FILE DATABASE
 *
 * Reads with libcsv, as motcua does. Stores what a tracker of this kind cannot do without: a row a dossier
 * with every cell, its times as minutes; a unique index by code; a partial index of the open ones by due
 * time; the name folded for searching (by the same function); and a journal with one entry a row, its body
 * the row's cells, bound to the one before by BLAKE2b. Transactions of 1,000 rows, journal_mode=WAL,
 * synchronous=FULL: what is told to be stored is on the disk, as with motcua. It does not check what it
 * reads, nor look beforehand, nor sleep between transactions. Prints the rows stored. */
#include "core/text.h"
#include "tests/bench/timing.h"
#include <csv.h>
#include <sodium.h>
#include <sqlite3.h>
#include <string.h>

enum { BATCH = 1000, COLUMNS = 64, HASH = 32, BLOCK = 65536 };

/* What the spreadsheet's columns are called. */
enum { CODE, APPLICANT, RECEIVED, STATUTORY, DUE, WAITING, RESOLVED, RETURNED, MEANT };
static const char *const meant[MEANT] = {"code",   "applicant",     "received_at", "statutory_due_at",
                                         "due_at", "waiting_since", "resolved_at", "returned_at"};

struct import {
    sqlite3 *db;
    sqlite3_stmt *dossier, *journal;
    struct buf row, folded;             /* the cells of the row being read, a NUL after each */
    size_t cell[COLUMNS], cells, width; /* where they begin */
    int where[MEANT];
    uint64_t rows;
    unsigned char hash[HASH];
};

static void check(struct import *m, bool ok)
{
    if (ok)
        return;
    fprintf(stderr, "sqlite_import: %s\n", sqlite3_errmsg(m->db));
    exit(1);
}

static void run(struct import *m, const char *sql)
{
    check(m, sqlite3_exec(m->db, sql, NULL, NULL, NULL) == SQLITE_OK);
}

static void on_cell(void *bytes, size_t n, void *arg)
{
    struct import *m = arg;
    if (m->cells < COLUMNS)
        m->cell[m->cells++] = m->row.n;
    buf_add(&m->row, bytes, n);
    buf_add_char(&m->row, '\0');
}

static void header(struct import *m)
{
    m->width = m->cells;
    for (int i = 0; i < MEANT; i++) {
        m->where[i] = -1;
        for (size_t c = 0; c < m->cells; c++)
            if (strcmp(m->row.p + m->cell[c], meant[i]) == 0)
                m->where[i] = (int)c;
    }
    if (m->where[CODE] < 0 || m->where[APPLICANT] < 0 || m->where[DUE] < 0) {
        fprintf(stderr, "sqlite_import: not the header that was expected\n");
        exit(1);
    }
    struct buf sql = BUF_INIT;
    buf_add_z(&sql, "CREATE TABLE dossier(id INTEGER PRIMARY KEY, folded TEXT, received INTEGER,"
                    " statutory INTEGER, due INTEGER, waiting INTEGER, resolved INTEGER, returned INTEGER");
    for (size_t c = 0; c < m->width; c++)
        buf_addf(&sql, ", c%d TEXT", (int)c);
    buf_addf(&sql, "); CREATE UNIQUE INDEX by_code ON dossier(c%d);", m->where[CODE]);
    buf_add_z(&sql, "CREATE INDEX live ON dossier(due) WHERE resolved IS NULL;"
                    "CREATE TABLE journal(seq INTEGER PRIMARY KEY, hash BLOB, body BLOB); BEGIN");
    run(m, sql.p);
    buf_reset(&sql);
    buf_add_z(&sql, "INSERT INTO dossier VALUES(?,?,?,?,?,?,?,?");
    for (size_t c = 0; c < m->width; c++)
        buf_add_z(&sql, ",?");
    buf_add_char(&sql, ')');
    check(m, sqlite3_prepare_v2(m->db, sql.p, -1, &m->dossier, NULL) == SQLITE_OK);
    check(m,
          sqlite3_prepare_v2(m->db, "INSERT INTO journal VALUES(?,?,?)", -1, &m->journal, NULL) == SQLITE_OK);
    buf_release(&sql);
}

/* "2026-11-20 08:30" or "20/11/2026 08:30" as a number that sorts. */
static sqlite3_int64 minutes(const char *s)
{
    int y, m, d, hour = 0, minute = 0;
    if (sscanf(s, "%4d-%2d-%2d %2d:%2d", &y, &m, &d, &hour, &minute) < 3 &&
        sscanf(s, "%2d/%2d/%4d %2d:%2d", &d, &m, &y, &hour, &minute) < 3)
        return -1;
    return ((((sqlite3_int64)y * 12 + m) * 31 + d) * 24 + hour) * 60 + minute;
}

static void store_journal(struct import *m)
{
    crypto_generichash_state state;
    unsigned char seq[8];
    for (int i = 0; i < 8; i++)
        seq[i] = (unsigned char)(m->rows >> (56 - 8 * i));
    crypto_generichash_init(&state, NULL, 0, HASH);
    crypto_generichash_update(&state, m->hash, HASH);
    crypto_generichash_update(&state, seq, sizeof seq);
    crypto_generichash_update(&state, (const unsigned char *)m->row.p, m->row.n);
    crypto_generichash_final(&state, m->hash, HASH);
    sqlite3_bind_int64(m->journal, 1, (sqlite3_int64)m->rows);
    sqlite3_bind_blob(m->journal, 2, m->hash, HASH, SQLITE_STATIC);
    sqlite3_bind_blob(m->journal, 3, m->row.p, (int)m->row.n, SQLITE_STATIC);
    check(m, sqlite3_step(m->journal) == SQLITE_DONE);
    sqlite3_reset(m->journal);
}

static void store_dossier(struct import *m)
{
    const char *name = m->row.p + m->cell[m->where[APPLICANT]];
    buf_reset(&m->folded);
    text_fold(&m->folded, str_of(name));
    sqlite3_bind_int64(m->dossier, 1, (sqlite3_int64)m->rows);
    sqlite3_bind_text(m->dossier, 2, m->folded.p, (int)m->folded.n, SQLITE_STATIC);
    for (int i = RECEIVED; i < MEANT; i++) {
        sqlite3_int64 at = m->where[i] < 0 ? -1 : minutes(m->row.p + m->cell[m->where[i]]);
        if (at < 0)
            sqlite3_bind_null(m->dossier, 1 + i);
        else
            sqlite3_bind_int64(m->dossier, 1 + i, at);
    }
    for (size_t c = 0; c < m->width; c++)
        sqlite3_bind_text(m->dossier, 9 + (int)c, m->row.p + m->cell[c], -1, SQLITE_STATIC);
    check(m, sqlite3_step(m->dossier) == SQLITE_DONE);
    sqlite3_reset(m->dossier);
}

static void on_row(int end, void *arg)
{
    struct import *m = arg;
    (void)end;
    if (m->row.failed)
        bench_fail("malloc");
    if (!m->width) {
        header(m);
    } else if (m->cells == m->width) {
        m->rows++;
        store_journal(m);
        store_dossier(m);
        if (m->rows % BATCH == 0)
            run(m, "COMMIT; BEGIN");
    }
    buf_reset(&m->row);
    m->cells = 0;
}

int main(int argc, char **argv)
{
    static char block[BLOCK];
    struct import m = {.row = BUF_INIT, .folded = BUF_INIT};
    struct csv_parser parser;
    if (argc != 3 || sodium_init() < 0 || csv_init(&parser, 0) != 0)
        return 2;
    FILE *f = fopen(argv[1], "rb");
    if (!f)
        bench_fail(argv[1]);
    check(&m, sqlite3_open(argv[2], &m.db) == SQLITE_OK);
    run(&m, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
    if (fread(block, 1, 3, f) == 3 && memcmp(block, "\xEF\xBB\xBF", 3) != 0)
        rewind(f);
    for (size_t n; (n = fread(block, 1, BLOCK, f)) > 0;)
        if (csv_parse(&parser, block, n, on_cell, on_row, &m) != n)
            bench_fail("csv_parse");
    csv_fini(&parser, on_cell, on_row, &m);
    run(&m, "COMMIT");
    sqlite3_finalize(m.dossier);
    sqlite3_finalize(m.journal);
    check(&m, sqlite3_close(m.db) == SQLITE_OK);
    printf("%llu\n", (unsigned long long)m.rows);
    csv_free(&parser);
    fclose(f);
    buf_release(&m.row);
    buf_release(&m.folded);
    return 0;
}
