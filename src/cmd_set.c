/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * set: answers by id, all of them as one change.
 */
#include <stdlib.h>
#include <string.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/mem.h"
#include "cmd.h"
#include "core/plan.h"

/* A row made by person[+] is used again by the person[+] arguments that follow, until one names
 * an item that the row was already given: that one begins the next row. */
struct new_row {
    const struct item *repeat;
    char key[24];
    const struct item *given[256];
    size_t count;
};

static int row_for(struct plan_batch *batch, struct new_row *fresh, const struct item *item,
                   char row[24], struct err *err)
{
    bool again = fresh->repeat != item->repeat || fresh->count == countof(fresh->given);

    for (size_t i = 0; i < fresh->count; i++)
        again |= fresh->given[i] == item;
    if (again) {
        fresh->key[0] = 0;
        fresh->count = 0;
        fresh->repeat = item->repeat;
        if (plan_batch_add_row(batch, item->repeat, fresh->key, err))
            return err->code;
    }
    fresh->given[fresh->count++] = item;
    memcpy(row, fresh->key, sizeof fresh->key);
    return 0;
}

/* "person[2]" as the value of a row item means the key of that row. */
static void row_value(const struct plan *plan, const struct item *item, const char *value,
                      struct buf *out)
{
    size_t name = strcspn(value, "[");
    const struct row *row = NULL;

    if (item->type == ITEM_ROW && value[name] && item->target &&
        strlen(item->target->id) == name && memcmp(item->target->id, value, name) == 0) {
        long number = strtol(value + name + 1, NULL, 10);
        if (number > 0)
            row = answers_row_at(plan->answers, item->target, (size_t)number - 1);
    }
    buf_add(out, row ? row->key : value);
}

static int set_one(struct app *app, struct plan *plan, struct plan_batch *batch,
                   struct new_row *fresh, const char *argument, struct err *err)
{
    const char *equals = strchr(argument, '=');
    struct check check = CHECK_INIT;
    struct buf value = BUF_INIT, remark = BUF_INIT;
    const struct item *item = NULL;
    bool is_new = false;
    char row[24], *address;
    int code;

    if (!equals)
        return err_set(err, ERR_USAGE, N_("\"%s\": write ITEM=VALUE"), argument);
    address = xstrndup(argument, (size_t)(equals - argument));
    code = plan_address(plan, address, &item, row, &is_new, err);
    if (!code && (!item_type_holds_answer(item->type) || item->calculate.sql))
        code = err_set(err, ERR_USAGE, N_("\"%s\" cannot be answered"), address);
    if (!code && is_new)
        code = row_for(batch, fresh, item, row, err);
    if (!code) {
        row_value(plan, item, equals + 1, &value);
        code = plan_batch_set(batch, item, row, value.text, &check, err);
        check_message(&check, &app->tr, &remark);
        if (code == ERR_REFUSED)
            err_set(err, ERR_REFUSED, "%s: %s", address, remark.text);
        else if (!code && remark.length && !app->options.quiet)
            fprintf(stderr, "kantapolku: %s: %s\n", address, remark.text);
    }
    check_free(&check);
    buf_free(&value);
    buf_free(&remark);
    free(address);
    return code;
}

int cmd_set(struct app *app)
{
    struct err err = { .tr = &app->tr };
    struct plan *plan;
    struct plan_batch *batch;
    struct new_row fresh = { 0 };
    int code = app_open(app, app->args[0], STORE_WRITE, &plan, &err);

    if (code)
        return app_fail(&err);
    batch = plan_batch_new(plan);
    for (int i = 1; !code && i < app->arg_count; i++)
        code = set_one(app, plan, batch, &fresh, app->args[i], &err);
    code = plan_batch_end(batch, code, &err);
    plan_close(plan);
    return code ? app_fail(&err) : 0;
}
