/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The grid of the rights matrix: what is shown and how it is marked, changes of blocks, and the
 * views over it: a screen costs what is on it, however large the plan, and the cell with the focus
 * is always on it.
 */
#include "rights_help.h"

#include "core/rights_grid_text.h"
#include "line/line.h"
#include "ui/view_rights.h"

enum { V = 1 << RIGHTS_V, K = 1 << RIGHTS_K, MADE_PLANS = 40 };

static struct rights_frame frame_of(enum rights_grid_kind kind, enum rights_show show, int reg)
{
    return (struct rights_frame){ .kind = kind, .show = show, .reg = reg, .service = -1 };
}

static void make_grid(const struct desk *desk, const struct rights_frame *frame,
                      struct rights_grid *grid)
{
    rights_grid_make(grid, rights_now(desk), engine_rights_findings(desk->plan->engine), frame);
}

/* ---- what is shown ---- */

static void test_register_hides_groups(void **state)
{
    struct rights_frame frame = frame_of(RIGHTS_GRID_ROLES, RIGHTS_SHOW_ALL, -1);
    struct rights_grid grid = { 0 };
    struct desk desk;

    (void)state;
    open_base(&desk);
    make_grid(&desk, &frame, &grid);
    assert_int_equal(grid.col_count, RIGHTS_GROUP_COUNT);
    assert_int_equal(grid.row_count, rights_now(&desk)->role_count);
    frame.reg = 0;            /* own, social */
    make_grid(&desk, &frame, &grid);
    assert_true(rights_grid_col_of(&grid, RIGHTS_D02) >= 0);
    assert_int_equal(rights_grid_col_of(&grid, RIGHTS_D06), -1);
    assert_int_equal(rights_grid_col_of(&grid, RIGHTS_D11), -1);
    frame.reg = 2;            /* patient */
    make_grid(&desk, &frame, &grid);
    assert_int_equal(rights_grid_col_of(&grid, RIGHTS_D07), -1);
    assert_true(rights_grid_col_of(&grid, RIGHTS_D11) >= 0);
    frame.reg = 99;           /* gone: all of them */
    make_grid(&desk, &frame, &grid);
    assert_int_equal(grid.frame.reg, -1);
    rights_grid_free(&grid);
    desk_close(&desk);
}

/* A row or column is left by the filter only when it holds something. */
static void check_granted(const struct desk *desk, enum rights_grid_kind kind, int reg)
{
    struct rights_frame all = frame_of(kind, RIGHTS_SHOW_ALL, reg);
    struct rights_frame some = frame_of(kind, RIGHTS_SHOW_GRANTED, reg);
    struct rights_grid whole = { 0 }, part = { 0 };
    struct rights_grid_cell cell;

    make_grid(desk, &all, &whole);
    make_grid(desk, &some, &part);
    for (size_t r = 0; r < whole.row_count; r++) {
        bool any = false;
        for (size_t c = 0; c < whole.col_count; c++) {
            rights_grid_cell(&whole, r, c, &cell);
            any |= cell.text[0] != '\0';
            if (cell.text[0])
                assert_true(rights_grid_col_of(&part, whole.cols[c]) >= 0);
        }
        assert_int_equal(rights_grid_row_of(&part, whole.rows[r]) >= 0, any);
    }
    rights_grid_free(&whole);
    rights_grid_free(&part);
}

/* Who may do something is everyone whose effective rights say so, and nobody else. */
static void check_who(const struct desk *desk, int group, uint16_t letters, int reg)
{
    const struct rights *rights = rights_now(desk);
    struct rights_frame frame = frame_of(RIGHTS_GRID_PEOPLE, RIGHTS_SHOW_WHO, reg);
    struct rights_grid grid = { 0 };

    frame.group = group;
    frame.letters = letters;
    make_grid(desk, &frame, &grid);
    for (size_t p = 0; p < rights->person_count; p++) {
        uint16_t has[RIGHTS_GROUP_COUNT];
        rights_of_person(rights, (int)p, reg, rights->today, has);
        assert_int_equal(rights_grid_row_of(&grid, (int)p) >= 0,
                         (has[group] & letters) == letters);
    }
    rights_grid_free(&grid);
}

