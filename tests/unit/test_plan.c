/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Changing plans, taking changes back, addresses, words; and the shipped rules and examples.
 *
 * Each rule of data/rules.yaml has a case of its name in tests/data/rules: answers with which
 * it fires and answers with which it does not. A rule without one fails. What a constraint says
 * instead of a rule has such a case too.
 */
#include "core_help.h"

#include "base/lang.h"
#include "io/answers_yaml.h"
#include "io/file.h"
#include "io/node.h"

static struct content real;

struct bench {
    char folder[64], path[96];
    struct plan *plan;
};

static void bench_open(struct bench *bench, const struct content *content)
{
    help_folder(bench->folder);
    bench->plan = help_new(content->schema, bench->folder, bench->path);
}

static void bench_close(struct bench *bench)
{
    plan_close(bench->plan);
    help_remove(bench->folder);
}

static void bench_again(struct bench *bench)
{
    const struct schema *schema = bench->plan->schema;

    plan_close(bench->plan);
    bench->plan = help_open(schema, bench->path);
}

static void set(struct bench *bench, const char *id, const char *row, const char *value)
{
    struct err err = { 0 };

    if (plan_set(bench->plan, help_item(bench->plan->schema, id), row, value, NULL, &err))
        fail_msg("%s", err.msg);
}

static void add_row(struct bench *bench, const char *repeat, char key[24])
{
    struct err err = { 0 };

    if (plan_row_add(bench->plan, help_item(bench->plan->schema, repeat), key, &err))
        fail_msg("%s", err.msg);
}

/* All answers as "id=value" and "repeat#key.id=value", in order. */
static void state_text(const struct plan *plan, struct buf *out)
{
    buf_clear(out);
    for (size_t i = 0; i < plan->schema->item_count; i++) {
        const struct item *item = plan->schema->items[i];
        size_t rows = item->type == ITEM_REPEAT ? answers_row_count(plan->answers, item) : 0;
        const char *value = item->repeat ? NULL : answers_value(plan->answers, item, NULL);
        if (value)
            buf_addf(out, "%s=%s ", item->id, value);
        for (size_t r = 0; r < rows; r++) {
            const struct row *row = answers_row_at(plan->answers, item, r);
            buf_addf(out, "%s#%s ", item->id, row->key);
            for (size_t n = 0; n < item->item_count; n++)
                if (row->cells[n].value)
                    buf_addf(out, "%s=%s ", item->items[n].id, row->cells[n].value);
        }
    }
}

#define assert_state(bench, expected) assert_state_at(bench, expected, __LINE__)

static void assert_state_at(struct bench *bench, const char *expected, int line)
{
    struct buf text = BUF_INIT;

    state_text(bench->plan, &text);
    if (strcmp(text.text, expected) != 0)
        fail_msg("line %d: \"%s\", not \"%s\"", line, text.text, expected);
    buf_free(&text);
}

static int undo(struct bench *bench, bool again)
{
    struct err err = { 0 };
    int entries = 0;

    if ((again ? plan_redo : plan_undo)(bench->plan, NULL, &entries, &err))
        fail_msg("%s", err.msg);
    return entries;
}

/* ---- setting ---- */

static void test_set(void **state)
{
    struct bench b;
    int64_t last;

    (void)state;
    bench_open(&b, help_mini());
    assert_string_equal(b.plan->saved_at, "");
    set(&b, "mini_name", NULL, " Aino ");
    assert_int_equal(strlen(b.plan->saved_at), 19);
    last = b.plan->last_entry;
    set(&b, "mini_name", NULL, "Aino");
    set(&b, "mini_count", NULL, "");
    assert_int_equal(b.plan->last_entry, last);
    set(&b, "mini_count", NULL, "12,5");
    assert_state(&b, "mini_name=Aino mini_count=12,5 ");
    set(&b, "mini_count", NULL, NULL);
    assert_state(&b, "mini_name=Aino ");
    bench_again(&b);
    assert_state(&b, "mini_name=Aino ");
    bench_close(&b);
}

