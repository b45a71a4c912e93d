/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A Gantt chart of the document model: drawn with letters, as JSON, and as reminders for calendars.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/date.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "out/doc.h"
#include "out/gantt_text.h"
#include "out/writers.h"

static const struct tr english = { .lang = LANG_EN };

static char label[] = "Order", name[] = "order.3", group[] = "Cards";

/* A plan of Wednesday 7 January 2026 that is to start on Friday 20 February. */
static struct doc *chart(const struct bar *bars, size_t count)
{
    struct doc *doc = doc_new("timeline", LANG_EN, "Timeline");

    doc_set_version(doc, "1234567-1", date_make(2026, 1, 7), 12);
    doc_gantt(doc, "All in time.", date_make(2026, 1, 7), date_make(2026, 2, 20));
    for (size_t i = 0; i < count; i++)
        doc_bar(doc, &bars[i]);
    return doc;
}

static struct bar bar_of(int first, int last, int by)
{
    return (struct bar){ .id = name, .label = label, .group = group, .reminder = label,
                         .first = first, .last = last, .by = by, .warn = 3,
                         .shape = { GANTT_WORK, first, last, last } };
}

static void add_line(void *data, enum gantt_line_kind kind, const char *line)
{
    (void)kind;
    buf_addf(data, "%s\n", line);
}

static void draw(const struct doc *doc, int cols, struct buf *out)
{
    gantt_text(doc->blocks[0].gantt, &english, cols, add_line, out);
}

/* From Monday 22 December on, 61 days in 22 columns: today is in column 5, the last safe days in 12
 * and 8, the wished day in 21. */
static void test_drawing(void **state)
{
    int day = date_make(2026, 1, 7);
    struct bar bars[] = { bar_of(day, day + 6, day + 20), bar_of(day + 7, day + 13, day + 7),
                          bar_of(day - 10, day - 5, DATE_NONE), bar_of(DATE_NONE, DATE_NONE, 0) };
    struct buf out = BUF_INIT;
    struct doc *doc;

    (void)state;
    bars[1].critical = true;
    bars[2].done = true;
    bars[2].shape.look = GANTT_REAL;
    bars[3].hidden = true;
    doc = chart(bars, 4);
    draw(doc, 44, &out);
    assert_string_equal(out.text,
                        "Month                 12 1/2026     2/2026\n"
                        "Week                  52   2    4    6    8\n"
                        "  Order                    ▐██▌   !\n"
                        "* Order                    ┊  !██\n"
                        "  Order                 ━━━┊\n"
                        "                           ▲ today         ▲\n"
                        "\n"
                        "█ the shortest time it takes\n"
                        "━ done, on its real days\n"
                        "* critical  ! last safe day\n");
    doc_free(doc);
    buf_free(&out);
}

/* A label goes on below itself, and is cut after that; a pause goes through all lines. */
static void test_long_label(void **state)
{
    static char words[] = "Ordering and receiving the cards of all new employees";
    int day = date_make(2026, 1, 7);
    struct bar bar = bar_of(day, day + 6, DATE_NONE);
    struct span *pause = xcalloc(1, sizeof *pause);
    struct buf out = BUF_INIT;

    (void)state;
    bar.label = words;
    struct doc *doc = chart(&bar, 1);
    *pause = (struct span){ day + 14, day + 27 };
    doc->blocks[0].gantt->pauses = pause;
    doc->blocks[0].gantt->pause_count = 1;
    draw(doc, 44, &out);
    assert_string_equal(out.text,
                        "Month                 1/2026      2/2026\n"
                        "Week                  2  3  4  5   6  7  8\n"
                        "  Ordering and        ▐███▌  ·······\n"
                        "    receiving the ca… ┊      ·······\n"
                        "                      ▲ today   wished day ▲\n"
                        "\n"
                        "· holidays: your own work stands still\n"
                        "█ the shortest time it takes\n");
    doc_free(doc);
    buf_free(&out);
}

static void test_nothing_to_draw(void **state)
{
    struct bar hidden = bar_of(1, 2, 3), unknown = bar_of(DATE_NONE, DATE_NONE, DATE_NONE);
    struct buf out = BUF_INIT;
    struct doc *doc;

    (void)state;
    hidden.hidden = true;
    doc = chart(NULL, 0);
    draw(doc, 80, &out);
    doc_free(doc);
    doc = chart((struct bar[]){ hidden, unknown }, 2);
    draw(doc, 80, &out);
    doc_free(doc);
    assert_string_equal(out.text, "");
}

