/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A new plan file: made under a temporary name and put into place, so that there is never a
 * half-made plan and an existing file is never replaced.
 */
#include "io/store_sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/tr.h"
#include "io/file.h"
#include "io/store_db.h"
#include "io/store_format.h"

static int make_tables(const char *path, struct err *err)
{
    sqlite3 *db = NULL;
    int code = 0;

    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
        code = err_set(err, ERR_OUTPUT, N_("%s: could not be made: %s"), path,
                       sqlite3_errmsg(db));
    if (!code) {
        store_db_harden(db);
        if (store_format_update(db, 0) != SQLITE_OK)
            code = err_set(err, ERR_OUTPUT, N_("%s: could not be made: %s"), path,
                           sqlite3_errmsg(db));
    }
    sqlite3_close(db);
    return code;
}

int store_create(const char *path, struct err *err)
{
    struct buf temporary = BUF_INIT;
    int code = 0, fd;

    buf_addf(&temporary, "%s.new-%ld", path, (long)getpid());
    fd = open(temporary.text, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        code = err_set(err, ERR_OUTPUT, N_("%s: could not be made: %s"), path,
                       err_reason(err_tr(err), errno));
    else
        close(fd);
    if (!code)
        code = make_tables(temporary.text, err);
    if (!code && file_put_new(temporary.text, path) != 0)
        code = err_set(err, ERR_OUTPUT, "%s: %s", path, err_reason(err_tr(err), errno));
    if (fd >= 0)
        unlink(temporary.text);
    buf_free(&temporary);
    return code;
}
