/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Names to rows, cells to answers.
 */
#include "core/row_import_maker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "base/utf8_wrap.h"
#include "core/plan.h"
#include "core/table.h"

enum { SHOWN_COLUMNS = 60 };   /* of a text from the file, in a remark */

void row_import_tidy(struct buf *out, const char *text)
{
    bool blank = false;

    for (; *text; text++) {
        bool wide = strncmp(text, "\xc2\xa0", 2) == 0;
        if (wide || strchr(" \t\n", *text)) {
            blank = true;
            text += wide;
            continue;
        }
        if (blank && out->length)
            buf_add_char(out, ' ');
        blank = false;
        buf_add_char(out, *text);
    }
}

static void fold_name(struct buf *out, const char *text)
{
    struct buf tidied = BUF_INIT;

    row_import_tidy(&tidied, text);
    utf8_fold(out, tidied.text);
    buf_free(&tidied);
}

int row_import_fail(const struct maker *maker, const struct table_cell *cell, const char *msgid,
                    const char *a, const char *b)
{
    struct buf text = BUF_INIT;

    buf_addf(&text, tr_text(err_tr(maker->err), msgid), a, b);
    err_at(maker->err, ERR_INPUT, maker->table->file, cell->line, cell->col, "%s", text.text);
    buf_free(&text);
    return ERR_INPUT;
}

/* ---- cells ---- */

/* What the row says of an item, and its first cell; that may be absent. */
static const struct table_cell *read_item(const struct maker *maker, const struct table_row *row,
                                          const struct item *item, struct buf *out)
{
    const struct import_kind *kind = maker->import->kind;
    const struct table_cell *first = NULL;

    buf_clear(out);
    for (size_t i = 0; i < kind->column_count; i++) {
        const struct table_cell *cell;
        if (kind->columns[i].item != item || !maker->cells[i] || maker->cells[i] > row->count)
            continue;
        cell = &row->cells[maker->cells[i] - 1];
        first = first ? first : cell;
        if (*cell->text)
            buf_addf(out, "%s%s", out->length ? " " : "", cell->text);
    }
    return first;
}

static struct import_remark *remark(struct maker *maker, struct import_row *row,
                                    const struct item *item, const struct table_cell *cell,
                                    const char *message)
{
    struct import_remark *made = arena_alloc(maker->import->arena, 1, sizeof *made), **end;

    *made = (struct import_remark){ .item = item, .message = message,
                                    .arg = { "", "" },
                                    .line = cell ? cell->line : row->line,
                                    .col = cell ? cell->col : row->col };
    for (end = &row->remarks; *end; end = &(*end)->next)
        ;
    *end = made;
    return made;
}

static void remark_check(struct maker *maker, struct import_row *row, const struct item *item,
                         const struct table_cell *cell, const struct check *check)
{
    struct import_remark *made = remark(maker, row, item, cell, check->message);

    for (size_t i = 0; i < countof(made->arg); i++)
        made->arg[i] = arena_strdup(maker->import->arena, check->arg[i]);
    made->taken = check->state != CHECK_BAD;
}

static void remark_text(struct maker *maker, struct import_row *row, const struct item *item,
                        const struct table_cell *cell, const char *message, const char *arg)
{
    struct import_remark *made = remark(maker, row, item, cell, message);
    struct buf fitted = BUF_INIT;

    utf8_fit(&fitted, arg, SHOWN_COLUMNS, false);
    made->arg[0] = arena_strdup(maker->import->arena, fitted.text);
    buf_free(&fitted);
}

/* After a remark that tells why. */
static void leave_out(struct import_row *row)
{
    row->fate = IMPORT_LEFT_OUT;
    row->changes = NULL;
}

static void change(struct maker *maker, struct import_row *row, const struct item *item,
                   const char *after)
{
    struct arena *arena = maker->import->arena;
    const char *before =
        row->key[0] ? answers_value(maker->import->plan->answers, item, row->key) : NULL;
    struct import_change *made, **end;

    if (before && strcmp(before, after) == 0)
        return;
    made = arena_alloc(arena, 1, sizeof *made);
    *made = (struct import_change){ .item = item, .after = arena_strdup(arena, after),
                                    .before = before ? arena_strdup(arena, before) : NULL };
    for (end = &row->changes; *end; end = &(*end)->next)
        ;
    *end = made;
}

/* ---- cells that name a row of another repeat ---- */

