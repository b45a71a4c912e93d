/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What one recipient is given together (data/packages.yaml).
 */
#ifndef CORE_PACKAGE_H
#define CORE_PACKAGE_H

#include <stddef.h>

#include "core/schema.h"

struct lint;

struct package {
    const char *id;
    struct text title, intro;
    const char **files;       /* "plan.pdf": a document and its format; NULL-terminated */
    const char **tasks;       /* whose open points matter to the recipient; NULL-terminated */
    struct where where;
};

/* NULL when there is none. */
const struct package *package_find(const struct schema *schema, const char *id);

/* The document of a file, and in `*format` its format; NULL when it names none. */
const struct document *package_document(const struct schema *schema, const char *file,
                                        const char **format);

/* Texts, documents, formats and tasks of all packages. */
void package_lint(struct lint *lint);

#endif
