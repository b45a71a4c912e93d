/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The state that the log leads to.
 *
 * Form-level cells lie in one array by the item's index. A repeat has an array of rows in the
 * user's order; a row's cells lie in the order of the repeat's items, which stand right after
 * it in the schema.
 */
#include "core/answers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/fact_notes.h"
#include "core/schema.h"

struct rows {
    const struct item *repeat;
    struct row *at;
    size_t count, room;
    long long newest;         /* the largest number ever used as a key */
    size_t found;             /* the position that was looked up last */
};

struct answers {
    const struct schema *schema;
    struct cell *cells;       /* by item index; unused for items in repeats */
    struct rows *rows;        /* by item index of the repeat; mostly empty */
    bool *done;               /* by task index */
    struct fact_notes *notes;
};

struct answers *answers_new(const struct schema *schema)
{
    struct answers *answers = xcalloc(1, sizeof *answers);

    answers->schema = schema;
    answers->cells = xcalloc(schema->item_count + 1, sizeof answers->cells[0]);
    answers->rows = xcalloc(schema->item_count + 1, sizeof answers->rows[0]);
    answers->done = xcalloc(schema->task_count + 1, sizeof answers->done[0]);
    answers->notes = fact_notes_new(schema);
    for (size_t i = 0; i < schema->item_count; i++)
        answers->rows[i].repeat = schema->items[i];
    return answers;
}

static void cell_clear(struct cell *cell)
{
    free(cell->value);
    free(cell->computed);
    free(cell->offered);
}

static void row_clear(const struct item *repeat, struct row *row)
{
    for (size_t i = 0; i < repeat->item_count; i++)
        cell_clear(&row->cells[i]);
    free(row->cells);
    free(row->key);
}

void answers_free(struct answers *answers)
{
    if (!answers)
        return;
    for (size_t i = 0; i < answers->schema->item_count; i++) {
        struct rows *rows = &answers->rows[i];
        cell_clear(&answers->cells[i]);
        for (size_t r = 0; r < rows->count; r++)
            row_clear(rows->repeat, &rows->at[r]);
        free(rows->at);
    }
    free(answers->cells);
    free(answers->rows);
    free(answers->done);
    fact_notes_free(answers->notes);
    free(answers);
}

static struct rows *rows_of(const struct answers *answers, const struct item *repeat)
{
    return &answers->rows[repeat->index];
}

size_t answers_row_count(const struct answers *answers, const struct item *repeat)
{
    return rows_of(answers, repeat)->count;
}

struct row *answers_row_at(const struct answers *answers, const struct item *repeat,
                           size_t position)
{
    struct rows *rows = rows_of(answers, repeat);

    return position < rows->count ? &rows->at[position] : NULL;
}

int answers_row_position(const struct answers *answers, const struct item *repeat,
                         const char *key)
{
    struct rows *rows = rows_of(answers, repeat);

    /* Who goes through rows asks for the same one many times, then for the next. */
    for (size_t i = 0; key && i < rows->count; i++) {
        size_t at = (rows->found + i) % rows->count;
        if (strcmp(rows->at[at].key, key) == 0) {
            rows->found = at;
            return (int)at;
        }
    }
    return -1;
}

struct cell *answers_cell(const struct answers *answers, const struct item *item,
                          const char *row)
{
    int position;

    if (!item->repeat)
        return &answers->cells[item->index];
    position = answers_row_position(answers, item->repeat, row);
    if (position < 0)
        return NULL;
    return &rows_of(answers, item->repeat)->at[position]
                .cells[item->index - item->repeat->index - 1];
}

const char *answers_value(const struct answers *answers, const struct item *item,
                          const char *row)
{
    const struct cell *cell = answers_cell(answers, item, row);

    return cell ? cell->value : NULL;
}

void answers_new_key(const struct answers *answers, const struct item *repeat, char out[24])
{
    snprintf(out, 24, "%lld", rows_of(answers, repeat)->newest + 1);
}

