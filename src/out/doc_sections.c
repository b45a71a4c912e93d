/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Sections about the plan as a whole: where it stands, what to do next, its tables, who signs.
 *
 * Whoever reads only the first page must know the state, the next step and the first obstacle,
 * so the state is one sentence and the next steps are one table.
 */
#include "out/doc_sections.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/tr.h"
#include "core/plan.h"
#include "out/doc.h"

static const char no_value[] = "\u2013";

static bool is_error(const struct finding *finding)
{
    return finding->severity == SEVERITY_ERROR && finding->kind != FINDING_MISSING
           && finding->kind != FINDING_UNSURE;
}

/* ---- title and state ---- */

/* The day and the number that the header of every page has. */
static void add_version(struct build *build)
{
    struct buf version = BUF_INIT;
    buf_addf(&version, tr_text(build->tr, "%s, no. %lu"), build->doc->date,
             build->plan->change_count);
    doc_field(build->doc, tr_text(build->tr, "Version"), version.text, NULL);
    buf_free(&version);
}

struct totals {
    unsigned long errors, open;
    const struct task *first; /* first task that is not done, or NULL */
};

static struct totals totals_of(const struct build *build)
{
    const struct schema *schema = build->plan->schema;
    struct totals totals = { 0 };
    for (size_t i = 0; i < build->findings.count; i++)
        totals.errors += is_error(&build->findings.at[i]);
    for (size_t i = 0; i < schema->task_count; i++) {
        struct task_state state;
        engine_task(build->plan->engine, &schema->tasks[i], &state);
        if (!state.relevant || state.status == TASK_DONE)
            continue;
        totals.open += (unsigned long)(state.required - state.answered);
        if (totals.first == NULL)
            totals.first = &schema->tasks[i];
    }
    return totals;
}

/* "2 errors, 14 required questions open" */
static void reasons_text(const struct build *build, const struct totals *totals, struct buf *out)
{
    if (totals->errors > 0)
        buf_addf(out, tr_plural(build->tr, "%lu error to correct", "%lu errors to correct",
                                totals->errors), totals->errors);
    if (totals->errors > 0 && totals->open > 0)
        buf_add(out, ", ");
    if (totals->open > 0)
        buf_addf(out, tr_plural(build->tr, "%lu required question open",
                                "%lu required questions open", totals->open), totals->open);
    if (out->length == 0)
        buf_add(out, tr_text(build->tr, "a task is not finished"));
}

/* What the rules want said of every plan: whether the provider has to join, and by when. */
static void front_text(struct build *build)
{
    for (size_t i = 0; i < build->findings.count; i++) {
        const struct finding *finding = &build->findings.at[i];
        struct buf text = BUF_INIT;
        if (finding->rule == NULL || !finding->rule->front)
            continue;
        plan_finding_text(build->plan, finding, build->tr, &text);
        buf_add_char(&text, ' ');
        plan_finding_remedy(build->plan, finding, build->tr, &text);
        doc_paragraph(build->doc, text.text);
        buf_free(&text);
    }
}

void show_state(struct build *build, const struct doc_section *section)
{
    struct totals totals = totals_of(build);
    struct buf text = BUF_INIT, reasons = BUF_INIT, task = BUF_INIT;
    (void)section;
    if (totals.first == NULL && totals.errors == 0) {
        buf_add(&text, tr_text(build->tr, "Ready: all tasks are done and there are no errors."));
    } else {
        reasons_text(build, &totals, &reasons);
        buf_addf(&text, tr_text(build->tr, "Not ready: %s."), reasons.text);
        if (totals.first != NULL) {
            build_task_name(build, totals.first, &task);
            buf_add_char(&text, ' ');
            buf_addf(&text, tr_text(build->tr, "The first task to finish: %s."), task.text);
        }
    }
    doc_paragraph(build->doc, text.text);
    front_text(build);
    buf_free(&text);
    buf_free(&reasons);
    buf_free(&task);
}

