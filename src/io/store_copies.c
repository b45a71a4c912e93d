/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Copies of a plan.
 *
 * SQLite's backup copies the database as it is after the last commit, whatever the file looks
 * like at that moment. A copy that somebody may rely on gets its name only when it is complete.
 */
#include "io/store_copies.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/tr.h"
#include "io/file.h"
#include "io/store_db.h"

enum {
    COPIES_KEPT = 7
};

static const char count_entries[] = "SELECT count(*) FROM answer";

static bool is_copied(sqlite3 *to, sqlite3 *from)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    bool done;

    if (!backup)
        return false;
    done = sqlite3_backup_step(backup, -1) == SQLITE_DONE;
    return sqlite3_backup_finish(backup) == SQLITE_OK && done;
}

/* Fills the file, which must be there; NULL, or why there is no copy. */
static const char *fill(sqlite3 *from, const char *path)
{
    sqlite3 *to = NULL;
    const char *why = NULL;

    if (sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
        !is_copied(to, from))
        why = store_db_why(sqlite3_errcode(to), sqlite3_errstr(sqlite3_errcode(to)));
    else if (!store_db_is_sound(to) ||
             store_db_number(to, count_entries) != store_db_number(from, count_entries))
        why = N_("the copy is not the same as the plan");
    sqlite3_close(to);
    return why;
}

/* Makes the file anew with `flags` and fills it. Without a copy there is no file either. */
static const char *copy_into(sqlite3 *from, const char *path, int flags, const struct tr *tr)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | flags, 0600);
    const char *why;

    if (fd < 0)
        return err_reason(tr, errno);
    close(fd);
    why = fill(from, path);
    if (why)
        unlink(path);
    return why;
}

int store_copies_write(sqlite3 *db, const char *path, const struct tr *tr, struct err *err)
{
    struct buf temporary = BUF_INIT;
    const char *why;
    int code = 0;

    buf_addf(&temporary, "%s.new-%ld", path, (long)getpid());
    why = copy_into(db, temporary.text, O_EXCL, tr);
    if (!why) {
        if (file_put_new(temporary.text, path) != 0)
            why = err_reason(tr, errno);
        unlink(temporary.text);
    }
    if (why)
        code = err_set(err, ERR_OUTPUT, tr_text(tr, N_("%1$s: could not be written: %2$s")), path,
                       tr_text(tr, why));
    buf_free(&temporary);
    return code;
}

int store_copies_before_update(sqlite3 *db, const char *plan, int format)
{
    struct buf path = BUF_INIT;
    int code;

    buf_addf(&path, "%s.format-%d", plan, format);
    code = copy_into(db, path.text, O_TRUNC, NULL) ? ERR_OUTPUT : 0;
    buf_free(&path);
    return code;
}

static int by_name_descending(const void *a, const void *b)
{
    return strcmp(*(char *const *)b, *(char *const *)a);
}

/* The names in the folder that begin with `prefix` and end with a day. */
static char **find_copies(const char *folder, const char *prefix, size_t *count)
{
    DIR *dir = opendir(folder);
    size_t length = strlen(prefix), room = 0;
    char **names = NULL;

    *count = 0;
    for (struct dirent *entry; dir && (entry = readdir(dir)) != NULL;)
        if (strncmp(entry->d_name, prefix, length) == 0 &&
            date_parse_iso(entry->d_name + length) != DATE_NONE) {
            names = vec_room(names, &room, *count + 1, sizeof names[0]);
            names[(*count)++] = xstrdup(entry->d_name);
        }
    if (dir)
        closedir(dir);
    return names;
}

/* Removes all but the newest copies; their names sort by date. */
static void prune(const char *plan)
{
    char *folder = xstrdup(plan), *name = xstrdup(plan);
    const char *dir_name = dirname(folder);
    struct buf text = BUF_INIT;
    char **copies;
    size_t count;

    buf_addf(&text, "%s.copy-", basename(name));
    copies = find_copies(dir_name, text.text, &count);
    if (count)
        qsort(copies, count, sizeof copies[0], by_name_descending);
    for (size_t i = 0; i < count; i++) {
        buf_clear(&text);
        buf_addf(&text, "%s/%s", dir_name, copies[i]);
        if (i >= COPIES_KEPT)
            unlink(text.text);
        free(copies[i]);
    }
    free(copies);
    free(folder);
    free(name);
    buf_free(&text);
}

char *store_copies_daily(sqlite3 *db, const char *plan, int today)
{
    struct buf path = BUF_INIT, temporary = BUF_INIT;
    char iso[11], *made = NULL;

    date_iso(today, iso);
    buf_addf(&path, "%s.copy-%s", plan, iso);
    buf_addf(&temporary, "%s.new", path.text);
    if (access(path.text, F_OK) != 0 && store_db_number(db, count_entries) > 0 &&
        !copy_into(db, temporary.text, O_TRUNC, NULL)) {
        if (rename(temporary.text, path.text) == 0) {
            made = xstrdup(path.text);
            prune(plan);
        } else {
            unlink(temporary.text);
        }
    }
    buf_free(&path);
    buf_free(&temporary);
    return made;
}
