/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The fonts of a PDF: finding them, shaping text, embedding what was used.
 *
 * Lengths inside a font are thousandths of its size (em), as in the PDF itself.
 */
#ifndef OUT_PDF_FONT_H
#define OUT_PDF_FONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct err;
struct pdf_file;
struct pdf_fonts;

/* The spare one is asked for letters that the first two lack. */
enum pdf_face { FACE_REGULAR, FACE_BOLD, FACE_SPARE, FACE_COUNT };

struct pdf_glyph {
    uint32_t at;              /* byte of the text where its letter begins */
    uint16_t id;
    uint8_t face;
    bool first;               /* of its letter; a line may break before it */
    uint8_t level;            /* how it runs (bidi.h) */
    int16_t advance;          /* to the next glyph, kerning included */
    int16_t right, up;        /* where it stands, off its place (marks over letters) */
};

/* In the order of reading; the glyphs of one letter in the order of drawing. */
struct pdf_glyphs {
    struct pdf_glyph *at;
    size_t count, room;
    bool mixed;               /* some run from right to left */
};

/* ERR_DEVICE when there is no font, or no HarfBuzz. */
int pdf_fonts_open(struct pdf_fonts **out, struct err *err);
void pdf_fonts_free(struct pdf_fonts *fonts);

/* Appends the glyphs of `length` bytes of `text` from `from` on, a single line of clean text.
 * What no font has becomes a box. */
void pdf_fonts_shape(struct pdf_fonts *fonts, enum pdf_face face, const char *text, size_t from,
                     size_t length, struct pdf_glyphs *out);

/* Width of a glyph by itself. */
int pdf_fonts_width(struct pdf_fonts *fonts, enum pdf_face face, uint16_t glyph);

/* Notes that the glyph is drawn for the code point. False when it stands for another one already,
 * so that a reader cannot tell the two by the glyph. */
bool pdf_fonts_use(struct pdf_fonts *fonts, enum pdf_face face, uint16_t glyph, uint32_t cp);

/* Writes the used fonts as subsets and appends their entries of a /Font dictionary. ERR_OUTPUT when
 * a font cannot be embedded. */
int pdf_fonts_write(struct pdf_fonts *fonts, struct pdf_file *file, struct buf *entries,
                    struct err *err);

#endif
