/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The texts of the check against the organisation register: the keys of
 * data/register_messages.yaml.
 */
#include "base/mem.h"
#include "io/schema_yaml_load.h"

static const struct key word_rows[] = {
    { "id", load_id, offsetof(struct register_word, id), true },
    { "text", load_text, offsetof(struct register_word, text), true },
    { "more", load_text, offsetof(struct register_word, more), false },
};

static const struct keys word_keys = {
    "word", word_rows, countof(word_rows), sizeof(struct register_word),
    offsetof(struct register_word, where), NULL
};

static const struct key wording_rows[] = {
    { "id", load_id, offsetof(struct register_wording, id), true },
    { "message", load_text, offsetof(struct register_wording, message), true },
    { "remedy", load_text, offsetof(struct register_wording, remedy), true },
    { "contacts", load_strings, offsetof(struct register_wording, contacts), true },
};

static const struct keys wording_keys = {
    "message", wording_rows, countof(wording_rows), sizeof(struct register_wording),
    offsetof(struct register_wording, where), NULL
};

static const struct key item_rows[] = {
#define AS_KEY(name, word) \
    { word, load_id, offsetof(struct registers, item_ids[REGISTER_ITEM_##name]), true },
    REGISTER_ITEM_INFO(AS_KEY)
#undef AS_KEY
};

static const struct keys item_keys = {
    "plan", item_rows, countof(item_rows), sizeof(struct registers), NO_WHERE, NULL
};

static void read_items(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct registers *registers = field;

    (void)key;
    registers->where = load_where(l, value);
    load_map(l, &item_keys, value, registers);
}

static void read_states(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct registers *registers = field;

    (void)key;
    load_maps(l, &word_keys, value, &registers->states, &registers->state_count);
}

static void read_notes(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct registers *registers = field;

    (void)key;
    load_maps(l, &word_keys, value, &registers->notes, &registers->note_count);
}

static void read_contacts(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct registers *registers = field;

    (void)key;
    load_maps(l, &word_keys, value, &registers->contacts, &registers->contact_count);
}

static void read_kinds(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct registers *registers = field;

    (void)key;
    load_maps(l, &word_keys, value, &registers->kinds, &registers->kind_count);
}

static void read_messages(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct registers *registers = field;

    (void)key;
    load_maps(l, &wording_keys, value, &registers->messages, &registers->message_count);
}

static const struct key file_rows[] = {
    { "plan", read_items, 0, true },
    { "states", read_states, 0, true },
    { "notes", read_notes, 0, true },
    { "contacts", read_contacts, 0, true },
    { "kinds", read_kinds, 0, true },
    { "messages", read_messages, 0, true },
};

static const struct keys file_keys = {
    "file of register messages", file_rows, countof(file_rows), sizeof(struct registers), NO_WHERE,
    NULL
};

void load_registers_file(struct loader *l, struct at root)
{
    struct registers *registers = arena_alloc(l->schema->arena, 1, sizeof *registers);

    if (load_map(l, &file_keys, root, registers))
        l->schema->registers = registers;
}
