/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The register as the XML of the code server, by expat.
 *
 * A row is a `termitementry`: its own attributes and its `attribute` elements, each named by its
 * type, are the columns. All else is passed over. A document type definition ends the reading,
 * so that no entity is ever declared, and expat holds no more than one piece of markup, whose
 * length has a limit.
 */
#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/tr.h"
#include "io/register_parts.h"

enum { BLOCK = 1 << 16, MARKUP_MAX = 1 << 20, DEPTH_MAX = 64, REFERENCE_MAX = 12 };

struct xml {
    XML_Parser parser;
    struct register_reader *reader;
    struct buf value;
    int column;               /* of the value that is being read; -1: none */
    int depth;
    bool in_row, in_cdata;
    size_t waiting;           /* bytes since something was told */
    int code;
    size_t length;            /* of what is in the block */
    char block[REFERENCE_MAX + BLOCK];
};

/* Without what stands before a colon: the name of a name space is the file's own choice. */
static const char *local_name(const char *name)
{
    const char *colon = strrchr(name, ':');

    return colon ? colon + 1 : name;
}

static void stop(struct xml *xml, int code)
{
    if (!xml->code)
        xml->code = code;
    XML_StopParser(xml->parser, XML_FALSE);
}

static int line_of(const struct xml *xml)
{
    return (int)XML_GetCurrentLineNumber(xml->parser);
}

static int fail(const struct xml *xml, const char *message)
{
    return register_reader_fail(xml->reader, line_of(xml),
                                (int)XML_GetCurrentColumnNumber(xml->parser) + 1, message);
}

static void begin_row(struct xml *xml, const char **attributes)
{
    struct register_reader *r = xml->reader;

    register_reader_begin(r, line_of(xml));
    xml->in_row = true;
    for (; *attributes && !xml->code; attributes += 2) {
        int column = register_reader_column(r, attributes[0], strlen(attributes[0]));
        if (column < 0)
            stop(xml, column);
        else
            register_reader_value(r, column, attributes[1], strlen(attributes[1]));
    }
}

static void begin_value(struct xml *xml, const char **attributes)
{
    for (; *attributes; attributes += 2) {
        if (strcmp(attributes[0], "type") == 0) {
            xml->column = register_reader_column(xml->reader, attributes[1],
                                                 strlen(attributes[1]));
            buf_clear(&xml->value);
            if (xml->column < 0)
                stop(xml, xml->column);
            return;
        }
    }
}

static void on_start(void *data, const char *name, const char **attributes)
{
    struct xml *xml = data;

    xml->waiting = 0;
    if (++xml->depth > DEPTH_MAX)
        stop(xml, fail(xml, N_("elements stand too deep in each other")));
    else if (strcmp(local_name(name), "termitementry") == 0 && !xml->in_row)
        begin_row(xml, attributes);
    else if (strcmp(local_name(name), "attribute") == 0 && xml->in_row && xml->column < 0)
        begin_value(xml, attributes);
}

static void on_end(void *data, const char *name)
{
    struct xml *xml = data;

    xml->waiting = 0;
    xml->depth--;
    if (xml->code)
        return;
    if (strcmp(local_name(name), "attribute") == 0 && xml->column >= 0) {
        register_reader_value(xml->reader, xml->column, xml->value.text, xml->value.length);
        xml->column = -1;
    } else if (strcmp(local_name(name), "termitementry") == 0 && xml->in_row) {
        int code = register_reader_end(xml->reader);
        xml->in_row = false;
        xml->column = -1;
        if (code)
            stop(xml, code);
    }
}

/* A value that is too long counts as such, but is not kept whole. */
static void on_text(void *data, const char *text, int length)
{
    struct xml *xml = data;

    xml->waiting = 0;
    if (xml->column >= 0 && xml->value.length <= REGISTER_VALUE_MAX)
        buf_add_n(&xml->value, text, (size_t)length);
}

static void on_doctype(void *data, const char *name, const char *system, const char *public,
                       int internal)
{
    struct xml *xml = data;

    (void)name;
    (void)system;
    (void)public;
    (void)internal;
    stop(xml, fail(xml, N_("the XML has a document type definition (DTD); such files are not "
                           "read")));
}