/* However long the project, and whatever the width, no line is too wide. */
static void test_width(void **state)
{
    char wide[] = "Käyttöönottokokeeseen valmistautuminen\tja \xe2\x80\xae kaikki muu 漢字漢字漢字";
    struct bar bar = bar_of(0, 40000, 41000);

    (void)state;
    bar.label = wide;
    for (int cols = 20; cols <= 200; cols += 13) {
        struct buf out = BUF_INIT;
        struct doc *doc = chart(&bar, 1);
        char *rest = NULL;
        draw(doc, cols, &out);
        assert_null(strstr(out.text, "\xe2\x80\xae"));
        char *line = strtok_r(out.text, "\n", &rest);
        for (int n = 0; line && n < 3; n++, line = strtok_r(NULL, "\n", &rest))
            assert_true(utf8_width(line) <= cols);
        doc_free(doc);
        buf_free(&out);
    }
}

static void test_pages(void **state)
{
    struct bar bars[100];
    struct buf text = BUF_INIT, json = BUF_INIT;
    struct doc *doc;
    int heads = 0;

    (void)state;
    for (int i = 0; i < 100; i++)
        bars[i] = bar_of(date_make(2026, 1, 7) + i, date_make(2026, 1, 9) + i, DATE_NONE);
    doc = chart(bars, 100);
    out_text(doc, &english, &text);
    for (const char *at = text.text; (at = strstr(at, "\nMonth")); at++)
        heads++;
    assert_int_equal(heads, 2);
    out_json(doc, &english, &json);
    assert_non_null(strstr(json.text, "\"first\": \"2026-01-07\""));
    assert_non_null(strstr(json.text, "\"target\": \"2026-02-20\""));
    doc_free(doc);
    buf_free(&text);
    buf_free(&json);
}

/* Every line of the file by itself. */
static void check_lines(const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\r");
        assert_true(length <= 75);
        assert_true(utf8_valid(text, length));
        assert_memory_equal(text + length, "\r\n", 2);
        text += length + 2;
    }
}

static void test_reminders(void **state)
{
    char odd[] = "a;b,c\\d\ne\r\x01 päivä päivä päivä päivä päivä päivä päivä päivä päivä päivä päivä";
    struct bar bar = bar_of(10, 20, date_make(2026, 2, 28)), done = bar, silent = bar;
    struct buf out = BUF_INIT;
    struct doc *doc;

    (void)state;
    bar.reminder = odd;
    done.done = true;
    done.last = date_make(2026, 1, 2);
    silent.reminder = NULL;
    doc = chart((struct bar[]){ bar, done, silent }, 3);
    out_ics(doc, &english, &out);
    check_lines(out.text);
    assert_non_null(strstr(out.text, "UID:order.3@1234567-1.kantapolku\r\n"));
    assert_non_null(strstr(out.text, "DTSTAMP:20260107T000000Z\r\nSEQUENCE:12\r\n"));
    assert_non_null(strstr(out.text, "DTSTART;VALUE=DATE:20260228\r\nDTEND;VALUE=DATE:20260301"));
    assert_non_null(strstr(out.text, "SUMMARY:a\\;b\\,c\\\\d\\ne\\n\xc2\xb7 päivä"));
    assert_non_null(strstr(out.text, "TRIGGER:-P3D\r\n"));
    assert_non_null(strstr(out.text, "DTSTART;VALUE=DATE:20260102\r\n"));
    assert_non_null(strstr(out.text, "STATUS:CANCELLED\r\n"));
    assert_ptr_equal(strstr(strstr(out.text, "BEGIN:VALARM") + 1, "BEGIN:VALARM"), NULL);
    doc_free(doc);
    buf_free(&out);
}

/* Plans without a business ID have names too, and what is no name is left out of them. */
static void test_names(void **state)
{
    struct bar bar = bar_of(10, 20, 30);
    struct buf out = BUF_INIT;
    struct doc *doc = chart(&bar, 1);

    (void)state;
    doc_set_version(doc, "", 10, 0);
    out_ics(doc, &english, &out);
    assert_non_null(strstr(out.text, "UID:order.3@plan.kantapolku\r\n"));
    buf_clear(&out);
    doc_set_version(doc, "1\r\nX: ä", 10, 0);
    out_ics(doc, &english, &out);
    assert_non_null(strstr(out.text, "UID:order.3@1X.kantapolku\r\n"));
    doc_free(doc);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_drawing), cmocka_unit_test(test_long_label),   cmocka_unit_test(test_nothing_to_draw),
        cmocka_unit_test(test_width),     cmocka_unit_test(test_pages),
        cmocka_unit_test(test_reminders), cmocka_unit_test(test_names),
    };

    return cmocka_run_group_tests_name("gantt", tests, NULL, NULL);
}
