/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Memory that does not run out, and growing arrays.
 *
 * Out of memory ends the program with one line: every answer is already on disk, so nothing
 * is lost, and no caller needs a path for it.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

#define countof(array) (sizeof(array) / sizeof((array)[0]))

/* Like calloc(), reallocarray(), strdup() and strndup(), but they never fail. */
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *old, size_t count, size_t size);
char *xstrdup(const char *text);
char *xstrndup(const char *text, size_t length);

/* Makes room for at least `need` elements in the array `items`, whose capacity is `*cap`
 * elements of `size` bytes. Returns the array, moved if it had to grow:
 *     v->items = vec_room(v->items, &v->cap, v->count + 1, sizeof v->items[0]);       */
void *vec_room(void *items, size_t *cap, size_t need, size_t size);

/* A region that is freed at once. Blocks are zeroed and aligned for any type. */
struct arena;
struct arena *arena_new(void);
void arena_free(struct arena *arena);
void *arena_alloc(struct arena *arena, size_t count, size_t size);
char *arena_strndup(struct arena *arena, const char *text, size_t length);
char *arena_strdup(struct arena *arena, const char *text);

/* An arena of `room` bytes that begins at `address`, a multiple of the page size; NULL when another
 * mapping is in the way. The first block allocated lies at `address`, the next ones behind it. */
struct arena *arena_new_at(void *address, size_t room);
/* How many bytes from its address on are in use. */
size_t arena_used(const struct arena *arena);

#endif
