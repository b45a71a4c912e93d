/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A document as JSON: the blocks as they are, for programs and for people who cannot use the
 * printed form. Keys are only ever added. A block without a text has no "text".
 */
#include "out/writers.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/date.h"
#include "out/doc.h"

static const char *const kind_names[BLOCK_KIND_COUNT] = {
    [BLOCK_TITLE] = "title",
    [BLOCK_SECTION] = "section",
    [BLOCK_PARAGRAPH] = "paragraph",
    [BLOCK_LIST_ITEM] = "list-item",
    [BLOCK_FIELD] = "field",
    [BLOCK_CHECKBOX] = "checkbox",
    [BLOCK_TABLE] = "table",
    [BLOCK_CHART] = "chart",
    [BLOCK_GANTT] = "gantt",
    [BLOCK_MATRIX] = "matrix",
    [BLOCK_SIGNATURE] = "signature",
    [BLOCK_PAGE_BREAK] = "page-break",
};

static json_t *json_clean(const char *text)
{
    char *clean = doc_clean(text, false);
    json_t *string = json_string(clean);
    free(clean);
    return string;
}

static void put_text(json_t *object, const char *key, const char *text)
{
    if (text != NULL)
        json_object_set_new(object, key, json_clean(text));
}

static json_t *row_json(const struct block *block, size_t row)
{
    json_t *cells = json_array();
    for (size_t i = 0; i < block->columns; i++)
        json_array_append_new(cells, json_clean(block->cells[row * block->columns + i]));
    return cells;
}

static void put_cells(json_t *object, const struct block *block)
{
    json_t *rows = json_array();
    json_object_set_new(object, "columns", row_json(block, 0));
    for (size_t row = 1; row < block->rows; row++)
        json_array_append_new(rows, row_json(block, row));
    json_object_set_new(object, "rows", rows);
}

static void put_day(json_t *object, const char *key, int day)
{
    char iso[11];
    date_iso(day, iso);
    json_object_set_new(object, key, day == DATE_NONE ? json_null() : json_string(iso));
}

static void put_bars(json_t *object, const struct gantt *gantt)
{
    json_t *bars = json_array();
    put_day(object, "today", gantt->today);
    put_day(object, "target", gantt->target);
    for (size_t i = 0; i < gantt->count; i++) {
        const struct bar *bar = &gantt->bars[i];
        json_t *json = json_object();
        put_text(json, "id", bar->id);
        put_text(json, "label", bar->label);
        if (bar->id != NULL) {
            put_day(json, "first", bar->first);
            put_day(json, "last", bar->last);
            put_day(json, "by", bar->by);
            json_object_set_new(json, "critical", json_boolean(bar->critical));
            json_object_set_new(json, "done", json_boolean(bar->done));
        }
        json_array_append_new(bars, json);
    }
    json_object_set_new(object, "bars", bars);
}

static json_t *block_json(const struct block *block)
{
    json_t *object = json_object();
    json_object_set_new(object, "kind", json_string(kind_names[block->kind]));
    if (block->kind == BLOCK_SECTION)
        json_object_set_new(object, "level", json_integer(block->level));
    if (block->kind == BLOCK_CHECKBOX)
        json_object_set_new(object, "on", json_boolean(block->on));
    put_text(object, "label", block->label);
    put_text(object, "text", block->text);
    put_text(object, "note", block->note);
    if (block->rows > 0)
        put_cells(object, block);
    if (block->gantt != NULL)
        put_bars(object, block->gantt);
    return object;
}

void out_json(const struct doc *doc, const struct tr *tr, struct buf *out)
{
    (void)tr;
    json_t *root = json_object();
    json_t *blocks = json_array();
    put_text(root, "document", doc->id);
    put_text(root, "title", doc->title);
    json_object_set_new(root, "lang", json_string(lang_code(doc->lang)));
    put_text(root, "provider", doc->provider);
    put_text(root, "date", doc->date);
    put_text(root, "notice", doc->notice);
    for (size_t i = 0; i < doc->count; i++)
        json_array_append_new(blocks, block_json(&doc->blocks[i]));
    json_object_set_new(root, "blocks", blocks);
    char *text = json_dumps(root, JSON_INDENT(2));
    buf_add(out, text == NULL ? "{}" : text);
    buf_add_char(out, '\n');
    free(text);
    json_decref(root);
}
