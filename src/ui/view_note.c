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
#include "ui/fields.h"

enum { PART_VALUE, PART_DAY, PART_WHO, PART_COUNT };

static const char *const labels[PART_COUNT] = {
    [PART_VALUE] = N_("What did you find?"), [PART_DAY] = N_("Checked on"),
    [PART_WHO] = N_("Checked by"),
};

struct note_view {
    struct view view;
    const struct fact *fact;  /* as texts name it */
    struct item items[PART_COUNT];
    struct fields fields;
};

/* ---- drawing ---- */

/* Below the value: how to write it, and what it counts. */
static void value_hint(struct ui *ui, const struct fact *data, struct buf *out)
{
    const char *how = data->date ? N_("A date, for example 1.9.2027.")
                      : data->number || data->min || data->max
                          ? N_("A number or a range, for example 3 or 3–4; 3– is at least 3.")
                          : NULL;
    struct buf unit = BUF_INIT;

    fact_unit(data, &ui->tr, &unit);
    if (how)
        buf_add(out, ui_text(ui, how));
    if (how && unit.length)
        buf_addf(out, "\n%s: %s", ui_text(ui, "Unit"), unit.text);
    buf_free(&unit);
}

static void draw_body(struct note_view *view, struct ui *ui, struct canvas *body)
{
    const char *words[PART_COUNT], *hints[PART_COUNT] = { "", "", "" };
    struct buf text = BUF_INIT, hint = BUF_INIT;
    struct fact_look look;
    int row;

    plan_fact_look(ui->plan, view->fact, &look);
    buf_addf(&text, "%s: ", ui_text(ui, "The program's data"));
    fact_value(look.data, &ui->tr, &text);
    row = canvas_wrap(body, 0, 1, body->grid.cols - 2,
                      text_get(&look.data->subject, ui->tr.lang), ATTR_BOLD);
    row += canvas_wrap(body, row, 1, body->grid.cols - 2, text.text, 0) + 1;
    value_hint(ui, look.data, &hint);
    hints[PART_VALUE] = hint.text;
    for (int part = 0; part < PART_COUNT; part++)
        words[part] = ui_text(ui, labels[part]);
    fields_draw(&view->fields, ui, body, row, words, hints);
    buf_free(&text);
    buf_free(&hint);
}

static void note_draw(struct view *base, struct ui *ui, struct canvas *canvas)
{
    struct note_view *view = (struct note_view *)base;
    int first = ui_draw_header(ui, canvas, ui_text(ui, "Note what you found"), "");
    struct canvas body;

    canvas_init_growing(&body, ui_text_cols(canvas) + 2, canvas->ascii);
    draw_body(view, ui, &body);
    window_draw(&view->fields.window, ui, canvas, first, &body, false);
    canvas_free(&body);
}

/* ---- saving ---- */

static void check_one(struct note_view *view, struct ui *ui, int part, struct check *out)
{
    const char *text = view->fields.widgets[part].text.text;
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
        fields_complain(&view->fields, part);
        check_message(&checks[part], &ui->tr, &view->fields.problem);
        if (checks[part].state == CHECK_REFUSED)
            widget_start(&view->fields.widgets[part], ui, &view->items[part], NULL, "");
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

    buf_clear(&view->fields.problem);
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

static void note_act(struct view *base, struct ui *ui, enum action action)
{
    struct note_view *view = (struct note_view *)base;
    enum fields_wish wish = fields_act(&view->fields, action);

    if (wish == FIELDS_LEAVE)
        ui_pop(ui);
    else if (wish == FIELDS_SAVE)
        save(view, ui);
}

static void note_input(struct view *base, struct ui *ui, const struct event *event)
{
    fields_input(&((struct note_view *)base)->fields, ui, event);
}

static void note_free(struct view *base)
{
    fields_free(&((struct note_view *)base)->fields);
    free(base);
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
    fields_init(&view->fields, PART_COUNT);
    for (int part = 0; part < PART_COUNT; part++)
        widget_start(&view->fields.widgets[part], ui, &view->items[part], NULL,
                     part == PART_VALUE ? value.text
                     : part == PART_DAY ? today
                                        : fact_notes_who(answers_notes(ui->plan->answers)));
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
                                .fact = fact };
    start(view, ui);
    return &view->view;
}
