/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * YAML trees: navigation, what is refused and where, and the compiled image, whole and damaged.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "io/content.h"
#include "io/file.h"
#include "io/node.h"

static struct tree parse(const char *text)
{
    struct tree tree;
    struct err err = { 0 };

    if (tree_parse(&tree, text, strlen(text), "test", &err))
        fail_msg("%d:%d: %s", err.line, err.col, err.msg);
    return tree;
}

static void refuse_n(const char *text, size_t length, int line, int col, const char *part)
{
    struct tree tree;
    struct err err = { 0 };

    assert_int_equal(tree_parse(&tree, text, length, "test", &err), ERR_INPUT);
    assert_string_equal(err.file, "test");
    assert_int_equal(err.line, line);
    assert_int_equal(err.col, col);
    if (!strstr(err.msg, part))
        fail_msg("expected \"%s\" in \"%s\"", part, err.msg);
    tree_free(&tree);
}

static void refuse(const char *text, int line, int col, const char *part)
{
    refuse_n(text, strlen(text), line, col, part);
}

/* Walking */

static void test_walk(void **state)
{
    struct tree tree = parse("a: 1\nb: [x, [y], z]\nc: {d: e}\n");
    struct at root = tree_root(&tree);

    (void)state;
    assert_true(at_is(root, NODE_MAP));
    assert_int_equal(at_node(root)->length, 3);
    assert_int_equal(at_node(root)->end, tree.count);
    assert_string_equal(at_text(at_key(root, "a")), "1");
    struct at list = at_key(root, "b");
    assert_int_equal(at_node(list)->length, 3);
    struct at x = at_first(list), y = at_next(list, x), z = at_next(list, y);
    assert_string_equal(at_text(x), "x");
    assert_true(at_is(y, NODE_SEQUENCE));
    assert_null(at_text(y));
    assert_string_equal(at_text(z), "z");
    assert_null(at_next(list, z).tree);
    assert_string_equal(at_text(at_key(at_key(root, "c"), "d")), "e");
    assert_null(at_key(root, "d").tree);
    assert_null(at_key(list, "x").tree);
    tree_free(&tree);
}

static void test_nothing(void **state)
{
    const struct at nothing = { NULL, 0 };
    struct tree tree = parse("# a comment only\n");

    (void)state;
    assert_int_equal(tree.count, 0);
    assert_null(tree_root(&tree).tree);
    assert_null(at_text(nothing));
    assert_null(at_node(nothing));
    assert_null(at_first(nothing).tree);
    assert_null(at_next(nothing, nothing).tree);
    assert_null(at_key(nothing, "a").tree);
    assert_false(at_is(nothing, NODE_SCALAR));
    tree_free(&tree);
}

static void test_empty_levels(void **state)
{
    struct tree tree = parse("[[], {}, '']");
    struct at root = tree_root(&tree), first = at_first(root);

    (void)state;
    assert_int_equal(at_node(root)->length, 3);
    assert_null(at_first(first).tree);
    assert_null(at_first(at_next(root, first)).tree);
    tree_free(&tree);
}

static void test_null(void **state)
{
    static const char *const nulls[] = { "~", "null", "Null", "NULL", "" };
    static const char *const texts[] = { "\"null\"", "'~'", "\"\"", "nul", "nULL", "nulls", "0" };

    (void)state;
    for (size_t i = 0; i < countof(nulls); i++) {
        struct buf text = BUF_INIT;
        buf_addf(&text, "a: %s\n", nulls[i]);
        struct tree tree = parse(text.text);
        assert_null(at_text(at_key(tree_root(&tree), "a")));
        tree_free(&tree);
        buf_free(&text);
    }
    for (size_t i = 0; i < countof(texts); i++) {
        struct buf text = BUF_INIT;
        buf_addf(&text, "a: %s\n", texts[i]);
        struct tree tree = parse(text.text);
        assert_non_null(at_text(at_key(tree_root(&tree), "a")));
        tree_free(&tree);
        buf_free(&text);
    }
}

