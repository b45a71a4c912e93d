/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The rights matrix: ceilings, effective rights, changes, the 45 checks.
 *
 * Ceilings and cases of checks are files in tests/data/rights. Effective rights are computed a
 * second time here, from the texts of the answers and the data files, without any set or position;
 * both must agree on made-up plans of any kind.
 */
#include "core_help.h"
#include "mem_store.h"

#include "core/rights_check.h"
#include "core/rights_edit.h"
#include "core/rights_text.h"

static const struct schema *schema(void)
{
    return help_real()->schema;
}

struct desk {
    struct mem_store store;
    struct plan *plan;
};

static void desk_open(struct desk *desk)
{
    struct err err = { 0 };

    desk->store = (struct mem_store){ 0 };
    if (plan_open(&desk->plan, schema(), &mem_store_ops, &desk->store, help_today(), &err))
        fail_msg("%s", err.msg);
}

static void desk_close(struct desk *desk)
{
    plan_close(desk->plan);
    mem_store_free(&desk->store);
}

static const struct rights *rights_now(const struct desk *desk)
{
    return engine_rights(desk->plan->engine);
}

static void must(int code, const struct err *err)
{
    if (code)
        fail_msg("%s", err->msg);
}

/* ---- plans as lines ---- */

/* Adds "id=value" or "repeat#key.id=value" to a batch; a row that is not there is added. */
static void put(struct plan *plan, struct plan_batch *batch, char *line)
{
    char *value = strchr(line, '='), *hash = strchr(line, '#'), *dot = strchr(line, '.');
    char key[24] = "";
    struct err err = { 0 };
    struct check check = CHECK_INIT;
    const struct item *item;

    assert_non_null(value);
    *value++ = '\0';
    if (hash && dot && hash < value) {
        *hash = *dot = '\0';
        snprintf(key, sizeof key, "%s", hash + 1);
        plan_batch_add_row(batch, help_item(plan->schema, line), key, &err);
        if (answers_row_position(plan->answers, help_item(plan->schema, line), key) < 0 &&
            strstr(err.msg, "at most"))
            fail_msg("%s", err.msg);
        line = dot + 1;
    }
    item = help_item(plan->schema, line);
    err = (struct err){ 0 };
    must(plan_batch_set(batch, item, *key ? key : NULL, value, &check, &err), &err);
    if (check.state == CHECK_BAD)
        fail_msg("%s=%s: %s", line, value, check.message);
    check_free(&check);
}

static char *read_lines(const char *name)
{
    struct buf path = BUF_INIT, text = BUF_INIT;
    char block[4096];
    size_t got;
    FILE *file;

    help_data(&path, name);
    file = fopen(path.text, "rb");
    assert_non_null(file);
    while ((got = fread(block, 1, sizeof block, file)) > 0)
        buf_add_n(&text, block, got);
    fclose(file);
    buf_free(&path);
    return buf_detach(&text);
}

/* Puts the lines after `at` up to the next heading, which has no "=", into the plan as one change.
 * Returns where that heading stands, NULL at the end. `at` is changed. */
static char *put_block(struct plan *plan, char *at)
{
    struct plan_batch *batch = plan_batch_new(plan);
    struct err err = { 0 };

    while (at && *at) {
        char *end = strchr(at, '\n');
        size_t length = end ? (size_t)(end - at) : strlen(at);
        char *line;
        if (length && at[0] != '#' && !memchr(at, '=', length))
            break;
        line = xstrndup(at, length);
        if (length && at[0] != '#')
            put(plan, batch, line);
        free(line);
        at = end ? end + 1 : NULL;
    }
    must(plan_batch_commit(batch, &err), &err);
    return at && *at ? at : NULL;
}

static char *next_line(char *at)
{
    char *end = strchr(at, '\n');

    return end ? end + 1 : at + strlen(at);
}

/* The base of checks.test in a new plan; returns where the cases begin. */
static char *put_base(struct desk *desk, char *text)
{
    char *base = strstr(text, "\nbase\n");

    assert_non_null(base);
    desk_open(desk);
    return put_block(desk->plan, base + strlen("\nbase\n"));
}

/* ---- ceilings ---- */

/* How the second table calls what data/rights says. */
static char ceiling_sign(const struct rights_data *data, int task, int group)
{
    static const char *const told[] = { "duties", "given", "service", "close" };
    int limit = data->limit[task][group];

    if (!data->most[task][group])
        return '-';
    for (size_t i = 0; limit && i < countof(told); i++)
        if (strcmp(data->limits[limit - 1].id, told[i]) == 0)
            return 'V';
    return limit ? 'o' : 'V';
}

