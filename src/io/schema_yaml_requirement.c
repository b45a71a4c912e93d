/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Requirements: the pattern in data/requirement.yaml, and what a requirement in a form becomes.
 *
 * Each item of the pattern is copied for each requirement. {{id}} and {{title}} in its expressions
 * and texts stand for those of the requirement. The requirement's own questions come after the
 * first item of the pattern and are asked as long as its text is. A rule whose `each`, and an
 * expiry whose `per`, is "requirement" is copied in the same way.
 */
#include "core/activity.h"
#include "core/requirement.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "io/schema_yaml_load.h"

/* The pattern */

static int part_of(const char *word)
{
    for (int i = 0; i < REQUIREMENT_PART_COUNT; i++)
        if (strcmp(requirement_part_word((enum requirement_part)i), word) == 0)
            return i;
    return -1;
}

static void read_pattern(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct requirements *of = field;
    bool seen[REQUIREMENT_PART_COUNT] = { false };

    (void)key;
    of->pattern = arena_alloc(l->schema->arena, load_item_room(l, value), sizeof of->pattern[0]);
    load_items(l, value, of->pattern, &of->pattern_count);
    for (size_t i = 0; i < of->pattern_count; i++) {
        int part = part_of(of->pattern[i].id);
        if (part < 0)
            load_problem(l, value, "a requirement has no part \"%s\"", of->pattern[i].id);
        else
            seen[part] = true;
    }
    for (int i = 0; i < REQUIREMENT_PART_COUNT; i++)
        if (!seen[i])
            load_problem(l, value, "the part \"%s\" of a requirement is missing",
                         requirement_part_word((enum requirement_part)i));
}

static const struct key pattern_rows[] = {
    { "points", load_id, offsetof(struct requirements, points_id), true },
    { "items", read_pattern, 0, true },
};

static const struct keys pattern_keys = {
    "requirement file", pattern_rows, countof(pattern_rows), 0,
    offsetof(struct requirements, where), NULL
};

void load_requirement_file(struct loader *l, struct at root)
{
    struct requirements *of = arena_alloc(l->schema->arena, 1, sizeof *of);

    l->schema->requirements = of;
    load_map(l, &pattern_keys, root, of);
}

/* One requirement */

static const struct key requirement_rows[] = {
    { "id", load_id, offsetof(struct requirement, id), true },
    { "type", load_nothing, 0, true },
    { "label", load_text, offsetof(struct requirement, title), true },
    { "hint", load_text, offsetof(struct requirement, must), true },
    { "guidance", load_text, offsetof(struct requirement, guidance), false },
    { "source", load_source, offsetof(struct requirement, source), false },
    { "covers", load_strings, offsetof(struct requirement, covers), false },
    { "responsible", load_id, offsetof(struct requirement, responsible_id), false },
    { "relevant", load_rule, offsetof(struct requirement, relevant), false },
    { "otherwise", load_text, offsetof(struct requirement, otherwise), false },
    { "model", load_text, offsetof(struct requirement, model), true },
    { "proof", load_text, offsetof(struct requirement, proof), false },
    { "items", load_nothing, 0, false },
};

static const struct keys requirement_keys = {
    "requirement", requirement_rows, countof(requirement_rows), sizeof(struct requirement),
    offsetof(struct requirement, where), NULL
};

bool load_is_requirement(struct at item)
{
    const char *type = at_text(at_key(item, "type"));

    return type && strcmp(type, "requirement") == 0;
}

size_t load_requirement_room(struct loader *l, struct at item)
{
    const struct requirements *of = l->schema->requirements;
    struct at own = at_key(item, "items");

    return (of ? of->pattern_count : 0) + (own.tree ? load_item_room(l, own) : 0);
}

/* The text with the blank `name` filled in; the text itself when it has none. */
static const char *fill(struct loader *l, const char *text, const char *name, const char *with)
{
    struct buf out = BUF_INIT;
    const char *at = text ? strstr(text, name) : NULL;

    if (!at)
        return text;
    for (; at; at = strstr(text, name)) {
        buf_add_n(&out, text, (size_t)(at - text));
        buf_add(&out, with);
        text = at + strlen(name);
    }
    buf_add(&out, text);
    const char *filled = arena_strdup(l->schema->arena, out.text);
    buf_free(&out);
    return filled;
}

