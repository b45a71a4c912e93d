/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Printing on paper, through the commands of CUPS: lp and lpstat. Where they are not installed
 * there are no printers, and a document is a file.
 */
#ifndef IO_PRINTER_H
#define IO_PRINTER_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct err;

struct printers {
    char **names;
    size_t count;
    size_t usual;             /* the default one; `count` when there is none */
};

/* The printers that can be used now; none when that cannot be found out, false when CUPS does not
 * say within 2 seconds. printers_free() ends it. */
bool printers_find(struct printers *out);
void printers_free(struct printers *printers);

struct printer_job {
    const char *printer;      /* "": the default one */
    const char *title;        /* as shown in the queue */
    int copies;               /* from 1 */
    bool duplex;              /* on both sides, turned over the long edge */
};

/* Gives a PDF to the printer. ERR_DEVICE, with the reason that lp gives, when it
 * does not take it. */
int printer_send(const struct printer_job *job, const char *bytes, size_t length, struct err *err);

/* Opens the file with the program that the desktop has for it; ERR_DEVICE when there is none. */
int printer_open_file(const char *path, struct err *err);
/* Whether there is a desktop that could, and xdg-open to ask it. */
bool printer_can_open(void);

#endif
