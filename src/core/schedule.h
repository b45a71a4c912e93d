/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The schedule of a plan: when each activity can and when it must happen.
 *
 * It is computed from the activities of the content (activity.h) and the plan's answers, for
 * short, typical and long durations, and is a snapshot: after a change of the plan make a new one
 * (schedule_is_current()). It takes about as long as drawing a screen. Days are day numbers
 * (base/date.h), and the last day of a span is worked on as the first is. Nothing is stored here:
 * a real date is an answer like any other, and schedule_place() says of which item.
 *
 * Method: critical-path method on a calendar (schedule_net.h, schedule_calendar.h). An activity
 * that is not done begins today or later. "Late" days are those that still keep the wished day of
 * the target activity or, when there is no wished day, the day on which it is reached anyway. Once
 * the target activity is done, what had to come before it counts as done too.
 */
#ifndef CORE_SCHEDULE_H
#define CORE_SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/activity.h"
#include "core/engine.h"

struct buf;
struct check;
struct err;
struct plan;
struct tr;

/* Equal days when it takes a day or none. DATE_NONE where a step is done and nobody knows when. */
struct span {
    int first, last;
};

enum step_state {
    STEP_BLOCKED,             /* something before it is not done, or a later day is agreed */
    STEP_READY,               /* can begin today */
    STEP_RUNNING,             /* has a real first day; a wait for which nothing more can be done */
    STEP_DONE,
    STEP_GONE                 /* does not concern this provider */
};

/* An activity; in a row of a repeat when it has one for each. */
struct step {
    const struct activity *activity;
    const char *row;          /* NULL: not in a row */
    enum step_state state;
    int days[PACE_COUNT];     /* its duration in the unit of its clock */
    bool workdays;            /* which counts working days */
    struct span early[PACE_COUNT];
    struct span late[PACE_COUNT];
    int slack, free_slack;    /* typical, in calendar days; slack < 0: too late by so many */
    bool critical;            /* decides when the target is reached, typically */
    int started, finished;    /* real or agreed days; DATE_NONE when not known */
    int expected;             /* of a wait that is under way: the day on which it ends with the long
                                 duration, which may be past; else DATE_NONE */
    int begin_by, finish_by;  /* last safe days, by the long durations; working days when it is
                                 work of one's own; DATE_NONE when it is done */
};

/* A question of the kind "what if": nothing is stored. */
enum change_kind {
    CHANGE_START,             /* begins on the day `value` */
    CHANGE_FINISH,            /* is finished on the day `value` */
    CHANGE_SHIFT,             /* begins `value` days later than it could, or earlier */
    CHANGE_DAYS               /* takes `value` days instead of its own */
};

struct schedule_change {
    const struct activity *activity;
    const char *row;          /* NULL: not in a row */
    enum change_kind kind;
    int value;
};

struct schedule {
    int today;
    int target;               /* the wished day; DATE_NONE */
    int begin;                /* first day of all steps, today at the latest */
    int finish[PACE_COUNT];   /* day on which the target is reached; DATE_NONE: nothing to do */
    struct step *steps;       /* what concerns the provider: in the order of the content, */
    size_t count;             /* the rows of one activity in their own order */
    struct step *gone;        /* what does not */
    size_t gone_count;
    const struct step *goal;  /* the step of the target activity; NULL */
    struct schedule_inside *inside;       /* private */
};

/* A snapshot with `count` changes (may be NULL, 0). The plan must live as long. Fails when the
 * content has a cycle, which lint refuses. */
int schedule_new(struct schedule **out, const struct plan *plan,
                 const struct schedule_change *changes, size_t count, struct err *err);
void schedule_free(struct schedule *schedule);
/* No answer has changed since. */
bool schedule_is_current(const struct schedule *schedule, const struct plan *plan);

/* The periods between two days in which one's own work stands still, in their order; `*count` of
 * them, the caller frees. */
struct span *schedule_pauses(const struct schedule *schedule, int first, int last, size_t *count);

/* NULL when there is none; `row` NULL for one that is not in a row. */
const struct step *schedule_step(const struct schedule *schedule, const struct activity *activity,
                                 const char *row);

/* Days between the finish and the wished day: negative when too late. False when there is no
 * wished day. */
bool schedule_margin(const struct schedule *schedule, enum pace pace, int *days);

/* The item that takes the real first or last day, in the step's row. False when no item does, or
 * it is not asked now. */
bool schedule_place(const struct plan *plan, const struct step *step, bool finish,
                    struct place *out);

/* Stores the real or agreed first or last day of a step as one change; DATE_NONE clears it. With a
 * last day that is not after today, the yes-or-no question that it implies is answered too, so
 * that a day can be entered that is not asked yet. `check` (may be NULL) tells what was thought of
 * it. schedule_can_enter() says whether there is such an item. The snapshot is old afterwards. */
