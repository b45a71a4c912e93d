/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A Gantt chart on a landscape page: names on the left, months and weeks above, a bar for each
 * activity. The bars differ in shape as well as in shade, so that the chart reads on a grey
 * printer.
 *
 * It is one figure for those who do not see it, and what it says stands above it in words.
 */
#include "out/pdf_blocks.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/tr.h"

enum {
    NAMES = 78 * MM,          /* width of the names */
    GAP = 3 * MM,
    PAD = 3 * POINT,
    HEAD = 26 * POINT,        /* height of months and weeks */
    GROUP = 20 * POINT,
    BAR = 8 * POINT, THIN_BAR = 5 * POINT,
    SIGN = 6 * POINT,
    WEEK_LEAST = 16 * POINT   /* between numbers of weeks */
};

struct drawing {
    struct flow *flow;
    const struct gantt *gantt;
    int tag;
    int first, days;          /* the day at the left edge, and days to the right one */
    int left, width;          /* of the chart, without the names */
};

static bool is_drawn(const struct bar *bar)
{
    return bar->id != NULL && !bar->hidden;
}

static bool has_days(const struct bar *bar)
{
    return is_drawn(bar) && bar->first != DATE_NONE && bar->last != DATE_NONE;
}

static void include(struct drawing *d, int day)
{
    if (day == DATE_NONE)
        return;
    if (day < d->first)
        d->first = day;
    if (day - d->first >= d->days)
        d->days = day - d->first + 1;
}

/* From the Monday before the first day to the Sunday after the last. False when there is
 * nothing. */
static bool measure(struct drawing *d)
{
    int last = d->gantt->today;
    bool any = false;
    d->first = d->gantt->today;
    for (size_t i = 0; i < d->gantt->count; i++) {
        const struct bar *bar = &d->gantt->bars[i];
        const int days[] = { bar->last, bar->done ? DATE_NONE : bar->by };
        if (!has_days(bar))
            continue;
        any = true;
        include(d, bar->first > d->gantt->from ? bar->first : d->gantt->from);
        for (size_t k = 0; k < countof(days); k++)
            last = days[k] > last ? days[k] : last;
    }
    last = d->gantt->target > last ? d->gantt->target : last;
    d->first -= date_weekday(d->first) - 1;
    last += 7 - date_weekday(last);
    d->days = last - d->first + 1;
    return any;
}

/* Where the day begins. */
static int day_x(const struct drawing *d, int day)
{
    return d->left + (int)((long)d->width * (day - d->first) / d->days);
}

static struct pdf *pdf_of(const struct drawing *d)
{
    return d->flow->pdf;
}

static void word_put(const struct drawing *d, enum pdf_style_name style, const char *words, int x,
                     int y)
{
    struct pdf_text text;
    text_make(pdf_of(d), &text, style, words, PAGE_LONG);
    if (text.line_count > 0)
        page_line(pdf_of(d), d->flow->page, &text, &text.lines[0], x, y, false);
    pdf_text_free(&text);
}

/* ---- signs ---- */

static void bar_put(const struct drawing *d, int x, int y, int width, bool critical, bool done)
{
    struct pdf *pdf = pdf_of(d);
    int height = critical && !done ? BAR : THIN_BAR;
    width = width < POINT ? POINT : width;
    page_fill(pdf, d->flow->page, done ? COLOR_RULE : critical ? COLOR_HEADING : COLOR_BAR, x,
              y - height / 2, width, height);
    if (done && width > 2 * POINT)
        page_fill(pdf, d->flow->page, COLOR_PAPER, x + POINT, y - height / 2 + POINT,
                  width - 2 * POINT, height - 2 * POINT);
}

static void upright_put(const struct drawing *d, int day, enum pdf_color color, int thick, int y,
                        int height)
{
    if (day != DATE_NONE && day >= d->first && day - d->first < d->days)
        page_fill(pdf_of(d), d->flow->page, color, day_x(d, day), y, thick, height);
}

/* Days from `first` to `last`, as far as the chart has them. */
static void days_fill(const struct drawing *d, enum pdf_color color, int first, int last, int y,
                      int height)
{
    int from = first > d->first ? first : d->first;
    int end = last + 1 < d->first + d->days ? last + 1 : d->first + d->days;
    if (from < end)
        page_fill(pdf_of(d), d->flow->page, color, day_x(d, from), y, day_x(d, end) - day_x(d, from),
                  height);
}