static void test_filters(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= MADE_PLANS; seed++) {
        struct desk desk;
        make_plan(&desk, seed);
        for (int reg = -1; reg < 4; reg++) {
            check_granted(&desk, RIGHTS_GRID_ROLES, reg);
            check_granted(&desk, RIGHTS_GRID_PEOPLE, reg);
            for (int g = 0; g < RIGHTS_GROUP_COUNT; g++)
                check_who(&desk, g, V, reg);
        }
        desk_close(&desk);
    }
}

/* ---- marks ---- */

/* What the checks find about a cell, and only that, is marked as an error. */
static bool has_error(const struct desk *desk, int role, int group)
{
    const struct rights_findings *findings = engine_rights_findings(desk->plan->engine);
    int at = -1;

    while ((at = rights_finding_of_cell(rights_now(desk), findings, role, group,
                                        (size_t)(at + 1))) >= 0)
        if (findings->at[at].group == group && findings->at[at].severity == SEVERITY_ERROR)
            return true;
    return false;
}

static void test_marks(void **state)
{
    struct rights_frame frame = frame_of(RIGHTS_GRID_ROLES, RIGHTS_SHOW_ALL, -1);

    (void)state;
    for (unsigned seed = 1; seed <= MADE_PLANS; seed++) {
        struct rights_grid grid = { 0 };
        struct rights_grid_cell cell;
        struct rights_cell of;
        struct desk desk;
        make_plan(&desk, seed);
        make_grid(&desk, &frame, &grid);
        for (size_t r = 0; r < grid.row_count; r++)
            for (size_t c = 0; c < grid.col_count; c++) {
                rights_grid_cell(&grid, r, c, &cell);
                rights_cell(grid.rights, (int)r, (int)c, -1, &of);
                assert_int_equal(cell.mark == '!', of.over || has_error(&desk, (int)r, (int)c));
            }
        rights_grid_free(&grid);
        desk_close(&desk);
    }
}

static void test_next_finding(void **state)
{
    struct rights_frame frame = frame_of(RIGHTS_GRID_ROLES, RIGHTS_SHOW_ALL, -1);
    struct rights_grid grid = { 0 };
    struct desk desk;
    struct err err = { 0 };
    size_t row = 0, col = 0, last;

    (void)state;
    open_base(&desk);
    last = rights_now(&desk)->role_count - 1;
    must(rights_set_cell(desk.plan, (int)last, RIGHTS_D16, 1 << RIGHTS_X, &err), &err);
    make_grid(&desk, &frame, &grid);
    for (size_t i = 0; i < grid.row_count * grid.col_count && (row != last || col != RIGHTS_D16);
         i++)
        assert_true(rights_grid_next_finding(&grid, &row, &col));
    assert_int_equal(row, last);
    assert_int_equal(col, RIGHTS_D16);
    assert_true(rights_grid_next_finding(&grid, &row, &col));
    rights_grid_free(&grid);
    desk_close(&desk);
}

/* ---- changes ---- */

/* What the frame hides is no part of a row or column that is filled. */
static void test_block_leaves_hidden(void **state)
{
    struct rights_frame frame = frame_of(RIGHTS_GRID_ROLES, RIGHTS_SHOW_ALL, 0);
    struct rights_grid grid = { 0 };
    struct rights_block block;
    struct desk desk;
    struct err err = { 0 };

    (void)state;
    open_base(&desk);
    must(rights_set_cell(desk.plan, 1, RIGHTS_D06, V, &err), &err);
    make_grid(&desk, &frame, &grid);
    block = rights_grid_block(&grid, 1, 1, grid.col_count - 1, 0);
    assert_int_equal(block.group, grid.cols[0]);
    must(rights_fill_block(desk.plan, &block, 0, RIGHTS_FILL_SET, NULL, &err), &err);
    assert_int_equal(rights_now(&desk)->roles[1].cells[RIGHTS_D06], V);
    assert_int_equal(rights_now(&desk)->roles[1].cells[RIGHTS_D07], 0);
    make_grid(&desk, &frame, &grid);
    block = rights_grid_block(&grid, 0, 1, 0, grid.col_count - 1);
    must(rights_confirm_block(desk.plan, &block, &err), &err);
    assert_true(rights_now(&desk)->roles[0].checked & RIGHTS_BIT(RIGHTS_D02));
    assert_false(rights_now(&desk)->roles[0].checked & RIGHTS_BIT(RIGHTS_D06));
    rights_grid_free(&grid);
    desk_close(&desk);
}