static void test_refused(void **state)
{
    struct bench b;
    struct err err = { 0 };
    struct check check = CHECK_INIT;
    struct buf bytes = BUF_INIT;
    struct plan_batch *batch;

    (void)state;
    bench_open(&b, help_mini());
    set(&b, "mini_name", NULL, "before");
    assert_int_equal(plan_set(b.plan, help_mini_item("mini_long"), NULL,
                              "Potilas 131052-308T", &check, &err), ERR_REFUSED);
    assert_int_equal(check.state, CHECK_REFUSED);
    assert_int_equal(plan_set(b.plan, help_mini_item("mini_kind"), NULL, "131052-308T",
                              NULL, &err), ERR_REFUSED);
    batch = plan_batch_new(b.plan);
    assert_int_equal(plan_batch_set(batch, help_mini_item("mini_count"), NULL, "1", NULL,
                                    &err), 0);
    assert_int_equal(plan_batch_set(batch, help_mini_item("mini_name"), NULL,
                                    "131052-308T", NULL, &err), ERR_REFUSED);
    plan_batch_free(batch);
    assert_int_equal(plan_set(b.plan, help_mini_item("card_name"), "7", "x", NULL, &err),
                     ERR_USAGE);
    assert_state(&b, "mini_name=before ");
    bench_again(&b);
    assert_state(&b, "mini_name=before ");
    assert_int_equal(file_read(&bytes, b.path, 1 << 20, &err), 0);
    for (size_t i = 0; i + 11 < bytes.length; i++)
        assert_memory_not_equal(bytes.text + i, "131052-308T", 11);
    buf_free(&bytes);
    check_free(&check);
    bench_close(&b);
}

/* ---- rows and undo ---- */

static void test_undo_values(void **state)
{
    struct bench b;

    (void)state;
    bench_open(&b, help_mini());
    assert_int_equal(undo(&b, false), 0);
    set(&b, "mini_name", NULL, "one");
    set(&b, "mini_name", NULL, "two");
    set(&b, "mini_count", NULL, "3");
    assert_int_equal(undo(&b, false), 1);
    assert_state(&b, "mini_name=two ");
    bench_again(&b);
    assert_int_equal(undo(&b, false), 1);
    assert_state(&b, "mini_name=one ");
    bench_again(&b);
    assert_int_equal(undo(&b, false), 1);
    assert_state(&b, "");
    assert_int_equal(undo(&b, false), 0);
    assert_int_equal(undo(&b, true), 1);
    assert_state(&b, "mini_name=one ");
    bench_again(&b);
    assert_int_equal(undo(&b, true), 1);
    assert_int_equal(undo(&b, true), 1);
    assert_state(&b, "mini_name=two mini_count=3 ");
    assert_int_equal(undo(&b, true), 0);
    assert_int_equal(undo(&b, false), 1);
    set(&b, "mini_code", NULL, "AB1");
    assert_int_equal(undo(&b, true), 0);
    assert_int_equal(undo(&b, false), 1);
    assert_int_equal(undo(&b, false), 1);
    assert_state(&b, "mini_name=one ");
    bench_close(&b);
}

static void test_undo_rows(void **state)
{
    struct bench b;
    struct err err = { 0 };
    const struct item *person = help_mini_item("person");
    char key[24];

    (void)state;
    bench_open(&b, help_mini());
    for (int i = 0; i < 3; i++)
        add_row(&b, "person", key);
    assert_string_equal(key, "3");
    set(&b, "person_name", "1", "A");
    set(&b, "person_name", "2", "B");
    set(&b, "person_age", "2", "20");
    set(&b, "person_name", "3", "C");
    assert_int_equal(plan_row_remove(b.plan, person, "2", &err), 0);
    assert_state(&b, "person#1 person_name=A person#3 person_name=C ");
    bench_again(&b);
    assert_int_equal(undo(&b, false), 1);
    assert_state(&b, "person#1 person_name=A person#2 person_name=B person_age=20 person#3 "
                     "person_name=C ");
    assert_int_equal(undo(&b, true), 4 - 1);
    assert_state(&b, "person#1 person_name=A person#3 person_name=C ");
    assert_int_equal(undo(&b, false), 3);
    assert_int_equal(plan_row_move(b.plan, person, "3", 0, &err), 0);
    assert_int_equal(plan_row_move(b.plan, person, "1", 99, &err), 0);
    assert_state(&b, "person#3 person_name=C person#2 person_name=B person_age=20 person#1 "
                     "person_name=A ");
    undo(&b, false);
    undo(&b, false);
    assert_state(&b, "person#1 person_name=A person#2 person_name=B person_age=20 person#3 "
                     "person_name=C ");
    undo(&b, true);
    assert_state(&b, "person#3 person_name=C person#1 person_name=A person#2 person_name=B "
                     "person_age=20 ");
    assert_int_equal(plan_row_move(b.plan, person, "3", 0, &err), 0);
    assert_int_equal(plan_row_move(b.plan, person, "9", 0, &err), ERR_USAGE);
    assert_int_equal(plan_row_remove(b.plan, person, "9", &err), ERR_USAGE);
    assert_int_equal(plan_row_remove(b.plan, person, "3", &err), 0);
    add_row(&b, "person", key);
    assert_string_equal(key, "4");
    add_row(&b, "person", key);
    assert_int_equal(plan_row_add(b.plan, person, key, &err), ERR_REFUSED);
    bench_close(&b);
}

