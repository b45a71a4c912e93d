/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Deriving relevance, requirements, computed values and problems from the answers.
 *
 * Expressions are evaluated in groups (engine_groups.c). When a projected value changes, the groups
 * that read its item are run again until nothing changes; lint refuses cycles, so this ends. Items
 * that are not relevant are empty in the projection, which is why a change of relevance is a change
 * of a value.
 */
#include "core/engine.h"
#include "core/engine_state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "core/check.h"
#include "core/expr.h"

/* A chain of dependent answers longer than this is a cycle that nobody linted. */
enum { ROUNDS_MAX = 64 };

/* ---- the value that rules see ---- */

static bool is_unsure(const struct item *item, const char *value)
{
    return item->unsure && value && strcmp(value, VALUE_UNSURE) == 0;
}

static const char *projected(const struct item *item, const struct cell *cell)
{
    if (!cell->relevant)
        return NULL;
    if (item->calculate.sql)
        return cell->computed;
    if (!cell->value || !cell->of_type || is_unsure(item, cell->value) ||
        cell->problem == CELL_ROW_GONE)
        return NULL;
    return cell->value;
}

const char *engine_value(const struct engine *engine, const struct item *item, const char *row)
{
    const struct cell *cell = answers_cell(engine->answers, item, row);

    return cell ? projected(item, cell) : NULL;
}

static struct cell *cell_at(const struct engine *engine, const struct group *group,
                            size_t position, size_t n)
{
    if (group->repeat)
        return &answers_row_at(engine->answers, group->repeat, position)->cells[n];
    return answers_cell(engine->answers, group->items[n], NULL);
}

/* What expressions read of the answers outside repeats. */
static const char *plan_value(void *data, const struct item *item)
{
    const struct engine *engine = data;

    return projected(item, answers_cell(engine->answers, item, NULL));
}

struct writing {
    const struct engine *engine;
    const struct group *group;
    size_t position;
};

static const char *row_value(void *data, const struct item *item)
{
    const struct writing *writing = data;

    return projected(item, cell_at(writing->engine, writing->group, writing->position,
                                   item->index - writing->group->repeat->index - 1));
}

/* Expressions read the rows of a repeat from a table, which follows the answers. */
static void write_row(struct engine *engine, const struct group *group, size_t position)
{
    struct writing writing = { engine, group, position };

    if (!group->repeat || group->absent)
        return;
    expr_db_write(engine->db, group->repeat,
                  answers_row_at(engine->answers, group->repeat, position)->key,
                  (int)position + 1, row_value, &writing);
}

/* ---- running groups until nothing changes ---- */

/* A value of the row at `position` in the group's own repeat has changed. */
static void mark_row(struct group *group, size_t position)
{
    bool marked = group->dirty == DIRTY_ROW && group->dirty_position == position;

    if (!group->repeat || group->sums_itself || (group->dirty && !marked)) {
        group->dirty = DIRTY_ALL;
        return;
    }
    group->dirty = DIRTY_ROW;
    group->dirty_position = position;
}

/* The item, in the row at `position` of the repeat it is in, has another value for rules. */
static void mark_readers(struct engine *engine, const struct item *item, size_t position)
{
    const struct group *own = engine_group_of_item(engine, item);

    for (size_t i = 0; i < engine->group_count; i++) {
        struct group *group = &engine->groups[i];
        if (!group->reads[item->index])
            continue;
        if (group == own)
            mark_row(group, position);
        else
            group->dirty = DIRTY_ALL;
    }
}

static bool slot_true(int slot, const struct expr_value *values)
{
    if (slot < 0)
        return slot == SLOT_TRUE;
    return expr_truth(&values[slot]) == EXPR_TRUE;
}

/* A constraint that is unknown passes. */
static bool slot_false(int slot, const struct expr_value *values)
{
    return slot >= 0 && expr_truth(&values[slot]) == EXPR_FALSE;
}

char *engine_value_text(const struct expr_value *value)
{
    char number[32];

    switch (value->kind) {
    case EXPR_INTEGER:
        snprintf(number, sizeof number, "%lld", (long long)value->integer);
        return xstrdup(number);
    case EXPR_REAL:
        snprintf(number, sizeof number, "%.10g", value->real);
        return xstrdup(number);
    case EXPR_TEXT:
        return xstrdup(value->text);
    default:
        return NULL;
    }
}

bool engine_same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

