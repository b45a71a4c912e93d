/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Identifiers and working days against the rows of tests/data/identifiers.csv and
 * tests/data/deadlines.csv, and the reasons that a person sees.
 *
 * In the rows `valid` 1 means accepted as typed. A row with 0 has to be refused, unless the
 * table of exceptions below says that it is repaired or accepted with a warning.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "core/holidays.h"
#include "core/identifiers.h"
#include "core/register_check.h"

struct row {
    char *field[4];
};

struct rows {
    struct row *items;
    size_t count, cap;
};

static char *read_data(const char *name)
{
    const char *folder = getenv("TEST_DATA");
    char path[4096], bytes[4096];
    struct buf text = BUF_INIT;
    size_t got;
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder ? folder : "tests/data", name);
    file = fopen(path, "r");
    if (!file)
        fail_msg("no test data: %s", path);
    while ((got = fread(bytes, 1, sizeof bytes, file)) > 0)
        buf_add_n(&text, bytes, got);
    fclose(file);
    return buf_detach(&text);
}

/* Reads one field, quoted or not, and goes on to what follows it. */
static char *read_field(const char **at)
{
    struct buf field = BUF_INIT;
    bool quoted = **at == '"';

    *at += quoted;
    while (**at && (quoted || (**at != ',' && **at != '\n'))) {
        if (quoted && **at == '"') {
            if ((*at)[1] != '"')
                break;
            (*at)++;
        }
        buf_add_char(&field, *(*at)++);
    }
    *at += quoted && **at == '"';
    return buf_detach(&field);
}

static struct rows read_csv(const char *name)
{
    struct rows rows = { NULL, 0, 0 };
    char *text = read_data(name);

    for (const char *at = text; *at; at += *at == '\n') {
        struct row row;
        for (size_t i = 0; i < countof(row.field); i++) {
            row.field[i] = read_field(&at);
            at += *at == ',' && i + 1 < countof(row.field);
        }
        rows.items = vec_room(rows.items, &rows.cap, rows.count + 1, sizeof row);
        rows.items[rows.count++] = row;
    }
    free(text);
    return rows;
}

static void free_rows(struct rows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        for (size_t k = 0; k < countof(rows->items[i].field); k++)
            free(rows->items[i].field[k]);
    }
    free(rows->items);
}

/* \uXXXX and \r, as the file has them. */
static void unescape(char *text)
{
    char *out = text;

    while (*text) {
        if (strncmp(text, "\\u", 2) == 0) {
            char digits[5] = "";
            memcpy(digits, text + 2, 4);
            out += utf8_encode((uint32_t)strtoul(digits, NULL, 16), out);
            text += 6;
        } else if (strncmp(text, "\\r", 2) == 0) {
            *out++ = '\r';
            text += 2;
        } else {
            *out++ = *text++;
        }
    }
    *out = '\0';
}

/* What the result was, in a form that a failed test can show. */
static const char *verdict(const struct id_result *result)
{
    if (result->state == ID_BAD)
        return "bad";
    if (result->state == ID_WARN)
        return "warn";
    return result->cleaned ? "repaired" : "ok";
}

/* Rows with valid 0 that are nevertheless not refused. */
static const struct {
    const char *kind, *value, *verdict;
} exceptions[] = {
    { "vat", "FI0201256-6", "repaired" },
    { "ovt", "0037-0201256-6", "repaired" },
    { "postcode", "FI-00100", "repaired" },
    { "phone", "+46 8 123 456", "warn" },
    { "email", "kant\xC3\xA4@kanta.fi", "warn" },
    { "email", "\xE2\x80\x8Bkanta@kanta.fi", "repaired" },
};

static const char *expected(const char *kind, const char *value, bool valid)
{
    for (size_t i = 0; i < countof(exceptions); i++) {
        if (strcmp(exceptions[i].kind, kind) == 0 && strcmp(exceptions[i].value, value) == 0)
            return exceptions[i].verdict;
    }
    return valid ? "ok" : "bad";
}

