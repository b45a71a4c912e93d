/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How far each task is, and what is wrong or still open.
 */
#include "core/engine_state.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/check.h"

const char *task_status_name(enum task_status status)
{
    static const char *const names[] = {
        [TASK_NOT_STARTED] = "not-started", [TASK_IN_PROGRESS] = "in-progress",
        [TASK_DONE] = "done", [TASK_CANNOT_START] = "cannot-start", [TASK_PROBLEM] = "problem",
    };

    return names[status];
}

/* Calls `each` for every item of the form in order, once per row inside repeats. */
struct visit {
    const struct engine *engine;
    void (*each)(struct visit *visit, const struct item *item, const char *row,
                 const struct cell *cell);
    void *data;
};

static void visit_rows(struct visit *visit, const struct item *repeat)
{
    size_t rows = answers_row_count(visit->engine->answers, repeat);

    for (size_t r = 0; r < rows; r++) {
        const struct row *row = answers_row_at(visit->engine->answers, repeat, r);
        for (size_t i = 0; i < repeat->item_count; i++)
            visit->each(visit, &repeat->items[i], row->key, &row->cells[i]);
    }
}

static void visit_form(struct visit *visit, const struct form *form)
{
    for (size_t p = 0; p < form->page_count; p++)
        for (size_t i = 0; i < form->pages[p].item_count; i++) {
            const struct item *item = &form->pages[p].items[i];
            visit->each(visit, item, NULL, answers_cell(visit->engine->answers, item, NULL));
            if (item->type == ITEM_REPEAT)
                visit_rows(visit, item);
        }
}

static bool is_unsure(const struct item *item, const struct cell *cell)
{
    return item->unsure && cell->value && strcmp(cell->value, VALUE_UNSURE) == 0;
}

static size_t row_count(const struct engine *engine, const struct item *item)
{
    return item->type == ITEM_REPEAT ? answers_row_count(engine->answers, item) : 0;
}

/* The item must be answered: a question that is required, or a repeat that needs rows. */
static bool must_be_answered(const struct item *item, const struct cell *cell)
{
    if (item->type == ITEM_REPEAT)
        return cell->relevant && item->row_min > 0;
    return cell->required && item_type_holds_answer(item->type) && !item->read_only &&
           !item->calculate.sql;
}

static bool is_answered(const struct engine *engine, const struct item *item,
                        const struct cell *cell)
{
    if (item->type == ITEM_REPEAT)
        return row_count(engine, item) >= (size_t)item->row_min;
    return cell->value != NULL;
}

static bool has_problem(const struct engine *engine, const struct item *item,
                        const struct cell *cell)
{
    if (item->type == ITEM_REPEAT)
        return cell->relevant && item->row_max > 0 &&
               row_count(engine, item) > (size_t)item->row_max;
    return cell->problem != CELL_FINE;
}

/* ---- tasks ---- */

struct task_count {
    struct task_state *out;
    bool any_answer, asks;    /* something is answered; something can be */
};

static void count_item(struct visit *visit, const struct item *item, const char *row,
                       const struct cell *cell)
{
    struct task_count *count = visit->data;
    struct task_state *out = count->out;
    bool answered = is_answered(visit->engine, item, cell);

    count->any_answer |= item->type == ITEM_REPEAT ? row_count(visit->engine, item) > 0
                                                   : cell->value != NULL;
    if (!cell->relevant)
        return;
    count->asks |= item->type == ITEM_REPEAT ||
                   (item_type_holds_answer(item->type) && !item->calculate.sql &&
                    !item->read_only);
    out->unsure += is_unsure(item, cell);
    if (must_be_answered(item, cell)) {
        out->required++;
        out->answered += answered;
        if (!answered && !out->first_open.item)
            out->first_open = (struct place){ item, row };
    }
    if (!has_problem(visit->engine, item, cell))
        return;
    out->problems++;
    if (!out->first_problem.item)
        out->first_problem = (struct place){ item, row };
}

static void count_rules(const struct engine *engine, const struct task *task,
                        struct task_state *out)
{
    for (size_t i = 0; i < engine->fired_count; i++) {
        const struct fired *fired = &engine->fired[i];
        if (fired->rule->task != task || fired->rule->severity != SEVERITY_ERROR)
            continue;
        out->problems++;
        if (!out->first_problem.item && fired->rule->item)
            out->first_problem = (struct place){
                fired->rule->item,
                fired->rule->item->repeat == fired->rule->each ? fired->row : NULL
            };
    }
}

static bool dependencies_done(const struct engine *engine, const struct task *task)
{
    for (size_t i = 0; task->depends && task->depends[i]; i++)
        if (engine_task_blocks(engine, task->depends[i]))
            return false;
    return true;
}

