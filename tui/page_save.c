#include "tui/page_save.h"

#include "store/papers.h"
#include "tui/act_frame.h"
#include "tui/errand.h"
#include "tui/form.h"
#include "tui/page_ask.h"
#include <stdlib.h>
#include <unistd.h>

enum save_item { S_SHAPE, S_MASK, S_FILE, S_ITEMS };

/* The last only where the report has it. */
enum shape { SHAPE_WORKBOOK, SHAPE_PAPER, SHAPE_TABLE, SHAPE_WORDS, SHAPES };

static const struct {
    enum text_id name;
    const char *option, *ending;
} shapes[SHAPES] = {
    [SHAPE_WORKBOOK] = {T_tui_shape_xlsx, "--xlsx", ".xlsx"},
    [SHAPE_PAPER] = {T_tui_shape_pdf, "--pdf", ".pdf"},
    [SHAPE_TABLE] = {T_tui_shape_csv, "--csv", ".csv"},
    [SHAPE_WORDS] = {T_tui_shape_doc, "--doc", ".doc"},
};

struct save_page {
    struct page page;
    enum report_kind kind;
    struct period period;
    civil_day today;
    struct form form;
    struct sheet told;
    struct buf folder;
};

static struct save_page *of(struct page *p)
{
    return (struct save_page *)p;
}

/* ---- where to ---- */

/* FOLDER/ii06a-2026-09-15-2026-12-14.xlsx: what it is and of when, and nobody's name. */
static void name_file(struct save_page *p)
{
    char day[CIVIL_TEXT];
    struct buf path = BUF_INIT;
    buf_add_str(&path, buf_str(&p->folder));
    buf_add_char(&path, '/');
    buf_add_z(&path, report_name(p->kind));
    if (report_has_period(p->kind)) {
        buf_addf(&path, "-%s", civil_iso_date(day, p->period.from));
        buf_addf(&path, "-%s", civil_iso_date(day, p->period.to));
    } else {
        buf_addf(&path, "-%s", civil_iso_date(day, p->today));
    }
    buf_add_z(&path, shapes[p->form.item[S_SHAPE].chosen].ending);
    form_begin_text(&p->form, S_FILE, buf_str(&path));
    buf_release(&path);
}

/* What was typed as a path: "~/" is the person's own folder, and a name alone lies in the folder of papers.
 * False, and said, where it is none. */
static bool read_path(struct save_page *p, struct session *s, struct buf *out)
{
    struct str typed = form_text(&p->form, S_FILE);
    const char *home = getenv("HOME");
    bool fine = typed.n > 0 && !str_eq(typed, STR("-"));
    if (!fine) {
        form_focus(&p->form, S_FILE);
        session_say_id(s, TONE_REFUSED, T_tui_no_file);
    } else if (str_starts(typed, STR("~/")) && home) {
        buf_add_z(out, home);
        buf_add_str(out, str_from(typed, 1));
    } else if (!memchr(typed.p, '/', typed.n)) {
        buf_add_str(out, buf_str(&p->folder));
        buf_add_char(out, '/');
        buf_add_str(out, typed);
    } else {
        buf_add_str(out, typed);
    }
    return fine && !out->failed;
}

/* ---- saving ---- */

/* The folder of papers is made where it is missing; any other is the person's own care. */
static bool make_folder(struct save_page *p, struct session *s, struct str file)
{
    struct outcome o = OUTCOME_DONE;
    if (str_starts(file, buf_str(&p->folder)))
        o = papers_make(buf_str(&p->folder));
    if (!outcome_ok(&o))
        session_refuse(s, &o);
    return outcome_ok(&o);
}

static void write_file(struct save_page *p, struct session *s, const char *file)
{
    enum shape shape = (enum shape)p->form.item[S_SHAPE].chosen;
    char from[CIVIL_TEXT], to[CIVIL_TEXT];
    const char *word[ERRAND_WORDS] = {"report", report_name(p->kind)};
    size_t n = 2;
    if (report_has_period(p->kind)) {
        word[n++] = "--from";
        word[n++] = civil_iso_date(from, p->period.from);
        word[n++] = "--to";
        word[n++] = civil_iso_date(to, p->period.to);
    }
    if (p->form.item[S_MASK].chosen == 1)
        word[n++] = "--unmask";
    word[n++] = shapes[shape].option;
    if (shape == SHAPE_TABLE)
        word[n++] = "--output";
    word[n++] = file;
    p->page.done = errand_say(s, word);
}

