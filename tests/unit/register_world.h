/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the tests of the organisation register share: the headings, a cache in a folder of its own,
 * and what a reading gives as text.
 */
#ifndef REGISTER_WORLD_H
#define REGISTER_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "io/file.h"
#include "io/register_file.h"
#include "io/register_store.h"

#include "register_read.h"

#define UNIT "1.2.246.10.12345671.10."

struct world {
    struct register_headings *headings;
    char folder[64], path[96];        /* of the cache */
};

static inline const char *source_folder(void)
{
    const char *source = getenv("TEST_SRCDIR");

    return source ? source : ".";
}

static inline int set_up(void **state)
{
    struct world *world = xcalloc(1, sizeof *world);
    struct err err = { 0 };

    if (register_headings_load(&world->headings, source_folder(), &err))
        fail_msg("%s", err.msg);
    strcpy(world->folder, "/tmp/kantapolku-register-XXXXXX");
    assert_non_null(mkdtemp(world->folder));
    snprintf(world->path, sizeof world->path, "%s/register.db", world->folder);
    *state = world;
    return 0;
}

static inline int tear_down(void **state)
{
    struct world *world = *state;

    unlink(world->path);
    assert_int_equal(rmdir(world->folder), 0);   /* nothing else was left behind */
    register_headings_free(world->headings);
    free(world);
    return 0;
}

/* ---- reading ---- */

/* All that a reading gives, as text: a row a line, its fields with semicolons. */
struct seen {
    struct buf rows, remarks;
    struct register_import *import;
};

#define SEEN_INIT { BUF_INIT, BUF_INIT, NULL }

static inline void seen_free(struct seen *seen)
{
    buf_free(&seen->rows);
    buf_free(&seen->remarks);
}

static inline int take_row(void *data, const struct register_row *row, struct err *err)
{
    struct seen *seen = data;

    for (int i = 0; i < REGISTER_FIELD_COUNT; i++)
        if (i != REGISTER_STATUS)       /* the text file has none */
            buf_addf(&seen->rows, "%s;", row->field[i]);
    buf_add(&seen->rows, "\n");
    return seen->import ? register_store_add(seen->import, row, err) : 0;
}

static inline void take_remark(void *data, int line, const char *text)
{
    buf_addf(&((struct seen *)data)->remarks, "%d: %s\n", line, text);
}

static inline int read_fd(const struct world *world, int fd, struct seen *seen,
                   struct register_summary *summary, struct err *err)
{
    const struct register_take take = { take_row, take_remark, seen };

    return register_read_all(fd, world->headings, &take, summary, err);
}

static inline int read_data(const struct world *world, const char *name, struct seen *seen,
                     struct register_summary *summary, struct err *err)
{
    struct buf path = BUF_INIT;
    int fd, code;

    buf_addf(&path, "%s/tests/data/register/%s", source_folder(), name);
    fd = open(path.text, O_RDONLY);
    if (fd < 0)
        fail_msg("%s is missing", path.text);
    code = read_fd(world, fd, seen, summary, err);
    close(fd);
    buf_free(&path);
    return code;
}

static inline int read_text(const struct world *world, const char *text, size_t length,
                     struct seen *seen, struct register_summary *summary, struct err *err)
{
    int fd = memfd_create("register", MFD_CLOEXEC), code;

    while (length > 0) {
        ssize_t put = write(fd, text, length);
        assert_true(put > 0);
        text += put;
        length -= (size_t)put;
    }
    code = read_fd(world, fd, seen, summary, err);
    close(fd);
    return code;
}

#endif
