/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Loading, joining and linting of content.
 *
 * tests/data/lint holds a case a file: its first lines say what has to be reported, as
 * `# expect: line:col: part of the message`, and nothing else may be. The word before the
 * first hyphen of the name is the kind of file. A case is read beside tests/data/lint/base,
 * whose file of the same kind it replaces when a schema has only one of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "core/expr.h"
#include "core/lint.h"
#include "core/schema.h"
#include "io/file.h"
#include "io/node.h"
#include "io/schema_yaml.h"

static const struct kind {
    const char *word, *base;  /* base: the file that the schema of the case is read with */
    enum content_kind kind;
} kinds[] = {
    { "tasks", "data/tasks.yaml", CONTENT_TASKS },
    { "requirement", "data/requirement.yaml", CONTENT_REQUIREMENT },
    { "form", "forms/base.yaml", CONTENT_FORM },
    { "facts", "data/facts.yaml", CONTENT_FACTS },
    { "list", "data/lists/colours.yaml", CONTENT_LIST },
    { "activities", NULL, CONTENT_ACTIVITIES },
    { "rules", NULL, CONTENT_RULES },
    { "terms", NULL, CONTENT_TERMS },
    { "document", NULL, CONTENT_DOCUMENT },
    { "cards", NULL, CONTENT_CARDS },
    { "import", NULL, CONTENT_IMPORT },
    { "regulation", NULL, CONTENT_OUTLINE },
    { "packages", NULL, CONTENT_PACKAGES },
};

static void data_path(struct buf *out, const char *name)
{
    const char *folder = getenv("TEST_DATA");

    buf_clear(out);
    buf_addf(out, "%s/lint/%s", folder ? folder : "tests/data", name);
}

/* Reports as lines "file:line:col: message", of one file only when `only` is set. */
struct reports {
    struct buf lines;
    int count;
};

static void on_report(void *data, const struct where *where, const char *message)
{
    struct reports *reports = data;

    buf_addf(&reports->lines, "%s:%d:%d: %s\n", where->file ? where->file : "", where->line,
             where->col, message);
    reports->count++;
}

/* A schema with the trees it points into. */
struct loaded {
    struct schema *schema;
    struct tree trees[countof(kinds) + 1];
    size_t count;
    int problems;
};

static void load_text_as(struct loaded *loaded, const char *text, const char *name,
                         enum content_kind kind, struct reports *reports)
{
    struct tree *tree = &loaded->trees[loaded->count++];
    struct err err = { 0 };

    if (tree_parse(tree, text, strlen(text), name, &err)) {
        struct where where = { err.file, err.line, err.col };
        on_report(reports, &where, err.msg);
        loaded->problems++;
        return;
    }
    loaded->problems += schema_yaml_add(loaded->schema, tree, kind, on_report, reports);
}

static void load_base(struct loaded *loaded, enum content_kind but, struct reports *reports)
{
    struct buf path = BUF_INIT, text = BUF_INIT;
    struct err err = { 0 };

    for (size_t i = 0; i < countof(kinds); i++) {
        if (!kinds[i].base || (kinds[i].kind == but && but == CONTENT_TASKS))
            continue;
        if (kinds[i].kind == CONTENT_TASKS && but == CONTENT_FORM)
            continue;
        buf_clear(&text);
        data_path(&path, "base/");
        buf_add(&path, kinds[i].base);
        if (file_read(&text, path.text, NODE_FILE_MAX, &err))
            fail_msg("%s", err.msg);
        load_text_as(loaded, text.text, kinds[i].base, kinds[i].kind, reports);
    }
    buf_free(&path);
    buf_free(&text);
}

static void loaded_free(struct loaded *loaded)
{
    schema_free(loaded->schema);
    for (size_t i = 0; i < loaded->count; i++)
        tree_free(&loaded->trees[i]);
}

/* All that is reported about the text. */
static void examine(const char *text, enum content_kind kind, struct reports *reports)
{
    struct loaded loaded = { .schema = schema_new() };
    struct expr_db *db = NULL;
    struct err err = { 0 };

    load_base(&loaded, kind, reports);
    assert_int_equal(reports->count, 0);
    load_text_as(&loaded, text, "case", kind, reports);
    if (loaded.problems == 0)
        loaded.problems = schema_finish(loaded.schema, on_report, reports);
    if (loaded.problems == 0) {
        int today = date_make(2026, 11, 22);
        if (expr_db_new(&db, loaded.schema, today, &err))
            fail_msg("%s", err.msg);
        loaded.problems = lint_check(loaded.schema, db, on_report, reports);
        expr_db_free(db);
    }
    assert_int_equal(loaded.problems, reports->count);
    loaded_free(&loaded);
}

