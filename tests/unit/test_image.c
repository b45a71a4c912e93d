/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The compiled content: what is refused when it is made, when it is taken and when not, and that the
 * schema is the same as that of the YAML, wherever it lies.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "core/schema.h"
#include "io/content.h"
#include "io/file.h"
#include "io/image.h"
#include "io/image_parts.h"

static const char *const names[] = { "one.yaml", "two.yaml" };

/* A folder with the files and the image's path. */
struct folder {
    char path[64];
    struct buf image;
};

static void file_path(struct buf *out, const struct folder *folder, const char *name)
{
    buf_clear(out);
    buf_addf(out, "%s/%s", folder->path, name);
}

static void write_bytes(const char *path, const char *bytes, size_t length)
{
    struct err err = { 0 };

    if (file_write(path, bytes, length, &err))
        fail_msg("%s", err.msg);
}

static void folder_make(struct folder *folder)
{
    struct buf path = BUF_INIT;

    strcpy(folder->path, "/tmp/test_image.XXXXXX");
    assert_non_null(mkdtemp(folder->path));
    folder->image = (struct buf)BUF_INIT;
    file_path(&folder->image, folder, "image");
    for (size_t i = 0; i < countof(names); i++) {
        file_path(&path, folder, names[i]);
        write_bytes(path.text, "a: 1\n", 5);
    }
    buf_free(&path);
}

static void folder_remove(struct folder *folder)
{
    struct buf path = BUF_INIT;

    for (size_t i = 0; i < countof(names); i++) {
        file_path(&path, folder, names[i]);
        unlink(path.text);
    }
    unlink(folder->image.text);
    assert_int_equal(rmdir(folder->path), 0);
    buf_free(&path);
    buf_free(&folder->image);
}

/* ---- making ---- */

static const char constant[] = "a constant of this program";

struct recipe {
    enum how { GOOD, CONSTANT, HEAP, CHANGES, GROWS } how;
    int calls;
    char *heap[2];
};

static int make(void *data, struct arena *arena, struct schema **out, struct err *err)
{
    struct recipe *recipe = data;
    struct fact *fact = arena_alloc(arena, 1, sizeof *fact);

    (void)err;
    *out = schema_new_in(arena);
    (*out)->facts = fact;
    (*out)->fact_count = 1;
    fact->id = arena_strdup(arena, "fact.one");
    if (recipe->how == CONSTANT)
        fact->id = constant;
    if (recipe->how == HEAP)
        fact->id = recipe->heap[recipe->calls];
    if (recipe->how == CHANGES)
        (*out)->rule_count = (size_t)recipe->calls;
    if (recipe->how == GROWS)
        arena_alloc(arena, (size_t)recipe->calls + 1, 64);
    recipe->calls++;
    return 0;
}

static int write_image(const struct folder *folder, struct recipe *recipe, struct err *err)
{
    return image_write(folder->image.text, folder->path, names, countof(names), make, recipe, err);
}

static void write_good(const struct folder *folder)
{
    struct recipe recipe = { .how = GOOD };
    struct err err = { 0 };

    if (write_image(folder, &recipe, &err))
        fail_msg("%s", err.msg);
}

/* An image that would lead out of itself, or that is another one each time, is not written. */
static void test_refused(void **state)
{
    static const struct {
        enum how how;
        const char *message;
    } cases[] = {
        { CONSTANT, "does not belong to it" },
        { HEAP, "does not belong to it" },
        { CHANGES, "does not belong to it" },
        { GROWS, "its size changes" },
    };
    struct folder folder;

    (void)state;
    folder_make(&folder);
    for (size_t i = 0; i < countof(cases); i++) {
        struct recipe recipe = { .how = cases[i].how, .heap = { xstrdup("x"), xstrdup("y") } };
        struct err err = { 0 };
        assert_int_equal(write_image(&folder, &recipe, &err), ERR_INPUT);
        assert_non_null(strstr(err.msg, cases[i].message));
        assert_int_equal(access(folder.image.text, F_OK), -1);
        free(recipe.heap[0]);
        free(recipe.heap[1]);
    }
    folder_remove(&folder);
}

/* ---- taking ---- */

static struct image *open_names(const struct folder *folder, const char *const *files, size_t count)
{
    return image_open(folder->image.text, folder->path, files, count);
}

static bool is_taken(const struct folder *folder)
{
    struct image *image = open_names(folder, names, countof(names));
    bool taken = image != NULL;

    if (taken) {
        assert_int_equal(image_schema(image)->fact_count, 1);
        assert_string_equal(image_schema(image)->facts[0].id, "fact.one");
        assert_null(image_schema(image)->arena);
    }
    image_close(image);
    return taken;
}

