/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The groups of the engine: which expressions are evaluated together, and what they read.
 *
 * A form's own items, and the rows of a repeat, are a group with one compiled set of all its
 * expressions. So are the rules of each task, and what says which tasks concern the provider: the
 * fewer rules look at an answer, the fewer are asked again when it changes.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/engine_state.h"

/* ---- building the groups ---- */

static bool is_constant(const struct rule_text *rule, bool *value)
{
    if (!rule->sql || (strcmp(rule->sql, "1") != 0 && strcmp(rule->sql, "0") != 0))
        return false;
    *value = rule->sql[0] == '1';
    return true;
}

/* Questions that hang on the same condition share its slot. */
static int same_slot(const struct group *group, const struct rule_text *text,
                     const struct list *list)
{
    for (size_t i = 0; i < group->slot_count; i++)
        if (!group->rules[i] && group->specs[i].list == list &&
            strcmp(group->specs[i].rule->sql, text->sql) == 0)
            return (int)i;
    return -1;
}

/* Adds an expression whose value itself is wanted, whatever it is. */
static int add_value_slot(struct group *group, const struct rule_text *text,
                          const struct list *list, const struct rule *rule)
{
    int same;

    if (!text->sql)
        return SLOT_FALSE;
    same = rule ? -1 : same_slot(group, text, list);
    if (same >= 0)
        return same;
    group->specs = vec_room(group->specs, &group->spec_room, group->slot_count + 1,
                            sizeof group->specs[0]);
    group->rules = vec_room(group->rules, &group->rule_room, group->slot_count + 1,
                            sizeof group->rules[0]);
    group->specs[group->slot_count] = (struct expr_spec){ text, list };
    group->rules[group->slot_count] = rule;
    return (int)group->slot_count++;
}

/* Adds a condition; an absent one is `otherwise`. */
static int add_slot(struct group *group, const struct rule_text *text, bool otherwise)
{
    bool value = otherwise;

    if (!text->sql || is_constant(text, &value))
        return value ? SLOT_TRUE : SLOT_FALSE;
    return add_value_slot(group, text, NULL, NULL);
}

static void add_item(struct group *group, const struct item *item)
{
    struct item_slots *slots;

    group->items = vec_room(group->items, &group->item_room, group->item_count + 1,
                            sizeof group->items[0]);
    group->item_slots = vec_room(group->item_slots, &group->item_slots_room,
                                 group->item_count + 1, sizeof group->item_slots[0]);
    slots = &group->item_slots[group->item_count];
    group->items[group->item_count++] = item;
    slots->relevant = add_slot(group, &item->relevant, true);
    slots->required = add_slot(group, &item->required, false);
    slots->constraint = add_slot(group, &item->constraint, true);
    slots->calculate = add_value_slot(group, &item->calculate, NULL, NULL);
    slots->filter = add_value_slot(group, &item->choice_filter, item->list, NULL);
}

static void add_form_group(struct engine *engine, const struct form *form)
{
    struct group *group = &engine->groups[form->index];

    group->form = form;
    group->page_slots = xcalloc(form->page_count + 1, sizeof group->page_slots[0]);
    group->page_relevant = xcalloc(form->page_count + 1, sizeof group->page_relevant[0]);
    for (size_t p = 0; p < form->page_count; p++) {
        const struct page *page = &form->pages[p];
        group->page_slots[p] = add_slot(group, &page->relevant, true);
        for (size_t i = 0; i < page->item_count; i++)
            add_item(group, &page->items[i]);
    }
}

static void add_repeat_group(struct engine *engine, const struct item *repeat)
{
    struct group *group = &engine->groups[engine->group_count++];

    group->form = repeat->form;
    group->repeat = repeat;
    engine->group_of[repeat->index] = group;
    for (size_t i = 0; i < repeat->item_count; i++)
        add_item(group, &repeat->items[i]);
}

static void add_rules(struct engine *engine)
{
    const struct schema *schema = engine->schema;
    struct group *of_tasks = &engine->groups[engine->group_count];

    engine->group_count += schema->task_count;
    for (size_t i = 0; i < schema->rule_count; i++) {
        const struct rule *rule = &schema->rules[i];
        struct group *group = rule->each ? engine->group_of[rule->each->index]
                                         : &of_tasks[rule->task->index];
        add_value_slot(group, &rule->when, NULL, rule);
    }
}

static void add_tasks(struct engine *engine)
{
    const struct schema *schema = engine->schema;
    struct group *tasks = &engine->groups[engine->group_count++];

    engine->tasks = tasks;
    engine->task_slots = xcalloc(schema->task_count + 1, sizeof engine->task_slots[0]);
    engine->task_relevant = xcalloc(schema->task_count + 1, sizeof engine->task_relevant[0]);
    engine->form_hidden = xcalloc(schema->form_count + 1, sizeof engine->form_hidden[0]);
    for (size_t i = 0; i < schema->task_count; i++) {
        engine->task_slots[i] = add_slot(tasks, &schema->tasks[i].relevant, true);
        engine->task_relevant[i] = true;
    }
}

/* ---- what a group reads ---- */

struct reading {
    struct engine *engine;
    struct group *group;
};

struct group *engine_group_of_item(struct engine *engine, const struct item *item)
{
    if (item->type == ITEM_REPEAT)
        return engine->group_of[item->index];
    return item->repeat ? engine->group_of[item->repeat->index]
                        : &engine->groups[item->form->index];
}

static void note_reads(void *data, const struct item *item)
{
    struct reading *reading = data;

    reading->group->reads[item->index] = true;
    if (item->type == ITEM_REPEAT && engine_group_of_item(reading->engine, item) == reading->group)
        reading->group->sums_itself = true;
}

static int compile_group(struct engine *engine, struct group *group, struct err *err)
{
    struct reading reading = { engine, group };

    group->reads = xcalloc(engine->schema->item_count + 1, sizeof group->reads[0]);
    if (group->slot_count == 0)
        return 0;
    for (size_t i = 0; i < group->slot_count; i++)
        expr_reads(engine->schema, group->specs[i].rule->sql, note_reads, &reading);
    return expr_set_new(&group->set, engine->db, group->repeat, group->specs, group->slot_count,
                        err);
}

int engine_groups_new(struct engine *engine, struct err *err)
{
    const struct schema *schema = engine->schema;
    int code = 0;

    engine->groups = xcalloc(schema->form_count + schema->item_count + schema->task_count + 1,
                             sizeof engine->groups[0]);
    engine->group_of = xcalloc(schema->item_count + 1, sizeof engine->group_of[0]);
    engine->group_count = schema->form_count;
    for (size_t i = 0; i < schema->form_count; i++)
        add_form_group(engine, &schema->forms[i]);
    for (size_t i = 0; i < schema->item_count; i++)
        if (schema->items[i]->type == ITEM_REPEAT)
            add_repeat_group(engine, schema->items[i]);
    add_rules(engine);
    add_tasks(engine);
    for (size_t i = 0; i < engine->group_count && !code; i++)
        code = compile_group(engine, &engine->groups[i], err);
    return code;
}

void engine_groups_free(struct engine *engine)
{
    for (size_t i = 0; i < engine->group_count; i++) {
        struct group *group = &engine->groups[i];
        expr_set_free(group->set);
        free(group->specs);
        free(group->rules);
        free(group->items);
        free(group->item_slots);
        free(group->page_slots);
        free(group->page_relevant);
        free(group->reads);
        free(group->stale);
    }
    free(engine->groups);
    free(engine->group_of);
    free(engine->task_slots);
    free(engine->task_relevant);
    free(engine->form_hidden);
}
