/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The content folder: where it is, which files it has, and a schema made of them.
 *
 * The compiled image only saves time: a missing or stale one is passed over in silence and the
 * YAML files, which are the truth, are read. A mistake in one file does not
 * keep the others from being read, so that an author sees all mistakes at once; references
 * are joined only when every file could be read, because a missing file would make each
 * reference into it a false alarm.
 */
#include "io/content.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/tr.h"
#include "io/file.h"
#include "io/image.h"
#include "io/node.h"
#include "io/schema_yaml.h"

#ifndef PKGDATADIR
#define PKGDATADIR "/usr/local/share/kantapolku"
#endif
#ifndef PKGLIBDIR
#define PKGLIBDIR "/usr/local/lib/kantapolku"
#endif
#ifndef LOCALEDIR
#define LOCALEDIR "/usr/local/share/locale"
#endif

/* Finding */

static bool is_folder(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* The folder of the running program, "" when it is not known. */
static void program_folder(struct buf *out)
{
    char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path);
    const char *slash = length > 0 ? memrchr(path, '/', (size_t)length) : NULL;

    if (slash && (size_t)length < sizeof path)
        buf_add_n(out, path, (size_t)(slash - path));
}

static int set_path(char *out, struct err *err, const char *folder, const char *name)
{
    int length = snprintf(out, sizeof ((struct content_place *)NULL)->root, "%s%s", folder, name);

    if (length < 0 || (size_t)length >= sizeof ((struct content_place *)NULL)->root)
        return err_set(err, ERR_INPUT, N_("the path of the content folder is too long"));
    return 0;
}

/* In a build tree the file `build-tree` beside the program names the source tree. */
static bool find_build_tree(struct content_place *out)
{
    struct buf folder = BUF_INIT, line = BUF_INIT, path = BUF_INIT;
    bool found = false;

    program_folder(&folder);
    buf_addf(&path, "%s/build-tree", folder.text);
    if (folder.length > 0 && file_read(&line, path.text, sizeof out->root, NULL) == 0) {
        buf_cut(&line, strcspn(line.text, "\n"));
        found = set_path(out->root, NULL, line.text, "") == 0
            && set_path(out->image, NULL, folder.text, "/content.img") == 0
            && set_path(out->locale, NULL, folder.text, "/../po") == 0;
    }
    buf_free(&folder);
    buf_free(&line);
    buf_free(&path);
    return found;
}

int content_find(struct content_place *out, const char *dir, struct err *err)
{
    memset(out, 0, sizeof *out);
    if (!find_build_tree(out)) {
        set_path(out->root, NULL, PKGDATADIR, "");
        set_path(out->image, NULL, PKGLIBDIR, "/content.img");
        set_path(out->locale, NULL, LOCALEDIR, "");
    }
    if (dir) {
        out->image[0] = '\0';
        if (set_path(out->root, err, dir, ""))
            return ERR_INPUT;
    }
    if (!is_folder(out->root))
        return err_set(err, ERR_INPUT, N_("there is no content folder %s"), out->root);
    return 0;
}

/* The files: names relative to the content folder, in the order of loading. */

struct kept {
    char **names, **paths;    /* path = folder and name */
    struct tree *trees;       /* empty when the schema is that of the image */
    size_t count, room;
    struct image *image;
};

static const struct part {
    const char *path;
    bool folder, needed;
} parts[] = {
    { "data/tasks.yaml", false, true },
    { "data/requirement.yaml", false, false },
    { "forms", true, true },
    { "data/lists", true, false },
    { "data/facts.yaml", false, true },
    { "data/terms.yaml", false, false },
    { "data/rules.yaml", false, false },
    { "data/register_messages.yaml", false, false },
    { "data/activities.yaml", false, false },
    { "data/cards", true, false },
    { "data/documents", true, false },
    { "data/imports", true, false },
    { "data/packages.yaml", false, false },
    { "data/rights", true, false },
    { "data/regulations", true, false },
};

static void add_file(struct kept *kept, char *name)
{
    kept->names = vec_room(kept->names, &kept->room, kept->count + 1, sizeof kept->names[0]);
    kept->names[kept->count++] = name;
}

static int is_yaml(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);

    return entry->d_name[0] != '.' && length > 5
        && strcmp(entry->d_name + length - 5, ".yaml") == 0;
}

static int compare_names(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int add_folder(struct kept *kept, const char *path, const struct part *part)
{
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, is_yaml, compare_names);

    for (int i = 0; i < count; i++) {
        struct buf name = BUF_INIT;
        buf_addf(&name, "%s/%s", part->path, entries[i]->d_name);
        add_file(kept, buf_detach(&name));
        free(entries[i]);
    }
    free(entries);
    return count;
}

static int add_part(struct kept *kept, const char *root, const struct part *part,
                    struct err *err)
{
    struct buf path = BUF_INIT;
    int found = 0, status = 0;

    buf_addf(&path, "%s/%s", root, part->path);
    if (part->folder) {
        found = add_folder(kept, path.text, part);
    } else if (access(path.text, F_OK) == 0) {
        add_file(kept, xstrdup(part->path));
        found = 1;
    }
    if (found <= 0 && part->needed)
        status = err_set(err, ERR_INPUT,
                         part->folder ? N_("%s is missing or holds no .yaml files")
                                      : N_("%s is missing"), path.text);
    buf_free(&path);
    return status;
}

