/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Noting what was found when a fact was checked: the value, the day, and by whom.
 *
 * Nothing is stored before all three are right; then all are, at once.
 */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "core/fact_notes.h"
#include "core/plan_facts.h"
#include "ui/widget.h"
#include "ui/window.h"

enum { PART_VALUE, PART_DAY, PART_WHO, PART_COUNT };

static const char *const labels[PART_COUNT] = {
    [PART_VALUE] = N_("What did you find?"), [PART_DAY] = N_("Checked on"),
    [PART_WHO] = N_("Checked by"),
};

struct note_view {
    struct view view;
    const struct fact *fact;  /* as texts name it */
    struct item items[PART_COUNT];
    struct widget widgets[PART_COUNT];
    int focus;
    struct window window;
    struct buf problem;
};

/* ---- drawing ---- */

/* Below the value: how to write it, and what it counts. Returns the rows used. */
static int draw_hint(struct ui *ui, struct canvas *body, int row, const struct fact *data)
{
    const char *how = data->date ? N_("A date, for example 1.9.2027.")
                      : data->number || data->min || data->max
                          ? N_("A number or a range, for example 3 or 3–4; 3– is at least 3.")
                          : NULL;
    struct buf unit = BUF_INIT;
    int cols = body->grid.cols - 5, used = 0;

    fact_unit(data, &ui->tr, &unit);
    if (how)
        used += canvas_wrap(body, row, 4, cols, ui_text(ui, how), ATTR_DIM);
    if (how && unit.length) {
        buf_splice(&unit, 0, 0, ": ", 2);
        buf_splice(&unit, 0, 0, ui_text(ui, "Unit"), strlen(ui_text(ui, "Unit")));
        used += canvas_wrap(body, row + used, 4, cols, unit.text, ATTR_DIM);
    }
    buf_free(&unit);
    return used;
}

static int draw_part(struct note_view *view, struct ui *ui, struct canvas *body, int row, int part)
{
    bool focus = part == view->focus;
    int first = row, cols = body->grid.cols - 2;
    struct fact_look look;

    row += canvas_wrap(body, row, 1, cols, ui_text(ui, labels[part]), focus ? ATTR_BOLD : 0);
    row += view->widgets[part].ops->draw(&view->widgets[part], ui, body, row, 2, cols - 1);
    plan_fact_look(ui->plan, view->fact, &look);
    if (part == PART_VALUE)
        row += draw_hint(ui, body, row, look.data);
    if (focus && view->problem.length) {
        canvas_put(body, row, 2, 1, "!", ATTR_BOLD);
        row += canvas_wrap(body, row, 4, cols - 3, view->problem.text, ATTR_BOLD);
    }
    return row + 1 - first;
}

/* Every field puts the cursor into itself; the one with the focus has it in the end. */
static void draw_body(struct note_view *view, struct ui *ui, struct canvas *body)
{
    int row = 0, cursor_row = -1, cursor_col = 0;
    struct fact_look look;
    struct buf text = BUF_INIT;

    plan_fact_look(ui->plan, view->fact, &look);
    buf_addf(&text, "%s: ", ui_text(ui, "The program's data"));
    fact_value(look.data, &ui->tr, &text);
    row += canvas_wrap(body, row, 1, body->grid.cols - 2,
                       text_get(&look.data->subject, ui->tr.lang), ATTR_BOLD);
    row += canvas_wrap(body, row, 1, body->grid.cols - 2, text.text, 0) + 1;
    for (int part = 0; part < PART_COUNT; part++) {
        row += draw_part(view, ui, body, row, part);
        if (part == view->focus) {
            cursor_row = body->grid.cursor_row;
            cursor_col = body->grid.cursor_col;
        }
    }
    canvas_wrap(body, row, 1, body->grid.cols - 2,
                ui_text(ui, "Nothing is saved before Enter in the last field."), ATTR_DIM);
    canvas_cursor(body, cursor_row, cursor_col);
    buf_free(&text);
}

static void note_draw(struct view *base, struct ui *ui, struct canvas *canvas)
{
    struct note_view *view = (struct note_view *)base;
    int first = ui_draw_header(ui, canvas, ui_text(ui, "Note what you found"), "");
    struct canvas body;

    canvas_init_growing(&body, ui_text_cols(canvas) + 2, canvas->ascii);
    draw_body(view, ui, &body);
    window_draw(&view->window, ui, canvas, first, &body, false);
    canvas_free(&body);
}

/* ---- saving ---- */

static void check_one(struct note_view *view, struct ui *ui, int part, struct check *out)
{
    const char *text = view->widgets[part].text.text;
    struct fact_look look;

    plan_fact_look(ui->plan, view->fact, &look);
    if (part == PART_VALUE)
        fact_note_check(look.data, text, ui->plan->today, out);
    else if (part == PART_DAY)
        fact_note_check_day(text, ui->plan->today, out);
    else
        fact_note_check_who(text, ui->plan->today, out);
}

