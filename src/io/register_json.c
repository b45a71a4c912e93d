/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The register as answers of the code server's REST service, by jansson.
 *
 * An answer is a page of `conceptCodes`; their own texts and their `attributes`, each a name and a
 * list of values, are the columns. Several pages may stand in one list, or one behind the other.
 * An answer holds the units of one provider, so that the file is small and is read whole.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/tr.h"
#include "io/register_parts.h"

static int read_text(struct register_reader *r, struct buf *out)
{
    char bytes[1 << 14];
    long got;

    if (r->summary->size > REGISTER_JSON_MAX)
        return err_set(r->err, ERR_INPUT, N_("%s: larger than %d MiB, the most that is read of "
                                             "JSON; take the text file or the XML"),
                       r->name, REGISTER_JSON_MAX >> 20);
    while ((got = register_reader_bytes(r, bytes, sizeof bytes)) > 0)
        buf_add_n(out, bytes, (size_t)got);
    return (int)got;
}

static int add_value(struct register_reader *r, const char *name, const char *value,
                     size_t length)
{
    int column = register_reader_column(r, name, strlen(name));

    if (column < 0)
        return column;
    register_reader_value(r, column, value, length);
    return 0;
}

/* The texts of a list, with commas between. */
static void join(const json_t *list, struct buf *out)
{
    size_t i;
    json_t *one;

    json_array_foreach(list, i, one) {
        if (json_is_string(one) && out->length <= REGISTER_VALUE_MAX) {
            buf_add(out, out->length ? ", " : "");
            buf_add_n(out, json_string_value(one), json_string_length(one));
        }
    }
}

static int add_attribute(struct register_reader *r, const json_t *attribute)
{
    const char *name = json_string_value(json_object_get(attribute, "attributeName"));
    const json_t *value = json_object_get(attribute, "attributeValue");
    struct buf text = BUF_INIT;
    int code;

    if (!name)
        return 0;
    if (json_is_string(value))
        buf_add_n(&text, json_string_value(value), json_string_length(value));
    else
        join(value, &text);
    code = add_value(r, name, text.text, text.length);
    buf_free(&text);
    return code;
}

static int add_members(struct register_reader *r, json_t *entry)
{
    const char *name;
    json_t *value;
    int code = 0;

    json_object_foreach(entry, name, value) {
        if (json_is_string(value))
            code = add_value(r, name, json_string_value(value), json_string_length(value));
        if (code)
            break;
    }
    return code;
}

static int read_entry(struct register_reader *r, json_t *entry)
{
    json_t *attributes = json_object_get(entry, "attributes"), *one;
    size_t i;
    int code;

    register_reader_begin(r, r->summary->rows + r->summary->left_out + 1);
    code = add_members(r, entry);
    json_array_foreach(attributes, i, one) {
        if (!code)
            code = add_attribute(r, one);
    }
    return code ? code : register_reader_end(r);
}

static int read_page(struct register_reader *r, const json_t *page)
{
    json_t *entries = json_object_get(page, "conceptCodes"), *one;
    size_t i;
    int code = 0;

    r->summary->page_count++;
    r->summary->pages = (int)json_integer_value(json_object_get(page, "totalPages"));
    json_array_foreach(entries, i, one) {
        if (!code)
            code = read_entry(r, one);
    }
    return code;
}

/* A page, a list of pages, or a list of entries. */
static int read_root(struct register_reader *r, json_t *root)
{
    json_t *one;
    size_t i;
    int code = 0;

    if (json_is_object(root))
        return read_page(r, root);
    json_array_foreach(root, i, one) {
        if (!code)
            code = json_object_get(one, "conceptCodes") ? read_page(r, one) : read_entry(r, one);
    }
    return code;
}

/* The column of an error is that of the whole text only when the error is in its first root. */
static int broken(struct register_reader *r, const json_error_t *error, bool first)
{
    return register_reader_fail(r, first && error->line > 0 ? error->line : 1,
                                first && error->column > 0 ? error->column : 1,
                                N_("the JSON is broken here; fetch the file again"));
}

static size_t skip_blanks(const struct buf *text, size_t at)
{
    while (at < text->length && strchr(" \t\r\n", text->text[at]))
        at++;
    return at;
}

static int read_roots(struct register_reader *r, const struct buf *text)
{
    size_t mark = text->length >= 3 && memcmp(text->text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    size_t at = mark;
    int code = 0;

    do {
        json_error_t error;
        json_t *root = json_loadb(text->text + at, text->length - at, JSON_DISABLE_EOF_CHECK,
                                  &error);
        code = root ? read_root(r, root) : broken(r, &error, at == mark);
        at = skip_blanks(text, at + (size_t)error.position);
        json_decref(root);
    } while (!code && at < text->length);
    return code;
}

static int start(struct register_reader *r)
{
    (void)r;
    return 0;
}

static int step(struct register_reader *r)
{
    struct buf text = BUF_INIT;
    int code = read_text(r, &text);

    if (!code)
        code = read_roots(r, &text);
    buf_free(&text);
    if (!code && r->summary->rows + r->summary->left_out > 0)
        code = register_reader_check_columns(r, 0);
    return code;
}

static void end(struct register_reader *r)
{
    (void)r;
}

const struct register_format_ops register_json = { start, step, end };
