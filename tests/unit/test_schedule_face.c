/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the faces say of the schedule and do with it, with the shipped content: slips, the rows of
 * the chart, real days, the views of the screen, the conversation of line mode.
 */
#include "core_help.h"

#include "core/gantt_rows.h"
#include "core/schedule_face.h"
#include "line/line.h"
#include "mem_plan.h"
#include "ui/steps.h"

/* ---- a plan: two people wait for their cards, the agreement is on its way ---- */

struct lab {
    struct plan *plan;
    struct mem_store store;
    struct schedule *schedule;
};

static void set(struct lab *lab, const char *address, const char *value)
{
    struct err err = { 0 };
    const struct item *item = NULL;
    char row[24];
    bool new_row = false;

    if (plan_address(lab->plan, address, &item, row, &new_row, &err) ||
        (new_row && plan_row_add(lab->plan, item->repeat, row, &err)) ||
        plan_set(lab->plan, item, row[0] ? row : NULL, value, NULL, &err))
        fail_msg("%s: %s", address, err.msg);
}

static void make(struct lab *lab)
{
    struct err err = { 0 };

    schedule_free(lab->schedule);
    lab->schedule = NULL;
    assert_int_equal(schedule_new(&lab->schedule, lab->plan, NULL, 0, &err), 0);
}

static int set_up(void **state)
{
    static const char *const answers[][2] = {
        { "org_name", "Perhekoti Esimerkki Oy" }, { "decision_date", "2026-03-20" },
        { "target_date", "2027-03-01" },
        { "person[+].name", "Aino Malli" }, { "person[+].name", "Onni Malli" },
        { "card[+].card_holder", "1" }, { "card[1].card_kind", "staff" },
        { "card[1].card_ready", "0" }, { "card[+].card_holder", "2" },
        { "card[2].card_kind", "staff" }, { "card[2].card_ready", "0" },
        { "cards_people_complete", "1" }, { "cards_listed_on", "2026-04-01" },
        { "reg_point_agreed_on", "2026-04-07" },
    };
    struct lab *lab = xcalloc(1, sizeof *lab);

    lab->plan = mem_plan(help_real()->schema, &lab->store, date_make(2026, 4, 13));
    for (size_t i = 0; i < countof(answers); i++)
        set(lab, answers[i][0], answers[i][1]);
    make(lab);
    *state = lab;
    return 0;
}

static int tear_down(void **state)
{
    struct lab *lab = *state;

    schedule_free(lab->schedule);
    plan_close(lab->plan);
    mem_store_free(&lab->store);
    free(lab);
    return 0;
}

static const struct step *step_of(const struct lab *lab, const char *id, size_t position)
{
    const struct activity *activity = activity_find(lab->plan->schema->activities, id);
    const char *row = activity && activity->per
                          ? answers_row_at(lab->plan->answers, activity->per, position)->key : NULL;
    const struct step *step = activity ? schedule_step(lab->schedule, activity, row) : NULL;

    if (!step)
        fail_msg("no step %s", id);
    return step;
}

static bool is_open(const struct step *step)
{
    return step->state != STEP_DONE && step->state != STEP_GONE;
}

/* ---- slips ---- */

/* A slip says what a whole new schedule says in which the step ends so much later. */
static void test_slip(void **state)
{
    struct lab *lab = *state;
    const struct schedule *schedule = lab->schedule;
    size_t moving = 0;

    for (size_t i = 0; i < schedule->count; i++) {
        const struct step *step = &schedule->steps[i];
        struct schedule_change change = { step->activity, step->row, CHANGE_FINISH,
                                          step->early[PACE_TYPICAL].last + 7 };
        struct schedule *other = NULL;
        struct err err = { 0 };
        int slipped = schedule_slip(schedule, step, 7);
        if (!is_open(step)) {
            assert_int_equal(slipped, DATE_NONE);
            continue;
        }
        assert_int_equal(schedule_new(&other, lab->plan, &change, 1, &err), 0);
        if (slipped != other->finish[PACE_TYPICAL])
            fail_msg("%s: %d, not %d", step->activity->id, slipped, other->finish[PACE_TYPICAL]);
        assert_int_equal(schedule_slip(schedule, step, 0), schedule->finish[PACE_TYPICAL]);
        moving += slipped > schedule->finish[PACE_TYPICAL];
        if (step->critical)
            assert_true(slipped > schedule->finish[PACE_TYPICAL]);
        schedule_free(other);
    }
    assert_true(moving > 0);
}

