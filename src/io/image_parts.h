/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Private to image.c, which opens images, and image_write.c, which makes them.
 *
 * The file is the memory of an arena: struct image_head first, which knows the address it was made
 * for, and behind the arena the places of all pointers in it.
 */
#ifndef IO_IMAGE_PARTS_H
#define IO_IMAGE_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

struct schema;

/* Far from where systems put programs, libraries and the heap. */
#if UINTPTR_MAX > 0xffffffffU
#define IMAGE_ADDRESS ((uintptr_t)0x1b0000000000U)
#else
#define IMAGE_ADDRESS ((uintptr_t)0x60000000U)
#endif

enum { IMAGE_VERSION = 3 };

struct image_file {
    const char *name;         /* below the content folder */
    uint64_t size;
};

struct image_head {
    char magic[8];
    char version[24];         /* of the program */
    uint32_t layout;
    uint32_t pointer_count;   /* places, as uint32_t, behind `length` */
    size_t length;
    const struct image_file *files;
    size_t file_count;
    struct schema *schema;
};

/* All but what the arena's user fills in. */
struct image_head image_head_of_program(void);
bool image_stat_file(const char *root, const char *name, struct stat *st);

#endif
