/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The lowest layer: languages, errors, memory, buffers, UTF-8, dates, texts.
 */
#include <errno.h>
#include <limits.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <cmocka.h>
#include <errno.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/lang.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "base/utf8_ascii.h"
#include "base/utf8_wrap.h"

#define DOT "\xC2\xB7"
#define NBSP "\xC2\xA0"
#define ACUTE "\xCC\x81"
#define ELLIPSIS "\xE2\x80\xA6"

static void test_lang(void **state)
{
    enum lang lang = LANG_COUNT;

    (void)state;
    assert_int_equal(lang_parse("sv_FI.UTF-8", &lang), 0);
    assert_int_equal(lang, LANG_SV);
    assert_int_equal(lang_parse("fi", &lang), 0);
    assert_int_equal(lang, LANG_FI);
    assert_int_equal(lang_parse("en:sv", &lang), 0);
    assert_int_equal(lang, LANG_EN);
    assert_int_equal(lang_parse("file", &lang), -1);
    assert_int_equal(lang_parse("f", &lang), -1);
    assert_int_equal(lang_parse("", &lang), -1);
    assert_int_equal(lang_parse("C.UTF-8", &lang), -1);
    assert_int_equal(lang_parse(NULL, &lang), -1);
    assert_int_equal(lang, LANG_EN);
    assert_string_equal(lang_code(LANG_SV), "sv");
    assert_string_equal(lang_name(LANG_FI), "suomi");
}

static void test_text(void **state)
{
    struct text text = { { "a", "b", "c" } }, absent = { { NULL, NULL, NULL } };

    (void)state;
    assert_string_equal(text_get(&text, LANG_SV), "b");
    assert_string_equal(text_get(&absent, LANG_SV), "");
    assert_string_equal(text_get(NULL, LANG_FI), "");
}

static void test_err(void **state)
{
    struct err err = { 0 };
    char shown[80];

    (void)state;
    assert_int_equal(err_at(&err, ERR_INPUT, "a.yaml", 3, 7, "no %s", "key"), ERR_INPUT);
    assert_int_equal(err.code, ERR_INPUT);
    err_text(&err, shown, sizeof shown);
    assert_string_equal(shown, "a.yaml:3:7: no key");
    err.col = 0;
    err_text(&err, shown, sizeof shown);
    assert_string_equal(shown, "a.yaml:3: no key");
    err.line = 0;
    err_text(&err, shown, sizeof shown);
    assert_string_equal(shown, "a.yaml: no key");
    assert_int_equal(err_set(&err, ERR_PLAN, "line\nbreak\x1B"), ERR_PLAN);
    err_text(&err, shown, sizeof shown);
    assert_string_equal(shown, "line break ");
    assert_int_equal(err_set(NULL, ERR_USAGE, "nobody listens"), ERR_USAGE);
}

static const char *turn(const void *catalogs, enum lang lang, const char *msgid,
                        const char *plural, unsigned long n)
{
    (void)catalogs;
    (void)lang;
    (void)plural;
    (void)n;
    if (strcmp(msgid, "no %s in %s") == 0)
        return "%2$s: ei %1$s";
    return strcmp(msgid, "the disk is full") == 0 ? "täynnä" : NULL;
}

static void test_err_language(void **state)
{
    const struct tr tr = { .lang = LANG_FI, .lookup = turn };
    struct err err = { .tr = &tr };

    (void)state;
    assert_int_equal(err_set(&err, ERR_INPUT, "no %s in %s", "key", "map"), ERR_INPUT);
    assert_string_equal(err.msg, "map: ei key");
    err_at(&err, ERR_INPUT, "f", 1, 2, "no %s", "key");
    assert_string_equal(err.msg, "no key");
    assert_ptr_equal(err_tr(&err), &tr);
    assert_null(err_tr(NULL));
    assert_string_equal(err_reason(&tr, ENOSPC), "täynnä");
    assert_string_equal(err_reason(NULL, ENOSPC), "the disk is full");
    assert_string_equal(err_reason(&tr, EDOM), strerror(EDOM));
}

static void test_err_status(void **state)
{
    (void)state;
    assert_int_equal(err_status(ERR_NONE), 0);
    assert_int_equal(err_status(ERR_USAGE), 2);
    assert_int_equal(err_status(ERR_MISSING), 3);
    assert_int_equal(err_status(ERR_DEVICE), 7);
    assert_int_equal(err_status(ERR_REFUSED), 1);
}

