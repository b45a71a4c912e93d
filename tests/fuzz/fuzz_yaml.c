/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Fuzz target: any bytes as YAML, and any YAML as each kind of content file, joined.
 */
#include "fuzz_help.h"

#include "io/node.h"
#include "io/schema_yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tree tree;

    if (tree_parse(&tree, (const char *)data, size, "fuzz", NULL) != 0)
        return 0;
    for (int kind = CONTENT_FORM; kind <= CONTENT_UNKNOWN; kind++) {
        struct schema *schema = schema_new();
        schema_yaml_add(schema, &tree, (enum content_kind)kind, NULL, NULL);
        schema_finish(schema, NULL, NULL);
        schema_free(schema);
    }
    tree_free(&tree);
    return 0;
}