/* Kinds of rows that id_check() decides: the kind it is asked for, and the verdict for a row with
 * valid 1 ("ok" when NULL). */
static const struct {
    const char *row, *kind, *verdict;
} checked[] = {
    { "ytunnus", "ytunnus", NULL },        { "ytunnus_norm", "ytunnus", "repaired" },
    { "ytunnus_warn", "ytunnus", "warn" }, { "oid_syntax", "oid_syntax", NULL },
    { "oid_norm", "oid_syntax", "repaired" }, { "oid_unit", "oid_unit", NULL },
    { "oid_unit_odd", "oid_unit", "warn" }, { "oid_unit_regtypo", "oid_unit", NULL },
    { "vat", "vat", NULL },                { "ovt", "ovt", NULL },
    { "iban", "iban", NULL },              { "postcode", "postcode", NULL },
    { "phone", "phone", NULL },            { "email", "email", NULL },
};

/* "result 1.2.3; ..." in the reason of a row names the normal form. */
static void check_normal_form(const struct row *row, const struct id_result *result)
{
    const char *named = strstr(row->field[3], "result ");
    char form[128];

    if (strcmp(row->field[0], "oid_norm") != 0)
        return;
    assert_non_null(named);
    snprintf(form, sizeof form, "%.*s", (int)strcspn(named + 7, ";"), named + 7);
    assert_string_equal(result->canonical.text, form);
}

static bool check_by_kind(const struct row *row)
{
    bool valid = row->field[2][0] == '1';

    for (size_t i = 0; i < countof(checked); i++) {
        struct id_result result = ID_RESULT_INIT;
        const char *want;
        if (strcmp(checked[i].row, row->field[0]) != 0)
            continue;
        want = valid && checked[i].verdict ? checked[i].verdict
                                           : expected(row->field[0], row->field[1], valid);
        assert_int_equal(id_check(checked[i].kind, row->field[1], &result), 0);
        if (strcmp(verdict(&result), want) != 0)
            fail_msg("%s \"%s\": %s, expected %s (%s)", row->field[0], row->field[1],
                     verdict(&result), want, result.reason ? result.reason : "no reason");
        assert_true((result.state == ID_OK) == (result.reason == NULL));
        assert_true((result.state == ID_BAD) == (result.canonical.length == 0));
        check_normal_form(row, &result);
        id_result_free(&result);
        return true;
    }
    return false;
}

static bool check_oid_from_ytunnus(const struct row *row)
{
    char *value = row->field[1], *arrow = strchr(value, '>');
    struct buf oid = BUF_INIT;

    *arrow = '\0';
    id_oid_from_ytunnus(value, &oid);
    if (row->field[2][0] == '1')
        assert_string_equal(oid.text, arrow + 1);
    else
        assert_string_not_equal(oid.text, arrow + 1);
    buf_free(&oid);
    return true;
}

static bool check_person_code(const struct row *row)
{
    size_t at = 99, length = 0;

    assert_int_equal(id_has_person_code(row->field[1], &at, &length), row->field[2][0] == '1');
    if (row->field[2][0] == '1') {
        assert_int_equal(at, 0);
        assert_int_equal(length, strlen(row->field[1]));
    }
    return true;
}

static bool check_holiday(const struct row *row)
{
    int date = date_parse_iso(row->field[1]);

    assert_int_not_equal(date, DATE_NONE);
    assert_int_equal(holiday_is(date), row->field[2][0] == '1');
    return true;
}

static bool check_eve(const struct row *row)
{
    int date = date_parse_iso(row->field[1]);

    assert_int_equal(holiday_is_eve(date), row->field[2][0] == '1');
    assert_false(holiday_is(date));
    assert_false(workday_is(date));
    return true;
}

static bool check_deadline(const struct row *row)
{
    char *value = row->field[1], *arrow = strchr(value, '>');
    char shown[11];

    *arrow = '\0';
    date_iso(workday_add(date_parse_iso(value), 2), shown);
    assert_string_equal(shown, arrow + 1);
    return true;
}