void show_title(struct build *build, const struct doc_section *section)
{
    struct buf business_id = BUF_INIT, audience = BUF_INIT;
    doc_title(build->doc, build->doc->title);
    doc_field(build->doc, tr_text(build->tr, "Provider"), build->doc->provider, NULL);
    build_answer(build, "org_business_id", &business_id);
    doc_field(build->doc, tr_text(build->tr, "Business ID"), business_id.text, NULL);
    add_version(build);
    plan_text(build->plan, &build->document->audience, build->tr, &audience);
    if (audience.length > 0)
        doc_field(build->doc, tr_text(build->tr, "For whom"), audience.text, NULL);
    show_state(build, section);
    if (section->body.in[LANG_FI] != NULL) {
        struct buf body = BUF_INIT;
        build_text(build, &section->body, &body);
        doc_paragraph(build->doc, body.text);
        buf_free(&body);
    }
    buf_free(&business_id);
    buf_free(&audience);
}

/* ---- next steps and status ---- */

static bool is_in_task(const struct finding *finding, const struct task *task)
{
    return finding->task == task && finding->kind == FINDING_RULE;
}

/* The first rule of the task that fires, errors before warnings; NULL when none does. */
static const struct finding *task_rule(const struct build *build, const struct task *task)
{
    for (size_t i = 0; i < build->findings.count; i++)
        if (is_in_task(&build->findings.at[i], task))
            return &build->findings.at[i];
    return NULL;
}

/* What the step is about: the first wrong answer, else the first open question. */
static const struct place *step_place(const struct task_state *state)
{
    return state->first_problem.item != NULL ? &state->first_problem : &state->first_open;
}

static void step_text(const struct build *build, const struct task *task,
                      const struct task_state *state, struct buf *out)
{
    const struct place *place = step_place(state);
    const struct finding *rule = task_rule(build, task);
    if (place->item != NULL) {
        struct buf name = BUF_INIT;
        build_place_name(build, place, &name);
        buf_addf(out, place == &state->first_problem
                          ? tr_text(build->tr, "Correct: %s")
                          : tr_text(build->tr, "Find out and answer: %s"), name.text);
        buf_free(&name);
    } else if (rule != NULL) {
        plan_finding_text(build->plan, rule, build->tr, out);
    } else {
        buf_add(out, tr_text(build->tr, "Read through the answers and mark the task as done"));
    }
}

/* Whom to ask: what a rule about the question says, else the person who leads the work. */
static void step_person(const struct build *build, const struct task *task,
                        const struct task_state *state, struct buf *out)
{
    const struct place *place = step_place(state);
    const struct finding *fired = task_rule(build, task);
    const struct rule *rule = place->item != NULL ? build_asking_rule(build, place->item)
                              : fired != NULL     ? fired->rule
                                                  : NULL;
    if (rule != NULL)
        plan_text(build->plan, &rule->ask, build->tr, out);
    if (out->length == 0)
        build_answer(build, "lead_practice", out);
    if (out->length == 0)
        build_answer(build, "lead_admin", out);
    if (out->length == 0)
        buf_add(out, no_value);
}

static void add_step(struct build *build, const struct task *task, const struct task_state *state)
{
    struct buf step = BUF_INIT, name = BUF_INIT, person = BUF_INIT;
    step_text(build, task, state, &step);
    build_task_name(build, task, &name);
    step_person(build, task, state, &person);
    doc_cell(build->doc, step.text);
    doc_cell(build->doc, name.text);
    doc_cell(build->doc, person.text);
    buf_free(&step);
    buf_free(&name);
    buf_free(&person);
}

