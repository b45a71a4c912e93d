/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * All answers as a commented YAML (or JSON) file, and back.
 *
 * Importing what was exported gives the same plan: same answers, same rows in the same order, same
 * row keys. YAML has each question as a comment above its answer, so that the file can be filled
 * in with an editor.
 */
#ifndef IO_ANSWERS_YAML_H
#define IO_ANSWERS_YAML_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct err;
struct plan;
struct tr;

enum answers_format { ANSWERS_YAML, ANSWERS_JSON };

/* Appends all answers, so that importing them gives the same plan. In YAML, comments in the
 * language of `tr` say what is asked. */
void answers_export(const struct plan *plan, enum answers_format format, const struct tr *tr,
                    struct buf *out);

/* Reads YAML or JSON (JSON is YAML here). Reports every change and every remark through `report`
 * (place in the file, one line); writes nothing with `dry_run`. All answers become one change. */
typedef void (*answers_report)(void *data, int line, int col, const char *message);
int answers_import(struct plan *plan, const char *text, size_t length, const char *file,
                   bool dry_run, const struct tr *tr, answers_report report, void *data,
                   struct err *err);

#endif
