/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * content.xml of an ODT: each block as the element that an office program has for it, so that the
 * text can be edited: headings in the outline, lists, tables with headings that repeat, a table of
 * contents that the program can update.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "out/doc.h"
#include "out/odt.h"

enum { WIDE_COLUMNS = 9, CONTENTS_SECTIONS = 4 };

struct odt {
    const struct doc *doc;
    const struct tr *tr;
    const struct block *block;
    struct buf *out, *styles; /* text, and the styles that its tables need */
    int tables;
    bool wide;                /* the page is a landscape one */
    bool page_break;          /* the next block begins a page */
    bool contents;            /* the table of contents is written */
};

static bool is_empty(const char *text)
{
    return text == NULL || *text == '\0';
}

/* The style for a block: one of its own when the block begins a page or ends a landscape one. */
static void add_style(struct odt *odt, const char *of, const char *style)
{
    const char *turn = odt->wide ? "_Up" : odt->page_break ? "_New" : "";
    buf_addf(odt->out, " %s:style-name=\"%s%s\"", of, style, turn);
    odt->wide = odt->page_break = false;
}

static void add_paragraph(struct odt *odt, const char *style, const char *text)
{
    buf_add(odt->out, "<text:p");
    add_style(odt, "text", style);
    buf_add_char(odt->out, '>');
    odt_add_linked(odt->out, text);
    buf_add(odt->out, "</text:p>\n");
}

/* ---- table of contents ---- */

static size_t section_count(const struct doc *doc)
{
    size_t count = 0;
    for (size_t i = 0; i < doc->count; i++)
        count += doc->blocks[i].kind == BLOCK_SECTION && doc->blocks[i].level == 1;
    return count;
}

static void add_levels(struct buf *out)
{
    for (int level = 1; level <= 2; level++)
        buf_addf(out, "<text:table-of-content-entry-template text:outline-level=\"%d\""
                 " text:style-name=\"Contents_20_%d\"><text:index-entry-link-start/>"
                 "<text:index-entry-text/><text:index-entry-tab-stop style:type=\"right\""
                 " style:leader-char=\".\"/><text:index-entry-page-number/>"
                 "<text:index-entry-link-end/></text:table-of-content-entry-template>", level,
                 level);
}

/* Pages are not known here: the entries lead to the headings, and updating adds the numbers. */
static void add_contents(struct odt *odt)
{
    const char *title = tr_text(odt->tr, "Contents");
    odt->contents = true;
    if (section_count(odt->doc) < CONTENTS_SECTIONS)
        return;
    buf_add(odt->out, "<text:table-of-content text:name=\"Contents\" text:protected=\"false\">"
            "<text:table-of-content-source text:outline-level=\"2\">"
            "<text:index-title-template text:style-name=\"Contents_20_Heading\">");
    odt_add_text(odt->out, title);
    buf_add(odt->out, "</text:index-title-template>");
    add_levels(odt->out);
    buf_add(odt->out, "</text:table-of-content-source><text:index-body>"
            "<text:index-title text:name=\"Contents_Head\">"
            "<text:p text:style-name=\"Contents_20_Heading\">");
    odt_add_text(odt->out, title);
    buf_add(odt->out, "</text:p></text:index-title>\n");
    for (size_t i = 0; i < odt->doc->count; i++) {
        const struct block *block = &odt->doc->blocks[i];
        if (block->kind != BLOCK_SECTION || block->level > 2 || doc_heads_contents(odt->doc, i))
            continue;
        buf_addf(odt->out, "<text:p text:style-name=\"Contents_20_%d\">"
                 "<text:a xlink:type=\"simple\" xlink:href=\"#h%zu\">", block->level, i);
        odt_add_text(odt->out, block->text);
        buf_add(odt->out, "</text:a></text:p>\n");
    }
    buf_add(odt->out, "</text:index-body></text:table-of-content>\n");
    odt->page_break = true;
}

/* ---- blocks ---- */