/* Goes to the first part that is not right and says why. A personal identity code does not stay
 * on the screen. */
static bool find_problem(struct note_view *view, struct ui *ui, struct check checks[PART_COUNT])
{
    for (int part = 0; part < PART_COUNT; part++) {
        check_one(view, ui, part, &checks[part]);
        if (checks[part].state == CHECK_OK)
            continue;
        view->focus = part;
        check_message(&checks[part], &ui->tr, &view->problem);
        if (checks[part].state == CHECK_REFUSED)
            widget_start(&view->widgets[part], ui, &view->items[part], NULL, "");
        return true;
    }
    return false;
}

static void say_noted(struct ui *ui, const struct fact *fact)
{
    struct fact_look look;
    struct buf text = BUF_INIT;

    plan_fact_look(ui->plan, fact, &look);
    buf_addf(&text, "%s: ", ui_text(ui, "Saved"));
    fact_value(&look.shown, &ui->tr, &text);
    buf_add(&text, ", ");
    fact_checked(&look, &ui->tr, &text);
    ui_say(ui, text.text);
    buf_free(&text);
}

static void save(struct note_view *view, struct ui *ui)
{
    struct check checks[PART_COUNT] = { CHECK_INIT, CHECK_INIT, CHECK_INIT };
    const struct fact *fact = view->fact;      /* outlives the view */
    struct err err = { .tr = &ui->tr };

    buf_clear(&view->problem);
    if (!ui_can_write(ui) || find_problem(view, ui, checks)) {
        ;
    } else if (plan_set_note(ui->plan, fact, date_parse_iso(checks[PART_DAY].value.text),
                             checks[PART_WHO].value.text, checks[PART_VALUE].value.text, &err)) {
        ui_say_error(ui, &err);
    } else {
        ui_pop(ui);
        say_noted(ui, fact);
    }
    for (int part = 0; part < PART_COUNT; part++)
        check_free(&checks[part]);
}

/* ---- events ---- */

static void move(struct note_view *view, int step)
{
    int to = view->focus + step;

    if (to < 0 || to >= PART_COUNT)
        return;
    view->focus = to;
    buf_clear(&view->problem);
}

static void note_act(struct view *base, struct ui *ui, enum action action)
{
    struct note_view *view = (struct note_view *)base;

    if (action == ACTION_LEAVE || (action == ACTION_BACK && view->focus == 0))
        ui_pop(ui);
    else if (action == ACTION_BACK)
        move(view, -1);
    else if (action == ACTION_NEXT || view->focus + 1 < PART_COUNT)
        move(view, 1);
    else
        save(view, ui);
}

static void note_input(struct view *base, struct ui *ui, const struct event *event)
{
    struct note_view *view = (struct note_view *)base;
    struct widget *widget = &view->widgets[view->focus];

    if (window_scroll(&view->window, ui, event, false, false))
        return;
    if (event->kind == EVENT_KEY && (event->key == KEYS_UP || event->key == KEYS_DOWN))
        move(view, event->key == KEYS_UP ? -1 : 1);
    else if (widget->ops->input(widget, ui, event))
        buf_clear(&view->problem);
}

static void note_free(struct view *base)
{
    struct note_view *view = (struct note_view *)base;

    for (int part = 0; part < PART_COUNT; part++)
        widget_free(&view->widgets[part]);
    buf_free(&view->problem);
    free(view);
}

/* What is known already: the last value, today, and who checked before. */
static void start(struct note_view *view, struct ui *ui)
{
    struct fact_look look;
    struct buf value = BUF_INIT;
    char today[11];

    plan_fact_look(ui->plan, view->fact, &look);
    if (look.note)
        fact_note_typed(look.data, look.note->value, &value);
    date_iso(ui->plan->today, today);
    view->items[PART_VALUE].type = view->items[PART_WHO].type = ITEM_TEXT;
    view->items[PART_DAY].type = ITEM_DATE;
    for (int part = 0; part < PART_COUNT; part++) {
        view->widgets[part].text = (struct buf)BUF_INIT;
        widget_start(&view->widgets[part], ui, &view->items[part], NULL,
                     part == PART_VALUE ? value.text
                     : part == PART_DAY ? today
                                        : fact_notes_who(answers_notes(ui->plan->answers)));
    }
    buf_free(&value);
}

struct view *view_note_new(struct ui *ui, const struct fact *fact)
{
    static const struct view_ops ops = {
        .draw = note_draw, .act = note_act, .input = note_input, .free = note_free,
    };
    static const enum action actions[] = {
        ACTION_CONTINUE, ACTION_NEXT, ACTION_BACK, ACTION_LEAVE, ACTION_MENU, ACTION_NONE
    };
    struct note_view *view = xcalloc(1, sizeof *view);

    *view = (struct note_view){ .view = { .ops = &ops, .actions = actions, .typing = true },
                                .fact = fact, .problem = BUF_INIT };
    start(view, ui);
    return &view->view;
}
