/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What core needs of a plan file, without knowing what a file is.
 *
 * io/store_sqlite.h implements it; tests use one in memory. A function that returns int
 * returns 0, or a negative code with `err` filled. When append() has returned 0 the
 * entries are on disk.
 */
#ifndef CORE_STORE_H
#define CORE_STORE_H

#include <stddef.h>
#include <stdint.h>

struct buf;
struct entry;
struct err;

/* A document kept as it was approved. */
struct version {
    const char *document;
    int number;               /* from 1, without gaps */
    const char *lang;         /* "fi" */
    const char *approved_by, *approved_on;    /* a name; "2026-11-22" */
    /* filled in by the store */
    const char *at, *who;     /* when it was kept, and the user of the session */
    int64_t last_answer;      /* the newest entry of the log that it holds */
};

struct store_ops {
    /* Calls `each` for every entry with id > after, oldest first; its strings are good during the
     * call. */
    int (*read)(void *store, int64_t after, void (*each)(void *data, const struct entry *entry),
                void *data, struct err *err);

    /* Adds all entries in one transaction and fills their id, at and session. */
    int (*append)(void *store, struct entry *entries, size_t count, struct err *err);

    /* Settings: small texts by name ("lang"); NULL when unset, good until the next call. */
    const char *(*setting)(void *store, const char *name);
    int (*set_setting)(void *store, const char *name, const char *value, struct err *err);

    /* The draft of a long text that is being typed; text NULL removes it. */
    int (*set_draft)(void *store, const char *item, const char *row, const char *text,
                     struct err *err);
    /* Calls `each` for every draft. */
    int (*drafts)(void *store,
                  void (*each)(void *data, const char *item, const char *row, const char *text,
                               const char *at),
                  void *data, struct err *err);

    /* Notes that a document was printed at the present end of the log. */
    int (*note_print)(void *store, const char *document, const char *lang, struct err *err);
    /* The last print of the document: id of the newest entry it held, and its time (24 bytes);
     * 0 when it was never printed. */
    int64_t (*last_print)(void *store, const char *document, char *at);

    /* Keeps a document, its model as text, at the present end of the log. Versions are only added:
     * the number is that of the last one and 1. */
    int (*keep_version)(void *store, const struct version *version, const char *content,
                        struct err *err);
    /* Calls `each` for every version of the document (NULL: of all), oldest first; its strings are
     * good during the call. */
    int (*versions)(void *store, const char *document,
                    void (*each)(void *data, const struct version *version), void *data,
                    struct err *err);
    /* Appends the text that was kept; ERR_USAGE when there is no such version. */
    int (*version_content)(void *store, const char *document, int number, struct buf *out,
                           struct err *err);

    /* Where a copy of the plan was made in this session, or NULL. */
    const char *(*copy)(void *store);
    /* Copies the plan to the new file `path` and verifies the copy; ERR_OUTPUT and no trace when
     * the file exists already or when anything fails. Works while reading only, too. */
    int (*copy_to)(void *store, const char *path, struct err *err);

    /* Why nothing can be written ("opened by aino on host-1"), or NULL. */
    const char *(*read_only)(void *store);

    void (*close)(void *store);
};

#endif
