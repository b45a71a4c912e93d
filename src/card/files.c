/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Small files of the system. Those of /sys and /proc have no size: they are read to their end.
 */
#include "card/files.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"

static void join(const char *root, const char *path, struct buf *out)
{
    buf_addf(out, "%s%s", root, path);
}

bool files_exist(const char *root, const char *path)
{
    struct buf full = BUF_INIT;
    bool there;

    join(root, path, &full);
    there = access(full.text, F_OK) == 0;
    buf_free(&full);
    return there;
}

static FILE *open_file(const char *root, const char *path)
{
    struct buf full = BUF_INIT;
    FILE *file;

    join(root, path, &full);
    file = fopen(full.text, "re");
    buf_free(&full);
    return file;
}

bool files_line(const char *root, const char *path, char *out, size_t size)
{
    FILE *file = open_file(root, path);
    bool read = file && fgets(out, (int)size, file);

    if (file)
        fclose(file);
    if (read)
        out[strcspn(out, "\n")] = '\0';
    return read && *out;
}

void files_read(const char *root, const char *path, size_t most, struct buf *out)
{
    FILE *file = open_file(root, path);
    char piece[4096];
    size_t count;

    while (file && out->length < most && (count = fread(piece, 1, sizeof piece, file)) > 0)
        buf_add_n(out, piece, count);
    if (file)
        fclose(file);
    for (size_t i = 0; i < out->length; i++)
        if (!out->text[i])
            out->text[i] = ' ';
}
