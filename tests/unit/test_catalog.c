/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Catalogues that the test writes itself: sound ones in both byte orders and layouts, and
 * damaged ones, which have to mean English and nothing worse. Whole files are tested along.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "io/catalog.h"
#include "io/file.h"

#define TYPE "Content-Type: text/plain; charset=UTF-8\n"
#define HEADER TYPE "Plural-Forms: nplurals=2; plural=(n != 1);\n"

/* The two plurals are NULL in an entry that has none. */
struct entry {
    const char *msgid, *text, *msgid_plural, *text_plural;
};

/* In the order of the msgids, as msgfmt writes them. */
static const struct entry sound[] = {
    { "", HEADER, NULL, NULL },
    { "%d day", "%d p\xC3\xA4iv\xC3\xA4", "%d days", "%d p\xC3\xA4iv\xC3\xA4\xC3\xA4" },
    { "Empty", "", NULL, NULL },
    { "Help", "Ohje", NULL, NULL },
    { "Save", "Tallenna", NULL, NULL },
    { "Yes", "Kyll\xC3\xA4", NULL, NULL },
};

struct place {
    char folder[64];
    struct buf path;
};

static void add_word(struct buf *out, uint32_t word, bool swapped)
{
    uint32_t stored = swapped ? __builtin_bswap32(word) : word;

    buf_add_n(out, (const char *)&stored, sizeof stored);
}

/* Appends the string with its final NUL to `strings` and its length and place to `table`. */
static void add_string(struct buf *table, struct buf *strings, size_t base, const char *one,
                       const char *many, bool swapped)
{
    size_t at = base + strings->length;

    buf_add_n(strings, one, strlen(one) + 1);
    if (many)
        buf_add_n(strings, many, strlen(many) + 1);
    add_word(table, (uint32_t)(base + strings->length - 1 - at), swapped);
    add_word(table, (uint32_t)at, swapped);
}

static void make_catalog(struct buf *out, const struct entry *entries, size_t count,
                         bool swapped)
{
    uint32_t pairs = (uint32_t)count * 8, end = 28 + 2 * pairs;
    const uint32_t words[] = { 0x950412DEu, 0, (uint32_t)count, 28, 28 + pairs, 0, end };
    struct buf strings = BUF_INIT;

    for (size_t i = 0; i < countof(words); i++)
        add_word(out, words[i], swapped);
    for (size_t i = 0; i < count; i++)
        add_string(out, &strings, end, entries[i].msgid, entries[i].msgid_plural, swapped);
    for (size_t i = 0; i < count; i++)
        add_string(out, &strings, end, entries[i].text, entries[i].text_plural, swapped);
    buf_add_n(out, strings.text, strings.length);
    buf_free(&strings);
}

static int set_up(void **state)
{
    const char *tmp = getenv("TMPDIR");
    struct place *place = xcalloc(1, sizeof *place);

    snprintf(place->folder, sizeof place->folder, "%s/catalog.XXXXXX",
             tmp && strlen(tmp) < 40 ? tmp : "/tmp");
    place->path = (struct buf)BUF_INIT;
    *state = place;
    return mkdtemp(place->folder) ? 0 : -1;
}

static const char *below(struct place *place, const char *name)
{
    buf_clear(&place->path);
    buf_addf(&place->path, "%s/%s", place->folder, name);
    return place->path.text;
}

static int tear_down(void **state)
{
    static const char *const files[] = { "fi.gmo", "sv.gmo", "sv/LC_MESSAGES/kantapolku.mo",
                                          "file" };
    static const char *const folders[] = { "sv/LC_MESSAGES", "sv", "folder" };
    struct place *place = *state;
    int left;

    for (size_t i = 0; i < countof(files); i++)
        unlink(below(place, files[i]));
    for (size_t i = 0; i < countof(folders); i++)
        rmdir(below(place, folders[i]));
    left = rmdir(place->folder);
    buf_free(&place->path);
    free(place);
    return left;
}

static void put(const char *path, const struct buf *bytes)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes->text, 1, bytes->length, file), bytes->length);
    assert_int_equal(fclose(file), 0);
}

/* "Save" in Finnish from a catalogue of these bytes, after asking for everything else. */
static bool translates(struct place *place, const struct buf *bytes)
{
    struct catalogs *catalogs;
    struct tr tr;
    bool found;

    put(below(place, "fi.gmo"), bytes);
    catalogs = catalogs_new(place->folder);
    tr = catalogs_tr(catalogs, LANG_FI);
    for (size_t i = 0; i < countof(sound); i++) {
        assert_non_null(tr_text(&tr, sound[i].msgid));
        assert_non_null(tr_plural(&tr, sound[i].msgid, "many", 2));
    }
    found = strcmp(tr_text(&tr, "Save"), "Save") != 0;
    catalogs_free(catalogs);
    return found;
}

