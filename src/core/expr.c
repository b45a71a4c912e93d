/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Expressions, evaluated by SQLite over tables in memory.
 *
 * One table of one row gives the answers outside repeats and the day (expr_row.h), every repeat is
 * a table of its rows, a question is a column with a type. An expression set is one SELECT with a
 * column for each expression. Two things keep foreign text harmless: a scan that refuses whatever
 * could leave its parentheses, and the authorizer, which allows reading our tables and calling the
 * listed functions and nothing else.
 */
#include "core/expr.h"

#include <assert.h>
#include <ctype.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "core/activity.h"
#include "core/expr_functions.h"
#include "core/expr_row.h"
#include "core/facts_ended.h"
#include "core/outlines.h"
#include "core/schema.h"

/* The steps of one evaluation are counted in slices: SQLite's own count goes on over all the
 * evaluations of a prepared statement and would stop a harmless one in a long session. */
enum { EXPR_LENGTH_MAX = 4096, EXPR_SLICE = 100000, EXPR_SLICES_MAX = 200 };

/* No id can be this. */
static const char plan_table[] = "plan:";

/* The values of a statement are the arguments of this function, TAKE_MOST a call, behind the place
 * of the first one: a column of its own for each would cost a name and a description of 280 bytes
 * in every statement. */
static const char take_name[] = "take";
enum { TAKE_MOST = 100 };

/* One table of the projection: the items outside repeats (repeat NULL), or a repeat's. */
struct table {
    const char *name;
    const struct item *repeat;
    const struct item **columns;
    size_t count, room;
    sqlite3_stmt *write;
};

struct expr_db {
    sqlite3 *db;
    const struct schema *schema;
    struct table *tables;          /* the first is the one outside repeats */
    struct expr_row plan;          /* its row */
    size_t table_count, table_room;
    char today[11];
    struct expr_facts facts;
    struct ended_names *ended;
    bool trusted;                  /* our own statements pass the authorizer */
    int slices;                    /* used by the evaluation that runs; -1: none runs */
    int takes_left;                /* calls of take() that the statement being compiled may have */
    struct expr_set *running;      /* whose values take() gives; NULL: nobody's */
    bool *list_made;               /* by position in schema->lists, for choice_filter */
};

struct expr_set {
    struct expr_db *db;
    sqlite3_stmt *stmt;
    size_t count;
    bool rows;                     /* column 0 is the row key */
    struct expr_value *values;
    struct buf texts;              /* of the values of the row being evaluated */
};

/* Locks and statistics of the library would be a tenth of the start. */
void expr_setup(void)
{
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 256, 128);
}

/* ---- names in an expression ---- */

static size_t skip_quoted(const char *sql)
{
    size_t i = 1;

    while (sql[i] && !(sql[i] == sql[0] && sql[i + 1] != sql[0]))
        i += sql[i] == sql[0] ? 2 : 1;
    return sql[i] ? i + 1 : i;
}

static size_t word_length(const char *sql)
{
    size_t i = 0;

    while (isalnum((unsigned char)sql[i]) || sql[i] == '_')
        i++;
    return i;
}

/* Calls `each` for every word outside string literals; a quoted name is a word too. */
static void each_word(const char *sql, void (*each)(void *, const char *, size_t), void *data)
{
    while (*sql) {
        if (*sql == '\'') {
            sql += skip_quoted(sql);
        } else if (isalpha((unsigned char)*sql) || *sql == '_') {
            size_t length = word_length(sql);
            each(data, sql, length);
            sql += length;
        } else if (isdigit((unsigned char)*sql)) {
            sql += word_length(sql);
        } else {
            sql++;
        }
    }
}

struct reads {
    const struct schema *schema;
    const struct item **seen;
    size_t count, room;
};

