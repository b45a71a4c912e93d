/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A document as PDF that keeps to PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2): tagged,
 * with embedded fonts, and readable in a hundred years.
 *
 * pdf_blocks.c lays the document out; this file writes what it left in struct pdf.
 */
#include "out/writers.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/mem.h"
#include "base/tr.h"
#include "out/doc.h"
#include "out/pdf.h"
#include "out/pdf_file.h"

static int *numbers_reserve(struct pdf_file *file, size_t count)
{
    int *numbers = xcalloc(count + 1, sizeof *numbers);
    for (size_t i = 0; i < count; i++)
        numbers[i] = pdf_file_reserve(file);
    return numbers;
}

static void add_place(const struct pdf *pdf, const int *pages, size_t heading, struct buf *out)
{
    enum { ABOVE = 6 * POINT };
    buf_addf(out, "[%d 0 R/XYZ ", pages[pdf->headings[heading].page]);
    pdf_add_length(out, MARGIN_LEFT);
    buf_add_char(out, ' ');
    pdf_add_length(out, pdf->headings[heading].y + ABOVE);
    buf_add(out, " null]");
}

static void write_page(const struct pdf *pdf, struct pdf_file *file, const int *pages,
                       const int *links, int parent, size_t index)
{
    struct buf out = BUF_INIT;
    const struct pdf_page *page = &pdf->pages[index];
    int content = pdf_file_reserve(file);
    bool any = false;
    pdf_file_stream(file, content, "", page->content.text, page->content.length);
    buf_addf(&out, "<</Type/Page/Parent %d 0 R/MediaBox[0 0 ", parent);
    pdf_add_length(&out, page_width(pdf, index));
    buf_add_char(&out, ' ');
    pdf_add_length(&out, page_height(pdf, index));
    buf_addf(&out, "]/Contents %d 0 R/StructParents %zu/Tabs/S", content, index);
    for (size_t i = 0; i < pdf->link_count; i++) {
        if (pdf->links[i].page != index)
            continue;
        buf_addf(&out, "%s%d 0 R", any ? " " : "/Annots[", links[i]);
        any = true;
    }
    buf_add(&out, any ? "]>>" : ">>");
    pdf_file_put(file, pages[index], out.text, out.length);
    buf_free(&out);
}

/* Returns the number of the page tree. */
static int write_pages(const struct pdf *pdf, struct pdf_file *file, const int *pages,
                       const int *links, const char *fonts)
{
    struct buf out = BUF_INIT;
    int tree = pdf_file_reserve(file);
    for (size_t i = 0; i < pdf->page_count; i++)
        write_page(pdf, file, pages, links, tree, i);
    buf_addf(&out, "<</Type/Pages/Count %zu/Resources<</Font<<%s>>>>/Kids[", pdf->page_count,
             fonts);
    for (size_t i = 0; i < pdf->page_count; i++)
        buf_addf(&out, "%d 0 R ", pages[i]);
    buf_add(&out, "]>>");
    pdf_file_put(file, tree, out.text, out.length);
    buf_free(&out);
    return tree;
}

static bool is_ascii(const char *text)
{
    while (*text >= ' ' && *text <= '~')
        text++;
    return *text == '\0';
}

/* A quarter of a text string, and most of a link is its address. */
static void add_ascii(struct buf *out, const char *text)
{
    buf_add_char(out, '(');
    for (; *text != '\0'; text++) {
        if (strchr("()\\", *text) != NULL)
            buf_add_char(out, '\\');
        buf_add_char(out, *text);
    }
    buf_add_char(out, ')');
}

static void add_target(const struct pdf *pdf, const int *pages, const struct pdf_link *link,
                       struct buf *out)
{
    if (link->uri == NULL) {
        buf_add(out, "/Contents");
        pdf_add_string(out, pdf->headings[link->heading].text);
        buf_add(out, "/Dest");
        add_place(pdf, pages, link->heading, out);
        return;
    }
    buf_add(out, "/A<</S/URI/URI");
    add_ascii(out, link->uri);
    buf_add(out, ">>/Contents");
    if (is_ascii(link->words))
        add_ascii(out, link->words);
    else
        pdf_add_string(out, link->words);
}

