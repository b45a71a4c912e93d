/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reviewing: check your answers, and what is wrong.
 *
 * Both are numbered lists; a number leads to the question, and from there back to the list.
 */
#include "line/line_parts.h"

#include "base/mem.h"
#include "core/rights_check.h"

void line_add_place(struct places *places, const struct item *item, const char *row)
{
    places->at = vec_room(places->at, &places->room, places->count + 1, sizeof places->at[0]);
    places->at[places->count++] = (struct place){ item, row };
}

bool line_pick(struct line *line, const struct places *places, const char *what,
               enum line_go *go)
{
    struct saying saying = { .text = BUF_INIT };
    bool again = false;
    size_t number;

    line_listen(line, what, &saying);
    *go = saying.said == SAID_NOTHING ? GO_ON : saying.said == SAID_BACK ? GO_BACK : GO_LIST;
    if (saying.said == SAID_STATUS) {
        line_tell_status(line, NULL);
        again = true;
    } else if (saying.said == SAID_HELP || saying.said == SAID_CLEAR ||
               saying.said == SAID_UNSURE || saying.said == SAID_TEXT) {
        number = line_number(saying.text.text, places->count);
        if (number)
            *go = line_visit(line, &places->at[number - 1]);
        else
            line_sayf(line, line_text(line, "Give a number from 1 to %zu. Enter goes on, < goes "
                                            "back, = tells the status, . leads to the task list "
                                            "and q quits."), places->count);
        again = !line->quit && (!number || *go != GO_LIST);
    }
    buf_free(&saying.text);
    return again;
}

/* ---- answers ---- */

/* The answers as they are told; the numbers go on from task to task. */
struct review {
    struct line *line;
    struct places places;
};

static bool must_be_answered(const struct cell *cell)
{
    return cell && cell->required;
}

static void review_step(struct review *review, const struct place *place)
{
    struct line *line = review->line;
    const struct cell *cell = answers_cell(line->plan->answers, place->item, place->row);
    struct buf text = BUF_INIT, shown = BUF_INIT, fault = BUF_INIT;
    size_t rows;

    if (place->item->type == ITEM_NOTE || place->item->type == ITEM_HEADING)
        return;
    line_add_place(&review->places, place->item, place->row);
    buf_addf(&text, "  %zu ", review->places.count);
    plan_place_name(line->plan, place, &line->tr, &text);
    line_show(line, place, &shown);
    plan_problem_text(line->plan, place, &line->tr, &fault);
    if (place->item->type == ITEM_REPEAT) {
        rows = answers_row_count(line->plan->answers, place->item);
        buf_addf(&shown, line_plural(line, "%zu row", "%zu rows", rows), rows);
    } else if (!shown.length) {
        buf_add(&shown, must_be_answered(cell) ? line_text(line, "not answered yet")
                                               : line_text(line, "not answered"));
    }
    buf_addf(&text, ": %s", shown.text);
    line_say(line, text.text);
    if (fault.length)
        line_sayf(line, line_text(line, "    To be corrected: %s"), fault.text);
    buf_free(&text);
    buf_free(&shown);
    buf_free(&fault);
}

/* A computed value is told without a number: there is nothing to change. */
static void review_computed(struct review *review, const struct item *item, const char *row)
{
    struct line *line = review->line;
    struct place place = { item, row };
    struct buf name = BUF_INIT, shown = BUF_INIT;

    if (item->calculate.sql && engine_is_relevant(line->plan->engine, item, row))
        line_show(line, &place, &shown);
    if (shown.length) {
        plan_place_name(line->plan, &place, &line->tr, &name);
        line_sayf(line, line_text(line, "    Computed: %1$s: %2$s"), name.text, shown.text);
    }
    buf_free(&name);
    buf_free(&shown);
}

/* Steps of a form, or of a row, with the computed values where they stand. */
static void review_steps(struct review *review, const struct form *form,
                         const struct item *repeat, const char *row)
{
    const struct plan *plan = review->line->plan;
    struct places steps = { 0 };
    size_t next = 0;

    engine_steps(plan->engine, form, repeat, row, review->line->full, &steps);
    for (size_t i = 0; i < plan->schema->item_count; i++) {
        const struct item *item = plan->schema->items[i];
        if (item->form != form || item->repeat != repeat)
            continue;
        if (next == steps.count || steps.at[next].item != item) {
            review_computed(review, item, row);
            continue;
        }
        review_step(review, &steps.at[next++]);
        for (size_t r = 0; item->type == ITEM_REPEAT &&
                           r < answers_row_count(plan->answers, item); r++)
            review_steps(review, form, item, answers_row_at(plan->answers, item, r)->key);
    }
    places_free(&steps);
}

static void review_task(struct review *review, const struct task *task)
{
    struct line *line = review->line;
    struct task_state state;
    int unused = engine_unused_answers(line->plan->engine, task->form);

    engine_task(line->plan->engine, task, &state);
    line_sayf(line, "%s: %s.", text_get(&task->title, line->tr.lang),
              line_text(line, plan_status_words(task, state.status)));
    review_steps(review, task->form, NULL, NULL);
    if (unused)
        line_sayf(line, line_plural(line, "%d answer is kept but not in use, because the question "
                                          "is not asked now.",
                                    "%d answers are kept but not in use, because the questions "
                                    "are not asked now.", (size_t)unused), unused);
}

static const struct task *task_of_form(const struct line *line, const struct form *form)
{
    for (size_t i = 0; form && i < line->plan->schema->task_count; i++)
        if (line->plan->schema->tasks[i].form == form)
            return &line->plan->schema->tasks[i];
    return NULL;
}

