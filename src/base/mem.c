/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Allocation that ends the program instead of failing, and arenas.
 *
 * A request whose size does not fit in size_t counts as out of memory, so that callers need
 * no overflow checks of their own.
 */
#include "base/mem.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { ARENA_BLOCK = 32 * 1024 };

static _Noreturn void out_of_memory(void)
{
    fputs("kantapolku: out of memory; the answers given so far are saved\n", stderr);
    abort();
}

static size_t product(size_t count, size_t size)
{
    if (size && count > SIZE_MAX / 2 / size)
        out_of_memory();
    return count * size;
}

void *xcalloc(size_t count, size_t size)
{
    size_t bytes = product(count, size);
    void *block = calloc(1, bytes ? bytes : 1);

    if (!block)
        out_of_memory();
    return block;
}

void *xrealloc(void *old, size_t count, size_t size)
{
    size_t bytes = product(count, size);
    void *block = realloc(old, bytes ? bytes : 1);

    if (!block)
        out_of_memory();
    return block;
}

char *xstrndup(const char *text, size_t length)
{
    char *copy = xcalloc(product(length, 1) + 1, 1);

    if (length)
        memcpy(copy, text, length);
    return copy;
}

char *xstrdup(const char *text)
{
    return xstrndup(text, strlen(text));
}

void *vec_room(void *items, size_t *cap, size_t need, size_t size)
{
    size_t room = *cap ? *cap : 8;

    if (items && need <= *cap)
        return items;
    while (room < need)
        room = product(room, 2);
    items = xrealloc(items, room, size);
    *cap = room;
    return items;
}

struct block {
    struct block *next;
    size_t used, room;
    unsigned char *bytes;
    bool mapped;              /* `bytes` is a mapping of its own; else it stands behind the struct */
};

struct arena {
    struct block *blocks;
};

struct arena *arena_new(void)
{
    return xcalloc(1, sizeof(struct arena));
}

void arena_free(struct arena *arena)
{
    struct block *next;

    if (!arena)
        return;
    for (struct block *b = arena->blocks; b; b = next) {
        next = b->next;
        if (b->mapped)
            munmap(b->bytes, b->room);
        free(b);
    }
    free(arena);
}

static struct block *block_new(size_t room)
{
    const size_t align = alignof(max_align_t);
    const size_t head = (sizeof(struct block) + align - 1) / align * align;
    struct block *block = xcalloc(product(room, 1) + head, 1);

    block->room = room;
    block->bytes = (unsigned char *)block + head;
    return block;
}

struct arena *arena_new_at(void *address, size_t room)
{
    void *bytes = mmap(address, room, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    struct arena *arena;

    if (bytes == MAP_FAILED)
        return NULL;
    arena = arena_new();
    arena->blocks = xcalloc(1, sizeof *arena->blocks);
    *arena->blocks = (struct block){ .room = room, .bytes = bytes, .mapped = true };
    if (bytes == address)
        return arena;
    arena_free(arena);
    return NULL;
}

size_t arena_used(const struct arena *arena)
{
    return arena->blocks ? arena->blocks->used : 0;
}

/* A block of its own for what is large goes behind the first, whose rest stays in use. */
static struct block *block_for(struct arena *arena, size_t bytes)
{
    struct block *first = arena->blocks, *made;

    if (first && first->room - first->used >= bytes)
        return first;
    made = block_new(bytes > ARENA_BLOCK / 4 ? bytes : ARENA_BLOCK);
    if (first && made->room != ARENA_BLOCK) {
        made->next = first->next;
        first->next = made;
    } else {
        made->next = first;
        arena->blocks = made;
    }
    return made;
}

void *arena_alloc(struct arena *arena, size_t count, size_t size)
{
    const size_t align = alignof(max_align_t);
    size_t bytes = product(count, size);
    struct block *block;
    void *result;

    bytes = bytes ? (bytes + align - 1) / align * align : align;
    block = block_for(arena, bytes);
    result = block->bytes + block->used;
    block->used += bytes;
    return result;
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
    char *copy = arena_alloc(arena, product(length, 1) + 1, 1);

    if (length)
        memcpy(copy, text, length);
    return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
    return arena_strndup(arena, text, strlen(text));
}