/* Wherever the end falls inside a letter of two or four bytes, the letter goes whole. */
static void test_err_cut(void **state)
{
    static const char *const letters[] = { "\xC3\xA4", "\xE2\x82\xAC", "\xF0\x9F\x98\x80" };
    struct err err = { 0 };

    (void)state;
    for (size_t i = 0; i < countof(letters); i++) {
        for (int before = 0; before < 5; before++) {
            struct buf text = BUF_INIT;
            buf_add_repeat(&text, "x", before);
            buf_add_repeat(&text, letters[i], 200);
            err_set(&err, ERR_INPUT, "%s", text.text);
            assert_true(utf8_valid(err.msg, strlen(err.msg)));
            assert_in_range(strlen(err.msg), 252, 255);
            buf_free(&text);
        }
    }
    for (size_t size = 1; size < 20; size++) {
        char shown[20];
        err_text(&err, shown, size);
        assert_true(strlen(shown) < size);
        assert_true(utf8_valid(shown, strlen(shown)));
    }
}

static void test_buf(void **state)
{
    struct buf buf = BUF_INIT;
    char *kept;

    (void)state;
    assert_string_equal(buf.text, "");
    buf_add(&buf, "");
    buf_cut(&buf, 5);
    buf_trim(&buf);
    buf_splice(&buf, 0, 0, "", 0);
    assert_int_equal(buf.room, 0);
    buf_addf(&buf, "%d-%s", 12, "ab");
    buf_add_char(&buf, '!');
    buf_add_repeat(&buf, "xy", 2);
    buf_add_repeat(&buf, "z", -1);
    assert_string_equal(buf.text, "12-ab!xyxy");
    assert_int_equal(buf.length, 10);
    buf_cut(&buf, 6);
    buf_cut(&buf, 60);
    assert_string_equal(buf.text, "12-ab!");
    kept = buf_detach(&buf);
    assert_string_equal(kept, "12-ab!");
    free(kept);
    kept = buf_detach(&buf);
    assert_string_equal(kept, "");
    free(kept);
    buf_free(&buf);
    buf_free(&buf);
    assert_int_equal(buf_empty_text[0], '\0');
}

static void test_buf_splice(void **state)
{
    struct buf buf = BUF_INIT;

    (void)state;
    buf_splice(&buf, 0, 0, "abc", 3);
    buf_splice(&buf, 1, 1, "12345678901234567890123456789012345", 35);
    assert_int_equal(buf.length, 37);
    assert_string_equal(buf.text, "a12345678901234567890123456789012345c");
    buf_splice(&buf, 1, 35, NULL, 0);
    assert_string_equal(buf.text, "ac");
    buf_splice(&buf, 2, 0, "d", 1);
    assert_string_equal(buf.text, "acd");
    buf_splice(&buf, 0, 3, "", 0);
    assert_string_equal(buf.text, "");
    buf_free(&buf);
}

static void test_buf_trim(void **state)
{
    struct buf buf = BUF_INIT;

    (void)state;
    buf_add(&buf, NBSP " \t\n\xE2\x80\xAF" "a " NBSP "b\xC3\xA0\r\n" NBSP);
    buf_trim(&buf);
    assert_string_equal(buf.text, "a " NBSP "b\xC3\xA0");
    buf_clear(&buf);
    buf_add(&buf, " " NBSP " ");
    buf_trim(&buf);
    assert_string_equal(buf.text, "");
    buf_free(&buf);
}

static void test_arena(void **state)
{
    struct arena *arena = arena_new();
    unsigned char *blocks[200];

    (void)state;
    for (size_t i = 0; i < countof(blocks); i++) {
        size_t size = i * i;
        blocks[i] = arena_alloc(arena, size, 1);
        assert_int_equal((uintptr_t)blocks[i] % _Alignof(max_align_t), 0);
        for (size_t k = 0; k < size; k++)
            assert_int_equal(blocks[i][k], 0);
        memset(blocks[i], (int)i, size);
    }
    for (size_t i = 0; i < countof(blocks); i++) {
        for (size_t k = 0; k < i * i; k++)
            assert_int_equal(blocks[i][k], i);
    }
    assert_string_equal(arena_strndup(arena, "abcdef", 3), "abc");
    assert_string_equal(arena_strdup(arena, ""), "");
    arena_free(arena);
    arena_free(NULL);
}