/* A row added again under its old key must not get values of its earlier life from an undo. */
static void test_undo_second_life(void **state)
{
    struct bench b;
    struct err err = { 0 };
    const struct item *person = help_mini_item("person");
    struct plan_batch *batch;
    char key[24] = "1";

    (void)state;
    bench_open(&b, help_mini());
    add_row(&b, "person", key);
    set(&b, "person_name", "1", "old");
    assert_int_equal(plan_row_remove(b.plan, person, "1", &err), 0);
    batch = plan_batch_new(b.plan);
    snprintf(key, sizeof key, "1");
    assert_int_equal(plan_batch_add_row(batch, person, key, &err), 0);
    assert_int_equal(plan_batch_commit(batch, &err), 0);
    assert_int_equal(plan_row_remove(b.plan, person, "1", &err), 0);
    undo(&b, false);
    assert_state(&b, "person#1 ");
    bench_close(&b);
}

/* Takes the last change back, or again, and names the place. */
static void undone_name(struct plan *plan, bool again, struct buf *out)
{
    struct place what = { NULL, NULL };
    struct err err = { 0 };
    int entries = 0;

    assert_int_equal((again ? plan_redo : plan_undo)(plan, &what, &entries, &err), 0);
    assert_true(entries > 0);
    buf_clear(out);
    plan_undone_text(plan, &what, again, help_english(), out);
}

/* The same words whether the program was started anew in between or not. */
static void assert_undone(struct bench *b, bool again, const char *expected)
{
    struct buf path = BUF_INIT, here = BUF_INIT, anew = BUF_INIT;
    struct err err = { 0 };
    struct plan *copy;

    buf_addf(&path, "%s/anew.polku", b->folder);
    unlink(path.text);
    assert_int_equal(store_sqlite_ops.copy_to(b->plan->store, path.text, &err), 0);
    copy = help_open(b->plan->schema, path.text);
    undone_name(copy, again, &anew);
    undone_name(b->plan, again, &here);
    assert_string_equal(here.text, expected);
    assert_string_equal(anew.text, expected);
    plan_close(copy);
    buf_free(&path);
    buf_free(&here);
    buf_free(&anew);
}

static void test_undo_words(void **state)
{
    struct bench b;
    struct err err = { 0 };
    const struct item *person = help_mini_item("person");
    struct plan_batch *batch;
    char key[24];

    (void)state;
    bench_open(&b, help_mini());
    add_row(&b, "person", key);
    add_row(&b, "person", key);
    set(&b, "person_name", "1", "A");
    set(&b, "person_name", "2", "B");
    assert_int_equal(plan_row_remove(b.plan, person, "1", &err), 0);
    for (int i = 0; i < 3; i++) {
        assert_undone(&b, false, "Taken back: People.");
        assert_undone(&b, true, "Made again: People.");
    }
    assert_undone(&b, false, "Taken back: People.");
    assert_undone(&b, false, "Taken back: Person 2, Name. Now: not answered.");

    batch = plan_batch_new(b.plan);
    assert_int_equal(plan_batch_set(batch, help_mini_item("person_age"), "2", "20", NULL,
                                    &err), 0);
    assert_int_equal(plan_batch_set(batch, help_mini_item("person_age"), "1", "10", NULL,
                                    &err), 0);
    assert_int_equal(plan_batch_set(batch, help_mini_item("person_name"), "2", "C", NULL,
                                    &err), 0);
    assert_int_equal(plan_batch_commit(batch, &err), 0);
    for (int i = 0; i < 2; i++) {
        assert_undone(&b, false, "Taken back: Person 2, Name. Now: not answered.");
        assert_undone(&b, true, "Made again: Person 2, Name. Now: C.");
    }
    bench_close(&b);
}

