/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Expressions: the cases of tests/data/expr.test, and what they cannot say.
 */
#include "core_help.h"

#include "core/expr.h"
#include "core/schema.h"
#include "io/file.h"

/* ---- answers of a case, and the projection made of them ---- */

struct given {
    char *line;               /* "a=1 ; card[1].card_pin=3" */
    char row[16];             /* the row that is being written: "1", or "" */
};

/* The value of `name` in the line, or NULL; good until the next call. */
static const char *given_value(const struct given *given, const char *name)
{
    static char value[256];
    size_t length = strlen(name);

    for (const char *at = given->line; at && *at; at = strstr(at, " ; ")) {
        at += strncmp(at, " ; ", 3) == 0 ? 3 : 0;
        if (strncmp(at, name, length) == 0 && at[length] == '=') {
            const char *end = strstr(at, " ; ");
            snprintf(value, sizeof value, "%.*s",
                     (int)((end ? end : at + strlen(at)) - at - (long)length - 1),
                     at + length + 1);
            return value;
        }
        if (!*at)
            break;
        at++;
    }
    return NULL;
}

/* SQLite reads each value before the next is asked for only when it is kept; so all are. */
static char *kept_values[64];
static size_t kept_count;

static void drop_kept(void)
{
    while (kept_count)
        free(kept_values[--kept_count]);
}

static const char *value_of(void *data, const struct item *item)
{
    const struct given *given = data;
    struct buf name = BUF_INIT;
    const char *value;

    if (item->repeat)
        buf_addf(&name, "%s[%s].", item->repeat->id, given->row);
    buf_add(&name, item->id);
    value = given_value(given, name.text);
    buf_free(&name);
    if (!value)
        return NULL;
    if (kept_count == countof(kept_values))
        drop_kept();
    kept_values[kept_count] = xstrdup(value);
    return kept_values[kept_count++];
}

static struct expr_db *project(char *answers)
{
    static struct given plan;     /* read as long as expressions are evaluated */
    struct expr_db *db = NULL;
    struct given given = { .line = answers };
    struct err err = { 0 };
    const struct schema *schema = help_mini()->schema;

    assert_int_equal(expr_db_new(&db, schema, help_today(), &err), 0);
    plan = given;
    expr_db_source(db, value_of, &plan);
    for (size_t i = 0; i < schema->item_count; i++) {
        const struct item *repeat = schema->items[i];
        for (int row = 1; repeat->type == ITEM_REPEAT && row < 4; row++) {
            char mark[64];
            snprintf(mark, sizeof mark, "%s[%d]", repeat->id, row);
            snprintf(given.row, sizeof given.row, "%d", row);
            if (strstr(answers, mark))
                expr_db_write(db, repeat, given.row, row, value_of, &given);
            drop_kept();
        }
    }
    return db;
}

/* ---- results as text ---- */

static void result_text(void *data, const char *row, const struct expr_value *values)
{
    struct buf *out = data;

    (void)row;
    buf_clear(out);
    if (values[0].kind == EXPR_INTEGER)
        buf_addf(out, "%lld", (long long)values[0].integer);
    else if (values[0].kind == EXPR_REAL)
        buf_addf(out, "%.10g", values[0].real);
    else if (values[0].kind == EXPR_TEXT)
        buf_addf(out, "'%s'", values[0].text);
    else
        buf_add(out, "empty");
}

/* Takes "@card[2] " or "@colours " off the expression. */
static const char *placed(const char *expression, const struct item **repeat, char row[16],
                          struct expr_spec *spec)
{
    char name[32] = "";
    int used = 0;

    if (sscanf(expression, "@%31[a-z][%15[0-9]] %n", name, row, &used) == 2 && used) {
        *repeat = help_mini_item(name);
        return expression + used;
    }
    used = 0;
    if (sscanf(expression, "@%31[a-z] %n", name, &used) == 1 && used &&
        (spec->list = schema_list(help_mini()->schema, name)) != NULL)
        return expression + used;
    return expression;
}

static void evaluate(const char *expression, char *answers, struct buf *out)
{
    struct expr_db *db = project(answers);
    struct rule_text rule = { .where = { "case", 1, 1 } };
    struct expr_spec spec = { &rule, NULL };
    const struct item *repeat = NULL;
    struct expr_set *set = NULL;
    struct err err = { 0 };
    char row[16] = "";

    rule.sql = placed(expression, &repeat, row, &spec);
    buf_clear(out);
    if (expr_check(db, repeat, &spec, &err) ||
        expr_set_new(&set, db, repeat, &spec, 1, &err) ||
        expr_set_run(set, repeat ? row : NULL, result_text, out, &err)) {
        buf_clear(out);
        buf_addf(out, "error %d: %s", err.col, err.msg);
    }
    expr_set_free(set);
    expr_db_free(db);
}

/* ---- the cases of the file ---- */

static bool as_expected(const char *expected, const char *got)
{
    int col = 0, got_col = 0, used = 0, got_used = 0;

    if (sscanf(expected, "error %d: %n", &col, &used) != 1)
        return strcmp(expected, got) == 0;
    return sscanf(got, "error %d: %n", &got_col, &got_used) == 1 && got_col == col &&
           strstr(got + got_used, expected + used) != NULL;
}

static char *next_line(char **at)
{
    char *line = *at, *end;

    if (!line || !*line)
        return NULL;
    end = strchr(line, '\n');
    *at = end ? end + 1 : line + strlen(line);
    if (end)
        *end = 0;
    return line;
}

