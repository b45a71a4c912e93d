/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Fonts as objects of a PDF: a Type 0 font whose codes are the glyph numbers of the font file,
 * the used part of the file itself, widths, and the text that each glyph stands for.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "out/pdf_file.h"
#include "out/pdf_font_parts.h"

enum { BFCHAR_MOST = 100, TAG_LETTERS = 6 };

/* The used glyphs with their numbers kept; layout tables, hints and names have done their work. */
static hb_blob_t *subset_blob(const struct pdf_fonts *fonts, const struct font_face *face)
{
    static const hb_tag_t dropped[] = {
        HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F'),
        HB_TAG('k', 'e', 'r', 'n'), HB_TAG('n', 'a', 'm', 'e'), HB_TAG('F', 'F', 'T', 'M'),
        HB_TAG('g', 'a', 's', 'p'),
    };
    const struct harfbuzz *hb = &fonts->hb;
    hb_subset_input_t *input = hb->hb_subset_input_create_or_fail();
    hb_blob_t *blob = NULL;
    if (input == NULL)
        return NULL;
    for (size_t i = 0; i < countof(dropped); i++)
        hb->hb_set_add(hb->hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG), dropped[i]);
    for (unsigned i = 0; i < face->glyph_count; i++)
        if (face->stands_for[i] != 0)
            hb->hb_set_add(hb->hb_subset_input_glyph_set(input), i);
    hb->hb_subset_input_set_flags(input,
                                  HB_SUBSET_FLAGS_RETAIN_GIDS | HB_SUBSET_FLAGS_NO_HINTING);
    hb_face_t *subset = hb->hb_subset_or_fail(face->hb, input);
    if (subset != NULL) {
        blob = hb->hb_face_reference_blob(subset);
        hb->hb_face_destroy(subset);
    }
    hb->hb_subset_input_destroy(input);
    return blob;
}

/* "ABCDEF+Name": the tag tells subsets of one font apart, so it is made of the subset. */
static void subset_name(const struct font_face *face, const char *bytes, size_t length,
                        struct buf *out)
{
    char digest[SHA256_TEXT];
    struct sha256 sha;
    sha256_init(&sha);
    sha256_add(&sha, bytes, length);
    sha256_end(&sha, digest);
    for (int i = 0; i < TAG_LETTERS; i++) {
        int digit = digest[i] <= '9' ? digest[i] - '0' : digest[i] - 'a' + 10;
        buf_add_char(out, (char)('A' + digit));
    }
    buf_addf(out, "+%s", face->name);
}

static void add_widths(struct pdf_fonts *fonts, enum pdf_face which, struct buf *out)
{
    const struct font_face *face = &fonts->faces[which];
    buf_add(out, "/W[");
    for (unsigned i = 0; i < face->glyph_count; i++) {
        if (face->stands_for[i] == 0)
            continue;
        if (i == 0 || face->stands_for[i - 1] == 0)
            buf_addf(out, "%u[", i);
        buf_addf(out, "%d", pdf_fonts_width(fonts, which, (uint16_t)i));
        buf_add(out, i + 1 < face->glyph_count && face->stands_for[i + 1] != 0 ? " " : "]");
    }
    buf_add_char(out, ']');
}

