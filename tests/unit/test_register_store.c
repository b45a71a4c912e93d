/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The register on this computer: the cache with its look-ups, and the parts that it rests on.
 */
#include "register_world.h"

#include "base/sha256.h"
#include "base/utf8.h"
#include "io/register_store_parts.h"

/* ---- the cache ---- */

/* `text` NULL: the file of this name. */
static void fill_from(const struct world *world, const char *name, const char *text, int expected)
{
    struct seen seen = SEEN_INIT;
    struct register_summary summary;
    struct register_origin origin = { .file = "made-up.csv", .imported = "2026-11-22" };
    struct err err = { 0 };
    int code = register_store_begin(&seen.import, world->path, &err);

    if (!code)
        code = text ? read_text(world, text, strlen(text), &seen, &summary, &err)
                    : read_data(world, name, &seen, &summary, &err);
    if (code)
        fail_msg("%s", err.msg);
    origin.rows = summary.rows;
    assert_int_equal(summary.rows, expected);
    assert_int_equal(register_store_end(seen.import, &origin, &err), 0);
    register_summary_free(&summary);
    seen_free(&seen);
}

static void fill(const struct world *world, const char *name, int expected)
{
    fill_from(world, name, NULL, expected);
}

static struct register_store *open_store(const struct world *world)
{
    struct register_store *store;
    struct err err = { 0 };

    if (register_store_open(&store, world->path, &err) != 0)
        fail_msg("%s", err.msg);
    return store;
}

static int add_oid(void *data, const struct register_row *row)
{
    const char *oid = row->field[REGISTER_OID];

    buf_addf(data, "%s ", strncmp(oid, "1.2.246.", 8) == 0 ? oid + 8 : oid);
    return 0;
}

static void expect_find(struct register_store *store, const char *text, int most, int total,
                        const char *oids)
{
    struct buf out = BUF_INIT;
    struct err err = { 0 };
    int all = 0;

    if (register_store_find(store, text, most, add_oid, &out, &all, &err) < 0)
        fail_msg("%s", err.msg);
    if (strcmp(out.text, oids) != 0 || all != total)
        fail_msg("%s: %s(%d)", text, out.text, all);
    buf_free(&out);
}

#define A "10.12345671.10."
#define B "10.1234562.10."
#define FAR "537.10.99999990.10.5 "

static void test_find(void **state)
{
    struct register_store *store;

    fill(*state, "latin1.csv", 6);
    store = open_store(*state);
    assert_string_equal(register_store_origin(store)->file, "made-up.csv");
    assert_string_equal(register_store_origin(store)->imported, "2026-11-22");
    assert_int_equal(register_store_origin(store)->rows, 6);
    expect_find(store, "öljy", 9, 1, A "1 ");
    expect_find(store, "ÖLJYMÄKI", 9, 1, A "1 ");
    expect_find(store, "jymä", 9, 1, A "1 ");
    expect_find(store, "mallikoti", 9, 3, A "0 " A "1 " A "2 ");
    expect_find(store, "mallikoti", 2, 3, A "0 " A "1 ");
    expect_find(store, "oy mallikoti", 9, 3, A "0 " A "1 " A "2 ");
    expect_find(store, "koti", 9, 4, B "1 " A "0 " A "1 " A "2 ");
    expect_find(store, "hoiva", 9, 2, B "0 " B "1 ");
    expect_find(store, "mallikoti seinäjoki", 9, 1, A "2 ");
    expect_find(store, "60100", 9, 1, A "2 ");
    expect_find(store, "90100 mänty", 9, 1, B "1 ");
    expect_find(store, "å", 9, 1, A "2 ");
    expect_find(store, "åäö", 9, 0, "");
    expect_find(store, " ", 9, 0, "");
    expect_find(store, "%", 9, 0, "");
    expect_find(store, "1.2.246.10.1234562", 9, 2, B "0 " B "1 ");
    expect_find(store, "1.2.246.10.1234562.10.1", 9, 1, B "1 ");
    expect_find(store, "0123456-2", 9, 2, B "0 " B "1 ");
    expect_find(store, "0123456", 9, 1, B "0 ");
    register_store_close(store);
}

