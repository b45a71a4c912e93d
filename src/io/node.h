/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * YAML documents as flat trees.
 *
 * A tree is an array of nodes in preorder: the children of node i begin at i + 1, its next
 * sibling is nodes[i].end, and a map's children alternate key and value. Strings are
 * offsets into one block.
 */
#ifndef IO_NODE_H
#define IO_NODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;

enum node_kind { NODE_SCALAR, NODE_SEQUENCE, NODE_MAP };

struct node {
    uint32_t end;             /* index of the first node after this subtree */
    uint32_t text;            /* offset of a scalar's text, NUL-terminated */
    uint32_t length;          /* bytes of the text, or number of children (map: of pairs) */
    uint32_t line;            /* from 1 */
    uint16_t col;             /* from 1, in characters; 65535 when beyond */
    uint8_t kind;             /* enum node_kind */
    uint8_t plain;            /* a scalar without quotes: may mean null, true, a number */
};

struct tree {
    const char *file;         /* as the user named it */
    const struct node *nodes;
    uint32_t count;           /* 0: an empty document */
    const char *strings;
    void *owned[2];           /* private */
};

/* A place in a tree. A place of nothing has tree NULL. */
struct at {
    const struct tree *tree;
    uint32_t index;
};

/* Limits against hostile input; beyond them, and at aliases, tags, duplicate keys, several
 * documents or invalid UTF-8, reading fails with the place. Texts are cleaned (utf8_clean). */
enum {
    NODE_FILE_MAX = 4 << 20, NODE_COUNT_MAX = 400000, NODE_DEPTH_MAX = 24,
    NODE_SCALAR_MAX = 64 << 10
};

/* Reads YAML from a file, or from memory under the name `file`. `file` is borrowed. */
int tree_read(struct tree *out, const char *path, const char *file, struct err *err);
int tree_parse(struct tree *out, const char *text, size_t length, const char *file,
               struct err *err);
void tree_free(struct tree *tree);

/* The root; nothing when the text was empty. at_is() and at_node() may be asked of nothing too. */
struct at tree_root(const struct tree *tree);
bool at_is(struct at at, enum node_kind kind);
const struct node *at_node(struct at at);
/* The scalar's text; NULL when it is none, or is a plain null or ~. */
const char *at_text(struct at at);
/* Children: the first one of a sequence or map, the next sibling within `parent`. */
struct at at_first(struct at parent);
struct at at_next(struct at parent, struct at child);
/* The value of a key in a map; nothing when there is none. */
struct at at_key(struct at map, const char *key);

#endif