static void test_vec_room(void **state)
{
    int *items = NULL;
    size_t cap = 0;

    (void)state;
    for (size_t i = 0; i < 1000; i++) {
        items = vec_room(items, &cap, i + 1, sizeof items[0]);
        assert_true(cap > i);
        items[i] = (int)i;
    }
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(items[i], i);
    free(items);
}

static const char *echo_lookup(const void *catalogs, enum lang lang, const char *msgid,
                               const char *plural, unsigned long n)
{
    assert_string_equal(catalogs, "catalogs");
    assert_int_equal(lang, LANG_FI);
    if (strcmp(msgid, "known") != 0)
        return NULL;
    return plural && n != 1 ? "monta" : "yksi";
}

static void test_tr(void **state)
{
    struct tr tr = { LANG_FI, echo_lookup, "catalogs" }, none = { LANG_EN, NULL, NULL };

    (void)state;
    assert_string_equal(tr_text(&tr, "known"), "yksi");
    assert_string_equal(tr_text(&tr, "other"), "other");
    assert_string_equal(tr_plural(&tr, "known", "x", 2), "monta");
    assert_string_equal(tr_plural(&tr, "one", "many", 1), "one");
    assert_string_equal(tr_plural(&none, "one", "many", 0), "many");
    assert_string_equal(tr_text(NULL, "text"), "text");
}

/* Malformed sequences of every sort, each of which is refused at its first byte. */
static void test_utf8_malformed(void **state)
{
    static const char *const texts[] = {
        "\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC3", "\xC3(", "\xE0\x9F\xBF", "\xE2\x82",
        "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x8F\xBF\xBF", "\xF0\x9F\x98", "\xF4\x90\x80\x80",
        "\xF8\x88\x80\x80\x80", "\xFE", "\xFF",
    };
    size_t used;

    (void)state;
    for (size_t i = 0; i < countof(texts); i++) {
        assert_int_equal(utf8_decode(texts[i], strlen(texts[i]), &used), UINT32_MAX);
        assert_int_equal(used, 1);
        assert_false(utf8_valid(texts[i], strlen(texts[i])));
    }
    assert_int_equal(utf8_decode("", 0, &used), UINT32_MAX);
    assert_int_equal(used, 0);
    assert_true(utf8_valid("", 0));
}

/* Encoding and decoding are each other's inverse for every code point. */
static void test_utf8_round_trip(void **state)
{
    (void)state;
    for (uint32_t cp = 0; cp <= 0x110000; cp++) {
        bool scalar = cp < 0x110000 && (cp < 0xD800 || cp > 0xDFFF);
        char bytes[4];
        size_t length = utf8_encode(cp, bytes), used;
        uint32_t back = utf8_decode(bytes, length, &used);
        if (back != (scalar ? cp : 0xFFFD) || used != length)
            fail_msg("U+%04X came back as U+%04X", cp, back);
    }
}

static const struct {
    const char *text;
    int width;
} widths[] = {
    { "", 0 }, { "abc", 3 }, { "\xC3\xA4\xC3\xB6\xC3\xA5", 3 }, { "a\xCC\x88", 1 },
    { "\xE2\x82\xAC", 1 }, { "\xE6\x97\xA5\xE6\x9C\xAC", 4 }, { "\xF0\x9F\x98\x80", 2 },
    { "\n\t\x1B", 0 }, { NBSP, 1 }, { "\xEF\xBC\x91", 2 }, { "\xE2\x9C\x93", 1 },
    { "\xE2\x94\x80\xE2\x94\x82", 2 }, { DOT, 1 }, { ELLIPSIS, 1 }, { "\xE2\x80\x8B", 0 },
};

static void test_utf8_width(void **state)
{
    (void)state;
    for (size_t i = 0; i < countof(widths); i++)
        assert_int_equal(utf8_width(widths[i].text), widths[i].width);
    assert_int_equal(utf8_width_n("abc", 2), 2);
}

