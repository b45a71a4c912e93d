/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The saved form of a screen.
 *
 * Format: "rows cols cursor_row cursor_col\n", then each cell as its attribute and width, each
 * one letter from '@' on, and its text, ended by a NUL byte.
 */
#include "term/frame.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "term/term.h"

void frame_save(const struct grid *grid, struct buf *out)
{
    buf_addf(out, "%d %d %d %d\n", grid->rows, grid->cols, grid->cursor_row, grid->cursor_col);
    for (int i = 0; i < grid->rows * grid->cols; i++) {
        const struct cell_glyph *cell = &grid->cells[i];
        buf_add_char(out, (char)('@' + cell->attr));
        buf_add_char(out, (char)('@' + cell->width));
        buf_add_n(out, cell->text, strlen(cell->text) + 1);
    }
}

/* One cell from `at`; returns what follows, or NULL when it is none. */
static const char *load_cell(struct cell_glyph *cell, const char *at, const char *end)
{
    const char *text = at + 2, *stop;
    size_t length;

    if (end - at < 3 || at[0] < '@' || at[0] > '_' || at[1] < '@' || at[1] > 'B')
        return NULL;
    stop = memchr(text, 0, (size_t)(end - text));
    length = stop ? (size_t)(stop - text) : sizeof cell->text;
    if (length >= sizeof cell->text || !utf8_valid(text, length) ||
        (length && (unsigned char)text[0] < ' '))
        return NULL;
    memcpy(cell->text, text, length + 1);
    cell->attr = (uint8_t)(at[0] - '@');
    cell->width = (uint8_t)(at[1] - '@');
    return stop + 1;
}

int frame_load(struct grid *grid, const char *bytes, size_t length)
{
    const char *at = memchr(bytes, '\n', length), *end = bytes + length;
    int rows, cols, row, col;

    if (!at || sscanf(bytes, "%d %d %d %d", &rows, &cols, &row, &col) != 4 ||
        rows != grid->rows || cols != grid->cols || row < -1 || row >= rows || col < 0 ||
        col >= cols)
        return -1;
    at++;
    for (int i = 0; at && i < rows * cols; i++)
        at = load_cell(&grid->cells[i], at, end);
    grid->cursor_row = row;
    grid->cursor_col = col;
    return at == end ? 0 : -1;
}
