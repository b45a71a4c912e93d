/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reading the register's cache: opening and looking up.
 */
#include "io/register_store.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "io/register_store_parts.h"
#include "io/store_db.h"

struct register_store {
    sqlite3 *db;
    char *path;
    struct register_origin origin;
};

#define REGISTER_AS_COLUMN(field, name, kind) ", unit." #name
static const char columns[] = "unit.line" REGISTER_FIELDS(REGISTER_AS_COLUMN);
#undef REGISTER_AS_COLUMN

int register_store_path(struct buf *out)
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

    if (cache && cache[0] == '/')
        buf_add(out, cache);
    else if (home && home[0] == '/')
        buf_addf(out, "%s/.cache", home);
    else
        return -1;
    mkdir(out->text, 0700);
    buf_add(out, "/kantapolku");
    mkdir(out->text, 0700);
    buf_add(out, "/register.db");
    return 0;
}

/* ---- opening ---- */

static int unusable(const struct register_store *store, struct err *err)
{
    return err_set(err, ERR_INPUT,
                   N_("%s: cannot be used; import the organisation register again"), store->path);
}

/* The name of a downloaded file is as foreign as what stands in it. */
static void take_text(char *out, size_t size, const char *text)
{
    struct buf clean = BUF_INIT;

    utf8_clean(&clean, text, strlen(text), UTF8_ONE_LINE);
    snprintf(out, size, "%s", clean.text);
    buf_free(&clean);
}

/* The text or number of a name goes to its member; what a later version adds is passed over. */
static void take_origin(struct register_origin *origin, sqlite3_stmt *stmt)
{
#define REGISTER_AS_TEXT(name) { #name, origin->name, sizeof origin->name, NULL },
#define REGISTER_AS_NUMBER(name) { #name, NULL, 0, &origin->name },
    const struct {
        const char *name;
        char *text;
        size_t size;
        int64_t *number;
    } members[] = {
        REGISTER_ORIGIN_TEXTS(REGISTER_AS_TEXT)
        REGISTER_ORIGIN_NUMBERS(REGISTER_AS_NUMBER)
    };
#undef REGISTER_AS_TEXT
#undef REGISTER_AS_NUMBER
    const char *name = (const char *)sqlite3_column_text(stmt, 0);
    const char *text = (const char *)sqlite3_column_text(stmt, 1);

    for (size_t i = 0; i < countof(members) && name; i++) {
        if (strcmp(members[i].name, name) != 0)
            continue;
        if (members[i].text)
            take_text(members[i].text, members[i].size, text ? text : "");
        else
            *members[i].number = sqlite3_column_int64(stmt, 1);
    }
}

static int read_origin(struct register_store *store)
{
    sqlite3_stmt *stmt = NULL;
    int code = sqlite3_prepare_v2(store->db, "SELECT name, value FROM origin", -1, &stmt, NULL);

    while (code == SQLITE_OK && (code = sqlite3_step(stmt)) == SQLITE_ROW) {
        take_origin(&store->origin, stmt);
        code = SQLITE_OK;
    }
    sqlite3_finalize(stmt);
    return code == SQLITE_DONE ? 0 : -1;
}

int register_store_open(struct register_store **out, const char *path, struct err *err)
{
    struct register_store *store;
    int code = 0;

    *out = NULL;
    if (access(path, F_OK) != 0 && errno == ENOENT)
        return 1;
    store = xcalloc(1, sizeof *store);
    store->path = xstrdup(path);
    if (sqlite3_open_v2(path, &store->db, SQLITE_OPEN_READONLY, NULL) !=
        SQLITE_OK)
        code = unusable(store, err);
    if (!code) {
        store_db_harden(store->db);
        if (store_db_number(store->db, "PRAGMA application_id") != REGISTER_STORE_ID ||
            store_db_number(store->db, "PRAGMA user_version") != REGISTER_STORE_FORMAT ||
            read_origin(store) != 0)
            code = unusable(store, err);
    }
    if (code)
        register_store_close(store);
    else
        *out = store;
    return code;
}

void register_store_close(struct register_store *store)
{
    if (!store)
        return;
    sqlite3_close(store->db);
    free(store->path);
    free(store);
}

const struct register_origin *register_store_origin(const struct register_store *store)
{
    return &store->origin;
}

/* ---- looking up ---- */

static int prepare(const struct register_store *store, sqlite3_stmt **stmt, const char *before,
                   const char *after, struct err *err)
{
    struct buf sql = BUF_INIT;
    int code;

    buf_addf(&sql, "%sSELECT %s FROM unit %s", before, columns, after);
    code = sqlite3_prepare_v2(store->db, sql.text, (int)sql.length, stmt, NULL);
    buf_free(&sql);
    return code == SQLITE_OK ? 0 : unusable(store, err);
}

static void take_row(sqlite3_stmt *stmt, struct register_row *row)
{
    row->line = sqlite3_column_int(stmt, 0);
    for (int i = 0; i < REGISTER_FIELD_COUNT; i++) {
        const char *text = (const char *)sqlite3_column_text(stmt, i + 1);
        row->field[i] = text ? text : "";
    }
}

