/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reading the organisation register: the three formats, what is refused and where. The files are made
 * up; see tests/data/register.
 */
#include "register_world.h"

#include "io/typed_path.h"

static void read_well(const struct world *world, const char *name, struct seen *seen,
                      struct register_summary *summary)
{
    struct err err = { 0 };

    if (read_data(world, name, seen, summary, &err))
        fail_msg("%s: %d: %s", name, err.line, err.msg);
}

static void test_formats_agree(void **state)
{
    static const struct {
        const char *name;
        enum register_format format;
        bool utf8;
    } files[] = {
        { "latin1.csv", REGISTER_DELIMITED, false }, { "utf8-bom.csv", REGISTER_DELIMITED, true },
        { "register.xml", REGISTER_XML, true }, { "pages.json", REGISTER_JSON, true },
    };
    struct seen first = SEEN_INIT;

    for (size_t i = 0; i < countof(files); i++) {
        struct seen seen = SEEN_INIT;
        struct register_summary summary;
        read_well(*state, files[i].name, &seen, &summary);
        assert_int_equal(summary.format, files[i].format);
        assert_int_equal(summary.utf8, files[i].utf8);
        assert_int_equal(summary.rows, 6);
        assert_int_equal(summary.left_out + summary.doubtful, 0);
        assert_string_equal(summary.newest, "2024-01-01");
        assert_string_equal(seen.remarks.text, "");
        if (i == 0)
            buf_add(&first.rows, seen.rows.text);
        else
            assert_string_equal(seen.rows.text, first.rows.text);
        register_summary_free(&summary);
        seen_free(&seen);
    }
    seen_free(&first);
}

static void test_row(void **state)
{
    struct seen seen = SEEN_INIT;
    struct register_summary summary;

    read_well(*state, "latin1.csv", &seen, &summary);
    assert_non_null(strstr(seen.rows.text,
                           UNIT "2;" UNIT "0;Åkertupa; asumisyksikkö \"Åke\", Mallikoti Oy;"
                           "Mallikoti Å;1;Keksitty polku 2 A;;60100;Seinäjoki;743 Seinäjoki;"
                           "1234567-1;2 yksityinen;Mallikoti;2023-08-15;2025-12-31;0;0;1;1;\n"));
    assert_non_null(strstr(seen.rows.text, UNIT "0;;Mallikoti Oy;"));
    assert_non_null(strstr(seen.rows.text, ";1234567-1;2 Yksityinen;Mallikoti;;;1;0;0;0;\n"));
    assert_true(summary.size > 1000 && strlen(summary.digest) == 64);
    register_summary_free(&summary);
    seen_free(&seen);
}

static void test_english(void **state)
{
    struct seen seen = SEEN_INIT;
    struct register_summary summary;

    read_well(*state, "english.tsv", &seen, &summary);
    assert_int_equal(summary.rows, 6);
    assert_int_equal(summary.heading_count, 12);
    assert_string_equal(summary.headings[11], "Lisätieto");
    assert_int_equal(summary.fields[11], REGISTER_UNKNOWN);
    assert_int_equal(summary.fields[1], REGISTER_OID);
    assert_non_null(strstr(seen.rows.text,
                           UNIT "1;" UNIT "0;Perhekoti Öljymäki, Mallikoti Oy;Mallikoti Ö;1;"
                           "Esimerkkikatu 1;;02150;Espoo;;;;;2021-03-01;;;;1;;\n"));
    register_summary_free(&summary);
    seen_free(&seen);
}