static bool check_saturday_deadline(const struct row *row)
{
    char *value = row->field[1], *arrow = strchr(value, '>');
    char shown[11];

    *arrow = '\0';
    date_iso(saturday_workday_add(date_parse_iso(value), 2), shown);
    assert_string_equal(shown, arrow + 1);
    return true;
}

/* "expected class: palveluyksikko ..." in the reason. */
static bool check_class(const struct row *row)
{
    static const struct {
        const char *word, *class;
    } words[] = {
        { "toimintayksikko", "operating" }, { "palveluyksikko", "service" },
        { "rekisterinpitaja", "controller" }, { "asiakirja", "document" },
        { "palvelutapahtuma", "event" }, { "IAH", "self_employed" },
        { "koodisto", "code_set" }, { "SV-numero", "professional" },
    };
    const char *named = strstr(row->field[3], "expected class: ");

    assert_non_null(named);
    named += strlen("expected class: ");
    for (size_t i = 0; i < countof(words); i++)
        if (strncmp(named, words[i].word, strlen(words[i].word)) == 0) {
            assert_string_equal(id_oid_class(row->field[1]), words[i].class);
            return true;
        }
    fail_msg("which class is %s?", named);
    return false;
}

static bool check_belongs(const struct row *row)
{
    char *value = row->field[1], *bar = strchr(value, '|');

    *bar = '\0';
    assert_int_equal(id_oid_belongs(value, bar + 1), row->field[2][0] == '1');
    return true;
}

static bool check_name_match(const struct row *row)
{
    char *value = row->field[1], *bar = strchr(value, '|');

    *bar = '\0';
    if (register_names_match(value, bar + 1) != (row->field[2][0] == '1'))
        fail_msg("\"%s\" and \"%s\": not %s", value, bar + 1, row->field[2]);
    assert_int_equal(register_names_match(bar + 1, value), row->field[2][0] == '1');
    if (strstr(row->field[3], "mojibake"))
        assert_true(register_is_garbled(bar + 1));
    return true;
}

static bool check_sector(const struct row *row)
{
    char code = regcheck_sector(row->field[1]);

    assert_int_equal(code, row->field[2][0] == '1' ? row->field[1][0] : 0);
    return true;
}

static bool check_register_date(const struct row *row)
{
    int date = 0;
    bool open = strstr(row->field[3], "open end") != NULL;

    assert_int_equal(regcheck_date(row->field[1], &date), row->field[2][0] == '1');
    if (row->field[2][0] == '1')
        assert_int_equal(date, open ? DATE_NONE : date_make(2025, 12, 31));
    return true;
}

/* The row says that the OID stands in the register: an exact match wins over the form, and what is
 * wrong with the form is then a warning or a note; without the row it is an error, or only said
 * with the note that nothing was compared. */
static void check_against_register(const struct row *row)
{
    struct register_unit unit = { .key = "1", .oid = row->field[1] };
    struct regcheck_row found = { .oid = row->field[1], .business_id = "9999999-2",
                                  .begin = DATE_NONE, .end = DATE_NONE };
    struct register_claim claim = { .units = &unit, .unit_count = 1, .start = DATE_NONE,
                                    .today = date_make(2020, 3, 20) };
    struct register_picture picture = { .imported = true, .rows = &found, .count = 1,
                                        .file_date = claim.today };
    struct register_result with = { 0 }, without = { 0 };

    register_check(&claim, &picture, &with);
    assert_int_equal(with.count, 1);
    assert_int_not_equal(with.at[0].severity, SEVERITY_ERROR);
    assert_true(with.at[0].message == REGCHECK_ODD_FORM
                || with.at[0].message == REGCHECK_DIGIT_IN_REGISTER);
    picture.count = 0;
    register_check(&claim, &picture, &without);
    if (strcmp(row->field[0], "oid_unit_regtypo") == 0) {
        assert_int_equal(without.count, 1);
        assert_int_equal(without.at[0].severity, SEVERITY_ERROR);
    }
    assert_int_equal(without.state, REGCHECK_NOT_CHECKED);
    register_result_free(&with);
    register_result_free(&without);
}

