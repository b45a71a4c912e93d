/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The layout of the Gantt chart: days to columns, bars to cells, the rows above and below. A
 * picture is compared as text; what must hold for any size is tried with many.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "core/gantt.h"

static struct gantt_axis axis_of(enum gantt_zoom zoom, int day, int cols)
{
    struct gantt_axis axis = { .zoom = zoom, .cols = cols, .today = DATE_NONE };

    gantt_begin(&axis, day);
    return axis;
}

/* A bar as it is drawn, without trailing blanks. */
static void draw(const struct gantt_axis *axis, struct gantt_bar bar, struct buf *out)
{
    unsigned char *cells = xcalloc((size_t)axis->cols + 1, 1);

    buf_clear(out);
    gantt_cells(axis, &bar, cells);
    for (int i = 0; i < axis->cols; i++)
        buf_add(out, gantt_sign((enum gantt_cell)cells[i]));
    while (out->length && out->text[out->length - 1] == ' ')
        buf_cut(out, out->length - 1);
    free(cells);
}

static int november(int day)
{
    return date_make(2026, 11, day);
}

/* ---- bars ---- */

/* Weeks of four columns from Monday 23 November 2026 on. */
static void test_bars(void **state)
{
    static const struct {
        struct gantt_bar bar;
        const char *cells;
    } cases[] = {
        { { GANTT_WORK, 0, 6, 6 }, "████" },
        { { GANTT_WORK, 0, 6, 13 }, "████░░░░" },
        { { GANTT_WORK, 7, 10, 10 }, "    ██▌" },
        { { GANTT_WORK, 4, 6, 6 }, "  ██" },
        { { GANTT_WORK, 1, 1, 1 }, "▐▌" },
        { { GANTT_WORK, 6, 6, 6 }, "   █" },
        { { GANTT_WORK, 9, 9, 20 }, "     █░░░░░░" },
        { { GANTT_WAIT, 0, 6, 13 }, "▒▒▒▒░░░░" },
        { { GANTT_REAL, 0, 6, 6 }, "━━━━" },
        { { GANTT_SUM, 0, 13, 13 }, "════════" },
        { { GANTT_POINT, 14, 14, 14 }, "        ◆" },
        { { GANTT_POINT, 7, 14, 21 }, "    ░░░░◆░░░░" },
        { { GANTT_WORK, -7, 6, 6 }, "████" },
        { { GANTT_WORK, -14, -7, -7 }, "‹" },
        { { GANTT_WORK, 35, 42, 42 }, "                   ›" },
        { { GANTT_WORK, 28, 60, 90 }, "                ████" },
        { { GANTT_POINT, -20, -20, -20 }, "‹" },
    };
    struct gantt_axis axis = axis_of(GANTT_WEEKS, november(23), 20);
    struct buf shown = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < countof(cases); i++) {
        struct gantt_bar bar = cases[i].bar;
        bar.first += axis.first;
        bar.sure += axis.first;
        bar.last += axis.first;
        draw(&axis, bar, &shown);
        if (strcmp(shown.text, cases[i].cells) != 0)
            fail_msg("case %zu: \"%s\", not \"%s\"", i, shown.text, cases[i].cells);
    }
    buf_free(&shown);
}

static void test_today(void **state)
{
    struct gantt_axis axis = axis_of(GANTT_WEEKS, november(23), 12);
    struct buf shown = BUF_INIT;

    (void)state;
    axis.today = november(25);
    draw(&axis, (struct gantt_bar){ GANTT_WORK, DATE_NONE, DATE_NONE, DATE_NONE }, &shown);
    assert_string_equal(shown.text, " ┊");
    draw(&axis, (struct gantt_bar){ GANTT_WORK, november(23), november(29), november(29) },
         &shown);
    assert_string_equal(shown.text, "████");
    axis.today = november(22);
    draw(&axis, (struct gantt_bar){ GANTT_WORK, DATE_NONE, DATE_NONE, DATE_NONE }, &shown);
    assert_string_equal(shown.text, "");
    buf_free(&shown);
}

