/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Every item type with good, bad, hostile, empty and untidy values.
 */
#include "core_help.h"

#include "base/utf8.h"
#include "core/check.h"

#define OK CHECK_OK, ""
#define BAD(part) CHECK_BAD, part
#define REFUSED CHECK_REFUSED, "personal identity code"

/* What is typed, what becomes of it (NULL: it stays as it is), and a part of the message. */
static const struct value_case {
    const char *item, *typed, *value;
    enum check_state state;
    const char *message;
} cases[] = {
    { "mini_name", "Aino", NULL, OK },
    { "mini_name", "  Aino \t Oy\n", "Aino   Oy", OK },
    { "mini_name", "a\x1b[31mb", "a\u00b7[31mb", OK },
    { "mini_name", "a\u202eb", "a\u00b7b", OK },
    { "mini_name", "a\xff", "a\u00b7", OK },
    { "mini_name", "\xc3\xa4\xc3\xa4" "aaaaaaaaaaaaaaaaaa", NULL, OK },
    { "mini_name", "aaaaaaaaaaaaaaaaaaaaa", NULL, BAD("At most 20 characters") },
    { "mini_name", "'; DROP TABLE answer; --", NULL, BAD("At most 20") },
    { "mini_name", "%s%n%1$s", NULL, OK },
    { "mini_name", "?", NULL, OK },
    { "mini_code", "AB12", NULL, OK },
    { "mini_code", "xAB12", NULL, BAD("does not have the form") },
    { "mini_code", "AB12x", NULL, BAD("does not have the form") },
    { "mini_long", "one\ntwo", NULL, OK },
    { "mini_long", "one\r\ntwo", "one\ntwo", OK },
    { "mini_file", "minutes.pdf", NULL, OK },
    { "mini_reader", "A reader", NULL, OK },
    { "mini_ytunnus", "9999999-2", NULL, OK },
    { "mini_ytunnus", "99999992", "9999999-2", OK },
    { "mini_ytunnus", "9999999-3", NULL, BAD("") },
    { "mini_ytunnus", "hello", NULL, BAD("") },
    { "mini_oid", "1.2.246.10.2048198.10.1", NULL, OK },
    { "mini_oid", "1.2..3", NULL, BAD("") },
    { "mini_oid", "1.2.x", NULL, BAD("") },
    { "mini_phone", "050 123 4567", NULL, CHECK_OK, NULL },
    { "mini_phone", "12", NULL, BAD("") },
    { "mini_email", "aino@example.org", NULL, OK },
    { "mini_email", "aino@", NULL, BAD("") },
    { "mini_email", "a b@example.org", NULL, BAD("") },
    { "mini_postcode", "00100", NULL, OK },
    { "mini_postcode", "0010", NULL, BAD("") },
    { "mini_count", "12", NULL, OK },
    { "mini_count", " 1 2 ", "12", OK },
    { "mini_count", "007", "7", OK },
    { "mini_count", "-0", "0", OK },
    { "mini_count", "+5", "5", OK },
    { "mini_count", "100", NULL, OK },
    { "mini_count", "101", NULL, BAD("The most is 100") },
    { "mini_count", "-1", NULL, BAD("The least is 0") },
    { "mini_count", "\u22121", "-1", BAD("The least is 0") },
    { "mini_count", "1.5", NULL, BAD("whole number") },
    { "mini_count", "1,5", NULL, BAD("whole number") },
    { "mini_count", "1e3", NULL, BAD("whole number") },
    { "mini_count", "0x10", NULL, BAD("whole number") },
    { "mini_count", "inf", NULL, BAD("whole number") },
    { "mini_count", "--1", NULL, BAD("whole number") },
    { "mini_count", "twelve", NULL, BAD("whole number") },
    { "mini_limit", "1000000000000", NULL, OK },
    { "mini_limit", "99999999999999999999", NULL, BAD("too large") },
    { "mini_rate", "12,5", "12.5", OK },
    { "mini_rate", "1 234,50", "1234.5", OK },
    { "mini_rate", "1\u00a0234", "1234", OK },
    { "mini_rate", "0.00005", "0.00005", OK },
    { "mini_rate", "12345678901.5", "12345678901.5", OK },
    { "mini_rate", "-0,0", "0", OK },
    { "mini_rate", "1.2.3", NULL, BAD("12,5") },
    { "mini_rate", "nan", NULL, BAD("12,5") },
    { "mini_rate", ".", NULL, BAD("12,5") },
    { "mini_rate", "1e300", NULL, BAD("12,5") },
    { "mini_day", "2026-09-01", NULL, OK },
    { "mini_day", "1.9.2026", "2026-09-01", OK },
    { "mini_day", "+14", "2026-12-06", OK },
    { "mini_day", "30.2.2026", NULL, BAD("not a date") },
    { "mini_day", "soon", NULL, BAD("not a date") },
    { "mini_day", "31.12.2019", "2019-12-31", BAD("too early") },
    { "mini_day", "1.1.2031", "2031-01-01", BAD("too late") },
    { "mini_sure", "?", NULL, OK },
    { "mini_sure", "1", NULL, OK },
    { "mini_sure", "kyllä", "1", OK },
    { "mini_sure", "KYLLÄ", "1", OK },
    { "mini_sure", "nej", "0", OK },
    { "mini_sure", "2", NULL, BAD("yes or no") },
    { "mini_sure", "maybe", NULL, BAD("yes or no") },
    { "mini_flat", "?", NULL, BAD("yes or no") },
    { "mini_kind", "a", NULL, OK },
    { "mini_kind", "Beta", "b", OK },
    { "mini_kind", "beeta", "b", OK },
    { "mini_kind", "ääni, TOINEN", "ab", OK },
    { "mini_kind", "c", NULL, BAD("\"c\" is not among the choices") },
    { "mini_kind", "a b", NULL, BAD("not among") },
    { "mini_kind", "?", NULL, BAD("not among") },
    { "mini_colours", "red", NULL, OK },
    { "mini_colours", "blue  red,red", "red blue", OK },
    { "mini_colours", "red pink", NULL, BAD("\"pink\"") },
    { "mini_colours", ",", "", OK },
    { "other_boss", "1", NULL, OK },
    { "other_boss", "?", NULL, OK },
    { "mini_name", "131052-308T", "", REFUSED },
    { "mini_long", "Asiakas 131052-308T soitti.", "", REFUSED },
    { "mini_count", "131052-308T", "", REFUSED },
    { "mini_day", "131052-308T", "", REFUSED },
    { "mini_kind", "131052-308T", "", REFUSED },
    { "mini_colours", "131052-308T", "", REFUSED },
    { "mini_sure", "131052-308T", "", REFUSED },
    { "other_boss", "131052-308T", "", REFUSED },
};

