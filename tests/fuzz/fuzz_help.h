/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the fuzz targets share: what must hold, whatever the bytes are. assert() is not used because
 * it may be compiled out.
 */
#ifndef FUZZ_HELP_H
#define FUZZ_HELP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

/* The target itself. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void need(bool holds)
{
    if (!holds)
        abort();
}

/* The same where the place alone does not tell what failed. */
static inline void need_that(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "does not hold: %s\n", what);
    abort();
}

/* A text of one line in which nothing is left to clean. */
static inline void need_clean(const char *text)
{
    struct buf clean = BUF_INIT;

    need(utf8_clean(&clean, text, strlen(text), UTF8_ONE_LINE) == 0);
    need(strcmp(clean.text, text) == 0);
    buf_free(&clean);
}

#endif