static void replace(void *arg, struct session *s)
{
    struct save_page *p = arg;
    struct buf path = BUF_INIT;
    if (read_path(p, s, &path))
        write_file(p, s, path.p);
    buf_release(&path);
}

/* What is there already is replaced only on a word. */
static void save(struct save_page *p, struct session *s)
{
    struct buf path = BUF_INIT;
    if (read_path(p, s, &path) && make_folder(p, s, buf_str(&path))) {
        if (access(path.p, F_OK) == 0)
            session_open(s, page_ask(buf_str(&path), session_text(s, T_tui_ask_replace), replace, p));
        else
            write_file(p, s, path.p);
    }
    buf_release(&path);
}

/* ---- the page ---- */

static void draw(struct page *page, struct session *s, struct canvas *c, struct area a)
{
    struct save_page *p = of(page);
    int top = act_frame_head(c, a, session_text(s, report_title(p->kind)), STR_NONE,
                             session_text(s, T_tui_save_explain));
    sheet_begin(&p->told, a.columns - 2);
    act_frame_body(&p->form, &p->told, c, a, top, s->lang);
}

static bool key(struct page *page, struct session *s, const struct key *k, enum action action)
{
    struct save_page *p = of(page);
    if (action == ACTION_save) {
        save(p, s);
        return true;
    }
    enum form_answer answer = form_key(&p->form, k, action);
    if (answer == FORM_CHANGED && p->form.focus == S_SHAPE && !form_item_dirty(&p->form, S_FILE))
        name_file(p);
    if (answer == FORM_DONE)
        save(p, s);
    return answer != FORM_IGNORED;
}

static bool typing(const struct page *page)
{
    return form_typing(&((const struct save_page *)page)->form);
}

static unsigned scopes(const struct page *page)
{
    return form_scopes(&((const struct save_page *)page)->form);
}

static size_t hints(const struct page *page, const struct session *s, struct hint out[HINTS])
{
    static const enum action shown[] = {ACTION_save, ACTION_turn, ACTION_next, ACTION_back, ACTION_help};
    (void)page, (void)s;
    return hints_of(out, shown, sizeof shown / sizeof *shown);
}

static void title(const struct page *page, const struct session *s, struct buf *out)
{
    (void)page;
    buf_add_str(out, session_text(s, T_tui_title_save));
}

static void free_page(struct page *page)
{
    form_release(&of(page)->form);
    sheet_release(&of(page)->told);
    buf_release(&of(page)->folder);
    free(page);
}

static const struct page_ops ops = {
    .draw = draw,
    .key = key,
    .scopes = scopes,
    .typing = typing,
    .hints = hints,
    .title = title,
    .free = free_page,
};

struct page *page_save(enum report_kind kind, struct period period, civil_day today)
{
    const struct form_item items[S_ITEMS] = {
        [S_SHAPE] = {.kind = ITEM_CHOICE,
                     .label = T_tui_field_shape,
                     .choices = kind == REPORT_SURVEY ? SHAPES : SHAPE_WORDS,
                     .choice = {shapes[SHAPE_WORKBOOK].name, shapes[SHAPE_PAPER].name,
                                shapes[SHAPE_TABLE].name, shapes[SHAPE_WORDS].name}},
        [S_MASK] = {.kind = ITEM_CHOICE,
                    .label = T_tui_field_masked,
                    .hidden = !report_is_personal(kind) || kind == REPORT_SURVEY,
                    .choices = 2,
                    .choice = {T_core_yes, T_core_no}},
        [S_FILE] = {.label = T_tui_field_file, .hint = T_tui_type_file, .required = true, .max = 1000},
    };
    struct save_page *p = calloc(1, sizeof *p);
    if (!p)
        return NULL;
    p->page.ops = &ops;
    p->kind = kind;
    p->period = period;
    p->today = today;
    p->told = SHEET_INIT;
    form_init(&p->form, items, S_ITEMS);
    papers_folder(&p->folder);
    name_file(p);
    return &p->page;
}
