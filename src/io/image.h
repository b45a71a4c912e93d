/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The compiled content: a finished schema as it lies in memory, in one file.
 *
 * Making the schema of YAML costs more than the whole start may. So the build does it once, in
 * memory at an address that nobody else uses, and the program maps the file there: nothing is
 * copied, only what is looked at is read, and two programs share it. Where the address is taken
 * (valgrind, another kind of machine) the pointers are moved.
 *
 * The file is made and installed together with the program, and trusted as the program itself is;
 * content of a user's own has none. It is fresh when it was made by the same version of the same
 * files, each with its present size and none newer than the image.
 */
#ifndef IO_IMAGE_H
#define IO_IMAGE_H

#include <stddef.h>

struct arena;
struct err;
struct schema;

/* Makes the schema in the arena, which goes with it. The same call makes the same again. */
typedef int (*image_make)(void *data, struct arena *arena, struct schema **out, struct err *err);

/* Replaces `path` as a whole. `names` are the files below the folder `root` that the schema is made
 * of. */
int image_write(const char *path, const char *root, const char *const *names, size_t count,
                image_make make, void *data, struct err *err);

/* NULL when the file is absent, stale or of another build. */
struct image;
struct image *image_open(const char *path, const char *root, const char *const *names,
                         size_t count);
void image_close(struct image *image);

/* Read only; good until image_close(). */
struct schema *image_schema(const struct image *image);

/* Gives the memory back that reading the schema has taken so far; it is taken again when needed. */
void image_rest(const struct image *image);

#endif
