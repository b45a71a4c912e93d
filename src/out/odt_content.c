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
#include "out/doc.h"
#include "out/odt.h"

enum { ANNOUNCED = 4 };       /* headings and texts that may stand before a wide table */

struct odt {
    const struct doc *doc;
    const struct tr *tr;
    const struct block *block;
    struct buf *out, *styles; /* text, and the styles that its tables need */
    int tables;
    bool wide;                /* the page is a landscape one */
    const char *turn;         /* what the next block does with the page: "", or the end of its style */
    bool contents;            /* the table of contents is written */
};

static bool is_empty(const char *text)
{
    return text == NULL || *text == '\0';
}

/* The style for a block: one of its own when the block begins a page. */
static void add_style(struct odt *odt, const char *of, const char *style)
{
    buf_addf(odt->out, " %s:style-name=\"%s%s\"", of, style, odt->turn);
    odt->turn = "";
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

static bool is_listed(const struct odt *odt, size_t at)
{
    const struct block *block = &odt->doc->blocks[at];
    return block->kind == BLOCK_SECTION && block->level <= 2 && !doc_heads_contents(odt->doc, at);
}

static size_t entry_count(const struct odt *odt)
{
    size_t count = 0;
    for (size_t i = 0; i < odt->doc->count; i++)
        count += is_listed(odt, i);
    return count;
}

static void add_entry(struct odt *odt, size_t at)
{
    const struct block *block = &odt->doc->blocks[at];
    buf_addf(odt->out, "<text:p text:style-name=\"Contents_20_%d\">"
             "<text:a xlink:type=\"simple\" xlink:href=\"#h%zu\" text:style-name=\"Index_20_Link\""
             " text:visited-style-name=\"Index_20_Link\">", block->level < 1 ? 1 : block->level, at);
    odt_add_text(odt->out, block->text);
    buf_addf(odt->out, "<text:tab/><text:bookmark-ref text:reference-format=\"page\""
             " text:ref-name=\"h%zu\">1</text:bookmark-ref></text:a></text:p>\n", at);
}

/* Pages are not known here: the entries lead to the headings, and their numbers are fields, which
 * an office program fills in when it opens the file. */
static void add_contents(struct odt *odt)
{
    enum { ENTRIES_IN_FRONT = 14 };       /* more have a page of their own */
    const char *title = tr_text(odt->tr, "Contents"), *turn = odt->turn;
    odt->contents = true;
    if (!doc_has_contents(odt->doc))
        return;
    buf_add(odt->out, "<text:table-of-content text:name=\"Contents\" text:protected=\"false\">"
            "<text:table-of-content-source text:outline-level=\"2\">"
            "<text:index-title-template text:style-name=\"Contents_20_Heading\">");
    odt_add_text(odt->out, title);
    buf_add(odt->out, "</text:index-title-template>");
    add_levels(odt->out);
    buf_add(odt->out, "</text:table-of-content-source><text:index-body>"
            "<text:index-title text:name=\"Contents_Head\">"
            "<text:p");
    odt->turn = entry_count(odt) > ENTRIES_IN_FRONT ? "_New" : "";
    add_style(odt, "text", "Contents_20_Heading");
    buf_add_char(odt->out, '>');
    odt_add_text(odt->out, title);
    buf_add(odt->out, "</text:p></text:index-title>\n");
    for (size_t i = 0; i < odt->doc->count; i++)
        if (is_listed(odt, i))
            add_entry(odt, i);
    buf_add(odt->out, "</text:index-body></text:table-of-content>\n");
    odt->turn = *turn != '\0' ? turn : "_New";
}

/* ---- blocks ---- */

static void put_title(struct odt *odt)
{
    add_paragraph(odt, doc_has_contents(odt->doc) ? "TitleFront" : "Title", odt->block->text);
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

/* A text that announces what follows stays on its page. */
static bool announces(const struct odt *odt)
{
    const struct block *next = odt->block + 1;
    size_t length = odt->block->text == NULL ? 0 : strlen(odt->block->text);
    if (next == odt->doc->blocks + odt->doc->count)
        return false;
    return (length > 0 && strchr(":?", odt->block->text[length - 1]) != NULL)
           || next->kind == BLOCK_CHECKBOX || next->kind == BLOCK_SIGNATURE || block_is_table(next);
}

static void put_paragraph(struct odt *odt)
{
    add_paragraph(odt, announces(odt) ? "Announce" : "Text_20_body", odt->block->text);
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

static void add_columns(struct odt *odt, int room)
{
    const struct block *block = odt->block;
    int *widths = xcalloc(block->columns, sizeof *widths);
    odt_columns_share(block, room, widths);
    for (size_t c = 0; c < block->columns; c++) {
        buf_addf(odt->styles, "<style:style style:name=\"T%d.%zu\" style:family=\"table-column\">"
                 "<style:table-column-properties style:column-width=\"%d.%dmm\"/></style:style>\n",
                 odt->tables, c, widths[c] / 10, widths[c] % 10);
        buf_addf(odt->out, "<table:table-column table:style-name=\"T%d.%zu\"/>", odt->tables, c);
    }
    free(widths);
}

/* Too tall to be kept on one page. */
static bool row_is_tall(const struct block *block, size_t row)
{
    enum { TALL = 1200 };         /* letters of a cell */
    for (size_t i = 0; i < block->columns; i++)
        if (strlen(block->cells[row * block->columns + i]) > TALL)
            return true;
    return false;
}

static void add_row(struct odt *odt, size_t row)
{
    const struct block *block = odt->block;
    buf_addf(odt->out, "<table:table-row table:style-name=\"%s\">",
             block->on && row > 0 ? "RowWrite" : row_is_tall(block, row) ? "RowTall" : "Row");
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

static void put_table(struct odt *odt)
{
    const struct block *block = odt->block;
    if (!is_empty(block->text))
        add_paragraph(odt, "Caption", block->text);
    table_begin(odt, odt->wide ? "TableWide" : "Table");
    add_columns(odt, odt->wide ? ODT_WIDE : ODT_NARROW);
    buf_add(odt->out, "\n<table:table-header-rows>");
    add_row(odt, 0);
    buf_add(odt->out, "</table:table-header-rows>\n");
    for (size_t row = 1; row < block->rows; row++)
        add_row(odt, row);
    buf_add(odt->out, "</table:table>\n");
}

/* What the chart says, and its days as a table. */
static void put_gantt(struct odt *odt)
{
    const struct gantt *gantt = odt->block->gantt;
    const char *const headings[] = {
        tr_text(odt->tr, "Activity"), tr_text(odt->tr, "Begins"), tr_text(odt->tr, "Ready"),
        tr_text(odt->tr, "Last safe day"),
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
    odt->turn = odt->block > odt->doc->blocks ? "_New" : "";
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

/* Of each style three more: on a new page, on a new portrait page, and on a new landscape page. */
static const struct {
    const char *suffix, *page;
} turns[] = {
    { "_New", " fo:break-before=\"page\"" }, { "_Up", " style:master-page-name=\"Standard\"" },
    { "_Turn", " style:master-page-name=\"Landscape\"" },
};

static const char *const styles[] = {
    "Title", "TitleFront", "Contents_20_Heading", "Heading_20_1", "Heading_20_2", "Heading_20_3",
    "Text_20_body", "Announce", "Item", "Numbered", "Field_20_Question", "Question",
    "Question_20_Note", "Caption",
};

static const char list_styles[] =
    "<style:style style:name=\"Numbered\" style:family=\"paragraph\""
    " style:parent-style-name=\"Standard\"><style:paragraph-properties fo:margin-left=\"53mm\""
    " fo:text-indent=\"-7mm\" fo:margin-bottom=\"1mm\"/></style:style>\n"
    "<style:style style:name=\"TitleFront\" style:family=\"paragraph\""
    " style:parent-style-name=\"Title\"><style:paragraph-properties fo:margin-top=\"40mm\"/>"
    "</style:style>\n"
    "<style:style style:name=\"Announce\" style:family=\"paragraph\""
    " style:parent-style-name=\"Text_20_body\"><style:paragraph-properties"
    " fo:keep-with-next=\"always\"/></style:style>\n"
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

static void add_table_style(struct buf *out, const char *name, int turn, const char *space,
                            int width)
{
    bool new = turn == 0;
    buf_addf(out, "<style:style style:name=\"%s%s\" style:family=\"table\"%s>"
             "<style:table-properties style:width=\"%dmm\" table:align=\"left\"%s%s/></style:style>\n",
             name, turn < 0 ? "" : turns[turn].suffix, turn < 0 || new ? "" : turns[turn].page, width,
             space, new ? turns[turn].page : "");
}

static void add_table_styles(struct buf *out)
{
    static const char lined[] = " fo:margin-top=\"2mm\" fo:margin-bottom=\"3mm\"";
    for (int turn = -1; turn < (int)countof(turns); turn++) {
        add_table_style(out, "Table", turn, lined, ODT_NARROW / 10);
        add_table_style(out, "TableWide", turn, lined, ODT_WIDE / 10);
        add_table_style(out, "Fields", turn, "", ODT_NARROW / 10);
    }
    buf_add(out, "<style:style style:name=\"Labels\" style:family=\"table-column\">"
            "<style:table-column-properties style:column-width=\"46mm\"/></style:style>\n"
            "<style:style style:name=\"Values\" style:family=\"table-column\">"
            "<style:table-column-properties style:column-width=\"129mm\"/></style:style>\n"
            "<style:style style:name=\"Row\" style:family=\"table-row\">"
            "<style:table-row-properties fo:keep-together=\"always\"/></style:style>\n"
            "<style:style style:name=\"RowTall\" style:family=\"table-row\">"
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
    for (size_t i = 0; i < countof(styles) * countof(turns); i++) {
        const char *style = styles[i / countof(turns)];
        size_t turn = i % countof(turns);
        bool new = turn == 0;
        buf_addf(out, "<style:style style:name=\"%s%s\" style:family=\"paragraph\""
                 " style:parent-style-name=\"%s\"%s><style:paragraph-properties%s/></style:style>\n",
                 style, turns[turn].suffix, style, new ? "" : turns[turn].page,
                 new ? turns[turn].page : "");
    }
    add_list_style(out, "Dots", "\u2022");
    add_list_style(out, "Box", "\u2610");
    add_list_style(out, "Ticked", "\u2612");
    add_table_styles(out);
    add_shade_styles(out);
}

/* The block, or what it announces, needs a landscape page. */
static bool wants_wide(const struct odt *odt)
{
    const struct block *block = odt->block, *end = odt->doc->blocks + odt->doc->count;
    while (block + 1 < end && block->kind == BLOCK_SECTION)
        block++;
    while (block + 1 < end && block->kind == BLOCK_PARAGRAPH)
        block++;
    return block - odt->block <= ANNOUNCED && block_is_table(block) && odt_table_is_wide(block);
}

static void turn_page(struct odt *odt)
{
    bool wide = wants_wide(odt);
    if (wide != odt->wide)
        odt->turn = wide ? "_Turn" : "_Up";
    odt->wide = wide;
}

void odt_content(const struct doc *doc, const struct tr *tr, struct buf *out)
{
    struct buf text = BUF_INIT;
    struct odt odt = { .doc = doc, .tr = tr, .out = &text, .styles = out, .turn = "" };
    buf_add(out, head);
    add_styles(out);
    for (size_t i = 0; i < doc->count; i++) {
        odt.block = &doc->blocks[i];
        if (putters[odt.block->kind] == NULL || doc_heads_contents(doc, i))
            continue;
        if (odt.block->kind != BLOCK_PAGE_BREAK)
            turn_page(&odt);
        putters[odt.block->kind](&odt);
    }
    buf_add(out, "</office:automatic-styles>\n<office:body><office:text>\n");
    buf_add_n(out, text.text, text.length);
    buf_add(out, "</office:text></office:body></office:document-content>\n");
    buf_free(&text);
}
