/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Runs at build time: parses all content below a folder and writes it as an image that the
 * program maps at start.
 *     compile_content ROOT IMAGE
 * With --texts LANG it prints every text of the content in that language instead, one a line, for
 * the spelling check; with --places LANG each behind the ids that it stands below and a tab:
 *     person/person_name\tName
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/lang.h"
#include "io/content.h"
#include "io/node.h"

static int fail(const struct err *err)
{
    char text[1024];

    err_text(err, text, sizeof text);
    fprintf(stderr, "compile_content: %s\n", text);
    return 1;
}

struct printer {
    const char *lang;
    bool places;
    struct buf ids;           /* "person/person_name" */
};

static void print_text(const struct printer *printer, const char *text)
{
    if (!printer->places) {
        puts(text);
        return;
    }
    printf("%s\t", printer->ids.text);
    for (; *text; text++)
        putchar(*text == '\n' ? ' ' : *text);
    putchar('\n');
}

/* Returns how long the ids were before. */
static size_t enter(struct printer *printer, const char *id)
{
    size_t length = printer->ids.length;

    if (id)
        buf_addf(&printer->ids, "%s%s", length ? "/" : "", id);
    return length;
}

/* Below a language key stands a text, or (in terms) a list of word stems, which is no text. */
static void print_texts(struct printer *printer, struct at at)
{
    size_t outside = enter(printer, at_is(at, NODE_MAP) ? at_text(at_key(at, "id")) : NULL);

    if (at_is(at, NODE_MAP)) {
        for (struct at key = at_first(at); key.tree;) {
            struct at value = at_next(at, key);
            if (strcmp(at_text(key) ? at_text(key) : "", printer->lang) == 0 && at_text(value))
                print_text(printer, at_text(value));
            else
                print_texts(printer, value);
            key = at_next(at, value);
        }
    } else if (at_is(at, NODE_SEQUENCE)) {
        for (struct at child = at_first(at); child.tree; child = at_next(at, child))
            print_texts(printer, child);
    }
    buf_cut(&printer->ids, outside);
}

static int texts(const char *lang, bool places, int count, char **files)
{
    struct printer printer = { lang, places, BUF_INIT };
    enum lang known;

    if (lang_parse(lang, &known))
        return 2;
    for (int i = 0; i < count; i++) {
        struct tree tree = { 0 };
        struct err err = { 0 };
        if (tree_read(&tree, files[i], files[i], &err))
            return fail(&err);
        print_texts(&printer, tree_root(&tree));
        tree_free(&tree);
    }
    buf_free(&printer.ids);
    return 0;
}

int main(int argc, char **argv)
{
    struct err err = { 0 };

    if (argc > 3 && (strcmp(argv[1], "--texts") == 0 || strcmp(argv[1], "--places") == 0))
        return texts(argv[2], strcmp(argv[1], "--places") == 0, argc - 3, argv + 3);
    if (argc != 3) {
        fputs("usage: compile_content ROOT IMAGE | --texts|--places LANG FILE...\n", stderr);
        return 2;
    }
    return content_compile(argv[1], argv[2], &err) ? fail(&err) : 0;
}