static void test_batch(void **state)
{
    struct bench b;
    struct err err = { 0 };
    const struct item *person = help_mini_item("person");
    const struct item *card = help_mini_item("card");
    struct plan_batch *batch;
    char key[24] = "", other[24] = "", same[24];
    struct check check = CHECK_INIT;

    (void)state;
    bench_open(&b, help_mini());
    set(&b, "mini_kind", NULL, "b");
    batch = plan_batch_new(b.plan);
    for (int i = 0; i < 4; i++) {
        key[0] = 0;
        assert_int_equal(plan_batch_add_row(batch, card, key, &err), 0);
    }
    for (int i = 0; i < 4; i++) {
        other[0] = 0;
        assert_int_equal(plan_batch_add_row(batch, person, other, &err), 0);
    }
    assert_string_equal(other, "4");
    snprintf(same, sizeof same, "4");
    assert_int_equal(plan_batch_add_row(batch, card, same, &err), ERR_REFUSED);
    assert_int_equal(plan_batch_set(batch, help_mini_item("card_holder"), key, other,
                                    &check, &err), 0);
    assert_int_equal(check.state, CHECK_OK);
    assert_int_equal(plan_batch_set(batch, help_mini_item("card_holder"), "1", "9", &check,
                                    &err), 0);
    assert_int_equal(check.state, CHECK_BAD);
    assert_int_equal(plan_batch_set(batch, help_mini_item("person_name"), other, "D",
                                    NULL, &err), 0);
    assert_int_equal(plan_batch_commit(batch, &err), 0);
    assert_int_equal(plan_row_references(b.plan, person, "4"), 1);
    assert_state(&b, "mini_kind=b card#1 card_holder=9 card#2 card#3 card#4 card_holder=4 person#1"
                     " person#2 person#3 person#4 person_name=D ");
    assert_int_equal(undo(&b, false), 11);
    assert_state(&b, "mini_kind=b ");
    undo(&b, true);
    assert_state(&b, "mini_kind=b card#1 card_holder=9 card#2 card#3 card#4 card_holder=4 person#1"
                     " person#2 person#3 person#4 person_name=D ");
    check_free(&check);
    bench_close(&b);
}

static void test_task_done(void **state)
{
    struct bench b;
    struct err err = { 0 };
    const struct task *other = schema_task(help_mini()->schema, "other");
    struct place what = { 0 };
    int entries;

    (void)state;
    bench_open(&b, help_mini());
    assert_int_equal(plan_set_task_done(b.plan, other, true, &err), 0);
    assert_true(answers_task_done(b.plan->answers, "other"));
    bench_again(&b);
    assert_true(answers_task_done(b.plan->answers, "other"));
    assert_int_equal(plan_undo(b.plan, &what, &entries, &err), 0);
    assert_int_equal(entries, 1);
    assert_null(what.item);
    assert_false(answers_task_done(b.plan->answers, "other"));
    bench_close(&b);
}

/* ---- addresses and words ---- */

static void test_addresses(void **state)
{
    static const struct {
        const char *text, *item, *row, *error;
    } cases[] = {
        { "mini_name", "mini_name", "", NULL },
        { "person[1].person_name", "person_name", "1", NULL },
        { "person[2].name", "person_name", "3", NULL },
        { "person[#3].name", "person_name", "3", NULL },
        { "person[+].name", "person_name", "+", NULL },
        { "person", "person", "", NULL },
        { "mini_nmae", NULL, NULL, "did you mean \"mini_name\"?" },
        { "persn[1].name", NULL, NULL, "did you mean \"person\"?" },
        { "person[1].nmae", NULL, NULL, "did you mean \"person_name\"?" },
        { "zzzzzzzz", NULL, NULL, "there is no item \"zzzzzzzz\"" },
        { "person_name", NULL, NULL, "write person[1].person_name" },
        { "person[3].name", NULL, NULL, "no such row (2 rows)" },
        { "person[0].name", NULL, NULL, "no such row" },
        { "person[-1].name", NULL, NULL, "no such row" },
        { "person[#2].name", NULL, NULL, "no such row" },
        { "person[].name", NULL, NULL, "no such row" },
        { "person[1x].name", NULL, NULL, "no such row" },
        { "person[99999999999999999999].name", NULL, NULL, "no such row" },
        { "person[1]", NULL, NULL, "with the row's number" },
        { "person[1.name", NULL, NULL, "with the row's number" },
        { "person[1]name", NULL, NULL, "with the row's number" },
        { "mini_name[1].x", NULL, NULL, "has no rows" },
        { "person[1].mini_name", NULL, NULL, "person has no item" },
        { "", NULL, NULL, "there is no item" },
        { "[", NULL, NULL, "there is no item" },
    };
    struct bench b;
    struct err err = { 0 };
    char key[24], row[24];

    (void)state;
    bench_open(&b, help_mini());
    for (int i = 0; i < 3; i++)
        add_row(&b, "person", key);
    plan_row_remove(b.plan, help_mini_item("person"), "2", &err);
    for (size_t i = 0; i < countof(cases); i++) {
        const struct item *item = NULL;
        bool fresh = false;
        int code = plan_address(b.plan, cases[i].text, &item, row, &fresh, &err);
        if (cases[i].error) {
            assert_int_equal(code, ERR_USAGE);
            if (!strstr(err.msg, cases[i].error))
                fail_msg("%s: %s", cases[i].text, err.msg);
        } else {
            assert_int_equal(code, 0);
            assert_string_equal(item->id, cases[i].item);
            assert_string_equal(fresh ? "+" : row, cases[i].row);
        }
    }
    assert_int_equal(plan_address(b.plan, "person[+].name", &(const struct item *){ NULL }, row,
                                  NULL, &err), ERR_USAGE);
    bench_close(&b);
}

