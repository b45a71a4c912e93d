/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * new: makes a plan file, empty or filled with a made-up provider from data/examples.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "cmd.h"
#include "core/plan.h"
#include "io/answers_yaml.h"
#include "io/file.h"
#include "io/node.h"

enum { EXAMPLE_MAX = 1 << 20 };

static void example_path(const struct app *app, const char *name, struct buf *out)
{
    buf_addf(out, "%s/data/examples/%s.yaml", app->place.root, name);
}

static int is_example(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);

    return length > 5 && strcmp(entry->d_name + length - 5, ".yaml") == 0;
}

/* Two spaces, name, two spaces, what it is. */
static void list_one(const struct app *app, const char *file)
{
    struct buf path = BUF_INIT;
    struct tree tree = { 0 };
    char *name = xstrndup(file, strlen(file) - 5);

    example_path(app, name, &path);
    if (tree_read(&tree, path.text, path.text, NULL) == 0) {
        struct at title = at_key(tree_root(&tree), "title");
        const char *text = at_text(at_key(title, lang_code(app->tr.lang)));
        printf("  %s  %s\n", name, text ? text : "");
        tree_free(&tree);
    }
    free(name);
    buf_free(&path);
}

void examples_list(struct app *app)
{
    struct buf folder = BUF_INIT;
    struct dirent **entries = NULL;
    int count;

    buf_addf(&folder, "%s/data/examples", app->place.root);
    count = scandir(folder.text, &entries, is_example, alphasort);
    for (int i = 0; i < count; i++) {
        list_one(app, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    buf_free(&folder);
}

static int example_fill(struct app *app, struct plan *plan, const char *name, struct err *err)
{
    struct buf path = BUF_INIT, text = BUF_INIT;
    int code = 0;

    example_path(app, name, &path);
    if (strchr(name, '/') || name[0] == '.' || access(path.text, R_OK) != 0)
        code = err_set(err, ERR_USAGE,
                       N_("there is no example \"%s\"; see kantapolku new --help"), name);
    if (!code)
        code = file_read(&text, path.text, EXAMPLE_MAX, err);
    if (!code)
        code = answers_import(plan, text.text, text.length, name, false, &app->tr, NULL, NULL,
                              err);
    buf_free(&path);
    buf_free(&text);
    return code;
}

int cmd_new(struct app *app)
{
    struct err err = { .tr = &app->tr };
    struct plan *plan = NULL;
    const char *path = app->args[0], *example = app->options.example;
    int code = store_create(path, &err);

    if (code)
        return app_fail(&err);
    code = app_open(app, path, STORE_WRITE, &plan, &err);
    if (!code && app->options.lang)
        code = plan->ops->set_setting(plan->store, "lang", app->options.lang, &err);
    if (!code && example)
        code = example_fill(app, plan, example, &err);
    plan_close(plan);
    if (code)
        unlink(path);
    return code ? app_fail(&err) : 0;
}
