/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How the kinds of text look, in one place, and texts that look so.
 */
#include "out/pdf_blocks.h"

const struct pdf_style pdf_styles[STYLE_COUNT] = {
    [STYLE_TITLE] = { FACE_BOLD, 24000, 30000, COLOR_HEADING, false },
    [STYLE_H1] = { FACE_BOLD, 14500, 18500, COLOR_HEADING, false },
    [STYLE_H2] = { FACE_BOLD, 11500, 15000, COLOR_HEADING, false },
    [STYLE_H3] = { FACE_BOLD, 10000, 13600, COLOR_TEXT, false },
    [STYLE_BODY] = { FACE_REGULAR, 10000, 13600, COLOR_TEXT, false },
    [STYLE_LABEL] = { FACE_REGULAR, 9500, 13600, COLOR_SOFT, true },
    [STYLE_NOTE] = { FACE_REGULAR, 8500, 11400, COLOR_SOFT, false },
    [STYLE_HEAD] = { FACE_BOLD, 8500, 11000, COLOR_HEADING, true },
    [STYLE_CELL] = { FACE_REGULAR, 9000, 11800, COLOR_TEXT, true },
    [STYLE_CELL_STRONG] = { FACE_BOLD, 9000, 11800, COLOR_TEXT, true },
    [STYLE_HEAD_SMALL] = { FACE_BOLD, 7000, 9000, COLOR_HEADING, true },
    [STYLE_CELL_SMALL] = { FACE_REGULAR, 7500, 9600, COLOR_TEXT, true },
    [STYLE_PAGE] = { FACE_REGULAR, 8500, 11000, COLOR_SOFT, true },
    [STYLE_PAGE_STRONG] = { FACE_BOLD, 8500, 11000, COLOR_TEXT, true },
    [STYLE_CONTENTS] = { FACE_BOLD, 10000, 13600, COLOR_TEXT, false },
    [STYLE_CONTENTS_SUB] = { FACE_REGULAR, 9500, 12600, COLOR_TEXT, false },
};

void text_make(struct pdf *pdf, struct pdf_text *text, enum pdf_style_name style,
               const char *words, int width)
{
    pdf_text_set(text, pdf->fonts, &pdf_styles[style], pdf->doc->lang, words);
    pdf_text_break(text, pdf->fonts, width);
}

void text_put(struct flow *flow, enum pdf_style_name style, const char *words, int x, int width,
              int tag, int after)
{
    struct pdf_text text;
    text_make(flow->pdf, &text, style, words, width);
    struct flow_cell cell = { .x = x, .width = width, .text = &text, .tag = tag };
    if (text.line_count > 0)
        flow_row(flow, &cell, 1, after);
    pdf_text_free(&text);
}