static const struct {
    const char *row;
    bool (*check)(const struct row *row);
} others[] = {
    { "oid_from_ytunnus", check_oid_from_ytunnus }, { "hetu_warn", check_person_code },
    { "holiday", check_holiday }, { "eve", check_eve }, { "deadline2_mape", check_deadline },
    { "deadline2_mala", check_saturday_deadline }, { "oid_class", check_class },
    { "oid_matches_ytunnus", check_belongs }, { "name_match", check_name_match },
    { "sektori", check_sector }, { "register_date", check_register_date },
};

static bool check_row(const struct row *row)
{
    for (size_t i = 0; i < countof(others); i++) {
        if (strcmp(others[i].row, row->field[0]) == 0)
            return others[i].check(row);
    }
    return check_by_kind(row);
}

static void test_rows(void **state)
{
    struct rows rows = read_csv("identifiers.csv");
    size_t done = 0;

    (void)state;
    assert_string_equal(rows.items[0].field[0], "kind");
    for (size_t i = 1; i < rows.count; i++) {
        unescape(rows.items[i].field[1]);
        if (!check_row(&rows.items[i]))
            fail_msg("nobody decides rows of kind %s", rows.items[i].field[0]);
        if (strcmp(rows.items[i].field[0], "oid_unit_odd") == 0
            || strcmp(rows.items[i].field[0], "oid_unit_regtypo") == 0)
            check_against_register(&rows.items[i]);
        done++;
    }
    print_message("# %zu rows checked\n", done);
    assert_int_equal(done, 343);
    free_rows(&rows);
}

static void test_deadlines(void **state)
{
    struct rows rows = read_csv("deadlines.csv");
    size_t done = 0;

    (void)state;
    for (size_t i = 1; i < rows.count; i++) {
        bool today = strcmp(rows.items[i].field[1], "mape") == 0;
        int date = date_parse_iso(rows.items[i].field[0]);
        char shown[11];
        assert_true(today || strcmp(rows.items[i].field[1], "mala") == 0);
        date_iso(today ? workday_add(date, 2) : saturday_workday_add(date, 2), shown);
        assert_string_equal(shown, rows.items[i].field[2]);
        done++;
    }
    assert_int_equal(done, 66);
    free_rows(&rows);
}

/* The number of days Monday to Friday that are no working days, eves included. */
static void test_holidays_per_year(void **state)
{
    static const int counts[] = { 9, 8, 7, 9, 10, 10, 9, 8, 9, 10, 10 };
    static const int workdays[] = { 253, 253, 253, 251, 252, 251, 252, 253, 251, 251, 251 };

    (void)state;
    for (int i = 0; i < (int)countof(counts); i++) {
        int before = date_make(2019 + i, 12, 31), last = date_make(2020 + i, 12, 31), free = 0;
        for (int date = before + 1; date <= last; date++)
            free += date_weekday(date) <= 5 && !workday_is(date);
        assert_int_equal(free, counts[i]);
        assert_int_equal(workdays_between(before, last), workdays[i]);
        assert_int_equal(workdays_between(last, before), -workdays[i]);
    }
}

/* Days that count when Saturdays and the eves do, year by year. */
static void test_saturdays_per_year(void **state)
{
    static const int days[] = { 304, 303, 304, 302, 303, 302, 303, 303, 302, 302, 303 };

    (void)state;
    for (int i = 0; i < (int)countof(days); i++) {
        int count = 0;
        for (int date = date_make(2020 + i, 1, 1); date <= date_make(2020 + i, 12, 31); date++)
            count += saturday_workday_is(date);
        assert_int_equal(count, days[i]);
    }
}