static void fill_text(struct loader *l, struct text *text, const struct requirement *of)
{
    for (int i = 0; i < LANG_COUNT; i++)
        text->in[i] = fill(l, fill(l, text->in[i], "{{id}}", of->id), "{{title}}",
                           of->title.in[i] ? of->title.in[i] : "");
}

static void fill_rule(struct loader *l, struct rule_text *rule, const struct requirement *of)
{
    rule->sql = fill(l, rule->sql, "{{id}}", of->id);
}

static const char *join(struct loader *l, const char *a, const char *between, const char *b,
                        const char *after)
{
    struct buf out = BUF_INIT;

    buf_addf(&out, "%s%s%s%s", a, between, b, after);
    const char *joined = arena_strdup(l->schema->arena, out.text);
    buf_free(&out);
    return joined;
}

/* Relevant only where `also` is true as well. */
static void narrow(struct loader *l, struct rule_text *rule, const struct rule_text *also)
{
    if (!also->sql)
        return;
    if (!rule->sql)
        *rule = *also;
    else
        rule->sql = join(l, join(l, "(", "", also->sql, ") AND ("), "", rule->sql, ")");
}

static void set_absent(struct text *text, const struct text *with)
{
    if (!text->in[LANG_EN])
        *text = *with;
}

/* What the requirement says of this part of it. */
static void suit(struct loader *l, struct item *item, enum requirement_part part,
                 const struct requirement *of)
{
    if (part == REQUIREMENT_STATE)
        set_absent(&item->hint, &of->must);
    if (part == REQUIREMENT_STATE || part == REQUIREMENT_TEXT)
        set_absent(&item->guidance, &of->guidance);
    if (part == REQUIREMENT_TEXT)
        item->model = of->model;
    if (part == REQUIREMENT_PROOF)
        item->model = of->proof;
    if (part == REQUIREMENT_WHO && of->responsible_id && !item->initial.sql)
        item->initial = (struct rule_text){ of->responsible_id, of->where };
    item->source = of->source;
    narrow(l, &item->relevant, &of->relevant);
}

static void add_part(struct loader *l, const struct item *pattern, struct requirement *of,
                     struct item *item)
{
    struct rule_text *const rules[] = {
        &item->required, &item->relevant, &item->constraint, &item->calculate, &item->initial,
        &item->choice_filter
    };
    struct text *const texts[] = {
        &item->label, &item->hint, &item->guidance, &item->message, &item->report_label
    };
    int part = part_of(pattern->id);

    *item = *pattern;
    item->where = of->where;
    item->id = join(l, of->id, "_", pattern->id, "");
    for (size_t i = 0; i < countof(rules); i++)
        fill_rule(l, rules[i], of);
    for (size_t i = 0; i < countof(texts); i++)
        fill_text(l, texts[i], of);
    if (part < 0)
        return;
    suit(l, item, (enum requirement_part)part, of);
    of->parts[part] = item;
}

/* The requirement's own questions, which are asked when its text is. */
static void add_own(struct loader *l, struct at value, const struct requirement *of,
                    struct item *items, size_t *count)
{
    const struct requirements *all = l->schema->requirements;
    struct rule_text asked = { NULL, of->where };
    size_t first = *count;

    if (!value.tree)
        return;
    load_items(l, value, items, count);
    for (size_t i = 0; i < all->pattern_count; i++)
        if (part_of(all->pattern[i].id) == REQUIREMENT_TEXT)
            asked = all->pattern[i].relevant;
    fill_rule(l, &asked, of);
    narrow(l, &asked, &of->relevant);
    for (size_t i = first; i < *count; i++)
        narrow(l, &items[i].relevant, &asked);
}

