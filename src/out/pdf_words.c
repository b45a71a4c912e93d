/* SPDX-License-Identifier: EUPL-1.2 */
#include "out/pdf_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { PLACES = 2048, LETTERS_MOST = 40 };

struct word {
    enum pdf_face face;
    size_t length, count;
    char text[LETTERS_MOST];
    struct pdf_glyph glyphs[];     /* `at` counts from the word's first byte */
};

struct pdf_words {
    struct word *at[PLACES];
};

struct pdf_words *pdf_words_new(void)
{
    return xcalloc(1, sizeof(struct pdf_words));
}

void pdf_words_free(struct pdf_words *words)
{
    if (words == NULL)
        return;
    for (size_t i = 0; i < PLACES; i++)
        free(words->at[i]);
    free(words);
}

/* FNV-1a. */
static size_t place_of(enum pdf_face face, const char *word, size_t length)
{
    uint32_t hash = 2166136261U ^ (uint32_t)face;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)word[i]) * 16777619U;
    return (hash ^ hash >> 16) % PLACES;
}

bool pdf_words_get(const struct pdf_words *words, enum pdf_face face, const char *word,
                   size_t length, size_t at, struct pdf_glyphs *out)
{
    const struct word *kept = words->at[place_of(face, word, length)];
    if (kept == NULL || kept->face != face || kept->length != length
        || memcmp(kept->text, word, length) != 0)
        return false;
    out->at = vec_room(out->at, &out->room, out->count + kept->count, sizeof out->at[0]);
    for (size_t i = 0; i < kept->count; i++) {
        out->at[out->count] = kept->glyphs[i];
        out->at[out->count++].at += (uint32_t)at;
    }
    return true;
}

void pdf_words_keep(struct pdf_words *words, enum pdf_face face, const char *word, size_t length,
                    size_t at, const struct pdf_glyphs *glyphs, size_t first)
{
    size_t count = glyphs->count - first;
    if (length > LETTERS_MOST || count > LETTERS_MOST)
        return;
    struct word **place = &words->at[place_of(face, word, length)];
    free(*place);
    *place = xcalloc(1, sizeof **place + count * sizeof (*place)->glyphs[0]);
    **place = (struct word){ .face = face, .length = length, .count = count };
    memcpy((*place)->text, word, length);
    for (size_t i = 0; i < count; i++) {
        (*place)->glyphs[i] = glyphs->at[first + i];
        (*place)->glyphs[i].at -= (uint32_t)at;
    }
}
