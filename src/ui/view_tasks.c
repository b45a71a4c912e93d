/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The task list: where the user starts and always returns to.
 */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "core/schema.h"
#include "ui/list_view.h"

static const struct {
    enum sign sign;
    const char *word;
} statuses[] = {
    [TASK_NOT_STARTED] = { SIGN_OPEN, N_("not started") },
    [TASK_IN_PROGRESS] = { SIGN_SOME, N_("in progress") },
    [TASK_DONE] = { SIGN_DONE, N_("done") },
    [TASK_CANNOT_START] = { SIGN_WAITS, N_("cannot start yet") },
    [TASK_PROBLEM] = { SIGN_PROBLEM, N_("there is a problem") },
};

static const char *provider_name(const struct ui *ui)
{
    const struct item *item = schema_item(ui->plan->schema, "org_name");
    const char *name = item ? answers_value(ui->plan->answers, item, NULL) : NULL;

    return name ? name : ui_text(ui, "Your company");
}

/* "3 / 5 done  Monday 23 November 2026"; the day gets shorter, or is left out, where a header
 * has no room for it. */
static void fill_progress(const struct ui *ui, int done, int all, struct buf *out)
{
    int room = ui->screen.grid.cols / 2 - 1;
    const char *weekday = date_weekday_name(date_weekday(ui->plan->today), ui->tr.lang);
    char day[40];
    int width;

    date_text(ui->plan->today, ui->tr.lang, day, sizeof day);
    buf_addf(out, tr_text(&ui->tr, "%d / %d done"), done, all);
    width = utf8_width(out->text) + 2 + utf8_width(day);
    if (width + 1 + utf8_width(weekday) <= room)
        buf_addf(out, "  %s %s", weekday, day);
    else if (width <= room)
        buf_addf(out, "  %s", day);
}

/* The weightiest finding of the rules, as a line above the tasks. */
static void fill_alarm(struct list_view *list, struct ui *ui)
{
    struct findings findings = { 0 };
    struct buf text = BUF_INIT;

    engine_findings(ui->plan->engine, &findings);
    for (size_t i = 0; i < findings.count && !text.length; i++)
        if (findings.at[i].kind == FINDING_RULE && findings.at[i].severity != SEVERITY_NOTE) {
            plan_finding_text(ui->plan, &findings.at[i], &ui->tr, &text);
            list_add_text(list, text.text, 3, ATTR_BOLD);
            list->lines[list->count - 1].sign = SIGN_PROBLEM;
            list_add_gap(list);
        }
    buf_free(&text);
    findings_free(&findings);
}

/* "waits for: Organisation" or "6 / 31 in progress". */
static void fill_status(const struct ui *ui, const struct task *task,
                        const struct task_state *state, struct buf *out)
{
    const char *word = ui_text(ui, statuses[state->status].word);

    if (state->status == TASK_IN_PROGRESS)
        buf_addf(out, "%d / %d  ", state->answered, state->required);
    if (state->status != TASK_CANNOT_START) {
        buf_add(out, word);
        return;
    }
    for (size_t i = 0; task->depends && task->depends[i]; i++)
        if (engine_task_blocks(ui->plan->engine, task->depends[i])) {
            buf_addf(out, "%s: %s", ui_text(ui, "waits for"),
                     text_get(&task->depends[i]->title, ui->tr.lang));
            return;
        }
    buf_add(out, word);
}

static void fill_task(struct list_view *list, struct ui *ui, const struct task *task,
                      const struct task_state *state)
{
    struct buf status = BUF_INIT, problem = BUF_INIT;
    struct line *line;

    fill_status(ui, task, state, &status);
    line = list_add(list, text_get(&task->title, ui->tr.lang), status.text);
    line->stacks = true;
    line->sign = statuses[state->status].sign;
    line->attr = state->status == TASK_CANNOT_START ? ATTR_DIM : ATTR_NORMAL;
    line->far = task->slide ? xstrdup(task->slide) : NULL;
    line->thing = task;
    if (state->status == TASK_PROBLEM && state->first_problem.item) {
        plan_place_name(ui->plan, &state->first_problem, &ui->tr, &problem);
        list_add_text(list, problem.text, 6, ATTR_NORMAL);
    }
    buf_free(&status);
    buf_free(&problem);
}

static void fill_tasks(struct list_view *list, struct ui *ui)
{
    const struct schema *schema = ui->plan->schema;
    const struct phase *phase = NULL;
    int done = 0, all = 0;

    buf_add(&list->title, provider_name(ui));
    fill_alarm(list, ui);
    list->far_cols = ui_text_cols(&ui->screen) > 50 ? 7 : 0;
    for (size_t i = 0; i < schema->task_count; i++) {
        struct task_state state;
        engine_task(ui->plan->engine, &schema->tasks[i], &state);
        if (!state.relevant)
            continue;
        if (schema->tasks[i].phase != phase) {
            if (phase)
                list_add_gap(list);
            phase = schema->tasks[i].phase;
            list_add_text(list, text_get(&phase->title, ui->tr.lang), 3, ATTR_BOLD);
        }
        fill_task(list, ui, &schema->tasks[i], &state);
        all++;
        done += state.status == TASK_DONE;
    }
    fill_progress(ui, done, all, &list->right);
}

/* A task that is done or has a problem opens on its check page, others on the first open
 * question. */
static void open_task(struct list_view *list, struct ui *ui, struct line *line)
{
    const struct task *task = line->thing;
    struct task_state state;

    (void)list;
    engine_task(ui->plan->engine, task, &state);
    if (!task->form)
        ui_say(ui, text_get(&task->intro, ui->tr.lang));
    else if (state.status == TASK_DONE || state.status == TASK_PROBLEM ||
             (state.status == TASK_IN_PROGRESS && !state.first_open.item))
        ui_push(ui, view_check_new(ui, task->form));
    else
        ui_push(ui, view_question_new(ui, task->form, NULL, false));
}

static bool act_on_task(struct list_view *list, struct ui *ui, enum action action,
                        struct line *line)
{
    const struct task *task = line ? line->thing : NULL;
    struct buf text = BUF_INIT;

    (void)list;
    if (action == ACTION_LEAVE || action == ACTION_BACK) {
        ui_ask_quit(ui);
        return true;
    }
    if (action != ACTION_HELP || !task)
        return false;
    plan_text(ui->plan, &task->intro, &ui->tr, &text);
    ui_push(ui, view_text_new(ui, text_get(&task->title, ui->tr.lang), text.text));
    buf_free(&text);
    return true;
}

struct view *view_tasks_new(struct ui *ui)
{
    static const enum action actions[] = {
        ACTION_OPEN, ACTION_HELP, ACTION_TODAY, ACTION_CHECK, ACTION_SEARCH, ACTION_PRINT,
        ACTION_LANG, ACTION_MENU, ACTION_QUIT, ACTION_NONE
    };
    struct list_view *list = xcalloc(1, sizeof *list);

    (void)ui;
    list_view_init(list, actions, fill_tasks, open_task);
    list->act = act_on_task;
    return &list->view;
}
