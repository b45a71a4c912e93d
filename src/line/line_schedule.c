/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The schedule in line mode: what to do today, the timeline as a list of sentences, all about one
 * step, real days, what if.
 *
 * A list keeps step_refs under its numbers, since a schedule is made anew for each round.
 */
#include "line/line_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "core/gantt_rows.h"
#include "core/schedule_face.h"

enum { DEADLINES = 3, DAYS_MAX = 3650 };

/* What stands under a number: a step, or a question. */
struct entry_point {
    struct step_ref step;     /* activity NULL: the place */
    struct place place;
};

struct entry_points {
    struct entry_point *at;
    size_t count, room;
};

static void add_point(struct entry_points *points, const struct step *step,
                      const struct place *place)
{
    points->at = vec_room(points->at, &points->room, points->count + 1, sizeof points->at[0]);
    points->at[points->count++] =
        (struct entry_point){ step ? step_ref(step) : (struct step_ref){ NULL, "" },
                              place ? *place : (struct place){ NULL, NULL } };
}

/* The schedule as it stands, which the caller frees; NULL when the content has none. */
static struct schedule *make_schedule(struct line *line)
{
    struct schedule *schedule = NULL;
    struct err err = { .tr = &line->tr };

    if (line->plan->schema->activities
        && schedule_new(&schedule, line->plan, NULL, 0, &err))
        line_say_error(line, &err);
    return schedule;
}

static void say_verdict(struct line *line, const struct schedule *schedule)
{
    struct buf text = BUF_INIT;

    schedule_verdict(schedule, &line->tr, &text);
    if (text.length)
        line_say(line, text.text);
    buf_free(&text);
}

/* ---- real days ---- */

/* Asks for a day until it is one; Enter takes `offer`. DATE_NONE when the user goes back. */
static int ask_day(struct line *line, const char *question, int offer)
{
    struct saying saying = { .text = BUF_INIT };
    struct buf prompt = BUF_INIT;
    int day = DATE_NONE;
    bool asked = true;

    buf_addf(&prompt, "%s (%s: ", question, line_text(line, "Enter"));
    schedule_day(offer, &line->tr, &prompt);
    buf_add(&prompt, "): ");
    while (asked && day == DATE_NONE) {
        line_listen(line, prompt.text, &saying);
        asked = !line->quit && (saying.said == SAID_TEXT || saying.said == SAID_NOTHING);
        if (saying.said == SAID_NOTHING)
            day = offer;
        else if (asked)
            day = date_parse(saying.text.text, line->plan->today);
        if (asked && day == DATE_NONE)
            line_say(line, line_text(line, "A date, for example 1.9.2027."));
    }
    buf_free(&saying.text);
    buf_free(&prompt);
    return asked ? day : DATE_NONE;
}

static void keep_day(struct line *line, const struct step *step, bool finish, int day)
{
    struct buf shown = BUF_INIT;
    struct err err = { .tr = &line->tr };

    schedule_weekday(day, &line->tr, &shown);
    if (schedule_keep(line->plan, step, finish, day, &line->tr, &err))
        line_say_error(line, &err);
    else
        line_sayf(line, line_text(line, "Saved: %s."), shown.text);
    buf_free(&shown);
}

static void mark(struct line *line, const struct step *step, bool finish)
{
    int known = finish ? step->finished : step->started;
    int day = ask_day(line, line_text(line, finish ? N_("Finished on which day?")
                                               : N_("Begun on which day?")),
                  known == DATE_NONE ? line->plan->today : known);

    if (day != DATE_NONE)
        keep_day(line, step, finish, day);
}

static void mark_done(struct line *line, const struct step *step)
{
    mark(line, step, true);
}

static void mark_begun(struct line *line, const struct step *step)
{
    mark(line, step, false);
}

/* ---- what if ---- */

/* Tells what the change would do; the day on which the step then ends, DATE_NONE when it fails. */
static int tell_effect(struct line *line, const struct schedule_change *change)
{
    struct schedule *before = make_schedule(line), *after = NULL;
    struct err err = { .tr = &line->tr };
    struct buf text = BUF_INIT;
    const struct step *step = NULL;
    int day = DATE_NONE;

    if (before && schedule_new(&after, line->plan, change, 1, &err)) {
        line_say_error(line, &err);
    } else if (before) {
        schedule_difference(line->plan, before, after, &line->tr, &text);
        line_say(line, text.text);
        say_verdict(line, after);
        step = schedule_step(after, change->activity, change->row);
        day = step ? step->early[PACE_TYPICAL].last : DATE_NONE;
    }
    buf_free(&text);
    schedule_free(before);
    schedule_free(after);
    return day;
}

