/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Any bytes as a document: the first byte of each line says what block the rest is. Every writer
 * takes it; the text for the screen stays within its columns, the drafts within theirs.
 */
#include "fuzz_help.h"

#include "base/err.h"
#include "base/tr.h"
#include "out/doc.h"
#include "out/writers.h"

enum { COLS = 40, COLUMNS_MOST = 40, CELLS_MOST = 80, SIZE_MOST = 1000 };

static const struct tr english = { .lang = LANG_EN };

static void add_table(struct doc *doc, enum block_kind kind, const char *text, size_t length)
{
    const char *headings[COLUMNS_MOST];
    size_t columns = length % COLUMNS_MOST + 1;

    for (size_t i = 0; i < columns; i++)
        headings[i] = i % 2 ? text : "";
    doc_table(doc, kind, length % 3 ? text : NULL, headings, columns);
    for (size_t i = 0; i < length && i < CELLS_MOST; i++)
        doc_shaded_cell(doc, text + i, kind == BLOCK_MATRIX ? (int)(i % (SHADE_MOST + 1)) : 0);
}

static void add_block(struct doc *doc, int kind, const char *text, size_t length)
{
    switch (kind % 12) {
    case 0: doc_title(doc, text); break;
    case 1: doc_section(doc, kind % 5, text); break;
    case 2: doc_paragraph(doc, text); break;
    case 3: doc_list_item(doc, text); break;
    case 4: doc_field(doc, text, length % 2 ? text : "", length % 3 ? text : NULL); break;
    case 5: doc_checkbox(doc, length % 2, text); break;
    case 6: add_table(doc, BLOCK_TABLE, text, length); break;
    case 7: add_table(doc, BLOCK_MATRIX, text, length); break;
    case 10: doc_question(doc, text, length % 2 ? text : NULL); break;
    case 11: doc_blank_field(doc, text, (int)(length % FIELD_LINES_MOST), text); break;
    case 8: doc_signature(doc, text, length % 2 ? text : ""); break;
    default: doc_page_break(doc); break;
    }
}

static struct doc *read_doc(const char *bytes, size_t size)
{
    struct doc *doc = doc_new("fuzz", (enum lang)(size % LANG_COUNT), "Fuzz");

    for (size_t at = 0; at < size;) {
        const char *end = memchr(bytes + at, '\n', size - at);
        size_t length = end ? (size_t)(end - bytes) - at : size - at;
        struct buf text = BUF_INIT;
        if (length > 1)
            utf8_clean(&text, bytes + at + 1, length - 1, 0);
        add_block(doc, length ? (unsigned char)bytes[at] : 9, text.text, text.length);
        buf_free(&text);
        at += length + 1;
    }
    return doc;
}

static void check_screen(const struct doc *doc)
{
    struct buf out = BUF_INIT;

    out_text_screen(doc, &english, COLS, &out);
    for (const char *at = out.text; *at;) {
        size_t length = strcspn(at, "\n");
        need_that(utf8_width_n(at, length) <= COLS, "a line is wider than the screen");
        at += length + (at[length] != 0);
    }
    buf_free(&out);
}

static void check_writer(const struct doc *doc, const char *format, const char *begin)
{
    struct buf out = BUF_INIT;
    struct err err = { 0 };

    if (writer_write(writer_find(format), doc, &english, &out, &err) == 0)
        need_that(strncmp(out.text, begin, strlen(begin)) == 0, format);
    buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > SIZE_MOST)
        return 0;
    struct doc *doc = read_doc((const char *)data, size);

    check_screen(doc);
    check_writer(doc, "pdf", "%PDF-1.7");
    check_writer(doc, "odt", "PK");
    check_writer(doc, "eml", "X-Unsent: 1");
    check_writer(doc, "json", "{");
    doc_free(doc);
    return 0;
}
