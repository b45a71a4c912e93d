/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The steps of the schedule as a chart and as a list.
 *
 * Where a section names tasks, an activity of theirs that stands for more than a few rows, such as
 * the card of each person, is one line: the document tells the rows elsewhere. A calendar gets each
 * step all the same.
 */
#include "out/doc_sections.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/tr.h"
#include "core/plan.h"
#include "core/schedule.h"
#include "out/doc.h"

enum {
    WARN_STEP = 3,            /* days before a last safe day that a calendar warns */
    WARN_EXPIRY = 60,         /* and before something expires */
    PAST_DAYS = 28,           /* what was done longer ago is not drawn while anything is open */
    ROWS_APART = 3            /* so many rows of an activity have a line each */
};

bool build_step_is_of(const struct doc_section *section, const struct step *step)
{
    for (size_t i = 0; section->of != NULL && section->of[i] != NULL; i++)
        if (strcmp(section->of[i], step->activity->task->id) == 0)
            return true;
    return false;
}

/* Steps that share a line: those of one activity, which stand beside each other. */
struct group {
    const struct step *at;
    size_t count, done;
    bool one;                 /* drawn as one line */
};

static struct group group_from(const struct schedule *schedule, size_t first,
                               const struct doc_section *section)
{
    struct group group = { .at = &schedule->steps[first] };
    for (size_t i = first; i < schedule->count
                           && schedule->steps[i].activity == group.at->activity; i++) {
        group.count++;
        group.done += schedule->steps[i].state == STEP_DONE;
    }
    group.one = group.count > ROWS_APART && build_step_is_of(section, group.at);
    return group;
}

/* "Activating the card (9 of 10 done)" */
static void group_name(const struct build *build, const struct group *group, struct buf *out)
{
    plan_text(build->plan, &group->at->activity->title, build->tr, out);
    if (group->done > 0 && group->done < group->count)
        buf_addf(out, tr_text(build->tr, " (%1$zu of %2$zu done)"), group->done, group->count);
    else
        buf_addf(out, " (%zu)", group->count);
}

static int earlier(int a, int b)
{
    return a == DATE_NONE || (b != DATE_NONE && b < a) ? b : a;
}

static int later(int a, int b)
{
    return a == DATE_NONE || (b != DATE_NONE && b > a) ? b : a;
}

/* ---- the chart ---- */

/* "card_delivery.3": the activity and the key of its row. */
static void bar_id(const char *id, const char *row, struct buf *out)
{
    buf_add(out, id);
    if (row != NULL)
        buf_addf(out, ".%s", row);
}

static const char *reminder_format(const struct step *step)
{
    if (step->state == STEP_DONE)
        return N_("Done: %s");
    if (step->activity->wait)
        return N_("Should be here: %s");
    return step->state == STEP_RUNNING ? N_("Finish: %s") : N_("Begin: %s");
}

static struct bar bar_of(const struct step *step)
{
    return (struct bar){ .first = step->early[PACE_TYPICAL].first,
                         .last = step->early[PACE_TYPICAL].last, .critical = step->critical,
                         .done = step->state == STEP_DONE, .shape = gantt_step_bar(step),
                         .by = step->activity->wait ? step->finish_by : step_last_day(step),
                         .warn = WARN_STEP };
}

/* The first day that is drawn; DATE_NONE once everything is done: then the chart tells how it
 * went. */
static int first_drawn(const struct build *build)
{
    for (size_t i = 0; i < build->schedule->count; i++)
        if (build->schedule->steps[i].state != STEP_DONE)
            return build->plan->today - PAST_DAYS;
    return DATE_NONE;
}

/* Done, and before the days that are drawn or on an unknown one. */
static bool is_past(const struct bar *bar, int from)
{
    return bar->done && (bar->last == DATE_NONE || bar->last < from);
}

static struct gantt *chart(const struct build *build)
{
    return build->doc->blocks[build->doc->count - 1].gantt;
}

