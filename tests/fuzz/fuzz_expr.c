/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Fuzz target: any bytes as an expression over a small schema.
 *
 * Whatever the bytes are, the answers under them stay as they were, and what compiles gives
 * the same value twice.
 */
#include "fuzz_help.h"

#include "base/date.h"
#include "base/mem.h"
#include "core/expr.h"
#include "core/schema.h"
#include "io/node.h"
#include "io/schema_yaml.h"

static const char form_text[] =
    "form: {id: f, version: 1, title: F}\n"
    "pages:\n"
    "  - title: P\n"
    "    items:\n"
    "      - {id: word, type: text, label: W}\n"
    "      - {id: number, type: integer, label: N}\n"
    "      - {id: day, type: date, label: D}\n"
    "      - {id: colours, type: many, label: C, choices: [{id: red, label: R}]}\n"
    "      - id: thing\n"
    "        type: repeat\n"
    "        label: T\n"
    "        item_label: T\n"
    "        items:\n"
    "          - {id: thing_name, type: text, label: N}\n"
    "          - {id: thing_size, type: decimal, label: S}\n";

/* Reads every value of the projection. */
static const char witness[] =
    "(SELECT group_concat(thing_name || thing_size || row_no, ',') FROM thing)"
    " || word || number || day || colours";

static const char *value_of(void *data, const struct item *item)
{
    (void)data;
    switch (item->type) {
    case ITEM_INTEGER:
    case ITEM_DECIMAL:
        return "7";
    case ITEM_DATE:
        return "2026-11-22";
    default:
        return "red";
    }
}

static void add_values(void *data, const char *row, const struct expr_value *values)
{
    struct buf *out = data;

    buf_addf(out, "%s:%d %lld %.17g %s\n", row ? row : "", (int)values[0].kind,
             values[0].kind == EXPR_INTEGER ? (long long)values[0].integer : 0,
             values[0].kind == EXPR_REAL ? values[0].real : 0,
             values[0].kind == EXPR_TEXT ? values[0].text : "");
}

static int evaluate(struct expr_db *db, const struct item *repeat, const char *sql,
                    struct buf *out)
{
    struct rule_text rule = { sql, { "fuzz", 1, 1 } };
    struct expr_spec spec = { &rule, NULL };
    struct expr_set *set = NULL;
    int code;

    buf_clear(out);
    code = expr_set_new(&set, db, repeat, &spec, 1, NULL);
    if (!code)
        code = expr_set_run(set, NULL, add_values, out, NULL);
    expr_set_free(set);
    return code;
}

static void try_expression(struct expr_db *db, const struct item *repeat, const char *sql)
{
    struct rule_text rule = { sql, { "fuzz", 1, 1 } };
    struct expr_spec spec = { &rule, NULL };
    struct buf first = BUF_INIT, second = BUF_INIT;
    int code, again;

    expr_check(db, repeat, &spec, NULL);
    code = evaluate(db, repeat, sql, &first);
    again = evaluate(db, repeat, sql, &second);
    if (code != again || strcmp(first.text, second.text) != 0)
        abort();
    buf_free(&first);
    buf_free(&second);
}

static void nothing(void *data, const struct item *item)
{
    (void)data;
    (void)item;
}

static void try_all(const struct schema *schema, const char *sql)
{
    const struct item *thing = schema_item(schema, "thing");
    struct buf before = BUF_INIT, after = BUF_INIT;
    struct expr_db *db = NULL;

    if (expr_db_new(&db, schema, date_make(2026, 11, 22), NULL))
        abort();
    expr_db_source(db, value_of, NULL);
    expr_db_write(db, thing, "1", 1, value_of, NULL);
    expr_db_write(db, thing, "2", 2, value_of, NULL);
    if (evaluate(db, NULL, witness, &before))
        abort();
    expr_reads(schema, sql, nothing, NULL);
    try_expression(db, NULL, sql);
    try_expression(db, thing, sql);
    if (evaluate(db, NULL, witness, &after) || strcmp(before.text, after.text) != 0)
        abort();
    buf_free(&before);
    buf_free(&after);
    expr_db_free(db);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct schema *schema = schema_new();
    struct tree tree;
    char *sql;

    if (tree_parse(&tree, form_text, sizeof form_text - 1, "form", NULL))
        abort();
    schema_yaml_add(schema, &tree, CONTENT_FORM, NULL, NULL);
    schema_finish(schema, NULL, NULL);
    sql = xstrndup((const char *)data, size);
    try_all(schema, sql);
    free(sql);
    schema_free(schema);
    tree_free(&tree);
    return 0;
}