/* The earliest and the latest Easter, both exceptions of the rule, and the ends of the range. */
static void test_easter(void **state)
{
    static const char *const easters[] = {
        "1900-04-15", "1943-04-25", "1954-04-18", "1981-04-19", "2000-04-23", "2008-03-23",
        "2011-04-24", "2038-04-25", "2049-04-18", "2076-04-19", "2100-03-28", "2199-04-14",
    };

    (void)state;
    for (size_t i = 0; i < countof(easters); i++) {
        int date = date_parse_iso(easters[i]);
        assert_int_equal(easter_sunday(date_civil(date).year), date);
    }
}

static void test_workdays(void **state)
{
    int friday = date_make(2026, 3, 6);

    (void)state;
    assert_int_equal(workday_add(friday, 0), friday);
    assert_int_equal(workday_add(friday, 1), friday + 3);
    assert_int_equal(workdays_between(friday, friday), 0);
    assert_int_equal(workdays_between(friday, friday + 2), 0);
    assert_int_equal(workdays_between(friday, friday + 3), 1);
    assert_int_equal(workdays_between(friday + 3, friday), -1);
    assert_int_equal(workday_add(DATE_NONE, 2), DATE_NONE);
    assert_int_equal(workdays_between(DATE_NONE, friday), 0);
}

/* What the result offers in place of a wrong value. */
static const struct {
    const char *kind, *value, *proposal;
} proposals[] = {
    { "ytunnus", "0204819-", "0204819-8" },
    { "ytunnus", "0204819", "0204819-8" },
    { "ytunnus", "0204819-7", "0204819-8" },
    { "ytunnus", "12345678", "1234567-1" },
    { "ytunnus", "FI02012566", "0201256-6" },
    { "vat", "0201256-6", "FI02012566" },
    { "vat", "FI02012565", "FI02012566" },
    { "ovt", "003702012565", "003702012566" },
    { "ovt", "00372012566", "003702012566" },
    { "ovt", "003702012565AB1", "003702012566AB1" },
    { "iban", "2112345600000785", "FI2112345600000785" },
    { "postcode", "O0100", "00100" },
    { "oid_unit", "1.2.246.10.2012565.10.0", "1.2.246.10.2012566.10.0" },
    { "oid_unit", "1.2.246.10.201256.10.3", "1.2.246.10.2012566.10.3" },
    { "oid_unit", "1.2.246.10.0201256-6.10.1", "1.2.246.10.2012566.10.1" },
    { "oid_syntax", "1.2.246.10.02012566.10.1", "1.2.246.10.2012566.10.1" },
};

static void test_proposals(void **state)
{
    (void)state;
    for (size_t i = 0; i < countof(proposals); i++) {
        struct id_result result = ID_RESULT_INIT, again = ID_RESULT_INIT;
        id_check(proposals[i].kind, proposals[i].value, &result);
        assert_int_equal(result.state, ID_BAD);
        assert_string_equal(result.arg[0], proposals[i].proposal);
        assert_non_null(strstr(result.reason, "%1$s"));
        id_check(proposals[i].kind, result.arg[0], &again);
        assert_int_equal(again.state, ID_OK);
        id_result_free(&result);
        id_result_free(&again);
    }
}