static void test_places(void **state)
{
    struct tree tree = parse("ä: {ö: 1, x: \"2\"}\n");
    struct at x = at_key(at_key(tree_root(&tree), "ä"), "x");

    (void)state;
    assert_int_equal(at_node(x)->line, 1);
    assert_int_equal(at_node(x)->col, 14);
    assert_false(at_node(x)->plain);
    tree_free(&tree);
}

/* Decomposed letters are composed, and what a terminal must not see is replaced. */
static void test_clean(void **state)
{
    struct tree tree = parse("- \"a\\u0308\"\n- \"\\e[2J\"\n");
    struct at first = at_first(tree_root(&tree));

    (void)state;
    assert_string_equal(at_text(first), "ä");
    assert_int_equal(at_node(first)->length, 2);
    assert_string_equal(at_text(at_next(tree_root(&tree), first)), "·[2J");
    tree_free(&tree);
}

/* Refusing */

static void test_refused(void **state)
{
    (void)state;
    refuse("a: &x 1\n", 1, 4, "anchors");
    refuse("a: *x\n", 1, 4, "aliases");
    refuse("a: !x 1\n", 1, 4, "tags");
    refuse("- !!seq []\n", 1, 3, "tags");
    refuse("a: 1\n---\nb: 1\n", 2, 1, "one document");
    refuse("a: 1\nb: 2\na: 3\n", 3, 1, "\"a\" is here twice");
    refuse("a: 1\nb: {c: 1, c: 2}\n", 2, 11, "\"c\" is here twice");
    refuse("? [a]\n: b\n", 1, 3, "a key must be a word");
    refuse("a: b: c\n", 1, 5, "double quotes");
    refuse("a: \"b\nc: d\n", 1, 4, "never closed");
    refuse("a:\n\t- b\n", 2, 1, "spaces");
}

static void test_not_text(void **state)
{
    (void)state;
    refuse_n("a: \xe4\n", 5, 1, 4, "UTF-8");
    refuse_n("a: 1\nb: \xc3\xa4\xff\n", 12, 2, 5, "UTF-8");
    refuse_n("a: \xc0\xaf\n", 6, 1, 4, "UTF-8");
    refuse_n("a: b\n\x01", 6, 2, 1, "does not belong");
    refuse_n("a: \0b\n", 6, 1, 4, "does not belong");
    refuse_n("\xff\xfe" "a\0:\0", 6, 1, 1, "UTF-8");
}

/* Nine lists, each nine times the one before: with aliases, 9^9 nodes. */
static void test_laughs(void **state)
{
    struct buf text = BUF_INIT;

    (void)state;
    buf_add(&text, "a: &a [ha]\n");
    for (char c = 'b'; c < 'k'; c++) {
        buf_addf(&text, "%c: &%c [", c, c);
        for (int i = 0; i < 9; i++)
            buf_addf(&text, "%s*%c", i ? "," : "", c - 1);
        buf_add(&text, "]\n");
    }
    refuse(text.text, 1, 4, "anchors");
    buf_free(&text);
}

static void test_deep(void **state)
{
    struct buf text = BUF_INIT;

    (void)state;
    buf_add_repeat(&text, "[", NODE_DEPTH_MAX);
    buf_add_repeat(&text, "]", NODE_DEPTH_MAX);
    struct tree tree = parse(text.text);
    assert_int_equal(tree.count, NODE_DEPTH_MAX);
    tree_free(&tree);
    buf_clear(&text);
    buf_add_repeat(&text, "[", 100000);
    refuse(text.text, 1, NODE_DEPTH_MAX + 1, "too deep");
    buf_free(&text);
}

static void test_long_scalar(void **state)
{
    struct buf text = BUF_INIT;

    (void)state;
    buf_add_repeat(&text, "a", NODE_SCALAR_MAX);
    struct tree tree = parse(text.text);
    assert_int_equal(at_node(tree_root(&tree))->length, NODE_SCALAR_MAX);
    tree_free(&tree);
    buf_add(&text, "a");
    refuse(text.text, 1, 1, "too long");
    buf_free(&text);
}

