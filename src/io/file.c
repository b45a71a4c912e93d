/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Whole files in and out.
 *
 * The path goes into the message and not into the error's place, because callers often put the
 * path together in a buffer that does not outlive the error.
 */
#include "io/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/tr.h"

static bool is_standard(const char *path)
{
    return strcmp(path, "-") == 0;
}

static ssize_t read_again(int fd, char *bytes, size_t size)
{
    ssize_t got;

    do
        got = read(fd, bytes, size);
    while (got < 0 && errno == EINTR);
    return got;
}

static int read_all(struct buf *out, int fd, const char *path, size_t max, struct err *err)
{
    char bytes[16384];
    size_t total = 0;
    ssize_t got;

    while ((got = read_again(fd, bytes, sizeof bytes)) > 0) {
        total += (size_t)got;
        if (total > max)
            return err_set(err, ERR_INPUT, N_("%s: larger than %zu bytes"), path, max);
        buf_add_n(out, bytes, (size_t)got);
    }
    if (got < 0)
        return err_set(err, ERR_INPUT, N_("%s: cannot be read: %s"), path,
                       err_reason(err_tr(err), errno));
    return 0;
}

int file_read(struct buf *out, const char *path, size_t max, struct err *err)
{
    int fd, result;

    if (is_standard(path))
        return read_all(out, STDIN_FILENO, tr_text(err_tr(err), N_("standard input")), max, err);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_set(err, ERR_INPUT, N_("%s: cannot be read: %s"), path,
                       err_reason(err_tr(err), errno));
    result = read_all(out, fd, path, max, err);
    close(fd);
    return result;
}

static int not_written(struct err *err, const char *path)
{
    return err_set(err, ERR_OUTPUT, N_("%s: cannot be written: %s"), path,
                   err_reason(err_tr(err), errno));
}

static int write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t put = write(fd, bytes, length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return -1;
        bytes += put;
        length -= (size_t)put;
    }
    return 0;
}

/* Devices and pipes cannot be renamed over; they are written to as they are. */
static bool is_special(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
}

static int write_special(const char *path, const char *bytes, size_t length, struct err *err)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    int result = fd < 0 ? -1 : write_all(fd, bytes, length);

    if (result < 0)
        result = not_written(err, path);
    if (fd >= 0)
        close(fd);
    return result;
}

static void folder_of(const char *path, struct buf *out)
{
    const char *slash = strrchr(path, '/');

    if (slash)
        buf_add_n(out, path, (size_t)(slash - path) + 1);
    else
        buf_add(out, ".");
}

/* Makes the new name last over a power cut. The file is complete without it, so that a file
 * system that cannot do it is no error. */
static void sync_folder(const char *path)
{
    struct buf folder = BUF_INIT;
    int fd;

    folder_of(path, &folder);
    fd = open(folder.text, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    buf_free(&folder);
}

static int write_synced(int fd, const char *bytes, size_t length)
{
    if (write_all(fd, bytes, length) < 0 || fsync(fd) < 0) {
        int kept = errno;
        close(fd);
        errno = kept;
        return -1;
    }
    return close(fd);
}

/* A complete, synced file under a name of its own beside `path`, put into `name`. */
static int write_named(const char *path, const char *bytes, size_t length, struct buf *name)
{
    int fd;

    buf_addf(name, "%s.XXXXXX", path);
    fd = mkostemp(name->text, O_CLOEXEC);
    if (fd < 0)
        return -1;
    if (write_synced(fd, bytes, length) == 0)
        return 0;
    unlink(name->text);
    return -1;
}

/* The same, but the file has no name until it is complete: a program that is killed leaves nothing
 * behind. -1 where the file system cannot do that, too. */
static int write_nameless(const char *path, const char *bytes, size_t length, struct buf *name)
{
    struct buf folder = BUF_INIT;
    char self[32];
    int fd, result;

    folder_of(path, &folder);
    fd = open(folder.text, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
    buf_free(&folder);
    if (fd < 0)
        return -1;
    buf_addf(name, "%s.%ld", path, (long)getpid());
    snprintf(self, sizeof self, "/proc/self/fd/%d", fd);
    result = write_all(fd, bytes, length) < 0 || fsync(fd) < 0
                 || linkat(AT_FDCWD, self, AT_FDCWD, name->text, AT_SYMLINK_FOLLOW) < 0 ? -1 : 0;
    close(fd);
    return result;
}

static int write_beside(const char *path, const char *bytes, size_t length, struct err *err)
{
    struct buf name = BUF_INIT;
    int result = write_nameless(path, bytes, length, &name);

    if (result < 0) {
        buf_clear(&name);
        result = write_named(path, bytes, length, &name);
    }
    if (result < 0) {
        result = not_written(err, path);
    } else if (rename(name.text, path) < 0) {
        result = not_written(err, path);
        unlink(name.text);
    } else {
        sync_folder(path);
    }
    buf_free(&name);
    return result;
}

int file_write(const char *path, const char *bytes, size_t length, struct err *err)
{
    if (is_standard(path)) {
        if (fflush(stdout) == 0 && write_all(STDOUT_FILENO, bytes, length) == 0)
            return 0;
        return not_written(err, tr_text(err_tr(err), N_("standard output")));
    }
    if (is_special(path))
        return write_special(path, bytes, length, err);
    return write_beside(path, bytes, length, err);
}

/* File systems of memory sticks have no links: there the name is reserved before the rename. */
int file_put_new(const char *temporary, const char *path)
{
    int fd;

    if (link(temporary, path) == 0)
        return 0;
    if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS)
        return -1;
    fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return -1;
    close(fd);
    if (rename(temporary, path) == 0)
        return 0;
    unlink(path);
    return -1;
}
