/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Costs as a table: what, how many, at what price, how much together.
 *
 * A section names its items in threes: quantity, price and sum. What has no quantity, such as a fee
 * that is paid once, is named as its sum three times. The item of `columns` is the total.
 */
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/tr.h"
#include "core/plan.h"
#include "out/doc.h"
#include "out/doc_sections.h"

enum { QUANTITY, PRICE, SUM, COST_ITEMS };

/* The items of the next line; false at the end, or when one of them does not exist. */
static bool line_items(const struct build *build, const char *const **ids,
                       const struct item *items[COST_ITEMS])
{
    for (int i = 0; i < COST_ITEMS; i++) {
        if (**ids == NULL)
            return false;
        items[i] = schema_item(build->plan->schema, *(*ids)++);
        if (items[i] == NULL || items[i]->repeat != NULL)
            return false;
    }
    return true;
}

/* Somebody has answered, or has to answer, something of it. */
static bool line_is_used(const struct build *build, const struct item *const items[COST_ITEMS])
{
    for (int i = 0; i < COST_ITEMS; i++) {
        const struct cell *cell = answers_cell(build->plan->answers, items[i], NULL);
        if (engine_is_relevant(build->plan->engine, items[i], NULL)
            && (cell->required || cell->value != NULL))
            return true;
    }
    return false;
}

static void cell_name(struct build *build, const struct item *item)
{
    struct buf name = BUF_INIT;
    build_item_name(build, item, &name);
    doc_cell(build->doc, name.text);
    buf_free(&name);
}

static void add_line(struct build *build, const struct item *const items[COST_ITEMS])
{
    cell_name(build, items[SUM]);
    for (int i = 0; i < COST_ITEMS; i++) {
        if (i != SUM && items[i] == items[SUM])
            doc_cell(build->doc, "\u2013");
        else
            build_cell_answer(build, items[i], NULL);
    }
}

static void add_total(struct build *build, const char *id)
{
    const struct item *item = id == NULL ? NULL : schema_item(build->plan->schema, id);
    if (item == NULL || item->repeat != NULL)
        return;
    cell_name(build, item);
    for (int i = 0; i < SUM; i++)
        doc_cell(build->doc, "");
    build_cell_answer(build, item, NULL);
}

void show_costs(struct build *build, const struct doc_section *section)
{
    const char *const headings[] = {
        tr_text(build->tr, "What it costs"), tr_text(build->tr, "Quantity"),
        tr_text(build->tr, "Price"), tr_text(build->tr, "In all"),
    };
    const char *const *ids = (const char *const *)section->of;
    const struct item *items[COST_ITEMS];
    bool begun = false;

    while (ids != NULL && line_items(build, &ids, items)) {
        if (!line_is_used(build, items))
            continue;
        if (!begun)
            doc_table(build->doc, BLOCK_TABLE, NULL, headings, countof(headings));
        begun = true;
        add_line(build, items);
    }
    if (begun && section->columns != NULL)
        add_total(build, section->columns[0]);
}
