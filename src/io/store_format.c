/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The statements that make the tables of the plan file, format by format.
 */
#include "io/store_format.h"

#include <sqlite3.h>
#include <string.h>

#include "base/buf.h"
#include "io/store_db.h"

/* What each format added. A plan of format n runs the steps after n. */
static const char *const format_steps[STORE_FORMAT + 1] = {
    [1] = "CREATE TABLE session(id INTEGER PRIMARY KEY, started TEXT NOT NULL, who TEXT NOT NULL,"
          " host TEXT NOT NULL, program TEXT NOT NULL) STRICT;"
          "CREATE TABLE answer(id INTEGER PRIMARY KEY, form TEXT NOT NULL,"
          " repeat_key TEXT NOT NULL, item TEXT NOT NULL, value TEXT, at TEXT NOT NULL,"
          " session INTEGER NOT NULL REFERENCES session(id), change INTEGER NOT NULL,"
          " takes_back INTEGER) STRICT;"
          "CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;"
          "CREATE TRIGGER answer_is_kept BEFORE DELETE ON answer"
          " BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;"
          "CREATE TRIGGER answer_is_final BEFORE UPDATE ON answer"
          " BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;"
          "CREATE TRIGGER answer_is_new BEFORE INSERT ON answer"
          " WHEN EXISTS (SELECT 1 FROM answer WHERE id = NEW.id)"
          " BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;",
    [2] = "CREATE TABLE draft(item TEXT NOT NULL, repeat_key TEXT NOT NULL, value TEXT NOT NULL,"
          " at TEXT NOT NULL, PRIMARY KEY(item, repeat_key)) STRICT;"
          "CREATE TABLE print(id INTEGER PRIMARY KEY, document TEXT NOT NULL,"
          " lang TEXT NOT NULL, at TEXT NOT NULL, last_answer INTEGER NOT NULL) STRICT;",
    [STORE_VERSIONS_FORMAT] = store_versions_step,
};

static void add_schema(sqlite3 *db, struct buf *out)
{
    sqlite3_stmt *stmt;

    if (sqlite3_prepare_v2(db, "SELECT type, name, coalesce(sql, '') FROM sqlite_master"
                               " ORDER BY type, name", -1, &stmt, NULL) != SQLITE_OK)
        return;
    while (sqlite3_step(stmt) == SQLITE_ROW)
        buf_addf(out, "%s %s %s\n", (const char *)sqlite3_column_text(stmt, 0),
                 (const char *)sqlite3_column_text(stmt, 1),
                 (const char *)sqlite3_column_text(stmt, 2));
    sqlite3_finalize(stmt);
}

/* Compared with what the steps make in an empty database. */
bool store_format_is(sqlite3 *db, int format)
{
    struct buf found = BUF_INIT, expected = BUF_INIT;
    sqlite3 *model = NULL;
    bool same = sqlite3_open(":memory:", &model) == SQLITE_OK;

    for (int f = 1; same && f <= format; f++)
        same = store_db_run(model, format_steps[f]) == SQLITE_OK;
    if (same) {
        add_schema(model, &expected);
        add_schema(db, &found);
        same = strcmp(found.text, expected.text) == 0;
    }
    sqlite3_close(model);
    buf_free(&found);
    buf_free(&expected);
    return same;
}

int store_format_update(sqlite3 *db, int from)
{
    struct buf sql = BUF_INIT;
    int status;

    buf_add(&sql, "BEGIN IMMEDIATE;");
    for (int f = from + 1; f <= STORE_FORMAT; f++)
        buf_add(&sql, format_steps[f]);
    buf_addf(&sql, "PRAGMA application_id=%d; PRAGMA user_version=%d; COMMIT", STORE_APPLICATION_ID,
             STORE_FORMAT);
    status = store_db_run(db, sql.text);
    if (status != SQLITE_OK)
        store_db_run(db, "ROLLBACK");
    buf_free(&sql);
    return status;
}
