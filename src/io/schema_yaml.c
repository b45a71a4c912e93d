/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The readers that every kind of content file uses, and the choice among the kinds.
 *
 * Strings are not copied: the schema points into the tree, which whoever loads keeps. A value
 * that is wrong is reported and left out, and reading goes on with the next.
 */
#include "io/schema_yaml.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "io/schema_yaml_load.h"

enum { KEYS_MAX = 64, ID_MAX = 60 };

struct where load_where(const struct loader *l, struct at at)
{
    const struct node *node = at_node(at);

    if (!node)
        return (struct where){ l->tree->file, 0, 0 };
    return (struct where){ l->tree->file, (int)node->line, node->col };
}

void load_problem(struct loader *l, struct at at, const char *format, ...)
{
    struct where where = load_where(l, at);
    va_list args;

    va_start(args, format);
    problems_add_args(&l->out, &where, format, args);
    va_end(args);
}

/* Maps */

static void unknown_key(struct loader *l, const struct keys *keys, struct at at,
                        const char *name)
{
    const char *names[KEYS_MAX];

    for (size_t i = 0; i < keys->count; i++)
        names[i] = keys->rows[i].name;
    const char *nearest = schema_nearest(name, names, keys->count);
    load_problem(l, at, nearest ? "unknown key \"%.60s\" in %s; did you mean \"%s\"?"
                                : "unknown key \"%.60s\" in %s", name, keys->what, nearest);
}

/* Looks from row `*next` on, going round: the keys of a map mostly come in the table's order. */
static const struct key *find_key(const struct keys *keys, const char *name, size_t *next)
{
    size_t at = *next;

    for (size_t i = 0; i < keys->count; i++, at++) {
        if (at >= keys->count)
            at = 0;
        const struct key *key = &keys->rows[at];
        if (key->name[0] == name[0] && strcmp(key->name, name) == 0) {
            *next = at + 1;
            return key;
        }
    }
    return NULL;
}

static bool is_absent(struct at value)
{
    return at_is(value, NODE_SCALAR) && !at_text(value);
}

static void check_needed(struct loader *l, const struct keys *keys, struct at map, uint64_t seen)
{
    for (size_t i = 0; i < keys->count; i++)
        if (keys->rows[i].needed && !(seen >> i & 1))
            load_problem(l, map, "%s has no \"%s\"", keys->what, keys->rows[i].name);
}

/* Without a good id, which has been reported, a thing is called "": whoever joins can compare. */
static void set_missing_id(const struct keys *keys, void *thing)
{
    const char **id = (const char **)(void *)((char *)thing + keys->rows[0].offset);

    if (strcmp(keys->rows[0].name, "id") == 0 && !*id)
        *id = "";
}

bool load_map(struct loader *l, const struct keys *keys, struct at map, void *thing)
{
    uint64_t seen = 0;
    size_t next = 0;

    if (!at_is(map, NODE_MAP)) {
        load_problem(l, map, "%s must be a map of keys and values", keys->what);
        return false;
    }
    if (keys->where != NO_WHERE)
        *(struct where *)(void *)((char *)thing + keys->where) = load_where(l, map);
    for (struct at at = at_first(map); at.tree;) {
        struct at value = at_next(map, at);
        const char *name = at.tree->strings + at_node(at)->text;
        const struct key *key = find_key(keys, name, &next);
        if (key && !is_absent(value)) {
            seen |= UINT64_C(1) << (key - keys->rows);
            key->read(l, key, value, (char *)thing + key->offset);
        } else if (!key && !(keys->other && keys->other(l, at, value, thing))) {
            unknown_key(l, keys, at, name);
        }
        at = at_next(map, value);
    }
    check_needed(l, keys, map, seen);
    set_missing_id(keys, thing);
    return true;
}

/* Makes room for `add` more things in the arena array that the pointer at `items` names. */
static char *grow(struct loader *l, const struct keys *keys, void *items, size_t count,
                  size_t add)
{
    char *all = arena_alloc(l->schema->arena, count + add + 1, keys->size);
    char *old;

    memcpy(&old, items, sizeof old);
    if (count > 0)
        memcpy(all, old, count * keys->size);
    memcpy(items, &all, sizeof all);
    return all + count * keys->size;
}

void load_maps(struct loader *l, const struct keys *keys, struct at sequence, void *items,
               size_t *count)
{
    if (!at_is(sequence, NODE_SEQUENCE)) {
        load_problem(l, sequence, "a list is needed here, each %s after a \"-\"", keys->what);
        return;
    }
    char *next = grow(l, keys, items, *count, at_node(sequence)->length);
    for (struct at at = at_first(sequence); at.tree; at = at_next(sequence, at))
        if (load_map(l, keys, at, next)) {
            next += keys->size;
            ++*count;
        }
}

void *load_one(struct loader *l, const struct keys *keys, struct at map, void *items,
               size_t *count)
{
    char *thing = grow(l, keys, items, *count, 1);

    if (!load_map(l, keys, map, thing))
        return NULL;
    ++*count;
    return thing;
}