/* What our texts and frames are made of has the width that the C library gives it. */
static void test_utf8_width_like_libc(void **state)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        { 0x20, 0x7E }, { 0xA0, 0xAC }, { 0xAE, 0x17F }, { 0x300, 0x34E }, { 0x391, 0x3A1 },
        { 0x410, 0x44F }, { 0x2010, 0x2015 }, { 0x2018, 0x2022 }, { 0x2026, 0x2026 },
        { 0x20AC, 0x20AC }, { 0x2190, 0x21FF }, { 0x2200, 0x2265 }, { 0x2500, 0x25FF },
        { 0x2610, 0x2612 }, { 0x26A0, 0x26A0 }, { 0x2713, 0x2718 }, { 0x3041, 0x3096 },
        { 0x4E00, 0x4FFF }, { 0xFF01, 0xFF5E }, { 0x1F600, 0x1F64F },
    };

    (void)state;
    if (!setlocale(LC_CTYPE, "C.UTF-8"))
        skip();
    for (size_t i = 0; i < countof(ranges); i++) {
        for (uint32_t cp = ranges[i].first; cp <= ranges[i].last; cp++) {
            if (utf8_cp_width(cp) != wcwidth((wchar_t)cp))
                fail_msg("U+%04X: %d, the C library has %d", cp, utf8_cp_width(cp),
                         wcwidth((wchar_t)cp));
        }
    }
}

static void test_utf8_letter(void **state)
{
    (void)state;
    assert_int_equal(utf8_letter("", 0), 0);
    assert_int_equal(utf8_letter("ab", 2), 1);
    assert_int_equal(utf8_letter("a" ACUTE ACUTE "b", 6), 5);
    assert_int_equal(utf8_letter("\xC3\xA4" ACUTE, 2), 2);
    assert_int_equal(utf8_letter("\xFF" "a", 2), 1);
    assert_int_equal(utf8_letter("\xE6\x97\xA5x", 4), 3);
}

/* `one_line` is NULL where it would be the same. */
static const struct {
    const char *text, *clean, *one_line;
    int replaced;
} cleanings[] = {
    { "", "", NULL, 0 },
    { "plain ~", "plain ~", NULL, 0 },
    { "a\tb\nc", "a\tb\nc", "a b c", 0 },
    { "a\r\nb\rc\r\n", "a\nb\nc\n", "a b c ", 0 },
    { "\x1B[31m", DOT "[31m", NULL, 1 },
    { "a\x7F" "b", "a" DOT "b", NULL, 1 },
    { "\xC2\x9B" "31m", DOT "31m", NULL, 1 },
    { "\xFF\xC3", DOT DOT, NULL, 2 },
    { "\xED\xA0\x80", DOT DOT DOT, NULL, 3 },
    { "e" ACUTE, "\xC3\xA9", NULL, 0 },
    { "A\xCC\x8A", "\xC3\x85", NULL, 0 },
    { "x" ACUTE ACUTE ACUTE ACUTE "y", "x" ACUTE ACUTE "y", NULL, 2 },
    { "e" ACUTE ACUTE ACUTE, "\xC3\xA9" ACUTE ACUTE, NULL, 0 },
    { ACUTE "a", DOT "a", NULL, 1 },
    { "a\n" ACUTE, "a\n" DOT, "a " ACUTE, 1 },
    { "\xE2\x80\xAE" "abc", DOT "abc", NULL, 1 },
    { "\xE2\x80\x8B\xE2\x80\x8D\xEF\xBB\xBF", DOT DOT DOT, NULL, 3 },
    { "\xE2\x80\xA8\xE2\x80\xA9", DOT DOT, NULL, 2 },
    { "\xF3\xA0\x80\xA0", DOT, NULL, 1 },
    { "\xEF\xBF\xBE\xEF\xB7\x90", DOT DOT, NULL, 2 },
    { "\xE3\x85\xA4\xEF\xB8\x8F", DOT DOT, NULL, 2 },
    { "a" NBSP "b\xC2\xAD" "c", "a" NBSP "b\xC2\xAD" "c", NULL, 0 },
    { "\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80", NULL, 0 },
};

static void check_cleaning(const char *text, const char *clean, int replaced, int flags)
{
    struct buf once = BUF_INIT, twice = BUF_INIT;

    buf_add(&once, "<");
    assert_int_equal(utf8_clean(&once, text, strlen(text), flags), replaced);
    assert_string_equal(once.text + 1, clean);
    assert_int_equal(utf8_clean(&twice, once.text, once.length, flags), 0);
    assert_string_equal(twice.text, once.text);
    buf_free(&once);
    buf_free(&twice);
}

