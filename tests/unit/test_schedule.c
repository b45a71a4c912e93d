/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The schedule of a plan, with the shipped content.
 *
 * tests/data/schedule/NAME.plan holds answers and what follows from them, a line each:
 *
 *     today DAY
 *     set ADDRESS=VALUE             as stored: choices by id, rows by key
 *     enter STEP DAY                the real last day, as the schedule stores it
 *     note FACT VALUE               what the user found when she checked a fact
 *     state STEP STATE              blocked, ready, running, done, gone
 *     dates|short|long STEP FIRST LAST      early days by typical, short, long durations
 *     by STEP BEGIN FINISH          last safe days
 *     expected STEP DAY             when a wait ends with the long duration
 *     finish SHORT TYPICAL LONG     "*" is any day
 *     margin DAYS                   typically; "-": no wished day
 *     actions|waits STEP...         what there is to do, in order; "..." ends a list that goes on
 *     next TASK STEP                what is next in a task
 *     critical STEP...              all of them
 *     help STEP DAYS [earlier]      the next of what would help most
 *     expiry ID DAY known|calculated
 *     place STEP ITEM               the item that takes the last real day; "-": none
 *     whatif KIND STEP VALUE DAY    start, finish, shift, days; and the typical finish then
 *
 * A step is an activity, with [n] for the n-th row. Every activity that can be left out has a case
 * with it and one without.
 */
#include "core_help.h"

#include "core/plan_facts.h"
#include "core/schedule.h"
#include "io/file.h"
#include "io/node.h"
#include "io/schema_yaml.h"
#include "mem_plan.h"

struct lab {
    const char *file;
    struct plan *plan;
    struct mem_store *store;
    struct schedule *schedule;
    struct schedule_help help[SCHEDULE_HELP_MAX];
    size_t helped;
    int today;
};

/* By activity: a case has it, a case has it not. */
static bool *seen_here, *seen_gone;

static int day_of(const struct lab *lab, const char *text)
{
    int day = date_parse_iso(text);

    if (day == DATE_NONE)
        fail_msg("%s: %s is no day", lab->file, text);
    return day;
}

static void begin(struct lab *lab)
{
    if (lab->plan)
        return;
    lab->store = xcalloc(1, sizeof *lab->store);
    lab->plan = mem_plan(help_real()->schema, lab->store, lab->today);
}

static void set(struct lab *lab, char *text)
{
    struct err err = { 0 };
    const struct item *item = NULL;
    char row[24], *value = strchr(text, '=');
    bool new_row = false;

    begin(lab);
    *value++ = '\0';
    if (plan_address(lab->plan, text, &item, row, &new_row, &err) ||
        (new_row && plan_row_add(lab->plan, item->repeat, row, &err)) ||
        plan_set(lab->plan, item, row[0] ? row : NULL, value, NULL, &err))
        fail_msg("%s: %s: %s", lab->file, text, err.msg);
}

static const struct activity *activity_of(const struct lab *lab, const char *name)
{
    char id[64];
    const struct activity *activity;

    snprintf(id, sizeof id, "%.*s", (int)strcspn(name, "["), name);
    activity = activity_find(lab->plan->schema->activities, id);
    if (!activity)
        fail_msg("%s: no activity %s", lab->file, name);
    return activity;
}

static const char *row_of(const struct lab *lab, const char *name)
{
    const char *bracket = strchr(name, '[');

    if (!bracket)
        return NULL;
    return answers_row_at(lab->plan->answers, activity_of(lab, name)->per,
                          (size_t)atoi(bracket + 1) - 1)->key;
}

static const struct step *step_of(const struct lab *lab, const char *name)
{
    const struct step *step = schedule_step(lab->schedule, activity_of(lab, name),
                                            row_of(lab, name));

    if (!step)
        fail_msg("%s: no step %s", lab->file, name);
    return step;
}

static void make(struct lab *lab)
{
    struct err err = { 0 };

    begin(lab);
    if (lab->schedule && schedule_is_current(lab->schedule, lab->plan))
        return;
    schedule_free(lab->schedule);
    if (schedule_new(&lab->schedule, lab->plan, NULL, 0, &err))
        fail_msg("%s: %s", lab->file, err.msg);
    assert_true(schedule_is_current(lab->schedule, lab->plan));
    lab->helped = 0;
}

/* ---- what is expected ---- */

