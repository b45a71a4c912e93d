/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Text in an ODT: XML of it, its addresses as links, soft hyphens in narrow cells.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "out/address.h"
#include "out/doc.h"
#include "out/hyphen.h"
#include "out/odt.h"

/* Text that is clean already. */
static void add_escaped(struct buf *out, const char *text, size_t length)
{
    for (const char *c = text; c < text + length; c++) {
        if (*c == '&')
            buf_add(out, "&amp;");
        else if (*c == '<')
            buf_add(out, "&lt;");
        else if (*c == '>')
            buf_add(out, "&gt;");
        else if (*c == '\n')
            buf_add(out, "<text:line-break/>");
        else if (*c == ' ' && (c == text || c[-1] == ' '))
            buf_add(out, "<text:s/>");
        else
            buf_add_char(out, *c);
    }
}

void odt_add_text(struct buf *out, const char *text)
{
    char *clean = doc_clean(text, false);
    add_escaped(out, clean, strlen(clean));
    free(clean);
}

/* Long words of narrow cells get soft hyphens, since not every office program can divide
 * Finnish. */
static void add_word(struct buf *out, enum lang lang, const char *word, size_t length)
{
    enum { LONG_WORD = 12 };
    char *points = xcalloc(length + 1, 1);
    if (length > LONG_WORD && memchr(word, '/', length) == NULL)
        hyphen_points(lang, word, length, points);
    for (size_t i = 0; i < length; i++) {
        if (points[i] != HYPHEN_NONE)
            buf_add(out, "\u00ad");
        buf_add_char(out, word[i]);
    }
    free(points);
}

static void add_words(struct buf *out, enum lang lang, const char *text, size_t length)
{
    struct buf divided = BUF_INIT;
    for (const char *end = text + length; text < end;) {
        size_t word = strcspn(text, " \n-");
        word = word < (size_t)(end - text) ? word : (size_t)(end - text);
        add_word(&divided, lang, text, word);
        for (text += word; text < end && strchr(" \n-", *text) != NULL; text++)
            buf_add_char(&divided, *text);
    }
    add_escaped(out, divided.text, divided.length);
    buf_free(&divided);
}

/* A piece between addresses; `lang` is NULL when its words need no soft hyphens. */
static void add_piece(struct buf *out, const enum lang *lang, const char *text, size_t length)
{
    if (lang != NULL)
        add_words(out, *lang, text, length);
    else
        add_escaped(out, text, length);
}

static void add_link(struct buf *out, const char *text, const struct address *address)
{
    struct buf uri = BUF_INIT;
    address_uri(text, address, &uri);
    buf_add(out, "<text:a xlink:type=\"simple\" text:style-name=\"Internet_20_link\""
            " text:visited-style-name=\"Internet_20_link\" xlink:href=\"");
    add_escaped(out, uri.text, uri.length);
    buf_add(out, "\">");
    add_escaped(out, text + address->from, address->to - address->from);
    buf_add(out, "</text:a>");
    buf_free(&uri);
}

static void add_pieces(struct buf *out, const enum lang *lang, const char *text)
{
    char *clean = doc_clean(text, false);
    struct address address;
    size_t at = 0;
    for (; address_next(clean, at, &address); at = address.to) {
        add_piece(out, lang, clean + at, address.from - at);
        add_link(out, clean, &address);
    }
    add_piece(out, lang, clean + at, strlen(clean + at));
    free(clean);
}

void odt_add_linked(struct buf *out, const char *text)
{
    add_pieces(out, NULL, text);
}

void odt_add_divided(struct buf *out, enum lang lang, const char *text)
{
    add_pieces(out, &lang, text);
}