static void test_utf8_clean(void **state)
{
    struct buf out = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < countof(cleanings); i++) {
        const char *line = cleanings[i].one_line ? cleanings[i].one_line : cleanings[i].clean;
        int marks = strstr(cleanings[i].text, "\n" ACUTE) ? 1 : 0;
        check_cleaning(cleanings[i].text, cleanings[i].clean, cleanings[i].replaced, 0);
        check_cleaning(cleanings[i].text, line, cleanings[i].replaced - marks, UTF8_ONE_LINE);
    }
    assert_int_equal(utf8_clean(&out, "a\0b", 3, 0), 1);
    assert_string_equal(out.text, "a" DOT "b");
    buf_free(&out);
}

static const struct {
    const char *text;
    int cols;
    bool ascii;
    const char *fitted;
    int width;
} fits[] = {
    { "abcdef", 6, false, "abcdef", 6 },
    { "abcdef", 5, false, "abcd" ELLIPSIS, 5 },
    { "abcdef", 5, true, "ab...", 5 },
    { "abcdef", 2, true, "..", 2 },
    { "abcdef", 1, false, ELLIPSIS, 1 },
    { "abcdef", 0, false, "", 0 },
    { "abcdef", -3, false, "", 0 },
    { "", 3, false, "", 0 },
    { "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E", 4, false, "\xE6\x97\xA5" ELLIPSIS, 3 },
    { "a\xCC\x88" "bc", 2, false, "a\xCC\x88" ELLIPSIS, 2 },
    { "x" ACUTE "y" ACUTE, 2, false, "x" ACUTE "y" ACUTE, 2 },
};

static void test_utf8_fit(void **state)
{
    (void)state;
    for (size_t i = 0; i < countof(fits); i++) {
        struct buf out = BUF_INIT;
        assert_int_equal(utf8_fit(&out, fits[i].text, fits[i].cols, fits[i].ascii),
                         fits[i].width);
        assert_string_equal(out.text, fits[i].fitted);
        assert_int_equal(utf8_width(out.text), fits[i].width);
        buf_free(&out);
    }
}

/* The lines with a bar between them. */
static const struct {
    const char *text;
    int cols;
    const char *lines;
} wraps[] = {
    { "", 5, "" },
    { "abc", 5, "abc" },
    { "abc def ghi", 7, "abc def|ghi" },
    { "abc def ghi", 6, "abc|def|ghi" },
    { "abc   def", 3, "abc|def" },
    { "abc  \n  def", 5, "abc|  def" },
    { "abc\n", 5, "abc" },
    { "abc\n\ndef", 5, "abc||def" },
    { "\n\n", 5, "|" },
    { "abcdefgh", 3, "abc|def|gh" },
    { "x abcdefgh", 4, "x|abcd|efgh" },
    { "asiakas-tieto", 10, "asiakas-|tieto" },
    { "sosiaali- ja", 9, "sosiaali-|ja" },
    { "oma Y-tunnus", 7, "oma|Y-tunnu|s" },
    { "nro 0201256-6", 12, "nro|0201256-6" },
    { "p. 2026-09-01", 9, "p.|2026-09-0|1" },
    { "16.11.2026\u201331.3.2027", 15, "16.11.2026\u2013|31.3.2027" },
    { "pykälät 10077\u201310078", 14, "pykälät|10077\u201310078" },
    { "ks. www.tieto-palvelu.fi", 20, "ks.|www.tieto-palvelu.fi" },
    { "ks. sosiaali-tieto@a.fi", 19, "ks.|sosiaali-tieto@a.fi" },
    { "30" NBSP "000 euroa", 8, "30" NBSP "000|euroa" },
    { "a 30" NBSP "000", 6, "a|30" NBSP "000" },
    { "laki, 16 §", 9, "laki,|16 §" },
    { "16 §", 2, "16|§" },
    { "laki 16 §, 2 mom.", 10, "laki 16 §,|2 mom." },
    { "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E", 4, "\xE6\x97\xA5\xE6\x9C\xAC|\xE8\xAA\x9E" },
    { "\xE6\x97\xA5\xE6\x9C\xAC", 1, "\xE6\x97\xA5|\xE6\x9C\xAC" },
    { "ab", 0, "a|b" },
    { "  abc", 4, "  ab|c" },
    { "a" ACUTE "b", 1, "a" ACUTE "|b" },
};

