/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The faces agree: every type of item has a widget on the screen and a row in line mode, and
 * the full screen asks the questions of each shipped form in the engine's order.
 */
#include "core_help.h"

#include "line/line_parts.h"
#include "ui/ui.h"
#include "ui/widget.h"

#include "mem_plan.h"

static void test_every_type_has_both(void **state)
{
    (void)state;
    for (int i = 0; i < ITEM_TYPE_COUNT; i++) {
        enum item_type type = (enum item_type)i;
        if (!item_type_holds_answer(type))
            continue;
        if (!widget_kind(type))
            fail_msg("%s has no widget", item_type_name(type));
        if (!line_kind(type))
            fail_msg("%s cannot be asked in line mode", item_type_name(type));
    }
    assert_non_null(widget_kind(ITEM_NOTE));
}

/* ---- a terminal that goes on from step to step and looks at each screen ---- */

struct walker {
    struct term term;
    const struct plan *plan;
    const struct places *steps;
    const char *open_keys;    /* what leads to the first question */
    size_t at;                /* step that the screen should show */

    struct buf screen;
};

static struct walker *walker_of(struct term *term)
{
    return (struct walker *)term;
}

static void walk_size(struct term *term, int *rows, int *cols)
{
    (void)term;
    *rows = 60;
    *cols = 100;
}

static void walk_paint(struct term *term, const struct grid *grid)
{
    struct walker *walker = walker_of(term);

    buf_clear(&walker->screen);
    canvas_text(grid, &walker->screen);
}

/* The beginning of the step's label, as much as stands on one line in any case. */
static void assert_step_shown(struct walker *walker)
{
    const struct item *item = walker->steps->at[walker->at].item;
    struct tr english = { .lang = LANG_EN };
    struct buf label = BUF_INIT;

    plan_text(walker->plan, &item->label, &english, &label);
    if (label.length > 24)
        buf_cut(&label, 24);
    if (!strstr(walker->screen.text, label.text))
        fail_msg("step %zu: %s is not on the screen:\n%s", walker->at + 1, item->id,
                 walker->screen.text);
    buf_free(&label);
}

static void walk_wait(struct term *term, int timeout_ms, struct event *out)
{
    struct walker *walker = walker_of(term);

    (void)timeout_ms;
    *out = (struct event){ .kind = EVENT_KEY };
    if (*walker->open_keys) {
        out->key = *walker->open_keys == 'v' ? KEYS_DOWN : KEYS_ENTER;
        walker->open_keys++;
        return;
    }
    if (walker->at == walker->steps->count) {
        out->kind = EVENT_END;
        return;
    }
    assert_step_shown(walker);
    walker->at++;
    out->key = KEYS_TAB;
}

static void walk_nothing(struct term *term)
{
    (void)term;
}

static const struct term_ops walk_ops = {
    .size = walk_size, .paint = walk_paint, .wait = walk_wait, .leave = walk_nothing,
    .enter = walk_nothing, .close = walk_nothing, .utf8 = true,
};

static bool is_listed(const struct plan *plan, const struct task *task)
{
    struct task_state state;

    engine_task(plan->engine, task, &state);
    return state.relevant;
}

/* Opens the n-th task of an empty plan, provided that it is in the list, and goes on with Tab until
 * its last step. */
static void walk_task(const struct schema *schema, size_t task)
{
    const struct face_hooks hooks = { .tr = help_tr, .print = help_print };
    struct mem_store store = { 0 };
    struct plan *plan = NULL;
    struct places steps = { 0 };
    struct buf keys = BUF_INIT;
    struct err err = { 0 };

    plan = mem_plan(schema, &store, help_today());
    engine_steps(plan->engine, schema->tasks[task].form, NULL, NULL, false, &steps);
    for (size_t i = 0; i < task; i++)
        buf_add(&keys, is_listed(plan, &schema->tasks[i]) ? "v" : "");
    buf_add(&keys, "e");
    struct walker walker = { .term = { .ops = &walk_ops }, .plan = plan, .steps = &steps,
                             .open_keys = keys.text, .screen = BUF_INIT };
    if (is_listed(plan, &schema->tasks[task])) {
        assert_int_equal(ui_run(plan, &walker.term, &hooks, LANG_EN, false, &err), 0);
        assert_int_equal(walker.at, steps.count);
    }
    buf_free(&walker.screen);
    buf_free(&keys);
    places_free(&steps);
    plan_close(plan);
    mem_store_free(&store);
}

static void test_screen_asks_in_order(void **state)
{
    struct content content;

    (void)state;
    help_content(&content, "../..");
    for (size_t i = 0; i < content.schema->task_count; i++)
        if (content.schema->tasks[i].form)
            walk_task(content.schema, i);
    content_free(&content);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_type_has_both),
        cmocka_unit_test(test_screen_asks_in_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
