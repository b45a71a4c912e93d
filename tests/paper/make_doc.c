/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * For tests: a document given as JSON on standard input, in the shape that the JSON writer has, to
 * standard output in the format named. "pdf-a1" is the older kind of PDF.
 */
#include <jansson.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/lang.h"
#include "base/mem.h"
#include "base/tr.h"
#include "out/doc.h"
#include "out/writers.h"

static const char *text_in(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static void read_cells(struct doc *doc, enum block_kind kind, const json_t *object)
{
    const json_t *headings = json_object_get(object, "columns"), *row, *cell;
    const char **names = xcalloc(json_array_size(headings) + 1, sizeof *names);
    size_t i, k;
    json_array_foreach(headings, i, cell)
        names[i] = json_string_value(cell);
    doc_table(doc, kind, text_in(object, "text"), names, json_array_size(headings));
    const json_t *shades = json_object_get(object, "shades");
    json_array_foreach(json_object_get(object, "rows"), i, row)
        json_array_foreach(row, k, cell)
            doc_shaded_cell(doc, json_string_value(cell), (int)json_integer_value(
                                json_array_get(json_array_get(shades, i), k)));
    free(names);
}

static void read_item(struct doc *doc, const char *text, const char *label)
{
    doc_list_item(doc, text);
    if (label != NULL)
        doc->blocks[doc->count - 1].label = xstrdup(label);
}

/* Bars of days, one below the other. */
static void read_gantt(struct doc *doc, const json_t *object)
{
    const json_t *json;
    size_t i;
    doc_gantt(doc, text_in(object, "text"), date_make(2026, 11, 22), DATE_NONE);
    json_array_foreach(json_object_get(object, "bars"), i, json)
        doc_bar(doc, &(struct bar){
            .id = (char *)(uintptr_t)"bar", .label = (char *)(uintptr_t)text_in(json, "label"),
            .first = date_parse_iso(text_in(json, "first")),
            .last = date_parse_iso(text_in(json, "last")), .by = DATE_NONE, .warn = -1
        });
}

static void read_block(struct doc *doc, const json_t *object)
{
    const char *kind = text_in(object, "kind"), *text = text_in(object, "text");
    const char *label = text_in(object, "label");
    bool on = json_is_true(json_object_get(object, "on"));
    if (strcmp(kind, "title") == 0)
        doc_title(doc, text);
    else if (strcmp(kind, "section") == 0)
        doc_section(doc, (int)json_integer_value(json_object_get(object, "level")), text);
    else if (strcmp(kind, "paragraph") == 0)
        doc_paragraph(doc, text);
    else if (strcmp(kind, "list-item") == 0)
        read_item(doc, text, label);
    else if (strcmp(kind, "field") == 0)
        doc_field(doc, label, text, text_in(object, "note"));
    else if (strcmp(kind, "copy-field") == 0)
        doc_copy_field(doc, label, text, text_in(object, "note"));
    else if (strcmp(kind, "question") == 0)
        doc_question(doc, label, text_in(object, "note"));
    else if (strcmp(kind, "checkbox") == 0)
        doc_checkbox(doc, on, text);
    else if (strcmp(kind, "signature") == 0)
        doc_signature(doc, label, text);
    else if (strcmp(kind, "gantt") == 0)
        read_gantt(doc, object);
    else if (strcmp(kind, "page-break") == 0)
        doc_page_break(doc);
    else
        read_cells(doc, strcmp(kind, "matrix") == 0 ? BLOCK_MATRIX : BLOCK_TABLE, object);
}

static struct doc *read_doc(const json_t *root)
{
    enum lang lang = LANG_FI;
    const json_t *object;
    size_t i;
    lang_parse(text_in(root, "lang"), &lang);
    struct doc *doc = doc_new(text_in(root, "document"), lang, text_in(root, "title"));
    doc_set_header(doc, text_in(root, "provider"), text_in(root, "date"),
                   text_in(root, "notice"));
    doc_set_number(doc, text_in(root, "number"));
    json_array_foreach(json_object_get(root, "blocks"), i, object)
        read_block(doc, object);
    return doc;
}

int main(int argc, char **argv)
{
    static const struct tr english = { .lang = LANG_EN };
    struct err err = { .tr = &english };
    struct buf out = BUF_INIT;
    json_t *root = json_loadf(stdin, 0, NULL);
    if (argc != 2 || root == NULL) {
        fprintf(stderr, "usage: make_doc FORMAT < document.json\n");
        return 2;
    }
    struct doc *doc = read_doc(root);
    int code = strcmp(argv[1], "pdf-a1") == 0
                   ? out_pdf_old(doc, &english, &out, &err)
                   : writer_write(writer_find(argv[1]), doc, &english, &out, &err);
    if (code != 0)
        fprintf(stderr, "make_doc: %s\n", err.msg);
    else
        fwrite(out.text, 1, out.length, stdout);
    doc_free(doc);
    json_decref(root);
    buf_free(&out);
    return err_status((enum err_code)code);
}
