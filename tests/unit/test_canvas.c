/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Tests of the canvas, of the terminal in memory and of the decoder of keys.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "term/decode.h"
#include "term/term.h"
#include "ui/canvas.h"

static void assert_picture(const struct canvas *canvas, const char *expected)
{
    struct buf text = BUF_INIT;
    canvas_text(&canvas->grid, &text);
    assert_string_equal(text.text, expected);
    buf_free(&text);
}

static void assert_attrs(const struct canvas *canvas, const char *expected)
{
    struct buf text = BUF_INIT;
    canvas_attrs(&canvas->grid, &text);
    assert_string_equal(text.text, expected);
    buf_free(&text);
}

static void test_put(void **state)
{
    struct canvas c;
    (void)state;
    canvas_init(&c, 2, 10, false);
    assert_int_equal(canvas_put(&c, 0, 1, -1, "Päätös", ATTR_NORMAL), 6);
    assert_int_equal(canvas_put(&c, 1, 2, 5, "Rekisteri", ATTR_NORMAL), 5);
    assert_picture(&c, " Päätös\n  Reki…\n");
    assert_int_equal(canvas_put(&c, 0, 6, -1, "edellytys", ATTR_NORMAL), 4);
    assert_picture(&c, " Päätöede…\n  Reki…\n");
    assert_int_equal(canvas_put(&c, 1, 2, -1, "yksi\nkaksi", ATTR_NORMAL), 4);
    assert_picture(&c, " Päätöede…\n  yksi…\n");
    canvas_free(&c);
}

static void test_put_outside(void **state)
{
    struct canvas c;
    (void)state;
    canvas_init(&c, 1, 4, false);
    assert_int_equal(canvas_put(&c, 1, 0, -1, "x", ATTR_NORMAL), 0);
    assert_int_equal(canvas_put(&c, -1, 0, -1, "x", ATTR_NORMAL), 0);
    assert_int_equal(canvas_put(&c, 0, 4, -1, "x", ATTR_NORMAL), 0);
    canvas_put(&c, 0, -2, -1, "abcd", ATTR_NORMAL);
    assert_picture(&c, "cd\n");
    canvas_free(&c);
}

static void test_put_right(void **state)
{
    struct canvas c;
    (void)state;
    canvas_init(&c, 2, 8, false);
    assert_int_equal(canvas_put_right(&c, 0, 7, "3 / 6", ATTR_NORMAL), 5);
    assert_int_equal(canvas_put_right(&c, 1, 99, "kysymys 3 / 6", ATTR_NORMAL), 8);
    assert_picture(&c, "  3 / 6\nkysymys…\n");
    canvas_free(&c);
}

static void test_wide_letters(void **state)
{
    struct canvas c;
    (void)state;
    canvas_init(&c, 1, 6, false);
    canvas_put(&c, 0, 0, -1, "日本語", ATTR_NORMAL);
    assert_picture(&c, "日本語\n");
    canvas_put(&c, 0, 1, 1, "x", ATTR_NORMAL);
    assert_picture(&c, " x本語\n");
    canvas_put(&c, 0, 2, 1, "y", ATTR_NORMAL);
    assert_picture(&c, " xy 語\n");
    canvas_put(&c, 0, 3, -1, "日日", ATTR_NORMAL);
    assert_picture(&c, " xy日…\n");
    canvas_free(&c);
}

static void test_combining_letter(void **state)
{
    struct canvas c;
    (void)state;
    canvas_init(&c, 1, 4, false);
    assert_int_equal(canvas_put(&c, 0, 0, -1, "x\xcc\x88y", ATTR_NORMAL), 2);
    assert_string_equal(c.grid.cells[0].text, "x\xcc\x88");
    assert_string_equal(c.grid.cells[1].text, "y");
    canvas_free(&c);
}

static void test_wrap(void **state)
{
    struct canvas c;
    const char *text = "Sopimuksen tekee henkilö, jolla on oikeus.";
    (void)state;
    canvas_init_growing(&c, 20, false);
    assert_int_equal(canvas_wrap(&c, 1, 1, 18, text, ATTR_DIM), 3);
    assert_int_equal(canvas_wrap_rows(&c, text, 18), 3);
    assert_picture(&c, "\n Sopimuksen tekee\n henkilö, jolla on\n oikeus.\n");
    assert_int_equal(c.grid.rows, 4);
    assert_int_equal(canvas_wrap(&c, 4, 1, 18, "", ATTR_NORMAL), 0);
    assert_int_equal(canvas_wrap_rows(&c, "", 18), 0);
    assert_int_equal(c.grid.rows, 4);
    canvas_free(&c);
}

