/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Typed answers: a field of one line and an area of many.
 *
 * The cursor is a byte offset that always stands between letters. The field scrolls sideways;
 * the area wraps and the page scrolls.
 */
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "base/utf8_wrap.h"
#include "ui/widget.h"

enum { TEXT_LENGTH_MAX = 4 * SCHEMA_TEXT_MAX };

/* ---- editing ---- */

static size_t letter_before(const struct widget *widget)
{
    size_t at = 0, before = 0;

    while (at < widget->cursor) {
        before = at;
        at += utf8_letter(widget->text.text + at, widget->text.length - at);
    }
    return before;
}

static size_t letter_after(const struct widget *widget)
{
    size_t length = utf8_letter(widget->text.text + widget->cursor,
                                widget->text.length - widget->cursor);

    return widget->cursor + length;
}

static void insert(struct widget *widget, const char *text, size_t length)
{
    struct buf clean = BUF_INIT;

    if (widget->unsure)
        buf_clear(&widget->text);
    if (widget->unsure)
        widget->cursor = 0;
    widget->unsure = false;
    utf8_clean(&clean, text, length, widget->ops->lines ? 0 : UTF8_ONE_LINE);
    if (widget->text.length + clean.length <= TEXT_LENGTH_MAX) {
        buf_splice(&widget->text, widget->cursor, 0, clean.text, clean.length);
        widget->cursor += clean.length;
    }
    buf_free(&clean);
}

static void erase(struct widget *widget, size_t from, size_t to)
{
    buf_splice(&widget->text, from, to - from, "", 0);
    widget->cursor = from;
}

/* A combining mark joins the letter before it. */
static void insert_key(struct widget *widget, uint32_t key)
{
    char letter[5];
    size_t length = utf8_encode(key, letter);

    insert(widget, letter, length);
}

static bool edit_key(struct widget *widget, uint32_t key)
{
    switch (key) {
    case KEYS_LEFT: widget->cursor = letter_before(widget); return true;
    case KEYS_RIGHT: widget->cursor = letter_after(widget); return true;
    case KEYS_BACKSPACE:
        if (widget->unsure)
            insert(widget, "", 0);
        else
            erase(widget, letter_before(widget), widget->cursor);
        return true;
    case KEYS_DELETE: erase(widget, widget->cursor, letter_after(widget)); return true;
    case KEYS_CTRL + 'u': erase(widget, 0, widget->cursor); return true;
    case KEYS_CTRL + 'k': erase(widget, widget->cursor, widget->text.length); return true;
    default: break;
    }
    if (key < ' ' || key >= KEYS_NONE)
        return false;
    insert_key(widget, key);
    return true;
}

static void text_start(struct widget *widget, struct ui *ui, const char *value)
{
    (void)ui;
    widget->unsure = widget->item->unsure && strcmp(value, VALUE_UNSURE) == 0;
    if (!widget->unsure)
        buf_add(&widget->text, value);
    widget->cursor = widget->text.length;
}

/* A date is shown as people write it, and understood in both forms. */
static void field_start(struct widget *widget, struct ui *ui, const char *value)
{
    int date = widget->item->type == ITEM_DATE ? date_parse_iso(value) : DATE_NONE;
    char text[40];

    if (date != DATE_NONE) {
        date_text(date, LANG_FI, text, sizeof text);
        value = text;
    }
    text_start(widget, ui, value);
}

static void text_value(const struct widget *widget, struct buf *out)
{
    buf_add(out, widget->unsure ? VALUE_UNSURE : widget->text.text);
}

/* ---- field ---- */

static int field_cols(const struct widget *widget, int cols)
{
    static const int widths[ITEM_TYPE_COUNT] = {
        [ITEM_YTUNNUS] = 12, [ITEM_POSTCODE] = 8, [ITEM_DATE] = 14, [ITEM_INTEGER] = 14,
        [ITEM_DECIMAL] = 14, [ITEM_PHONE] = 24,
    };
    int wanted = widths[widget->item->type];

    if (!wanted)
        wanted = widget->item->max_length > 0 ? widget->item->max_length + 1 : 60;
    return wanted < cols ? wanted : cols;
}

/* The first byte shown so that the cursor is inside `cols` columns. */
static size_t first_shown(const struct widget *widget, int cols)
{
    const char *text = widget->text.text;
    size_t at = 0;

    while (at < widget->cursor &&
           utf8_width_n(text + at, widget->cursor - at) >= cols)
        at += utf8_letter(text + at, widget->text.length - at);
    return at;
}

static int draw_echo(struct widget *widget, struct ui *ui, struct canvas *canvas, int row,
                     int col, int cols)
{
    struct buf text = BUF_INIT;
    char day[40];
    int date;

    if (widget->item->type != ITEM_DATE || !widget->text.length)
        return 0;
    date = date_parse(widget->text.text, ui->plan->today);
    if (date == DATE_NONE)
        return 0;
    date_text(date, ui->tr.lang, day, sizeof day);
    buf_addf(&text, "= %s %s", date_weekday_name(date_weekday(date), ui->tr.lang), day);
    canvas_put(canvas, row, col, cols, text.text, ATTR_DIM);
    buf_free(&text);
    return 1;
}

