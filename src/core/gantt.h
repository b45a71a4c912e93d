/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The layout of a Gantt chart in columns of text: dates in, cells out.
 *
 * An axis maps days to columns, each of which has two halves, so that a bar begins and ends within
 * half a column of its days. Everything here is a pure function and total: any day, any width. The
 * screen and the printed chart draw the same cells.
 */
#ifndef CORE_GANTT_H
#define CORE_GANTT_H

#include <stdbool.h>

#include "base/date.h"
#include "base/lang.h"
#include "core/schedule.h"

struct buf;

/* GANTT_ALL is for paper: gantt_fit() chooses a scale of its own. */
enum gantt_zoom { GANTT_DAYS, GANTT_WEEKS, GANTT_MONTHS, GANTT_ZOOM_COUNT, GANTT_ALL };

struct gantt_axis {
    enum gantt_zoom zoom;
    int first;                /* the day with which column 0 begins */
    int cols;
    int today;                /* DATE_NONE: not marked */
    int all_days;             /* GANTT_ALL: so many days stand in the columns */
    const struct span *pauses;    /* in which one's own work stands still; borrowed */
    size_t pause_count;
};

/* Puts the beginning of the axis on the day, or on the Monday before it where a column is more than
 * a day. Days outside the calendar are brought into it. */
void gantt_begin(struct gantt_axis *axis, int day);
/* Moves it by so many days, weeks, or four weeks; negative: back. */
void gantt_scroll(struct gantt_axis *axis, int steps);
/* Another zoom (one that does not exist is the nearest that does), with the day where it was as far
 * as the columns allow. */
void gantt_zoom(struct gantt_axis *axis, int zoom, int day);
/* Scrolls so that the day is in sight; as it is when it already was. */
void gantt_show(struct gantt_axis *axis, int day);
/* The column of a day, which may lie outside 0 to cols - 1. */
int gantt_col(const struct gantt_axis *axis, int day);
/* The day after the last one that has a column. */
int gantt_end(const struct gantt_axis *axis);
/* An axis with GANTT_ALL on which all days from a Monday on stand, a day in one column at most. */
void gantt_fit(struct gantt_axis *axis, int first, int last);

/* What an activity looks like. `first` to `sure` is the shortest that it takes and `last` is
 * when it ends at the latest; of a point `sure` is the day and the others are how far it may
 * move. */
enum gantt_look { GANTT_WORK, GANTT_WAIT, GANTT_REAL, GANTT_POINT, GANTT_SUM };

struct gantt_bar {
    enum gantt_look look;
    int first, sure, last;    /* DATE_NONE: nothing to draw */
};

/* The bar of a step of the schedule: real days when it is done, else the estimate. */
struct gantt_bar gantt_step_bar(const struct step *step);
/* A bar over both; `sum` without days is the first. */
void gantt_add_bar(struct gantt_bar *sum, const struct gantt_bar *bar);

enum gantt_cell {
    BAR_BLANK, BAR_PAUSE, BAR_TODAY, BAR_FULL, BAR_LEFT, BAR_RIGHT, BAR_MAYBE, BAR_WAIT, BAR_REAL,
    BAR_POINT, BAR_SUM, BAR_BEFORE, BAR_AFTER, BAR_COUNT
};

/* Fills axis->cols cells. A bar out of sight leaves a sign at that edge. */
void gantt_cells(const struct gantt_axis *axis, const struct gantt_bar *bar, unsigned char *cells);
/* The sign of a cell, one column wide, and what it means, to be looked up (NULL: nothing to
 * say). */
const char *gantt_sign(enum gantt_cell cell);
const char *gantt_words(enum gantt_cell cell);

/* The two rows above the chart, appended: weeks and days, months and weeks, or years and months;
 * with GANTT_ALL months, and weeks where there is room. Neither is wider than the axis. */
void gantt_head(const struct gantt_axis *axis, const char *week_word, enum lang lang,
                struct buf *large, struct buf *small);

/* The row below it, appended: a sign at each day that is in sight, with its word where there is
 * room. The marks are in the order of their days. */
struct gantt_mark {
    int day;                  /* DATE_NONE: left out */
    const char *word;
};
void gantt_marks(const struct gantt_axis *axis, const struct gantt_mark *marks, int count,
                 struct buf *out);

#endif