static void test_rule_attr_cursor(void **state)
{
    struct canvas c;
    (void)state;
    canvas_init(&c, 3, 6, false);
    canvas_rule(&c, 0);
    canvas_put(&c, 1, 0, -1, "abcdef", ATTR_BOLD);
    canvas_attr(&c, 1, 2, 2, ATTR_REVERSE);
    canvas_attr(&c, 2, 4, 9, ATTR_UNDERLINE);
    canvas_attr(&c, 2, 0, 1, ATTR_DIM);
    assert_picture(&c, " ────\nabcdef\n\n");
    assert_attrs(&c, "\nbbRRbb\nd   uu\n");
    assert_int_equal(c.grid.cursor_row, -1);
    canvas_cursor(&c, 1, 9);
    assert_int_equal(c.grid.cursor_row, 1);
    assert_int_equal(c.grid.cursor_col, 5);
    canvas_cursor(&c, 3, 0);
    assert_int_equal(c.grid.cursor_row, -1);
    canvas_free(&c);
}

static void test_ascii(void **state)
{
    struct canvas c;
    (void)state;
    canvas_init(&c, 4, 12, true);
    canvas_rule(&c, 0);
    canvas_put(&c, 1, 0, -1, "✓ ◐ ○ – ▶", ATTR_NORMAL);
    canvas_put(&c, 2, 0, -1, "Päätös", ATTR_NORMAL);
    canvas_put(&c, 3, 0, 8, "Organisaatio", ATTR_NORMAL);
    assert_picture(&c, " ----------\nx ~ . - >\nPaatos\nOrgan...\n");
    canvas_reset(&c, 4, 14);
    assert_int_equal(canvas_wrap(&c, 0, 1, 12, "laki 9 § ja 10 §", ATTR_NORMAL), 2);
    assert_int_equal(canvas_wrap(&c, 2, 1, 12, "laki 12–13 §", ATTR_NORMAL), 2);
    assert_int_equal(canvas_wrap_rows(&c, "laki 12–13 §", 12), 2);
    assert_int_equal(canvas_width(&c, "40 €, 9 §"), 14);
    assert_picture(&c, " laki 9 par.\n ja 10 par.\n laki 12-13\n par.\n");
    canvas_free(&c);
}

static void test_copy(void **state)
{
    struct canvas page, screen;
    (void)state;
    canvas_init_growing(&page, 6, false);
    canvas_put(&page, 0, 0, -1, "nolla", ATTR_NORMAL);
    canvas_put(&page, 1, 0, -1, "yksi", ATTR_NORMAL);
    canvas_put(&page, 2, 0, -1, "kaksi", ATTR_BOLD);
    canvas_put(&page, 5, 0, -1, "viisi", ATTR_NORMAL);
    canvas_cursor(&page, 2, 3);
    canvas_init(&screen, 4, 6, false);
    canvas_copy(&screen, 1, &page, 1, 2);
    assert_picture(&screen, "\nyksi\nkaksi\n\n");
    assert_int_equal(screen.grid.cursor_row, 2);
    assert_int_equal(screen.grid.cursor_col, 3);
    canvas_reset(&screen, 2, 3);
    canvas_copy(&screen, 0, &page, 4, 9);
    assert_picture(&screen, "\nvii\n");
    assert_int_equal(screen.grid.cursor_row, -1);
    canvas_free(&page);
    canvas_free(&screen);
}

static void test_copy_cuts_wide_letter(void **state)
{
    struct canvas page, screen;
    (void)state;
    canvas_init_growing(&page, 4, false);
    canvas_put(&page, 0, 0, -1, "a日", ATTR_NORMAL);
    canvas_init(&screen, 1, 2, false);
    canvas_copy(&screen, 0, &page, 0, 1);
    assert_picture(&screen, "a\n");
    canvas_free(&page);
    canvas_free(&screen);
}

static const char *const fuzz_texts[] = {
    "", "a", "Käyttöönoton vaihe", "日本語のテキスト", "x\xcc\x88\xcc\x81y",
    "yksi\nkaksi\n\nkolme", "https://esimerkki.example/hyvin/pitka/osoite/jota/ei/katkaista",
    "\xe2\x80\x8b", "1\u00a0000",
    "✓ ◐ ○ – ▶ ─ … €",
};

/* A random place in and around the canvas. */
static int place(int size)
{
    return rand() % (size + 10) - 5;
}