static void put_title(struct odt *odt)
{
    add_paragraph(odt, "Title", odt->block->text);
}

static void put_section(struct odt *odt)
{
    char style[16] = "Heading_20_1";
    int level = odt->block->level < 1 ? 1 : odt->block->level > 3 ? 3 : odt->block->level;
    size_t index = (size_t)(odt->block - odt->doc->blocks);
    if (!odt->contents)
        add_contents(odt);
    style[strlen(style) - 1] = (char)('0' + level);
    buf_addf(odt->out, "<text:h text:outline-level=\"%d\"", level);
    add_style(odt, "text", style);
    buf_addf(odt->out, "><text:bookmark text:name=\"h%zu\"/>", index);
    odt_add_linked(odt->out, odt->block->text);
    buf_add(odt->out, "</text:h>\n");
}

static void put_paragraph(struct odt *odt)
{
    add_paragraph(odt, "Text_20_body", odt->block->text);
}

/* The block begins, or ends, a run of blocks of its kind. */
static bool begins_run(const struct odt *odt)
{
    return odt->block == odt->doc->blocks || odt->block[-1].kind != odt->block->kind
           || odt->block[-1].label != NULL;
}

static bool ends_run(const struct odt *odt)
{
    const struct block *end = odt->doc->blocks + odt->doc->count;
    return odt->block + 1 == end || odt->block[1].kind != odt->block->kind
           || odt->block[1].label != NULL;
}

/* An item that brings its number along. */
static void put_numbered(struct odt *odt)
{
    buf_add(odt->out, "<text:p");
    add_style(odt, "text", "Numbered");
    buf_add_char(odt->out, '>');
    odt_add_text(odt->out, odt->block->label);
    buf_add(odt->out, "<text:tab/>");
    odt_add_linked(odt->out, odt->block->text);
    buf_add(odt->out, "</text:p>\n");
}

static void put_item(struct odt *odt)
{
    const char *mark = odt->block->on ? "Ticked" : "Box";
    if (odt->block->kind == BLOCK_LIST_ITEM && odt->block->label != NULL) {
        put_numbered(odt);
        return;
    }
    if (odt->block->kind == BLOCK_LIST_ITEM)
        mark = "Dots";
    if (begins_run(odt) || odt->block->on != odt->block[-1].on)
        buf_addf(odt->out, "<text:list text:style-name=\"%s\">", mark);
    buf_add(odt->out, "<text:list-item>");
    add_paragraph(odt, "Item", odt->block->text);
    buf_add(odt->out, "</text:list-item>");
    if (ends_run(odt) || odt->block->on != odt->block[1].on)
        buf_add(odt->out, "</text:list>\n");
}

/* Label and value side by side: rows of a table without lines. */
static bool is_beside(const struct block *block)
{
    return block->kind == BLOCK_FIELD && !block->on;
}

static void table_begin(struct odt *odt, const char *style)
{
    buf_addf(odt->out, "<table:table table:name=\"T%d\"", ++odt->tables);
    add_style(odt, "table", style);
    buf_add_char(odt->out, '>');
}

static void add_value(struct odt *odt, const char *text, const char *style)
{
    buf_addf(odt->out, "<text:p text:style-name=\"%s\">", style);
    odt_add_linked(odt->out, text);
    buf_add(odt->out, "</text:p>");
}

static void put_field_beside(struct odt *odt)
{
    const struct block *block = odt->block, *end = odt->doc->blocks + odt->doc->count;
    bool empty = is_empty(block->text);
    if (block == odt->doc->blocks || !is_beside(block - 1)) {
        table_begin(odt, "Fields");
        buf_add(odt->out, "<table:table-column table:style-name=\"Labels\"/>"
                "<table:table-column table:style-name=\"Values\"/>\n");
    }
    buf_add(odt->out, "<table:table-row table:style-name=\"Row\"><table:table-cell"
            " office:value-type=\"string\" table:style-name=\"Field\">");
    add_value(odt, block->label, "Field_20_Label");
    buf_add(odt->out, "</table:table-cell><table:table-cell office:value-type=\"string\""
            " table:style-name=\"Field\">");
    for (int i = 0; i == 0 || i < block->level; i++)
        add_value(odt, block->text, empty ? "Field_20_Line" : "Standard");
    if (!is_empty(block->note))
        add_value(odt, block->note, "Field_20_Note");
    buf_add(odt->out, "</table:table-cell></table:table-row>\n");
    if (block + 1 == end || !is_beside(block + 1))
        buf_add(odt->out, "</table:table>\n");
}

