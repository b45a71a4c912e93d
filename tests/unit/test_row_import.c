/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Tables from CSV files and what they would change.
 *
 * Each tests/data/csv/NAME.csv is held against NAME.expected: the preview in English, or the error
 * with its place. What is brought in is then taken back, and brought in again changes nothing. The
 * form is in tests/data/imports; the plan has Aino Malli, Bo Ek and two rows of one name.
 */
#include "core_help.h"

#include "core/row_import.h"
#include "core/table.h"
#include "io/answers_yaml.h"
#include "io/csv_table.h"
#include "io/file.h"
#include "mem_plan.h"

enum { ROWS = SCHEMA_ROWS_MAX + 1 };

static struct content content;

static int load_content(void **state)
{
    (void)state;
    help_content(&content, "imports");
    return 0;
}

static int free_content(void **state)
{
    (void)state;
    content_free(&content);
    return 0;
}

/* ---- a plan in memory ---- */

struct world {
    struct mem_store store;
    struct plan *plan;
};

static void add_row(struct plan *plan, const char *repeat, const char *const *answers)
{
    struct err err = { 0 };
    char key[24];

    if (plan_row_add(plan, help_item(content.schema, repeat), key, &err))
        fail_msg("%s", err.msg);
    for (; answers[0]; answers += 2)
        if (plan_set(plan, help_item(content.schema, answers[0]), key, answers[1], NULL, &err))
            fail_msg("%s", err.msg);
}

static int set_up(void **state)
{
    static const char *const units[][3] = {
        { "unit_name", "Koti" }, { "unit_name", "Tupla" }, { "unit_name", "Tupla" }, { NULL }
    };
    static const char *const people[][7] = {
        { "person_name", "Aino Malli", "person_email", "aino@example.org", "person_phone",
          "050 7654321" },
        { "person_name", "Bo Ek", "person_title", "Hoitaja" },
        { "person_name", "Tupla Nimi" }, { "person_name", "tupla nimi" },
    };
    struct world *world = xcalloc(1, sizeof *world);

    world->plan = mem_plan(content.schema, &world->store, help_today());
    for (size_t i = 0; i < countof(units); i++)
        add_row(world->plan, "unit", units[i]);
    for (size_t i = 0; i < countof(people); i++)
        add_row(world->plan, "person", people[i]);
    *state = world;
    return 0;
}

static int tear_down(void **state)
{
    struct world *world = *state;

    plan_close(world->plan);
    mem_store_free(&world->store);
    free(world);
    return 0;
}

static void export(const struct world *world, struct buf *out)
{
    buf_clear(out);
    answers_export(world->plan, ANSWERS_YAML, help_english(), out);
}

/* ---- samples ---- */

static void write_words(void *data, enum import_words words, int line, int col, const char *text)
{
    static const char *const before[] = {
        [IMPORT_WORDS_NOTE] = "", [IMPORT_WORDS_HEADING] = "", [IMPORT_WORDS_ROW] = "  ",
        [IMPORT_WORDS_DETAIL] = "    ", [IMPORT_WORDS_REMARK] = "    ",
    };

    buf_add(data, before[words]);
    if (words == IMPORT_WORDS_REMARK)
        buf_addf(data, "%d:%d: ", line, col);
    buf_addf(data, "%s\n", text);
}

static void write_error(const struct err *err, struct buf *out)
{
    char text[512];

    assert_int_equal(err->code, ERR_INPUT);
    err_text(err, text, sizeof text);
    buf_addf(out, "%s\n", text);
}

/* The preview of bytes, or its error. NULL after an error. */
static struct row_import *preview(struct world *world, const char *bytes, size_t length,
                                  const char *name, struct buf *out)
{
    struct row_import *import = NULL;
    struct table table;
    struct err err = { 0 };
    int code = csv_table_parse(&table, bytes, length, name, ROWS, &err);

    if (!code)
        code = row_import_new(&import, world->plan, &table, &err);
    table_free(&table);
    if (code) {
        assert_null(import);
        write_error(&err, out);
        return NULL;
    }
    row_import_tell(import, help_english(), write_words, out);
    import_counts_text(import->counts, help_english(), out);
    buf_add_char(out, '\n');
    return import;
}

static void commit(struct row_import *import)
{
    struct err err = { 0 };

    if (row_import_commit(import, &err))
        fail_msg("%s", err.msg);
    row_import_free(import);
}

/* Bringing in, taking back and bringing in again: one change each, and the second time nothing is
 * left to change. */
