/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the hooks of the two faces share. Hooks for documents are in face_documents.c, the others
 * where the faces are opened (cmd_wizard.c).
 */
#ifndef FACE_H
#define FACE_H

#include "base/buf.h"
#include "core/pack.h"

struct app;
struct document;
struct err;
struct plan;
struct print_job;
struct tr;

struct face {
    struct app *app;
    struct plan *plan;        /* NULL until it is open */
    struct buf path;          /* of the plan; "" until there is one */
};

/* As the hooks of ui/ui.h and line/line.h say; `data` is the struct face. */
int face_print(void *data, struct plan *plan, const struct print_job *job, struct buf *path,
               struct err *err);
int face_calendar(void *data, struct plan *plan, const struct tr *tr, struct buf *path,
                  struct err *err);
int face_preview(void *data, struct plan *plan, const struct print_job *job, int cols,
                 struct buf *text, struct err *err);
bool face_printers(void *data, struct buf *names);
int face_open_file(void *data, const char *path, struct err *err);
int face_keep(void *data, struct plan *plan, const struct document *document, const struct tr *tr,
              int *number, struct err *err);

/* Packages for the faces. Borrows `face`. */
struct packer face_packer(struct face *face);

#endif
