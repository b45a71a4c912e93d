/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The journey of each shipped example: nothing wrong, every task done but those whose time has
 * not come, and each required answer counts in its own task.
 *
 * Each required answer is taken away and put back, one at a time, in every row. Its own task is
 * no longer done, the gates that wait for that task are closed, and no other task changes. What
 * differs for a reason stands in tests/data/journey/exceptions, and which tasks wait for what is
 * to come in tests/data/journey/waiting. A line there that is not needed fails as well.
 */
#include "core_help.h"

#include "io/answers_yaml.h"
#include "io/file.h"

#include "mem_plan.h"

/* ---- a list of lines of words, each ending in a reason ---- */

struct known_line {
    char *words, *reason;
    bool used;
};

struct known_list {
    struct known_line *at;
    size_t count, room;
};

/* "word word ...: reason"; a reason is obligatory. */
static void add_line(struct known_list *list, const char *line, const char *file)
{
    const char *colon = strstr(line, ": ");

    if (line[0] == '#' || line[0] == '\0')
        return;
    if (!colon || strlen(colon) < 10)
        fail_msg("%s: no reason in: %s", file, line);
    list->at = vec_room(list->at, &list->room, list->count + 1, sizeof list->at[0]);
    list->at[list->count++] = (struct known_line){
        .words = xstrndup(line, (size_t)(colon - line)), .reason = xstrdup(colon + 2) };
}

static void list_read(struct known_list *list, const char *name)
{
    struct buf path = BUF_INIT, text = BUF_INIT;
    struct err err = { 0 };
    char *rest = NULL;

    help_data(&path, name);
    if (file_read(&text, path.text, 1 << 20, &err))
        fail_msg("%s", err.msg);
    for (char *line = strtok_r(text.text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
        add_line(list, line, name);
    buf_free(&path);
    buf_free(&text);
}

static bool list_has(struct known_list *list, const char *words)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->at[i].words, words) == 0)
            return list->at[i].used = true;
    return false;
}

/* How many lines of the list nothing asked for. */
static int list_close(struct known_list *list, const char *name)
{
    int unused = 0;

    for (size_t i = 0; i < list->count; i++) {
        if (!list->at[i].used)
            print_message("%s: does not occur: %s\n", name, list->at[i].words);
        unused += !list->at[i].used;
        free(list->at[i].words);
        free(list->at[i].reason);
    }
    free(list->at);
    *list = (struct known_list){ 0 };
    return unused;
}

/* ---- examples ---- */

static const char *const examples[] = { "kotihoito", "lastensuojelu", "perhekoti" };

struct journey {
    const char *example;
    struct mem_store store;
    struct plan *plan;
    struct known_list *known;
    int faults;
};

/* Filled in the way `new --example` does it. */
static void journey_open(struct journey *journey, const char *example, struct known_list *known)
{
    struct buf path = BUF_INIT, name = BUF_INIT, text = BUF_INIT;
    struct err err = { 0 };

    *journey = (struct journey){ .example = example, .known = known };
    buf_addf(&name, "../../data/examples/%s.yaml", example);
    help_data(&path, name.text);
    journey->plan = mem_plan(help_real()->schema, &journey->store, help_today());
    if (file_read(&text, path.text, 1 << 20, &err) ||
        answers_import(journey->plan, text.text, text.length, example, false, help_english(), NULL,
                       NULL, &err))
        fail_msg("%s:%d: %s", example, err.line, err.msg);
    buf_free(&path);
    buf_free(&name);
    buf_free(&text);
}

static void journey_close(struct journey *journey)
{
    plan_close(journey->plan);
    mem_store_free(&journey->store);
}

/* The folder holds no example that is not tested here. */
static void test_all_examples(void **state)
{
    (void)state;
    assert_int_equal(help_count_yaml("../../data/examples"), countof(examples));
}

static int say_errors(const struct journey *journey)
{
    struct findings found = { 0 };
    struct buf text = BUF_INIT;
    int errors = 0;

    engine_findings(journey->plan->engine, &found);
    for (size_t i = 0; i < found.count; i++) {
        if (found.at[i].severity != SEVERITY_ERROR)
            continue;
        buf_clear(&text);
        plan_finding_text(journey->plan, &found.at[i], help_english(), &text);
        print_message("%s: %s\n", journey->example, text.text);
        errors++;
    }
    findings_free(&found);
    buf_free(&text);
    return errors;
}