static void add_bar(struct build *build, const struct step *step, bool hidden)
{
    struct buf id = BUF_INIT, name = BUF_INIT, group = BUF_INIT, reminder = BUF_INIT;
    struct buf note = BUF_INIT;
    struct bar bar = bar_of(step);
    bar_id(step->activity->id, step->row, &id);
    schedule_step_name(build->plan, step, build->tr, &name);
    build_task_name(build, step->activity->task, &group);
    buf_addf(&reminder, tr_text(build->tr, reminder_format(step)), name.text);
    schedule_owner_name(build->plan, step, build->tr, &note);
    buf_add_char(&note, '\n');
    schedule_step_text(build->plan, build->schedule, step, build->tr, &note);
    bar.id = id.text;
    bar.label = name.text;
    bar.group = group.text;
    bar.reminder = reminder.text;
    bar.note = note.text;
    bar.hidden = hidden || is_past(&bar, chart(build)->from);
    doc_bar(build->doc, &bar);
    buf_free(&id);
    buf_free(&name);
    buf_free(&group);
    buf_free(&reminder);
    buf_free(&note);
}

/* One bar over what is still to be done; over all when everything is done. */
static struct bar group_bar(const struct group *group)
{
    struct bar sum = { .first = DATE_NONE, .last = DATE_NONE, .by = DATE_NONE, .warn = -1,
                       .done = group->done == group->count,
                       .shape = { GANTT_SUM, DATE_NONE, DATE_NONE, DATE_NONE } };
    for (size_t i = 0; i < group->count; i++) {
        struct bar bar = bar_of(&group->at[i]);
        if (bar.done && !sum.done)
            continue;
        sum.first = earlier(sum.first, bar.first);
        sum.last = later(sum.last, bar.last);
        sum.by = earlier(sum.by, bar.by);
        sum.critical = sum.critical || bar.critical;
        gantt_add_bar(&sum.shape, &bar.shape);
    }
    return sum;
}

static void add_group_bar(struct build *build, const struct group *group)
{
    struct buf id = BUF_INIT, name = BUF_INIT;
    struct bar bar = group_bar(group);
    bar_id(group->at->activity->id, NULL, &id);
    group_name(build, group, &name);
    bar.id = id.text;
    bar.label = name.text;
    bar.hidden = is_past(&bar, chart(build)->from);
    doc_bar(build->doc, &bar);
    buf_free(&id);
    buf_free(&name);
}

static void add_expiry_bar(struct build *build, const struct schedule_expiry *expiry)
{
    struct buf id = BUF_INIT, name = BUF_INIT, group = BUF_INIT;
    bar_id(expiry->expiry->id, expiry->row, &id);
    schedule_expiry_name(build->plan, expiry, build->tr, &name);
    build_task_name(build, expiry->expiry->task, &group);
    doc_bar(build->doc, &(struct bar){ .id = id.text, .label = name.text, .group = group.text,
                                       .reminder = name.text, .first = DATE_NONE,
                                       .last = DATE_NONE, .by = expiry->day,
                                       .warn = WARN_EXPIRY, .hidden = true });
    buf_free(&id);
    buf_free(&name);
    buf_free(&group);
}

static void add_bars(struct build *build, const struct doc_section *section)
{
    const struct schedule *schedule = build->schedule;
    struct schedule_expiries expiries = { 0 };
    for (size_t i = 0; i < schedule->count;) {
        struct group group = group_from(schedule, i, section);
        if (group.one)
            add_group_bar(build, &group);
        for (size_t end = i + group.count; i < end; i++)
            add_bar(build, &schedule->steps[i], group.one);
    }
    schedule_expiries(build->plan, schedule, &expiries);
    for (size_t i = 0; i < expiries.count; i++)
        add_expiry_bar(build, &expiries.at[i]);
    schedule_expiries_free(&expiries);
}

