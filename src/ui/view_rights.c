/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The rights matrix: names at the left and headings above that stay, the cells beside them, and
 * below what the cell with the focus means and what is wrong with it.
 *
 * core/rights_grid.h tells what is in the cells. The grid is made when the plan or what is looked
 * at changes; a key that moves only draws, and only the cells that are on the screen.
 */
#include "ui/view_rights.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/utf8.h"
#include "base/utf8_wrap.h"
#include "core/rights_grid_text.h"
#include "core/rights_text.h"

/* Columns before a name: the focus, the mark of the row. */
enum { SIGN_COLS = 3, NAME_MIN = 6, NAME_MAX = 28, TEXT_MAX = 4 };

/* ---- the grid ---- */

static bool is_roles(const struct rights_view *view)
{
    return view->frame.kind == RIGHTS_GRID_ROLES;
}

static const char *key_of(const struct rights *rights, bool role, bool group, int at)
{
    return group  ? rights->data->groups->choices[at].id
           : role ? rights->roles[at].key : rights->people[at].key;
}

static const char *row_key(const struct rights_view *view, size_t row)
{
    return key_of(view->grid.rights, is_roles(view), false, view->grid.rows[row]);
}

static const char *col_key(const struct rights_view *view, size_t col)
{
    return key_of(view->grid.rights, true, is_roles(view), view->grid.cols[col]);
}

static void note_focus(struct rights_view *view)
{
    if (view->grid.row_count)
        snprintf(view->row_key, sizeof view->row_key, "%s", row_key(view, view->row));
    if (view->grid.col_count)
        snprintf(view->col_key, sizeof view->col_key, "%s", col_key(view, view->col));
}

/* The focus stays on the role, person or group that had it, else where it was. */
static void find_focus(struct rights_view *view)
{
    const struct rights_grid *grid = &view->grid;

    for (size_t r = 0; r < grid->row_count; r++)
        if (strcmp(row_key(view, r), view->row_key) == 0)
            view->row = r;
    for (size_t c = 0; c < grid->col_count; c++)
        if (strcmp(col_key(view, c), view->col_key) == 0)
            view->col = c;
    if (view->row >= grid->row_count)
        view->row = grid->row_count ? grid->row_count - 1 : 0;
    if (view->col >= grid->col_count)
        view->col = grid->col_count ? grid->col_count - 1 : 0;
    view->block &= view->block_row < grid->row_count && view->block_col < grid->col_count;
    note_focus(view);
}

void rights_view_fill(struct rights_view *view, struct ui *ui)
{
    const struct rights *rights;

    if (view->filled && view->filled_entry == ui->plan->last_entry
        && view->filled_lang == ui->tr.lang)
        return;
    rights = engine_rights(ui->plan->engine);
    rights_grid_make(&view->grid, rights, engine_rights_findings(ui->plan->engine), &view->frame);
    view->frame = view->grid.frame;
    free(view->widths);
    view->widths = xcalloc(view->grid.col_count + 1, sizeof view->widths[0]);
    for (size_t c = 0; c < view->grid.col_count; c++)
        view->widths[c] = rights_grid_width(&view->grid, c) + 1;
    find_focus(view);
    view->filled = true;
    view->filled_entry = ui->plan->last_entry;
    view->filled_lang = ui->tr.lang;
    view->fills++;
}

void rights_view_forget(struct rights_view *view)
{
    view->filled = false;
}

bool rights_view_has_cell(const struct rights_view *view)
{
    return view->grid.row_count && view->grid.col_count;
}

int rights_view_row(const struct rights_view *view)
{
    return view->grid.rows[view->row];
}

int rights_view_col(const struct rights_view *view)
{
    return view->grid.cols[view->col];
}

static size_t moved(size_t at, long step, size_t count)
{
    long to = (long)at + step, last = (long)count - 1;

    return to < 0 || last < 0 ? 0 : (size_t)(to > last ? last : to);
}

void rights_view_move(struct rights_view *view, long rows, long cols)
{
    view->row = moved(view->row, rows, view->grid.row_count);
    view->col = moved(view->col, cols, view->grid.col_count);
    note_focus(view);
}

