/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/starter.h"

#include <string.h>

#include "base/tr.h"
#include "core/plan.h"

static bool has_row(const struct plan *plan, const struct item *repeat,
                    const struct choice *choice)
{
    const struct item *name = repeat->starter->name;
    size_t rows = answers_row_count(plan->answers, repeat);

    for (size_t i = 0; i < rows; i++) {
        const char *key = answers_row_at(plan->answers, repeat, i)->key;
        const char *value = answers_value(plan->answers, name, key);
        for (int lang = 0; value && lang < LANG_COUNT; lang++)
            if (strcmp(value, choice->label.in[lang]) == 0)
                return true;
    }
    return false;
}

size_t starter_left(const struct plan *plan, const struct item *repeat, const struct choice **out)
{
    const struct list *list = repeat->starter ? repeat->starter->list : NULL;
    size_t count = 0;

    for (size_t i = 0; list && i < list->choice_count; i++)
        if (!has_row(plan, repeat, &list->choices[i]))
            out[count++] = &list->choices[i];
    return count;
}

static int set(struct plan_batch *batch, const struct item *item, const char *key,
               const char *value, struct err *err)
{
    return item && value && value[0] ? plan_batch_set(batch, item, key, value, NULL, err) : 0;
}

/* The columns that have the id of an item of the repeat. */
static int set_columns(struct plan_batch *batch, const struct plan *plan, const struct item *repeat,
                       const struct choice *choice, const char *key, struct err *err)
{
    const struct list *list = repeat->starter->list;
    int code = 0;

    for (size_t i = 0; i < list->column_count && !code; i++) {
        const struct item *item = schema_item(plan->schema, list->columns[i]);
        if (item && item->repeat == repeat)
            code = set(batch, item, key, choice->extra[i], err);
    }
    return code;
}

int starter_take(struct plan *plan, const struct item *repeat, const struct choice *choice,
                 const struct tr *tr, struct err *err)
{
    const struct starter *starter = repeat->starter;
    struct plan_batch *batch = plan_batch_new(plan);
    char key[24] = "";
    int code = plan_batch_add_row(batch, repeat, key, err);

    if (!code)
        code = set(batch, starter->name, key, text_get(&choice->label, tr->lang), err);
    if (!code)
        code = set(batch, starter->text, key, text_get(&choice->hint, tr->lang), err);
    if (!code)
        code = set_columns(batch, plan, repeat, choice, key, err);
    return plan_batch_end(batch, code, err);
}