/* Done, or known to wait; what waits lacks no required answer either. */
static int say_open_tasks(struct journey *journey)
{
    struct buf words = BUF_INIT;
    int wrong = 0;

    for (size_t i = 0; i < help_real()->schema->task_count; i++) {
        const struct task *task = &help_real()->schema->tasks[i];
        struct task_state state;
        engine_task(journey->plan->engine, task, &state);
        if (task->kind != TASK_FORM || !state.relevant || state.status == TASK_DONE)
            continue;
        buf_clear(&words);
        buf_addf(&words, "%s %s", journey->example, task->id);
        if (list_has(journey->known, words.text) && state.answered == state.required)
            continue;
        print_message("%s is %s, %d of %d answered\n", words.text, task_status_name(state.status),
                      state.answered, state.required);
        wrong++;
    }
    buf_free(&words);
    return wrong;
}

static void test_nothing_wrong(void **state)
{
    struct known_list waiting = { 0 };
    int wrong = 0;

    (void)state;
    list_read(&waiting, "journey/waiting");
    for (size_t i = 0; i < countof(examples); i++) {
        struct journey journey;
        journey_open(&journey, examples[i], &waiting);
        wrong += say_errors(&journey) + say_open_tasks(&journey);
        journey_close(&journey);
    }
    wrong += list_close(&waiting, "journey/waiting");
    assert_int_equal(wrong, 0);
}

/* ---- one answer taken away ---- */

/* The states of all tasks, as the user would see them. */
struct picture {
    enum task_status status[64];
    bool relevant[64];
};

static void picture_take(const struct plan *plan, struct picture *out)
{
    assert_true(help_real()->schema->task_count <= countof(out->status));
    for (size_t i = 0; i < help_real()->schema->task_count; i++) {
        struct task_state state;
        engine_task(plan->engine, &help_real()->schema->tasks[i], &state);
        out->status[i] = state.status;
        out->relevant[i] = state.relevant;
    }
}

/* Itself, or through a gate: a form between that is done stays done, and holds nothing up. */
static bool waits_for(const struct task *gate, const struct task *other)
{
    for (const struct task **on = gate->depends; *on; on++)
        if (*on == other || ((*on)->kind == TASK_GATE && waits_for(*on, other)))
            return true;
    return false;
}

/* What a task should be when `own` has lost an answer. */
static enum task_status expected(const struct picture *before, const struct task *task,
                                 const struct task *own)
{
    enum task_status was = before->status[task->index];

    return task->kind == TASK_GATE && waits_for(task, own) ? TASK_CANNOT_START : was;
}

/* The task is not as it should be: that must be known by item, task and what happens. */
static void differs(struct journey *journey, const struct place *place, const struct task *task,
                    const char *what)
{
    struct buf words = BUF_INIT;

    buf_addf(&words, "%s %s %s %s", journey->example, place->item->id, task->id, what);
    if (!list_has(journey->known, words.text)) {
        print_message("%s%s%s\n", words.text, place->row ? ", row " : "",
                      place->row ? place->row : "");
        journey->faults++;
    }
    buf_free(&words);
}

static void compare(struct journey *journey, const struct place *place,
                    const struct picture *before, const struct picture *after)
{
    const struct task *own = schema_task_of(help_real()->schema, place->item);

    if (after->status[own->index] == TASK_DONE || !after->relevant[own->index])
        differs(journey, place, own, "stays-done");
    for (size_t i = 0; i < help_real()->schema->task_count; i++) {
        const struct task *task = &help_real()->schema->tasks[i];
        if (task == own)
            continue;
        if (after->relevant[i] != before->relevant[i])
            differs(journey, place, task, after->relevant[i] ? "appears" : "goes");
        else if (after->status[i] != expected(before, task, own))
            differs(journey, place, task, task_status_name(after->status[i]));
    }
}

static void set(struct journey *journey, const struct place *place, const char *value)
{
    struct err err = { 0 };

    if (plan_set(journey->plan, place->item, place->row, value, NULL, &err))
        fail_msg("%s: %s", place->item->id, err.msg);
}

