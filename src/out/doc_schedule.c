/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Sections that show the schedule: whether the wished day holds, what to do, the chart, the list
 * of activities, the cards person by person, what expires, what is not needed.
 */
#include "out/doc_sections.h"

#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/tr.h"
#include "core/plan.h"
#include "core/schedule.h"
#include "out/doc.h"

/* Days before a last safe day, and before something expires, that a calendar warns. */
enum { WARN_STEP = 3, WARN_EXPIRY = 60 };

const struct schedule *build_schedule(struct build *build)
{
    struct err err = { 0 };
    if (build->schedule == NULL)
        schedule_new(&build->schedule, build->plan, NULL, 0, &err);
    return build->schedule;
}

static bool nothing_to_show(struct build *build)
{
    return build_schedule(build) == NULL || build->schedule->count == 0;
}

static void cell_day(struct build *build, int day)
{
    struct buf shown = BUF_INIT;
    schedule_day(day, build->tr, &shown);
    doc_cell(build->doc, shown.text);
    buf_free(&shown);
}

static void cell_owner(struct build *build, const struct step *step)
{
    struct buf name = BUF_INIT;
    schedule_owner_name(build->plan, step, build->tr, &name);
    doc_cell(build->doc, name.text);
    buf_free(&name);
}

/* ---- the wished day ---- */

static void add_help(struct build *build)
{
    struct schedule_help help[SCHEDULE_HELP_MAX];
    size_t count = schedule_help(build->schedule, help);
    int margin;
    if (!schedule_margin(build->schedule, PACE_TYPICAL, &margin) || margin >= 0 || count == 0)
        return;
    doc_paragraph(build->doc, tr_text(build->tr, "What would help most:"));
    for (size_t i = 0; i < count; i++) {
        struct buf text = BUF_INIT;
        schedule_help_text(build->plan, &help[i], build->tr, &text);
        doc_list_item(build->doc, text.text);
        buf_free(&text);
    }
}

void show_verdict(struct build *build, const struct doc_section *section)
{
    struct buf text = BUF_INIT;
    (void)section;
    if (nothing_to_show(build))
        return;
    schedule_verdict(build->schedule, build->tr, &text);
    if (text.length > 0)
        doc_paragraph(build->doc, text.text);
    add_help(build);
    buf_free(&text);
}

/* ---- what to do ---- */

static void add_list(struct build *build, const struct step_list *list, const char *heading)
{
    if (list->count == 0)
        return;
    doc_section(build->doc, 2, tr_text(build->tr, heading));
    for (size_t i = 0; i < list->count; i++) {
        struct buf text = BUF_INIT, owner = BUF_INIT;
        schedule_step_name(build->plan, list->at[i], build->tr, &text);
        buf_add(&text, ", ");
        schedule_step_when(build->schedule, list->at[i], build->tr, &text);
        schedule_owner_name(build->plan, list->at[i], build->tr, &owner);
        buf_addf(&text, "\n%s", owner.text);
        doc_checkbox(build->doc, false, text.text);
        buf_free(&text);
        buf_free(&owner);
    }
}

