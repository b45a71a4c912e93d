/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Drawing text on a grid of cells.
 *
 * Every write goes through set_cell(), which cuts at the edges and never leaves half of a wide
 * letter behind, so that no caller has to think about either. In ASCII mode text is replaced
 * before it is fitted or wrapped, since what stands for a letter may be longer ("par." for the
 * section sign).
 */
#include "ui/canvas.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/utf8.h"
#include "base/utf8_ascii.h"
#include "base/utf8_wrap.h"

/* More than any page needs; keeps rows * cols far from overflow. */
enum { MAX_ROWS = 100000, MAX_COLS = 2000 };

/* Signs of the screens with one ASCII column each, so that what stands below them stays in line. */
static const struct {
    const char *sign, *ascii;
} signs[] = {
    { "✓", "x" }, { "◐", "~" }, { "○", "." }, { "•", "*" }, { "·", "." }, { "◆", "*" },
    { "▶", ">" }, { "◀", "<" }, { "▲", "^" }, { "▼", "v" }, { "→", ">" }, { "←", "<" },
    { "↑", "^" }, { "↓", "v" }, { "›", ">" }, { "‹", "<" }, { "×", "x" }, { "█", "#" },
    { "░", ":" }, { "▒", "%" }, { "▐", "[" }, { "▌", "]" }, { "━", "-" }, { "═", "=" },
    { "─", "-" }, { "│", "|" }, { "┊", "|" }, { "┼", "+" }, { "└", "+" }, { "├", "+" },
    { "┴", "+" }, { "┬", "+" },
};

static void blank(struct cell_glyph *cell)
{
    *cell = (struct cell_glyph){ .text = " ", .width = 1 };
}

/* Each blank cell is a copy of the one before; copied in growing pieces. */
static void blank_rows(struct grid *grid, int from, int to)
{
    struct cell_glyph *cells = &grid->cells[from * grid->cols];
    size_t count = (size_t)(to - from) * (size_t)grid->cols;

    if (count == 0)
        return;
    blank(cells);
    for (size_t done = 1, more; done < count; done += more) {
        more = done < count - done ? done : count - done;
        memcpy(cells + done, cells, more * sizeof cells[0]);
    }
}

static void make_room(struct canvas *canvas, int cells)
{
    if (cells <= canvas->room)
        return;
    canvas->room = cells > 2 * canvas->room ? cells : 2 * canvas->room;
    canvas->grid.cells = xrealloc(canvas->grid.cells, (size_t)canvas->room,
                                  sizeof canvas->grid.cells[0]);
}

/* Whether the row can be drawn on; a growing canvas grows down to it. */
static bool reach(struct canvas *canvas, int row)
{
    struct grid *grid = &canvas->grid;
    if (row < 0 || row >= (canvas->grows ? MAX_ROWS : grid->rows))
        return false;
    if (row >= grid->rows) {
        make_room(canvas, (row + 1) * grid->cols);
        int from = grid->rows;
        grid->rows = row + 1;
        blank_rows(grid, from, grid->rows);
    }
    return true;
}

void canvas_init(struct canvas *canvas, int rows, int cols, bool ascii)
{
    *canvas = (struct canvas){ .ascii = ascii };
    canvas_reset(canvas, rows, cols);
}

void canvas_init_growing(struct canvas *canvas, int cols, bool ascii)
{
    *canvas = (struct canvas){ .ascii = ascii, .grows = true };
    canvas_reset(canvas, 0, cols);
}

void canvas_free(struct canvas *canvas)
{
    free(canvas->grid.cells);
    *canvas = (struct canvas){ 0 };
}

void canvas_reset(struct canvas *canvas, int rows, int cols)
{
    struct grid *grid = &canvas->grid;
    grid->cols = number_clamp(cols, 1, MAX_COLS);
    grid->rows = canvas->grows ? 0 : number_clamp(rows, 1, MAX_ROWS);
    grid->cursor_row = -1;
    grid->cursor_col = 0;
    make_room(canvas, (grid->rows ? grid->rows : 1) * grid->cols);
    blank_rows(grid, 0, grid->rows);
}

static struct cell_glyph *cell_at(struct grid *grid, int row, int col)
{
    return &grid->cells[row * grid->cols + col];
}

/* Blanks the other half of a wide letter of which the cell at `col` is one half. */
static void split_wide(struct grid *grid, int row, int col)
{
    struct cell_glyph *cell = cell_at(grid, row, col);
    if (cell->width == 0 && col > 0)
        blank(cell - 1);
    if (cell->width == 2 && col + 1 < grid->cols)
        blank(cell + 1);
}

