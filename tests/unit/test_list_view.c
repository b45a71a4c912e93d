/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Lists: the line that has the focus is always on the screen, whatever the size and whatever was
 * pressed, and what is drawn stays between header and footer.
 *
 * The lists, sizes and keys come from a fixed sequence of numbers, so that a failure comes
 * again.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/mem.h"
#include "ui/list_view.h"

enum { LISTS = 150, KEYS = 60 };

static uint32_t next(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 16;
}

static int pick(uint32_t *state, int count)
{
    return (int)(next(state) % (uint32_t)count);
}

/* A list whose shape follows from a number; every focusable line begins with its own name. */
struct made_list {
    struct list_view list;
    uint32_t seed;
    int wanted;
};

static void add_made(struct list_view *list, uint32_t *state, int number)
{
    static const char words[] = " ja niin edelleen, sana sanan perään, kunnes rivi loppuu kesken";
    char text[120];
    struct line *line;

    snprintf(text, sizeof text, "L%d%.*s", number, pick(state, (int)sizeof words), words);
    line = list_add(list, text, pick(state, 3) ? NULL : "oikealla on tekstiä");
    line->number = number;
    line->indent = 1 + pick(state, 7);
    line->wraps = pick(state, 3) == 0;
    line->stacks = pick(state, 2) == 0;
    line->can_focus = pick(state, 4) != 0;
    line->far = pick(state, 5) ? NULL : xstrdup("2 B");
    line->ordinal = pick(state, 6) ? 0 : number;
    line->sign = (enum sign)pick(state, SIGN_PROBLEM + 1);
}

static void fill_made(struct list_view *list, struct ui *ui)
{
    struct made_list *made = (struct made_list *)list;
    uint32_t state = made->seed;

    (void)ui;
    buf_add(&list->title, "Otsikko");
    list->far_cols = pick(&state, 2) ? 7 : 0;
    for (int i = 0; i < made->wanted; i++)
        add_made(list, &state, i);
}

static void open_none(struct list_view *list, struct ui *ui, struct line *line)
{
    (void)list;
    (void)ui;
    (void)line;
}

static const struct line *focused_line(const struct list_view *list)
{
    return list->focus < list->count ? &list->lines[list->focus] : NULL;
}

static bool has_focusable(const struct list_view *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->lines[i].can_focus)
            return true;
    return false;
}

/* The cursor stands on the first letter of the line with the focus, inside the body. */
static void check_focus(const struct list_view *list, const struct canvas *screen)
{
    const struct grid *grid = &screen->grid;
    const struct line *line = focused_line(list);
    int first = grid->rows < 10 ? 1 : 2;
    const struct cell_glyph *cell;

    assert_int_equal(line != NULL, has_focusable(list));
    if (!line || ui_body_rows(screen) == 0)
        return;
    assert_true(line->can_focus);
    assert_true(grid->cursor_row >= first);
    assert_true(grid->cursor_row < first + ui_body_rows(screen));
    if (grid->cols < line->indent + 20)         /* its name may be cut away */
        return;
    cell = &grid->cells[grid->cursor_row * grid->cols + grid->cursor_col];
    assert_string_equal(cell->text, "L");
    assert_true(cell->attr & ATTR_REVERSE);
}

/* The list draws nothing where the frame stands: the rows below the body stay blank. */
static void check_frame(const struct canvas *screen)
{
    const struct grid *grid = &screen->grid;
    int first = grid->rows < 10 ? 1 : 2;

    for (int row = first + ui_body_rows(screen); row < grid->rows; row++)
        for (int col = 0; col < grid->cols; col++)
            assert_string_equal(grid->cells[row * grid->cols + col].text, " ");
}

static void draw(struct made_list *made, struct ui *ui)
{
    canvas_reset(&ui->screen, ui->screen.grid.rows, ui->screen.grid.cols);
    made->list.view.ops->draw(&made->list.view, ui, &ui->screen);
    check_focus(&made->list, &ui->screen);
    check_frame(&ui->screen);
}

static void resize(struct ui *ui, uint32_t *state)
{
    canvas_reset(&ui->screen, 1 + pick(state, 30), 1 + pick(state, 100));
}

static void press_some(struct made_list *made, struct ui *ui, uint32_t *state)
{
    static const enum action actions[] = {
        ACTION_UP, ACTION_DOWN, ACTION_DOWN, ACTION_PAGE_UP, ACTION_PAGE_DOWN, ACTION_FIRST,
        ACTION_LAST
    };

    for (int i = 0; i < KEYS; i++) {
        if (pick(state, 8) == 0)
            resize(ui, state);
        else
            made->list.view.ops->act(&made->list.view, ui,
                                     actions[pick(state, (int)countof(actions))]);
        draw(made, ui);
    }
}

static void test_focus_is_visible(void **unused)
{
    static const enum action none[] = { ACTION_NONE };
    struct plan plan = { .last_entry = 1 };
    struct ui ui = { .plan = &plan, .tr = { .lang = LANG_EN } };
    uint32_t state = 20261123;

    (void)unused;
    canvas_init(&ui.screen, 24, 80, false);
    for (int i = 0; i < LISTS; i++) {
        struct made_list *made = xcalloc(1, sizeof *made);
        list_view_init(&made->list, none, fill_made, open_none);
        made->seed = next(&state);
        made->wanted = pick(&state, 40);
        resize(&ui, &state);
        draw(made, &ui);
        press_some(made, &ui, &state);
        made->list.view.ops->free(&made->list.view);
    }
    canvas_free(&ui.screen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_focus_is_visible),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