bool engine_holds_word(const char *words, const char *word, size_t length)
{
    while (words && *words) {
        size_t n = strcspn(words, " ");
        if (n == length && memcmp(words, word, n) == 0)
            return true;
        words += n + strspn(words + n, " ");
    }
    return false;
}

/* Every id of `chosen` is among `offered` (NULL: all are). */
static bool all_offered(const char *chosen, const char *offered)
{
    while (offered && chosen && *chosen) {
        size_t n = strcspn(chosen, " ");
        if (!engine_holds_word(offered, chosen, n))
            return false;
        chosen += n + strspn(chosen + n, " ");
    }
    return true;
}

static enum cell_problem find_problem(const struct engine *engine, const struct item *item,
                                      const struct cell *cell, const struct item_slots *slots,
                                      const struct expr_value *values)
{
    if (!cell->relevant || !cell->value || is_unsure(item, cell->value))
        return CELL_FINE;
    if (!cell->of_type)
        return CELL_NO_VALUE_OF_TYPE;
    if (item->type == ITEM_ROW && item->target &&
        answers_row_position(engine->answers, item->target, cell->value) < 0)
        return CELL_ROW_GONE;
    if (item->list && slots->filter >= 0 && !all_offered(cell->value, cell->offered))
        return CELL_NOT_OFFERED;
    return slot_false(slots->constraint, values) ? CELL_CONSTRAINT : CELL_FINE;
}

static void set_offered(const struct item_slots *slots, const struct expr_value *values,
                        struct cell *cell)
{
    if (slots->filter < 0)
        return;
    free(cell->offered);
    cell->offered = engine_value_text(&values[slots->filter]);
    if (!cell->offered)
        cell->offered = xstrdup("");
}

static void set_computed(const struct item_slots *slots, const struct expr_value *values,
                         struct cell *cell)
{
    char *computed;

    if (slots->calculate < 0)
        return;
    computed = engine_value_text(&values[slots->calculate]);
    if (engine_same_text(computed, cell->computed)) {
        free(computed);
        return;
    }
    free(cell->computed);
    cell->computed = computed;
}

/* Derives one cell; returns whether the value that rules see has changed. */
static bool derive_cell(struct engine *engine, const struct group *group, size_t n,
                        struct cell *cell, bool base, const struct expr_value *values)
{
    const struct item_slots *slots = &group->item_slots[n];
    const struct item *item = group->items[n];
    char *before = NULL;
    bool was_relevant = cell->relevant, changed;

    if (projected(item, cell))
        before = xstrdup(projected(item, cell));
    cell->relevant = base && slot_true(slots->relevant, values);
    cell->required = cell->relevant && slot_true(slots->required, values);
    set_offered(slots, values, cell);
    set_computed(slots, values, cell);
    cell->problem = (unsigned char)find_problem(engine, item, cell, slots, values);
    changed = !engine_same_text(before, projected(item, cell));
    free(before);
    if (item->type == ITEM_REPEAT && was_relevant != cell->relevant)
        engine->group_of[item->index]->dirty = DIRTY_ALL;
    return changed;
}

static void note_rule(struct engine *engine, const struct group *group, const struct rule *rule,
                      const char *row, size_t position)
{
    engine->fired = vec_room(engine->fired, &engine->fired_room, engine->fired_count + 1,
                             sizeof engine->fired[0]);
    engine->fired[engine->fired_count++] =
        (struct fired){ rule, group, row ? xstrdup(row) : NULL, position };
}

/* The group's rules are about to be looked at again, in one row or (row NULL) in all. */
static void forget_rules(struct engine *engine, const struct group *group, const char *row)
{
    size_t kept = 0;

    if (!group->repeat && group->form)
        return;
    for (size_t i = 0; i < engine->fired_count; i++) {
        struct fired *fired = &engine->fired[i];
        if (fired->group == group && (!row || engine_same_text(row, fired->row)))
            free(fired->row);
        else
            engine->fired[kept++] = *fired;
    }
    engine->fired_count = kept;
}

/* In the order of the file, then of the rows. */
static int compare_fired(const void *a, const void *b)
{
    const struct fired *x = a, *y = b;

    if (x->rule != y->rule)
        return x->rule < y->rule ? -1 : 1;
    return (x->position > y->position) - (x->position < y->position);
}

static bool rule_holds_today(const struct engine *engine, const struct rule *rule)
{
    int first, last;

    if (rule->since && date_period(rule->since, &first, &last) == 0 && engine->today < first)
        return false;
    return !(rule->until && date_period(rule->until, &first, &last) == 0 &&
             engine->today > last);
}

