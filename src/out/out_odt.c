/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A document as ODT (OpenDocument 1.3), to go on writing in an office program. This file makes the
 * package and what is about the document; odt_content.c writes the text.
 */
#include "out/writers.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/lang.h"
#include "base/mem.h"
#include "out/archive.h"
#include "out/doc.h"
#include "out/odt.h"

static const char mimetype[] = "application/vnd.oasis.opendocument.text";

static const char manifest[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<manifest:manifest manifest:version=\"1.3\""
    " xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\">\n"
    "<manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\""
    " manifest:media-type=\"application/vnd.oasis.opendocument.text\"/>\n"
    "<manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>\n"
    "<manifest:file-entry manifest:full-path=\"styles.xml\" manifest:media-type=\"text/xml\"/>\n"
    "<manifest:file-entry manifest:full-path=\"meta.xml\" manifest:media-type=\"text/xml\"/>\n"
    "</manifest:manifest>\n";

static void add_meta(const struct doc *doc, struct buf *out)
{
    char day[11];
    date_iso(doc->day, day);
    buf_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<office:document-meta office:version=\"1.3\""
            " xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""
            " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
            " xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\">\n"
            "<office:meta><meta:generator>kantapolku</meta:generator><dc:title>");
    odt_add_text(out, doc->title);
    buf_add(out, "</dc:title><meta:initial-creator>");
    odt_add_text(out, doc->provider);
    buf_addf(out, "</meta:initial-creator><dc:language>%s</dc:language>", lang_code(doc->lang));
    if (doc->day != DATE_NONE)
        buf_addf(out, "<meta:creation-date>%sT00:00:00</meta:creation-date>", day);
    buf_add(out, "</office:meta></office:document-meta>\n");
}

/* Sender, document with its number, page and pages; who may see it, date. */
static void add_header(const struct doc *doc, const char *style, struct buf *out)
{
    buf_addf(out, "<text:p text:style-name=\"%s\">"
             "<text:span text:style-name=\"Strong_20_Emphasis\">", style);
    odt_add_text(out, doc->provider);
    buf_add(out, "<text:tab/>");
    odt_add_text(out, doc->title);
    buf_add(out, "</text:span><text:tab/><text:page-number text:select-page=\"current\">1"
            "</text:page-number> (<text:page-count>1</text:page-count>)</text:p>");
    buf_addf(out, "<text:p text:style-name=\"%s\"><text:tab/>", style);
    odt_add_text(out, doc_mark(doc));
    buf_add(out, "<text:tab/>");
    odt_add_text(out, doc->date);
    buf_add(out, "</text:p>");
    if (doc->notice == NULL)
        return;
    buf_addf(out, "<text:p text:style-name=\"%s\"><text:tab/>"
             "<text:span text:style-name=\"Strong_20_Emphasis\">", style);
    odt_add_text(out, doc->notice);
    buf_add(out, "</text:span></text:p>");
}

static void add_styles(const struct doc *doc, struct buf *out)
{
    static const char *const countries[LANG_COUNT] = {
        [LANG_FI] = "FI", [LANG_SV] = "FI", [LANG_EN] = "GB"
    };
    struct buf header = BUF_INIT, wide = BUF_INIT;
    add_header(doc, "Header", &header);
    add_header(doc, "Header_20_Wide", &wide);
    const struct {
        const char *mark, *text;
    } marks[] = {
        { "@lang@", lang_code(doc->lang) }, { "@country@", countries[doc->lang] },
        { "@header@", header.text }, { "@wide@", wide.text },
    };
    const char *rest = odt_styles;
    for (size_t i = 0; i < countof(marks); i++) {
        const char *at = strstr(rest, marks[i].mark);
        buf_add_n(out, rest, (size_t)(at - rest));
        buf_add(out, marks[i].text);
        rest = at + strlen(marks[i].mark);
    }
    buf_add(out, rest);
    buf_free(&header);
    buf_free(&wide);
}

int out_odt(const struct doc *doc, const struct tr *tr, struct buf *out, struct err *err)
{
    struct buf content = BUF_INIT, styles = BUF_INIT, meta = BUF_INIT;
    struct archive *archive;
    int code = archive_new(&archive, err);
    if (code == 0) {
        odt_content(doc, tr, &content);
        add_styles(doc, &styles);
        add_meta(doc, &meta);
        archive_add(archive, "mimetype", mimetype, strlen(mimetype), false);
        archive_add(archive, "META-INF/manifest.xml", manifest, strlen(manifest), true);
        archive_add(archive, "content.xml", content.text, content.length, true);
        archive_add(archive, "styles.xml", styles.text, styles.length, true);
        archive_add(archive, "meta.xml", meta.text, meta.length, true);
        code = archive_end(archive, out, err);
    }
    archive_free(archive);
    buf_free(&content);
    buf_free(&styles);
    buf_free(&meta);
    return code;
}