static void assert_shown(struct bench *b, const char *id, const char *row, const char *expected)
{
    struct buf out = BUF_INIT;

    plan_show(b->plan, help_mini_item(id), row, help_english(), &out);
    assert_string_equal(out.text, expected);
    buf_free(&out);
}

static void test_words(void **state)
{
    struct bench b;
    struct err err = { 0 };
    struct buf out = BUF_INIT;
    struct findings found = { 0 };
    char key[24];

    (void)state;
    bench_open(&b, help_mini());
    add_row(&b, "person", key);
    add_row(&b, "card", key);
    set(&b, "mini_kind", NULL, "b");
    set(&b, "card_holder", "1", "1");
    assert_shown(&b, "card_holder", "1", "Person 1");
    set(&b, "person_name", "1", "Aino");
    assert_shown(&b, "card_holder", "1", "Aino");
    assert_shown(&b, "mini_kind", NULL, "Beta");
    assert_shown(&b, "mini_name", NULL, "");
    assert_shown(&b, "other_cards", NULL, "1");
    set(&b, "other_boss", NULL, "?");
    assert_shown(&b, "other_boss", NULL, "I do not know");
    plan_place_name(b.plan, &(struct place){ help_mini_item("card_pin"), "1" }, help_english(),
                    &out);
    assert_string_equal(out.text, "Card 1, Pin");
    set(&b, "card_pin", "1", "13");
    set(&b, "card_name", "1", "{row} %s");
    engine_findings(b.plan->engine, &found);
    assert_string_equal(found.at[0].rule->id, "r_card");
    buf_clear(&out);
    plan_finding_text(b.plan, &found.at[0], help_english(), &out);
    assert_string_equal(out.text, "Row 1, {row} %s of Aino.");
    set(&b, "card_pin", "1", NULL);
    set(&b, "mini_count", NULL, "60");
    set(&b, "mini_name", NULL, "x");
    engine_findings(b.plan->engine, &found);
    assert_string_equal(found.at[0].rule->id, "r_many");
    buf_clear(&out);
    plan_finding_text(b.plan, &found.at[0], help_english(), &out);
    plan_finding_remedy(b.plan, &found.at[0], help_english(), &out);
    assert_string_equal(out.text, "Many: 60 pcs.Wait 1 week.");
    plan_row_remove(b.plan, help_mini_item("person"), "1", &err);
    assert_shown(&b, "card_holder", "1", "a row that was removed");
    engine_findings(b.plan->engine, &found);
    buf_clear(&out);
    plan_finding_text(b.plan, &found.at[0], help_english(), &out);
    assert_string_equal(out.text, "Card 1, Holder: The answer points to a row that was removed.");
    findings_free(&found);
    buf_free(&out);
    bench_close(&b);
}

/* ---- the shipped rules ---- */

/* Sets "unit[1].unit_name": "x"; rows are added up to the number named. */
static void set_case(struct bench *b, struct at name, struct at value)
{
    const char *text = at_text(name), *bracket = strchr(text, '['), *target = at_text(value);
    struct err err = { 0 };
    const struct item *item = NULL;
    char row[24];
    size_t length = target ? strcspn(target, "[") : 0;
    const struct item *repeat =
        bracket ? schema_item_n(b->plan->schema, text, (size_t)(bracket - text)) : NULL;

    if (repeat)
        while (answers_row_count(b->plan->answers, repeat) < strtoul(bracket + 1, NULL, 10))
            add_row(b, repeat->id, row);
    if (plan_address(b->plan, text, &item, row, NULL, &err))
        fail_msg("%s", err.msg);
    if (item->type == ITEM_ROW && target && target[length]) {
        size_t position = strtoul(target + length + 1, NULL, 10);
        char key[24];
        while (answers_row_count(b->plan->answers, item->target) < position)
            add_row(b, item->target->id, key);
        target = answers_row_at(b->plan->answers, item->target, position - 1)->key;
    }
    set(b, item->id, item->repeat ? row : NULL, target);
}