static void test_tree(void **state)
{
    struct register_store *store;
    struct buf out = BUF_INIT;
    struct err err = { 0 };

    fill(*state, "latin1.csv", 6);
    store = open_store(*state);
    /* The unit numbered elsewhere belongs to it by its parent only. */
    assert_int_equal(register_store_tree(store, "1234567-1", add_oid, &out, &err), 4);
    assert_string_equal(out.text, A "0 " A "1 " A "2 " FAR);
    buf_clear(&out);
    /* One row bears the number only in its OID. */
    assert_int_equal(register_store_tree(store, "0123456-2", add_oid, &out, &err), 2);
    assert_string_equal(out.text, B "0 " B "1 ");
    assert_int_equal(register_store_tree(store, "1234562-0", add_oid, &out, &err), 0);
    assert_int_equal(register_store_tree(store, "", add_oid, &out, &err), 0);
    buf_clear(&out);
    assert_int_equal(register_store_by_oid(store, UNIT "2", add_oid, &out, &err), 1);
    assert_string_equal(out.text, A "2 ");
    assert_int_equal(register_store_by_oid(store, UNIT "22", add_oid, &out, &err), 0);
    buf_free(&out);
    register_store_close(store);
}

/* Beginnings of names come first, then of words; each by the order of the file. */
static void test_order(void **state)
{
    struct register_store *store;

    fill_from(*state, NULL, "Tunniste;Lyhenne\n"
                            "1.2.1;Mallikoti\n1.2.2;Uusi koti\n1.2.3;Kotiranta\n"
                            "1.2.4;Esimerkkikoti\n1.2.5;Vanha koti\n1.2.6;Äkoti\n", 6);
    store = open_store(*state);
    expect_find(store, "koti", 9, 6, "1.2.3 1.2.2 1.2.5 1.2.1 1.2.4 1.2.6 ");
    expect_find(store, "koti", 4, 6, "1.2.3 1.2.2 1.2.5 1.2.1 ");
    register_store_close(store);
}

/* A row without parent and number of its own; another whose OID only begins alike; a ring of two
 * rows, and one below it. */
static void test_odd_tree(void **state)
{
    struct register_store *store;
    struct buf out = BUF_INIT;
    struct err err = { 0 };

    fill_from(*state, NULL, "Tunniste;Lyhenne;Ylempi yksikkö\n" UNIT "7;a;\n"
                            "1.2.246.10.123456712.10.1;b;\n1.2.9;c;1.2.8\n1.2.8;d;" UNIT "8\n"
                            UNIT "8;e;1.2.8\n1.2.7;f;1.2.70\n", 6);
    store = open_store(*state);
    assert_int_equal(register_store_tree(store, "1234567-1", add_oid, &out, &err), 4);
    assert_string_equal(out.text, A "7 1.2.9 1.2.8 " A "8 ");
    buf_free(&out);
    register_store_close(store);
}

/* Rows over many blocks, of which each is found by a text of its own. */
static void test_many(void **state)
{
    struct world *world = *state;
    struct register_import *import;
    struct register_origin origin = { .file = "f" };
    struct register_store *store;
    struct err err = { 0 };

    assert_int_equal(register_store_begin(&import, world->path, &err), 0);
    for (int i = 1; i <= 5000; i++) {
        struct register_row row = { .line = i };
        char oid[32], name[64];
        for (int f = 0; f < REGISTER_FIELD_COUNT; f++)
            row.field[f] = "";
        snprintf(oid, sizeof oid, "1.2.246.%d", i);
        snprintf(name, sizeof name, "Keksitty yksikkö, jolla on pitkä nimi q%dq", i);
        row.field[REGISTER_OID] = oid;
        row.field[REGISTER_NAME] = name;
        assert_int_equal(register_store_add(import, &row, &err), 0);
    }
    assert_int_equal(register_store_end(import, &origin, &err), 0);
    store = open_store(world);
    for (int i = 1; i <= 5000; i += 7) {
        char word[16], oid[16];
        snprintf(word, sizeof word, "Q%dq", i);
        snprintf(oid, sizeof oid, "%d ", i);
        expect_find(store, word, 3, 1, oid);
    }
    expect_find(store, "keksitty", 3, 5000, "1 2 3 ");
    expect_find(store, "q4999q keksitty", 3, 1, "4999 ");
    register_store_close(store);
}