void show_next(struct build *build, const struct doc_section *section)
{
    const struct schema *schema = build->plan->schema;
    const char *const headings[] = {
        tr_text(build->tr, "What to do"), tr_text(build->tr, "Task"),
        tr_text(build->tr, "Who, or whom to ask"),
    };
    bool begun = false;
    (void)section;
    for (size_t i = 0; i < schema->task_count; i++) {
        struct task_state state;
        engine_task(build->plan->engine, &schema->tasks[i], &state);
        if (!state.relevant || state.status == TASK_DONE || state.status == TASK_CANNOT_START)
            continue;
        if (!begun)
            doc_table(build->doc, BLOCK_TABLE, NULL, headings, countof(headings));
        begun = true;
        add_step(build, &schema->tasks[i], &state);
    }
}

void show_status(struct build *build, const struct doc_section *section)
{
    const struct schema *schema = build->plan->schema;
    const char *const headings[] = {
        tr_text(build->tr, "Task"), tr_text(build->tr, "State"), tr_text(build->tr, "Answered"),
    };
    (void)section;
    doc_table(build->doc, BLOCK_TABLE, NULL, headings, countof(headings));
    for (size_t i = 0; i < schema->task_count; i++) {
        struct task_state state;
        struct buf name = BUF_INIT, answered = BUF_INIT;
        engine_task(build->plan->engine, &schema->tasks[i], &state);
        if (!state.relevant)
            continue;
        build_task_name(build, &schema->tasks[i], &name);
        buf_addf(&answered, "%d / %d", state.answered, state.required);
        doc_cell(build->doc, name.text);
        doc_cell(build->doc,
                 tr_text(build->tr, plan_status_words(&schema->tasks[i], state.status)));
        doc_cell(build->doc, state.required > 0 ? answered.text : no_value);
        buf_free(&name);
        buf_free(&answered);
    }
}

/* ---- text and table ---- */

/* The text itself is added for every kind of section. */
void show_text(struct build *build, const struct doc_section *section)
{
    (void)build;
    (void)section;
}

/* Somebody has answered it, or has to. */
static bool column_is_used(const struct build *build, const struct item *item)
{
    const struct answers *answers = build->plan->answers;
    for (size_t i = 0; i < answers_row_count(answers, item->repeat); i++) {
        const char *row = answers_row_at(answers, item->repeat, i)->key;
        const struct cell *cell = answers_cell(answers, item, row);
        if (engine_is_relevant(build->plan->engine, item, row)
            && (cell->required || cell->value != NULL))
            return true;
    }
    return false;
}

/* The columns that the section names, else all that hold a value; after the first, which tells the
 * rows apart, only those that are used. NULL-terminated; the caller frees it. */
static const struct item **table_columns(const struct build *build, const struct item *repeat,
                                         const struct doc_section *section, size_t *count)
{
    size_t named = 0;
    *count = 0;
    while (section->columns != NULL && section->columns[named] != NULL)
        named++;
    const struct item **columns = xcalloc(named + repeat->item_count + 1, sizeof *columns);
    for (size_t i = 0; i < named; i++) {
        const struct item *item = schema_item(build->plan->schema, section->columns[i]);
        if (item != NULL && item->repeat == repeat && (i == 0 || column_is_used(build, item)))
            columns[(*count)++] = item;
    }
    for (size_t i = 0; named == 0 && i < repeat->item_count; i++)
        if (item_type_column(repeat->items[i].type) != NULL
            && (*count == 0 || column_is_used(build, &repeat->items[i])))
            columns[(*count)++] = &repeat->items[i];
    return columns;
}

static void table_headings(struct build *build, const struct item **columns, size_t count)
{
    char **headings = xcalloc(count, sizeof *headings);
    for (size_t i = 0; i < count; i++) {
        struct buf name = BUF_INIT;
        build_item_name(build, columns[i], &name);
        headings[i] = buf_detach(&name);
    }
    doc_table(build->doc, BLOCK_TABLE, NULL, (const char *const *)headings, count);
    for (size_t i = 0; i < count; i++)
        free(headings[i]);
    free(headings);
}