static const struct {
    const char *kind, *value, *canonical, *verdict;
} forms[] = {
    { "ytunnus", " 0201256-6 ", "0201256-6", "repaired" },
    { "ytunnus", "0201256 - 6", "0201256-6", "repaired" },
    { "ytunnus", "201256-6", "0201256-6", "repaired" },
    { "ytunnus", "\xC2\xA0" "0201256\xE2\x88\x92" "6", "0201256-6", "repaired" },
    { "ytunnus", "0201256-6\xC2\xB7", "0201256-6", "repaired" },
    { "ytunnus", "0201256\xE2\x81\xA0-6\xC2\xAD", "0201256-6", "repaired" },
    { "oid_syntax", "1.2.246.10.2012566\xC2\xB7" "10.0", "1.2.246.10.2012566.10.0", "repaired" },
    { "oid_syntax", "0.39", "0.39", "ok" },
    { "oid_unit", "1.2.246.10.31045308.10002.0", "1.2.246.10.31045308.10002.0", "warn" },
    { "ovt", "003702012566ab", "003702012566AB", "ok" },
    { "iban", "FI21 1234 5600 0007 85", "FI2112345600000785", "ok" },
    { "iban", "SE45 5000 0000 0583 9825 7466", "SE4550000000058398257466", "warn" },
    { "phone", "+358 (0)16 534 111", "+358 16 534 111", "ok" },
    { "phone", "(02) 266 1100", "02 266 1100", "ok" },
    { "phone", "+35824477600", "+35824477600", "ok" },
    { "phone", "00358 2 4477600", "+358 2 4477600", "ok" },
    { "email", "mailto:kanta@kanta.fi", "kanta@kanta.fi", "repaired" },
    { "email", "<kanta@kanta.fi>", "kanta@kanta.fi", "repaired" },
    { "postcode", "FIN-00100", "00100", "repaired" },
    { "regno", "LVV/123/2026", "LVV/123/2026", "ok" },
    { "oid_operating", "1.2.246.10.2012566.10.0", "1.2.246.10.2012566.10.0", "ok" },
    { "oid_service", "1.2.246.10.2012566.10.1", "1.2.246.10.2012566.10.1", "ok" },
    { "oid_service", "urn:oid:1.2.246.10.2012566.10.1", "1.2.246.10.2012566.10.1", "repaired" },
    { "oid_controller", "1.2.246.10.2012566.19.0", "1.2.246.10.2012566.19.0", "ok" },
    { "oid_self_employed", "1.2.246.537.28.12345678901", "1.2.246.537.28.12345678901", "ok" },
    { "oid_self_employed", "1.2.246.537.28.12345678", "1.2.246.537.28.12345678", "warn" },
    { "einvoice", "003702012566", "003702012566", "ok" },
    { "einvoice", "FI21 1234 5600 0007 85", "FI2112345600000785", "ok" },
    { "hetu_warn", "Soitettu 3.3.", "Soitettu 3.3.", "ok" },
};

static void test_normal_forms(void **state)
{
    (void)state;
    for (size_t i = 0; i < countof(forms); i++) {
        struct id_result result = ID_RESULT_INIT, again = ID_RESULT_INIT;
        id_check(forms[i].kind, forms[i].value, &result);
        assert_string_equal(result.canonical.text, forms[i].canonical);
        assert_string_equal(verdict(&result), forms[i].verdict);
        id_check(forms[i].kind, result.canonical.text, &again);
        assert_string_equal(again.canonical.text, forms[i].canonical);
        assert_false(again.cleaned);
        id_result_free(&result);
        id_result_free(&again);
    }
}

static const struct {
    const char *kind, *value;
} refused[] = {
    { "oid_unit", "1.2.246.10.32213086.19.0" },
    { "oid_unit", "1.2.246.10.6794809.14011.2023.200035" },
    { "oid_unit", "1.2.246.10.2044111.11.1100020" },
    { "oid_unit", "1.2.246.10.2012566.10" },
    { "oid_unit", "1.2.246.10.2012566.99.1" },
    { "oid_unit", "1.2.246.21.1" },
    { "oid_unit", "1.2.246.10.123456789.10.0" },
    { "oid_syntax", "1..2" },
    { "oid_syntax", ".1.2" },
    { "oid_syntax", "1.400" },
    { "oid_syntax", "11.2" },
    { "email", "a@b@c.fi" },
    { "email", "a@b.fi." },
    { "email", "a..b@c.fi" },
    { "email", ".a@c.fi" },
    { "email", "@c.fi" },
    { "email", "a@-c.fi" },
    { "email", "a@c.123" },
    { "email", "a,b@c.fi" },
    { "phone", "0700 123456" },
    { "phone", "+358 600 12450" },
    { "phone", "040 123 4567 / soita" },
    { "phone", "+" },
    { "phone", "+12345678901234567890" },
    { "regno", "12345678901234567890123456789012345678901" },
    { "regno", "131052-308T" },
    { "ytunnus", "-" },
    { "ytunnus", "\"\"" },
    { "ytunnus", "0201256-6-" },
    { "ovt", "0037020125661234567" },
    { "iban", "SE4550000000058398257467" },
    { "oid_operating", "1.2.246.10.2012566.10.1" },
    { "oid_service", "1.2.246.10.2012566.10.0" },
    { "oid_service", "1.2.246.10.2012566.19.0" },
    { "oid_controller", "1.2.246.10.2012566.10.0" },
    { "oid_controller", "1.2.246.10.2012565.19.0" },
    { "oid_self_employed", "1.2.246.537.25.12345678901" },
    { "einvoice", "0037020125" },
    { "einvoice", "FI2112345600000786" },
    { "hetu_warn", "Asiakas 131052-308T soitti." },
};