static void check_round(struct world *world, const struct buf *bytes, struct row_import *import)
{
    struct buf before = BUF_INIT, after = BUF_INIT, now = BUF_INIT;
    bool changes = row_import_has_changes(import);
    int64_t change = world->plan->last_change;
    struct err err = { 0 };
    int entries;

    export(world, &before);
    commit(import);
    assert_int_equal(world->plan->last_change, change + changes);
    export(world, &after);
    assert_int_equal(strcmp(before.text, after.text) != 0, changes);
    if (changes) {
        assert_int_equal(plan_undo(world->plan, NULL, &entries, &err), 0);
        export(world, &now);
        assert_string_equal(now.text, before.text);
        assert_int_equal(plan_redo(world->plan, NULL, &entries, &err), 0);
        export(world, &now);
        assert_string_equal(now.text, after.text);
    }
    buf_clear(&now);
    import = preview(world, bytes->text, bytes->length, "again", &now);
    assert_non_null(import);
    assert_false(row_import_has_changes(import));
    row_import_free(import);
    buf_free(&before);
    buf_free(&after);
    buf_free(&now);
}

static void read_sample(struct buf *out, const char *stem, const char *ending)
{
    struct buf name = BUF_INIT, path = BUF_INIT;
    struct err err = { 0 };

    buf_addf(&name, "csv/%s%s", stem, ending);
    help_data(&path, name.text);
    if (file_read(out, path.text, CSV_FILE_MAX, &err))
        fail_msg("%s", err.msg);
    buf_free(&name);
    buf_free(&path);
}

static void run_sample(const char *stem)
{
    struct buf bytes = BUF_INIT, expected = BUF_INIT, got = BUF_INIT;
    struct row_import *import;
    void *state = NULL;

    set_up(&state);
    read_sample(&bytes, stem, ".csv");
    read_sample(&expected, stem, ".expected");
    import = preview(state, bytes.text, bytes.length, "file", &got);
    if (strcmp(got.text, expected.text) != 0)
        fail_msg("%s.csv: expected\n%sbut got\n%s", stem, expected.text, got.text);
    if (import)
        check_round(state, &bytes, import);
    tear_down(&state);
    buf_free(&bytes);
    buf_free(&expected);
    buf_free(&got);
}

static int is_sample(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);

    return length > 4 && strcmp(entry->d_name + length - 4, ".csv") == 0;
}