/* Pauses, month borders, today and the wished day through one row. */
static void lines_put(const struct drawing *d, int y, int height)
{
    for (size_t i = 0; i < d->gantt->pause_count; i++)
        days_fill(d, COLOR_SHADE, d->gantt->pauses[i].first, d->gantt->pauses[i].last, y, height);
    for (int day = d->first + 1; day < d->first + d->days; day++)
        if (date_civil(day).day == 1)
            upright_put(d, day, COLOR_SHADE, POINT / 2, y, height);
    upright_put(d, d->gantt->today, COLOR_BAR, POINT, y, height);
    upright_put(d, d->gantt->target, COLOR_SIGN, 3 * POINT / 2, y, height);
}

/* ---- rows ---- */

/* A month that begins too near the right edge has no room for its name. */
static void months_put(const struct drawing *d, int y)
{
    enum { NAME = 34 * POINT };
    int end = 0, last = day_x(d, d->first + d->days) - NAME;
    for (int day = d->first; day < d->first + d->days; day++) {
        struct civil civil = date_civil(day);
        struct buf word = BUF_INIT;
        int x = day_x(d, day);
        if ((civil.day != 1 && day > d->first) || x < end || x > last)
            continue;
        buf_addf(&word, "%d/%d", civil.month, civil.year);
        word_put(d, STYLE_HEAD, word.text, x + POINT, y);
        end = x + NAME;
        buf_free(&word);
    }
}

static void weeks_put(const struct drawing *d, int y)
{
    int end = 0;
    for (int day = d->first; day < d->first + d->days; day += 7) {
        struct buf word = BUF_INIT;
        int x = day_x(d, day);
        if (x < end)
            continue;
        buf_addf(&word, "%d", date_week(day, NULL));
        word_put(d, STYLE_HEAD_SMALL, word.text, x + POINT, y);
        end = x + WEEK_LEAST;
        buf_free(&word);
    }
}

static void head_put(const struct drawing *d)
{
    struct flow *flow = d->flow;
    page_mark(flow->pdf, flow->page, d->tag);
    page_fill(flow->pdf, flow->page, COLOR_SHADE, MARGIN_LEFT, flow->y - HEAD, flow_width(flow),
              HEAD);
    word_put(d, STYLE_HEAD, tr_text(flow->pdf->tr, "Month"), MARGIN_LEFT + PAD,
             flow->y - 10 * POINT);
    months_put(d, flow->y - 10 * POINT);
    word_put(d, STYLE_HEAD_SMALL, tr_text(flow->pdf->tr, "Week"), MARGIN_LEFT + PAD,
             flow->y - 21 * POINT);
    weeks_put(d, flow->y - 21 * POINT);
    page_end(flow->pdf, flow->page);
    flow->y -= HEAD;
    flow->owed = 0;
    flow->fresh = false;
}

/* Begins a page, with its head, unless so much fits. */
static void row_need(const struct drawing *d, int height)
{
    size_t page = d->flow->page;
    flow_need(d->flow, height);
    if (d->flow->page != page)
        head_put(d);
}

static void group_put(const struct drawing *d, const struct bar *bar)
{
    struct flow *flow = d->flow;
    row_need(d, GROUP + 2 * pdf_styles[STYLE_CELL].leading);
    page_mark(flow->pdf, flow->page, d->tag);
    lines_put(d, flow->y - GROUP, GROUP);
    word_put(d, STYLE_HEAD, bar->label, MARGIN_LEFT + PAD, flow->y - GROUP + 6 * POINT);
    page_end(flow->pdf, flow->page);
    flow->y -= GROUP;
}

static void activity_put(const struct drawing *d, const struct bar *bar)
{
    struct flow *flow = d->flow;
    struct pdf *pdf = flow->pdf;
    struct pdf_text name;
    text_make(pdf, &name, bar->critical ? STYLE_CELL_STRONG : STYLE_CELL, bar->label,
              NAMES - GAP - 2 * PAD);
    int leading = name.style->leading;
    int lines = name.line_count > 2 ? 2 : (int)name.line_count, height = lines * leading + PAD;
    row_need(d, height);
    int y = flow->y - height / 2;
    page_mark(pdf, flow->page, d->tag);
    lines_put(d, flow->y - height, height);
    for (int i = 0; i < lines; i++)
        page_line(pdf, flow->page, &name, &name.lines[i], MARGIN_LEFT + 2 * PAD,
                  flow->y - i * leading - pdf_style_drop(name.style), false);
    if (has_days(bar)) {
        int from = day_x(d, bar->first > d->first ? bar->first : d->first);
        bar_put(d, from, y, day_x(d, bar->last + 1) - from, bar->critical, bar->done);
    }
    if (!bar->done && bar->by != DATE_NONE && bar->by >= d->first && bar->by - d->first < d->days)
        page_diamond(pdf, flow->page, day_x(d, bar->by), y, SIGN);
    page_end(pdf, flow->page);
    flow->y -= height;
    pdf_text_free(&name);
}

