/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Sections that show the schedule: whether the wished day holds, what to do, the cards person by
 * person, what expires, what is not needed. The chart and the list of steps are in doc_chart.c.
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

void build_cell_day(struct build *build, int day)
{
    struct buf shown = BUF_INIT;
    if (day == DATE_NONE)
        buf_add(&shown, "\u2013");
    else
        schedule_day(day, build->tr, &shown);
    build_join(&shown);
    doc_cell(build->doc, shown.text);
    buf_free(&shown);
}

void build_cell_owner(struct build *build, const struct step *step)
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

/* ---- the cards ---- */

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
    bool done = step->state == STEP_DONE;
    plan_text(build->plan, &step->activity->title, build->tr, &name);
    if (done)
        buf_add(&slip, tr_text(build->tr, schedule_state_words(step)));
    else
        plan_text(build->plan, &step->activity->slip, build->tr, &slip);
    doc_cell(build->doc, name.text);
    build_cell_day(build, done ? step->finished : step->early[PACE_EARLY].last);
    build_cell_day(build, done ? DATE_NONE : step->finish_by);
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
        if (!build_step_is_of(section, step) || !same_row(step->row, row))
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
    bool begun = false;
    for (size_t i = 0; i < build->schedule->count; i++) {
        const struct step *step = &build->schedule->steps[i];
        struct buf text = BUF_INIT;
        if (!build_step_is_of(section, step) || step->activity == last
            || step->activity->duration.fact == NULL)
            continue;
        if (!begun)
            doc_paragraph(build->doc, tr_text(build->tr, "How long it takes, and who said so:"));
        begun = true;
        last = step->activity;
        schedule_duration_sources(build->plan, last, build->tr, &text);
        char *rest = NULL;
        for (char *line = strtok_r(text.text, "\n", &rest); line != NULL;
             line = strtok_r(NULL, "\n", &rest))
            doc_list_item(build->doc, line);
        buf_free(&text);
    }
}

/* A row that has steps of the section, by the first of them. */
struct card {
    const struct step *step;
    bool done;                /* all its steps are */
};

struct card_list {
    struct card *at;
    size_t count, room, open;
};

static struct card *card_of(struct card_list *cards, const struct step *step)
{
    for (size_t i = 0; i < cards->count; i++)
        if (same_row(cards->at[i].step->row, step->row))
            return &cards->at[i];
    cards->at = vec_room(cards->at, &cards->room, cards->count + 1, sizeof cards->at[0]);
    cards->at[cards->count] = (struct card){ step, true };
    return &cards->at[cards->count++];
}

static void find_cards(const struct build *build, const struct doc_section *section,
                       struct card_list *cards)
{
    for (size_t i = 0; i < build->schedule->count; i++) {
        const struct step *step = &build->schedule->steps[i];
        if (step->row != NULL && build_step_is_of(section, step)
            && step->state != STEP_DONE)
            card_of(cards, step)->done = false;
        else if (step->row != NULL && build_step_is_of(section, step))
            card_of(cards, step);
    }
    for (size_t i = 0; i < cards->count; i++)
        cards->open += !cards->at[i].done;
}

/* Who needs nothing any more, in one paragraph. */
static void add_done_cards(struct build *build, const struct card_list *cards)
{
    struct buf names = BUF_INIT, text = BUF_INIT;
    for (size_t i = 0; i < cards->count; i++) {
        if (!cards->at[i].done)
            continue;
        buf_add(&names, names.length > 0 ? ", " : "");
        schedule_row_name(build->plan, cards->at[i].step, build->tr, &names);
    }
    if (names.length > 0) {
        buf_addf(&text, tr_text(build->tr, "Everything is done: %s."), names.text);
        doc_paragraph(build->doc, text.text);
    }
    buf_free(&names);
    buf_free(&text);
}

static void add_open_cards(struct build *build, const struct doc_section *section,
                           const struct card_list *cards)
{
    for (size_t i = 0; i < cards->count; i++) {
        struct buf name = BUF_INIT;
        if (cards->at[i].done)
            continue;
        schedule_row_name(build->plan, cards->at[i].step, build->tr, &name);
        doc_section(build->doc, 2, name.text);
        add_card(build, section, cards->at[i].step->row);
        buf_free(&name);
    }
}

/* ---- many cards: a table with a line for each, and what follows from a delay only once ---- */

/* The activities of the section that rows have, in their order. */
struct columns {
    const struct activity **at;
    size_t count, room;
};

