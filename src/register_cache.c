/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Rows of the cache, copied into one region a look.
 */
#include "register_cache.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "io/register_store.h"

struct register_cache {
    struct arena *arena;      /* holds the rows of the last look or search */
    struct regcheck_row *rows;
    size_t count, room;
    struct register_store *store;     /* open during a look only */
    struct buf file;
    char digest[SHA256_TEXT];
};

struct register_cache *register_cache_new(void)
{
    struct register_cache *cache = xcalloc(1, sizeof *cache);

    cache->file = (struct buf)BUF_INIT;
    return cache;
}

void register_cache_free(struct register_cache *cache)
{
    if (!cache)
        return;
    if (cache->arena)
        arena_free(cache->arena);
    buf_free(&cache->file);
    free(cache->rows);
    free(cache);
}

/* ---- one row ---- */

static unsigned flags_of(const struct register_row *row)
{
    static const struct {
        enum register_field field;
        unsigned flag;
    } flags[] = {
        { REGISTER_SOCIAL_OPERATING, REGCHECK_SOCIAL_OPERATING },
        { REGISTER_HEALTH_OPERATING, REGCHECK_HEALTH_OPERATING },
        { REGISTER_SOCIAL_SERVICE, REGCHECK_SOCIAL_SERVICE },
        { REGISTER_HEALTH_SERVICE, REGCHECK_HEALTH_SERVICE },
    };
    unsigned found = 0;

    for (size_t i = 0; i < countof(flags); i++) {
        const char *value = row->field[flags[i].field];
        if (value[0])
            found |= REGCHECK_FLAGS;
        if (value[0] == '1')
            found |= flags[i].flag;
    }
    return found;
}

/* Only what says so plainly: the register's words for a status are not settled. */
static bool is_withdrawn(const char *status)
{
    return strcasecmp(status, "DELETED") == 0 || strcasecmp(status, "PROPOSAL") == 0;
}

static const char *kept(struct register_cache *cache, const char *text)
{
    return arena_strdup(cache->arena, text);
}

static bool is_there(const struct register_cache *cache, const struct register_row *row, int begin)
{
    for (size_t i = 0; i < cache->count; i++)
        if (cache->rows[i].begin == begin
            && strcmp(cache->rows[i].oid, row->field[REGISTER_OID]) == 0)
            return true;
    return false;
}

static void take_row(struct register_cache *cache, const struct register_row *row)
{
    const char *street = row->field[REGISTER_STREET], *name = row->field[REGISTER_NAME];

    cache->rows = vec_room(cache->rows, &cache->room, cache->count + 1, sizeof cache->rows[0]);
    cache->rows[cache->count++] = (struct regcheck_row){
        .oid = kept(cache, row->field[REGISTER_OID]),
        .parent = kept(cache, row->field[REGISTER_PARENT]),
        .name = kept(cache, *name ? name : row->field[REGISTER_SHORT_NAME]),
        .address = kept(cache, *street ? street : row->field[REGISTER_POST_ADDRESS]),
        .postcode = kept(cache, row->field[REGISTER_POSTCODE]),
        .town = kept(cache, row->field[REGISTER_TOWN]),
        .business_id = kept(cache, row->field[REGISTER_BUSINESS_ID]),
        .sector = *row->field[REGISTER_SECTOR] ? kept(cache, row->field[REGISTER_SECTOR]) : NULL,
        .flags = flags_of(row),
        .begin = date_parse_iso(row->field[REGISTER_BEGINS]),
        .end = date_parse_iso(row->field[REGISTER_ENDS]),
        .withdrawn = is_withdrawn(row->field[REGISTER_STATUS]),
    };
}

static int each_row(void *data, const struct register_row *row)
{
    take_row(data, row);
    return 0;
}

/* A row that the sub-tree has passed on already is not taken again. */
static int each_other(void *data, const struct register_row *row)
{
    if (!is_there(data, row, date_parse_iso(row->field[REGISTER_BEGINS])))
        take_row(data, row);
    return 0;
}

/* ---- a look ---- */

/* Returns 1 when there is no register. */
static int open_cache(struct register_cache *cache, struct err *err)
{
    struct buf path = BUF_INIT;
    int code = 1;

    if (cache->arena)
        arena_free(cache->arena);
    cache->arena = arena_new();
    cache->count = 0;
    if (register_store_path(&path) == 0)
        code = register_store_open(&cache->store, path.text, err);
    buf_free(&path);
    return code;
}

/* A file without the column of parents has none anywhere: that tells nothing about a unit. */
static void forget_missing_parents(struct register_cache *cache)
{
    for (size_t i = 0; i < cache->count; i++)
        if (*cache->rows[i].parent)
            return;
    for (size_t i = 0; i < cache->count; i++)
        cache->rows[i].parent = NULL;
}

static void fill_picture(struct register_cache *cache, struct register_picture *out)
{
    const struct register_origin *source = register_store_origin(cache->store);
    int date = date_parse_iso(source->modified);

    forget_missing_parents(cache);
    buf_clear(&cache->file);
    buf_add(&cache->file, source->file);
    memcpy(cache->digest, source->digest, sizeof cache->digest);
    *out = (struct register_picture){
        .imported = true, .rows = cache->rows, .count = cache->count,
        .file_date = date == DATE_NONE ? date_parse_iso(source->imported) : date,
        .file = cache->file.text, .digest = cache->digest,
    };
}

/* Closes; a count of rows is no error. */
static int end_look(struct register_cache *cache, struct register_picture *out, int code)
{
    if (cache->store && code >= 0)
        fill_picture(cache, out);
    register_store_close(cache->store);
    cache->store = NULL;
    return code < 0 ? code : 0;
}

static int look(void *data, const char *business_id, const char *const *oids, size_t oid_count,
                struct register_picture *out, struct err *err)
{
    struct register_cache *cache = data;
    int code = open_cache(cache, err);

    if (code)
        return code < 0 ? code : 0;
    if (*business_id)
        code = register_store_tree(cache->store, business_id, each_row, cache, err);
    for (size_t i = 0; i < oid_count && code >= 0; i++)
        code = register_store_by_oid(cache->store, oids[i], each_other, cache, err);
    return end_look(cache, out, code);
}

static int find(void *data, const char *words, size_t most, struct register_picture *out,
                struct err *err)
{
    struct register_cache *cache = data;
    int code = open_cache(cache, err);

    if (code)
        return code < 0 ? code : 0;
    if (*words)
        code = register_store_find(cache->store, words, (int)most, each_row, cache, NULL, err);
    return end_look(cache, out, code);
}

struct register_lookup register_cache_lookup(struct register_cache *cache)
{
    return (struct register_lookup){ cache, look, find };
}
