/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * YAML into a flat tree, from libyaml's events.
 *
 * Only what content and answer files need is let in: one document of maps with scalar keys,
 * sequences and scalars. Anchors and aliases are refused, so that a small file cannot grow
 * into a large tree, and so are tags, whose meaning would depend on the reader. libyaml
 * knows where a mistake is but words it for parser writers; `hints` says what to do.
 */
#include "io/node.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "io/file.h"

/* An open map or sequence. */
struct level {
    uint32_t node, children;
};

struct reader {
    yaml_parser_t parser;
    const char *file;
    struct err *err;
    struct node *nodes;
    size_t count, room;
    struct buf strings;
    struct level levels[NODE_DEPTH_MAX];
    int depth, documents;
    bool done;
};

static int fail(struct reader *r, const yaml_mark_t *mark, const char *message)
{
    return err_at(r->err, ERR_INPUT, r->file, (int)mark->line + 1, (int)mark->column + 1, "%s",
                  tr_text(err_tr(r->err), message));
}

static const struct hint {
    const char *problem, *message;
    bool at_context;          /* the mistake is where the construct begins, not where it shows */
} hints[] = {
    { "mapping values are not allowed in this context",
      N_("':' is not expected here; a text with ':' needs double quotes"), false },
    { "did not find expected ',' or '}'",
      N_("',' or '}' is missing; between braces a text with ? : , or ' needs double quotes"),
      false },
    { "did not find expected ',' or ']'",
      N_("',' or ']' is missing; between brackets a text with ? : , or ' needs double quotes"),
      false },
    { "found character that cannot start any token",
      N_("a text cannot begin with this character; indent with spaces, quote the text"), false },
    { "found a tab character that violates indentation",
      N_("indent with spaces, not tabs"), false },
    { "did not find expected key",
      N_("no key found; check the indentation and the quotes of this and the line before"), false },
    { "could not find expected ':'", N_("':' is missing after a key"), false },
    { "found unexpected end of stream", N_("a quote that opens here is never closed"), true },
    { "did not find expected node content", N_("a value is missing here"), false },
    { "block sequence entries are not allowed in this context",
      N_("'-' is not expected here; a text that begins with '-' needs double quotes"), false },
};

static const struct hint *hint_of(const char *problem)
{
    for (size_t i = 0; problem && i < countof(hints); i++)
        if (strcmp(hints[i].problem, problem) == 0)
            return &hints[i];
    return NULL;
}

/* Line and column of a byte, for mistakes that libyaml gives by offset only. */
static yaml_mark_t mark_of(const char *text, size_t offset)
{
    yaml_mark_t mark = { 0 };

    for (size_t i = 0; i < offset; i++) {
        if (text[i] == '\n') {
            mark.line++;
            mark.column = 0;
        } else if (((unsigned char)text[i] & 0xc0) != 0x80) {
            mark.column++;
        }
    }
    return mark;
}

static int fail_parser(struct reader *r, const char *text, size_t length)
{
    const yaml_parser_t *p = &r->parser;
    const struct hint *hint = hint_of(p->problem);

    if (p->error == YAML_READER_ERROR) {
        size_t offset = p->problem_offset < length ? p->problem_offset : length;
        yaml_mark_t mark = mark_of(text, offset);
        return fail(r, &mark, N_("a character that does not belong in a text file"));
    }
    if (hint)
        return fail(r, hint->at_context ? &p->context_mark : &p->problem_mark, hint->message);
    return fail(r, &p->problem_mark, p->problem ? p->problem : N_("not YAML"));
}

static int check_valid(struct reader *r, const char *text, size_t length)
{
    if (utf8_valid(text, length))
        return 0;
    size_t at = 0, used = 0;
    while (at < length && utf8_decode(text + at, length - at, &used) != UINT32_MAX)
        at += used;
    yaml_mark_t mark = mark_of(text, at);
    return fail(r, &mark, N_("the file is not UTF-8; save it as UTF-8"));
}

/* Counts a node as a child of the innermost open map or sequence. A map's even children are
 * keys, and a key is a scalar. */