static void set_cell(struct grid *grid, int row, int col, const char *text, size_t length,
                     int width, int attr)
{
    if (col < 0 || col + width > grid->cols)
        return;
    struct cell_glyph *cell = cell_at(grid, row, col);
    split_wide(grid, row, col);
    if (width == 2)
        split_wide(grid, row, col + 1);
    *cell = (struct cell_glyph){ .width = (uint8_t)width, .attr = (uint8_t)attr };
    memcpy(cell->text, text, length);
    if (width == 2)
        cell[1] = (struct cell_glyph){ .attr = (uint8_t)attr };
}

/* Draws the letters of a line that is known to fit; returns the columns used. */
static int draw_letters(struct grid *grid, int row, int col, const char *text, size_t length,
                        int attr)
{
    int at = col;
    for (size_t used, i = 0; i < length; i += used) {
        used = utf8_letter(text + i, length - i);
        if (used == 0)
            break;
        size_t keep = used;
        if (keep >= sizeof((struct cell_glyph *)0)->text)
            utf8_decode(text + i, length - i, &keep);
        int width = utf8_width_n(text + i, keep);
        if (width < 1)
            continue;
        width = width > 2 ? 2 : width;
        set_cell(grid, row, at, text + i, keep, width, attr);
        at += width;
    }
    return at - col;
}

static const char *sign_ascii(const char *text, size_t length)
{
    for (size_t i = 0; i < countof(signs); i++)
        if (strlen(signs[i].sign) == length && memcmp(signs[i].sign, text, length) == 0)
            return signs[i].ascii;
    return NULL;
}

static void to_ascii(struct buf *out, const char *text, size_t length)
{
    struct buf letter = BUF_INIT;
    for (size_t used, i = 0; i < length; i += used) {
        used = utf8_letter(text + i, length - i);
        if (used == 0)
            break;
        const char *sign = sign_ascii(text + i, used);
        if (sign) {
            buf_add(out, sign);
        } else if (used == 1) {
            buf_add_char(out, text[i]);
        } else {
            buf_clear(&letter);
            buf_add_n(&letter, text + i, used);
            utf8_to_ascii(out, letter.text);
        }
    }
    buf_free(&letter);
}

/* The line as it is drawn: replaced in ASCII mode, cut to `cols` columns. The text is in
 * `line` when it had to be changed. */
static const char *fit_line(const struct canvas *canvas, const char *text, size_t length,
                            int cols, struct buf *line)
{
    struct buf fitted = BUF_INIT;
    if (canvas->ascii)
        to_ascii(line, text, length);
    else
        buf_add_n(line, text, length);
    if (utf8_width(line->text) > cols) {
        utf8_fit(&fitted, line->text, cols, canvas->ascii);
        buf_free(line);
        *line = fitted;
    }
    return line->text;
}

static int put_n(struct canvas *canvas, int row, int col, int cols, const char *text,
                 size_t length, int attr)
{
    struct buf line = BUF_INIT;
    int edge = canvas->grid.cols - col;
    if (cols < 0 || cols > edge)
        cols = edge;
    if (!reach(canvas, row) || cols <= 0)
        return 0;
    fit_line(canvas, text, length, cols, &line);
    int used = draw_letters(&canvas->grid, row, col, line.text, line.length, attr);
    buf_free(&line);
    return used;
}

int canvas_put(struct canvas *canvas, int row, int col, int cols, const char *text, int attr)
{
    return put_n(canvas, row, col, cols, text, strcspn(text, "\n"), attr);
}

int canvas_put_right(struct canvas *canvas, int row, int col, const char *text, int attr)
{
    struct buf line = BUF_INIT;
    int end = number_clamp(col, 0, canvas->grid.cols);
    if (!reach(canvas, row) || end == 0)
        return 0;
    fit_line(canvas, text, strcspn(text, "\n"), end, &line);
    int used = draw_letters(&canvas->grid, row, end - utf8_width(line.text), line.text,
                            line.length, attr);
    buf_free(&line);
    return used;
}

/* The text as the canvas shows it; in `plain` when it had to be changed. */
static const char *as_shown(const struct canvas *canvas, const char *text, struct buf *plain)
{
    if (!canvas->ascii)
        return text;
    to_ascii(plain, text, strlen(text));
    return plain->text;
}