static void write_links(const struct pdf *pdf, struct pdf_file *file, const int *pages,
                        const int *links)
{
    struct buf out = BUF_INIT;
    for (size_t i = 0; i < pdf->link_count; i++) {
        const struct pdf_link *link = &pdf->links[i];
        const int corners[] = { link->left, link->bottom, link->right, link->top };
        buf_clear(&out);
        buf_add(&out, "<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[");
        for (size_t c = 0; c < countof(corners); c++) {
            pdf_add_length(&out, corners[c]);
            buf_add_char(&out, ' ');
        }
        buf_addf(&out, "]/StructParent %zu", pdf->page_count + i);
        add_target(pdf, pages, link, &out);
        buf_add(&out, ">>");
        pdf_file_put(file, links[i], out.text, out.length);
    }
    buf_free(&out);
}

/* ---- outline ---- */

enum { NOBODY = -1 };

/* The heading before or after `i`, by `step`, that has the same parent. */
static int sibling(const struct pdf *pdf, int i, int step)
{
    int level = pdf->headings[i].level;
    for (int at = i + step; at >= 0 && at < (int)pdf->heading_count; at += step) {
        if (pdf->headings[at].level == level)
            return at;
        if (pdf->headings[at].level < level)
            break;
    }
    return NOBODY;
}

/* The last heading directly below heading `i`, or of the whole document for NOBODY. */
static int last_below(const struct pdf *pdf, int i)
{
    int level = i == NOBODY ? 1 : pdf->headings[i].level + 1, last = NOBODY;
    for (int at = i + 1; at < (int)pdf->heading_count; at++) {
        if (pdf->headings[at].level < level)
            break;
        if (pdf->headings[at].level == level)
            last = at;
    }
    return last;
}

static int parent_of(const struct pdf *pdf, int i)
{
    for (int at = i - 1; at >= 0; at--)
        if (pdf->headings[at].level < pdf->headings[i].level)
            return at;
    return NOBODY;
}

static int count_below(const struct pdf *pdf, int i)
{
    int count = 0;
    for (int at = i + 1; at < (int)pdf->heading_count
                         && pdf->headings[at].level > pdf->headings[i].level; at++)
        count += pdf->headings[at].level == pdf->headings[i].level + 1;
    return count;
}

static void add_entry(const struct pdf *pdf, const int *pages, const int *entries, int root, int i,
                      struct buf *out)
{
    int parent = parent_of(pdf, i), before = sibling(pdf, i, -1), after = sibling(pdf, i, 1);
    buf_addf(out, "<</Parent %d 0 R/Title", parent == NOBODY ? root : entries[parent]);
    pdf_add_string(out, pdf->headings[i].text);
    buf_add(out, "/Dest");
    add_place(pdf, pages, (size_t)i, out);
    if (before != NOBODY)
        buf_addf(out, "/Prev %d 0 R", entries[before]);
    if (after != NOBODY)
        buf_addf(out, "/Next %d 0 R", entries[after]);
    if (count_below(pdf, i) > 0)
        buf_addf(out, "/First %d 0 R/Last %d 0 R/Count %d", entries[i + 1],
                 entries[last_below(pdf, i)], -count_below(pdf, i));
    buf_add(out, ">>");
}

/* Returns the number of the outline, or 0 when there are no headings. */
static int write_outline(const struct pdf *pdf, struct pdf_file *file, const int *pages)
{
    struct buf out = BUF_INIT;
    int first_level = 0;
    if (pdf->heading_count == 0)
        return 0;
    int root = pdf_file_reserve(file);
    int *entries = numbers_reserve(file, pdf->heading_count);
    for (int i = 0; i < (int)pdf->heading_count; i++) {
        buf_clear(&out);
        add_entry(pdf, pages, entries, root, i, &out);
        pdf_file_put(file, entries[i], out.text, out.length);
        first_level += pdf->headings[i].level == 1;
    }
    buf_clear(&out);
    buf_addf(&out, "<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>", entries[0],
             entries[last_below(pdf, NOBODY)], first_level);
    pdf_file_put(file, root, out.text, out.length);
    free(entries);
    buf_free(&out);
    return root;
}

