/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One paragraph, shaped once and broken into lines for a width.
 */
#ifndef OUT_PDF_TEXT_H
#define OUT_PDF_TEXT_H

#include "base/lang.h"
#include "out/address.h"
#include "out/pdf_font.h"

/* Colours of print; see pdf_page.c. The last ones are those of shades 1 to SHADE_MOST. */
enum pdf_color { COLOR_TEXT, COLOR_SOFT, COLOR_HEADING, COLOR_RULE, COLOR_SHADE, COLOR_BAR,
                 COLOR_SIGN, COLOR_PAPER, COLOR_LINK, COLOR_DARKER, COLOR_COUNT = COLOR_DARKER + 4 };

/* How text looks. Lengths are thousandths of a point. */
struct pdf_style {
    enum pdf_face face;
    int size, leading;
    enum pdf_color color;
    bool whole;               /* a word that fits a line of its own is not divided */
};

/* From the top of a line to where its letters stand. */
int pdf_style_drop(const struct pdf_style *style);

struct pdf_line {
    size_t from, to;          /* glyphs; blanks at the end are among them */
    bool hyphen;              /* a hyphen is drawn at the end */
    bool link;                /* it is (a part of) an address */
};

/* An address in a text, which a reader can follow. */
struct pdf_place {
    struct address address;
    int tag;                  /* once a part of it is drawn; 0 */
};

struct pdf_text {
    const struct pdf_style *style;
    enum lang lang;
    char *text;
    struct pdf_glyphs glyphs;
    struct pdf_line *lines;
    size_t line_count, line_room;
    struct pdf_place *places; /* NULL: there is no address in it */
    size_t place_count, place_room;
};

/* Shapes the text, which is cleaned on the way; `style` is borrowed. pdf_text_free() ends it. */
void pdf_text_set(struct pdf_text *text, struct pdf_fonts *fonts, const struct pdf_style *style,
                  enum lang lang, const char *words);
void pdf_text_free(struct pdf_text *text);

/* Breaks into lines of at most `width`: at blanks, after hyphens between letters, within long words
 * by syllable, and anywhere only in a word that nothing else brings into the width. An empty text
 * has no lines. */
void pdf_text_break(struct pdf_text *text, struct pdf_fonts *fonts, int width);

/* Widest line without breaking, and widest word. */
int pdf_text_natural(const struct pdf_text *text);
int pdf_text_word(const struct pdf_text *text);

/* Width of a line without the blanks at its end. */
int pdf_text_line_width(const struct pdf_text *text, const struct pdf_line *line);

/* Width of the glyphs from `from` to `to`. */
int pdf_text_span(const struct pdf_text *text, size_t from, size_t to);

/* The address that glyph `i` is in, or NULL; `*next`, at most `to`, is the first glyph that is no
 * more in it, or no more outside. */
struct pdf_place *pdf_text_place(const struct pdf_text *text, size_t i, size_t to, size_t *next);

/* Of a line with glyphs that run from right to left: where the letter of each glyph begins, in
 * thousandths of the font size from the beginning of the line, by glyph; and, last, where the line
 * ends. The caller frees. */
int *pdf_text_stands(const struct pdf_text *text, const struct pdf_line *line);

/* The bytes of the letter whose first glyph is `i`. */
size_t pdf_text_letter(const struct pdf_text *text, size_t i);

#endif
