/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Zip by libzip, which is loaded late: it brings a library of ciphers along.
 *
 * zip_file_set_dostime() sets what is stored; zip_file_set_mtime() would go through the local time
 * of the place where it runs.
 */
#ifdef HAVE_CONFIG_H
#include <config.h>
#endif

#include "out/archive.h"

#include <stdlib.h>
#include <zip.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/tr.h"
#include "out/late.h"

enum { DOS_TIME = 0, DOS_DATE = (1980 - 1980) << 9 | 1 << 5 | 1 };

#define ZIP_FUNCTIONS(_) \
    _(zip_close) \
    _(zip_discard) \
    _(zip_file_add) \
    _(zip_file_set_dostime) \
    _(zip_open_from_source) \
    _(zip_set_file_compression) \
    _(zip_source_buffer) \
    _(zip_source_buffer_create) \
    _(zip_source_close) \
    _(zip_source_free) \
    _(zip_source_keep) \
    _(zip_source_open) \
    _(zip_source_read)

#define ZIP_MEMBER(name) __typeof__(name) *name;
struct archive {
    void *library;
    ZIP_FUNCTIONS(ZIP_MEMBER)
    zip_source_t *source;     /* holds the bytes when the archive is closed */
    zip_t *zip;               /* NULL: closed, or something failed */
};
#undef ZIP_MEMBER

#define ZIP_ENTRY(name) { #name, offsetof(struct archive, name) },
static const struct late_function functions[] = { ZIP_FUNCTIONS(ZIP_ENTRY) };
#undef ZIP_ENTRY

int archive_new(struct archive **out, struct err *err)
{
    struct archive *archive = xcalloc(1, sizeof *archive);
    *out = archive;
    archive->library = late_load(ZIP_SONAME, functions, countof(functions), archive);
    if (archive->library == NULL)
        return err_set(err, ERR_DEVICE, N_("this needs the library libzip, which is not installed "
                                           "(%s)"), ZIP_SONAME);
    archive->source = archive->zip_source_buffer_create(NULL, 0, 0, NULL);
    if (archive->source != NULL)
        archive->zip = archive->zip_open_from_source(archive->source, ZIP_TRUNCATE, NULL);
    if (archive->zip != NULL)
        archive->zip_source_keep(archive->source);
    return 0;
}

void archive_free(struct archive *archive)
{
    if (archive == NULL)
        return;
    if (archive->zip != NULL)
        archive->zip_discard(archive->zip);
    if (archive->source != NULL)
        archive->zip_source_free(archive->source);
    late_unload(archive->library);
    free(archive);
}

static bool add(struct archive *archive, const char *name, const char *bytes, size_t length,
                bool packed)
{
    zip_source_t *source = archive->zip_source_buffer(archive->zip, bytes, length, 0);
    if (source == NULL)
        return false;
    zip_int64_t index = archive->zip_file_add(archive->zip, name, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        archive->zip_source_free(source);
        return false;
    }
    return archive->zip_set_file_compression(archive->zip, (zip_uint64_t)index,
                                             packed ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0) == 0
           && archive->zip_file_set_dostime(archive->zip, (zip_uint64_t)index, DOS_TIME, DOS_DATE,
                                            0) == 0;
}

void archive_add(struct archive *archive, const char *name, const char *bytes, size_t length,
                 bool packed)
{
    if (archive->zip == NULL || add(archive, name, bytes, length, packed))
        return;
    archive->zip_discard(archive->zip);
    archive->zip = NULL;
}

static bool read_all(struct archive *archive, struct buf *out)
{
    char bytes[16384];
    zip_int64_t got;
    if (archive->zip_source_open(archive->source) < 0)
        return false;
    while ((got = archive->zip_source_read(archive->source, bytes, sizeof bytes)) > 0)
        buf_add_n(out, bytes, (size_t)got);
    archive->zip_source_close(archive->source);
    return got == 0;
}

int archive_end(struct archive *archive, struct buf *out, struct err *err)
{
    bool done = archive->zip != NULL && archive->zip_close(archive->zip) == 0;
    if (done)
        archive->zip = NULL;
    if (done && read_all(archive, out))
        return 0;
    return err_set(err, ERR_OUTPUT, N_("the archive could not be made"));
}