/* The line "case:line:col: message" that holds what is expected, or NULL. */
static char *find_report(char *lines, const char *expected, size_t length)
{
    size_t place = strcspn(expected, " ");

    for (char *line = lines; *line; line = strchr(line, '\n') + 1) {
        char *end = strchr(line, '\n');
        if (strncmp(line, "case:", 5) != 0 || strncmp(line + 5, expected, place) != 0)
            continue;
        if (memmem(line, (size_t)(end - line), expected + place + 1, length - place - 1))
            return line;
    }
    return NULL;
}

static const char expect_word[] = "# expect: ";

static void check_case(const char *name, const char *text, struct reports *reports)
{
    int expected = 0;

    while (strncmp(text, expect_word, strlen(expect_word)) == 0) {
        const char *line = text + strlen(expect_word);
        size_t length = strcspn(line, "\n");
        if (!find_report(reports->lines.text, line, length))
            fail_msg("%s: expected\n%.*s\nbut got\n%s", name, (int)length, line,
                     reports->lines.text);
        text = line + length + (line[length] == '\n');
        expected++;
    }
    if (expected != reports->count)
        fail_msg("%s: %d reports expected, but got\n%s", name, expected, reports->lines.text);
}

static const struct kind *kind_of(const char *name)
{
    size_t length = strcspn(name, "-");

    for (size_t i = 0; i < countof(kinds); i++)
        if (strlen(kinds[i].word) == length && strncmp(kinds[i].word, name, length) == 0)
            return &kinds[i];
    return NULL;
}

static void run_case(const char *name)
{
    const struct kind *kind = kind_of(name);
    struct buf path = BUF_INIT, text = BUF_INIT;
    struct reports reports = { .lines = BUF_INIT };
    struct err err = { 0 };

    if (!kind)
        fail_msg("%s: the name does not begin with a kind of file", name);
    data_path(&path, name);
    if (file_read(&text, path.text, NODE_FILE_MAX, &err))
        fail_msg("%s", err.msg);
    examine(text.text, kind->kind, &reports);
    check_case(name, text.text, &reports);
    buf_free(&reports.lines);
    buf_free(&text);
    buf_free(&path);
}

static int is_case(const struct dirent *entry)
{
    return strstr(entry->d_name, ".yaml") != NULL;
}

