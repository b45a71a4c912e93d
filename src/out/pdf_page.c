/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Drawing on a page.
 *
 * Text is drawn by glyph number. Where a glyph alone does not tell its text (a letter that no font
 * has, letters joined, a hyphen that only divides a word) the text is written beside it.
 */
#include "out/pdf.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "out/doc.h"
#include "out/pdf_file.h"

static const char *const colors[COLOR_COUNT] = {
    [COLOR_TEXT] = ".08 .08 .08",   [COLOR_SOFT] = ".33 .35 .38",  [COLOR_HEADING] = ".07 .22 .38",
    [COLOR_RULE] = ".64 .69 .74",   [COLOR_SHADE] = ".92 .94 .96", [COLOR_BAR] = ".42 .60 .77",
    [COLOR_SIGN] = ".70 .20 .12",   [COLOR_PAPER] = "1 1 1",
    [COLOR_LINK] = ".03 .27 .56",   [COLOR_DARKER] = ".97 .97 .91", ".99 .87 .52", ".97 .70 .38",
    ".91 .49 .36",
};

size_t page_add(struct pdf *pdf, bool wide)
{
    pdf->pages = vec_room(pdf->pages, &pdf->page_room, pdf->page_count + 1, sizeof pdf->pages[0]);
    pdf->pages[pdf->page_count] = (struct pdf_page){ .wide = wide, .content = BUF_INIT };
    return pdf->page_count++;
}

int page_width(const struct pdf *pdf, size_t page)
{
    return pdf->pages[page].wide ? PAGE_LONG : PAGE_SHORT;
}

int page_height(const struct pdf *pdf, size_t page)
{
    return pdf->pages[page].wide ? PAGE_SHORT : PAGE_LONG;
}

void page_mark(struct pdf *pdf, size_t page, int tag)
{
    int mark = tag_mark(pdf, tag, page);
    struct buf *out = &pdf->pages[page].content;
    buf_add_char(out, '/');
    buf_add(out, pdf->tags[tag].type);
    buf_add(out, "<</MCID ");
    buf_add_number(out, mark);
    buf_add(out, ">>BDC\n");
}

void page_artifact(struct pdf *pdf, size_t page, const char *kind)
{
    bool layout = strcmp(kind, "Layout") == 0;
    buf_addf(&pdf->pages[page].content, "/Artifact<</Type/%s>>BDC\n",
             layout ? "Layout" : "Pagination/Subtype/Header");
}

void page_end(struct pdf *pdf, size_t page)
{
    buf_add(&pdf->pages[page].content, "EMC\n");
}

/* Several lengths, and the operator that takes them. */
static void add_numbers(struct buf *out, const int *numbers, size_t count, const char *operator)
{
    for (size_t i = 0; i < count; i++) {
        pdf_add_length(out, numbers[i]);
        buf_add_char(out, ' ');
    }
    buf_add(out, operator);
    buf_add_char(out, '\n');
}

void page_fill(struct pdf *pdf, size_t page, enum pdf_color color, int x, int y, int width,
               int height)
{
    struct buf *out = &pdf->pages[page].content;
    buf_addf(out, "%s rg\n", colors[color]);
    add_numbers(out, (int[]){ x, y, width, height }, 4, "re f");
}

void page_rule(struct pdf *pdf, size_t page, int x, int y, int width, int thick)
{
    page_fill(pdf, page, COLOR_RULE, x, y - thick / 2, width, thick);
}

void page_box(struct pdf *pdf, size_t page, int x, int y, int size, bool on)
{
    struct buf *out = &pdf->pages[page].content;
    int inset = size / 4;
    buf_addf(out, "%s RG .8 w\n", colors[COLOR_TEXT]);
    add_numbers(out, (int[]){ x, y, size, size }, 4, "re S");
    if (!on)
        return;
    buf_add(out, "1.3 w\n");
    add_numbers(out, (int[]){ x + inset, y + inset }, 2, "m");
    add_numbers(out, (int[]){ x + size - inset, y + size - inset }, 2, "l");
    add_numbers(out, (int[]){ x + inset, y + size - inset }, 2, "m");
    add_numbers(out, (int[]){ x + size - inset, y + inset }, 2, "l S");
}

void page_diamond(struct pdf *pdf, size_t page, int x, int y, int size)
{
    struct buf *out = &pdf->pages[page].content;
    int half = size / 2;
    buf_addf(out, "%s rg\n", colors[COLOR_SIGN]);
    add_numbers(out, (int[]){ x - half, y }, 2, "m");
    add_numbers(out, (int[]){ x, y + half }, 2, "l");
    add_numbers(out, (int[]){ x + half, y }, 2, "l");
    add_numbers(out, (int[]){ x, y - half }, 2, "l f");
}

/* ---- text ---- */

/* A text that is being drawn: a font is set, and an array of glyphs open, or not. */
struct pen {
    struct buf *out;
    int size, face, up;
    int jump;                 /* on the way to the next glyph */
    bool open;
};

static void pen_lift(struct pen *pen)
{
    if (pen->open)
        buf_add(pen->out, ">]TJ\n");
    pen->open = false;
}