struct rights_block rights_view_block(const struct rights_view *view)
{
    return rights_grid_block(&view->grid, view->block ? view->block_row : view->row, view->row,
                             view->block ? view->block_col : view->col, view->col);
}

void rights_view_done(struct rights_view *view, struct ui *ui, int code, const struct err *err,
                      const char *text)
{
    rights_view_forget(view);
    if (code)
        ui_say_error(ui, err);
    else
        ui_say(ui, text);
}

/* ---- where everything stands ---- */

/* Rows of the body from above: headings, lines, a rule, the explanation. */
struct parts {
    int head, lines, rule, text;
    int name_cols, first_col;
};

static struct parts parts_of(const struct rights_view *view, const struct canvas *canvas)
{
    int rows = ui_body_rows(canvas), cols = canvas->grid.cols;
    struct parts parts = { 0 };

    parts.text = rows >= 12 ? TEXT_MAX : rows >= 8 ? 2 : rows >= 6 ? 1 : 0;
    parts.rule = parts.text > 0;
    parts.head = rows < 3 ? 0 : is_roles(view) || rows < 8 ? 1 : 2;
    parts.lines = rows - parts.head - parts.rule - parts.text;
    parts.name_cols = number_clamp(cols * 3 / 10, NAME_MIN, NAME_MAX);
    parts.first_col = SIGN_COLS + parts.name_cols;
    return parts;
}

static int lines_of(const struct rights_view *view, const struct ui *ui)
{
    int lines = parts_of(view, &ui->screen).lines;

    return lines < 1 ? 1 : lines;
}

/* The last column that is whole on the screen when `left` is the first; at least `left` itself. */
static size_t last_whole(const struct rights_view *view, size_t left, int room)
{
    size_t last = left;
    int used = 0;

    for (size_t c = left; c < view->grid.col_count; c++) {
        used += view->widths[c];
        if (c > left && used > room)
            break;
        last = c;
    }
    return last;
}

static void keep_visible(struct rights_view *view, const struct parts *parts, int room)
{
    size_t lines = parts->lines > 0 ? (size_t)parts->lines : 1;

    if (view->row < view->top)
        view->top = view->row;
    if (view->row >= view->top + lines)
        view->top = view->row - lines + 1;
    if (view->top + lines > view->grid.row_count)
        view->top = view->grid.row_count > lines ? view->grid.row_count - lines : 0;
    if (view->left > view->col || view->left >= view->grid.col_count)
        view->left = view->col;
    while (last_whole(view, view->left, room) < view->col)
        view->left++;
}

/* ---- drawing ---- */

static bool in_block(const struct rights_view *view, size_t row, size_t col)
{
    size_t r = view->block_row, c = view->block_col;

    return view->block && row >= (r < view->row ? r : view->row)
        && row <= (r < view->row ? view->row : r) && col >= (c < view->col ? c : view->col)
        && col <= (c < view->col ? view->col : c);
}

static void draw_cell(struct rights_view *view, struct canvas *canvas, int y, int x, size_t row,
                      size_t col)
{
    bool focus = row == view->row && col == view->col;
    struct rights_grid_cell cell;
    int width = view->widths[col], used;
    char mark[2] = "";

    rights_grid_cell(&view->grid, row, col, &cell);
    if (!cell.text[0] && (cell.mark == ' ' || cell.mark == '-')) {
        used = canvas_put(canvas, y, x + 1, width - 1, cell.mark == '-' ? "-" : "·", ATTR_DIM);
    } else {
        used = canvas_put(canvas, y, x + 1, width - 1, cell.text[0] ? cell.text : "·",
                          cell.text[0] ? ATTR_NORMAL : ATTR_DIM);
        mark[0] = cell.mark == '-' ? ' ' : cell.mark;
        if (mark[0] != ' ')
            used += canvas_put(canvas, y, x + 1 + used, 1, mark,
                               *mark == '!' ? ATTR_BOLD : ATTR_NORMAL);
    }
    if (focus)
        canvas_attr(canvas, y, x + 1, used, ATTR_REVERSE);
    if (focus || in_block(view, row, col)) {
        canvas_put(canvas, y, x, 1, "[", ATTR_NORMAL);
        canvas_put(canvas, y, x + 1 + used, 1, "]", ATTR_NORMAL);
    }
    if (focus)
        canvas_cursor(canvas, y, x + 1);
}

