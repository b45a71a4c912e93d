/* SPDX-License-Identifier: EUPL-1.2 */
#include "io/image.h"

#ifdef HAVE_CONFIG_H
#include <config.h>
#endif

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "core/schema.h"
#include "io/image_parts.h"

struct image {
    struct image_head *head;
    size_t length;
};

/* Programs that lay the schema out in another way do not take the image. */
static uint32_t layout(void)
{
    const size_t sizes[] = {
        sizeof(void *), sizeof(struct schema), sizeof(struct item), sizeof(struct rule),
        sizeof(struct fact), sizeof(struct document), sizeof(struct task), sizeof(struct list),
        sizeof(struct form), sizeof(struct page), sizeof(struct choice),
    };
    const uint16_t order = 1;
    uint32_t sum = IMAGE_VERSION * 2 + *(const unsigned char *)&order;

    for (size_t i = 0; i < countof(sizes); i++)
        sum = sum * 31 + (uint32_t)sizes[i];
    return sum;
}

struct image_head image_head_of_program(void)
{
    struct image_head head = {
        .magic = { 'K', 'P', 'I', 'M', 'A', 'G', 'E', '\n' }, .layout = layout()
    };

    strncpy(head.version, PACKAGE_VERSION, sizeof head.version - 1);
    return head;
}

bool image_stat_file(const char *root, const char *name, struct stat *st)
{
    struct buf path = BUF_INIT;
    bool found;

    buf_addf(&path, "%s/%s", root, name);
    found = stat(path.text, st) == 0;
    buf_free(&path);
    return found;
}

static bool is_newer(const struct timespec *a, const struct timespec *b)
{
    return a->tv_sec != b->tv_sec ? a->tv_sec > b->tv_sec : a->tv_nsec > b->tv_nsec;
}

static bool is_fresh(const struct image_head *head, const char *root, const char *const *names,
                     size_t count, const struct timespec *made)
{
    bool fresh = head->file_count == count;

    for (size_t i = 0; i < count && fresh; i++) {
        struct stat st;
        fresh = strcmp(head->files[i].name, names[i]) == 0
            && image_stat_file(root, names[i], &st)
            && (uint64_t)st.st_size == head->files[i].size && !is_newer(&st.st_mtim, made);
    }
    return fresh;
}

static bool is_ours(const struct image_head *head, off_t size)
{
    const struct image_head own = image_head_of_program();

    return memcmp(head->magic, own.magic, sizeof own.magic) == 0
        && memcmp(head->version, own.version, sizeof own.version) == 0
        && head->layout == own.layout
        && (uint64_t)size == head->length + head->pointer_count * (uint64_t)sizeof(uint32_t);
}

static bool lies_where_made(const struct image *image)
{
    return (uintptr_t)image->head == IMAGE_ADDRESS;
}

/* Moves all pointers to where the image lies. */
static bool move(struct image *image)
{
    unsigned char *bytes = (unsigned char *)image->head;
    const uintptr_t by = (uintptr_t)bytes - IMAGE_ADDRESS;
    const uint32_t *places = (const uint32_t *)(const void *)(bytes + image->head->length);

    if (mprotect(bytes, image->length, PROT_READ | PROT_WRITE) != 0)
        return false;
    for (uint32_t i = 0; i < image->head->pointer_count; i++)
        *(uintptr_t *)(void *)(bytes + places[i]) += by;
    return mprotect(bytes, image->length, PROT_READ) == 0;
}

static bool map(struct image *image, int fd, const struct stat *st)
{
    struct image_head head;
    void *bytes;

    if (read(fd, &head, sizeof head) != (ssize_t)sizeof head || !is_ours(&head, st->st_size))
        return false;
    bytes = mmap((void *)IMAGE_ADDRESS, (size_t)st->st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED)
        return false;
    *image = (struct image){ bytes, (size_t)st->st_size };
    return lies_where_made(image) || move(image);
}

struct image *image_open(const char *path, const char *root, const char *const *names,
                         size_t count)
{
    struct image *image = xcalloc(1, sizeof *image);
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0 && fstat(fd, &st) == 0 && map(image, fd, &st)
        && is_fresh(image->head, root, names, count, &st.st_mtim);

    if (fd >= 0)
        close(fd);
    if (good)
        return image;
    image_close(image);
    return NULL;
}

void image_close(struct image *image)
{
    if (image && image->head)
        munmap(image->head, image->length);
    free(image);
}

struct schema *image_schema(const struct image *image)
{
    return image->head->schema;
}

void image_rest(const struct image *image)
{
    if (lies_where_made(image))
        madvise(image->head, image->length, MADV_DONTNEED);
}
