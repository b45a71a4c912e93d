/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a face of the wizard wants printed, and the ways that it can offer.
 */
#ifndef CORE_PRINT_JOB_H
#define CORE_PRINT_JOB_H

#include <stdbool.h>
#include <stddef.h>

enum { PRINT_COPIES_MAX = 99 };

struct document;
struct tr;

/* All borrowed. */
struct print_job {
    const struct document *document;
    const struct tr *tr;      /* language of the document; of a kept version: its own */
    int version;              /* a version that was kept; 0: the document as it is now */
    const char *format;       /* of the command line: "pdf" */
    const char *folder;       /* for the file; "": beside the plan */
    const char *printer;      /* NULL: into a file; else the printer, to which PDF goes */
    int copies;
    bool duplex;
};

/* A format to save in, in words. */
struct print_way {
    const char *format;
    const char *label;        /* msgid: "save as PDF: for paper and for sending" */
};

/* The n-th way that the document knows; NULL when there are no more. */
const struct print_way *print_way(const struct document *document, size_t n);

/* What is said, as a msgid, where no printer can be offered; `answered` is what the hook `printers`
 * returned. */
const char *print_no_printer(bool answered);

#endif
