/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Filling and showing errors.
 *
 * Messages often quote what came from outside, so the message is kept to one line here and
 * a cut never leaves half a letter behind.
 */
#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/tr.h"

#define ERR_AS_STATUS(name, status, text) status,
static const int statuses[] = { ERR_INFO(ERR_AS_STATUS) };
#undef ERR_AS_STATUS

static size_t sequence_length(unsigned char lead)
{
    if (lead >= 0xF0)
        return 4;
    if (lead >= 0xE0)
        return 3;
    return lead >= 0xC0 ? 2 : 1;
}

/* Removes the beginning of a letter that did not fit. */
static void drop_half_letter(char *text)
{
    size_t length = strlen(text), start = length;

    while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0)
        return;
    start--;
    if (start + sequence_length((unsigned char)text[start]) > length)
        text[start] = '\0';
}

static void make_one_line(char *text)
{
    for (; *text; text++) {
        if ((unsigned char)*text < 0x20 || *text == 0x7F)
            *text = ' ';
    }
}

static void fill(struct err *err, enum err_code code, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));

static void fill(struct err *err, enum err_code code, const char *format, va_list args)
{
    int wanted;

    if (!err)
        return;
    err->code = code;
    err->file = NULL;
    err->line = err->col = 0;
    wanted = vsnprintf(err->msg, sizeof err->msg, tr_text(err->tr, format), args);
    if (wanted < 0)
        err->msg[0] = '\0';
    else if ((size_t)wanted >= sizeof err->msg)
        drop_half_letter(err->msg);
    make_one_line(err->msg);
}

/* What a person may meet and can do something about; the rest stays as the C library says it. */
static const struct {
    int error;
    const char *msgid;
} reasons[] = {
    { ENOENT, N_("there is no such file or folder") },
    { EACCES, N_("access is not allowed") },
    { EPERM, N_("access is not allowed") },
    { ENOSPC, N_("the disk is full") },
    { EDQUOT, N_("the disk is full") },
    { EROFS, N_("nothing can be written to this disk") },
    { EISDIR, N_("this is a folder, not a file") },
    { ENOTDIR, N_("a part of the path is not a folder") },
    { EEXIST, N_("the file exists already; choose another name") },
    { ENAMETOOLONG, N_("the name is too long") },
    { EFBIG, N_("the file would become too large") },
    { EIO, N_("the disk cannot be read or written") },
    { EPIPE, N_("nobody reads it any more") },
};

const char *err_reason(const struct tr *tr, int error)
{
    for (size_t i = 0; i < countof(reasons); i++)
        if (reasons[i].error == error)
            return tr_text(tr, reasons[i].msgid);
    return strerror(error);
}

const struct tr *err_tr(const struct err *err)
{
    return err ? err->tr : NULL;
}

int err_set(struct err *err, enum err_code code, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    fill(err, code, format, args);
    va_end(args);
    return (int)code;
}

int err_at(struct err *err, enum err_code code, const char *file, int line, int col,
           const char *format, ...)
{
    va_list args;

    va_start(args, format);
    fill(err, code, format, args);
    va_end(args);
    if (err) {
        err->file = file;
        err->line = line;
        err->col = col;
    }
    return (int)code;
}

int err_status(enum err_code code)
{
    int index = -1 - (int)code;

    if (code == ERR_NONE)
        return 0;
    if (index < 0 || (size_t)index >= countof(statuses))
        return 1;
    return statuses[index];
}

void err_text(const struct err *err, char *out, unsigned long size)
{
    int wanted;

    if (size == 0)
        return;
    if (!err->file)
        wanted = snprintf(out, size, "%s", err->msg);
    else if (err->line <= 0)
        wanted = snprintf(out, size, "%s: %s", err->file, err->msg);
    else if (err->col <= 0)
        wanted = snprintf(out, size, "%s:%d: %s", err->file, err->line, err->msg);
    else
        wanted = snprintf(out, size, "%s:%d:%d: %s", err->file, err->line, err->col, err->msg);
    if (wanted < 0)
        out[0] = '\0';
    else if ((size_t)wanted >= size)
        drop_half_letter(out);
}
