/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What each kind of provider is asked: tests/data/profiles/NAME.yaml against NAME.list.
 *
 * A profile is a file of answers. `like` names the profile it is made from, and `remove` the rows
 * of that one that it has not ("person/3"). All that is shown for it is listed in the engine's
 * order, tasks and notes included, what is asked in rows once. base.list has all of it; the lists
 * of the others have only what they have more (+) or less (-) than base, so that a person can
 * judge them. UPDATE_PROFILES=1 writes the lists anew: read the difference before it is kept.
 */
#include "core_help.h"

#include "io/answers_yaml.h"
#include "io/file.h"
#include "io/node.h"

#include "mem_plan.h"

static const char *const profiles[] = {
    "base", "foundation", "health_too", "joint_signatories", "no_own_clients", "no_system",
    "one_employee",
};

/* ---- what is asked ---- */

/* One thing that is shown; `shown` says whether it is. */
struct asked {
    const struct task *task;
    const struct item *item;  /* NULL: the task itself */
    bool shown;
};

/* Everything there is, in order; the same places for every profile. */
struct questions {
    struct asked *at;
    size_t count, room;
};

static void add_asked(struct questions *out, const struct task *task, const struct item *item,
                      bool shown)
{
    out->at = vec_room(out->at, &out->room, out->count + 1, sizeof out->at[0]);
    out->at[out->count++] = (struct asked){ task, item, shown };
}

/* A step of the form, or of any row. */
static bool is_step(const struct places *steps, const struct item *item)
{
    for (size_t i = 0; i < steps->count; i++)
        if (steps->at[i].item == item)
            return true;
    return false;
}

static void add_rows(struct questions *out, const struct plan *plan, const struct task *task,
                     const struct item *repeat, bool shown)
{
    size_t first = out->count, rows = shown ? answers_row_count(plan->answers, repeat) : 0;
    struct places steps = { 0 };

    for (size_t i = 0; i < repeat->item_count; i++)
        add_asked(out, task, &repeat->items[i], false);
    for (size_t r = 0; r < rows; r++) {
        const struct row *row = answers_row_at(plan->answers, repeat, r);
        engine_steps(plan->engine, task->form, repeat, row->key, true, &steps);
        for (size_t i = 0; i < repeat->item_count; i++)
            out->at[first + i].shown |= is_step(&steps, &repeat->items[i]);
    }
    places_free(&steps);
}

/* The engine's order is that of the schema; a step out of this order fails at the end. */
static void add_form(struct questions *out, const struct plan *plan, const struct task *task,
                     bool shown)
{
    struct places steps = { 0 };
    size_t next = 0;

    if (shown)
        engine_steps(plan->engine, task->form, NULL, NULL, true, &steps);
    for (size_t i = 0; i < help_real()->schema->item_count; i++) {
        const struct item *item = help_real()->schema->items[i];
        bool step = next < steps.count && steps.at[next].item == item;
        if (item->form != task->form || item->repeat)
            continue;
        next += step;
        add_asked(out, task, item, step);
        if (item->type == ITEM_REPEAT)
            add_rows(out, plan, task, item, step);
    }
    assert_int_equal(next, steps.count);
    places_free(&steps);
}

static void ask_all(const struct plan *plan, struct questions *out)
{
    for (size_t i = 0; i < help_real()->schema->task_count; i++) {
        const struct task *task = &help_real()->schema->tasks[i];
        struct task_state state;
        engine_task(plan->engine, task, &state);
        add_asked(out, task, NULL, state.relevant);
        if (task->form)
            add_form(out, plan, task, state.relevant);
    }
}

/* ---- profiles ---- */

static void read_answers(struct plan *plan, const char *name, const struct buf *text)
{
    struct err err = { 0 };

    if (answers_import(plan, text->text, text->length, name, false, help_english(), NULL, NULL,
                       &err))
        fail_msg("%s:%d:%d: %s", name, err.line, err.col, err.msg);
}

/* "person/3" */
static void remove_row(struct plan *plan, const char *path)
{
    const char *slash = strchr(path, '/');
    struct err err = { 0 };
    const struct item *repeat =
        slash ? schema_item_n(plan->schema, path, (size_t)(slash - path)) : NULL;

    if (!repeat || plan_row_remove(plan, repeat, slash + 1, &err))
        fail_msg("cannot remove %s: %s", path, err.msg);
}

/* The profile that it is like first, then what it says itself. */
static void apply_profile(struct plan *plan, const char *profile)
{
    struct buf name = BUF_INIT, path = BUF_INIT, text = BUF_INIT;
    struct tree tree = { 0 };
    struct err err = { 0 };
    struct at remove;

    buf_addf(&name, "profiles/%s.yaml", profile);
    help_data(&path, name.text);
    if (file_read(&text, path.text, 1 << 20, &err) ||
        tree_parse(&tree, text.text, text.length, name.text, &err))
        fail_msg("%s:%d: %s", profile, err.line, err.msg);
    if (at_text(at_key(tree_root(&tree), "like")))
        apply_profile(plan, at_text(at_key(tree_root(&tree), "like")));
    remove = at_key(tree_root(&tree), "remove");
    for (struct at row = at_first(remove); row.tree; row = at_next(remove, row))
        remove_row(plan, at_text(row));
    read_answers(plan, name.text, &text);
    tree_free(&tree);
    buf_free(&name);
    buf_free(&path);
    buf_free(&text);
}

