/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reading a whole register file for tests, which have nothing else to do meanwhile.
 */
#ifndef REGISTER_READ_H
#define REGISTER_READ_H

#include <stdio.h>

#include "io/register_file.h"

/* Reads what `fd` is open on, from its beginning; the result of the last step. */
static inline int register_read_all(int fd, const struct register_headings *headings,
                                    const struct register_take *take,
                                    struct register_summary *summary, struct err *err)
{
    struct register_reading *reading;
    char name[32];
    int code;

    snprintf(name, sizeof name, "/dev/fd/%d", fd);
    code = register_reading_open(&reading, name, headings, take, summary, err);
    if (code)
        return code;
    do
        code = register_reading_step(reading, err);
    while (code > 0);
    register_reading_close(reading);
    return code;
}

#endif
