/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * YAML trees: navigation, and what is refused and where.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>

#include <cmocka.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
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
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