/* The questions of a task that does not concern the provider do not either. */
static void set_task_relevant(struct engine *engine, const struct task *task, bool relevant)
{
    engine->task_relevant[task->index] = relevant;
    if (!task->form || engine->form_hidden[task->form->index] == !relevant)
        return;
    engine->form_hidden[task->form->index] = !relevant;
    engine->groups[task->form->index].dirty = DIRTY_ALL;
}

static void derive_slots(struct engine *engine, struct group *group, const char *row,
                         size_t position, const struct expr_value *values)
{
    for (size_t i = 0; i < group->slot_count; i++)
        if (group->rules[i] && expr_truth(&values[i]) == EXPR_TRUE &&
            rule_holds_today(engine, group->rules[i]))
            note_rule(engine, group, group->rules[i], row, position);
    if (group == engine->tasks)
        for (size_t i = 0; i < engine->schema->task_count; i++)
            set_task_relevant(engine, &engine->schema->tasks[i],
                              slot_true(engine->task_slots[i], values));
    if (group->repeat || !group->form)
        return;
    for (size_t p = 0; p < group->form->page_count; p++)
        group->page_relevant[p] = slot_true(group->page_slots[p], values);
}

static void derive_row(struct engine *engine, struct group *group, const char *row,
                       size_t position, const struct expr_value *values)
{
    bool changed = false;

    derive_slots(engine, group, row, position, values);
    for (size_t n = 0; n < group->item_count; n++) {
        bool base = group->repeat || (!engine->form_hidden[group->form->index] &&
                                      group->page_relevant[group->items[n]->page->index]);
        if (!derive_cell(engine, group, n, cell_at(engine, group, position, n), base, values))
            continue;
        mark_readers(engine, group->items[n], position);
        changed = true;
    }
    if (!changed || !group->repeat)
        return;
    group->stale = vec_room(group->stale, &group->stale_room, group->stale_count + 1,
                            sizeof group->stale[0]);
    group->stale[group->stale_count++] = position;
}

struct running {
    struct engine *engine;
    struct group *group;
};

static void derive_result(void *data, const char *row, const struct expr_value *values)
{
    struct running *running = data;
    int position = 0;

    if (row)
        position = answers_row_position(running->engine->answers, running->group->repeat, row);
    if (position >= 0)
        derive_row(running->engine, running->group, row, (size_t)position, values);
}

static void run_without_set(struct engine *engine, struct group *group)
{
    size_t rows = group->repeat ? answers_row_count(engine->answers, group->repeat) : 1;

    for (size_t i = 0; i < rows; i++)
        derive_row(engine, group,
                   group->repeat ? answers_row_at(engine->answers, group->repeat, i)->key : NULL,
                   i, NULL);
}

/* The rows of a repeat that is not relevant leave the projection, so that nothing counts them. */
static void retire_rows(struct engine *engine, struct group *group)
{
    size_t rows = answers_row_count(engine->answers, group->repeat);

    for (size_t r = 0; r < rows; r++)
        for (size_t n = 0; n < group->item_count; n++) {
            struct cell *cell = cell_at(engine, group, r, n);
            cell->relevant = cell->required = false;
            cell->problem = CELL_FINE;
            free(cell->computed);
            free(cell->offered);
            cell->computed = cell->offered = NULL;
        }
    if (group->absent)
        return;
    group->absent = true;
    expr_db_clear(engine->db, group->repeat);
    mark_readers(engine, group->repeat, 0);
}

static void restore_rows(struct engine *engine, struct group *group)
{
    group->absent = false;
    for (size_t r = 0; r < answers_row_count(engine->answers, group->repeat); r++)
        write_row(engine, group, r);
    mark_readers(engine, group->repeat, 0);
}

static void run_group(struct engine *engine, struct group *group)
{
    struct running running = { engine, group };
    bool relevant =
        !group->repeat || answers_cell(engine->answers, group->repeat, NULL)->relevant;
    const char *row = NULL;

    if (relevant && group->absent)
        restore_rows(engine, group);
    if (group->dirty == DIRTY_ROW)
        row = answers_row_at(engine->answers, group->repeat, group->dirty_position)->key;
    forget_rules(engine, group, row);
    if (!relevant)
        retire_rows(engine, group);
    group->dirty = DIRTY_NOTHING;
    if (!relevant)
        return;
    group->stale_count = 0;
    if (group->set)
        expr_set_run(group->set, row, derive_result, &running, NULL);
    else
        run_without_set(engine, group);
    for (size_t i = 0; i < group->stale_count; i++)
        write_row(engine, group, group->stale[i]);
}

