/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Open addressing with FNV-1a. Ids are looked up at every start, for every reference.
 */
#include "core/id_table.h"

#include <string.h>

#include "base/mem.h"

enum { SLOTS_LEAST = 8 };

static uint32_t hash_id(const char *id, size_t length)
{
    uint32_t hash = 2166136261U;

    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)id[i]) * 16777619U;
    return hash;
}

/* The slot that has the id, or the free one that it would get. */
static struct id_slot *find_slot(const struct id_table *table, const char *id, size_t length,
                                 uint32_t hash)
{
    size_t at = hash & table->mask;

    for (; table->slots[at].id; at = (at + 1) & table->mask) {
        struct id_slot *slot = &table->slots[at];
        if (slot->hash == hash && strncmp(slot->id, id, length) == 0 && slot->id[length] == '\0')
            return slot;
    }
    return &table->slots[at];
}

void id_table_start(struct id_table *table, struct arena *arena, size_t count)
{
    size_t slots = SLOTS_LEAST;

    while (slots < 2 * count + 2)
        slots *= 2;
    table->slots = arena_alloc(arena, slots, sizeof table->slots[0]);
    table->mask = slots - 1;
}

const void *id_table_find(const struct id_table *table, const char *id, size_t length)
{
    return table->slots ? find_slot(table, id, length, hash_id(id, length))->thing : NULL;
}

const struct where *id_table_put(struct id_table *table, const char *id, const void *thing,
                                 const struct where *where)
{
    size_t length = strlen(id);
    uint32_t hash = hash_id(id, length);
    struct id_slot *slot = find_slot(table, id, length, hash);

    if (slot->id)
        return slot->where;
    *slot = (struct id_slot){ id, thing, where, hash };
    return NULL;
}
