/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the faces, full screen and line mode, need of the layers beside them.
 */
#ifndef CORE_FACE_HOOKS_H
#define CORE_FACE_HOOKS_H

#include <stdbool.h>

#include "base/lang.h"
#include "base/tr.h"

struct buf;
struct card_results;
struct card_source;
struct document;
struct err;
struct packer;
struct plan;
struct print_job;
struct register_importer;
struct register_lookup;
struct table;

/* The caller of a face provides them; the last ones are of the full screen only. */
struct face_hooks {
    void *data;
    struct tr (*tr)(void *data, enum lang lang);
    /* The user has chosen a language, in which the layers beside speak from now on too. May be
     * NULL. */
    void (*use_lang)(void *data, enum lang lang);
    /* Prints a document: into a file, whose path is appended to `path`, or on paper. */
    int (*print)(void *data, struct plan *plan, const struct print_job *job, struct buf *path,
                 struct err *err);
    /* Appends the document as text of `cols` columns. May be NULL. */
    int (*preview)(void *data, struct plan *plan, const struct print_job *job, int cols,
                   struct buf *text, struct err *err);
    /* Appends the names of the printers, one a line, the usual one first; false when that cannot
     * be found out because nothing answers. May be NULL. */
    bool (*printers)(void *data, struct buf *names);
    /* Opens a file with the program of the desktop; NULL: there is no desktop. */
    int (*open_file)(void *data, const char *path, struct err *err);
    /* Keeps a document, in that language, as its next version; `*number` gets which. NULL: that
     * cannot be done here. */
    int (*keep)(void *data, struct plan *plan, const struct document *document,
                const struct tr *tr, int *number, struct err *err);
    /* Makes packages; NULL when they cannot be made here. */
    const struct packer *packer;
    /* Writes the schedule as a calendar into a file and tells its path (appended to `path`). NULL:
     * there is none. */
    int (*calendar)(void *data, struct plan *plan, const struct tr *tr, struct buf *path,
                    struct err *err);
    /* Copies the plan to the place that the user named, a new file or a folder, and tells the
     * path of the copy (appended to `path`). */
    int (*copy)(void *data, struct plan *plan, const char *place, struct buf *path,
                struct err *err);
    /* Reads the table in the file that the user named, whose name the table borrows. NULL: none can
     * be read. */
    int (*read_table)(void *data, const char *place, struct table *out, struct err *err);
    /* Reads results of card tests from the file that the user named. 1: it is no such file; NULL: none
     * can be read. */
    int (*read_tests)(void *data, const char *place, struct card_results *out, struct err *err);
    /* The organisation register, as core/register_plan.h looks it up; NULL when there is none. */
    const struct register_lookup *registers;
    /* Brings a register file in, step by step; NULL when that cannot be done here. */
    const struct register_importer *importer;
    /* Facts of cards and readers, and this computer's name on the network; NULL when cards cannot
     * be tested here. */
    const struct card_source *cards;
    const char *host;
    /* The first meeting, which begins without a plan: where the plan of that company will lie
     * (appended to `path`; of company "" its folder), and making and opening it. The caller
     * closes it. */
    void (*new_path)(void *data, const char *company, struct buf *path);
    int (*make)(void *data, const char *company, enum lang lang, struct plan **plan,
                struct err *err);
    struct buf *frame;        /* gets the first screen of the next start (term/frame.h); or NULL */
};

#endif