static int add_child(struct reader *r, const yaml_mark_t *mark, enum node_kind kind)
{
    if (r->depth == 0)
        return 0;
    struct level *level = &r->levels[r->depth - 1];
    bool key = r->nodes[level->node].kind == NODE_MAP && level->children % 2 == 0;
    if (key && kind != NODE_SCALAR)
        return fail(r, mark, N_("a key must be a word, not a list or a map; "
                                "a text that begins with { or [ needs double quotes"));
    level->children++;
    return 0;
}

static int add_node(struct reader *r, const yaml_mark_t *mark, enum node_kind kind,
                    struct node **out)
{
    int status = add_child(r, mark, kind);

    if (status)
        return status;
    if (r->count >= NODE_COUNT_MAX)
        return fail(r, mark, N_("the file is too large"));
    r->nodes = vec_room(r->nodes, &r->room, r->count + 1, sizeof r->nodes[0]);
    struct node *node = &r->nodes[r->count++];
    *node = (struct node){
        .end = (uint32_t)r->count,
        .line = (uint32_t)mark->line + 1,
        .col = mark->column < 65535 ? (uint16_t)(mark->column + 1) : 65535,
        .kind = (uint8_t)kind
    };
    if (out)
        *out = node;
    return 0;
}

static int refuse_marks(struct reader *r, const yaml_event_t *event, const yaml_char_t *anchor,
                        const yaml_char_t *tag)
{
    if (anchor)
        return fail(r, &event->start_mark,
                    N_("anchors (&) are not used here; a text that begins with & needs quotes"));
    if (tag)
        return fail(r, &event->start_mark,
                    N_("tags (!) are not used here; a text that begins with ! needs quotes"));
    return 0;
}

static int on_scalar(struct reader *r, const yaml_event_t *event)
{
    size_t length = event->data.scalar.length;
    int status = refuse_marks(r, event, event->data.scalar.anchor, event->data.scalar.tag);
    struct node *node;

    if (status)
        return status;
    if (length > NODE_SCALAR_MAX)
        return fail(r, &event->start_mark, N_("a text is too long"));
    status = add_node(r, &event->start_mark, NODE_SCALAR, &node);
    if (status)
        return status;
    size_t start = r->strings.length;
    utf8_clean(&r->strings, (const char *)event->data.scalar.value, length, 0);
    node->text = (uint32_t)start;
    node->length = (uint32_t)(r->strings.length - start);
    node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    buf_add_char(&r->strings, '\0');
    return 0;
}

static int open_level(struct reader *r, const yaml_event_t *event, enum node_kind kind)
{
    if (r->depth == NODE_DEPTH_MAX)
        return fail(r, &event->start_mark, N_("lists and maps are nested too deep"));
    int status = add_node(r, &event->start_mark, kind, NULL);
    if (!status)
        r->levels[r->depth++] = (struct level){ .node = (uint32_t)r->count - 1 };
    return status;
}

static int on_sequence(struct reader *r, const yaml_event_t *event)
{
    int status = refuse_marks(r, event, event->data.sequence_start.anchor,
                              event->data.sequence_start.tag);

    return status ? status : open_level(r, event, NODE_SEQUENCE);
}

static int on_map(struct reader *r, const yaml_event_t *event)
{
    int status = refuse_marks(r, event, event->data.mapping_start.anchor,
                              event->data.mapping_start.tag);

    return status ? status : open_level(r, event, NODE_MAP);
}

struct key {
    const char *text;
    uint32_t node;
};

static int compare_keys(const void *left, const void *right)
{
    const struct key *a = left, *b = right;
    int order = strcmp(a->text, b->text);

    return order ? order : (a->node > b->node) - (a->node < b->node);
}

