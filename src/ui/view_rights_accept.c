/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Accepting a warning in the rights matrix: which one, why, what makes up for it, until when, who.
 *
 * All of it is written at once; until then nothing is.
 */
#include <stdlib.h>

#include "base/date.h"
#include "base/mem.h"
#include "core/rights_text.h"
#include "ui/fields.h"
#include "ui/view_rights.h"

struct accept_view {
    struct view view;
    struct rights_warning warning;
    struct fields fields;
};

/* ---- drawing ---- */

static void draw_body(struct accept_view *view, struct ui *ui, struct canvas *body)
{
    const struct rights_finding *finding = rights_warning_now(ui->plan, &view->warning);
    struct buf text = BUF_INIT, labels[RIGHTS_ACCEPT_PARTS], hints[RIGHTS_ACCEPT_PARTS];
    const char *label_texts[RIGHTS_ACCEPT_PARTS], *hint_texts[RIGHTS_ACCEPT_PARTS];
    int row;

    if (finding)
        rights_finding_text(engine_rights(ui->plan->engine), finding, &ui->tr, &text);
    else
        buf_add(&text, ui_text(ui, "This warning is not there any more."));
    row = canvas_wrap(body, 0, 1, body->grid.cols - 2, text.text, ATTR_BOLD) + 1;
    for (int i = 0; i < RIGHTS_ACCEPT_PARTS; i++) {
        const struct item *item = rights_accept_item(ui->plan, (enum rights_accept_part)i);
        labels[i] = hints[i] = (struct buf)BUF_INIT;
        plan_text(ui->plan, &item->label, &ui->tr, &labels[i]);
        plan_text(ui->plan, &item->hint, &ui->tr, &hints[i]);
        label_texts[i] = labels[i].text;
        hint_texts[i] = hints[i].text;
    }
    fields_draw(&view->fields, ui, body, row, label_texts, hint_texts);
    for (int i = 0; i < RIGHTS_ACCEPT_PARTS; i++) {
        buf_free(&labels[i]);
        buf_free(&hints[i]);
    }
    buf_free(&text);
}

static void accept_draw(struct view *base, struct ui *ui, struct canvas *canvas)
{
    struct accept_view *view = (struct accept_view *)base;
    int first = ui_draw_header(ui, canvas, ui_text(ui, "Accept a warning"), "");
    struct canvas body;

    canvas_init_growing(&body, ui_text_cols(canvas) + 2, canvas->ascii);
    draw_body(view, ui, &body);
    window_draw(&view->fields.window, ui, canvas, first, &body, false);
    canvas_free(&body);
}

/* ---- saving ---- */

static const char *typed(const struct accept_view *view, enum rights_accept_part part)
{
    return view->fields.widgets[part].text.text;
}

/* Goes to the first field that is not right and says why. A personal identity code does not stay on
 * the screen. */
static bool find_problem(struct accept_view *view, struct ui *ui)
{
    struct check check = CHECK_INIT;
    bool found = false;

    buf_clear(&view->fields.problem);
    for (int i = 0; i < RIGHTS_ACCEPT_PARTS && !found; i++) {
        enum rights_accept_part part = (enum rights_accept_part)i;
        rights_accept_check(ui->plan, part, typed(view, part), &check);
        found = check.state == CHECK_BAD || check.state == CHECK_REFUSED;
        if (!found)
            continue;
        fields_complain(&view->fields, i);
        check_message(&check, &ui->tr, &view->fields.problem);
        if (check.state == CHECK_REFUSED)
            widget_start(&view->fields.widgets[i], ui, rights_accept_item(ui->plan, part), NULL,
                         "");
    }
    check_free(&check);
    return found;
}

static int write_it(struct accept_view *view, struct ui *ui, int by, int *review, struct err *err)
{
    const struct rights_finding *finding = rights_warning_now(ui->plan, &view->warning);
    struct check day = CHECK_INIT;
    int code;

    rights_accept_check(ui->plan, RIGHTS_ACCEPT_REVIEW, typed(view, RIGHTS_ACCEPT_REVIEW), &day);
    *review = date_parse_iso(day.value.text);
    check_free(&day);
    if (!finding)
        return err_set(err, ERR_REFUSED, N_("This warning is not there any more."));
    code = rights_accept(ui->plan, finding, typed(view, RIGHTS_ACCEPT_REASON),
                         typed(view, RIGHTS_ACCEPT_MEASURE), *review, by, err);
    return code;
}

/* The answers are the people, then nobody. */
static void who_chosen(struct ui *ui, void *data, int answer)
{
    struct accept_view *view = data;
    int people = (int)engine_rights(ui->plan->engine)->person_count, review;
    struct err err = { .tr = &ui->tr };
    struct buf text = BUF_INIT;
    char day[32];

    if (answer < 0 || !ui_can_write(ui))
        return;
    if (write_it(view, ui, answer < people ? answer : -1, &review, &err)) {
        ui_say_error(ui, &err);
        return;
    }
    date_text(review, ui->tr.lang, day, sizeof day);
    buf_addf(&text, ui_text(ui, "The warning is accepted until %s. Undo takes it back."), day);
    ui_pop(ui);
    ui_say(ui, text.text);
    buf_free(&text);
}

