/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The projection: answers as tables of SQLite in memory.
 *
 * One table of one row gives the answers outside repeats and the day (expr_row.h), every repeat is
 * a table of its rows, a question is a column with a type. The authorizer allows reading our tables
 * and calling the listed functions and nothing else.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "core/expr_parts.h"
#include "core/facts_ended.h"
#include "core/schema.h"

/* The steps of one evaluation are counted in slices: SQLite's own count goes on over all the
 * evaluations of a prepared statement and would stop a harmless one in a long session. */
enum { EXPR_SLICE = 100000, EXPR_SLICES_MAX = 200 };

/* ---- the database and its guard ---- */

/* Locks and statistics of the library would be a tenth of the start. A cache that makes twenty pages
 * ready is too much for the small tables that a list of values becomes while it is looked into. */
void expr_setup(void)
{
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_PAGECACHE, NULL, 0, 0);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 256, 128);
}

static bool table_is_ours(const struct expr_db *db, const char *name)
{
    if (strncmp(name, "list:", 5) == 0)
        return true;
    for (size_t i = 0; i < db->table_count; i++)
        if (strcmp(db->tables[i].name, name) == 0)
            return true;
    return false;
}

static int guard(void *data, int action, const char *a, const char *b, const char *c,
                 const char *d)
{
    struct expr_db *db = data;

    (void)c;
    (void)d;
    if (db->trusted)
        return SQLITE_OK;
    switch (action) {
    case SQLITE_SELECT:
        return SQLITE_OK;
    case SQLITE_READ:
        return a && table_is_ours(db, a) ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_FUNCTION:
        if (b && strcmp(b, EXPR_TAKE) == 0)
            return db->takes_left-- > 0 ? SQLITE_OK : SQLITE_DENY;
        return b && expr_function_is_allowed(b) ? SQLITE_OK : SQLITE_DENY;
    default:
        return SQLITE_DENY;
    }
}

static int too_many_steps(void *data)
{
    struct expr_db *db = data;

    return db->slices >= 0 && ++db->slices > EXPR_SLICES_MAX;
}

static void set_limits(sqlite3 *db)
{
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_limit(db, SQLITE_LIMIT_COMPOUND_SELECT, 1);
    sqlite3_limit(db, SQLITE_LIMIT_EXPR_DEPTH, 64);
    sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(db, SQLITE_LIMIT_LENGTH, 10000000);
}

/* Statements of our own are made of ids that the loader has checked; they cannot fail. */
static void run_own(struct expr_db *db, const char *sql)
{
    db->trusted = true;
    int status = sqlite3_exec(db->db, sql, NULL, NULL, NULL);
    assert(status == SQLITE_OK);
    (void)status;
    db->trusted = false;
}

static void add_table(struct expr_db *db, const char *name, const struct item *repeat)
{
    db->tables = vec_room(db->tables, &db->table_room, db->table_count + 1,
                          sizeof db->tables[0]);
    db->tables[db->table_count++] = (struct expr_table){ .name = name, .repeat = repeat };
}

static struct expr_table *find_table(const struct expr_db *db, const struct item *repeat)
{
    size_t i = 0;

    while (db->tables[i].repeat != repeat)
        i++;
    return &db->tables[i];
}

/* ---- tables ---- */

static void find_tables(struct expr_db *db, const bool *needed)
{
    const struct schema *schema = db->schema;

    add_table(db, EXPR_PLAN_TABLE, NULL);
    for (size_t i = 0; i < schema->item_count; i++)
        if (schema->items[i]->type == ITEM_REPEAT)
            add_table(db, schema->items[i]->id, schema->items[i]);
    for (size_t i = 0; i < schema->item_count; i++) {
        const struct item *item = schema->items[i];
        struct expr_table *table = find_table(db, item->repeat);

        if (!item_type_column(item->type) || (needed && !needed[i]))
            continue;
        table->columns = vec_room(table->columns, &table->room, table->count + 1,
                                  sizeof table->columns[0]);
        table->columns[table->count++] = item;
    }
}

