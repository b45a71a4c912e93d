/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Cards and readers: the keys of the files in data/cards/. Each file holds some of the parts; a
 * part that stands in several files is joined.
 */
#include <string.h>

#include "base/mem.h"
#include "core/card_data.h"
#include "io/schema_yaml_load.h"

/* ---- conditions: a map of signs ---- */

static void read_conditions(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct card_conditions *conditions = field;

    if (!at_is(value, NODE_MAP)) {
        load_problem(l, value, "\"%s\" must be a map of signs and values", key->name);
        return;
    }
    conditions->at = arena_alloc(l->schema->arena, at_node(value)->length, sizeof conditions->at[0]);
    for (struct at at = at_first(value); at.tree;) {
        struct at in = at_next(value, at);
        struct card_condition *condition = &conditions->at[conditions->count++];
        condition->sign = at.tree->strings + at_node(at)->text;
        condition->where = load_where(l, at);
        load_strings(l, key, in, &condition->values);
        at = at_next(value, in);
    }
}

static void read_weight(struct loader *l, const struct key *key, struct at value, void *field)
{
    static const char *const words[] = { "error", "warning", "ok", "note" };
    int weight = load_word(l, key, value, words, countof(words));

    *(enum card_weight *)field = weight < 0 ? CARD_WEIGHT_ERROR : (enum card_weight)weight;
}

static void read_use(struct loader *l, const struct key *key, struct at value, void *field)
{
    static const char *const words[] = { "kanta", "temporary", "test", "none" };

    if (load_word(l, key, value, words, countof(words)) >= 0)
        *(const char **)field = at_text(value);
}

/* ---- the parts ---- */

static const struct key case_rows[] = {
    { "id", load_id, offsetof(struct card_case, id), true },
    { "severity", read_weight, offsetof(struct card_case, weight), true },
    { "when", read_conditions, offsetof(struct card_case, when), true },
    { "unless", read_conditions, offsetof(struct card_case, unless), false },
    { "cause", load_text, offsetof(struct card_case, cause), true },
    { "remedy", load_text, offsetof(struct card_case, remedy), true },
    { "command", load_string, offsetof(struct card_case, command), false },
    { "ask", load_strings, offsetof(struct card_case, ask), false },
    { "group", load_id, offsetof(struct card_case, group), false },
};

static const struct key contact_rows[] = {
    { "id", load_id, offsetof(struct card_contact, id), true },
    { "text", load_text, offsetof(struct card_contact, text), true },
};

static const struct key kind_rows[] = {
    { "id", load_id, offsetof(struct card_kind, id), true },
    { "title", load_text, offsetof(struct card_kind, title), true },
    { "use", read_use, offsetof(struct card_kind, use), true },
    { "choice", load_id, offsetof(struct card_kind, choice), false },
    { "any", load_strings, offsetof(struct card_kind, any), false },
    { "all", load_strings, offsetof(struct card_kind, all), false },
    { "when", read_conditions, offsetof(struct card_kind, when), false },
};

static const struct key policy_rows[] = {
    { "oid", load_string, offsetof(struct card_policy, oid), true },
    { "kind", load_id, offsetof(struct card_policy, kind), true },
};

static const struct key chip_rows[] = {
    { "id", load_id, offsetof(struct card_chip, id), true },
    { "history", load_string, offsetof(struct card_chip, history), true },
    { "title", load_text, offsetof(struct card_chip, title), true },
    { "old", load_flag, offsetof(struct card_chip, old), false },
};

static const struct key root_rows[] = {
    { "id", load_id, offsetof(struct card_root, id), true },
    { "name", load_string, offsetof(struct card_root, name), true },
    { "sha256", load_string, offsetof(struct card_root, sha256), true },
    { "source", load_string, offsetof(struct card_root, source), true },
};

static const struct key pins_rows[] = {
    { "id", load_id, offsetof(struct card_pins, id), true },
    { "pin1", load_string, offsetof(struct card_pins, pin1), true },
    { "pin2", load_string, offsetof(struct card_pins, pin2), true },
    { "puk", load_string, offsetof(struct card_pins, puk), true },
    { "details", load_flag, offsetof(struct card_pins, details), false },
};