static void test_values(void **state)
{
    struct check check = CHECK_INIT;
    struct buf message = BUF_INIT;
    int failed = 0;

    (void)state;
    for (size_t i = 0; i < countof(cases); i++) {
        const struct value_case *c = &cases[i];
        const char *value = c->value ? c->value : c->typed;
        buf_clear(&message);
        check_value(help_mini_item(c->item), c->typed, help_today(), &check);
        check_message(&check, help_english(), &message);
        if (check.state == c->state && (!c->message || strcmp(check.value.text, value) == 0) &&
            (!c->message || strstr(message.text, c->message)) &&
            (check.state == CHECK_OK) == (message.length == 0))
            continue;
        print_message("%s = \"%s\": state %d, value \"%s\", message \"%s\"\n", c->item, c->typed,
                      (int)check.state, check.value.text, message.text);
        failed++;
    }
    buf_free(&message);
    check_free(&check);
    assert_int_equal(failed, 0);
}

/* What was made of a good value is good, and stays as it is. */
static void test_normal_form_stays(void **state)
{
    struct check first = CHECK_INIT, second = CHECK_INIT;

    (void)state;
    for (size_t i = 0; i < countof(cases); i++) {
        const struct item *item = help_mini_item(cases[i].item);
        check_value(item, cases[i].typed, help_today(), &first);
        if (first.state == CHECK_BAD || first.state == CHECK_REFUSED)
            continue;
        check_value(item, first.value.text, help_today(), &second);
        assert_true(second.state == CHECK_OK || second.state == CHECK_WARN);
        assert_string_equal(second.value.text, first.value.text);
    }
    check_free(&first);
    check_free(&second);
}

static void test_empty(void **state)
{
    static const char *const empties[] = { "", " ", "\t\n", "\u00a0 " };
    struct check check = CHECK_INIT;

    (void)state;
    for (size_t i = 0; i < help_mini()->schema->item_count; i++)
        for (size_t e = 0; e < countof(empties); e++) {
            check_value(help_mini()->schema->items[i], empties[e], help_today(), &check);
            assert_int_equal(check.state, CHECK_OK);
            assert_string_equal(check.value.text, "");
        }
    check_free(&check);
}