static void test_upcoming(void **state)
{
    struct lab *lab = *state;
    const struct step *last = NULL;
    size_t blocked = 0, told = 0;

    for (size_t i = 0; i < lab->schedule->count; i++)
        blocked += lab->schedule->steps[i].state == STEP_BLOCKED
                   && !step_is_late(lab->schedule, &lab->schedule->steps[i]);
    for (const struct step *step = schedule_upcoming(lab->schedule, NULL); step;
         step = schedule_upcoming(lab->schedule, step)) {
        assert_int_equal(step->state, STEP_BLOCKED);
        if (last)
            assert_true(step_last_day(last) <= step_last_day(step));
        last = step;
        told++;
    }
    assert_true(blocked > 3);
    assert_int_equal(told, blocked);
}

/* ---- rows ---- */

static void check_rows(const struct gantt_rows *rows, const struct schedule *schedule)
{
    bool *seen = xcalloc(schedule->count + 1, sizeof seen[0]);
    size_t steps = 0, gone = 0;

    for (size_t i = 0; i < rows->count; i++) {
        const struct gantt_row *row = &rows->at[i];
        assert_true(row->end > i && row->end <= rows->count);
        assert_true(row->name[0]);
        for (size_t k = i + 1; k < row->end; k++)
            assert_true(rows->at[k].depth > row->depth);
        if (!row->step) {
            assert_true(row->end > i + 1);
        } else if (row->gone) {
            gone++;
        } else {
            size_t at = (size_t)(row->step - schedule->steps);
            assert_true(at < schedule->count && !seen[at] && gone == 0);
            seen[at] = true;
            steps++;
        }
    }
    assert_int_equal(steps, schedule->count);
    assert_int_equal(gone, schedule->gone_count);
    free(seen);
}

static const struct gantt_row *find_row(const struct gantt_rows *rows, const char *name)
{
    for (size_t i = 0; i < rows->count; i++)
        if (strcmp(rows->at[i].name, name) == 0)
            return &rows->at[i];
    return NULL;
}

/* Every step stands once, whatever the grouping; a person's card is one heading with its steps. */
static void test_rows(void **state)
{
    struct lab *lab = *state;
    struct gantt_rows rows = { 0 };
    const struct gantt_row *aino;

    for (int by = 0; by < GANTT_BY_COUNT; by++) {
        gantt_rows(lab->plan, lab->schedule, (enum gantt_by)by, help_english(), &rows);
        check_rows(&rows, lab->schedule);
    }
    gantt_rows(lab->plan, lab->schedule, GANTT_BY_PHASE, help_english(), &rows);
    aino = find_row(&rows, "Aino Malli");
    assert_non_null(aino);
    assert_null(aino->step);
    assert_int_equal(aino->depth, 1);
    assert_ptr_equal(aino[1].step, step_of(lab, "card_visit_staff", 0));
    assert_ptr_equal(aino[2].step, step_of(lab, "card_delivery", 0));
    assert_int_equal(aino->bar.first, aino[1].bar.first);
    assert_true(aino->bar.last >= aino[2].bar.last);
    gantt_rows_free(&rows);
}

/* ---- names and days ---- */