static void test_grant_like(void **state)
{
    struct desk desk;
    struct err err = { 0 };
    uint16_t has[RIGHTS_GROUP_COUNT], wanted[RIGHTS_GROUP_COUNT];
    int given = 0, day = help_today();

    (void)state;
    open_base(&desk);
    rights_of_person(rights_now(&desk), 1, -1, day, wanted);
    must(rights_grant_like(desk.plan, 6, 1, &given, &err), &err);
    assert_true(given > 0);
    rights_of_person(rights_now(&desk), 6, -1, day, has);
    assert_memory_equal(has, wanted, sizeof has);
    must(rights_grant_like(desk.plan, 6, 1, &given, &err), &err);
    assert_int_equal(given, 0);
    desk_close(&desk);
}

/* ---- words ---- */

static void test_words(void **state)
{
    const struct tr tr = { .lang = LANG_FI };
    struct buf text = BUF_INIT;
    struct desk desk;

    (void)state;
    open_base(&desk);
    rights_compare_role(rights_now(&desk), 0, 0, &tr, &text);
    assert_non_null(strstr(text.text, "There is no difference in the rights."));
    buf_clear(&text);
    rights_compare_role(rights_now(&desk), 0, 1, &tr, &text);
    assert_non_null(strstr(text.text, "D03"));
    buf_clear(&text);
    rights_who_text(rights_now(&desk), 1 << RIGHTS_X, RIGHTS_D09, -1, &tr, &text);
    assert_string_equal(text.text, "Nobody has this right today.");
    buf_free(&text);
    desk_close(&desk);
}

/* ---- the views ---- */

enum { ROLES = 30, REGISTERS = 10, LARGE = 300, SMALL = 30 };

static void add_assignments(struct making *m, unsigned people)
{
    char key[24], other[24];

    for (unsigned i = 0; i < people * REGISTERS; i++) {
        add_made(m, "assignment", i + 1, key);
        snprintf(other, sizeof other, "%u", i / REGISTERS + 1);
        put_made(m, "asg_person", key, other);
        snprintf(other, sizeof other, "%u", i % ROLES + 1);
        put_made(m, "asg_role", key, other);
        snprintf(other, sizeof other, "%u", i % REGISTERS + 1);
        put_made(m, "asg_register", key, other);
    }
}

static void open_big(struct desk *desk, unsigned people)
{
    struct making m = { 0 };
    struct err err = { 0 };
    char key[24];

    desk_open(desk);
    m.plan = desk->plan;
    m.batch = plan_batch_new(desk->plan);
    for (unsigned i = 1; i <= REGISTERS; i++)
        add_made(&m, "data_register", i, key);
    for (unsigned i = 1; i <= ROLES; i++) {
        add_made(&m, "role", i, key);
        put_made(&m, "role_tasks", key, "jt");
        put_made(&m, "role_d07", key, "v k");
    }
    for (unsigned i = 1; i <= people; i++)
        add_made(&m, "person", i, key);
    add_assignments(&m, people);
    must(plan_batch_commit(m.batch, &err), &err);
}

struct screen {
    struct desk desk;
    struct ui ui;
    struct rights_view *view;
};

static void open_screen(struct screen *screen, unsigned people)
{
    *screen = (struct screen){ .ui = { .tr = { .lang = LANG_EN }, .message = BUF_INIT } };
    open_big(&screen->desk, people);
    screen->ui.plan = screen->desk.plan;
    canvas_init(&screen->ui.screen, 24, 80, false);
    screen->view = (struct rights_view *)view_rights_new(&screen->ui);
    ui_push(&screen->ui, &screen->view->view);
}

static void close_screen(struct screen *screen)
{
    for (int i = 0; i < screen->ui.depth; i++)
        screen->ui.views[i]->ops->free(screen->ui.views[i]);
    canvas_free(&screen->ui.screen);
    buf_free(&screen->ui.message);
    desk_close(&screen->desk);
}