/* Nothing that is typed crashes, and what comes out is clean. */
static void test_hostile(void **state)
{
    static const char *const hostile[] = {
        "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\x80\x80", "a\u0300\u0300\u0300\u0300",
        "\u200b\ufeff", "%n%n%n%n", "((((((", "[[:alpha:]", "9999999999999999999999999999",
        "-", "+", ",", "..", "1.1.", "0.0.0", "99.99.9999", "\"", "\\", "${HOME}", "=1+1",
        "\u0660\u0661", "1\u2009000",
    };
    struct check check = CHECK_INIT;
    struct buf shown = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < help_mini()->schema->item_count; i++)
        for (size_t h = 0; h < countof(hostile); h++) {
            const struct item *item = help_mini()->schema->items[i];
            if (!item_type_holds_answer(item->type))
                continue;
            check_value(item, hostile[h], help_today(), &check);
            assert_true(utf8_valid(check.value.text, check.value.length));
            assert_true(utf8_valid(check.arg[0], strlen(check.arg[0])));
            check_message(&check, help_english(), &shown);
            check_show(item, check.value.text, help_english(), &shown);
            assert_true(utf8_valid(shown.text, shown.length));
        }
    buf_free(&shown);
    check_free(&check);
}

/* A long wrong choice is quoted up to where it fits, never up to half a letter. */
static void test_long_argument(void **state)
{
    struct buf typed = BUF_INIT, message = BUF_INIT;
    struct check check = CHECK_INIT;

    (void)state;
    for (int ascii = 0; ascii < 4; ascii++) {
        buf_clear(&typed);
        buf_add_repeat(&typed, "a", ascii);
        buf_add_repeat(&typed, "ä", 200);
        check_value(help_mini_item("mini_kind"), typed.text, help_today(), &check);
        assert_int_equal(check.state, CHECK_BAD);
        assert_true(utf8_valid(check.arg[0], strlen(check.arg[0])));
        assert_non_null(strstr(check.arg[0], "…"));
    }
    buf_free(&typed);
    buf_free(&message);
    check_free(&check);
}

static void test_century_marks(void **state)
{
    static const char marks[] = "+-YXWVUABCDEF";
    struct check check = CHECK_INIT;
    char code[] = "131052-308T";

    (void)state;
    for (const char *mark = marks; *mark; mark++) {
        code[6] = *mark;
        check_value(help_mini_item("mini_name"), code, help_today(), &check);
        assert_int_equal(check.state, CHECK_REFUSED);
        assert_string_equal(check.value.text, "");
    }
    code[6] = 'G';
    check_value(help_mini_item("mini_name"), code, help_today(), &check);
    assert_int_equal(check.state, CHECK_OK);
    check_free(&check);
}

static void test_show(void **state)
{
    static const struct {
        const char *item, *value, *fi, *en;
    } shows[] = {
        { "mini_kind", "b", "Beeta", "Beta" },
        { "mini_colours", "red blue", "Punainen, Sininen", "Red, Blue" },
        { "mini_colours", "red pink", "Punainen, pink", "Red, pink" },
        { "mini_day", "2026-09-01", "1.9.2026", "1 September 2026" },
        { "mini_day", "someday", "someday", "someday" },
        { "mini_sure", "1", "yes", "yes" },
        { "mini_sure", "?", "I do not know", "I do not know" },
        { "mini_count", "5", "5 pcs", "5 pcs" },
        { "mini_count", "999", "999 pcs", "999 pcs" },
        { "mini_count", "9975", "9\u00a0975 pcs", "9\u00a0975 pcs" },
        { "mini_count", "-100000", "-100\u00a0000 pcs", "-100\u00a0000 pcs" },
        { "mini_count", "1234567", "1\u00a0234\u00a0567 pcs", "1\u00a0234\u00a0567 pcs" },
        { "mini_count", "12345.25", "12\u00a0345,25 pcs", "12\u00a0345.25 pcs" },
        { "mini_count", "many", "many pcs", "many pcs" },
        { "mini_rate", "1234.5", "1234,5", "1234.5" },
        { "mini_name", "%s", "%s", "%s" },
    };
    const struct tr finnish = { .lang = LANG_FI };
    struct buf out = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < countof(shows); i++) {
        const struct item *item = help_mini_item(shows[i].item);
        buf_clear(&out);
        check_show(item, shows[i].value, &finnish, &out);
        assert_string_equal(out.text, shows[i].fi);
        buf_clear(&out);
        check_show(item, shows[i].value, help_english(), &out);
        assert_string_equal(out.text, shows[i].en);
    }
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),        cmocka_unit_test(test_normal_form_stays),
        cmocka_unit_test(test_empty),         cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_long_argument), cmocka_unit_test(test_century_marks),
        cmocka_unit_test(test_show),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("check", tests, help_load_mini, help_free_mini);
}