static void test_ceilings(void **state)
{
    const struct rights_data *data = schema()->rights;
    char *text = read_lines("rights/ceilings.test");
    int tasks = 0;

    (void)state;
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        char signs[RIGHTS_GROUP_COUNT + 1] = "", id[3] = "";
        if (line[0] == '#')
            continue;
        memcpy(id, line, 2);
        for (int g = 0; g < RIGHTS_GROUP_COUNT; g++)
            signs[g] = ceiling_sign(data, tasks, g);
        assert_string_equal(id, data->tasks->choices[tasks].id);
        assert_string_equal(line + 3, signs);
        tasks++;
    }
    assert_int_equal(tasks, RIGHTS_TASK_COUNT);
    free(text);
}

/* Tasks limited to the own register never record or change client documents. */
static void test_letters_left_out(void **state)
{
    const struct rights_data *data = schema()->rights;
    static const int tasks[] = { RIGHTS_IC, RIGHTS_AR, RIGHTS_JO };

    (void)state;
    for (size_t t = 0; t < countof(tasks); t++)
        for (int g = RIGHTS_D03; g <= RIGHTS_D08; g++)
            assert_int_equal(data->most[tasks[t]][g] &
                             (RIGHTS_BIT(RIGHTS_K) | RIGHTS_BIT(RIGHTS_M)), 0);
}

/* Whatever a template proposes is within the ceiling of its tasks, and known as a whole. */
static void test_templates(void **state)
{
    const struct rights_data *data = schema()->rights;
    struct err err = { 0 };

    (void)state;
    assert_int_equal(data->template_count, 34);
    for (size_t i = 0; i < data->template_count; i++) {
        struct desk desk;
        char key[24];
        desk_open(&desk);
        must(rights_add_template(desk.plan, &data->templates[i], help_english(), key, &err), &err);
        for (int g = 0; g < RIGHTS_GROUP_COUNT; g++) {
            struct rights_cell cell;
            rights_cell(rights_now(&desk), 0, g, -1, &cell);
            if (cell.over)
                fail_msg("%s: d%02d over the ceiling", data->templates[i].id, g + 1);
            assert_int_equal(cell.letters, data->templates[i].cells[g]);
            assert_int_equal(cell.origin, cell.letters ? RIGHTS_ORIGIN_TEMPLATE
                                                       : RIGHTS_ORIGIN_EMPTY);
        }
        desk_close(&desk);
    }
}

/* ---- checks ---- */

static int count_of(const struct rights_findings *findings, const char *id,
                    enum severity severity)
{
    int count = 0;

    for (size_t i = 0; i < findings->count; i++)
        count += strcmp(findings->at[i].check->id, id) == 0 &&
                 findings->at[i].severity == severity;
    return count;
}

static void tell(const struct desk *desk)
{
    const struct rights_findings *findings = engine_rights_findings(desk->plan->engine);
    struct buf text = BUF_INIT;

    for (size_t i = 0; i < findings->count; i++) {
        buf_clear(&text);
        rights_finding_text(rights_now(desk), &findings->at[i], help_english(), &text);
        print_message("# %s\n", text.text);
    }
    buf_free(&text);
}

static void test_base_is_clean(void **state)
{
    char *text = read_lines("rights/checks.test");
    struct desk desk;

    (void)state;
    put_base(&desk, text);
    if (engine_rights_findings(desk.plan->engine)->count) {
        tell(&desk);
        fail_msg("the base of checks.test has findings");
    }
    desk_close(&desk);
    free(text);
}

/* Runs the case at `at`; returns where the next begins. */
static char *run_case(char *text, char *at, bool *seen, int *failed)
{
    char id[8] = "", word[16] = "";
    enum severity severity;
    struct desk desk;
    char *rest;

    assert_int_equal(sscanf(at, "%7s %15s", id, word), 2);
    severity = word[0] == 'e' ? SEVERITY_ERROR : word[0] == 'w' ? SEVERITY_WARNING : SEVERITY_NOTE;
    put_base(&desk, text);
    rest = put_block(desk.plan, next_line(at));
    if (!count_of(engine_rights_findings(desk.plan->engine), id, severity)) {
        print_message("# %.20s at %ld finds nothing; found:\n", id, (long)(at - text));
        tell(&desk);
        ++*failed;
    }
    seen[atoi(id + 1) - 1] = true;
    desk_close(&desk);
    return rest;
}

static void test_checks(void **state)
{
    char *text = read_lines("rights/checks.test");
    bool seen[RIGHTS_CHECK_COUNT] = { false };
    struct desk desk;
    int failed = 0;
    char *at = put_base(&desk, text);

    (void)state;
    desk_close(&desk);
    while (at)
        at = run_case(text, at, seen, &failed);
    for (int i = 0; i < RIGHTS_CHECK_COUNT; i++)
        if (!seen[i])
            fail_msg("checks.test has no case of r%02d", i + 1);
    assert_int_equal(failed, 0);
    free(text);
}

/* ---- the group ---- */

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ceilings), cmocka_unit_test(test_letters_left_out),
        cmocka_unit_test(test_templates), cmocka_unit_test(test_base_is_clean),
        cmocka_unit_test(test_checks),
    };

    return cmocka_run_group_tests(tests, help_load_real, help_free_real);
}