/* What the rows are called in each language, folded; made once for a column. */
static char **target_names(struct maker *maker, size_t column)
{
    const struct plan *plan = maker->import->plan;
    const struct item *item = maker->import->kind->columns[column].item;
    size_t rows = answers_row_count(plan->answers, item->target), n = 0;
    struct buf name = BUF_INIT, folded = BUF_INIT;

    if (maker->targets[column])
        return maker->targets[column];
    maker->targets[column] = xcalloc(rows * LANG_COUNT + 1, sizeof *maker->targets[column]);
    for (size_t r = 0; r < rows; r++)
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            const struct tr tr = { .lang = (enum lang)lang };
            buf_clear(&name);
            plan_show_target(plan, item, answers_row_at(plan->answers, item->target, r)->key, &tr,
                             &name);
            fold_name(&folded, name.text);
            maker->targets[column][n++] = buf_detach(&folded);
        }
    buf_free(&name);
    return maker->targets[column];
}

static size_t column_position(const struct maker *maker, const struct item *item)
{
    size_t i = 0;

    while (maker->import->kind->columns[i].item != item)
        i++;
    return i;
}

/* The key of the row that the text names; `*found` gets how many do. */
static const char *find_target(struct maker *maker, const struct item *item, const char *text,
                               size_t *found)
{
    const struct answers *answers = maker->import->plan->answers;
    char **names = target_names(maker, column_position(maker, item));
    const char *key = NULL;
    struct buf folded = BUF_INIT;

    *found = 0;
    fold_name(&folded, text);
    for (size_t r = 0; r < answers_row_count(answers, item->target); r++) {
        bool same = false;
        for (int lang = 0; lang < LANG_COUNT; lang++)
            same |= strcmp(names[r * LANG_COUNT + (size_t)lang], folded.text) == 0;
        if (same && ++*found == 1)
            key = answers_row_at(answers, item->target, r)->key;
    }
    buf_free(&folded);
    return key;
}

static void read_target(struct maker *maker, struct import_row *row, const struct item *item,
                        const struct table_cell *cell, const char *text)
{
    size_t found;
    const char *key = find_target(maker, item, text, &found);

    if (item->unsure && strcmp(text, VALUE_UNSURE) == 0)
        change(maker, row, item, VALUE_UNSURE);
    else if (found == 1)
        change(maker, row, item, key);
    else
        remark_text(maker, row, item, cell,
                    found ? N_("The plan has \"%1$s\" more than once.")
                          : N_("The plan has no \"%1$s\"."), text);
}

/* ---- rows ---- */

/* A code whose halves stood in two cells is one only now that they are joined. */
static int refuse(const struct maker *maker, const struct table_cell *cell,
                  const struct check *check)
{
    return row_import_fail(maker, cell, check->message, check->arg[0], check->arg[1]);
}

static int read_value(struct maker *maker, struct import_row *row, const struct table_row *from,
                      const struct item *item)
{
    struct buf text = BUF_INIT;
    struct check check = CHECK_INIT;
    const struct table_cell *cell = read_item(maker, from, item, &text);
    int code = 0;

    if (text.length)
        check_value(item, text.text, maker->import->plan->today, &check);
    if (check.state == CHECK_REFUSED)
        code = refuse(maker, cell, &check);
    else if (check.state == CHECK_BAD || check.message)
        remark_check(maker, row, item, cell, &check);
    if (!code && check.state != CHECK_BAD && check.value.length) {
        if (item->type == ITEM_ROW)
            read_target(maker, row, item, cell, check.value.text);
        else
            change(maker, row, item, check.value.text);
    }
    check_free(&check);
    buf_free(&text);
    return code;
}

/* Each item once, whatever number of columns it has; the key is no answer that changes. */
static int read_values(struct maker *maker, struct import_row *row, const struct table_row *from)
{
    const struct import_kind *kind = maker->import->kind;
    int code = 0;

    for (size_t i = 0; !code && i < kind->column_count; i++)
        if (kind->columns[i].item != kind->key &&
            column_position(maker, kind->columns[i].item) == i)
            code = read_value(maker, row, from, kind->columns[i].item);
    return code;
}

