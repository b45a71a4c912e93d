/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Any bytes as a table of people. What comes through is clean text without a personal identity
 * code; what it changes can be taken back, and is nothing when it is brought in again.
 */
#include "fuzz_help.h"

#include "base/date.h"
#include "base/tr.h"
#include "core/identifiers.h"
#include "core/plan.h"
#include "core/row_import.h"
#include "core/table.h"
#include "io/answers_yaml.h"
#include "io/content.h"
#include "io/csv_table.h"
#include "../unit/mem_store.h"

static const struct tr english = { .lang = LANG_EN };

static const struct schema *load(void)
{
    static struct content content;
    struct content_place place = { 0 };
    struct buf folder = BUF_INIT;
    const char *data = getenv("TEST_DATA");
    struct err err = { 0 };

    buf_addf(&folder, "%s/imports", data ? data : "tests/data");
    need_that(content_find(&place, folder.text, &err) == 0, err.msg);
    place.image[0] = 0;
    need_that(content_load(&content, &place, NULL, NULL, &err) == 0, err.msg);
    buf_free(&folder);
    return content.schema;
}

static void check_table(const struct table *table)
{
    for (size_t r = 0; r < table->count; r++)
        for (size_t c = 0; c < table->rows[r].count; c++) {
            const struct table_cell *cell = &table->rows[r].cells[c];
            need_that(utf8_valid(cell->text, strlen(cell->text)), "UTF-8");
            need_that(!id_has_person_code(cell->text, NULL, NULL), "personal identity code");
            need_that(cell->line > 0 && cell->col > 0, "place");
        }
}

static void ignore(void *data, enum import_words words, int line, int col, const char *text)
{
    (void)data, (void)words, (void)line, (void)col;
    need_that(utf8_valid(text, strlen(text)), "words");
}

static struct row_import *preview(struct plan *plan, const struct table *table)
{
    struct row_import *import = NULL;
    struct err err = { 0 };

    if (row_import_new(&import, plan, table, &err))
        return NULL;
    row_import_tell(import, &english, ignore, NULL);
    return import;
}

static void export(const struct plan *plan, struct buf *out)
{
    buf_clear(out);
    answers_export(plan, ANSWERS_YAML, &english, out);
}

static void bring_in(struct plan *plan, const struct table *table)
{
    struct buf before = BUF_INIT, now = BUF_INIT;
    struct row_import *import = preview(plan, table);
    struct err err = { 0 };
    bool changes;
    int entries;

    if (!import)
        return;
    changes = row_import_has_changes(import);
    export(plan, &before);
    need_that(row_import_commit(import, &err) == 0, err.msg);
    row_import_free(import);
    import = preview(plan, table);
    need_that(import && !row_import_has_changes(import), "again");
    row_import_free(import);
    if (changes)
        need_that(plan_undo(plan, NULL, &entries, &err) == 0, err.msg);
    export(plan, &now);
    need_that(strcmp(before.text, now.text) == 0, "taken back");
    buf_free(&before);
    buf_free(&now);
}

static void add_row(struct plan *plan, const char *name_item, const char *name)
{
    const struct item *item = schema_item(plan->schema, name_item);
    struct err err = { 0 };
    char key[24];

    need_that(plan_row_add(plan, item->repeat, key, &err) == 0, err.msg);
    need_that(plan_set(plan, item, key, name, NULL, &err) == 0, err.msg);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct schema *schema;
    struct mem_store store = { 0 };
    struct table table;
    struct plan *plan = NULL;
    struct err err = { 0 };

    if (!schema)
        schema = load();
    if (csv_table_parse(&table, (const char *)data, size, "fuzz", 60, &err))
        return 0;
    check_table(&table);
    need_that(plan_open(&plan, schema, &mem_store_ops, &store, date_make(2026, 11, 22), &err) == 0,
              err.msg);
    add_row(plan, "unit_name", "Koti");
    add_row(plan, "person_name", "Aino Malli");
    add_row(plan, "person_name", "Bo Ek");
    bring_in(plan, &table);
    plan_close(plan);
    mem_store_free(&store);
    table_free(&table);
    return 0;
}
