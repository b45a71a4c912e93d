/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A provider's plan: schema, answers, engine and store joined.
 *
 * All faces change answers through this header only. A change is on disk when the function
 * returns 0. Wrong values are stored as typed and reported; only personal identity codes are
 * refused (ERR_REFUSED) and never stored.
 */
#ifndef CORE_PLAN_H
#define CORE_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "core/answers.h"
#include "core/check.h"
#include "core/engine.h"
#include "core/schema.h"
#include "core/store.h"

struct fact_note;
struct tr;

struct plan {
    const struct schema *schema;
    struct answers *answers;
    struct engine *engine;
    const struct store_ops *ops;
    void *store;
    int today;
    int64_t last_entry;       /* id of the newest entry */
    int64_t last_change;
    unsigned long change_count;       /* in the log */
    const struct fact *undone_fact;   /* the last undo or redo was about its note; or NULL */
    char saved_at[20];        /* time of the last commit in this session; "" before it */
};

/* Reads the whole log. Takes the store: plan_close() closes it, and so does a failed open. */
int plan_open(struct plan **out, const struct schema *schema, const struct store_ops *ops,
              void *store, int today, struct err *err);
void plan_close(struct plan *plan);

/* Why nothing can be written, or NULL. */
const char *plan_read_only(const struct plan *plan);

/* Stores an answer; NULL or "" clears it. `check` (may be NULL) tells what was thought of the
 * value. An answer equal to the stored one writes nothing. */
int plan_set(struct plan *plan, const struct item *item, const char *row, const char *text,
             struct check *check, struct err *err);

/* The text holds a personal identity code and must not be stored anywhere, not even as a draft. */
bool plan_refuses(const char *text);
/* The same of a text that is still being typed: it may end with a code but for the last letter. */
bool plan_refuses_draft(const char *text);

/* Many answers as one change that is taken back as one. Strings are copied. */
struct plan_batch;
struct plan_batch *plan_batch_new(struct plan *plan);
int plan_batch_set(struct plan_batch *batch, const struct item *item, const char *row,
                   const char *text, struct check *check, struct err *err);
/* Adds a row at the end. `key` gets its key, or holds the one it is to have (else ""). */
int plan_batch_add_row(struct plan_batch *batch, const struct item *repeat, char key[24],
                       struct err *err);
void plan_batch_set_done(struct plan_batch *batch, const struct task *task, bool done);
/* What the user found when she checked a fact; `note` NULL takes her note away. */
void plan_batch_set_note(struct plan_batch *batch, const struct fact *fact,
                         const struct fact_note *note);
/* Writes and frees the batch; nothing is written when anything failed. */
int plan_batch_commit(struct plan_batch *batch, struct err *err);
void plan_batch_free(struct plan_batch *batch);
/* Commits the batch when `code`, that of what was put into it, is 0; else frees it. The code of
 * whichever failed. */
int plan_batch_end(struct plan_batch *batch, int code, struct err *err);

/* Rows of a repeat, each as one change. A new one stands at the end, and `key` gets its key.
 * ERR_USAGE for a row that is not there. */
int plan_row_add(struct plan *plan, const struct item *repeat, char key[24], struct err *err);
int plan_row_remove(struct plan *plan, const struct item *repeat, const char *row,
                    struct err *err);
/* Moves the row to a position from 0. */
int plan_row_move(struct plan *plan, const struct item *repeat, const char *row, int position,
                  struct err *err);
/* How many row items point to this row. */
int plan_row_references(const struct plan *plan, const struct item *repeat, const char *row);

/* Marks a task that asks for it as done, or takes the mark away. */
int plan_set_task_done(struct plan *plan, const struct task *task, bool done, struct err *err);

/* Takes the last change back, or again. `*entries` gets how many answers changed: 0 when there was
 * nothing to take back. `what` (may be NULL) gets the first of them in the order of
 * asking. */
int plan_undo(struct plan *plan, struct place *what, int *entries, struct err *err);
int plan_redo(struct plan *plan, struct place *what, int *entries, struct err *err);

/* How the stored answer (or computed value) reads to a person, appended to `out`: labels of
 * choices, names of rows, dates, "I do not know". Nothing when there is no answer. */
void plan_show(const struct plan *plan, const struct item *item, const char *row,
               const struct tr *tr, struct buf *out);
/* How a row item reads that points to the row `key`: the item that names the row, else the row's
 * own name. */
void plan_show_target(const struct plan *plan, const struct item *item, const char *key,
                      const struct tr *tr, struct buf *out);
/* What a row is called: what its first question points to, the first text answered in it, else
 * "person 2". */
void plan_row_name(const struct plan *plan, const struct item *repeat, const char *row,
                   const struct tr *tr, struct buf *out);
/* The item's name with its row: "Palveluyksikkö 2, OID-tunnus". */
void plan_place_name(const struct plan *plan, const struct place *place, const struct tr *tr,
                     struct buf *out);

/* What plan_undo() or plan_redo() did, in words: "Taken back: Name. Now: not answered." */
void plan_undone_text(const struct plan *plan, const struct place *what, bool again,
                      const struct tr *tr, struct buf *out);

/* What is wrong with the stored answer of a place, in words; nothing when it is fine. */
void plan_problem_text(const struct plan *plan, const struct place *place, const struct tr *tr,
                       struct buf *out);
/* A task's status in words, to be looked up; a gate is ready or not. */
const char *plan_status_words(const struct task *task, enum task_status status);

/* A finding as a sentence, and what to do about it (may append nothing). */
void plan_finding_text(const struct plan *plan, const struct finding *finding,
                       const struct tr *tr, struct buf *out);
void plan_finding_remedy(const struct plan *plan, const struct finding *finding,
                         const struct tr *tr, struct buf *out);

/* A content text with its facts filled in for the plan's day. */
void plan_text(const struct plan *plan, const struct text *text, const struct tr *tr,
               struct buf *out);

/* An item addressed as on the command line: "org_name", "person[2].person_name" (or short
 * "person[2].name"), "person[#key].name", "person[+].name". `*new_row` (may be NULL: then "+" is an
 * error) tells that a row has to be added. `row` holds 24 bytes and is "" outside repeats. */
int plan_address(const struct plan *plan, const char *text, const struct item **item,
                 char row[24], bool *new_row, struct err *err);

#endif