static void put_field(struct odt *odt)
{
    if (is_beside(odt->block)) {
        put_field_beside(odt);
        return;
    }
    add_paragraph(odt, "Field_20_Question", odt->block->label);
    add_paragraph(odt, "Text_20_body", odt->block->text);
    if (!is_empty(odt->block->note))
        add_paragraph(odt, "Text_20_body", odt->block->note);
}

static void put_question(struct odt *odt)
{
    add_paragraph(odt, "Question", odt->block->label);
    if (!is_empty(odt->block->note))
        add_paragraph(odt, "Question_20_Note", odt->block->note);
}

/* ---- tables ---- */

/* Widths in tenths of a millimetre: each column its widest word, the rest by what it would like. */
static void columns_share(const struct block *block, int room, int *widths)
{
    enum { LETTER = 19, PADDING = 30, WORD_MOST = 18, CELL_MOST = 60 };
    int *wishes = xcalloc(block->columns, sizeof *wishes);
    long used = 0, wished = 1;
    for (size_t i = 0; i < block->rows * block->columns; i++) {
        int word = utf8_widest_part(block->cells[i], " -\n");
        int cell = utf8_widest_part(block->cells[i], "\n");
        int width = (word < WORD_MOST ? word : WORD_MOST) * LETTER + PADDING;
        int wish = (cell < CELL_MOST ? cell : CELL_MOST) * LETTER + PADDING;
        size_t c = i % block->columns;
        widths[c] = width > widths[c] ? width : widths[c];
        wishes[c] = wish > wishes[c] ? wish : wishes[c];
    }
    for (size_t c = 0; c < block->columns; c++) {
        used += widths[c];
        wished += wishes[c];
    }
    for (size_t c = 0; c < block->columns; c++) {
        if (used > room)
            widths[c] = (int)((long)widths[c] * room / used);
        else
            widths[c] += (int)((room - used) * wishes[c] / wished);
    }
    free(wishes);
}

static void add_columns(struct odt *odt, int room)
{
    const struct block *block = odt->block;
    int *widths = xcalloc(block->columns, sizeof *widths);
    columns_share(block, room, widths);
    for (size_t c = 0; c < block->columns; c++) {
        buf_addf(odt->styles, "<style:style style:name=\"T%d.%zu\" style:family=\"table-column\">"
                 "<style:table-column-properties style:column-width=\"%d.%dmm\"/></style:style>\n",
                 odt->tables, c, widths[c] / 10, widths[c] % 10);
        buf_addf(odt->out, "<table:table-column table:style-name=\"T%d.%zu\"/>", odt->tables, c);
    }
    free(widths);
}

static void add_row(struct odt *odt, size_t row)
{
    const struct block *block = odt->block;
    buf_addf(odt->out, "<table:table-row table:style-name=\"%s\">",
             block->on && row > 0 ? "RowWrite" : "Row");
    for (size_t i = 0; i < block->columns; i++) {
        bool head = row == 0 || (block->kind == BLOCK_MATRIX && i == 0);
        int shade = doc_shade(block, row * block->columns + i);
        buf_add(odt->out, "<table:table-cell office:value-type=\"string\" table:style-name=\"");
        if (shade > 0)
            buf_addf(odt->out, "Shade%d\">", shade);
        else
            buf_add(odt->out, row == 0 ? "Head\">" : "Cell\">");
        buf_addf(odt->out, "<text:p text:style-name=\"%s\">",
                 head ? "Table_20_Heading" : "Table_20_Contents");
        odt_add_divided(odt->out, odt->doc->lang, block->cells[row * block->columns + i]);
        buf_add(odt->out, "</text:p></table:table-cell>");
    }
    buf_add(odt->out, "</table:table-row>\n");
}