static void test_broken_rows(void **state)
{
    static const char *const remarks[] = {
        "3: row left out: the identifier is missing", "4: row left out: the identifier is no OID",
        "5: row left out: the name is missing", "6: row left out: there are more values",
        "7: there are fewer values", "8: \"32.1.2021\" is no date",
        "8: \"X\" is neither T nor F", "9: letters look broken: \"MÃ¤ntyranta\"",
        "10: row left out: a value is longer", "11: the row goes on over several lines",
    };
    struct seen seen = SEEN_INIT;
    struct register_summary summary;

    read_well(*state, "broken-rows.csv", &seen, &summary);
    const char *at = seen.remarks.text;
    for (size_t i = 0; i < countof(remarks); i++, at = strchr(at, '\n') + 1)
        if (strncmp(at, remarks[i], strlen(remarks[i])) != 0)
            fail_msg("expected \"%s\" at \"%.60s\"", remarks[i], at);
    assert_string_equal(at, "");
    assert_int_equal(summary.left_out, 5);
    assert_int_equal(summary.doubtful, 4);
    assert_int_equal(summary.garbled, 1);
    assert_int_equal(summary.rows, 5);
    /* Windows-1252, a line break inside quotes, an OID as FHIR writes it, a short business ID */
    assert_non_null(strstr(seen.rows.text, UNIT "8;" UNIT "0;Rivin vaihto – viiva;"));
    assert_non_null(strstr(seen.rows.text, ";0123456-2;"));
    register_summary_free(&summary);
    seen_free(&seen);
}

/* A quote that is closed rows later takes these with it, and they are not read as one. */
static void test_open_quote(void **state)
{
    static const char text[] = "Tunniste;Lyhenne;Taso\n1.2.1;a;0\n1.2.2;\"b;0\n1.2.3;c;0\n"
                               "1.2.4;d\"\n1.2.5;e;0\n1.2.6;\"f;0\n1.2.7;g\";0\n";
    struct seen seen = SEEN_INIT;
    struct register_summary summary;
    struct err err = { 0 };

    assert_int_equal(read_text(*state, text, strlen(text), &seen, &summary, &err), 0);
    assert_int_equal(summary.rows, 3);
    assert_int_equal(summary.left_out, 1);
    assert_int_equal(summary.doubtful, 1);
    assert_non_null(strstr(seen.rows.text, "1.2.5;;;e;"));
    assert_non_null(strstr(seen.remarks.text, "3: row left out: the row goes on over several"));
    assert_non_null(strstr(seen.remarks.text, "7: the row goes on over several lines"));
    register_summary_free(&summary);
    seen_free(&seen);
}

static void test_refused(void **state)
{
    static const struct {
        const char *name;
        int line, col;
        const char *part;
    } files[] = {
        { "nul.csv", 3, 2, "NUL" }, { "gzip.csv", 1, 1, "compressed" },
        { "utf16.csv", 1, 1, "UTF-16" }, { "workbook.csv", 1, 1, "workbook" },
        { "columns.csv", 1, 0, "256 columns" }, { "quote.csv", 3, 0, "quote" },
        { "no-oid.csv", 1, 0, "--map \"HEADING=oid\"; there are: Koodi, Lisä, Pitkä nimi" },
        { "broken.xml", 4, 123, "broken" }, { "cut.xml", 8, 275, "broken" },
        { "bomb.xml", 2, 13, "DTD" }, { "external.xml", 2, 42, "DTD" },
        { "deep.xml", 1, 193, "deep" }, { "other.xml", 0, 0, "no row" },
        { "broken.json", 319, 15, "broken" }, { "empty.json", 0, 0, "no row" },
    };

    for (size_t i = 0; i < countof(files); i++) {
        struct seen seen = SEEN_INIT;
        struct register_summary summary;
        struct err err = { 0 };
        assert_int_equal(read_data(*state, files[i].name, &seen, &summary, &err), ERR_INPUT);
        if (!strstr(err.msg, files[i].part) || err.line != files[i].line ||
            err.col != files[i].col)
            fail_msg("%s:%d:%d: %s", files[i].name, err.line, err.col, err.msg);
        register_summary_free(&summary);
        seen_free(&seen);
    }
}

/* `before`, then `part` `times` over; refused with a message that has `message`. */
static void refuse_repeated(const struct world *world, const char *before, const char *part,
                            int times, const char *message)
{
    struct buf text = BUF_INIT;
    struct seen seen = SEEN_INIT;
    struct register_summary summary;
    struct err err = { 0 };

    buf_add(&text, before);
    buf_add_repeat(&text, part, times);
    assert_int_equal(read_text(world, text.text, text.length, &seen, &summary, &err), ERR_INPUT);
    if (!strstr(err.msg, message))
        fail_msg("%s", err.msg);
    register_summary_free(&summary);
    seen_free(&seen);
    buf_free(&text);
}

