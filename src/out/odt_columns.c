/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Columns of tables in an ODT. Letters are not measured here: their number tells the widths nearly
 * enough, and the office program breaks the lines.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "out/doc.h"
#include "out/odt.h"

/* Tenths of a millimetre, and letters. A longer word is divided rather than that it has its way. */
enum { LETTER = 17, HEAD_LETTER = 19, PADDING = 30, WORD_MOST = 18, CELL_MOST = 60 };

static int width_of(const struct block *block, size_t cell, int letters, int most)
{
    bool head = cell < block->columns
                || (block->kind == BLOCK_MATRIX && cell % block->columns == 0);
    return (letters < most ? letters : most) * (head ? HEAD_LETTER : LETTER) + PADDING;
}

/* A line may begin behind a dash, too: a period is two days. */
static int widest_word(const char *text)
{
    static const char dash[] = "\u2013";
    struct buf part = BUF_INIT;
    int widest = 0;
    while (*text != '\0') {
        const char *end = strstr(text, dash);
        size_t length = end == NULL ? strlen(text) : (size_t)(end - text) + strlen(dash);
        buf_clear(&part);
        buf_add_n(&part, text, length);
        int width = utf8_widest_part(part.text, " -\n");
        widest = width > widest ? width : widest;
        text += length;
    }
    buf_free(&part);
    return widest;
}

/* Each column its widest word. Returns what all need together. */
static long columns_least(const struct block *block, int *widths)
{
    long used = 0;
    for (size_t i = 0; i < block->rows * block->columns; i++) {
        int word = widest_word(block->cells[i]);
        int width = width_of(block, i, word, WORD_MOST), *column = &widths[i % block->columns];
        *column = width > *column ? width : *column;
    }
    for (size_t c = 0; c < block->columns; c++)
        used += widths[c];
    return used;
}

bool odt_table_is_wide(const struct block *block)
{
    int *widths = xcalloc(block->columns + 1, sizeof *widths);
    bool wide = columns_least(block, widths) > ODT_NARROW;
    free(widths);
    return wide;
}

/* What is left of the room goes where it saves lines; when all have enough it is shared by what
 * they have. */
void odt_columns_share(const struct block *block, int room, int *widths)
{
    int *wishes = xcalloc(block->columns, sizeof *wishes);
    long used = columns_least(block, widths), wished = 0;
    for (size_t c = 0; c < block->columns; c++)
        wishes[c] = widths[c];
    for (size_t i = 0; i < block->rows * block->columns; i++) {
        int cell = utf8_widest_part(block->cells[i], "\n");
        int wish = width_of(block, i, cell, CELL_MOST), *column = &wishes[i % block->columns];
        *column = wish > *column ? wish : *column;
    }
    for (size_t c = 0; c < block->columns; c++)
        wished += wishes[c] - widths[c];
    for (size_t c = 0; c < block->columns; c++) {
        if (used > room)
            widths[c] = (int)((long)widths[c] * room / used);
        else if (wished > room - used)
            widths[c] += (int)((room - used) * (wishes[c] - widths[c]) / wished);
        else
            widths[c] = (int)((long)wishes[c] * room / (used + wished));
    }
    free(wishes);
}