/* The key is the rowid, so that a row needs no index; keys are whole numbers (answers.h). */
static void make_tables(struct expr_db *db)
{
    struct buf sql = BUF_INIT;

    buf_add(&sql, "BEGIN;");
    for (size_t i = 1; i < db->table_count; i++) {
        const struct expr_table *table = &db->tables[i];
        buf_addf(&sql, "CREATE TABLE \"%s\"(row_key INTEGER PRIMARY KEY,row_no INTEGER",
                 table->name);
        for (size_t c = 0; c < table->count; c++)
            buf_addf(&sql, ",\"%s\" %s", table->columns[c]->id,
                     item_type_column(table->columns[c]->type));
        buf_add(&sql, ");");
    }
    buf_add(&sql, "COMMIT");
    run_own(db, sql.text);
    buf_free(&sql);
}

static void make_EXPR_PLAN_TABLE(struct expr_db *db)
{
    db->plan.columns = db->tables[0].columns;
    db->plan.count = db->tables[0].count;
    db->plan.today = db->today;
    db->trusted = true;
    int status = expr_row_make(db->db, EXPR_PLAN_TABLE, &db->plan);
    assert(status == SQLITE_OK);
    (void)status;
    db->trusted = false;
}

/* ---- lists that choice_filter reads ---- */

static void add_quoted(struct buf *sql, const char *text)
{
    if (!text) {
        buf_add(sql, "NULL");
        return;
    }
    buf_add_char(sql, '\'');
    for (; *text; text++)
        buf_add(sql, *text == '\'' ? "''" : (char[2]){ *text, 0 });
    buf_add_char(sql, '\'');
}

static bool is_shared(const struct expr_db *db, const struct list *list)
{
    const struct schema *schema = db->schema;

    return list >= schema->lists && list < schema->lists + schema->list_count;
}

/* Choices written in an item have its id, which a shared list may have too. */
void expr_list_name(struct buf *sql, const struct expr_db *db, const struct list *list)
{
    buf_addf(sql, "\"list:%s%s\"", is_shared(db, list) ? "" : "of:", list->id);
}

static void make_list(struct expr_db *db, const struct list *list)
{
    struct buf sql = BUF_INIT, name = BUF_INIT;

    expr_list_name(&name, db, list);
    buf_addf(&sql, "CREATE TABLE IF NOT EXISTS %s(id TEXT", name.text);
    for (size_t c = 0; c < list->column_count; c++)
        buf_addf(&sql, ",\"%s\" TEXT", list->columns[c]);
    buf_addf(&sql, "); DELETE FROM %s;", name.text);
    for (size_t i = 0; i < list->choice_count; i++) {
        buf_addf(&sql, "INSERT INTO %s VALUES(", name.text);
        add_quoted(&sql, list->choices[i].id);
        for (size_t c = 0; c < list->column_count; c++) {
            buf_add_char(&sql, ',');
            add_quoted(&sql, list->choices[i].extra[c]);
        }
        buf_add(&sql, ");");
    }
    run_own(db, sql.text);
    buf_free(&sql);
    buf_free(&name);
}

void expr_need_list(struct expr_db *db, const struct list *list)
{
    bool *made = is_shared(db, list) ? &db->list_made[list - db->schema->lists] : NULL;

    if (made && *made)
        return;
    make_list(db, list);
    if (made)
        *made = true;
}

/* All lists that choices are filtered of, before anything is compiled: a table made later would
 * have SQLite compile all again. */
static void make_lists(struct expr_db *db)
{
    for (size_t i = 0; i < db->schema->item_count; i++)
        if (db->schema->items[i]->choice_filter.sql)
            expr_need_list(db, db->schema->items[i]->list);
}

/* ---- life cycle ---- */