/* A file without blocks on the disk. */
static void refuse_large(const struct world *world)
{
    int fd = memfd_create("register", MFD_CLOEXEC);
    struct seen seen = SEEN_INIT;
    struct register_summary summary;
    struct err err = { 0 };

    assert_int_equal(ftruncate(fd, (off_t)REGISTER_FILE_MAX + 1), 0);
    assert_int_equal(read_fd(world, fd, &seen, &summary, &err), ERR_INPUT);
    assert_non_null(strstr(err.msg, "larger than 512 MiB"));
    assert_int_equal(ftruncate(fd, REGISTER_FILE_MAX), 0);
    assert_int_equal(read_fd(world, fd, &seen, &summary, &err), ERR_INPUT);
    assert_non_null(strstr(err.msg, "NUL"));
    close(fd);
}

static void test_limits(void **state)
{
    refuse_large(*state);
    refuse_repeated(*state, "Tunniste;Lyhenne\n", "1.2.3;a\n", REGISTER_ROWS_MAX + 1,
                    "1,000,000 rows");
    refuse_repeated(*state, "Tunniste;Lyhenne\n", ";a\n", REGISTER_ROWS_MAX + 1,
                    "1,000,000 rows");
    refuse_repeated(*state, "[", " ", REGISTER_JSON_MAX, "8 MiB");
    refuse_repeated(*state, "[", "[", 100000, "broken");
    refuse_repeated(*state, "Tunniste;Lyhenne\n1.2.3;\"a", "a\n", 200000, "much too long");
    refuse_repeated(*state, "<a><!-- ", "a", 3 << 20, "never ends");
    refuse_repeated(*state, "<a><termitementry><attribute type='a'/>", "<attribute type='", 1,
                    "broken");
    refuse_repeated(*state, "", "", 1, "empty");
    refuse_repeated(*state, "Tunniste;Lyhenne\n", "\r\n", 3, "no row");
}

/* Reads XML whose rows have `count` headings of their own; returns the code. */
static int read_columns(const struct world *world, int count, size_t *found, struct err *err)
{
    struct buf text = BUF_INIT;
    struct seen seen = SEEN_INIT;
    struct register_summary summary;
    int code;

    buf_add(&text, "<a>");
    for (int i = 0; i < 2 * count; i++)
        buf_addf(&text, "<termitementry id='1.2.%d'><attribute type='longname'>n</attribute>"
                        "<attribute type=' k%d '>n</attribute></termitementry>\n", i, i % count);
    buf_add(&text, "</a>");
    code = read_text(world, text.text, text.length, &seen, &summary, err);
    *found = summary.heading_count;
    register_summary_free(&summary);
    seen_free(&seen);
    buf_free(&text);
    return code;
}

/* A new heading in a row is a new column. */
static void test_columns_of_xml(void **state)
{
    struct err err = { 0 };
    size_t found;

    assert_int_equal(read_columns(*state, 254, &found, &err), 0);
    assert_int_equal(found, 256);
    assert_int_equal(read_columns(*state, 255, &found, &err), ERR_INPUT);
    assert_string_equal(err.msg, "more than 256 columns");
    assert_int_equal(err.line, 255);
}

/* What old spreadsheet programs write: CR alone ends a line, and a value may hold LF. */
/* The ways a day is written; the first and the last one stand for none. */
static void test_days(void **state)
{
    static const char text[] =
        "Tunniste;Lyhenne;Voimassaolo alkaa;Voimassaolo p\u00e4\u00e4ttyy\n"
        "1.2.3;a;1.2.2021;31.12.2025\n1.2.4;b;20210201;2025-12-31T23:59:59\n"
        "1.2.5;c;1900-01-01;31.12.2100\n1.2.6;d;12/31/2025;20251301\n";
    struct seen seen = SEEN_INIT;
    struct register_summary summary;
    struct err err = { 0 };

    if (read_text(*state, text, sizeof text - 1, &seen, &summary, &err))
        fail_msg("%s", err.msg);
    assert_non_null(strstr(seen.rows.text, ";a;;;;;;;;;;2021-02-01;2025-12-31;"));
    assert_non_null(strstr(seen.rows.text, ";b;;;;;;;;;;2021-02-01;2025-12-31;"));
    assert_non_null(strstr(seen.rows.text, ";c;;;;;;;;;;;;"));
    assert_non_null(strstr(seen.remarks.text, "5: \"12/31/2025\" is no date"));
    assert_non_null(strstr(seen.remarks.text, "5: \"20251301\" is no date"));
    assert_int_equal(summary.doubtful, 1);
    register_summary_free(&summary);
    seen_free(&seen);
}

