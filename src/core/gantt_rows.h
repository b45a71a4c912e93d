/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The rows of a Gantt chart: the steps of a schedule under headings, in the order of reading.
 *
 * Below a heading come first the steps that stand once, then the rows of repeats, each with a
 * heading of its own when it has several steps: a person's card from the visit to the test. What
 * does not concern the provider stands last. Steps are the schedule's own, names are copies.
 */
#ifndef CORE_GANTT_ROWS_H
#define CORE_GANTT_ROWS_H

#include "core/gantt.h"

struct plan;
struct tr;

enum gantt_by { GANTT_BY_PHASE, GANTT_BY_OWNER, GANTT_BY_COUNT };

struct gantt_row {
    char *name;
    const struct step *step;  /* NULL: a heading */
    int depth;                /* 0: a phase or an owner */
    size_t end;               /* the first row that is not below this one */
    struct gantt_bar bar;     /* of a heading: over all below it */
    bool critical;            /* of a heading: something below it is */
    bool gone;                /* stands among what does not concern the provider */
};

struct gantt_rows {
    struct gantt_row *at;
    size_t count, room;
};

/* Replaces what `out` held. */
void gantt_rows(const struct plan *plan, const struct schedule *schedule, enum gantt_by by,
                const struct tr *tr, struct gantt_rows *out);
void gantt_rows_free(struct gantt_rows *rows);

#endif
