/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The document model and its writers: what is laid out stays within the page, nothing is lost,
 * and nothing harmful gets out.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "out/doc.h"
#include "out/writers.h"

static const struct tr english = { .lang = LANG_EN };

static struct doc *doc_of_test(void)
{
    struct doc *doc = doc_new("plan", LANG_FI, "Suunnitelma");
    doc_set_header(doc, "Perhekoti Esimerkki Oy", "22.11.2026", NULL);
    return doc;
}

/* The document as text; frees the document. The caller frees the text. */
static char *text_of(struct doc *doc)
{
    struct buf out = BUF_INIT;
    out_text(doc, &english, &out);
    doc_free(doc);
    return buf_detach(&out);
}

static int occurrences(const char *text, const char *what)
{
    int count = 0;
    for (; (text = strstr(text, what)) != NULL; text += strlen(what))
        count++;
    return count;
}

/* What holds for every document: width, height, no blanks at line ends, a header on each page. */
static int pages_checked(const char *text)
{
    int pages = 1, lines = 0;
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        if (*text == '\f') {
            pages++;
            lines = 0;
            text++;
            length--;
        }
        assert_int_equal(text[length], '\n');
        assert_true(utf8_width_n(text, length) <= 80);
        assert_true(utf8_valid(text, length));
        assert_true(length == 0 || text[length - 1] != ' ');
        if (lines++ == 0) {
            struct buf mark = BUF_INIT;
            buf_addf(&mark, "page %d / ", pages);
            assert_ptr_equal(strstr(text, "Suunnitelma"), text);
            assert_true(strstr(text, mark.text) < text + length);
            assert_non_null(strstr(text, mark.text));
            buf_free(&mark);
        }
        assert_true(lines <= 60);
        text += length + 1;
    }
    return pages;
}

static void add_table(struct doc *doc, const char *const *headings, size_t columns, int rows,
                      const char *const *cells)
{
    doc_table(doc, BLOCK_TABLE, NULL, headings, columns);
    for (int row = 0; row < rows; row++)
        for (size_t i = 0; i < columns; i++)
            doc_cell(doc, cells[i]);
}

static void test_empty_document(void **state)
{
    (void)state;
    char *text = text_of(doc_of_test());
    assert_int_equal(pages_checked(text), 1);
    assert_non_null(strstr(text, "Suunnitelma \u00b7 Perhekoti Esimerkki Oy   "));
    assert_non_null(strstr(text, "   22.11.2026  page 1 / 1\n"));
    free(text);
}

static void test_notice_stands_on_every_page(void **state)
{
    (void)state;
    struct doc *doc = doc_of_test();
    doc_set_header(doc, "", "22.11.2026", "Luottamuksellinen");
    doc_paragraph(doc, "Yksi");
    doc_page_break(doc);
    doc_paragraph(doc, "Kaksi");
    char *text = text_of(doc);
    assert_int_equal(pages_checked(text), 2);
    assert_int_equal(occurrences(text, "page 1 / 2\nLuottamuksellinen\n\nYksi\n\fSuun"), 1);
    assert_int_equal(occurrences(text, "page 2 / 2\nLuottamuksellinen\n\nKaksi\n"), 1);
    assert_null(strstr(text, "\u00b7"));
    free(text);
}

static void test_headings_are_underlined(void **state)
{
    (void)state;
    struct doc *doc = doc_of_test();
    doc_title(doc, "Päätös");
    doc_section(doc, 1, "1  Yksiköt");
    doc_section(doc, 2, "Koti");
    doc_paragraph(doc, "Teksti.");
    char *text = text_of(doc);
    pages_checked(text);
    assert_non_null(strstr(text, "Päätös\n══════\n\n1  Yksiköt\n──────────\n\nKoti\n----\n\n"
                                 "Teksti.\n"));
    free(text);
}

static void test_fields_stand_in_a_column(void **state)
{
    (void)state;
    struct doc *doc = doc_of_test();
    doc_field(doc, "Nimi", "Perhekoti", NULL);
    doc_field(doc, "Missä?", "Oulussa", "rekisteri");
    doc_field(doc, "Y-tunnus", "", NULL);
    char *text = text_of(doc);
    pages_checked(text);
    assert_non_null(strstr(text, "Nimi:      Perhekoti\nMissä?     Oulussa\n"
                                 "           (rekisteri)\nY-tunnus:  ____________________"));
    free(text);
}