static void test_line_ends(void **state)
{
    static const char *const texts[] = {
        "Tunniste;Lyhenne\r1.2.3;a\r\r1.2.4;\"b\nc\"\rx;d\r",
        "Tunniste;Lyhenne\r\n1.2.3;a\r\n\r\n1.2.4;\"b\nc\"\r\nx;d",
        "Tunniste;Lyhenne\n1.2.3;a\n\n1.2.4;\"b\rc\"\nx;d\n",
    };

    for (size_t i = 0; i < countof(texts); i++) {
        struct seen seen = SEEN_INIT;
        struct register_summary summary;
        struct err err = { 0 };
        if (read_text(*state, texts[i], strlen(texts[i]), &seen, &summary, &err))
            fail_msg("%zu: %s", i, err.msg);
        assert_int_equal(summary.rows, 2);
        assert_int_equal(summary.left_out, 1);
        assert_non_null(strstr(seen.rows.text, "1.2.3;;;a;"));
        assert_non_null(strstr(seen.rows.text, "1.2.4;;;b c;"));
        assert_non_null(strstr(seen.remarks.text, i == 1 ? "6: row left out" : "5: row left out"));
        register_summary_free(&summary);
        seen_free(&seen);
    }
}

/* Lines that end with CR in a file whose first line does not are rows all the same. */
static void test_mixed_line_ends(void **state)
{
    static const char text[] = "Tunniste;Lyhenne\n1.2.3;a\r1.2.4;b\r1.2.5\n";
    struct seen seen = SEEN_INIT;
    struct register_summary summary;
    struct err err = { 0 };

    assert_int_equal(read_text(*state, text, sizeof text - 1, &seen, &summary, &err), 0);
    assert_int_equal(summary.rows, 2);
    assert_non_null(strstr(seen.rows.text, "1.2.4;;;b;"));
    assert_non_null(strstr(seen.remarks.text, "2: row left out: the name is missing\n"));
    register_summary_free(&summary);
    seen_free(&seen);
}

/* What is needed to ask which heading is meant. */
static void test_missing(void **state)
{
    static const char text[] = "Koodi;Nimi;Y-tunnus;Tyhja\n1.2.3;Koti;1234567-1;\nx;y;z;q\n";
    struct seen seen = SEEN_INIT;
    struct register_summary summary;
    struct err err = { 0 };

    assert_int_equal(read_text(*state, text, sizeof text - 1, &seen, &summary, &err), ERR_INPUT);
    assert_string_equal(summary.missing, "oid");
    assert_int_equal(err.line, 1);
    assert_int_equal(summary.rows, 0);
    assert_string_equal(summary.headings[1], "Nimi");
    assert_string_equal(summary.examples[0], "1.2.3");
    assert_string_equal(summary.examples[1], "Koti");
    assert_null(summary.examples[3]);
    register_summary_free(&summary);
    assert_int_equal(register_headings_map(((struct world *)*state)->headings, "Koodi=oid", &err),
                     0);
    assert_int_equal(read_text(*state, text, 26, &seen, &summary, &err), ERR_INPUT);
    assert_string_equal(summary.missing, "name");
    register_summary_free(&summary);
    seen_free(&seen);
}

/* 20 rows with the name, after so many blanks. */
static void read_name(const struct world *world, const char *name, int blanks, struct seen *seen,
                      struct register_summary *summary)
{
    struct buf text = BUF_INIT;
    struct err err = { 0 };