static void find_columns(const struct build *build, const struct doc_section *section,
                         struct columns *columns)
{
    for (size_t i = 0; i < build->schedule->count; i++) {
        const struct step *step = &build->schedule->steps[i];
        if (step->row == NULL || !build_step_is_of(section, step)
            || (columns->count > 0 && columns->at[columns->count - 1] == step->activity))
            continue;
        columns->at = vec_room(columns->at, &columns->room, columns->count + 1,
                               sizeof columns->at[0]);
        columns->at[columns->count++] = step->activity;
    }
}

static void add_slips(struct build *build, const struct columns *columns)
{
    doc_paragraph(build->doc, tr_text(build->tr, "If it slips:"));
    for (size_t i = 0; i < columns->count; i++) {
        struct buf text = BUF_INIT;
        plan_text(build->plan, &columns->at[i]->title, build->tr, &text);
        buf_add(&text, ": ");
        plan_text(build->plan, &columns->at[i]->slip, build->tr, &text);
        doc_list_item(build->doc, text.text);
        buf_free(&text);
    }
}

/* The last safe day below the earliest one. */
static void add_card_cell(struct build *build, const struct step *step)
{
    struct buf text = BUF_INIT;
    if (step == NULL) {
        buf_add(&text, "\u2013");
    } else if (step->state == STEP_DONE) {
        buf_add(&text, tr_text(build->tr, schedule_state_words(step)));
    } else {
        schedule_day(step->early[PACE_EARLY].last, build->tr, &text);
        buf_add_char(&text, '\n');
        schedule_day(step->finish_by, build->tr, &text);
    }
    doc_cell(build->doc, text.text);
    buf_free(&text);
}

static void begin_cards_table(struct build *build, const struct columns *columns)
{
    char **headings = xcalloc(columns->count + 1, sizeof headings[0]);
    headings[0] = xstrdup(tr_text(build->tr, "Who"));
    for (size_t i = 0; i < columns->count; i++) {
        struct buf title = BUF_INIT;
        plan_text(build->plan, &columns->at[i]->title, build->tr, &title);
        headings[i + 1] = buf_detach(&title);
    }
    doc_table(build->doc, BLOCK_TABLE, NULL, (const char *const *)headings, columns->count + 1);
    for (size_t i = 0; i <= columns->count; i++)
        free(headings[i]);
    free(headings);
}

static void add_cards_table(struct build *build, const struct card_list *cards,
                            const struct columns *columns)
{
    doc_paragraph(build->doc, tr_text(build->tr, "Each cell has the earliest day and below it the "
                                                 "last safe day:"));
    begin_cards_table(build, columns);
    for (size_t i = 0; i < cards->count; i++) {
        struct buf name = BUF_INIT;
        if (cards->at[i].done)
            continue;
        schedule_row_name(build->plan, cards->at[i].step, build->tr, &name);
        doc_cell(build->doc, name.text);
        for (size_t k = 0; k < columns->count; k++)
            add_card_cell(build, schedule_step(build->schedule, columns->at[k],
                                               cards->at[i].step->row));
        buf_free(&name);
    }
}

void show_cards(struct build *build, const struct doc_section *section)
{
    enum { CARDS_APART = 3 }; /* so many open cards have a table each */
    struct card_list cards = { 0 };
    struct columns columns = { 0 };
    if (nothing_to_show(build))
        return;
    add_card(build, section, NULL);
    find_cards(build, section, &cards);
    find_columns(build, section, &columns);
    add_done_cards(build, &cards);
    add_sources(build, section);
    if (cards.open > CARDS_APART) {
        add_slips(build, &columns);
        add_cards_table(build, &cards, &columns);
    } else {
        add_open_cards(build, section, &cards);
    }
    free(cards.at);
    free(columns.at);
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
        build_cell_day(build, expiries.at[i].day);
        doc_cell(build->doc, tr_text(build->tr, expiries.at[i].known ? N_("your answer")
                                                                     : N_("calculated")));
        buf_free(&name);
    }
    schedule_expiries_free(&expiries);
}

/* The rows of one activity stand in one line: they have the reason in common. */
void show_unneeded(struct build *build, const struct doc_section *section)
{
    const struct schedule *schedule = build_schedule(build);
    (void)section;
    for (size_t i = 0; schedule != NULL && i < schedule->gone_count;) {
        const struct step *first = &schedule->gone[i];
        struct buf text = BUF_INIT;
        schedule_step_name(build->plan, first, build->tr, &text);
        for (i++; i < schedule->gone_count && schedule->gone[i].activity == first->activity; i++) {
            buf_add(&text, ", ");
            schedule_row_name(build->plan, &schedule->gone[i], build->tr, &text);
        }
        buf_add(&text, ": ");
        schedule_gone_reason(build->plan, first->activity, build->tr, &text);
        doc_list_item(build->doc, text.text);
        buf_free(&text);
    }
}
