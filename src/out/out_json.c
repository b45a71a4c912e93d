/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A document as JSON: the blocks as they are, for programs and for people who cannot use the
 * printed form. Keys are only ever added. A block without a text has no "text". A version that
 * is kept is kept in this form and read back from it, so that what a writer may need of a block
 * must go both ways.
 */
#include "out/writers.h"

#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "out/doc.h"

static const char *const kind_names[] = {
    [BLOCK_TITLE] = "title",
    [BLOCK_SECTION] = "section",
    [BLOCK_PARAGRAPH] = "paragraph",
    [BLOCK_LIST_ITEM] = "list-item",
    [BLOCK_FIELD] = "field",
    [BLOCK_QUESTION] = "question",
    [BLOCK_CHECKBOX] = "checkbox",
    [BLOCK_TABLE] = "table",
    [BLOCK_CHART] = "chart",
    [BLOCK_GANTT] = "gantt",
    [BLOCK_MATRIX] = "matrix",
    [BLOCK_SIGNATURE] = "signature",
    [BLOCK_PAGE_BREAK] = "page-break",
    [BLOCK_CONTENTS] = "contents",
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

static json_t *row_shades(const struct block *block, size_t row)
{
    json_t *shades = json_array();
    for (size_t i = 0; i < block->columns; i++)
        json_array_append_new(shades, json_integer(doc_shade(block, row * block->columns + i)));
    return shades;
}

/* How dark the cells of the rows are. */
static void put_shades(json_t *object, const struct block *block)
{
    json_t *rows = json_array();
    for (size_t row = 1; row < block->rows; row++)
        json_array_append_new(rows, row_shades(block, row));
    json_object_set_new(object, "shades", rows);
}

static void put_cells(json_t *object, const struct block *block)
{
    json_t *rows = json_array();
    json_object_set_new(object, "columns", row_json(block, 0));
    for (size_t row = 1; row < block->rows; row++)
        json_array_append_new(rows, row_json(block, row));
    json_object_set_new(object, "rows", rows);
    if (block->shades != NULL)
        put_shades(object, block);
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
    put_day(object, "from", gantt->from);
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
        if (bar->hidden)
            json_object_set_new(json, "hidden", json_true());
        json_array_append_new(bars, json);
    }
    json_object_set_new(object, "bars", bars);
}

static void put_pauses(json_t *object, const struct gantt *gantt)
{
    json_t *pauses = json_array();
    for (size_t i = 0; i < gantt->pause_count; i++) {
        json_t *pause = json_object();
        put_day(pause, "first", gantt->pauses[i].first);
        put_day(pause, "last", gantt->pauses[i].last);
        json_array_append_new(pauses, pause);
    }
    json_object_set_new(object, "pauses", pauses);
}

static json_t *block_json(const struct block *block)
{
    json_t *object = json_object();
    json_object_set_new(object, "kind", json_string(kind_names[block->kind]));
    if (block->kind == BLOCK_SECTION)
        json_object_set_new(object, "level", json_integer(block->level));
    if (block->kind == BLOCK_CHECKBOX)
        json_object_set_new(object, "on", json_boolean(block->on));
    if (block->kind == BLOCK_FIELD && block->on)
        json_object_set_new(object, "copy", json_true());
    if (block->kind == BLOCK_FIELD && block->level > 1)
        json_object_set_new(object, "lines", json_integer(block->level));
    put_text(object, "label", block->label);
    put_text(object, "text", block->text);
    put_text(object, "note", block->note);
    if (block->rows > 0)
        put_cells(object, block);
    if (block->rows > 0 && block->on)
        json_object_set_new(object, "write_in", json_true());
    if (block->gantt != NULL) {
        put_bars(object, block->gantt);
        put_pauses(object, block->gantt);
    }
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
    put_text(root, "number", doc->number);
    put_text(root, "notice", doc->notice);
    put_text(root, "version", doc->version);
    for (size_t i = 0; i < doc->count; i++)
        json_array_append_new(blocks, block_json(&doc->blocks[i]));
    json_object_set_new(root, "blocks", blocks);
    char *text = json_dumps(root, JSON_INDENT(2));
    buf_add(out, text == NULL ? "{}" : text);
    buf_add_char(out, '\n');
    free(text);
    json_decref(root);
}

/* ---- reading ---- */

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static enum block_kind kind_of(const json_t *object)
{
    const char *name = text_of(object, "kind");
    int kind = 0;
    while (kind < BLOCK_KIND_COUNT && (name == NULL || strcmp(name, kind_names[kind]) != 0))
        kind++;
    return (enum block_kind)kind;
}

static void read_row(struct doc *doc, const json_t *row, const json_t *shades, size_t columns)
{
    for (size_t i = 0; i < columns; i++) {
        const char *text = json_string_value(json_array_get(row, i));
        json_int_t shade = json_integer_value(json_array_get(shades, i));
        if (shade > 0 && shade <= SHADE_MOST)
            doc_shaded_cell(doc, text, (int)shade);
        else
            doc_cell(doc, text);
    }
}

