/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Small content of a test's own, from texts in the test or from files, and a plan on it in memory.
 * Any problem in it fails the test.
 */
#ifndef OWN_CONTENT_H
#define OWN_CONTENT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>

#include <cmocka.h>
#include <string.h>

#include "base/err.h"
#include "io/node.h"
#include "io/schema_yaml.h"
#include "mem_plan.h"

/* The same text in all languages. */
#define SAME(text) "{fi: \"" text "\", sv: \"" text "\", en: \"" text "\"}"

enum { OWN_FILES_MAX = 16 };

struct own_content {
    struct schema *schema;
    struct tree trees[OWN_FILES_MAX];
    size_t count;
};

struct own_text {
    enum content_kind kind;
    const char *text;
};

static inline void own_content_fail(void *data, const struct where *where, const char *message)
{
    (void)data;
    fail_msg("%s:%d:%d: %s", where->file ? where->file : "", where->line, where->col, message);
}

static inline void own_content_add(struct own_content *content, enum content_kind kind, int code,
                                   const struct err *err)
{
    if (code)
        fail_msg("%d:%d: %s", err->line, err->col, err->msg);
    schema_yaml_add(content->schema, &content->trees[content->count++], kind, own_content_fail,
                    NULL);
}

static inline void own_content_finish(struct own_content *content)
{
    assert_int_equal(schema_finish(content->schema, own_content_fail, NULL), 0);
}

static inline void own_content_load(struct own_content *content, const struct own_text *texts,
                                    size_t count)
{
    struct err err = { 0 };

    *content = (struct own_content){ .schema = schema_new() };
    assert_true(count <= OWN_FILES_MAX);
    for (size_t i = 0; i < count; i++)
        own_content_add(content, texts[i].kind,
                        tree_parse(&content->trees[i], texts[i].text, strlen(texts[i].text),
                                   "test", &err), &err);
    own_content_finish(content);
}

static inline void own_content_free(struct own_content *content)
{
    schema_free(content->schema);
    for (size_t i = 0; i < content->count; i++)
        tree_free(&content->trees[i]);
}

#endif