static void test_many_nodes(void **state)
{
    struct buf text = BUF_INIT;

    (void)state;
    buf_add_repeat(&text, "- a\n", NODE_COUNT_MAX);
    refuse(text.text, NODE_COUNT_MAX, 3, "too large");
    buf_free(&text);
}

static void test_large_file(void **state)
{
    struct buf text = BUF_INIT;

    (void)state;
    buf_add_repeat(&text, "#", NODE_FILE_MAX + 1);
    refuse(text.text, 0, 0, "larger than 4 MiB");
    buf_free(&text);
}

/* The image */

static const char *const names[] = { "one.yaml", "two.yaml", "none.yaml" };

static const char *const texts[] = {
    "a: 1\nb: [x, {y: \"z\"}, ~]\n",
    "- ä\n- [[], {}, '']\n- {fi: K, sv: J, en: Y}\n",
    "# nothing\n",
};

/* A folder with the files, their trees and the image's path. */
struct folder {
    char path[64];
    struct buf image;
    struct tree trees[countof(names)];
};

static void file_path(struct buf *out, const struct folder *folder, const char *name)
{
    buf_clear(out);
    buf_addf(out, "%s/%s", folder->path, name);
}

static void write_bytes(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    fclose(file);
}

static void folder_make(struct folder *folder)
{
    struct buf path = BUF_INIT;

    strcpy(folder->path, "/tmp/test_node.XXXXXX");
    assert_non_null(mkdtemp(folder->path));
    folder->image = (struct buf)BUF_INIT;
    file_path(&folder->image, folder, "image");
    for (size_t i = 0; i < countof(names); i++) {
        file_path(&path, folder, names[i]);
        write_bytes(path.text, texts[i], strlen(texts[i]));
        folder->trees[i] = parse(texts[i]);
    }
    buf_free(&path);
    assert_int_equal(tree_image_write(folder->image.text, folder->path, names, folder->trees,
                                      countof(names), NULL), 0);
}

static void folder_remove(struct folder *folder)
{
    struct buf path = BUF_INIT;

    for (size_t i = 0; i < countof(names); i++) {
        file_path(&path, folder, names[i]);
        unlink(path.text);
        tree_free(&folder->trees[i]);
    }
    unlink(folder->image.text);
    assert_int_equal(rmdir(folder->path), 0);
    buf_free(&path);
    buf_free(&folder->image);
}

static int open_image(const struct folder *folder)
{
    struct tree_image *image;
    struct tree trees[countof(names)];
    struct err err = { 0 };
    int status = tree_image_open(&image, folder->image.text, folder->path, names, trees,
                                 countof(names), &err);

    assert_true((status == 0) == (image != NULL));
    assert_true((status < 0) == (err.code != ERR_NONE));
    tree_image_close(image);
    return status;
}

static void assert_same_tree(const struct tree *a, const struct tree *b)
{
    assert_int_equal(a->count, b->count);
    for (uint32_t i = 0; i < a->count; i++) {
        assert_memory_equal(&a->nodes[i], &b->nodes[i], sizeof a->nodes[i]);
        if (a->nodes[i].kind == NODE_SCALAR)
            assert_string_equal(a->strings + a->nodes[i].text, b->strings + b->nodes[i].text);
    }
}

static void test_image(void **state)
{
    struct tree_image *image;
    struct tree trees[countof(names)];
    struct folder folder;

    (void)state;
    folder_make(&folder);
    assert_int_equal(tree_image_open(&image, folder.image.text, folder.path, names, trees,
                                     countof(names), NULL), 0);
    for (size_t i = 0; i < countof(names); i++) {
        assert_same_tree(&trees[i], &folder.trees[i]);
        assert_string_equal(trees[i].file, names[i]);
    }
    tree_image_close(image);
    folder_remove(&folder);
}