static const struct key software_rows[] = {
    { "id", load_id, offsetof(struct card_software, id), true },
    { "title", load_text, offsetof(struct card_software, title), true },
    { "paths", load_strings, offsetof(struct card_software, paths), false },
    { "packages", load_strings, offsetof(struct card_software, packages), false },
    { "newest", load_string, offsetof(struct card_software, newest), false },
};

static const struct key driver_rows[] = {
    { "vendor", load_string, offsetof(struct card_driver, vendor), true },
    { "package", load_string, offsetof(struct card_driver, package), true },
};

#define PART(what, rows, type) { what, rows, countof(rows), sizeof(struct type), \
                                 offsetof(struct type, where), NULL }
static const struct keys case_keys = PART("case", case_rows, card_case);
static const struct keys contact_keys = PART("contact", contact_rows, card_contact);
static const struct keys kind_keys = PART("kind of card", kind_rows, card_kind);
static const struct keys policy_keys = PART("policy", policy_rows, card_policy);
static const struct keys chip_keys = PART("chip", chip_rows, card_chip);
static const struct keys root_keys = PART("root", root_rows, card_root);
static const struct keys pins_keys = PART("set of codes", pins_rows, card_pins);
static const struct keys software_keys = PART("software", software_rows, card_software);
static const struct keys driver_keys = PART("driver", driver_rows, card_driver);
#undef PART

/* Where the part with a key is kept. */
static const struct part {
    const char *name;
    const struct keys *keys;
    size_t items, count;
} parts[] = {
#define PART(name, keys, field, counted) \
    { name, &keys, offsetof(struct cards, field), offsetof(struct cards, counted) }
    PART("cases", case_keys, cases, case_count),
    PART("contacts", contact_keys, contacts, contact_count),
    PART("kinds", kind_keys, kinds, kind_count),
    PART("policies", policy_keys, policies, policy_count),
    PART("chips", chip_keys, chips, chip_count),
    PART("roots", root_keys, roots, root_count),
    PART("codes", pins_keys, pins, pins_count),
    PART("software", software_keys, software, software_count),
    PART("drivers", driver_keys, drivers, driver_count),
#undef PART
};

static void read_part(struct loader *l, const struct key *key, struct at value, void *field)
{
    const struct part *part = parts;

    while (strcmp(part->name, key->name) != 0)
        part++;
    load_maps(l, part->keys, value, (char *)field + part->items,
              (size_t *)(void *)((char *)field + part->count));
}

static const struct key inventory_rows[] = {
#define AS_KEY(name, word) \
    { word, load_id, offsetof(struct card_inventory, ids[CARD_ITEM_##name]), true },
    CARD_ITEM_INFO(AS_KEY)
#undef AS_KEY
};

static const struct keys inventory_keys = {
    "inventory", inventory_rows, countof(inventory_rows), sizeof(struct card_inventory), NO_WHERE,
    NULL
};

static void read_inventory(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct card_inventory *inventory = field;

    (void)key;
    inventory->where = load_where(l, value);
    load_map(l, &inventory_keys, value, inventory);
}

static const struct key file_rows[] = {
    { "issuers", load_strings, offsetof(struct cards, issuers), false },
    { "contactless", load_strings, offsetof(struct cards, contactless), false },
    { "programs", load_strings, offsetof(struct cards, programs), false },
    { "cases", read_part, 0, false },
    { "contacts", read_part, 0, false },
    { "kinds", read_part, 0, false },
    { "policies", read_part, 0, false },
    { "chips", read_part, 0, false },
    { "roots", read_part, 0, false },
    { "codes", read_part, 0, false },
    { "software", read_part, 0, false },
    { "drivers", read_part, 0, false },
    { "inventory", read_inventory, offsetof(struct cards, inventory), false },
};

static const struct keys file_keys = {
    "file about cards", file_rows, countof(file_rows), sizeof(struct cards), NO_WHERE, NULL
};

void load_cards_file(struct loader *l, struct at root)
{
    if (!l->schema->cards)
        l->schema->cards = arena_alloc(l->schema->arena, 1, sizeof *l->schema->cards);
    load_map(l, &file_keys, root, l->schema->cards);
}
