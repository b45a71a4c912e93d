/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a PDF says of itself: the Info dictionary, the same as XMP with the standards it keeps to,
 * and the colour space of a screen (sRGB, IEC 61966-2-1), made here from its definition.
 *
 * The time is SOURCE_DATE_EPOCH, when that is set, else the beginning of the document's day, so
 * that the same plan on the same day gives the same file. A document without a day is of 1.1.1970.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/lang.h"
#include "base/mem.h"
#include "out/doc.h"
#include "out/pdf.h"
#include "out/pdf_file.h"

static const char maker[] = "kantapolku";

struct moment {
    struct civil day;
    int hour, minute, second;
};

static struct moment moment_of(const struct doc *doc)
{
    enum { DAY = 24 * 60 * 60 };
    const char *text = getenv("SOURCE_DATE_EPOCH");
    char *end = NULL;
    long long seconds = text == NULL ? 0 : strtoll(text, &end, 10);
    int day = doc->day == DATE_NONE ? 0 : doc->day;
    if (text != NULL && end != text && *end == '\0' && seconds >= 0 && seconds / DAY < 80000)
        day = (int)(seconds / DAY);
    else
        seconds = 0;
    int rest = (int)(seconds % DAY);
    return (struct moment){ date_civil(day), rest / 3600, rest / 60 % 60, rest % 60 };
}

/* A file without a title is nothing to a screen reader. */
static const char *title_of(const struct doc *doc)
{
    return doc->title[strspn(doc->title, " \n\t")] != '\0' ? doc->title : doc->id;
}

int meta_info(const struct pdf *pdf, struct pdf_file *file)
{
    struct moment at = moment_of(pdf->doc);
    struct buf out = BUF_INIT, date = BUF_INIT;
    char *title = doc_clean(title_of(pdf->doc), true), *author = doc_clean(pdf->doc->provider, true);
    int number = pdf_file_reserve(file);
    buf_addf(&date, "(D:%04d%02d%02d%02d%02d%02dZ)", at.day.year, at.day.month, at.day.day,
             at.hour, at.minute, at.second);
    buf_add(&out, "<</Title");
    pdf_add_string(&out, title);
    if (*author != '\0') {
        buf_add(&out, "/Author");
        pdf_add_string(&out, author);
    }
    buf_addf(&out, "/Creator(%s)/Producer(%s)/CreationDate%s/ModDate%s>>", maker, maker, date.text,
             date.text);
    pdf_file_put(file, number, out.text, out.length);
    free(title);
    free(author);
    buf_free(&out);
    buf_free(&date);
    return number;
}

static void add_xml(struct buf *out, const char *text)
{
    char *clean = doc_clean(text, true);
    for (const char *c = clean; *c != '\0'; c++) {
        if (*c == '&')
            buf_add(out, "&amp;");
        else if (*c == '<')
            buf_add(out, "&lt;");
        else
            buf_add_char(out, *c);
    }
    free(clean);
}

/* PDF/A knows the properties of PDF/UA only when they are described in the file. */
static const char ua_schema[] =
    "<rdf:Description rdf:about=\"\""
    " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"\n"
    " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\"\n"
    " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\n"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaProperty:name>part</pdfaProperty:name>\n"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
    "<pdfaProperty:category>internal</pdfaProperty:category>\n"
    "<pdfaProperty:description>Part of ISO 14289 to which the file conforms"
    "</pdfaProperty:description>\n"
    "</rdf:li></rdf:Seq></pdfaSchema:property>\n"
    "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n</rdf:Description>\n";

static void add_properties(const struct pdf *pdf, struct buf *out)
{
    struct moment at = moment_of(pdf->doc);
    struct buf date = BUF_INIT;
    buf_addf(&date, "%04d-%02d-%02dT%02d:%02d:%02dZ", at.day.year, at.day.month, at.day.day,
             at.hour, at.minute, at.second);
    buf_add(out, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">");
    add_xml(out, title_of(pdf->doc));
    buf_add(out, "</rdf:li></rdf:Alt></dc:title>\n");
    if (*pdf->doc->provider != '\0') {
        buf_add(out, "<dc:creator><rdf:Seq><rdf:li>");
        add_xml(out, pdf->doc->provider);
        buf_add(out, "</rdf:li></rdf:Seq></dc:creator>\n");
    }
    buf_addf(out, "<dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>\n"
             "<xmp:CreatorTool>%s</xmp:CreatorTool>\n<xmp:CreateDate>%s</xmp:CreateDate>\n"
             "<xmp:ModifyDate>%s</xmp:ModifyDate>\n<pdf:Producer>%s</pdf:Producer>\n",
             lang_code(pdf->doc->lang), maker, date.text, date.text, maker);
    buf_free(&date);
}

int meta_xmp(const struct pdf *pdf, struct pdf_file *file)
{
    struct buf out = BUF_INIT;
    int number = pdf_file_reserve(file);
    buf_add(&out, "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
            "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");
    buf_add(&out, ua_schema);
    buf_add(&out, "<rdf:Description rdf:about=\"\""
            " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
            " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
            " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n"
            " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"\n"
            " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n");
    add_properties(pdf, &out);
    buf_addf(&out, "<pdfaid:part>%d</pdfaid:part>\n<pdfaid:conformance>%s</pdfaid:conformance>\n"
             "<pdfuaid:part>1</pdfuaid:part>\n</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n"
             "<?xpacket end=\"w\"?>", pdf->old ? 1 : 2, pdf->old ? "B" : "A");
    pdf_file_plain_stream(file, number, "/Type/Metadata/Subtype/XML", out.text, out.length);
    buf_free(&out);
    return number;
}