static void expect_day(const struct lab *lab, const char *what, int got, const char *want)
{
    char iso[11];

    date_iso(got, iso);
    if (strcmp(want, "*") != 0 && strcmp(got == DATE_NONE ? "-" : iso, want) != 0)
        fail_msg("%s: %s is %s, not %s", lab->file, what, iso, want);
}

static void expect_state(struct lab *lab, char **words)
{
    static const char *const names[] = { "blocked", "ready", "running", "done", "gone" };
    const struct step *step = step_of(lab, words[1]);

    if (strcmp(names[step->state], words[2]) != 0)
        fail_msg("%s: %s is %s, not %s", lab->file, words[1], names[step->state], words[2]);
    (step->state == STEP_GONE ? seen_gone : seen_here)[step->activity->index] = true;
}

static void expect_span(struct lab *lab, char **words, enum pace pace)
{
    const struct step *step = step_of(lab, words[1]);

    expect_day(lab, words[1], step->early[pace].first, words[2]);
    expect_day(lab, words[1], step->early[pace].last, words[3]);
}

static void expect_steps(struct lab *lab, const struct step_list *list, char **words, int count)
{
    int n = 0;

    for (; n + 1 < count && strcmp(words[n + 1], "...") != 0; n++) {
        if ((size_t)n >= list->count)
            fail_msg("%s: %s has only %d", lab->file, words[0], n);
        if (list->at[n] != step_of(lab, words[n + 1]))
            fail_msg("%s: %s %d is %s, not %s", lab->file, words[0], n + 1,
                     list->at[n]->activity->id, words[n + 1]);
    }
    if (n + 1 == count && (size_t)n < list->count)
        fail_msg("%s: %s goes on with %s", lab->file, words[0], list->at[n]->activity->id);
}

static void expect_critical(struct lab *lab, char **words, int count)
{
    int found = 0;

    for (size_t i = 0; i < lab->schedule->count; i++)
        found += lab->schedule->steps[i].critical;
    for (int i = 1; i < count; i++)
        if (!step_of(lab, words[i])->critical)
            fail_msg("%s: %s is not critical", lab->file, words[i]);
    assert_int_equal(found, count - 1);
}

static void expect_help(struct lab *lab, char **words, int words_count)
{
    size_t count = schedule_help(lab->schedule, lab->help);
    bool earlier = words_count > 3;

    if (lab->helped >= count || lab->help[lab->helped].step != step_of(lab, words[1]))
        fail_msg("%s: help is %s", lab->file,
                 lab->helped < count ? lab->help[lab->helped].step->activity->id : "no more");
    assert_int_equal(lab->help[lab->helped].days, atoi(words[2]));
    assert_int_equal(lab->help[lab->helped++].kind, earlier ? HELP_EARLIER : HELP_SHORTER);
}

static void expect_expiry(struct lab *lab, char **words)
{
    struct schedule_expiries all = { 0 };
    bool found = false;

    schedule_expiries(lab->plan, lab->schedule, &all);
    for (size_t i = 0; i < all.count; i++)
        found |= strcmp(all.at[i].expiry->id, words[1]) == 0
            && all.at[i].day == day_of(lab, words[2])
            && all.at[i].known == (strcmp(words[3], "known") == 0);
    if (!found)
        fail_msg("%s: %s does not expire on %s", lab->file, words[1], words[2]);
    schedule_expiries_free(&all);
}

static void expect_what_if(struct lab *lab, char **words)
{
    static const char *const kinds[] = { "start", "finish", "shift", "days" };
    struct schedule_change change = { activity_of(lab, words[2]), row_of(lab, words[2]),
                                      CHANGE_START, 0 };
    struct schedule *other = NULL;
    struct buf text = BUF_INIT;
    struct err err = { 0 };
    int64_t entry = lab->plan->last_entry;
    bool number;

    while (strcmp(kinds[change.kind], words[1]) != 0)
        change.kind++;
    number = change.kind == CHANGE_SHIFT || change.kind == CHANGE_DAYS;
    change.value = number ? atoi(words[3]) : day_of(lab, words[3]);
    assert_int_equal(schedule_new(&other, lab->plan, &change, 1, &err), 0);
    expect_day(lab, words[2], other->finish[PACE_TYPICAL], words[4]);
    schedule_difference(lab->plan, lab->schedule, other, help_english(), &text);
    assert_true(text.length > 0);
    assert_int_equal(lab->plan->last_entry, entry);
    buf_free(&text);
    schedule_free(other);
}