/* Names are found whatever their case, as SQLite finds them. */
static const struct item *item_named(const struct schema *schema, const char *word,
                                     size_t length)
{
    char small[128];

    if (length >= sizeof small)
        return NULL;
    for (size_t i = 0; i < length; i++)
        small[i] = (char)tolower((unsigned char)word[i]);
    return schema_item_n(schema, small, length);
}

static void note_read(void *data, const char *word, size_t length)
{
    struct reads *reads = data;
    const struct item *item = item_named(reads->schema, word, length);

    if (!item)
        return;
    for (size_t i = 0; i < reads->count; i++)
        if (reads->seen[i] == item)
            return;
    reads->seen = vec_room(reads->seen, &reads->room, reads->count + 1, sizeof reads->seen[0]);
    reads->seen[reads->count++] = item;
}

void expr_reads(const struct schema *schema, const char *sql,
                void (*each)(void *data, const struct item *item), void *data)
{
    struct reads reads = { .schema = schema };

    each_word(sql, note_read, &reads);
    for (size_t i = 0; i < reads.count; i++)
        each(data, reads.seen[i]);
    free(reads.seen);
}

/* An expression must stay inside the parentheses that it is put into. Returns what is wrong,
 * and where, or NULL. */
static const char *shape_fault(const char *sql, size_t *at)
{
    int depth = 0;
    size_t i = 0;

    while (sql[i]) {
        *at = i;
        if (sql[i] == '\'' || sql[i] == '"') {
            size_t length = skip_quoted(sql + i);
            if (length < 2 || sql[i + length - 1] != sql[i])
                return "the quotation mark is not closed";
            i += length;
            continue;
        }
        if (sql[i] == ';' || (sql[i] == '-' && sql[i + 1] == '-') ||
            (sql[i] == '/' && sql[i + 1] == '*'))
            return "statements and comments are not allowed in an expression";
        if (strchr("?:@$`[]#\\", sql[i]))
            return "this character is not allowed in an expression";
        depth += sql[i] == '(' ? 1 : sql[i] == ')' ? -1 : 0;
        if (depth < 0)
            return "there is a closing parenthesis too many";
        i++;
    }
    *at = i;
    if (i > EXPR_LENGTH_MAX)
        return "the expression is too long";
    return depth ? "a parenthesis is not closed" : NULL;
}

/* ---- the database and its guard ---- */

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
        if (b && strcmp(b, take_name) == 0)
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
    db->tables[db->table_count++] = (struct table){ .name = name, .repeat = repeat };
}

static struct table *find_table(const struct expr_db *db, const struct item *repeat)
{
    size_t i = 0;

    while (db->tables[i].repeat != repeat)
        i++;
    return &db->tables[i];
}

/* ---- which columns are needed ---- */

static void note_needed(void *data, const struct item *item)
{
    bool *needed = data;

    needed[item->index] = true;
}

static void need_reads(const struct schema *schema, const struct rule_text *rule, bool *needed)
{
    if (rule->sql)
        expr_reads(schema, rule->sql, note_needed, needed);
}

static void need_activities(const struct schema *schema, bool *needed)
{
    const struct activities *all = schema->activities;

    for (size_t i = 0; all && i < all->count; i++) {
        need_reads(schema, &all->at[i].relevant, needed);
        need_reads(schema, &all->at[i].done, needed);
    }
    for (size_t i = 0; all && i < all->expiry_count; i++)
        need_reads(schema, &all->expiries[i].relevant, needed);
}

