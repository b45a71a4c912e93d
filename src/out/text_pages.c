/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Filling pages of a text from top to bottom: once to count them and to learn on which page each
 * block begins, once to write.
 */
#include "out/text_pages.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "base/utf8_wrap.h"
#include "out/text_layout.h"

enum { GAP = 2 };             /* columns between what stands side by side in a header */

struct pages {
    const struct layout *layout;
    int top;                  /* lines of the page header with its blank line */
    int used, number, total;
    int *of_block;            /* the page on which each block begins */
    struct buf *out;          /* NULL: only count */
};

static void page_header(const struct pages *pages)
{
    struct buf left = BUF_INIT, right = BUF_INIT, line = BUF_INIT;
    buf_add(&left, pages->layout->doc->title);
    if (*pages->layout->doc->provider != '\0')
        buf_addf(&left, " \u00b7 %s", pages->layout->doc->provider);
    buf_addf(&right, "%s  ", pages->layout->doc->date);
    buf_addf(&right, tr_text(pages->layout->tr, "page %1$d / %2$d"), pages->number,
             pages->total);
    buf_trim(&right);
    char *title = doc_clean(left.text, true);
    int room = PAGE_COLS - utf8_width(right.text) - GAP;
    int used = utf8_fit(&line, title, room > 0 ? room : 0, false);
    buf_add_repeat(&line, " ", PAGE_COLS - utf8_width(right.text) - used);
    buf_addf(pages->out, "%s%s\n", line.text, right.text);
    free(title);
    buf_free(&line);
    buf_free(&left);
    buf_free(&right);
}

/* The marking at the left, the version at the right; the marking is the one to be read whole. */
static void page_notice(const struct pages *pages)
{
    struct buf line = BUF_INIT;
    char *notice = doc_clean(pages->layout->doc->notice, true);
    char *version = doc_clean(pages->layout->doc->version, true);
    int used = utf8_fit(&line, notice, PAGE_COLS, false);
    int room = PAGE_COLS - used - GAP, width = utf8_width(version);
    if (width > 0 && width <= room) {
        buf_add_repeat(&line, " ", PAGE_COLS - used - width);
        buf_add(&line, version);
    }
    buf_addf(pages->out, "%s\n", line.text);
    buf_free(&line);
    free(notice);
    free(version);
}

static bool has_notice(const struct doc *doc)
{
    return doc->notice != NULL || doc->version != NULL;
}

static void page_begin(struct pages *pages)
{
    pages->used = pages->top;
    pages->number++;
    if (pages->out == NULL)
        return;
    if (pages->number > 1)
        buf_add_char(pages->out, '\f');
    page_header(pages);
    if (has_notice(pages->layout->doc))
        page_notice(pages);
    buf_add_char(pages->out, '\n');
}

static void page_line(struct pages *pages, const char *text)
{
    pages->used++;
    if (pages->out != NULL)
        buf_addf(pages->out, "%s\n", text);
}

/* "6.7  Access rights ........ 9" */
static void contents_line(struct pages *pages, const struct layout_line *line)
{
    struct buf text = BUF_INIT, number = BUF_INIT;
    buf_addf(&number, " %d", pages->of_block[line->refers - 1]);
    buf_addf(&text, "%s ", line->text);
    buf_add_repeat(&text, ".", PAGE_COLS - utf8_width(text.text) - (int)number.length);
    buf_add(&text, number.text);
    page_line(pages, text.text);
    buf_free(&text);
    buf_free(&number);
}

/* Lines that must follow each other from `at` on, with the space between them. */
static int kept_lines(const struct layout *layout, size_t at)
{
    int lines = 1;
    for (; layout->lines[at].keep && at + 1 < layout->count; at++)
        lines += 1 + layout->lines[at + 1].space;
    return lines;
}

static bool begins_page(const struct pages *pages, size_t at)
{
    const struct layout *layout = pages->layout;
    const struct layout_line *line = &layout->lines[at];
    int left = PAGE_LINES - pages->used - line->space;
    if (line->new_page || left < 1)
        return true;
    if (at > 0 && layout->lines[at - 1].keep)
        return false;
    int kept = kept_lines(layout, at);
    return kept > left && kept <= PAGE_LINES - pages->top;
}

static void pages_fill(struct pages *pages)
{
    const struct layout *layout = pages->layout;
    pages->number = 0;
    page_begin(pages);
    for (size_t i = 0; i < layout->count; i++) {
        const struct layout_line *line = &layout->lines[i];
        bool top = i == 0;
        if (!top && begins_page(pages, i)) {
            page_begin(pages);
            for (size_t head = 0; head < line->head_lines; head++)
                page_line(pages, layout->lines[line->head + head].text);
            top = true;
        }
        for (int space = 0; !top && space < line->space; space++)
            page_line(pages, "");
        if (line->heads > 0)
            pages->of_block[line->heads - 1] = pages->number;
        if (line->refers > 0)
            contents_line(pages, line);
        else
            page_line(pages, line->text);
    }
}

void text_pages(const struct layout *layout, struct buf *out)
{
    const struct doc *doc = layout->doc;
    struct pages pages = { .layout = layout, .top = has_notice(doc) ? 3 : 2 };
    pages.of_block = xcalloc(doc->count + 1, sizeof pages.of_block[0]);
    pages_fill(&pages);
    pages.total = pages.number;
    pages.out = out;
    pages_fill(&pages);
    free(pages.of_block);
}