static struct requirement *new_requirement(struct loader *l, struct requirements *of)
{
    if (of->count == of->room) {
        size_t room = of->room ? 2 * of->room : 64;
        struct requirement *all = arena_alloc(l->schema->arena, room, sizeof *all);
        if (of->count > 0)
            memcpy(all, of->all, of->count * sizeof *all);
        of->all = all;
        of->room = room;
    }
    return &of->all[of->count];
}

void load_requirement(struct loader *l, struct at at, struct item *items, size_t *count)
{
    struct requirements *all = l->schema->requirements;

    if (!all || l->in_repeat) {
        load_problem(l, at, all ? "a requirement cannot stand in a repeat"
                                : "a requirement needs data/requirement.yaml");
        return;
    }
    struct requirement *of = new_requirement(l, all);
    if (!load_map(l, &requirement_keys, at, of))
        return;
    all->count++;
    for (size_t i = 0; i < all->pattern_count; i++) {
        add_part(l, &all->pattern[i], of, &items[(*count)++]);
        if (i == 0)
            add_own(l, at_key(at, "items"), of, items, count);
    }
}

/* Rules about every requirement */

static bool names_all(const struct loader *l, const struct item *named)
{
    return l->schema->requirements && named && named->id &&
           strcmp(named->id, "requirement") == 0;
}

static bool is_for_all(const struct loader *l, const struct rule *rule)
{
    return names_all(l, rule->each);
}

static void copy_rule(struct loader *l, const struct rule *from, const struct requirement *of,
                      struct rule *rule)
{
    int part = from->item ? part_of(from->item->id) : -1;

    *rule = *from;
    rule->id = join(l, from->id, ".", of->id, "");
    rule->family = from->id;
    rule->each = NULL;
    rule->requirement = of;
    rule->item = part < 0 ? from->item : of->parts[part];
    fill_rule(l, &rule->when, of);
    fill_text(l, &rule->message, of);
    fill_text(l, &rule->remedy, of);
    fill_text(l, &rule->ask, of);
}

void load_spread_rules(struct loader *l)
{
    struct schema *schema = l->schema;
    size_t room = schema->rule_count, count = 0;

    if (!schema->requirements)
        return;
    for (size_t i = 0; i < schema->rule_count; i++)
        if (is_for_all(l, &schema->rules[i]))
            room += schema->requirements->count;
    struct rule *rules = arena_alloc(schema->arena, room, sizeof *rules);
    for (size_t i = 0; i < schema->rule_count; i++) {
        const struct rule *rule = &schema->rules[i];
        if (!is_for_all(l, rule))
            rules[count++] = *rule;
        for (size_t j = 0; is_for_all(l, rule) && j < schema->requirements->count; j++)
            copy_rule(l, rule, &schema->requirements->all[j], &rules[count++]);
    }
    schema->rules = rules;
    schema->rule_count = count;
}

/* Days of every requirement */

static void copy_expiry(struct loader *l, const struct expiry *from, const struct requirement *of,
                        struct expiry *expiry)
{
    int part = from->day ? part_of(from->day->id) : -1;

    *expiry = *from;
    expiry->id = join(l, from->id, ".", of->id, "");
    expiry->per = NULL;
    expiry->requirement = of;
    expiry->day = part < 0 ? from->day : of->parts[part];
    fill_text(l, &expiry->title, of);
}

void load_spread_expiries(struct loader *l)
{
    struct activities *all = l->schema->activities;
    const struct requirements *requirements = l->schema->requirements;
    size_t each = requirements ? requirements->count : 0, count = 0;
    struct expiry *expiries = arena_alloc(l->schema->arena, all->expiry_count * (each + 1) + 1,
                                          sizeof *expiries);

    for (size_t i = 0; i < all->expiry_count; i++) {
        const struct expiry *expiry = &all->expiries[i];
        bool spreads = names_all(l, expiry->per);
        if (!spreads)
            expiries[count++] = *expiry;
        for (size_t j = 0; spreads && j < each; j++)
            copy_expiry(l, expiry, &requirements->all[j], &expiries[count++]);
    }
    all->expiries = expiries;
    all->expiry_count = count;
}