    buf_add(&text, "<a b='&amp;'>");
    buf_add_repeat(&text, " ", blanks);
    for (int i = 0; i < 20; i++)
        buf_addf(&text, "<termitementry id='1.2.3'><attribute type='longname'>%s</attribute>"
                        "</termitementry>", name);
    buf_add(&text, "</a>");
    if (read_text(world, text.text, text.length, seen, summary, &err))
        fail_msg("%s, %d: %d:%d: %s", name, blanks, err.line, err.col, err.msg);
    buf_free(&text);
}

/* "&" alone is read, but not inside what is marked as text; a reference may be cut by a block. */
static void test_ampersand(void **state)
{
    static const struct {
        const char *name, *read;
        bool doubtful;
    } names[] = {
        { "A & B", "A & B", true }, { "A &amp; B", "A & B", false },
        { "A &#38; &#xE4;", "A & \u00e4", false },
        { "<![CDATA[A & &amp; B]]>", "A & &amp; B", false }, { "A &b; &", "A &b; &", true },
    };

    for (size_t i = 0; i < countof(names); i++) {
        for (int shift = 0; shift < 100; shift++) {
            struct seen seen = SEEN_INIT;
            struct register_summary summary;
            read_name(*state, names[i].name, (1 << 16) - 200 - shift, &seen, &summary);
            assert_int_equal(summary.rows, 20);
            assert_int_equal(summary.doubtful, names[i].doubtful ? 20 : 0);
            assert_non_null(strstr(seen.rows.text, names[i].read));
            register_summary_free(&summary);
            seen_free(&seen);
        }
    }
}

/* When nothing can be used, the reason is that of the first row. */
static void test_no_row(void **state)
{
    static const char text[] = "Tunniste;Lyhenne\nabc;a\n;b\n";
    struct seen seen = SEEN_INIT;
    struct register_summary summary;
    struct err err = { 0 };

    assert_int_equal(read_text(*state, text, sizeof text - 1, &seen, &summary, &err), ERR_INPUT);
    assert_int_equal(err.line, 2);
    assert_non_null(strstr(err.msg, "the identifier is no OID"));
    assert_null(summary.missing);
    register_summary_free(&summary);
    seen_free(&seen);
}

static void test_pages(void **state)
{
#define PAGE(number) "{\"conceptCodes\":[{\"conceptCodeId\":\"1.2." number "\",\"attributes\":[" \
                     "{\"attributeName\":\"LongName\",\"attributeValue\":[\"a\"]}]}]," \
                     "\"page\":" number ",\"totalPages\":3}"
    static const struct {
        const char *text;
        int rows, page_count;
    } files[] = {
        { PAGE("1"), 1, 1 }, { "[" PAGE("1") "," PAGE("2") "]", 2, 2 },
        { PAGE("1") PAGE("2") "\n" PAGE("3") "\n", 3, 3 },
    };
#undef PAGE

    for (size_t i = 0; i < countof(files); i++) {
        struct seen seen = SEEN_INIT;
        struct register_summary summary;
        struct err err = { 0 };
        assert_int_equal(read_text(*state, files[i].text, strlen(files[i].text), &seen, &summary,
                                   &err), 0);
        assert_int_equal(summary.rows, files[i].rows);
        assert_int_equal(summary.page_count, files[i].page_count);
        assert_int_equal(summary.pages, 3);
        register_summary_free(&summary);
        seen_free(&seen);
    }
    refuse_repeated(*state, "[]", "x", 1, "broken");
}

/* Entries are found one by one, whatever stands in and around them; a broken one is told at its
 * place. */
