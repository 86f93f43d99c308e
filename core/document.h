/* document: what a paper says, block after block, before anybody decides how it looks. core says what stands
 * on a slip (core/slip.h, core/register.h, core/report.h); forms/ lays it out. */
#ifndef MOTCUA_CORE_DOCUMENT_H
#define MOTCUA_CORE_DOCUMENT_H

#include "core/arena.h"
#include "core/lang.h"

enum paper_size { PAPER_A5, PAPER_A4, PAPER_A4_LANDSCAPE };

enum block_kind {
    BLOCK_HEAD,  /* the two columns every official paper begins with: see struct head_block */
    BLOCK_TITLE, /* bold, centred; `text` is written as it stands, `under` (may be absent) below it, upright
                  */
    BLOCK_TEXT,  /* a paragraph */
    BLOCK_FIELD, /* "label: text" on one line, wrapped where it is long */
    BLOCK_LIST,  /* a packed list (core/wire.h), numbered from 1; `label` (may be absent) stands above it */
    BLOCK_TABLE,
    BLOCK_SIGNATURES,
    BLOCK_QR,    /* `text` as a code to scan, `label` below it: set beside what comes before, at the right */
    BLOCK_SPACE, /* half a line */
};

enum block_look { LOOK_PLAIN = 0, LOOK_BOLD = 1, LOOK_ITALIC = 2, LOOK_CENTRE = 4, LOOK_SMALL = 8 };

/* Decree 30/2020: at the left the agency above it, the agency (bold, underlined in part), the paper's number;
 * at the right the country's name, the motto (bold, underlined), place and date (italic). Absent lines are
 * left out. */
struct head_block {
    struct str parent, agency, desk, number;
    struct str country, motto, place_date;
};

/* A column of a table. Widths are shares of the whole. */
struct document_column {
    struct str title;
    int share;
    bool right, centre;
    /* A head of two storeys: columns side by side whose `group` is the same have it once above them, and
     * `below` in the place of their titles. Absent for one that stands alone. */
    struct str group, below;
};

/* The rows of a table, one after the other, as often as asked: a long one is counted, then drawn, and never
 * held. `take` is given `columns` cells for each row, and its style; it returns false to stop. `each` returns
 * false when the rows cannot be read to the end (whoever made the source knows why). */
typedef bool row_take(void *to, const struct str *cells, unsigned style);
struct row_source {
    bool (*each)(void *arg, row_take *take, void *to);
    void *arg;
};

struct table_block {
    const struct document_column *column;
    size_t columns;
    struct row_source rows;
    bool numbered;   /* below the titles a line (1) (2) (3) … */
    double points;   /* the size of its letters; 0: by the number of its columns */
    struct str none; /* said where there is no row: "(không có)"; may be absent */
};

#define SIGNERS 3
struct signature {
    struct str title; /* "NGƯỜI TIẾP NHẬN HỒ SƠ" */
    struct str how;   /* "(Ký và ghi rõ họ tên)" */
    struct str name;  /* below the room for the hand; may be absent */
    struct str above; /* place and date, above the title; may be absent */
};

struct block {
    enum block_kind kind;
    unsigned style; /* enum block_look, or'ed */
    struct str label, text, under;
    union {
        struct head_block head;
        struct table_block table;
        struct {
            struct signature who[SIGNERS]; /* from left to right */
            size_t count;
        } signatures;
    };
};

/* A paper. Strings are borrowed or live in `text`. */
struct document {
    enum paper_size size;
    enum lang lang;
    struct str title; /* as the file's own title: no personal data */
    struct str foot;  /* at the left of every page's foot, beside "page n of m"; may be absent */
    struct str
        across; /* set large and pale across every page: "DỮ LIỆU MẪU" of a demo store; may be absent */
    struct block *block;
    size_t count, cap;
    struct block unseen; /* what document_add() gives where there is no memory for one more */
    struct arena text;
    double least_points; /* letters of the text may be made smaller, down to this, where that saves a page; 0:
                            they stay */
    bool failed;         /* memory ran out: it is not whole */
};

void document_init(struct document *d, enum paper_size size, enum lang lang);
void document_release(struct document *d);
/* A copy that lives as long as the document. */
struct str document_keep(struct document *d, struct str s);

/* Each adds a block at the end and gives it back to be filled in further; it may move when the next one is
 * added. Never NULL: where memory is out it is one that is not shown. Strings are borrowed. */
struct block *document_add(struct document *d, enum block_kind kind);
void document_title(struct document *d, struct str title, struct str under);
void document_text(struct document *d, struct str text, unsigned style);
/* Nothing where `text` is absent and `dots` is not asked for; with it a line of dots to be filled in by hand:
 * a BLOCK_FIELD without text. */
void document_field(struct document *d, struct str label, struct str text, bool dots);
void document_list(struct document *d, struct str label, struct str packed);

/* A table whose rows are held, made by document_table() and filled by document_row(): cells are kept in the
 * document's memory. Not to be touched by others. */
struct held_rows {
    const struct document_column *column;
    size_t columns, count, cap;
    struct str *cell;
    unsigned *style;
};
/* The columns are borrowed. Whoever streams rows instead adds a BLOCK_TABLE and gives it a source. */
struct block *document_table(struct document *d, const struct document_column *column, size_t columns);
/* Adds a row to the table that document_table() added last; without one it does nothing. Cells are copied. */
void document_row(struct document *d, const struct str *cells, unsigned style);

#endif
