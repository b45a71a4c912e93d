/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Words that have been shaped already.
 *
 * A document is made of far fewer words than it has, and shaping is the dearest part of a page. A
 * kept word gives way to another that falls on its place, so the memory is bounded.
 */
#ifndef OUT_PDF_WORDS_H
#define OUT_PDF_WORDS_H

#include <stddef.h>

#include "out/pdf_font.h"

struct pdf_words;
struct pdf_words *pdf_words_new(void);
void pdf_words_free(struct pdf_words *words);

/* Appends the glyphs of the word, which begins at byte `at` of its text. False, and nothing is
 * appended, when the word is not known. */
bool pdf_words_get(const struct pdf_words *words, enum pdf_face face, const char *word,
                   size_t length, size_t at, struct pdf_glyphs *out);

/* Keeps the word, whose glyphs are those of `glyphs` from `first` on. Long words are not kept. */
void pdf_words_keep(struct pdf_words *words, enum pdf_face face, const char *word, size_t length,
                    size_t at, const struct pdf_glyphs *glyphs, size_t first);

#endif