/* The id that the file gives: the copies of a rule about every requirement have one case. */
static const char *family_of(const struct rule *rule)
{
    return rule->family ? rule->family : rule->id;
}

static bool is_about(const struct finding *finding, const char *id)
{
    return (finding->rule && strcmp(family_of(finding->rule), id) == 0) ||
           (finding->kind == FINDING_VALUE && strcmp(finding->place.item->id, id) == 0);
}

static bool same_place(const struct finding *a, const struct finding *b)
{
    return a->place.item == b->place.item &&
           strcmp(a->place.row ? a->place.row : "", b->place.row ? b->place.row : "") == 0;
}

/* A condition of a gate is told by the gate at any time, by check only when its time has come. */
static void find_all(struct bench *b, const char *id, struct findings *out)
{
    const struct schema *schema = b->plan->schema;

    engine_findings(b->plan->engine, out);
    for (size_t i = 0; i < schema->rule_count; i++)
        if (strcmp(schema->rules[i].id, id) == 0 && schema->rules[i].task->kind == TASK_GATE)
            engine_gate(b->plan->engine, schema->rules[i].task, out);
}

/* How many places the rule or the constraint of that id points at. One mistake is told once: -1
 * when an answer that is wrong has another finding, too. */
static int count_findings(struct at answers, const char *id, int today)
{
    struct bench b;
    struct findings found = { 0 };
    struct err err = { 0 };
    void *store;
    int count = 0;

    bench_open(&b, &real);
    plan_close(b.plan);
    assert_int_equal(store_open(&store, b.path, STORE_WRITE, today, NULL, &err), 0);
    assert_int_equal(plan_open(&b.plan, real.schema, &store_sqlite_ops, store, today, &err), 0);
    for (struct at name = at_first(answers), value; name.tree; name = at_next(answers, value)) {
        value = at_next(answers, name);
        set_case(&b, name, value);
    }
    find_all(&b, id, &found);
    for (size_t i = 0; i < found.count; i++)
        count += is_about(&found.at[i], id);
    for (size_t i = 0; i < found.count; i++)
        for (size_t j = 0; j < found.count; j++)
            if (i != j && found.at[i].kind == FINDING_VALUE &&
                same_place(&found.at[i], &found.at[j]))
                count = -1;
    findings_free(&found);
    bench_close(&b);
    return count;
}

/* `kind` is "rule" or "constraint". */
static bool case_holds(const char *kind, const char *id)
{
    struct buf name = BUF_INIT, path = BUF_INIT;
    struct tree tree = { 0 };
    struct err err = { 0 };
    const char *day, *wrong = NULL;
    int today;

    buf_addf(&name, "rules/%s.yaml", id);
    help_data(&path, name.text);
    if (tree_read(&tree, path.text, path.text, &err)) {
        wrong = err.msg;
    } else {
        day = at_text(at_key(tree_root(&tree), "today"));
        today = day ? date_parse_iso(day) : help_today();
        if (today == DATE_NONE || !at_text(at_key(tree_root(&tree), kind)) ||
            strcmp(at_text(at_key(tree_root(&tree), kind)), id) != 0)
            wrong = "the case has no good head";
        else if (count_findings(at_key(tree_root(&tree), "fires"), id, today) <= 0)
            wrong = "does not fire, or something is told twice";
        else if (count_findings(at_key(tree_root(&tree), "not"), id, today) != 0)
            wrong = "fires all the same";
    }
    if (wrong)
        print_message("%s %s: %s\n", kind, id, wrong);
    tree_free(&tree);
    buf_free(&name);
    buf_free(&path);
    return !wrong;
}

static void test_rules(void **state)
{
    int failed = 0;

    (void)state;
    assert_true(real.schema->rule_count > 0);
    for (size_t i = 0; i < real.schema->rule_count; i++) {
        const char *id = family_of(&real.schema->rules[i]);
        if (i == 0 || strcmp(family_of(&real.schema->rules[i - 1]), id) != 0)
            failed += !case_holds("rule", id);
    }
    failed += !case_holds("constraint", "unit_oid");
    assert_int_equal(failed, 0);
}

