/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Writing the register's cache.
 *
 * The new file is nobody's until it is renamed, so that it needs neither journal nor syncing on the
 * way; it is synced once, when it is whole. The lock keeps two imports from writing the same
 * file. Indexes are made at the end, which sorts instead of jumping about.
 */
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/tr.h"
#include "io/register_store.h"
#include "io/register_store_parts.h"
#include "io/store_db.h"
#include "io/store_lock.h"

struct register_import {
    char *path, *new_path;
    struct store_lock lock;
    sqlite3 *db;
    sqlite3_stmt *row, *block;
    struct buf text, scratch; /* the block that is being filled */
    int64_t rows, first;      /* so far; the first row of the block */
};

static const char tables[] =
    "CREATE TABLE origin (name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;"
    "CREATE TABLE search (first INTEGER PRIMARY KEY, text BLOB NOT NULL) STRICT;";

static const char indexes[] =
    "CREATE INDEX unit_oid ON unit (oid);"
    "CREATE INDEX unit_parent ON unit (parent) WHERE parent IS NOT NULL;"
    "CREATE INDEX unit_business_id ON unit (business_id) WHERE business_id IS NOT NULL;";

static int not_written(const struct register_import *import, const char *why, struct err *err)
{
    return err_set(err, ERR_OUTPUT, N_("%s: cannot be written: %s"), import->path, why);
}

static int sql_failed(const struct register_import *import, int code, struct err *err)
{
    return not_written(import, tr_text(err_tr(err), store_db_why(code, sqlite3_errstr(code))),
                       err);
}

/* The name is new, so that nobody else's file is written to, and nobody else may read it. */
static int make_file(struct register_import *import, struct err *err)
{
    int fd;

    unlink(import->new_path);
    fd = open(import->new_path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return not_written(import, err_reason(err_tr(err), errno), err);
    close(fd);
    return 0;
}

static int make_tables(sqlite3 *db)
{
    struct buf sql = BUF_INIT;
    int code;

    buf_addf(&sql, "PRAGMA application_id=%d; PRAGMA user_version=%d;%s"
                   "CREATE TABLE unit (id INTEGER PRIMARY KEY, line INTEGER", REGISTER_STORE_ID,
             REGISTER_STORE_FORMAT, tables);
    for (int i = 0; i < REGISTER_FIELD_COUNT; i++)
        buf_addf(&sql, ", %s %s", register_field_name((enum register_field)i),
                 register_field_kind((enum register_field)i) == REGISTER_FLAG ? "INTEGER" : "TEXT");
    buf_add(&sql, ") STRICT");
    code = store_db_run(db, sql.text);
    buf_free(&sql);
    return code;
}

static int prepare(struct register_import *import)
{
    struct buf sql = BUF_INIT;
    int code;

    buf_add(&sql, "INSERT INTO unit VALUES (?, ?");
    buf_add_repeat(&sql, ", ?", REGISTER_FIELD_COUNT);
    buf_add(&sql, ")");
    code = sqlite3_prepare_v3(import->db, sql.text, -1, SQLITE_PREPARE_PERSISTENT, &import->row,
                              NULL);
    buf_free(&sql);
    if (code == SQLITE_OK)
        code = sqlite3_prepare_v2(import->db, "INSERT INTO search VALUES (?, ?)", -1,
                                  &import->block, NULL);
    return code;
}

static int open_database(struct register_import *import)
{
    int code = sqlite3_open_v2(import->new_path, &import->db, SQLITE_OPEN_READWRITE, NULL);

    if (code == SQLITE_OK)
        code = store_db_run(import->db, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
                                        "PRAGMA locking_mode=EXCLUSIVE; PRAGMA cache_size=-4096;"
                                        "PRAGMA secure_delete=OFF; BEGIN");
    if (code == SQLITE_OK)
        code = make_tables(import->db);
    return code == SQLITE_OK ? prepare(import) : code;
}

int register_store_begin(struct register_import **out, const char *path, struct err *err)
{
    struct register_import *import = xcalloc(1, sizeof *import);
    struct buf new_path = BUF_INIT;
    char *held;
    int code;

    buf_addf(&new_path, "%s.new", path);
    *import = (struct register_import){ .path = xstrdup(path), .new_path = buf_detach(&new_path),
                                        .lock = STORE_LOCK_INIT, .text = BUF_INIT,
                                        .scratch = BUF_INIT, .first = 1 };
    *out = NULL;
    held = store_lock_take(&import->lock, path, err_tr(err));
    code = held ? err_set(err, ERR_OUTPUT, "%s", held) : make_file(import, err);
    free(held);
    if (!code) {
        int result = open_database(import);
        if (result != SQLITE_OK)
            code = sql_failed(import, result, err);
    }
    if (code)
        register_store_drop(import);
    else
        *out = import;
    return code;
}

static int write_block(struct register_import *import)
{
    int code;

    sqlite3_bind_int64(import->block, 1, import->first);
    sqlite3_bind_blob(import->block, 2, import->text.text, (int)import->text.length,
                      SQLITE_STATIC);
    sqlite3_step(import->block);
    code = sqlite3_reset(import->block);
    buf_clear(&import->text);
    import->first = import->rows + 1;
    return code;
}

static void bind_row(sqlite3_stmt *stmt, int64_t id, const struct register_row *row)
{
    sqlite3_bind_int64(stmt, 1, id);
    sqlite3_bind_int(stmt, 2, row->line);
    for (int i = 0; i < REGISTER_FIELD_COUNT; i++) {
        const char *text = row->field[i];
        if (!*text)
            sqlite3_bind_null(stmt, i + 3);
        else if (register_field_kind((enum register_field)i) == REGISTER_FLAG)
            sqlite3_bind_int(stmt, i + 3, *text == '1');
        else
            sqlite3_bind_text(stmt, i + 3, text, -1, SQLITE_STATIC);
    }
}

int register_store_add(struct register_import *import, const struct register_row *row,
                       struct err *err)
{
    int code;

    bind_row(import->row, ++import->rows, row);
    sqlite3_step(import->row);
    code = sqlite3_reset(import->row);
    register_search_add(&import->text, row, &import->scratch);
    if (code == SQLITE_OK && import->text.length >= REGISTER_BLOCK)
        code = write_block(import);
    return code == SQLITE_OK ? 0 : sql_failed(import, code, err);
}

static int write_origin(sqlite3 *db, const struct register_origin *origin)
{
#define REGISTER_AS_TEXT(name) { #name, origin->name, 0 },
#define REGISTER_AS_NUMBER(name) { #name, NULL, origin->name },
    const struct {
        const char *name, *text;
        int64_t number;
    } values[] = {
        REGISTER_ORIGIN_TEXTS(REGISTER_AS_TEXT)
        REGISTER_ORIGIN_NUMBERS(REGISTER_AS_NUMBER)
    };
#undef REGISTER_AS_TEXT
#undef REGISTER_AS_NUMBER
    sqlite3_stmt *stmt = NULL;
    int code = sqlite3_prepare_v2(db, "INSERT INTO origin VALUES (?, ?)", -1, &stmt, NULL);

    for (size_t i = 0; i < countof(values) && code == SQLITE_OK; i++) {
        sqlite3_bind_text(stmt, 1, values[i].name, -1, SQLITE_STATIC);
        if (values[i].text)
            sqlite3_bind_text(stmt, 2, values[i].text, -1, SQLITE_STATIC);
        else
            sqlite3_bind_int64(stmt, 2, values[i].number);
        sqlite3_step(stmt);
        code = sqlite3_reset(stmt);
    }
    sqlite3_finalize(stmt);
    return code;
}

/* Syncs what no transaction has synced. */
static int sync_path(const char *path, int flags)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | flags), result;

    if (fd < 0)
        return -1;
    result = fsync(fd);
    close(fd);
    return result;
}

