/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Small calls to SQLite that the parts of the plan file have in common.
 */
#include "io/store_db.h"

#include <sqlite3.h>
#include <stddef.h>
#include <string.h>

#include "base/buf.h"
#include "base/tr.h"
#include "base/utf8.h"

enum {
    BUSY_MS = 2000
};

int store_db_run(sqlite3 *db, const char *sql)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

int64_t store_db_number(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *stmt;
    int64_t number = -1;

    if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK &&
        sqlite3_step(stmt) == SQLITE_ROW)
        number = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return number;
}

void store_db_harden(sqlite3 *db)
{
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_busy_timeout(db, BUSY_MS);
    store_db_run(db, "PRAGMA foreign_keys=ON; PRAGMA cell_size_check=ON;"
                     "PRAGMA synchronous=EXTRA; PRAGMA cache_size=-512");
    store_db_run(db, "PRAGMA journal_mode=DELETE");
}

const char *store_db_why(int code, const char *otherwise)
{
    return code == SQLITE_FULL || code == SQLITE_IOERR
               ? N_("the disk is full or cannot be written") : otherwise;
}

bool store_db_is_sound(sqlite3 *db)
{
    sqlite3_stmt *stmt;
    bool sound = false;

    if (sqlite3_prepare_v2(db, "PRAGMA quick_check(1)", -1, &stmt, NULL) == SQLITE_OK &&
        sqlite3_step(stmt) == SQLITE_ROW)
        sound = strcmp((const char *)sqlite3_column_text(stmt, 0), "ok") == 0;
    sqlite3_finalize(stmt);
    return sound;
}

const char *store_db_text(sqlite3_stmt *stmt, int column, struct buf *buf)
{
    const char *text = (const char *)sqlite3_column_text(stmt, column);

    if (!text)
        return NULL;
    buf_clear(buf);
    utf8_clean(buf, text, strlen(text), 0);
    return buf->text;
}

const char *store_db_word(sqlite3_stmt *stmt, int column, struct buf *buf)
{
    const char *text = (const char *)sqlite3_column_text(stmt, column);

    buf_clear(buf);
    utf8_clean(buf, text ? text : "", text ? strlen(text) : 0, UTF8_ONE_LINE);
    return buf->text;
}