/* Where a long word is divided: before a consonant and a vowel, as Finnish does always and Swedish
 * mostly. `most` when there is no such place. */
static size_t division(const char *word, size_t most)
{
    for (size_t at = most; at > 2; at--)
        if (word[at + 1] && strchr("bcdfghjklmnpqrstvwxz", word[at]) &&
            strchr("aeiouy\xC3", word[at + 1]))
            return at;
    return most;
}

/* Appends what of the text stands on one row of a heading; a word that goes on below ends in a
 * hyphen. Returns where the next row begins. */
static const char *heading_row(const char *text, int width, struct buf *out)
{
    size_t skip, length = utf8_wrap(text, width, &skip);
    bool divides = length > 0 && skip == length && text[length] && text[length - 1] != '-';

    if (divides)
        skip = length = division(text, utf8_wrap(text, width - 1, &skip));
    buf_add_n(out, text, length);
    if (divides)
        buf_add_char(out, '-');
    return text + skip;
}

/* The heading of a column, in as many rows as there are. */
static void draw_heading(struct rights_view *view, struct ui *ui, struct canvas *canvas, int y,
                         int x, size_t col, int rows)
{
    int width = view->widths[col] - 1, attr = col == view->col ? ATTR_BOLD : ATTR_NORMAL;
    const char *text;
    struct buf name = BUF_INIT, part = BUF_INIT;

    if (is_roles(view)) {
        rights_group_name(view->grid.rights->data, view->grid.cols[col], &ui->tr, &name);
        buf_cut(&name, strcspn(name.text, " "));
    } else {
        rights_role_name(view->grid.rights, view->grid.cols[col], &ui->tr, &name);
    }
    text = name.text;
    for (; rows > 1 && utf8_width(text) > width; rows--, y++) {
        buf_clear(&part);
        text = heading_row(text, width, &part);
        canvas_put(canvas, y, x + 1, width, part.text, attr);
    }
    canvas_put(canvas, y, x + 1, width, text, attr);
    buf_free(&name);
    buf_free(&part);
}

static void draw_name(struct rights_view *view, struct ui *ui, struct canvas *canvas, int y,
                      size_t row, const struct parts *parts)
{
    char mark[2] = { rights_grid_row_mark(&view->grid, row), '\0' };
    struct buf name = BUF_INIT;

    if (is_roles(view))
        rights_role_name(view->grid.rights, view->grid.rows[row], &ui->tr, &name);
    else
        rights_person_name(view->grid.rights, view->grid.rows[row], &ui->tr, &name);
    canvas_put(canvas, y, 1, 1, mark, *mark == '!' ? ATTR_BOLD : ATTR_NORMAL);
    canvas_put(canvas, y, 2, parts->name_cols, name.text,
               row == view->row ? ATTR_BOLD : ATTR_NORMAL);
    if (row == view->row)
        canvas_put(canvas, y, 0, 1, "▶", ATTR_NORMAL);
    buf_free(&name);
}

static void draw_arrows(struct rights_view *view, struct canvas *canvas, int first, size_t last,
                        const struct parts *parts)
{
    int edge = canvas->grid.cols;

    if (parts->head && view->left > 0)
        canvas_put(canvas, first, parts->first_col, 1, "‹", ATTR_DIM);
    if (parts->head && last + 1 < view->grid.col_count)
        canvas_put_right(canvas, first, edge, "›", ATTR_DIM);
    if (parts->lines > 0 && view->top > 0)
        canvas_put_right(canvas, first + parts->head, edge, "▲", ATTR_DIM);
    if (parts->lines > 0 && view->top + (size_t)parts->lines < view->grid.row_count)
        canvas_put_right(canvas, first + parts->head + parts->lines - 1, edge, "▼", ATTR_DIM);
}