/* ---- the whole ---- */

static int write_file(struct pdf *pdf, struct pdf_file *file, struct err *err)
{
    struct buf fonts = BUF_INIT, out = BUF_INIT;
    int *pages = numbers_reserve(file, pdf->page_count);
    int *links = numbers_reserve(file, pdf->link_count), catalogue = pdf_file_reserve(file);
    int code = pdf_fonts_write(pdf->fonts, file, &fonts, err);
    if (code == 0) {
        int tree = write_pages(pdf, file, pages, links, fonts.text);
        write_links(pdf, file, pages, links);
        int outline = write_outline(pdf, file, pages);
        int tags = tags_write(pdf, file, pages, links);
        int color = meta_color(file), xmp = meta_xmp(pdf, file);
        buf_addf(&out, "<</Type/Catalog/Pages %d 0 R/Lang(%s)/MarkInfo<</Marked true>>"
                 "/StructTreeRoot %d 0 R/Metadata %d 0 R/OutputIntents[%d 0 R]"
                 "/ViewerPreferences<</DisplayDocTitle true>>",
                 tree, lang_code(pdf->doc->lang), tags, xmp, color);
        if (outline != 0)
            buf_addf(&out, "/Outlines %d 0 R/PageMode/UseOutlines", outline);
        buf_add(&out, ">>");
        pdf_file_put(file, catalogue, out.text, out.length);
        pdf_file_end(file, catalogue, meta_info(pdf, file));
    }
    free(pages);
    free(links);
    buf_free(&fonts);
    buf_free(&out);
    return code;
}

static void pdf_free(struct pdf *pdf)
{
    for (size_t i = 0; i < pdf->page_count; i++) {
        buf_free(&pdf->pages[i].content);
        free(pdf->pages[i].marks);
    }
    for (size_t i = 0; i < pdf->tag_count; i++) {
        free(pdf->tags[i].alt);
        free(pdf->tags[i].kids);
    }
    for (size_t i = 0; i < pdf->heading_count; i++)
        free(pdf->headings[i].text);
    for (size_t i = 0; i < pdf->link_count; i++) {
        free(pdf->links[i].uri);
        free(pdf->links[i].words);
    }
    free(pdf->pages);
    free(pdf->tags);
    free(pdf->headings);
    free(pdf->links);
    free(pdf->figures);
}

/* The last page holds only a few lines; in a long document nobody minds. */
static bool ends_short(const struct pdf *pdf)
{
    enum { FEW_LINES = 40 * MM, FEW_PAGES = 12 };
    return pdf->page_count > 1 && pdf->page_count <= FEW_PAGES && pdf->rest < FEW_LINES;
}

/* A second time with less space between parts when that saves the last page. */
static void lay_out(struct pdf *pdf)
{
    blocks_write(pdf);
    if (!ends_short(pdf))
        return;
    struct pdf tight = { .doc = pdf->doc, .tr = pdf->tr, .old = pdf->old, .fonts = pdf->fonts,
                         .tight = true }, loose = *pdf;
    blocks_write(&tight);
    bool saves = tight.page_count < loose.page_count;
    *pdf = saves ? tight : loose;
    pdf_free(saves ? &loose : &tight);
}

static int write_pdf(const struct doc *doc, const struct tr *tr, bool old, struct buf *out,
                     struct err *err)
{
    struct pdf pdf = { .doc = doc, .tr = tr, .old = old };
    int code = pdf_fonts_open(&pdf.fonts, err);
    if (code != 0)
        return code;
    lay_out(&pdf);
    struct pdf_file *file = pdf_file_new(out, old);
    code = write_file(&pdf, file, err);
    pdf_file_free(file);
    pdf_free(&pdf);
    pdf_fonts_free(pdf.fonts);
    return code;
}

int out_pdf(const struct doc *doc, const struct tr *tr, struct buf *out, struct err *err)
{
    return write_pdf(doc, tr, false, out, err);
}

int out_pdf_old(const struct doc *doc, const struct tr *tr, struct buf *out, struct err *err)
{
    return write_pdf(doc, tr, true, out, err);
}
