/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The order of questions, what is relevant, what is wrong, and how far each task is.
 *
 * The engine owns the order: faces ask it for the steps of a form and for the step after and
 * before a place, and never decide themselves. It knows no screen and writes nothing; it
 * derives the second half of each cell (answers.h) whenever answers change.
 */
#ifndef CORE_ENGINE_H
#define CORE_ENGINE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/answers.h"
#include "core/schema.h"

struct buf;
struct err;
struct expr_db;
struct rights;
struct rights_finding;
struct rights_findings;

struct engine;

/* Derives everything once. The answers are the caller's and stay alive as long as the engine. */
int engine_new(struct engine **out, const struct schema *schema, struct answers *answers,
               int today, struct err *err);
void engine_free(struct engine *engine);

/* After one value, or a row (item is the repeat), has changed in the answers. */
void engine_changed(struct engine *engine, const struct item *item, const char *row);
/* After many changes: derives everything again. */
void engine_changed_all(struct engine *engine);

/* A question: an item, in a row when it is in a repeat. The row key is the answers' own. */
struct place {
    const struct item *item;
    const char *row;
};

struct places {
    struct place *at;
    size_t count, room;
};
void places_free(struct places *places);

/* The steps of a form in order: relevant items that are asked, notes, and each repeat as one
 * step. With `repeat` and `row` the steps inside that row. `full` adds items of low priority.
 * Replaces what `out` held. */
void engine_steps(const struct engine *engine, const struct form *form,
                  const struct item *repeat, const char *row, bool full, struct places *out);

/* The value that rules see: the answer, or the computed value; NULL when empty, not relevant,
 * not known or no value of the type. */
const char *engine_value(const struct engine *engine, const struct item *item, const char *row);
bool engine_is_relevant(const struct engine *engine, const struct item *item, const char *row);
bool engine_is_offered(const struct engine *engine, const struct item *item, const char *row,
                       const char *choice);
/* The item's `default` as a value; false when there is none or it is empty. */
bool engine_initial(const struct engine *engine, const struct item *item, const char *row,
                    struct buf *out);

enum task_status {
    TASK_NOT_STARTED, TASK_IN_PROGRESS, TASK_DONE, TASK_CANNOT_START, TASK_PROBLEM
};
/* "not-started", "in-progress", "done", "cannot-start", "problem" */
const char *task_status_name(enum task_status status);

struct task_state {
    enum task_status status;
    bool relevant;
    int answered, required;   /* required questions answered, and all required ones */
    int problems, unsure;
    struct place first_open;  /* first required question without an answer; item NULL if none */
    struct place first_problem;
};

/* The state of a task; blockers are its dependencies that are not done. A gate is done when it is
 * open and cannot start while it is closed. */
void engine_task(const struct engine *engine, const struct task *task, struct task_state *out);
bool engine_task_blocks(const struct engine *engine, const struct task *dependency);

enum finding_kind {
    FINDING_VALUE,            /* no value of the type, constraint, choice not offered, row gone */
    FINDING_ROWS,             /* too few or too many rows */
    FINDING_RULE,             /* data/rules.yaml */
    FINDING_MISSING,          /* required and not answered */
    FINDING_UNSURE,           /* answered "I do not know" */
    FINDING_TASK,             /* of a gate: `task` is not done */
    FINDING_RIGHTS            /* data/rights/: of the rights matrix */
};

struct finding {
    enum finding_kind kind;
    enum severity severity;
    const struct task *task;
    struct place place;       /* item may be NULL */
    const struct rule *rule;  /* FINDING_RULE */
    const struct rights_finding *rights;  /* FINDING_RIGHTS; good until the next change */
};

struct findings {
    struct finding *at;
    size_t count, room;
};
void findings_free(struct findings *findings);

/* All findings, errors first, then in the order of tasks and items. Replaces what `out` held. */
void engine_findings(const struct engine *engine, struct findings *out);

/* What keeps a gate closed: the tasks it waits for, with the first place to go on in each, then the
 * conditions that are not met. Replaces what `out` held. */
void engine_gate(const struct engine *engine, const struct task *gate, struct findings *out);

/* Errors of one form, in its order: for the summary "there is a problem". */
void engine_form_problems(const struct engine *engine, const struct form *form,
                          struct findings *out);

/* Answers that are kept but not in use because they are not relevant, per form. */
int engine_unused_answers(const struct engine *engine, const struct form *form);

/* The answers as expressions see them; the engine keeps it. */
struct expr_db *engine_projection(const struct engine *engine);

/* The rights matrix as it is now, and what its checks find; both good until the next change. NULL
 * when the content has no model of rights. */
const struct rights *engine_rights(const struct engine *engine);
const struct rights_findings *engine_rights_findings(const struct engine *engine);

#endif
