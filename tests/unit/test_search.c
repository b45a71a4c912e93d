/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How well a text answers a search: at the beginning of a word before inside one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "core/search.h"

static const struct {
    const char *text, *words;
    enum search_fit fit;
} cases[] = {
    { "Mikä on OID-tunnus?", "oid", SEARCH_WORD },
    { "OID", "OID", SEARCH_WORD },
    { "Millä kielellä haluatte asioida?", "oid", SEARCH_INSIDE },
    { "Asioida OIDilla", "oid", SEARCH_WORD },          /* the second one counts */
    { "OID-tunnus", "tunnus", SEARCH_WORD },
    { "Käyttäjätunnus", "tunnus", SEARCH_INSIDE },
    { "unit_oid", "oid", SEARCH_WORD },
    { "unitoid", "oid", SEARCH_INSIDE },
    { "Yksikön työntekijät", "TYÖ", SEARCH_WORD },
    { "Etätyö", "työ", SEARCH_INSIDE },
    { "a\xcc\x88" "iti", "Äiti", SEARCH_WORD },        /* a letter in two parts */
    { "1.2.246.10", "246", SEARCH_WORD },
    { "12246", "246", SEARCH_INSIDE },
    { "Y-tunnus", "y-tunnus", SEARCH_WORD },
    { "§78", "78", SEARCH_WORD },
    { "palveluyksikön nimi", "yksikön nimi", SEARCH_INSIDE },
    { "aaab aab", "aab", SEARCH_WORD },
    { "aaab", "aab", SEARCH_INSIDE },                  /* hits that overlap */
    { "Nimi", "osoite", SEARCH_NONE },
    { "Nimi", "", SEARCH_NONE },
    { "", "nimi", SEARCH_NONE },
};

static void test_fits(void **state)
{
    (void)state;
    for (size_t i = 0; i < countof(cases); i++) {
        struct buf folded = BUF_INIT;
        utf8_fold(&folded, cases[i].words);
        if (search_fit(cases[i].text, folded.text) != cases[i].fit)
            fail_msg("\"%s\" in \"%s\"", cases[i].words, cases[i].text);
        buf_free(&folded);
    }
    assert_int_equal(search_better(SEARCH_INSIDE, SEARCH_WORD), SEARCH_WORD);
    assert_int_equal(search_better(SEARCH_INSIDE, SEARCH_NONE), SEARCH_INSIDE);
}

int main(void)
{
    static const struct CMUnitTest tests[] = { cmocka_unit_test(test_fits) };

    return cmocka_run_group_tests_name("search", tests, NULL, NULL);
}