bool answers_task_done(const struct answers *answers, const char *task)
{
    const struct task *found = schema_task(answers->schema, task);

    return found && answers->done[found->index];
}

const struct fact_notes *answers_notes(const struct answers *answers)
{
    return answers->notes;
}

/* ---- replaying ---- */

/* Keys are numbers; one that is not, or that is larger than any that we make, is kept and never
 * made by us. */
static void note_key(struct rows *rows, const char *key)
{
    char *end;
    long long number = strtoll(key, &end, 10);

    if (!*end && number > rows->newest && number < ROW_KEY_MAX)
        rows->newest = number;
}

static void move_row(struct rows *rows, size_t from, size_t to)
{
    struct row moving = rows->at[from];

    if (to >= rows->count)
        to = rows->count - 1;
    memmove(&rows->at[from], &rows->at[from + 1],
            (rows->count - from - 1) * sizeof rows->at[0]);
    memmove(&rows->at[to + 1], &rows->at[to], (rows->count - 1 - to) * sizeof rows->at[0]);
    rows->at[to] = moving;
}

static size_t position_of(const char *value, size_t otherwise)
{
    long number = value ? strtol(value, NULL, 10) : 0;

    return number > 0 ? (size_t)number - 1 : otherwise;
}

static void add_row(struct rows *rows, const char *key, const char *value)
{
    rows->at = vec_room(rows->at, &rows->room, rows->count + 1, sizeof rows->at[0]);
    rows->at[rows->count++] = (struct row){
        xstrdup(key), xcalloc(rows->repeat->item_count + 1, sizeof(struct cell))
    };
    note_key(rows, key);
    move_row(rows, rows->count - 1, position_of(value, rows->count - 1));
}

static void remove_row(struct rows *rows, size_t position)
{
    row_clear(rows->repeat, &rows->at[position]);
    rows->count--;
    memmove(&rows->at[position], &rows->at[position + 1],
            (rows->count - position) * sizeof rows->at[0]);
}

static void apply_row(struct answers *answers, const struct entry *entry)
{
    const char *slash = strchr(entry->row, '/');
    const struct item *repeat =
        slash ? schema_item_n(answers->schema, entry->row, (size_t)(slash - entry->row)) : NULL;
    struct rows *rows;
    int position;

    if (!repeat || repeat->type != ITEM_REPEAT)
        return;
    rows = rows_of(answers, repeat);
    position = answers_row_position(answers, repeat, slash + 1);
    if (strcmp(entry->item, ENTRY_ROW_ADD) == 0 && position < 0)
        add_row(rows, slash + 1, entry->value);
    else if (strcmp(entry->item, ENTRY_ROW_REMOVE) == 0 && position >= 0)
        remove_row(rows, (size_t)position);
    else if (strcmp(entry->item, ENTRY_ROW_MOVE) == 0 && position >= 0)
        move_row(rows, (size_t)position, position_of(entry->value, (size_t)position));
}

static void apply_value(struct answers *answers, const struct entry *entry)
{
    const struct item *item = schema_item(answers->schema, entry->item);
    const char *slash = strchr(entry->row, '/');
    struct cell *cell;

    if (!item || !item_type_holds_answer(item->type) || !item->repeat != !slash)
        return;
    cell = answers_cell(answers, item, slash ? slash + 1 : NULL);
    if (!cell)
        return;
    free(cell->value);
    cell->value = entry->value ? xstrdup(entry->value) : NULL;
}

void answers_apply(struct answers *answers, const struct entry *entry)
{
    if (strcmp(entry->item, ENTRY_TASK_DONE) == 0) {
        const struct task *task = schema_task(answers->schema, entry->form);
        if (task)
            answers->done[task->index] = entry->value != NULL;
    } else if (strcmp(entry->item, ENTRY_FACT_NOTE) == 0) {
        fact_notes_apply(answers->notes, entry->form, entry->value);
    } else if (strchr("+-@", entry->item[0])) {
        apply_row(answers, entry);
    } else {
        apply_value(answers, entry);
    }
}