static void draw_something(struct canvas *c, struct canvas *page)
{
    const char *text = fuzz_texts[(size_t)rand() % countof(fuzz_texts)];
    int rows = c->grid.rows, cols = c->grid.cols;
    int row = place(rows), col = place(cols), width = place(cols), attr = rand() % 16;
    canvas_put(c, row, col, width, text, attr);
    canvas_put_right(c, place(rows), place(cols), text, attr);
    canvas_wrap(c, place(rows), place(cols), place(cols), text, attr);
    canvas_rule(c, place(rows));
    canvas_attr(c, place(rows), place(cols), place(cols), attr);
    canvas_cursor(c, place(rows), place(cols));
    canvas_copy(c, place(rows), page, place(rows), place(rows));
}

/* Every column belongs to exactly one letter, and the cursor is on the grid or hidden. */
static void assert_whole(const struct grid *grid)
{
    for (int row = 0; row < grid->rows; row++)
        for (int col = 0; col < grid->cols; col++) {
            const struct cell_glyph *cell = &grid->cells[row * grid->cols + col];
            bool second = col > 0 && cell[-1].width == 2;
            assert_int_equal(cell->width == 0, second);
            assert_int_equal(cell->text[0] == '\0', second);
            if (cell->width == 2)
                assert_true(col + 1 < grid->cols);
        }
    assert_in_range(grid->cursor_row + 1, 0, grid->rows);
    assert_in_range(grid->cursor_col, 0, grid->cols - 1);
}

/* Layout is total: any size, any place. */
static void test_fuzz_sizes(void **state)
{
    struct canvas c, page;
    (void)state;
    srand(1);
    canvas_init_growing(&page, 60, false);
    canvas_init(&c, 1, 1, false);
    for (int cols = 1; cols <= 200; cols++) {
        int rows = 1 + rand() % 80;
        canvas_reset(&page, 0, 1 + rand() % 200);
        canvas_reset(&c, rows, cols);
        c.ascii = page.ascii = cols % 2 == 0;
        for (int i = 0; i < 6; i++) {
            draw_something(&page, &c);
            draw_something(&c, &page);
        }
        assert_int_equal(c.grid.rows, rows);
        assert_whole(&c.grid);
        assert_whole(&page.grid);
    }
    canvas_free(&c);
    canvas_free(&page);
}

static struct event next(struct term *term)
{
    struct event event;
    term->ops->wait(term, -1, &event);
    return event;
}

static void assert_key(struct term *term, uint32_t key)
{
    struct event event = next(term);
    assert_int_equal(event.kind, EVENT_KEY);
    assert_int_equal(event.key, key);
    assert_false(event.burst);
}

static void test_mem_key_values(void **state)
{
    static const struct {
        const char *text;
        uint32_t key;
    } keys[] = {
        { "a", 'a' }, { "ä", 0xe4 }, { "<Enter>", KEYS_ENTER }, { "<C-x>", KEYS_CTRL + 'x' },
        { "<A-x>", KEYS_ALT + 'x' }, { "<F1>", KEYS_F0 + 1 }, { "<F12>", KEYS_F0 + 12 },
        { "<lt>", '<' }, { "<gt>", '>' }, { ">", '>' }, { "<Space>", ' ' },
        { "<BackTab>", KEYS_BACK_TAB }, { "<BS>", KEYS_BACKSPACE }, { "<Esc>", KEYS_ESCAPE },
        { "<PgDn>", KEYS_PAGE_DOWN }, { "<End>", KEYS_END },
    };
    struct term *term = term_mem_new(24, 80, true);
    (void)state;
    for (size_t i = 0; i < countof(keys); i++)
        term_mem_feed(term, keys[i].text);
    for (size_t i = 0; i < countof(keys); i++)
        assert_key(term, keys[i].key);
    assert_int_equal(next(term).kind, EVENT_END);
    term->ops->close(term);
}

static void test_mem_burst(void **state)
{
    struct term *term = term_mem_new(24, 80, true);
    (void)state;
    term_mem_feed(term, "<Burst:a<Enter>b>c");
    assert_true(next(term).burst);
    struct event event = next(term);
    assert_int_equal(event.key, KEYS_ENTER);
    assert_true(event.burst);
    assert_key(term, 'b');
    assert_key(term, 'c');
    term->ops->close(term);
}

static void test_mem_paste(void **state)
{
    struct term *term = term_mem_new(24, 80, true);
    (void)state;
    term_mem_feed(term, "<Paste:a\\nb <\\> \x1b[0m><Tick>");
    struct event event = next(term);
    assert_int_equal(event.kind, EVENT_PASTE);
    assert_string_equal(event.paste, "a\nb <> ·[0m");
    assert_int_equal(next(term).kind, EVENT_TICK);
    term->ops->close(term);
}

