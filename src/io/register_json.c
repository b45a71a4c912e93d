/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The register as answers of the code server's REST service, by jansson.
 *
 * An answer is a page of `conceptCodes`; their own texts and their `attributes`, each a name and a
 * list of values, are the columns. Several pages may stand in one list, or one behind the other.
 * An answer holds the units of one provider, so that the text is small and is kept whole; jansson
 * gets its entries one by one, since the tree of all of them takes ten times the room.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/tr.h"
#include "io/register_parts.h"

/* All of the file. */
struct whole {
    char *bytes;
    size_t length;
};

static int read_text(struct register_reader *r, struct whole *text)
{
    size_t room = (size_t)r->summary->size;
    long got;

    if (r->summary->size > REGISTER_JSON_MAX)
        return err_set(r->err, ERR_INPUT, N_("%s: larger than %d MiB, the most that is read of "
                                             "JSON; take the text file or the XML"),
                       r->name, REGISTER_JSON_MAX >> 20);
    text->bytes = xcalloc(room + 1, 1);
    while (text->length < room
           && (got = register_reader_bytes(r, text->bytes + text->length, room - text->length)) > 0)
        text->length += (size_t)got;
    return text->length < room && got < 0 ? (int)got : 0;
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
        if (!code && json_is_object(one))
            code = read_entry(r, one);
    }
    return code;
}

/* A page, a list of pages, or a list of entries; what is no object has been read before. */
static int read_root(struct register_reader *r, json_t *root)
{
    json_t *one;
    size_t i;
    int code = 0;

    if (json_is_object(root))
        return read_page(r, root);
    json_array_foreach(root, i, one) {
        if (!code && json_object_get(one, "conceptCodes"))
            code = read_page(r, one);
        else if (!code && json_is_object(one))
            code = read_entry(r, one);
    }
    return code;
}

/* The place of a byte, in letters. */
static int broken_at(struct register_reader *r, const struct whole *text, size_t at)
{
    int line = 1, col = 0;

    for (size_t i = 0; i < at && i < text->length; i++) {
        unsigned char byte = (unsigned char)text->bytes[i];
        col = byte == '\n' ? 0 : col + ((byte & 0xC0) != 0x80);
        line += byte == '\n';
    }
    return register_reader_fail(r, line, col > 0 ? col : 1,
                                N_("the JSON is broken here; fetch the file again"));
}

/* The value that begins at `*at`, which moves behind it; or NULL, and the place is told. */
static json_t *load(struct register_reader *r, const struct whole *text, size_t *at, size_t end)
{
    json_error_t error;
    json_t *value = json_loadb(text->bytes + *at, end - *at, JSON_DISABLE_EOF_CHECK, &error);

    *at += (size_t)error.position;
    if (!value)
        broken_at(r, text, *at);
    return value;
}

/* ---- entries one by one ---- */

/* A list of pages has it in its third level. A limit keeps the time to the length of the file. */
enum { LIST_DEPTH = 3 };

static const char list_name[] = "\"conceptCodes\"";

/* Behind the string that begins at `at`. */
static size_t string_end(const struct whole *text, size_t at)
{
    for (at++; at < text->length && text->bytes[at] != '"'; at++)
        at += text->bytes[at] == '\\';
    return at < text->length ? at + 1 : text->length;
}

static int step_of(char c)
{
    return (c == '{' || c == '[') - (c == '}' || c == ']');
}

/* Behind the object that begins at `at`; 0 when it does not end. */
static size_t object_end(const struct whole *text, size_t at)
{
    int depth = 0;

    while (at < text->length) {
        char c = text->bytes[at];
        if (c == '"') {
            at = string_end(text, at);
            continue;
        }
        at++;
        depth += step_of(c);
        if (depth == 0)
            return at;
    }
    return 0;
}

/* Puts 0 in the place of the object; line breaks stay, so that places stay. */
static void blank_out(struct whole *text, size_t at, size_t end)
{
    text->bytes[at] = '0';
    while (++at < end)
        if (text->bytes[at] != '\n')
            text->bytes[at] = ' ';
}

/* Reads the object that may be an entry; `*at` moves behind it, or stays when it is none. */
static int take_entry(struct register_reader *r, struct whole *text, size_t *at)
{
    size_t begin = *at, end = object_end(text, begin);
    json_t *entry;
    int code;

    if (!end || memmem(text->bytes + begin, end - begin, list_name, sizeof list_name - 1))
        return 0;
    entry = load(r, text, at, end);
    code = entry ? read_entry(r, entry) : ERR_INPUT;
    json_decref(entry);
    *at = end;
    blank_out(text, begin, end);
    return code;
}

static bool is_list_name(const char *bytes, size_t length)
{
    return length == sizeof list_name - 1 && memcmp(bytes, list_name, length) == 0;
}

/* Objects right in a list of the root, or in "conceptCodes" of a page, are entries. What is not
 * recognised as one is left to read_root(). */
static int take_entries(struct register_reader *r, struct whole *text)
{
    int depth = 0, list = 0, code = 0;   /* list: the depth at which objects are entries, or 0 */
    bool named = false;                  /* the name of the list was the last string */
    size_t at = 0;

    while (at < text->length && !code) {
        size_t begin = at;
        char c = text->bytes[at];
        if (c == '"') {
            at = string_end(text, at);
            named = is_list_name(text->bytes + begin, at - begin);
        } else if (c == '{' && list > 0 && depth == list) {
            code = take_entry(r, text, &at);
        }
        if (at > begin)
            continue;
        if (c == ']' && depth == list)
            list = 0;
        depth += step_of(c);
        if (c == '[' && (depth == 1 || (named && depth <= LIST_DEPTH)))
            list = depth;
        named = named && strchr(": \t\r\n", c);
        at++;
    }
    return code;
}

/* ---- the whole ---- */

static int read_roots(struct register_reader *r, const struct whole *text)
{
    size_t at = text->length >= 3 && memcmp(text->bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    int code = 0;

    do {
        json_t *root = load(r, text, &at, text->length);
        code = root ? read_root(r, root) : ERR_INPUT;
        json_decref(root);
        while (at < text->length && strchr(" \t\r\n", text->bytes[at]))
            at++;
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
    struct whole text = { NULL, 0 };
    int code = read_text(r, &text);

    if (!code)
        code = take_entries(r, &text);
    if (!code)
        code = read_roots(r, &text);
    free(text.bytes);
    if (!code && r->summary->rows + r->summary->left_out > 0)
        code = register_reader_check_columns(r, 0);
    return code;
}

static void end(struct register_reader *r)
{
    (void)r;
}

const struct register_format_ops register_json = { start, step, end };
