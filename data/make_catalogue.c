/* Prints gen/catalogue.h: the procedures and the days off that motcua ships, as tables compiled into it, so
 * that a new store can be made from anywhere. Runs in the source folder while motcua is built, and stops the
 * build at the first row that is not in order: a mistake in the data must be found here, not at a desk. */
#include <csv.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_COLUMNS 16
#define MAX_ROWS 4096
#define LIMIT_MAX_UNITS 3650

enum {
    CODE,
    CASE,
    NAME,
    FIELD,
    LIMIT_KIND,
    LIMIT_VALUE,
    CUTOFF,
    CLOCK,
    FEE_VND,
    ONLINE,
    POSTAL,
    PROCEDURE_COLUMNS
};
static const char *const procedure_columns[] = {"code",       "case",        "name",   "field",
                                                "limit_kind", "limit_value", "cutoff", "clock",
                                                "fee_vnd",    "online",      "postal", NULL};

enum { DATE, KIND, DAY_NAME, DOCUMENT, DAY_COLUMNS };
static const char *const day_columns[] = {"date", "kind", "name", "document", NULL};

struct row {
    char *cell[MAX_COLUMNS]; /* in the order of the wanted columns */
    size_t line;
};

/* A CSV file being read, and then its rows. */
struct table {
    const char *path;
    const char *const *wanted; /* NULL at the end */
    int place[MAX_COLUMNS];    /* of the file's nth column among the wanted ones; -1: ignored */
    int columns;               /* of the header; 0 before it was read */
    int column;                /* of the cell that comes next */
    size_t line, row_line;     /* where we are; where the row began, 0 between rows */
    struct row row[MAX_ROWS];
    size_t rows;
};

static void die(const char *path, size_t line, const char *what, const char *which)
{
    fprintf(stderr, "%s:%zu: %s%s%s\n", path, line, what, which ? ": " : "", which ? which : "");
    exit(1);
}

/* ---- cells ---- */

/* Bytes of the well-formed UTF-8 character that s begins with (Unicode, table 3-7), or 0. */
static size_t character(const unsigned char *s)
{
    unsigned char low = 0x80, high = 0xBF;
    size_t n = s[0] < 0x80 ? 1 : s[0] < 0xC2 ? 0 : s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : s[0] < 0xF5 ? 4 : 0;
    if (s[0] == 0xE0)
        low = 0xA0;
    else if (s[0] == 0xED)
        high = 0x9F;
    else if (s[0] == 0xF0)
        low = 0x90;
    else if (s[0] == 0xF4)
        high = 0x8F;
    for (size_t i = 1; i < n; i++, low = 0x80, high = 0xBF)
        if (s[i] < low || s[i] > high)
            return 0;
    return n;
}

/* What is wrong with a text, or NULL. Besides broken UTF-8 and control characters: blanks that nobody sees,
 * and combining marks, since all the letters of this data exist composed (NFC). */
static const char *fault_of(const char *cell)
{
    const unsigned char *s = (const unsigned char *)cell;
    for (size_t i = 0, n; s[i]; i += n) {
        n = character(s + i);
        if (n == 0)
            return "broken UTF-8";
        if (s[i] < 0x20 || s[i] == 0x7F || (s[i] == 0xC2 && s[i + 1] <= 0xA0))
            return "a control character or a no-break space";
        if (s[i] == 0xCC || (s[i] == 0xCD && s[i + 1] < 0xB0))
            return "a combining mark: not NFC";
        if (s[i] == 0xE2 && s[i + 1] == 0x80 && (s[i + 2] <= 0x8F || (s[i + 2] >= 0xA8 && s[i + 2] <= 0xAF)))
            return "an invisible character";
        if (s[i] == 0xEF && s[i + 1] == 0xBB && s[i + 2] == 0xBF)
            return "a byte order mark";
        if (s[i] == ' ' && (i == 0 || s[i + 1] == ' ' || s[i + 1] == '\0'))
            return "a blank too many";
    }
    return NULL;
}

static void end_cell(void *bytes, size_t n, void *arg)
{
    struct table *t = arg;
    char *cell = bytes;
    int column = t->column++;
    if (strlen(cell) != n)
        die(t->path, t->line, "a NUL byte", NULL);
    const char *fault = fault_of(cell);
    if (fault)
        die(t->path, t->line, fault, cell);
    if (column == MAX_COLUMNS)
        die(t->path, t->line, "too many columns", NULL);

    if (t->columns == 0) {
        t->place[column] = -1;
        for (int i = 0; t->wanted[i]; i++)
            if (strcmp(cell, t->wanted[i]) == 0)
                t->place[column] = i;
        return;
    }
    if (t->rows == MAX_ROWS)
        die(t->path, t->line, "too many rows", NULL);
    if (column >= t->columns || t->place[column] < 0)
        return;
    char *copy = malloc(n + 1);
    if (!copy)
        die(t->path, t->line, "out of memory", NULL);
    memcpy(copy, cell, n + 1);
    t->row[t->rows].cell[t->place[column]] = copy;
}