static void test_entries(void **state)
{
    static const char text[] =
        "[ {\n \"conceptCodeId\": \"1.2.1\", \"LongName\": \"a } ] \\\" { conceptCodes\",\n"
        "   \"attributes\": [ { \"attributeName\": \"Sektori\", \"attributeValue\": [ \"2\" ] } ] },\n"
        "  { \"conceptCodes\" : [ { \"conceptCodeId\":\"1.2.2\", \"LongName\":\"b\" }, 0, null, [],\n"
        "    {\"conceptCodeId\":\"1.2.3\",\"LongName\":\"c\"} ], \"totalPages\": 2, \"x\": [ {\"y\":1} ] },\n"
        "  {\"conceptCodeId\":\"1.2.4\",\"LongName\":\"\u00e4\"}%s ]";
    struct buf whole = BUF_INIT;
    struct seen seen = SEEN_INIT;
    struct register_summary summary;
    struct err err = { 0 };

    buf_addf(&whole, text, "");
    if (read_text(*state, whole.text, whole.length, &seen, &summary, &err))
        fail_msg("%d:%d: %s", err.line, err.col, err.msg);
    assert_int_equal(summary.rows, 4);
    assert_int_equal(summary.left_out, 0);
    assert_non_null(strstr(seen.rows.text, "1.2.1;;a } ] \" { conceptCodes;"));
    register_summary_free(&summary);
    buf_clear(&whole);
    buf_addf(&whole, text, ", {\"a\" 1}");
    assert_int_equal(read_text(*state, whole.text, whole.length, &seen, &summary, &err),
                     ERR_INPUT);
    assert_int_equal(err.line, 6);
    assert_int_equal(err.col, 50);
    register_summary_free(&summary);
    seen_free(&seen);
    buf_free(&whole);
}

/* A large file is read in several steps, more of it after each, and may be left at any time. */
static void test_steps(void **state)
{
    const struct world *world = *state;
    struct seen seen = SEEN_INIT;
    const struct register_take take = { take_row, take_remark, &seen };
    struct register_reading *reading = NULL;
    struct register_summary summary;
    struct err err = { 0 };
    FILE *file = fopen(world->path, "w");
    int steps = 0, percent = 0, code;

    fputs("Tunniste;Lyhenne\n", file);
    for (int i = 0; i < 200000; i++)
        fprintf(file, "1.2.%d;a long enough name\n", i);
    fclose(file);
    for (int stop = 0; stop < 2; stop++) {
        assert_int_equal(register_reading_open(&reading, world->path, world->headings, &take,
                                               &summary, &err), 0);
        while ((code = register_reading_step(reading, &err)) > 0 && !stop) {
            assert_true(register_reading_percent(reading) > percent);
            percent = register_reading_percent(reading);
            steps++;
        }
        assert_int_equal(code, stop ? 1 : 0);
        register_reading_close(reading);
        register_summary_free(&summary);
    }
    assert_true(steps > 5);
    seen_free(&seen);
}

/* What would wait for ever, or is no file, is refused at once. */
static void test_no_file(void **state)
{
    const struct world *world = *state;
    const struct register_take take = { take_row, take_remark, NULL };
    struct register_reading *reading = NULL;
    struct register_summary summary;
    struct err err = { 0 };

    assert_int_equal(mkfifo(world->path, 0600), 0);
    assert_int_equal(register_reading_open(&reading, world->path, world->headings, &take, &summary,
                                           &err), ERR_INPUT);
    assert_null(reading);
    assert_non_null(strstr(err.msg, "pipe"));
    assert_int_equal(register_reading_open(&reading, world->folder, world->headings, &take,
                                           &summary, &err), ERR_INPUT);
    assert_non_null(strstr(err.msg, "folder"));
}

static void test_typed_path(void **state)
{
    static const char *const paths[][2] = {
        { "'/a/b c.csv'", "/a/b c.csv" }, { "\"/a/b c.csv\"", "/a/b c.csv" },
        { "/a/b\\ c.csv", "/a/b c.csv" }, { "file:///a/b%20c%C3%A4.csv", "/a/b c\u00e4.csv" },
        { "file://localhost/a%zz%00", "/a%zz%00" }, { "~/b.csv", "/home/aino/b.csv" },
        { "'~/b.csv'", "/home/aino/b.csv" }, { "~aino", "~aino" }, { "'", "'" }, { "", "" },
        { "/a/it's", "/a/it's" }, { "/a\\", "/a\\" },
    };
    const struct world *world = *state;
    struct buf out = BUF_INIT, odd = BUF_INIT;
    char *home = xstrdup(getenv("HOME") ? getenv("HOME") : "");

    setenv("HOME", "/home/aino", 1);
    for (size_t i = 0; i < countof(paths); i++) {
        buf_clear(&out);
        typed_path(paths[i][0], &out);
        assert_string_equal(out.text, paths[i][1]);
    }
    setenv("HOME", home, 1);
    free(home);
    buf_addf(&odd, "%s/it\\ is", world->folder);
    fclose(fopen(odd.text, "w"));
    buf_clear(&out);
    typed_path(odd.text, &out);
    assert_string_equal(out.text, odd.text);
    unlink(odd.text);
    buf_free(&odd);
    buf_free(&out);
}