static void review_all(struct review *review, const struct form *form)
{
    const struct plan *plan = review->line->plan;

    review->places.count = 0;
    line_say(review->line, "");
    line_say(review->line, line_text(review->line, "Check your answers."));
    for (size_t i = 0; i < plan->schema->task_count; i++) {
        const struct task *task = &plan->schema->tasks[i];
        struct task_state state;
        engine_task(plan->engine, task, &state);
        if (task->form && (form ? task->form == form : state.relevant))
            review_task(review, task);
    }
}

/* Tasks whose end the user decides about. */
static void ask_done(struct line *line, const struct task *task)
{
    bool done = answers_task_done(line->plan->answers, task->id), yes;
    struct err err = { .tr = &line->tr };

    yes = line_confirm(line, line_text(line, done ? N_("This task is marked as done. Is it still "
                                                       "done? Yes or no: ")
                                                  : N_("Is this task done? Yes or no: ")));
    if (line->quit || yes == done)
        return;
    if (plan_set_task_done(line->plan, task, yes, &err))
        line_say_error(line, &err);
    else
        line_say(line, line_text(line, yes ? N_("Saved: the task is done.")
                                           : N_("Saved: the task is not done.")));
}

enum line_go line_check(struct line *line, const struct form *form)
{
    const struct task *task = task_of_form(line, form);
    struct review review = { .line = line };
    enum line_go go;

    do
        review_all(&review, form);
    while (line_pick(line, &review.places,
                     line_text(line, "Number changes an answer, Enter goes on, < back: "), &go));
    places_free(&review.places);
    if (go == GO_ON && task && task->ask_complete && !plan_read_only(line->plan))
        ask_done(line, task);
    return go;
}

/* ---- problems ---- */

static bool is_problem(const struct finding *finding)
{
    return finding->severity != SEVERITY_NOTE || finding->kind == FINDING_RULE ||
           (finding->kind == FINDING_RIGHTS && finding->rights->waiver < 0);
}

/* A question that waits for an answer; a warning that was accepted waits for nothing. */
static bool is_open(const struct finding *finding)
{
    return !is_problem(finding) && finding->kind != FINDING_RIGHTS;
}

static void tell_problem(struct line *line, const struct finding *finding, size_t number,
                         bool with_task)
{
    static const char *const words[] = {
        [SEVERITY_ERROR] = N_("error"), [SEVERITY_WARNING] = N_("warning"),
        [SEVERITY_NOTE] = N_("note"),
    };
    struct buf start = BUF_INIT, text = BUF_INIT, remedy = BUF_INIT;

    plan_finding_text(line->plan, finding, &line->tr, &text);
    plan_finding_remedy(line->plan, finding, &line->tr, &remedy);
    if (number)
        buf_addf(&start, "  %zu ", number);
    line_sayf(line, "%s%s: %s%s%s", start.text,
              line_text(line, words[finding->severity]),
              with_task ? text_get(&finding->task->title, line->tr.lang) : "",
              with_task ? ". " : "", text.text);
    if (remedy.length)
        line_sayf(line, "    %s %s", line_text(line, "What to do:"), remedy.text);
    buf_free(&start);
    buf_free(&text);
    buf_free(&remedy);
}

/* The number under which a finding can be reached. Without a question of its own it leads to the
 * first question of its task; 0 when there is none. */
static size_t add_target(const struct line *line, const struct finding *finding,
                       struct places *places)
{
    struct places steps = { 0 };
    struct place place = finding->place;

    if (!place.item && finding->task->form) {
        engine_steps(line->plan->engine, finding->task->form, NULL, NULL, false, &steps);
        if (steps.count)
            place = steps.at[0];
    }
    if (place.item)
        line_add_place(places, place.item, place.row);
    places_free(&steps);
    return place.item ? places->count : 0;
}

/* Tells the problems and where they lead; returns how many there are. */
static size_t tell_problems(struct line *line, const struct form *form, struct places *places)
{
    struct findings findings = { 0 };
    size_t open = 0, count = 0;

    if (form)
        engine_form_problems(line->plan->engine, form, &findings);
    else
        engine_findings(line->plan->engine, &findings);
    places->count = 0;
    for (size_t i = 0; i < findings.count; i++)
        count += is_problem(&findings.at[i]);
    if (count) {
        line_say(line, "");
        line_sayf(line, line_plural(line, "There is %zu thing to look at.",
                                    "There are %zu things to look at.", count), count);
    }
    for (size_t i = 0; i < findings.count; i++) {
        open += is_open(&findings.at[i]);
        if (!is_problem(&findings.at[i]))
            continue;
        tell_problem(line, &findings.at[i], add_target(line, &findings.at[i], places), !form);
    }
    if (open && count)
        line_sayf(line, line_plural(line, "Besides, %zu question is open.",
                                    "Besides, %zu questions are open.", open), open);
    findings_free(&findings);
    return count;
}

enum line_go line_problems(struct line *line, const struct form *form, bool always)
{
    struct places places = { 0 };
    enum line_go go = GO_ON;

    do {
        if (tell_problems(line, form, &places) == 0) {
            if (always)
                line_say(line, line_text(line, "There are no problems."));
            break;
        }
    } while (line_pick(line, &places,
                       line_text(line, "Number leads to the question, Enter goes on and leaves "
                                       "the correcting for later, < back: "), &go));
    places_free(&places);
    return go;
}
