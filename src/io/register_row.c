/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Headings into fields.
 *
 * A file has at most a few dozen headings and each is looked up once, so that a list is enough.
 */
#include "io/register_row.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "io/node.h"

struct heading {
    char *key;                /* as key_of() makes it */
    int field;
};

struct register_headings {
    struct heading *at;
    size_t count, room;
};

#define REGISTER_AS_NAME(field, name, kind) #name,
static const char *const names[] = { REGISTER_FIELDS(REGISTER_AS_NAME) };
#undef REGISTER_AS_NAME

#define REGISTER_AS_KIND(field, name, kind) kind,
static const enum register_kind kinds[] = { REGISTER_FIELDS(REGISTER_AS_KIND) };
#undef REGISTER_AS_KIND

static const char not_kept[] = "not_kept";

const char *register_field_name(enum register_field field)
{
    return names[field];
}

enum register_kind register_field_kind(enum register_field field)
{
    return kinds[field];
}

/* The field of a name, REGISTER_NOT_KEPT, or REGISTER_UNKNOWN. */
static int field_of(const char *name)
{
    if (strcmp(name, not_kept) == 0)
        return REGISTER_NOT_KEPT;
    for (int i = 0; i < REGISTER_FIELD_COUNT; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return REGISTER_UNKNOWN;
}

/* "Y-Tunnus" and "Y-tunnus", "Org.Yks.lyhenne" and "org yks lyhenne" are the same heading. */
static void key_of(struct buf *out, const char *heading)
{
    struct buf folded = BUF_INIT;

    utf8_fold(&folded, heading);
    for (const char *at = folded.text; *at; at++) {
        if (strncmp(at, "\xC2\xA0", 2) == 0)
            at++;
        else if (!strchr(".-_ \t", *at))
            buf_add_char(out, *at);
    }
    buf_free(&folded);
}

static void add(struct register_headings *headings, const char *heading, int field)
{
    struct buf key = BUF_INIT;

    key_of(&key, heading);
    headings->at = vec_room(headings->at, &headings->room, headings->count + 1,
                            sizeof headings->at[0]);
    headings->at[headings->count++] = (struct heading){ buf_detach(&key), field };
}

static int bad_data(struct err *err, struct at at, const char *message)
{
    char text[sizeof ((struct err *)NULL)->msg];
    struct err place = { .file = at.tree->file, .line = (int)at_node(at)->line,
                         .col = at_node(at)->col };

    /* The tree names the file in a buffer that does not outlive the error. */
    strcpy(place.msg, message);
    err_text(&place, text, sizeof text);
    return err_set(err, ERR_INPUT, "%s", text);
}

static int add_field(struct register_headings *headings, struct at key, struct at list,
                     struct err *err)
{
    int field = at_text(key) ? field_of(at_text(key)) : REGISTER_UNKNOWN;

    if (field == REGISTER_UNKNOWN)
        return bad_data(err, key, "the register has no such field");
    if (!at_is(list, NODE_SEQUENCE))
        return bad_data(err, list, "a list of headings is expected");
    for (struct at at = at_first(list); at.tree; at = at_next(list, at)) {
        if (!at_text(at))
            return bad_data(err, at, "a heading is expected");
        add(headings, at_text(at), field);
    }
    return 0;
}

static int add_tree(struct register_headings *headings, const struct tree *tree, struct err *err)
{
    struct at root = tree_root(tree), value;
    int code = 0;

    if (!at_is(root, NODE_MAP))
        return err_set(err, ERR_INPUT, N_("%s: field and headings are expected"), tree->file);
    for (struct at key = at_first(root); key.tree && !code; key = at_next(root, value)) {
        value = at_next(root, key);
        code = add_field(headings, key, value, err);
    }
    return code;
}

int register_headings_load(struct register_headings **out, const char *root, struct err *err)
{
    struct buf path = BUF_INIT;
    struct tree tree = { 0 };
    struct err inner = { .tr = err_tr(err) };
    int code;

    *out = xcalloc(1, sizeof **out);
    buf_addf(&path, "%s/data/register.yaml", root);
    code = tree_read(&tree, path.text, path.text, &inner);
    if (code) {
        char text[sizeof inner.msg];
        err_text(&inner, text, sizeof text);
        err_set(err, code, "%s", text);
    } else {
        code = add_tree(*out, &tree, err);
    }
    tree_free(&tree);
    buf_free(&path);
    if (code) {
        register_headings_free(*out);
        *out = NULL;
    }
    return code;
}

void register_headings_free(struct register_headings *headings)
{
    if (!headings)
        return;
    for (size_t i = 0; i < headings->count; i++)
        free(headings->at[i].key);
    free(headings->at);
    free(headings);
}

int register_headings_map(struct register_headings *headings, const char *pair, struct err *err)
{
    const char *equal = strrchr(pair, '=');
    int field = equal ? field_of(equal + 1) : REGISTER_UNKNOWN;
    char *heading;

    if (!equal || equal == pair)
        return err_set(err, ERR_USAGE, N_("--map is HEADING=FIELD, not \"%s\""), pair);
    if (field == REGISTER_UNKNOWN)
        return err_set(err, ERR_USAGE,
                       N_("the register has no field \"%s\"; see kantapolku(1)"), equal + 1);
    heading = xstrndup(pair, (size_t)(equal - pair));
    add(headings, heading, field);
    free(heading);
    return 0;
}

/* From the end, so that what the user said comes before the data. */
int register_headings_find(const struct register_headings *headings, const char *heading)
{
    struct buf key = BUF_INIT;
    int field = REGISTER_UNKNOWN;

    key_of(&key, heading);
    for (size_t i = headings->count; i-- > 0 && field == REGISTER_UNKNOWN;)
        if (strcmp(headings->at[i].key, key.text) == 0)
            field = headings->at[i].field;
    buf_free(&key);
    return field;
}
