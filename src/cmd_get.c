/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * get: answers by id, or all that there are.
 */
#include <stdio.h>

#include "base/buf.h"
#include "cmd.h"
#include "core/plan.h"
#include "print_json.h"

struct output {
    json_t *json;             /* NULL: text */
};

static void put(const struct output *out, const char *name, const char *value, bool alone)
{
    if (out->json)
        json_object_set_new(out->json, name, print_json_word(value));
    else if (alone)
        printf("%s\n", value ? value : "");
    else
        printf("%s=%s\n", name, value ? value : "");
}

/* The stored or computed value of an item in one row. */
static const char *value_of(const struct plan *plan, const struct item *item, const char *row)
{
    const struct cell *cell = answers_cell(plan->answers, item, row);

    return !cell ? NULL : item->calculate.sql ? cell->computed : cell->value;
}

static void put_rows(const struct output *out, const struct plan *plan,
                     const struct item *repeat)
{
    struct buf name = BUF_INIT;

    for (size_t r = 0; r < answers_row_count(plan->answers, repeat); r++) {
        const struct row *row = answers_row_at(plan->answers, repeat, r);
        for (size_t i = 0; i < repeat->item_count; i++) {
            const char *value = value_of(plan, &repeat->items[i], row->key);
            buf_clear(&name);
            buf_addf(&name, "%s[%zu].%s", repeat->id, r + 1, repeat->items[i].id);
            if (value)
                put(out, name.text, value, false);
        }
    }
    buf_free(&name);
}

static void put_all(const struct output *out, const struct plan *plan)
{
    for (size_t i = 0; i < plan->schema->item_count; i++) {
        const struct item *item = plan->schema->items[i];
        if (item->type == ITEM_REPEAT)
            put_rows(out, plan, item);
        else if (!item->repeat && value_of(plan, item, NULL))
            put(out, item->id, value_of(plan, item, NULL), false);
    }
}

static int put_one(const struct output *out, const struct plan *plan, const char *address,
                   bool alone, struct err *err)
{
    const struct item *item = NULL;
    char row[24];
    int code = plan_address(plan, address, &item, row, NULL, err);

    if (code)
        return code;
    if (item->type == ITEM_REPEAT)
        put_rows(out, plan, item);
    else
        put(out, address, value_of(plan, item, row), alone);
    return 0;
}

int cmd_get(struct app *app)
{
    struct err err = { .tr = &app->tr };
    struct plan *plan;
    struct output out = { app->options.json ? json_object() : NULL };
    int code = app_open(app, app->args[0], STORE_READ, &plan, &err);

    if (!code) {
        if (app->arg_count == 1)
            put_all(&out, plan);
        for (int i = 1; !code && i < app->arg_count; i++)
            code = put_one(&out, plan, app->args[i], app->arg_count == 2, &err);
        plan_close(plan);
    }
    if (!code && out.json)
        print_json(out.json);
    else
        json_decref(out.json);
    return code ? app_fail(&err) : 0;
}