static int new_db(struct expr_db **out, const struct schema *schema, int today,
                  const bool *needed, struct err *err)
{
    struct expr_db *db = xcalloc(1, sizeof *db);

    db->schema = schema;
    db->slices = -1;
    db->list_made = xcalloc(schema->list_count + 1, sizeof(bool));
    date_iso(today, db->today);
    *out = db;
    if (sqlite3_open(":memory:", &db->db) != SQLITE_OK)
        return err_set(err, ERR_INPUT, "no memory database: %s", sqlite3_errmsg(db->db));
    set_limits(db->db);
    sqlite3_progress_handler(db->db, EXPR_SLICE, too_many_steps, db);
    db->ended = ended_names_new(schema, today);
    db->facts = (struct expr_facts){ schema, NULL, today, db->ended };
    sqlite3_create_function_v2(db->db, EXPR_TAKE, -1, SQLITE_UTF8, db, expr_take, NULL, NULL, NULL);
    expr_functions_register(db->db, &db->facts);
    sqlite3_set_authorizer(db->db, guard, db);
    find_tables(db, needed);
    make_tables(db);
    make_EXPR_PLAN_TABLE(db);
    make_lists(db);
    return 0;
}

void expr_db_use_notes(struct expr_db *db, const struct fact_notes *notes)
{
    db->facts.notes = notes;
}

int expr_db_new(struct expr_db **out, const struct schema *schema, int today, struct err *err)
{
    return new_db(out, schema, today, NULL, err);
}

int expr_db_new_narrow(struct expr_db **out, const struct schema *schema, int today,
                       struct err *err)
{
    bool *needed = expr_needed_items(schema);
    int code = new_db(out, schema, today, needed, err);

    free(needed);
    return code;
}

void expr_db_free(struct expr_db *db)
{
    if (!db)
        return;
    for (size_t i = 0; i < db->table_count; i++) {
        sqlite3_finalize(db->tables[i].write);
        free(db->tables[i].columns);
    }
    free(db->tables);
    free(db->list_made);
    sqlite3_close(db->db);
    ended_names_free(db->ended);
    free(db);
}

bool expr_db_holds(const struct expr_db *db, const struct item *item)
{
    const struct expr_table *table = find_table(db, item->repeat);

    for (size_t c = 0; c < table->count; c++)
        if (table->columns[c] == item)
            return true;
    return false;
}

static sqlite3_stmt *prepare_own(struct expr_db *db, const char *sql)
{
    sqlite3_stmt *stmt = NULL;

    db->trusted = true;
    int status = sqlite3_prepare_v3(db->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL);
    assert(status == SQLITE_OK);
    (void)status;
    db->trusted = false;
    return stmt;
}

static void prepare_write(struct expr_db *db, struct expr_table *table)
{
    struct buf sql = BUF_INIT;

    buf_addf(&sql, "REPLACE INTO \"%s\" VALUES(?,?", table->name);
    buf_add_repeat(&sql, ",?", (int)table->count);
    buf_add_char(&sql, ')');
    table->write = prepare_own(db, sql.text);
    buf_free(&sql);
}

void expr_db_write(struct expr_db *db, const struct item *repeat, const char *row, int number,
                   expr_value_of value, void *data)
{
    struct expr_table *table = find_table(db, repeat);

    if (!table->write)
        prepare_write(db, table);
    sqlite3_bind_text(table->write, 1, row, -1, SQLITE_STATIC);
    sqlite3_bind_int(table->write, 2, number);
    for (size_t c = 0; c < table->count; c++)
        sqlite3_bind_text(table->write, (int)c + 3, value(data, table->columns[c]), -1,
                          SQLITE_STATIC);
    sqlite3_step(table->write);
    sqlite3_reset(table->write);
}

void expr_db_source(struct expr_db *db, expr_value_of value, void *data)
{
    db->plan.value = value;
    db->plan.data = data;
}

void expr_db_clear(struct expr_db *db, const struct item *repeat)
{
    struct buf sql = BUF_INIT;

    buf_addf(&sql, "DELETE FROM \"%s\"", repeat->id);
    run_own(db, sql.text);
    buf_free(&sql);
}