static void on_cdata_start(void *data)
{
    ((struct xml *)data)->in_cdata = true;
}

static void on_cdata_end(void *data)
{
    ((struct xml *)data)->in_cdata = false;
}

/* ---- bytes ---- */

/* How long the reference is that begins here ("&amp;", "&#228;", "&#xE4;"); 0: it is none. */
static size_t reference_length(const char *bytes, size_t length)
{
    static const char *const names[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&apos;" };
    size_t most = length < REFERENCE_MAX ? length : REFERENCE_MAX, at = 2;

    for (size_t i = 0; i < countof(names); i++)
        if (strlen(names[i]) <= length && memcmp(bytes, names[i], strlen(names[i])) == 0)
            return strlen(names[i]);
    if (most < 4 || bytes[1] != '#')
        return 0;
    while (at < most && bytes[at] && strchr("xabcdefABCDEF0123456789", bytes[at]))
        at++;
    return at > 2 && at < most && bytes[at] == ';' ? at + 1 : 0;
}

static int parse(struct xml *xml, const char *bytes, size_t length, bool last)
{
    enum XML_Status status = XML_Parse(xml->parser, bytes, (int)length, last);

    if (xml->code)
        return xml->code;
    return status == XML_STATUS_OK
        ? 0 : fail(xml, N_("the XML is broken here; fetch the file again"));
}

/* The register's own XML has been seen with "&" written as it is. */
static int parse_ampersand(struct xml *xml)
{
    if (xml->in_cdata)
        return parse(xml, "&", 1, false);
    if (xml->in_row)
        register_reader_doubt(xml->reader, N_("a sign & is not written as XML wants it"));
    return parse(xml, "&amp;", 5, false);
}

/* Parses what is in the block; a reference that may go on behind its end is left for the next. */
static int parse_block(struct xml *xml, bool last)
{
    const char *from = xml->block, *at = from, *end = from + xml->length;
    int code = 0;

    while (!code && (at = memchr(at, '&', (size_t)(end - at)))) {
        size_t reference = reference_length(at, (size_t)(end - at));
        if (!reference && !last && end - at < REFERENCE_MAX)
            break;
        if (reference) {
            at += reference;
            continue;
        }
        code = parse(xml, from, (size_t)(at - from), false);
        if (!code)
            code = parse_ampersand(xml);
        from = ++at;
    }
    if (!at)
        at = end;
    if (!code)
        code = parse(xml, from, (size_t)(at - from), last);
    xml->length = (size_t)(end - at);
    memmove(xml->block, at, xml->length);
    return code;
}

static int feed(struct xml *xml)
{
    long got = register_reader_bytes(xml->reader, xml->block + xml->length, BLOCK);
    int code;

    if (got < 0)
        return (int)got;
    xml->length += (size_t)got;
    xml->waiting += (size_t)got;
    code = parse_block(xml, got == 0);
    if (!code && xml->waiting > MARKUP_MAX)
        code = fail(xml, N_("this piece of the XML never ends"));
    return code ? code : got > 0;
}

static int start(struct register_reader *r)
{
    struct xml *xml = r->state = xcalloc(1, sizeof *xml);

    xml->reader = r;
    xml->value = (struct buf)BUF_INIT;
    xml->column = -1;
    xml->parser = XML_ParserCreate(NULL);
    if (!xml->parser)
        return register_reader_fail(r, 0, 0, N_("there is too little memory"));
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_start, on_end);
    XML_SetCharacterDataHandler(xml->parser, on_text);
    XML_SetCdataSectionHandler(xml->parser, on_cdata_start, on_cdata_end);
    XML_SetStartDoctypeDeclHandler(xml->parser, on_doctype);
    return 0;
}

static int step(struct register_reader *r)
{
    int code = feed(r->state);

    if (!code && r->summary->rows + r->summary->left_out > 0)
        code = register_reader_check_columns(r, 0);
    return code;
}

static void end(struct register_reader *r)
{
    struct xml *xml = r->state;

    XML_ParserFree(xml->parser);
    buf_free(&xml->value);
    free(xml);
}

const struct register_format_ops register_xml = { start, step, end };
