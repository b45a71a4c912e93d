/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Opening a plan, and the changes that are one entry.
 */
#include "core/plan_batch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/tr.h"
#include "core/identifiers.h"

/* ---- opening ---- */

static void replay(void *data, const struct entry *entry)
{
    struct plan *plan = data;

    answers_apply(plan->answers, entry);
    plan->last_entry = entry->id;
    plan->change_count += entry->change != plan->last_change;
    if (entry->change > plan->last_change)
        plan->last_change = entry->change;
}

int plan_open(struct plan **out, const struct schema *schema, const struct store_ops *ops,
              void *store, int today, struct err *err)
{
    struct plan *plan = xcalloc(1, sizeof *plan);
    int code;

    *plan = (struct plan){ .schema = schema, .ops = ops, .store = store, .today = today,
                           .answers = answers_new(schema) };
    code = ops->read(store, 0, replay, plan, err);
    if (!code)
        code = engine_new(&plan->engine, schema, plan->answers, today, err);
    if (code) {
        plan_close(plan);
        return code;
    }
    *out = plan;
    return 0;
}

void plan_close(struct plan *plan)
{
    if (!plan)
        return;
    engine_free(plan->engine);
    answers_free(plan->answers);
    plan->ops->close(plan->store);
    free(plan);
}

const char *plan_read_only(const struct plan *plan)
{
    return plan->ops->read_only(plan->store);
}

/* ---- single changes ---- */

bool plan_refuses(const char *text)
{
    return id_has_person_code(text, NULL, NULL);
}

bool plan_refuses_draft(const char *text)
{
    struct buf longer = BUF_INIT;
    bool refused;

    buf_addf(&longer, "%s0", text);
    refused = plan_refuses(text) || plan_refuses(longer.text);
    buf_free(&longer);
    return refused;
}

int plan_set(struct plan *plan, const struct item *item, const char *row, const char *text,
             struct check *check, struct err *err)
{
    struct plan_batch *batch = plan_batch_new(plan);

    return plan_batch_end(batch, plan_batch_set(batch, item, row, text, check, err), err);
}

int plan_row_add(struct plan *plan, const struct item *repeat, char key[24], struct err *err)
{
    struct plan_batch *batch = plan_batch_new(plan);

    key[0] = 0;
    return plan_batch_end(batch, plan_batch_add_row(batch, repeat, key, err), err);
}

int plan_row_remove(struct plan *plan, const struct item *repeat, const char *row,
                    struct err *err)
{
    struct plan_batch *batch;

    if (answers_row_position(plan->answers, repeat, row) < 0)
        return err_set(err, ERR_USAGE, N_("%s: there is no such row"), repeat->id);
    batch = plan_batch_new(plan);
    plan_batch_row_entry(batch, repeat, row, ENTRY_ROW_REMOVE, NULL);
    return plan_batch_commit(batch, err);
}

int plan_row_move(struct plan *plan, const struct item *repeat, const char *row, int position,
                  struct err *err)
{
    struct plan_batch *batch;
    char number[16];
    int rows = (int)answers_row_count(plan->answers, repeat);
    int from = answers_row_position(plan->answers, repeat, row);

    if (from < 0)
        return err_set(err, ERR_USAGE, N_("%s: there is no such row"), repeat->id);
    position = position < 0 ? 0 : position >= rows ? rows - 1 : position;
    if (position == from)
        return 0;
    batch = plan_batch_new(plan);
    snprintf(number, sizeof number, "%d", position + 1);
    plan_batch_row_entry(batch, repeat, row, ENTRY_ROW_MOVE, number);
    return plan_batch_commit(batch, err);
}

int plan_row_references(const struct plan *plan, const struct item *repeat, const char *row)
{
    int count = 0;

    for (size_t i = 0; i < plan->schema->item_count; i++) {
        const struct item *item = plan->schema->items[i];
        size_t rows = item->repeat ? answers_row_count(plan->answers, item->repeat) : 1;
        if (item->type != ITEM_ROW || item->target != repeat)
            continue;
        for (size_t r = 0; r < rows; r++) {
            const char *key =
                item->repeat ? answers_row_at(plan->answers, item->repeat, r)->key : NULL;
            const char *value = answers_value(plan->answers, item, key);
            count += value && strcmp(value, row) == 0;
        }
    }
    return count;
}

int plan_set_task_done(struct plan *plan, const struct task *task, bool done, struct err *err)
{
    struct plan_batch *batch = plan_batch_new(plan);

    plan_batch_set_done(batch, task, done);
    return plan_batch_commit(batch, err);
}
