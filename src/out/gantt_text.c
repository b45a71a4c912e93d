/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Bars with letters: one column stands for a number of days, the same for all.
 *
 * Signs differ in shape, so that the chart reads without colour and on a bad printer.
 */
#include "out/gantt_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "out/doc.h"

enum { LABEL_COLS = 34, WEEK_COLS = 4 };

static const char critical_sign[] = "\u2588", other_sign[] = "\u2592", done_sign[] = "\u00b7";
static const char by_sign[] = "\u25c6", today_sign[] = "\u2502", target_sign[] = "\u2551";

struct drawing {
    const struct gantt *gantt;
    const struct tr *tr;
    int first, days;          /* the first day, and days in a column */
    int label_cols, cols;     /* columns of labels and of the chart */
    const char **cells;       /* the signs of one line; NULL is blank */
    void (*line)(void *data, const char *line);
    void *data;
};

static bool has_days(const struct bar *bar)
{
    return bar->id != NULL && !bar->hidden && bar->first != DATE_NONE && bar->last != DATE_NONE;
}

static int later(int a, int b)
{
    return a > b ? a : b;
}

/* Week by week from a Monday on. False when nothing can be drawn. */
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
        first = bar->first < first ? bar->first : first;
        last = later(last, later(bar->last, bar->done ? DATE_NONE : bar->by));
    }
    d->first = first - date_weekday(first) + 1;
    d->days = (last - d->first) / d->cols + 1;
    return any;
}

static int column(const struct drawing *d, int day)
{
    return day == DATE_NONE || day < d->first ? -1 : (day - d->first) / d->days;
}

static void put(struct drawing *d, int day, const char *sign)
{
    int at = column(d, day);
    if (at >= 0 && at < d->cols)
        d->cells[at] = sign;
}

static void give_line(const struct drawing *d, struct buf *line)
{
    while (line->length > 0 && line->text[line->length - 1] == ' ')
        buf_cut(line, line->length - 1);
    d->line(d->data, line->text);
    buf_free(line);
}

static void put_line(const struct drawing *d, const char *label)
{
    struct buf line = BUF_INIT;
    char *clean = doc_clean(label, true);
    int used = utf8_fit(&line, clean, d->label_cols - 1, false);
    buf_add_repeat(&line, " ", d->label_cols - used);
    for (int i = 0; i < d->cols; i++)
        buf_add(&line, d->cells[i] != NULL ? d->cells[i] : " ");
    free(clean);
    give_line(d, &line);
}

/* Writes `text` into the columns from `at` on where they are free; false when it does not fit. */
static bool put_word(const struct drawing *d, char *row, int at, const char *text)
{
    int length = (int)strlen(text);
    if (at + length > d->cols || (at > 0 && row[at - 1] != ' ') || row[at] != ' ')
        return false;
    memcpy(row + at, text, (size_t)length);
    return true;
}

static void put_head(const struct drawing *d, const char *label, const char *row)
{
    struct buf line = BUF_INIT;
    int used = utf8_fit(&line, label, d->label_cols - 1, false);
    buf_add_repeat(&line, " ", d->label_cols - used);
    buf_add(&line, row);
    give_line(d, &line);
}

/* "6/2027" where each month begins. */
static void draw_months(const struct drawing *d)
{
    char *row = xcalloc((size_t)d->cols + 1, 1);
    memset(row, ' ', (size_t)d->cols);
    for (int at = 0; at < d->cols; at++) {
        int day = d->first + at * d->days;
        struct civil civil = date_civil(day + d->days - 1);
        if (at > 0 && date_civil(day - 1).month == civil.month)
            continue;
        struct buf word = BUF_INIT;
        buf_addf(&word, "%d/%d", civil.month, civil.year);
        if (!put_word(d, row, at, word.text)) {
            buf_clear(&word);
            buf_addf(&word, "%d", civil.month);
            put_word(d, row, at, word.text);
        }
        buf_free(&word);
    }
    put_head(d, tr_text(d->tr, "Month"), row);
    free(row);
}

/* The number of the week that begins in the column, with room between them. */
static void draw_weeks(const struct drawing *d)
{
    char *row = xcalloc((size_t)d->cols + 1, 1);
    memset(row, ' ', (size_t)d->cols);
    for (int at = 0, next = 0; at < d->cols; at++) {
        int day = d->first + at * d->days, monday = day + (8 - date_weekday(day)) % 7;
        if (at < next || monday >= day + d->days)
            continue;
        struct buf word = BUF_INIT;
        buf_addf(&word, "%d", date_week(monday, NULL));
        if (put_word(d, row, at, word.text))
            next = at + WEEK_COLS;
        buf_free(&word);
    }
    put_head(d, tr_text(d->tr, "Week"), row);
    free(row);
}

static void draw_bar(struct drawing *d, const struct bar *bar)
{
    const char *sign = bar->done ? done_sign : bar->critical ? critical_sign : other_sign;
    struct buf label = BUF_INIT;
    memset(d->cells, 0, (size_t)d->cols * sizeof *d->cells);
    put(d, d->gantt->today, today_sign);
    put(d, d->gantt->target, target_sign);
    for (int at = column(d, bar->first); has_days(bar) && at <= column(d, bar->last); at++)
        if (at >= 0 && at < d->cols)
            d->cells[at] = sign;
    if (!bar->done)
        put(d, bar->by, by_sign);
    buf_addf(&label, "%s%s", bar->critical ? "! " : "  ", bar->label);
    put_line(d, label.text);
    buf_free(&label);
}

static void draw_key(const struct drawing *d)
{
    struct buf key = BUF_INIT;
    d->line(d->data, "");
    buf_addf(&key, "%s %s  %s %s  %s %s", critical_sign, tr_text(d->tr, "critical"), other_sign,
             tr_text(d->tr, "not critical"), done_sign, tr_text(d->tr, "done"));
    d->line(d->data, key.text);
    buf_clear(&key);
    buf_addf(&key, "%s %s  %s %s  %s %s", by_sign, tr_text(d->tr, "last safe day"), today_sign,
             tr_text(d->tr, "today"), target_sign, tr_text(d->tr, "wished day"));
    d->line(d->data, key.text);
    buf_clear(&key);
    buf_addf(&key, tr_plural(d->tr, "One column is %d day.", "One column is %d days.",
                             (unsigned long)d->days), d->days);
    d->line(d->data, key.text);
    buf_free(&key);
}

void gantt_text(const struct gantt *gantt, const struct tr *tr, int cols,
                void (*line)(void *data, const char *line), void *data)
{
    struct drawing d = { .gantt = gantt, .tr = tr, .line = line, .data = data };
    d.label_cols = LABEL_COLS < cols / 2 ? LABEL_COLS : cols / 2;
    d.cols = cols - d.label_cols;
    if (!measure(&d))
        return;
    d.cells = xcalloc((size_t)d.cols, sizeof *d.cells);
    draw_months(&d);
    draw_weeks(&d);
    for (size_t i = 0; i < gantt->count; i++) {
        const struct bar *bar = &gantt->bars[i];
        if (bar->id != NULL && !bar->hidden)
            draw_bar(&d, bar);
        else if (bar->id == NULL)
            line(data, bar->label);
    }
    draw_key(&d);
    free(d.cells);
}