static void test_cases(void **state)
{
    struct buf path = BUF_INIT, text = BUF_INIT, got = BUF_INIT;
    struct err err = { 0 };
    char *at, *expression, *answers, *expected;
    int cases = 0, failed = 0;

    (void)state;
    help_data(&path, "expr.test");
    if (file_read(&text, path.text, 1 << 20, &err))
        fail_msg("%s", err.msg);
    at = text.text;
    while ((expression = next_line(&at)) != NULL) {
        if (!*expression || *expression == '#')
            continue;
        answers = next_line(&at);
        expected = next_line(&at);
        assert_non_null(expected);
        evaluate(expression, answers, &got);
        cases++;
        if (!as_expected(expected, got.text)) {
            print_message("%s\n  answers  %s\n  expected %s\n  got      %s\n", expression, answers,
                          expected, got.text);
            failed++;
        }
    }
    buf_free(&path);
    buf_free(&text);
    buf_free(&got);
    assert_int_equal(failed, 0);
    assert_true(cases > 100);
}

/* ---- what a line cannot say ---- */

static void test_too_long(void **state)
{
    struct buf expression = BUF_INIT, got = BUF_INIT;
    char none[1] = "";

    (void)state;
    buf_add(&expression, "1");
    buf_add_repeat(&expression, " +1", 1400);
    evaluate(expression.text, none, &got);
    assert_non_null(strstr(got.text, "too long"));
    buf_clear(&expression);
    buf_add_repeat(&expression, "(", 20);
    buf_add(&expression, "1");
    buf_add_repeat(&expression, ")", 20);
    evaluate(expression.text, none, &got);
    assert_string_equal(got.text, "1");
    buf_clear(&expression);
    buf_add(&expression, "1");
    buf_add_repeat(&expression, "+1", 100);
    evaluate(expression.text, none, &got);
    assert_non_null(strstr(got.text, "Expression tree is too large"));
    buf_free(&expression);
    buf_free(&got);
}

static void test_place_in_file(void **state)
{
    struct expr_db *db = NULL;
    struct rule_text good = { "mini_count > 1", { "f.yaml", 3, 9 } };
    struct rule_text bad = { "1 = mini_nothing", { "f.yaml", 7, 20 } };
    struct expr_spec specs[] = { { &good, NULL }, { &bad, NULL } };
    struct expr_set *set = NULL;
    struct err err = { 0 };

    (void)state;
    assert_int_equal(expr_db_new(&db, help_mini()->schema, help_today(), &err), 0);
    assert_int_equal(expr_set_new(&set, db, NULL, specs, 2, &err),
                     ERR_INPUT);
    assert_string_equal(err.file, "f.yaml");
    assert_int_equal(err.line, 7);
    assert_int_equal(err.col, 24);
    expr_set_free(set);
    expr_db_free(db);
}

static void test_truth(void **state)
{
    static const struct {
        struct expr_value value;
        enum expr_truth truth;
    } cases[] = {
        { { .kind = EXPR_EMPTY }, EXPR_UNKNOWN },
        { { .kind = EXPR_INTEGER, .integer = 0 }, EXPR_FALSE },
        { { .kind = EXPR_INTEGER, .integer = -1 }, EXPR_TRUE },
        { { .kind = EXPR_REAL, .real = 0.0 }, EXPR_FALSE },
        { { .kind = EXPR_REAL, .real = 0.5 }, EXPR_TRUE },
        { { .kind = EXPR_TEXT, .text = "yes" }, EXPR_FALSE },
    };

    (void)state;
    for (size_t i = 0; i < countof(cases); i++)
        assert_int_equal(expr_truth(&cases[i].value), cases[i].truth);
}

static void add_name(void *data, const struct item *item)
{
    buf_addf(data, "%s ", item->id);
}

static void test_reads(void **state)
{
    static const struct {
        const char *sql, *names;
    } cases[] = {
        { "mini_count > 1 AND mini_count < 9", "mini_count " },
        { "mini_name = 'mini_count' OR \"mini_rate\" = 1", "mini_name mini_rate " },
        { "(SELECT sum(card_pin) FROM card)", "card_pin card " },
        { "MINI_COUNT = 1", "mini_count " },
        { "person_title = 'x'", "person_name " },
        { "'it''s mini_count' = x1mini_rate", "" },
    };
    struct buf names = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < countof(cases); i++) {
        buf_clear(&names);
        expr_reads(help_mini()->schema, cases[i].sql, add_name, &names);
        assert_string_equal(names.text, cases[i].names);
    }
    buf_free(&names);
}

static void count_run(void *data, const char *row, const struct expr_value *values)
{
    int *runs = data;

    (void)row;
    if (values[0].kind == EXPR_INTEGER)
        ++*runs;
}

/* The bound on steps is one evaluation's and not the life's of the set. */
static void test_long_life(void **state)
{
    char answers[] = "card[1].card_pin=1 ; card[2].card_pin=1 ; card[3].card_pin=1";
    struct expr_db *db = project(answers);
    struct rule_text rule = { "(SELECT count(*) FROM card, card b, card c, card d, card e, card f,"
                              " card g, card h, card i, card j)", { "x", 1, 1 } };
    struct expr_spec spec = { &rule, NULL };
    struct expr_set *set = NULL;
    struct err err = { 0 };
    int runs = 0;

    (void)state;
    assert_int_equal(expr_set_new(&set, db, NULL, &spec, 1, &err), 0);
    for (int i = 0; i < 100; i++)
        assert_int_equal(expr_set_run(set, NULL, count_run, &runs, &err), 0);
    assert_int_equal(runs, 100);
    expr_set_free(set);
    expr_db_free(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),         cmocka_unit_test(test_too_long),
        cmocka_unit_test(test_place_in_file), cmocka_unit_test(test_truth),
        cmocka_unit_test(test_reads),         cmocka_unit_test(test_long_life),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("expr", tests, help_load_mini, help_free_mini);
}
