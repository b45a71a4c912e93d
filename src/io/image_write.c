/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Makes the image. Everything is made twice, at two addresses: what differs by their distance is a
 * pointer, and nothing else may differ.
 */
#include "io/image.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "core/schema.h"
#include "io/file.h"
#include "io/image_parts.h"

enum { IMAGE_ROOM = 32 << 20 };

struct job {
    const char *root;
    const char *const *names;
    size_t count;
    image_make make;
    void *data;
};

static int add_files(const struct job *job, struct arena *arena, struct image_head *head,
                     struct err *err)
{
    struct image_file *files = arena_alloc(arena, job->count + 1, sizeof *files);
    struct stat st;

    head->files = files;
    head->file_count = job->count;
    for (size_t i = 0; i < job->count; i++) {
        if (!image_stat_file(job->root, job->names[i], &st))
            return err_set(err, ERR_INPUT, "%s/%s cannot be read", job->root, job->names[i]);
        files[i].name = arena_strdup(arena, job->names[i]);
        files[i].size = (uint64_t)st.st_size;
    }
    return 0;
}

static int make_at(const struct job *job, uintptr_t address, struct arena **out, struct err *err)
{
    struct arena *arena = arena_new_at((void *)address, IMAGE_ROOM);
    struct image_head *head;
    int code;

    *out = arena;
    if (!arena)
        return err_set(err, ERR_DEVICE, "the memory for the content image is taken");
    head = arena_alloc(arena, 1, sizeof *head);
    *head = image_head_of_program();
    code = add_files(job, arena, head, err);
    if (!code)
        code = job->make(job->data, arena, &head->schema, err);
    if (!code)
        head->schema->arena = NULL;
    head->length = arena_used(arena);
    return code;
}

extern const char __executable_start[], end[];

/* Such a word points at a constant of this program and would lead nowhere in another run. */
static bool is_of_program(uintptr_t word)
{
    return word >= (uintptr_t)__executable_start && word < (uintptr_t)end;
}

/* Appends the places of pointers among the words at both addresses. */
static int find_pointers(const struct arena *arena, struct buf *places, struct err *err)
{
    const uintptr_t *one = (const uintptr_t *)IMAGE_ADDRESS;
    const uintptr_t *two = (const uintptr_t *)(IMAGE_ADDRESS + IMAGE_ROOM);
    size_t length = arena_used(arena);

    for (size_t i = 0; i < length / sizeof one[0]; i++) {
        uint32_t place = (uint32_t)(i * sizeof one[0]);
        if (one[i] == two[i] && !is_of_program(one[i]))
            continue;
        if (two[i] - one[i] != IMAGE_ROOM || one[i] - IMAGE_ADDRESS >= length)
            return err_set(err, ERR_INPUT, "the content image cannot be made: at %u is what does "
                                           "not belong to it", (unsigned)place);
        buf_add_n(places, (const char *)&place, sizeof place);
    }
    return 0;
}

static int write_file(const char *path, struct buf *places, struct err *err)
{
    struct image_head *head = (struct image_head *)IMAGE_ADDRESS;
    struct buf out = BUF_INIT;
    int code;

    head->pointer_count = (uint32_t)(places->length / sizeof(uint32_t));
    buf_add_n(&out, (const char *)head, head->length);
    buf_add_n(&out, places->text, places->length);
    code = file_write(path, out.text, out.length, err);
    buf_free(&out);
    return code;
}

int image_write(const char *path, const char *root, const char *const *names, size_t count,
                image_make make, void *data, struct err *err)
{
    const struct job job = { root, names, count, make, data };
    struct arena *arenas[2] = { NULL, NULL };
    struct buf places = BUF_INIT;
    int code = make_at(&job, IMAGE_ADDRESS, &arenas[0], err);

    if (!code)
        code = make_at(&job, IMAGE_ADDRESS + IMAGE_ROOM, &arenas[1], err);
    if (!code && arena_used(arenas[0]) != arena_used(arenas[1]))
        code = err_set(err, ERR_INPUT, "the content image cannot be made: its size changes");
    if (!code)
        code = find_pointers(arenas[0], &places, err);
    if (!code)
        code = write_file(path, &places, err);
    buf_free(&places);
    arena_free(arenas[0]);
    arena_free(arenas[1]);
    return code;
}
