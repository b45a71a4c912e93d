/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Where words are divided: "-" between syllables, "|" between the parts of a compound.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "out/hyphen.h"

static const char *const finnish[] = {
    "asia-kas|asia-kir-ja|re-kis-te-rin|pi-täjä", "käyt-töön|ot-to-koe", "pal-ve-lun|tuot-taja",
    "yhtey-den|otto", "tie-don|anto", "las-ten|suo-je-lu|lai-tok-sen", "työn-te-ki-jöi-den",
    "hyvin-voin-ti|alueen", "pal-ve-lui-den", "asia-kir-jassa", "val-von-ta|vi-ra-no-mai-nen",
    "toi-minta", "katu", "oma", "aie", "a", "",
};
static const char *const swedish[] = {
    "klient|upp|gif-ter", "klien-terna", "åtkomst|rät-tighe-ter", "hand|lin-gar", "plan", "per-so-ner", "per-son|uppgifts|ansva-rig", "",
};
static const char *const english[] = { "organisation", "cer-tificates", "registration", "", };

static void check_words(enum lang lang, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct buf word = BUF_INIT, divided = BUF_INIT;
        for (const char *c = words[i]; *c != '\0'; c++)
            if (*c != '-' && *c != '|')
                buf_add_char(&word, *c);
        char *points = xcalloc(word.length + 1, 1);
        hyphen_points(lang, word.text, word.length, points);
        for (size_t k = 0; k < word.length; k++) {
            if (points[k] != HYPHEN_NONE)
                buf_add_char(&divided, points[k] == HYPHEN_PART ? '|' : '-');
            buf_add_char(&divided, word.text[k]);
        }
        assert_string_equal(divided.text, words[i]);
        free(points);
        buf_free(&word);
        buf_free(&divided);
    }
}

static void test_finnish(void **state)
{
    (void)state;
    check_words(LANG_FI, finnish, countof(finnish));
}

static void test_swedish(void **state)
{
    (void)state;
    check_words(LANG_SV, swedish, countof(swedish));
}

static void test_english(void **state)
{
    (void)state;
    check_words(LANG_EN, english, countof(english));
}

static void test_what_is_no_word(void **state)
{
    static const char *const texts[] = {
        "1234567890", "\u4f60\u597d\u4e16\u754c\u4f60\u597d", "....!!!!", "bcdfghjklmnp",
    };
    (void)state;
    for (enum lang lang = 0; lang < LANG_COUNT; lang++)
        check_words(lang, texts, countof(texts));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_finnish),
        cmocka_unit_test(test_swedish),
        cmocka_unit_test(test_english),
        cmocka_unit_test(test_what_is_no_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
