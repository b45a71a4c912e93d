/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/table.h"

#include <stdlib.h>

#include "base/mem.h"

void table_free(struct table *table)
{
    if (table->arena)
        arena_free(table->arena);
    free(table->rows);
    *table = (struct table){ 0 };
}
