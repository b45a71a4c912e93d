/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Libraries that are loaded when they are needed and not before: what they bring costs more than
 * the whole start of the program, and most runs print nothing.
 */
#ifndef OUT_LATE_H
#define OUT_LATE_H

#include <stddef.h>

struct late_function {
    const char *name;
    size_t at;                /* of the pointer within the caller's table */
};

/* Opens the library `soname` and stores its functions in `table`. Returns the handle, or NULL when
 * the library or one of the functions is missing. late_unload(NULL) is fine. */
void *late_load(const char *soname, const struct late_function *functions, size_t count,
                void *table);
void late_unload(void *library);

#endif
