/* The register: which rows, in what order, in which table, and what stands around them. */
#include "core/register.h"

#include "tests/desk_world.h"
#include "tests/document_text.h"
#include "tests/pty.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/* ---- a book out of memory ---- */

struct shelf {
    struct dossier dossier[8];
    size_t count;
    size_t fails_after; /* so many dossiers are read, then no more; 0: never */
    int asked;          /* how often it was read */
};

static bool each(void *arg, register_take *take, void *to)
{
    static const struct procedure named = {.code = {"1.001", 5}, .name = {"Marriage", 8}};
    struct shelf *s = arg;
    s->asked++;
    for (size_t i = 0; i < s->count; i++) {
        if (s->fails_after && i == s->fails_after)
            return false;
        if (!take(to, &s->dossier[i], s->dossier[i].receipt.procedure.number ? &named : NULL))
            break;
    }
    return true;
}

static struct dossier *put(struct shelf *s, const char *code, const char *name, uint32_t number, int year)
{
    struct dossier *d = &s->dossier[s->count++];
    *d = (struct dossier){.code = str_of(code), .in_register = {number, year}, .promised = NO_TIME};
    d->facts.received = world_time("2026-11-16T09:30");
    d->facts.returned = NO_TIME;
    d->facts.state = STATE_PROCESSING;
    d->receipt.applicant.name = str_of(name);
    d->receipt.procedure.number = 1;
    return d;
}

static struct shelf full_shelf(void)
{
    struct shelf s = {.count = 0};
    struct dossier *d = put(&s, "H42-1", "Nguyễn Thị Hoa", 1, 2026);
    d->receipt.applicant.address = STR("thôn 2, xã Thử");
    d->receipt.applicant.phone = STR("0912345678");
    d->promised = world_time("2026-11-19T17:00");
    d->facts.returned = world_time("2026-11-18T10:05");
    d->unit = STR("Tư pháp - Hộ tịch");
    d->return_channel = CHANNEL_DIRECT;
    d->returned_to = STR("Nguyễn Văn Bình");
    d->apology.number = 7;
    d = put(&s, "H42-2", "Lê Văn Nam", 2, 2026);
    d->facts.state = STATE_VOID;
    d->facts.ended_how = ENDED_VOID;
    d->receipt.collect = CHANNEL_POSTAL;
    d = put(&s, "X-0099", "Trần Văn Cũ", 0, 0);
    d->receipt.procedure.number = 0;
    d->title = STR("Thủ tục của hệ thống khác");
    d->receipt.note = STR("theo sổ cũ");
    d->imported = true;
    put(&s, "H42-0", "Ngô Thị Xưa", 0, 0); /* received here before dossiers had numbers */
    put(&s, "H42-3", "Phạm Thị Ba", 3, 2026);
    return s;
}

/* ---- the paper as text ---- */

struct paper {
    struct world world;
    struct document document;
    struct register_count count;
    struct buf text;
    bool written;
};

static void write_book(struct paper *p, struct shelf *s, enum lang lang, int book)
{
    *p = (struct paper){.text = BUF_INIT};
    world_init(&p->world);
    const struct register_request request = {
        .office = p->world.office,
        .book = book,
        .from = civil_from_ymd(2026, 11, 1),
        .to = civil_from_ymd(2026, 11, 30),
        .now = world_time("2026-11-21T10:00"),
        .head = STR("2002:5c4010638226578b"),
        .lang = lang,
        .source = {each, s},
    };
    p->written = register_write(&request, &p->document, &p->count);
    if (p->written)
        document_print(&p->text, &p->document);
}

static void write(struct paper *p, struct shelf *s, enum lang lang)
{
    write_book(p, s, lang, 0);
}

static void release(struct paper *p)
{
    document_release(&p->document);
    buf_release(&p->text);
    world_release(&p->world);
}

static void must_say(const struct paper *p, const char *line)
{
    if (!strstr(p->text.p, line))
        fail_msg("\"%s\" is not said in:\n%s", line, p->text.p);
}

static void every_dossier_has_its_row(void **state)
{
    (void)state;
    struct shelf s = full_shelf();
    struct paper p;
    write(&p, &s, LANG_VI);
    assert_true(p.written);
    assert_true(p.count.numbered == 3 && p.count.unnumbered == 2);
    assert_true(p.count.first.number == 1 && p.count.last.number == 3);
    must_say(&p, "A4 across, vi\nFILE: Sổ theo dõi hồ sơ\n");
    must_say(&p, "FOOT: Mẫu số 07 · số liệu tính đến 21/11/2026 10:00 · mốc nhật ký 2002:5c4010638226578b\n");
    must_say(&p, "TITLE: SỔ THEO DÕI HỒ SƠ\nunder it: Quyển số: 2026\n");
    must_say(
        &p,
        "Theo ngày tiếp nhận: hồ sơ tiếp nhận từ ngày 01 tháng 11 năm 2026 đến ngày 30 tháng 11 năm 2026\n");
    must_say(&p,
             "| 1 | H42-1 | Marriage | Nguyễn Thị Hoa | thôn 2, xã Thử / 0912345678 | Tư pháp - Hộ tịch | "
             "16/11/2026 09:30 | 19/11/2026 17:00 | 18/11/2026 10:05 | Trực tiếp |  | Phiếu xin lỗi 07/PXL / "
             "Người nhận: Nguyễn Văn Bình |\n"
             "| 2 | H42-2 | Marriage | Lê Văn Nam |  | UBND xã Thử | 16/11/2026 09:30 |  |  | ");
    must_say(&p, " |  | Hủy |\n| 3 | H42-3 |"); /* what was imported stands not between them */
    must_say(&p, "Cộng: 3 hồ sơ, số thứ tự từ 1 đến 3.\n");
    must_say(&p, "Hồ sơ chưa có số thứ tự trong sổ: 2\n");
    must_say(&p, "|  | X-0099 | Thủ tục của hệ thống khác | Trần Văn Cũ |");
    must_say(&p, "| Nhập từ hệ thống khác / theo sổ cũ |\n");
    must_say(&p,
             "|  | H42-0 | Marriage | Ngô Thị Xưa |  | UBND xã Thử | 16/11/2026 09:30 |  |  |  |  |  |\n");
    golden("../slips/register_vi", p.text.p);
    release(&p);
    write(&p, &s, LANG_EN);
    golden("../slips/register_en", p.text.p);
    release(&p);
}