/* Scalars */

static const char *scalar(struct loader *l, const struct key *key, struct at value)
{
    const char *text = at_text(value);

    if (!text)
        load_problem(l, value, "\"%s\" must be a single value", key->name);
    return text;
}

void load_string(struct loader *l, const struct key *key, struct at value, void *field)
{
    *(const char **)field = scalar(l, key, value);
}

void load_nothing(struct loader *l, const struct key *key, struct at value, void *field)
{
    (void)l, (void)key, (void)value, (void)field;
}

static bool is_id_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

bool load_is_id(const char *text)
{
    size_t length = 0;

    while (is_id_letter(text[length]))
        length++;
    return text[0] >= 'a' && text[0] <= 'z' && length <= ID_MAX && text[length] == '\0';
}

static bool is_dotted_id(const char *text)
{
    size_t length = 0;

    while (is_id_letter(text[length]) || text[length] == '.' || text[length] == '-')
        length++;
    return length > 0 && length <= ID_MAX && text[length] == '\0';
}

void load_id(struct loader *l, const struct key *key, struct at value, void *field)
{
    const char *text = scalar(l, key, value);

    if (text && !load_is_id(text)) {
        load_problem(l, value, "\"%.60s\" is no id: a small letter, then a-z, 0-9 and _", text);
        text = NULL;
    }
    *(const char **)field = text;
}

void load_dotted_id(struct loader *l, const struct key *key, struct at value, void *field)
{
    const char *text = scalar(l, key, value);

    if (text && !is_dotted_id(text)) {
        load_problem(l, value, "\"%.60s\" is no id: only a-z, 0-9, _, - and .", text);
        text = NULL;
    }
    *(const char **)field = text;
}

void load_strings(struct loader *l, const struct key *key, struct at value, void *field)
{
    size_t count = at_is(value, NODE_SEQUENCE) ? at_node(value)->length : 1;
    const char **strings = arena_alloc(l->schema->arena, count + 1, sizeof strings[0]);
    size_t n = 0;

    if (at_is(value, NODE_SEQUENCE)) {
        for (struct at at = at_first(value); at.tree; at = at_next(value, at))
            if ((strings[n] = scalar(l, key, at)))
                n++;
    } else {
        strings[0] = scalar(l, key, value);
    }
    *(const char ***)field = strings;
}

/* 1, 0, or -1 when the value is neither: the words of YAML 1.1, unquoted. */
static int boolean(struct at value)
{
    static const char *const words[] = {
        "false", "true", "no", "yes", "False", "True", "No", "Yes", "off", "on"
    };
    const char *text = at_text(value);

    for (int i = 0; text && at_node(value)->plain && i < (int)countof(words); i++)
        if (strcmp(words[i], text) == 0)
            return i % 2;
    return -1;
}

void load_flag(struct loader *l, const struct key *key, struct at value, void *field)
{
    int truth = boolean(value);

    if (truth < 0)
        load_problem(l, value, "\"%s\" must be true or false", key->name);
    else
        *(bool *)field = truth;
}

void load_number(struct loader *l, const struct key *key, struct at value, void *field)
{
    const char *text = at_text(value);
    char *end = NULL;
    long number = text && text[0] >= '0' && text[0] <= '9' ? strtol(text, &end, 10) : -1;

    if (number < 0 || *end != '\0' || number > 1000000)
        load_problem(l, value, "\"%s\" must be a whole number", key->name);
    else
        *(int *)field = (int)number;
}

/* An expression, or true or false. A quoted scalar's own text begins after the quote. */
void load_rule(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct rule_text *rule = field;
    const char *text = scalar(l, key, value);
    int truth = boolean(value);

    if (!text)
        return;
    rule->where = load_where(l, value);
    rule->where.col += !at_node(value)->plain;
    rule->sql = truth < 0 ? text : arena_strdup(l->schema->arena, truth ? "1" : "0");
    if (text[strspn(text, " \n\t")] == '\0') {
        load_problem(l, value, "\"%s\" is empty", key->name);
        rule->sql = NULL;
    }
}

int load_word(struct loader *l, const struct key *key, struct at value, const char *const *words,
              size_t count)
{
    const char *text = scalar(l, key, value);

    if (!text)
        return -1;
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i], text) == 0)
            return (int)i;
    const char *nearest = schema_nearest(text, words, count);
    load_problem(l, value, nearest ? "unknown %s \"%.60s\"; did you mean \"%s\"?"
                                   : "unknown %s \"%.60s\"", key->name, text, nearest);
    return -1;
}

/* Texts */

static void missing_languages(struct loader *l, const struct key *key, struct at value,
                              const struct text *text)
{
    for (int i = 0; i < LANG_COUNT; i++)
        if (!text->in[i])
            load_problem(l, value, "\"%s\" has no \"%s\"", key->name, lang_code((enum lang)i));
}

static void read_language(struct loader *l, const struct key *key, struct at at,
                          struct at value, struct text *out)
{
    const char *name = at.tree->strings + at_node(at)->text;
    const char *text = at_text(value);
    enum lang lang;

