/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The names of the schema's types, and its things by id.
 */
#include "core/schema.h"

#include <string.h>

#include "base/mem.h"
#include "core/schema_index.h"

static const struct type_row {
    const char *name, *column;
    bool asked, typed;
} types[] = {
#define AS_ROW(name, word, sql, asked, typed) { word, sql, asked, typed },
    ITEM_TYPE_INFO(AS_ROW)
#undef AS_ROW
};

const char *item_type_name(enum item_type type)
{
    return types[type].name;
}

const char *item_type_column(enum item_type type)
{
    return types[type].column;
}

bool item_type_holds_answer(enum item_type type)
{
    return types[type].asked;
}

bool item_type_is_typed(enum item_type type)
{
    return types[type].typed;
}

const char *severity_name(enum severity severity)
{
    static const char *const names[] = { "error", "warning", "note" };

    return names[severity];
}

struct schema *schema_new(void)
{
    return schema_new_in(arena_new());
}

struct schema *schema_new_in(struct arena *arena)
{
    struct schema *schema = arena_alloc(arena, 1, sizeof *schema);

    schema->arena = arena;
    schema->index = arena_alloc(arena, 1, sizeof *schema->index);
    return schema;
}

void schema_free(struct schema *schema)
{
    if (schema)
        arena_free(schema->arena);
}

static const void *look_up(const struct id_table *table, const char *id)
{
    return id ? id_table_find(table, id, strlen(id)) : NULL;
}

const struct item *schema_item_n(const struct schema *schema, const char *id, size_t length)
{
    return id_table_find(&schema->index->items, id, length);
}

const struct item *schema_item(const struct schema *schema, const char *id)
{
    return look_up(&schema->index->items, id);
}

const struct form *schema_form(const struct schema *schema, const char *id)
{
    return look_up(&schema->index->forms, id);
}

const struct task *schema_task(const struct schema *schema, const char *id)
{
    return look_up(&schema->index->tasks, id);
}

const struct list *schema_list(const struct schema *schema, const char *id)
{
    return look_up(&schema->index->lists, id);
}

const struct fact *schema_fact(const struct schema *schema, const char *id)
{
    return look_up(&schema->index->facts, id);
}

const struct document *schema_document(const struct schema *schema, const char *id)
{
    return look_up(&schema->index->documents, id);
}

const struct outline *schema_outline(const struct schema *schema, const char *id)
{
    return look_up(&schema->index->outlines, id);
}

const struct choice *list_choice(const struct list *list, const char *id)
{
    for (size_t i = 0; i < list->choice_count; i++)
        if (strcmp(list->choices[i].id, id) == 0)
            return &list->choices[i];
    return NULL;
}

const struct register_word *register_word_find(const struct register_word *words, size_t count,
                                               const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i].id, id) == 0)
            return &words[i];
    return NULL;
}

const struct task *schema_task_of(const struct schema *schema, const struct item *item)
{
    const struct task *task = item->form ? schema_task(schema, item->form->id) : NULL;

    return task && task->form == item->form ? task : NULL;
}

/* ---- suggestions ---- */

enum { WORD_MAX = 64, DISTANCE_MAX = 2 };

static int least(int a, int b, int c)
{
    int two = a < b ? a : b;

    return two < c ? two : c;
}

/* Insertions, removals, replacements and swaps of neighbours that make `a` of `b`. */
static int distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    int rows[3][WORD_MAX + 1] = { { 0 } };
    int *before = rows[0], *above = rows[1], *row = rows[2];

    for (size_t j = 0; j <= b_length; j++)
        above[j] = (int)j;
    for (size_t i = 1; i <= a_length; i++) {
        row[0] = (int)i;
        for (size_t j = 1; j <= b_length; j++) {
            row[j] = least(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], row[j], before[j - 2] + 1);
        }
        int *spare = before;
        before = above;
        above = row;
        row = spare;
    }
    return above[b_length];
}

const char *schema_nearest(const char *word, const char *const *candidates, size_t count)
{
    size_t length = strlen(word);
    int limit = length / 3 < DISTANCE_MAX ? (int)(length / 3) : DISTANCE_MAX;
    int best = limit + 1;
    const char *nearest = NULL;

    if (length > WORD_MAX)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        size_t other = strlen(candidates[i]);
        if (other > WORD_MAX || other > length + DISTANCE_MAX || length > other + DISTANCE_MAX)
            continue;
        int d = distance(word, length, candidates[i], other);
        if (d < best || (nearest && d == best && strcmp(candidates[i], nearest) < 0)) {
            best = d;
            nearest = candidates[i];
        }
    }
    return nearest;
}