/* Draws, and returns how many cells were worked out for it. */
static unsigned long paint(struct screen *screen)
{
    unsigned long before = screen->view->grid.cells_made;
    struct canvas *canvas = &screen->ui.screen;

    canvas_reset(canvas, canvas->grid.rows, canvas->grid.cols);
    screen->view->view.ops->draw(&screen->view->view, &screen->ui, canvas);
    return screen->view->grid.cells_made - before;
}

static void press(struct screen *screen, uint32_t key)
{
    struct event event = { .kind = EVENT_KEY, .key = key };
    struct view *view = &screen->view->view;
    enum action action = keymap_find(view->actions, key, false);

    if (key < KEYS_NONE && view->ops->letter(view, &screen->ui, key))
        return;
    if (action == ACTION_NONE)
        view->ops->input(view, &screen->ui, &event);
    else
        view->ops->act(view, &screen->ui, action);
}

/* A screen of cells is worked out for each key, not more of them in a large plan than in a small
 * one; moving makes no new grid, and a change makes one. */
static void test_paint_costs_a_screen(void **state)
{
    static const uint32_t keys[] = {
        KEYS_DOWN, KEYS_RIGHT, KEYS_PAGE_DOWN, KEYS_END, KEYS_HOME, KEYS_PAGE_UP, KEYS_UP
    };
    struct screen large, small;

    (void)state;
    open_screen(&large, LARGE);
    open_screen(&small, SMALL);
    for (int grid = 0; grid < 2; grid++) {
        unsigned long fills;
        assert_int_equal(paint(&large), paint(&small));
        fills = large.view->fills;
        for (size_t i = 0; i < countof(keys); i++) {
            unsigned long cost;
            press(&large, keys[i]);
            press(&small, keys[i]);
            cost = paint(&large);
            assert_int_equal(cost, paint(&small));
            assert_in_range(cost, 1, 16 * (grid ? 6 : 12));
        }
        assert_int_equal(large.view->fills, fills);
        press(&large, grid ? KEYS_DELETE : 'm');
        paint(&large);
        assert_int_equal(large.view->fills, fills + 1);
        press(&large, KEYS_TAB);
        press(&small, KEYS_TAB);
    }
    close_screen(&large);
    close_screen(&small);
}

/* The cursor stands in a cell that is reversed, between header and footer. */
static void check_focus(const struct screen *screen)
{
    const struct canvas *canvas = &screen->ui.screen;
    const struct grid *grid = &canvas->grid;
    int first = grid->rows < 10 ? 1 : 2;

    for (int row = first + ui_body_rows(canvas); row < grid->rows; row++)
        for (int col = 0; col < grid->cols; col++)
            assert_string_equal(grid->cells[row * grid->cols + col].text, " ");
    if (ui_body_rows(canvas) < 2 || grid->cols < 30)
        return;
    assert_in_range(grid->cursor_row, first, first + ui_body_rows(canvas) - 1);
    assert_true(grid->cells[grid->cursor_row * grid->cols + grid->cursor_col].attr
                & ATTR_REVERSE);
}

static void test_focus_is_visible(void **state)
{
    static const uint32_t keys[] = {
        KEYS_DOWN, KEYS_RIGHT, KEYS_PAGE_DOWN, KEYS_END, KEYS_HOME, KEYS_PAGE_UP, KEYS_UP,
        KEYS_LEFT, KEYS_TAB, 'v', 'x', 'b', ' ', 'n', KEYS_RIGHT, KEYS_DOWN
    };
    unsigned seed = 20261130;
    struct screen screen;

    (void)state;
    open_screen(&screen, SMALL);
    for (int i = 0; i < 600; i++) {
        if (dice(&seed, 6) == 0)
            canvas_reset(&screen.ui.screen, 1 + (int)dice(&seed, 40), 1 + (int)dice(&seed, 150));
        press(&screen, keys[dice(&seed, (unsigned)countof(keys))]);
        paint(&screen);
        check_focus(&screen);
    }
    close_screen(&screen);
}