static void set_time(const char *path, time_t seconds)
{
    const struct timespec times[2] = { { .tv_sec = seconds }, { .tv_sec = seconds } };

    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void test_stale(void **state)
{
    struct buf path = BUF_INIT;
    struct folder folder;

    (void)state;
    folder_make(&folder);
    file_path(&path, &folder, names[0]);
    assert_int_equal(open_image(&folder), 0);
    set_time(folder.image.text, 1000);
    assert_int_equal(open_image(&folder), 1);
    for (size_t i = 0; i < countof(names); i++) {
        file_path(&path, &folder, names[i]);
        set_time(path.text, 1000);
    }
    assert_int_equal(open_image(&folder), 0);
    set_time(path.text, 1001);
    assert_int_equal(open_image(&folder), 1);
    write_bytes(path.text, "b", 1);
    set_time(path.text, 1000);
    assert_int_equal(open_image(&folder), 1);
    unlink(path.text);
    assert_int_equal(open_image(&folder), 1);
    buf_free(&path);
    folder_remove(&folder);
}

static void test_other_files(void **state)
{
    static const char *const others[] = { "one.yaml", "none.yaml", "two.yaml" };
    struct tree_image *image;
    struct tree trees[countof(names)];
    struct folder folder;

    (void)state;
    folder_make(&folder);
    assert_int_equal(tree_image_open(&image, folder.image.text, folder.path, others, trees,
                                     countof(others), NULL), 1);
    assert_null(image);
    assert_int_equal(tree_image_open(&image, folder.image.text, folder.path, names, trees, 2,
                                     NULL), 1);
    assert_int_equal(tree_image_open(&image, "/nowhere/image", folder.path, names, trees,
                                     countof(names), NULL), 1);
    folder_remove(&folder);
}

static void test_truncated(void **state)
{
    struct buf bytes = BUF_INIT;
    struct folder folder;

    (void)state;
    folder_make(&folder);
    assert_int_equal(file_read(&bytes, folder.image.text, 1 << 20, NULL), 0);
    for (size_t length = 0; length < bytes.length; length++) {
        assert_int_equal(truncate(folder.image.text, 0), 0);
        write_bytes(folder.image.text, bytes.text, length);
        assert_true(open_image(&folder) < 0);
    }
    buf_add_char(&bytes, '\0');
    write_bytes(folder.image.text, bytes.text, bytes.length);
    assert_true(open_image(&folder) < 0);
    buf_free(&bytes);
    folder_remove(&folder);
}

/* Every bit of the file flipped: refused, or read as trees that can be walked (a letter of a text
 * may be another one); never a crash. */
static void test_flipped(void **state)
{
    struct buf bytes = BUF_INIT;
    struct folder folder;

    (void)state;
    folder_make(&folder);
    assert_int_equal(file_read(&bytes, folder.image.text, 1 << 20, NULL), 0);
    for (size_t i = 0; i < 8 * bytes.length; i++) {
        bytes.text[i / 8] = (char)(bytes.text[i / 8] ^ (1 << i % 8));
        write_bytes(folder.image.text, bytes.text, bytes.length);
        open_image(&folder);
        bytes.text[i / 8] = (char)(bytes.text[i / 8] ^ (1 << i % 8));
    }
    write_bytes(folder.image.text, bytes.text, bytes.length);
    assert_int_equal(open_image(&folder), 0);
    buf_free(&bytes);
    folder_remove(&folder);
}

/* Trees that the writer would never make, with a sum that is right: the offsets themselves are
 * checked. */
static void test_bad_offsets(void **state)
{
    static const struct node bad[][3] = {
        { { .end = 4, .length = 2, .kind = NODE_SEQUENCE }, { .end = 2 }, { .end = 3 } },
        { { .end = 3, .length = 3, .kind = NODE_SEQUENCE }, { .end = 2 }, { .end = 3 } },
        { { .end = 3, .length = 1, .kind = NODE_SEQUENCE }, { .end = 2 }, { .end = 3 } },
        { { .end = 3, .length = 2, .kind = NODE_MAP }, { .end = 2 }, { .end = 3 } },
        { { .end = 3, .length = 1, .kind = NODE_MAP },
          { .end = 2, .kind = NODE_SEQUENCE }, { .end = 3 } },
        { { .end = 3, .length = 2, .kind = NODE_SEQUENCE }, { .end = 3 }, { .end = 3 } },
        { { .end = 3, .length = 2, .kind = NODE_SEQUENCE }, { .end = 0 }, { .end = 3 } },
        { { .end = 3, .length = 2, .kind = 3 }, { .end = 2 }, { .end = 3 } },
        { { .end = 1 }, { .end = 2 }, { .end = 3 } },
        { { .end = 2, .length = 1, .kind = NODE_SEQUENCE }, { .end = 2 }, { .end = 3 } },
    };
    struct folder folder;

    (void)state;
    folder_make(&folder);
    for (size_t i = 0; i < countof(bad); i++) {
        struct tree trees[countof(names)];
        memcpy(trees, folder.trees, sizeof trees);
        trees[0] = (struct tree){ .nodes = bad[i], .count = 3, .strings = "" };
        assert_int_equal(tree_image_write(folder.image.text, folder.path, names, trees,
                                          countof(names), NULL), 0);
        assert_true(open_image(&folder) < 0);
    }
    folder_remove(&folder);
}

/* Content */

static void count_problem(void *data, const struct where *where, const char *message)
{
    (void)where, (void)message;
    ++*(int *)data;
}

static void content_place_of(struct content_place *place, const char *image)
{
    const char *folder = getenv("TEST_DATA");
    struct buf root = BUF_INIT;

    buf_addf(&root, "%s/lint/base", folder ? folder : "tests/data");
    assert_int_equal(content_find(place, root.text, NULL), 0);
    assert_string_equal(place->root, root.text);
    snprintf(place->image, sizeof place->image, "%s", image);
    buf_free(&root);
}

/* From YAML and from the image the schema is the same, and a damaged image does no harm. */
static void test_content(void **state)
{
    struct content_place place;
    struct content plain, compiled;
    struct folder folder;
    int problems = 0;

    (void)state;
    folder_make(&folder);
    content_place_of(&place, folder.image.text);
    assert_int_equal(content_load(&plain, &place, count_problem, &problems, NULL), 0);
    assert_false(plain.from_image);
    assert_int_equal(content_compile(place.root, place.image, NULL), 0);
    assert_int_equal(content_load(&compiled, &place, count_problem, &problems, NULL), 0);
    assert_true(compiled.from_image);
    assert_int_equal(problems, 0);
    assert_int_equal(plain.schema->item_count, compiled.schema->item_count);
    for (size_t i = 0; i < plain.schema->item_count; i++)
        assert_string_equal(plain.schema->items[i]->id, compiled.schema->items[i]->id);
    assert_string_equal(plain.schema->forms[0].where.file, compiled.schema->forms[0].where.file);
    content_free(&plain);
    content_free(&compiled);
    folder_remove(&folder);
}

static void test_no_content(void **state)
{
    struct content_place place;
    struct content content;
    struct folder folder;
    struct err err = { 0 };

    (void)state;
    folder_make(&folder);
    assert_int_equal(content_find(&place, "/nowhere/at/all", &err), ERR_INPUT);
    assert_non_null(strstr(err.msg, "/nowhere/at/all"));
    assert_int_equal(content_find(&place, folder.path, &err), 0);
    assert_int_equal(content_load(&content, &place, NULL, NULL, &err), ERR_INPUT);
    assert_non_null(strstr(err.msg, "data/tasks.yaml is missing"));
    content_free(&content);
    folder_remove(&folder);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_walk),
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_empty_levels),
        cmocka_unit_test(test_null),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_clean),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_not_text),
        cmocka_unit_test(test_laughs),
        cmocka_unit_test(test_deep),
        cmocka_unit_test(test_long_scalar),
        cmocka_unit_test(test_many_nodes),
        cmocka_unit_test(test_large_file),
        cmocka_unit_test(test_image),
        cmocka_unit_test(test_stale),
        cmocka_unit_test(test_other_files),
        cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_flipped),
        cmocka_unit_test(test_bad_offsets),
        cmocka_unit_test(test_content),
        cmocka_unit_test(test_no_content),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