static void end_header(struct table *t)
{
    for (int i = 0; t->wanted[i]; i++) {
        int found = 0;
        for (int column = 0; column < t->column; column++)
            found += t->place[column] == i;
        if (found != 1)
            die(t->path, t->line, found ? "a column twice" : "a column is missing", t->wanted[i]);
    }
    t->columns = t->column;
}

static void end_row(int terminator, void *arg)
{
    struct table *t = arg;
    (void)terminator;
    if (t->columns == 0) {
        end_header(t);
    } else {
        if (t->column != t->columns)
            die(t->path, t->row_line, "not as many cells as the header", NULL);
        t->row[t->rows++].line = t->row_line;
    }
    t->column = 0;
    t->row_line = 0;
}

static int never(unsigned char c)
{
    (void)c;
    return 0;
}

/* Reads a whole file. libcsv counts no lines, so it gets one at a time. */
static void read_table(struct table *t, const char *path, const char *const *wanted)
{
    *t = (struct table){.path = path, .wanted = wanted};
    FILE *in = fopen(path, "rb");
    if (!in)
        die(path, 0, "cannot be opened", NULL);
    struct csv_parser parser;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0)
        die(path, 0, "out of memory", NULL);
    csv_set_space_func(&parser, never); /* it would trim what fault_of() is to see */

    char *text = NULL;
    size_t size = 0;
    ssize_t n;
    while ((n = getline(&text, &size, in)) > 0) {
        t->line++;
        if (t->row_line == 0 && (text[0] == '\n' || text[0] == '\r'))
            continue;
        if (t->row_line == 0)
            t->row_line = t->line;
        if (csv_parse(&parser, text, (size_t)n, end_cell, end_row, t) != (size_t)n)
            die(path, t->line, csv_strerror(csv_error(&parser)), NULL);
    }
    if (ferror(in))
        die(path, t->line, "cannot be read", NULL);
    if (csv_fini(&parser, end_cell, end_row, t) != 0)
        die(path, t->row_line, "a quote that is never closed", NULL);
    if (t->rows == 0)
        die(path, t->line, "no rows", NULL);
    csv_free(&parser);
    free(text);
    fclose(in);
}

/* ---- what rows must hold ---- */

static bool one_of(const char *cell, const char *const *words)
{
    for (; *words; words++)
        if (strcmp(cell, *words) == 0)
            return true;
    return false;
}

static bool is_digits(const char *s, size_t least, size_t most)
{
    size_t n = strspn(s, "0123456789");
    return s[n] == '\0' && n >= least && n <= most;
}

/* "3", "2.5", "16.25": more than 0, at most LIMIT_MAX_UNITS. */
static bool is_limit_value(const char *s)
{
    size_t whole = strspn(s, "0123456789");
    if (whole == 0 || whole > 4)
        return false;
    if (s[whole] != '\0' && (s[whole] != '.' || !is_digits(s + whole + 1, 1, 2)))
        return false;
    return strspn(s, "0.") < strlen(s) && atoi(s) + (s[whole] == '.') <= LIMIT_MAX_UNITS;
}

static bool is_time_of_day(const char *s)
{
    return strlen(s) == 5 && s[2] == ':' && strspn(s, "0123456789") == 2 && is_digits(s + 3, 2, 2) &&
           atoi(s) < 24 && atoi(s + 3) < 60;
}

static bool is_date(const char *s)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (strlen(s) != 10 || strspn(s, "0123456789") != 4 || s[4] != '-' || strspn(s + 5, "0123456789") != 2 ||
        s[7] != '-' || !is_digits(s + 8, 2, 2))
        return false;
    int year = atoi(s), month = atoi(s + 5), day = atoi(s + 8);
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return year >= 1990 && year <= 2100 && month >= 1 && month <= 12 && day >= 1 &&
           day <= days[month - 1] + (month == 2 && leap);
}