/* Returns whether the answer was there and is required. */
static bool without_answer(struct journey *journey, const struct place *place,
                           const struct picture *before)
{
    const struct cell *cell = answers_cell(journey->plan->answers, place->item, place->row);
    struct picture after = { 0 };
    char *value;

    if (!cell || !cell->required || !cell->relevant || !cell->value ||
        place->item->calculate.sql)
        return false;
    value = xstrdup(cell->value);
    set(journey, place, NULL);
    picture_take(journey->plan, &after);
    compare(journey, place, before, &after);
    set(journey, place, value);
    free(value);
    return true;
}

static int without_each(struct journey *journey, const struct picture *before)
{
    int count = 0;

    for (size_t i = 0; i < help_real()->schema->item_count; i++) {
        struct place place = { .item = help_real()->schema->items[i] };
        size_t rows = place.item->repeat
            ? answers_row_count(journey->plan->answers, place.item->repeat) : 1;
        if (!item_type_holds_answer(place.item->type) ||
            !schema_task_of(help_real()->schema, place.item))
            continue;
        for (size_t r = 0; r < rows; r++) {
            if (place.item->repeat)
                place.row = answers_row_at(journey->plan->answers, place.item->repeat, r)->key;
            count += without_answer(journey, &place, before);
        }
    }
    return count;
}

static void test_each_answer_counts(void **state)
{
    struct known_list known = { 0 };
    int wrong = 0;

    (void)state;
    list_read(&known, "journey/exceptions");
    for (size_t i = 0; i < countof(examples); i++) {
        struct journey journey;
        struct picture before = { 0 }, after = { 0 };
        int count;
        journey_open(&journey, examples[i], &known);
        picture_take(journey.plan, &before);
        count = without_each(&journey, &before);
        picture_take(journey.plan, &after);
        print_message("# %s: %d required answers taken away\n", examples[i], count);
        assert_true(count > 400);
        assert_memory_equal(&before, &after, sizeof before);
        wrong += journey.faults;
        journey_close(&journey);
    }
    wrong += list_close(&known, "journey/exceptions");
    assert_int_equal(wrong, 0);
}

/* ---- the day on which the report is due ---- */

static const char *due(const struct plan *plan, const char *id)
{
    const char *day = engine_value(plan->engine, schema_item(plan->schema, id), NULL);

    return day ? day : "";
}

static void hold_trial(struct plan *plan, const char *day)
{
    struct check check = CHECK_INIT;
    struct err err = { 0 };

    if (plan_set(plan, schema_item(plan->schema, "trial_held_on"), NULL, day, &check, &err))
        fail_msg("%s: %s", day, err.msg);
    check_free(&check);
}

/* Both readings of the limit, for all days of the table. A day that is the same by both is shown
 * once. */
static void test_report_is_due(void **state)
{
    struct journey journey;
    struct known_list none = { 0 };
    struct buf path = BUF_INIT, text = BUF_INIT;
    struct err err = { 0 };
    char day[11], reading[5], last[11], saturday[11] = "";
    int days = 0;

    (void)state;
    journey_open(&journey, "lastensuojelu", &none);
    help_data(&path, "deadlines.csv");
    assert_int_equal(file_read(&text, path.text, 1 << 16, &err), 0);
    for (const char *line = text.text; *line; line += strcspn(line, "\n") + 1) {
        if (sscanf(line, "%10[0-9-],%4[a-z],%10[0-9-],", day, reading, last) != 3)
            continue;
        if (strcmp(reading, "mala") == 0) {
            strcpy(saturday, last);
            continue;
        }
        hold_trial(journey.plan, day);
        assert_string_equal(due(journey.plan, "report_due"), last);
        assert_string_equal(due(journey.plan, "report_due_saturday"),
                            strcmp(saturday, last) < 0 ? saturday : "");
        days++;
    }
    assert_int_equal(days, 33);
    buf_free(&path);
    buf_free(&text);
    journey_close(&journey);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_examples),
        cmocka_unit_test(test_nothing_wrong),
        cmocka_unit_test(test_each_answer_counts),
        cmocka_unit_test(test_report_is_due),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("journey", tests, help_load_real, help_free_real);
}
