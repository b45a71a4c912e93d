/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The formats that a document can be written in.
 */
#include "out/writers.h"

#include <string.h>

#include "base/mem.h"

static const struct writer writers[] = {
    { "text", ".txt", out_text, NULL },
    { "json", ".json", out_json, NULL },
    { "pdf", ".pdf", NULL, out_pdf },
    { "odt", ".odt", NULL, out_odt },
    { "csv", ".csv", out_csv, NULL },
    { "ics", ".ics", out_ics, NULL },
    { "eml", ".eml", NULL, out_eml },
};

const struct writer *writer_find(const char *format)
{
    for (size_t i = 0; i < countof(writers); i++)
        if (strcmp(writers[i].format, format) == 0)
            return &writers[i];
    return NULL;
}

const struct writer *writer_for_file(const char *name)
{
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot != NULL && i < countof(writers); i++)
        if (strcmp(writers[i].suffix, dot) == 0)
            return &writers[i];
    return NULL;
}

int writer_write(const struct writer *writer, const struct doc *doc, const struct tr *tr,
                 struct buf *out, struct err *err)
{
    if (writer->try_write != NULL)
        return writer->try_write(doc, tr, out, err);
    writer->write(doc, tr, out);
    return 0;
}