static int finish_database(struct register_import *import, const struct register_origin *origin)
{
    int code = write_block(import);

    if (code == SQLITE_OK)
        code = write_origin(import->db, origin);
    if (code == SQLITE_OK)
        code = store_db_run(import->db, indexes);
    if (code == SQLITE_OK)
        code = store_db_run(import->db, "COMMIT");
    sqlite3_finalize(import->row);
    sqlite3_finalize(import->block);
    import->row = import->block = NULL;
    if (code == SQLITE_OK && sqlite3_close(import->db) == SQLITE_OK)
        import->db = NULL;
    return code;
}

/* The new name lasts over a power cut when the file system can do that; the file is whole either
 * way. */
static void sync_folder(const char *path)
{
    char *folder = xstrndup(path, (size_t)(strrchr(path, '/') - path) + 1);

    sync_path(folder, O_DIRECTORY);
    free(folder);
}

int register_store_end(struct register_import *import, const struct register_origin *origin,
                       struct err *err)
{
    int result = finish_database(import, origin), code = 0;

    if (result != SQLITE_OK)
        code = sql_failed(import, result, err);
    else if (sync_path(import->new_path, 0) != 0 || rename(import->new_path, import->path) != 0)
        code = not_written(import, err_reason(err_tr(err), errno), err);
    else if (strchr(import->path, '/'))
        sync_folder(import->path);
    register_store_drop(import);
    return code;
}

void register_store_drop(struct register_import *import)
{
    if (!import)
        return;
    sqlite3_finalize(import->row);
    sqlite3_finalize(import->block);
    sqlite3_close(import->db);
    if (import->lock.fd >= 0)
        unlink(import->new_path);
    store_lock_release(&import->lock);
    buf_free(&import->text);
    buf_free(&import->scratch);
    free(import->path);
    free(import->new_path);
    free(import);
}