/* A wide table begins a landscape page, unless it is on one. */
static void put_table(struct odt *odt)
{
    enum { NARROW = 1750, WIDE = 2620 };
    const struct block *block = odt->block;
    bool wide = block->columns >= WIDE_COLUMNS, turn = wide && !odt->wide;
    if (wide)
        odt->wide = odt->page_break = false;
    if (!is_empty(block->text)) {
        add_paragraph(odt, turn ? "CaptionWide" : "Caption", block->text);
        turn = false;
    }
    table_begin(odt, turn ? "TableTurn" : wide ? "TableWide" : "Table");
    add_columns(odt, wide ? WIDE : NARROW);
    buf_add(odt->out, "\n<table:table-header-rows>");
    add_row(odt, 0);
    buf_add(odt->out, "</table:table-header-rows>\n");
    for (size_t row = 1; row < block->rows; row++)
        add_row(odt, row);
    buf_add(odt->out, "</table:table>\n");
    odt->wide = wide;
}

/* What the chart says, and its days as a table. */
static void put_gantt(struct odt *odt)
{
    const struct gantt *gantt = odt->block->gantt;
    const char *const headings[] = {
        tr_text(odt->tr, "Activity"), tr_text(odt->tr, "Begins"), tr_text(odt->tr, "Ready"),
        tr_text(odt->tr, "last safe day"),
    };
    struct doc *table = doc_new("", odt->doc->lang, "");
    const struct block *own = odt->block;
    if (!is_empty(own->text))
        add_paragraph(odt, "Text_20_body", own->text);
    doc_table(table, BLOCK_TABLE, NULL, headings, countof(headings));
    for (size_t i = 0; i < gantt->count; i++) {
        const struct bar *bar = &gantt->bars[i];
        const int days[] = { bar->first, bar->last, bar->done ? DATE_NONE : bar->by };
        if (bar->hidden)
            continue;
        doc_cell(table, bar->label);
        for (size_t k = 0; k < countof(days); k++) {
            char day[32] = "";
            if (bar->id != NULL && days[k] != DATE_NONE)
                date_text(days[k], odt->doc->lang, day, sizeof day);
            doc_cell(table, day);
        }
    }
    odt->block = &table->blocks[0];
    if (odt->block->rows > 1)
        put_table(odt);
    odt->block = own;
    doc_free(table);
}

static void put_signature(struct odt *odt)
{
    const char *name = odt->block->text;
    if (!is_empty(odt->block->label))
        add_paragraph(odt, "Field_20_Question", odt->block->label);
    table_begin(odt, "Table");
    buf_add(odt->out, "<table:table-column table:number-columns-repeated=\"2\"/>"
            "<table:table-row table:style-name=\"Row\">");
    const char *const words[] = {
        is_empty(name) ? tr_text(odt->tr, "Name in block letters") : name,
        tr_text(odt->tr, "Date and place"),
    };
    for (size_t i = 0; i < countof(words); i++) {
        buf_add(odt->out, "<table:table-cell table:style-name=\"Sign\""
                " office:value-type=\"string\"><text:p text:style-name=\"Table_20_Contents\"/>"
                "<text:p text:style-name=\"Line\"/><text:p text:style-name=\"Table_20_Contents\">");
        odt_add_text(odt->out, words[i]);
        buf_add(odt->out, "</text:p></table:table-cell>");
    }
    buf_add(odt->out, "</table:table-row></table:table>\n");
}

static void put_page_break(struct odt *odt)
{
    odt->page_break = odt->block > odt->doc->blocks;
}

