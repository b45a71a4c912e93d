/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is wrong in the content beyond what keeps it from loading.
 *
 * Loading reports unknown keys, missing translations and unknown references. Lint goes on
 * from a schema that was joined without problems: expressions, cycles, unreachable items,
 * lengths, and texts that hold what belongs into facts. doc/forms.md lists the rules.
 */
#ifndef CORE_LINT_H
#define CORE_LINT_H

#include "core/schema.h"

struct expr_db;

/* Reports each problem at its place; returns how many there are. */
int lint_check(const struct schema *schema, struct expr_db *db, schema_report report, void *data);

#endif