static void test_refs(void **state)
{
    struct lab *lab = *state;

    for (size_t i = 0; i < lab->schedule->count; i++) {
        const struct step *step = &lab->schedule->steps[i];
        struct step_ref ref = step_ref(step);
        assert_true(step_ref_is(&ref, step));
        assert_ptr_equal(step_ref_find(&ref, lab->schedule), step);
        if (i > 0)
            assert_false(step_ref_is(&ref, step - 1));
    }
}

/* A day that its question does not take leaves nothing behind. */
static void test_keep(void **state)
{
    struct lab *lab = *state;
    const struct step *step = step_of(lab, "card_agreement", 0);
    struct err err = { 0 };
    struct place place, undone;
    int entries;

    assert_true(schedule_own_place(lab->plan, step, true, &place));
    assert_string_equal(place.item->id, "card_agreement_sent_on");
    assert_int_equal(schedule_keep(lab->plan, step, true, lab->plan->today + 9, help_english(),
                                   &err), ERR_INPUT);
    assert_non_null(strstr(err.msg, "This day cannot be kept: "));
    assert_null(answers_value(lab->plan->answers, place.item, NULL));
    assert_int_equal(schedule_keep(lab->plan, step, true, lab->plan->today, help_english(), &err),
                     0);
    assert_string_equal(answers_value(lab->plan->answers, place.item, NULL), "2026-04-13");
    make(lab);
    assert_int_equal(step_of(lab, "card_agreement", 0)->state, STEP_DONE);
    assert_int_equal(plan_undo(lab->plan, &undone, &entries, &err), 0);
    assert_null(answers_value(lab->plan->answers, place.item, NULL));
    step = step_of(lab, "card_delivery", 1);
    assert_true(schedule_own_place(lab->plan, step, true, &place));
    assert_ptr_equal(place.row, answers_row_at(lab->plan->answers, place.item->repeat, 1)->key);
}

static void test_words(void **state)
{
    struct lab *lab = *state;
    struct buf text = BUF_INIT;

    schedule_brief(lab->plan, lab->schedule, step_of(lab, "card_agreement_wait", 0),
                   help_english(), &text);
    assert_non_null(strstr(text.text, "last safe day "));
    assert_non_null(strstr(text.text, "If it slips by a week, the start is "));
    assert_non_null(strstr(text.text, "Waits for: Sending the smart card agreement."));
    buf_clear(&text);
    schedule_next_text(lab->plan, lab->schedule, step_of(lab, "card_agreement", 0)->activity->task,
                       false, help_english(), &text);
    assert_non_null(strstr(text.text, "Sending the smart card agreement by "));
    buf_free(&text);
}

/* ---- the screen ---- */

static void draw(struct ui *ui, struct view *view, int rows, int cols)
{
    canvas_reset(&ui->screen, rows, cols);
    view->ops->draw(view, ui, &ui->screen);
}

static void free_views(struct ui *ui)
{
    while (ui->depth > 0)
        ui_pop(ui);
    ui_schedule_forget(ui);
    canvas_free(&ui->screen);
    buf_free(&ui->message);
}

static struct ui make_ui(struct lab *lab)
{
    static const struct face_hooks hooks = { .tr = help_tr, .print = help_print };
    struct ui ui = { .plan = lab->plan, .hooks = &hooks, .tr = { .lang = LANG_EN },
                     .message = BUF_INIT };

    canvas_init(&ui.screen, 24, 80, false);
    return ui;
}

/* Keys that move look at the schedule and never make it anew: what the test has written into it
 * stays. A change of the plan makes it once. */
