/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/gantt.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/number.h"
#include "base/tr.h"
#include "base/utf8.h"

/* What a number of a week takes at least, with what stands between two. */
enum { WEEK_COLS = 3 };

/* So many half columns stand for so many days, and one step of scrolling is so many days. */
struct scale {
    int halves, days, step;
};

static const struct scale zooms[GANTT_ZOOM_COUNT] = {
    [GANTT_DAYS] = { 6, 1, 1 }, [GANTT_WEEKS] = { 8, 7, 7 }, [GANTT_MONTHS] = { 2, 7, 28 },
};

static struct scale scale_of(const struct gantt_axis *axis)
{
    if (axis->zoom == GANTT_ALL)
        return (struct scale){ axis->cols > 0 ? 2 * axis->cols : 1, axis->all_days, 7 };
    return zooms[axis->zoom];
}

/* Rounds down, also below nothing. */
static int divide(int value, int by)
{
    return value >= 0 ? value / by : -((-value + by - 1) / by);
}

/* ---- the axis ---- */

static int half_of(const struct gantt_axis *axis, int day)
{
    struct scale scale = scale_of(axis);

    return divide((day - axis->first) * scale.halves, scale.days);
}

/* The first half that is wholly behind the day. */
static int half_after(const struct gantt_axis *axis, int day)
{
    struct scale scale = scale_of(axis);

    return -divide(-(day + 1 - axis->first) * scale.halves, scale.days);
}

/* Days that so many columns stand for. */
static int days_of(const struct gantt_axis *axis, int cols)
{
    struct scale scale = scale_of(axis);

    return 2 * cols * scale.days / scale.halves;
}

int gantt_col(const struct gantt_axis *axis, int day)
{
    return divide(half_of(axis, day), 2);
}

int gantt_end(const struct gantt_axis *axis)
{
    return axis->first + days_of(axis, axis->cols);
}

void gantt_begin(struct gantt_axis *axis, int day)
{
    day = number_clamp(day, date_make(1901, 1, 1), date_make(2190, 1, 1));
    axis->first = axis->zoom == GANTT_DAYS ? day : day - date_weekday(day) + 1;
}

void gantt_scroll(struct gantt_axis *axis, int steps)
{
    gantt_begin(axis, axis->first + number_clamp(steps, -1000, 1000) * scale_of(axis).step);
}

void gantt_zoom(struct gantt_axis *axis, int zoom, int day)
{
    int col = number_clamp(gantt_col(axis, day), 0, axis->cols > 0 ? axis->cols - 1 : 0);

    axis->zoom = (enum gantt_zoom)number_clamp(zoom, 0, GANTT_ZOOM_COUNT - 1);
    gantt_begin(axis, day - days_of(axis, col));
}

/* A quarter of the width stays before a day that was to the right, so that what comes after it is
 * in sight too. */
void gantt_show(struct gantt_axis *axis, int day)
{
    int col = gantt_col(axis, day);

    if (col < 0)
        gantt_begin(axis, day);
    else if (col >= axis->cols)
        gantt_begin(axis, day - days_of(axis, axis->cols / 4));
}

void gantt_fit(struct gantt_axis *axis, int first, int last)
{
    axis->zoom = GANTT_ALL;
    gantt_begin(axis, first);
    axis->all_days = number_clamp(last - axis->first + 1, axis->cols > 0 ? axis->cols : 1, 200000);
}

/* ---- bars ---- */

/* An estimate starts on its typical day, so that the bars of a chain follow on each other, and
 * is as long as its short and its long duration. */
static void estimate(const struct step *step, struct gantt_bar *bar)
{
    const struct span *early = step->early;

    bar->first = early[PACE_TYPICAL].first;
    bar->sure = bar->first + early[PACE_EARLY].last - early[PACE_EARLY].first;
    bar->last = bar->first + early[PACE_LATE].last - early[PACE_LATE].first;
    bar->last = number_most(number_most(bar->last, bar->sure), early[PACE_TYPICAL].last);
}