/* "20 days": asks for a number; false when the user goes back. */
static bool ask_days(struct line *line, int offer, int *days)
{
    struct saying saying = { .text = BUF_INIT };
    struct buf prompt = BUF_INIT;
    size_t number = 0;
    bool asked;

    buf_addf(&prompt, "%s (%s: %d): ", line_text(line, "How many days does it take?"),
             line_text(line, "now"), offer);
    line_listen(line, prompt.text, &saying);
    asked = saying.said == SAID_TEXT;
    if (asked)
        number = line_number(saying.text.text, DAYS_MAX);
    if (asked && !number)
        line_sayf(line, line_text(line, "\"%s\" is not among the choices. Give a number from 1 to "
                                        "%zu."), saying.text.text, (size_t)DAYS_MAX);
    *days = (int)number;
    buf_free(&saying.text);
    buf_free(&prompt);
    return number > 0;
}

static void offer_keeping(struct line *line, const struct step *step, bool finish, int day)
{
    if (!schedule_can_enter(line->plan, step, finish))
        line_say(line, line_text(line, "No question asks for this day, so it cannot be kept. You "
                                       "can still try what it would do."));
    else if (!plan_read_only(line->plan)
             && line_confirm(line, line_text(line, "Keep this day as an answer? Yes or no: ")))
        keep_day(line, step, finish, day);
}

static void try_change(struct line *line, const struct step *step, enum change_kind kind)
{
    struct schedule_change change = { step->activity, step->row, kind, 0 };
    bool start = kind == CHANGE_START;
    int now = kind == CHANGE_DAYS ? step->days[PACE_TYPICAL]
              : start             ? step->early[PACE_TYPICAL].first
                                  : step->early[PACE_TYPICAL].last;
    int end;

    if (kind == CHANGE_DAYS && !ask_days(line, now, &change.value))
        return;
    if (kind != CHANGE_DAYS)
        change.value = ask_day(line, line_text(line, start ? N_("It begins on which day?")
                                                           : N_("It is finished on which day?")),
                               now);
    if (change.value == DATE_NONE)
        return;
    if (change.value == now) {
        line_say(line, line_text(line, "Nothing has been moved yet."));
        return;
    }
    end = tell_effect(line, &change);
    if (end != DATE_NONE)
        offer_keeping(line, step, !start, kind == CHANGE_DAYS ? end : change.value);
}

static void what_if_start(struct line *line, const struct step *step)
{
    try_change(line, step, CHANGE_START);
}

static void what_if_finish(struct line *line, const struct step *step)
{
    try_change(line, step, CHANGE_FINISH);
}

static void what_if_days(struct line *line, const struct step *step)
{
    try_change(line, step, CHANGE_DAYS);
}

/* ---- one step ---- */

struct choice_of_step {
    const char *label;
    void (*run)(struct line *line, const struct step *step);
};

static size_t choices_of(const struct line *line, const struct step *step,
                         struct choice_of_step out[5])
{
    bool open = step->state != STEP_DONE && step->state != STEP_GONE;
    size_t count = 0;

    if (!plan_read_only(line->plan) && step->state != STEP_GONE) {
        if (schedule_can_enter(line->plan, step, true))
            out[count++] = (struct choice_of_step){ N_("Mark as done, or change the day"),
                                                    mark_done };
        if (schedule_can_enter(line->plan, step, false))
            out[count++] = (struct choice_of_step){ N_("Mark as begun, or change the day"),
                                                    mark_begun };
    }
    if (open && (step->started == DATE_NONE || step->started > line->plan->today))
        out[count++] = (struct choice_of_step){ N_("What if it begins on another day"),
                                                what_if_start };
    if (open) {
        out[count++] = (struct choice_of_step){ N_("What if it is finished on another day"),
                                                what_if_finish };
        out[count++] = (struct choice_of_step){ N_("What if it takes longer or shorter"),
                                                what_if_days };
    }
    return count;
}

static void tell_step(struct line *line, const struct schedule *schedule, const struct step *step)
{
    struct buf text = BUF_INIT;

    line_say(line, "");
    if (step->state != STEP_GONE) {
        schedule_step_name(line->plan, step, &line->tr, &text);
        buf_addf(&text, ": %s.\n", line_text(line, schedule_state_words(step)));
    }
    schedule_whole_text(line->plan, schedule, step, &line->tr, &text);
    line_say(line, text.text);
    buf_free(&text);
}