static const char *fault_of_limit(char *const cell[])
{
    static const char *const kinds[] = {
        "", "same_day", "working_days", "calendar_days", "working_hours", "months", NULL};
    static const char *const clocks[] = {"", "day_end", "same_hour", NULL};
    bool same_day = strcmp(cell[LIMIT_KIND], "same_day") == 0;
    if (!one_of(cell[LIMIT_KIND], kinds))
        return "unknown limit_kind";
    if (cell[LIMIT_KIND][0] == '\0') {
        if (cell[LIMIT_VALUE][0] && !is_digits(cell[LIMIT_VALUE], 1, 4))
            return "bad limit_value";
    } else if (same_day ? strcmp(cell[LIMIT_VALUE], "1") != 0 : !is_limit_value(cell[LIMIT_VALUE])) {
        return "bad limit_value";
    } else if (strcmp(cell[LIMIT_KIND], "months") == 0 && strchr(cell[LIMIT_VALUE], '.')) {
        return "a fraction of months";
    }
    if (cell[CUTOFF][0] && (!same_day || !is_time_of_day(cell[CUTOFF])))
        return "bad cutoff";
    return one_of(cell[CLOCK], clocks) ? NULL : "unknown clock";
}

static const char *fault_of_procedure(char *const cell[])
{
    static const char *const flags[] = {"", "0", "1", NULL};
    if (!cell[CODE][0] || strchr(cell[CODE], ' ') || strchr(cell[CODE], '#'))
        return "bad code";
    if (cell[CASE][0] && !is_digits(cell[CASE], 2, 2))
        return "bad case";
    if (!cell[NAME][0] || !cell[FIELD][0])
        return "no name or no field";
    if (cell[FEE_VND][0] && !is_digits(cell[FEE_VND], 1, 9))
        return "bad fee_vnd";
    if (!one_of(cell[ONLINE], flags) || !one_of(cell[POSTAL], flags))
        return "bad online or postal";
    return fault_of_limit(cell);
}

static const char *fault_of_day(char *const cell[])
{
    static const char *const kinds[] = {"off", "worked", "closed", NULL};
    if (!is_date(cell[DATE]))
        return "bad date";
    if (!one_of(cell[KIND], kinds))
        return "unknown kind";
    return cell[DAY_NAME][0] && cell[DOCUMENT][0] ? NULL : "no name or no document";
}

/* Each row in order, and no two alike in their first `key_columns`. */
static void check(const struct table *t, const char *(*fault_of_row)(char *const cell[]), int key_columns)
{
    for (size_t i = 0; i < t->rows; i++) {
        const struct row *row = &t->row[i];
        const char *fault = fault_of_row(row->cell);
        if (fault)
            die(t->path, row->line, fault, row->cell[0]);
        for (size_t before = 0; before < i; before++) {
            int alike = 0;
            while (alike < key_columns && strcmp(t->row[before].cell[alike], row->cell[alike]) == 0)
                alike++;
            if (alike == key_columns)
                die(t->path, row->line, "there already", row->cell[0]);
        }
    }
}

/* ---- printing ---- */

/* Octal escapes end after three digits whatever follows, hexadecimal ones do not. */
static void print_string(const char *s)
{
    putchar('"');
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (c < 0x20 || c >= 0x7F || c == '"' || c == '\\' || c == '?')
            printf("\\%03o", c);
        else
            putchar(c);
    }
    putchar('"');
}

static void print_rows(const struct table *t, int columns)
{
    for (size_t i = 0; i < t->rows; i++) {
        printf("    {");
        for (int column = 0; column < columns; column++) {
            print_string(t->row[i].cell[column]);
            printf(column + 1 < columns ? ", " : "},\n");
        }
    }
    printf("};\n");
}

int main(void)
{
    static struct table procedures, days;
    read_table(&procedures, "data/procedures.csv", procedure_columns);
    check(&procedures, fault_of_procedure, 2);
    read_table(&days, "data/holidays.csv", day_columns);
    check(&days, fault_of_day, 1);

    printf("/* Made by data/make_catalogue.c from data/procedures.csv and data/holidays.csv. UTF-8, NFC; "
           "\"\" is none. */\n\n"
           "struct shipped_procedure {\n"
           "    const char *code, *name_of_case /* the column `case` */, *name, *field, *limit_kind, "
           "*limit_value, *cutoff,\n"
           "        *clock, *fee_vnd, *online, *postal;\n"
           "};\n"
           "static const struct shipped_procedure shipped_procedures[%zu] = {\n",
           procedures.rows);
    print_rows(&procedures, PROCEDURE_COLUMNS);
    printf("\nstruct shipped_day {\n"
           "    const char *date, *kind /* off, worked, closed */, *name, *document;\n"
           "};\n"
           "static const struct shipped_day shipped_days[%zu] = {\n",
           days.rows);
    print_rows(&days, DAY_COLUMNS);
    if (ferror(stdout) || fflush(stdout) != 0) {
        perror("make_catalogue");
        return 1;
    }
    return 0;
}
