/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The task list: where the user starts and always returns to.
 */

#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "core/plan_facts.h"
#include "ui/steps.h"

/* A line leads to its task, to the facts, to today or to the place of a finding. */
enum { LINE_TASK, LINE_FACTS, LINE_TODAY, LINE_ALARM };

static const enum sign signs[] = {
    [TASK_NOT_STARTED] = SIGN_OPEN, [TASK_IN_PROGRESS] = SIGN_SOME, [TASK_DONE] = SIGN_DONE,
    [TASK_CANNOT_START] = SIGN_WAITS, [TASK_PROBLEM] = SIGN_PROBLEM,
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

static void add_sentences(const struct ui *ui, const struct finding *finding, struct buf *out)
{
    plan_finding_text(ui->plan, finding, &ui->tr, out);
    if (finding->severity != SEVERITY_NOTE) {
        buf_add_char(out, ' ');
        plan_finding_remedy(ui->plan, finding, &ui->tr, out);
    }
}

static void add_front(struct list_view *list, struct ui *ui, const struct finding *finding)
{
    bool alarm = finding->severity != SEVERITY_NOTE;
    struct buf text = BUF_INIT;

    add_sentences(ui, finding, &text);
    list_add_text(list, text.text, 3, alarm ? ATTR_BOLD : ATTR_NORMAL);
    list->lines[list->count - 1].sign = alarm ? SIGN_PROBLEM : SIGN_NONE;
    buf_free(&text);
}

/* Leads to where it can be put right. */
static void add_alarm(struct list_view *list, struct ui *ui, const struct finding *finding)
{
    struct buf text = BUF_INIT;
    struct line *line;

    add_sentences(ui, finding, &text);
    line = list_add(list, text.text, NULL);
    line->number = LINE_ALARM;
    line->sign = SIGN_PROBLEM;
    line->attr = ATTR_BOLD;
    line->wraps = true;
    line->place = finding->place;
    line->thing = finding->task;
    list_add_gap(list);
    buf_free(&text);
}

/* Above the tasks: what the rules want said on the first page, and the weightiest other finding. */
static void fill_front(struct list_view *list, struct ui *ui)
{
    const struct finding *alarm = NULL;
    struct findings findings = { 0 };

    engine_findings(ui->plan->engine, &findings);
    for (size_t i = 0; i < findings.count; i++) {
        const struct finding *finding = &findings.at[i];
        if (finding->kind != FINDING_RULE)
            continue;
        if (finding->rule->front)
            add_front(list, ui, finding);
        else if (!alarm && finding->severity != SEVERITY_NOTE)
            alarm = finding;
    }
    if (list->count)
        list_add_gap(list);
    list->pinned = list->count;
    if (alarm)
        add_alarm(list, ui, alarm);
    findings_free(&findings);
}

/* "waits for: Organisation" or "6 / 31 in progress". */
static void fill_status(const struct ui *ui, const struct task *task,
                        const struct task_state *state, struct buf *out)
{
    const char *word = ui_text(ui, plan_status_words(task, state->status));

    if (state->status == TASK_IN_PROGRESS)
        buf_addf(out, "%d / %d  ", state->answered, state->required);
    if (state->status != TASK_CANNOT_START || task->kind == TASK_GATE) {
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

/* Before the status: what is next in the task and its last day, as far as there is room on the
 * row. */
static void add_next(const struct list_view *list, struct ui *ui, const struct task *task,
                     const struct task_state *state, struct buf *status)
{
    int room = ui_text_cols(&ui->screen) + 1 - 3 - (list->far_cols ? list->far_cols + 1 : 0);
    const struct schedule *schedule = ui_schedule(ui);
    struct buf next = BUF_INIT;
    bool fits = !schedule;

    room -= utf8_width(text_get(&task->title, ui->tr.lang)) + 2 + utf8_width(status->text) + 2;
    if (state->status == TASK_DONE || state->status == TASK_CANNOT_START)
        return;
    for (int only_day = 0; only_day < 2 && !fits; only_day++) {
        buf_clear(&next);
        schedule_next_text(ui->plan, schedule, task, only_day, &ui->tr, &next);
        fits = utf8_width(next.text) <= room;
    }
    if (fits && next.length) {
        buf_add(&next, "  ");
        buf_splice(status, 0, 0, next.text, next.length);
    }
    buf_free(&next);
}

static void fill_task(struct list_view *list, struct ui *ui, const struct task *task,
                      const struct task_state *state)
{
    struct buf status = BUF_INIT, problem = BUF_INIT;
    struct line *line;

    fill_status(ui, task, state, &status);
    add_next(list, ui, task, state, &status);
    line = list_add(list, text_get(&task->title, ui->tr.lang), status.text);
    line->stacks = true;
    line->sign = signs[state->status];
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

/* Above the tasks: how many facts are to be checked for them. */
static void add_facts(struct list_view *list, struct ui *ui)
{
    size_t count = plan_facts_to_check(ui->plan);
    struct buf text = BUF_INIT;

    if (!count)
        return;
    buf_addf(&text, tr_plural(&ui->tr, "%zu fact to check for the open tasks",
                              "%zu facts to check for the open tasks", count), count);
    list_add(list, text.text, NULL)->number = LINE_FACTS;
    buf_free(&text);
}

/* Above the tasks: the most urgent thing to do; the line leads to all of them. */
static void add_today(struct list_view *list, struct ui *ui)
{
    const struct schedule *schedule = ui_schedule(ui);
    struct buf text = BUF_INIT, what = BUF_INIT;
    struct line *line;

    if (schedule)
        schedule_today_text(ui->plan, schedule, &ui->tr, &what);
    if (what.length) {
        buf_addf(&text, "%s %s", ui_text(ui, "Today:"), what.text);
        line = list_add(list, text.text, NULL);
        line->number = LINE_TODAY;
        line->wraps = true;
    }
    buf_free(&text);
    buf_free(&what);
}

static void fill_head(struct list_view *list, struct ui *ui)
{
    size_t before;

    fill_front(list, ui);
    before = list->count;
    add_today(list, ui);
    add_facts(list, ui);
    if (list->count > before)
        list_add_gap(list);
}

/* The list begins at the task where the user can go on, else at the first. */
static void fill_tasks(struct list_view *list, struct ui *ui)
{
    const struct schema *schema = ui->plan->schema;
    const struct phase *phase = NULL;
    int done = 0, all = 0;
    bool begin = !list->filled;

    buf_add(&list->title, provider_name(ui));
    fill_head(list, ui);
    list->far_cols = ui_text_cols(&ui->screen) > 50 ? 7 : 0;
    for (size_t i = 0; i < schema->task_count; i++) {
        struct task_state state;
        bool open;
        engine_task(ui->plan->engine, &schema->tasks[i], &state);
        if (!state.relevant)
            continue;
        if (schema->tasks[i].phase != phase) {
            if (phase)
                list_add_gap(list);
            phase = schema->tasks[i].phase;
            list_add_text(list, text_get(&phase->title, ui->tr.lang), 3, ATTR_BOLD);
        }
        open = state.status != TASK_DONE && state.status != TASK_CANNOT_START;
        if (begin && (open || all == 0))
            list->focus = list->count;
        begin = begin && !open;
        fill_task(list, ui, &schema->tasks[i], &state);
        all++;
        done += state.status == TASK_DONE;
    }
    fill_progress(ui, done, all, &list->right);
}

void ui_open_task(struct ui *ui, const struct task *task)
{
    struct task_state state;

    engine_task(ui->plan->engine, task, &state);
    if (!task->form)
        ui_push(ui, view_gate_new(ui, task));
    else if (state.status == TASK_DONE || state.status == TASK_PROBLEM ||
             (state.status == TASK_IN_PROGRESS && !state.first_open.item))
        ui_push(ui, view_check_new(ui, task->form));
    else
        ui_push(ui, view_question_new(ui, task->form, NULL, false));
}

static void open_alarm(struct ui *ui, const struct line *line)
{
    const struct task *task = line->thing;

    if (line->place.item)
        ui_push(ui, view_question_new(ui, line->place.item->form, &line->place, true));
    else if (task)
        ui_open_task(ui, task);
}

static void open_task(struct list_view *list, struct ui *ui, struct line *line)
{
    (void)list;
    switch (line->number) {
    case LINE_FACTS: ui_push(ui, view_facts_new(ui, NULL)); break;
    case LINE_TODAY: ui_push(ui, view_today_new(ui)); break;
    case LINE_ALARM: open_alarm(ui, line); break;
    default: ui_open_task(ui, line->thing); break;
    }
}

/* What the task is for, what it waits for, and what the list shows. */
static void show_help(struct ui *ui, const struct task *task)
{
    struct task_state state;
    struct buf text = BUF_INIT;

    engine_task(ui->plan->engine, task, &state);
    plan_text(ui->plan, &task->intro, &ui->tr, &text);
    for (size_t i = 0; task->depends && task->depends[i]; i++)
        if (state.status == TASK_CANNOT_START && task->form &&
            engine_task_blocks(ui->plan->engine, task->depends[i])) {
            buf_add(&text, "\n\n");
            buf_addf(&text, ui_text(ui, "This task waits for: %s."),
                     text_get(&task->depends[i]->title, ui->tr.lang));
            buf_addf(&text, " %s", ui_text(ui, "You can answer already now."));
            break;
        }
    buf_addf(&text, "\n\n%s",
             ui_text(ui, "Signs of the list: ✓ done, ◐ in progress, ○ not started, – waits for "
                         "another task, ! something to correct. On the right stands the step of "
                         "the source from which the task comes."));
    ui_push(ui, view_text_new(ui, text_get(&task->title, ui->tr.lang), text.text));
    buf_free(&text);
}

static bool act_on_task(struct list_view *list, struct ui *ui, enum action action,
                        struct line *line)
{
    (void)list;
    if (action == ACTION_LEAVE || action == ACTION_BACK) {
        ui_ask_quit(ui);
        return true;
    }
    if (action != ACTION_HELP || !line || !line->thing)
        return false;
    show_help(ui, line->thing);
    return true;
}

struct view *view_tasks_new(struct ui *ui)
{
    static const enum action actions[] = {
        ACTION_OPEN, ACTION_HELP, ACTION_TODAY, ACTION_TIMELINE, ACTION_CHECK, ACTION_SEARCH,
        ACTION_PRINT, ACTION_LANG, ACTION_MENU, ACTION_QUIT, ACTION_NONE
    };
    struct list_view *list = xcalloc(1, sizeof *list);

    (void)ui;
    list_view_init(list, actions, fill_tasks, open_task);
    list->act = act_on_task;
    return &list->view;
}