static void draw_grid(struct rights_view *view, struct ui *ui, struct canvas *canvas, int first,
                      const struct parts *parts)
{
    int room = canvas->grid.cols - parts->first_col - 1, x = parts->first_col;
    size_t last;

    keep_visible(view, parts, room);
    last = last_whole(view, view->left, room);
    for (int i = 0; i < parts->lines && view->top + (size_t)i < view->grid.row_count; i++)
        draw_name(view, ui, canvas, first + parts->head + i, view->top + (size_t)i, parts);
    for (size_t c = view->left; c <= last; x += view->widths[c++]) {
        if (parts->head)
            draw_heading(view, ui, canvas, first, x, c, parts->head);
        for (int i = 0; i < parts->lines && view->top + (size_t)i < view->grid.row_count; i++)
            draw_cell(view, canvas, first + parts->head + i, x, view->top + (size_t)i, c);
    }
    draw_arrows(view, canvas, first, last, parts);
}

/* ---- what stands below ---- */

/* "2 virhettä, 3 varoitusta" */
static void add_counts(struct ui *ui, struct buf *out)
{
    const struct rights_findings *findings = engine_rights_findings(ui->plan->engine);

    if (findings->errors)
        buf_addf(out, tr_plural(&ui->tr, "%zu error", "%zu errors", findings->errors),
                 findings->errors);
    if (findings->errors && findings->warnings)
        buf_add(out, ", ");
    if (findings->warnings)
        buf_addf(out, tr_plural(&ui->tr, "%zu warning", "%zu warnings", findings->warnings),
                 findings->warnings);
    if (!out->length)
        buf_add(out, ui_text(ui, "no findings"));
}

static void brief(struct rights_view *view, struct ui *ui, struct buf *out)
{
    if (is_roles(view))
        rights_cell_brief(ui->plan, rights_view_row(view), rights_view_col(view), view->frame.reg,
                          &ui->tr, out);
    else
        rights_people_brief(&view->grid, view->row, view->col, &ui->tr, out);
}

/* Each line of the text in a row of its own, cut. */
static void draw_lines(struct canvas *canvas, int y, int rows, const char *text)
{
    for (; rows > 0 && *text; rows--, y++) {
        size_t length = strcspn(text, "\n");
        struct buf line = BUF_INIT;
        buf_add_n(&line, text, length);
        canvas_put(canvas, y, 1, canvas->grid.cols - 2, line.text, ATTR_NORMAL);
        buf_free(&line);
        text += length + (text[length] == '\n');
    }
}

/* The cell in short; in the last row the finding about it, and how many findings there are. */
static void draw_text(struct rights_view *view, struct ui *ui, struct canvas *canvas, int y,
                      const struct parts *parts)
{
    int width, last = y + parts->text, room = canvas->grid.cols - 2;
    struct buf text = BUF_INIT, finding = BUF_INIT, counts = BUF_INIT;

    canvas_rule(canvas, y);
    brief(view, ui, &text);
    draw_lines(canvas, y + 1, parts->text > 1 ? parts->text - 1 : 1, text.text);
    if (parts->text > 1) {
        rights_grid_finding(&view->grid, engine_rights_findings(ui->plan->engine), view->row,
                            view->col, &ui->tr, &finding);
        add_counts(ui, &counts);
        width = utf8_width(counts.text);
        if (width < room / 2) {
            canvas_put_right(canvas, last, canvas->grid.cols - 1, counts.text, ATTR_DIM);
            room -= width + 2;
        }
        canvas_put(canvas, last, 1, room, finding.text, ATTR_BOLD);
    }
    buf_free(&text);
    buf_free(&finding);
    buf_free(&counts);
}

static const char *nothing_text(const struct rights_view *view)
{
    const struct rights *rights = view->grid.rights;

    if (!rights->role_count)
        return N_("There are no roles yet. Press + to add the roles of your type of provider from "
                  "a template. Then confirm or change each cell.");
    if (!is_roles(view) && !rights->person_count)
        return N_("There are no people yet. Add them in the organisation's details.");
    return N_("Nothing is left to show. Press f to change the filter, g to change the register.");
}