static void test_letters(void **state)
{
    struct screen screen;
    const struct rights_role *role;

    (void)state;
    open_screen(&screen, SMALL);
    paint(&screen);
    press(&screen, 'M');
    role = &rights_now(&screen.desk)->roles[0];
    assert_int_equal(role->cells[RIGHTS_D01], V | 1 << RIGHTS_M);
    press(&screen, KEYS_DELETE);
    assert_int_equal(role->cells[RIGHTS_D01], 0);
    press(&screen, 'b');
    press(&screen, KEYS_DOWN);
    press(&screen, KEYS_RIGHT);
    press(&screen, 'v');
    assert_int_equal(rights_now(&screen.desk)->roles[1].cells[RIGHTS_D01], V);
    press(&screen, 'v');
    assert_int_equal(rights_now(&screen.desk)->roles[1].cells[RIGHTS_D01], 0);
    press(&screen, KEYS_ESCAPE);
    assert_int_equal(screen.ui.depth, 1);
    close_screen(&screen);
}

/* ---- line mode ---- */

/* What is said when `typed` is typed. */
static char *talk(struct desk *desk, const char *typed)
{
    const struct face_hooks hooks = { .tr = help_tr, .print = help_print };
    FILE *in = fmemopen((void *)(uintptr_t)typed, strlen(typed), "r");
    struct err err = { 0 };
    char *said = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&said, &length);

    assert_non_null(in);
    assert_non_null(out);
    assert_int_equal(line_run(desk->plan, in, out, &hooks, LANG_EN, true, &err), 0);
    fclose(in);
    fclose(out);
    return said;
}

static void expect(struct desk *desk, const char *typed, const char *said)
{
    char *all = talk(desk, typed);

    if (!strstr(all, said))
        fail_msg("\"%s\" was not said:\n%s", said, all);
    free(all);
}

static uint16_t cell(const struct desk *desk, int role, int group)
{
    return rights_now(desk)->roles[role].cells[group];
}

static void test_line_cells(void **state)
{
    struct desk desk;

    (void)state;
    open_base(&desk);
    expect(&desk, "l\n1\n2\n3\nv k\n", "Saved: VK.");
    assert_int_equal(cell(&desk, 1, RIGHTS_D03), V | K);
    expect(&desk, "l\n1\n2\n3\n-k\n", "Saved: V.");
    expect(&desk, "l\n1\n2\n3\n+x\n", "Saved: VX.");
    expect(&desk, "l\n1\n2\n3\n!\n", "Saved: no rights.");
    expect(&desk, "l\n1\n2\n3\nx\n", "Saved: VX.");
    expect(&desk, "l\n1\n2\n16\nv\n", "V is over the ceiling.");
    expect(&desk, "l\n1\n2\n3\nqq\n", "\"qq\" is no right.");
    assert_int_equal(cell(&desk, 1, RIGHTS_D03), V | 1 << RIGHTS_X);
    expect(&desk, "l\n1\n2\n7\n*\n", "cells changed.");
    assert_int_equal(cell(&desk, 1, RIGHTS_D03), V | K);
    expect(&desk, "l\n1\n2\n3\n?\n=\n", "Confirmed as it stands.");
    assert_true(rights_now(&desk)->roles[1].checked & RIGHTS_BIT(RIGHTS_D03));
    desk_close(&desk);
}

static void test_line_roles(void **state)
{
    struct desk desk;
    size_t roles;

    (void)state;
    open_base(&desk);
    expect(&desk, "l\n1\n2\nd\n1\n", "only the second: ");
    expect(&desk, "l\n1\n2\n3\nv k\nu\n", "Taken back");
    assert_int_equal(cell(&desk, 1, RIGHTS_D03), 0);
    expect(&desk, "l\n1\n2\n?\n", "~ from the template, not confirmed yet");
    expect(&desk, "l\n1\n6\nc\n1\n", "changed.");
    assert_int_equal(cell(&desk, 5, RIGHTS_D03), cell(&desk, 0, RIGHTS_D03));
    roles = rights_now(&desk)->role_count;
    expect(&desk, "l\n5\n1\n", "roles were added.");
    assert_true(rights_now(&desk)->role_count > roles + 1);
    expect(&desk, "l\n3\n3\n1\n", "Who can: View, D03");
    expect(&desk, "l\n7\n2\n", "Rights matrix, Oma.");
    desk_close(&desk);
}

