/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A document as a draft of an e-mail (RFC 5322, MIME) with the PDF attached. A mail program opens
 * it to be completed: there is no sender, no recipient and no date, since none is known here.
 */
#include "out/writers.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "base/utf8_ascii.h"
#include "out/doc.h"

enum { LINE_BYTES = 57 };     /* that many bytes are 76 letters, the most of a line */

static void add_group(struct buf *out, const unsigned char *bytes, size_t count)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned long group = (unsigned long)bytes[0] << 16;
    if (count > 1)
        group |= (unsigned long)bytes[1] << 8;
    if (count > 2)
        group |= bytes[2];
    buf_add_char(out, letters[group >> 18]);
    buf_add_char(out, letters[group >> 12 & 63]);
    buf_add_char(out, count > 1 ? letters[group >> 6 & 63] : '=');
    buf_add_char(out, count > 2 ? letters[group & 63] : '=');
}

static void add_base64(struct buf *out, const char *bytes, size_t length)
{
    const unsigned char *from = (const unsigned char *)bytes;
    for (size_t i = 0; i < length; i += 3)
        add_group(out, from + i, length - i < 3 ? length - i : 3);
}

static void add_lines(struct buf *out, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i += LINE_BYTES) {
        add_base64(out, bytes + i, length - i < LINE_BYTES ? length - i : LINE_BYTES);
        buf_add(out, "\r\n");
    }
}

/* A header with text of any language (RFC 2047): words of whole letters, one on a line. */
static void add_header(struct buf *out, const char *name, const char *text)
{
    enum { WORD_BYTES = 39 };
    char *clean = doc_clean(text, true);
    const char *rest = clean;
    buf_addf(out, "%s:", name);
    while (*rest != '\0') {
        size_t length = 0, letter;
        while ((letter = utf8_letter(rest + length, strlen(rest + length))) > 0
               && (length == 0 || length + letter <= WORD_BYTES))
            length += letter;
        buf_addf(out, "%s =?UTF-8?B?", rest == clean ? "" : "\r\n");
        add_base64(out, rest, length);
        buf_add(out, "?=");
        rest += length;
    }
    buf_add(out, "\r\n");
    free(clean);
}

static void add_subject(const struct doc *doc, struct buf *out)
{
    struct buf subject = BUF_INIT;
    buf_add(&subject, doc->title);
    if (*doc->provider != '\0')
        buf_addf(&subject, ", %s", doc->provider);
    add_header(out, "Subject", subject.text);
    buf_free(&subject);
}

/* Only what is for the recipient stands below the line in brackets, which is for the sender. */
static void add_body(const struct doc *doc, const struct tr *tr, struct buf *out)
{
    struct buf body = BUF_INIT;
    if (doc->notice != NULL)
        buf_addf(&body, "[%s]\r\n\r\n",
                 tr_text(tr, "Check the recipient, and send this as secure mail. Delete this line."));
    buf_addf(&body, "%s\r\n\r\n", tr_text(tr, "Hello,"));
    buf_addf(&body, tr_text(tr, "Attached is the document \u201c%s\u201d, %s."), doc->title, doc->date);
    if (doc->notice != NULL)
        buf_addf(&body, "\r\n%s.", doc->notice);
    buf_addf(&body, "\r\n\r\n%s\r\n%s\r\n", tr_text(tr, "Kind regards"), doc->provider);
    add_lines(out, body.text, body.length);
    buf_free(&body);
}

/* "plan-for-joining-kanta-2026-11-25": after the title, as the reader knows it. */
static void make_name(const struct doc *doc, struct buf *out)
{
    enum { NAME_BYTES = 48 }; /* so that a line has at most 76 letters */
    char day[11];
    utf8_file_name(out, doc->title, NAME_BYTES);
    if (out->length == 0)
        buf_add(out, doc->id);
    date_iso(doc->day, day);
    buf_addf(out, "-%s", day);
}

/* A line that divides the parts: made of what they hold, so that it is in none of them. */
static void make_boundary(const struct buf *bytes, char out[SHA256_TEXT])
{
    struct sha256 sha;
    sha256_init(&sha);
    sha256_add(&sha, bytes->text, bytes->length);
    sha256_end(&sha, out);
}

int out_eml(const struct doc *doc, const struct tr *tr, struct buf *out, struct err *err)
{
    struct buf pdf = BUF_INIT, name = BUF_INIT;
    char boundary[SHA256_TEXT];
    int code = out_pdf(doc, tr, &pdf, err);
    if (code == 0) {
        make_boundary(&pdf, boundary);
        make_name(doc, &name);
        buf_add(out, "X-Unsent: 1\r\nMIME-Version: 1.0\r\n");
        add_subject(doc, out);
        buf_addf(out, "Content-Type: multipart/mixed;\r\n boundary=\"%s\"\r\n\r\n--%s\r\n"
                 "Content-Type: text/plain; charset=UTF-8\r\n"
                 "Content-Transfer-Encoding: base64\r\n\r\n", boundary, boundary);
        add_body(doc, tr, out);
        buf_addf(out, "--%s\r\nContent-Type: application/pdf;\r\n name=\"%s.pdf\"\r\n"
                 "Content-Disposition: attachment;\r\n filename=\"%s.pdf\"\r\n"
                 "Content-Transfer-Encoding: base64\r\n\r\n", boundary, name.text, name.text);
        add_lines(out, pdf.text, pdf.length);
        buf_addf(out, "--%s--\r\n", boundary);
    }
    buf_free(&name);
    buf_free(&pdf);
    return code;
}