static void fill_title(const struct rights_view *view, struct ui *ui, struct buf *title,
                       struct buf *right)
{
    const struct rights_frame *frame = &view->frame;
    struct buf where = BUF_INIT;

    if (frame->show == RIGHTS_SHOW_WHO)
        rights_who_title(view->grid.rights, frame->letters, frame->group, &ui->tr, title);
    else
        buf_add(title, ui_text(ui, is_roles(view) ? N_("Rights: roles × document groups")
                                                  : N_("Rights: people × roles")));
    rights_frame_text(view->grid.rights, frame, &ui->tr, &where);
    utf8_fit(right, where.text, (ui->screen.grid.cols - 1) / 2 - 1, ui->screen.ascii);
    buf_free(&where);
}

static void rights_draw(struct view *base, struct ui *ui, struct canvas *canvas)
{
    struct rights_view *view = (struct rights_view *)base;
    struct parts parts = parts_of(view, canvas);
    struct buf title = BUF_INIT, right = BUF_INIT;
    int first;

    rights_view_fill(view, ui);
    fill_title(view, ui, &title, &right);
    first = ui_draw_header(ui, canvas, title.text, right.text);
    if (rights_view_has_cell(view)) {
        draw_grid(view, ui, canvas, first, &parts);
        if (parts.rule)
            draw_text(view, ui, canvas, first + parts.head + parts.lines, &parts);
    } else {
        canvas_wrap(canvas, first, 1, ui_text_cols(canvas), ui_text(ui, nothing_text(view)),
                    ATTR_NORMAL);
    }
    buf_free(&title);
    buf_free(&right);
}

/* ---- acting ---- */

static const enum action role_actions[] = {
    ACTION_SET_RIGHTS, ACTION_CLEAR, ACTION_CONFIRM, ACTION_OPEN, ACTION_HELP, ACTION_OTHER_GRID,
    ACTION_LEAVE, ACTION_GRID_MENU, ACTION_FILL, ACTION_FILTER, ACTION_COMPARE, ACTION_COPY_ROW,
    ACTION_PASTE_ROW, ACTION_WHO, ACTION_BLOCK, ACTION_SCOPE, ACTION_NEXT_FINDING, ACTION_ACCEPT,
    ACTION_ADD, ACTION_UNDO, ACTION_NONE
};
static const enum action people_actions[] = {
    ACTION_GIVE_ROLE, ACTION_END_ROLE, ACTION_HELP, ACTION_OTHER_GRID, ACTION_LEAVE,
    ACTION_GRID_MENU, ACTION_FILTER, ACTION_COMPARE, ACTION_COPY_ROW, ACTION_PASTE_ROW, ACTION_WHO,
    ACTION_SCOPE, ACTION_NEXT_FINDING, ACTION_ACCEPT, ACTION_UNDO, ACTION_NONE
};

/* The role with the focus keeps it. */
static void change_grid(struct rights_view *view)
{
    bool roles = is_roles(view);

    view->frame.kind = roles ? RIGHTS_GRID_PEOPLE : RIGHTS_GRID_ROLES;
    view->view.actions = roles ? people_actions : role_actions;
    if (roles)
        snprintf(view->col_key, sizeof view->col_key, "%s", view->row_key);
    else
        snprintf(view->row_key, sizeof view->row_key, "%s", view->col_key);
    view->block = false;
    view->row = view->col = view->top = view->left = 0;
    rights_view_forget(view);
}

static void turn_block(struct rights_view *view)
{
    view->block = !view->block;
    view->block_row = view->row;
    view->block_col = view->col;
}

static void next_finding(struct rights_view *view, struct ui *ui)
{
    if (!rights_grid_next_finding(&view->grid, &view->row, &view->col))
        ui_say(ui, ui_text(ui, "There is no cell with a finding here."));
    note_focus(view);
}