static void test_no_recomputing(void **state)
{
    static const enum action keys[] = {
        ACTION_DOWN, ACTION_DOWN, ACTION_LATER, ACTION_ZOOM_OUT, ACTION_PAGE_DOWN, ACTION_EARLIER,
        ACTION_ZOOM_IN, ACTION_LAST, ACTION_OPEN, ACTION_GROUPS, ACTION_FIRST,
    };
    struct lab *lab = *state;
    struct ui ui = make_ui(lab);
    struct view *view = view_gantt_new(&ui);

    ui_push(&ui, view);
    draw(&ui, view, 24, 80);
    ui.schedule->begin = 12345;
    for (size_t i = 0; i < countof(keys); i++) {
        view->ops->act(view, &ui, keys[i]);
        draw(&ui, view, 24, 80);
        assert_int_equal(ui.schedule->begin, 12345);
        assert_true(ui.screen.grid.cursor_row >= 0);
    }
    set(lab, "card_agreement_sent_on", "2026-04-13");
    draw(&ui, view, 24, 80);
    assert_int_not_equal(ui.schedule->begin, 12345);
    free_views(&ui);
}

/* Drawn at any size, with the focus anywhere, the cursor is inside. */
static void test_sizes(void **state)
{
    struct lab *lab = *state;
    struct ui ui = make_ui(lab);
    struct view *view = view_gantt_new(&ui);

    ui_push(&ui, view);
    for (int rows = 1; rows < 40; rows++)
        for (int cols = 1; cols < 130; cols += 9) {
            draw(&ui, view, rows, cols);
            assert_true(ui.screen.grid.cursor_row < rows);
            if (ui_body_rows(&ui.screen) > 0)
                assert_true(ui.screen.grid.cursor_row >= 1);
            view->ops->act(view, &ui, rows % 5 ? ACTION_DOWN : ACTION_FIRST);
        }
    free_views(&ui);
}

static void assert_shown(const struct ui *ui, const char *what)
{
    struct buf text = BUF_INIT;

    canvas_text(&ui->screen.grid, &text);
    if (!strstr(text.text, what))
        fail_msg("\"%s\" is not on:\n%s", what, text.text);
    buf_free(&text);
}

/* What if stores nothing before it is kept, and what its question refuses stays unstored. */
static void test_what_if(void **state)
{
    struct lab *lab = *state;
    struct ui ui = make_ui(lab);
    const struct step *step = step_of(lab, "card_agreement", 0);
    const struct item *item = help_item(lab->plan->schema, "card_agreement_sent_on");
    int64_t before = lab->plan->last_entry;
    struct view *view = view_what_if_new(&ui, step);

    ui_push(&ui, view);
    draw(&ui, view, 24, 80);
    view->ops->act(view, &ui, ACTION_KEEP);
    assert_string_equal(ui.message.text, "Nothing has been moved yet.");
    view->ops->act(view, &ui, ACTION_WEEK_LATER);
    draw(&ui, view, 24, 80);
    assert_shown(&ui, "7 days more");
    assert_int_equal(lab->plan->last_entry, before);
    view->ops->act(view, &ui, ACTION_DOWN);
    view->ops->act(view, &ui, ACTION_DOWN);
    draw(&ui, view, 24, 80);
    view->ops->act(view, &ui, ACTION_LATER);
    draw(&ui, view, 24, 80);
    assert_shown(&ui, "1 day more");
    view->ops->act(view, &ui, ACTION_KEEP);
    assert_true(ui.message_is_problem);
    assert_int_equal(ui.depth, 1);
    assert_null(answers_value(lab->plan->answers, item, NULL));
    draw(&ui, view, 24, 80);
    view->ops->act(view, &ui, ACTION_EARLIER);
    view->ops->act(view, &ui, ACTION_EARLIER);
    draw(&ui, view, 24, 80);
    view->ops->act(view, &ui, ACTION_KEEP);
    assert_int_equal(ui.depth, 0);
    assert_string_equal(answers_value(lab->plan->answers, item, NULL), "2026-04-12");
    free_views(&ui);
}

/* ---- line mode ---- */

static int no_calendar(void *data, struct plan *plan, const struct tr *tr, struct buf *path,
                       struct err *err)
{
    (void)data, (void)plan, (void)tr, (void)err;
    buf_add(path, "plan-timeline.ics");
    return 0;
}

