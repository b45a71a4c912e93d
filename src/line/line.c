/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The task list, from which everything begins.
 */
#include "line/line.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "line/line_parts.h"

/* ---- commands of the task list ---- */

static void show_problems(struct line *line)
{
    line_problems(line, NULL, true);
}

static void check_all(struct line *line)
{
    line_check(line, NULL);
}

static void search(struct line *line)
{
    line_search(line, "");
}

static void undo(struct line *line)
{
    line_undo(line, false);
}

static void redo(struct line *line)
{
    line_undo(line, true);
}

static void toggle_full(struct line *line)
{
    line->full = !line->full;
    line_say(line, line_text(line, line->full ? N_("From now on the less important questions are "
                                                   "asked too.")
                                              : N_("From now on only the important questions are "
                                                   "asked.")));
}

static void status(struct line *line)
{
    line_tell_status(line, NULL);
}

static void help(struct line *line);

/* `retell`: where the plan stands is told again afterwards, since it reads differently. */
static const struct {
    char letter;
    bool retell;
    void (*run)(struct line *line);
    const char *label;
} commands[] = {
    { 't', false, line_today, N_("what can be done today") },
    { 'a', true, line_timeline, N_("timeline: what has to be done by when, what if") },
    { 'e', false, show_problems, N_("what has to be corrected") },
    { 'c', false, check_all, N_("check all answers") },
    { '/', false, search, N_("search") },
    { 'd', true, line_facts, N_("facts to check, and what you found") },
    { 'p', false, line_print, N_("documents: read, save, print on paper, a package") },
    { 'v', false, line_copy, N_("copy the plan to another place") },
    { 'i', true, line_import, N_("bring in people or card tests from a file") },
    { 'g', true, line_register, N_("check against the organisation register") },
    { 'l', true, line_rights, N_("rights matrix: roles, people, who can do what") },
    { 'z', true, line_reader, N_("card-reader test") },
    { 'k', true, line_choose_lang, N_("another language") },
    { 'u', false, undo, N_("take the last change back") },
    { 'r', false, redo, N_("make it again") },
    { 'f', false, toggle_full, N_("ask the less important questions too, or not") },
    { '=', false, status, N_("how far the plan is") },
    { '?', false, help, N_("this help") },
};

static void help(struct line *line)
{
    line_say(line, "");
    line_say(line, line_text(line, "Everything is saved at once when you answer. Type one of "
                                   "these and press Enter:"));
    line_sayf(line, "  1, 2, 3: %s", line_text(line, "open the task with this number"));
    line_sayf(line, "  Enter: %s", line_text(line, "tell all tasks"));
    for (size_t i = 0; i < countof(commands); i++)
        line_sayf(line, "  %c: %s", commands[i].letter, line_text(line, commands[i].label));
    line_sayf(line, "  q: %s", line_text(line, "quit"));
    line_say(line, line_text(line, "While questions are asked: Enter alone keeps the present "
                                   "answer and goes on; ? tells why it is asked; < goes back; "
                                   "= tells where you are; ! clears the answer; x means I do "
                                   "not know; . leads to the task list; q quits. To give one of "
                                   "these as an answer write \\ in front of it."));
}

/* ---- the list ---- */

/* What the rules want said first, such as that the day for joining is over. */
static void tell_front(struct line *line)
{
    struct findings findings = { 0 };
    struct buf text = BUF_INIT;

    engine_findings(line->plan->engine, &findings);
    for (size_t i = 0; i < findings.count; i++) {
        const struct finding *finding = &findings.at[i];
        if (finding->kind != FINDING_RULE || !finding->rule->front)
            continue;
        buf_clear(&text);
        plan_finding_text(line->plan, finding, &line->tr, &text);
        if (finding->severity != SEVERITY_NOTE) {
            buf_add_char(&text, ' ');
            plan_finding_remedy(line->plan, finding, &line->tr, &text);
        }
        line_say(line, text.text);
    }
    findings_free(&findings);
    buf_free(&text);
}

static void tell_heading(struct line *line)
{
    const struct item *name = schema_item(line->plan->schema, "org_name");
    const char *provider = name ? answers_value(line->plan->answers, name, NULL) : NULL;
    char day[40];

    date_text(line->plan->today, line->tr.lang, day, sizeof day);
    line_sayf(line, "%s%s%s %s.", provider ? provider : "", provider ? ". " : "",
              date_weekday_name(date_weekday(line->plan->today), line->tr.lang), day);
    line_tell_status(line, NULL);
    tell_front(line);
    line_tell_today(line);
    line_tell_facts(line);
}

static void add_blockers(const struct line *line, const struct task *task, struct buf *out)
{
    const char *between = "";

    for (size_t i = 0; task->depends && task->depends[i]; i++)
        if (engine_task_blocks(line->plan->engine, task->depends[i])) {
            buf_addf(out, "%s%s", between, text_get(&task->depends[i]->title, line->tr.lang));
            between = ", ";
        }
}

static void tell_task(struct line *line, const struct task *task, size_t number,
                      const struct task_state *state)
{
    struct buf blockers = BUF_INIT, text = BUF_INIT;

    buf_addf(&text, "  %zu %s: %s", number, text_get(&task->title, line->tr.lang),
             line_text(line, plan_status_words(task, state->status)));
    if (state->status == TASK_IN_PROGRESS || state->status == TASK_PROBLEM) {
        buf_add(&text, ", ");
        buf_addf(&text, line_text(line, "answered %1$d of %2$d"), state->answered,
                 state->required);
    }
    if (state->status == TASK_CANNOT_START && task->form) {
        add_blockers(line, task, &blockers);
        if (blockers.length) {
            buf_add(&text, ", ");
            buf_addf(&text, line_text(line, "waits for: %s"), blockers.text);
        }
    }
    line_sayf(line, "%s.", text.text);
    buf_free(&blockers);
    buf_free(&text);
}

