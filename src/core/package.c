/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Packages: look-ups, and what lint has to say of them.
 */
#include "core/package.h"

#include <string.h>

#include "core/lint_parts.h"

const struct package *package_find(const struct schema *schema, const char *id)
{
    for (size_t i = 0; i < schema->package_count; i++)
        if (strcmp(schema->packages[i].id, id) == 0)
            return &schema->packages[i];
    return NULL;
}

const struct document *package_document(const struct schema *schema, const char *file,
                                        const char **format)
{
    const char *dot = strrchr(file, '.');

    *format = dot ? dot + 1 : "";
    for (size_t i = 0; dot && i < schema->document_count; i++)
        if (strlen(schema->documents[i].id) == (size_t)(dot - file) &&
            strncmp(schema->documents[i].id, file, (size_t)(dot - file)) == 0)
            return &schema->documents[i];
    return NULL;
}

static void lint_file(struct lint *lint, const struct package *package, const char *file)
{
    const char *format;
    const struct document *document = package_document(lint->schema, file, &format);
    bool known = false;

    for (size_t i = 0; document && document->formats && document->formats[i]; i++)
        known |= strcmp(document->formats[i], format) == 0;
    if (!document)
        problems_add(&lint->out, &package->where, "\"%s\" names no document", file);
    else if (!known)
        problems_add(&lint->out, &package->where, "\"%s\" is not a format of %s", format,
                     document->id);
}

void package_lint(struct lint *lint)
{
    for (size_t i = 0; i < lint->schema->package_count; i++) {
        const struct package *package = &lint->schema->packages[i];
        lint_text(lint, &package->where, "title", &package->title, LINT_DATA_TEXT);
        lint_text(lint, &package->where, "text", &package->intro, LINT_DATA_TEXT);
        if (package_find(lint->schema, package->id) != package)
            problems_add(&lint->out, &package->where, "the id \"%s\" is used twice", package->id);
        for (size_t k = 0; package->files[k]; k++)
            lint_file(lint, package, package->files[k]);
        for (size_t k = 0; package->tasks[k]; k++)
            if (!schema_task(lint->schema, package->tasks[k]))
                problems_add(&lint->out, &package->where, "there is no task \"%s\"",
                             package->tasks[k]);
    }
}