static void test_mem_resize_and_paint(void **state)
{
    struct term *term = term_mem_new(24, 80, false);
    struct canvas c;
    int rows, cols;
    (void)state;
    term_mem_feed(term, "<Resize:3x5><Hangup>");
    struct event event = next(term);
    assert_int_equal(event.kind, EVENT_RESIZE);
    term->ops->size(term, &rows, &cols);
    assert_int_equal(rows, 3);
    assert_int_equal(cols, event.cols);
    canvas_init(&c, rows, cols, !term->ops->utf8);
    canvas_put(&c, 1, 0, -1, "ä", ATTR_BOLD);
    canvas_cursor(&c, 1, 1);
    term->ops->paint(term, &c.grid);
    canvas_free(&c);
    c.grid = *term_mem_grid(term);
    assert_picture(&c, "\na\n\n");
    assert_attrs(&c, "\nb\n\n");
    assert_int_equal(c.grid.cursor_row, 1);
    assert_int_equal(next(term).kind, EVENT_END);
    term->ops->close(term);
}

/* What the bytes mean when each row comes in one piece and silence follows. */
static void test_decode_keys(void **state)
{
    static const struct {
        const char *bytes;
        uint32_t keys[4];
    } rows[] = {
        { "a", { 'a' } }, { "\xc3\xa4", { 0xe4 } },
        { "\r", { KEYS_ENTER } }, { "\n", { KEYS_ENTER } },
        { "\t", { KEYS_TAB } }, { "\177", { KEYS_BACKSPACE } }, { "\b", { KEYS_BACKSPACE } },
        { "\x03", { KEYS_CTRL + 'c' } }, { "\x1a", { KEYS_CTRL + 'z' } },
        { "\x1c", { KEYS_CTRL + '\\' } },
        { "\033", { KEYS_ESCAPE } }, { "\033\033", { KEYS_ESCAPE, KEYS_ESCAPE } },
        { "\033[A", { KEYS_UP } }, { "\033OA", { KEYS_UP } }, { "\033[1;5C", { KEYS_RIGHT } },
        { "\033[H", { KEYS_HOME } }, { "\033[4~", { KEYS_END } }, { "\033[Z", { KEYS_BACK_TAB } },
        { "\033OP", { KEYS_F0 + 1 } }, { "\033[11~", { KEYS_F0 + 1 } },
        { "\033[[A", { KEYS_F0 + 1 } },
        { "\033[24~", { KEYS_F0 + 12 } }, { "\0330", { KEYS_F0 + 10 } },
        { "\0331", { KEYS_F0 + 1 } },
        { "\033x", { KEYS_ALT + 'x' } }, { "\033O", { KEYS_ALT + 'O' } },
        { "\033[", { KEYS_ALT + '[' } },
        { "\033\r", { KEYS_ESCAPE, KEYS_ENTER } }, { "\033\xc3\xa4", { KEYS_ESCAPE, 0xe4 } },
        { "\033\033[A", { KEYS_ESCAPE, KEYS_UP } }, { "\033[I\033[?1;2cx", { 'x' } },
        { "\033OM", { KEYS_ENTER } }, { "\033Oq", { '1' } }, { "\033[201~x", { 'x' } },
        { "\033[25^", { KEYS_F0 + 3 } }, { "\xff" "a", { 'a' } }, { "\xe4" "a", { 'a' } },
        { "\xc3", { 0 } }, { "\xe2\x80\xae" "a", { 'a' } }, { "\xc2\x85" "a", { 'a' } },
    };
    static const struct key_bytes own[] = { { "\033[25^", KEYS_F0 + 3 }, { NULL, KEYS_UP } };
    (void)state;
    for (size_t i = 0; i < countof(rows); i++) {
        struct decoder decoder = DECODER_INIT;
        struct event event;
        decoder.own = own;
        decoder.own_count = countof(own);
        decode_put(&decoder, rows[i].bytes, strlen(rows[i].bytes));
        for (size_t k = 0; rows[i].keys[k]; k++) {
            assert_true(decode_next(&decoder, true, &event));
            assert_int_equal(event.kind, EVENT_KEY);
            assert_int_equal(event.key, rows[i].keys[k]);
        }
        assert_false(decode_next(&decoder, true, &event));
        assert_false(decode_waits(&decoder));
        decode_free(&decoder);
    }
}

