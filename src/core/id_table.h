/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Things of the content by id: a hash table that is filled once.
 *
 * Ids and things are borrowed; the slots are the arena's. A table that was never started is empty.
 */
#ifndef CORE_ID_TABLE_H
#define CORE_ID_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct where;

struct id_slot {
    const char *id;           /* NULL: free */
    const void *thing;
    const struct where *where;
    uint32_t hash;
};

struct id_table {
    struct id_slot *slots;
    size_t mask;              /* slots - 1; their number is a power of two, half are free */
};

/* Makes room for `count` things. */
void id_table_start(struct id_table *table, struct arena *arena, size_t count);

/* The thing whose id is the first `length` bytes of `id`; NULL when there is none. */
const void *id_table_find(const struct id_table *table, const char *id, size_t length);

/* Adds the thing, found at `where`. Returns NULL, or where the thing is that has the id already. */
const struct where *id_table_put(struct id_table *table, const char *id, const void *thing,
                                 const struct where *where);

#endif