static char *talk(struct lab *lab, const char *typed)
{
    const struct face_hooks hooks = { .tr = help_tr, .print = help_print,
                                      .calendar = no_calendar };
    struct err err = { 0 };
    char *said = NULL;
    size_t room = 0;
    FILE *in = fmemopen((char *)(uintptr_t)typed, strlen(typed), "r");
    FILE *out = open_memstream(&said, &room);

    assert_int_equal(line_run(lab->plan, in, out, &hooks, LANG_EN, true, &err), 0);
    fclose(in);
    fclose(out);
    return said;
}

static void assert_said(char *said, const char *what)
{
    if (!strstr(said, what))
        fail_msg("not said: \"%s\" in:\n%s", what, said);
}

/* The number under which the list tells the step. */
static void add_number(const char *said, const char *name, struct buf *out)
{
    const char *at = strstr(said, name);

    assert_non_null(at);
    while (at > said && at[-1] != '\n')
        at--;
    buf_addf(out, "%d\n", atoi(at));
}

/* All of the screen's ways, as sentences: the list, a step, its real day, what if, the calendar. */
static void test_line(void **state)
{
    struct lab *lab = *state;
    const struct item *item = help_item(lab->plan->schema, "card_agreement_sent_on");
    struct buf typed = BUF_INIT;
    char *said = talk(lab, "a\n\nt\n\nq\n");

    assert_said(said, "Do now:");
    assert_said(said, "Next last safe days:");
    assert_said(said, "Aino Malli, Visit to the registration point: begin by ");
    buf_add(&typed, "a\ni\nzz\n");
    add_number(said, "Sending the smart card agreement: begin by", &typed);
    free(said);
    buf_add(&typed, "4\n30\nn\n\nq\n");
    said = talk(lab, typed.text);
    assert_said(said, "plan-timeline.ics");
    assert_said(said, "\"zz\" is not among the choices.");
    assert_said(said, "Sending the smart card agreement: can begin.");
    assert_said(said, "Who: Authorised signatory");
    assert_said(said, "Keep this day as an answer?");
    assert_null(answers_value(lab->plan->answers, item, NULL));
    free(said);
    buf_cut(&typed, typed.length - strlen("4\n30\nn\n\nq\n"));
    buf_add(&typed, "1\nno day\n-2\n\nq\n");
    said = talk(lab, typed.text);
    assert_said(said, "Finished on which day?");
    assert_said(said, "A date, for example 1.9.2027.");
    assert_said(said, "Saved: 11 April 2026 (Saturday).");
    assert_string_equal(answers_value(lab->plan->answers, item, NULL), "2026-04-11");
    free(said);
    buf_free(&typed);
}

/* The task list says first what the rules want said, then what to do; a step whose task cannot start
 * yet gives way to the task before it. */
static void test_front_and_today(void **state)
{
    struct lab *lab = *state;
    struct buf text = BUF_INIT;
    struct step_list actions = { 0 };
    char *said;

    set(lab, "org_system", "1");
    set(lab, "decision_date", "");
    set(lab, "target_date", "");
    make(lab);
    schedule_actions(lab->schedule, &actions);
    assert_true(actions.count > 0);
    assert_string_equal(actions.at[0]->activity->id, "decide");
    assert_string_equal(schedule_task_before(lab->plan, actions.at[0])->id, "organisation");
    schedule_today_text(lab->plan, lab->schedule, help_english(), &text);
    assert_string_equal(text.text, "Organisation details, then Decision and people in charge");
    said = talk(lab, "t\nzz\n\nq\n");
    assert_said(said, "The obligation to join applies to you. Last day: ");
    assert_said(said, "Today: Organisation details, then Decision and people in charge.");
    assert_said(said, "\"zz\" is not among the choices.");
    free(said);
    step_list_free(&actions);
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_slip, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_upcoming, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_rows, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_refs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_keep, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_no_recomputing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_sizes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_if, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_front_and_today, set_up, tear_down),
    };

    return cmocka_run_group_tests_name("schedule_face", tests, help_load_real, help_free_real);
}
