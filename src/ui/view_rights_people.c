/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Who has which role: giving a role to a person and ending it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "core/rights_grid_text.h"
#include "core/rights_text.h"
#include "ui/view_rights.h"

/* ---- giving ---- */

/* What was asked for may have gone meanwhile: undo works in the questions, too. */
static bool is_there(struct rights_view *view, struct ui *ui)
{
    const struct rights *rights = engine_rights(ui->plan->engine);
    struct rights_grant *grant = &view->grant;

    grant->person = rights_person_at(rights, view->row_key);
    grant->role = rights_role_at(rights, view->col_key);
    return grant->person >= 0 && grant->role >= 0 && grant->unit < (int)rights->unit_count
        && grant->reg < (int)rights->register_count;
}

static void give(struct rights_view *view, struct ui *ui)
{
    struct err err = { .tr = &ui->tr };
    char key[24];
    int code;

    if (!is_there(view, ui))
        return;
    code = rights_grant(ui->plan, &view->grant, key, &err);
    rights_view_done(view, ui, code, &err,
                     ui_text(ui, "The role is given from today. Enter opens unit, dates and "
                                 "reason."));
}

static void unit_chosen(struct ui *ui, void *data, int answer)
{
    struct rights_view *view = data;

    if (answer < 0)
        return;
    view->grant.unit = answer - 1;
    give(view, ui);
}

/* One unit needs no question, nor does none. */
static void ask_unit(struct rights_view *view, struct ui *ui)
{
    const struct rights *rights = engine_rights(ui->plan->engine);
    struct buf *names;
    const char **labels;

    view->grant.unit = rights->unit_count ? 0 : -1;
    if (rights->unit_count < 2) {
        give(view, ui);
        return;
    }
    names = xcalloc(rights->unit_count, sizeof *names);
    labels = xcalloc(rights->unit_count + 1, sizeof *labels);
    labels[0] = ui_text(ui, "No unit");
    for (size_t i = 0; i < rights->unit_count; i++) {
        names[i] = (struct buf)BUF_INIT;
        rights_unit_name(rights, (int)i, &ui->tr, &names[i]);
        labels[i + 1] = names[i].text;
    }
    ui_push(ui, view_choose_new(ui, ui_text(ui, "In which unit?"), "", labels,
                                (int)rights->unit_count + 1, unit_chosen, view));
    for (size_t i = 0; i < rights->unit_count; i++)
        buf_free(&names[i]);
    free(names);
    free(labels);
}

static void register_chosen(struct ui *ui, void *data, int answer)
{
    struct rights_view *view = data;

    if (answer < 0)
        return;
    view->grant.reg = answer - 1;
    ask_unit(view, ui);
}

static void ask_register(struct rights_view *view, struct ui *ui)
{
    const struct rights *rights = view->grid.rights;
    size_t count = rights->register_count;
    struct buf *names = xcalloc(count + 1, sizeof *names);
    const char **labels = xcalloc(count + 1, sizeof *labels);

    labels[0] = ui_text(ui, "No register: administration only");
    for (size_t i = 0; i < count; i++) {
        names[i] = (struct buf)BUF_INIT;
        rights_register_name(rights, (int)i, &ui->tr, &names[i]);
        labels[i + 1] = names[i].text;
    }
    ui_push(ui, view_choose_new(ui, ui_text(ui, "To which register?"), "", labels, (int)count + 1,
                                register_chosen, view));
    for (size_t i = 0; i < count; i++)
        buf_free(&names[i]);
    free(names);
    free(labels);
}

static void ask_role(struct rights_view *view, struct ui *ui)
{
    const struct rights *rights = view->grid.rights;

    if (!ui_can_write(ui))
        return;
    view->grant = (struct rights_grant){
        .reg = view->frame.reg, .from = ui->plan->today, .until = DATE_NONE,
        .tasks = view->frame.service < 0 ? 0 : RIGHTS_BIT(view->frame.service),
    };
    if (view->grant.reg >= 0 || !rights->register_count)
        ask_unit(view, ui);
    else
        ask_register(view, ui);
}

