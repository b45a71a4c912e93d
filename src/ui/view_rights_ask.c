/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Looking closer at the rights matrix, and choosing what of it to look at.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "core/rights_grid_text.h"
#include "core/rights_text.h"
#include "ui/view_rights.h"

/* Choices whose texts are put together. */
struct choices {
    struct buf *labels;
    const char **texts;
    int count;
};

static struct choices choices_new(size_t room)
{
    struct choices choices = { xcalloc(room + 1, sizeof *choices.labels),
                               xcalloc(room + 1, sizeof *choices.texts), 0 };

    return choices;
}

/* The label of one more choice, to be filled in. */
static struct buf *add_choice(struct choices *choices)
{
    struct buf *label = &choices->labels[choices->count++];

    *label = (struct buf)BUF_INIT;
    return label;
}

/* Asks, and is done with them. */
static void ask(struct ui *ui, struct choices *choices, const char *title, const char *text,
                void (*chosen)(struct ui *ui, void *data, int answer), struct rights_view *view)
{
    for (int i = 0; i < choices->count; i++)
        choices->texts[i] = choices->labels[i].text;
    ui_push(ui, view_choose_new(ui, title, text, choices->texts, choices->count, chosen, view));
    for (int i = 0; i < choices->count; i++)
        buf_free(&choices->labels[i]);
    free(choices->labels);
    free(choices->texts);
}

static void look(struct rights_view *view)
{
    view->block = false;
    rights_view_forget(view);
}

/* ---- explaining ---- */

/* All keys of the grid: the footer has room for some. */
static void add_keys(const struct rights_view *view, struct ui *ui, struct buf *out)
{
    for (const enum action *at = view->view.actions; *at != ACTION_NONE; at++)
        buf_addf(out, "\n%s: %s", ui_text(ui, keymap_key(*at, false)),
                 ui_text(ui, keymap_label(*at)));
}

void rights_view_explain(struct rights_view *view, struct ui *ui)
{
    int row = rights_view_row(view), col = rights_view_col(view);
    struct buf text = BUF_INIT;

    if (view->frame.kind == RIGHTS_GRID_ROLES)
        rights_explain_cell(ui->plan, row, col, view->frame.reg, &ui->tr, &text);
    else
        rights_explain_person(ui->plan, row, -1, &ui->tr, &text);
    buf_addf(&text, "\n\n%s\n", ui_text(ui, "Signs and letters:"));
    rights_legend(view->grid.rights, &ui->tr, &text);
    buf_addf(&text, "\n\n%s", ui_text(ui, "Keys:"));
    add_keys(view, ui, &text);
    ui_push(ui, view_text_new(ui, ui_text(ui, "What this cell means"), text.text));
    buf_free(&text);
}

/* ---- comparing ---- */

static void compare_chosen(struct ui *ui, void *data, int answer)
{
    struct rights_view *view = data;
    bool roles = view->frame.kind == RIGHTS_GRID_ROLES;
    struct buf text = BUF_INIT;
    int row, other;

    rights_view_fill(view, ui);
    if (answer < 0 || !rights_view_has_cell(view))
        return;
    row = rights_view_row(view);
    other = roles ? answer - 1 : answer;
    other += other >= row;
    if (other >= (int)view->grid.row_total)
        return;
    if (roles)
        rights_compare_role(view->grid.rights, row, answer == 0 ? -1 : other, &ui->tr, &text);
    else
        rights_compare_person(view->grid.rights, row, other, &ui->tr, &text);
    ui_push(ui, view_text_new(ui, ui_text(ui, "Comparison"), text.text));
    buf_free(&text);
}

/* With the template or another role; a person with another. */
void rights_view_ask_compare(struct rights_view *view, struct ui *ui)
{
    const struct rights *rights = view->grid.rights;
    bool roles = view->frame.kind == RIGHTS_GRID_ROLES;
    int row = rights_view_row(view);
    struct choices choices = choices_new(view->grid.row_total + 1);

    if (roles)
        buf_add(add_choice(&choices), ui_text(ui, "The template"));
    for (int i = 0; i < (int)view->grid.row_total; i++) {
        if (i == row)
            continue;
        if (roles)
            rights_role_name(rights, i, &ui->tr, add_choice(&choices));
        else
            rights_person_name(rights, i, &ui->tr, add_choice(&choices));
    }
    ask(ui, &choices, ui_text(ui, "Compare with"), "", compare_chosen, view);
}

/* ---- who can ---- */

static void who_chosen(struct ui *ui, void *data, int answer)
{
    struct rights_view *view = data;

    (void)ui;
    if (answer < 0)
        return;
    view->frame.letters = (uint16_t)RIGHTS_BIT(answer);
    view->frame.show = RIGHTS_SHOW_WHO;
    look(view);
}