int canvas_wrap(struct canvas *canvas, int row, int col, int cols, const char *text, int attr)
{
    struct buf plain = BUF_INIT;
    const char *at = as_shown(canvas, text, &plain);
    int rows = 0;
    size_t skip, length;
    if (cols < 0)
        cols = canvas->grid.cols - col;
    cols = cols < 1 ? 1 : cols;
    while ((length = utf8_wrap(at, cols, &skip)) > 0 || skip > 0) {
        put_n(canvas, row + rows, col, cols, at, length, attr);
        at += skip;
        rows++;
    }
    buf_free(&plain);
    return rows;
}

int canvas_wrap_rows(const struct canvas *canvas, const char *text, int cols)
{
    struct buf plain = BUF_INIT;
    const char *at = as_shown(canvas, text, &plain);
    int rows = 0;
    size_t skip;
    cols = cols < 1 ? 1 : cols;
    while (utf8_wrap(at, cols, &skip) > 0 || skip > 0) {
        at += skip;
        rows++;
    }
    buf_free(&plain);
    return rows;
}

int canvas_width(const struct canvas *canvas, const char *text)
{
    struct buf plain = BUF_INIT;
    int width = utf8_width(as_shown(canvas, text, &plain));
    buf_free(&plain);
    return width;
}

void canvas_rule(struct canvas *canvas, int row)
{
    if (!reach(canvas, row))
        return;
    const char *rule = canvas->ascii ? "-" : "─";
    for (int col = 1; col < canvas->grid.cols - 1; col++)
        set_cell(&canvas->grid, row, col, rule, strlen(rule), 1, ATTR_NORMAL);
}

void canvas_attr(struct canvas *canvas, int row, int col, int cols, int attr)
{
    if (!reach(canvas, row))
        return;
    int end = number_clamp(cols < 0 ? canvas->grid.cols : col + cols, 0, canvas->grid.cols);
    for (int at = number_clamp(col, 0, end); at < end; at++)
        cell_at(&canvas->grid, row, at)->attr |= (uint8_t)attr;
}

void canvas_cursor(struct canvas *canvas, int row, int col)
{
    if (!reach(canvas, row))
        row = -1;
    canvas->grid.cursor_row = row;
    canvas->grid.cursor_col = number_clamp(col, 0, canvas->grid.cols - 1);
}

static void copy_row(struct grid *to, int row, const struct grid *from, int from_row)
{
    int cols = to->cols < from->cols ? to->cols : from->cols;
    const struct cell_glyph *source = &from->cells[from_row * from->cols];
    if (cols < to->cols)
        split_wide(to, row, cols - 1);
    memcpy(cell_at(to, row, 0), source, (size_t)cols * sizeof *source);
    if (source[cols - 1].width == 2)
        blank(cell_at(to, row, cols - 1));
}

void canvas_copy(struct canvas *canvas, int row, const struct canvas *from, int from_row, int rows)
{
    const struct grid *source = &from->grid;
    for (int i = 0; i < rows; i++) {
        int at = from_row + i;
        if (at < 0 || at >= source->rows || !reach(canvas, row + i))
            continue;
        copy_row(&canvas->grid, row + i, source, at);
        if (source->cursor_row == at)
            canvas_cursor(canvas, row + i, source->cursor_col);
    }
}

void canvas_text(const struct grid *grid, struct buf *out)
{
    for (int row = 0; row < grid->rows; row++) {
        size_t end = out->length;
        for (int col = 0; col < grid->cols; col++) {
            const struct cell_glyph *cell = &grid->cells[row * grid->cols + col];
            buf_add(out, cell->text);
            if (strcmp(cell->text, " ") != 0)
                end = out->length;
        }
        buf_cut(out, end);
        buf_add_char(out, '\n');
    }
}

/* Bold is a capital only when something else is on as well; a space that shows nothing still
 * has its letter, because a bar of reverse blanks is part of the picture. */
static char attr_letter(int attr)
{
    static const struct {
        int attr;
        char alone, bold;
    } letters[] = {
        { ATTR_REVERSE, 'r', 'R' }, { ATTR_UNDERLINE, 'u', 'U' }, { ATTR_DIM, 'd', 'D' },
    };
    for (size_t i = 0; i < countof(letters); i++)
        if (attr & letters[i].attr)
            return attr & ATTR_BOLD ? letters[i].bold : letters[i].alone;
    return attr & ATTR_BOLD ? 'b' : ' ';
}

void canvas_attrs(const struct grid *grid, struct buf *out)
{
    for (int row = 0; row < grid->rows; row++) {
        size_t end = out->length;
        for (int col = 0; col < grid->cols; col++) {
            char letter = attr_letter(grid->cells[row * grid->cols + col].attr);
            buf_add_char(out, letter);
            if (letter != ' ')
                end = out->length;
        }
        buf_cut(out, end);
        buf_add_char(out, '\n');
    }
}
