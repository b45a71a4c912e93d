/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A plan's store in memory, for tests.
 *
 * It outlives plan_close(), so that a test can open the same log again; mem_store_free() ends
 * it. `refuse` makes all writes fail, `reason` makes it read-only.
 */
#ifndef TESTS_MEM_STORE_H
#define TESTS_MEM_STORE_H

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "core/answers.h"
#include "core/store.h"

struct mem_text {
    char *name, *row, *value;
};

struct mem_version {
    struct version version;   /* strings are owned */
    char *content;
};

struct mem_store {
    struct mem_version *versions;
    size_t version_count, version_room;
    struct entry *entries;    /* strings are owned */
    size_t count, room;
    struct mem_text *settings, *drafts;
    size_t setting_count, setting_room, draft_count, draft_room;
    const char *reason;
    bool refuse;
    int refuse_next;          /* how many of the next writes fail */
    int64_t printed;          /* the entry that the last print of every document held; 0: none */
    int closed;               /* how often the plan closed it */
};

static inline char *mem_copy(const char *text)
{
    return text ? xstrdup(text) : NULL;
}

static inline int mem_read(void *data, int64_t after,
                           void (*each)(void *data, const struct entry *entry),
                           void *each_data, struct err *err)
{
    struct mem_store *store = data;

    (void)err;
    for (size_t i = 0; i < store->count; i++)
        if (store->entries[i].id > after)
            each(each_data, &store->entries[i]);
    return 0;
}

static inline int mem_append(void *data, struct entry *entries, size_t count, struct err *err)
{
    struct mem_store *store = data;

    if (store->refuse || (store->refuse_next > 0 && store->refuse_next--))
        return err_set(err, ERR_OUTPUT, "the disk is full");
    for (size_t i = 0; i < count; i++) {
        store->entries = vec_room(store->entries, &store->room, store->count + 1,
                                  sizeof store->entries[0]);
        entries[i].id = (int64_t)store->count + 1;
        entries[i].at = "2026-11-22T14:32:05";
        entries[i].session = 1;
        store->entries[store->count] = entries[i];
        store->entries[store->count].form = mem_copy(entries[i].form);
        store->entries[store->count].row = mem_copy(entries[i].row);
        store->entries[store->count].item = mem_copy(entries[i].item);
        store->entries[store->count].value = mem_copy(entries[i].value);
        store->count++;
    }
    return 0;
}

/* The text of that name, made empty when it is new. */
static inline struct mem_text *mem_find(struct mem_text **texts, size_t *count, size_t *room,
                                        const char *name, const char *row)
{
    for (size_t i = 0; i < *count; i++)
        if (strcmp((*texts)[i].name, name) == 0 && strcmp((*texts)[i].row, row) == 0)
            return &(*texts)[i];
    *texts = vec_room(*texts, room, *count + 1, sizeof **texts);
    (*texts)[*count] = (struct mem_text){ xstrdup(name), xstrdup(row), NULL };
    return &(*texts)[(*count)++];
}

static inline void mem_put(struct mem_text *text, const char *value)
{
    free(text->value);
    text->value = mem_copy(value);
}

static inline const char *mem_setting(void *data, const char *name)
{
    struct mem_store *store = data;

    return mem_find(&store->settings, &store->setting_count, &store->setting_room, name, "")
        ->value;
}

static inline int mem_set_setting(void *data, const char *name, const char *value,
                                  struct err *err)
{
    struct mem_store *store = data;

    (void)err;
    mem_put(mem_find(&store->settings, &store->setting_count, &store->setting_room, name, ""),
            value);
    return 0;
}

static inline int mem_set_draft(void *data, const char *item, const char *row,
                                const char *text, struct err *err)
{
    struct mem_store *store = data;

    (void)err;
    mem_put(mem_find(&store->drafts, &store->draft_count, &store->draft_room, item, row), text);
    return 0;
}