static void expect_place(struct lab *lab, char **words)
{
    struct place place;
    bool found = schedule_place(lab->plan, step_of(lab, words[1]), true, &place);

    if (found != (strcmp(words[2], "-") != 0) ||
        (found && strcmp(place.item->id, words[2]) != 0))
        fail_msg("%s: the last day of %s goes to %s", lab->file, words[1],
                 found ? place.item->id : "nothing");
}

static void expect_list(struct lab *lab, char **words, int count)
{
    struct step_list list = { 0 };

    if (strcmp(words[0], "actions") == 0)
        schedule_actions(lab->schedule, &list);
    else
        schedule_waits(lab->schedule, &list);
    expect_steps(lab, &list, words, count);
    step_list_free(&list);
}

static void expect_margin(struct lab *lab, const char *want)
{
    int days;
    bool wished = schedule_margin(lab->schedule, PACE_TYPICAL, &days);

    assert_int_equal(wished, strcmp(want, "-") != 0);
    if (wished && days != atoi(want))
        fail_msg("%s: the margin is %d, not %s", lab->file, days, want);
}

static void enter(struct lab *lab, char **words)
{
    const struct step *step = step_of(lab, words[1]);
    struct err err = { 0 };

    assert_true(schedule_can_enter(lab->plan, step, true));
    if (schedule_enter(lab->plan, step, true, day_of(lab, words[2]), NULL, &err))
        fail_msg("%s: %s: %s", lab->file, words[1], err.msg);
    assert_false(schedule_is_current(lab->schedule, lab->plan));
}

static void note(struct lab *lab, char **words)
{
    struct err err = { 0 };

    if (plan_set_note(lab->plan, schema_fact(lab->plan->schema, words[1]), lab->today, "Aino",
                      words[2], &err))
        fail_msg("%s: %s: %s", lab->file, words[1], err.msg);
}

static void read_words(struct lab *lab, char **words, int count)
{
    const char *what = words[0];

    make(lab);
    if (strcmp(what, "enter") == 0) {
        enter(lab, words);
    } else if (strcmp(what, "note") == 0) {
        note(lab, words);
    } else if (strcmp(what, "state") == 0) {
        expect_state(lab, words);
    } else if (strcmp(what, "dates") == 0) {
        expect_span(lab, words, PACE_TYPICAL);
    } else if (strcmp(what, "short") == 0) {
        expect_span(lab, words, PACE_EARLY);
    } else if (strcmp(what, "long") == 0) {
        expect_span(lab, words, PACE_LATE);
    } else if (strcmp(what, "by") == 0) {
        expect_day(lab, words[1], step_of(lab, words[1])->begin_by, words[2]);
        expect_day(lab, words[1], step_of(lab, words[1])->finish_by, words[3]);
    } else if (strcmp(what, "expected") == 0) {
        expect_day(lab, words[1], step_of(lab, words[1])->expected, words[2]);
    } else if (strcmp(what, "finish") == 0) {
        for (int pace = 0; pace < PACE_COUNT; pace++)
            expect_day(lab, what, lab->schedule->finish[pace], words[1 + pace]);
    } else if (strcmp(what, "margin") == 0) {
        expect_margin(lab, words[1]);
    } else if (strcmp(what, "actions") == 0 || strcmp(what, "waits") == 0) {
        expect_list(lab, words, count);
    } else if (strcmp(what, "next") == 0) {
        const struct task *task = schema_task(lab->plan->schema, words[1]);
        assert_ptr_equal(schedule_next_of_task(lab->schedule, task), step_of(lab, words[2]));
    } else if (strcmp(what, "critical") == 0) {
        expect_critical(lab, words, count);
    } else if (strcmp(what, "help") == 0) {
        expect_help(lab, words, count);
    } else if (strcmp(what, "expiry") == 0) {
        expect_expiry(lab, words);
    } else if (strcmp(what, "place") == 0) {
        expect_place(lab, words);
    } else if (strcmp(what, "whatif") == 0) {
        expect_what_if(lab, words);
    } else {
        fail_msg("%s: unknown line %s", lab->file, what);
    }
}

/* One day is "1 day", and what always takes as long is no range. */
static void expect_counts(const char *text)
{
    int least = 0, most = 0;

    assert_null(strstr(text, " 1 days"));
    assert_null(strstr(text, " 1 working days"));
    if (sscanf(text, "Takes %d–%d", &least, &most) == 2)
        assert_int_not_equal(least, most);
}

