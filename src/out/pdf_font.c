/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Shaping with HarfBuzz.
 *
 * Text is cut into pieces of one font each: the letters that the wanted face has, those that
 * only the spare one has, and single letters that nobody has and for which a box is drawn. Words
 * that are written from right to left are shaped in that direction, but kept in the order of
 * reading: where a letter stands is known when the line is (pdf_text.c).
 */
#include "out/pdf_font.h"

#ifdef HAVE_CONFIG_H
#include <config.h>
#endif

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "out/bidi.h"
#include "out/harfbuzz.h"
#include "out/pdf_font_parts.h"
#include "out/pdf_words.h"

enum { BOX = 0x25a1 };

/* Families in the order of our liking, their files below a folder of fonts. */
static const struct family {
    const char *file[2], *name[2];
} families[] = {
    { { "liberation2/LiberationSans-Regular.ttf", "liberation2/LiberationSans-Bold.ttf" },
      { "LiberationSans", "LiberationSans-Bold" } },
    { { "liberation/LiberationSans-Regular.ttf", "liberation/LiberationSans-Bold.ttf" },
      { "LiberationSans", "LiberationSans-Bold" } },
    { { "liberation-sans/LiberationSans-Regular.ttf", "liberation-sans/LiberationSans-Bold.ttf" },
      { "LiberationSans", "LiberationSans-Bold" } },
    { { "dejavu/DejaVuSans.ttf", "dejavu/DejaVuSans-Bold.ttf" },
      { "DejaVuSans", "DejaVuSans-Bold" } },
    { { "dejavu-sans-fonts/DejaVuSans.ttf", "dejavu-sans-fonts/DejaVuSans-Bold.ttf" },
      { "DejaVuSans", "DejaVuSans-Bold" } },
};

/* ---- finding and opening ---- */

static bool face_open(struct pdf_fonts *fonts, enum pdf_face which, const char *folder,
                      const struct family *family, int style)
{
    const struct harfbuzz *hb = &fonts->hb;
    struct font_face *face = &fonts->faces[which];
    char path[4096];
    int length = snprintf(path, sizeof path, "%s/%s", folder, family->file[style]);
    if (length < 0 || (size_t)length >= sizeof path)
        return false;
    hb_blob_t *blob = hb->hb_blob_create_from_file_or_fail(path);
    if (blob == NULL)
        return false;
    face->name = family->name[style];
    face->hb = hb->hb_face_create(blob, 0);
    face->font = hb->hb_font_create(face->hb);
    face->glyph_count = hb->hb_face_get_glyph_count(face->hb);
    hb->hb_font_set_scale(face->font, 1000, 1000);
    hb->hb_blob_destroy(blob);
    face->widths = xcalloc(face->glyph_count + 1, sizeof face->widths[0]);
    face->stands_for = xcalloc(face->glyph_count + 1, sizeof face->stands_for[0]);
    return true;
}

static void face_close(struct pdf_fonts *fonts, struct font_face *face)
{
    if (face->hb == NULL)
        return;
    fonts->hb.hb_font_destroy(face->font);
    fonts->hb.hb_face_destroy(face->hb);
    free(face->widths);
    free(face->stands_for);
    memset(face, 0, sizeof *face);
}

static bool folder_open(struct pdf_fonts *fonts, const char *folder)
{
    for (size_t i = 0; i < countof(families); i++) {
        const struct family *spare = &families[countof(families) - 2];
        if (!face_open(fonts, FACE_REGULAR, folder, &families[i], 0))
            continue;
        if (face_open(fonts, FACE_BOLD, folder, &families[i], 1)) {
            if (i < countof(families) - 2)
                face_open(fonts, FACE_SPARE, folder, spare, 0);
            return true;
        }
        face_close(fonts, &fonts->faces[FACE_REGULAR]);
    }
    return false;
}

/* Folders divided by colons: those of the environment, else those known at build time. */
static bool folders_open(struct pdf_fonts *fonts)
{
    const char *own = getenv("KANTAPOLKU_FONTS");
    const char *rest = own != NULL ? own : FONT_FOLDERS;
    while (*rest != '\0') {
        size_t length = strcspn(rest, ":");
        char *folder = xstrndup(rest, length);
        bool found = folder_open(fonts, folder);
        free(folder);
        if (found)
            return true;
        rest += length + (rest[length] == ':');
    }
    return false;
}