static void twelve_columns_are_prescribed(void **state)
{
    (void)state;
    struct shelf s = full_shelf();
    struct paper p;
    write(&p, &s, LANG_VI);
    size_t tables = 0;
    for (size_t i = 0; i < p.document.count; i++) {
        const struct block *b = &p.document.block[i];
        if (b->kind != BLOCK_TABLE)
            continue;
        tables++;
        assert_int_equal(b->table.columns, 12);
        assert_true(b->table.numbered);
    }
    assert_int_equal(tables, 2);
    release(&p);
}

static void books_of_two_years_are_told_apart(void **state)
{
    (void)state;
    struct shelf s = full_shelf();
    struct paper p;
    put(&s, "H42-4", "Ai", 1, 2027);
    write(&p, &s, LANG_VI);
    must_say(&p, "under it: Quyển số: 2026-2027\n");
    must_say(&p, "| 3/2026 | H42-3 |");
    must_say(&p, "| 1/2027 | H42-4 |");
    must_say(&p, "Cộng: 4 hồ sơ, số thứ tự từ 1/2026 đến 1/2027.\n");
    release(&p);
}

/* The unit that a result is the work of, not the one that happens to hold the dossier. */
static void the_resolving_unit_is_named(void **state)
{
    (void)state;
    struct shelf s = {.count = 0};
    struct paper p;
    struct dossier *d = put(&s, "H42-1", "Ai", 1, 2026);
    d->unit = STR("Bộ phận Một cửa");
    d->resolving_unit = STR("Tư pháp - Hộ tịch");
    write(&p, &s, LANG_VI);
    must_say(&p, "| Ai |  | Tư pháp - Hộ tịch | 16/11/2026");
    assert_null(strstr(p.text.p, "Bộ phận Một cửa"));
    release(&p);
}

static void a_whole_book_says_so(void **state)
{
    (void)state;
    struct shelf s = {.count = 0};
    struct paper p;
    put(&s, "H42-1", "Ai", 1, 2027);
    write_book(&p, &s, LANG_VI, 2027);
    must_say(&p, "under it: Quyển số: 2027\n");
    must_say(&p, "Theo số thứ tự: toàn bộ hồ sơ đã vào sổ của năm 2027\n");
    assert_null(strstr(p.text.p, "Theo ngày tiếp nhận"));
    release(&p);
    s.count = 0;
    write_book(&p, &s, LANG_VI, 2028);
    must_say(&p, "under it: Quyển số: 2028\n");
    must_say(&p, "Sổ của năm này chưa có hồ sơ nào.\n");
    release(&p);
}

static void an_empty_one_says_so(void **state)
{
    (void)state;
    struct shelf s = {.count = 0};
    struct paper p;
    write(&p, &s, LANG_VI);
    assert_true(p.written);
    must_say(&p, "TABLE | STT |");
    must_say(&p, "Không tiếp nhận hồ sơ nào trong thời gian này.\n");
    release(&p);
}

static void unnumbered_ones_alone_have_their_table_alone(void **state)
{
    (void)state;
    struct shelf s = {.count = 0};
    struct paper p;
    put(&s, "X-1", "Ai", 0, 0);
    write(&p, &s, LANG_VI);
    must_say(&p, "Hồ sơ chưa có số thứ tự trong sổ: 1\n");
    assert_null(strstr(p.text.p, "Cộng:"));
    assert_null(strstr(p.text.p, "Không tiếp nhận"));
    release(&p);
}

/* Rows are not held: each table reads them anew, and hears where they end too early. */
static void what_cannot_be_read_is_told(void **state)
{
    (void)state;
    struct shelf s = full_shelf();
    struct paper p;
    s.fails_after = 2;
    write(&p, &s, LANG_VI);
    assert_false(p.written);
    assert_int_equal(s.asked, 1);
    release(&p);
    s.fails_after = 0;
    s.asked = 0;
    write(&p, &s, LANG_VI);
    assert_int_equal(s.asked, 3); /* counted, and printed twice: once a table */
    s.fails_after = 2;
    struct buf text = BUF_INIT;
    document_print(&text, &p.document);
    assert_non_null(strstr(text.p, "(its rows cannot be read)"));
    buf_release(&text);
    release(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_dossier_has_its_row),
        cmocka_unit_test(twelve_columns_are_prescribed),
        cmocka_unit_test(books_of_two_years_are_told_apart),
        cmocka_unit_test(the_resolving_unit_is_named),
        cmocka_unit_test(a_whole_book_says_so),
        cmocka_unit_test(an_empty_one_says_so),
        cmocka_unit_test(unnumbered_ones_alone_have_their_table_alone),
        cmocka_unit_test(what_cannot_be_read_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
