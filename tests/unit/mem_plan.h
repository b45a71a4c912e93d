/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An empty plan in a store in memory, for unit tests. Who opens it calls plan_close() and
 * mem_store_free().
 */
#ifndef TESTS_MEM_PLAN_H
#define TESTS_MEM_PLAN_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>

#include <cmocka.h>

#include "core/plan.h"
#include "mem_store.h"

static inline struct plan *mem_plan(const struct schema *schema, struct mem_store *store, int today)
{
    struct plan *plan = NULL;
    struct err err = { 0 };

    if (plan_open(&plan, schema, &mem_store_ops, store, today, &err))
        fail_msg("%s", err.msg);
    return plan;
}

#endif
