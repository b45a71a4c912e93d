/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Formats for people. The others are for programs: they are on the command line only.
 */
#include "core/print_job.h"

#include <string.h>

#include "base/mem.h"
#include "base/tr.h"
#include "core/schema.h"

static const struct print_way ways[] = {
    { "pdf", N_("Save as PDF: for paper and for sending") },
    { "odt", N_("Save as ODT: to go on writing in an office program") },
    { "text", N_("Save as plain text") },
    { "csv", N_("Save as a table for a spreadsheet program (CSV)") },
    { "ics", N_("Save the dates for a calendar (ICS)") },
    { "eml", N_("Save a draft of an e-mail with the PDF attached") },
};

static bool knows(const struct document *document, const char *format)
{
    for (size_t i = 0; document->formats && document->formats[i]; i++)
        if (strcmp(document->formats[i], format) == 0)
            return true;
    return false;
}

const struct print_way *print_way(const struct document *document, size_t n)
{
    for (size_t i = 0; i < countof(ways); i++)
        if (knows(document, ways[i].format) && n-- == 0)
            return &ways[i];
    return NULL;
}

const char *print_no_printer(bool answered)
{
    return answered ? N_("No printer was found on this computer. Save the document as PDF, and "
                         "print it where there is a printer.")
                    : N_("The printing service of this computer does not answer. Save the document "
                         "as PDF, or try again later.");
}