static void ask_who(struct accept_view *view, struct ui *ui)
{
    const struct rights *rights = engine_rights(ui->plan->engine);
    const struct item *by = ui->plan->schema->rights->items[RIGHTS_ITEM_WAIVER_BY];
    struct buf *names = xcalloc(rights->person_count + 1, sizeof *names);
    const char **labels = xcalloc(rights->person_count + 2, sizeof *labels);

    for (size_t i = 0; i < rights->person_count; i++) {
        names[i] = (struct buf)BUF_INIT;
        rights_person_name(rights, (int)i, &ui->tr, &names[i]);
        labels[i] = names[i].text;
    }
    labels[rights->person_count] = ui_text(ui, "Nobody is named");
    ui_push(ui, view_choose_new(ui, ui_text(ui, "Accept a warning"),
                                text_get(&by->label, ui->tr.lang), labels,
                                (int)rights->person_count + 1, who_chosen, view));
    for (size_t i = 0; i < rights->person_count; i++)
        buf_free(&names[i]);
    free(names);
    free(labels);
}

/* ---- events ---- */

static void accept_act(struct view *base, struct ui *ui, enum action action)
{
    struct accept_view *view = (struct accept_view *)base;
    enum fields_wish wish = fields_act(&view->fields, action);

    if (wish == FIELDS_LEAVE)
        ui_pop(ui);
    else if (wish == FIELDS_SAVE && !find_problem(view, ui))
        ask_who(view, ui);
}

static void accept_input(struct view *base, struct ui *ui, const struct event *event)
{
    fields_input(&((struct accept_view *)base)->fields, ui, event);
}

static void accept_free(struct view *base)
{
    fields_free(&((struct accept_view *)base)->fields);
    free(base);
}

static struct view *accept_new(struct ui *ui, const struct rights_warning *warning)
{
    static const struct view_ops ops = {
        .draw = accept_draw, .act = accept_act, .input = accept_input, .free = accept_free,
    };
    static const enum action actions[] = {
        ACTION_CONTINUE, ACTION_NEXT, ACTION_BACK, ACTION_LEAVE, ACTION_MENU, ACTION_NONE
    };
    struct accept_view *view = xcalloc(1, sizeof *view);

    *view = (struct accept_view){ .view = { .ops = &ops, .actions = actions, .typing = true },
                                  .warning = *warning };
    fields_init(&view->fields, RIGHTS_ACCEPT_PARTS);
    for (int i = 0; i < RIGHTS_ACCEPT_PARTS; i++)
        widget_start(&view->fields.widgets[i], ui,
                     rights_accept_item(ui->plan, (enum rights_accept_part)i), NULL, "");
    return &view->view;
}

/* ---- which warning ---- */

static void warning_chosen(struct ui *ui, void *data, int answer)
{
    const struct rights_view *view = data;

    if (answer >= 0)
        ui_push(ui, accept_new(ui, &view->warnings[answer]));
}

static void ask_which(struct rights_view *view, struct ui *ui, const size_t *order, size_t count)
{
    const struct rights_findings *findings = engine_rights_findings(ui->plan->engine);
    struct buf *texts = xcalloc(count, sizeof *texts);
    const char **labels = xcalloc(count + 1, sizeof *labels);

    for (size_t i = 0; i < count; i++) {
        texts[i] = (struct buf)BUF_INIT;
        rights_finding_text(view->grid.rights, &findings->at[order[i]], &ui->tr, &texts[i]);
        labels[i] = texts[i].text;
    }
    ui_push(ui, view_choose_new(ui, ui_text(ui, "Accept a warning"),
                                ui_text(ui, "Which one? Those of the cell come first."), labels,
                                (int)count, warning_chosen, view));
    for (size_t i = 0; i < count; i++)
        buf_free(&texts[i]);
    free(texts);
    free(labels);
}

void rights_view_accept(struct rights_view *view, struct ui *ui)
{
    bool cell = rights_view_has_cell(view), roles = view->frame.kind == RIGHTS_GRID_ROLES;
    size_t *order, count;

    if (!ui_can_write(ui))
        return;
    count = rights_warnings(ui->plan, cell && roles ? rights_view_row(view) : -1,
                            cell && roles ? rights_view_col(view) : -1,
                            cell && !roles ? rights_view_row(view) : -1, &order);
    free(view->warnings);
    view->warnings = xcalloc(count + 1, sizeof *view->warnings);
    for (size_t i = 0; i < count; i++)
        rights_warning_of(ui->plan, order[i], &view->warnings[i]);
    if (count)
        ask_which(view, ui, order, count);
    else
        ui_say(ui, ui_text(ui, "There is no warning to accept. An error has to be corrected."));
    free(order);
}