static void test_utf8_wrap(void **state)
{
    (void)state;
    for (size_t i = 0; i < countof(wraps); i++) {
        const char *at = wraps[i].text;
        struct buf lines = BUF_INIT;
        for (size_t skip, length; length = utf8_wrap(at, wraps[i].cols, &skip), skip; at += skip) {
            if (at != wraps[i].text)
                buf_add_char(&lines, '|');
            buf_add_n(&lines, at, length);
        }
        assert_int_equal(*at, '\0');
        assert_string_equal(lines.text, wraps[i].lines);
        buf_free(&lines);
    }
}

static void test_utf8_fold(void **state)
{
    struct buf out = BUF_INIT;

    (void)state;
    utf8_fold(&out, "\xC3\x84iti STRASSE A\xCC\x88");
    assert_string_equal(out.text, "\xC3\xA4iti strasse \xC3\xA4");
    buf_clear(&out);
    utf8_fold(&out, "stra\xC3\x9F" "e");
    assert_string_equal(out.text, "strasse");
    utf8_fold(&out, " [AZ@az] 09");
    utf8_fold(&out, "Oy A\xCC\x88");
    assert_string_equal(out.text, "strasse [az@az] 09oy \xC3\xA4");
    buf_free(&out);
}

static void test_utf8_to_ascii(void **state)
{
    struct buf out = BUF_INIT;

    (void)state;
    utf8_to_ascii(&out, "\xC3\x84\xC3\xA4kk\xC3\xB6set \xE2\x80\x93 5 \xE2\x82\xAC" ELLIPSIS
                        " \xEF\xAC\x81 \xE6\x97\xA5 \xC3\x98 \xE2\x94\x8C\xE2\x94\x80 n\xCC\x83"
                        " 27 §");
    assert_string_equal(out.text, "Aakkoset - 5 EUR... fi ? O +- n 27 par.");
    for (size_t i = 0; i < out.length; i++)
        assert_in_range(out.text[i], 0x20, 0x7E);
    buf_free(&out);
}

/* Every day of the valid years follows the day before, and comes back from its day number. */
static void test_date_all_days(void **state)
{
    int expected = date_make(1900, 1, 1), weekday = 1, days = 0;

    (void)state;
    assert_int_equal(date_make(1970, 1, 1), 0);
    for (int year = 1900; year <= 2199; year++) {
        for (int month = 1; month <= 12; month++) {
            for (int day = 1; day <= 31; day++) {
                int date = date_make(year, month, day);
                struct civil civil = date_civil(date);
                if (date == DATE_NONE)
                    continue;
                if (date != expected++ || date_weekday(date) != weekday || civil.year != year
                    || civil.month != month || civil.day != day)
                    fail_msg("%d-%d-%d is day %d", year, month, day, date);
                weekday = weekday % 7 + 1;
                days++;
            }
        }
    }
    assert_int_equal(days, 300 * 365 + 73);
}

static void test_date_make(void **state)
{
    static const struct civil wrong[] = {
        { 2026, 2, 29 }, { 2100, 2, 29 }, { 2026, 0, 1 }, { 2026, 13, 1 }, { 2026, 4, 31 },
        { 2026, 1, 0 }, { 1899, 12, 31 }, { 2200, 1, 1 }, { INT_MIN, INT_MIN, INT_MIN },
        { INT_MAX, INT_MAX, INT_MAX },
    };

    (void)state;
    for (size_t i = 0; i < countof(wrong); i++)
        assert_int_equal(date_make(wrong[i].year, wrong[i].month, wrong[i].day), DATE_NONE);
    assert_int_not_equal(date_make(2000, 2, 29), DATE_NONE);
}

static void test_date_week(void **state)
{
    static const struct {
        const char *date;
        int week, year;
    } weeks[] = {
        { "2026-01-01", 1, 2026 }, { "2027-01-01", 53, 2026 }, { "2027-01-04", 1, 2027 },
        { "2024-12-30", 1, 2025 }, { "2021-01-03", 53, 2020 }, { "2026-11-22", 47, 2026 },
        { "2199-12-31", 1, 2200 }, { "1900-01-01", 1, 1900 },
    };
    int year;

    (void)state;
    for (size_t i = 0; i < countof(weeks); i++) {
        assert_int_equal(date_week(date_parse_iso(weeks[i].date), &year), weeks[i].week);
        assert_int_equal(year, weeks[i].year);
    }
    assert_int_equal(date_week(0, NULL), 1);
}