/* The pauses from before the first day to beyond the last one that may be drawn. */
static void add_pauses(struct build *build)
{
    enum { ROOM = 31 };
    struct gantt *gantt = chart(build);
    int first = gantt->today, last = later(gantt->today, gantt->target);
    for (size_t i = 0; i < gantt->count; i++) {
        const struct bar *bar = &gantt->bars[i];
        if (bar->hidden)
            continue;
        first = earlier(first, bar->shape.first);
        last = later(later(last, bar->shape.last), bar->by);
    }
    first = later(first, gantt->from);
    gantt->pauses =
        schedule_pauses(build->schedule, first - ROOM, last + ROOM, &gantt->pause_count);
}

/* How many steps the chart leaves out, and why. */
static void add_left_out(struct build *build, int from)
{
    struct buf text = BUF_INIT;
    size_t count = 0;
    for (size_t i = 0; i < build->schedule->count; i++) {
        struct bar bar = bar_of(&build->schedule->steps[i]);
        count += is_past(&bar, from);
    }
    if (count > 0) {
        buf_addf(&text, tr_plural(build->tr,
                                  "%zu step that was done earlier or whose day is not known is "
                                  "not in the chart.",
                                  "%zu steps that were done earlier or whose days are not known "
                                  "are not in the chart.", count), count);
        doc_paragraph(build->doc, text.text);
    }
    buf_free(&text);
}

void show_chart(struct build *build, const struct doc_section *section)
{
    struct buf verdict = BUF_INIT;
    if (build_schedule(build) == NULL || build->schedule->count == 0)
        return;
    int from = first_drawn(build);
    schedule_verdict(build->schedule, build->tr, &verdict);
    add_left_out(build, from);
    doc_gantt(build->doc, verdict.text, build->schedule->today, build->schedule->target);
    chart(build)->from = from;
    add_bars(build, section);
    add_pauses(build);
    buf_free(&verdict);
}

/* ---- the list ---- */

static void cell_step_name(struct build *build, const struct group *group)
{
    struct buf name = BUF_INIT;
    bool critical = false;
    for (size_t i = 0; i < group->count; i++)
        critical = critical || group->at[i].critical;
    buf_add(&name, critical ? "*\u00a0" : "");
    if (group->one)
        group_name(build, group, &name);
    else
        schedule_step_name(build->plan, group->at, build->tr, &name);
    doc_cell(build->doc, name.text);
    buf_free(&name);
}

/* What is done has its state where the others have their last safe day. */
static void add_line(struct build *build, const struct group *group)
{
    int first = DATE_NONE, last = DATE_NONE, by = DATE_NONE;
    bool done = group->done == group->count;
    for (size_t i = 0; i < group->count; i++) {
        const struct step *step = &group->at[i];
        if (step->state == STEP_DONE && !done)
            continue;
        first = earlier(first, step->early[PACE_TYPICAL].first);
        last = later(last, step->early[PACE_TYPICAL].last);
        by = earlier(by, step->begin_by);
    }
    cell_step_name(build, group);
    build_cell_day(build, first);
    build_cell_day(build, last);
    if (done) {
        doc_cell(build->doc, tr_text(build->tr, schedule_state_words(group->at)));
        build_cell_day(build, DATE_NONE);
    } else {
        build_cell_day(build, by);
        build_cell_owner(build, group->at);
    }
}

void show_timeline(struct build *build, const struct doc_section *section)
{
    const char *const headings[] = {
        tr_text(build->tr, "Activity (* critical)"), tr_text(build->tr, "Begins"),
        tr_text(build->tr, "Ready"), tr_text(build->tr, "Begin by"), tr_text(build->tr, "Who"),
    };
    if (build_schedule(build) == NULL || build->schedule->count == 0)
        return;
    doc_table(build->doc, BLOCK_TABLE, NULL, headings, countof(headings));
    for (size_t i = 0; i < build->schedule->count;) {
        struct group group = group_from(build->schedule, i, section);
        if (!group.one) {
            group.count = 1;
            group.done = group.at->state == STEP_DONE;
        }
        add_line(build, &group);
        i += group.count;
    }
}