static int list_files(struct kept *kept, const char *root, struct err *err)
{
    int status = 0;

    for (size_t i = 0; i < countof(parts) && !status; i++)
        status = add_part(kept, root, &parts[i], err);
    kept->trees = xcalloc(kept->count + 1, sizeof kept->trees[0]);
    kept->paths = xcalloc(kept->count + 1, sizeof kept->paths[0]);
    for (size_t i = 0; i < kept->count; i++) {
        struct buf path = BUF_INIT;
        buf_addf(&path, "%s/%s", root, kept->names[i]);
        kept->paths[i] = buf_detach(&path);
    }
    return status;
}

static void kept_free(struct kept *kept)
{
    if (!kept)
        return;
    for (size_t i = 0; i < kept->count; i++) {
        tree_free(&kept->trees[i]);
        free(kept->names[i]);
        free(kept->paths[i]);
    }
    free(kept->trees);
    free(kept->names);
    free(kept->paths);
    image_close(kept->image);
    free(kept);
}

/* Loading */

struct loading {
    schema_report report;
    void *data;
    struct err *err;
    int problems;
};

/* Passes a problem on and keeps the first one as the error. */
static void on_problem(void *data, const struct where *where, const char *message)
{
    struct loading *loading = data;

    if (loading->problems++ == 0)
        err_at(loading->err, ERR_INPUT, where->file, where->line, where->col, "%s", message);
    if (loading->report)
        loading->report(loading->data, where, message);
}

static const char *const *borrowed(char *const *names)
{
    return (const char *const *)names;
}

static void read_files(struct kept *kept, struct loading *loading)
{
    for (size_t i = 0; i < kept->count; i++) {
        struct err err = { 0 };
        if (tree_read(&kept->trees[i], kept->paths[i], kept->paths[i], &err)) {
            struct where where = { kept->paths[i], err.line, err.col };
            on_problem(loading, &where, err.msg);
        }
    }
}

static void make_schema(struct schema *schema, const struct kept *kept, const struct tree *trees,
                        struct loading *loading)
{
    bool all_read = loading->problems == 0;

    for (size_t i = 0; i < kept->count; i++)
        if (all_read || trees[i].count > 0)
            schema_yaml_add(schema, &trees[i], content_kind_of(kept->names[i]), on_problem,
                            loading);
    if (all_read)
        schema_finish(schema, on_problem, loading);
}

int content_load(struct content *out, const struct content_place *place, schema_report report,
                 void *data, struct err *err)
{
    struct loading loading = { report, data, err, 0 };
    struct kept *kept = xcalloc(1, sizeof *kept);
    int status = list_files(kept, place->root, err);

    *out = (struct content){ .kept = kept };
    if (status)
        return status;
    kept->image = image_open(place->image, place->root, borrowed(kept->names), kept->count);
    out->from_image = kept->image != NULL;
    if (out->from_image) {
        out->schema = image_schema(kept->image);
        return 0;
    }
    out->schema = schema_new();
    read_files(kept, &loading);
    make_schema(out->schema, kept, kept->trees, &loading);
    return loading.problems ? ERR_INPUT : 0;
}

void content_rest(const struct content *content)
{
    const struct kept *kept = content->kept;

    if (kept->image)
        image_rest(kept->image);
}

void content_free(struct content *content)
{
    schema_free(content->schema);
    kept_free(content->kept);
    memset(content, 0, sizeof *content);
}

/* The error names a file of `kept`, which does not outlive the call, so the place moves into the
 * message. */
static void keep_place(struct err *err)
{
    char text[sizeof err->msg];

    if (!err || !err->file)
        return;
    err_text(err, text, sizeof text);
    memcpy(err->msg, text, sizeof text);
    err->file = NULL;
}

/* The tree with all strings that a schema may point to in the arena. */
static struct tree in_arena(const struct tree *tree, const char *name, struct arena *arena)
{
    struct tree copy = *tree;
    size_t length = 0;

    for (uint32_t i = 0; i < tree->count; i++) {
        const struct node *node = &tree->nodes[i];
        if (node->kind == NODE_SCALAR && node->text + (size_t)node->length + 1 > length)
            length = node->text + (size_t)node->length + 1;
    }
    copy.file = arena_strdup(arena, name);
    copy.strings = arena_strndup(arena, tree->strings, length);
    return copy;
}

static int make_in_arena(void *data, struct arena *arena, struct schema **out, struct err *err)
{
    const struct kept *kept = data;
    struct loading loading = { .err = err };
    struct tree *trees = xcalloc(kept->count + 1, sizeof trees[0]);

    *out = schema_new_in(arena);
    for (size_t i = 0; i < kept->count; i++)
        trees[i] = in_arena(&kept->trees[i], kept->names[i], arena);
    make_schema(*out, kept, trees, &loading);
    free(trees);
    return loading.problems ? ERR_INPUT : 0;
}

int content_compile(const char *root, const char *image, struct err *err)
{
    struct kept *kept = xcalloc(1, sizeof *kept);
    int status = list_files(kept, root, err);

    for (size_t i = 0; i < kept->count && !status; i++)
        status = tree_read(&kept->trees[i], kept->paths[i], kept->paths[i], err);
    if (!status)
        status = image_write(image, root, borrowed(kept->names), kept->count, make_in_arena, kept,
                             err);
    if (status)
        keep_place(err);
    kept_free(kept);
    return status;
}