static void test_line_people(void **state)
{
    struct desk desk;
    int a;

    (void)state;
    open_base(&desk);
    expect(&desk, "l\n2\n7\n2\n1\n1\n", "The role is given from today.");
    a = rights_between(rights_now(&desk), 6, 1, -1);
    assert_true(a >= 0);
    assert_int_equal(rights_now(&desk)->assignments[a].reg, 0);
    assert_int_equal(rights_now(&desk)->assignments[a].from, help_today());
    expect(&desk, "l\n2\n7\n2\n1\n", "The role was taken away.");
    assert_int_equal(rights_between(rights_now(&desk), 6, 1, -1), -1);
    desk_close(&desk);
}

/* A warning is accepted when all is said of it; what the user leaves in the middle is written
 * nowhere. */
static void test_line_accept(void **state)
{
    struct desk desk;
    struct err err = { 0 };

    (void)state;
    open_base(&desk);
    expect(&desk, "l\n6\n", "There is no warning to accept.");
    must(rights_set_cell(desk.plan, 1, RIGHTS_D07, V, &err), &err);
    expect(&desk, "l\n6\n1\nReason\n<\n", "Nothing was changed.");
    expect(&desk, "l\n6\n1\nReason\nMeasure\n1.9.2026\n\n", "The review is today or later.");
    expect(&desk, "l\n6\n1\nReason\n131052-308T\n\n", "personal identity code");
    assert_int_equal(rights_now(&desk)->waiver_count, 0);
    expect(&desk, "l\n6\n1\nReason\nMeasure\n1.9.2027\n1\n",
           "The warning is accepted until 1 September 2027.");
    assert_int_equal(rights_now(&desk)->waiver_count, 1);
    assert_int_equal(rights_now(&desk)->waivers[0].by, 0);
    assert_string_equal(rights_now(&desk)->waivers[0].measure, "Measure");
    assert_int_equal(engine_rights_findings(desk.plan->engine)->warnings, 0);
    desk_close(&desk);
}

/* A warning is named by what it is about, not by its place among the findings. */
static void test_warnings(void **state)
{
    struct desk desk;
    struct err err = { 0 };
    struct rights_warning warning;
    size_t *order;

    (void)state;
    open_base(&desk);
    must(plan_set(desk.plan, help_item(desk.plan->schema, "role_tasks"),
                  rights_now(&desk)->roles[2].key, "pt", NULL, &err), &err);
    must(rights_set_cell(desk.plan, 1, RIGHTS_D07, V, &err), &err);
    must(rights_set_cell(desk.plan, 2, RIGHTS_D07, V, &err), &err);
    assert_true(rights_warnings(desk.plan, 2, RIGHTS_D07, -1, &order) >= 2);
    rights_warning_of(desk.plan, order[0], &warning);
    free(order);
    assert_int_equal(rights_warning_now(desk.plan, &warning)->at, 2);
    must(rights_set_cell(desk.plan, 1, RIGHTS_D07, 0, &err), &err);
    assert_int_equal(rights_warning_now(desk.plan, &warning)->at, 2);
    must(rights_set_cell(desk.plan, 2, RIGHTS_D07, 0, &err), &err);
    assert_null(rights_warning_now(desk.plan, &warning));
    desk_close(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_register_hides_groups), cmocka_unit_test(test_filters),
        cmocka_unit_test(test_marks), cmocka_unit_test(test_next_finding),
        cmocka_unit_test(test_block_leaves_hidden), cmocka_unit_test(test_grant_like),
        cmocka_unit_test(test_words), cmocka_unit_test(test_paint_costs_a_screen),
        cmocka_unit_test(test_focus_is_visible), cmocka_unit_test(test_letters),
        cmocka_unit_test(test_line_cells), cmocka_unit_test(test_line_roles),
        cmocka_unit_test(test_line_people), cmocka_unit_test(test_line_accept),
        cmocka_unit_test(test_warnings),
    };

    return cmocka_run_group_tests(tests, help_load_real, help_free_real);
}