/* ---- the shipped examples ---- */

static void note_report(void *data, int line, int col, const char *message)
{
    (void)line;
    (void)col;
    (void)message;
    ++*(int *)data;
}

static void import(struct plan *plan, const struct buf *text, const char *file, int *changes)
{
    struct err err = { 0 };

    if (answers_import(plan, text->text, text->length, file, false, help_english(), note_report,
                       changes, &err))
        fail_msg("%s:%d:%d: %s", file, err.line, err.col, err.msg);
}

static int count_errors(const struct plan *plan)
{
    struct findings found = { 0 };
    struct buf text = BUF_INIT;
    int errors = 0;

    engine_findings(plan->engine, &found);
    for (size_t i = 0; i < found.count; i++) {
        if (found.at[i].severity != SEVERITY_ERROR)
            continue;
        buf_clear(&text);
        plan_finding_text(plan, &found.at[i], help_english(), &text);
        print_message("%s\n", text.text);
        errors++;
    }
    findings_free(&found);
    buf_free(&text);
    return errors;
}

/* The export of `b`, imported into an empty plan, gives the same state, and again nothing new. */
static void assert_round_trip(struct bench *b, enum answers_format format)
{
    struct bench c;
    struct buf text = BUF_INIT, again = BUF_INIT, before = BUF_INIT, after = BUF_INIT;
    int64_t last;
    int changes = 0;

    bench_open(&c, &(struct content){ .schema = (struct schema *)b->plan->schema });
    answers_export(b->plan, format, help_english(), &text);
    import(c.plan, &text, "export", &changes);
    state_text(b->plan, &before);
    state_text(c.plan, &after);
    assert_string_equal(before.text, after.text);
    answers_export(c.plan, format, help_english(), &again);
    assert_string_equal(text.text, again.text);
    last = c.plan->last_entry;
    import(c.plan, &again, "export", &changes);
    assert_int_equal(c.plan->last_entry, last);
    bench_close(&c);
    buf_free(&text);
    buf_free(&again);
    buf_free(&before);
    buf_free(&after);
}

static bool example_is_good(const char *path)
{
    struct bench b;
    struct buf text = BUF_INIT;
    struct err err = { 0 };
    int changes = 0, errors;

    bench_open(&b, &real);
    if (file_read(&text, path, 1 << 20, &err))
        fail_msg("%s", err.msg);
    import(b.plan, &text, path, &changes);
    assert_true(changes > 0);
    errors = count_errors(b.plan);
    if (errors)
        print_message("%s: %d errors\n", path, errors);
    assert_round_trip(&b, ANSWERS_YAML);
    assert_round_trip(&b, ANSWERS_JSON);
    buf_free(&text);
    bench_close(&b);
    return !errors;
}

static void test_examples(void **state)
{
    struct buf folder = BUF_INIT, path = BUF_INIT;
    struct dirent *entry;
    int count = 0, failed = 0;
    DIR *dir;

    (void)state;
    help_data(&folder, "../../data/examples");
    dir = opendir(folder.text);
    assert_non_null(dir);
    while ((entry = readdir(dir)) != NULL) {
        size_t length = strlen(entry->d_name);
        if (length < 6 || strcmp(entry->d_name + length - 5, ".yaml") != 0)
            continue;
        buf_clear(&path);
        buf_addf(&path, "%s/%s", folder.text, entry->d_name);
        failed += !example_is_good(path.text);
        count++;
    }
    closedir(dir);
    buf_free(&folder);
    buf_free(&path);
    assert_true(count > 0);
    assert_int_equal(failed, 0);
}

/* Answers that are hard to write: quotes, lines, marks of YAML, wrong values. */
static void test_hard_round_trip(void **state)
{
    struct bench b;
    struct err err = { 0 };
    char key[24];

    (void)state;
    bench_open(&b, help_mini());
    set(&b, "mini_name", NULL, "\"a\\b' # : {x}");
    set(&b, "mini_long", NULL, "one\n\n  two\t\"three\"\n# four\n- five: 6");
    set(&b, "mini_code", NULL, "null");
    set(&b, "mini_file", NULL, "~");
    set(&b, "mini_count", NULL, "wrong");
    set(&b, "mini_sure", NULL, "?");
    set(&b, "mini_reader", NULL, "日本 😀 e\u0301");
    set(&b, "mini_kind", NULL, "b");
    for (int i = 0; i < 3; i++)
        add_row(&b, "person", key);
    assert_int_equal(plan_row_remove(b.plan, help_mini_item("person"), "1", &err), 0);
    assert_int_equal(plan_row_move(b.plan, help_mini_item("person"), "3", 0, &err), 0);
    add_row(&b, "card", key);
    set(&b, "card_holder", "1", "3");
    assert_round_trip(&b, ANSWERS_YAML);
    assert_round_trip(&b, ANSWERS_JSON);
    bench_close(&b);
}