    if (at_node(at)->length != 2 || lang_parse(name, &lang) != 0)
        load_problem(l, at, "\"%.60s\" in \"%s\" is no language; use fi, sv and en", name,
                     key->name);
    else if (text && text[0])
        out->in[lang] = text;
    else if (!at_is(value, NODE_SCALAR))
        load_problem(l, value, "\"%s\" must be a single text in each language", key->name);
}

/* A map of languages, or a text that is the same in all. A text that lacks a language is absent. */
void load_text(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct text text = { { NULL } };
    const char *same = at_text(value);

    if (same && same[0]) {
        *(struct text *)field = (struct text){ { same, same, same } };
        return;
    }
    if (!at_is(value, NODE_MAP)) {
        load_problem(l, value, "\"%s\" must be {fi: ..., sv: ..., en: ...}", key->name);
        return;
    }
    for (struct at at = at_first(value); at.tree;) {
        struct at in = at_next(value, at);
        read_language(l, key, at, in, &text);
        at = at_next(value, in);
    }
    if (text.in[LANG_FI] && text.in[LANG_SV] && text.in[LANG_EN])
        *(struct text *)field = text;
    else
        missing_languages(l, key, value, &text);
}

static const struct key source_rows[] = {
    { "title", load_text, offsetof(struct source, title), true },
    { "date", load_string, offsetof(struct source, date), false },
    { "url", load_string, offsetof(struct source, url), false },
};

static const struct keys source_keys = {
    "source", source_rows, countof(source_rows), sizeof(struct source), NO_WHERE, NULL
};

void load_source(struct loader *l, const struct key *key, struct at value, void *field)
{
    if (at_is(value, NODE_SCALAR))
        load_text(l, key, value, &((struct source *)field)->title);
    else
        load_map(l, &source_keys, value, field);
}

/* Files */

/* Where each kind of file lies below the content folder. A beginning ending in '/' is a folder. */
static const struct file_kind {
    const char *path;
    enum content_kind kind;
} file_kinds[] = {
    { "forms/", CONTENT_FORM },
    { "data/tasks.yaml", CONTENT_TASKS },
    { "data/facts.yaml", CONTENT_FACTS },
    { "data/terms.yaml", CONTENT_TERMS },
    { "data/rules.yaml", CONTENT_RULES },
    { "data/register_messages.yaml", CONTENT_REGISTERS },
    { "data/requirement.yaml", CONTENT_REQUIREMENT },
    { "data/activities.yaml", CONTENT_ACTIVITIES },
    { "data/cards/", CONTENT_CARDS },
    { "data/lists/", CONTENT_LIST },
    { "data/documents/", CONTENT_DOCUMENT },
    { "data/imports/", CONTENT_IMPORT },
    { "data/packages.yaml", CONTENT_PACKAGES },
    { "data/rights/", CONTENT_RIGHTS },
    { "data/regulations/", CONTENT_OUTLINE },
};

/* True when `path` is the place or ends in "/" and the place. */
static bool is_at(const char *path, const char *place)
{
    size_t length = strlen(place);
    const char *slash = strrchr(path, '/');
    size_t folder = slash ? (size_t)(slash - path) + 1 : 0;
    size_t have = place[length - 1] == '/' ? folder : strlen(path);

    return have >= length && strncmp(path + have - length, place, length) == 0
        && (have == length || path[have - length - 1] == '/');
}

enum content_kind content_kind_of(const char *path)
{
    for (size_t i = 0; i < countof(file_kinds); i++)
        if (is_at(path, file_kinds[i].path))
            return file_kinds[i].kind;
    return CONTENT_UNKNOWN;
}

int schema_yaml_add(struct schema *schema, const struct tree *tree, enum content_kind kind,
                    schema_report report, void *data)
{
    static void (*const readers[])(struct loader *, struct at) = {
        [CONTENT_FORM] = load_form_file,
        [CONTENT_TASKS] = load_tasks_file,
        [CONTENT_LIST] = load_list_file,
        [CONTENT_FACTS] = load_facts_file,
        [CONTENT_TERMS] = load_terms_file,
        [CONTENT_RULES] = load_rules_file,
        [CONTENT_REGISTERS] = load_registers_file,
        [CONTENT_REQUIREMENT] = load_requirement_file,
        [CONTENT_ACTIVITIES] = load_activities_file,
        [CONTENT_CARDS] = load_cards_file,
        [CONTENT_DOCUMENT] = load_document_file,
        [CONTENT_IMPORT] = load_import_file,
        [CONTENT_PACKAGES] = load_packages_file,
        [CONTENT_RIGHTS] = load_rights_file,
        [CONTENT_OUTLINE] = load_outline_file,
    };
    struct loader l = { .schema = schema, .tree = tree, .out = { report, data, 0 } };
    struct at root = tree_root(tree);

    if ((size_t)kind >= countof(readers))
        load_problem(&l, root, "this file is no content file");
    else if (!root.tree)
        load_problem(&l, root, "the file is empty");
    else
        readers[kind](&l, root);
    return l.out.count;
}