/* Today is 2026-11-22. "" is no date. */
static const struct {
    const char *text, *iso;
} typed[] = {
    { "1.9.2026", "2026-09-01" }, { "01.09.2026", "2026-09-01" }, { "1.9.26", "2026-09-01" },
    { "1. 9. 2026", "2026-09-01" }, { " 1.9.2026 ", "2026-09-01" }, { "1.9.", "2026-09-01" },
    { "1.9", "2026-09-01" }, { "1.5.", "2027-05-01" }, { "22.5.", "2026-05-22" },
    { "21.5.", "2027-05-21" }, { "24.12.", "2026-12-24" }, { "29.2.", "" },
    { "1.9.98", "1998-09-01" }, { "1.9.56", "2056-09-01" }, { "1.9.57", "1957-09-01" },
    { "2026-09-01", "2026-09-01" }, { "2026-9-1", "" }, { "1/9/2026", "2026-09-01" },
    { "1/9", "2026-09-01" }, { "1/9.2026", "" }, { "010926", "2026-09-01" },
    { "01092026", "2026-09-01" }, { "0109", "" }, { "320926", "" }, { "+14", "2026-12-06" },
    { "-3", "2026-11-19" }, { "+0", "2026-11-22" }, { "+9999", "2054-04-08" }, { "+99999", "" },
    { "+", "" }, { "+1x", "" }, { "T\xC3\xA4n\xC3\xA4\xC3\xA4n", "2026-11-22" },
    { "huomenna", "2026-11-23" }, { "EILEN", "2026-11-21" }, { "i dag", "2026-11-22" },
    { "imorgon", "2026-11-23" }, { "ig\xC3\xA5r", "2026-11-21" }, { "today", "2026-11-22" },
    { "Tomorrow", "2026-11-23" }, { "yesterday", "2026-11-21" },
    { "1 September 2026", "2026-09-01" }, { "1 sep 2026", "2026-09-01" }, { "1 se 2026", "" },
    { "31.2.2026", "" }, { "1.13.2026", "" }, { "0.1.2026", "" }, { "1.9.202", "" },
    { "1.9.20260", "" }, { "1.9.2026.", "" }, { "1.9.2026x", "" }, { "x", "" }, { "", "" },
    { " ", "" }, { "1", "" }, { "1.", "" }, { ".9.2026", "" }, { "1.9.1899", "" },
};

static void test_date_parse(void **state)
{
    int today = date_make(2026, 11, 22);
    char shown[11];

    (void)state;
    for (size_t i = 0; i < countof(typed); i++) {
        date_iso(date_parse(typed[i].text, today), shown);
        if (strcmp(shown, typed[i].iso) != 0)
            fail_msg("\"%s\" is \"%s\", expected \"%s\"", typed[i].text, shown, typed[i].iso);
    }
    assert_int_equal(date_parse("29.2.", date_make(2027, 11, 1)), date_make(2028, 2, 29));
    assert_int_equal(date_parse("today", DATE_NONE), DATE_NONE);
    assert_int_equal(date_parse("+1", date_make(2199, 12, 31)), DATE_NONE);
}

static void test_date_shown(void **state)
{
    int date = date_make(2026, 9, 1);
    char shown[24], stamp[32];

    (void)state;
    date_text(date, LANG_FI, shown, sizeof shown);
    assert_string_equal(shown, "1.9.2026");
    date_text(date, LANG_SV, shown, sizeof shown);
    assert_string_equal(shown, "1.9.2026");
    date_text(date, LANG_EN, shown, sizeof shown);
    assert_string_equal(shown, "1 September 2026");
    assert_int_equal(date_parse(shown, DATE_NONE), date);
    date_text(DATE_NONE, LANG_EN, shown, sizeof shown);
    assert_string_equal(shown, "");
    date_iso(DATE_NONE, shown);
    assert_string_equal(shown, "");
    date_stamp("2026-09-01T14:32:05", date, LANG_FI, stamp, sizeof stamp);
    assert_string_equal(stamp, "14.32");
    date_stamp("2026-09-01T14:32", DATE_NONE, LANG_FI, stamp, sizeof stamp);
    assert_string_equal(stamp, "1.9.2026 14.32");
    date_stamp("2026-09-01", date, LANG_FI, stamp, sizeof stamp);
    assert_string_equal(stamp, "");
    assert_string_equal(date_weekday_name(date_weekday(date), LANG_FI), "tiistai");
    assert_string_equal(date_weekday_name(7, LANG_EN), "Sunday");
    assert_string_equal(date_weekday_name(0, LANG_EN), "");
}

