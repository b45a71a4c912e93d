/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Private to pdf_font.c, which shapes text, and pdf_font_embed.c, which writes the fonts.
 */
#ifndef OUT_PDF_FONT_PARTS_H
#define OUT_PDF_FONT_PARTS_H

#include "out/harfbuzz.h"
#include "out/pdf_font.h"

struct font_face {
    const char *name;         /* PostScript name */
    hb_face_t *hb;            /* NULL: there is no such face */
    hb_font_t *font;
    unsigned glyph_count;
    int *widths;              /* by glyph, one added; 0: not asked yet */
    uint32_t *stands_for;     /* code point by glyph; 0: not used */
};

struct pdf_fonts {
    struct harfbuzz hb;
    hb_buffer_t *buffer;
    struct pdf_words *words;
    struct font_face faces[FACE_COUNT];
};

#endif