/* Whatever can be said of the schedule is said in words, and nothing is left blank. */
static void say_all(struct lab *lab)
{
    struct buf out = BUF_INIT;

    make(lab);
    for (size_t i = 0; i < lab->schedule->count; i++) {
        buf_clear(&out);
        schedule_step_text(lab->plan, lab->schedule, &lab->schedule->steps[i], help_english(),
                           &out);
        assert_true(out.length > 0);
        assert_null(strstr(out.text, "{{"));
        for (const char *at = out.text; (at = strstr(at, "Takes ")); at++)
            expect_counts(at);
    }
    for (size_t i = 0; i < lab->schedule->gone_count; i++) {
        buf_clear(&out);
        schedule_gone_text(lab->plan, &lab->schedule->gone[i], help_english(), &out);
        assert_true(out.length > 0);
    }
    buf_free(&out);
}

static void run_file(const char *name, char *text)
{
    struct lab lab = { .file = name, .today = help_today() };
    char *rest = NULL;

    for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        char *words[40], *more = NULL;
        int count = 0;
        if (strncmp(line, "set ", 4) == 0) {
            set(&lab, line + 4);
            continue;
        }
        for (char *word = strtok_r(line, " ", &more); word && count < 40;
             word = strtok_r(NULL, " ", &more))
            words[count++] = word;
        if (count == 0 || words[0][0] == '#')
            continue;
        if (strcmp(words[0], "today") == 0)
            lab.today = day_of(&lab, words[1]);
        else
            read_words(&lab, words, count);
    }
    say_all(&lab);
    schedule_free(lab.schedule);
    plan_close(lab.plan);
    mem_store_free(lab.store);
    free(lab.store);
}

static void run_folder(void)
{
    struct buf path = BUF_INIT;
    struct dirent *entry;
    struct err err = { 0 };

    help_data(&path, "schedule");
    DIR *dir = opendir(path.text);
    assert_non_null(dir);
    while ((entry = readdir(dir)) != NULL) {
        struct buf file = BUF_INIT, text = BUF_INIT;
        if (!strstr(entry->d_name, ".plan"))
            continue;
        buf_addf(&file, "%s/%s", path.text, entry->d_name);
        assert_int_equal(file_read(&text, file.text, 1 << 20, &err), 0);
        run_file(entry->d_name, text.text);
        buf_free(&file);
        buf_free(&text);
    }
    closedir(dir);
    buf_free(&path);
}

/* Tasks that do not concern a provider take their activities along. */
static void test_plans(void **state)
{
    const struct activities *all = help_real()->schema->activities;

    (void)state;
    seen_here = xcalloc(all->count + 1, sizeof *seen_here);
    seen_gone = xcalloc(all->count + 1, sizeof *seen_gone);
    run_folder();
    for (size_t i = 0; i < all->count; i++)
        if (all->at[i].relevant.sql && !(seen_here[i] && seen_gone[i]))
            fail_msg("%s needs a case with it and one without", all->at[i].id);
    free(seen_here);
    free(seen_gone);
}

/* ---- many ---- */

/* Two thousand cards: each its own chain, and the archivist waits for all of them. */
static void test_many_rows(void **state)
{
    enum { ROWS = 2000 };
    struct lab lab = { .file = "rows", .today = date_make(2026, 3, 2) };
    const struct item *card = help_item(help_real()->schema, "card");
    const struct step *opens;
    struct step_list blockers = { 0 };
    struct err err = { 0 };

    (void)state;
    begin(&lab);
    struct plan_batch *batch = plan_batch_new(lab.plan);
    for (int i = 0; i < ROWS; i++) {
        char key[24] = "";
        assert_int_equal(plan_batch_add_row(batch, card, key, &err), 0);
        assert_int_equal(plan_batch_set(batch, help_item(help_real()->schema, "card_kind"), key,
                                        i % 2 ? "staff" : "professional", NULL, &err), 0);
        assert_int_equal(plan_batch_set(batch, help_item(help_real()->schema, "card_ready"), key,
                                        "0", NULL, &err), 0);
    }
    assert_int_equal(plan_batch_commit(batch, &err), 0);
    make(&lab);
    assert_true(lab.schedule->count > 4 * ROWS);
    opens = schedule_step(lab.schedule, activity_find(help_real()->schema->activities,
                                                      "archivist_opens"), NULL);
    schedule_blockers(lab.schedule, opens, &blockers);
    assert_int_equal(blockers.count, ROWS + 1);
    step_list_free(&blockers);
    schedule_free(lab.schedule);
    plan_close(lab.plan);
    mem_store_free(lab.store);
    free(lab.store);
}

