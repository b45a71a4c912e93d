/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The inside of the engine, shared by engine.c (deriving), engine_groups.c (what is derived
 * together), engine_findings.c, engine_places.c and engine_rights.c (asking). Nothing else includes
 * this.
 */
#ifndef CORE_ENGINE_STATE_H
#define CORE_ENGINE_STATE_H

#include "core/engine.h"

#include "base/date.h"
#include "core/expr.h"
#include "core/rights_check.h"

/* An expression of a group is known by its slot, its position in the group's values. One that is
 * absent or constant has no slot but one of these. */
enum { SLOT_TRUE = -1, SLOT_FALSE = -2 };

struct item_slots {
    int relevant, required, constraint, calculate, filter;
};

enum dirty { DIRTY_NOTHING, DIRTY_ROW, DIRTY_ALL };

struct group {
    const struct form *form;          /* NULL in those of rules and of tasks */
    const struct item *repeat;        /* the rows of this repeat, or NULL */
    struct expr_spec *specs;
    const struct rule **rules;        /* by slot; NULL for what is no rule */
    size_t slot_count, spec_room, rule_room;
    struct expr_set *set;             /* NULL when there is nothing to evaluate */

    const struct item **items;
    struct item_slots *item_slots;
    size_t item_count, item_room, item_slots_room;
    int *page_slots;
    bool *page_relevant;

    bool *reads;                      /* by item */
    bool sums_itself;                 /* a row's expressions read other rows of the repeat */
    bool absent;                      /* the repeat is not relevant: no rows in the projection */
    enum dirty dirty;
    size_t dirty_position;
    size_t *stale, stale_count, stale_room;   /* rows to be written again */
};

/* A rule that holds; in `row` when it looks at each row of a repeat. */
struct fired {
    const struct rule *rule;
    const struct group *group;
    char *row;
    size_t position;
};

/* What is known of a task until the next change; made when it is first asked for. */
struct known_task {
    struct task_state state;
    bool any_answer, asks;            /* something is answered; something can be */
    bool decided;                     /* the state's status is known too */
};

struct known {
    struct known_task *tasks;         /* by task index */
    bool fresh;
};

/* The picture of the rights and what is wrong with them, made anew when they are first asked for
 * after a change. */
struct known_rights {
    struct rights *rights;
    struct rights_findings findings;
    bool fresh, checked;
    bool *reads, *cells;      /* by item: the picture holds its answers; it is about a role's cells */
};

struct engine {
    const struct schema *schema;
    struct answers *answers;
    struct expr_db *db;
    int today;
    struct group *groups;             /* forms in their order, repeats, rules by task, tasks */
    size_t group_count;
    struct group **group_of;          /* repeats, by item index */
    struct group *tasks;              /* which of them concern the provider */
    int *task_slots;
    bool *task_relevant;
    bool *form_hidden;                /* by form: its task is not relevant */
    struct known *known;
    struct known_rights *known_rights;    /* NULL: the content has no model of rights */
    struct fired *fired;
    size_t fired_count, fired_room;
};

/* Makes and compiles all groups. engine_groups_free() in any case. */
int engine_groups_new(struct engine *engine, struct err *err);
void engine_groups_free(struct engine *engine);
struct group *engine_group_of_item(struct engine *engine, const struct item *item);

/* NULL when the content has no model of rights. */
struct known_rights *engine_rights_new(const struct schema *schema);
void engine_rights_free(struct known_rights *known);
/* What the picture of rights is made of may have changed: the item in the row at `position`, or
 * (item NULL) all. Cells, which are what the grid changes key by key, are read again one role at a
 * time. */
void engine_forget_rights(struct engine *engine, const struct item *item, int position);

/* The value as an answer, or NULL; the caller frees. */
char *engine_value_text(const struct expr_value *value);
/* Both the same text, or both NULL. */
bool engine_same_text(const char *a, const char *b);
/* The word is among those with blanks between. */
bool engine_holds_word(const char *words, const char *word, size_t length);

#endif