/* Sorted rather than compared pair by pair: a hostile map may have very many keys. */
static int check_keys(struct reader *r, const struct node *map)
{
    struct key *keys = xcalloc(map->length + 1, sizeof keys[0]);
    uint32_t at = (uint32_t)(map - r->nodes) + 1;
    int status = 0;

    for (uint32_t i = 0; i < map->length; i++) {
        keys[i] = (struct key){ r->strings.text + r->nodes[at].text, at };
        at = r->nodes[at + 1].end;
    }
    qsort(keys, map->length, sizeof keys[0], compare_keys);
    for (uint32_t i = 1; i < map->length && !status; i++) {
        const struct node *node = &r->nodes[keys[i].node];
        if (strcmp(keys[i - 1].text, keys[i].text) == 0)
            status = err_at(r->err, ERR_INPUT, r->file, (int)node->line, node->col,
                            N_("the key \"%.60s\" is here twice"), keys[i].text);
    }
    free(keys);
    return status;
}

static int on_end(struct reader *r, const yaml_event_t *event)
{
    (void)event;
    const struct level *level = &r->levels[--r->depth];
    struct node *node = &r->nodes[level->node];

    node->end = (uint32_t)r->count;
    node->length = node->kind == NODE_MAP ? level->children / 2 : level->children;
    return node->kind == NODE_MAP && node->length > 1 ? check_keys(r, node) : 0;
}

static int on_alias(struct reader *r, const yaml_event_t *event)
{
    return fail(r, &event->start_mark,
                N_("aliases (*) are not used here; a text that begins with * needs quotes"));
}

static int on_document(struct reader *r, const yaml_event_t *event)
{
    if (++r->documents > 1)
        return fail(r, &event->start_mark,
                    N_("only one document in a file; remove the line \"---\""));
    return 0;
}

static int on_stream_end(struct reader *r, const yaml_event_t *event)
{
    (void)event;
    r->done = true;
    return 0;
}

static int read_events(struct reader *r, const char *text, size_t length)
{
    static int (*const handlers[])(struct reader *, const yaml_event_t *) = {
        [YAML_STREAM_END_EVENT] = on_stream_end,
        [YAML_DOCUMENT_START_EVENT] = on_document,
        [YAML_ALIAS_EVENT] = on_alias,
        [YAML_SCALAR_EVENT] = on_scalar,
        [YAML_SEQUENCE_START_EVENT] = on_sequence,
        [YAML_SEQUENCE_END_EVENT] = on_end,
        [YAML_MAPPING_START_EVENT] = on_map,
        [YAML_MAPPING_END_EVENT] = on_end,
    };
    int status = 0;

    while (!status && !r->done) {
        yaml_event_t event;
        if (!yaml_parser_parse(&r->parser, &event))
            return fail_parser(r, text, length);
        if (event.type < countof(handlers) && handlers[event.type])
            status = handlers[event.type](r, &event);
        yaml_event_delete(&event);
    }
    return status;
}

static void give_tree(struct reader *r, struct tree *out)
{
    *out = (struct tree){ .file = r->file, .nodes = r->nodes, .count = (uint32_t)r->count };
    out->owned[0] = r->nodes;
    out->owned[1] = buf_detach(&r->strings);
    out->strings = out->owned[1];
    r->nodes = NULL;
}

int tree_parse(struct tree *out, const char *text, size_t length, const char *file,
               struct err *err)
{
    struct reader *r = xcalloc(1, sizeof *r);

    *out = (struct tree){ .file = file };
    r->file = file;
    r->err = err;
    r->strings = (struct buf)BUF_INIT;
    int status = length > NODE_FILE_MAX
        ? err_at(err, ERR_INPUT, file, 0, 0, N_("the file is larger than %d MiB"),
                 NODE_FILE_MAX >> 20)
        : check_valid(r, text, length);
    if (!status && !yaml_parser_initialize(&r->parser))
        abort();
    if (!status) {
        yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(&r->parser, (const unsigned char *)text, length);
        status = read_events(r, text, length);
        yaml_parser_delete(&r->parser);
    }
    if (!status)
        give_tree(r, out);
    free(r->nodes);
    buf_free(&r->strings);
    free(r);
    return status;
}

int tree_read(struct tree *out, const char *path, const char *file, struct err *err)
{
    struct buf text = BUF_INIT;

    *out = (struct tree){ .file = file };
    int status = file_read(&text, path, NODE_FILE_MAX, err);
    if (!status)
        status = tree_parse(out, text.text, text.length, file, err);
    buf_free(&text);
    return status;
}