/* Columns with both halves in a pause; today and bars are drawn over it. */
static void test_pauses(void **state)
{
    const struct span pauses[] = { { november(1), november(24) }, { november(30), november(30) },
                                   { november(30) + 9, november(30) + 30 } };
    struct gantt_axis axis = axis_of(GANTT_WEEKS, november(23), 12);
    struct buf shown = BUF_INIT;

    (void)state;
    axis.pauses = pauses;
    axis.pause_count = countof(pauses);
    draw(&axis, (struct gantt_bar){ GANTT_WORK, DATE_NONE, DATE_NONE, DATE_NONE }, &shown);
    assert_string_equal(shown.text, "·   ·    ···");
    axis.today = november(23);
    draw(&axis, (struct gantt_bar){ GANTT_WORK, november(30) + 9, november(30) + 9,
                                    november(30) + 9 }, &shown);
    assert_string_equal(shown.text, "┊   ·    █··");
    axis.pause_count = 0;
    draw(&axis, (struct gantt_bar){ GANTT_WORK, DATE_NONE, DATE_NONE, DATE_NONE }, &shown);
    assert_string_equal(shown.text, "┊");
    buf_free(&shown);
}

static void test_sum(void **state)
{
    struct gantt_bar sum = { GANTT_SUM, DATE_NONE, DATE_NONE, DATE_NONE };

    (void)state;
    gantt_add_bar(&sum, &(struct gantt_bar){ GANTT_WORK, DATE_NONE, DATE_NONE, DATE_NONE });
    assert_int_equal(sum.first, DATE_NONE);
    gantt_add_bar(&sum, &(struct gantt_bar){ GANTT_WORK, 10, 12, 15 });
    gantt_add_bar(&sum, &(struct gantt_bar){ GANTT_WAIT, 5, 6, 7 });
    assert_int_equal(sum.first, 5);
    assert_int_equal(sum.sure, 15);
    assert_int_equal(sum.last, 15);
}

/* ---- steps ---- */

static void test_step_bar(void **state)
{
    struct activity work = { .id = "work" }, wait = { .id = "wait", .wait = true };
    struct activity target = { .id = "target", .target = true };
    struct step step = { .activity = &work, .state = STEP_READY, .days = { 5, 7, 10 },
                         .early = { { 100, 104 }, { 102, 108 }, { 105, 114 } } };
    struct gantt_bar bar = gantt_step_bar(&step);

    (void)state;
    assert_int_equal(bar.look, GANTT_WORK);
    assert_int_equal(bar.first, 102);
    assert_int_equal(bar.sure, 106);
    assert_int_equal(bar.last, 111);
    step.activity = &wait;
    assert_int_equal(gantt_step_bar(&step).look, GANTT_WAIT);
    step.activity = &target;
    bar = gantt_step_bar(&step);
    assert_int_equal(bar.look, GANTT_POINT);
    assert_int_equal(bar.first, 100);
    assert_int_equal(bar.sure, 102);
    assert_int_equal(bar.last, 105);
    step.state = STEP_DONE;
    bar = gantt_step_bar(&step);
    assert_int_equal(bar.look, GANTT_REAL);
    assert_int_equal(bar.last, 108);
    step.state = STEP_GONE;
    assert_int_equal(gantt_step_bar(&step).first, DATE_NONE);
}

/* ---- rows above and below ---- */

static void assert_head(struct gantt_axis axis, enum lang lang, const char *large,
                        const char *small)
{
    struct buf above = BUF_INIT, below = BUF_INIT;

    gantt_head(&axis, "viikko", lang, &above, &below);
    assert_string_equal(above.text, large);
    assert_string_equal(below.text, small);
    buf_free(&above);
    buf_free(&below);
}