static void test_date_iso(void **state)
{
    static const char *const wrong[] = {
        "", "2026", "2026-9-01", "2026-09-1", "2026-09-01 ", " 2026-09-01", "2026/09/01",
        "2026-02-30", "+026-09-01", "2026-09-0a",
    };

    (void)state;
    for (size_t i = 0; i < countof(wrong); i++)
        assert_int_equal(date_parse_iso(wrong[i]), DATE_NONE);
    assert_int_equal(date_parse_iso("2026-09-01"), date_make(2026, 9, 1));
}

static void test_date_add_months(void **state)
{
    (void)state;
    assert_int_equal(date_add_months(date_make(2026, 1, 31), 1), date_make(2026, 2, 28));
    assert_int_equal(date_add_months(date_make(2028, 1, 31), 1), date_make(2028, 2, 29));
    assert_int_equal(date_add_months(date_make(2026, 1, 15), -1), date_make(2025, 12, 15));
    assert_int_equal(date_add_months(date_make(2026, 3, 31), -13), date_make(2025, 2, 28));
    assert_int_equal(date_add_months(date_make(2026, 3, 31), 24), date_make(2028, 3, 31));
    assert_int_equal(date_add_months(date_make(2199, 12, 1), 1), DATE_NONE);
    assert_int_equal(date_add_months(date_make(1900, 1, 1), -1), DATE_NONE);
    assert_int_equal(date_add_months(date_make(2026, 1, 1), INT_MAX), DATE_NONE);
    assert_int_equal(date_add_months(DATE_NONE, 1), DATE_NONE);
}

static void test_date_period(void **state)
{
    static const char *const wrong[] = { "", "20", "2026-13", "2026-2", "2026-02-29", "x026" };
    int first, last;

    (void)state;
    assert_int_equal(date_period("2020", &first, &last), 0);
    assert_int_equal(first, date_make(2020, 1, 1));
    assert_int_equal(last, date_make(2020, 12, 31));
    assert_int_equal(date_period("2024-02", &first, &last), 0);
    assert_int_equal(first, date_make(2024, 2, 1));
    assert_int_equal(last, date_make(2024, 2, 29));
    assert_int_equal(date_period("2026-01-01", &first, &last), 0);
    assert_int_equal(first, last);
    for (size_t i = 0; i < countof(wrong); i++)
        assert_int_equal(date_period(wrong[i], &first, &last), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lang),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_err),
        cmocka_unit_test(test_err_language),
        cmocka_unit_test(test_err_status),
        cmocka_unit_test(test_err_cut),
        cmocka_unit_test(test_buf),
        cmocka_unit_test(test_buf_splice),
        cmocka_unit_test(test_buf_trim),
        cmocka_unit_test(test_arena),
        cmocka_unit_test(test_vec_room),
        cmocka_unit_test(test_tr),
        cmocka_unit_test(test_utf8_malformed),
        cmocka_unit_test(test_utf8_round_trip),
        cmocka_unit_test(test_utf8_width),
        cmocka_unit_test(test_utf8_width_like_libc),
        cmocka_unit_test(test_utf8_letter),
        cmocka_unit_test(test_utf8_clean),
        cmocka_unit_test(test_utf8_fit),
        cmocka_unit_test(test_utf8_wrap),
        cmocka_unit_test(test_utf8_fold),
        cmocka_unit_test(test_utf8_to_ascii),
        cmocka_unit_test(test_date_all_days),
        cmocka_unit_test(test_date_make),
        cmocka_unit_test(test_date_week),
        cmocka_unit_test(test_date_parse),
        cmocka_unit_test(test_date_shown),
        cmocka_unit_test(test_date_iso),
        cmocka_unit_test(test_date_add_months),
        cmocka_unit_test(test_date_period),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