/* ---- colour profile ---- */

static void add_u16(struct buf *out, unsigned value)
{
    buf_add_char(out, (char)(value >> 8));
    buf_add_char(out, (char)value);
}

static void add_u32(struct buf *out, uint32_t value)
{
    add_u16(out, value >> 16);
    add_u16(out, value & 0xffff);
}

/* A type name, four zero bytes, and a colour as three numbers with 16 binary places. */
static void add_xyz(struct buf *out, const double *xyz)
{
    buf_add_n(out, "XYZ \0\0\0", 8);
    for (int i = 0; i < 3; i++)
        add_u32(out, (uint32_t)(int32_t)lround(xyz[i] * 65536));
}

static void add_text(struct buf *out, const char *type, const char *text)
{
    size_t length = strlen(text) + 1;
    buf_add_n(out, type, 4);
    add_u32(out, 0);
    if (strcmp(type, "desc") == 0)
        add_u32(out, (uint32_t)length);
    buf_add_n(out, text, length);
    if (strcmp(type, "desc") == 0)
        for (int i = 0; i < 4 + 4 + 2 + 1 + 67; i++)
            buf_add_char(out, '\0');
}

static void add_curve(struct buf *out)
{
    enum { STEPS = 1024 };
    buf_add_n(out, "curv\0\0\0", 8);
    add_u32(out, STEPS);
    for (int i = 0; i < STEPS; i++) {
        double v = i / (STEPS - 1.0);
        double linear = v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
        add_u16(out, (unsigned)lround(linear * 65535));
    }
}

static void pad(struct buf *out)
{
    while (out->length % 4 != 0)
        buf_add_char(out, '\0');
}

/* Colours of the definition, adapted to the light D50 that profiles are held against. */
static const double white[] = { 0.9505, 1, 1.0891 }, red[] = { 0.43607, 0.22249, 0.01392 },
                    green[] = { 0.38515, 0.71687, 0.09708 },
                    blue[] = { 0.14307, 0.06061, 0.71410 };

static void add_entry(struct buf *table, const char *name, size_t at, size_t length)
{
    buf_add_n(table, name, 4);
    add_u32(table, (uint32_t)at);
    add_u32(table, (uint32_t)length);
}

static void profile(struct buf *out)
{
    enum { HEAD = 128, TAGS = 9, DATA_AT = HEAD + 4 + TAGS * 12 };
    static const struct {
        const char *name;
        const double *xyz;
    } points[] = { { "wtpt", white }, { "rXYZ", red }, { "gXYZ", green }, { "bXYZ", blue } };
    static const double d50[] = { 0.9642, 1, 0.8249 };
    struct buf table = BUF_INIT, data = BUF_INIT, d50_text = BUF_INIT;
    add_u32(&table, TAGS);
    add_text(&data, "desc", "sRGB");
    add_entry(&table, "desc", DATA_AT, data.length);
    pad(&data);
    size_t at = data.length;
    add_text(&data, "text", "No copyright");
    add_entry(&table, "cprt", DATA_AT + at, data.length - at);
    pad(&data);
    for (size_t i = 0; i < countof(points); i++) {
        add_entry(&table, points[i].name, DATA_AT + data.length, 20);
        add_xyz(&data, points[i].xyz);
    }
    at = data.length;
    add_curve(&data);
    for (int i = 0; i < 3; i++)
        add_entry(&table, i == 0 ? "rTRC" : i == 1 ? "gTRC" : "bTRC", DATA_AT + at,
                  data.length - at);
    add_u32(out, (uint32_t)(DATA_AT + data.length));
    buf_add_n(out, "\0\0\0\0\2\x10\0\0mntrRGB XYZ ", 20);
    buf_add_n(out, "\7\316\0\2\0\11\0\6\0\61\0\0acsp\0\0\0\0\0\0\0\0IEC sRGB", 32);
    buf_add_n(out, "\0\0\0\0\0\0\0\0\0\0\0\0", 12);
    add_xyz(&d50_text, d50);
    buf_add_n(out, d50_text.text + 8, 12);
    while (out->length < HEAD)
        buf_add_char(out, '\0');
    buf_add_n(out, table.text, table.length);
    buf_add_n(out, data.text, data.length);
    buf_free(&table);
    buf_free(&data);
    buf_free(&d50_text);
}

int meta_color(struct pdf_file *file)
{
    struct buf bytes = BUF_INIT, out = BUF_INIT;
    int stream = pdf_file_reserve(file), number = pdf_file_reserve(file);
    profile(&bytes);
    pdf_file_stream(file, stream, "/N 3", bytes.text, bytes.length);
    buf_addf(&out, "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
             "/Info(sRGB IEC61966-2.1)/RegistryName(http://www.color.org)"
             "/DestOutputProfile %d 0 R>>", stream);
    pdf_file_put(file, number, out.text, out.length);
    buf_free(&bytes);
    buf_free(&out);
    return number;
}
