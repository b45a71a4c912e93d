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

static void count_item(struct visit *visit, const struct item *item, const char *row,
                       const struct cell *cell)
{
    struct known_task *known = visit->data;
    struct task_state *out = &known->state;
    bool answered = is_answered(visit->engine, item, cell);

    known->any_answer |= item->type == ITEM_REPEAT ? row_count(visit->engine, item) > 0
                                                   : cell->value != NULL;
    if (!cell->relevant)
        return;
    known->asks |= item->type == ITEM_REPEAT ||
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

/* A condition of a gate is no mistake, however heavy it is. */
static enum severity severity_of(const struct rule *rule)
{
    return rule->task->kind == TASK_GATE ? SEVERITY_NOTE : rule->severity;
}

static struct place place_of(const struct fired *fired)
{
    const struct rule *rule = fired->rule;
    bool in_row = rule->item && rule->item->repeat == rule->each;

    return (struct place){ rule->item, in_row ? fired->row : NULL };
}

static void count_rules(const struct engine *engine, const struct task *task,
                        struct task_state *out)
{
    for (size_t i = 0; i < engine->fired_count; i++) {
        const struct fired *fired = &engine->fired[i];
        if (fired->rule->task != task || severity_of(fired->rule) != SEVERITY_ERROR)
            continue;
        out->problems++;
        if (!out->first_problem.item && fired->rule->item)
            out->first_problem = place_of(fired);
    }
}

/* The rights matrix is filled in the task whose form holds its roles. */
static bool is_rights_task(const struct engine *engine, const struct task *task)
{
    return engine->known_rights && rights_are_in(engine->schema, task->form);
}

static struct place place_of_rights(const struct engine *engine,
                                    const struct rights_finding *finding)
{
    struct place place = { 0 };

    place.item = rights_finding_item(engine_rights(engine), finding, &place.row);
    return place;
}

static void count_rights(const struct engine *engine, const struct task *task,
                         struct task_state *out)
{
    const struct rights_findings *findings;

    if (!is_rights_task(engine, task))
        return;
    findings = engine_rights_findings(engine);
    out->problems += (int)findings->errors;
    if (findings->errors && !out->first_problem.item)
        out->first_problem = place_of_rights(engine, &findings->at[0]);
}

static void count_task(const struct engine *engine, const struct task *task)
{
    struct known_task *known = &engine->known->tasks[task->index];
    struct visit visit = { engine, count_item, known };

    *known = (struct known_task){ .state.relevant = engine->task_relevant[task->index] };
    if (task->form)
        visit_form(&visit, task->form);
    count_rules(engine, task, &known->state);
    count_rights(engine, task, &known->state);
}

static bool keeps_closed(const struct task *gate, const struct rule *rule)
{
    if (rule->task == gate)
        return true;
    for (const struct rule **open = gate->open; *open; open++)
        if (*open == rule)
            return true;
    return false;
}

static bool conditions_are_met(const struct engine *engine, const struct task *gate)
{
    for (size_t i = 0; i < engine->fired_count; i++)
        if (keeps_closed(gate, engine->fired[i].rule))
            return false;
    return true;
}

/* A form that asks nothing at present must not hold up what waits for it, unless the user has to
 * say when it is done: then its time has not come. */
static enum task_status status_of(const struct engine *engine, const struct task *task,
                                  const struct known_task *known, bool waits)
{
    const struct task_state *state = &known->state;
    bool said = task->ask_complete && answers_task_done(engine->answers, task->id);
    bool complete = state->answered == state->required && (!task->ask_complete || said);

    if (task->kind == TASK_GATE)
        return !waits && conditions_are_met(engine, task) ? TASK_DONE : TASK_CANNOT_START;
    if (state->problems)
        return TASK_PROBLEM;
    if (complete && (known->any_answer || said || !known->asks))
        return TASK_DONE;
    if (!known->asks)
        return TASK_CANNOT_START;
    if (known->any_answer)
        return TASK_IN_PROGRESS;
    return waits ? TASK_CANNOT_START : TASK_NOT_STARTED;
}

/* After the tasks that it waits for; schema_finish() has made sure that this ends. */
static void decide(const struct engine *engine, const struct task *task)
{
    struct known_task *known = &engine->known->tasks[task->index];
    bool waits = false;

    if (known->decided)
        return;
    for (const struct task **on = task->depends; *on; on++) {
        const struct known_task *other = &engine->known->tasks[(*on)->index];
        decide(engine, *on);
        waits |= other->state.relevant && other->state.status != TASK_DONE;
    }
    known->state.status = status_of(engine, task, known, waits);
    known->decided = true;
}

static const struct task_state *known_state(const struct engine *engine, const struct task *task)
{
    const struct schema *schema = engine->schema;

    if (!engine->known->fresh) {
        for (size_t i = 0; i < schema->task_count; i++)
            count_task(engine, &schema->tasks[i]);
        for (size_t i = 0; i < schema->task_count; i++)
            decide(engine, &schema->tasks[i]);
        engine->known->fresh = true;
    }
    return &engine->known->tasks[task->index].state;
}

void engine_task(const struct engine *engine, const struct task *task, struct task_state *out)
{
    *out = *known_state(engine, task);
}

bool engine_task_blocks(const struct engine *engine, const struct task *dependency)
{
    const struct task_state *state = known_state(engine, dependency);

    return state->relevant && state->status != TASK_DONE;
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

static void add_fired(const struct fired *fired, struct findings *out)
{
    add_finding(out, (struct finding){ .kind = FINDING_RULE,
                                       .severity = severity_of(fired->rule),
                                       .task = fired->rule->task,
                                       .place = { fired->rule->item, fired->row },
                                       .rule = fired->rule });
}

static void find_rules(const struct engine *engine, const struct task *task, bool errors_only,
                       struct findings *out)
{
    for (size_t i = 0; i < engine->fired_count; i++) {
        const struct rule *rule = engine->fired[i].rule;
        if (rule->task == task && (!errors_only || severity_of(rule) == SEVERITY_ERROR))
            add_fired(&engine->fired[i], out);
    }
}

static void find_rights(const struct engine *engine, const struct task *task, bool errors_only,
                        struct findings *out)
{
    const struct rights_findings *findings;

    if (!is_rights_task(engine, task))
        return;
    findings = engine_rights_findings(engine);
    for (size_t i = 0; i < findings->count; i++) {
        const struct rights_finding *finding = &findings->at[i];
        if (!errors_only || finding->severity == SEVERITY_ERROR)
            add_finding(out, (struct finding){ .kind = FINDING_RIGHTS,
                                               .severity = finding->severity, .task = task,
                                               .place = place_of_rights(engine, finding),
                                               .rights = finding });
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

/* The conditions of a gate are told when only they keep it closed; before that the open tasks say
 * what there is to do. */
static bool is_reached(const struct engine *engine, const struct task *task)
{
    for (const struct task **on = task->depends; task->kind == TASK_GATE && *on; on++)
        if (engine_task_blocks(engine, *on))
            return false;
    return true;
}

void engine_findings(const struct engine *engine, struct findings *out)
{
    out->count = 0;
    for (size_t i = 0; i < engine->schema->task_count; i++) {
        const struct task *task = &engine->schema->tasks[i];
        struct finding_visit find = { out, task, false };
        struct visit visit = { engine, find_in_item, &find };
        if (!engine->task_relevant[i] || !is_reached(engine, task))
            continue;
        if (task->form)
            visit_form(&visit, task->form);
        find_rules(engine, task, false, out);
        find_rights(engine, task, false, out);
    }
    sort_by_severity(out);
}

void engine_gate(const struct engine *engine, const struct task *gate, struct findings *out)
{
    out->count = 0;
    for (const struct task **on = gate->depends; *on; on++) {
        const struct task_state *state = known_state(engine, *on);
        if (engine_task_blocks(engine, *on))
            add_finding(out, (struct finding){
                .kind = FINDING_TASK, .severity = SEVERITY_NOTE, .task = *on,
                .place = state->first_problem.item ? state->first_problem : state->first_open });
    }
    for (size_t i = 0; i < engine->fired_count; i++)
        if (keeps_closed(gate, engine->fired[i].rule))
            add_fired(&engine->fired[i], out);
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
    if (find.task) {
        find_rules(engine, find.task, true, out);
        find_rights(engine, find.task, true, out);
    }
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