/* A byte at a time without silence gives the same as all at once. */
static void test_decode_pieces(void **state)
{
    static const char bytes[] = "\033[A\xc3\xa4\033OP\033[200~x\ny\033[201~\033[24~";
    static const uint32_t keys[] = { KEYS_UP, 0xe4, KEYS_F0 + 1, 0, KEYS_F0 + 12 };
    struct decoder decoder = DECODER_INIT;
    struct event event;
    size_t got = 0;
    (void)state;
    for (size_t i = 0; i + 1 < sizeof bytes; i++) {
        decode_put(&decoder, &bytes[i], 1);
        if (!decode_next(&decoder, false, &event))
            continue;
        assert_true(got < countof(keys));
        if (keys[got] == 0)
            assert_string_equal(event.paste, "x\ny");
        assert_int_equal(event.key, keys[got++]);
        assert_false(event.burst);
    }
    assert_int_equal(got, countof(keys));
    decode_free(&decoder);
}

static void test_decode_burst(void **state)
{
    struct decoder decoder = DECODER_INIT;
    struct event event;
    (void)state;
    decode_put(&decoder, "a\rb", 3);
    assert_true(decode_next(&decoder, false, &event) && event.burst);
    assert_true(decode_next(&decoder, false, &event) && event.burst);
    assert_int_equal(event.key, KEYS_ENTER);
    assert_true(decode_next(&decoder, false, &event) && !event.burst);
    decode_free(&decoder);
}

static void test_decode_paste(void **state)
{
    struct decoder decoder = DECODER_INIT;
    struct event event;
    char *long_text = xcalloc(1, 3 * DECODE_PASTE_MAX);
    (void)state;
    memset(long_text, 'x', 3 * DECODE_PASTE_MAX - 1);
    decode_put(&decoder, "\033[200~", 6);
    decode_put(&decoder, long_text, strlen(long_text));
    assert_false(decode_next(&decoder, false, &event));
    decode_put(&decoder, "\033[201~z", 7);
    assert_true(decode_next(&decoder, false, &event));
    assert_int_equal(event.kind, EVENT_PASTE);
    assert_int_equal(strlen(event.paste), DECODE_PASTE_MAX);
    assert_true(event.burst);
    assert_true(decode_next(&decoder, false, &event));
    assert_int_equal(event.key, 'z');
    free(long_text);
    decode_free(&decoder);
}

/* The end of a paste that never comes must not swallow what is typed later. */
static void test_decode_paste_without_end(void **state)
{
    struct decoder decoder = DECODER_INIT;
    struct event event;
    (void)state;
    decode_put(&decoder, "\033[200~a\r\nb\a", 11);
    assert_false(decode_next(&decoder, false, &event));
    assert_true(decode_waits(&decoder));
    assert_true(decode_next(&decoder, true, &event));
    assert_string_equal(event.paste, "a\nb·");
    decode_put(&decoder, "q", 1);
    assert_true(decode_next(&decoder, false, &event));
    assert_int_equal(event.key, 'q');
    decode_free(&decoder);
}

/* Whatever bytes come, the decoder comes to rest and its keys are in range. */
static void test_fuzz_decode(void **state)
{
    static const char alphabet[] = "\033\033\033[[O0123;~ABZ?<Mm\r\t\xc3\xa4\xe2\x82\xac\xff" "a";
    struct decoder decoder = DECODER_INIT;
    struct event event;
    (void)state;
    srand(2);
    for (int i = 0; i < 20000; i++) {
        char byte = alphabet[(size_t)rand() % (sizeof alphabet - 1)];
        decode_put(&decoder, &byte, 1);
        bool silence = rand() % 8 == 0;
        while (decode_next(&decoder, silence, &event))
            assert_true(event.kind == EVENT_PASTE || event.key < KEYS_LAST);
        if (silence)
            assert_false(decode_waits(&decoder));
    }
    decode_free(&decoder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_put), cmocka_unit_test(test_put_outside),
        cmocka_unit_test(test_put_right), cmocka_unit_test(test_wide_letters),
        cmocka_unit_test(test_combining_letter), cmocka_unit_test(test_wrap),
        cmocka_unit_test(test_rule_attr_cursor), cmocka_unit_test(test_ascii),
        cmocka_unit_test(test_copy), cmocka_unit_test(test_copy_cuts_wide_letter),
        cmocka_unit_test(test_fuzz_sizes), cmocka_unit_test(test_mem_key_values),
        cmocka_unit_test(test_mem_burst), cmocka_unit_test(test_mem_paste),
        cmocka_unit_test(test_mem_resize_and_paint), cmocka_unit_test(test_decode_keys),
        cmocka_unit_test(test_decode_pieces), cmocka_unit_test(test_decode_burst),
        cmocka_unit_test(test_decode_paste), cmocka_unit_test(test_decode_paste_without_end),
        cmocka_unit_test(test_fuzz_decode),
    };
    return cmocka_run_group_tests_name("canvas", tests, NULL, NULL);
}
