/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the engine tells of single places: which are asked, in which order, and what is offered.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "core/engine_state.h"

void places_free(struct places *places)
{
    free(places->at);
    *places = (struct places){ 0 };
}

static bool is_step(const struct item *item, const struct cell *cell, bool full)
{
    if (!cell->relevant || item->calculate.sql || item->read_only)
        return false;
    if (item->full_only && !full && !cell->value && !cell->required)
        return false;
    return item_type_holds_answer(item->type) || item->type == ITEM_NOTE ||
           item->type == ITEM_REPEAT;
}

static void add_step(const struct engine *engine, const struct item *item, const char *row,
                     bool full, struct places *out)
{
    const struct cell *cell = answers_cell(engine->answers, item, row);

    if (!cell || !is_step(item, cell, full))
        return;
    out->at = vec_room(out->at, &out->room, out->count + 1, sizeof out->at[0]);
    out->at[out->count++] = (struct place){ item, row };
}

void engine_steps(const struct engine *engine, const struct form *form,
                  const struct item *repeat, const char *row, bool full, struct places *out)
{
    out->count = 0;
    if (repeat) {
        int position = answers_row_position(engine->answers, repeat, row);
        if (position < 0)
            return;
        row = answers_row_at(engine->answers, repeat, (size_t)position)->key;
        for (size_t i = 0; i < repeat->item_count; i++)
            add_step(engine, &repeat->items[i], row, full, out);
        return;
    }
    for (size_t p = 0; p < form->page_count; p++)
        for (size_t i = 0; i < form->pages[p].item_count; i++)
            add_step(engine, &form->pages[p].items[i], NULL, full, out);
}

bool engine_is_relevant(const struct engine *engine, const struct item *item, const char *row)
{
    const struct cell *cell = answers_cell(engine->answers, item, row);

    return cell && cell->relevant;
}

bool engine_is_offered(const struct engine *engine, const struct item *item, const char *row,
                       const char *choice)
{
    const struct cell *cell = answers_cell(engine->answers, item, row);

    return cell && (!cell->offered || engine_holds_word(cell->offered, choice, strlen(choice)));
}

struct initial {
    struct buf *out;
    const char *row;
    bool found;
};

static void take_initial(void *data, const char *row, const struct expr_value *values)
{
    struct initial *initial = data;
    char *text = engine_value_text(&values[0]);

    if (text && engine_same_text(row, initial->row)) {
        buf_add(initial->out, text);
        initial->found = true;
    }
    free(text);
}

bool engine_initial(const struct engine *engine, const struct item *item, const char *row,
                    struct buf *out)
{
    struct expr_spec spec = { &item->initial, NULL };
    struct initial initial = { out, row, false };
    struct expr_set *set = NULL;

    if (!item->initial.sql)
        return false;
    if (expr_set_new(&set, engine->db, item->repeat, &spec, 1, NULL) == 0)
        expr_set_run(set, row, take_initial, &initial, NULL);
    expr_set_free(set);
    return initial.found;
}