static void set_time(const char *path, time_t seconds)
{
    const struct timespec times[2] = { { .tv_sec = seconds }, { .tv_sec = seconds } };

    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void test_stale(void **state)
{
    struct buf path = BUF_INIT;
    struct folder folder;

    (void)state;
    folder_make(&folder);
    assert_false(is_taken(&folder));
    write_good(&folder);
    assert_true(is_taken(&folder));
    set_time(folder.image.text, 1000);
    assert_false(is_taken(&folder));
    for (size_t i = 0; i < countof(names); i++) {
        file_path(&path, &folder, names[i]);
        set_time(path.text, 1000);
    }
    assert_true(is_taken(&folder));
    set_time(path.text, 1001);
    assert_false(is_taken(&folder));
    write_bytes(path.text, "b", 1);
    set_time(path.text, 1000);
    assert_false(is_taken(&folder));
    unlink(path.text);
    assert_false(is_taken(&folder));
    buf_free(&path);
    folder_remove(&folder);
}

static void test_other_files(void **state)
{
    static const char *const others[] = { "one.yaml", "none.yaml" };
    static const char *const more[] = { "one.yaml", "two.yaml", "one.yaml" };
    struct folder folder;

    (void)state;
    folder_make(&folder);
    write_good(&folder);
    assert_null(open_names(&folder, others, countof(others)));
    assert_null(open_names(&folder, more, countof(more)));
    assert_null(open_names(&folder, names, 1));
    folder_remove(&folder);
}

/* A file that is cut short, or longer, or begins otherwise is of no use, and does no harm. */
static void test_damaged(void **state)
{
    struct buf bytes = BUF_INIT;
    struct folder folder;

    (void)state;
    folder_make(&folder);
    write_good(&folder);
    assert_int_equal(file_read(&bytes, folder.image.text, 1 << 20, NULL), 0);
    for (size_t length = 0; length < bytes.length; length += 7) {
        write_bytes(folder.image.text, bytes.text, length);
        assert_false(is_taken(&folder));
    }
    for (size_t i = 0; i < offsetof(struct image_head, pointer_count); i++) {
        bytes.text[i] ^= 1;
        write_bytes(folder.image.text, bytes.text, bytes.length);
        assert_false(is_taken(&folder));
        bytes.text[i] ^= 1;
    }
    write_bytes(folder.image.text, bytes.text, bytes.length);
    assert_true(is_taken(&folder));
    buf_add_char(&bytes, '\0');
    write_bytes(folder.image.text, bytes.text, bytes.length);
    assert_false(is_taken(&folder));
    buf_free(&bytes);
    folder_remove(&folder);
}

/* ---- content ---- */

static void place_of(struct content_place *place, const struct folder *folder)
{
    const char *data = getenv("TEST_DATA");
    struct buf root = BUF_INIT;

    buf_addf(&root, "%s/lint/base", data ? data : "tests/data");
    assert_int_equal(content_find(place, root.text, NULL), 0);
    assert_string_equal(place->root, root.text);
    assert_string_equal(place->image, "");
    snprintf(place->image, sizeof place->image, "%s", folder->image.text);
    buf_free(&root);
}

static void assert_same_text(const struct text *a, const struct text *b)
{
    for (int lang = 0; lang < LANG_COUNT; lang++)
        assert_string_equal(text_get(a, (enum lang)lang), text_get(b, (enum lang)lang));
}

/* Items and facts of both, all the way down to their texts; ids lead to the same. */
static void assert_same(const struct schema *a, const struct schema *b)
{
    assert_int_equal(a->item_count, b->item_count);
    assert_int_equal(a->fact_count, b->fact_count);
    for (size_t i = 0; i < a->item_count; i++) {
        const struct item *item = a->items[i];
        assert_string_equal(item->id, b->items[i]->id);
        assert_same_text(&item->label, &b->items[i]->label);
        assert_ptr_equal(schema_item(b, item->id), b->items[i]);
        assert_string_equal(item->form->id, b->items[i]->form->id);
    }
    for (size_t i = 0; i < a->fact_count; i++) {
        assert_same_text(&a->facts[i].name, &b->facts[i].name);
        assert_ptr_equal(schema_fact(b, a->facts[i].id), &b->facts[i]);
    }
}

static void load(struct content *out, const struct content_place *place, bool from_image)
{
    struct err err = { 0 };

    if (content_load(out, place, NULL, NULL, &err))
        fail_msg("%s", err.msg);
    assert_int_equal(out->from_image, from_image);
}

static void test_content(void **state)
{
    void *const address = (void *)IMAGE_ADDRESS;
    struct content_place place;
    struct content plain, compiled, moved;
    struct folder folder;
    void *taken;

    (void)state;
    folder_make(&folder);
    place_of(&place, &folder);
    load(&plain, &place, false);
    assert_int_equal(content_compile(place.root, place.image, NULL), 0);
    load(&compiled, &place, true);
    assert_same(plain.schema, compiled.schema);
    content_rest(&compiled);
    assert_same(plain.schema, compiled.schema);
    taken = mmap(address, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    load(&moved, &place, true);
    assert_ptr_not_equal(moved.schema, compiled.schema);
    assert_same(plain.schema, moved.schema);
    content_rest(&moved);
    assert_same(plain.schema, moved.schema);
    munmap(taken, 4096);
    content_free(&plain);
    content_free(&compiled);
    content_free(&moved);
    folder_remove(&folder);
}

static void test_no_content(void **state)
{
    struct content_place place;
    struct content content;
    struct folder folder;
    struct err err = { 0 };

    (void)state;
    folder_make(&folder);
    assert_int_equal(content_find(&place, "/nowhere/at/all", &err), ERR_INPUT);
    assert_non_null(strstr(err.msg, "/nowhere/at/all"));
    assert_int_equal(content_find(&place, folder.path, &err), 0);
    assert_int_equal(content_load(&content, &place, NULL, NULL, &err), ERR_INPUT);
    assert_non_null(strstr(err.msg, "data/tasks.yaml is missing"));
    content_free(&content);
    folder_remove(&folder);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_stale),
        cmocka_unit_test(test_other_files),
        cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_content),
        cmocka_unit_test(test_no_content),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