/* The items that some expression of the content reads, by index: a fraction of all. */
static bool *needed_items(const struct schema *schema)
{
    bool *needed = xcalloc(schema->item_count + 1, sizeof needed[0]);

    for (size_t i = 0; i < schema->item_count; i++) {
        const struct item *item = schema->items[i];
        const struct rule_text *rules[] = { &item->required, &item->relevant, &item->constraint,
                                            &item->calculate, &item->initial,
                                            &item->choice_filter, &item->page->relevant };
        for (size_t r = 0; r < countof(rules); r++)
            need_reads(schema, rules[r], needed);
    }
    for (size_t i = 0; i < schema->task_count; i++)
        need_reads(schema, &schema->tasks[i].relevant, needed);
    for (size_t i = 0; i < schema->rule_count; i++)
        need_reads(schema, &schema->rules[i].when, needed);
    for (size_t i = 0; i < schema->document_count; i++)
        for (size_t n = 0; n < schema->documents[i].section_count; n++)
            need_reads(schema, &schema->documents[i].sections[n].relevant, needed);
    for (size_t i = 0; i < schema->outline_count; i++)
        for (size_t n = 0; n < schema->outlines[i].part_count; n++)
            need_reads(schema, &schema->outlines[i].parts[n].relevant, needed);
    need_activities(schema, needed);
    return needed;
}

