/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which letters of a line run from right to left: R for those, N for a number among them.
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
#include "base/utf8.h"
#include "out/bidi.h"

/* Hebrew stands for every such script; `levels` has a letter for each of the line's. */
static const struct {
    const char *line, *levels;
} lines[] = {
    { "", "" },
    { "Nimi 12.3.", ".........." },
    { "\u05d0\u05d1", "RR" },
    { "a \u05d0\u05d1 \u05d2\u05d3 b", "..RRRRR.." },
    { "\u05d0 b \u05d1", "R...R" },
    { "\u0645 (\u0645) 12, 3 a", "RRRRRRNNRRN.." },
    { "\u05d0 12.3.2027 \u05d1", "RRNNNNNNNNNRR" },
    { "\u05d0 1- 2", "RRNRRN" },
    { "(\u05d0) [\u05d1].", ".R...R.." },
    { "(\u05d0) (\u05d1)", ".R...R." },
    { "\u05d0 (b) \u05d1", "R.....R" },
    { "\u05d0 (\u05d1) c", "RRRRR.." },
    { "\u05e9\u05c1\u05d0 ", "RRR." },
    { "a\u0301 \u05d0,", "...R." },
    { "5 \u05d0", "..R" },
};

static void test_lines(void **state)
{
    (void)state;
    for (size_t i = 0; i < countof(lines); i++) {
        const char *line = lines[i].line;
        size_t length = strlen(line), used;
        unsigned char *levels = xcalloc(length + 1, 1);
        struct buf found = BUF_INIT;
        bool mixed = bidi_levels(line, length, levels);
        for (size_t at = 0; at < length; at += used) {
            utf8_decode(line + at, length - at, &used);
            for (size_t k = 1; k < used; k++)
                assert_int_equal(levels[at + k], levels[at]);
            buf_add_char(&found, ".RN"[levels[at]]);
        }
        assert_string_equal(found.text, lines[i].levels);
        assert_int_equal(mixed, strchr(lines[i].levels, 'R') != NULL);
        buf_free(&found);
        free(levels);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_lines) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