struct gantt_bar gantt_step_bar(const struct step *step)
{
    struct gantt_bar bar = { step->activity->wait ? GANTT_WAIT : GANTT_WORK, DATE_NONE,
                             DATE_NONE, DATE_NONE };

    if (step->state == STEP_GONE)
        return bar;
    if (step->state == STEP_DONE) {
        const struct span *real = &step->early[PACE_TYPICAL];
        int last = number_most(real->first, real->last);
        bar = (struct gantt_bar){ GANTT_REAL, real->first == DATE_NONE ? last : real->first, last,
                                  last };
    } else if (step->activity->target || step->days[PACE_LATE] == 0) {
        bar = (struct gantt_bar){ GANTT_POINT, step->early[PACE_EARLY].first,
                                  step->early[PACE_TYPICAL].first,
                                  step->early[PACE_LATE].first };
    } else {
        estimate(step, &bar);
    }
    return bar;
}

void gantt_add_bar(struct gantt_bar *sum, const struct gantt_bar *bar)
{
    int sure = bar->look == GANTT_SUM ? bar->sure : bar->last;

    if (bar->first == DATE_NONE)
        return;
    if (sum->first == DATE_NONE || bar->first < sum->first)
        sum->first = bar->first;
    sum->sure = number_most(sum->sure, sure);
    sum->last = number_most(sum->last, bar->last);
}

/* ---- cells ---- */

/* A bar in half columns: certain in [from, sure), possible in [low, end). */
struct halves {
    int low, from, sure, end;
};

static unsigned char work_cell(const struct halves *bar, int half)
{
    bool left = half >= bar->from && half < bar->sure;
    bool right = half + 1 >= bar->from && half + 1 < bar->sure;

    if (left || right)
        return left && right ? BAR_FULL : left ? BAR_LEFT : BAR_RIGHT;
    return half + 1 >= bar->low && half < bar->end ? BAR_MAYBE : BAR_BLANK;
}

static unsigned char cell_of(enum gantt_look look, const struct halves *bar, int half)
{
    static const unsigned char signs[] = {
        [GANTT_WORK] = BAR_FULL, [GANTT_WAIT] = BAR_WAIT, [GANTT_REAL] = BAR_REAL,
        [GANTT_POINT] = BAR_POINT, [GANTT_SUM] = BAR_SUM,
    };
    unsigned char cell;

    if (look == GANTT_POINT) {
        if (divide(bar->from, 2) * 2 == half)
            return BAR_POINT;
        return half + 1 >= bar->low && half < bar->end ? BAR_MAYBE : BAR_BLANK;
    }
    cell = work_cell(bar, half);
    if (look == GANTT_WORK || cell == BAR_BLANK || cell == BAR_MAYBE)
        return cell;
    return signs[look];
}

static void draw_bar(const struct gantt_axis *axis, const struct gantt_bar *bar,
                     unsigned char *cells)
{
    struct halves halves = { half_of(axis, bar->first),
                             half_of(axis, bar->look == GANTT_POINT ? bar->sure : bar->first),
                             half_after(axis, bar->sure), half_after(axis, bar->last) };
    bool seen = false;

    for (int col = 0; col < axis->cols; col++) {
        unsigned char cell = cell_of(bar->look, &halves, 2 * col);
        seen = seen || cell != BAR_BLANK;
        if (cell != BAR_BLANK)
            cells[col] = cell;
    }
    if (!seen && halves.end <= 0)
        cells[0] = BAR_BEFORE;
    else if (!seen)
        cells[axis->cols - 1] = BAR_AFTER;
}

/* A column is in a pause when both its halves are. */
static void draw_pauses(const struct gantt_axis *axis, unsigned char *cells)
{
    for (size_t i = 0; i < axis->pause_count; i++) {
        int from = number_clamp(half_of(axis, axis->pauses[i].first), 0, 2 * axis->cols);
        int end = number_clamp(half_after(axis, axis->pauses[i].last), 0, 2 * axis->cols);
        for (int col = (from + 1) / 2; col < end / 2; col++)
            cells[col] = BAR_PAUSE;
    }
}

