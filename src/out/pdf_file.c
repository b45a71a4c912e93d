/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Objects of a PDF, and the cross-reference table at its end.
 *
 * Small objects are gathered into object streams of PACK_COUNT, because a tagged document has
 * thousands of them and they compress to a tenth together. The table is then a stream, too. Nothing
 * here depends on time or place: the same objects give the same bytes, and /ID is their digest.
 */
#include "out/pdf_file.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "base/utf8.h"

/* Level 6 makes files a tenth smaller in twice the time. */
enum { PACK_COUNT = 200, DEFLATE_LEVEL = 3 };

struct object_place {
    size_t at;                /* of the object in the file, or its index in the object stream */
    int stream;               /* number of the object stream that holds it; 0: none */
};

struct pdf_file {
    struct buf *out;
    bool old;
    struct object_place *places;     /* by number; [0] is not used */
    size_t count, room;
    struct buf pack_head, pack_body;
    int pack, packed;         /* number of the object stream being filled, and objects in it */
};

static const char header_17[] = "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n";
static const char header_14[] = "%PDF-1.4\n%\xe2\xe3\xcf\xd3\n";

int pdf_file_reserve(struct pdf_file *file)
{
    file->places = vec_room(file->places, &file->room, file->count + 1, sizeof file->places[0]);
    file->places[file->count] = (struct object_place){ 0 };
    return (int)file->count++;
}

struct pdf_file *pdf_file_new(struct buf *out, bool old)
{
    struct pdf_file *file = xcalloc(1, sizeof *file);
    file->out = out;
    file->old = old;
    file->pack_head = file->pack_body = (struct buf)BUF_INIT;
    pdf_file_reserve(file);
    buf_add(out, old ? header_14 : header_17);
    return file;
}

void pdf_file_free(struct pdf_file *file)
{
    if (file == NULL)
        return;
    buf_free(&file->pack_head);
    buf_free(&file->pack_body);
    free(file->places);
    free(file);
}

bool pdf_file_is_old(const struct pdf_file *file)
{
    return file->old;
}

void pdf_file_plain_stream(struct pdf_file *file, int number, const char *entries,
                           const char *bytes, size_t length)
{
    file->places[number].at = file->out->length;
    buf_addf(file->out, "%d 0 obj\n<<%s/Length %zu>>\nstream\n", number, entries, length);
    buf_add_n(file->out, bytes, length);
    buf_add(file->out, "\nendstream\nendobj\n");
}

void pdf_file_stream(struct pdf_file *file, int number, const char *entries, const char *bytes,
                     size_t length)
{
    struct buf more = BUF_INIT;
    uLongf packed = compressBound((uLong)length);
    char *out = xcalloc(packed, 1);
    buf_addf(&more, "%s/Filter/FlateDecode", entries);
    compress2((Bytef *)out, &packed, (const Bytef *)bytes, (uLong)length, DEFLATE_LEVEL);
    pdf_file_plain_stream(file, number, more.text, out, packed);
    free(out);
    buf_free(&more);
}

static void pack_end(struct pdf_file *file)
{
    struct buf entries = BUF_INIT, body = BUF_INIT;
    if (file->packed == 0)
        return;
    buf_addf(&entries, "/Type/ObjStm/N %d/First %zu", file->packed, file->pack_head.length);
    buf_add_n(&body, file->pack_head.text, file->pack_head.length);
    buf_add_n(&body, file->pack_body.text, file->pack_body.length);
    pdf_file_stream(file, file->pack, entries.text, body.text, body.length);
    buf_clear(&file->pack_head);
    buf_clear(&file->pack_body);
    file->packed = 0;
    buf_free(&entries);
    buf_free(&body);
}

static void put_packed(struct pdf_file *file, int number, const char *body, size_t length)
{
    if (file->packed == 0)
        file->pack = pdf_file_reserve(file);
    file->places[number] = (struct object_place){ (size_t)file->packed++, file->pack };
    buf_add_number(&file->pack_head, number);
    buf_add_char(&file->pack_head, ' ');
    buf_add_number(&file->pack_head, (long)file->pack_body.length);
    buf_add_char(&file->pack_head, ' ');
    buf_add_n(&file->pack_body, body, length);
    buf_add_char(&file->pack_body, '\n');
    if (file->packed == PACK_COUNT)
        pack_end(file);
}

void pdf_file_put(struct pdf_file *file, int number, const char *body, size_t length)
{
    if (!file->old) {
        put_packed(file, number, body, length);
        return;
    }
    file->places[number].at = file->out->length;
    buf_addf(file->out, "%d 0 obj\n", number);
    buf_add_n(file->out, body, length);
    buf_add(file->out, "\nendobj\n");
}

