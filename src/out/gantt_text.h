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

enum gantt_line_kind {
    GANTT_ROW,
    GANTT_MORE,               /* belongs to the line before it */
    GANTT_KEY                 /* explains signs */
};
typedef void gantt_line(void *data, enum gantt_line_kind kind, const char *line);

/* Calls `line` for each line of the chart: the head, a line for each bar that is drawn and more
 * when its label is long, the key to the signs that it has. No line is wider than `cols`. Nothing
 * when there is no bar with days. */
void gantt_text(const struct gantt *gantt, const struct tr *tr, int cols, gantt_line *line,
                void *data);

#endif
