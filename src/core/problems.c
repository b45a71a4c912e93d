/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Wording and counting problems. A message is one line for form authors; too long a one is cut.
 */
#include "core/problems.h"

#include <stdio.h>

void problems_add_args(struct problems *problems, const struct where *where, const char *format,
                       va_list args)
{
    char message[256];

    vsnprintf(message, sizeof message, format, args);
    problems->count++;
    if (problems->report)
        problems->report(problems->data, where, message);
}

void problems_add(struct problems *problems, const struct where *where, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    problems_add_args(problems, where, format, args);
    va_end(args);
}