static inline int mem_drafts(void *data,
                             void (*each)(void *data, const char *item, const char *row,
                                          const char *text, const char *at),
                             void *each_data, struct err *err)
{
    struct mem_store *store = data;

    (void)err;
    for (size_t i = 0; i < store->draft_count; i++)
        if (store->drafts[i].value)
            each(each_data, store->drafts[i].name, store->drafts[i].row, store->drafts[i].value,
                 "2026-11-22T14:32:05");
    return 0;
}

static inline int mem_note_print(void *data, const char *document, const char *lang,
                                 struct err *err)
{
    (void)data;
    (void)document;
    (void)lang;
    (void)err;
    return 0;
}

static inline int64_t mem_last_print(void *data, const char *document, char *at)
{
    const struct mem_store *store = data;

    (void)document;
    strcpy(at, store->printed ? "2026-11-20T08:00:00" : "");
    return store->printed;
}

static inline int mem_keep_version(void *data, const struct version *version, const char *content,
                                   struct err *err)
{
    struct mem_store *store = data;

    if (store->refuse || (store->refuse_next > 0 && store->refuse_next--))
        return err_set(err, ERR_OUTPUT, "the disk is full");
    store->versions = vec_room(store->versions, &store->version_room, store->version_count + 1,
                               sizeof store->versions[0]);
    store->versions[store->version_count++] = (struct mem_version){
        { mem_copy(version->document), version->number, mem_copy(version->lang),
          mem_copy(version->approved_by), mem_copy(version->approved_on), "2026-11-22T14:32:05",
          "aino", (int64_t)store->count },
        mem_copy(content)
    };
    return 0;
}

static inline int mem_versions(void *data, const char *document,
                               void (*each)(void *data, const struct version *version),
                               void *each_data, struct err *err)
{
    struct mem_store *store = data;

    (void)err;
    for (size_t i = 0; i < store->version_count; i++)
        if (!document || strcmp(store->versions[i].version.document, document) == 0)
            each(each_data, &store->versions[i].version);
    return 0;
}

static inline int mem_version_content(void *data, const char *document, int number,
                                      struct buf *out, struct err *err)
{
    struct mem_store *store = data;

    for (size_t i = 0; i < store->version_count; i++)
        if (strcmp(store->versions[i].version.document, document) == 0
            && store->versions[i].version.number == number) {
            buf_add(out, store->versions[i].content);
            return 0;
        }
    return err_set(err, ERR_USAGE, "version %d of %s has not been kept", number, document);
}

static inline const char *mem_read_only(void *data)
{
    return ((struct mem_store *)data)->reason;
}

static inline void mem_close(void *data)
{
    ((struct mem_store *)data)->closed++;
}

/* Nothing in memory is copied. */
static inline const char *mem_no_copy(void *data)
{
    (void)data;
    return NULL;
}

static const struct store_ops mem_store_ops = {
    .read = mem_read, .append = mem_append, .setting = mem_setting,
    .set_setting = mem_set_setting, .set_draft = mem_set_draft, .drafts = mem_drafts,
    .note_print = mem_note_print, .last_print = mem_last_print, .copy = mem_no_copy,
    .keep_version = mem_keep_version, .versions = mem_versions,
    .version_content = mem_version_content,
    .read_only = mem_read_only,
    .close = mem_close,
};

static inline void mem_texts_free(struct mem_text *texts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(texts[i].name);
        free(texts[i].row);
        free(texts[i].value);
    }
    free(texts);
}

static inline void mem_store_free(struct mem_store *store)
{
    for (size_t i = 0; i < store->count; i++) {
        free((char *)store->entries[i].form);
        free((char *)store->entries[i].row);
        free((char *)store->entries[i].item);
        free((char *)store->entries[i].value);
    }
    free(store->entries);
    for (size_t i = 0; i < store->version_count; i++) {
        const struct version *version = &store->versions[i].version;
        free((char *)version->document);
        free((char *)version->lang);
        free((char *)version->approved_by);
        free((char *)version->approved_on);
        free(store->versions[i].content);
    }
    free(store->versions);
    mem_texts_free(store->settings, store->setting_count);
    mem_texts_free(store->drafts, store->draft_count);
    *store = (struct mem_store){ 0 };
}

#endif
