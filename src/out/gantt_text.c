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
#include "base/utf8_wrap.h"
#include "out/doc.h"

enum { LABEL_COLS = 34, LABEL_LINES = 2 };

static const char by_sign[] = "!";

struct drawing {
    const struct gantt *gantt;
    const struct tr *tr;
    struct gantt_axis axis;
    int label_cols;
    unsigned char *cells;     /* of one line */
    bool seen[BAR_COUNT];     /* signs that the key has to explain */
    bool critical, by;
    gantt_line *line;
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
    gantt_fit(&d->axis, later(first, gantt->from), last);
    return any;
}

/* The label, cut to its columns, and what stands beside it; blanks at the end are left out. */
static void put_line(const struct drawing *d, enum gantt_line_kind kind, const char *label,
                     const char *beside)
{
    struct buf line = BUF_INIT;
    int used = utf8_fit(&line, label, d->label_cols - 1, false);
    buf_add_repeat(&line, " ", d->label_cols - used);
    buf_add(&line, beside);
    while (line.length > 0 && line.text[line.length - 1] == ' ')
        buf_cut(&line, line.length - 1);
    d->line(d->data, kind, line.text);
    buf_free(&line);
}

/* A label of up to LABEL_LINES lines behind a mark; what stands beside it is on the first one, and
 * on the others the days without the bar. */
static void put_label(const struct drawing *d, const char *mark, const char *label,
                      const char *beside, const char *without)
{
    char *clean = doc_clean(label, true);
    const char *rest = clean;
    for (int i = 0; i < LABEL_LINES && (i == 0 || *rest != '\0'); i++) {
        struct buf line = BUF_INIT;
        size_t skip, length = utf8_wrap(rest, d->label_cols - 1 - utf8_width(mark), &skip);
        buf_add(&line, i == 0 ? mark : "    ");
        if (i + 1 < LABEL_LINES)
            buf_add_n(&line, rest, length);
        else
            buf_add(&line, rest);
        put_line(d, i == 0 ? GANTT_ROW : GANTT_MORE, line.text, i == 0 ? beside : without);
        rest += skip;
        buf_free(&line);
    }
    free(clean);
}

static void draw_head(const struct drawing *d)
{
    struct buf months = BUF_INIT, weeks = BUF_INIT;
    gantt_head(&d->axis, tr_text(d->tr, "Week"), d->tr->lang, &months, &weeks);
    put_line(d, GANTT_ROW, tr_text(d->tr, "Month"), months.text);
    put_line(d, GANTT_ROW, tr_text(d->tr, "Week"), weeks.text);
    buf_free(&months);
    buf_free(&weeks);
}

/* The cells of a bar; `by`: column of its last safe day, -1 without. */
static void add_cells(struct drawing *d, const struct gantt_bar *bar, int by, struct buf *out)
{
    gantt_cells(&d->axis, bar, d->cells);
    for (int i = 0; i < d->axis.cols; i++) {
        buf_add(out, i == by ? by_sign : gantt_sign((enum gantt_cell)d->cells[i]));
        d->seen[d->cells[i]] = true;
        d->by = d->by || i == by;
    }
}

static void draw_bar(struct drawing *d, const struct bar *bar)
{
    static const struct gantt_bar nothing = { GANTT_WORK, DATE_NONE, DATE_NONE, DATE_NONE };
    int by = bar->done || bar->by == DATE_NONE ? -1 : gantt_col(&d->axis, bar->by);
    struct buf cells = BUF_INIT, without = BUF_INIT;
    add_cells(d, &bar->shape, by, &cells);
    add_cells(d, &nothing, -1, &without);
    put_label(d, bar->critical ? "* " : "  ", bar->label, cells.text, without.text);
    d->critical = d->critical || bar->critical;
    buf_free(&cells);
    buf_free(&without);
}

static void draw_marks(const struct drawing *d)
{
    struct gantt_mark marks[] = { { d->gantt->today, tr_text(d->tr, "today") },
                                  { d->gantt->target, tr_text(d->tr, "wished day") } };
    struct gantt_mark turned[] = { marks[1], marks[0] };
    bool past = d->gantt->target != DATE_NONE && d->gantt->target < d->gantt->today;
    struct buf row = BUF_INIT;
    gantt_marks(&d->axis, past ? turned : marks, (int)countof(marks), &row);
    put_line(d, GANTT_MORE, "", row.text);
    buf_free(&row);
}

/* The signs that the chart has. A bar that is cut into halves is of the kind of the whole one. */
static void draw_key(struct drawing *d)
{
    struct buf key = BUF_INIT;
    d->seen[BAR_FULL] = d->seen[BAR_FULL] || d->seen[BAR_LEFT] || d->seen[BAR_RIGHT];
    d->line(d->data, GANTT_KEY, "");
    for (size_t i = 0; i < BAR_COUNT; i++) {
        const char *words = gantt_words((enum gantt_cell)i);
        if (!d->seen[i] || words == NULL)
            continue;
        buf_clear(&key);
        buf_addf(&key, "%s %s", gantt_sign((enum gantt_cell)i), tr_text(d->tr, words));
        d->line(d->data, GANTT_KEY, key.text);
    }
    buf_clear(&key);
    if (d->critical)
        buf_addf(&key, "* %s  ", tr_text(d->tr, "critical"));
    if (d->by)
        buf_addf(&key, "%s %s", by_sign, tr_text(d->tr, "last safe day"));
    if (key.length > 0)
        d->line(d->data, GANTT_KEY, key.text);
    buf_free(&key);
}

void gantt_text(const struct gantt *gantt, const struct tr *tr, int cols,
                gantt_line *line, void *data)
{
    struct drawing d = { .gantt = gantt, .tr = tr, .line = line, .data = data };
    d.label_cols = LABEL_COLS < cols / 2 ? LABEL_COLS : cols / 2;
    d.axis.cols = cols - d.label_cols;
    d.axis.today = gantt->today;
    d.axis.pauses = gantt->pauses;
    d.axis.pause_count = gantt->pause_count;
    if (!measure(&d))
        return;
    d.cells = xcalloc((size_t)d.axis.cols, 1);
    draw_head(&d);
    for (size_t i = 0; i < gantt->count; i++) {
        const struct bar *bar = &gantt->bars[i];
        if (bar->id != NULL && !bar->hidden)
            draw_bar(&d, bar);
        else if (bar->id == NULL)
            line(data, GANTT_ROW, bar->label);
    }
    draw_marks(&d);
    draw_key(&d);
    free(d.cells);
}