/* What means something without a cell, too; returns whether it was that. */
static bool act_anywhere(struct rights_view *view, struct ui *ui, enum action action)
{
    switch (action) {
    case ACTION_OTHER_GRID: change_grid(view); break;
    case ACTION_FILTER: rights_view_ask_filter(view, ui); break;
    case ACTION_SCOPE: rights_view_ask_scope(view, ui); break;
    case ACTION_GRID_MENU: ui_act(ui, ACTION_MENU); break;
    case ACTION_LEAVE:
    case ACTION_BACK:
        if (view->block)
            view->block = false;
        else
            ui_pop(ui);
        break;
    case ACTION_ADD: rights_view_add(view, ui); break;
    case ACTION_ACCEPT: rights_view_accept(view, ui); break;
    default: return false;
    }
    return true;
}

static void act_on_cell(struct rights_view *view, struct ui *ui, enum action action)
{
    bool roles = is_roles(view);

    switch (action) {
    case ACTION_OPEN:
        ui_push(ui, view_rights_letters_new(ui, rights_view_row(view), rights_view_col(view),
                                            view->frame.reg));
        break;
    case ACTION_GIVE_ROLE: rights_view_open_person(view, ui); break;
    case ACTION_CLEAR: rights_view_clear(view, ui); break;
    case ACTION_END_ROLE: rights_view_end(view, ui); break;
    case ACTION_CONFIRM: rights_view_confirm(view, ui); break;
    case ACTION_FILL: rights_view_ask_fill(view, ui); break;
    case ACTION_COPY_ROW: rights_view_copy(view, ui); break;
    case ACTION_PASTE_ROW: (roles ? rights_view_paste : rights_view_paste_person)(view, ui); break;
    case ACTION_BLOCK: turn_block(view); break;
    case ACTION_COMPARE: rights_view_ask_compare(view, ui); break;
    case ACTION_WHO: rights_view_ask_who(view, ui); break;
    case ACTION_HELP: rights_view_explain(view, ui); break;
    case ACTION_NEXT_FINDING: next_finding(view, ui); break;
    default: break;
    }
}

static void rights_act(struct view *base, struct ui *ui, enum action action)
{
    struct rights_view *view = (struct rights_view *)base;

    rights_view_fill(view, ui);
    if (!act_anywhere(view, ui, action) && rights_view_has_cell(view))
        act_on_cell(view, ui, action);
}

static bool rights_letter_key(struct view *base, struct ui *ui, uint32_t letter)
{
    struct rights_view *view = (struct rights_view *)base;

    rights_view_fill(view, ui);
    return is_roles(view) && rights_view_has_cell(view) && rights_view_letter(view, ui, letter);
}

static void rights_input(struct view *base, struct ui *ui, const struct event *event)
{
    struct rights_view *view = (struct rights_view *)base;
    long page = lines_of(view, ui), all = 1 << 20;

    if (event->kind != EVENT_KEY)
        return;
    rights_view_fill(view, ui);
    switch (event->key) {
    case KEYS_UP: rights_view_move(view, -1, 0); break;
    case KEYS_DOWN: rights_view_move(view, 1, 0); break;
    case KEYS_LEFT: rights_view_move(view, 0, -1); break;
    case KEYS_RIGHT: rights_view_move(view, 0, 1); break;
    case KEYS_PAGE_UP: rights_view_move(view, -page, 0); break;
    case KEYS_PAGE_DOWN: rights_view_move(view, page, 0); break;
    case KEYS_HOME: rights_view_move(view, 0, -all); break;
    case KEYS_END: rights_view_move(view, 0, all); break;
    default: break;
    }
}

static void rights_again(struct view *base, struct ui *ui)
{
    (void)ui;
    rights_view_forget((struct rights_view *)base);
}

static void rights_view_free(struct view *base)
{
    struct rights_view *view = (struct rights_view *)base;

    rights_grid_free(&view->grid);
    free(view->widths);
    free(view->warnings);
    free(view);
}

struct view *view_rights_new(struct ui *ui)
{
    static const struct view_ops ops = {
        .draw = rights_draw, .act = rights_act, .input = rights_input,
        .letter = rights_letter_key, .again = rights_again, .free = rights_view_free,
    };
    struct rights_view *view = xcalloc(1, sizeof *view);

    (void)ui;
    view->view = (struct view){ .ops = &ops, .actions = role_actions };
    view->frame = (struct rights_frame){ .reg = -1, .service = -1 };
    return &view->view;
}