/* ---- one that is given ---- */

static void open_assignment(struct ui *ui, const char *key)
{
    struct place place = { ui->plan->schema->rights->items[RIGHTS_ITEM_ASG_FROM], key };

    ui_open_place(ui, &place);
}

/* The n-th assignment of the cell, or -1. */
static int assignment_here(const struct rights_view *view, int n)
{
    int a = rights_grid_assignment(&view->grid, view->row, view->col, -1);

    while (a >= 0 && n-- > 0)
        a = rights_grid_assignment(&view->grid, view->row, view->col, a);
    return a;
}

static void which_chosen(struct ui *ui, void *data, int answer)
{
    struct rights_view *view = data;
    int assignment;

    rights_view_fill(view, ui);
    if (answer < 0 || !rights_view_has_cell(view))
        return;
    assignment = assignment_here(view, answer);
    if (assignment < 0)
        ask_role(view, ui);
    else
        open_assignment(ui, view->grid.rights->assignments[assignment].key);
}

/* The assignments of the cell, and one more. */
static void ask_which(struct rights_view *view, struct ui *ui)
{
    struct buf text = BUF_INIT;
    const char **labels;
    char *at;
    int count = 1;

    rights_people_brief(&view->grid, view->row, view->col, &ui->tr, &text);
    for (const char *c = text.text; *c; c++)
        count += *c == '\n';
    labels = xcalloc((size_t)count, sizeof *labels);
    at = text.text;
    for (int i = 0; i < count - 1; i++) {
        at = strchr(at, '\n');
        *at++ = '\0';
        labels[i] = at;
    }
    labels[count - 1] = ui_text(ui, "Give the role once more");
    ui_push(ui, view_choose_new(ui, text.text, "", labels, count, which_chosen, view));
    free(labels);
    buf_free(&text);
}

void rights_view_open_person(struct rights_view *view, struct ui *ui)
{
    if (assignment_here(view, 0) < 0)
        ask_role(view, ui);
    else
        ask_which(view, ui);
}

/* What is not ending today already. */
static int assignment_to_end(const struct rights_view *view, int today)
{
    const struct rights_assignment *all = view->grid.rights->assignments;
    int a = assignment_here(view, 0);

    while (a >= 0 && all[a].until == today)
        a = rights_grid_assignment(&view->grid, view->row, view->col, a);
    return a;
}

/* Today is the last day, unless the right began today: then it has never been. */
void rights_view_end(struct rights_view *view, struct ui *ui)
{
    const struct rights *rights = view->grid.rights;
    int today = ui->plan->today, assignment = assignment_to_end(view, today), code;
    struct err err = { .tr = &ui->tr };
    bool begun;

    if (assignment < 0) {
        ui_say(ui, ui_text(ui, "This person does not have the role."));
        return;
    }
    if (!ui_can_write(ui))
        return;
    begun = rights->assignments[assignment].from == DATE_NONE
            || rights->assignments[assignment].from < today;
    code = rights_end(ui->plan, assignment, begun ? today : today - 1, &err);
    rights_view_done(view, ui, code, &err, ui_text(ui, begun ? N_("Today is the last day of the "
                                                                  "role.")
                                                             : N_("The role was taken away.")));
}

/* ---- copying ---- */

/* What the copied person has in force, that this one has not; one after the other. */
void rights_view_paste_person(struct rights_view *view, struct ui *ui)
{
    struct err err = { .tr = &ui->tr };
    struct buf text = BUF_INIT;
    int given = 0, code, from = rights_person_at(view->grid.rights, view->person);

    if (!view->person[0] || from < 0) {
        ui_say(ui, ui_text(ui, "No row has been copied. Press c on the row to copy."));
        return;
    }
    if (!ui_can_write(ui))
        return;
    code = rights_grant_like(ui->plan, rights_view_row(view), from, &given, &err);
    buf_addf(&text, tr_plural(&ui->tr, "%d role was given.", "%d roles were given.",
                              (unsigned long)given), given);
    rights_view_done(view, ui, code, &err, text.text);
    buf_free(&text);
}