/* Finds the plan's row of that name. */
static void find_row(struct maker *maker, struct import_row *row, const struct table_cell *cell)
{
    const struct row_import *import = maker->import;
    size_t found = 0;

    row->fate = IMPORT_NEW;
    for (size_t i = 0; i < maker->name_count; i++)
        if (strcmp(maker->names[i], row->folded) == 0 && ++found == 1)
            snprintf(row->key, sizeof row->key, "%s",
                     answers_row_at(import->plan->answers, import->kind->repeat, i)->key);
    if (found == 1)
        row->fate = IMPORT_SAME;
    if (found <= 1)
        return;
    remark(maker, row, import->kind->key, cell, N_("The plan has several rows of this name."));
    leave_out(row);
}

static bool has_cells_beyond(const struct maker *maker, const struct table_row *row)
{
    for (size_t i = maker->table->rows[0].count; i < row->count; i++)
        if (*row->cells[i].text)
            return true;
    return false;
}

/* Remarks why. */
static bool cannot_be_taken(struct maker *maker, struct import_row *row,
                            const struct table_row *from, const struct table_cell *name,
                            const struct check *check)
{
    const struct item *key = maker->import->kind->key;

    if (check->state == CHECK_BAD)
        remark_check(maker, row, key, name, check);
    else if (!check->value.length)
        remark(maker, row, key, name, N_("Nothing is written here."));
    else if (has_cells_beyond(maker, from))
        remark(maker, row, key, &from->cells[maker->table->rows[0].count],
               N_("The row has more cells than there are headings."));
    return row->remarks != NULL;
}

static int read_name(struct maker *maker, struct import_row *row, const struct table_row *from)
{
    struct arena *arena = maker->import->arena;
    const struct item *key = maker->import->kind->key;
    struct buf text = BUF_INIT, name = BUF_INIT, folded = BUF_INIT;
    struct check check = CHECK_INIT;
    const struct table_cell *cell = read_item(maker, from, key, &text);
    int code = 0;

    row_import_tidy(&name, text.text);
    check_value(key, name.text, maker->import->plan->today, &check);
    utf8_fold(&folded, check.value.text);
    row->name = arena_strdup(arena, check.value.text);
    row->folded = arena_strdup(arena, folded.text);
    if (check.state == CHECK_REFUSED)
        code = refuse(maker, cell, &check);
    else if (cannot_be_taken(maker, row, from, cell, &check))
        leave_out(row);
    else
        find_row(maker, row, cell);
    check_free(&check);
    buf_free(&text);
    buf_free(&name);
    buf_free(&folded);
    return code;
}

static int read_row(struct maker *maker, struct import_row *row, const struct table_row *from)
{
    int code;

    *row = (struct import_row){ .line = from->cells[0].line, .col = from->cells[0].col };
    code = read_name(maker, row, from);
    if (!code && row->fate != IMPORT_LEFT_OUT)
        code = read_values(maker, row, from);
    if (row->fate == IMPORT_SAME && row->changes)
        row->fate = IMPORT_CHANGED;
    return code;
}

/* The first other row of the same name, or NULL. */
static const struct import_row *double_of(const struct row_import *import,
                                          const struct import_row *row)
{
    for (size_t i = 0; *row->folded && i < import->row_count; i++)
        if (&import->rows[i] != row && strcmp(row->folded, import->rows[i].folded) == 0)
            return &import->rows[i];
    return NULL;
}

/* Of rows with one name none is taken: which of them is right only the user knows. */
static void leave_doubles_out(struct maker *maker)
{
    struct row_import *import = maker->import;

    for (size_t i = 0; i < import->row_count; i++) {
        struct import_row *row = &import->rows[i];
        const struct import_row *other = double_of(import, row);
        char line[16];
        if (!other)
            continue;
        snprintf(line, sizeof line, "%d", other->line);
        row->remarks = NULL;
        remark_text(maker, row, import->kind->key, NULL,
                    N_("The same name is also on line %1$s."), line);
        leave_out(row);
    }
}

static int check_room(const struct maker *maker)
{
    const struct row_import *import = maker->import;
    int most = import->kind->repeat->row_max ? import->kind->repeat->row_max : SCHEMA_ROWS_MAX;
    size_t rows = maker->name_count;

    for (size_t i = 0; i < import->row_count; i++)
        if (import->rows[i].fate == IMPORT_NEW && ++rows > (size_t)most)
            return err_at(maker->err, ERR_INPUT, maker->table->file, import->rows[i].line,
                          import->rows[i].col,
                          N_("the plan has %zu rows already; there can be at most %d"),
                          maker->name_count, most);
    return 0;
}

