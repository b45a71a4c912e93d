/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The preview of an import on standard output or error, for commands.
 */
#ifndef IMPORT_PRINT_H
#define IMPORT_PRINT_H

#include <stdbool.h>
#include <stdio.h>

#include "core/row_import.h"

struct app;
struct card_results;
struct plan;

struct import_printer {
    FILE *out;
    const char *file;         /* named with what is wrong; NULL: there is none */
};

/* An import_tell; `data` is a struct import_printer. */
void import_print(void *data, enum import_words words, int line, int col, const char *text);

/* Notes card tests in the plan, unless it is a dry run, and tells what that changes. */
int import_cards(const struct app *app, struct plan *plan, const struct card_results *results,
                 struct import_printer *printer, struct err *err);

#endif