int pdf_fonts_open(struct pdf_fonts **out, struct err *err)
{
    struct pdf_fonts *fonts = xcalloc(1, sizeof *fonts);
    int code = harfbuzz_load(&fonts->hb, err);
    if (code == 0 && !folders_open(fonts))
        code = err_set(err, ERR_DEVICE,
                       N_("PDF needs a font: install the package fonts-liberation2 or "
                          "fonts-dejavu-core, or print as text instead"));
    if (code == 0) {
        fonts->buffer = fonts->hb.hb_buffer_create();
        fonts->words = pdf_words_new();
        *out = fonts;
    } else {
        pdf_fonts_free(fonts);
        *out = NULL;
    }
    return code;
}

void pdf_fonts_free(struct pdf_fonts *fonts)
{
    if (fonts == NULL)
        return;
    if (fonts->buffer != NULL)
        fonts->hb.hb_buffer_destroy(fonts->buffer);
    pdf_words_free(fonts->words);
    for (size_t i = 0; i < FACE_COUNT; i++)
        face_close(fonts, &fonts->faces[i]);
    harfbuzz_unload(&fonts->hb);
    free(fonts);
}

/* ---- widths and use ---- */

int pdf_fonts_width(struct pdf_fonts *fonts, enum pdf_face which, uint16_t glyph)
{
    struct font_face *face = &fonts->faces[which];
    if (face->widths[glyph] == 0)      /* kept with one added, since many widths are 0 */
        face->widths[glyph] = 1 + fonts->hb.hb_font_get_glyph_h_advance(face->font, glyph);
    return face->widths[glyph] - 1;
}

bool pdf_fonts_use(struct pdf_fonts *fonts, enum pdf_face which, uint16_t glyph, uint32_t cp)
{
    uint32_t *stands_for = &fonts->faces[which].stands_for[glyph];
    if (*stands_for == 0)
        *stands_for = cp;
    return *stands_for == cp;
}

/* ---- shaping ---- */

static bool face_has(const struct pdf_fonts *fonts, enum pdf_face face, uint32_t cp)
{
    hb_codepoint_t glyph;
    return fonts->faces[face].hb != NULL
           && fonts->hb.hb_font_get_nominal_glyph(fonts->faces[face].font, cp, &glyph);
}

/* Which face draws the letter; FACE_COUNT when none has it. */
static enum pdf_face face_for(const struct pdf_fonts *fonts, enum pdf_face wanted, uint32_t cp)
{
    if (face_has(fonts, wanted, cp))
        return wanted;
    return face_has(fonts, FACE_SPARE, cp) ? FACE_SPARE : FACE_COUNT;
}

static struct pdf_glyph *glyph_add(struct pdf_glyphs *out)
{
    out->at = vec_room(out->at, &out->room, out->count + 1, sizeof out->at[0]);
    return &out->at[out->count++];
}

static void add_box(struct pdf_fonts *fonts, enum pdf_face wanted, const struct pdf_glyph *like,
                    struct pdf_glyphs *out)
{
    enum pdf_face which = face_for(fonts, wanted, BOX);
    hb_codepoint_t glyph = 0;
    if (which == FACE_COUNT)
        which = wanted;
    fonts->hb.hb_font_get_nominal_glyph(fonts->faces[which].font,
                                        face_has(fonts, which, BOX) ? BOX : '?', &glyph);
    int width = pdf_fonts_width(fonts, which, (uint16_t)glyph);
    *glyph_add(out) = (struct pdf_glyph){
        .at = like->at, .id = (uint16_t)glyph, .face = (uint8_t)which, .first = true,
        .level = like->level, .advance = (int16_t)width
    };
}

/* Glyphs from left to right, as HarfBuzz gives them, appended letter by letter as they are read. */
static void add_letters(const hb_glyph_info_t *infos, const hb_glyph_position_t *places,
                        unsigned count, const struct pdf_glyph *like, struct pdf_glyphs *out)
{
    bool left = like->level == BIDI_RIGHT;
    for (unsigned done = 0, size; done < count; done += size) {
        unsigned first = left ? count - 1 - done : done;
        for (size = 1; done + size < count; size++) {
            unsigned next = left ? first - 1 : first + size;
            if (infos[next].cluster != infos[first].cluster)
                break;
            first = left ? next : first;
        }
        for (unsigned i = first; i < first + size; i++)
            *glyph_add(out) = (struct pdf_glyph){
                .at = like->at + infos[i].cluster, .id = (uint16_t)infos[i].codepoint,
                .face = like->face, .level = like->level, .first = i == first,
                .advance = (int16_t)places[i].x_advance, .right = (int16_t)places[i].x_offset,
                .up = (int16_t)places[i].y_offset
            };
    }
}