static int read_rows(struct maker *maker)
{
    struct row_import *import = maker->import;
    int code = 0;

    import->row_count = maker->table->count - 1;
    import->rows = arena_alloc(import->arena, import->row_count + 1, sizeof *import->rows);
    for (size_t i = 0; !code && i < import->row_count; i++)
        code = read_row(maker, &import->rows[i], &maker->table->rows[i + 1]);
    if (code)
        return code;
    leave_doubles_out(maker);
    for (size_t i = 0; i < import->row_count; i++)
        import->counts[import->rows[i].fate]++;
    return check_room(maker);
}

/* ---- the whole ---- */

static void read_plan_names(struct maker *maker)
{
    const struct answers *answers = maker->import->plan->answers;
    const struct import_kind *kind = maker->import->kind;

    maker->name_count = answers_row_count(answers, kind->repeat);
    maker->names = xcalloc(maker->name_count + 1, sizeof *maker->names);
    for (size_t i = 0; i < maker->name_count; i++) {
        const char *name =
            answers_value(answers, kind->key, answers_row_at(answers, kind->repeat, i)->key);
        struct buf folded = BUF_INIT;
        fold_name(&folded, name ? name : "");
        maker->names[i] = buf_detach(&folded);
    }
}

static void maker_free(struct maker *maker)
{
    const struct import_kind *kind = maker->import->kind;

    for (size_t i = 0; i < maker->name_count; i++)
        free(maker->names[i]);
    for (size_t i = 0; i < kind->column_count; i++) {
        for (char **name = maker->targets[i]; name && *name; name++)
            free(*name);
        free(maker->targets[i]);
    }
    free(maker->names);
    free(maker->targets);
    free(maker->cells);
}

static int make(struct maker *maker)
{
    const struct import_kind *kind = maker->import->kind;
    int code;

    maker->cells = xcalloc(kind->column_count + 1, sizeof *maker->cells);
    maker->targets = xcalloc(kind->column_count + 1, sizeof *maker->targets);
    code = row_import_headings(maker);
    if (!code && maker->table->count < 2)
        code = row_import_fail(maker, &maker->table->rows[0].cells[0],
                               N_("there is nothing but headings in the file"), NULL, NULL);
    if (!code) {
        read_plan_names(maker);
        code = read_rows(maker);
    }
    maker_free(maker);
    return code;
}

int row_import_new(struct row_import **out, struct plan *plan, const struct table *table,
                   struct err *err)
{
    struct row_import *import;
    struct maker maker = { .table = table, .err = err };
    int code;

    if (plan->schema->import_count == 0)
        return err_at(err, ERR_INPUT, table->file, 1, 1,
                      N_("no kind of table can be brought in here"));
    import = xcalloc(1, sizeof *import);
    *import = (struct row_import){ .arena = arena_new(), .plan = plan,
                                   .entry = plan->last_entry,
                                   .kind = row_import_kind(plan->schema, table) };
    maker.import = import;
    code = make(&maker);
    if (code) {
        row_import_free(import);
        return code;
    }
    *out = import;
    return 0;
}

void row_import_free(struct row_import *import)
{
    if (!import)
        return;
    arena_free(import->arena);
    free(import);
}

bool row_import_has_changes(const struct row_import *import)
{
    return import->counts[IMPORT_NEW] > 0 || import->counts[IMPORT_CHANGED] > 0;
}

static int add_row(const struct row_import *import, struct plan_batch *batch,
                   const struct import_row *row, struct err *err)
{
    char key[24];
    int code = 0;

    memcpy(key, row->key, sizeof key);
    if (row->fate == IMPORT_NEW) {
        code = plan_batch_add_row(batch, import->kind->repeat, key, err);
        if (!code)
            code = plan_batch_set(batch, import->kind->key, key, row->name, NULL, err);
    }
    for (const struct import_change *at = row->changes; !code && at; at = at->next)
        code = plan_batch_set(batch, at->item, key, at->after, NULL, err);
    return code;
}

int row_import_commit(const struct row_import *import, struct err *err)
{
    struct plan_batch *batch;
    int code = 0;

    if (import->entry != import->plan->last_entry)
        return err_set(err, ERR_USAGE, N_("The plan has changed meanwhile; look at the changes "
                                          "again."));
    batch = plan_batch_new(import->plan);
    for (size_t i = 0; !code && i < import->row_count; i++)
        if (import->rows[i].fate == IMPORT_NEW || import->rows[i].fate == IMPORT_CHANGED)
            code = add_row(import, batch, &import->rows[i], err);
    return plan_batch_end(batch, code, err);
}
