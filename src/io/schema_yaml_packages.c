/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The keys of data/packages.yaml.
 */
#include "base/mem.h"
#include "core/package.h"
#include "io/schema_yaml_load.h"

static const struct key package_rows[] = {
    { "id", load_id, offsetof(struct package, id), true },
    { "title", load_text, offsetof(struct package, title), true },
    { "text", load_text, offsetof(struct package, intro), true },
    { "files", load_strings, offsetof(struct package, files), true },
    { "tasks", load_strings, offsetof(struct package, tasks), true },
};

static const struct keys package_keys = {
    "package", package_rows, countof(package_rows), sizeof(struct package),
    offsetof(struct package, where), NULL
};

void load_packages_file(struct loader *l, struct at root)
{
    load_maps(l, &package_keys, root, &l->schema->packages, &l->schema->package_count);
}