static void test_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < countof(refused); i++) {
        struct id_result result = ID_RESULT_INIT;
        id_check(refused[i].kind, refused[i].value, &result);
        if (result.state != ID_BAD || result.canonical.length || !result.reason)
            fail_msg("%s \"%s\" was not refused", refused[i].kind, refused[i].value);
        id_result_free(&result);
    }
}

/* The reason says what the value is, and offers nothing that does not exist. */
static const struct {
    const char *kind, *value, *says;
} reasons[] = {
    { "oid_unit", "1.2.246.10.32213086.19.0", "controller" },
    { "oid_unit", "1.2.246.10.1602257.93.2019.855", "document" },
    { "oid_unit", "1.2.246.10.6794809.14011.2023.200035", "service event" },
    { "oid_unit", "1.2.246.537.28.12345678", "self-employed" },
    { "oid_unit", "1.2.246.537.6.202", "code set" },
    { "ytunnus", "2229509-0", "never issued" },
    { "ytunnus", "131052-308T", "personal identity code" },
    { "ytunnus", "0000000-0", "placeholder" },
    { "email", "kanta(at)kanta.fi", "@" },
    { "phone", "112", "emergency" },
};

static void test_reasons(void **state)
{
    (void)state;
    for (size_t i = 0; i < countof(reasons); i++) {
        struct id_result result = ID_RESULT_INIT;
        id_check(reasons[i].kind, reasons[i].value, &result);
        assert_non_null(result.reason);
        assert_non_null(strstr(result.reason, reasons[i].says));
        assert_null(strchr(result.reason, '%'));
        assert_string_equal(result.arg[0], "");
        id_result_free(&result);
    }
}

static void test_long_oid(void **state)
{
    struct id_result result = ID_RESULT_INIT;
    struct buf oid = BUF_INIT;

    (void)state;
    buf_add(&oid, "1.2");
    while (oid.length < 127)
        buf_add(&oid, ".3");
    assert_int_equal(oid.length, 127);
    id_check("oid_syntax", oid.text, &result);
    assert_int_equal(result.state, ID_OK);
    buf_add(&oid, ".3");
    id_check("oid_syntax", oid.text, &result);
    assert_int_equal(result.state, ID_BAD);
    buf_clear(&oid);
    buf_add(&oid, "1.2.246.10.0201256-6.10.");
    buf_add_repeat(&oid, "9", 90);
    id_check("oid_syntax", oid.text, &result);
    assert_int_equal(result.state, ID_BAD);
    assert_null(strchr(result.reason, '%'));
    buf_free(&oid);
    id_result_free(&result);
}

static void test_kinds(void **state)
{
    struct id_result result = ID_RESULT_INIT;
    size_t count = 0;

    (void)state;
    for (const char *const *kind = id_kinds(); *kind; kind++, count++) {
        assert_int_equal(id_check(*kind, "", &result), 0);
        assert_int_equal(result.state, ID_BAD);
    }
    assert_int_equal(count, 16);
    assert_int_equal(id_check("hetu", "x", &result), -1);
    assert_int_equal(id_check("", "x", &result), -1);
    id_result_free(&result);
}