static void test_long_labels_hang(void **state)
{
    (void)state;
    struct doc *doc = doc_of_test();
    doc_field(doc, "Lastensuojelulaitoksen ympärivuorokautisen hoidon vastuuhenkilö", "Aino",
              NULL);
    char *text = text_of(doc);
    pages_checked(text);
    assert_non_null(strstr(text, "Lastensuojelulaitoksen          Aino\n"
                                 "ympärivuorokautisen hoidon\nvastuuhenkilö:\n"));
    free(text);
}

static void test_a_value_to_copy_is_not_divided(void **state)
{
    (void)state;
    struct doc *doc = doc_of_test();
    const char *value = "Avohuollon tukitoimet sekä ympärivuorokautinen perhekuntoutus lapsille"
                        " 12 v.";
    doc_copy_field(doc, "Kuvaus", value, "lupa");
    doc_copy_field(doc, "Nimi", "Koti", NULL);
    char *text = text_of(doc);
    struct buf line = BUF_INIT;
    pages_checked(text);
    buf_addf(&line, "Kuvaus:\n%s\n(lupa)\n\nNimi:    Koti\n", value);
    assert_non_null(strstr(text, line.text));
    buf_free(&line);
    free(text);
}

static void test_addresses_are_not_divided(void **state)
{
    (void)state;
    struct doc *doc = doc_of_test();
    const char *address = "https://www.example.fi/sosiaalihuolto/palveluntuottajat/ohjeet";
    doc_field(doc, "Lyhyt", "Nimi", address);
    doc_field(doc, "Kysymys, jolla on pitkä selite", address, "2026");
    char *text = text_of(doc);
    struct buf line = BUF_INIT;
    pages_checked(text);
    buf_addf(&line, "Nimi\n  (%s)\n", address);
    assert_non_null(strstr(text, line.text));
    buf_clear(&line);
    buf_addf(&line, "selite:\n%s\n(2026)\n", address);
    assert_non_null(strstr(text, line.text));
    buf_free(&line);
    free(text);
}

static void test_lists_and_boxes_hang(void **state)
{
    (void)state;
    struct doc *doc = doc_of_test();
    doc_list_item(doc, "Tarkista palveluyksiköiden tiedot organisaatiorekisteristä ennen "
                       "hakemuksen lähettämistä.");
    doc_checkbox(doc, true, "Tehty");
    doc_checkbox(doc, false, "Kesken\nMitä tehdä: kysy.");
    char *text = text_of(doc);
    pages_checked(text);
    assert_non_null(strstr(text, "– Tarkista"));
    assert_non_null(strstr(text, "\n  lähettämistä.\n"));
    assert_non_null(strstr(text, "\n\n[x] Tehty\n[ ] Kesken\n    Mitä tehdä: kysy.\n"));
    free(text);
}

static void test_table_columns_are_measured(void **state)
{
    (void)state;
    const char *const headings[] = { "Yksikkö", "Paikka", "" };
    const char *const cells[] = { "Perhetukikeskus Pihlaja", "", "漢字" };
    struct doc *doc = doc_of_test();
    add_table(doc, headings, countof(headings), 1, cells);
    char *text = text_of(doc);
    pages_checked(text);
    assert_non_null(strstr(text, "Yksikkö                  Paikka\n"
                                 "─────────────────────────────────────\n"
                                 "Perhetukikeskus Pihlaja          漢字\n"));
    free(text);
}

static void test_table_cells_wrap_in_their_columns(void **state)
{
    (void)state;
    const char *const headings[] = { "Kysymys", "Vastaus" };
    const char *const cells[] = {
        "Lastensuojelun ympärivuorokautinen laitoshoito ja jälkihuolto nuorille",
        "Sosiaalihuollon asiakastietovarantoon liittyminen alkaa hakemuksesta, joka tehdään itse",
    };
    struct doc *doc = doc_of_test();
    add_table(doc, headings, countof(headings), 1, cells);
    char *text = text_of(doc);
    pages_checked(text);
    assert_non_null(strstr(text, "Lastensuojelun"));
    assert_non_null(strstr(text, "asiakastietovarantoon"));
    assert_int_equal(occurrences(text, "───"), 80 / 3);
    free(text);
}