static void test_bad_imports(void **state)
{
    static const struct {
        const char *text, *error;
        int line, col;
    } cases[] = {
        { "", "there is no map of answers", 0, 0 },
        { "answers: []", "there is no map of answers", 0, 0 },
        { "answers: {mini_nmae: x}", "did you mean \"mini_name\"", 1, 11 },
        { "answers:\n  mini_name: [x]\n", "a single text", 2, 14 },
        { "answers:\n  mini_name: \"131052-308T\"\n", "personal identity code", 2, 14 },
        { "answers: {mini_note: x}", "cannot be answered", 1, 22 },
        { "answers: {chain_d: 5}", "cannot be answered", 1, 20 },
        { "answers: {person_name: x}", "there is no item", 1, 11 },
        { "answers: {person: x}", "a list of rows", 1, 19 },
        { "answers: {person: [x]}", "a row is a map", 1, 20 },
        { "answers: {person: [{row_key: x}]}", "a row_key is a number", 1, 30 },
        { "answers: {person: [{row_key: 01}]}", "a row_key is a number", 1, 30 },
        { "answers: {person: [{row_key: 9223372036854775807}]}", "a row_key is a number", 1, 30 },
        { "answers: {person: [{row_key: 1}, {row_key: 1}]}", "two rows with the key", 1, 34 },
        { "answers: {person: [{}, {}, {}, {}, {}]}", "at most 4 rows", 1, 0 },
        { "answers: {person: [{mini_name: x}]}", "there is no item", 1, 21 },
        { "answers: {mini_name: x", "", 0, 0 },
        { "answers: &a {mini_name: *a}", "", 0, 0 },
    };
    struct bench b;

    (void)state;
    bench_open(&b, help_mini());
    for (size_t i = 0; i < countof(cases); i++) {
        struct err err = { 0 };
        int code = answers_import(b.plan, cases[i].text, strlen(cases[i].text), "f", false,
                                  help_english(), NULL, NULL, &err);
        if (code != ERR_INPUT || err.code != ERR_INPUT || !strstr(err.msg, cases[i].error) ||
            (cases[i].line && cases[i].line != err.line) ||
            (cases[i].col && cases[i].col != err.col))
            fail_msg("%s: %d %d:%d %s", cases[i].text, code, err.line, err.col, err.msg);
        assert_string_equal(err.file, "f");
    }
    assert_state(&b, "");
    bench_close(&b);
}

static void test_dry_run(void **state)
{
    struct bench b;
    struct err err = { 0 };
    const char *text = "answers: {mini_name: x, mini_count: 5, person: [{person_name: A}]}";
    int changes = 0;

    (void)state;
    bench_open(&b, help_mini());
    assert_int_equal(answers_import(b.plan, text, strlen(text), "f", true, help_english(),
                                    note_report, &changes, &err), 0);
    assert_int_equal(changes, 3);
    assert_state(&b, "");
    assert_int_equal(answers_import(b.plan, text, strlen(text), "f", false, help_english(), NULL,
                                    NULL, &err), 0);
    assert_state(&b, "mini_name=x mini_count=5 person#1 person_name=A ");
    undo(&b, false);
    assert_state(&b, "");
    bench_close(&b);
}

static int load(void **state)
{
    help_content(&real, "../..");
    return help_load_mini(state);
}

static int unload(void **state)
{
    content_free(&real);
    return help_free_mini(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_set),          cmocka_unit_test(test_refused),
        cmocka_unit_test(test_undo_values),  cmocka_unit_test(test_undo_rows),
        cmocka_unit_test(test_undo_second_life), cmocka_unit_test(test_undo_words),
        cmocka_unit_test(test_batch),        cmocka_unit_test(test_task_done),
        cmocka_unit_test(test_addresses),    cmocka_unit_test(test_words),
        cmocka_unit_test(test_hard_round_trip),
        cmocka_unit_test(test_bad_imports),  cmocka_unit_test(test_dry_run),
        cmocka_unit_test(test_rules),        cmocka_unit_test(test_examples),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("plan", tests, load, unload);
}
