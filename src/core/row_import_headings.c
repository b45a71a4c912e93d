/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Headings of a table to items of the plan.
 */
#include "core/row_import_maker.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "core/schema.h"
#include "core/table.h"

static bool is_heading(const struct import_column *column, const char *heading)
{
    const struct text *labels[] = { &column->item->label, &column->item->report_label };

    for (int lang = 0; lang < LANG_COUNT; lang++) {
        for (const char **word = column->headings[lang]; word && *word; word++)
            if (utf8_same_folded(*word, heading))
                return true;
        for (size_t i = 0; !column->part && i < countof(labels); i++)
            if (utf8_same_folded(text_get(labels[i], (enum lang)lang), heading))
                return true;
    }
    return false;
}

const struct import_column *import_column_of(const struct import_kind *kind, const char *text)
{
    const struct import_column *found = NULL;
    struct buf heading = BUF_INIT;

    row_import_tidy(&heading, text);
    for (size_t i = 0; heading.length && !found && i < kind->column_count; i++)
        if (is_heading(&kind->columns[i], heading.text))
            found = &kind->columns[i];
    buf_free(&heading);
    return found;
}

const struct import_kind *row_import_kind(const struct schema *schema, const struct table *table)
{
    const struct import_kind *best = NULL;
    size_t most = 0;

    for (size_t i = 0; i < schema->import_count; i++) {
        const struct import_kind *kind = &schema->imports[i];
        size_t known = 0;
        bool has_key = false;
        for (size_t c = 0; c < table->rows[0].count; c++) {
            const struct import_column *column =
                import_column_of(kind, table->rows[0].cells[c].text);
            known += column != NULL;
            has_key |= column && column->item == kind->key;
        }
        if (!best || (has_key && known > most)) {
            best = kind;
            most = has_key ? known : 0;
        }
    }
    return best;
}

static bool has_whole(const struct maker *maker, const struct item *item)
{
    const struct import_kind *kind = maker->import->kind;

    for (size_t i = 0; i < kind->column_count; i++)
        if (kind->columns[i].item == item && !kind->columns[i].part && maker->cells[i])
            return true;
    return false;
}

static bool has_any(const struct maker *maker, const struct item *item)
{
    const struct import_kind *kind = maker->import->kind;

    for (size_t i = 0; i < kind->column_count; i++)
        if (kind->columns[i].item == item && maker->cells[i])
            return true;
    return false;
}

/* A part is of no use beside the whole. */
static void note_unused_parts(struct maker *maker)
{
    const struct import_kind *kind = maker->import->kind;

    for (size_t i = 0; i < kind->column_count; i++)
        if (kind->columns[i].part && maker->cells[i] && has_whole(maker, kind->columns[i].item)) {
            maker->import->unknown[maker->import->unknown_count++] =
                arena_strdup(maker->import->arena,
                             maker->table->rows[0].cells[maker->cells[i] - 1].text);
            maker->cells[i] = 0;
        }
}

static int missing_key(const struct maker *maker)
{
    const struct import_kind *kind = maker->import->kind;
    const struct tr *tr = err_tr(maker->err);

    return row_import_fail(maker, &maker->table->rows[0].cells[0],
                           N_("the column \"%s\" is missing: no heading has that name"),
                           text_get(&kind->key->label, tr ? tr->lang : LANG_EN), NULL);
}

int row_import_headings(struct maker *maker)
{
    struct row_import *import = maker->import;
    const struct table_row *headings = &maker->table->rows[0];

    import->unknown = arena_alloc(import->arena, headings->count + 1, sizeof *import->unknown);
    for (size_t c = 0; c < headings->count; c++) {
        const struct table_cell *cell = &headings->cells[c];
        const struct import_column *column = import_column_of(import->kind, cell->text);
        size_t at = column ? (size_t)(column - import->kind->columns) : 0;
        if (column && maker->cells[at])
            return row_import_fail(maker, cell,
                                   N_("the headings \"%1$s\" and \"%2$s\" mean the same"),
                                   headings->cells[maker->cells[at] - 1].text, cell->text);
        if (column)
            maker->cells[at] = c + 1;
        else if (*cell->text)
            import->unknown[import->unknown_count++] = arena_strdup(import->arena, cell->text);
    }
    note_unused_parts(maker);
    return has_any(maker, import->kind->key) ? 0 : missing_key(maker);
}