static int field_draw(struct widget *widget, struct ui *ui, struct canvas *canvas, int row,
                      int col, int cols)
{
    int width = field_cols(widget, cols - 3), first = row;
    size_t from = first_shown(widget, width);
    const char *unit = text_get(&widget->item->unit, ui->tr.lang);

    canvas_put(canvas, row, col, 1, from > 0 ? "‹" : "›", ATTR_DIM);
    if (widget->unsure)
        canvas_put(canvas, row, col + 2, width, ui_text(ui, "I do not know"), 0);
    else
        canvas_put(canvas, row, col + 2, width, widget->text.text + from, 0);
    canvas_attr(canvas, row, col + 2, width, ATTR_UNDERLINE);
    if (*unit)
        canvas_put(canvas, row, col + 3 + width, -1, unit, ATTR_DIM);
    canvas_cursor(canvas, row, col + 2 + (widget->unsure ? 0
                  : utf8_width_n(widget->text.text + from, widget->cursor - from)));
    row++;
    row += draw_echo(widget, ui, canvas, row, col + 2, cols - 2);
    if (widget->item->unsure)
        row += canvas_wrap(canvas, row, col + 2, cols - 2,
                           ui_text(ui, "F4: I do not know. It counts as an answer and stays on "
                                       "the list of things to find out."), ATTR_DIM);
    return row - first;
}

static bool field_input(struct widget *widget, struct ui *ui, const struct event *event)
{
    (void)ui;
    if (event->kind == EVENT_PASTE) {
        insert(widget, event->paste, strlen(event->paste));
        return true;
    }
    switch (event->key) {
    case KEYS_HOME:
    case KEYS_CTRL + 'a': widget->cursor = 0; return true;
    case KEYS_END:
    case KEYS_CTRL + 'e': widget->cursor = widget->text.length; return true;
    default: return edit_key(widget, event->key);
    }
}

const struct widget_ops widget_field = {
    .typing = true, .start = field_start, .draw = field_draw, .input = field_input,
    .value = text_value,
};

/* ---- area ---- */

/* The wrapped line at byte `from`: where its text ends and where the next line begins. */
static size_t next_line(const struct widget *widget, size_t from, size_t *next)
{
    size_t skip = 0, length = utf8_wrap(widget->text.text + from, widget->cols, &skip);

    *next = from + skip;
    return from + length;
}

/* Row and start of the line that a position is on. */
static int line_of(const struct widget *widget, size_t position, size_t *start)
{
    size_t from = 0, next;
    int row = 0;

    while (from < widget->text.length) {
        next_line(widget, from, &next);
        if (next <= from || position < next ||
            (next == widget->text.length && widget->text.text[next - 1] != '\n'))
            break;
        from = next;
        row++;
    }
    *start = from;
    return row;
}

/* The position in line `row` nearest to column `col`. */
static size_t position_at(const struct widget *widget, int row, int col)
{
    size_t from = 0, end = 0, next = 0, at;

    for (int r = 0; r <= row; r++) {
        if (r > 0)
            from = next;
        if (from >= widget->text.length)
            return widget->text.length;
        end = next_line(widget, from, &next);
        if (next <= from)
            return widget->text.length;
    }
    at = from;
    while (at < end && utf8_width_n(widget->text.text + from, at - from) < col)
        at += utf8_letter(widget->text.text + at, widget->text.length - at);
    return at;
}

static void move_lines(struct widget *widget, int step)
{
    size_t start;
    int row = line_of(widget, widget->cursor, &start);
    int col = utf8_width_n(widget->text.text + start, widget->cursor - start);

    if (row + step < 0)
        widget->cursor = 0;
    else
        widget->cursor = position_at(widget, row + step, col);
}

/* Draws the lines as the cursor sees them; returns how many there are. */
static int draw_lines(const struct widget *widget, struct canvas *canvas, int row, int col)
{
    struct buf part = BUF_INIT;
    size_t end, next;
    int rows = 0;

    for (size_t from = 0; from < widget->text.length; from = next) {
        end = next_line(widget, from, &next);
        if (next <= from)
            break;
        buf_clear(&part);
        buf_add_n(&part, widget->text.text + from, end - from);
        canvas_put(canvas, row + rows++, col, -1, part.text, 0);
    }
    buf_free(&part);
    return rows;
}

static int area_draw(struct widget *widget, struct ui *ui, struct canvas *canvas, int row,
                     int col, int cols)
{
    size_t start;
    int rows, at;

    widget->cols = cols - 2 < 1 ? 1 : cols - 2;
    if (widget->unsure)
        canvas_put(canvas, row, col + 2, cols - 2, ui_text(ui, "I do not know"), ATTR_UNDERLINE);
    rows = draw_lines(widget, canvas, row, col + 2);
    at = line_of(widget, widget->cursor, &start);
    if (at >= rows)
        rows = at + 1;
    for (int r = 0; r < rows; r++)
        canvas_put(canvas, row + r, col, 1, "│", ATTR_DIM);
    canvas_cursor(canvas, row + at, col + 2 +
                  utf8_width_n(widget->text.text + start, widget->cursor - start));
    return rows + canvas_wrap(canvas, row + rows, col + 2, cols - 2,
                              ui_text(ui, "Enter begins a new line, Tab goes on."), ATTR_DIM);
}

static bool area_input(struct widget *widget, struct ui *ui, const struct event *event)
{
    size_t start, next;

    if (event->kind == EVENT_PASTE)
        return field_input(widget, ui, event);
    switch (event->key) {
    case KEYS_ENTER: insert(widget, "\n", 1); return true;
    case KEYS_UP: move_lines(widget, -1); return true;
    case KEYS_DOWN: move_lines(widget, 1); return true;
    case KEYS_PAGE_UP: move_lines(widget, -8); return true;
    case KEYS_PAGE_DOWN: move_lines(widget, 8); return true;
    case KEYS_HOME:
        line_of(widget, widget->cursor, &widget->cursor);
        return true;
    case KEYS_END:
        line_of(widget, widget->cursor, &start);
        widget->cursor = next_line(widget, start, &next);
        return true;
    default: return edit_key(widget, event->key);
    }
}

const struct widget_ops widget_area = {
    .typing = true, .lines = true, .start = text_start, .draw = area_draw, .input = area_input,
    .value = text_value,
};
