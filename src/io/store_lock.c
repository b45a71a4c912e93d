/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The lock beside a plan.
 *
 * The kernel drops an open-file-description lock when its holder ends in whatever way, so nobody
 * has to judge whether a lock is stale. The text in the file is for people only.
 */
#include "io/store_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"

enum {
    ATTEMPTS = 20
};

const char *store_lock_user(void)
{
    const struct passwd *user = getpwuid(getuid());

    return user ? user->pw_name : "?";
}

static void write_holder(int fd)
{
    char host[128] = "?", text[300], at[20];
    time_t now = time(NULL);
    struct tm tm;
    int length;

    gethostname(host, sizeof host - 1);
    localtime_r(&now, &tm);
    strftime(at, sizeof at, "%-d.%-m.%Y %H.%M", &tm);
    length = snprintf(text, sizeof text, "%s %ld %s %s\n", host, (long)getpid(),
                      store_lock_user(), at);
    if (ftruncate(fd, 0) == 0 && pwrite(fd, text, (size_t)length, 0) < 0)
        errno = 0;   /* the lock holds without its text */
}

static char *describe_holder(int fd, const char *plan, const struct tr *tr)
{
    char text[300] = "", host[128] = "?", user[64] = "?", day[12] = "", clock[8] = "";
    struct buf out = BUF_INIT, clean = BUF_INIT;
    long pid = 0;

    if (pread(fd, text, sizeof text - 1, 0) < 0)
        text[0] = 0;
    utf8_clean(&clean, text, strlen(text), UTF8_ONE_LINE);
    sscanf(clean.text, "%127s %ld %63s %11s %7s", host, &pid, user, day, clock);
    buf_addf(&out, tr_text(tr, N_("%1$s is open on computer %2$s by user %3$s since %4$s %5$s "
                                  "(process %6$ld). Close it there first.")),
             plan, host, user, day, clock, pid);
    buf_free(&clean);
    return buf_detach(&out);
}

/* Looking up texts may change errno, so its value is handed in. */
static char *describe_failure(const char *plan, const struct tr *tr, const char *msgid, int error)
{
    struct buf out = BUF_INIT;

    buf_addf(&out, tr_text(tr, msgid), plan, err_reason(tr, error));
    return buf_detach(&out);
}

/* The lock file may be removed by its last holder between our open and our lock: then the lock
 * is on a file that nobody else will find, and we try again. */
static bool is_still_there(int fd, const char *path)
{
    struct stat ours, there;

    return fstat(fd, &ours) == 0 && stat(path, &there) == 0 && ours.st_ino == there.st_ino &&
           ours.st_dev == there.st_dev;
}

/* One attempt. NULL with the lock held; NULL without when it is worth another attempt. */
static char *try_lock(struct store_lock *lock, const char *path, const char *plan,
                      const struct tr *tr)
{
    struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    char *reason = NULL;

    if (fd < 0)
        return describe_failure(plan, tr, N_("%1$s cannot be written: %2$s"), errno);
    if (fcntl(fd, F_OFD_SETLK, &whole) != 0) {
        int error = errno;
        reason = error == EAGAIN || error == EACCES
                     ? describe_holder(fd, plan, tr)
                     : describe_failure(plan, tr, N_("%1$s cannot be locked: %2$s"), error);
    } else if (is_still_there(fd, path)) {
        lock->fd = fd;
        write_holder(fd);
        return NULL;
    }
    close(fd);
    return reason;
}

char *store_lock_take(struct store_lock *lock, const char *plan, const struct tr *tr)
{
    struct buf path = BUF_INIT;
    char *reason = NULL;

    buf_addf(&path, "%s.lock", plan);
    for (int attempt = 0; lock->fd < 0 && !reason && attempt < ATTEMPTS; attempt++)
        reason = try_lock(lock, path.text, plan, tr);
    if (lock->fd >= 0)
        lock->path = xstrdup(path.text);
    else if (!reason)
        reason = xstrdup(tr_text(tr, N_("the lock of the plan changes hands too fast")));
    buf_free(&path);
    return reason;
}

void store_lock_release(struct store_lock *lock)
{
    if (lock->fd >= 0) {
        unlink(lock->path);
        close(lock->fd);
    }
    free(lock->path);
    *lock = (struct store_lock)STORE_LOCK_INIT;
}