static void test_unfinished(void **state)
{
    struct world *world = *state;
    struct register_import *import, *other;
    struct register_store *store;
    struct buf left = BUF_INIT;
    struct err err = { 0 };
    struct stat st;

    assert_int_equal(register_store_open(&store, world->path, &err), 1);
    assert_null(store);
    fill(world, "latin1.csv", 6);
    assert_int_equal(stat(world->path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);

    /* One import at a time; dropping it leaves the earlier register. */
    assert_int_equal(register_store_begin(&import, world->path, &err), 0);
    assert_int_equal(register_store_begin(&other, world->path, &err), ERR_OUTPUT);
    assert_null(other);
    register_store_drop(import);
    store = open_store(world);
    expect_find(store, "mallikoti", 9, 3, A "0 " A "1 " A "2 ");

    /* What a crash left is replaced; who has the register open keeps reading the earlier one. */
    buf_addf(&left, "%s.new", world->path);
    assert_int_equal(file_write(left.text, "half", 4, &err), 0);
    fill(world, "page.json", 3);
    expect_find(store, "esimerkkihoiva", 9, 2, B "0 " B "1 ");
    register_store_close(store);
    store = open_store(world);
    expect_find(store, "esimerkkihoiva", 9, 0, "");
    register_store_close(store);
    buf_free(&left);
}

static void test_foreign(void **state)
{
    struct world *world = *state;
    struct register_store *store;
    struct err err = { 0 };

    assert_int_equal(file_write(world->path, "no database at all", 18, &err), 0);
    assert_int_equal(register_store_open(&store, world->path, &err), ERR_INPUT);
    assert_non_null(strstr(err.msg, "import the organisation register again"));
    assert_int_equal(file_write(world->path, "", 0, &err), 0);
    assert_int_equal(register_store_open(&store, world->path, &err), ERR_INPUT);
    fill(world, "latin1.csv", 6);
    store = open_store(world);
    register_store_close(store);
}

/* ---- parts ---- */

static void test_fold(void **state)
{
    struct buf fast = BUF_INIT, slow = BUF_INIT;

    (void)state;
    for (uint32_t cp = 0x20; cp < 0x500; cp++) {
        char text[12] = "A ";
        size_t used = utf8_encode(cp, text + 1);
        strcpy(text + 1 + used, "Ö");
        buf_clear(&fast);
        buf_clear(&slow);
        register_search_fold(&fast, text);
        utf8_fold(&slow, text);
        if (strcmp(fast.text, slow.text) != 0)
            fail_msg("U+%04X", (unsigned)cp);
    }
    buf_free(&fast);
    buf_free(&slow);
}

static void expect_digest(const char *text, int times, size_t piece, const char *digest)
{
    struct sha256 sha;
    struct buf all = BUF_INIT;
    char out[SHA256_TEXT];

    buf_add_repeat(&all, text, times);
    sha256_init(&sha);
    for (size_t at = 0; at < all.length; at += piece)
        sha256_add(&sha, all.text + at, all.length - at < piece ? all.length - at : piece);
    sha256_end(&sha, out);
    assert_string_equal(out, digest);
    buf_free(&all);
}

static void test_sha256(void **state)
{
    (void)state;
    expect_digest("", 1, 1,
                  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect_digest("abc", 1, 2,
                  "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect_digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1, 100,
                  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    expect_digest("a", 1000000, 100,
                  "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    expect_digest("a", 1000000, 63,
                  "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_find), TEST(test_tree), TEST(test_order), TEST(test_odd_tree), TEST(test_many),
        TEST(test_unfinished), TEST(test_foreign), cmocka_unit_test(test_fold),
        cmocka_unit_test(test_sha256),
    };
#undef TEST

    return cmocka_run_group_tests(tests, NULL, NULL);
}
