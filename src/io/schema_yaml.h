/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From YAML trees to a schema.
 *
 * Problems are reported one by one, each with its place, and reading goes on: an author sees all
 * of them at once. Unknown keys are problems, with "did you mean".
 */
#ifndef IO_SCHEMA_YAML_H
#define IO_SCHEMA_YAML_H

#include "core/schema.h"

struct tree;

/* What kind of file a tree holds; found from its path (forms/x.yaml, data/lists/x.yaml). */
enum content_kind {
    CONTENT_FORM, CONTENT_TASKS, CONTENT_LIST, CONTENT_FACTS, CONTENT_TERMS, CONTENT_RULES,
    CONTENT_REGISTERS, CONTENT_REQUIREMENT, CONTENT_ACTIVITIES, CONTENT_CARDS, CONTENT_DOCUMENT,
    CONTENT_IMPORT, CONTENT_PACKAGES, CONTENT_RIGHTS, CONTENT_OUTLINE,
    CONTENT_UNKNOWN
};
enum content_kind content_kind_of(const char *path);

/* Adds one file to the schema. Returns the number of problems. */
int schema_yaml_add(struct schema *schema, const struct tree *tree, enum content_kind kind,
                    schema_report report, void *data);

#endif
