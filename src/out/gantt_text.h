/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A Gantt chart of the document model drawn with letters.
 */
#ifndef OUT_GANTT_TEXT_H
#define OUT_GANTT_TEXT_H

struct gantt;
struct tr;

/* Months and week numbers. */
enum { GANTT_HEAD_LINES = 2 };

/* Calls `line` for each line of the chart: the head, a line for each bar that is drawn, the key to
 * the signs. No line is wider than `cols`. Nothing when there is no bar with days. */
void gantt_text(const struct gantt *gantt, const struct tr *tr, int cols,
                void (*line)(void *data, const char *line), void *data);

#endif