static bool read_table(struct doc *doc, enum block_kind kind, const json_t *object)
{
    const json_t *head = json_object_get(object, "columns");
    const json_t *rows = json_object_get(object, "rows");
    const json_t *shades = json_object_get(object, "shades");
    size_t columns = json_array_size(head);
    if (columns == 0)
        return false;
    doc_table(doc, kind, text_of(object, "text"), NULL, columns);
    read_row(doc, head, NULL, columns);
    for (size_t i = 0; i < json_array_size(rows); i++)
        read_row(doc, json_array_get(rows, i), json_array_get(shades, i), columns);
    if (json_is_true(json_object_get(object, "write_in")))
        doc_write_in(doc);
    return true;
}

static int read_day(const json_t *object, const char *key)
{
    const char *iso = text_of(object, key);
    return iso == NULL ? DATE_NONE : date_parse_iso(iso);
}

static void read_pauses(struct gantt *gantt, const json_t *pauses)
{
    gantt->pauses = xcalloc(json_array_size(pauses) + 1, sizeof gantt->pauses[0]);
    for (size_t i = 0; i < json_array_size(pauses); i++) {
        const json_t *json = json_array_get(pauses, i);
        struct span pause = { read_day(json, "first"), read_day(json, "last") };
        if (pause.first != DATE_NONE && pause.last >= pause.first)
            gantt->pauses[gantt->pause_count++] = pause;
    }
}

/* What a page shows of the bars; what only calendars use is not kept. */
static bool read_gantt(struct doc *doc, const json_t *object)
{
    const json_t *bars = json_object_get(object, "bars");
    doc_gantt(doc, text_of(object, "text"), read_day(object, "today"), read_day(object, "target"));
    for (size_t i = 0; i < json_array_size(bars); i++) {
        const json_t *json = json_array_get(bars, i);
        struct bar bar = {
            .id = (char *)(uintptr_t)text_of(json, "id"),
            .label = (char *)(uintptr_t)text_of(json, "label"),
            .first = read_day(json, "first"), .last = read_day(json, "last"),
            .by = read_day(json, "by"), .warn = -1,
            .critical = json_is_true(json_object_get(json, "critical")),
            .done = json_is_true(json_object_get(json, "done")),
            .hidden = json_is_true(json_object_get(json, "hidden")),
        };
        doc_bar(doc, &bar);
    }
    struct gantt *gantt = doc->blocks[doc->count - 1].gantt;
    gantt->from = read_day(object, "from");
    read_pauses(gantt, json_object_get(object, "pauses"));
    return true;
}

static bool read_block(struct doc *doc, const json_t *object)
{
    enum block_kind kind = kind_of(object);
    json_int_t level = json_integer_value(json_object_get(object, "level"));
    if (kind == BLOCK_KIND_COUNT || (kind == BLOCK_SECTION && (level < 1 || level > 3)))
        return false;
    if (kind == BLOCK_TABLE || kind == BLOCK_CHART || kind == BLOCK_MATRIX)
        return read_table(doc, kind, object);
    if (kind == BLOCK_GANTT)
        return read_gantt(doc, object);
    struct block *block = doc_block(doc, kind, text_of(object, "text"), text_of(object, "label"),
                                    text_of(object, "note"));
    if (kind == BLOCK_FIELD)
        level = json_integer_value(json_object_get(object, "lines"));
    block->level = level > 0 && level <= FIELD_LINES_MOST ? (int)level : 0;
    block->on = json_is_true(json_object_get(object, "on"))
                || json_is_true(json_object_get(object, "copy"));
    return true;
}

static const char *text_or_empty(const json_t *object, const char *key)
{
    const char *text = text_of(object, key);
    return text == NULL ? "" : text;
}

/* The document without its blocks; NULL when it is none. */
static struct doc *read_head(const json_t *root)
{
    enum lang lang;
    const char *id = text_of(root, "document"), *title = text_of(root, "title");
    if (id == NULL || title == NULL || lang_parse(text_or_empty(root, "lang"), &lang) != 0)
        return NULL;
    struct doc *doc = doc_new(id, lang, title);
    doc_set_header(doc, text_or_empty(root, "provider"), text_or_empty(root, "date"), NULL);
    doc_set_marks(doc, text_of(root, "notice"), text_of(root, "version"));
    return doc;
}

struct doc *doc_read_json(const char *text)
{
    json_t *root = json_loads(text, 0, NULL);
    struct doc *doc = read_head(root);
    const json_t *blocks = json_object_get(root, "blocks");
    bool whole = json_is_array(blocks);
    for (size_t i = 0; doc != NULL && whole && i < json_array_size(blocks); i++)
        whole = read_block(doc, json_array_get(blocks, i));
    json_decref(root);
    if (whole)
        return doc;
    doc_free(doc);
    return NULL;
}