static void find_tables(struct expr_db *db, const bool *needed)
{
    const struct schema *schema = db->schema;

    add_table(db, plan_table, NULL);
    for (size_t i = 0; i < schema->item_count; i++)
        if (schema->items[i]->type == ITEM_REPEAT)
            add_table(db, schema->items[i]->id, schema->items[i]);
    for (size_t i = 0; i < schema->item_count; i++) {
        const struct item *item = schema->items[i];
        struct table *table = find_table(db, item->repeat);

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
        const struct table *table = &db->tables[i];
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

static void make_plan_table(struct expr_db *db)
{
    db->plan.columns = db->tables[0].columns;
    db->plan.count = db->tables[0].count;
    db->plan.today = db->today;
    db->trusted = true;
    int status = expr_row_make(db->db, plan_table, &db->plan);
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
static void add_list_name(struct buf *sql, const struct expr_db *db, const struct list *list)
{
    buf_addf(sql, "\"list:%s%s\"", is_shared(db, list) ? "" : "of:", list->id);
}

static void make_list(struct expr_db *db, const struct list *list)
{
    struct buf sql = BUF_INIT, name = BUF_INIT;

    add_list_name(&name, db, list);
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

static void need_list(struct expr_db *db, const struct list *list)
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
            need_list(db, db->schema->items[i]->list);
}

/* ---- the values of a row ---- */

/* A text is copied, and `integer` says where to. */
static void read_value(struct expr_set *set, sqlite3_value *value, struct expr_value *out)
{
    const char *text;

    *out = (struct expr_value){ .kind = EXPR_EMPTY };
    switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
        out->kind = EXPR_INTEGER;
        out->integer = sqlite3_value_int64(value);
        break;
    case SQLITE_FLOAT:
        out->kind = EXPR_REAL;
        out->real = sqlite3_value_double(value);
        break;
    case SQLITE_TEXT:
        text = (const char *)sqlite3_value_text(value);
        if (!text || !utf8_valid(text, strlen(text)))
            break;
        out->kind = EXPR_TEXT;
        out->integer = (int64_t)set->texts.length;
        buf_add_n(&set->texts, text, strlen(text) + 1);
        break;
    default:
        break;   /* bytes that are no text are no value */
    }
}

static void take(sqlite3_context *context, int count, sqlite3_value **args)
{
    const struct expr_db *db = sqlite3_user_data(context);
    struct expr_set *set = db->running;
    size_t first = (size_t)sqlite3_value_int(args[0]);

    for (int i = 1; i < count && set; i++)
        read_value(set, args[i], &set->values[first + (size_t)i - 1]);
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
    sqlite3_create_function_v2(db->db, take_name, -1, SQLITE_UTF8, db, take, NULL, NULL, NULL);
    expr_functions_register(db->db, &db->facts);
    sqlite3_set_authorizer(db->db, guard, db);
    find_tables(db, needed);
    make_tables(db);
    make_plan_table(db);
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
    bool *needed = needed_items(schema);
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
    const struct table *table = find_table(db, item->repeat);

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

static void prepare_write(struct expr_db *db, struct table *table)
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
    struct table *table = find_table(db, repeat);

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

/* ---- compiling a set ---- */

/* Returns where the author's text begins in the statement. */
static size_t add_expression(struct buf *sql, const struct expr_db *db,
                             const struct expr_spec *spec)
{
    size_t start;

    if (spec->list) {
        buf_add(sql, "(SELECT group_concat(id,' ') FROM ");
        add_list_name(sql, db, spec->list);
        buf_add(sql, " WHERE ");
    }
    buf_add_char(sql, '(');
    start = sql->length;
    buf_add(sql, spec->rule->sql);
    buf_add(sql, spec->list ? "))" : ")");
    return start;
}

/* Returns where the last expression begins in the statement. */
static size_t build_select(struct buf *sql, struct expr_db *db, const struct item *repeat,
                           const struct expr_spec *specs, size_t count)
{
    size_t last = 0;

    buf_add(sql, "SELECT ");
    if (repeat)
        buf_addf(sql, "\"%s\".row_key", repeat->id);
    else
        buf_add(sql, "NULL");
    for (size_t i = 0; i < count; i++) {
        if (i % TAKE_MOST == 0)
            buf_addf(sql, "%s,%s(%zu", i > 0 ? ")" : "", take_name, i);
        buf_add_char(sql, ',');
        last = add_expression(sql, db, &specs[i]);
    }
    buf_addf(sql, "%s FROM \"%s\"", count > 0 ? ")" : "", plan_table);
    db->takes_left = (int)((count + TAKE_MOST - 1) / TAKE_MOST);
    if (repeat)
        buf_addf(sql, " CROSS JOIN \"%s\" WHERE \"%s\".row_key BETWEEN ?1 AND ?2", repeat->id,
                 repeat->id);
    return last;
}

/* `offset` is in bytes; the column counts characters. */
static int rule_fault(const struct rule_text *rule, size_t offset, const char *message,
                      struct err *err)
{
    int col = rule->where.col;

    for (size_t i = 0; i < offset && rule->sql[i]; i++)
        col += ((unsigned char)rule->sql[i] & 0xC0) != 0x80;
    return err_at(err, ERR_INPUT, rule->where.file, rule->where.line, col, "%s", message);
}

static int check_shapes(const struct expr_spec *specs, size_t count, struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        size_t at = 0;
        const char *fault = shape_fault(specs[i].rule->sql, &at);
        if (fault)
            return rule_fault(specs[i].rule, at, fault, err);
    }
    return 0;
}

int expr_set_new(struct expr_set **out, struct expr_db *db, const struct item *repeat,
                 const struct expr_spec *specs, size_t count, struct err *err)
{
    struct expr_set *set = xcalloc(1, sizeof *set);
    struct buf sql = BUF_INIT;
    const char *tail = "";
    int code = check_shapes(specs, count, err);

    *set = (struct expr_set){ .db = db, .count = count, .rows = repeat != NULL,
                              .texts = BUF_INIT,
                              .values = xcalloc(count + 1, sizeof set->values[0]) };
    *out = set;
    if (code)
        return code;
    for (size_t i = 0; i < count; i++)
        if (specs[i].list)
            need_list(db, specs[i].list);
    build_select(&sql, db, repeat, specs, count);
    if (sqlite3_prepare_v3(db->db, sql.text, -1, SQLITE_PREPARE_PERSISTENT, &set->stmt,
                           &tail) != SQLITE_OK || *tail) {
        /* compile one by one to find the place; the set's own message has none */
        code = rule_fault(specs[0].rule, 0, sqlite3_errmsg(db->db), err);
        for (size_t i = 0; i < count; i++) {
            int one = expr_check(db, repeat, &specs[i], err);
            if (one) {
                code = one;
                break;
            }
        }
    }
    buf_free(&sql);
    return code;
}

void expr_set_free(struct expr_set *set)
{
    if (!set)
        return;
    sqlite3_finalize(set->stmt);
    buf_free(&set->texts);
    free(set->values);
    free(set);
}

/* Evaluates once: functions refuse wrong constants ("now", an unknown fact) only then. */
static bool can_be_evaluated(struct expr_db *db, sqlite3_stmt *stmt)
{
    int status;

    db->slices = 0;
    status = sqlite3_step(stmt);
    db->slices = -1;
    return status == SQLITE_ROW || status == SQLITE_DONE;
}

static void note_truth(void *data, const char *row, const struct expr_value *values)
{
    (void)row;
    *(enum expr_truth *)data = expr_truth(&values[0]);
}

enum expr_truth expr_once(struct expr_db *db, const struct rule_text *rule)
{
    struct expr_spec spec = { .rule = rule };
    struct expr_set *set = NULL;
    struct err err = { 0 };
    enum expr_truth truth = EXPR_TRUE;

    if (!rule->sql)
        return truth;
    if (expr_set_new(&set, db, NULL, &spec, 1, &err) == 0)
        expr_set_run(set, NULL, note_truth, &truth, &err);
    expr_set_free(set);
    return truth;
}

int expr_check(struct expr_db *db, const struct item *repeat, const struct expr_spec *spec,
               struct err *err)
{
    struct buf sql = BUF_INIT;
    sqlite3_stmt *stmt = NULL;
    const char *tail = "";
    size_t start;
    int code = check_shapes(spec, 1, err);

    if (code)
        return code;
    if (spec->list)
        need_list(db, spec->list);
    start = build_select(&sql, db, repeat, spec, 1);
    if (sqlite3_prepare_v2(db->db, sql.text, -1, &stmt, &tail) != SQLITE_OK || *tail) {
        int offset = sqlite3_error_offset(db->db);
        size_t at = offset > (int)start ? (size_t)offset - start : 0;
        if (at > strlen(spec->rule->sql))
            at = 0;
        code = rule_fault(spec->rule, at, sqlite3_errmsg(db->db), err);
    } else if (!can_be_evaluated(db, stmt)) {
        code = rule_fault(spec->rule, 0, sqlite3_errmsg(db->db), err);
    }
    sqlite3_finalize(stmt);
    buf_free(&sql);
    return code;
}

/* ---- evaluating ---- */

int expr_set_run(struct expr_set *set, const char *row, expr_each each, void *data,
                 struct err *err)
{
    struct expr_db *db = set->db;
    int status;

    if (set->rows) {
        sqlite3_bind_int64(set->stmt, 1, row ? strtoll(row, NULL, 10) : INT64_MIN);
        sqlite3_bind_int64(set->stmt, 2, row ? strtoll(row, NULL, 10) : INT64_MAX);
    }
    db->slices = 0;
    db->running = set;
    while ((status = sqlite3_step(set->stmt)) == SQLITE_ROW) {
        for (size_t i = 0; i < set->count; i++)
            if (set->values[i].kind == EXPR_TEXT)
                set->values[i].text = set->texts.text + set->values[i].integer;
        each(data, (const char *)sqlite3_column_text(set->stmt, 0), set->values);
        buf_clear(&set->texts);
    }
    db->running = NULL;
    db->slices = -1;
    if (status != SQLITE_DONE)
        err_set(err, ERR_INPUT, "an expression cannot be evaluated: %s",
                sqlite3_errmsg(db->db));
    sqlite3_reset(set->stmt);
    return status == SQLITE_DONE ? 0 : ERR_INPUT;
}

enum expr_truth expr_truth(const struct expr_value *value)
{
    switch (value->kind) {
    case EXPR_EMPTY:
        return EXPR_UNKNOWN;
    case EXPR_INTEGER:
        return value->integer ? EXPR_TRUE : EXPR_FALSE;
    case EXPR_REAL:
        return value->real < 0 || value->real > 0 ? EXPR_TRUE : EXPR_FALSE;
    default:
        return EXPR_FALSE;
    }
}
