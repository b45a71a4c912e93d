/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Problems of content files: worded, counted and passed on in one place, for all who read, join
 * and check content.
 */
#ifndef CORE_PROBLEMS_H
#define CORE_PROBLEMS_H

#include <stdarg.h>

#include "core/schema.h"

struct problems {
    schema_report report;     /* NULL: only counted */
    void *data;
    int count;
};

/* Words a problem at its place, in English, and passes it on. */
void problems_add(struct problems *problems, const struct where *where, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void problems_add_args(struct problems *problems, const struct where *where, const char *format,
                       va_list args) __attribute__((format(printf, 3, 0)));

#endif
