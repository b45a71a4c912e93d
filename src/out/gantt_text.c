/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The chart of core/gantt.h on paper: all days of the project in the columns that the page has, the
 * labels beside them, and the key to the signs below.
 */
#include "out/gantt_text.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "out/doc.h"

/* So many days before today are shown of what is done. */
enum { LABEL_COLS = 34, PAST_DAYS = 28 };

static const char by_sign[] = "!";

struct drawing {
    const struct gantt *gantt;
    const struct tr *tr;
    struct gantt_axis axis;
    int label_cols;
    unsigned char *cells;     /* of one line */
    void (*line)(void *data, const char *line);
    void *data;
};

static bool has_days(const struct bar *bar)
{
    return bar->id != NULL && !bar->hidden && bar->shape.first != DATE_NONE;
}

static int later(int a, int b)
{
    return a > b ? a : b;
}

/* False when nothing can be drawn. */
static bool measure(struct drawing *d)
{
    const struct gantt *gantt = d->gantt;
    int first = gantt->today, last = later(gantt->today, gantt->target);
    bool any = false;
    for (size_t i = 0; i < gantt->count; i++) {
        const struct bar *bar = &gantt->bars[i];
        if (!has_days(bar))
            continue;
        any = true;
        first = bar->shape.first < first ? bar->shape.first : first;
        last = later(last, later(bar->shape.last, bar->done ? DATE_NONE : bar->by));
    }
    gantt_fit(&d->axis, later(first, gantt->today - PAST_DAYS), last);
    return any;
}

/* The label, cut to its columns, and what stands beside it; blanks at the end are left out. */
static void put_line(const struct drawing *d, const char *label, const char *beside)
{
    struct buf line = BUF_INIT;
    char *clean = doc_clean(label, true);
    int used = utf8_fit(&line, clean, d->label_cols - 1, false);
    buf_add_repeat(&line, " ", d->label_cols - used);
    buf_add(&line, beside);
    while (line.length > 0 && line.text[line.length - 1] == ' ')
        buf_cut(&line, line.length - 1);
    d->line(d->data, line.text);
    free(clean);
    buf_free(&line);
}

static void draw_head(const struct drawing *d)
{
    struct buf months = BUF_INIT, weeks = BUF_INIT;
    gantt_head(&d->axis, tr_text(d->tr, "Week"), d->tr->lang, &months, &weeks);
    put_line(d, tr_text(d->tr, "Month"), months.text);
    put_line(d, tr_text(d->tr, "Week"), weeks.text);
    buf_free(&months);
    buf_free(&weeks);
}

static void draw_bar(struct drawing *d, const struct bar *bar)
{
    int by = bar->done || bar->by == DATE_NONE ? -1 : gantt_col(&d->axis, bar->by);
    struct buf label = BUF_INIT, cells = BUF_INIT;
    gantt_cells(&d->axis, &bar->shape, d->cells);
    for (int i = 0; i < d->axis.cols; i++)
        buf_add(&cells, i == by ? by_sign : gantt_sign((enum gantt_cell)d->cells[i]));
    buf_addf(&label, "%s%s", bar->critical ? "* " : "  ", bar->label);
    put_line(d, label.text, cells.text);
    buf_free(&label);
    buf_free(&cells);
}

static void draw_marks(const struct drawing *d)
{
    struct gantt_mark marks[] = { { d->gantt->today, tr_text(d->tr, "today") },
                                  { d->gantt->target, tr_text(d->tr, "wished day") } };
    struct gantt_mark turned[] = { marks[1], marks[0] };
    bool past = d->gantt->target != DATE_NONE && d->gantt->target < d->gantt->today;
    struct buf row = BUF_INIT;
    gantt_marks(&d->axis, past ? turned : marks, (int)countof(marks), &row);
    put_line(d, "", row.text);
    buf_free(&row);
}

/* The signs that a chart on paper may have. */
static void draw_key(const struct drawing *d)
{
    static const enum gantt_cell cells[] = { BAR_FULL, BAR_MAYBE, BAR_WAIT, BAR_REAL, BAR_POINT,
                                             BAR_BEFORE };
    struct buf key = BUF_INIT;
    d->line(d->data, "");
    for (size_t i = 0; i < countof(cells); i++) {
        buf_clear(&key);
        buf_addf(&key, "%s %s", gantt_sign(cells[i]), tr_text(d->tr, gantt_words(cells[i])));
        d->line(d->data, key.text);
    }
    buf_clear(&key);
    buf_addf(&key, "* %s  %s %s", tr_text(d->tr, "critical"), by_sign,
             tr_text(d->tr, "last safe day"));
    d->line(d->data, key.text);
    buf_free(&key);
}

void gantt_text(const struct gantt *gantt, const struct tr *tr, int cols,
                void (*line)(void *data, const char *line), void *data)
{
    struct drawing d = { .gantt = gantt, .tr = tr, .line = line, .data = data };
    d.label_cols = LABEL_COLS < cols / 2 ? LABEL_COLS : cols / 2;
    d.axis.cols = cols - d.label_cols;
    d.axis.today = gantt->today;
    if (!measure(&d))
        return;
    d.cells = xcalloc((size_t)d.axis.cols, 1);
    draw_head(&d);
    for (size_t i = 0; i < gantt->count; i++) {
        const struct bar *bar = &gantt->bars[i];
        if (bar->id != NULL && !bar->hidden)
            draw_bar(&d, bar);
        else if (bar->id == NULL)
            line(data, bar->label);
    }
    draw_marks(&d);
    draw_key(&d);
    free(d.cells);
}