static void settle(struct engine *engine)
{
    bool ran = true;

    engine->known->fresh = false;
    for (int round = 0; ran && round < ROUNDS_MAX; round++) {
        ran = false;
        for (size_t i = 0; i < engine->group_count; i++) {
            if (!engine->groups[i].dirty)
                continue;
            run_group(engine, &engine->groups[i]);
            ran = true;
        }
    }
    if (engine->fired_count)
        qsort(engine->fired, engine->fired_count, sizeof engine->fired[0], compare_fired);
}

/* ---- changes ---- */

static void check_type(const struct engine *engine, const struct item *item, struct cell *cell)
{
    struct check check = CHECK_INIT;

    cell->of_type = true;
    if (!cell->value || is_unsure(item, cell->value) || item->type == ITEM_ROW)
        return;
    check_value(item, cell->value, engine->today, &check);
    cell->of_type = check.state == CHECK_OK || check.state == CHECK_WARN;
    check_free(&check);
}

static void prepare_cells(struct engine *engine, struct group *group, size_t position)
{
    for (size_t n = 0; n < group->item_count; n++) {
        struct cell *cell = cell_at(engine, group, position, n);
        cell->relevant = true;
        check_type(engine, group->items[n], cell);
    }
    if (group->repeat)
        write_row(engine, group, position);
}

void engine_changed_all(struct engine *engine)
{
    engine_forget_rights(engine, NULL, 0);
    while (engine->fired_count)
        free(engine->fired[--engine->fired_count].row);
    for (size_t i = 0; i < engine->group_count; i++) {
        struct group *group = &engine->groups[i];
        size_t rows = 1;
        group->dirty = DIRTY_ALL;
        if (!group->form)
            continue;
        if (group->repeat) {
            expr_db_clear(engine->db, group->repeat);
            group->absent = false;
            rows = answers_row_count(engine->answers, group->repeat);
        }
        for (size_t r = 0; r < rows; r++)
            prepare_cells(engine, group, r);
    }
    settle(engine);
}

/* The item's own group is run again only when an expression of it looks at the item. */
void engine_changed(struct engine *engine, const struct item *item, const char *row)
{
    static const struct item_slots no_slots = {
        SLOT_TRUE, SLOT_FALSE, SLOT_TRUE, SLOT_FALSE, SLOT_FALSE
    };
    struct group *group = engine_group_of_item(engine, item);
    struct cell *cell = answers_cell(engine->answers, item, row);
    int position = item->repeat ? answers_row_position(engine->answers, item->repeat, row) : 0;

    if (item->type == ITEM_REPEAT || !cell || position < 0) {
        engine_changed_all(engine);
        return;
    }
    engine_forget_rights(engine, item, position);
    check_type(engine, item, cell);
    cell->problem = CELL_FINE;
    if (expr_db_holds(engine->db, item)) {
        write_row(engine, group, (size_t)position);
        mark_readers(engine, item, (size_t)position);
    }
    if (group->reads[item->index] || item->constraint.sql || item->choice_filter.sql)
        mark_row(group, (size_t)position);
    else
        cell->problem = (unsigned char)find_problem(engine, item, cell, &no_slots, NULL);
    settle(engine);
}

int engine_new(struct engine **out, const struct schema *schema, struct answers *answers,
               int today, struct err *err)
{
    struct engine *engine = xcalloc(1, sizeof *engine);
    int code;

    *engine = (struct engine){ .schema = schema, .answers = answers, .today = today };
    engine->known = xcalloc(1, sizeof *engine->known);
    engine->known->tasks = xcalloc(schema->task_count + 1, sizeof engine->known->tasks[0]);
    engine->known_rights = engine_rights_new(schema);
    *out = engine;
    code = expr_db_new_narrow(&engine->db, schema, today, err);
    expr_db_source(engine->db, plan_value, engine);
    expr_db_use_notes(engine->db, answers_notes(answers));
    if (!code)
        code = engine_groups_new(engine, err);
    if (!code)
        engine_changed_all(engine);
    return code;
}

void engine_free(struct engine *engine)
{
    if (!engine)
        return;
    engine_groups_free(engine);
    while (engine->fired_count)
        free(engine->fired[--engine->fired_count].row);
    free(engine->fired);
    free(engine->known->tasks);
    free(engine->known);
    engine_rights_free(engine->known_rights);
    expr_db_free(engine->db);
    free(engine);
}

struct expr_db *engine_projection(const struct engine *engine)
{
    return engine->db;
}