static void open_step(struct line *line, const struct step_ref *ref)
{
    struct schedule *schedule = make_schedule(line);
    const struct step *step = step_ref_find(ref, schedule);
    struct choice_of_step choices[5];
    size_t count, number;

    if (step) {
        tell_step(line, schedule, step);
        count = choices_of(line, step, choices);
        for (size_t i = 0; i < count; i++)
            line_sayf(line, "  %zu %s", i + 1, line_text(line, choices[i].label));
        number = line_ask_number(line, line_text(line, "Number, or Enter goes back: "), count);
        if (number)
            choices[number - 1].run(line, step);
    }
    schedule_free(schedule);
}

/* ---- lists ---- */

static void say_step(struct line *line, const struct schedule *schedule, const struct step *step,
                     const char *name, struct entry_points *points)
{
    struct buf text = BUF_INIT;

    add_point(points, step, NULL);
    buf_addf(&text, "  %zu %s: ", points->count, name);
    schedule_step_when(schedule, step, &line->tr, &text);
    if (step->critical)
        buf_addf(&text, ", %s", line_text(line, "critical"));
    if (step->activity->wait && step->activity->owner && step->state == STEP_RUNNING) {
        buf_addf(&text, ", %s ", line_text(line, "waits for:"));
        schedule_owner_name(line->plan, step, &line->tr, &text);
    }
    line_sayf(line, "%s.", text.text);
    buf_free(&text);
}

static void say_whole_step(struct line *line, const struct schedule *schedule,
                           const struct step *step, struct entry_points *points)
{
    struct buf name = BUF_INIT;

    schedule_step_name(line->plan, step, &line->tr, &name);
    say_step(line, schedule, step, name.text, points);
    buf_free(&name);
}

/* The number that was said opens what stands under it. False when the user goes away; `other`
 * gets a text that is no number. */
static bool pick_point(struct line *line, const struct entry_points *points, const char *prompt,
                       struct buf *other)
{
    struct saying saying = { .text = BUF_INIT };
    bool again = false;
    size_t number;

    buf_clear(other);
    line_listen(line, prompt, &saying);
    if (saying.said == SAID_TEXT && !line->quit) {
        again = true;
        number = line_number(saying.text.text, points->count);
        if (!number)
            buf_add(other, saying.text.text);
        else if (points->at[number - 1].step.activity)
            open_step(line, &points->at[number - 1].step);
        else
            again = line_visit(line, &points->at[number - 1].place) != GO_LIST;
    }
    buf_free(&saying.text);
    return again && !line->quit;
}

static void say_unknown(struct line *line, const struct buf *other,
                        const struct entry_points *points)
{
    if (other->length)
        line_sayf(line, line_text(line, "\"%s\" is not among the choices. Give a number from 1 to "
                                        "%zu."), other->text, points->count);
}

/* ---- the timeline ---- */

static void tell_rows(struct line *line, const struct schedule *schedule, bool all,
                      struct entry_points *points)
{
    struct gantt_rows rows = { 0 };
    const char *person = "";

    gantt_rows(line->plan, schedule, GANTT_BY_PHASE, &line->tr, &rows);
    for (size_t i = 0; i < rows.count; i++) {
        const struct gantt_row *row = &rows.at[i];
        struct buf text = BUF_INIT;
        if (row->gone && !all)
            break;
        if (row->depth < 2)
            person = row->step ? "" : row->name;
        if (!row->step && row->depth == 0)
            line_sayf(line, "%s:", row->name);
        if (row->depth > 1)
            buf_addf(&text, "%s, ", person);
        buf_add(&text, row->name);
        if (row->step && (all || row->step->state != STEP_DONE))
            say_step(line, schedule, row->step, text.text, points);
        buf_free(&text);
    }
    gantt_rows_free(&rows);
}

static void write_calendar(struct line *line)
{
    struct buf path = BUF_INIT;
    struct err err = { .tr = &line->tr };

    if (!line->hooks->calendar)
        line_say(line, line_text(line, "The calendar cannot be written here."));
    else if (line->hooks->calendar(line->hooks->data, line->plan, &line->tr, &path, &err))
        line_say_error(line, &err);
    else
        line_sayf(line, "%s: %s", line_text(line, "Written for your calendar into the file"),
                  path.text);
    buf_free(&path);
}

static bool timeline_round(struct line *line, bool *all)
{
    struct schedule *schedule = make_schedule(line);
    struct entry_points points = { 0 };
    struct buf other = BUF_INIT;
    bool again = false;

    if (schedule && schedule->count) {
        line_say(line, "");
        say_verdict(line, schedule);
        tell_rows(line, schedule, *all, &points);
        again = pick_point(line, &points,
                           line_text(line, "Number opens a step, d tells also what is done or not "
                                           "needed, i writes a calendar, Enter goes back: "),
                           &other);
    } else {
        line_say(line, line_text(line, "There is nothing in the timeline yet."));
    }
    if (strcmp(other.text, "d") == 0)
        *all = true;
    else if (strcmp(other.text, "i") == 0)
        write_calendar(line);
    else
        say_unknown(line, &other, &points);
    free(points.at);
    buf_free(&other);
    schedule_free(schedule);
    return again;
}