static void ask_letter(struct rights_view *view, struct ui *ui)
{
    const struct rights_data *data = ui->plan->schema->rights;
    struct choices choices = choices_new(RIGHTS_LETTER_COUNT);
    struct buf title = BUF_INIT;

    buf_addf(&title, "%s ", ui_text(ui, "Who can:"));
    rights_group_name(data, view->frame.group, &ui->tr, &title);
    for (int i = 0; i < RIGHTS_LETTER_COUNT; i++)
        rights_letter_names(data, RIGHTS_BIT(i), &ui->tr, add_choice(&choices));
    ask(ui, &choices, title.text,
        ui_text(ui, "The grid then shows the people and roles that have this right. f shows all "
                    "again."), who_chosen, view);
    buf_free(&title);
}

static void group_chosen(struct ui *ui, void *data, int answer)
{
    struct rights_view *view = data;

    if (answer < 0)
        return;
    view->frame.group = answer;
    ask_letter(view, ui);
}

/* In the grid of roles the column tells about which documents. */
void rights_view_ask_who(struct rights_view *view, struct ui *ui)
{
    const struct rights_data *data = ui->plan->schema->rights;
    struct choices choices;

    if (view->frame.kind == RIGHTS_GRID_ROLES && rights_view_has_cell(view)) {
        view->frame.group = rights_view_col(view);
        ask_letter(view, ui);
        return;
    }
    choices = choices_new(RIGHTS_GROUP_COUNT);
    for (int i = 0; i < RIGHTS_GROUP_COUNT; i++)
        rights_group_name(data, i, &ui->tr, add_choice(&choices));
    ask(ui, &choices, ui_text(ui, "Who can: which documents?"), "", group_chosen, view);
}

/* ---- what is looked at ---- */

static void filter_chosen(struct ui *ui, void *data, int answer)
{
    struct rights_view *view = data;

    if (answer < 0)
        return;
    if (answer == RIGHTS_SHOW_WHO) {
        rights_view_fill(view, ui);
        rights_view_ask_who(view, ui);
        return;
    }
    view->frame.show = (enum rights_show)answer;
    look(view);
}

void rights_view_ask_filter(struct rights_view *view, struct ui *ui)
{
    static const char *const words[] = {
        [RIGHTS_SHOW_ALL] = N_("Everything"),
        [RIGHTS_SHOW_GRANTED] = N_("Only what is granted"),
        [RIGHTS_SHOW_MARKED] = N_("Only what is marked: findings, exceptions, not confirmed"),
        [RIGHTS_SHOW_WHO] = N_("Who can do something?"),
    };
    struct choices choices = choices_new(countof(words));

    for (size_t i = 0; i < countof(words); i++)
        buf_add(add_choice(&choices), ui_text(ui, words[i]));
    ask(ui, &choices, ui_text(ui, "What to show"), "", filter_chosen, view);
}

/* Service tasks that some assignment or unit has. */
static unsigned services_used(const struct rights *rights)
{
    unsigned used = 0;

    for (size_t i = 0; i < rights->assignment_count; i++)
        used |= rights->assignments[i].tasks;
    for (size_t i = 0; i < rights->unit_count; i++)
        used |= rights->units[i].tasks;
    return used;
}

/* Answers: all, the registers, the services in use. */
static void scope_chosen(struct ui *ui, void *data, int answer)
{
    struct rights_view *view = data;
    const struct rights *rights = engine_rights(ui->plan->engine);
    int at = answer - 1 - (int)rights->register_count;

    if (answer < 0)
        return;
    view->frame.reg = answer > 0 && at < 0 ? answer - 1 : -1;
    view->frame.service = -1;
    for (int s = 0; at >= 0 && s < RIGHTS_SERVICE_COUNT; s++)
        if ((services_used(rights) & RIGHTS_BIT(s)) && at-- == 0)
            view->frame.service = s;
    look(view);
}

void rights_view_ask_scope(struct rights_view *view, struct ui *ui)
{
    const struct rights *rights = view->grid.rights;
    struct choices choices = choices_new(rights->register_count + RIGHTS_SERVICE_COUNT + 1);

    buf_add(add_choice(&choices), ui_text(ui, "All registers"));
    for (size_t i = 0; i < rights->register_count; i++)
        rights_register_name(rights, (int)i, &ui->tr, add_choice(&choices));
    for (int s = 0; s < RIGHTS_SERVICE_COUNT; s++)
        if (services_used(rights) & RIGHTS_BIT(s))
            rights_mask_names(rights->data->service_tasks, RIGHTS_BIT(s), &ui->tr,
                              add_choice(&choices));
    ask(ui, &choices, ui_text(ui, "Register or service"),
        ui_text(ui, "The ceiling depends on the register; people are shown by the register or "
                    "service of their rights."), scope_chosen, view);
}
