/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What in a text is an address, and what it leads to.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "out/address.h"

/* The addresses of the text, each as "words=uri", with a blank between them. */
static void check_text(const char *text, const char *expected)
{
    struct buf found = BUF_INIT;
    struct address address;
    for (size_t at = 0; address_next(text, at, &address); at = address.to) {
        buf_addf(&found, "%s%.*s=", found.length > 0 ? " " : "", (int)(address.to - address.from),
                 text + address.from);
        address_uri(text, &address, &found);
    }
    assert_string_equal(found.text, expected);
    buf_free(&found);
}

static void test_web(void **state)
{
    (void)state;
    check_text("https://www.kanta.fi", "https://www.kanta.fi=https://www.kanta.fi");
    check_text("Katso (www.dvv.fi), ja http://a.fi/x?y=1&z=(2).",
               "www.dvv.fi=https://www.dvv.fi http://a.fi/x?y=1&z=(2)=http://a.fi/x?y=1&z=(2)");
    check_text("a https://a.fi ; https://b.fi; c", "https://a.fi=https://a.fi https://b.fi=https://b.fi");
    check_text("https://a.fi/Äiti”", "https://a.fi/Äiti=https://a.fi/%C3%84iti");
    check_text("https://a.fi/<b>", "https://a.fi/=https://a.fi/");
    check_text("https://a@b.fi/", "https://a@b.fi/=https://a@b.fi/");
}

static void test_mail_and_phone(void **state)
{
    (void)state;
    check_text("aino.malli@koti.example.fi.", "aino.malli@koti.example.fi=mailto:aino.malli@koti.example.fi");
    check_text("a@b.fi,c@d.fi", "a@b.fi=mailto:a@b.fi c@d.fi=mailto:c@d.fi");
    check_text("puh. +358 40 123-4567, ma", "+358 40 123-4567=tel:+358401234567");
    check_text("+358\u00a040\u00a01234567", "+358\u00a040\u00a01234567=tel:+358401234567");
}

static void test_what_is_no_address(void **state)
{
    static const char *const texts[] = {
        "", "javascript:alert(1)", "file:///etc/passwd", "https://", "http://.", "www.", "www.fi",
        "xwww.kanta.fi", "kanta.fi", "a@b", "@b.fi", "a@", "a@.", "+3 500 000 euroa", "+0 123456789",
        "A+ 123456789", "+1234567890123456", "040 123 4567", "1.2.246.10.12345678", "hwhwhw@@@+++",
    };
    (void)state;
    for (size_t i = 0; i < countof(texts); i++)
        check_text(texts[i], "");
}

/* Nobody's address is that long; one that follows is found all the same. */
static void test_a_long_one(void **state)
{
    struct buf text = BUF_INIT;
    (void)state;
    buf_add(&text, "https://a.fi/");
    buf_add_repeat(&text, "b/", 1000);
    buf_add(&text, " c@d.fi");
    check_text(text.text, "c@d.fi=mailto:c@d.fi");
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_web),
        cmocka_unit_test(test_mail_and_phone),
        cmocka_unit_test(test_what_is_no_address),
        cmocka_unit_test(test_a_long_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