void line_timeline(struct line *line)
{
    bool all = false;

    while (timeline_round(line, &all))
        ;
}

/* ---- today ---- */

static void say_list(struct line *line, const struct schedule *schedule, const char *heading,
                     const struct step_list *list, struct entry_points *points)
{
    if (list->count)
        line_sayf(line, "%s:", line_text(line, heading));
    for (size_t i = 0; i < list->count; i++)
        say_whole_step(line, schedule, list->at[i], points);
}

static void tell_deadlines(struct line *line, const struct schedule *schedule,
                           struct entry_points *points)
{
    const struct step *step = schedule_upcoming(schedule, NULL);

    if (step)
        line_sayf(line, "%s:", line_text(line, "Next last safe days"));
    for (int i = 0; i < DEADLINES && step; i++, step = schedule_upcoming(schedule, step))
        say_whole_step(line, schedule, step, points);
}

static void tell_helps(struct line *line, const struct schedule *schedule)
{
    struct schedule_help helps[SCHEDULE_HELP_MAX];
    size_t count = schedule_help(schedule, helps);

    if (count)
        line_sayf(line, "%s:", line_text(line, "What would help most"));
    for (size_t i = 0; i < count; i++) {
        struct buf text = BUF_INIT;
        schedule_help_text(line->plan, &helps[i], &line->tr, &text);
        line_sayf(line, "  - %s", text.text);
        buf_free(&text);
    }
}

static void say_today(struct line *line, const struct schedule *schedule)
{
    struct buf text = BUF_INIT;

    schedule_today_text(line->plan, schedule, &line->tr, &text);
    if (text.length)
        line_sayf(line, "%s %s.", line_text(line, "Today:"), text.text);
    buf_free(&text);
}

void line_tell_today(struct line *line)
{
    struct schedule *schedule = make_schedule(line);

    if (schedule)
        say_today(line, schedule);
    schedule_free(schedule);
}

static void tell_schedule(struct line *line, struct entry_points *points)
{
    struct schedule *schedule = make_schedule(line);
    struct step_list list = { 0 };

    if (schedule && schedule->count) {
        say_verdict(line, schedule);
        say_today(line, schedule);
        schedule_actions(schedule, &list);
        say_list(line, schedule, N_("Do now"), &list, points);
        schedule_waits(schedule, &list);
        say_list(line, schedule, N_("Waiting for others"), &list, points);
        tell_deadlines(line, schedule, points);
        tell_helps(line, schedule);
    }
    step_list_free(&list);
    schedule_free(schedule);
}

/* What to do next in a task: its first problem, else its first open question. */
static const struct place *next_place(const struct task_state *state)
{
    if (!state->relevant || state->status == TASK_CANNOT_START || state->status == TASK_DONE)
        return NULL;
    if (state->first_problem.item)
        return &state->first_problem;
    return state->first_open.item ? &state->first_open : NULL;
}

static void tell_questions(struct line *line, struct entry_points *points)
{
    const struct schema *schema = line->plan->schema;
    bool headed = false;

    for (size_t i = 0; i < schema->task_count; i++) {
        struct task_state state;
        const struct place *place;
        struct buf name = BUF_INIT;
        engine_task(line->plan->engine, &schema->tasks[i], &state);
        place = next_place(&state);
        if (place && !headed)
            line_say(line, line_text(line, "What can be done today:"));
        headed |= place != NULL;
        if (place) {
            add_point(points, NULL, place);
            plan_place_name(line->plan, place, &line->tr, &name);
            line_sayf(line, "  %zu %s: %s", points->count,
                      text_get(&schema->tasks[i].title, line->tr.lang), name.text);
        }
        buf_free(&name);
    }
}

void line_today(struct line *line)
{
    struct entry_points points = { 0 };
    struct buf other = BUF_INIT;
    bool again;

    do {
        points.count = 0;
        line_say(line, "");
        tell_schedule(line, &points);
        tell_questions(line, &points);
        if (points.count == 0)
            line_say(line, line_text(line, "There is nothing to do now."));
        again = points.count > 0
                && pick_point(line, &points,
                              line_text(line, "Number opens the step or the question, Enter goes "
                                              "back to the task list: "), &other);
        say_unknown(line, &other, &points);
    } while (again);
    free(points.at);
    buf_free(&other);
}