/* Shapes bytes that are of one face and run in one direction: those of `like`. */
static void piece_shape(struct pdf_fonts *fonts, const struct pdf_glyph *like, const char *text,
                        size_t length, struct pdf_glyphs *out)
{
    static const hb_feature_t features[] = {
        { HB_TAG('l', 'i', 'g', 'a'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END },
        { HB_TAG('c', 'l', 'i', 'g'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END },
    };
    const struct harfbuzz *hb = &fonts->hb;
    unsigned count;
    hb->hb_buffer_clear_contents(fonts->buffer);
    hb->hb_buffer_set_cluster_level(fonts->buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_GRAPHEMES);
    hb->hb_buffer_add_utf8(fonts->buffer, text + like->at, (int)length, 0, (int)length);
    hb->hb_buffer_set_direction(fonts->buffer, like->level == BIDI_RIGHT ? HB_DIRECTION_RTL
                                                                        : HB_DIRECTION_LTR);
    hb->hb_buffer_guess_segment_properties(fonts->buffer);
    hb->hb_shape(fonts->faces[like->face].font, fonts->buffer, features, countof(features));
    const hb_glyph_info_t *infos = hb->hb_buffer_get_glyph_infos(fonts->buffer, &count);
    const hb_glyph_position_t *places = hb->hb_buffer_get_glyph_positions(fonts->buffer, &count);
    add_letters(infos, places, count, like, out);
}

/* `levels` of the bytes, or NULL when all run to the right. */
static void pieces_shape(struct pdf_fonts *fonts, enum pdf_face wanted, const char *text,
                         size_t from, size_t length, const unsigned char *levels,
                         struct pdf_glyphs *out)
{
    size_t end = from + length, begin = from, used;
    while (from < end) {
        uint32_t cp = utf8_decode(text + from, end - from, &used);
        enum pdf_face which = face_for(fonts, wanted, cp);
        struct pdf_glyph like = { .at = (uint32_t)from, .face = (uint8_t)which };
        like.level = levels != NULL ? levels[from - begin] : BIDI_LEFT;
        size_t to = from + used;
        if (which == FACE_COUNT) {
            if (utf8_cp_width(cp) > 0)
                add_box(fonts, wanted, &like, out);
            from = to;
            continue;
        }
        while (to < end) {
            cp = utf8_decode(text + to, end - to, &used);
            if (face_for(fonts, wanted, cp) != which
                || (levels != NULL && levels[to - begin] != like.level))
                break;
            to += used;
        }
        piece_shape(fonts, &like, text, to - from, out);
        from = to;
    }
}

/* A line with words that run from right to left is shaped as a whole. */
static void line_shape(struct pdf_fonts *fonts, enum pdf_face face, const char *text, size_t from,
                       size_t length, struct pdf_glyphs *out)
{
    unsigned char *levels = xcalloc(length + 1, 1);
    bool mixed = bidi_levels(text + from, length, levels);
    pieces_shape(fonts, face, text, from, length, mixed ? levels : NULL, out);
    out->mixed = out->mixed || mixed;
    free(levels);
}

/* No letter of a script that is written from right to left begins with one of the bytes: with such
 * letters a text is shaped as a whole. */
static bool is_of_words(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if ((byte >= 0xd6 && byte <= 0xe0) || byte >= 0xef)
            return false;
    }
    return true;
}

/* Word by word, each with the blanks before it. */
void pdf_fonts_shape(struct pdf_fonts *fonts, enum pdf_face face, const char *text, size_t from,
                     size_t length, struct pdf_glyphs *out)
{
    size_t end = from + length, to;
    if (!is_of_words(text + from, length)) {
        line_shape(fonts, face, text, from, length, out);
        return;
    }
    for (; from < end; from = to) {
        size_t first = out->count;
        to = from + strspn(text + from, " ");
        to += strcspn(text + to, " ");
        to = to < end ? to : end;
        if (pdf_words_get(fonts->words, face, text + from, to - from, from, out))
            continue;
        pieces_shape(fonts, face, text, from, to - from, NULL, out);
        pdf_words_keep(fonts->words, face, text + from, to - from, from, out, first);
    }
}