/* What was cleaned is named with its code point and place. */
static void test_cleaned_text(void **state)
{
    static const struct {
        const char *value, *says;
    } values[] = {
        { "0201256-6\xE2\x80\x8B", "Corrected: invisible character (U+200B), character 10." },
        { "\xC2\xA0" "0201256-6", "Corrected: no-break space (U+00A0), character 1." },
        { "0201256\xE2\x80\x93" "6", "Corrected: dash (U+2013), character 8." },
        { "\xEF\xBC\x90" "201256-6",
          "Corrected: full-width character (U+FF10), character 1." },
        { "\xE2\x80\x8B" "0201256-6\xE2\x80\x8B\xC2\xA0",
          "Corrected: invisible character (U+200B), character 1. 2 more like it." },
        { " 0201256-6", "Blanks or other characters were corrected." },
        { "0201256-6", "" },
    };
    const struct tr tr = { .lang = LANG_EN };

    (void)state;
    for (size_t i = 0; i < countof(values); i++) {
        struct id_result result = ID_RESULT_INIT;
        struct buf text = BUF_INIT;
        id_check("ytunnus", values[i].value, &result);
        assert_string_equal(result.canonical.text, "0201256-6");
        id_reason_text(&result, &tr, &text);
        assert_string_equal(text.text, values[i].says);
        buf_free(&text);
        id_result_free(&result);
    }
}

/* `at` is -1 where no code may be seen. */
static const struct {
    const char *text;
    int at, length;
} texts[] = {
    { "Asiakas 131052-308T soitti.", 8, 11 },
    { "(131052-308t)", 1, 11 },
    { "131052\xE2\x80\x93" "308T", 0, 13 },
    { "131052 - 308T", 0, 13 },
    { "131052 -308X", -1, 0 },
    { "010101A900X", 0, 11 },
    { "0131052-308T", -1, 0 },
    { "131052-308TA", -1, 0 },
    { "131052-308I", -1, 0 },
    { "290201-9005", -1, 0 },
    { "290200A9005", 0, 11 },
    { "010126-010226", -1, 0 },
    { "0201256-6 ja 131052-308T", 13, 11 },
    { "1.2.246.10.2012566.10.1", -1, 0 },
    { "FI21 1234 5600 0007 85", -1, 0 },
    { "", -1, 0 },
    { "131052", -1, 0 },
    { "131052-", -1, 0 },
    { "131052-308", -1, 0 },
};

static void test_person_codes(void **state)
{
    (void)state;
    for (size_t i = 0; i < countof(texts); i++) {
        size_t at = 0, length = 0;
        bool found = id_has_person_code(texts[i].text, &at, &length);
        if (found != (texts[i].at >= 0))
            fail_msg("\"%s\": found is %d", texts[i].text, found);
        if (found) {
            assert_int_equal(at, texts[i].at);
            assert_int_equal(length, texts[i].length);
        }
    }
}

/* Every digit of a business id matters: a change of any one is noticed. */
static void test_one_digit_changed(void **state)
{
    struct id_result result = ID_RESULT_INIT;

    (void)state;
    for (size_t place = 0; place < 9; place++) {
        for (char digit = '0'; digit <= '9'; digit++) {
            char id[] = "0201256-6";
            if (id[place] == '-' || id[place] == digit)
                continue;
            id[place] = digit;
            id_check("ytunnus", id, &result);
            assert_int_equal(result.state, ID_BAD);
        }
    }
    id_result_free(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_deadlines),
        cmocka_unit_test(test_holidays_per_year),
        cmocka_unit_test(test_saturdays_per_year),
        cmocka_unit_test(test_easter),
        cmocka_unit_test(test_workdays),
        cmocka_unit_test(test_proposals),
        cmocka_unit_test(test_normal_forms),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_reasons),
        cmocka_unit_test(test_long_oid),
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_cleaned_text),
        cmocka_unit_test(test_person_codes),
        cmocka_unit_test(test_one_digit_changed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