static void test_samples(void **state)
{
    struct buf folder = BUF_INIT;
    struct dirent **entries = NULL;

    (void)state;
    help_data(&folder, "csv");
    int count = scandir(folder.text, &entries, is_sample, alphasort);
    assert_true(count > 20);
    for (int i = 0; i < count; i++) {
        entries[i]->d_name[strlen(entries[i]->d_name) - 4] = 0;
        run_sample(entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    buf_free(&folder);
}

/* ---- limits ---- */

static void many_rows(struct buf *out, int rows)
{
    buf_add(out, "Name;Title\n");
    for (int i = 0; i < rows; i++)
        buf_addf(out, "Person %d;Nurse\n\n", i);
}

static void assert_preview(struct world *world, const struct buf *bytes, const char *expected)
{
    struct buf got = BUF_INIT;
    struct row_import *import = preview(world, bytes->text, bytes->length, "file", &got);

    if (!strstr(got.text, expected))
        fail_msg("expected \"%s\" but got\n%.600s", expected, got.text);
    row_import_free(import);
    buf_free(&got);
}

/* Four people are in the plan already. */
static void test_number_of_rows(void **state)
{
    struct buf bytes = BUF_INIT;

    many_rows(&bytes, SCHEMA_ROWS_MAX - 4);
    assert_preview(*state, &bytes, "\nNew: 1996.\n");
    buf_clear(&bytes);
    many_rows(&bytes, SCHEMA_ROWS_MAX - 3);
    assert_preview(*state, &bytes,
                   "file:3994:1: the plan has 4 rows already; there can be at most 2000\n");
    buf_clear(&bytes);
    many_rows(&bytes, 5000);
    assert_preview(*state, &bytes, "file:4002:1: the table has more than 2000 rows\n");
    buf_free(&bytes);
}

static void test_size_of_cells(void **state)
{
    struct buf bytes = BUF_INIT;

    buf_add(&bytes, "Name;Title\nAino Malli;");
    buf_add_repeat(&bytes, "x", 1 << 20);
    assert_preview(*state, &bytes, "file:2:12: the cell is too long");
    buf_clear(&bytes);
    buf_add(&bytes, "Name;Title\nAino Malli;\"");
    buf_add_repeat(&bytes, "x\n", 1 << 19);
    assert_preview(*state, &bytes, "file:2:12: the cell is too long");
    buf_clear(&bytes);
    buf_add(&bytes, "Name");
    buf_add_repeat(&bytes, ";", CSV_COLUMNS_MAX);
    assert_preview(*state, &bytes, "file:1:204: the row has too many cells");
    buf_free(&bytes);
}

/* ---- personal identity codes ---- */

/* Any century mark, in any cell, quoted or not; a business ID is none. */
static void test_person_codes(void **state)
{
    static const char *const marks[] = { "-", "+", "A", "B", "C", "D", "E", "F", "Y", "X", "W", "V",
                                         "U", "a", "\xe2\x80\x93", " - " };
    static const char *const places[] = {
        "131052%s308T\nCia\n", "Name\n131052%s308T\n", "Name;Other\nCia;131052%s308T\n",
        "Name;Other\nCia;\"(131052%s308T)\"\n", "Name\nCia;;;s. 131052%s308T.\n",
        "\n\n;131052%s308T\n", "Name;Title\nCia;\"two\n131052%s308T\n\"\n",
    };
    struct buf bytes = BUF_INIT;

    for (size_t m = 0; m < countof(marks); m++)
        for (size_t p = 0; p < countof(places); p++) {
            const char *blank = strstr(places[p], "%s");
            buf_clear(&bytes);
            buf_add_n(&bytes, places[p], (size_t)(blank - places[p]));
            buf_add(&bytes, marks[m]);
            buf_add(&bytes, blank + 2);
            assert_preview(*state, &bytes, ": this looks like a personal identity code; nothing");
        }
    buf_clear(&bytes);
    buf_add(&bytes, "Name;Title\nCia;1234567-1\nDan;1.2.246.10.12345671.10.0\n");
    assert_preview(*state, &bytes, "New: 2.\n");
    buf_free(&bytes);
}

/* ---- places and names ---- */

static void test_places_of_cells(void **state)
{
    static const char bytes[] = "\xef\xbb\xbf" "a;\"b\r\nbb\";\xc3\xa4\xc3\xa4;d\r\n\r\n;;x\r\n";
    static const struct {
        const char *text;
        int line, col;
    } cells[] = {
        { "a", 1, 1 }, { "b\nbb", 1, 3 }, { "ää", 2, 5 }, { "d", 2, 8 },
        { "", 4, 1 },  { "", 4, 2 },      { "x", 4, 3 },
    };
    struct table table;
    struct err err = { 0 };
    size_t n = 0;

    (void)state;
    assert_int_equal(csv_table_parse(&table, bytes, sizeof bytes - 1, "file", 9, &err), 0);
    assert_int_equal(table.count, 2);
    for (size_t r = 0; r < table.count; r++)
        for (size_t c = 0; c < table.rows[r].count; c++, n++) {
            const struct table_cell *cell = &table.rows[r].cells[c];
            assert_string_equal(cell->text, cells[n].text);
            assert_int_equal(cell->line, cells[n].line);
            assert_int_equal(cell->col, cells[n].col);
        }
    assert_int_equal(n, countof(cells));
    table_free(&table);
}

static void test_names_of_files(void **state)
{
    (void)state;
    assert_true(csv_table_is_name("a.csv"));
    assert_true(csv_table_is_name("/x/STAFF.CSV"));
    assert_true(csv_table_is_name("b.tsv"));
    assert_true(csv_table_is_name("b.txt"));
    assert_false(csv_table_is_name("a.yaml"));
    assert_false(csv_table_is_name("csv"));
    assert_false(csv_table_is_name(".csv"));
    assert_false(csv_table_is_name("-"));
}

/* ---- the plan meanwhile ---- */

static void test_changed_meanwhile(void **state)
{
    struct world *world = *state;
    struct buf text = BUF_INIT;
    static const char bytes[] = "Name\nCia\n";
    struct row_import *import = preview(world, bytes, sizeof bytes - 1, "file", &text);
    struct err err = { 0 };
    int entries;

    assert_int_equal(plan_undo(world->plan, NULL, &entries, &err), 0);
    assert_int_equal(row_import_commit(import, &err), ERR_USAGE);
    row_import_free(import);
    buf_free(&text);
}

static void test_nothing_can_be_written(void **state)
{
    struct world *world = *state;
    struct buf text = BUF_INIT, before = BUF_INIT, after = BUF_INIT;
    static const char bytes[] = "Name;Title\nCia;Nurse\nBo Ek;Nurse\n";
    struct row_import *import = preview(world, bytes, sizeof bytes - 1, "file", &text);
    struct err err = { 0 };

    export(world, &before);
    world->store.refuse = true;
    assert_int_equal(row_import_commit(import, &err), ERR_OUTPUT);
    export(world, &after);
    assert_string_equal(before.text, after.text);
    row_import_free(import);
    buf_free(&text);
    buf_free(&before);
    buf_free(&after);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        cmocka_unit_test(test_samples),
        TEST(test_number_of_rows),
        TEST(test_size_of_cells),
        TEST(test_person_codes),
        cmocka_unit_test(test_places_of_cells),
        cmocka_unit_test(test_names_of_files),
        TEST(test_changed_meanwhile),
        TEST(test_nothing_can_be_written),
#undef TEST
    };

    return cmocka_run_group_tests(tests, load_content, free_content);
}