/* Passes on what the statement gives, and ends it. `*total` (may be NULL) counts all of it. */
static int pass_on(const struct register_store *store, sqlite3_stmt *stmt, int most,
                   register_store_each each, void *data, int *total, struct err *err)
{
    struct register_row row;
    int count = 0, seen = 0, code, stopped = 0;

    while ((code = sqlite3_step(stmt)) == SQLITE_ROW && !stopped) {
        seen++;
        if (count < most) {
            take_row(stmt, &row);
            stopped = each(data, &row);
            count++;
        } else if (!total) {
            break;
        }
    }
    sqlite3_finalize(stmt);
    if (total)
        *total = seen;
    return code == SQLITE_DONE || code == SQLITE_ROW ? count : unusable(store, err);
}

static void bind(sqlite3_stmt *stmt, int at, const char *text)
{
    sqlite3_bind_text(stmt, at, text, -1, SQLITE_TRANSIENT);
}

int register_store_by_oid(struct register_store *store, const char *oid,
                          register_store_each each, void *data, struct err *err)
{
    sqlite3_stmt *stmt;
    int code = prepare(store, &stmt, "", "WHERE oid = ? ORDER BY id", err);

    if (code)
        return code;
    bind(stmt, 1, oid);
    return pass_on(store, stmt, INT32_MAX, each, data, NULL, err);
}

/* All that begins with `prefix` lies from it up to, not including, this text. */
static void bind_prefix(sqlite3_stmt *stmt, int from, int to, const char *prefix)
{
    struct buf end = BUF_INIT;

    buf_addf(&end, "%s\x7F", prefix);
    bind(stmt, from, prefix);
    bind(stmt, to, end.text);
    buf_free(&end);
}

/* A wrong check digit is in the register, too: the number is taken as it is. */
static void own_prefix(const char *business_id, struct buf *out)
{
    buf_add(out, "1.2.246.10.");
    for (const char *at = business_id + strspn(business_id, "0"); *at; at++)
        if (*at != '-')
            buf_add_char(out, *at);
    buf_add(out, ".");
}

static int find_tree(struct register_store *store, const char *business_id, int most,
                     register_store_each each, void *data, int *total, struct err *err)
{
    static const char tree[] =
        "WITH RECURSIVE tree(id, oid) AS ("
        " SELECT id, oid FROM unit WHERE business_id = ?1"
        " UNION SELECT id, oid FROM unit WHERE oid >= ?2 AND oid < ?3"
        " UNION SELECT below.id, below.oid FROM tree JOIN unit AS below ON below.parent = tree.oid"
        ") ";
    struct buf own = BUF_INIT;
    sqlite3_stmt *stmt;
    int code = prepare(store, &stmt, tree, "WHERE id IN (SELECT id FROM tree) ORDER BY id", err);

    if (code)
        return code;
    own_prefix(business_id, &own);
    bind(stmt, 1, business_id);
    bind_prefix(stmt, 2, 3, own.text);
    buf_free(&own);
    return pass_on(store, stmt, most, each, data, total, err);
}

int register_store_tree(struct register_store *store, const char *business_id,
                        register_store_each each, void *data, struct err *err)
{
    return find_tree(store, business_id, INT32_MAX, each, data, NULL, err);
}

static int find_oid(struct register_store *store, const char *prefix, int most,
                    register_store_each each, void *data, int *total, struct err *err)
{
    sqlite3_stmt *stmt;
    int code = prepare(store, &stmt, "", "WHERE oid >= ? AND oid < ? ORDER BY oid, id", err);

    if (code)
        return code;
    bind_prefix(stmt, 1, 2, prefix);
    return pass_on(store, stmt, most, each, data, total, err);
}

static int find_words(struct register_store *store, const char *text, int most,
                      register_store_each each, void *data, int *total, struct err *err)
{
    int64_t *ids = xcalloc((size_t)most + 1, sizeof *ids);
    sqlite3_stmt *stmt = NULL;
    struct register_row row;
    int count = 0, all = 0, shown = 0, code;

    code = register_search_run(store->db, text, most, ids, &count, &all) == SQLITE_OK
               ? prepare(store, &stmt, "", "WHERE id = ?", err) : unusable(store, err);
    while (!code && shown < count) {
        sqlite3_bind_int64(stmt, 1, ids[shown++]);
        if (sqlite3_step(stmt) != SQLITE_ROW) {
            code = unusable(store, err);
            break;
        }
        take_row(stmt, &row);
        if (each(data, &row))
            break;
        sqlite3_reset(stmt);
    }
    sqlite3_finalize(stmt);
    free(ids);
    if (total)
        *total = all;
    return code ? code : shown;
}

static bool is_oid_beginning(const char *text)
{
    const char *dot = strchr(text, '.');

    return text[strspn(text, "0123456789.")] == '\0' && dot && strchr(dot + 1, '.');
}

static bool is_business_id(const char *text)
{
    return strlen(text) == 9 && strspn(text, "0123456789") == 7 && text[7] == '-' &&
           text[8] >= '0' && text[8] <= '9';
}

int register_store_find(struct register_store *store, const char *text, int most,
                        register_store_each each, void *data, int *total, struct err *err)
{
    if (is_oid_beginning(text))
        return find_oid(store, text, most, each, data, total, err);
    if (is_business_id(text))
        return find_tree(store, text, most, each, data, total, err);
    return find_words(store, text, most, each, data, total, err);
}