static int put_unicode(const struct font_face *face, struct pdf_file *file)
{
    struct buf map = BUF_INIT, rows = BUF_INIT;
    int number = pdf_file_reserve(file), count = 0;
    buf_add(&map, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                  "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
                  "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
                  "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
    for (unsigned i = 0; i <= face->glyph_count; i++) {
        if (count == BFCHAR_MOST || (i == face->glyph_count && count > 0)) {
            buf_addf(&map, "%d beginbfchar\n%sendbfchar\n", count, rows.text);
            buf_clear(&rows);
            count = 0;
        }
        if (i == face->glyph_count || face->stands_for[i] == 0)
            continue;
        char text[5] = "";
        struct buf string = BUF_INIT;
        text[utf8_encode(face->stands_for[i], text)] = '\0';
        pdf_add_string(&string, text);
        buf_addf(&rows, "<%04X><%s\n", i, string.text + strlen("<FEFF"));
        buf_free(&string);
        count++;
    }
    buf_add(&map, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
    pdf_file_stream(file, number, "", map.text, map.length);
    buf_free(&map);
    buf_free(&rows);
    return number;
}

/* Four corners out of the table "head", in thousandths. */
static void add_box(const struct pdf_fonts *fonts, const struct font_face *face, struct buf *out)
{
    enum { CORNERS_AT = 36 };
    const struct harfbuzz *hb = &fonts->hb;
    hb_blob_t *head = hb->hb_face_reference_table(face->hb, HB_TAG('h', 'e', 'a', 'd'));
    const unsigned char *bytes = (const unsigned char *)hb->hb_blob_get_data(head, NULL);
    int upem = (int)hb->hb_face_get_upem(face->hb);
    buf_add(out, "/FontBBox[");
    for (int i = 0; i < 4; i++) {
        int corner = 0;
        if (hb->hb_blob_get_length(head) >= CORNERS_AT + 8) {
            const unsigned char *at = bytes + CORNERS_AT + 2 * i;
            corner = (int16_t)(at[0] << 8 | at[1]);
        }
        buf_addf(out, "%s%d", i == 0 ? "" : " ", corner * 1000 / upem);
    }
    buf_add_char(out, ']');
    hb->hb_blob_destroy(head);
}

/* PDF/A-1 wants to be told which glyphs the program holds: all numbers are kept, so all. */
static int put_glyph_set(const struct font_face *face, struct pdf_file *file)
{
    struct buf bits = BUF_INIT;
    int number = pdf_file_reserve(file);
    for (unsigned i = 0; i < face->glyph_count; i += 8) {
        unsigned left = face->glyph_count - i;
        buf_add_char(&bits, (char)(left >= 8 ? 0xff : 0xff00 >> left));
    }
    pdf_file_stream(file, number, "", bits.text, bits.length);
    buf_free(&bits);
    return number;
}

static int put_descriptor(const struct pdf_fonts *fonts, enum pdf_face which, const char *name,
                          int program, struct pdf_file *file)
{
    enum { NOT_SYMBOLIC = 32, STEM = 84, STEM_BOLD = 140 };
    const struct font_face *face = &fonts->faces[which];
    hb_font_extents_t extents = { 0 };
    hb_position_t capitals = 0;
    struct buf out = BUF_INIT;
    int number = pdf_file_reserve(file);
    fonts->hb.hb_font_get_h_extents(face->font, &extents);
    fonts->hb.hb_ot_metrics_get_position_with_fallback(face->font, HB_OT_METRICS_TAG_CAP_HEIGHT,
                                                       &capitals);
    buf_addf(&out, "<</Type/FontDescriptor/FontName/%s/Flags %d/ItalicAngle 0/Ascent %d"
             "/Descent %d/CapHeight %d/StemV %d/FontFile2 %d 0 R",
             name, NOT_SYMBOLIC, extents.ascender, extents.descender, capitals,
             which == FACE_BOLD ? STEM_BOLD : STEM, program);
    add_box(fonts, face, &out);
    if (pdf_file_is_old(file))
        buf_addf(&out, "/CIDSet %d 0 R", put_glyph_set(face, file));
    buf_add(&out, ">>");
    pdf_file_put(file, number, out.text, out.length);
    buf_free(&out);
    return number;
}

static int put_cid_font(struct pdf_fonts *fonts, enum pdf_face which, const char *name,
                        int descriptor, struct pdf_file *file)
{
    struct buf out = BUF_INIT;
    int number = pdf_file_reserve(file);
    buf_addf(&out, "<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDToGIDMap/Identity"
             "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
             "/DW 0/FontDescriptor %d 0 R", name, descriptor);
    add_widths(fonts, which, &out);
    buf_add(&out, ">>");
    pdf_file_put(file, number, out.text, out.length);
    buf_free(&out);
    return number;
}

static void put_font(struct pdf_fonts *fonts, enum pdf_face which, const char *bytes,
                     size_t length, struct pdf_file *file, struct buf *entries)
{
    struct buf name = BUF_INIT, out = BUF_INIT;
    int program = pdf_file_reserve(file), number = pdf_file_reserve(file);
    subset_name(&fonts->faces[which], bytes, length, &name);
    buf_addf(&out, "/Length1 %zu", length);
    pdf_file_stream(file, program, out.text, bytes, length);
    int descriptor = put_descriptor(fonts, which, name.text, program, file);
    int cid_font = put_cid_font(fonts, which, name.text, descriptor, file);
    buf_clear(&out);
    buf_addf(&out, "<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H"
             "/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>",
             name.text, cid_font, put_unicode(&fonts->faces[which], file));
    pdf_file_put(file, number, out.text, out.length);
    buf_addf(entries, "/F%d %d 0 R", (int)which, number);
    buf_free(&name);
    buf_free(&out);
}

static bool is_used(const struct font_face *face)
{
    for (unsigned i = 0; face->hb != NULL && i < face->glyph_count; i++)
        if (face->stands_for[i] != 0)
            return true;
    return false;
}

int pdf_fonts_write(struct pdf_fonts *fonts, struct pdf_file *file, struct buf *entries,
                    struct err *err)
{
    for (int i = 0; i < FACE_COUNT; i++) {
        unsigned length;
        if (!is_used(&fonts->faces[i]))
            continue;
        hb_blob_t *blob = subset_blob(fonts, &fonts->faces[i]);
        if (blob == NULL)
            return err_set(err, ERR_OUTPUT, N_("the font %s cannot be embedded"),
                           fonts->faces[i].name);
        const char *bytes = fonts->hb.hb_blob_get_data(blob, &length);
        put_font(fonts, (enum pdf_face)i, bytes, length, file, entries);
        fonts->hb.hb_blob_destroy(blob);
    }
    return 0;
}
