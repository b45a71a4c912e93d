/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Bringing a register file in, as the faces and the command see it: a job in steps, what is to be
 * asked when a heading is not known, what came of it in words.
 *
 * The earlier register stays until a job has done its last step; a job may be dropped at any time
 * before. What a heading was said to mean holds for that one job and is kept nowhere.
 */
#ifndef CORE_REGISTER_LOAD_H
#define CORE_REGISTER_LOAD_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct err;
struct tr;

enum { REGISTER_REMARKS_KEPT = 10 };

struct register_remark {
    int line;                 /* of the file; of JSON, which entry it is */
    char *text;
};

struct register_outcome {
    const char *file;         /* its path */
    int percent;              /* read so far */
    int rows, left_out, doubtful;
    bool entries;             /* remarks have the number of an entry, not a line */
    int page_count, pages;    /* of JSON: read, and all there are; 0: not known */
    int file_date;            /* the day on which the file was last changed, or DATE_NONE */
    struct register_remark remarks[REGISTER_REMARKS_KEPT];
    int remark_count;         /* also of those that are not kept */
    /* The columns. `known` is false for headings that mean nothing to the program. */
    const char *const *headings, *const *examples;
    const bool *known;
    size_t heading_count;
    const char *const *maps;  /* what begin() was given */
    const char *missing;      /* the field that no heading means, so that it must be asked */
};

struct register_job;

/* How jobs are done; the caller of the faces provides it. */
struct register_importer {
    void *data;
    /* Begins with the file that the user named. `maps` are "HEADING=FIELD", ended by NULL, and are
     * borrowed until the end of the job. */
    int (*begin)(void *data, const char *place, const char *const *maps,
                 struct register_job **out, struct err *err);
    /* 1: there is more to do; 0: the new register is in its place; or a code. */
    int (*step)(struct register_job *job, struct err *err);
    /* As far as the job has come; good until its next step. */
    const struct register_outcome *(*outcome)(const struct register_job *job);
    /* Ends the job; what is not complete is thrown away. */
    void (*end)(struct register_job *job);
};

/* What came of it, line by line: remarks about rows last. */
void register_outcome_tell(const struct register_outcome *outcome, int today, const struct tr *tr,
                           void (*say)(void *data, const char *text), void *data);

/* "Which heading of the file means the OID code?" */
void register_missing_question(const struct register_outcome *outcome, const struct tr *tr,
                               struct buf *out);

/* The headings that the question offers, since nothing else is known of them; `order` has room for
 * all. Returns how many there are. */
size_t register_missing_choices(const struct register_outcome *outcome, size_t *order);

/* "Koodi (for example 1.2.246.10.…)" */
void register_heading_text(const struct register_outcome *outcome, size_t heading,
                           const struct tr *tr, struct buf *out);

#endif
