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

void odt_add_text(struct buf *out, const char *text)
{
    char *clean = doc_clean(text, false);
    for (const char *c = clean; *c != '\0'; c++) {
        if (*c == '&')
            buf_add(out, "&amp;");
        else if (*c == '<')
            buf_add(out, "&lt;");
        else if (*c == '>')
            buf_add(out, "&gt;");
        else if (*c == '\n')
            buf_add(out, "<text:line-break/>");
        else if (*c == ' ' && (c == clean || c[-1] == ' '))
            buf_add(out, "<text:s/>");
        else
            buf_add_char(out, *c);
    }
    free(clean);
}

/* Long words of narrow cells get soft hyphens, since not every office program can divide Finnish. */
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

static void add_words(struct buf *out, enum lang lang, const char *text)
{
    struct buf divided = BUF_INIT;
    while (*text != '\0') {
        size_t length = strcspn(text, " \n-");
        add_word(&divided, lang, text, length);
        text += length;
        length = strspn(text, " \n-");
        buf_add_n(&divided, text, length);
        text += length;
    }
    odt_add_text(out, divided.text);
    buf_free(&divided);
}

/* A piece between addresses; `lang` is NULL when its words need no soft hyphens. */
static void add_piece(struct buf *out, const enum lang *lang, const char *text, size_t length)
{
    char *piece = xstrndup(text, length);
    if (lang != NULL)
        add_words(out, *lang, piece);
    else
        odt_add_text(out, piece);
    free(piece);
}

static void add_link(struct buf *out, const char *text, const struct address *address)
{
    struct buf uri = BUF_INIT;
    address_uri(text, address, &uri);
    buf_add(out, "<text:a xlink:type=\"simple\" text:style-name=\"Internet_20_link\""
            " text:visited-style-name=\"Internet_20_link\" xlink:href=\"");
    odt_add_text(out, uri.text);
    buf_add(out, "\">");
    add_piece(out, NULL, text + address->from, address->to - address->from);
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