/* ---- key ---- */

static int key_word(const struct drawing *d, const char *words, int x, int y)
{
    struct pdf_text text;
    text_make(pdf_of(d), &text, STYLE_PAGE, words, PAGE_LONG);
    if (text.line_count > 0) {
        page_line(pdf_of(d), d->flow->page, &text, &text.lines[0], x, y, false);
        x += pdf_text_line_width(&text, &text.lines[0]);
    }
    pdf_text_free(&text);
    return x + 6 * MM;
}

/* A pause can be seen in the chart. */
static bool has_pauses(const struct drawing *d)
{
    for (size_t i = 0; i < d->gantt->pause_count; i++)
        if (d->gantt->pauses[i].first < d->first + d->days && d->gantt->pauses[i].last >= d->first)
            return true;
    return false;
}

static void key_put(const struct drawing *d)
{
    enum { SAMPLE = 8 * MM, AFTER = 2 * MM, UP = 3 * POINT };
    struct flow *flow = d->flow;
    const struct tr *tr = flow->pdf->tr;
    int x = MARGIN_LEFT, y;
    row_need(d, 26 * POINT);
    y = flow->y - 18 * POINT;
    page_mark(flow->pdf, flow->page, d->tag);
    bar_put(d, x, y + UP, SAMPLE, true, false);
    x = key_word(d, tr_text(tr, "critical"), x + SAMPLE + AFTER, y);
    bar_put(d, x, y + UP, SAMPLE, false, false);
    x = key_word(d, tr_text(tr, "not critical"), x + SAMPLE + AFTER, y);
    bar_put(d, x, y + UP, SAMPLE, false, true);
    x = key_word(d, tr_text(tr, "done"), x + SAMPLE + AFTER, y);
    page_diamond(flow->pdf, flow->page, x, y + UP, SIGN);
    x = key_word(d, tr_text(tr, "last safe day"), x + SIGN / 2 + AFTER, y);
    page_fill(flow->pdf, flow->page, COLOR_BAR, x, y - UP, POINT, 4 * UP);
    x = key_word(d, tr_text(tr, "today"), x + AFTER, y);
    if (has_pauses(d)) {
        page_fill(flow->pdf, flow->page, COLOR_SHADE, x, y - UP, SAMPLE, 4 * UP);
        x = key_word(d, tr_text(tr, gantt_words(BAR_PAUSE)), x + SAMPLE + AFTER, y);
    }
    if (d->gantt->target != DATE_NONE) {
        page_fill(flow->pdf, flow->page, COLOR_SIGN, x, y - UP, 3 * POINT / 2, 4 * UP);
        key_word(d, tr_text(tr, "wished day"), x + AFTER, y);
    }
    page_end(flow->pdf, flow->page);
    flow->y -= 26 * POINT;
}

/* The place of a chart from `top` down to where the page is filled now. */
static void place_put(const struct drawing *d, int top)
{
    struct flow *flow = d->flow;
    struct pdf *pdf = flow->pdf;
    pdf->figures = vec_room(pdf->figures, &pdf->figure_room, pdf->figure_count + 1,
                            sizeof pdf->figures[0]);
    pdf->figures[pdf->figure_count++] = (struct pdf_figure){
        .tag = d->tag, .left = MARGIN_LEFT, .bottom = flow->y,
        .right = MARGIN_LEFT + flow_width(flow), .top = top
    };
}

bool gantt_put(struct flow *flow, const struct gantt *gantt, const char *alt)
{
    struct drawing d = { .flow = flow, .gantt = gantt, .left = MARGIN_LEFT + NAMES,
                         .width = flow_width(flow) - NAMES };
    if (!measure(&d))
        return false;
    d.tag = tag_add(flow->pdf, 0, "Figure");
    flow->pdf->tags[d.tag].alt = doc_clean(alt, false);
    flow_need(flow, HEAD + GROUP + 3 * pdf_styles[STYLE_CELL].leading);
    if (!flow->fresh)
        flow->y -= flow->owed;
    size_t page = flow->page;
    int top = flow->y;
    head_put(&d);
    for (size_t i = 0; i < gantt->count; i++) {
        if (gantt->bars[i].id == NULL)
            group_put(&d, &gantt->bars[i]);
        else if (is_drawn(&gantt->bars[i]))
            activity_put(&d, &gantt->bars[i]);
    }
    key_put(&d);
    if (flow->page == page)
        place_put(&d, top);
    return true;
}
