/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The compiled content: trees as they lie in memory, in one file that is mapped.
 *
 * Layout: struct head, one struct entry per tree, then for each tree its name, its nodes
 * (aligned) and its strings. All offsets count bytes from the beginning of the file. The image is
 * made and read on the same kind of machine; another byte order or node size makes it
 * stale, not damaged. Nothing is trusted before check_tree() has seen it: whoever walks
 * a tree relies on every offset being good.
 */
#include "io/node.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "io/file.h"

static const char magic[8] = { 'K', 'P', 'T', 'R', 'E', 'E', 'S', '\n' };

enum { IMAGE_VERSION = 2, IMAGE_ORDER = 0x01020304, IMAGE_ALIGN = 8 };

struct head {
    char magic[8];
    uint32_t version, order, node_size, count;
    uint64_t length;          /* of the whole file */
};

struct entry {
    uint64_t size;            /* of the file that the tree was read from */
    uint32_t name, nodes, node_count, strings, string_length, spare;
};

struct tree_image {
    const unsigned char *bytes;
    size_t length;
};

static void join_path(struct buf *out, const char *root, const char *name)
{
    buf_clear(out);
    buf_addf(out, "%s/%s", root, name);
}

/* Writing */

static void pad(struct buf *out)
{
    while (out->length % IMAGE_ALIGN)
        buf_add_char(out, '\0');
}

static uint32_t string_bytes(const struct tree *tree)
{
    uint32_t bytes = 0;

    for (uint32_t i = 0; i < tree->count; i++) {
        const struct node *node = &tree->nodes[i];
        if (node->kind == NODE_SCALAR && node->text + node->length + 1 > bytes)
            bytes = node->text + node->length + 1;
    }
    return bytes;
}

static void add_tree(struct buf *out, const char *name, const struct tree *tree,
                     struct entry *entry)
{
    entry->name = (uint32_t)out->length;
    buf_add_n(out, name, strlen(name) + 1);
    pad(out);
    entry->nodes = (uint32_t)out->length;
    entry->node_count = tree->count;
    buf_add_n(out, (const char *)tree->nodes, tree->count * sizeof tree->nodes[0]);
    entry->strings = (uint32_t)out->length;
    entry->string_length = string_bytes(tree);
    buf_add_n(out, tree->strings, entry->string_length);
    pad(out);
}

static int file_size(const char *root, const char *name, uint64_t *size, struct err *err)
{
    struct buf path = BUF_INIT;
    struct stat st;

    join_path(&path, root, name);
    int status = stat(path.text, &st) == 0
        ? 0 : err_set(err, ERR_INPUT, "%s/%s cannot be read", root, name);
    *size = status ? 0 : (uint64_t)st.st_size;
    buf_free(&path);
    return status;
}

int tree_image_write(const char *path, const char *root, const char *const *names,
                     const struct tree *trees, size_t count, struct err *err)
{
    struct head head = {
        .version = IMAGE_VERSION, .order = IMAGE_ORDER,
        .node_size = sizeof(struct node), .count = (uint32_t)count
    };
    struct entry *entries = xcalloc(count + 1, sizeof entries[0]);
    size_t table = count * sizeof entries[0];
    struct buf out = BUF_INIT;
    int status = 0;

    memcpy(head.magic, magic, sizeof magic);
    buf_add_n(&out, (const char *)&head, sizeof head);
    buf_add_n(&out, (const char *)entries, table);
    for (size_t i = 0; i < count && !status; i++) {
        add_tree(&out, names[i], &trees[i], &entries[i]);
        status = file_size(root, names[i], &entries[i].size, err);
    }
    memcpy(out.text + sizeof head, entries, table);
    head.length = out.length;
    memcpy(out.text, &head, sizeof head);
    if (!status)
        status = file_write(path, out.text, out.length, err);
    free(entries);
    buf_free(&out);
    return status;
}

/* Checking */

/* An open map or sequence while checking. */
struct level {
    uint32_t end, left;       /* children still to come */
    bool map;
};

static bool scalar_is_good(const struct tree *tree, const struct node *node, uint32_t bytes)
{
    return node->text < bytes && node->length < bytes - node->text
        && tree->strings[node->text + node->length] == '\0';
}

/* Takes node i as the next child of the innermost level that is still open. */
static bool enter(struct level *levels, int *depth, const struct node *node, uint32_t i)
{
    while (*depth > 0 && levels[*depth - 1].end == i)
        if (levels[--*depth].left != 0)
            return false;
    if (*depth == 0)
        return i == 0;
    struct level *parent = &levels[*depth - 1];
    if (parent->left == 0 || node->end > parent->end)
        return false;
    if (parent->map && parent->left % 2 == 0 && node->kind != NODE_SCALAR)
        return false;
    parent->left--;
    return true;
}

static bool open_level(struct level *levels, int *depth, const struct node *node, uint32_t count)
{
    if (*depth == NODE_DEPTH_MAX || node->end > count || node->length > count)
        return false;
    bool map = node->kind == NODE_MAP;
    levels[(*depth)++] = (struct level){ node->end, map ? 2 * node->length : node->length, map };
    return true;
}

