/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The tables of a document as CSV, for spreadsheets and for suppliers' systems.
 *
 * A spreadsheet takes a cell that begins with =, +, -, @ or a control character for a formula and
 * would run it. Such a cell gets an apostrophe in front, and all cells are quoted where needed.
 */
#include "out/writers.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "out/doc.h"

static bool is_formula(const char *text)
{
    while (*text == ' ')
        text++;
    return *text && (strchr("=+-@|%\t\r", *text) || strncmp(text, "\xe2\x88\x92", 3) == 0);
}

static void add_cell(struct buf *out, const char *text)
{
    char *clean = doc_clean(text, false);
    bool quoted = clean[strcspn(clean, ";\"\n\r")] != '\0' || clean[0] == ' ';

    if (quoted)
        buf_add_char(out, '"');
    if (is_formula(clean))
        buf_add_char(out, '\'');
    for (const char *c = clean; *c; c++) {
        if (*c == '"')
            buf_add_char(out, '"');
        buf_add_char(out, *c);
    }
    if (quoted)
        buf_add_char(out, '"');
    free(clean);
}

static void add_table(struct buf *out, const struct block *block)
{
    for (size_t row = 0; row < block->rows; row++) {
        for (size_t i = 0; i < block->columns; i++) {
            if (i > 0)
                buf_add_char(out, ';');
            add_cell(out, block->cells[row * block->columns + i]);
        }
        buf_add(out, "\r\n");
    }
}

void out_csv(const struct doc *doc, const struct tr *tr, struct buf *out)
{
    bool first = true;

    (void)tr;
    buf_add(out, "\xef\xbb\xbf");
    for (size_t i = 0; i < doc->count; i++) {
        if (doc->blocks[i].rows == 0)
            continue;
        if (!first)
            buf_add(out, "\r\n");
        add_table(out, &doc->blocks[i]);
        first = false;
    }
}