/* Content of so many activities, each of a day and after the one before it. */
static void chain_of(struct buf *out, int count)
{
    buf_add(out, "owners: [{id: me, title: Me}]\nactivities:");
    buf_add(out, count ? "\n" : " []\n");
    for (int i = 0; i < count; i++) {
        buf_addf(out, "  - {id: a%d, task: mini, title: A, owner: me, duration: {typ: 1}", i);
        if (i > 0)
            buf_addf(out, ", after: [a%d]", i - 1);
        buf_addf(out, "%s}\n", i + 1 == count ? ", target: true" : "");
    }
}

static void check_chain(int count)
{
    struct content content;
    struct tree tree = { 0 };
    struct buf text = BUF_INIT;
    struct err err = { 0 };
    struct mem_store store = { 0 };
    struct plan *plan = NULL;
    struct schedule *schedule = NULL;
    int today = date_make(2026, 1, 1), days;

    help_content(&content, "mini");
    chain_of(&text, count);
    assert_int_equal(tree_parse(&tree, text.text, text.length, "chain", &err), 0);
    assert_int_equal(schema_yaml_add(content.schema, &tree, CONTENT_ACTIVITIES, NULL, NULL), 0);
    assert_int_equal(activities_finish(content.schema, content.schema->activities, NULL, NULL), 0);
    plan = mem_plan(content.schema, &store, today);
    assert_int_equal(schedule_new(&schedule, plan, NULL, 0, &err), 0);
    assert_int_equal(schedule->count, count);
    assert_int_equal(schedule->finish[PACE_TYPICAL], count ? today + count - 1 : DATE_NONE);
    assert_false(schedule_margin(schedule, PACE_TYPICAL, &days));
    schedule_free(schedule);
    plan_close(plan);
    mem_store_free(&store);
    content_free(&content);
    tree_free(&tree);
    buf_free(&text);
}

static void test_chains(void **state)
{
    (void)state;
    check_chain(0);
    check_chain(1);
    check_chain(5000);
}

/* Content without a schedule: nothing to plan, and nothing goes wrong. */
static void test_no_activities(void **state)
{
    struct content content;
    struct mem_store store = { 0 };
    struct plan *plan = NULL;
    struct schedule *schedule = NULL;
    struct step_list list = { 0 };
    struct schedule_expiries expiries = { 0 };
    struct schedule_help help[SCHEDULE_HELP_MAX];
    struct buf text = BUF_INIT;
    struct err err = { 0 };

    (void)state;
    help_content(&content, "mini");
    assert_null(content.schema->activities);
    plan = mem_plan(content.schema, &store, help_today());
    assert_int_equal(schedule_new(&schedule, plan, NULL, 0, &err), 0);
    assert_int_equal(schedule->count, 0);
    schedule_actions(schedule, &list);
    assert_int_equal(list.count, 0);
    assert_int_equal(schedule_help(schedule, help), 0);
    schedule_expiries(plan, schedule, &expiries);
    assert_int_equal(expiries.count, 0);
    schedule_verdict(schedule, help_english(), &text);
    assert_int_equal(text.length, 0);
    schedule_free(schedule);
    plan_close(plan);
    mem_store_free(&store);
    content_free(&content);
}

/* A change of the plan makes a snapshot old; the schedule keeps what it said. */
static void test_snapshot(void **state)
{
    struct lab lab = { .file = "snapshot", .today = date_make(2026, 1, 7) };
    char text[] = "card[+].card_kind=staff";
    struct err err = { 0 };
    const struct step *step = NULL;

    (void)state;
    begin(&lab);
    set(&lab, text);
    make(&lab);
    for (size_t i = 0; i < lab.schedule->count && !step; i++)
        if (lab.schedule->steps[i].row)
            step = &lab.schedule->steps[i];
    assert_non_null(step);
    assert_int_equal(plan_row_remove(lab.plan, help_item(help_real()->schema, "card"), step->row,
                                     &err), 0);
    assert_false(schedule_is_current(lab.schedule, lab.plan));
    assert_string_equal(step->row, "1");
    schedule_free(lab.schedule);
    plan_close(lab.plan);
    mem_store_free(lab.store);
    free(lab.store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plans),        cmocka_unit_test(test_many_rows),
        cmocka_unit_test(test_chains),       cmocka_unit_test(test_no_activities),
        cmocka_unit_test(test_snapshot),
    };

    return cmocka_run_group_tests_name("schedule", tests, help_load_real, help_free_real);
}
