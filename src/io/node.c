/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Walking a flat tree. Nothing here looks at bytes of YAML: a tree from a file and one from
 * the image are walked alike, and both promise that every offset in it is good.
 */
#include "io/node.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const struct at nothing;

void tree_free(struct tree *tree)
{
    for (size_t i = 0; i < countof(tree->owned); i++)
        free(tree->owned[i]);
    memset(tree, 0, sizeof *tree);
}

struct at tree_root(const struct tree *tree)
{
    return tree->count > 0 ? (struct at){ .tree = tree } : nothing;
}

const struct node *at_node(struct at at)
{
    return at.tree ? &at.tree->nodes[at.index] : NULL;
}

bool at_is(struct at at, enum node_kind kind)
{
    return at.tree && at_node(at)->kind == kind;
}

static bool is_null(const char *text)
{
    static const char *const words[] = { "~", "null", "Null", "NULL" };

    if (text[0] == '\0')
        return true;
    for (size_t i = 0; strchr("~nN", text[0]) && i < countof(words); i++)
        if (strcmp(text, words[i]) == 0)
            return true;
    return false;
}

const char *at_text(struct at at)
{
    if (!at_is(at, NODE_SCALAR))
        return NULL;
    const struct node *node = at_node(at);
    const char *text = at.tree->strings + node->text;
    return node->plain && node->length <= 4 && is_null(text) ? NULL : text;
}

struct at at_first(struct at parent)
{
    const struct node *node = at_node(parent);

    if (!node || node->kind == NODE_SCALAR || node->length == 0)
        return nothing;
    return (struct at){ .tree = parent.tree, .index = parent.index + 1 };
}

struct at at_next(struct at parent, struct at child)
{
    if (!parent.tree || !child.tree)
        return nothing;
    uint32_t next = at_node(child)->end;
    if (next >= at_node(parent)->end)
        return nothing;
    return (struct at){ .tree = parent.tree, .index = next };
}

struct at at_key(struct at map, const char *key)
{
    if (!at_is(map, NODE_MAP))
        return nothing;
    for (struct at at = at_first(map); at.tree;) {
        struct at value = at_next(map, at);
        if (strcmp(at.tree->strings + at_node(at)->text, key) == 0)
            return value;
        at = at_next(map, value);
    }
    return nothing;
}