void show_actions(struct build *build, const struct doc_section *section)
{
    struct step_list list = { 0 };
    (void)section;
    if (nothing_to_show(build))
        return;
    schedule_actions(build->schedule, &list);
    add_list(build, &list, N_("Do now"));
    schedule_waits(build->schedule, &list);
    add_list(build, &list, N_("Waiting for others"));
    step_list_free(&list);
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

static void add_bar(struct build *build, const struct step *step)
{
    struct buf id = BUF_INIT, name = BUF_INIT, group = BUF_INIT, reminder = BUF_INIT;
    struct buf note = BUF_INIT;
    struct bar bar = { .first = step->early[PACE_TYPICAL].first,
                       .last = step->early[PACE_TYPICAL].last, .critical = step->critical,
                       .done = step->state == STEP_DONE, .shape = gantt_step_bar(step),
                       .warn = WARN_STEP };
    bar.by = step->activity->wait ? step->finish_by : step_last_day(step);
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
    doc_bar(build->doc, &bar);
    buf_free(&id);
    buf_free(&name);
    buf_free(&group);
    buf_free(&reminder);
    buf_free(&note);
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

void show_chart(struct build *build, const struct doc_section *section)
{
    struct schedule_expiries expiries = { 0 };
    struct buf verdict = BUF_INIT;
    (void)section;
    if (nothing_to_show(build))
        return;
    schedule_verdict(build->schedule, build->tr, &verdict);
    doc_gantt(build->doc, verdict.text, build->schedule->today, build->schedule->target);
    for (size_t i = 0; i < build->schedule->count; i++)
        add_bar(build, &build->schedule->steps[i]);
    schedule_expiries(build->plan, build->schedule, &expiries);
    for (size_t i = 0; i < expiries.count; i++)
        add_expiry_bar(build, &expiries.at[i]);
    schedule_expiries_free(&expiries);
    buf_free(&verdict);
}

/* ---- the list of activities ---- */

static void add_step(struct build *build, const struct step *step)
{
    struct buf name = BUF_INIT;
    bool done = step->state == STEP_DONE;
    buf_add(&name, step->critical ? "* " : "");
    schedule_step_name(build->plan, step, build->tr, &name);
    doc_cell(build->doc, name.text);
    cell_day(build, step->early[PACE_TYPICAL].first);
    cell_day(build, step->early[PACE_TYPICAL].last);
    cell_day(build, done ? DATE_NONE : step->begin_by);
    if (done)
        doc_cell(build->doc, tr_text(build->tr, schedule_state_words(step)));
    else
        cell_owner(build, step);
    buf_free(&name);
}

void show_timeline(struct build *build, const struct doc_section *section)
{
    const char *const headings[] = {
        tr_text(build->tr, "Activity (* critical)"), tr_text(build->tr, "Begins"),
        tr_text(build->tr, "Ready"), tr_text(build->tr, "Begin by"), tr_text(build->tr, "Who"),
    };
    (void)section;
    if (nothing_to_show(build))
        return;
    doc_table(build->doc, BLOCK_TABLE, NULL, headings, countof(headings));
    for (size_t i = 0; i < build->schedule->count; i++)
        add_step(build, &build->schedule->steps[i]);
}

/* ---- the cards ---- */

static bool is_of(const struct doc_section *section, const struct step *step)
{
    for (size_t i = 0; section->of != NULL && section->of[i] != NULL; i++)
        if (strcmp(section->of[i], step->activity->task->id) == 0)
            return true;
    return false;
}

static bool same_row(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static void begin_card_table(struct build *build)
{
    const char *const headings[] = {
        tr_text(build->tr, "Step"), tr_text(build->tr, "Earliest"),
        tr_text(build->tr, "Last safe day"), tr_text(build->tr, "If it slips"),
    };
    doc_table(build->doc, BLOCK_TABLE, NULL, headings, countof(headings));
}

static void add_card_step(struct build *build, const struct step *step)
{
    struct buf name = BUF_INIT, slip = BUF_INIT;
    plan_text(build->plan, &step->activity->title, build->tr, &name);
    plan_text(build->plan, &step->activity->slip, build->tr, &slip);
    doc_cell(build->doc, name.text);
    if (step->state == STEP_DONE) {
        buf_clear(&slip);
        schedule_step_when(build->schedule, step, build->tr, &slip);
        cell_day(build, step->finished);
        cell_day(build, DATE_NONE);
    } else {
        cell_day(build, step->early[PACE_EARLY].last);
        cell_day(build, step->finish_by);
    }
    doc_cell(build->doc, slip.text);
    buf_free(&name);
    buf_free(&slip);
}

/* The steps of one row, or (row NULL) those that all rows share. */
static void add_card(struct build *build, const struct doc_section *section, const char *row)
{
    bool begun = false;
    for (size_t i = 0; i < build->schedule->count; i++) {
        const struct step *step = &build->schedule->steps[i];
        if (!is_of(section, step) || !same_row(step->row, row))
            continue;
        if (!begun)
            begin_card_table(build);
        begun = true;
        add_card_step(build, step);
    }
}

/* What each source has said of the time that a step of the section takes. */
static void add_sources(struct build *build, const struct doc_section *section)
{
    const struct activity *last = NULL;
    for (size_t i = 0; i < build->schedule->count; i++) {
        const struct step *step = &build->schedule->steps[i];
        struct buf text = BUF_INIT;
        if (!is_of(section, step) || step->activity == last
            || step->activity->duration.fact == NULL)
            continue;
        last = step->activity;
        schedule_duration_sources(build->plan, last, build->tr, &text);
        char *rest = NULL;
        for (char *line = strtok_r(text.text, "\n", &rest); line != NULL;
             line = strtok_r(NULL, "\n", &rest))
            doc_list_item(build->doc, line);
        buf_free(&text);
    }
}

static bool is_first_of_row(const struct build *build, const struct doc_section *section,
                            size_t at)
{
    const struct step *step = &build->schedule->steps[at];
    for (size_t i = 0; i < at; i++)
        if (is_of(section, &build->schedule->steps[i])
            && same_row(build->schedule->steps[i].row, step->row))
            return false;
    return step->row != NULL && is_of(section, step);
}

void show_cards(struct build *build, const struct doc_section *section)
{
    if (nothing_to_show(build))
        return;
    add_card(build, section, NULL);
    for (size_t i = 0; i < build->schedule->count; i++) {
        const struct step *step = &build->schedule->steps[i];
        struct buf name = BUF_INIT;
        if (!is_first_of_row(build, section, i))
            continue;
        schedule_row_name(build->plan, step, build->tr, &name);
        doc_section(build->doc, 2, name.text);
        add_card(build, section, step->row);
        buf_free(&name);
    }
    add_sources(build, section);
}

/* ---- later, and never ---- */

void show_expiries(struct build *build, const struct doc_section *section)
{
    const char *const headings[] = {
        tr_text(build->tr, "What"), tr_text(build->tr, "Day"), tr_text(build->tr, "Known from"),
    };
    struct schedule_expiries expiries = { 0 };
    (void)section;
    if (nothing_to_show(build))
        return;
    schedule_expiries(build->plan, build->schedule, &expiries);
    if (expiries.count > 0)
        doc_table(build->doc, BLOCK_TABLE, NULL, headings, countof(headings));
    for (size_t i = 0; i < expiries.count; i++) {
        struct buf name = BUF_INIT;
        schedule_expiry_name(build->plan, &expiries.at[i], build->tr, &name);
        doc_cell(build->doc, name.text);
        cell_day(build, expiries.at[i].day);
        doc_cell(build->doc, tr_text(build->tr, expiries.at[i].known ? N_("your answer")
                                                                     : N_("calculated")));
        buf_free(&name);
    }
    schedule_expiries_free(&expiries);
}

void show_unneeded(struct build *build, const struct doc_section *section)
{
    (void)section;
    for (size_t i = 0; build_schedule(build) != NULL && i < build->schedule->gone_count; i++) {
        struct buf text = BUF_INIT;
        schedule_gone_text(build->plan, &build->schedule->gone[i], build->tr, &text);
        doc_list_item(build->doc, text.text);
        buf_free(&text);
    }
}