bool schedule_can_enter(const struct plan *plan, const struct step *step, bool finish);
int schedule_enter(struct plan *plan, const struct step *step, bool finish, int day,
                   struct check *check, struct err *err);

/* The steps that `step` waits for and that are not done. */
struct step_list {
    const struct step **at;
    size_t count, room;
};
void step_list_free(struct step_list *list);
void schedule_blockers(const struct schedule *schedule, const struct step *step,
                       struct step_list *out);

/* What to do on the plan's day, most urgent first: steps of one's own that are ready or under way.
 * Replaces what `out` held. */
void schedule_actions(const struct schedule *schedule, struct step_list *out);
/* What others have in hand: waits that are under way, the earliest last day first. */
void schedule_waits(const struct schedule *schedule, struct step_list *out);
/* The most urgent action of a task, else its next step; NULL when it has none that is not done. */
const struct step *schedule_next_of_task(const struct schedule *schedule, const struct task *task);
/* The last safe day of what is next in the step: to begin it, or once it runs to finish it. */
int step_last_day(const struct step *step);

/* What brings the finish forward most, the best first: a step takes only its short duration, or
 * does not wait for the later day that was agreed for it. `days` is what that brings after the ones
 * before it. Returns how many there are. */
enum { SCHEDULE_HELP_MAX = 3 };
enum help_kind { HELP_SHORTER, HELP_EARLIER };
struct schedule_help {
    const struct step *step;
    int days;
    enum help_kind kind;
};
size_t schedule_help(const struct schedule *schedule, struct schedule_help out[SCHEDULE_HELP_MAX]);

/* Later days that come round: the end of a card or certificate. */
struct schedule_expiry {
    const struct expiry *expiry;
    const char *row;          /* the answers' own key; NULL: not in a row */
    int day;
    bool known;               /* answered; else computed from the schedule */
};
struct schedule_expiries {
    struct schedule_expiry *at;
    size_t count, room;
};
void schedule_expiries_free(struct schedule_expiries *expiries);
void schedule_expiries(const struct plan *plan, const struct schedule *schedule,
                       struct schedule_expiries *out);

/* ---- words; each appends to `out` ---- */

/* "Card delivered: Aino Malli". */
void schedule_step_name(const struct plan *plan, const struct step *step, const struct tr *tr,
                        struct buf *out);
/* What its row is about, "Aino Malli"; nothing when it is not in a row. */
void schedule_row_name(const struct plan *plan, const struct step *step, const struct tr *tr,
                       struct buf *out);
/* Who does it or is waited for, with the person's name where one is answered. */
void schedule_owner_name(const struct plan *plan, const struct step *step, const struct tr *tr,
                         struct buf *out);
void schedule_expiry_name(const struct plan *plan, const struct schedule_expiry *expiry,
                          const struct tr *tr, struct buf *out);
/* "begin by 1.6.2027", "agreed for 3.6.2027", "should have begun by 3.5.2027", "done 2.3.2027",
 * "waiting since …". */
void schedule_step_when(const struct schedule *schedule, const struct step *step,
                        const struct tr *tr, struct buf *out);
/* All that can be said of a step, one paragraph a line: duration and where it comes from, dates,
 * slack, what it waits for, what happens when it slips, source. */
void schedule_step_text(const struct plan *plan, const struct schedule *schedule,
                        const struct step *step, const struct tr *tr, struct buf *out);
/* What each source has said of the time that an activity takes, the newest first, one a line. */
void schedule_duration_sources(const struct plan *plan, const struct activity *activity,
                               const struct tr *tr, struct buf *out);
/* Why an activity is not there; the same with the name of the step before it. */
void schedule_gone_reason(const struct plan *plan, const struct activity *activity,
                          const struct tr *tr, struct buf *out);
void schedule_gone_text(const struct plan *plan, const struct step *step, const struct tr *tr,
                        struct buf *out);
/* Whether the wished day can be kept, and by how many days. One or two sentences. */
void schedule_verdict(const struct schedule *schedule, const struct tr *tr, struct buf *out);
/* What two snapshots differ in, for "what if": the finish, and the steps that move. */
void schedule_difference(const struct plan *plan, const struct schedule *before,
                         const struct schedule *after, const struct tr *tr, struct buf *out);
/* "Order the service certificate: in 7 days instead of 10 brings 3 days". */
void schedule_help_text(const struct plan *plan, const struct schedule_help *help,
                        const struct tr *tr, struct buf *out);
/* What a day is called in a column: "1.6.2027"; nothing for DATE_NONE. */
void schedule_day(int day, const struct tr *tr, struct buf *out);
/* "1.6.2027–14.6.2027"; one day when they are equal, nothing when none is known. */
void schedule_span(const struct span *span, const struct tr *tr, struct buf *out);
/* To be looked up. */
const char *schedule_state_words(const struct step *step);

#endif
