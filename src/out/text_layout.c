/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Texts and rows of cells as lines.
 */
#include "out/text_layout.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "out/text_piece.h"

enum { ROW_KEPT_LINES = 12 };  /* a row taller than this may be divided by a page break */

void layout_free(struct layout *layout)
{
    for (size_t i = 0; i < layout->count; i++)
        free(layout->lines[i].text);
    free(layout->lines);
}

struct layout_line *layout_line(struct layout *layout, int space, const char *text,
                                size_t length)
{
    while (length > 0 && text[length - 1] == ' ')
        length--;
    layout->lines = vec_room(layout->lines, &layout->room, layout->count + 1,
                             sizeof layout->lines[0]);
    struct layout_line *line = &layout->lines[layout->count++];
    memset(line, 0, sizeof *line);
    line->text = xstrndup(text, length);
    line->space = space > layout->owed ? space : layout->owed;
    line->new_page = layout->new_page;
    layout->owed = 0;
    layout->new_page = false;
    return line;
}

void layout_keep(struct layout *layout, size_t first, bool last_too)
{
    for (size_t i = first; i < layout->count; i++)
        layout->lines[i].keep = last_too || i + 1 < layout->count;
}

int layout_pieces(const struct layout *layout, const char *text, int cols)
{
    struct text_piece piece;
    int count = 0;
    while (text_piece_next(layout->doc->lang, &text, cols, &piece))
        count++;
    return count;
}

/* One line of each cell. Returns false when all cells are at their end. */
static bool row_line(struct buf *out, enum lang lang, const char **rest, const struct grid *grid)
{
    bool any = false;
    int start = 0;
    buf_clear(out);
    for (size_t i = 0; i < grid->columns; i++) {
        struct text_piece piece;
        if (text_piece_next(lang, &rest[i], grid->widths[i], &piece)) {
            any = true;
            buf_add_repeat(out, " ", start - utf8_width(out->text));
            text_piece_add(out, &piece);
        }
        start += grid->widths[i] + grid->gap;
    }
    return any;
}

void layout_row(struct layout *layout, int space, const char *const *cells,
                const struct grid *grid)
{
    struct buf out = BUF_INIT;
    size_t first = layout->count;
    const char **rest = xcalloc(grid->columns, sizeof *rest);
    memcpy(rest, cells, grid->columns * sizeof *rest);
    while (row_line(&out, layout->doc->lang, rest, grid)) {
        layout_line(layout, space, out.text, out.length);
        space = 0;
    }
    if (layout->count == first)
        layout_line(layout, space, "", 0);
    if (layout->count - first <= ROW_KEPT_LINES)
        layout_keep(layout, first, false);
    free(rest);
    buf_free(&out);
}

size_t layout_wrapped(struct layout *layout, int space, const char *text, int cols)
{
    size_t first = layout->count;
    struct text_piece piece;
    struct buf line = BUF_INIT;
    while (text_piece_next(layout->doc->lang, &text, cols, &piece)) {
        buf_clear(&line);
        text_piece_add(&line, &piece);
        layout_line(layout, space, line.text, line.length);
        space = 0;
    }
    buf_free(&line);
    return first;
}

void layout_text(struct layout *layout, int space, const char *text)
{
    size_t first = layout_wrapped(layout, space, text, layout->cols);
    if (layout->count < first + 2)
        return;
    layout->lines[first].keep = true;
    layout->lines[layout->count - 2].keep = true;
}

void layout_rule(struct layout *layout, const char *mark, int cols)
{
    struct buf rule = BUF_INIT;
    buf_add_repeat(&rule, mark, cols);
    layout_line(layout, 0, rule.text, rule.length);
    buf_free(&rule);
}