static void test_headings(void **state)
{
    struct world *world = *state;
    struct register_headings *headings = world->headings;
    struct err err = { 0 };

    assert_int_equal(register_headings_find(headings, "Y-Tunnus"), REGISTER_BUSINESS_ID);
    assert_int_equal(register_headings_find(headings, "ytunnus"), REGISTER_BUSINESS_ID);
    assert_int_equal(register_headings_find(headings, "PITKÄ NIMI"), REGISTER_NAME);
    assert_int_equal(register_headings_find(headings, "org yks lyhenne"), REGISTER_ORGANISATION);
    assert_int_equal(register_headings_find(headings, "Puhelinnumero"), REGISTER_NOT_KEPT);
    assert_int_equal(register_headings_find(headings, "Koodi"), REGISTER_UNKNOWN);
    assert_int_equal(register_headings_find(headings, ""), REGISTER_UNKNOWN);
    assert_int_equal(register_headings_map(headings, "Koodi=oid", &err), 0);
    assert_int_equal(register_headings_find(headings, "koodi"), REGISTER_OID);
    assert_int_equal(register_headings_map(headings, "Pitkä nimi=not_kept", &err), 0);
    assert_int_equal(register_headings_find(headings, "Pitkä nimi"), REGISTER_NOT_KEPT);
    assert_int_equal(register_headings_map(headings, "a=b=short_name", &err), 0);
    assert_int_equal(register_headings_find(headings, "a=b"), REGISTER_SHORT_NAME);
    assert_int_equal(register_headings_map(headings, "Koodi", &err), ERR_USAGE);
    assert_int_equal(register_headings_map(headings, "=oid", &err), ERR_USAGE);
    assert_int_equal(register_headings_map(headings, "Koodi=nimi", &err), ERR_USAGE);
    assert_non_null(strstr(err.msg, "\"nimi\""));
}

/* A mistake in the data is told with its place. */
static void test_bad_headings(void **state)
{
    static const struct {
        const char *text, *message;
    } files[] = {
        { "oid: [Tunniste]\nnimi: [Nimi]\n", "register.yaml:2:1: the register has no such" },
        { "oid: Tunniste\n", "register.yaml:1:6: a list of headings" },
        { "oid: [Tunniste, [a]]\n", "register.yaml:1:17: a heading" },
        { "- oid\n", "register.yaml: field and headings" },
        { "oid: [Tunniste\n", "register.yaml:2:1: " },
    };
    struct world *world = *state;
    struct register_headings *headings;
    struct buf path = BUF_INIT;

    buf_addf(&path, "%s/data", world->folder);
    assert_int_equal(mkdir(path.text, 0700), 0);
    buf_add(&path, "/register.yaml");
    for (size_t i = 0; i < countof(files); i++) {
        struct err err = { 0 };
        assert_int_equal(file_write(path.text, files[i].text, strlen(files[i].text), &err), 0);
        assert_int_equal(register_headings_load(&headings, world->folder, &err), ERR_INPUT);
        assert_null(headings);
        if (!strstr(err.msg, files[i].message))
            fail_msg("%s", err.msg);
    }
    unlink(path.text);
    buf_cut(&path, path.length - strlen("/register.yaml"));
    assert_int_equal(rmdir(path.text), 0);
    buf_free(&path);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_formats_agree), TEST(test_row), TEST(test_english), TEST(test_broken_rows),
        TEST(test_open_quote), TEST(test_refused), TEST(test_limits), TEST(test_columns_of_xml),
        TEST(test_headings), TEST(test_bad_headings), TEST(test_days), TEST(test_line_ends),
        TEST(test_mixed_line_ends), TEST(test_missing), TEST(test_ampersand), TEST(test_no_row),
        TEST(test_pages), TEST(test_entries), TEST(test_steps), TEST(test_no_file),
        TEST(test_typed_path),
    };
#undef TEST

    return cmocka_run_group_tests(tests, NULL, NULL);
}
