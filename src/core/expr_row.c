/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A virtual table of SQLite with one row. Its columns are declared with the types of their
 * items and give values of these types, so that expressions compare as over a real table.
 */
#include "core/expr_row.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "core/schema.h"

enum { COLUMN_KEY, COLUMN_TODAY, COLUMN_ITEMS };

struct table {
    sqlite3_vtab base;        /* first: SQLite knows the table by it */
    const struct expr_row *row;
};

struct cursor {
    sqlite3_vtab_cursor base;
    bool end;
};

static int row_connect(sqlite3 *db, void *data, int argc, const char *const *argv,
                       sqlite3_vtab **out, char **message)
{
    const struct expr_row *row = data;
    struct buf sql = BUF_INIT;
    struct table *table;
    int status;

    (void)argc, (void)argv, (void)message;
    buf_add(&sql, "CREATE TABLE x(row_key INTEGER, today TEXT");
    for (size_t i = 0; i < row->count; i++)
        buf_addf(&sql, ",\"%s\" %s", row->columns[i]->id,
                 item_type_column(row->columns[i]->type));
    buf_add_char(&sql, ')');
    status = sqlite3_declare_vtab(db, sql.text);
    buf_free(&sql);
    if (status != SQLITE_OK)
        return status;
    table = xcalloc(1, sizeof *table);
    table->row = row;
    *out = &table->base;
    return SQLITE_OK;
}

static int row_disconnect(sqlite3_vtab *table)
{
    free(table);
    return SQLITE_OK;
}

static int row_best_index(sqlite3_vtab *table, sqlite3_index_info *info)
{
    (void)table;
    info->estimatedCost = 1;
    info->estimatedRows = 1;
    info->idxFlags = SQLITE_INDEX_SCAN_UNIQUE;
    return SQLITE_OK;
}

static int row_open(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
    struct cursor *cursor = xcalloc(1, sizeof *cursor);

    (void)table;
    *out = &cursor->base;
    return SQLITE_OK;
}

static int row_close(sqlite3_vtab_cursor *cursor)
{
    free(cursor);
    return SQLITE_OK;
}

static int row_filter(sqlite3_vtab_cursor *cursor, int index, const char *name, int argc,
                      sqlite3_value **argv)
{
    (void)index, (void)name, (void)argc, (void)argv;
    ((struct cursor *)cursor)->end = false;
    return SQLITE_OK;
}

static int row_next(sqlite3_vtab_cursor *cursor)
{
    ((struct cursor *)cursor)->end = true;
    return SQLITE_OK;
}

static int row_eof(sqlite3_vtab_cursor *cursor)
{
    return ((struct cursor *)cursor)->end;
}

static void give_value(sqlite3_context *context, const char *value, const char *type)
{
    char *end = NULL;

    if (!value)
        return;
    if (type[0] == 'I') {
        long long number = strtoll(value, &end, 10);
        if (end != value && !*end)
            sqlite3_result_int64(context, number);
    } else if (type[0] == 'R') {
        double number = strtod(value, &end);
        if (end != value && !*end)
            sqlite3_result_double(context, number);
    }
    if (!end || end == value || *end)
        sqlite3_result_text(context, value, -1, SQLITE_TRANSIENT);
}

static int row_column(sqlite3_vtab_cursor *cursor, sqlite3_context *context, int column)
{
    const struct expr_row *row = ((const struct table *)cursor->pVtab)->row;

    if (column == COLUMN_KEY) {
        sqlite3_result_int(context, 1);
    } else if (column == COLUMN_TODAY) {
        sqlite3_result_text(context, row->today, -1, SQLITE_STATIC);
    } else if (row->value) {
        const struct item *item = row->columns[column - COLUMN_ITEMS];
        give_value(context, row->value(row->data, item), item_type_column(item->type));
    }
    return SQLITE_OK;
}

static int row_id(sqlite3_vtab_cursor *cursor, sqlite3_int64 *id)
{
    (void)cursor;
    *id = 1;
    return SQLITE_OK;
}

int expr_row_make(sqlite3 *db, const char *table, struct expr_row *row)
{
    static const sqlite3_module module = {
        .xCreate = row_connect, .xConnect = row_connect, .xBestIndex = row_best_index,
        .xDisconnect = row_disconnect, .xDestroy = row_disconnect, .xOpen = row_open,
        .xClose = row_close, .xFilter = row_filter, .xNext = row_next, .xEof = row_eof,
        .xColumn = row_column, .xRowid = row_id,
    };
    struct buf sql = BUF_INIT;
    int status = sqlite3_create_module_v2(db, "expr_row", &module, row, NULL);

    buf_addf(&sql, "CREATE VIRTUAL TABLE \"%s\" USING expr_row", table);
    if (status == SQLITE_OK)
        status = sqlite3_exec(db, sql.text, NULL, NULL, NULL);
    buf_free(&sql);
    return status;
}
