/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Sets of expressions, evaluated by SQLite over the projection.
 *
 * A set is one SELECT that gives the values of all its expressions. Two things keep foreign text
 * harmless: a scan that refuses whatever could leave its parentheses (expr_names.c), and the
 * authorizer of the projection.
 */
#include "core/expr.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "core/expr_parts.h"
#include "core/schema.h"

struct expr_set {
    struct expr_db *db;
    sqlite3_stmt *stmt;
    size_t count;
    bool rows;                     /* column 0 is the row key */
    struct expr_value *values;
    struct buf texts;              /* of the values of the row being evaluated */
};

/* ---- compiling a set ---- */

/* Returns where the author's text begins in the statement. */
static size_t add_expression(struct buf *sql, const struct expr_db *db,
                             const struct expr_spec *spec)
{
    size_t start;

    if (spec->list) {
        buf_add(sql, "(SELECT group_concat(id,' ') FROM ");
        expr_list_name(sql, db, spec->list);
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
        if (i % EXPR_TAKE_MOST == 0)
            buf_addf(sql, "%s,%s(%zu", i > 0 ? ")" : "", EXPR_TAKE, i);
        buf_add_char(sql, ',');
        last = add_expression(sql, db, &specs[i]);
    }
    buf_addf(sql, "%s FROM \"%s\"", count > 0 ? ")" : "", EXPR_PLAN_TABLE);
    db->takes_left = (int)((count + EXPR_TAKE_MOST - 1) / EXPR_TAKE_MOST);
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
        const char *fault = expr_shape_fault(specs[i].rule->sql, &at);
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
            expr_need_list(db, specs[i].list);
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
        expr_need_list(db, spec->list);
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

void expr_take(sqlite3_context *context, int count, sqlite3_value **args)
{
    const struct expr_db *db = sqlite3_user_data(context);
    struct expr_set *set = db->running;
    size_t first = (size_t)sqlite3_value_int(args[0]);

    for (int i = 1; i < count && set; i++)
        read_value(set, args[i], &set->values[first + (size_t)i - 1]);
}

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
