/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Tables of contents: the keys of the files in data/regulations/.
 */
#include "base/mem.h"
#include "core/outlines.h"
#include "io/schema_yaml_load.h"

static const struct key part_rows[] = {
    { "number", load_string, offsetof(struct outline_part, number), true },
    { "title", load_text, offsetof(struct outline_part, title), true },
    { "of", load_strings, offsetof(struct outline_part, of), false },
    { "text", load_text, offsetof(struct outline_part, body), false },
    { "relevant", load_rule, offsetof(struct outline_part, relevant), false },
    { "otherwise", load_text, offsetof(struct outline_part, otherwise), false },
    { "unsure", load_flag, offsetof(struct outline_part, unsure), false },
};

static const struct keys part_keys = {
    "chapter", part_rows, countof(part_rows), sizeof(struct outline_part),
    offsetof(struct outline_part, where), NULL
};

static void read_parts(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct outline *outline = field;

    (void)key;
    load_maps(l, &part_keys, value, &outline->parts, &outline->part_count);
}

static const struct key outline_rows[] = {
    { "id", load_id, offsetof(struct outline, id), true },
    { "name", load_text, offsetof(struct outline, name), true },
    { "title", load_text, offsetof(struct outline, title), true },
    { "source", load_source, offsetof(struct outline, source), true },
    { "valid_from", load_string, offsetof(struct outline, valid_from), true },
    { "valid_to", load_string, offsetof(struct outline, valid_to), false },
    { "seen_on", load_string, offsetof(struct outline, seen_on), true },
    { "chapters", read_parts, 0, true },
};

static const struct keys outline_keys = {
    "regulation", outline_rows, countof(outline_rows), sizeof(struct outline),
    offsetof(struct outline, where), NULL
};

void load_outline_file(struct loader *l, struct at root)
{
    load_one(l, &outline_keys, root, &l->schema->outlines, &l->schema->outline_count);
}