/* The turn of a year with a week 53, and one with a week 52 before week 1. */
static void test_heads(void **state)
{
    (void)state;
    assert_head(axis_of(GANTT_WEEKS, november(25), 44), LANG_FI,
                "    joulukuu 2026     tammikuu 2027",
                "48  49  50  51  52  53  1   2   3   4   5");
    assert_head(axis_of(GANTT_WEEKS, november(25), 30), LANG_SV,
                "    december 2026     januari",
                "48  49  50  51  52  53  1   2");
    assert_head(axis_of(GANTT_WEEKS, date_make(2027, 12, 20), 16), LANG_EN,
                "      January", "51  52  1   2");
    assert_head(axis_of(GANTT_DAYS, november(25), 30), LANG_FI,
                "viikko 48      viikko 49",
                "25 26 27 28 29 30 1  2  3  4");
    assert_head(axis_of(GANTT_DAYS, november(23), 42), LANG_FI,
                "viikko 48, marraskuu viikko 49, marraskuu",
                "23 24 25 26 27 28 29 30 1  2  3  4  5  6");
    assert_head(axis_of(GANTT_MONTHS, november(23), 60), LANG_EN,
                "2026 2027",
                " 12  1    2   3   4   5    6   7   8    9   10   11  12  1");
}

static void test_marks(void **state)
{
    struct gantt_axis axis = axis_of(GANTT_WEEKS, november(23), 30);
    struct gantt_mark marks[] = { { november(25), "tänään" },
                                  { date_make(2027, 1, 8), "tavoite" } };
    struct buf row = BUF_INIT;

    (void)state;
    gantt_marks(&axis, marks, 2, &row);
    assert_string_equal(row.text, " ▲ tänään         tavoite ▲");
    buf_clear(&row);
    marks[1].day = date_make(2026, 12, 5);
    gantt_marks(&axis, marks, 2, &row);
    assert_string_equal(row.text, " ▲    ▲ tavoite");
    buf_clear(&row);
    marks[1].day = date_make(2028, 1, 1);
    marks[0].day = DATE_NONE;
    gantt_marks(&axis, marks, 2, &row);
    assert_string_equal(row.text, "");
    buf_free(&row);
}

/* ---- moving ---- */

static void test_moving(void **state)
{
    struct gantt_axis axis = axis_of(GANTT_WEEKS, november(25), 40);

    (void)state;
    assert_int_equal(axis.first, november(23));
    gantt_scroll(&axis, 2);
    assert_int_equal(axis.first, date_make(2026, 12, 7));
    gantt_scroll(&axis, -2);
    assert_int_equal(axis.first, november(23));
    gantt_show(&axis, date_make(2026, 12, 24));
    assert_int_equal(axis.first, november(23));
    gantt_show(&axis, date_make(2027, 3, 1));
    assert_true(gantt_col(&axis, date_make(2027, 3, 1)) >= 0);
    assert_true(gantt_col(&axis, date_make(2027, 3, 1)) < 40);
    gantt_show(&axis, november(25));
    assert_int_equal(axis.first, november(23));
    gantt_zoom(&axis, GANTT_DAYS, november(25));
    assert_int_equal(axis.zoom, GANTT_DAYS);
    gantt_zoom(&axis, -1, november(25));
    assert_int_equal(axis.zoom, GANTT_DAYS);
    gantt_zoom(&axis, 9, november(25));
    assert_int_equal(axis.zoom, GANTT_MONTHS);
}