/* A form that asks nothing at present must not hold up what waits for it. */
static enum task_status status_of(const struct engine *engine, const struct task *task,
                                  const struct task_state *state, bool any_answer, bool asks)
{
    bool said = task->ask_complete && answers_task_done(engine->answers, task->id);
    bool complete = state->answered == state->required && (!task->ask_complete || said);

    if (state->problems)
        return TASK_PROBLEM;
    if (task->kind == TASK_GATE)
        return dependencies_done(engine, task) ? TASK_DONE : TASK_CANNOT_START;
    if (complete && (any_answer || said || !asks))
        return TASK_DONE;
    if (any_answer)
        return TASK_IN_PROGRESS;
    return dependencies_done(engine, task) ? TASK_NOT_STARTED : TASK_CANNOT_START;
}

void engine_task(const struct engine *engine, const struct task *task, struct task_state *out)
{
    struct task_count count = { .out = out };
    struct visit visit = { engine, count_item, &count };

    *out = (struct task_state){ .relevant = engine->task_relevant[task->index] };
    if (task->form)
        visit_form(&visit, task->form);
    count_rules(engine, task, out);
    out->status = status_of(engine, task, out, count.any_answer, count.asks);
}

bool engine_task_blocks(const struct engine *engine, const struct task *dependency)
{
    struct task_state state;

    if (!engine->task_relevant[dependency->index])
        return false;
    engine_task(engine, dependency, &state);
    return state.status != TASK_DONE;
}

/* ---- findings ---- */

void findings_free(struct findings *findings)
{
    free(findings->at);
    *findings = (struct findings){ 0 };
}

static void add_finding(struct findings *out, struct finding finding)
{
    out->at = vec_room(out->at, &out->room, out->count + 1, sizeof out->at[0]);
    out->at[out->count++] = finding;
}

struct finding_visit {
    struct findings *out;
    const struct task *task;
    bool problems_only;
};

static void find_in_item(struct visit *visit, const struct item *item, const char *row,
                         const struct cell *cell)
{
    struct finding_visit *find = visit->data;
    struct finding finding = { .task = find->task, .place = { item, row } };

    if (!cell->relevant)
        return;
    if (has_problem(visit->engine, item, cell)) {
        finding.kind = item->type == ITEM_REPEAT ? FINDING_ROWS : FINDING_VALUE;
        finding.severity = SEVERITY_ERROR;
        add_finding(find->out, finding);
        return;
    }
    if (find->problems_only)
        return;
    finding.severity = SEVERITY_NOTE;
    if (must_be_answered(item, cell) && !is_answered(visit->engine, item, cell)) {
        finding.kind = FINDING_MISSING;
        add_finding(find->out, finding);
    } else if (is_unsure(item, cell)) {
        finding.kind = FINDING_UNSURE;
        add_finding(find->out, finding);
    }
}

static void find_rules(const struct engine *engine, const struct task *task, bool errors_only,
                       struct findings *out)
{
    for (size_t r = 0; r < engine->schema->rule_count; r++) {
        const struct rule *rule = &engine->schema->rules[r];
        if (rule->task != task || (errors_only && rule->severity != SEVERITY_ERROR))
            continue;
        for (size_t i = 0; i < engine->fired_count; i++)
            if (engine->fired[i].rule == rule)
                add_finding(out, (struct finding){ .kind = FINDING_RULE,
                                                   .severity = rule->severity, .task = task,
                                                   .place = { rule->item, engine->fired[i].row },
                                                   .rule = rule });
    }
}

/* Errors first; within a severity the order stays as it was found. */
static void sort_by_severity(struct findings *findings)
{
    struct finding *sorted = xcalloc(findings->count + 1, sizeof *sorted);
    size_t n = 0;

    for (enum severity s = SEVERITY_ERROR; s <= SEVERITY_NOTE; s++)
        for (size_t i = 0; i < findings->count; i++)
            if (findings->at[i].severity == s)
                sorted[n++] = findings->at[i];
    free(findings->at);
    findings->at = sorted;
    findings->room = findings->count + 1;
}

void engine_findings(const struct engine *engine, struct findings *out)
{
    out->count = 0;
    for (size_t i = 0; i < engine->schema->task_count; i++) {
        const struct task *task = &engine->schema->tasks[i];
        struct finding_visit find = { out, task, false };
        struct visit visit = { engine, find_in_item, &find };
        if (!engine->task_relevant[i])
            continue;
        if (task->form)
            visit_form(&visit, task->form);
        find_rules(engine, task, false, out);
    }
    sort_by_severity(out);
}

void engine_form_problems(const struct engine *engine, const struct form *form,
                          struct findings *out)
{
    struct finding_visit find = { out, NULL, true };
    struct visit visit = { engine, find_in_item, &find };

    out->count = 0;
    for (size_t i = 0; i < engine->schema->task_count; i++)
        if (engine->schema->tasks[i].form == form)
            find.task = &engine->schema->tasks[i];
    visit_form(&visit, form);
    if (find.task)
        find_rules(engine, find.task, true, out);
}

static void count_unused(struct visit *visit, const struct item *item, const char *row,
                         const struct cell *cell)
{
    int *count = visit->data;

    (void)item;
    (void)row;
    *count += !cell->relevant && cell->value;
}

int engine_unused_answers(const struct engine *engine, const struct form *form)
{
    int count = 0;
    struct visit visit = { engine, count_unused, &count };

    visit_form(&visit, form);
    return count;
}
