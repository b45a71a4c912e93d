/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * pack: the documents that one recipient is given, with an index page, as a folder or a zip.
 *
 * All files are made before the first is written. A folder gets its name when it is complete, and
 * never replaces one that is there.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "cmd.h"
#include "core/package.h"
#include "core/plan.h"
#include "io/file.h"
#include "out/archive.h"
#include "out/doc.h"
#include "out/doc_build.h"
#include "out/writers.h"

struct file {
    char *name;
    struct buf bytes;
};

struct pack {
    struct app *app;
    const struct plan *plan;
    const struct package *package;
    struct file *files;       /* the index is the first */
    size_t count;
};

void packages_list(struct app *app)
{
    struct err err = { .tr = &app->tr };

    if (app_load(app, &err))
        return;
    for (size_t i = 0; i < app->content.schema->package_count; i++)
        printf("  %s  %s\n", app->content.schema->packages[i].id,
               text_get(&app->content.schema->packages[i].title, app->tr.lang));
}

/* ---- making the files ---- */

/* "2-budjetti.pdf" */
static char *name_of(size_t number, const char *title, const char *suffix)
{
    struct buf name = BUF_INIT;

    buf_addf(&name, "%zu-", number);
    app_file_name(title, &name);
    buf_add(&name, suffix);
    return buf_detach(&name);
}

static int make_file(struct pack *pack, struct file *file, struct doc *doc,
                     const struct writer *writer, struct err *err)
{
    int code = writer_write(writer, doc, &pack->app->tr, &file->bytes, err);

    doc_free(doc);
    return code;
}

/* The index names the files, so their names come first. */
static int make_index(struct pack *pack, struct err *err)
{
    const char **names = xcalloc(pack->count, sizeof *names);
    int code;

    for (size_t i = 1; i < pack->count; i++)
        names[i - 1] = pack->files[i].name;
    code = make_file(pack, &pack->files[0],
                     doc_build_package(pack->plan, pack->package, names, &pack->app->tr),
                     writer_find("pdf"), err);
    free(names);
    return code;
}

static int make_files(struct pack *pack, struct err *err)
{
    const struct schema *schema = pack->app->content.schema;
    const char *format;
    int code = 0;

    pack->files[0].name = name_of(0, tr_text(&pack->app->tr, "index"), ".pdf");
    for (size_t i = 1; i < pack->count && !code; i++) {
        const struct document *document =
            package_document(schema, pack->package->files[i - 1], &format);
        const struct writer *writer = writer_find(format);
        pack->files[i].name = name_of(i, text_get(&document->title, pack->app->tr.lang),
                                      writer->suffix);
        code = make_file(pack, &pack->files[i],
                         doc_build(pack->plan, document, &pack->app->tr), writer, err);
    }
    return code ? code : make_index(pack, err);
}

static void free_files(struct pack *pack)
{
    for (size_t i = 0; i < pack->count; i++) {
        free(pack->files[i].name);
        buf_free(&pack->files[i].bytes);
    }
    free(pack->files);
}

/* ---- writing them ---- */

static int write_zip(const struct pack *pack, const char *path, struct err *err)
{
    struct archive *archive;
    struct buf out = BUF_INIT;
    int code = archive_new(&archive, err);

    for (size_t i = 0; i < pack->count && !code; i++)
        archive_add(archive, pack->files[i].name, pack->files[i].bytes.text,
                    pack->files[i].bytes.length, true);
    if (!code)
        code = archive_end(archive, &out, err);
    if (!code)
        code = file_write(path, out.text, out.length, err);
    archive_free(archive);
    buf_free(&out);
    return code;
}

static void remove_folder(const struct pack *pack, const char *folder)
{
    for (size_t i = 0; i < pack->count; i++) {
        struct buf path = BUF_INIT;
        buf_addf(&path, "%s/%s", folder, pack->files[i].name);
        unlink(path.text);
        buf_free(&path);
    }
    rmdir(folder);
}

static int write_into(const struct pack *pack, const char *folder, struct err *err)
{
    int code = 0;

    for (size_t i = 0; i < pack->count && !code; i++) {
        struct buf path = BUF_INIT;
        buf_addf(&path, "%s/%s", folder, pack->files[i].name);
        code = file_write(path.text, pack->files[i].bytes.text, pack->files[i].bytes.length, err);
        buf_free(&path);
    }
    return code;
}

static int write_folder(const struct pack *pack, const char *path, struct err *err)
{
    struct buf folder = BUF_INIT;
    struct stat st;
    int code;

    if (lstat(path, &st) == 0)
        return err_set(err, ERR_OUTPUT, "%s: %s", path, err_reason(err_tr(err), EEXIST));
    buf_addf(&folder, "%s.XXXXXX", path);
    if (!mkdtemp(folder.text)) {
        code = err_set(err, ERR_OUTPUT, N_("%s: cannot be written: %s"), path,
                       err_reason(err_tr(err), errno));
    } else {
        code = write_into(pack, folder.text, err);
        if (!code && rename(folder.text, path) < 0)
            code = err_set(err, ERR_OUTPUT, N_("%s: cannot be written: %s"), path,
                           err_reason(err_tr(err), errno));
        if (code)
            remove_folder(pack, folder.text);
    }
    buf_free(&folder);
    return code;
}

/* Beside the plan: perhekoti-board-2026-11-29. */
static void default_path(const struct pack *pack, struct buf *out)
{
    size_t length = strlen(pack->app->args[0]);
    char day[11];

    if (length > 6 && strcmp(pack->app->args[0] + length - 6, ".polku") == 0)
        length -= 6;
    date_iso(pack->app->today, day);
    buf_add_n(out, pack->app->args[0], length);
    buf_addf(out, "-%s-%s", pack->package->id, day);
}

static bool is_zip(const char *path)
{
    size_t length = strlen(path);

    return length > 4 && strcmp(path + length - 4, ".zip") == 0;
}

static int write_pack(const struct pack *pack, struct err *err)
{
    struct buf path = BUF_INIT;
    int code;

    if (pack->app->options.output)
        buf_add(&path, pack->app->options.output);
    else
        default_path(pack, &path);
    while (path.length > 1 && path.text[path.length - 1] == '/')
        buf_cut(&path, path.length - 1);
    code = (is_zip(path.text) ? write_zip : write_folder)(pack, path.text, err);
    if (!code && !pack->app->options.quiet)
        printf("%s\n", path.text);
    buf_free(&path);
    return code;
}

int cmd_pack(struct app *app)
{
    struct err err = { .tr = &app->tr };
    struct plan *plan = NULL;
    struct pack pack = { .app = app };
    int code = app_open(app, app->args[0], STORE_READ, &plan, &err);

    if (code)
        return app_fail(&err);
    pack.plan = plan;
    pack.package = package_find(app->content.schema, app->args[1]);
    if (!pack.package) {
        plan_close(plan);
        return app_fail_text(ERR_USAGE, tr_text(&app->tr, "there is no package for \"%s\"; see "
                                                          "kantapolku pack --help"), app->args[1]);
    }
    while (pack.package->files[pack.count])
        pack.count++;
    pack.files = xcalloc(++pack.count, sizeof *pack.files);
    for (size_t i = 0; i < pack.count; i++)
        pack.files[i].bytes = (struct buf)BUF_INIT;
    code = make_files(&pack, &err);
    plan_close(plan);
    if (!code)
        code = write_pack(&pack, &err);
    free_files(&pack);
    return code ? app_fail(&err) : 0;
}
