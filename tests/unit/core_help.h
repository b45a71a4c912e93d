/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the tests of the core share: content, a folder of their own, a plan on disk.
 *
 * Everything is inline so that each test program stays one file.
 */
#ifndef CORE_HELP_H
#define CORE_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/tr.h"
#include "core/plan.h"
#include "core/print_job.h"
#include "io/content.h"
#include "io/store_sqlite.h"

/* 2026-11-22, the day of all tests that do not say otherwise. */
static inline int help_today(void)
{
    return date_make(2026, 11, 22);
}

static inline void help_data(struct buf *out, const char *name)
{
    const char *folder = getenv("TEST_DATA");

    buf_clear(out);
    buf_addf(out, "%s/%s", folder ? folder : "tests/data", name);
}

static inline void help_content(struct content *content, const char *name)
{
    static struct content_place place;
    struct err err = { 0 };
    struct buf dir = BUF_INIT;

    help_data(&dir, name);
    if (content_find(&place, dir.text, &err))
        fail_msg("%s", err.msg);
    place.image[0] = 0;
    if (content_load(content, &place, NULL, NULL, &err))
        fail_msg("%s:%d:%d: %s", err.file ? err.file : "", err.line, err.col, err.msg);
    buf_free(&dir);
}

/* The YAML files in a folder of the test data. */
static inline size_t help_count_yaml(const char *folder)
{
    struct buf path = BUF_INIT;
    struct dirent *entry;
    size_t count = 0;
    DIR *dir;

    help_data(&path, folder);
    dir = opendir(path.text);
    assert_non_null(dir);
    while ((entry = readdir(dir)) != NULL)
        count += strstr(entry->d_name, ".yaml") != NULL;
    closedir(dir);
    buf_free(&path);
    return count;
}

/* The small content of the tests; a group of tests has the next two as its set-up and teardown. */
static inline struct content *help_mini(void)
{
    static struct content content;

    return &content;
}

static inline int help_load_mini(void **state)
{
    (void)state;
    help_content(help_mini(), "mini");
    return 0;
}

static inline int help_free_mini(void **state)
{
    (void)state;
    content_free(help_mini());
    return 0;
}

/* The shipped content, for a group of tests. */
static inline struct content *help_real(void)
{
    static struct content real;

    return &real;
}

static inline int help_load_real(void **state)
{
    (void)state;
    help_content(help_real(), "../..");
    return 0;
}

static inline int help_free_real(void **state)
{
    (void)state;
    content_free(help_real());
    return 0;
}

/* Hooks of a face that speaks English and prints nothing. */
static inline struct tr help_tr(void *data, enum lang lang)
{
    (void)data;
    return (struct tr){ .lang = lang };
}

static inline int help_print(void *data, struct plan *plan, const struct print_job *job,
                               struct buf *path, struct err *err)
{
    (void)data, (void)plan, (void)job, (void)path, (void)err;
    return 0;
}

static inline const struct tr *help_english(void)
{
    static const struct tr english = { .lang = LANG_EN };

    return &english;
}

static inline void help_folder(char out[64])
{
    strcpy(out, "/tmp/kantapolku-test-XXXXXX");
    assert_non_null(mkdtemp(out));
}

static inline void help_remove(const char *folder)
{
    DIR *dir = opendir(folder);
    struct buf path = BUF_INIT;

    for (struct dirent *entry; dir && (entry = readdir(dir)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        buf_clear(&path);
        buf_addf(&path, "%s/%s", folder, entry->d_name);
        unlink(path.text);
    }
    if (dir)
        closedir(dir);
    rmdir(folder);
    buf_free(&path);
}

static inline struct plan *help_open(const struct schema *schema, const char *path)
{
    struct err err = { 0 };
    struct plan *plan = NULL;
    void *store = NULL;

    if (store_open(&store, path, STORE_WRITE, help_today(), NULL, &err) ||
        plan_open(&plan, schema, &store_sqlite_ops, store, help_today(), &err))
        fail_msg("%s", err.msg);
    return plan;
}

static inline struct plan *help_new(const struct schema *schema, const char *folder, char path[96])
{
    struct err err = { 0 };

    snprintf(path, 96, "%s/plan.polku", folder);
    if (store_create(path, &err))
        fail_msg("%s", err.msg);
    return help_open(schema, path);
}

static inline const struct item *help_item(const struct schema *schema, const char *id)
{
    const struct item *item = schema_item(schema, id);

    if (!item)
        fail_msg("no item %s", id);
    return item;
}

static inline const struct item *help_mini_item(const char *id)
{
    return help_item(help_mini()->schema, id);
}

#endif