static void test_words_wider_than_a_page(void **state)
{
    (void)state;
    char word[401];
    memset(word, 'x', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    const char *const headings[] = { "A", "B", "C" };
    const char *const cells[] = { word, word, "lyhyt" };
    struct doc *doc = doc_of_test();
    add_table(doc, headings, countof(headings), 2, cells);
    doc_paragraph(doc, word);
    doc_field(doc, word, word, word);
    doc_list_item(doc, word);
    doc_section(doc, 1, word);
    doc_signature(doc, word, word);
    char *text = text_of(doc);
    pages_checked(text);
    int x = 0;
    for (const char *at = text; *at != '\0'; at++)
        x += *at == 'x';
    assert_int_equal(x, 12 * 400);
    free(text);
}

static void test_tables_of_no_rows_and_many_columns(void **state)
{
    (void)state;
    const char *headings[40], *cells[40];
    for (size_t i = 0; i < countof(headings); i++) {
        headings[i] = "otsikko";
        cells[i] = "arvo";
    }
    struct doc *doc = doc_of_test();
    for (size_t columns = 1; columns <= countof(headings); columns++) {
        add_table(doc, headings, columns, 0, cells);
        add_table(doc, headings, columns, 2, cells);
    }
    char *text = text_of(doc);
    assert_true(pages_checked(text) > 10);
    free(text);
}

static void test_head_is_repeated_on_each_page(void **state)
{
    (void)state;
    const char *const headings[] = { "Numero", "Nimi" };
    struct doc *doc = doc_of_test();
    doc_table(doc, BLOCK_TABLE, NULL, headings, 2);
    for (int i = 1; i <= 5000; i++) {
        struct buf number = BUF_INIT;
        buf_addf(&number, "nro-%d", i);
        doc_cell(doc, number.text);
        doc_cell(doc, "Aino Malli");
        buf_free(&number);
    }
    char *text = text_of(doc);
    int pages = pages_checked(text);
    assert_int_equal(pages, (5000 + 55) / 56);
    assert_int_equal(occurrences(text, "\n\nNumero    Nimi\n────────────────────\n"), pages);
    assert_int_equal(occurrences(text, "nro-"), 5000);
    assert_non_null(strstr(text, "nro-5000  Aino Malli\n"));
    free(text);
}

static void test_no_heading_alone_at_the_bottom(void **state)
{
    (void)state;
    const char *const headings[] = { "Otsake" };
    const char *const cells[] = { "ensimmäinen rivi" };
    for (int lines = 40; lines <= 60; lines++) {
        struct doc *doc = doc_of_test();
        for (int i = 0; i < lines; i++)
            doc_list_item(doc, "rivi");
        doc_section(doc, 1, "Pääotsikko");
        doc_section(doc, 2, "Väliotsikko");
        add_table(doc, headings, 1, 1, cells);
        doc_signature(doc, "Johtaja", "Aino Malli");
        char *text = text_of(doc);
        int pages = pages_checked(text);
        const char *form_feed = strchr(text, '\f');
        assert_true(pages == 1 || form_feed != NULL);
        if (form_feed != NULL) {
            bool heading = strstr(text, "Pääotsikko") < form_feed;
            assert_int_equal(heading, strstr(text, "ensimmäinen rivi") < form_feed);
            assert_int_equal(strstr(text, "Johtaja") < form_feed,
                             strstr(text, "Date and place") < form_feed);
        }
        free(text);
    }
}

static void test_long_paragraph_runs_over_pages(void **state)
{
    (void)state;
    struct buf words = BUF_INIT;
    for (int i = 0; i < 3000; i++)
        buf_add(&words, "sana ");
    struct doc *doc = doc_of_test();
    doc_paragraph(doc, words.text);
    doc_field(doc, "Kuvaus", words.text, NULL);
    char *text = text_of(doc);
    assert_true(pages_checked(text) > 4);
    assert_int_equal(occurrences(text, "sana"), 6000);
    buf_free(&words);
    free(text);
}

static void test_signature(void **state)
{
    (void)state;
    struct doc *doc = doc_of_test();
    doc_signature(doc, "Nimenkirjoittaja", "Aino Malli");
    doc_signature(doc, "Toinen", "");
    char *text = text_of(doc);
    pages_checked(text);
    assert_non_null(strstr(text, "Nimenkirjoittaja\n\n\n______"));
    assert_non_null(strstr(text, "\nAino Malli                                Date and place\n"));
    assert_non_null(strstr(text, "\nName in block letters "));
    free(text);
}

static void test_harmful_text_is_made_harmless(void **state)
{
    (void)state;
    const char *harmful = "a\x1b[31mb\fc\xff" "d\u202ee\tf\r\ng";
    const char *const headings[] = { harmful };
    struct doc *doc = doc_of_test();
    doc_set_header(doc, harmful, "22.11.2026", harmful);
    doc_title(doc, harmful);
    doc_section(doc, 1, harmful);
    doc_paragraph(doc, harmful);
    doc_list_item(doc, harmful);
    doc_field(doc, harmful, harmful, harmful);
    doc_checkbox(doc, true, harmful);
    doc_signature(doc, harmful, harmful);
    add_table(doc, headings, 1, 1, headings);
    char *text = text_of(doc);
    assert_int_equal(pages_checked(text), 1);
    assert_null(strchr(text, '\x1b'));
    assert_null(strchr(text, '\f'));
    assert_null(strchr(text, '\t'));
    assert_null(strchr(text, '\r'));
    assert_null(strstr(text, "\u202e"));
    assert_int_equal(occurrences(text, "a\u00b7[31mb\u00b7c\u00b7d\u00b7e f"), 14);
    free(text);
}

static char *kept_as(const struct doc *doc)
{
    struct buf out = BUF_INIT;
    out_json(doc, &english, &out);
    return buf_detach(&out);
}

/* Every kind of block, with all that a writer may use of it. */
static struct doc *doc_of_all_kinds(void)
{
    const char *const headings[] = { "Yksi", "Kaksi" };
    const char *const cells[] = { "a", "" };
    struct doc *doc = doc_of_test();
    doc_set_marks(doc, "EI JULKINEN", "versio 2");
    doc_title(doc, "Otsikko");
    doc_block(doc, BLOCK_CONTENTS, NULL, NULL, NULL);
    doc_section(doc, 1, "1  Luku");
    doc_section(doc, 3, "Kohta");
    doc_paragraph(doc, "Teksti\nja toinen rivi.");
    doc_list_item(doc, "Kohta");
    doc_field(doc, "Nimi", "Arvo", "huomautus");
    doc_field(doc, "Tyhjä", "", NULL);
    doc_copy_field(doc, "Kopioitava", "Avohuollon tukitoimet sekä ympärivuorokautinen perhekuntoutus"
                                      " lapsille", NULL);
    doc_blank_field(doc, "Vapaasti", 3, "ohje");
    doc_question(doc, "Onko tehty?", "ohje");
    doc_checkbox(doc, true, "Tehty");
    doc_question(doc, "Onko kesken?", NULL);
    doc_checkbox(doc, false, "Kesken");
    add_table(doc, headings, 2, 2, cells);
    doc_table(doc, BLOCK_MATRIX, "Kuva", headings, 2);
    doc_cell(doc, "rivi");
    doc_shaded_cell(doc, "Vakava", SHADE_MOST);
    doc_table(doc, BLOCK_CHART, "Selite", headings, 2);
    doc_page_break(doc);
    doc_signature(doc, "Johtaja", "Aino Malli");
    return doc;
}

/* A version that is kept is kept as JSON: what is read back prints as what was written. */
static void test_a_document_comes_back_from_json(void **state)
{
    (void)state;
    struct doc *doc = doc_of_all_kinds();
    char *kept = kept_as(doc);
    struct doc *back = doc_read_json(kept);
    assert_non_null(back);
    char *again = kept_as(back);
    assert_string_equal(again, kept);
    char *text = text_of(doc), *text_again = text_of(back);
    assert_string_equal(text_again, text);
    assert_int_equal(pages_checked(text), 2);
    free(text);
    free(text_again);
    free(again);
    free(kept);
}

/* What is filled in by hand: boxes right below their question, and lines to write on. */
static void test_a_form_to_fill_in(void **state)
{
    (void)state;
    struct doc *doc = doc_of_test();
    doc_paragraph(doc, "Alku");
    doc_question(doc, "Onko tehty?", "ohje");
    doc_checkbox(doc, false, "kyllä");
    doc_checkbox(doc, false, "ei");
    doc_question(doc, "Onko kesken?", NULL);
    doc_checkbox(doc, false, "kyllä");
    doc_blank_field(doc, "Vapaasti", 2, NULL);
    char *text = text_of(doc);
    assert_non_null(strstr(text, "Alku\n\nOnko tehty?\n    (ohje)\n[ ] kyllä\n[ ] ei\n\n"
                                 "Onko kesken?\n[ ] kyllä\n\nVapaasti:  ____"));
    const char *lines = strstr(text, "Vapaasti");
    assert_non_null(strstr(lines, "_\n           ____"));
    free(text);
}

/* A word longer than a line is divided by the rules of its language; what is no word is cut, an
 * address after one of its marks. */
static void test_long_words(void **state)
{
    (void)state;
    struct doc *doc = doc_of_test();
    struct buf out = BUF_INIT;
    doc_paragraph(doc, "Lastensuojelulaitostenkin alku");
    doc_paragraph(doc, "https://esimerkki.example.fi/polku");
    doc_paragraph(doc, "aaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    doc_paragraph(doc, "Käyttöönottosuunnitelma-asiakirja");
    out_text_screen(doc, &english, 24, &out);
    assert_string_equal(out.text, "Lastensuojelu-\nlaitostenkin alku\n\n"
                                  "https://esimerkki.\nexample.fi/polku\n\n"
                                  "aaaaaaaaaaaaaaaaaaaaaaaa\naaaa\n\n"
                                  "Käyttöönottosuunnitelma-\nasiakirja\n");
    doc_free(doc);
    buf_free(&out);
}

static void test_what_is_no_document_is_not_read(void **state)
{
    (void)state;
    const char *const bad[] = {
        "", "{}", "[]", "{", "{\"document\":\"a\",\"title\":\"b\"}",
        "{\"document\":\"a\",\"title\":\"b\",\"lang\":\"de\",\"blocks\":[]}",
        "{\"document\":\"a\",\"title\":\"b\",\"lang\":\"fi\",\"blocks\":[{\"kind\":\"hologram\"}]}",
        "{\"document\":\"a\",\"title\":\"b\",\"lang\":\"fi\",\"blocks\":[{\"kind\":\"table\"}]}",
        "{\"document\":\"a\",\"title\":\"b\",\"lang\":\"fi\",\"blocks\":[7]}",
        "{\"document\":\"a\",\"title\":\"b\",\"lang\":\"fi\",\"blocks\":[{\"kind\":\"section\",\"level\":9}]}",
    };
    for (size_t i = 0; i < countof(bad); i++)
        assert_null(doc_read_json(bad[i]));
    struct doc *doc = doc_read_json(
        "{\"document\":\"a\",\"title\":\"b\",\"lang\":\"fi\",\"blocks\":["
        "{\"kind\":\"table\",\"columns\":[\"x\",\"y\"],\"rows\":[[],[\"1\",\"2\",\"3\"],7]}]}");
    assert_non_null(doc);
    assert_int_equal(doc->blocks[0].rows, 4);
    assert_string_equal(doc->blocks[0].cells[5], "2");
    doc_free(doc);
    doc = doc_read_json(
        "{\"document\":\"a\",\"title\":\"b\",\"lang\":\"fi\",\"blocks\":[{\"kind\":\"matrix\","
        "\"columns\":[\"x\",\"y\",\"z\"],\"rows\":[[\"a\",\"b\",\"c\"],[\"d\",\"e\",\"f\"]],"
        "\"shades\":[[0,3,99],[-1,\"4\"]]}]}");
    assert_non_null(doc);
    for (size_t i = 0; i < 9; i++)
        assert_int_equal(doc_shade(&doc->blocks[0], i), i == 4 ? 3 : 0);
    doc_free(doc);
}

static void test_the_version_stands_on_every_page(void **state)
{
    (void)state;
    struct doc *doc = doc_of_test();
    doc_set_marks(doc, "EI JULKINEN", "versio 2");
    doc_paragraph(doc, "Yksi");
    doc_page_break(doc);
    doc_paragraph(doc, "Kaksi");
    char *text = text_of(doc);
    assert_int_equal(pages_checked(text), 2);
    assert_int_equal(occurrences(text, "\nEI JULKINEN   "), 2);
    assert_int_equal(occurrences(text, "   versio 2\n\n"), 2);
    free(text);
}

static void test_contents_tell_pages(void **state)
{
    (void)state;
    struct doc *doc = doc_of_test();
    doc_block(doc, BLOCK_CONTENTS, NULL, NULL, NULL);
    doc_section(doc, 1, "1  Alku");
    doc_section(doc, 3, "Ei luettelossa");
    for (int i = 0; i < 130; i++)
        doc_list_item(doc, "rivi");
    doc_section(doc, 1, "2  Loppu");
    doc_paragraph(doc, "Teksti.");
    doc_section(doc, 1, "Liite 3  Luvun nimi, joka on niin pitkä, että se ei mahdu yhdelle "
                        "riville sisällystä");
    doc_paragraph(doc, "Teksti.");
    char *text = text_of(doc);
    assert_int_equal(pages_checked(text), 3);
    assert_non_null(strstr(text, "\n\n1  Alku ...................................................."
                                 ".................. 1\n2  Loppu ....."));
    assert_non_null(strstr(text, ". 3\n\n\n1  Alku\n───────\n"));
    assert_non_null(strstr(text, "\nLiite 3  Luvun nimi, joka on niin pitkä, että se ei mahdu "
                                 "yhdelle riville\n         sisällystä ..."));
    assert_int_equal(occurrences(text, "Ei luettelossa"), 1);
    free(text);
}

/* All strings of the value, each followed by a newline. */
static void gather(const json_t *value, struct buf *out)
{
    const char *key;
    size_t i;
    json_t *part;
    if (json_is_string(value))
        buf_addf(out, "%s\n", json_string_value(value));
    json_array_foreach((json_t *)(uintptr_t)value, i, part)
        gather(part, out);
    json_object_foreach((json_t *)(uintptr_t)value, key, part)
        gather(part, out);
}

static json_t *json_of(struct doc *doc)
{
    struct buf out = BUF_INIT;
    out_json(doc, &english, &out);
    doc_free(doc);
    json_t *root = json_loads(out.text, 0, NULL);
    assert_non_null(root);
    buf_free(&out);
    return root;
}

static void test_json_holds_everything(void **state)
{
    (void)state;
    static const char *const headings[] = { "h1", "h2" };
    static const char *const all[] = {
        "plan", "Suunnitelma", "fi", "Perhekoti Esimerkki Oy", "22.11.2026", "title", "t1",
        "section", "s1", "paragraph", "p1", "list-item", "i1", "field", "l1", "v1", "n1",
        "checkbox", "c1", "table", "caption", "h1", "h2", "x", "\u201dy\u201d \\ \"", "signature",
        "who", "name", "page-break",
    };
    struct doc *doc = doc_of_test();
    doc_title(doc, "t1");
    doc_section(doc, 2, "s1");
    doc_paragraph(doc, "p1");
    doc_list_item(doc, "i1");
    doc_field(doc, "l1", "v1", "n1");
    doc_checkbox(doc, true, "c1");
    doc_table(doc, BLOCK_TABLE, "caption", headings, 2);
    doc_cell(doc, "x");
    doc_cell(doc, "\u201dy\u201d \\ \"");
    doc_signature(doc, "who", "name");
    doc_page_break(doc);
    json_t *root = json_of(doc);
    struct buf found = BUF_INIT;
    gather(root, &found);
    for (size_t i = 0; i < countof(all); i++) {
        struct buf line = BUF_INIT;
        buf_addf(&line, "%s\n", all[i]);
        assert_non_null(strstr(found.text, line.text));
        buf_free(&line);
    }
    buf_free(&found);
    json_decref(root);
}

static void test_json_of_bad_bytes_and_short_rows(void **state)
{
    (void)state;
    static const char *const headings[] = { "h1", "h2", "h3" };
    struct doc *doc = doc_of_test();
    doc_table(doc, BLOCK_MATRIX, NULL, headings, 3);
    doc_cell(doc, "\xc3\x28");
    json_t *root = json_of(doc);
    const json_t *block = json_array_get(json_object_get(root, "blocks"), 0);
    const json_t *row = json_array_get(json_object_get(block, "rows"), 0);
    assert_int_equal(json_array_size(row), 3);
    assert_string_equal(json_string_value(json_array_get(row, 0)), "\u00b7(");
    assert_string_equal(json_string_value(json_array_get(row, 2)), "");
    assert_null(json_object_get(block, "text"));
    json_decref(root);
}

/* A spreadsheet runs what begins like a formula, and takes a quotation mark or a
 * semicolon apart. */
static void test_csv_is_safe(void **state)
{
    (void)state;
    static const char *const headings[] = { "h1", "h2" };
    static const char *const cells[] = {
        "=1+1", "+358 40", "-5", "@SUM(A1)", "\t=1", " =1", "a;b", "say \"x\"", "two\nlines",
        "plain ä", "|cmd", "5-3",
    };
    struct doc *doc = doc_of_test();
    struct buf out = BUF_INIT;
    doc_paragraph(doc, "no table");
    doc_table(doc, BLOCK_TABLE, "caption", headings, 2);
    for (size_t i = 0; i < countof(cells); i++)
        doc_cell(doc, cells[i]);
    doc_table(doc, BLOCK_MATRIX, NULL, headings, 2);
    doc_cell(doc, "m");
    out_csv(doc, &english, &out);
    assert_string_equal(out.text,
                        "\xef\xbb\xbfh1;h2\r\n'=1+1;'+358 40\r\n'-5;'@SUM(A1)\r\n"
                        "\"' =1\";\"' =1\"\r\n\"a;b\";\"say \"\"x\"\"\"\r\n\"two\nlines\";plain ä\r\n"
                        "'|cmd;5-3\r\n\r\nh1;h2\r\nm;\r\n");
    buf_free(&out);
    doc_free(doc);
}

/* Whoever reads it knows what each table is of, and boxes are there. */
static void test_csv_tells_headings_and_boxes(void **state)
{
    (void)state;
    static const char *const headings[] = { "h1", "h2" };
    struct doc *doc = doc_of_test();
    struct buf out = BUF_INIT;
    doc_section(doc, 1, "Rights");
    doc_section(doc, 2, "=Aino");
    doc_table(doc, BLOCK_TABLE, "Rooms", headings, 2);
    doc_section(doc, 1, "Leavers");
    doc_section(doc, 2, "Bo");
    doc_field(doc, "Last day", "1.2.2027", NULL);
    doc_checkbox(doc, false, "Account; closed");
    doc_section(doc, 2, "Cia");
    doc_field(doc, "Phone", "1", NULL);
    doc_paragraph(doc, "Said.");
    doc_checkbox(doc, true, "Card");
    out_csv(doc, &english, &out);
    assert_string_equal(out.text, "\xef\xbb\xbfRights;'=Aino;Rooms\r\nh1;h2\r\n\r\n"
                                  "Leavers\r\nHeading;Point;Ticked\r\n"
                                  "Bo;Last day: 1.2.2027;\r\nBo;\"Account; closed\";\r\n"
                                  "Cia;Card;x\r\n");
    buf_free(&out);
    doc_free(doc);
}

static void test_cut_takes_blocks_back(void **state)
{
    (void)state;
    static const char *const headings[] = { "h1" };
    struct doc *doc = doc_of_test();
    doc_paragraph(doc, "jää");
    doc_section(doc, 1, "lähtee");
    add_table(doc, headings, 1, 3, headings);
    doc_cut(doc, 1);
    assert_int_equal(doc->count, 1);
    doc_cut(doc, 5);
    assert_int_equal(doc->count, 1);
    char *text = text_of(doc);
    assert_non_null(strstr(text, "jää"));
    assert_null(strstr(text, "lähtee"));
    free(text);
}

/* On the screen there are no pages, and no line is wider than it. */
static void test_screen_of_any_width(void **state)
{
    static const char *const headings[] = { "Nimi", "Tehtävänimike", "Puhelin", "Huomautuksia" };
    static const char *const cells[] = { "Aino Malli", "vastaava johtaja", "040 000 0100",
                                         "Lastensuojelulaitoksen vastuuhenkilö, sijainen" };
    (void)state;
    for (int cols = 10; cols <= 120; cols += 11) {
        struct doc *doc = doc_of_test();
        struct buf out = BUF_INIT;
        int lines = 0;
        doc_title(doc, "Suunnitelma");
        doc_section(doc, 1, "1  Perustiedot");
        doc_field(doc, "Käyttöönottokokeen suorittaja", "Aino Malli", "tarkistettu");
        doc_field(doc, "Päivä", "", NULL);
        doc_paragraph(doc, "Suunnitelma osoittaa, miten palveluntuottaja täyttää velvollisuutensa.");
        doc_checkbox(doc, true, "Tehty, ja muistettu merkitä");
        add_table(doc, headings, countof(headings), 3, cells);
        for (int i = 0; i < 80; i++)
            doc_list_item(doc, "kohta");
        doc_page_break(doc);
        doc_signature(doc, "Perhekoti Esimerkki Oy", "Aino Malli");
        out_text_screen(doc, &english, cols, &out);
        for (const char *at = out.text; *at != '\0'; lines++) {
            size_t length = strcspn(at, "\n");
            assert_true(utf8_width_n(at, length) <= (cols < 24 ? 24 : cols));
            at += length + 1;
        }
        assert_true(lines > 100);
        assert_null(strchr(out.text, '\f'));
        assert_null(strstr(out.text, "page 1"));
        assert_int_equal(occurrences(out.text, "kohta"), 80);
        doc_free(doc);
        buf_free(&out);
    }
}

static void test_writers_are_found(void **state)
{
    (void)state;
    assert_ptr_equal(writer_find("text")->write, out_text);
    assert_string_equal(writer_find("json")->suffix, ".json");
    assert_null(writer_find("docx"));
    assert_null(writer_find(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty_document),
        cmocka_unit_test(test_notice_stands_on_every_page),
        cmocka_unit_test(test_headings_are_underlined),
        cmocka_unit_test(test_fields_stand_in_a_column),
        cmocka_unit_test(test_long_labels_hang),
        cmocka_unit_test(test_a_value_to_copy_is_not_divided),
        cmocka_unit_test(test_addresses_are_not_divided),
        cmocka_unit_test(test_lists_and_boxes_hang),
        cmocka_unit_test(test_table_columns_are_measured),
        cmocka_unit_test(test_table_cells_wrap_in_their_columns),
        cmocka_unit_test(test_words_wider_than_a_page),
        cmocka_unit_test(test_tables_of_no_rows_and_many_columns),
        cmocka_unit_test(test_head_is_repeated_on_each_page),
        cmocka_unit_test(test_no_heading_alone_at_the_bottom),
        cmocka_unit_test(test_long_paragraph_runs_over_pages),
        cmocka_unit_test(test_signature),
        cmocka_unit_test(test_harmful_text_is_made_harmless),
        cmocka_unit_test(test_a_document_comes_back_from_json),
        cmocka_unit_test(test_a_form_to_fill_in),
        cmocka_unit_test(test_long_words),
        cmocka_unit_test(test_what_is_no_document_is_not_read),
        cmocka_unit_test(test_the_version_stands_on_every_page),
        cmocka_unit_test(test_contents_tell_pages),
        cmocka_unit_test(test_json_holds_everything),
        cmocka_unit_test(test_json_of_bad_bytes_and_short_rows),
        cmocka_unit_test(test_csv_is_safe),
        cmocka_unit_test(test_csv_tells_headings_and_boxes),
        cmocka_unit_test(test_cut_takes_blocks_back),
        cmocka_unit_test(test_screen_of_any_width),
        cmocka_unit_test(test_writers_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
