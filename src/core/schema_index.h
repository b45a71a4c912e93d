/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Private to schema.c and schema_finish.c: a table of ids for each kind of thing.
 */
#ifndef CORE_SCHEMA_INDEX_H
#define CORE_SCHEMA_INDEX_H

#include "core/id_table.h"
#include "core/schema.h"

struct schema_index {
    struct id_table items, forms, tasks, phases, lists, rules, facts, terms, documents, imports,
        outlines;
};

#endif