static void pen_set(struct pen *pen, const struct pdf_glyph *glyph)
{
    if (pen->face != glyph->face || pen->up != glyph->up)
        pen_lift(pen);
    if (pen->face != glyph->face) {
        buf_add_n(pen->out, (char[]){ '/', 'F', (char)('0' + glyph->face), ' ' }, 4);
        pdf_add_length(pen->out, pen->size);
        buf_add(pen->out, " Tf\n");
        pen->face = glyph->face;
    }
    if (pen->up != glyph->up) {
        pdf_add_length(pen->out, glyph->up * pen->size / 1000);
        buf_add(pen->out, " Ts\n");
        pen->up = glyph->up;
    }
    if (!pen->open)
        buf_add(pen->out, "[<");
    pen->open = true;
}

static void pen_move(struct pen *pen, int by)
{
    if (by == 0)
        return;
    buf_add_char(pen->out, '>');
    buf_add_number(pen->out, -by);
    buf_add_char(pen->out, '<');
}

static void pen_glyph(struct pen *pen, struct pdf_fonts *fonts, const struct pdf_glyph *glyph)
{
    int width = pdf_fonts_width(fonts, (enum pdf_face)glyph->face, glyph->id);
    pen_set(pen, glyph);
    pen_move(pen, pen->jump + glyph->right);
    pen->jump = 0;
    pdf_add_hex(pen->out, glyph->id);
    pen_move(pen, glyph->advance - width - glyph->right);
}

/* Draws the glyphs of one letter and, when they do not tell it, its text. */
static void pen_letter(struct pen *pen, struct pdf_fonts *fonts, const struct pdf_glyph *glyphs,
                       size_t count, const char *letter, size_t length)
{
    static const char no_break_space[] = "\u00a0";
    size_t used;
    bool blank = length == 2 && memcmp(letter, no_break_space, 2) == 0;
    uint32_t cp = blank ? ' ' : utf8_decode(letter, length, &used);
    bool told = count == 1 && (blank || used == length);
    for (size_t i = 0; i < count; i++)
        told = pdf_fonts_use(fonts, (enum pdf_face)glyphs[i].face, glyphs[i].id, cp) && told;
    if (!told) {
        char *text = xstrndup(letter, length);
        pen_lift(pen);
        buf_add(pen->out, "/Span<</ActualText");
        pdf_add_string(pen->out, text);
        buf_add(pen->out, ">>BDC\n");
        free(text);
    }
    for (size_t i = 0; i < count; i++)
        pen_glyph(pen, fonts, &glyphs[i]);
    if (!told) {
        pen_lift(pen);
        buf_add(pen->out, "EMC\n");
    }
}

/* The hyphen at the end of a line that divides a word is no part of the word. */
static void pen_hyphen(struct pen *pen, struct pdf_fonts *fonts, enum pdf_face face)
{
    struct pdf_glyphs glyphs = { 0 };
    pdf_fonts_shape(fonts, face, "-", 0, 1, &glyphs);
    for (size_t i = 0; i < glyphs.count; i++)
        pdf_fonts_use(fonts, (enum pdf_face)glyphs.at[i].face, glyphs.at[i].id, '-');
    pen_lift(pen);
    buf_add(pen->out, "/Span<</ActualText<FEFF00AD>>>BDC\n");
    for (size_t i = 0; i < glyphs.count; i++)
        pen_glyph(pen, fonts, &glyphs.at[i]);
    pen_lift(pen);
    buf_add(pen->out, "EMC\n");
    free(glyphs.at);
}

/* How far it is to a letter that stands at `x`; `*now` is where the pen will be behind it. */
static int pen_jump(int x, int *now, const struct pdf_glyph *glyphs, size_t count)
{
    int jump = x - *now;
    for (*now = x; count > 0; count--)
        *now += (glyphs++)->advance;
    return jump;
}

void page_line(struct pdf *pdf, size_t page, const struct pdf_text *text,
               const struct pdf_line *line, int x, int y, bool turned)
{
    struct pen pen = { .out = &pdf->pages[page].content, .size = text->style->size, .face = -1 };
    buf_add(pen.out, "BT\n");
    buf_add(pen.out, colors[line->link ? COLOR_LINK : text->style->color]);
    buf_add(pen.out, " rg\n");
    if (turned)
        buf_add(pen.out, "0 1 -1 0 ");
    add_numbers(pen.out, (int[]){ x, y }, 2, turned ? "Tm" : "Td");
    int *stands = text->glyphs.mixed ? pdf_text_stands(text, line) : NULL, x_now = 0;
    for (size_t i = line->from, next; i < line->to; i = next) {
        const struct pdf_glyph *glyphs = &text->glyphs.at[i];
        for (next = i + 1; next < text->glyphs.count && !text->glyphs.at[next].first;)
            next++;
        if (stands != NULL)
            pen.jump = pen_jump(stands[i - line->from], &x_now, glyphs, next - i);
        pen_letter(&pen, pdf->fonts, glyphs, next - i, text->text + glyphs->at,
                   pdf_text_letter(text, i));
    }
    if (stands != NULL)
        pen.jump = stands[line->to - line->from] - x_now;
    free(stands);
    if (line->hyphen)
        pen_hyphen(&pen, pdf->fonts, text->style->face);
    pen_lift(&pen);
    if (pen.up != 0)
        buf_add(pen.out, "0 Ts\n");
    buf_add(pen.out, "ET\n");
}