static void (*const putters[BLOCK_KIND_COUNT])(struct odt *odt) = {
    [BLOCK_TITLE] = put_title,         [BLOCK_SECTION] = put_section,
    [BLOCK_PARAGRAPH] = put_paragraph, [BLOCK_LIST_ITEM] = put_item,
    [BLOCK_FIELD] = put_field,         [BLOCK_CHECKBOX] = put_item,
    [BLOCK_QUESTION] = put_question,
    [BLOCK_TABLE] = put_table,         [BLOCK_CHART] = put_table,
    [BLOCK_GANTT] = put_gantt,
    [BLOCK_MATRIX] = put_table,        [BLOCK_SIGNATURE] = put_signature,
    [BLOCK_PAGE_BREAK] = put_page_break,
};

/* ---- the whole ---- */

static const char head[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<office:document-content office:version=\"1.3\""
    " xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""
    " xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\""
    " xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\""
    " xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\""
    " xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\""
    " xmlns:xlink=\"http://www.w3.org/1999/xlink\">\n<office:automatic-styles>\n";

/* Of each paragraph style two more: on a new page, and on a new portrait page. */
static const char *const styles[] = {
    "Title", "Heading_20_1", "Heading_20_2", "Heading_20_3", "Text_20_body", "Item", "Numbered",
    "Field_20_Question", "Question", "Question_20_Note", "Caption",
};

static const char list_styles[] =
    "<style:style style:name=\"Numbered\" style:family=\"paragraph\""
    " style:parent-style-name=\"Standard\"><style:paragraph-properties fo:margin-left=\"53mm\""
    " fo:text-indent=\"-7mm\" fo:margin-bottom=\"1mm\"/></style:style>\n"
    "<style:style style:name=\"Item\" style:family=\"paragraph\""
    " style:parent-style-name=\"Standard\"><style:paragraph-properties fo:margin-bottom=\"1mm\"/>"
    "</style:style>\n"
    "<style:style style:name=\"Line\" style:family=\"paragraph\""
    " style:parent-style-name=\"Table_20_Contents\"><style:paragraph-properties"
    " fo:margin-top=\"8mm\" fo:border-bottom=\"0.5pt solid #a3b0bd\"/></style:style>\n";

static void add_list_style(struct buf *out, const char *name, const char *mark)
{
    buf_addf(out, "<text:list-style style:name=\"%s\"><text:list-level-style-bullet text:level=\"1\""
             " text:bullet-char=\"%s\"><style:list-level-properties"
             " text:list-level-position-and-space-mode=\"label-alignment\">"
             "<style:list-level-label-alignment text:label-followed-by=\"listtab\""
             " fo:text-indent=\"-5mm\" fo:margin-left=\"51mm\"/></style:list-level-properties>"
             "</text:list-level-style-bullet></text:list-style>\n", name, mark);
}

static void add_table_style(struct buf *out, const char *name, const char *more,
                            const char *space, int width)
{
    buf_addf(out, "<style:style style:name=\"%s\" style:family=\"table\"%s>"
             "<style:table-properties style:width=\"%dmm\" table:align=\"left\"%s/></style:style>\n",
             name, more, width, space);
}

static void add_table_styles(struct buf *out)
{
    static const char lined[] = " fo:margin-top=\"2mm\" fo:margin-bottom=\"3mm\"";
    static const char up[] = " style:master-page-name=\"Standard\"";
    static const char new[] = " fo:margin-bottom=\"3mm\" fo:break-before=\"page\"";
    static const char turn[] = " style:master-page-name=\"Landscape\"";
    add_table_style(out, "Table", "", lined, 175);
    add_table_style(out, "Table_Up", up, lined, 175);
    add_table_style(out, "Table_New", "", new, 175);
    add_table_style(out, "Fields", "", "", 175);
    add_table_style(out, "Fields_Up", up, "", 175);
    add_table_style(out, "Fields_New", "", new, 175);
    add_table_style(out, "TableWide", "", lined, 262);
    add_table_style(out, "TableTurn", turn, lined, 262);
    buf_add(out, "<style:style style:name=\"Labels\" style:family=\"table-column\">"
            "<style:table-column-properties style:column-width=\"46mm\"/></style:style>\n"
            "<style:style style:name=\"Values\" style:family=\"table-column\">"
            "<style:table-column-properties style:column-width=\"129mm\"/></style:style>\n"
            "<style:style style:name=\"Row\" style:family=\"table-row\">"
            "<style:table-row-properties fo:keep-together=\"auto\"/></style:style>\n"
            "<style:style style:name=\"RowWrite\" style:family=\"table-row\">"
            "<style:table-row-properties style:min-row-height=\"9mm\" fo:keep-together=\"always\"/>"
            "</style:style>\n"
            "<style:style style:name=\"Head\" style:family=\"table-cell\">"
            "<style:table-cell-properties fo:background-color=\"#ebf0f5\" fo:padding=\"1mm\""
            " fo:border-bottom=\"1pt solid #a3b0bd\"/></style:style>\n"
            "<style:style style:name=\"Cell\" style:family=\"table-cell\">"
            "<style:table-cell-properties fo:padding=\"1mm\""
            " fo:border-bottom=\"0.25pt solid #a3b0bd\"/></style:style>\n"
            "<style:style style:name=\"Field\" style:family=\"table-cell\">"
            "<style:table-cell-properties fo:padding-right=\"3mm\" fo:padding-bottom=\"1mm\"/>"
            "</style:style>\n"
            "<style:style style:name=\"Sign\" style:family=\"table-cell\">"
            "<style:table-cell-properties fo:padding=\"2mm\"/></style:style>\n");
}

static void add_shade_styles(struct buf *out)
{
    static const char *const colors[SHADE_MOST] = { "#f7f7e8", "#fcde85", "#f7b361", "#e87d5c" };
    for (int i = 0; i < SHADE_MOST; i++)
        buf_addf(out, "<style:style style:name=\"Shade%d\" style:family=\"table-cell\">"
                 "<style:table-cell-properties fo:background-color=\"%s\" fo:padding=\"1mm\""
                 " fo:border=\"0.5pt solid #ffffff\"/></style:style>\n", i + 1, colors[i]);
}

static void add_styles(struct buf *out)
{
    buf_add(out, list_styles);
    for (size_t i = 0; i < countof(styles); i++)
        buf_addf(out, "<style:style style:name=\"%s_New\" style:family=\"paragraph\""
                 " style:parent-style-name=\"%s\"><style:paragraph-properties"
                 " fo:break-before=\"page\"/></style:style>\n"
                 "<style:style style:name=\"%s_Up\" style:family=\"paragraph\""
                 " style:parent-style-name=\"%s\" style:master-page-name=\"Standard\"/>\n",
                 styles[i], styles[i], styles[i], styles[i]);
    buf_add(out, "<style:style style:name=\"CaptionWide\" style:family=\"paragraph\""
            " style:parent-style-name=\"Caption\" style:master-page-name=\"Landscape\"/>\n");
    add_list_style(out, "Dots", "\u2022");
    add_list_style(out, "Box", "\u2610");
    add_list_style(out, "Ticked", "\u2612");
    add_table_styles(out);
    add_shade_styles(out);
}

void odt_content(const struct doc *doc, const struct tr *tr, struct buf *out)
{
    struct buf text = BUF_INIT;
    struct odt odt = { .doc = doc, .tr = tr, .out = &text, .styles = out };
    buf_add(out, head);
    add_styles(out);
    for (size_t i = 0; i < doc->count; i++) {
        odt.block = &doc->blocks[i];
        if (putters[odt.block->kind] != NULL && !doc_heads_contents(doc, i))
            putters[odt.block->kind](&odt);
    }
    buf_add(out, "</office:automatic-styles>\n<office:body><office:text>\n");
    buf_add_n(out, text.text, text.length);
    buf_add(out, "</office:text></office:body></office:document-content>\n");
    buf_free(&text);
}