static bool check_tree(const struct tree *tree, uint32_t bytes)
{
    struct level levels[NODE_DEPTH_MAX];
    int depth = 0;

    for (uint32_t i = 0; i < tree->count; i++) {
        const struct node *node = &tree->nodes[i];
        if (node->end <= i || node->kind > NODE_MAP || !enter(levels, &depth, node, i))
            return false;
        if (node->kind == NODE_SCALAR
            ? node->end != i + 1 || !scalar_is_good(tree, node, bytes)
            : !open_level(levels, &depth, node, tree->count))
            return false;
    }
    while (depth > 0)
        if (levels[--depth].left != 0 || levels[depth].end != tree->count)
            return false;
    return tree->count <= NODE_COUNT_MAX;
}

static bool is_inside(const struct tree_image *image, uint32_t offset, uint64_t bytes)
{
    return offset <= image->length && bytes <= image->length - offset;
}

static bool entry_is_good(const struct tree_image *image, const struct entry *entry)
{
    return is_inside(image, entry->name, 1)
        && memchr(image->bytes + entry->name, '\0', image->length - entry->name)
        && entry->nodes % IMAGE_ALIGN == 0
        && is_inside(image, entry->nodes, (uint64_t)entry->node_count * sizeof(struct node))
        && is_inside(image, entry->strings, entry->string_length);
}

/* Opening */

static int damaged(const char *path, struct err *err)
{
    return err_set(err, ERR_INPUT, "%s is damaged", path);
}

static bool is_newer(const struct timespec *a, const struct timespec *b)
{
    return a->tv_sec != b->tv_sec ? a->tv_sec > b->tv_sec : a->tv_nsec > b->tv_nsec;
}

static bool is_fresh(const struct tree_image *image, const struct entry *entry,
                     const char *root, const char *name, const struct timespec *made)
{
    struct buf path = BUF_INIT;
    struct stat st;

    join_path(&path, root, name);
    bool fresh = strcmp((const char *)image->bytes + entry->name, name) == 0
        && stat(path.text, &st) == 0
        && (uint64_t)st.st_size == entry->size
        && !is_newer(&st.st_mtim, made);
    buf_free(&path);
    return fresh;
}

/* 0, 1 for an image of another build, negative when damaged. */
static int check_head(const struct tree_image *image, const char *path, struct err *err)
{
    const struct head *head = (const struct head *)(const void *)image->bytes;

    if (image->length < sizeof *head || memcmp(head->magic, magic, sizeof magic) != 0)
        return damaged(path, err);
    if (head->version != IMAGE_VERSION || head->order != IMAGE_ORDER
        || head->node_size != sizeof(struct node))
        return 1;
    if (head->length != image->length
        || !is_inside(image, sizeof *head, (uint64_t)head->count * sizeof(struct entry)))
        return damaged(path, err);
    return 0;
}

static int take_trees(const struct tree_image *image, const char *path, const char *root,
                      const char *const *names, struct tree *trees, size_t count,
                      const struct timespec *made, struct err *err)
{
    const struct head *head = (const struct head *)(const void *)image->bytes;
    const struct entry *entries = (const struct entry *)(const void *)(head + 1);

    if (head->count != count)
        return 1;
    for (size_t i = 0; i < count; i++) {
        const struct entry *entry = &entries[i];
        if (!entry_is_good(image, entry))
            return damaged(path, err);
        if (!is_fresh(image, entry, root, names[i], made))
            return 1;
        const unsigned char *nodes = image->bytes + entry->nodes;
        trees[i] = (struct tree){
            .file = names[i],
            .nodes = (const struct node *)(const void *)nodes,
            .count = entry->node_count,
            .strings = (const char *)image->bytes + entry->strings
        };
        if (!check_tree(&trees[i], entry->string_length))
            return damaged(path, err);
    }
    return 0;
}

/* 0, or 1 when there is no such file. */
static int map_file(struct tree_image *image, const char *path, struct timespec *made)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return 1;
    if (fstat(fd, &st) == 0 && st.st_size > 0 && st.st_size <= UINT32_MAX) {
        void *bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
        image->bytes = bytes == MAP_FAILED ? NULL : bytes;
        image->length = image->bytes ? (size_t)st.st_size : 0;
        *made = st.st_mtim;
    }
    close(fd);
    return 0;
}

int tree_image_open(struct tree_image **out, const char *path, const char *root,
                    const char *const *names, struct tree *trees, size_t count,
                    struct err *err)
{
    struct tree_image *image = xcalloc(1, sizeof *image);
    struct timespec made = { 0 };
    int status = map_file(image, path, &made);

    if (status == 0)
        status = check_head(image, path, err);
    if (status == 0)
        status = take_trees(image, path, root, names, trees, count, &made, err);
    if (status != 0) {
        memset(trees, 0, count * sizeof trees[0]);
        tree_image_close(image);
        image = NULL;
    }
    *out = image;
    return status;
}

void tree_image_close(struct tree_image *image)
{
    if (!image)
        return;
    if (image->bytes)
        munmap((void *)(uintptr_t)image->bytes, image->length);
    free(image);
}