/* A profile is no test of answers that contradict each other. */
static void assert_sound(const struct plan *plan, const char *profile)
{
    struct findings found = { 0 };
    struct buf name = BUF_INIT;

    engine_findings(plan->engine, &found);
    for (size_t i = 0; i < found.count; i++)
        if (found.at[i].kind == FINDING_VALUE) {
            plan_place_name(plan, &found.at[i].place, help_english(), &name);
            fail_msg("%s: a wrong answer: %s (%s)", profile, found.at[i].place.item->id,
                     name.text);
        }
    findings_free(&found);
    buf_free(&name);
}

static void ask_profile(const char *profile, struct questions *out)
{
    struct mem_store store = { 0 };
    struct plan *plan = mem_plan(help_real()->schema, &store, help_today());

    apply_profile(plan, profile);
    assert_sound(plan, profile);
    ask_all(plan, out);
    plan_close(plan);
    mem_store_free(&store);
}

/* ---- lists ---- */

static void add_head(struct buf *out, const char *profile)
{
    buf_add(out, "# SPDX-License-Identifier: EUPL-1.2\n");
    buf_addf(out, strcmp(profile, "base") == 0
                 ? "# All that %s.yaml is asked, in order. Made by the test.\n"
                 : "# What %s.yaml is asked more (+) or less (-) than base. Made by the test.\n",
             profile);
}

static void add_name(struct buf *out, const struct asked *asked)
{
    if (!asked->item)
        buf_addf(out, "task %s\n", asked->task->id);
    else
        buf_addf(out, "%s%s%s\n", asked->item->repeat ? "  " : "",
                 asked->item->type == ITEM_NOTE ? "note " : "", asked->item->id);
}

static void list_all(const struct questions *asked, struct buf *out)
{
    for (size_t i = 0; i < asked->count; i++)
        if (asked->at[i].shown)
            add_name(out, &asked->at[i]);
}

/* What goes or comes with a task, or with a repeat, is not named by itself. */
static bool goes_along(const struct questions *base, const struct questions *own, size_t i)
{
    const struct asked *asked = &own->at[i];
    size_t at = i;

    if (!asked->item)
        return false;
    while (at > 0 && own->at[at].item)
        if (own->at[--at].item == asked->item->repeat && asked->item->repeat &&
            own->at[at].shown != base->at[at].shown)
            return true;
    return own->at[at].shown != base->at[at].shown;
}

static void list_difference(const struct questions *base, const struct questions *own,
                            struct buf *out)
{
    const struct task *task = NULL;

    assert_int_equal(base->count, own->count);
    for (size_t i = 0; i < own->count; i++) {
        if (own->at[i].shown == base->at[i].shown || goes_along(base, own, i))
            continue;
        if (own->at[i].item && own->at[i].task != task)
            buf_addf(out, "# %s\n", own->at[i].task->id);
        task = own->at[i].task;
        buf_add(out, own->at[i].shown ? "+ " : "- ");
        add_name(out, &own->at[i]);
    }
}

static void write_list(const char *path, const struct buf *text)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_int_equal(fwrite(text->text, 1, text->length, file), text->length);
    assert_int_equal(fclose(file), 0);
}

/* Says the first line that differs. */
static bool same_list(const char *profile, const char *kept, const char *now)
{
    const char *update = getenv("UPDATE_PROFILES");
    int line = 1;

    if ((update && *update) || strcmp(kept, now) == 0)
        return true;
    while (*kept && *kept == *now) {
        line += *kept == '\n';
        kept++;
        now++;
    }
    print_message("profiles/%s.list:%d: there: %.40s\nnow: %.40s\n", profile, line, kept, now);
    return false;
}

static bool list_holds(const char *profile, const struct questions *base,
                       const struct questions *own)
{
    struct buf name = BUF_INIT, path = BUF_INIT, kept = BUF_INIT, now = BUF_INIT;
    struct err err = { 0 };
    bool same;

    buf_addf(&name, "profiles/%s.list", profile);
    help_data(&path, name.text);
    add_head(&now, profile);
    if (own == base)
        list_all(own, &now);
    else
        list_difference(base, own, &now);
    if (getenv("UPDATE_PROFILES") && *getenv("UPDATE_PROFILES"))
        write_list(path.text, &now);
    if (file_read(&kept, path.text, 1 << 20, &err))
        fail_msg("%s", err.msg);
    same = same_list(profile, kept.text, now.text);
    buf_free(&name);
    buf_free(&path);
    buf_free(&kept);
    buf_free(&now);
    return same;
}

static void test_profiles(void **state)
{
    struct questions base = { 0 };
    int wrong = 0;

    (void)state;
    ask_profile("base", &base);
    for (size_t i = 0; i < countof(profiles); i++) {
        struct questions own = { 0 };
        if (i > 0)
            ask_profile(profiles[i], &own);
        wrong += !list_holds(profiles[i], &base, i > 0 ? &own : &base);
        free(own.at);
    }
    free(base.at);
    assert_int_equal(wrong, 0);
}

/* The folder holds no profile that is not tested here. */
static void test_all_profiles(void **state)
{
    (void)state;
    assert_int_equal(help_count_yaml("profiles"), countof(profiles));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_profiles),
        cmocka_unit_test(test_profiles),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("profiles", tests, help_load_real, help_free_real);
}
