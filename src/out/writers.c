/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The formats that a document can be written in.
 */
#include "out/writers.h"

#include <string.h>

#include "base/mem.h"

static const struct writer writers[] = {
    { "text", ".txt", out_text },
    { "json", ".json", out_json },
    { "csv", ".csv", out_csv },
    { "ics", ".ics", out_ics },
};

const struct writer *writer_find(const char *format)
{
    for (size_t i = 0; i < countof(writers); i++)
        if (strcmp(writers[i].format, format) == 0)
            return &writers[i];
    return NULL;
}