/* Root, Info and ID: what both kinds of cross-reference say. */
static void add_trailer(struct pdf_file *file, int catalogue, int info, struct buf *out)
{
    char digest[SHA256_TEXT];
    struct sha256 sha;
    sha256_init(&sha);
    sha256_add(&sha, file->out->text, file->out->length);
    sha256_end(&sha, digest);
    digest[32] = '\0';
    buf_addf(out, "/Size %zu/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]", file->count, catalogue, info,
             digest, digest);
}

static void end_old(struct pdf_file *file, int catalogue, int info)
{
    struct buf trailer = BUF_INIT;
    size_t at = file->out->length;
    add_trailer(file, catalogue, info, &trailer);
    buf_addf(file->out, "xref\n0 %zu\n0000000000 65535 f \n", file->count);
    for (size_t i = 1; i < file->count; i++)
        buf_addf(file->out, "%010zu 00000 n \n", file->places[i].at);
    buf_addf(file->out, "trailer\n<<%s>>\nstartxref\n%zu\n%%%%EOF\n", trailer.text, at);
    buf_free(&trailer);
}

static void add_row(struct buf *out, int kind, size_t middle, size_t last)
{
    const char row[] = {
        (char)kind, (char)(middle >> 24), (char)(middle >> 16), (char)(middle >> 8), (char)middle,
        (char)(last >> 8), (char)last,
    };
    buf_add_n(out, row, sizeof row);
}

static void end_packed(struct pdf_file *file, int catalogue, int info)
{
    struct buf entries = BUF_INIT, rows = BUF_INIT;
    pack_end(file);
    int number = pdf_file_reserve(file);
    size_t at = file->out->length;
    file->places[number].at = at;
    add_row(&rows, 0, 0, 65535);
    for (size_t i = 1; i < file->count; i++) {
        const struct object_place *place = &file->places[i];
        if (place->stream != 0)
            add_row(&rows, 2, (size_t)place->stream, place->at);
        else
            add_row(&rows, 1, place->at, 0);
    }
    buf_add(&entries, "/Type/XRef/W[1 4 2]");
    add_trailer(file, catalogue, info, &entries);
    pdf_file_stream(file, number, entries.text, rows.text, rows.length);
    buf_addf(file->out, "startxref\n%zu\n%%%%EOF\n", at);
    buf_free(&entries);
    buf_free(&rows);
}

void pdf_file_end(struct pdf_file *file, int catalogue, int info)
{
    if (file->old)
        end_old(file, catalogue, info);
    else
        end_packed(file, catalogue, info);
}

void pdf_add_reference(struct buf *out, const char *before, int number)
{
    buf_add(out, before);
    buf_add_number(out, number);
    buf_add_n(out, " 0 R", 4);
}

void pdf_add_hex(struct buf *out, unsigned unit)
{
    static const char digits[] = "0123456789ABCDEF";
    const char hex[] = { digits[unit >> 12 & 15], digits[unit >> 8 & 15], digits[unit >> 4 & 15],
                         digits[unit & 15] };
    buf_add_n(out, hex, sizeof hex);
}

void pdf_add_string(struct buf *out, const char *text)
{
    enum { BYTES_MOST = 32767, HEX_MOST = 2 * (BYTES_MOST - 2 * 2) };
    size_t length = strlen(text), used, begin = out->length;
    buf_add(out, "<FEFF");
    for (size_t i = 0; i < length && out->length - begin < HEX_MOST; i += used) {
        uint32_t cp = utf8_decode(text + i, length - i, &used);
        if (cp >= 0x10000)
            pdf_add_hex(out, 0xd800 + ((cp - 0x10000) >> 10));
        pdf_add_hex(out, cp >= 0x10000 ? 0xdc00 + ((cp - 0x10000) & 0x3ff) : cp);
    }
    buf_add_char(out, '>');
}

/* Hundredths of a point are finer than any printer. */
void pdf_add_length(struct buf *out, int thousandths)
{
    bool minus = thousandths < 0;
    int hundredths = ((minus ? -thousandths : thousandths) + 5) / 10;
    if (minus && hundredths > 0)
        buf_add_char(out, '-');
    buf_add_number(out, hundredths / 100);
    if (hundredths % 100 == 0)
        return;
    buf_add_n(out, hundredths % 100 < 10 ? ".0" : ".", hundredths % 100 < 10 ? 2 : 1);
    buf_add_number(out, hundredths % 100);
}