/* The relevant tasks, in the order of their numbers. Returns how many there are. */
static size_t number_tasks(const struct line *line, const struct task **tasks)
{
    const struct schema *schema = line->plan->schema;
    size_t count = 0;

    for (size_t i = 0; i < schema->task_count; i++) {
        struct task_state state;
        engine_task(line->plan->engine, &schema->tasks[i], &state);
        if (state.relevant)
            tasks[count++] = &schema->tasks[i];
    }
    return count;
}

/* Tells the tasks under their phases. */
static void tell_tasks(struct line *line, const struct task *const *tasks, size_t count)
{
    const struct phase *phase = NULL;

    line_say(line, "");
    for (size_t i = 0; i < count; i++) {
        struct task_state state;
        if (tasks[i]->phase != phase)
            line_sayf(line, "%s:", text_get(&tasks[i]->phase->title, line->tr.lang));
        phase = tasks[i]->phase;
        engine_task(line->plan->engine, tasks[i], &state);
        tell_task(line, tasks[i], i + 1, &state);
    }
}

/* The first task that can be gone on with. Who listens should not have to hear all the others to
 * find it. */
static void tell_next(struct line *line, const struct task *const *tasks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct task_state state;
        engine_task(line->plan->engine, tasks[i], &state);
        if (state.status == TASK_DONE || state.status == TASK_CANNOT_START)
            continue;
        line_sayf(line, "%s:", line_text(line, "Next"));
        tell_task(line, tasks[i], i + 1, &state);
        return;
    }
    line_say(line, line_text(line, "Everything that is asked now has been answered."));
}

static void open_task(struct line *line, const struct task *task)
{
    struct buf text = BUF_INIT;
    struct task_state state;

    engine_task(line->plan->engine, task, &state);
    line_say(line, "");
    line_sayf(line, "%s: %s.", text_get(&task->title, line->tr.lang),
              line_text(line, plan_status_words(task, state.status)));
    plan_text(line->plan, &task->intro, &line->tr, &text);
    if (text.length)
        line_say(line, text.text);
    buf_clear(&text);
    add_blockers(line, task, &text);
    if (text.length && state.status == TASK_CANNOT_START && task->form) {
        line_sayf(line, line_text(line, "This task waits for: %s."), text.text);
        line_say(line, line_text(line, "You can answer already now."));
    }
    buf_free(&text);
    if (task->form)
        line_form(line, task->form, NULL);
    else
        line_gate(line, task);
}

/* Returns whether it has to be told again where the plan stands. */
static bool run_command(struct line *line, const char *text)
{
    for (size_t i = 0; i < countof(commands); i++)
        if (text[0] == commands[i].letter && !text[1]) {
            commands[i].run(line);
            return commands[i].retell;
        }
    if (text[0] == '/')
        line_search(line, text + 1);
    else
        line_sayf(line, line_text(line, "\"%s\" is no task and no command. ? lists the commands."),
                  text);
    return false;
}

/* One line said to the task list; returns whether it has to be told again where the plan stands. */
static bool hear_list(struct line *line, const char *text, const struct task *const *tasks,
                      size_t count)
{
    size_t number = line_number(text, count);

    if (strcmp(text, "q") == 0) {
        line->quit = true;
    } else if (number) {
        open_task(line, tasks[number - 1]);
        return true;
    } else if (*text && strcmp(text, ".") != 0) {
        return run_command(line, text);
    } else {
        tell_tasks(line, tasks, count);
    }
    return false;
}

static void run_list(struct line *line)
{
    const struct task **tasks = xcalloc(line->plan->schema->task_count + 1, sizeof *tasks);
    struct buf text = BUF_INIT;
    bool retell = true;

    while (!line->quit) {
        size_t count = number_tasks(line, tasks);
        if (retell) {
            line_say(line, "");
            tell_heading(line);
            tell_next(line, tasks, count);
        }
        if (!line_read(line, line_text(line, "Number opens a task, Enter tells all tasks, t today, "
                                             "/ search, ? all commands, q quit: "), &text))
            break;
        buf_trim(&text);
        retell = hear_list(line, text.text, tasks, count);
    }
    buf_free(&text);
    free(tasks);
}

int line_run(struct plan *plan, FILE *in, FILE *out, const struct face_hooks *hooks,
             enum lang lang, bool utf8, struct err *err)
{
    struct line line = { .plan = plan, .hooks = hooks, .out = out, .utf8 = utf8,
                         .print_folder = BUF_INIT, .tr = hooks->tr(hooks->data, lang) };
    struct buf saved = BUF_INIT;

    line.input = input_new(in, out, utf8);
    line_offer_drafts(&line);
    run_list(&line);
    line_tell_saved(&line, plan_read_only(plan) ? N_("Nothing was changed.")
                                                : N_("Everything is saved."), &saved);
    line_say(&line, saved.text);
    buf_free(&saved);
    buf_free(&line.print_folder);
    free(line.unsaved);
    input_free(line.input);
    errno = 0;                /* an earlier write that failed has left no reason */
    if (fflush(out) != 0 || ferror(out))
        return err_set(err, ERR_OUTPUT, N_("standard output: %s"),
                       err_reason(err_tr(err), errno ? errno : EIO));
    return 0;
}