void gantt_cells(const struct gantt_axis *axis, const struct gantt_bar *bar, unsigned char *cells)
{
    int today = axis->today == DATE_NONE ? -1 : gantt_col(axis, axis->today);

    if (axis->cols <= 0)
        return;
    memset(cells, BAR_BLANK, (size_t)axis->cols);
    draw_pauses(axis, cells);
    if (today >= 0 && today < axis->cols)
        cells[today] = BAR_TODAY;
    if (bar->first != DATE_NONE)
        draw_bar(axis, bar, cells);
}

const char *gantt_sign(enum gantt_cell cell)
{
    static const char *const signs[BAR_COUNT] = {
        [BAR_BLANK] = " ", [BAR_PAUSE] = "·", [BAR_TODAY] = "┊", [BAR_FULL] = "█", [BAR_LEFT] = "▌",
        [BAR_RIGHT] = "▐", [BAR_MAYBE] = "░", [BAR_WAIT] = "▒", [BAR_REAL] = "━",
        [BAR_POINT] = "◆", [BAR_SUM] = "═", [BAR_BEFORE] = "‹", [BAR_AFTER] = "›",
    };

    return signs[cell];
}

const char *gantt_words(enum gantt_cell cell)
{
    static const char *const words[BAR_COUNT] = {
        [BAR_PAUSE] = N_("holidays: your own work stands still"),
        [BAR_FULL] = N_("the shortest time it takes"),
        [BAR_MAYBE] = N_("from the shortest to the longest time"),
        [BAR_WAIT] = N_("waiting for someone else"), [BAR_REAL] = N_("done, on its real days"),
        [BAR_POINT] = N_("a single day, such as the start"),
        [BAR_SUM] = N_("a whole group whose steps are hidden"),
        [BAR_BEFORE] = N_("earlier than what is shown"),
        [BAR_AFTER] = N_("later than what is shown"),
    };

    return words[cell];
}

/* ---- rows above and below ---- */

/* Appends the first of the words that fits into the columns from `col` to `end`, with a blank
 * behind it unless the axis ends there; `*at` is where the row has got to. Words that do not fit
 * are left out. */
static void put_label(const struct gantt_axis *axis, struct buf *row, int *at, int col, int end,
                      const char *const *words)
{
    if (col < *at)
        col = *at;
    for (; *words; words++) {
        int width = utf8_width(*words);
        if (!**words || col + width > (end < axis->cols ? end - 1 : axis->cols))
            continue;
        buf_add_repeat(row, " ", col - *at);
        buf_add(row, *words);
        *at = col + width;
        return;
    }
}

static int month_begin(int day)
{
    struct civil civil = date_civil(day);

    return date_make(civil.year, civil.month, 1);
}

static void head_years(const struct gantt_axis *axis, struct buf *row)
{
    int at = 0, day = date_make(date_civil(axis->first).year, 1, 1);

    while (day != DATE_NONE && gantt_col(axis, day) < axis->cols) {
        int next = date_make(date_civil(day).year + 1, 1, 1);
        char year[16];
        snprintf(year, sizeof year, "%d", date_civil(day).year);
        put_label(axis, row, &at, gantt_col(axis, day), gantt_col(axis, next),
                  (const char *const[]){ year, NULL });
        day = next;
    }
}

