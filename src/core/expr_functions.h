/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The functions that expressions may call: SQLite's harmless ones and our own.
 *
 * date() and julianday() replace SQLite's, which would read the clock.
 */
#ifndef CORE_EXPR_FUNCTIONS_H
#define CORE_EXPR_FUNCTIONS_H

#include <stdbool.h>

struct schema;
struct sqlite3;

bool expr_function_is_allowed(const char *name);
void expr_functions_register(struct sqlite3 *db, const struct schema *schema, int today);

#endif