static void test_cases(void **state)
{
    struct buf folder = BUF_INIT;
    struct dirent **entries = NULL;

    (void)state;
    data_path(&folder, "");
    int count = scandir(folder.text, &entries, is_case, alphasort);
    assert_true(count > 50);
    for (int i = 0; i < count; i++) {
        run_case(entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    buf_free(&folder);
}

/* Joining */

static void load_plain(struct loaded *loaded, struct reports *reports)
{
    *loaded = (struct loaded){ .schema = schema_new() };
    load_base(loaded, CONTENT_UNKNOWN, reports);
    assert_int_equal(schema_finish(loaded->schema, on_report, reports), 0);
    assert_string_equal(reports->lines.text, "");
}

static void test_look_ups(void **state)
{
    struct reports reports = { .lines = BUF_INIT };
    struct loaded loaded;

    (void)state;
    load_plain(&loaded, &reports);
    const struct schema *schema = loaded.schema;
    const struct item *count = schema_item(schema, "base_count");
    assert_non_null(count);
    assert_int_equal(count->type, ITEM_INTEGER);
    assert_ptr_equal(schema_item(schema, "base_number"), count);
    assert_ptr_equal(schema_item_n(schema, "base_count + 1", 10), count);
    assert_null(schema_item_n(schema, "base_count", 9));
    assert_null(schema_item(schema, ""));
    assert_null(schema_fact(schema, "wait"));
    assert_ptr_equal(schema_fact(schema, "wait.new")->supersedes, schema_fact(schema, "wait.old"));
    assert_ptr_equal(schema_task_of(schema, count), schema_task(schema, "base"));
    assert_string_equal(list_choice(schema_list(schema, "colours"), "blue")->label.in[LANG_SV],
                        "Blue");
    assert_null(list_choice(schema_list(schema, "colours"), "blu"));
    loaded_free(&loaded);
    buf_free(&reports.lines);
}

static void test_rows(void **state)
{
    struct reports reports = { .lines = BUF_INIT };
    struct loaded loaded;

    (void)state;
    load_plain(&loaded, &reports);
    const struct item *repeat = schema_item(loaded.schema, "person");
    const struct item *age = schema_item(loaded.schema, "person_age");
    assert_int_equal(repeat->item_count, 2);
    assert_ptr_equal(age->repeat, repeat);
    assert_null(repeat->repeat);
    assert_int_equal(age->index, repeat->index + 2);
    assert_ptr_equal(loaded.schema->items[age->index], age);
    assert_ptr_equal(age->form, schema_form(loaded.schema, "base"));
    loaded_free(&loaded);
    buf_free(&reports.lines);
}

static void test_columns(void **state)
{
    struct reports reports = { .lines = BUF_INIT };
    struct loaded loaded;

    (void)state;
    load_plain(&loaded, &reports);
    const struct list *list = schema_item(loaded.schema, "base_colour")->list;
    assert_ptr_equal(list, schema_list(loaded.schema, "colours"));
    assert_int_equal(list->column_count, 1);
    assert_string_equal(list->columns[0], "warmth");
    assert_string_equal(list->choices[0].extra[0], "high");
    assert_null(list->choices[1].extra[0]);
    loaded_free(&loaded);
    buf_free(&reports.lines);
}

/* Forms come in the order of the tasks, then by name. */
static void test_order_of_forms(void **state)
{
    static const char *const forms[] = {
        "form: {id: alpha, version: 1, title: T}\npages: []\n",
        "form: {id: zulu, version: 1, title: T}\npages: []\n",
        "form: {id: mike, version: 1, title: T}\npages: []\n",
    };
    static const char tasks[] =
        "phases: [{id: p, title: P}]\n"
        "tasks: [{id: zulu, phase: p, title: Z}, {id: mike, phase: p, title: M}]\n";
    struct loaded loaded = { .schema = schema_new() };
    struct reports reports = { .lines = BUF_INIT };

    (void)state;
    for (size_t i = 0; i < countof(forms); i++)
        load_text_as(&loaded, forms[i], "form", CONTENT_FORM, &reports);
    load_text_as(&loaded, tasks, "tasks", CONTENT_TASKS, &reports);
    assert_int_equal(schema_finish(loaded.schema, on_report, &reports), 0);
    assert_string_equal(loaded.schema->forms[0].id, "zulu");
    assert_string_equal(loaded.schema->forms[1].id, "mike");
    assert_string_equal(loaded.schema->forms[2].id, "alpha");
    assert_int_equal(loaded.schema->forms[1].index, 1);
    loaded_free(&loaded);
    buf_free(&reports.lines);
}

/* Numbers keep the digits of the file, booleans become numbers, and a place is where the text of
 * an expression begins. */
static void test_values(void **state)
{
    static const char form[] =
        "form: {id: f, version: 2, title: T}\n"
        "pages:\n"
        "  - title: P\n"
        "    items:\n"
        "      - {id: a, type: decimal, min: 0.50, required: yes, default: false, label: A}\n"
        "      - {id: b, type: text, relevant: \"a > 1\", default: \"'no'\", label: B}\n";
    struct loaded loaded = { .schema = schema_new() };
    struct reports reports = { .lines = BUF_INIT };

    (void)state;
    load_text_as(&loaded, form, "f.yaml", CONTENT_FORM, &reports);
    assert_int_equal(schema_finish(loaded.schema, on_report, &reports), 0);
    const struct item *a = schema_item(loaded.schema, "a"), *b = schema_item(loaded.schema, "b");
    assert_string_equal(a->min, "0.50");
    assert_string_equal(a->required.sql, "1");
    assert_string_equal(a->initial.sql, "0");
    assert_string_equal(b->initial.sql, "'no'");
    assert_string_equal(b->relevant.where.file, "f.yaml");
    assert_int_equal(b->relevant.where.line, 6);
    assert_int_equal(b->relevant.where.col, 40);
    assert_null(b->constraint.sql);
    loaded_free(&loaded);
    buf_free(&reports.lines);
}

static void test_nearest(void **state)
{
    static const char *const words[] = { "label", "list", "hint", "relevant", "required" };
    static const char *const tied[] = { "table", "label" };

    (void)state;
    assert_string_equal(schema_nearest("lable", tied, countof(tied)), "label");
    assert_string_equal(schema_nearest("relevent", words, countof(words)), "relevant");
    assert_string_equal(schema_nearest("hints", words, countof(words)), "hint");
    assert_null(schema_nearest("hi", words, countof(words)));
    assert_null(schema_nearest("colour", words, countof(words)));
    assert_null(schema_nearest("label", words, 0));
}

static void test_kinds(void **state)
{
    (void)state;
    assert_int_equal(content_kind_of("forms/x.yaml"), CONTENT_FORM);
    assert_int_equal(content_kind_of("/usr/share/k/forms/x.yaml"), CONTENT_FORM);
    assert_int_equal(content_kind_of("/a/data/facts.yaml"), CONTENT_FACTS);
    assert_int_equal(content_kind_of("data/lists/x.yaml"), CONTENT_LIST);
    assert_int_equal(content_kind_of("data/documents/x.yaml"), CONTENT_DOCUMENT);
    assert_int_equal(content_kind_of("data/imports/x.yaml"), CONTENT_IMPORT);
    assert_int_equal(content_kind_of("data/themes/x.yaml"), CONTENT_UNKNOWN);
    assert_int_equal(content_kind_of("otherforms/x.yaml"), CONTENT_UNKNOWN);
    assert_int_equal(content_kind_of("mydata/facts.yaml"), CONTENT_UNKNOWN);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_look_ups),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_order_of_forms),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_nearest),
        cmocka_unit_test(test_kinds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