/* As names, with years where there is room; as numbers with years; or as numbers. */
static void head_months(const struct gantt_axis *axis, enum lang lang, struct buf *row)
{
    int at = 0, day = month_begin(axis->first);

    while (day != DATE_NONE && gantt_col(axis, day) < axis->cols) {
        struct civil civil = date_civil(day);
        const char *name = date_month_name(civil.month, lang);
        int next = date_add_months(day, 1);
        char whole[48], with_year[32], number[16];
        snprintf(whole, sizeof whole, "%s %d", name, civil.year);
        snprintf(with_year, sizeof with_year, "%d/%d", civil.month, civil.year);
        snprintf(number, sizeof number, "%d", civil.month);
        put_label(axis, row, &at, gantt_col(axis, day), gantt_col(axis, next),
                  axis->zoom == GANTT_WEEKS ? (const char *const[]){ whole, name, NULL }
                  : axis->zoom == GANTT_ALL ? (const char *const[]){ with_year, number, NULL }
                                            : (const char *const[]){ number, NULL });
        day = next;
    }
}

/* As "week 48, November", as "week 48", or as numbers; where there is no room for all, every
 * second or third week has one. */
static void head_weeks(const struct gantt_axis *axis, const char *word, enum lang lang,
                       struct buf *row)
{
    int at = 0, day = axis->first - date_weekday(axis->first) + 1, weeks = 1;

    while (axis->zoom == GANTT_ALL && days_of(axis, WEEK_COLS) > 7 * weeks)
        weeks++;
    for (; gantt_col(axis, day) < axis->cols; day += 7 * weeks) {
        int shown = day < axis->first ? axis->first : day;
        char whole[80], week[48], number[16];
        snprintf(number, sizeof number, "%d", date_week(day, NULL));
        snprintf(week, sizeof week, "%s %s", word ? word : "", number);
        snprintf(whole, sizeof whole, "%s, %s", week,
                 date_month_name(date_civil(shown).month, lang));
        put_label(axis, row, &at, gantt_col(axis, day), gantt_col(axis, day + 7 * weeks),
                  word ? (const char *const[]){ whole, week, number, NULL }
                       : (const char *const[]){ number, NULL });
    }
}

static void head_days(const struct gantt_axis *axis, struct buf *row)
{
    int at = 0;

    for (int day = axis->first; gantt_col(axis, day) < axis->cols; day++) {
        char number[16];
        snprintf(number, sizeof number, "%d", date_civil(day).day);
        put_label(axis, row, &at, gantt_col(axis, day), gantt_col(axis, day + 1),
                  (const char *const[]){ number, NULL });
    }
}

void gantt_head(const struct gantt_axis *axis, const char *week_word, enum lang lang,
                struct buf *large, struct buf *small)
{
    if (axis->zoom == GANTT_DAYS) {
        head_weeks(axis, week_word, lang, large);
        head_days(axis, small);
    } else if (axis->zoom != GANTT_MONTHS) {
        head_months(axis, lang, large);
        head_weeks(axis, NULL, lang, small);
    } else {
        head_years(axis, large);
        head_months(axis, lang, small);
    }
}

/* The word stands behind its sign, or before it where there is no room behind it; `end` is where
 * the next one stands. */
static void put_mark(const struct gantt_axis *axis, const struct gantt_mark *mark, int end,
                     struct buf *out, int *at)
{
    int col = gantt_col(axis, mark->day), width = utf8_width(mark->word);
    bool behind = col + 2 + width <= end, before = !behind && col - width - 2 >= *at;
    int from = before ? col - width - 1 : col;

    if (col < *at || col >= axis->cols)
        return;
    buf_add_repeat(out, " ", from - *at);
    buf_addf(out, "%s%s▲%s%s", before ? mark->word : "", before ? " " : "", behind ? " " : "",
             behind ? mark->word : "");
    *at = col + 1 + (behind ? 1 + width : 0);
}

void gantt_marks(const struct gantt_axis *axis, const struct gantt_mark *marks, int count,
                 struct buf *out)
{
    int at = 0;

    for (int i = 0; i < count; i++) {
        int end = axis->cols;
        if (marks[i].day == DATE_NONE)
            continue;
        for (int k = i + 1; k < count; k++)
            if (marks[k].day != DATE_NONE && gantt_col(axis, marks[k].day) < end)
                end = gantt_col(axis, marks[k].day) - 1;
        put_mark(axis, &marks[i], end, out, &at);
    }
}