/* Paper: a scale of its own, in which the last day is in sight and days are not torn apart. */
static void test_fit(void **state)
{
    struct gantt_axis axis = axis_of(GANTT_WEEKS, november(25), 46);

    (void)state;
    gantt_fit(&axis, november(25), date_make(2027, 6, 1));
    assert_int_equal(axis.first, november(23));
    assert_int_equal(gantt_col(&axis, date_make(2027, 6, 1)), 45);
    assert_head(axis, LANG_EN, " 12/2026 1/2027 2/2027 3/2027  4/2027 5/2027 6",
                "48 50 52  1  3  5   7  9  11  13 15  17 19 21");
    gantt_fit(&axis, november(25), november(26));
    assert_int_equal(gantt_col(&axis, november(24)), 1);
    gantt_fit(&axis, november(25), date_make(2100, 6, 1));
    assert_int_equal(gantt_col(&axis, date_make(2100, 6, 1)), 45);
}

static uint32_t next(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 16;
}

/* Whatever the days and the width: rows are no wider than the axis, every cell is a sign, a bar can
 * be seen or its direction can, and its first day's column is drawn when that is in sight. */
static void test_total(void **state)
{
    uint32_t seed = 5;
    struct buf one = BUF_INIT, other = BUF_INIT;

    (void)state;
    for (int round = 0; round < 4000; round++) {
        enum gantt_zoom zoom = (enum gantt_zoom)(next(&seed) % GANTT_ZOOM_COUNT);
        int day = date_make(1900, 1, 1) + (int)(next(&seed) * 2u) % 109000;
        struct gantt_axis axis = axis_of(zoom, day, (int)(next(&seed) % 300));
        int first = day + (int)(next(&seed) % 2000) - 1000, length = (int)(next(&seed) % 90);
        struct gantt_bar bar = { (enum gantt_look)(next(&seed) % (GANTT_SUM + 1)), first,
                                 first + length / 2, first + length };
        struct gantt_mark marks[] = { { day, "tänään" }, { first, "tavoite" } };
        int col;
        if (round % 4 == 0)
            gantt_fit(&axis, day, day + (int)(next(&seed) % 3000));
        col = gantt_col(&axis, first);
        axis.today = day;
        draw(&axis, bar, &one);
        assert_true(utf8_width(one.text) <= axis.cols);
        if (axis.cols > 0)
            assert_true(one.length > 0);
        if (col >= 0 && col < axis.cols && bar.look != GANTT_POINT) {
            unsigned char *cells = xcalloc((size_t)axis.cols + 1, 1);
            gantt_cells(&axis, &bar, cells);
            assert_true(cells[col] != BAR_BLANK && cells[col] != BAR_TODAY);
            free(cells);
        }
        buf_clear(&one);
        buf_clear(&other);
        gantt_head(&axis, "viikko", (enum lang)(next(&seed) % LANG_COUNT), &one, &other);
        assert_true(utf8_width(one.text) <= axis.cols);
        assert_true(utf8_width(other.text) <= axis.cols);
        buf_clear(&one);
        gantt_marks(&axis, marks, 2, &one);
        assert_true(utf8_width(one.text) <= axis.cols);
    }
    buf_free(&one);
    buf_free(&other);
}

/* A day is never drawn left of the day before it. */
static void test_order(void **state)
{
    (void)state;
    for (int zoom = 0; zoom < GANTT_ZOOM_COUNT; zoom++) {
        struct gantt_axis axis = axis_of((enum gantt_zoom)zoom, november(25), 60);
        for (int day = axis.first - 800; day < axis.first + 800; day++)
            assert_true(gantt_col(&axis, day) <= gantt_col(&axis, day + 1));
        assert_int_equal(gantt_col(&axis, axis.first), 0);
        assert_true(gantt_col(&axis, axis.first - 1) < 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bars), cmocka_unit_test(test_today), cmocka_unit_test(test_sum),
        cmocka_unit_test(test_pauses),
        cmocka_unit_test(test_step_bar), cmocka_unit_test(test_heads),
        cmocka_unit_test(test_marks), cmocka_unit_test(test_moving),
        cmocka_unit_test(test_fit), cmocka_unit_test(test_total), cmocka_unit_test(test_order),
    };

    return cmocka_run_group_tests_name("gantt_layout", tests, NULL, NULL);
}