/* A required answer that is missing leaves room to write it. */
static bool is_asked_for(const struct build *build, const struct item *item, const char *row)
{
    const struct cell *cell = answers_cell(build->plan->answers, item, row);
    return cell != NULL && cell->required;
}

void build_cell_answer(struct build *build, const struct item *item, const char *row)
{
    struct buf value = BUF_INIT;
    if (!engine_is_relevant(build->plan->engine, item, row))
        buf_add(&value, no_value);
    else if (build_is_unsure(build, item, row))
        buf_add(&value, tr_text(build->tr, "not known"));
    else
        plan_show(build->plan, item, row, build->tr, &value);
    if (value.length == 0 && !is_asked_for(build, item, row))
        buf_add(&value, no_value);
    if (item->type == ITEM_PHONE || item->type == ITEM_DATE)
        build_join(&value);
    doc_cell(build->doc, value.text);
    buf_free(&value);
}

static const struct item *section_repeat(const struct build *build,
                                         const struct doc_section *section)
{
    if (section->of == NULL || section->of[0] == NULL)
        return NULL;
    const struct item *item = schema_item(build->plan->schema, section->of[0]);
    return item != NULL && item->type == ITEM_REPEAT ? item : NULL;
}

void show_table(struct build *build, const struct doc_section *section)
{
    const struct item *repeat = section_repeat(build, section);
    size_t count;
    if (repeat == NULL || answers_row_count(build->plan->answers, repeat) == 0
        || !engine_is_relevant(build->plan->engine, repeat, NULL))
        return;
    const struct item **columns = table_columns(build, repeat, section, &count);
    if (count > 0)
        table_headings(build, columns, count);
    for (size_t row = 0; row < answers_row_count(build->plan->answers, repeat); row++)
        for (size_t i = 0; i < count; i++)
            build_cell_answer(build, columns[i],
                              answers_row_at(build->plan->answers, repeat, row)->key);
    free(columns);
}

/* ---- signature ---- */

/* Rows whose yes-or-no item, named as the section's only column, is yes; without one, all. */
static bool row_signs(const struct build *build, const struct doc_section *section,
                      const char *row)
{
    if (section->columns == NULL || section->columns[0] == NULL)
        return true;
    const struct item *item = schema_item(build->plan->schema, section->columns[0]);
    const char *value = item == NULL ? NULL : engine_value(build->plan->engine, item, row);
    return value != NULL && strcmp(value, "1") == 0;
}

static void rows_sign(struct build *build, const struct doc_section *section,
                      const struct item *repeat)
{
    for (size_t i = 0; i < answers_row_count(build->plan->answers, repeat); i++) {
        const char *row = answers_row_at(build->plan->answers, repeat, i)->key;
        struct buf name = BUF_INIT;
        if (!row_signs(build, section, row))
            continue;
        plan_row_name(build->plan, repeat, row, build->tr, &name);
        doc_signature(build->doc, build->doc->provider, name.text);
        buf_free(&name);
    }
}

static void item_signs(struct build *build, const struct item *item)
{
    struct buf who = BUF_INIT, name = BUF_INIT;
    if (!engine_is_relevant(build->plan->engine, item, NULL))
        return;
    build_item_name(build, item, &who);
    plan_show(build->plan, item, NULL, build->tr, &name);
    doc_signature(build->doc, who.text, name.text);
    buf_free(&who);
    buf_free(&name);
}

void show_signature(struct build *build, const struct doc_section *section)
{
    size_t begin = build->doc->count;
    for (size_t i = 0; section->of != NULL && section->of[i] != NULL; i++) {
        const struct item *item = schema_item(build->plan->schema, section->of[i]);
        if (item != NULL && item->type == ITEM_REPEAT)
            rows_sign(build, section, item);
        else if (item != NULL && item->repeat == NULL)
            item_signs(build, item);
    }
    if (build->doc->count == begin)
        doc_signature(build->doc, build->doc->provider, "");
}