static void check_finnish(const struct tr *tr)
{
    assert_string_equal(tr_text(tr, "Save"), "Tallenna");
    assert_string_equal(tr_text(tr, "Help"), "Ohje");
    assert_string_equal(tr_text(tr, "Yes"), "Kyll\xC3\xA4");
    assert_string_equal(tr_text(tr, "No"), "No");
    assert_string_equal(tr_text(tr, "Empty"), "Empty");
    assert_string_equal(tr_text(tr, ""), "");
    assert_string_equal(tr_plural(tr, "%d day", "%d days", 1), "%d p\xC3\xA4iv\xC3\xA4");
    assert_string_equal(tr_plural(tr, "%d day", "%d days", 0), "%d p\xC3\xA4iv\xC3\xA4\xC3\xA4");
    assert_string_equal(tr_plural(tr, "%d week", "%d weeks", 1), "%d week");
    assert_string_equal(tr_plural(tr, "%d week", "%d weeks", 5), "%d weeks");
    assert_string_equal(tr_plural(tr, "Save", "Saves", 5), "Saves");
}

static void test_both_byte_orders(void **state)
{
    struct place *place = *state;

    for (int swapped = 0; swapped < 2; swapped++) {
        struct buf bytes = BUF_INIT;
        struct catalogs *catalogs;
        struct tr tr;
        make_catalog(&bytes, sound, countof(sound), swapped);
        put(below(place, "fi.gmo"), &bytes);
        catalogs = catalogs_new(place->folder);
        tr = catalogs_tr(catalogs, LANG_FI);
        check_finnish(&tr);
        tr = catalogs_tr(catalogs, LANG_SV);
        assert_string_equal(tr_text(&tr, "Save"), "Save");
        tr = catalogs_tr(catalogs, LANG_EN);
        assert_string_equal(tr_text(&tr, "Save"), "Save");
        catalogs_free(catalogs);
        buf_free(&bytes);
    }
}

static void test_installed_layout(void **state)
{
    static const struct entry swedish[] = {
        { "", HEADER, NULL, NULL }, { "Save", "Spara", NULL, NULL },
    };
    static const struct entry other[] = {
        { "", HEADER, NULL, NULL }, { "Save", "Other", NULL, NULL },
    };
    struct place *place = *state;
    struct buf bytes = BUF_INIT;
    struct catalogs *catalogs;
    struct tr tr;

    assert_int_equal(mkdir(below(place, "sv"), 0700), 0);
    assert_int_equal(mkdir(below(place, "sv/LC_MESSAGES"), 0700), 0);
    make_catalog(&bytes, swedish, countof(swedish), false);
    put(below(place, "sv/LC_MESSAGES/kantapolku.mo"), &bytes);
    buf_clear(&bytes);
    make_catalog(&bytes, other, countof(other), false);
    put(below(place, "sv.gmo"), &bytes);
    catalogs = catalogs_new(place->folder);
    tr = catalogs_tr(catalogs, LANG_SV);
    assert_string_equal(tr_text(&tr, "Save"), "Spara");
    catalogs_free(catalogs);
    buf_free(&bytes);
}

static void test_nothing_there(void **state)
{
    static const char *const folders[] = { NULL, "", "/nowhere/at/all" };

    (void)state;
    for (size_t i = 0; i < countof(folders); i++) {
        struct catalogs *catalogs = catalogs_new(folders[i]);
        struct tr tr = catalogs_tr(catalogs, LANG_FI);
        assert_string_equal(tr_text(&tr, "Save"), "Save");
        assert_string_equal(tr_plural(&tr, "one", "many", 2), "many");
        catalogs_free(catalogs);
    }
    catalogs_free(NULL);
}

static void test_plural_rules(void **state)
{
    static const struct {
        const char *header;
        bool accepted;
    } rules[] = {
        { HEADER, true },
        { TYPE "Plural-Forms: nplurals=2; plural=n != 1\n", true },
        { "Language: fi\n", true },
        { TYPE "Plural-Forms: nplurals=2; plural=n > 1;\n", false },
        { TYPE "Plural-Forms: nplurals=1; plural=0;\n", false },
        { TYPE "Plural-Forms: \n", false },
    };

    for (size_t i = 0; i < countof(rules); i++) {
        struct entry entries[2] = {
            { "", rules[i].header, NULL, NULL }, { "Save", "Tallenna", NULL, NULL },
        };
        struct buf bytes = BUF_INIT;
        make_catalog(&bytes, entries, countof(entries), false);
        assert_int_equal(translates(*state, &bytes), rules[i].accepted);
        buf_free(&bytes);
    }
}

static void test_cut_at_every_length(void **state)
{
    struct buf bytes = BUF_INIT;

    make_catalog(&bytes, sound, countof(sound), false);
    assert_true(translates(*state, &bytes));
    while (bytes.length > 0) {
        buf_cut(&bytes, bytes.length - 1);
        assert_false(translates(*state, &bytes));
    }
    buf_free(&bytes);
}

/* Each byte in turn set to values that make lengths and offsets huge or backward. Only the
 * sanitizer and the assertions in translates() judge: many such files are still sound. */
static void test_every_byte_garbled(void **state)
{
    static const char values[] = { '\0', '\x7F', '\x80', '\xFF' };
    struct buf bytes = BUF_INIT;

    make_catalog(&bytes, sound, countof(sound), false);
    for (size_t at = 0; at < bytes.length; at++) {
        char kept = bytes.text[at];
        for (size_t i = 0; i < countof(values); i++) {
            bytes.text[at] = values[i];
            translates(*state, &bytes);
        }
        bytes.text[at] = kept;
    }
    buf_free(&bytes);
}

static void test_refused(void **state)
{
    static const struct entry lists[3][2] = {
        { { "Save", "Tallenna", NULL, NULL }, { "Help", "Ohje", NULL, NULL } },
        { { "Save", "Tallenna", NULL, NULL }, { "Save", "Ohje", NULL, NULL } },
        { { "Save", "Tallenna", NULL, NULL }, { "Yes", "Kyll\xE4", NULL, NULL } },
    };
    static const struct {
        size_t at;
        uint32_t word;
    } headers[] = {
        { 0, 0x950412DFu }, { 4, 0x10000 }, { 8, 0xFFFFFFFFu }, { 8, 0x20000000 },
        { 12, 0 }, { 12, 0xFFFFFFF0u }, { 16, 4 }, { 16, 0x7FFFFFFF }, { 32, 0xFFFFFFFFu },
    };
    struct buf bytes = BUF_INIT;

    for (size_t i = 0; i < countof(lists); i++) {
        buf_clear(&bytes);
        make_catalog(&bytes, lists[i], 2, false);
        assert_false(translates(*state, &bytes));
    }
    for (size_t i = 0; i < countof(headers); i++) {
        buf_clear(&bytes);
        make_catalog(&bytes, sound, countof(sound), false);
        memcpy(bytes.text + headers[i].at, &headers[i].word, sizeof headers[i].word);
        assert_false(translates(*state, &bytes));
    }
    buf_free(&bytes);
}

static void test_file_round_trip(void **state)
{
    const char *path = below(*state, "file");
    struct err err = { 0 };
    struct buf read = BUF_INIT;
    struct stat st;

    assert_int_equal(file_write(path, "first", 5, &err), 0);
    assert_int_equal(file_write(path, "a\0b", 3, &err), 0);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    buf_add(&read, "<");
    assert_int_equal(file_read(&read, path, 3, &err), 0);
    assert_int_equal(read.length, 4);
    assert_memory_equal(read.text, "<a\0b", 5);
    assert_int_equal(file_read(&read, path, 2, &err), ERR_INPUT);
    assert_non_null(strstr(err.msg, "larger"));
    buf_free(&read);
}

static void test_file_failures(void **state)
{
    struct place *place = *state;
    struct buf read = BUF_INIT;
    struct err err = { 0 };

    assert_int_equal(file_read(&read, below(place, "absent"), 10, &err), ERR_INPUT);
    assert_int_equal(file_read(&read, place->folder, 10, &err), ERR_INPUT);
    assert_int_equal(file_write(below(place, "absent/file"), "x", 1, &err), ERR_OUTPUT);
    assert_int_equal(err.code, ERR_OUTPUT);
    assert_int_equal(mkdir(below(place, "folder"), 0700), 0);
    /* A name left behind would keep tear_down() from removing the folder. */
    assert_int_equal(file_write(place->path.text, "x", 1, &err), ERR_OUTPUT);
    assert_int_equal(file_write("/dev/full", "x", 1, &err), ERR_OUTPUT);
    assert_int_equal(file_write("/dev/null", "x", 1, &err), 0);
    assert_int_equal(file_read(&read, "/dev/zero", 100000, &err), ERR_INPUT);
    buf_free(&read);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_both_byte_orders, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_installed_layout, set_up, tear_down),
        cmocka_unit_test(test_nothing_there),
        cmocka_unit_test_setup_teardown(test_plural_rules, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_cut_at_every_length, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_every_byte_garbled, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_file_round_trip, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_file_failures, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
